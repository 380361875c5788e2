//! GraphML for yEd: labels, shapes and colours live in yFiles' own extension, and node sizes follow the label.
//!
//! One mixed file for Gephi and yEd "works", but Gephi then gains a junk column and networkx reads yEd's label over ours.

use super::{Picture, joined, palette, xml::Document};
use crate::extract::{Class, Status};
use petgraph::visit::EdgeRef;
use std::io;

const fn shape(class: Class) -> &'static str {
    match class {
        Class::Person => "ellipse",
        Class::Organization | Class::Country => "roundrectangle",
        Class::Place => "hexagon",
        Class::Event => "octagon",
        Class::Instrument => "rectangle",
        Class::Topic | Class::Initiative => "parallelogram",
    }
}

/// Longer labels are cut in the picture; the whole name is in the description.
const LABEL: usize = 42;

fn short(label: &str) -> String {
    if label.chars().count() <= LABEL {
        return label.to_owned();
    }
    let mut cut: String = label.chars().take(LABEL - 1).collect();
    cut.push('…');
    cut
}

/// Writes the picture as GraphML for yEd.
///
/// # Errors
/// Never in practice: memory is written.
pub fn write(picture: &Picture<'_>) -> io::Result<Vec<u8>> {
    let mut doc = Document::new()?;
    doc.open(
        "graphml",
        &[("xmlns", "http://graphml.graphdrawing.org/xmlns"), ("xmlns:y", "http://www.yworks.com/xml/graphml")],
    )?;
    doc.empty("key", &[("id", "ng"), ("for", "node"), ("yfiles.type", "nodegraphics")])?;
    doc.empty("key", &[("id", "eg"), ("for", "edge"), ("yfiles.type", "edgegraphics")])?;
    for (id, target, name) in [
        ("nu", "node", "url"),
        ("nd", "node", "description"),
        ("nt", "node", "class"),
        ("ed", "edge", "description"),
        ("er", "edge", "relation"),
        ("ea", "edge", "articles"),
    ] {
        doc.empty("key", &[("id", id), ("for", target), ("attr.name", name), ("attr.type", "string")])?;
    }
    doc.open("graph", &[("id", "kurultai"), ("edgedefault", "directed")])?;
    for (i, node) in picture.network.graph.node_weights().enumerate() {
        let label = short(&node.label);
        let width = 24.0 + 6.6 * f64::from(u32::try_from(label.chars().count()).unwrap_or(0));
        let (x, y) = picture.place[i];
        doc.open("node", &[("id", &format!("n{i}"))])?;
        doc.text("data", &[("key", "nu")], &node.iri)?;
        doc.text("data", &[("key", "nd")], &joined(&node.names))?;
        doc.text("data", &[("key", "nt")], node.class.name())?;
        doc.open("data", &[("key", "ng")])?;
        doc.open("y:ShapeNode", &[])?;
        // yEd gives the upper left corner and lets y grow downwards.
        doc.empty(
            "y:Geometry",
            &[
                ("height", "30.0"),
                ("width", &format!("{width:.1}")),
                ("x", &format!("{:.2}", x * 1.6 - width / 2.0)),
                ("y", &format!("{:.2}", -y - 15.0)),
            ],
        )?;
        doc.empty("y:Fill", &[("color", &palette::hex(node.class)), ("transparent", "false")])?;
        doc.empty("y:BorderStyle", &[("color", "#404040"), ("type", "line"), ("width", "1.0")])?;
        doc.text("y:NodeLabel", &[("fontSize", "12"), ("textColor", "#000000")], &label)?;
        doc.empty("y:Shape", &[("type", shape(node.class))])?;
        doc.close("y:ShapeNode")?;
        doc.close("data")?;
        doc.close("node")?;
    }
    for edge in picture.network.graph.edge_references() {
        let e = edge.weight();
        let (id, source, target) = (
            format!("e{}", edge.id().index()),
            format!("n{}", edge.source().index()),
            format!("n{}", edge.target().index()),
        );
        doc.open("edge", &[("id", &id), ("source", &source), ("target", &target)])?;
        doc.text("data", &[("key", "ed")], &e.evidence)?;
        doc.text("data", &[("key", "er")], &e.relation)?;
        doc.text("data", &[("key", "ea")], &joined(&e.documents))?;
        doc.open("data", &[("key", "eg")])?;
        doc.open("y:PolyLineEdge", &[])?;
        let line = if e.status == Status::Planned { "dashed" } else { "line" };
        doc.empty("y:LineStyle", &[("color", "#808080"), ("type", line), ("width", "1.0")])?;
        let arrow = if e.directed { "standard" } else { "none" };
        doc.empty("y:Arrows", &[("source", "none"), ("target", arrow)])?;
        doc.text("y:EdgeLabel", &[("fontSize", "10"), ("textColor", "#606060")], &picture.relation(&e.relation))?;
        doc.close("y:PolyLineEdge")?;
        doc.close("data")?;
        doc.close("edge")?;
    }
    doc.close("graph")?;
    doc.close("graphml")?;
    Ok(doc.finish())
}
