//! What a person decided about identity: `decisions.csv`, plain and diffable, applied at every build.
//!
//! ```csv
//! action,entity,other,value
//! same,Kassym-Jomart Tokayev,Президент Токаев,
//! different,George Bush,George W. Bush,
//! rename,Kassym-Jomart Tokayev,,Kassym-Jomart Kemeluly Tokayev
//! type,Middle Corridor,,Initiative
//! reject,003,193-412,metWith
//! ```
//! Entities are named by any of their names or by a gazetteer key; `reject` names a claim by its article (id or short
//! name), its evidence and, in `value`, its relation (all relations, if empty).

use crate::{
    extract::{ArticleClaims, ArticleMeta, Claim, Class},
    ontology::forms::fold,
};
use serde::Deserialize;
use std::fmt;

/// A mistake in the decisions.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionError {
    /// A row is wrong.
    #[error("decisions.csv, line {line}: {reason}")]
    Row {
        /// Line, from 1.
        line: u64,
        /// What is wrong, and what is expected.
        reason: String,
    },
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Two names are one entity's.
    Same(String, String),
    /// Two names are different entities'.
    Different(String, String),
    /// The label to show, in the language of its letters.
    Rename(String, String),
    /// The class.
    Type(String, Class),
    /// A claim that does not hold.
    Reject {
        /// Article id or short name.
        article: String,
        /// Evidence: first and last code point.
        span: (usize, usize),
        /// Relation; none for all.
        predicate: Option<String>,
    },
}

impl Decision {
    /// Whether it rejects the claim.
    #[must_use]
    pub fn rejects(&self, article: &ArticleMeta, claim: &Claim) -> bool {
        match self {
            Self::Reject { article: name, span, predicate } => {
                (*name == article.id.0 || *name == article.doc)
                    && *span == (claim.evidence.span.start, claim.evidence.span.end)
                    && predicate.as_ref().is_none_or(|p| *p == claim.predicate)
            }
            _ => false,
        }
    }

    /// As a line of the file.
    #[must_use]
    pub fn line(&self) -> String {
        let mut fields = [const { String::new() }; 4];
        let [action, entity, other, value] = &mut fields;
        match self {
            Self::Same(a, b) | Self::Different(a, b) => {
                *action = if matches!(self, Self::Same(..)) { "same" } else { "different" }.to_owned();
                (*entity, *other) = (a.clone(), b.clone());
            }
            Self::Rename(a, label) => (*action, *entity, *value) = ("rename".to_owned(), a.clone(), label.clone()),
            Self::Type(a, class) => {
                (*action, *entity, *value) = ("type".to_owned(), a.clone(), class.name().to_owned())
            }
            Self::Reject { article, span, predicate } => {
                (*action, *entity) = ("reject".to_owned(), article.clone());
                (*other, *value) = (format!("{}-{}", span.0, span.1), predicate.clone().unwrap_or_default());
            }
        }
        let mut writer = csv::Writer::from_writer(Vec::new());
        // Memory takes everything.
        let _ = writer.write_record(&fields);
        String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
    }
}

impl fmt::Display for Decision {
    /// As the file's row.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.line().trim_end())
    }
}

/// All decisions, in the file's order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// The rows.
    pub rows: Vec<Decision>,
}

#[derive(Debug, Deserialize)]
struct Columns {
    action: String,
    entity: String,
    other: String,
    value: String,
}

impl Decisions {
    /// The file's first line.
    pub const HEADER: &str = "action,entity,other,value\n";

    /// Reads the file's text.
    ///
    /// # Errors
    /// The first row that is no decision.
    pub fn parse(text: &str) -> Result<Self, DecisionError> {
        let mut reader =
            csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
        let at = |line, reason: String| DecisionError::Row { line, reason };
        let headers = reader.headers().map_err(|e| at(1, e.to_string()))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| at(e.position().map_or(0, csv::Position::line), e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let columns: Columns = record.deserialize(Some(&headers)).map_err(|e| at(line, e.to_string()))?;
            rows.push(decision(columns).map_err(|reason| at(line, reason))?);
        }
        Ok(Self { rows })
    }

    /// The rejections that concern no claim of these articles.
    #[must_use]
    pub fn idle_rejections(&self, articles: &[&ArticleClaims]) -> Vec<Decision> {
        let rejections = self.rows.iter().filter(|row| matches!(row, Decision::Reject { .. }));
        let met = |row: &Decision| articles.iter().any(|a| a.claims.iter().any(|claim| row.rejects(&a.article, claim)));
        rejections.filter(|row| !met(row)).cloned().collect()
    }

    /// Whether no decision rejects the claim.
    #[must_use]
    pub fn keeps(&self, article: &ArticleMeta, claim: &Claim) -> bool {
        !self.rows.iter().any(|row| row.rejects(article, claim))
    }
}

fn decision(columns: Columns) -> Result<Decision, String> {
    let Columns { action, entity, other, value } = columns;
    let needed = |text: String, column: &str| {
        if text.is_empty() { Err(format!("{action} needs the column {column}")) } else { Ok(text) }
    };
    let entity = needed(entity, "entity")?;
    match action.as_str() {
        "same" => Ok(Decision::Same(entity, needed(other, "other")?)),
        "different" => Ok(Decision::Different(entity, needed(other, "other")?)),
        "rename" => Ok(Decision::Rename(entity, needed(value, "value")?)),
        "type" => {
            let class = Class::ALL.into_iter().find(|c| c.name() == value);
            class
                .map(|c| Decision::Type(entity, c))
                .ok_or_else(|| format!("{value} is no class: expected Person, Organization …"))
        }
        "reject" => {
            let span = other.split_once('-').and_then(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?)));
            let span = span.ok_or_else(|| format!("{other} is no place in a text: expected START-END"))?;
            Ok(Decision::Reject { article: entity, span, predicate: Some(value).filter(|v| !v.is_empty()) })
        }
        _ => Err(format!("{action} is no action: expected same, different, rename, type or reject")),
    }
}

/// Whether a name in a decision means a thing with these names.
pub(super) fn means<'a>(decided: &str, known: Option<&str>, mut names: impl Iterator<Item = &'a str>) -> bool {
    let words = |text: &str| text.split_whitespace().map(fold).collect::<Vec<_>>();
    known == Some(decided) || {
        let wanted = words(decided);
        names.any(|name| words(name) == wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_and_mistakes_told() {
        let read =
            Decisions::parse("action,entity,other,value\n# note\nsame,A,B,\ntype,A,,Place\nreject,003,1-9,metWith\n");
        assert_eq!(
            read.unwrap().rows,
            [
                Decision::Same("A".into(), "B".into()),
                Decision::Type("A".into(), Class::Place),
                Decision::Reject { article: "003".into(), span: (1, 9), predicate: Some("metWith".into()) },
            ]
        );
        let error =
            |rows: &str| Decisions::parse(&format!("action,entity,other,value\n{rows}\n")).unwrap_err().to_string();
        assert_eq!(error("same,A,,"), "decisions.csv, line 2: same needs the column other");
        assert_eq!(
            error("merge,A,B,"),
            "decisions.csv, line 2: merge is no action: expected same, different, rename, type or reject"
        );
        assert_eq!(error("reject,003,x,"), "decisions.csv, line 2: x is no place in a text: expected START-END");
    }
}
