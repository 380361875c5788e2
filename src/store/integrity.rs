//! Whether a store holds together: claims against their articles, the ontology and the graph.
//!
//! Shapes check a graph by itself; this checks what a graph cannot show: that claims that put no fact into the graph also fit
//! the ontology, that evidence lies within its article, and that the graph is the one that the claims give. The articles'
//! texts are not kept, so evidence is not compared with them.

use super::{Graph, Knowledge, StoreError, rdf};
use crate::{
    extract::{ArticleClaims, Claim, Object, Value},
    ontology::Schema,
};
use std::collections::BTreeSet;

/// What is wrong with the claims, one line each, sorted.
#[must_use]
pub fn claims(knowledge: &Knowledge, schema: &Schema) -> Vec<String> {
    let mut wrong = BTreeSet::new();
    for record in &knowledge.articles {
        for index in 0..record.entities.len() {
            if knowledge.entity(&record.article.id, crate::extract::LocalId(index)).is_none() {
                wrong.insert(format!("{}: entity {index} was not resolved", record.article.doc));
            }
        }
        for (index, claim) in record.claims.iter().enumerate() {
            if let Err(reason) = check(record, claim, schema) {
                wrong.insert(format!("{}: claim {}, `{}`: {reason}", record.article.doc, index + 1, claim.predicate));
            }
        }
    }
    wrong.into_iter().collect()
}

fn check(record: &ArticleClaims, claim: &Claim, schema: &Schema) -> Result<(), String> {
    let class = |id: crate::extract::LocalId| {
        record
            .entities
            .get(id.0)
            .map(|e| e.class)
            .ok_or_else(|| format!("points to entity {}, which is not there", id.0))
    };
    let Some(relation) = schema.relation(&claim.predicate) else {
        return Err("is no relation of the ontology".to_owned());
    };
    let subject = class(claim.subject)?;
    if !relation.domain.contains(&subject) {
        return Err(format!("its subject may not be a {}", subject.name()));
    }
    match &claim.object {
        Object::Entity(id) => {
            let object = class(*id)?;
            if !relation.range.contains(&object) {
                return Err(format!("its object may not be a {}", object.name()));
            }
        }
        Object::Literal(Value::Text { .. }) if !relation.text => return Err("its object may not be words".to_owned()),
        Object::Literal(Value::Date(_)) if !relation.date => return Err("its object may not be a date".to_owned()),
        Object::Literal(_) => {}
    }
    claim.speaker.map(class).transpose()?;
    claim.place.map(class).transpose()?;
    let (span, text) = (claim.evidence.span, &claim.evidence.text);
    if span.is_empty() || span.end > record.article.length {
        return Err(format!("its evidence {}–{} lies outside the article", span.start, span.end));
    }
    if text.chars().count() != span.len() {
        return Err(format!("its evidence {}–{} does not fit its text", span.start, span.end));
    }
    if !(0.0..=1.0).contains(&claim.confidence) {
        return Err(format!("its confidence {} is not from 0 to 1", claim.confidence));
    }
    Ok(())
}

/// How the graph differs from the one that the claims give, one line each.
///
/// # Errors
/// If oxigraph cannot read its store.
pub fn graph(graph: &Graph, knowledge: &Knowledge, schema: &Schema) -> Result<Vec<String>, StoreError> {
    let expected = rdf::quads(knowledge, schema);
    let mut missing = Vec::new();
    for quad in &expected {
        if !graph.store().contains(quad)? {
            missing.push(quad);
        }
    }
    let mut wrong = Vec::new();
    if let Some(first) = missing.first() {
        wrong.push(format!("graph.nq lacks {} quads that the claims give, such as {first}", missing.len()));
    }
    let extra = graph.len()? + missing.len() - expected.len();
    if extra > 0 {
        wrong.push(format!("graph.nq has {extra} quads that no claim gives"));
    }
    Ok(wrong)
}
