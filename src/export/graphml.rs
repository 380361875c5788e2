//! GraphML for Gephi, networkx and igraph: the six standard types only, all keys before the graph, no nesting.
//!
//! Gephi takes `label`, `x`, `y`, `size`, `r`, `g`, `b` and `weight` as its own properties and everything else as columns. It rewrites
//! "INF" to "Infinity" in columns (not in labels), which no writer can prevent.

use super::{Picture, column, joined, palette, xml::Document};
use petgraph::visit::EdgeRef;
use std::io;

/// Key, what it is for, type. The order is that of the columns in the tools.
const KEYS: &[(&str, &str, &str)] = &[
    ("label", "node", "string"),
    ("iri", "node", "string"),
    ("type", "node", "string"),
    ("label_en", "node", "string"),
    ("label_ru", "node", "string"),
    ("names", "node", "string"),
    ("same_as", "node", "string"),
    ("positions", "node", "string"),
    ("statements", "node", "int"),
    ("mentions", "node", "int"),
    ("documents", "node", "int"),
    ("centrality", "node", "double"),
    ("first_date", "node", "string"),
    ("last_date", "node", "string"),
    ("latitude", "node", "double"),
    ("longitude", "node", "double"),
    ("x", "node", "double"),
    ("y", "node", "double"),
    ("size", "node", "double"),
    ("r", "node", "int"),
    ("g", "node", "int"),
    ("b", "node", "int"),
    ("edgelabel", "edge", "string"),
    ("weight", "edge", "double"),
    ("relation", "edge", "string"),
    ("symmetric", "edge", "boolean"),
    ("status", "edge", "string"),
    ("confidence", "edge", "double"),
    ("date", "edge", "string"),
    ("date_precision", "edge", "string"),
    ("claims", "edge", "int"),
    ("articles", "edge", "string"),
    ("speakers", "edge", "string"),
    ("evidence", "edge", "string"),
];

/// Writes the picture as GraphML.
///
/// # Errors
/// Never in practice: memory is written.
pub fn write(picture: &Picture<'_>) -> io::Result<Vec<u8>> {
    let mut doc = Document::new()?;
    doc.open("graphml", &[("xmlns", "http://graphml.graphdrawing.org/xmlns")])?;
    for (key, target, kind) in KEYS {
        doc.empty("key", &[("id", key), ("for", target), ("attr.name", key), ("attr.type", kind)])?;
    }
    doc.open("graph", &[("id", "kurultai"), ("edgedefault", "directed")])?;
    for (i, node) in picture.network.graph.node_weights().enumerate() {
        doc.open("node", &[("id", &format!("n{i}"))])?;
        let (x, y) = picture.place[i];
        let (r, g, b) = palette::colour(node.class);
        let mut data =
            |key: &str, value: &str| if value.is_empty() { Ok(()) } else { doc.text("data", &[("key", key)], value) };
        data("label", &node.label)?;
        data("iri", &node.iri)?;
        data("type", node.class.name())?;
        for (language, label) in &node.labels {
            data(&format!("label_{}", language.tag()), label)?;
        }
        data("names", &joined(&node.names))?;
        data("same_as", &joined(&node.same_as))?;
        data("positions", &joined(&node.positions))?;
        data("statements", &node.statements.to_string())?;
        data("mentions", &node.mentions.to_string())?;
        data("documents", &node.documents.len().to_string())?;
        data("centrality", &format!("{:.6}", node.centrality))?;
        data("first_date", column(node.first_date.as_ref()))?;
        data("last_date", column(node.last_date.as_ref()))?;
        if let Some((latitude, longitude)) = node.coordinates {
            data("latitude", &latitude.to_string())?;
            data("longitude", &longitude.to_string())?;
        }
        data("x", &format!("{x:.2}"))?;
        data("y", &format!("{y:.2}"))?;
        data("size", &format!("{:.1}", picture.size(i)))?;
        data("r", &r.to_string())?;
        data("g", &g.to_string())?;
        data("b", &b.to_string())?;
        doc.close("node")?;
    }
    for edge in picture.network.graph.edge_references() {
        let (id, e) = (format!("e{}", edge.id().index()), edge.weight());
        let (source, target) = (format!("n{}", edge.source().index()), format!("n{}", edge.target().index()));
        let label = picture.relation(&e.relation);
        // networkx refuses a file that mixes directed and undirected edges, so symmetry is a column.
        // The attribute `label` is Gephi's kind of edge: without it parallel edges of different relations are merged.
        doc.open("edge", &[("id", &id), ("source", &source), ("target", &target), ("label", &e.relation)])?;
        let mut data =
            |key: &str, value: &str| if value.is_empty() { Ok(()) } else { doc.text("data", &[("key", key)], value) };
        data("edgelabel", &label)?;
        data("weight", &format!("{}.0", e.claims))?;
        data("relation", &e.relation)?;
        data("symmetric", if e.directed { "false" } else { "true" })?;
        data("status", e.status.name())?;
        data("confidence", &format!("{:.2}", e.confidence))?;
        if let Some(date) = e.dates.first() {
            data("date", &date.lexical())?;
            data("date_precision", super::precision(date))?;
        }
        data("claims", &e.claims.to_string())?;
        data("articles", &joined(&e.documents))?;
        data("speakers", &joined(&e.speakers))?;
        data("evidence", &e.evidence)?;
        doc.close("edge")?;
    }
    doc.close("graph")?;
    doc.close("graphml")?;
    Ok(doc.finish())
}
