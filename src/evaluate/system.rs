//! A system's triples: JSON lines, as `kurultai extract` prints them. Keys that are not asked for are ignored.

use super::{EvaluateError, comparison::Comparison, gold::Node};
use serde::Deserialize;
use std::path::Path;

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum JsonNode {
    Literal {
        value: String,
    },
    Entity {
        #[serde(default)]
        id: Option<String>,
        label: String,
        #[serde(default)]
        names: Vec<String>,
    },
}

#[derive(Debug, Deserialize)]
struct JsonLine {
    doc: String,
    subject: JsonNode,
    predicate: String,
    object: JsonNode,
    #[serde(default = "yes")]
    asserted: bool,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    speaker: Option<JsonNode>,
    #[serde(default)]
    confidence: Option<f64>,
    #[serde(default)]
    rule: String,
    #[serde(default)]
    evidence: Option<JsonSpan>,
}

#[derive(Debug, Deserialize)]
struct JsonSpan {
    start: usize,
    end: usize,
}

const fn yes() -> bool {
    true
}

/// One end of a triple.
#[derive(Debug, Clone, Default)]
pub struct End {
    /// What tells it from others in its document.
    pub id: String,
    /// Its names.
    pub node: Node,
}

/// One triple of a system.
#[derive(Debug, Clone)]
pub struct SystemTriple {
    /// Short name of the document.
    pub doc: String,
    /// Who.
    pub subject: End,
    /// Local name of the relation.
    pub relation: String,
    /// What or whom.
    pub object: End,
    /// Whether it is given as a fact.
    pub asserted: bool,
    /// `asserted`, `planned`, `denied`, `hypothetical`, where the system says so.
    pub status: Option<String>,
    /// Who says so.
    pub speaker: Option<End>,
    /// How sure the system is.
    pub confidence: Option<f64>,
    /// Which rule.
    pub rule: String,
    /// Where in the article's text the words stand that say so.
    pub evidence: Option<(usize, usize)>,
}

/// Reads triples; `path` is named in messages.
///
/// # Errors
/// The first line that is no triple.
pub fn read(path: &Path, text: &str, compare: &Comparison) -> Result<Vec<SystemTriple>, EvaluateError> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty());
    lines
        .map(|(i, line)| {
            let json: JsonLine = serde_json::from_str(line)
                .map_err(|e| EvaluateError::line(path, i + 1, format!("not a triple: {e}")))?;
            let end = |node| end(node, compare);
            Ok(SystemTriple {
                doc: short_name(&json.doc).to_owned(),
                subject: end(json.subject),
                relation: json.predicate.rsplit(['#', '/', ':']).next().unwrap_or_default().to_owned(),
                object: end(json.object),
                asserted: json.asserted,
                status: json.status,
                speaker: json.speaker.map(end),
                confidence: json.confidence,
                rule: json.rule,
                evidence: json.evidence.map(|e| (e.start, e.end)),
            })
        })
        .collect()
}

fn end(node: JsonNode, compare: &Comparison) -> End {
    match node {
        JsonNode::Literal { value } => {
            End { node: Node { keys: vec![compare.key(&value)], names: vec![value.clone()] }, id: value }
        }
        JsonNode::Entity { id, label, names } => {
            let names: Vec<String> = std::iter::once(&label).chain(&names).flat_map(|n| compare.variants(n)).collect();
            let keys = names.iter().map(|n| compare.key(n)).collect();
            End { id: id.unwrap_or(label), node: Node { names, keys } }
        }
    }
}

/// A document's name without its folder and ending.
fn short_name(doc: &str) -> &str {
    let name = doc.rsplit(['/', '\\']).next().unwrap_or(doc);
    let ending = [".txt", ".html", ".htm", ".jsonl", ".json", ".csv"].into_iter().find(|e| name.ends_with(e));
    ending.and_then(|e| name.strip_suffix(e)).unwrap_or(name)
}
