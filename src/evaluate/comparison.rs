//! When a name or a text of the system's equals one of the gold: case, accents, hyphens, articles, possessives, endings and
//! British or American spelling aside.
//!
//! Words become stems: a Russian ending is cut and six letters kept, an English word keeps seven. That is coarse on
//! purpose: what is measured is the fact, not the form in which it is written.

use crate::ontology::{OntologyError, Source};
use regex::Regex;
use serde::Deserialize;
use std::collections::BTreeSet;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

const FILE: &str = "comparison.csv";
/// The one mark that makes another letter in Russian: й.
const BREVE: char = '\u{306}';

#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Stop,
    Article,
    Spelling,
    Ending,
}

#[derive(Debug, Deserialize)]
struct Columns {
    kind: Kind,
    word: String,
    becomes: String,
}

/// The tables of `ontology/comparison.csv`.
#[derive(Debug, Clone)]
pub struct Comparison {
    stop: BTreeSet<String>,
    articles: BTreeSet<String>,
    spelling: Vec<(Regex, String)>,
    endings: Vec<String>,
    abbreviation: Regex,
    possessive: Regex,
    parenthesis: Regex,
}

impl Comparison {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let (mut stop, mut articles, mut spelling, mut endings) = (BTreeSet::new(), BTreeSet::new(), vec![], vec![]);
        let wrong = |line, e: &regex::Error| OntologyError::row(FILE, line, e.to_string());
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            match c.kind {
                Kind::Stop => drop(stop.insert(c.word)),
                Kind::Article => drop(articles.insert(c.word)),
                Kind::Spelling => spelling.push((Regex::new(&c.word).map_err(|e| wrong(row.line, &e))?, c.becomes)),
                Kind::Ending => endings.push(c.word),
            }
        }
        endings.sort_by_key(|e| std::cmp::Reverse(e.chars().count()));
        let fixed = |pattern| Regex::new(pattern).map_err(|e| wrong(0, &e));
        Ok(Self {
            stop,
            articles,
            spelling,
            endings,
            abbreviation: fixed(r"\b(?:\w\.){2,}")?,
            possessive: fixed(r"['’]s\b|(s)['’]")?,
            parenthesis: fixed(r"\s*\([^)]*\)")?,
        })
    }

    /// The words of a text in comparable form.
    #[must_use]
    pub fn words(&self, text: &str) -> Vec<String> {
        let lower = text.to_lowercase().replace('ё', "е");
        let bare: String = lower.nfkd().filter(|&c| c == BREVE || !is_combining_mark(c)).nfc().collect();
        let joined = self.abbreviation.replace_all(&bare, |m: &regex::Captures<'_>| m[0].replace('.', ""));
        let mut plain = self.possessive.replace_all(&joined, "$1").into_owned();
        for (pattern, becomes) in &self.spelling {
            plain = pattern.replace_all(&plain, becomes).into_owned();
        }
        plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
    }

    fn stem(&self, word: &str) -> String {
        let count = word.chars().count();
        let take = |word: &str, n| word.chars().take(n).collect::<String>();
        if !word.starts_with(|c: char| ('а'..='я').contains(&c)) {
            let cut = word.strip_suffix('s').filter(|_| count > 3).unwrap_or(word);
            return take(cut, 7);
        }
        let mut cut = word;
        if count > 3
            && let Some(shorter) = self.endings.iter().find_map(|e| word.strip_suffix(e.as_str()))
            && shorter.chars().count() >= 3
        {
            cut = shorter;
        }
        if cut.chars().count() >= 7 {
            cut = cut.strip_suffix("ов").or_else(|| cut.strip_suffix("ев")).unwrap_or(cut);
        }
        take(cut, 6)
    }

    /// The stems of the words that mean something.
    #[must_use]
    pub fn content(&self, text: &str) -> BTreeSet<String> {
        self.words(text).iter().filter(|w| !self.stop.contains(*w)).map(|w| self.stem(w)).collect()
    }

    /// A name's stems in order, articles aside.
    #[must_use]
    pub fn key(&self, name: &str) -> Vec<String> {
        self.words(name).iter().filter(|w| !self.articles.contains(*w)).map(|w| self.stem(w)).collect()
    }

    /// Whether the content words of the shorter text are at least 60 % in the longer one.
    #[must_use]
    pub fn same_text(&self, gold: &str, seen: &str) -> bool {
        let (gold, seen) = (self.content(gold), self.content(seen));
        let (short, common) = (gold.len().min(seen.len()), gold.intersection(&seen).count());
        short > 0 && common >= 3.min(gold.len()).min(seen.len().max(2)) && common * 10 >= short * 6
    }

    /// Whether two names of persons can be one: the same, or the same family name and no different given names.
    #[must_use]
    pub fn same_person(&self, a: &[String], b: &[String]) -> bool {
        let (Some(family), Some(other)) = (a.last(), b.last()) else { return false };
        let initial = |name: &[String]| name.first().and_then(|w| w.chars().next());
        family == other && (a.len() == 1 || b.len() == 1 || initial(a) == initial(b))
    }

    /// A name and, where it carries one, the name without its parenthesis.
    #[must_use]
    pub fn variants(&self, name: &str) -> Vec<String> {
        let without = self.parenthesis.replace_all(name, "");
        if without == name { vec![name.to_owned()] } else { vec![name.to_owned(), without.into_owned()] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> Comparison {
        Comparison::load(&Source::Builtin).unwrap()
    }

    #[test]
    fn spelling_case_accents_and_endings_do_not_count() {
        let c = tables();
        assert_eq!(c.key("The U.S. Defence Programme's Centre"), c.key("us defense program center"));
        assert_eq!(c.key("Международного фонда спасения Арала"), c.key("Международный фонд спасения Арала"));
        assert_eq!(c.key("São Tomé"), c.key("Sao Tome"));
        assert_ne!(c.key("Иран"), c.key("Ирак"));
        assert_ne!(c.key("чай"), c.key("чаи"), "й is a letter of its own");
    }

    #[test]
    fn texts_are_equal_by_most_of_the_shorter_ones_words() {
        let c = tables();
        assert!(
            c.same_text("the country will keep its grain exports open", "it will keep grain exports open, he said")
        );
        assert!(c.same_text("First Deputy Minister", "first deputy minister of foreign affairs"));
        assert!(!c.same_text("water use in the basin", "the use of force"));
        assert!(!c.same_text("of the", "of the"), "nothing but stop words says nothing");
    }

    #[test]
    fn a_family_name_is_enough_unless_given_names_differ() {
        let c = tables();
        let same = |a: &str, b: &str| c.same_person(&c.key(a), &c.key(b));
        assert!(same("Amina Diallo", "Diallo") && same("A. Diallo", "Amina Diallo"));
        assert!(!same("Amina Diallo", "Omar Diallo") && !same("Diallo", "Diop"));
    }
}
