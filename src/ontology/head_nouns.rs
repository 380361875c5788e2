//! `head_nouns.csv`: what class of thing a common noun names when it heads a phrase: "the talks" are an Event, "a
//! memorandum" is an Instrument. Limitation: one class a noun; a noun of several meanings has the one that diplomatic prose
//! uses most.

use super::{OntologyError, Source, phrases::Phrases};
use crate::{extract::Class, ingest::Language};
use serde::Deserialize;

const FILE: &str = "head_nouns.csv";

/// What a collective noun stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Collective {
    /// With a country's name or adjective it is that state: government, authorities, side.
    State,
    /// Those whom the document set against each other last: the parties, both sides.
    Parties,
    /// Both: a state with a country's name ("the Kazakh side"), else the parties ("the two sides").
    Side,
    /// Several actors, kept as a group unless the document names them: countries, leaders, members.
    Members,
    /// A group that acts as one and stands for itself: delegation, coalition.
    Body,
}

/// A noun's class, and whether it is collective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HeadNoun {
    /// Class of the thing.
    pub class: Class,
    /// Set for collective nouns.
    pub collective: Option<Collective>,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    class: Class,
    collective: Option<Collective>,
    lemmas: String,
}

/// Common nouns of both languages with their classes.
#[derive(Debug, Clone, Default)]
pub struct HeadNouns(Phrases<HeadNoun>);

impl HeadNouns {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row, or a noun that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            for lemma in c.lemmas.split_whitespace() {
                let noun = HeadNoun { class: c.class, collective: c.collective };
                if table.insert(c.lang, lemma, noun).is_err() {
                    return Err(OntologyError::row(FILE, row.line, format!("`{lemma}` is listed twice")));
                }
            }
        }
        Ok(Self(table))
    }

    /// The entry of a noun, or of a fixed phrase joined by `_`.
    #[must_use]
    pub fn get(&self, language: Language, lemma: &str) -> Option<HeadNoun> {
        self.0.get(language, lemma).copied()
    }

    /// The longest phrase that the words (form and lemma each) begin with.
    #[must_use]
    pub fn longest(&self, language: Language, words: &[[&str; 2]]) -> Option<(usize, HeadNoun)> {
        self.0.longest(language, words).map(|(n, noun)| (n, *noun))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes() {
        let nouns = HeadNouns::load(&Source::Builtin).unwrap();
        let class = |lang, lemma| nouns.get(lang, lemma).map(|n| n.class);
        assert_eq!(class(Language::En, "summit"), Some(Class::Event));
        assert_eq!(class(Language::Ru, "меморандум"), Some(Class::Instrument));
        assert_eq!(class(Language::Ru, "министерство"), Some(Class::Organization));
        assert_eq!(class(Language::En, "river"), Some(Class::Place));
        assert_eq!(nouns.get(Language::En, "government").and_then(|n| n.collective), Some(Collective::State));
        assert_eq!(nouns.get(Language::Ru, "сторона").and_then(|n| n.collective), Some(Collective::Side));
    }
}
