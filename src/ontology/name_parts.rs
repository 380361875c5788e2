//! Parts of personal names that are neither given nor family name: `name_parts.csv`.

use super::{Inflection, OntologyError, Source, forms::fold, inflection::WordKind};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Patronymic,
    PatronymicWord,
    Father,
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
    /// Endings of a father's name in the genitive, and of its nominative.
    fathers: Vec<(String, String)>,
    /// Each with whether it begins a family name that stands alone: Le Drian, but not Ван И.
    particles: BTreeMap<String, bool>,
    generations: BTreeMap<String, String>,
    /// Each with whether it is used like a given name: Sheikh Hasina.
    titles: BTreeMap<String, bool>,
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
                Kind::Father => parts.fathers.push((word, key)),
                Kind::Particle => drop(parts.particles.insert(word, key == "alone")),
                Kind::Generation => drop(parts.generations.insert(word, key)),
                Kind::Title => drop(parts.titles.insert(word, key == "name")),
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
        self.particles.contains_key(word)
    }

    /// Whether a folded word, capitalised before a single word, makes a family name with it: Le Drian, Аль Тани.
    #[must_use]
    pub fn begins_family_name(&self, word: &str) -> bool {
        self.particles.get(word) == Some(&true)
    }

    /// The generation that a folded word tells: `jr` is `junior`.
    #[must_use]
    pub fn generation(&self, word: &str) -> Option<&str> {
        self.generations.get(word).map(String::as_str)
    }

    /// The same for a word in any Russian case: `младшего`.
    #[must_use]
    pub fn generation_of(&self, word: &str, inflection: &Inflection) -> Option<&str> {
        let folded = fold(word);
        let nominatives = || inflection.nominatives(&folded, WordKind::Adjective);
        self.generation(&folded).or_else(|| nominatives().iter().find_map(|n| self.generation(n)))
    }

    /// The nominatives of a lower-case word that may be a father's name in the genitive: `Батмунхийн` of `Батмунх`.
    #[must_use]
    pub fn nominative_of_father(&self, word: &str) -> Vec<String> {
        let stem = |(ending, nominative): &(String, String)| {
            let stem = word.strip_suffix(ending.as_str()).filter(|s| s.chars().count() >= 4)?;
            Some(format!("{stem}{nominative}"))
        };
        self.fathers.iter().filter_map(stem).collect()
    }

    /// Whether a folded word is a title.
    #[must_use]
    pub fn is_title(&self, word: &str) -> bool {
        self.titles.contains_key(word)
    }

    /// Whether a folded title, before a single word, is used like a given name: Sheikh Hasina.
    #[must_use]
    pub fn is_name_too(&self, word: &str) -> bool {
        self.titles.get(word) == Some(&true)
    }
}
