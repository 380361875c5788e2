//! Finding an entity by what people call it: IRI, full name, or some words of a name.
//!
//! Names in, one entity out, or an error that lists those it could be. It compares letters, not sounds: a spelling that no
//! article or gazetteer used is not found.

use crate::store::{Graph, Knowledge, StoreError, vocab};
use oxigraph::model::{NamedNode, NamedOrBlankNode, Term, vocab::rdf};
use std::{cmp::Reverse, collections::BTreeMap};

/// An entity with its names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its IRI.
    pub iri: NamedNode,
    /// Its class's local name.
    pub class: String,
    /// The name to show.
    pub name: String,
    /// All names, folded for comparison.
    folded: Vec<String>,
}

/// Why no single entity was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LookupError {
    /// No entity has such a name.
    #[error("nothing is called `{0}`")]
    Unknown(String),
    /// Several have.
    #[error("`{name}` may be any of: {}; give the full name or the IRI", .candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// What it may be: name, class and IRI.
        candidates: Vec<String>,
    },
}

/// All entities of a graph with their names.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    entries: Vec<Entry>,
}

impl Directory {
    /// Of a graph: everything that has a class of ours and a label.
    ///
    /// # Errors
    /// If oxigraph cannot read its store.
    pub fn of_graph(graph: &Graph) -> Result<Self, StoreError> {
        let store = graph.store();
        let mut entries: BTreeMap<NamedNode, Entry> = BTreeMap::new();
        for predicate in [vocab::NAME, vocab::PREF_LABEL, vocab::ALT_LABEL] {
            for quad in store.quads_for_pattern(None, Some(predicate), None, None) {
                let quad = quad?;
                let (NamedOrBlankNode::NamedNode(subject), Term::Literal(label)) = (quad.subject, quad.object) else {
                    continue;
                };
                let entry = entries.entry(subject.clone()).or_insert_with(|| Entry {
                    iri: subject,
                    class: String::new(),
                    name: label.value().to_owned(),
                    folded: Vec::new(),
                });
                entry.folded.push(fold(label.value()));
            }
        }
        for entry in entries.values_mut() {
            for quad in store.quads_for_pattern(Some(entry.iri.as_ref().into()), Some(rdf::TYPE), None, None) {
                if let Term::NamedNode(class) = quad?.object {
                    class.as_str().rsplit(['#', '/']).next().unwrap_or_default().clone_into(&mut entry.class);
                }
            }
        }
        Ok(Self { entries: entries.into_values().collect() })
    }

    /// Of what is known.
    #[must_use]
    pub fn of_knowledge(knowledge: &Knowledge) -> Self {
        let entry = |entity: &crate::resolve::Entity| Entry {
            iri: vocab::entity(&entity.id),
            class: entity.class.name().to_owned(),
            name: entity.label().to_owned(),
            folded: entity.labels.values().chain(entity.names.iter().map(|(_, n)| n)).map(|n| fold(n)).collect(),
        };
        let mut entries: Vec<_> = knowledge.resolution.entities.iter().map(entry).collect();
        entries.sort_by(|a, b| a.iri.cmp(&b.iri));
        Self { entries }
    }

    /// The one entity that is meant: by IRI; by its whole name; by words of its name, actors before places before things.
    ///
    /// # Errors
    /// If none or several fit equally well.
    pub fn find(&self, name: &str) -> Result<&Entry, LookupError> {
        if let Some(iri) = super::parameters::iri(name) {
            let found = self.entries.iter().find(|e| e.iri == iri);
            return found.ok_or_else(|| LookupError::Unknown(name.to_owned()));
        }
        let asked = fold(name);
        let words: Vec<_> = asked.split(' ').collect();
        let fits = |label: &String| {
            if *label == asked {
                return Some(2);
            }
            let has: Vec<_> = label.split(' ').collect();
            (!asked.is_empty() && words.iter().all(|w| has.contains(w))).then_some(1)
        };
        let rank = |entry: &Entry| {
            let kind = match entry.class.as_str() {
                "Person" | "Organization" | "Country" => 2,
                "Place" => 1,
                _ => 0,
            };
            entry.folded.iter().filter_map(fits).max().map(|fit| (fit, kind))
        };
        let mut ranked: Vec<_> = self.entries.iter().filter_map(|e| Some((rank(e)?, e))).collect();
        ranked.sort_by_key(|(rank, _)| Reverse(*rank));
        let best: Vec<_> = ranked.iter().filter(|(rank, _)| *rank == ranked[0].0).map(|(_, e)| *e).collect();
        match best.as_slice() {
            [] => Err(LookupError::Unknown(name.to_owned())),
            [one] => Ok(one),
            several => {
                let show = |e: &&Entry| format!("{} ({}, {})", e.name, e.class, vocab::compact(e.iri.as_str()));
                let mut candidates: Vec<_> = several.iter().take(8).map(show).collect();
                if several.len() > candidates.len() {
                    candidates.push(format!("{} more", several.len() - candidates.len()));
                }
                Err(LookupError::Ambiguous { name: name.to_owned(), candidates })
            }
        }
    }
}

/// Lower case, `ё` as `е`, apostrophes and hyphens unified, no punctuation, single spaces.
fn fold(name: &str) -> String {
    let letters: String = name
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'ё' => 'е',
            c if c.is_alphanumeric() => c,
            '\'' | '’' | 'ʼ' | '-' | '‑' | '–' => '-',
            _ => ' ',
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}
