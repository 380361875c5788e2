//! Extraction: trees become [`Claim`]s. One article at a time; nothing here knows of other articles.
//!
//! mentions and in-article coreference ([`discourse`]) → canonical roles ([`roles`]) → lexicon frames ([`frames`]) → claims with
//! speaker ([`speech`]), status ([`status`]), date, place and evidence. Which words mean which relation is data
//! (`ontology/lexicon.csv`); the code knows no verb.

mod anaphora;
mod cast;
mod claim;
mod coreference;
mod denotation;
pub mod discourse;
#[cfg(test)]
mod discourse_tests;
mod events;
#[cfg(test)]
mod fixture;
pub mod frames;
mod holders;
mod labels;
mod names;
mod office_lists;
pub mod offices;
pub mod phrase;
mod quotes;
pub mod repair;
pub mod roles;
pub mod speech;
pub mod status;
pub mod structure;
mod time;
pub mod tree;
pub mod uncovered;

pub use claim::{
    ArticleClaims, ArticleMeta, Claim, Class, DateValue, Evidence, LocalEntity, LocalId, Object, Precision, Status,
    Value,
};

use crate::{analyze::Sentence, ingest::Article, ontology::Ontology};
use discourse::Discourse;
use frames::Reading;
use roles::Roles;
use speech::Speech;
use std::collections::BTreeMap;
use tree::Tree;

/// Everything that an article claims.
#[must_use]
pub fn extract(article: &Article, sentences: &[Sentence], ontology: &Ontology) -> ArticleClaims {
    let sentences: Vec<Sentence> = sentences.iter().map(|s| repair::repaired(s, ontology)).collect();
    let trees: Vec<Tree> = sentences.iter().map(|s| Tree::new(s, ontology)).collect();
    let roles: Vec<Roles> = trees.iter().map(Roles::of).collect();
    let mut discourse = Discourse::build(article, &sentences, ontology);
    let mut claims = structure::claims(&mut discourse, ontology);
    let mut reading = Reading { ontology, trees: &trees, roles: &roles, discourse: &mut discourse };
    let speech = Speech::find(&reading);
    claims.extend(speech.claims(&reading));
    claims.extend(reading.claims(&speech));
    claims.extend(events::claims(&mut reading, &speech));
    claims.retain(|claim| is_allowed(claim, &discourse.entities, ontology));
    let mut found = assemble(article, discourse.entities, claims);
    for claim in &mut found.claims {
        claim.confidence = ontology.confidence.of(&claim.predicate, claim.confidence);
    }
    found
}

/// Whether the ontology lets the relation hold between such things: the rules see words, and nobody heads a continent.
fn is_allowed(claim: &Claim, entities: &[LocalEntity], ontology: &Ontology) -> bool {
    let class = |id: LocalId| entities[id.0].class;
    // Where something lies, is held or is gone to is worth telling of a place with a name, not of "the region".
    let nameless = |id: LocalId| class(id) == Class::Place && !entities[id.0].named;
    if matches!(claim.predicate.as_str(), "tookPlaceIn" | "locatedIn" | "visited")
        && matches!(claim.object, Object::Entity(id) if nameless(id))
    {
        return false;
    }
    ontology.schema.relation(&claim.predicate).is_some_and(|relation| {
        let object = match &claim.object {
            Object::Entity(id) => relation.range.contains(&class(*id)),
            Object::Literal(_) => true,
        };
        object && relation.domain.contains(&class(claim.subject))
    })
}

/// One claim a triple and evidence (the surest), in order, with the entities that stand in one and those that have a name.
fn assemble(article: &Article, entities: Vec<LocalEntity>, claims: Vec<Claim>) -> ArticleClaims {
    let mut best: BTreeMap<(usize, usize, LocalId, String, String), Claim> = BTreeMap::new();
    for claim in claims {
        if matches!(claim.object, Object::Entity(o) if o == claim.subject) {
            continue;
        }
        let object = match &claim.object {
            Object::Entity(id) => format!("{:08}", id.0),
            Object::Literal(Value::Date(date)) => date.lexical(),
            Object::Literal(Value::Text { text, .. }) => text.clone(),
        };
        let span = claim.evidence.span;
        let key = (span.start, span.end, claim.subject, claim.predicate.clone(), object);
        match best.get(&key) {
            Some(known) if known.confidence >= claim.confidence => {}
            _ => {
                best.insert(key, claim);
            }
        }
    }
    let mut claims: Vec<Claim> = best.into_values().collect();
    let mut used = vec![false; entities.len()];
    for c in &claims {
        let object = if let Object::Entity(o) = c.object { Some(o) } else { None };
        for id in [Some(c.subject), object, c.speaker, c.place].into_iter().flatten() {
            used[id.0] = true;
        }
    }
    // Described things that no claim is about are no part of what the article says.
    let mut renumbered = vec![LocalId(0); entities.len()];
    let mut kept = Vec::new();
    for (i, entity) in entities.into_iter().enumerate() {
        if used[i] || entity.named {
            renumbered[i] = LocalId(kept.len());
            kept.push(entity);
        }
    }
    for c in &mut claims {
        c.subject = renumbered[c.subject.0];
        if let Object::Entity(o) = &mut c.object {
            *o = renumbered[o.0];
        }
        c.speaker = c.speaker.map(|s| renumbered[s.0]);
        c.place = c.place.map(|p| renumbered[p.0]);
    }
    ArticleClaims { article: ArticleMeta::from(article), entities: kept, claims }
}
