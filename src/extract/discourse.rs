//! Who and what an article speaks of: mentions, their classes, and which of them are one entity.
//!
//! Input: an article's sentences. Output: a [`Discourse`], which tells the rules what a token denotes.

use super::{Class, LocalEntity, LocalId};
use std::ops::Range;

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a description: "the Kazakh diplomat", "the parties", "the meeting".
    Description,
    /// By a pronoun.
    Pronoun,
}

/// A stretch of words that denotes an entity, or several ("the parties").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its words, half-open.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// How it names.
    pub kind: MentionKind,
    /// Class of what it denotes.
    pub class: Class,
    /// What it denotes; several for a group whose members are known.
    pub entities: Vec<LocalId>,
}

/// The entities of an article and where they are mentioned.
#[derive(Debug, Clone, Default)]
pub struct Discourse {
    /// Entities, indexed by [`LocalId`].
    pub entities: Vec<LocalEntity>,
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
}

impl Discourse {
    /// The narrowest mention whose head is `token` of sentence `sentence`, else the narrowest that covers it.
    #[must_use]
    pub fn at(&self, sentence: usize, token: usize) -> Option<&Mention> {
        let here = |m: &&Mention| m.sentence == sentence && m.tokens.contains(&token);
        self.mentions.iter().filter(here).min_by_key(|m| (m.head != token, m.tokens.len(), m.tokens.start))
    }
}
