//! `prepositions.csv`: one canonical form for each preposition, those of several words included, and what it tends to
//! mean: "in the course of", "on the sidelines of", "по инициативе", "according to". The canonical form is what the lexicon's
//! `obl:PREP` names. Limitation: a preposition of many meanings has only those that the rules make use of.

use super::{OntologyError, Source, phrases::Phrases};
use crate::ingest::Language;
use serde::Deserialize;

const FILE: &str = "prepositions.csv";

/// What a preposition tells of its noun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    /// Who said it: according to, по словам.
    Speaker,
    /// The event at which it happened: during, on the sidelines of, на полях.
    Event,
    /// What it is about: about, concerning, по вопросу.
    Topic,
    /// Where.
    Place,
    /// When.
    Time,
    /// Who did it: by, со стороны.
    Agent,
    /// With whom: with, together with, вместе с.
    Company,
    /// Between whom: between, among, между.
    Parties,
    /// At whose invitation.
    Invitation,
    /// With whose support: with the support of, при поддержке.
    Support,
    /// On whose initiative: at the initiative of, по предложению.
    Initiative,
    /// For whom or what.
    Beneficiary,
    /// Against whom.
    Opponent,
    /// In whose name: on behalf of, от имени.
    Representation,
    /// Why: because of, in response to, в связи с.
    Cause,
    /// What for.
    Purpose,
    /// Under which instrument: under, in accordance with, в рамках соглашения.
    Basis,
    /// Under whose chairmanship.
    Chair,
    /// With whose participation: with the participation of, с участием.
    Participation,
    /// Without whom or what.
    Absence,
    /// Examples or members of the noun before: such as, including, включая.
    Instances,
    /// Anything else; the form alone matters.
    Other,
}

/// A preposition's canonical form and meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preposition {
    /// Canonical form, words joined by `_`.
    pub canonical: String,
    /// What it tends to mean.
    pub meaning: Meaning,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    words: String,
    canonical: String,
    meaning: Meaning,
    #[serde(rename = "example")]
    _example: String,
}

/// The prepositions of both languages.
#[derive(Debug, Clone, Default)]
pub struct Prepositions(Phrases<Preposition>);

impl Prepositions {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row, or a form that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            if c.words.is_empty() || c.canonical.is_empty() || c.canonical.contains(' ') {
                let reason = "`words` must be filled, and `canonical` is one form with words joined by `_`";
                return Err(OntologyError::row(FILE, row.line, reason));
            }
            for words in c.words.split_whitespace() {
                let entry = Preposition { canonical: c.canonical.clone(), meaning: c.meaning };
                if table.insert(c.lang, words, entry).is_err() {
                    return Err(OntologyError::row(FILE, row.line, format!("`{words}` is listed twice")));
                }
            }
        }
        Ok(Self(table))
    }

    /// The longest preposition that the words (form and lemma each) begin with.
    #[must_use]
    pub fn longest(&self, language: Language, words: &[[&str; 2]]) -> Option<(usize, &Preposition)> {
        self.0.longest(language, words)
    }

    /// The entry of a preposition, words joined by `_`.
    #[must_use]
    pub fn get(&self, language: Language, words: &str) -> Option<&Preposition> {
        self.0.get(language, words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variants_have_one_form() {
        let table = Prepositions::load(&Source::Builtin).unwrap();
        let canonical = |lang, words| table.get(lang, words).map(|p| (p.canonical.as_str(), p.meaning));
        assert_eq!(canonical(Language::En, "concerning"), Some(("about", Meaning::Topic)));
        assert_eq!(canonical(Language::Ru, "об"), Some(("о", Meaning::Topic)));
        assert_eq!(canonical(Language::Ru, "со"), Some(("с", Meaning::Company)));
        let words = [["on", "on"], ["the", "the"], ["sidelines", "sideline"], ["of", "of"], ["the", "the"]];
        assert_eq!(table.longest(Language::En, &words).map(|(n, p)| (n, p.meaning)), Some((4, Meaning::Event)));
    }
}
