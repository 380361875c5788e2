//! `metonyms.csv`: names that stand for another actor: the Kremlin, the White House, Downing Street. Capitals that stand
//! for their states are the gazetteer's. Limitation: whether the name means the actor or the building, the rules decide by its role.

use super::{OntologyError, Source, phrases::Phrases};
use crate::ingest::Language;
use serde::Deserialize;

const FILE: &str = "metonyms.csv";

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    names: String,
    key: String,
    #[serde(rename = "note")]
    _note: String,
}

/// Names that stand for another actor, each with that actor's gazetteer key.
#[derive(Debug, Clone, Default)]
pub struct Metonyms(Phrases<String>);

impl Metonyms {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row: a key without kind (`iso:`, `org:`), or a name that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            if !c.key.split_once(':').is_some_and(|(kind, id)| !kind.is_empty() && !id.is_empty()) {
                let reason = format!("`{}` is no gazetteer key; expected one like `iso:KZ` or `org:un`", c.key);
                return Err(OntologyError::row(FILE, row.line, reason));
            }
            for name in c.names.split('|').map(str::trim) {
                if table.insert(c.lang, name, c.key.clone()).is_err() {
                    return Err(OntologyError::row(FILE, row.line, format!("`{name}` is listed twice")));
                }
            }
        }
        Ok(Self(table))
    }

    /// The key of the actor that the longest name at the beginning of `words` (form and lemma each) stands for.
    #[must_use]
    pub fn longest(&self, language: Language, words: &[[&str; 2]]) -> Option<(usize, &str)> {
        self.0.longest(language, words).map(|(n, key)| (n, key.as_str()))
    }

    /// The key of the actor that `name` stands for.
    #[must_use]
    pub fn get(&self, language: Language, name: &str) -> Option<&str> {
        self.0.get(language, name).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_states() {
        let table = Metonyms::load(&Source::Builtin).unwrap();
        assert_eq!(
            table.get(Language::En, "the White House").or(table.get(Language::En, "White House")),
            Some("iso:US")
        );
        assert_eq!(table.get(Language::Ru, "Кремль"), Some("iso:RU"));
        assert_eq!(table.longest(Language::Ru, &[["Белым", "белый"], ["домом", "дом"]]), Some((2, "iso:US")));
    }
}
