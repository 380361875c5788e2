//! How Russian words inflect, as far as names need it: `russian_endings.csv`.
//!
//! Names stand in any of six cases in Russian text, and a gazetteer or a name in the nominative must meet them all. All
//! forms of a word are made from the table of endings; the table over-generates, which does no harm where both sides
//! are names. Stress and vowels that come and go are not modelled, save for words that stand in the table whole.

use super::{OntologyError, Source};
use serde::Deserialize;

/// What kind of word the endings belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordKind {
    /// Common and proper nouns.
    Noun,
    /// Names of persons: nouns in the singular.
    Given,
    /// Adjectives, and participles that inflect like them.
    Adjective,
    /// Family names in -ов, -ин, -ский with their feminines.
    Surname,
    /// Adjectives of names: an ending of the noun, and the endings of its adjective.
    Derived,
}

#[derive(Debug, Deserialize)]
struct Columns {
    kind: WordKind,
    ending: String,
    forms: String,
}

#[derive(Debug, Clone)]
struct Paradigm {
    kind: WordKind,
    ending: String,
    forms: Vec<String>,
}

/// The table of endings.
#[derive(Debug, Clone, Default)]
pub struct Inflection {
    /// Longest ending first.
    paradigms: Vec<Paradigm>,
}

impl Inflection {
    /// Reads `russian_endings.csv`.
    ///
    /// # Errors
    /// The first mistake in it.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut paradigms: Vec<_> = source
            .table::<Columns>("russian_endings.csv")?
            .into_iter()
            .map(|row| Paradigm {
                kind: row.columns.kind,
                ending: row.columns.ending,
                forms: row.columns.forms.split('|').map(str::to_owned).collect(),
            })
            .collect();
        paradigms.sort_by_key(|p| std::cmp::Reverse(p.ending.chars().count()));
        Ok(Self { paradigms })
    }

    /// All forms of a lower-case nominative, itself first, read as the given kinds of word.
    #[must_use]
    pub fn forms(&self, word: &str, kinds: &[WordKind]) -> Vec<String> {
        let mut forms = vec![word.to_owned()];
        if !word.chars().any(is_cyrillic) {
            return forms;
        }
        for kind in kinds {
            let fits = |p: &&Paradigm| p.kind == *kind && word.ends_with(&p.ending) && fits_stem(p, word);
            let Some(paradigm) = self.paradigms.iter().find(fits) else { continue };
            let stem = &word[..word.len() - paradigm.ending.len()];
            for ending in &paradigm.forms {
                let form = format!("{stem}{ending}");
                if !forms.contains(&form) {
                    forms.push(form);
                }
            }
        }
        forms
    }

    /// The nominatives that a lower-case form may belong to, as the given kind of word: sorted, the form itself included.
    #[must_use]
    pub fn nominatives(&self, form: &str, kind: WordKind) -> Vec<String> {
        let mut found = vec![form.to_owned()];
        for paradigm in self.paradigms.iter().filter(|p| p.kind == kind) {
            for ending in &paradigm.forms {
                let Some(stem) = form.strip_suffix(ending.as_str()) else { continue };
                let nominative = format!("{stem}{}", paradigm.ending);
                // A whole word stands in the table as its own ending.
                let whole = stem.is_empty() && paradigm.ending.chars().count() > 2;
                if (whole || stem.chars().count() >= 2) && fits_stem(paradigm, &nominative) {
                    found.push(nominative);
                }
            }
        }
        found.sort();
        found.dedup();
        found
    }
}

/// Whether a letter is Cyrillic.
#[must_use]
pub fn is_cyrillic(c: char) -> bool {
    ('\u{400}'..='\u{52F}').contains(&c)
}

/// The empty ending is that of words in a consonant; two letters of stem are wanted unless the whole word stands in the table.
fn fits_stem(paradigm: &Paradigm, word: &str) -> bool {
    if paradigm.ending.is_empty() {
        return word.chars().next_back().is_some_and(|c| !"аеёиоуыэюяйь".contains(c));
    }
    paradigm.ending == word || word.len() - paradigm.ending.len() >= 4
}
