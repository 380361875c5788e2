//! N-Quads: the whole graph, the facts of each article once more in a graph of its own. Line by line, in the quads' order.

use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::Quad,
};
use std::io::{self, Write};

/// Writes the quads.
///
/// # Errors
/// If `out` fails.
pub fn write(quads: &[Quad], out: impl Write) -> io::Result<()> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::NQuads).for_writer(out);
    for quad in quads {
        serializer.serialize_quad(quad)?;
    }
    serializer.finish()?.flush()
}
