//! What Kurultai knows of language and politics, as data: the `ontology/` folder, built in or given by `--ontology DIR`.
//!
//! Each table has one file here that reads it into its own type; a mistake is reported with file, row and reason.

mod abbreviations;
pub mod schema;
mod source;

pub use abbreviations::{AbbreviationKind, Abbreviations};
pub use schema::{Relation, Schema};
pub use source::{OntologyError, Row, Source};

/// Everything in the ontology folder, read and checked.
#[derive(Debug, Clone)]
pub struct Ontology {
    /// SHA-256 over the folder's files, for the run's provenance: results depend on it.
    pub version: String,
    /// Relations with domain, range, symmetry and labels.
    pub schema: Schema,
    /// Abbreviations, for words and sentences.
    pub abbreviations: Abbreviations,
}

impl Ontology {
    /// Reads the folder.
    ///
    /// # Errors
    /// The first mistake in any file, with file, row and reason.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        Ok(Self {
            version: source.fingerprint()?,
            schema: Schema::load(source)?,
            abbreviations: Abbreviations::load(source)?,
        })
    }

    /// The ontology that is built into the program.
    ///
    /// # Errors
    /// Never for a released program: the tests load it.
    pub fn builtin() -> Result<Self, OntologyError> {
        Self::load(&Source::Builtin)
    }
}
