//! Files for other tools: Turtle, N-Quads, GraphML for Gephi and yEd, GEXF, CSV, and a report.
//!
//! [`Knowledge`] → bytes; every format is one file here and a pure function, so the same knowledge gives the same bytes.

mod gexf;
mod graphml;
mod layout;
pub mod network;
mod palette;
pub mod report;
mod tables;
pub mod turtle;
mod xml;
mod yed;

use crate::{
    extract::{DateValue, Precision},
    ingest::Language,
    ontology::Schema,
    store::Knowledge,
};
use network::Network;
use std::io;

/// The network with its places and labels: what the picture formats write.
#[derive(Debug, Clone)]
pub struct Picture<'k> {
    /// Nodes and edges.
    pub network: Network,
    /// Coordinates in node order.
    pub place: Vec<(f64, f64)>,
    schema: &'k Schema,
    /// Diameters in node order: 10 for the least central, 60 for the most.
    sizes: Vec<f64>,
}

impl<'k> Picture<'k> {
    /// Draws `knowledge`.
    #[must_use]
    pub fn new(knowledge: &Knowledge, schema: &'k Schema) -> Self {
        let network = Network::new(knowledge, |relation| schema.is_symmetric(relation));
        let place = layout::layout(&network);
        let ranks = || network.graph.node_weights().map(|n| n.centrality);
        let most = ranks().fold(f64::MIN_POSITIVE, f64::max);
        let sizes = ranks().map(|rank| 10.0 + 50.0 * (rank / most).sqrt()).collect();
        Self { network, place, schema, sizes }
    }

    /// The English label of a relation; its name where the ontology has none.
    fn relation(&self, name: &str) -> String {
        self.schema.relation(name).map_or(name, |r| r.label(Language::En)).to_owned()
    }

    fn size(&self, node: usize) -> f64 {
        self.sizes[node]
    }
}

/// Several values in one column.
fn joined(values: &[String]) -> String {
    values.join(" | ")
}

fn column(value: Option<&String>) -> &str {
    value.map_or("", String::as_str)
}

fn precision(date: &DateValue) -> &'static str {
    match date.precision {
        Precision::Day => "day",
        Precision::Month => "month",
        Precision::Year => "year",
    }
}

/// The files that show the network and the claims, by name; the RDF files are written beside them.
///
/// # Errors
/// Never in practice: memory is written.
pub fn files(knowledge: &Knowledge, picture: &Picture<'_>) -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    let other = |e: csv::Error| io::Error::other(e);
    Ok(vec![
        ("graph.graphml", graphml::write(picture)?),
        ("graph.yed.graphml", yed::write(picture)?),
        ("graph.gexf", gexf::write(picture)?),
        ("nodes.csv", tables::nodes(picture).map_err(other)?),
        ("edges.csv", tables::edges(picture).map_err(other)?),
        ("claims.csv", tables::claims(knowledge).map_err(other)?),
        ("report.md", report::write(knowledge, picture).map_err(io::Error::other)?.into_bytes()),
    ])
}

#[cfg(test)]
mod tests;
