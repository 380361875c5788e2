use crate::{ingest::Language, text::CharSpan};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Morphological features in Universal Dependencies' names, sorted by name: `Case=Gen`, `Voice=Pass`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Feats(pub Vec<(String, String)>);

impl Feats {
    /// Reads the CoNLL-U form, `Case=Gen|Number=Sing` or `_`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut pairs: Vec<_> =
            text.split('|').filter_map(|p| p.split_once('=')).map(|(k, v)| (k.to_owned(), v.to_owned())).collect();
        pairs.sort();
        Self(pairs)
    }

    /// The value of a feature: `get("Case") == Some("Gen")`.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(k, _)| k == name).map(|(_, v)| v.as_str())
    }
}

impl std::fmt::Display for Feats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() {
            return f.write_str("_");
        }
        for (i, (k, v)) in self.0.iter().enumerate() {
            write!(f, "{}{k}={v}", if i == 0 { "" } else { "|" })?;
        }
        Ok(())
    }
}

/// One word (or clitic, or punctuation mark) with its place in the tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Where it stands in the article's text.
    pub span: CharSpan,
    /// The word as written.
    pub form: String,
    /// Whether white space (or the sentence's start) precedes it.
    pub space_before: bool,
    /// Universal part of speech: `NOUN`, `PROPN`, `VERB` …
    pub upos: String,
    /// Lemma, in the case that a dictionary would give it.
    pub lemma: String,
    /// Morphological features.
    pub feats: Feats,
    /// Index of the head in [`Sentence::tokens`]; `None` for the root.
    pub head: Option<usize>,
    /// Universal relation with its subtype: `nsubj`, `nsubj:pass`, `flat:name`; `root` for the root.
    pub deprel: String,
}

impl Token {
    /// Whether the relation is `rel`, subtypes aside: `nsubj:pass` is `nsubj`.
    #[must_use]
    pub fn is(&self, rel: &str) -> bool {
        self.deprel.split(':').next() == Some(rel)
    }
}

/// What kind of thing a name in the text names, as the model tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum NameKind {
    /// A person.
    Per,
    /// An organisation.
    Org,
    /// A state.
    Country,
    /// A city, region or district.
    City,
    /// Any other place: river, sea, continent, building.
    Loc,
    /// A named event.
    Event,
    /// A law, treaty, declaration or other document.
    Law,
    /// An office or title.
    Office,
    /// A nationality or demonym.
    Nat,
    /// A date.
    Date,
    /// A product or work.
    Product,
}

/// A name found by the model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedEntity {
    /// Which tokens, half-open.
    pub tokens: Range<usize>,
    /// Its kind.
    pub kind: NameKind,
}

/// One sentence with its tree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands in the article's text.
    pub span: CharSpan,
    /// Index into [`Article::paragraphs`](crate::ingest::Article::paragraphs).
    pub paragraph: usize,
    /// Language of its paragraph.
    pub language: Language,
    /// Its words in order.
    pub tokens: Vec<Token>,
    /// Names, in order, not overlapping.
    pub entities: Vec<NamedEntity>,
}

impl Sentence {
    /// Indexes of the direct dependents of token `head`, in word order.
    pub fn children(&self, head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.tokens.len()).filter(move |&i| self.tokens[i].head == Some(head))
    }

    /// The tokens of the subtree under `head`, sorted.
    #[must_use]
    pub fn subtree(&self, head: usize) -> Vec<usize> {
        let mut inside = vec![false; self.tokens.len()];
        inside[head] = true;
        // Trees are shallow: a few sweeps reach the leaves.
        loop {
            let mut grown = false;
            for i in 0..self.tokens.len() {
                if !inside[i] && self.tokens[i].head.is_some_and(|h| inside[h]) {
                    inside[i] = true;
                    grown = true;
                }
            }
            if !grown {
                break;
            }
        }
        (0..inside.len()).filter(|&i| inside[i]).collect()
    }
}
