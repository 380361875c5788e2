//! Words and fixed phrases as keys: what the word tables have in common.
//!
//! In a table several words stand in one cell, separated by spaces, and the words of a fixed phrase are joined by `_`:
//! `meeting summit press_conference`. Case and the dots of `ё` never matter. Limitation: a phrase matches as it
//! stands, so where its words inflect the caller offers both form and lemma of each.

use crate::ingest::Language;
use std::collections::BTreeMap;

/// A word as tables compare it: lower case, `ё` as `е`.
#[must_use]
pub fn fold(word: &str) -> String {
    word.to_lowercase().replace('ё', "е")
}

/// The further words of a phrase, folded, and its entry.
type Tail<T> = (Vec<String>, T);

/// Entries by word or fixed phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrases<T> {
    /// By language and first word; longer phrases come first.
    by_first: BTreeMap<(Language, String), Vec<Tail<T>>>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: BTreeMap::new() }
    }
}

impl<T> Phrases<T> {
    /// Adds a phrase; gives the entry back if the phrase is there already.
    ///
    /// # Errors
    /// The entry that found its place taken.
    pub fn insert(&mut self, language: Language, phrase: &str, entry: T) -> Result<(), T> {
        if self.get(language, phrase).is_some() {
            return Err(entry);
        }
        let (first, rest) = split(phrase);
        let row = self.by_first.entry((language, first)).or_default();
        let place = row.partition_point(|(other, _)| other.len() >= rest.len());
        row.insert(place, (rest, entry));
        Ok(())
    }

    /// The entry of exactly this phrase, words joined by `_` or spaces.
    #[must_use]
    pub fn get(&self, language: Language, phrase: &str) -> Option<&T> {
        let (first, rest) = split(phrase);
        self.starting_with(language, &first).find(|(other, _)| **other == *rest).map(|(_, entry)| entry)
    }

    /// Every phrase that begins with this word: its further words, folded, and its entry; longer phrases first.
    pub fn starting_with(&self, language: Language, word: &str) -> impl Iterator<Item = (&[String], &T)> {
        let row = self.by_first.get(&(language, fold(word)));
        row.into_iter().flatten().map(|(rest, entry)| (rest.as_slice(), entry))
    }

    /// The longest phrase that `words` begin with, and how many words it has. Each word is given as form and lemma; either may match.
    #[must_use]
    pub fn longest(&self, language: Language, words: &[[&str; 2]]) -> Option<(usize, &T)> {
        let (first, after) = words.split_first()?;
        let fits = |rest: &[String]| {
            rest.len() <= after.len()
                && rest.iter().zip(after).all(|(r, [form, lemma])| *r == fold(form) || *r == fold(lemma))
        };
        let [form, lemma] = first;
        let mut best: Option<(usize, &T)> = None;
        for (rest, entry) in self.starting_with(language, form).chain(self.starting_with(language, lemma)) {
            if fits(rest) && best.is_none_or(|(length, _)| rest.len() + 1 > length) {
                best = Some((rest.len() + 1, entry));
            }
        }
        best
    }

    /// All phrases, words joined by `_`, ordered by language and first word.
    pub fn iter(&self) -> impl Iterator<Item = (Language, String, &T)> {
        self.by_first.iter().flat_map(|((language, first), row)| {
            row.iter().map(move |(rest, entry)| {
                let words: Vec<&str> = std::iter::once(first.as_str()).chain(rest.iter().map(String::as_str)).collect();
                (*language, words.join("_"), entry)
            })
        })
    }
}

impl<T> Phrases<Vec<T>> {
    /// Adds one more entry to a phrase that may have several.
    pub fn push(&mut self, language: Language, phrase: &str, entry: T) {
        let (first, rest) = split(phrase);
        let row = self.by_first.entry((language, first)).or_default();
        if let Some((_, entries)) = row.iter_mut().find(|(other, _)| *other == rest) {
            entries.push(entry);
        } else {
            let place = row.partition_point(|(other, _)| other.len() >= rest.len());
            row.insert(place, (rest, vec![entry]));
        }
    }
}

/// First word and the others, folded.
fn split(phrase: &str) -> (String, Vec<String>) {
    let mut words = phrase.split(['_', ' ']).map(fold);
    (words.next().unwrap_or_default(), words.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn longest_phrase_wins_and_form_or_lemma_matches() {
        let mut table = Phrases::default();
        for phrase in ["minister", "foreign_minister", "министр_иностранных_дел", "министр"]
        {
            let language = if phrase.is_ascii() { Language::En } else { Language::Ru };
            table.insert(language, phrase, phrase).unwrap();
        }
        let at = |language, words: &[[&str; 2]]| table.longest(language, words).map(|(n, e)| (n, *e));
        assert_eq!(
            at(Language::En, &[["Foreign", "foreign"], ["Ministers", "minister"], ["met", "meet"]]),
            Some((2, "foreign_minister"))
        );
        assert_eq!(
            at(Language::Ru, &[["министра", "министр"], ["иностранных", "иностранный"], ["дел", "дело"]]),
            Some((3, "министр_иностранных_дел"))
        );
        assert_eq!(at(Language::Ru, &[["министру", "министр"], ["обороны", "оборона"]]), Some((1, "министр")));
        assert_eq!(at(Language::En, &[["foreign", "foreign"], ["aid", "aid"]]), None);
        assert_eq!(at(Language::Ru, &[["minister", "minister"]]), None);
    }

    #[test]
    fn a_taken_place_is_reported() {
        let mut table = Phrases::default();
        assert_eq!(table.insert(Language::Ru, "посёл", 1), Ok(()));
        assert_eq!(table.insert(Language::Ru, "Посел", 2), Err(2));
        assert_eq!(table.get(Language::Ru, "ПОСЁЛ"), Some(&1));
    }
}
