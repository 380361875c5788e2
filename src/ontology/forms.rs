//! Names and phrases by all their forms: a tree over words, so that a look-up costs one step a word.

use super::{
    Inflection,
    inflection::{WordKind, is_cyrillic},
};
use std::collections::HashMap;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Node 0 is the root. Every form of a word leads to the node of its nominative.
#[derive(Debug, Clone, Default)]
struct Node {
    next: HashMap<Box<str>, Vec<u32>>,
    /// Row that owns the phrase ending here.
    row: Option<usize>,
    /// Whether that phrase begins in lower case.
    lower: bool,
}

/// Phrases, each owned by a row of a table; the first row that has a phrase owns it.
#[derive(Debug, Clone)]
pub struct FormTree {
    nodes: Vec<Node>,
    /// The nodes of nominatives, while the tree grows.
    branches: HashMap<(u32, String), u32>,
}

impl Default for FormTree {
    fn default() -> Self {
        Self { nodes: vec![Node::default()], branches: HashMap::new() }
    }
}

impl FormTree {
    /// Adds a phrase with all its Russian forms; common nouns of English with their plural.
    pub fn insert(&mut self, phrase: &str, row: usize, inflection: &Inflection) {
        let lower = phrase.chars().next().is_some_and(char::is_lowercase);
        let mut at = 0u32;
        for unit in units(phrase) {
            let word = key(unit);
            at = match self.branches.get(&(at, word.clone())) {
                Some(&node) => node,
                None => {
                    let node = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
                    self.nodes.push(Node::default());
                    let forms = if is_acronym(unit) {
                        vec![word.clone()]
                    } else {
                        let mut forms = inflection.forms(&word, &[WordKind::Noun, WordKind::Adjective]);
                        if lower && word.is_ascii() && word.len() > 3 {
                            forms.push(plural(&word));
                        }
                        forms
                    };
                    let next = &mut self.nodes[at as usize].next;
                    for form in forms {
                        next.entry(form.into_boxed_str()).or_default().push(node);
                    }
                    self.branches.insert((at, word), node);
                    node
                }
            };
        }
        let end = &mut self.nodes[at as usize];
        if at != 0 && end.row.is_none() {
            end.row = Some(row);
            end.lower = lower;
        }
    }

    /// Frees what is needed only while phrases are added.
    pub fn finish(&mut self) {
        self.branches = HashMap::new();
    }

    /// The longest phrase that the words begin with: how many words, and its row. A phrase that begins with a capital is
    /// not recognised in lower case.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, usize)> {
        let capital = words.first()?.chars().next().is_some_and(|c| !c.is_lowercase());
        let mut best = None;
        let mut reached = vec![0u32];
        for (i, word) in words.iter().enumerate() {
            for unit in units(word) {
                let (exact, folded) = (key(unit), fold(unit));
                let mut next = Vec::new();
                for &at in &reached {
                    let edges = &self.nodes[at as usize].next;
                    next.extend(edges.get(exact.as_str()).into_iter().flatten().copied());
                    if folded != exact {
                        next.extend(edges.get(folded.as_str()).into_iter().flatten().copied());
                    }
                }
                reached = next;
            }
            if reached.is_empty() {
                break;
            }
            let owner = |&at: &u32| {
                let node = &self.nodes[at as usize];
                node.row.filter(|_| capital || node.lower)
            };
            if let Some(row) = reached.iter().filter_map(owner).min() {
                best = Some((i + 1, row));
            }
        }
        best
    }
}

/// What joins the parts of compounds.
pub const HYPHENS: [char; 5] = ['-', '\u{2010}', '\u{2011}', '–', '—'];

/// The parts of a name's words that are compared: split at blanks and hyphens, without possessive ending.
pub fn units(name: &str) -> impl Iterator<Item = &str> {
    name.split_whitespace()
        .flat_map(|word| strip_possessive(word).split(HYPHENS))
        .filter(|unit| unit.chars().any(char::is_alphanumeric))
}

/// The word without `'s`.
#[must_use]
pub fn strip_possessive(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|s| word.strip_suffix(s)).filter(|w| !w.is_empty()).unwrap_or(word)
}

/// The plural of an English common noun.
fn plural(word: &str) -> String {
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{word}s"),
    }
}

/// Whether a word is written in capitals only: `UN`, `U.S.`, `G7`, `ОБСЕ`.
#[must_use]
pub fn is_acronym(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let digits = word.chars().filter(char::is_ascii_digit).count();
    letters >= 1 && letters + digits >= 2 && !word.chars().any(char::is_lowercase)
}

/// The key of a word as written: acronyms keep their capitals, so that `US` is not `us`.
#[must_use]
pub fn key(word: &str) -> String {
    if is_acronym(word) { word.chars().filter(|c| c.is_alphanumeric() || *c == '+').collect() } else { fold(word) }
}

/// Lower case without accents, apostrophes and dots; ё as е. Cyrillic й stays a letter of its own.
#[must_use]
pub fn fold(word: &str) -> String {
    let plain = |c: char| match c {
        'ё' | 'Ё' => 'е',
        'ı' => 'i',
        c => c,
    };
    if word.is_ascii() {
        return word.chars().filter(|c| keep(*c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    word.chars()
        .map(plain)
        .flat_map(|c| {
            let whole = is_cyrillic(c);
            std::iter::once(c).nfd().filter(move |d| whole || !is_combining_mark(*d))
        })
        .nfc()
        .flat_map(char::to_lowercase)
        .filter(|c| keep(*c))
        .collect()
}

fn keep(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '+' | '&')
}
