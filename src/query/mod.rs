//! Questions: ready SPARQL from the `queries` folder, or any SPARQL, over a store's graph.
//!
//! Text and parameters in, an [`Answer`] out. A ready question is a file that runs unchanged in any engine; its parameters are
//! variables such as `?_actor_iri`, which [`parameters`] replaces token by token with values that were checked first.
//! Federated queries and updates are not possible.

pub mod directory;
pub mod explain;
pub mod parameters;
pub mod ready;
pub mod table;

pub use directory::{Directory, LookupError};
pub use ready::Question;

use crate::store::{Graph, vocab};
use oxigraph::{
    model::{Term, Triple},
    sparql::{QueryEvaluationError, QueryResults, SparqlEvaluator, SparqlSyntaxError},
};

/// What can go wrong with a question.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// It is not SPARQL.
    #[error("not SPARQL: {0}")]
    Syntax(#[from] SparqlSyntaxError),
    /// It cannot be answered.
    #[error("the question cannot be answered: {0}")]
    Evaluation(#[from] QueryEvaluationError),
    /// A parameter is unknown or its value does not fit.
    #[error("--param {name}: {reason}")]
    Parameter {
        /// The parameter.
        name: String,
        /// What is wrong, and what is expected.
        reason: String,
    },
}

/// A row: one term, or nothing, a column.
pub type Row = Vec<Option<Term>>;

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Of a SELECT.
    Rows {
        /// Names of the columns.
        columns: Vec<String>,
        /// The rows, in the question's order.
        rows: Vec<Row>,
    },
    /// Of an ASK.
    Truth(bool),
    /// Of a CONSTRUCT or DESCRIBE.
    Triples(Vec<Triple>),
}

/// Asks the graph. The prefixes of the exports need not be declared.
///
/// # Errors
/// If the text is not a SPARQL query, or oxigraph cannot answer it.
pub fn ask(graph: &Graph, sparql: &str) -> Result<Answer, QueryError> {
    let mut evaluator = SparqlEvaluator::new();
    for (prefix, namespace) in vocab::PREFIXES {
        evaluator = evaluator
            .with_prefix(*prefix, *namespace)
            .map_err(|e| QueryError::Parameter { name: (*prefix).to_owned(), reason: e.to_string() })?;
    }
    Ok(match evaluator.parse_query(sparql)?.on_store(graph.store()).execute()? {
        QueryResults::Boolean(truth) => Answer::Truth(truth),
        QueryResults::Graph(triples) => Answer::Triples(triples.collect::<Result<_, _>>()?),
        QueryResults::Solutions(solutions) => {
            let columns = solutions.variables().iter().map(|v| v.as_str().to_owned()).collect();
            let row = |solution: oxigraph::sparql::QuerySolution| solution.values().to_vec();
            Answer::Rows { columns, rows: solutions.map(|s| s.map(row)).collect::<Result<_, _>>()? }
        }
    })
}
