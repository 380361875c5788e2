//! Parts of personal names that are neither given nor family name: `name_parts.csv`.

use super::{OntologyError, Source, forms::fold};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Patronymic,
    PatronymicWord,
    Particle,
    Generation,
    Title,
}

#[derive(Debug, Deserialize)]
struct Columns {
    kind: Kind,
    word: String,
    key: String,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub struct NameParts {
    patronymic_endings: Vec<String>,
    patronymic_words: BTreeSet<String>,
    particles: BTreeSet<String>,
    generations: BTreeMap<String, String>,
    titles: BTreeSet<String>,
}

impl NameParts {
    /// Reads `name_parts.csv`.
    ///
    /// # Errors
    /// The first row that does not fit.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut parts = Self::default();
        for row in source.table::<Columns>("name_parts.csv")? {
            let Columns { kind, word, key } = row.columns;
            let word = fold(&word);
            match kind {
                Kind::Patronymic => parts.patronymic_endings.push(word),
                Kind::PatronymicWord => drop(parts.patronymic_words.insert(word)),
                Kind::Particle => drop(parts.particles.insert(word)),
                Kind::Generation => drop(parts.generations.insert(word, key)),
                Kind::Title => drop(parts.titles.insert(word)),
            }
        }
        Ok(parts)
    }

    /// Whether a folded word has the ending of a patronymic.
    #[must_use]
    pub fn is_patronymic(&self, word: &str) -> bool {
        self.patronymic_endings.iter().any(|e| word.len() > e.len() + 3 && word.ends_with(e))
    }

    /// Whether a folded word makes the word before it a patronymic: `оглы`.
    #[must_use]
    pub fn is_patronymic_word(&self, word: &str) -> bool {
        self.patronymic_words.contains(word)
    }

    /// Whether a folded word belongs to the family name that follows: `von`, `аль`.
    #[must_use]
    pub fn is_particle(&self, word: &str) -> bool {
        self.particles.contains(word)
    }

    /// The generation that a folded word tells: `jr` is `junior`.
    #[must_use]
    pub fn generation(&self, word: &str) -> Option<&str> {
        self.generations.get(word).map(String::as_str)
    }

    /// Whether a folded word is a title.
    #[must_use]
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains(word)
    }
}
