//! Measuring: extracted claims against gold files, against a person's marks and against a public benchmark.
//!
//! No stage of the pipeline: it reads what the pipeline printed, so that any other system's output can be measured by the same rules.
//! What counts as equal is set down in [`comparison`]; its word tables are `ontology/comparison.csv`.
//! Limitation: gold files say nothing of dates and places of claims, so these are not scored.

pub mod comparison;
pub mod counts;
pub mod factrueval;
pub mod gold;
pub mod marks;
pub mod reliability;
pub mod scoring;
pub mod system;

use std::path::{Path, PathBuf};

/// Why something cannot be measured.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A line is not what its format demands.
    #[error("{path}, line {line}: {reason}")]
    Line {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
}

impl EvaluateError {
    fn line(path: &Path, line: usize, reason: impl Into<String>) -> Self {
        Self::Line { path: path.to_owned(), line, reason: reason.into() }
    }

    fn text(path: &Path) -> Result<String, Self> {
        std::fs::read_to_string(path).map_err(|source| Self::Read { path: path.to_owned(), source })
    }
}
