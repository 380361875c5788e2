//! `kurultai extract`: the claims of articles as JSON lines, one claim a line.

use super::{Outcome, pipeline::Pipeline};
use crate::{
    cli::{Extract, Global},
    extract::{ArticleClaims, Claim, Class, LocalEntity, LocalId, Object, Value},
};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::io::Write;

/// An entity as other tools read it.
#[derive(Debug, Serialize)]
struct Node<'a> {
    /// Made from class, language and label, so that two runs give the same.
    id: String,
    label: &'a str,
    class: Class,
    names: &'a [String],
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Target<'a> {
    Node(Node<'a>),
    Literal { value: String, datatype: &'static str },
}

#[derive(Debug, Serialize)]
struct Words<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

/// One line of output.
#[derive(Debug, Serialize)]
struct Line<'a> {
    doc: &'a str,
    subject: Node<'a>,
    predicate: &'a str,
    object: Target<'a>,
    asserted: bool,
    status: &'static str,
    speaker: Option<Node<'a>>,
    date: Option<String>,
    place: Option<Node<'a>>,
    confidence: f64,
    evidence: Words<'a>,
    rule: &'a str,
}

pub(super) fn run(args: &Extract, global: &Global) -> anyhow::Result<Outcome> {
    let pipeline = Pipeline::load(global)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let outcome = pipeline.run(
        &args.paths,
        |_| false,
        |_, claims| {
            for claim in &claims.claims {
                serde_json::to_writer(&mut out, &line(&claims, claim))?;
                out.write_all(b"\n")?;
            }
            Ok(())
        },
    )?;
    out.flush()?;
    Ok(outcome)
}

fn line<'a>(claims: &'a ArticleClaims, claim: &'a Claim) -> Line<'a> {
    let node = |id: LocalId| node(&claims.entities[id.0]);
    Line {
        doc: &claims.article.doc,
        subject: node(claim.subject),
        predicate: &claim.predicate,
        object: match &claim.object {
            Object::Entity(id) => Target::Node(node(*id)),
            Object::Literal(Value::Date(date)) => Target::Literal { value: date.lexical(), datatype: date.datatype() },
            Object::Literal(Value::Text { text, .. }) => {
                Target::Literal { value: text.clone(), datatype: "rdf:langString" }
            }
        },
        asserted: claim.status.is_asserted(),
        status: claim.status.name(),
        speaker: claim.speaker.map(node),
        date: claim.date.as_ref().map(crate::extract::DateValue::lexical),
        place: claim.place.map(node),
        confidence: (f64::from(claim.confidence) * 100.0).round() / 100.0,
        evidence: Words { text: &claim.evidence.text, start: claim.evidence.span.start, end: claim.evidence.span.end },
        rule: &claim.rule,
    }
}

fn node(entity: &LocalEntity) -> Node<'_> {
    let mut hash = Sha256::new();
    for part in [entity.class.name(), entity.language.tag(), &entity.label] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    let id: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    Node { id, label: &entity.label, class: entity.class, names: &entity.names }
}
