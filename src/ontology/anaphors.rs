//! `anaphors.csv` and `honorifics.csv`: words that point back to something named before, and words of courtesy before names.
//! Limitation: "we" and "I" are not there; whose they are is the speaker's question.

use super::{OntologyError, Source, declension::Gender};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "anaphors.csv";
const HONORIFICS: &str = "honorifics.csv";

/// What a word that points back may point to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Denotes {
    /// A person.
    Person,
    /// A body, a state, an event.
    Thing,
    /// A person or thing, whichever agrees.
    Any,
    /// Those who met last.
    Pair,
    /// The subject of its own clause.
    #[serde(rename = "self")]
    Own,
    /// A person whose office was named.
    Official,
    /// The head of a state.
    StateHead,
    /// The head of a government.
    GovernmentHead,
    /// The last body.
    Body,
    /// The last state.
    Country,
}

/// A word that points back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anaphor {
    /// To what.
    pub denotes: Denotes,
    /// Gender of the antecedent, if it matters.
    pub gender: Option<Gender>,
    /// Whether it must itself be plural (`Some(true)`) or singular.
    pub plural: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    form: String,
    pos: String,
    denotes: Denotes,
    gender: Option<Gender>,
    number: Option<String>,
}

#[derive(Debug, Deserialize)]
struct HonorificColumns {
    lang: Language,
    form: String,
    gender: Option<Gender>,
}

/// Words that point back, by language, form (lemma for nouns) and part of speech.
#[derive(Debug, Clone, Default)]
pub struct Anaphors {
    words: BTreeMap<(Language, String, String), Anaphor>,
    honorifics: BTreeMap<(Language, String), Option<Gender>>,
}

impl Anaphors {
    /// Reads both tables.
    ///
    /// # Errors
    /// The first wrong row, or a word that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Self::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            let wrong = |reason: String| OntologyError::Row { file: FILE.to_owned(), line: row.line, reason };
            let plural = match c.number.as_deref() {
                None | Some("") => None,
                Some("Sing") => Some(false),
                Some("Plur") => Some(true),
                Some(other) => return Err(wrong(format!("`{other}` is no number; expected Sing or Plur"))),
            };
            let anaphor = Anaphor { denotes: c.denotes, gender: c.gender, plural };
            let key = (c.lang, c.form, c.pos);
            if table.words.insert(key.clone(), anaphor).is_some() {
                return Err(wrong(format!("`{}` is listed twice", key.1)));
            }
        }
        for row in source.table::<HonorificColumns>(HONORIFICS)? {
            let c = row.columns;
            if table.honorifics.insert((c.lang, c.form.clone()), c.gender).is_some() {
                let reason = format!("`{}` is listed twice", c.form);
                return Err(OntologyError::Row { file: HONORIFICS.to_owned(), line: row.line, reason });
            }
        }
        Ok(table)
    }

    /// The entry of a folded form (lemma for nouns) with this part of speech.
    #[must_use]
    pub fn get(&self, language: Language, form: &str, pos: &str) -> Option<Anaphor> {
        self.words.get(&(language, form.to_owned(), pos.to_owned())).copied()
    }

    /// Whether the folded form is a word of courtesy, and the gender that it tells.
    #[must_use]
    pub fn honorific(&self, language: Language, form: &str) -> Option<Option<Gender>> {
        self.honorifics.get(&(language, form.to_owned())).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages() {
        let table = Anaphors::load(&Source::Builtin).unwrap();
        let she = table.get(Language::En, "she", "PRON").unwrap();
        assert_eq!((she.denotes, she.gender), (Denotes::Person, Some(Gender::Fem)));
        assert_eq!(table.get(Language::Ru, "сторона", "NOUN").unwrap().plural, Some(true));
        assert_eq!(table.honorific(Language::Ru, "г-жа"), Some(Some(Gender::Fem)));
        assert_eq!(table.honorific(Language::En, "dr."), Some(None));
        assert_eq!(table.honorific(Language::En, "president"), None);
    }
}
