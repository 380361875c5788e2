//! Spellings as sounds: `transliteration.csv` reads a name in any script and system into the sounds it may stand for.
//!
//! Systems of transliteration disagree by letter (Жапаров: Japarov, Zhaparov; Мирзиёев: Mirziyoyev, Mirzieev), not by
//! sound. A [`NameCode`] holds a word's readings, each as its consonants and the vowels between them; resolution looks
//! words up by consonants and weighs vowels. English vowels tell little of their sound: whole words in the table help.

use super::{OntologyError, Source, forms::fold};
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};

const FILE: &str = "transliteration.csv";
/// Readings kept of one word: enough for two or three doubtful letters.
const READINGS: usize = 48;

#[derive(Debug, Deserialize)]
struct Columns {
    script: String,
    spelling: String,
    sounds: String,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub struct Transliteration {
    spellings: HashMap<String, Vec<String>>,
    longest: usize,
    /// Usual Latin spellings of whole words.
    words: HashMap<String, Vec<String>>,
    /// Other forms of the same name.
    variants: HashMap<String, Vec<String>>,
}

/// One way to read a word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Reading {
    /// Its consonants: `TKV`.
    pub consonants: String,
    /// Vowels before, between and after them: one more than consonants.
    pub vowels: Vec<String>,
}

/// All ways to read a word; the first is the plainest.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameCode {
    /// Readings, each once.
    pub readings: Vec<Reading>,
}

impl NameCode {
    /// The plainest reading's consonants, with a mark where the word begins with a vowel: the same for most spellings.
    #[must_use]
    pub fn skeleton(&self) -> String {
        self.readings.first().map_or_else(String::new, |r| {
            let mark = if r.vowels.first().is_some_and(|v| !v.is_empty()) { "a" } else { "" };
            format!("{mark}{}", r.consonants)
        })
    }

    /// The consonants of all readings, sorted: words that share none cannot be the same name.
    #[must_use]
    pub fn blocks(&self) -> BTreeSet<&str> {
        self.readings.iter().map(|r| r.consonants.as_str()).collect()
    }
}

impl NameCode {
    /// The sounds of two words written as one.
    #[must_use]
    pub fn followed_by(&self, next: &Self) -> Self {
        let mut readings = Vec::new();
        for (a, b) in self.readings.iter().flat_map(|a| next.readings.iter().map(move |b| (a, b))).take(READINGS) {
            let mut one = a.clone();
            let (middle, first) = (one.vowels.pop().unwrap_or_default(), b.vowels.first().cloned().unwrap_or_default());
            let doubled = middle.is_empty()
                && first.is_empty()
                && a.consonants.chars().next_back() == b.consonants.chars().next();
            one.consonants.extend(b.consonants.chars().skip(usize::from(doubled)));
            if !doubled {
                one.vowels.push(middle + &first);
            }
            one.vowels.extend(b.vowels.iter().skip(1).cloned());
            if !readings.contains(&one) {
                readings.push(one);
            }
        }
        Self { readings }
    }
}

impl Transliteration {
    /// Reads `transliteration.csv`.
    ///
    /// # Errors
    /// A row with an unknown script or with sounds outside the alphabet.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Self::default();
        for row in source.table::<Columns>(FILE)? {
            let mistake = |reason: String| OntologyError::Row { file: FILE.to_owned(), line: row.line, reason };
            let Columns { script, spelling, sounds } = row.columns;
            match script.as_str() {
                "cyr" | "lat" => {
                    let sounds: Vec<String> = sounds.split('|').map(|s| s.trim_matches('-').to_owned()).collect();
                    if let Some(bad) = sounds.iter().flat_map(|s| s.chars()).find(|c| !c.is_ascii_alphabetic()) {
                        return Err(mistake(format!("{bad} is no sound")));
                    }
                    table.longest = table.longest.max(spelling.chars().count());
                    table.spellings.entry(spelling).or_insert(sounds);
                }
                "word" => table.words.entry(fold(&spelling)).or_default().push(sounds),
                "variant" => table.variants.entry(fold(&spelling)).or_default().push(sounds),
                other => return Err(mistake(format!("{other} is no script: expected cyr, lat, word or variant"))),
            }
        }
        Ok(table)
    }

    /// The sounds of a word.
    #[must_use]
    pub fn code(&self, word: &str) -> NameCode {
        let mut readings = Vec::new();
        // The usual Latin spelling first: the plainest reading is then the same in both scripts.
        let folded = fold(word);
        let listed = |table: &'_ HashMap<String, Vec<String>>| table.get(&folded).cloned().unwrap_or_default();
        let usual = listed(&self.words);
        let variants = listed(&self.variants);
        for spelling in usual.iter().map(String::as_str).chain([word]).chain(variants.iter().map(String::as_str)) {
            for sounds in self.sounds(spelling) {
                let reading = reading(&sounds);
                if !readings.contains(&reading) {
                    readings.push(reading);
                }
            }
        }
        NameCode { readings }
    }

    fn sounds(&self, word: &str) -> Vec<String> {
        // A letter that the table lacks is read without its accent: é as e.
        let plain = |c: char| match c {
            c if c.is_ascii() || self.spellings.contains_key(c.to_string().as_str()) => c,
            c => fold(&c.to_string()).chars().next().unwrap_or(c),
        };
        let letters: Vec<char> = word.to_lowercase().chars().map(plain).collect();
        let mut readings = vec![String::new()];
        let mut at = 0;
        while at < letters.len() {
            let (length, choices) = self.at(&letters, at);
            let mut next = Vec::new();
            // Plain choices first, so that the cut keeps the plainest readings.
            for choice in &choices {
                for reading in &readings {
                    next.push(format!("{reading}{choice}"));
                }
            }
            next.truncate(READINGS);
            readings = next;
            at += length;
        }
        readings
    }

    /// The longest spelling that stands at a place, with its sounds.
    fn at(&self, letters: &[char], at: usize) -> (usize, Vec<String>) {
        for length in (1..=self.longest.min(letters.len() - at)).rev() {
            let text: String = letters[at..at + length].iter().collect();
            let begin = (at == 0).then(|| format!("^{text}"));
            let end = (at + length == letters.len()).then(|| format!("{text}$"));
            let found = begin.iter().chain(&end).chain([&text]).find_map(|t| self.spellings.get(t.as_str()));
            if let Some(sounds) = found {
                return (length, sounds.clone());
            }
        }
        // A letter that the table lacks: without its accent, if it has one.
        let plain = fold(&letters[at].to_string());
        let sounds = self.spellings.get(plain.as_str()).cloned().unwrap_or_else(|| vec![String::new()]);
        (1, sounds)
    }
}

/// Splits sounds into consonants, doubles as one, and the vowels between them.
fn reading(sounds: &str) -> Reading {
    let mut consonants = String::new();
    let mut vowels = vec![String::new()];
    for c in sounds.chars() {
        let last = vowels.len() - 1;
        if c.is_ascii_lowercase() {
            if !vowels[last].ends_with(c) {
                vowels[last].push(c);
            }
        } else if !(vowels[last].is_empty() && consonants.ends_with(c)) {
            consonants.push(c);
            vowels.push(String::new());
        }
    }
    Reading { consonants, vowels }
}
