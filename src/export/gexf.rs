//! GEXF 1.3 with time: Gephi's timeline shows edges on the days that the texts give.
//!
//! Bounds are whole days and inclusive; the precision that the text really has stands in a column. Edges without a date have no
//! spell and are always shown.

use super::{Picture, column, joined, palette, xml::Document};
use petgraph::visit::EdgeRef;
use std::io;

const NODE: &[(&str, &str)] = &[
    ("iri", "string"),
    ("type", "string"),
    ("label_en", "string"),
    ("label_ru", "string"),
    ("names", "string"),
    ("positions", "string"),
    ("mentions", "integer"),
    ("documents", "integer"),
    ("centrality", "double"),
    ("first_date", "string"),
    ("last_date", "string"),
];
const EDGE: &[(&str, &str)] = &[
    ("relation", "string"),
    ("symmetric", "boolean"),
    ("status", "string"),
    ("confidence", "double"),
    ("date", "string"),
    ("date_precision", "string"),
    ("articles", "string"),
    ("speakers", "string"),
    ("evidence", "string"),
];

/// Writes the picture as GEXF.
///
/// # Errors
/// Never in practice: memory is written.
pub fn write(picture: &Picture<'_>) -> io::Result<Vec<u8>> {
    let mut doc = Document::new()?;
    // networkx refuses the namespace with "www".
    doc.open(
        "gexf",
        &[("xmlns", "http://gexf.net/1.3"), ("xmlns:viz", "http://gexf.net/1.3/viz"), ("version", "1.3")],
    )?;
    doc.open("meta", &[])?;
    doc.text("creator", &[], concat!("Kurultai ", env!("CARGO_PKG_VERSION")))?;
    doc.text("description", &[], "Facts from diplomatic news; every edge names its sentence")?;
    doc.close("meta")?;
    doc.open(
        "graph",
        &[
            ("mode", "dynamic"),
            ("defaultedgetype", "directed"),
            ("timeformat", "date"),
            ("timerepresentation", "interval"),
        ],
    )?;
    for (class, columns) in [("node", NODE), ("edge", EDGE)] {
        doc.open("attributes", &[("class", class), ("mode", "static")])?;
        for (name, kind) in columns {
            doc.empty("attribute", &[("id", name), ("title", name), ("type", kind)])?;
        }
        doc.close("attributes")?;
    }
    doc.open("nodes", &[])?;
    for (i, node) in picture.network.graph.node_weights().enumerate() {
        doc.open("node", &[("id", &format!("n{i}")), ("label", &node.label)])?;
        let label =
            |tag: &str| node.labels.iter().find(|(l, _)| l.tag() == tag).map_or("", |(_, label)| label.as_str());
        values(
            &mut doc,
            &[
                ("iri", &node.iri),
                ("type", node.class.name()),
                ("label_en", label("en")),
                ("label_ru", label("ru")),
                ("names", &joined(&node.names)),
                ("positions", &joined(&node.positions)),
                ("mentions", &node.mentions.to_string()),
                ("documents", &node.documents.len().to_string()),
                ("centrality", &format!("{:.6}", node.centrality)),
                ("first_date", column(node.first_date.as_ref())),
                ("last_date", column(node.last_date.as_ref())),
            ],
        )?;
        let (r, g, b) = palette::colour(node.class);
        let (x, y) = picture.place[i];
        doc.empty("viz:size", &[("value", &format!("{:.1}", picture.size(i)))])?;
        doc.empty("viz:position", &[("x", &format!("{x:.2}")), ("y", &format!("{y:.2}")), ("z", "0.0")])?;
        doc.empty("viz:color", &[("r", &r.to_string()), ("g", &g.to_string()), ("b", &b.to_string())])?;
        doc.close("node")?;
    }
    doc.close("nodes")?;
    doc.open("edges", &[])?;
    for edge in picture.network.graph.edge_references() {
        let e = edge.weight();
        doc.open(
            "edge",
            &[
                ("id", &format!("e{}", edge.id().index())),
                ("source", &format!("n{}", edge.source().index())),
                ("target", &format!("n{}", edge.target().index())),
                // Gephi keeps parallel edges apart by their kind; other readers see the relation in the label.
                ("kind", &e.relation),
                ("label", &picture.relation(&e.relation)),
                ("weight", &format!("{}.0", e.claims)),
            ],
        )?;
        let first = e.dates.first();
        values(
            &mut doc,
            &[
                ("relation", &e.relation),
                // networkx refuses a file that mixes directed and undirected edges, so symmetry is a column.
                ("symmetric", if e.directed { "false" } else { "true" }),
                ("status", e.status.name()),
                ("confidence", &format!("{:.2}", e.confidence)),
                ("date", &first.map(crate::extract::DateValue::lexical).unwrap_or_default()),
                ("date_precision", first.map_or("", super::precision)),
                ("articles", &joined(&e.documents)),
                ("speakers", &joined(&e.speakers)),
                ("evidence", &e.evidence),
            ],
        )?;
        if !e.dates.is_empty() {
            doc.open("spells", &[])?;
            for date in &e.dates {
                doc.empty("spell", &[("start", &date.earliest.to_string()), ("end", &date.latest.to_string())])?;
            }
            doc.close("spells")?;
        }
        doc.close("edge")?;
    }
    doc.close("edges")?;
    doc.close("graph")?;
    doc.close("gexf")?;
    Ok(doc.finish())
}

fn values(doc: &mut Document, pairs: &[(&str, &str)]) -> io::Result<()> {
    doc.open("attvalues", &[])?;
    for (key, value) in pairs.iter().filter(|(_, v)| !v.is_empty()) {
        doc.empty("attvalue", &[("for", key), ("value", value)])?;
    }
    doc.close("attvalues")
}
