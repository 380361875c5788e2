//! Analysis: an [`Article`](crate::ingest::Article) becomes [`Sentence`]s with words, tags, lemmas, a Universal Dependencies tree and names.
//!
//! Sentences and words are found by rules; one bilingual model (see `models/README.md`) does the rest.

mod segment;
mod sentence;
mod words;

pub use segment::Segmenter;
pub use sentence::{Feats, NameKind, NamedEntity, Sentence, Token};
