//! The store: claims, decisions and the graph in a folder, and the graph as RDF in oxigraph.
//!
//! Claims are the truth; the graph is a view of them that can always be made again.

mod atomic;
mod folder;
mod graph;
pub mod integrity;
pub mod nquads;
pub mod rdf;
pub mod shapes;
pub mod vocab;

pub use folder::{Manifest, Saved, Snapshot, Store};
pub use graph::Graph;
pub use shapes::{Shapes, Violation};

use crate::{
    extract::{ArticleClaims, LocalId, Object},
    ingest::ArticleId,
    resolve::{DecisionError, Decisions, Entity, Resolution},
};
use serde::{Deserialize, Serialize};
use std::{io, path::Path, path::PathBuf};

/// What can go wrong with a store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The system refuses to read or write a file.
    #[error("cannot {action} {}: {source}\nhint: make room or give yourself the right to, or choose another folder with --location", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Another process writes the store.
    #[error(
        "the store {} is being written by another kurultai\nhint: wait until it is done, or choose another folder with --location",
        location.display()
    )]
    Busy {
        /// The folder.
        location: PathBuf,
    },
    /// There is no store.
    #[error("no store in {}\nhint: make one with `kurultai build ARTICLES --location {}`", location.display(), location.display())]
    Missing {
        /// The folder.
        location: PathBuf,
    },
    /// The store is of another format.
    #[error(
        "the store {} has format {found}, this program knows {known}\nhint: use the program that made it, or build a new store from the articles",
        location.display()
    )]
    Format {
        /// The folder.
        location: PathBuf,
        /// Its format.
        found: u32,
        /// Ours.
        known: u32,
    },
    /// A line of a file cannot be read.
    #[error("{}, line {line}: {reason}\nhint: restore the file, or build a new store from the articles", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// Why.
        reason: String,
    },
    /// A file is not the one that was written.
    #[error(
        "{} is missing or was changed since it was written\nhint: restore it, or run `kurultai build` again",
        path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The person's decisions are wrong.
    #[error("{}: {source}\nhint: mend or remove that row; see docs/graph.md", location.display())]
    Decisions {
        /// The folder.
        location: PathBuf,
        /// What is wrong.
        source: DecisionError,
    },
    /// The ontology that the graph needs is wrong.
    #[error(transparent)]
    Ontology(#[from] crate::ontology::OntologyError),
    /// A value cannot be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[source] serde_json::Error),
    /// Oxigraph's store fails.
    #[error("the graph: {0}")]
    Graph(#[from] oxigraph::store::StorageError),
    /// The graph's N-Quads cannot be read.
    #[error("graph.nq: {0}")]
    Load(#[from] oxigraph::store::LoaderError),
}

impl StoreError {
    fn io(action: &'static str, path: &Path, source: io::Error) -> Self {
        Self::Io { action, path: path.to_owned(), source }
    }

    const fn json(error: serde_json::Error) -> Self {
        Self::Json(error)
    }
}

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
    /// The claims that graph and exports show: all but those that a person rejected, and those that, once names are resolved,
    /// tie an entity to itself.
    #[must_use]
    pub fn accepted(&self, decisions: &Decisions) -> Self {
        let mut accepted = self.clone();
        for record in &mut accepted.articles {
            let (article, resolution) = (&record.article, &self.resolution);
            let entity = |local: LocalId| resolution.assignment.get(&(article.id.clone(), local.0));
            record.claims.retain(|claim| {
                let itself = matches!(&claim.object, Object::Entity(o) if entity(*o) == entity(claim.subject));
                !itself && decisions.keeps(article, claim)
            });
        }
        accepted
    }

    /// The entity that a local entity became.
    #[must_use]
    pub fn entity(&self, article: &ArticleId, local: LocalId) -> Option<&Entity> {
        let at = *self.resolution.assignment.get(&(article.clone(), local.0))?;
        self.resolution.entities.get(at)
    }
}
