use super::{OntologyError, Source};
use regex::{RegexSet, RegexSetBuilder};
use serde::Deserialize;

/// How far a line of page furniture reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FurnitureKind {
    /// Only itself.
    Line,
    /// Itself and the short lines after it: "Related articles".
    Block,
}

/// `furniture.csv`: lines that scraping leaves around an article.
#[derive(Debug, Clone)]
pub struct Furniture {
    patterns: RegexSet,
    kinds: Vec<FurnitureKind>,
}

#[derive(Deserialize)]
struct Columns {
    // Names the language for readers; a line is tried against all.
    #[serde(rename = "lang")]
    _lang: String,
    kind: FurnitureKind,
    pattern: String,
    example: String,
    counter: String,
}

impl Furniture {
    /// Reads the table; every row must match its example and leave its counter-example alone.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let rows = source.table::<Columns>("furniture.csv")?;
        let wrong = |line, reason| OntologyError::Row { file: "furniture.csv".to_owned(), line, reason };
        let compile = |patterns: &[String]| {
            RegexSetBuilder::new(patterns)
                .case_insensitive(true)
                .size_limit(64 << 20)
                .build()
                .map_err(|e| e.to_string())
        };
        let anchored: Vec<String> = rows.iter().map(|r| format!("^(?:{})$", r.columns.pattern)).collect();
        let patterns = match compile(&anchored) {
            Ok(patterns) => patterns,
            Err(reason) => {
                let at = anchored.iter().position(|p| compile(std::slice::from_ref(p)).is_err());
                return Err(wrong(at.map_or(0, |i| rows[i].line), reason));
            }
        };
        for (i, row) in rows.iter().enumerate() {
            let matches = |line: &str| patterns.matches(line).matched(i);
            if !matches(&row.columns.example) {
                return Err(wrong(
                    row.line,
                    format!("the pattern does not match its example {:?}", row.columns.example),
                ));
            }
            if !row.columns.counter.is_empty() && patterns.is_match(&row.columns.counter) {
                return Err(wrong(
                    row.line,
                    format!("the counter-example {:?} is taken for furniture", row.columns.counter),
                ));
            }
        }
        Ok(Self { patterns, kinds: rows.into_iter().map(|r| r.columns.kind).collect() })
    }

    /// What the line (trimmed, bullet off) is as furniture.
    #[must_use]
    pub fn kind(&self, line: &str) -> Option<FurnitureKind> {
        let matched = self.patterns.matches(line);
        let mut kinds = matched.iter().map(|i| self.kinds[i]);
        let first = kinds.next()?;
        Some(if kinds.any(|k| k == FurnitureKind::Block) { FurnitureKind::Block } else { first })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_matches_its_example_and_no_counter_example() {
        let furniture = Furniture::load(&Source::Builtin).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(furniture.kind("Related stories"), Some(FurnitureKind::Block));
        assert_eq!(furniture.kind("The two states will share the river."), None);
        assert_eq!(furniture.kind("Пограничный вопрос решён"), None);
    }
}
