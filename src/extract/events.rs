//! Events and the clause around them: when and where a meeting was held, who acted at it.
//!
//! A noun's own modifiers are [`structure`](super::structure)'s; here the verb that holds it ("was held in Astana on Monday") and
//! the adjunct it stands in ("speaking at the summit"). Limitation: an event that is only a verb ("they met") has no node.

use super::{
    Claim, Class, LocalId, Object, Value,
    denotation::denotation,
    frames::{self, Reading},
    roles::Predicate,
    speech::Speech,
    status,
    tree::Marked,
};
use crate::ontology::{Meaning, PredicateKind, Role};

/// Claims about described and named events that the lexicon's rows do not give.
#[must_use]
pub fn claims(reading: &mut Reading, speech: &Speech) -> Vec<Claim> {
    let mut found = Vec::new();
    for sentence in 0..reading.trees.len() {
        for p in reading.roles[sentence].iter() {
            if p.kind == PredicateKind::Noun && p.light.is_some() {
                found.extend(held(reading, sentence, p, speech));
            }
            found.extend(adjuncts(reading, sentence, p, speech));
            if p.kind == PredicateKind::Verb {
                found.extend(takes_part(reading, sentence, p, speech));
            }
        }
    }
    found
}

fn event(reading: &Reading, sentence: usize, token: usize) -> Option<LocalId> {
    let d = &*reading.discourse;
    d.denoted(sentence, token).iter().copied().find(|id| d.entity(*id).class == Class::Event)
}

/// Date and place of the verb that holds the event.
fn held(reading: &Reading, sentence: usize, p: &Predicate, speech: &Speech) -> Vec<Claim> {
    let (Some(verb), Some(event)) = (p.light, event(reading, sentence, p.token)) else { return Vec::new() };
    let d = &*reading.discourse;
    let tree = &reading.trees[sentence];
    let mut found = Vec::new();
    let mut push = |predicate: &str, object: Object, confidence: f32| {
        let mut claim = reading.claim(sentence, p, event, predicate, object, speech);
        claim.status = status::of(tree, &reading.roles[sentence], p);
        claim.confidence = confidence;
        claim.rule = format!("{predicate}/{}/held.VERB", tree.language().tag());
        claim.arcs = vec![tree.arc(verb, "obj", p.token)];
        found.push(claim);
    };
    if let Some(time) = d.time_of(sentence, verb) {
        push("occurredOn", Object::Literal(Value::Date(time.clone())), 0.85);
    }
    if let Some(place) = d.place_of(sentence, verb) {
        push("tookPlaceIn", Object::Entity(place), 0.85);
    }
    found
}

/// "Speaking at the summit, X …": a person who acts at an event takes part in it.
fn takes_part(reading: &Reading, sentence: usize, p: &Predicate, speech: &Speech) -> Vec<Claim> {
    let tree = &reading.trees[sentence];
    let d = &*reading.discourse;
    let mut found = Vec::new();
    let persons: Vec<LocalId> = p
        .filling(&Role::Subj)
        .iter()
        .flat_map(|&t| denotation(d, sentence, t))
        .filter(|id| d.entity(*id).class == Class::Person)
        .collect();
    if persons.is_empty() || tree.is_passive(p.token) {
        return found;
    }
    for &k in tree.children(p.token).iter().filter(|&&k| tree.is(k, "obl")) {
        for marked in tree.marked(k).into_iter().filter(|m| m.meaning == Some(Meaning::Event)) {
            let Some(event) = event(reading, sentence, marked.token) else { continue };
            if says_more(reading, sentence, marked.token) {
                continue;
            }
            for &person in &persons {
                let triple = (person, "participatedIn", event);
                found.push(adjunct(reading, sentence, p, triple, "at", &marked, speech));
            }
        }
    }
    found
}

/// What a prepositional phrase beside the predicate says.
fn adjunct(
    reading: &Reading,
    sentence: usize,
    p: &Predicate,
    (subject, predicate, object): (LocalId, &str, LocalId),
    name: &str,
    marked: &Marked,
    speech: &Speech,
) -> Claim {
    let tree = &reading.trees[sentence];
    let mut claim = reading.claim(sentence, p, subject, predicate, Object::Entity(object), speech);
    claim.status = status::of(tree, &reading.roles[sentence], p);
    claim.confidence = 0.7;
    claim.rule = format!("{predicate}/{}/{name}.ADP", tree.language().tag());
    claim.arcs = vec![tree.arc(p.token, &marked.preposition, marked.token)];
    claim
}

/// "At a meeting with X", "during his visit to Y": the noun itself says who met whom and who went where.
fn says_more(reading: &Reading, sentence: usize, token: usize) -> bool {
    let (tree, roles) = (&reading.trees[sentence], &reading.roles[sentence]);
    let Some(noun) = roles.at(token) else { return false };
    frames::matches(reading.ontology, tree, roles, noun).iter().any(|m| {
        matches!(m.row.relation.as_str(), "metWith" | "visited")
            && m.row.object.iter().any(|role| {
                let filled = frames::filling(tree, roles, noun, &m.companions, role);
                filled.iter().any(|&t| !denotation(reading.discourse, sentence, t).is_empty())
            })
    })
}

/// What a preposition says of its noun and the thing that the predicate is about: "with the support of X", "по инициативе X".
fn adjuncts(reading: &mut Reading, sentence: usize, p: &Predicate, speech: &Speech) -> Vec<Claim> {
    let tree = &reading.trees[sentence];
    let mut found = Vec::new();
    for &k in tree.children(p.token).iter().filter(|&&k| tree.is(k, "obl") || tree.is(k, "nmod")) {
        for marked in tree.marked(k) {
            let predicate = match marked.meaning {
                Some(Meaning::Support) => "supported",
                Some(Meaning::Initiative) => "proposed",
                Some(Meaning::Participation) => "participatedIn",
                Some(Meaning::Chair) => "organized",
                _ => continue,
            };
            let d = &*reading.discourse;
            let is_agent = |id: &LocalId| d.entity(*id).class.is_agent();
            let agents: Vec<LocalId> = tree
                .conjuncts(marked.token)
                .into_iter()
                .flat_map(|t| denotation(d, sentence, t))
                .filter(is_agent)
                .collect();
            let things = match p.kind {
                PredicateKind::Noun => vec![p.token],
                _ if p.filling(&Role::Obj).is_empty() => p.filling(&Role::Subj),
                _ => p.filling(&Role::Obj),
            };
            let wanted = |class: Class| match predicate {
                "participatedIn" | "organized" => class == Class::Event,
                _ => !class.is_agent() || class == Class::Organization,
            };
            let things: Vec<LocalId> = things
                .into_iter()
                .flat_map(|t| d.denoted(sentence, t))
                .filter(|id| wanted(d.entity(**id).class))
                .copied()
                .collect();
            for &agent in &agents {
                for &thing in &things {
                    found.push(adjunct(reading, sentence, p, (agent, predicate, thing), "adjunct", &marked, speech));
                }
            }
        }
    }
    found
}
