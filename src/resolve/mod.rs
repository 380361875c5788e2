//! Resolution: the local entities of all articles become one [`Entity`] an actor, across articles, spellings and scripts.
//!
//! A pure function of the set of claims (and a person's decisions): order of articles, threads and runs play no part.

use crate::{
    extract::Class,
    ingest::{ArticleId, Language},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Opaque, ASCII, made from content: the last part of the entity's IRI.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(pub String);

/// One thing in the world, as far as the articles tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Identity, stable across runs and merges.
    pub id: EntityId,
    /// Its class.
    pub class: Class,
    /// One preferred label a language.
    pub labels: BTreeMap<Language, String>,
    /// All names seen, with their language, sorted.
    pub names: Vec<(Language, String)>,
    /// Identifiers elsewhere, full IRIs, sorted (Wikidata, GeoNames, ISO), each from the gazetteer.
    pub same_as: Vec<String>,
    /// Latitude and longitude in degrees, where the gazetteer knows them.
    pub coordinates: Option<(f64, f64)>,
    /// Local entities merged here: article and index, sorted.
    pub members: Vec<(ArticleId, usize)>,
    /// Why they were merged, one line a reason, sorted, for `explain`.
    pub reasons: Vec<String>,
}

impl Entity {
    /// The label to show: English first, then Russian, then any name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.labels
            .get(&Language::En)
            .or_else(|| self.labels.values().next())
            .or_else(|| self.names.first().map(|(_, n)| n))
            .map_or("", String::as_str)
    }
}

/// The outcome: entities sorted by id, and which entity each local entity became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// Entities, sorted by id.
    pub entities: Vec<Entity>,
    /// From article and local index to the position in `entities`.
    pub assignment: BTreeMap<(ArticleId, usize), usize>,
}
