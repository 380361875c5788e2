//! Turtle: the default graph for people and for every RDF tool. RDF 1.1, prefixes first, subjects sorted, `a` first, no blank nodes.
//!
//! Named graphs hold nothing that the default graph lacks, so Turtle loses only which article states which fact, and
//! the claims say that.

use crate::store::vocab;
use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::Quad,
};
use std::io::{self, Write};

/// Writes the default graph's quads, which must be sorted as [`crate::store::rdf::quads`] gives them.
///
/// # Errors
/// If `out` fails.
pub fn write(quads: &[Quad], out: impl Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::Turtle);
    for (prefix, namespace) in vocab::PREFIXES {
        serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
    }
    let mut serializer = serializer.for_writer(out);
    for quad in quads.iter().filter(|q| q.graph_name.is_default_graph()) {
        serializer.serialize_triple(quad.as_ref())?;
    }
    serializer.finish()?.flush()
}
