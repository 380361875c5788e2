//! What a cluster is called: its identity, labels, identifiers.
//!
//! An identity is made from the gazetteer's key, or else from the name itself in a form that is the same in both scripts,
//! so that graphs of two runs merge by union. Clusters that would share one are told apart by their first article.

use super::{
    Entity, EntityId,
    cluster::Clusters,
    profile::{Naming, Profile},
};
use crate::{
    extract::{ArticleClaims, Class},
    ingest::Language,
    ontology::{Ontology, forms::is_acronym},
};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The entities of all clusters, not sorted.
#[must_use]
pub fn entities(
    articles: &[&ArticleClaims],
    profiles: &[Profile],
    clusters: &Clusters<'_>,
    ontology: &Ontology,
) -> Vec<Entity> {
    let groups = clusters.groups();
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let names: Vec<String> = groups.iter().map(|group| canonical(group, profiles)).collect();
    for name in &names {
        *taken.entry(name.clone()).or_default() += 1;
    }
    let entity = |(group, name): (&&[usize], &String)| {
        let parts: Vec<&Profile> = group.iter().map(|&i| &profiles[i]).collect();
        let members: BTreeSet<_> = parts
            .iter()
            .flat_map(|p| p.members.iter().map(|&(a, local)| (articles[a].article.id.clone(), local)))
            .collect();
        let unique = match taken.get(name) {
            Some(1) | None => name.clone(),
            // Two different people of one spelling: only where they stand can tell them apart.
            _ => format!("{name}\n{}", members.first().map_or_else(String::new, |(a, i)| format!("{} {i}", a.0))),
        };
        let known = parts.iter().find_map(|p| match &p.naming {
            Naming::Known(key) => ontology.gazetteer.get(key),
            _ => None,
        });
        let mut weights: BTreeMap<(Language, String), usize> = BTreeMap::new();
        for (name, weight) in parts.iter().flat_map(|p| &p.names) {
            *weights.entry(name.clone()).or_default() += weight;
        }
        let class = known.map_or_else(|| main_class(&parts), |k| k.class);
        let mut labels = labels(&weights, class, &parts);
        if let Some(known) = known {
            for language in [Language::En, Language::Ru] {
                if let Some(label) = known.names(language).first() {
                    labels.insert(language, label.clone());
                }
            }
        }
        Entity {
            id: known.map_or_else(|| hashed(class, &unique), |k| EntityId(k.key.replace(':', "-"))),
            class,
            labels,
            names: weights.into_keys().collect(),
            same_as: known.map_or_else(Vec::new, crate::ontology::Known::same_as),
            coordinates: known.and_then(|k| k.coordinates),
            members: members.into_iter().collect(),
            reasons: clusters.reasons(group).into_iter().collect(),
        }
    };
    groups.iter().zip(&names).map(entity).collect()
}

/// The class that most members have.
fn main_class(parts: &[&Profile]) -> Class {
    let mut counts: BTreeMap<Class, usize> = BTreeMap::new();
    for part in parts {
        *counts.entry(part.class).or_default() += part.members.len();
    }
    counts.into_iter().max_by_key(|(class, n)| (*n, std::cmp::Reverse(*class))).map_or(Class::Topic, |(class, _)| class)
}

/// The fullest name of the cluster in a form that is the same in both scripts.
fn canonical(group: &[usize], profiles: &[Profile]) -> String {
    let keys = group.iter().flat_map(|&i| {
        let profile = &profiles[i];
        match &profile.naming {
            Naming::Known(_) | Naming::Described => vec![(0, profile.key.clone())],
            Naming::Person(names) if names.is_empty() => vec![(0, profile.key.clone())],
            // A name in two words is the fullest: second names and patronymics come and go.
            Naming::Person(names) => names
                .iter()
                .map(|n| (usize::from(n.is_full()) + usize::from(n.given.len() == 1), n))
                .map(|(w, n)| (w, if n.is_full() { n.key() } else { format!("{} {}", n.key(), states(profile)) }))
                .collect(),
            Naming::Other(names) => names
                .iter()
                .map(|s| {
                    let context = if s.needs_state() { profile.key.clone() } else { String::new() };
                    let text = s.acronym.clone().unwrap_or_else(|| format!("{} {context}", s.key()));
                    (if s.acronym.is_some() { 0 } else { s.weight() + 1 }, text)
                })
                .collect(),
        }
    });
    keys.min_by_key(|(weight, key)| (std::cmp::Reverse(*weight), key.clone())).map_or_else(String::new, |(_, key)| key)
}

fn states(profile: &Profile) -> String {
    profile.affiliations.iter().map(String::as_str).collect::<Vec<_>>().join(" ")
}

fn hashed(class: Class, name: &str) -> EntityId {
    let hash = Sha256::digest(format!("{}\n{name}", class.name()).as_bytes());
    let hex: String = hash.iter().take(8).map(|b| format!("{b:02x}")).collect();
    EntityId(format!("{}-{hex}", class.name().to_lowercase()))
}

/// One label a language: a person's full name rather than a family name, a name rather than an acronym; then the most
/// frequent.
fn labels(
    weights: &BTreeMap<(Language, String), usize>,
    class: Class,
    parts: &[&Profile],
) -> BTreeMap<Language, String> {
    // A given and a family name make the best label of a person, with a patronymic the next best.
    let full: BTreeMap<&str, usize> = parts
        .iter()
        .filter_map(|p| match &p.naming {
            Naming::Person(names) => Some(names),
            _ => None,
        })
        .flatten()
        .filter(|n| n.is_full())
        .map(|n| (n.text.as_str(), if n.patronymic.is_none() { 2 } else { 1 }))
        .collect();
    let main: BTreeSet<&str> = parts.iter().map(|p| p.label.as_str()).collect();
    let mut labels = BTreeMap::new();
    for language in [Language::En, Language::Ru] {
        let rank = |name: &str, weight: usize| {
            let length = name.chars().count();
            match class {
                // Case endings lengthen a name.
                Class::Person => (full.get(name).copied().unwrap_or(0), weight, usize::MAX - length),
                _ => {
                    let telling = usize::from(main.contains(name)) * 2 + usize::from(!is_acronym(name));
                    (telling, weight, length)
                }
            }
        };
        let best = weights
            .iter()
            .filter(|((l, _), _)| *l == language)
            .max_by(|((_, a), x), ((_, b), y)| rank(a, **x).cmp(&rank(b, **y)).then_with(|| b.cmp(a)));
        if let Some(((_, name), _)) = best {
            labels.insert(language, name.clone());
        }
    }
    labels
}
