//! Lemmas that the tables know: where the analyzer gives a form a lemma that is in no table ("emphasiz", "проветь"), the form's
//! other possible lemmas are tried (`irregular_forms.csv`, `lemma_endings.csv`).
//!
//! Input: form, lemma, part of speech. Output: the lemma to look up. Limitation: a lemma that is in a table by chance stays.

use super::{
    GovernorPos, Governors, HeadNouns, Lexicon, LightVerbs, Offices, OntologyError, PredicateKind, Source, fold,
};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

const IRREGULAR: &str = "irregular_forms.csv";
const ENDINGS: &str = "lemma_endings.csv";

#[derive(Debug, Deserialize)]
struct IrregularColumns {
    lang: Language,
    lemma: String,
    forms: String,
}

#[derive(Debug, Deserialize)]
struct EndingColumns {
    lang: Language,
    ending: String,
    lemma: String,
}

/// How forms lead to lemmas.
#[derive(Debug, Clone, Default)]
pub struct Lemmas {
    irregular: BTreeMap<(Language, String), String>,
    endings: Vec<(Language, String, String)>,
}

/// The tables whose words count as known.
#[derive(Debug, Clone, Copy)]
pub struct Known<'t> {
    /// Frames.
    pub lexicon: &'t Lexicon,
    /// Light verbs.
    pub light_verbs: &'t LightVerbs,
    /// Governors.
    pub governors: &'t Governors,
    /// Common nouns.
    pub head_nouns: &'t HeadNouns,
    /// Offices.
    pub offices: &'t Offices,
}

impl Known<'_> {
    fn has(self, language: Language, upos: &str, word: &str) -> bool {
        let row = |kind| self.lexicon.of(language, word).any(|r| r.kind == kind);
        let governor = |pos| self.governors.of(language, word).any(|(_, g)| g.pos == pos);
        match upos {
            "VERB" | "AUX" => {
                row(PredicateKind::Verb)
                    || self.light_verbs.of(language, word).next().is_some()
                    || governor(GovernorPos::Verb)
            }
            "NOUN" => {
                row(PredicateKind::Noun)
                    || governor(GovernorPos::Noun)
                    || self.head_nouns.get(language, word).is_some()
                    || self.offices.kinds.get(language, word).is_some()
            }
            "ADJ" => row(PredicateKind::Adj) || row(PredicateKind::Verb) || governor(GovernorPos::Adj),
            _ => false,
        }
    }
}

impl Lemmas {
    /// Reads both tables.
    ///
    /// # Errors
    /// The first wrong row, or a form that leads to two lemmas.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut lemmas = Self::default();
        for row in source.table::<IrregularColumns>(IRREGULAR)? {
            let c = row.columns;
            for form in c.forms.split_whitespace() {
                if let Some(other) = lemmas.irregular.insert((c.lang, fold(form)), fold(&c.lemma)) {
                    let reason = format!("`{form}` is given as a form of `{other}` too");
                    return Err(OntologyError::row(IRREGULAR, row.line, reason));
                }
            }
        }
        for row in source.table::<EndingColumns>(ENDINGS)? {
            let c = row.columns;
            lemmas.endings.push((c.lang, fold(&c.ending), fold(&c.lemma)));
        }
        Ok(lemmas)
    }

    /// The lemma under which the tables are asked; form and lemma are folded.
    #[must_use]
    pub fn resolve(&self, known: Known, language: Language, upos: &str, form: &str, lemma: &str) -> String {
        if !matches!(upos, "VERB" | "NOUN" | "AUX" | "ADJ") || known.has(language, upos, lemma) {
            return lemma.to_owned();
        }
        let irregular = self.irregular.get(&(language, form.to_owned())).cloned();
        let of_endings = self.endings.iter().filter(|(l, ..)| *l == language).filter_map(|(_, ending, end)| {
            let stem = form.strip_suffix(ending.as_str()).filter(|s| s.chars().count() > 1)?;
            Some(format!("{stem}{end}"))
        });
        let mut candidates: Vec<String> = irregular.iter().cloned().collect();
        for candidate in of_endings {
            // "banned", "travelled": the consonant is doubled before the ending.
            if let (Language::En, true, [.., a, b]) = (language, candidate.is_ascii(), candidate.as_bytes())
                && a == b
            {
                candidates.push(candidate[..candidate.len() - 1].to_owned());
            }
            candidates.push(candidate);
        }
        // Last, for the tables list some plurals too: "countries" is a form of "country" first.
        candidates.push(form.to_owned());
        candidates.into_iter().find(|c| known.has(language, upos, c)).or(irregular).unwrap_or_else(|| lemma.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Ontology;
    use super::*;

    #[test]
    fn broken_lemmas_are_mended_and_good_ones_kept() {
        let o = Ontology::builtin().unwrap();
        let of = |language, upos, form, lemma| o.lemma(language, upos, form, lemma);
        assert_eq!(of(Language::En, "VERB", "noted", "not"), "note");
        assert_eq!(of(Language::En, "VERB", "emphasizes", "emphasiz"), "emphasize");
        assert_eq!(of(Language::En, "VERB", "held", "he"), "hold");
        assert_eq!(of(Language::En, "NOUN", "countries", "countrie"), "country");
        assert_eq!(of(Language::En, "VERB", "signed", "sign"), "sign");
        assert_eq!(of(Language::Ru, "VERB", "провели", "проветь"), "провести");
        assert_eq!(of(Language::Ru, "VERB", "финансирует", "финансируть"), "финансировать");
        assert_eq!(of(Language::Ru, "NOUN", "тетради", "тетрадь"), "тетрадь");
    }
}
