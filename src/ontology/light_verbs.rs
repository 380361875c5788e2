//! `light_verbs.csv`: verbs that carry no meaning of their own but hand their subject and obliques to a noun: "hold
//! talks", "pay a visit", "выступить с инициативой". Limitation: which nouns are predicates is the lexicon's business; a
//! row without nouns is open to all of them.

use super::{OntologyError, Source, fold, phrases::Phrases};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::BTreeSet;

const FILE: &str = "light_verbs.csv";

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    verbs: String,
    slot: String,
    subject: String,
    object: String,
    nouns: String,
    example: String,
}

/// How one light verb takes its noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LightVerb {
    /// Canonical role in which the noun stands: `obj`, `obl:с+ins`, `subj` ("talks took place").
    pub slot: String,
    /// Canonical role that the verb's subject plays at the noun: `subj`, or `obj` in "came under attack"; empty where the noun itself is the subject.
    pub subject: String,
    /// Canonical role that the verb's object plays at the noun: `subj` in "accused X of an attack"; mostly empty.
    pub object: String,
    /// Lemmas of the nouns it is restricted to; empty for any predicative noun.
    pub nouns: BTreeSet<String>,
}

/// The light verbs of both languages.
#[derive(Debug, Clone, Default)]
pub struct LightVerbs(Phrases<Vec<LightVerb>>);

impl LightVerbs {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            if c.verbs.is_empty() || c.slot.is_empty() || c.example.is_empty() {
                return Err(OntologyError::row(FILE, row.line, "`verbs`, `slot` and `example` must be filled"));
            }
            let nouns: BTreeSet<String> = c.nouns.split_whitespace().map(fold).collect();
            for verb in c.verbs.split_whitespace() {
                table.push(
                    c.lang,
                    verb,
                    LightVerb {
                        slot: c.slot.clone(),
                        subject: c.subject.clone(),
                        object: c.object.clone(),
                        nouns: nouns.clone(),
                    },
                );
            }
        }
        Ok(Self(table))
    }

    /// The entry under which `verb` is light with `noun` standing in `slot`; rows that name the noun come before open ones.
    #[must_use]
    pub fn find(&self, language: Language, verb: &str, slot: &str, noun: &str) -> Option<&LightVerb> {
        let noun = fold(noun);
        let entries = self.0.get(language, verb)?;
        let fits = |e: &&LightVerb| e.slot == slot;
        entries
            .iter()
            .filter(fits)
            .find(|e| e.nouns.contains(&noun))
            .or_else(|| entries.iter().filter(fits).find(|e| e.nouns.is_empty()))
    }

    /// All entries of verbs that begin with this lemma, with the further words of a phrasal one (`take_part`, `enter_into`).
    pub fn of(&self, language: Language, verb: &str) -> impl Iterator<Item = (&[String], &[LightVerb])> {
        self.0.starting_with(language, verb).map(|(rest, entries)| (rest, entries.as_slice()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn named_nouns_and_open_rows() {
        let table = LightVerbs::load(&Source::Builtin).unwrap();
        let has = |lang, verb, slot, noun| table.find(lang, verb, slot, noun).is_some();
        assert!(has(Language::En, "hold", "obj", "talk"));
        assert!(has(Language::En, "pay", "obj", "visit"));
        assert!(!has(Language::En, "pay", "obj", "salary"));
        assert!(has(Language::Ru, "провести", "obj", "переговоры"));
        assert!(has(Language::Ru, "выступить", "obl:с+ins", "инициатива"));
        assert!(!has(Language::Ru, "выступить", "obj", "инициатива"));
    }
}
