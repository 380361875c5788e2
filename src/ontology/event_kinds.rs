//! Which kinds of events one event may be called by: `event_kinds.csv`.
//!
//! One outlet's talks are another's meeting. Kinds are notions of `institution_words.csv`.

use super::{OntologyError, Source};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Debug, Deserialize)]
struct Columns {
    group: String,
    kinds: String,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub struct EventKinds {
    groups: HashMap<String, Vec<String>>,
}

impl EventKinds {
    /// Reads `event_kinds.csv`.
    ///
    /// # Errors
    /// If the file has no such columns.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut groups: HashMap<String, Vec<String>> = HashMap::new();
        for row in source.table::<Columns>("event_kinds.csv")? {
            for kind in row.columns.kinds.split_whitespace() {
                groups.entry(kind.to_owned()).or_default().push(row.columns.group.clone());
            }
        }
        Ok(Self { groups })
    }

    /// The groups that a kind belongs to.
    #[must_use]
    pub fn groups(&self, kind: &str) -> &[String] {
        self.groups.get(kind).map_or(&[], Vec::as_slice)
    }
}
