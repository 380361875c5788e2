//! The store: claims, decisions and the graph in a folder, and the graph as RDF in oxigraph.
//!
//! Claims are the truth; the graph is a view of them that can always be made again.

use crate::{
    extract::{ArticleClaims, LocalId},
    ingest::ArticleId,
    resolve::{Entity, Resolution},
};
use serde::{Deserialize, Serialize};

/// What made a graph: enough to make it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Program version.
    pub program: String,
    /// Model version and SHA-256.
    pub model: String,
    /// SHA-256 of the ontology folder.
    pub ontology: String,
}

/// Everything known: all articles' claims and the entities that they resolve to. Exports and the RDF view are made from it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Knowledge {
    /// Claims, one record an article, sorted by article id.
    pub articles: Vec<ArticleClaims>,
    /// Entities.
    pub resolution: Resolution,
    /// What made it.
    pub run: Run,
}

impl Knowledge {
    /// The entity that a local entity became.
    #[must_use]
    pub fn entity(&self, article: &ArticleId, local: LocalId) -> Option<&Entity> {
        let at = *self.resolution.assignment.get(&(article.clone(), local.0))?;
        self.resolution.entities.get(at)
    }
}
