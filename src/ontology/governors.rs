//! `governors.csv`: words that set the status of what they govern (planned, hypothetical, denied) and say who does it:
//! "plans to visit", "refused to sign", "called on X to withdraw", "если", "бы". Limitation: sentence-wide
//! irony, hedges and hearsay without a word in this table go unseen.

use super::{OntologyError, Source, phrases::Phrases};
use crate::{extract::Status, ingest::Language};
use serde::Deserialize;

const FILE: &str = "governors.csv";

/// Part of speech of a governor, in Universal Dependencies' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[expect(missing_docs, reason = "the names are Universal Dependencies'")]
pub enum GovernorPos {
    Verb,
    Noun,
    Adj,
    Adv,
    Aux,
    Sconj,
    Part,
    Det,
    Adp,
}

/// What a governor governs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Governs {
    /// The infinitive or gerund it takes: "plans to visit", "отказался подписать".
    Infinitive,
    /// The finite clause it takes: "hopes that …", "потребовал, чтобы …".
    Clause,
    /// The noun it modifies or is followed by: "planned visit", "possible talks".
    Noun,
    /// Its object: "cancelled the visit", "отменил встречу".
    Obj,
    /// The predicate it depends on: auxiliaries, particles, conjunctions ("would", "если", "not").
    Host,
    /// The same, within what somebody said in the past: "said that it would".
    Reported,
}

/// Who does what is governed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    /// The governor's subject: "X plans to visit".
    Subject,
    /// The governor's object: "X urged Y to withdraw".
    Object,
    /// Nobody is controlled.
    None,
}

/// One governor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Governor {
    /// Its part of speech.
    pub pos: GovernorPos,
    /// What it governs.
    pub governs: Governs,
    /// The status it gives.
    pub status: Status,
    /// Who does what is governed.
    pub control: Control,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    pos: GovernorPos,
    lemmas: String,
    governs: Governs,
    status: Status,
    control: Control,
    example: String,
}

/// The governors of both languages.
#[derive(Debug, Clone, Default)]
pub struct Governors(Phrases<Vec<Governor>>);

impl Governors {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row: an unknown value, no words, no example, or a word that an earlier row gave another status for the same use.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table: Phrases<Vec<Governor>> = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            if c.lemmas.is_empty() || c.example.is_empty() {
                return Err(OntologyError::row(FILE, row.line, "`lemmas` and `example` must be filled"));
            }
            for lemma in c.lemmas.split_whitespace() {
                let new = Governor { pos: c.pos, governs: c.governs, status: c.status, control: c.control };
                let same_use = |g: &&Governor| g.pos == new.pos && g.governs == new.governs;
                if table.get(c.lang, lemma).is_some_and(|old| old.iter().any(|g| same_use(&g))) {
                    let reason = format!("`{lemma}` stands in an earlier row with the same `pos` and `governs`");
                    return Err(OntologyError::row(FILE, row.line, reason));
                }
                table.push(c.lang, lemma, new);
            }
        }
        Ok(Self(table))
    }

    /// What `lemma` (a word, or a phrase joined by `_`) does as `pos` to what it `governs`.
    #[must_use]
    pub fn find(&self, language: Language, lemma: &str, pos: GovernorPos, governs: Governs) -> Option<&Governor> {
        self.0.get(language, lemma)?.iter().find(|g| g.pos == pos && g.governs == governs)
    }

    /// Every governor that begins with this lemma, with the further words of a phrasal one (`call_on`).
    pub fn of(&self, language: Language, lemma: &str) -> impl Iterator<Item = (&[String], &Governor)> {
        self.0.starting_with(language, lemma).flat_map(|(rest, entries)| entries.iter().map(move |g| (rest, g)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_and_control() {
        let table = Governors::load(&Source::Builtin).unwrap();
        let of = |lang, lemma, pos, governs| table.find(lang, lemma, pos, governs).map(|g| (g.status, g.control));
        use {Control as C, GovernorPos as P, Governs as G};
        assert_eq!(of(Language::En, "plan", P::Verb, G::Infinitive), Some((Status::Planned, C::Subject)));
        assert_eq!(of(Language::En, "refuse", P::Verb, G::Infinitive), Some((Status::Denied, C::Subject)));
        assert_eq!(of(Language::En, "urge", P::Verb, G::Infinitive), Some((Status::Hypothetical, C::Object)));
        assert_eq!(of(Language::En, "will", P::Aux, G::Host), Some((Status::Planned, C::None)));
        assert_eq!(of(Language::Ru, "если", P::Sconj, G::Host), Some((Status::Hypothetical, C::None)));
        assert_eq!(of(Language::Ru, "намерен", P::Adj, G::Infinitive), Some((Status::Planned, C::Subject)));
        assert_eq!(of(Language::Ru, "отказаться", P::Verb, G::Infinitive), Some((Status::Denied, C::Subject)));
        let phrasal: Vec<_> = table.of(Language::En, "call").map(|(rest, _)| rest.join(" ")).collect();
        assert!(phrasal.contains(&"on".to_owned()));
    }
}
