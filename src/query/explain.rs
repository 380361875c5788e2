//! Why the graph says what it says: every claim about an entity, fact by fact.
//!
//! [`Knowledge`] in, [`Explained`] facts out, each with all its claims of any status. Texts are not kept, so a claim shows its
//! evidence, not what stands around it.

use super::{Directory, LookupError};
use crate::{
    extract::{ArticleClaims, Claim, Object, Value},
    ontology::Schema,
    resolve::Entity,
    store::{Knowledge, vocab},
};
use oxigraph::model::NamedNode;
use std::collections::BTreeMap;

/// A fact, or what is claimed to be one.
#[derive(Debug, Clone)]
pub struct Explained<'k> {
    /// Its subject.
    pub subject: &'k Entity,
    /// Its relation's local name.
    pub predicate: &'k str,
    /// Its object: an entity's name, words, or a date.
    pub object: String,
    /// Whether the graph holds it: whether a claim is asserted or planned.
    pub holds: bool,
    /// Its claims, by date of the article, then article, then place in it.
    pub claims: Vec<(&'k ArticleClaims, &'k Claim)>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Selection<'a> {
    /// The entity: as subject, or, if nothing else is asked, also as object or speaker.
    pub entity: &'a NamedNode,
    /// Only this relation.
    pub relation: Option<&'a str>,
    /// Only this object: an entity's name or IRI, or words that the object contains.
    pub object: Option<&'a str>,
}

/// The facts that are asked for, sorted by relation, subject and object.
///
/// # Errors
/// If the object is named by several entities. A name that is none is taken for words.
pub fn explain<'k>(
    knowledge: &'k Knowledge,
    schema: &Schema,
    directory: &Directory,
    selection: &Selection<'_>,
) -> Result<Vec<Explained<'k>>, LookupError> {
    let object = match selection.object.map(|name| (name, directory.find(name))) {
        None => None,
        Some((_, Ok(entry))) => Some(Wanted::Entity(entry.iri.clone())),
        Some((name, Err(LookupError::Unknown(_)))) => Some(Wanted::Words(name.to_lowercase())),
        Some((_, Err(ambiguous))) => return Err(ambiguous),
    };
    let is = |entity: &Entity, iri: &NamedNode| vocab::entity(&entity.id) == *iri;
    let mut facts: BTreeMap<(&str, &str, String), Explained<'k>> = BTreeMap::new();
    for record in &knowledge.articles {
        let entity = |id| knowledge.entity(&record.article.id, id);
        for claim in &record.claims {
            let Some(mut subject) = entity(claim.subject) else { continue };
            let mut target = match claim.object {
                Object::Entity(id) => entity(id),
                Object::Literal(_) => None,
            };
            // Of a relation that holds both ways, the entity that is asked for comes first.
            if schema.is_symmetric(&claim.predicate)
                && let Some(other) = target
                && (is(other, selection.entity) || (!is(subject, selection.entity) && other.id < subject.id))
            {
                target = Some(subject);
                subject = other;
            }
            let words = object_words(claim, target);
            let is_about = |e: Option<&Entity>| e.is_some_and(|e| is(e, selection.entity));
            let fits = selection.relation.is_none_or(|r| r == claim.predicate)
                && match &object {
                    None if selection.relation.is_none() => {
                        is_about(Some(subject)) || is_about(target) || is_about(claim.speaker.and_then(entity))
                    }
                    None => is_about(Some(subject)),
                    Some(Wanted::Entity(iri)) => is_about(Some(subject)) && target.is_some_and(|t| is(t, iri)),
                    Some(Wanted::Words(wanted)) => {
                        is_about(Some(subject)) && words.to_lowercase().contains(wanted.as_str())
                    }
                };
            if fits {
                let key = target.map_or_else(|| format!("\"{words}"), |t| t.id.0.clone());
                let fact = facts.entry((&claim.predicate, &subject.id.0, key)).or_insert_with(|| Explained {
                    subject,
                    predicate: &claim.predicate,
                    object: words,
                    holds: false,
                    claims: Vec::new(),
                });
                fact.holds |= claim.status.is_asserted();
                fact.claims.push((record, claim));
            }
        }
    }
    let mut facts: Vec<_> = facts.into_values().collect();
    for fact in &mut facts {
        fact.claims.sort_by_key(|(record, claim)| {
            (record.article.published, &record.article.doc, &record.article.id, claim.evidence.span)
        });
    }
    Ok(facts)
}

enum Wanted {
    Entity(NamedNode),
    Words(String),
}

fn object_words(claim: &Claim, target: Option<&Entity>) -> String {
    match (&claim.object, target) {
        (_, Some(entity)) => entity.label().to_owned(),
        (Object::Literal(Value::Text { text, .. }), None) => text.clone(),
        (Object::Literal(Value::Date(date)), None) => date.lexical(),
        (Object::Entity(_), None) => String::new(),
    }
}
