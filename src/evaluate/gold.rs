//! Gold files: entities, triples, statuses, tab-separated.
//!
//! `entities.tsv`: id, class, names separated by ` | `. `triples.tsv`: document, subject, relation, object (an id, "words", or a
//! date), `opt`; a comment `# language DOC en` names a document's language. `status.tsv`: document, subject, relation, object, status,
//! speaker (an id, or `-` for the outlet), words.

use super::{EvaluateError, comparison::Comparison};
use crate::{extract::Status, ontology::Schema};
use std::{collections::BTreeMap, path::Path};

/// Classes whose things are described rather than named: their names are compared as texts.
const DESCRIBED: [&str; 4] = ["Event", "Instrument", "Topic", "Initiative"];

/// A gold entity: its class and its names, ready to compare.
#[derive(Debug, Clone, Default)]
pub struct GoldEntity {
    class: String,
    names: Vec<String>,
    keys: Vec<Vec<String>>,
}

/// What a triple points to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// An entity's id.
    Entity(String),
    /// Words.
    Text(String),
    /// A date, as precise as the document makes it.
    Date(String),
}

/// A fact that the document states.
#[derive(Debug, Clone)]
pub struct GoldTriple {
    /// Id of the subject.
    pub subject: Target,
    /// Local name of the relation.
    pub relation: String,
    /// What or whom.
    pub object: Target,
    /// Neither rewarded nor punished.
    pub optional: bool,
}

/// A claim's status and speaker.
#[derive(Debug, Clone)]
pub struct GoldStatus {
    /// The claim.
    pub triple: GoldTriple,
    /// How sure the document is.
    pub status: Status,
    /// Id of who says so; `None` for the outlet.
    pub speaker: Option<String>,
}

/// The gold of one document.
#[derive(Debug, Clone, Default)]
pub struct GoldDocument {
    /// Language tag.
    pub language: String,
    /// Its facts.
    pub triples: Vec<GoldTriple>,
    /// Statuses and speakers, of facts and of what is no fact.
    pub statuses: Vec<GoldStatus>,
}

/// Gold of several documents.
#[derive(Debug, Clone, Default)]
pub struct Gold {
    entities: BTreeMap<String, GoldEntity>,
    /// By short name.
    pub documents: BTreeMap<String, GoldDocument>,
}

/// A node as a system printed it: its names, or its literal value.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// As text.
    pub names: Vec<String>,
    /// As keys.
    pub keys: Vec<Vec<String>>,
}

impl Gold {
    /// Adds a file of entities.
    ///
    /// # Errors
    /// The first line that is none.
    pub fn add_entities(&mut self, path: &Path, compare: &Comparison) -> Result<(), EvaluateError> {
        for (line, fields) in rows(&EvaluateError::text(path)?) {
            let [id, class, names] = fields[..] else {
                return Err(EvaluateError::line(path, line, "not id, class, names"));
            };
            let entity = self.entities.entry(id.to_owned()).or_default();
            class.clone_into(&mut entity.class);
            for name in names.split('|').map(str::trim).filter(|n| !n.is_empty()) {
                entity.keys.push(compare.key(name));
                entity.names.push(name.to_owned());
            }
        }
        Ok(())
    }

    /// Adds a file of triples; its entities are there already.
    ///
    /// # Errors
    /// The first line that is none, names a relation that the ontology lacks, or an entity that no file has.
    pub fn add_triples(&mut self, path: &Path, schema: &Schema) -> Result<(), EvaluateError> {
        let text = EvaluateError::text(path)?;
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if let ["#", "language", doc, language] = words[..] {
                language.clone_into(&mut self.documents.entry(doc.to_owned()).or_default().language);
            }
        }
        for (line, fields) in rows(&text) {
            let (doc, triple) = self.triple(path, line, &fields, schema)?;
            self.documents.entry(doc.to_owned()).or_default().triples.push(triple);
        }
        Ok(())
    }

    /// Adds a file of statuses.
    ///
    /// # Errors
    /// As [`add_triples`](Self::add_triples); also a status that there is not.
    pub fn add_statuses(&mut self, path: &Path, schema: &Schema) -> Result<(), EvaluateError> {
        for (line, fields) in rows(&EvaluateError::text(path)?) {
            let [_, _, _, _, status, speaker, ..] = fields[..] else {
                return Err(EvaluateError::line(
                    path,
                    line,
                    "not document, subject, relation, object, status, speaker",
                ));
            };
            let named = [Status::Asserted, Status::Planned, Status::Denied, Status::Hypothetical];
            let Some(status) = named.into_iter().find(|s| s.name() == status) else {
                return Err(EvaluateError::line(path, line, format!("no status \"{status}\"")));
            };
            let (doc, triple) = self.triple(path, line, &fields[..4], schema)?;
            let speaker = (speaker != "-").then(|| speaker.to_owned());
            let known = self.documents.entry(doc.to_owned()).or_default();
            known.statuses.push(GoldStatus { triple, status, speaker });
        }
        Ok(())
    }

    fn triple<'f>(
        &self,
        path: &Path,
        line: usize,
        fields: &[&'f str],
        schema: &Schema,
    ) -> Result<(&'f str, GoldTriple), EvaluateError> {
        let [doc, subject, relation, object, ref rest @ ..] = *fields else {
            return Err(EvaluateError::line(path, line, "not document, subject, relation, object"));
        };
        if schema.relation(relation).is_none() {
            return Err(EvaluateError::line(path, line, format!("the ontology has no relation \"{relation}\"")));
        }
        let target = |text: &str| {
            if let Some(words) = text.strip_prefix('"') {
                Ok(Target::Text(words.trim_end_matches('"').to_owned()))
            } else if text.starts_with(|c: char| c.is_ascii_digit()) {
                Ok(Target::Date(text.to_owned()))
            } else if self.entities.contains_key(text) {
                Ok(Target::Entity(text.to_owned()))
            } else {
                Err(EvaluateError::line(path, line, format!("no entity \"{text}\" in the files of entities")))
            }
        };
        let optional = rest.first().is_some_and(|o| !o.is_empty());
        let triple =
            GoldTriple { subject: target(subject)?, relation: relation.to_owned(), object: target(object)?, optional };
        Ok((doc, triple))
    }

    /// Whether a node is what the gold means.
    #[must_use]
    pub fn is(&self, target: &Target, node: &Node, compare: &Comparison) -> bool {
        match target {
            Target::Text(words) => node.names.iter().any(|n| compare.same_text(words, n)),
            Target::Date(date) => node.names.iter().any(|n| n.starts_with(date.as_str())),
            Target::Entity(id) => self.entities.get(id).is_some_and(|entity| {
                if node.keys.iter().any(|k| entity.keys.contains(k)) {
                    return true;
                }
                if entity.class == "Person" {
                    let pairs = |n: &Vec<String>| entity.keys.iter().any(|k| compare.same_person(n, k));
                    return node.keys.iter().any(pairs);
                }
                let described = |n: &String| {
                    compare.content(n).len() > 1 && node.names.iter().any(|seen| compare.same_text(n, seen))
                };
                DESCRIBED.contains(&entity.class.as_str()) && entity.names.iter().any(described)
            }),
        }
    }
}

/// The rows of a file, with their lines, comments and empty lines left out.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    let lines = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
    lines.map(|(i, l)| (i + 1, l.split('\t').collect()))
}
