//! Extraction: trees become [`Claim`]s. One article at a time; nothing here knows of other articles.
//!
//! mentions and in-article coreference ([`discourse`]) → canonical roles → lexicon frames → claims with speaker, status,
//! date, place and evidence. Which words mean which relation is data (`ontology/lexicon.csv`); the code knows no verb.

mod claim;
pub mod discourse;
pub mod phrase;
pub mod structure;

pub use claim::{
    ArticleClaims, ArticleMeta, Claim, Class, DateValue, Evidence, LocalEntity, LocalId, Object, Precision, Status,
    Value,
};
