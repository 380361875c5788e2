//! Which given names are forms of one name: short forms, and what other languages make of it: `given_names.csv`.
//!
//! Two names of one row count as one given name where the family name agrees. A form may stand in several rows (Sasha).

use super::{Inflection, OntologyError, Source, forms::fold, inflection::WordKind};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Debug, Deserialize)]
struct Columns {
    forms: String,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub struct GivenNames {
    rows: HashMap<String, Vec<usize>>,
}

impl GivenNames {
    /// Reads `given_names.csv`.
    ///
    /// # Errors
    /// A row that names fewer than two forms.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        const FILE: &str = "given_names.csv";
        let mut rows: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, row) in source.table::<Columns>(FILE)?.into_iter().enumerate() {
            let forms: Vec<String> = row.columns.forms.split('|').map(fold).filter(|f| !f.is_empty()).collect();
            if forms.len() < 2 {
                let reason = "a row names at least two forms, with | between them".to_owned();
                return Err(OntologyError::Row { file: FILE.to_owned(), line: row.line, reason });
            }
            for form in forms {
                rows.entry(form).or_default().push(at);
            }
        }
        Ok(Self { rows })
    }

    /// The rows that a word in lower case, in any Russian case, is a form of; sorted.
    #[must_use]
    pub fn forms_of(&self, word: &str, inflection: &Inflection) -> Vec<usize> {
        let folded = fold(word);
        if let Some(rows) = self.rows.get(&folded) {
            return rows.clone();
        }
        if word.is_ascii() {
            return Vec::new();
        }
        let nominatives = inflection.nominatives(&folded, WordKind::Given);
        let mut rows: Vec<usize> = nominatives.iter().filter_map(|n| self.rows.get(n)).flatten().copied().collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }
}
