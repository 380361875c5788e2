//! A random sample of claims for a person to mark, and what the marks come to.
//!
//! The sample hangs on the seed alone: claims are put in the order of a hash of seed and claim, and the first are taken,
//! so neither the order of articles nor the number of threads changes it. The column `right` is for `1` or `0` (also
//! yes/no, да/нет, +/-); what is left empty is not counted.

use super::{EvaluateError, counts::Counts};
use crate::extract::{ArticleClaims, Claim, LocalId, Object, Value};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{collections::BTreeMap, io::Write, path::Path};

/// One claim as a person reads and marks it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// For the person: `1` right, `0` wrong.
    pub right: String,
    /// Who.
    pub subject: String,
    /// Local name of the relation.
    pub predicate: String,
    /// What or whom.
    pub object: String,
    /// The words that say so.
    pub sentence: String,
    /// Asserted, planned, denied, hypothetical.
    pub status: String,
    /// Who says so; empty for the outlet.
    pub speaker: String,
    /// When it happened.
    pub date: String,
    /// How sure the system is.
    pub confidence: String,
    /// Language tag.
    pub language: String,
    /// Short name of the article.
    pub doc: String,
    /// Which rule.
    pub rule: String,
}

/// A claim with the hash that draws it and its place in the order of article and text.
struct Ticket<'a> {
    hash: [u8; 32],
    place: (&'a str, usize, usize),
    mark: Mark,
}

/// `count` claims of the articles, drawn by `seed`, in the order of article and text.
#[must_use]
pub fn sample(articles: &[ArticleClaims], count: usize, seed: u64, keep: impl Fn(&Mark) -> bool) -> Vec<Mark> {
    let mut drawn: Vec<Ticket> = Vec::new();
    for article in articles {
        for (i, claim) in article.claims.iter().enumerate() {
            let mark = mark(article, claim);
            if keep(&mark) {
                let mut hash = Sha256::new();
                hash.update(seed.to_le_bytes());
                for part in [&*article.article.id.0, &mark.subject, &mark.predicate, &mark.object] {
                    hash.update(part.as_bytes());
                    hash.update([0]);
                }
                hash.update(claim.evidence.span.start.to_le_bytes());
                let place = (article.article.doc.as_str(), claim.evidence.span.start, i);
                drawn.push(Ticket { hash: hash.finalize().into(), place, mark });
            }
        }
    }
    drawn.sort_by_key(|t| t.hash);
    drawn.truncate(count);
    drawn.sort_by_key(|t| t.place);
    drawn.into_iter().map(|t| t.mark).collect()
}

fn mark(article: &ArticleClaims, claim: &Claim) -> Mark {
    let label = |id: LocalId| article.entities.get(id.0).map(|e| e.label.clone()).unwrap_or_default();
    Mark {
        right: String::new(),
        subject: label(claim.subject),
        predicate: claim.predicate.clone(),
        object: match &claim.object {
            Object::Entity(id) => label(*id),
            Object::Literal(Value::Date(date)) => date.lexical(),
            Object::Literal(Value::Text { text, .. }) => text.clone(),
        },
        sentence: claim.evidence.text.split_whitespace().collect::<Vec<_>>().join(" "),
        status: claim.status.name().to_owned(),
        speaker: claim.speaker.map(label).unwrap_or_default(),
        date: claim.date.as_ref().map(crate::extract::DateValue::lexical).unwrap_or_default(),
        confidence: format!("{:.2}", claim.confidence),
        language: article.article.language.tag().to_owned(),
        doc: article.article.doc.clone(),
        rule: claim.rule.clone(),
    }
}

/// Writes the sample as CSV.
///
/// # Errors
/// If `out` cannot be written.
pub fn write(marks: &[Mark], out: impl Write) -> Result<(), csv::Error> {
    let mut csv = csv::Writer::from_writer(out);
    for mark in marks {
        csv.serialize(mark)?;
    }
    csv.flush()?;
    Ok(())
}

/// What a marked sample came to.
#[derive(Debug, Clone, Default)]
pub struct Marked {
    /// Right and wrong by relation and language.
    pub counts: BTreeMap<(String, String), Counts>,
    /// Confidence and verdict.
    pub judged: Vec<(f64, bool)>,
    /// Rows without a mark.
    pub unmarked: usize,
}

/// Reads a marked sample.
///
/// # Errors
/// The first row that lacks a column or has a mark that is neither yes nor no.
pub fn read(path: &Path) -> Result<Marked, EvaluateError> {
    let text = EvaluateError::text(path)?;
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut marked = Marked::default();
    for (i, row) in reader.deserialize::<Mark>().enumerate() {
        let mark = row.map_err(|e| EvaluateError::line(path, i + 2, e.to_string()))?;
        let counts = marked.counts.entry((mark.predicate.clone(), mark.language.clone())).or_default();
        let right = match mark.right.trim().to_lowercase().as_str() {
            "1" | "+" | "y" | "yes" | "true" | "да" => true,
            "0" | "-" | "n" | "no" | "false" | "нет" => false,
            "" => {
                marked.unmarked += 1;
                continue;
            }
            other => {
                return Err(EvaluateError::line(path, i + 2, format!("\"{other}\" in column right; write 1 or 0")));
            }
        };
        if right {
            counts.right += 1
        } else {
            counts.wrong += 1
        }
        if let Ok(confidence) = mark.confidence.parse() {
            marked.judged.push((confidence, right));
        }
    }
    marked.counts.retain(|_, c| c.right + c.wrong > 0);
    Ok(marked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(right: &str) -> Mark {
        let text = |s: &str| s.to_owned();
        Mark {
            right: text(right),
            subject: text("Diallo"),
            predicate: text("visited"),
            object: text("Peru"),
            sentence: text("Diallo, \"tired\", visited Peru."),
            status: text("asserted"),
            speaker: String::new(),
            date: String::new(),
            confidence: text("0.90"),
            language: text("en"),
            doc: text("a"),
            rule: text("visited/en/visit.VERB"),
        }
    }

    #[test]
    fn marks_survive_the_round_trip_and_only_marked_rows_count() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("marks.csv");
        write(&[row("1"), row("нет"), row("")], std::fs::File::create(&path).unwrap()).unwrap();
        let marked = read(&path).unwrap();
        let counts = marked.counts[&("visited".to_owned(), "en".to_owned())];
        assert_eq!((counts.right, counts.wrong, marked.unmarked), (1, 1, 1));
        assert_eq!(marked.judged, [(0.9, true), (0.9, false)]);
        write(&[row("perhaps")], std::fs::File::create(&path).unwrap()).unwrap();
        let error = read(&path).unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("perhaps"), "{error}");
    }
}
