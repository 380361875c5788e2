//! Analysis: an [`Article`](crate::ingest::Article) becomes [`Sentence`]s with words, tags, lemmas, a Universal Dependencies tree and names.
//!
//! Sentences and words are found by rules; one bilingual model (see `models/README.md`) does the rest.

mod analyzer;
mod cache;
pub mod conllu;
pub mod model;
mod segment;
mod sentence;
pub mod tree;
mod words;

pub use analyzer::{AnalyzeError, Analyzer};
pub use segment::Segmenter;
pub use sentence::{Feats, NameKind, NamedEntity, Sentence, Token};
