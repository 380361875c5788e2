use super::{OntologyError, Source};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The script that a language of the table is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// A to Z.
    Latin,
    /// А to Я and its relatives.
    Cyrillic,
}

/// A language as `languages.csv` describes it.
#[derive(Debug, Clone)]
pub struct LanguageProfile {
    /// BCP 47 tag.
    pub tag: String,
    /// English name.
    pub name: String,
    /// Its script.
    pub script: Script,
    letters: BTreeSet<char>,
    words: BTreeSet<String>,
}

/// `languages.csv`: how languages that share a script are told apart.
#[derive(Debug, Clone)]
pub struct Languages {
    profiles: Vec<LanguageProfile>,
}

#[derive(Deserialize)]
struct Columns {
    lang: String,
    name: String,
    script: Script,
    letters: String,
    words: String,
}

impl Languages {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let rows = source.table::<Columns>("languages.csv")?;
        let profiles = rows.into_iter().map(|row| LanguageProfile {
            tag: row.columns.lang,
            name: row.columns.name,
            script: row.columns.script,
            letters: row.columns.letters.chars().collect(),
            words: row.columns.words.split_whitespace().map(str::to_owned).collect(),
        });
        Ok(Self { profiles: profiles.collect() })
    }

    /// The language's name by its tag (`uk`, `uk-UA`).
    #[must_use]
    pub fn by_tag(&self, tag: &str) -> Option<&LanguageProfile> {
        let primary = tag.split(['-', '_']).next().unwrap_or(tag).to_lowercase();
        self.profiles.iter().find(|p| p.tag == primary)
    }

    /// The language of the table that fits `text` best among those of `script`, with its share of frequent words and
    /// characteristic letters; the earlier row wins a tie.
    #[must_use]
    pub fn best(&self, text: &str, script: Script) -> Option<(&LanguageProfile, f64)> {
        let lower = text.to_lowercase();
        let mut letters: BTreeMap<char, u32> = BTreeMap::new();
        for c in lower.chars().filter(|c| c.is_alphabetic()) {
            *letters.entry(c).or_default() += 1;
        }
        let mut words: BTreeMap<&str, u32> = BTreeMap::new();
        for word in lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
            *words.entry(word).or_default() += 1;
        }
        let (letter_count, word_count): (u32, u32) = (letters.values().sum(), words.values().sum());
        let mut best: Option<(&LanguageProfile, f64)> = None;
        for profile in self.profiles.iter().filter(|p| p.script == script) {
            let known: u32 = profile.words.iter().filter_map(|w| words.get(w.as_str())).sum();
            let marked: u32 = profile.letters.iter().filter_map(|c| letters.get(c)).sum();
            let share = f64::from(known) / f64::from(word_count.max(1));
            let score = share + 2.0 * f64::from(marked) / f64::from(letter_count.max(1));
            if best.is_none_or(|(_, top)| score > top) {
                best = Some((profile, score));
            }
        }
        best
    }
}
