//! The schema: relations with their domain, range, symmetry and labels, read from `kurultai.ttl`.
//!
//! Turtle in, [`Schema`] out. Extraction asks it what may fill a relation, the store and `validate` what a graph may hold.
//! It reads plain RDFS and schema.org `domainIncludes`/`rangeIncludes`; class expressions of OWL are not understood.

use super::{OntologyError, Source};
use crate::{extract::Class, ingest::Language};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, vocab::rdf, vocab::rdfs},
};
use std::collections::{BTreeMap, BTreeSet};

/// Namespace of the ontology's terms.
pub const NAMESPACE: &str = "https://w3id.org/kurultai/ontology#";
/// The file that holds the schema.
pub const FILE: &str = "kurultai.ttl";

const SYMMETRIC: &str = "http://www.w3.org/2002/07/owl#SymmetricProperty";
const DOMAIN_INCLUDES: &str = "https://schema.org/domainIncludes";
const RANGE_INCLUDES: &str = "https://schema.org/rangeIncludes";
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// A relation that a claim may state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// Local name: `metWith`.
    pub name: String,
    /// Classes that may be its subject, superclasses resolved into the classes below them.
    pub domain: BTreeSet<Class>,
    /// Classes that may be its object; empty for a relation to words or a date.
    pub range: BTreeSet<Class>,
    /// Whether its object is words of the article.
    pub text: bool,
    /// Whether its object is a date.
    pub date: bool,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// Relations that it entails (`headOf` entails `represents`).
    pub entails: BTreeSet<String>,
    /// What people call it.
    pub labels: BTreeMap<Language, String>,
    /// What it means.
    pub definitions: BTreeMap<Language, String>,
}

impl Relation {
    /// What people call it in `language`; its name where there is no label.
    #[must_use]
    pub fn label(&self, language: Language) -> &str {
        self.labels.get(&language).unwrap_or(&self.name)
    }
}

/// All relations, by local name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schema {
    relations: BTreeMap<String, Relation>,
}

impl Schema {
    /// Reads `kurultai.ttl`.
    ///
    /// # Errors
    /// The first mistake, with its line: bad Turtle, an unknown class, a relation without domain, range, label or definition.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let turtle = Turtle::read(source, FILE)?;
        let classes = turtle.subclasses();
        let relation_class = NamedNode::new_unchecked(format!("{NAMESPACE}Relation"));
        let mut relations = BTreeMap::new();
        for node in turtle.instances(&relation_class) {
            let relation = turtle.relation(&node, &classes)?;
            relations.insert(relation.name.clone(), relation);
        }
        if relations.is_empty() {
            return Err(turtle.mistake("Relation", "no relation: mark each with `a kur:Relation`".to_owned()));
        }
        let schema = Self { relations };
        for relation in schema.relations() {
            if let Some(unknown) = relation.entails.iter().find(|name| schema.relation(name).is_none()) {
                let reason = format!("`{}` is under `{unknown}`, which is no relation", relation.name);
                return Err(turtle.mistake(&relation.name, reason));
            }
        }
        Ok(schema)
    }

    /// The relation of that local name.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<&Relation> {
        self.relations.get(name)
    }

    /// All relations, sorted by name.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }

    /// Whether the relation holds both ways.
    #[must_use]
    pub fn is_symmetric(&self, name: &str) -> bool {
        self.relation(name).is_some_and(|r| r.symmetric)
    }
}

/// Reads a Turtle file of the ontology folder for its syntax alone; gives the number of triples.
///
/// # Errors
/// The place and reason of the first syntax error.
pub fn check_syntax(source: &Source, file: &str) -> Result<usize, OntologyError> {
    Ok(Turtle::read(source, file)?.quads.len())
}

/// A parsed Turtle file that still knows its text, to name lines.
pub(crate) struct Turtle {
    file: String,
    text: String,
    quads: Vec<Quad>,
}

impl Turtle {
    pub(crate) fn read(source: &Source, file: &str) -> Result<Self, OntologyError> {
        let text = source.text(file)?.into_owned();
        let quads: Result<Vec<_>, _> = RdfParser::from_format(RdfFormat::Turtle).for_slice(&text).collect();
        let quads = quads.map_err(|e| OntologyError::Row {
            file: file.to_owned(),
            line: e.location().map_or(0, |l| l.start.line + 1),
            reason: e.to_string(),
        })?;
        Ok(Self { file: file.to_owned(), text, quads })
    }

    /// What is said of a node.
    pub(crate) fn triples<'q>(&'q self, node: &'q NamedOrBlankNode) -> impl Iterator<Item = (&'q NamedNode, &'q Term)> {
        self.quads.iter().filter(move |q| q.subject == *node).map(|q| (&q.predicate, &q.object))
    }

    /// A mistake in the block of the term `name`.
    pub(crate) fn mistake(&self, name: &str, reason: String) -> OntologyError {
        let begins = |line: &str| {
            line.split_whitespace().next().is_some_and(|first| {
                first.rsplit([':', '#']).next().is_some_and(|local| local.trim_end_matches('>') == name)
            })
        };
        let line = self.text.lines().position(begins).map_or(1, |i| i + 1);
        OntologyError::Row { file: self.file.clone(), line: line as u64, reason }
    }

    fn objects<'q>(&'q self, subject: &'q NamedNode, predicate: &'q str) -> impl Iterator<Item = &'q Term> {
        self.quads.iter().filter_map(move |q| {
            let same = matches!(&q.subject, NamedOrBlankNode::NamedNode(n) if n == subject);
            (same && q.predicate.as_str() == predicate).then_some(&q.object)
        })
    }

    pub(crate) fn instances(&self, class: &NamedNode) -> BTreeSet<NamedNode> {
        let is = |q: &&Quad| q.predicate == rdf::TYPE && q.object == Term::NamedNode(class.clone());
        self.quads
            .iter()
            .filter(is)
            .filter_map(|q| match &q.subject {
                NamedOrBlankNode::NamedNode(n) => Some(n.clone()),
                NamedOrBlankNode::BlankNode(_) => None,
            })
            .collect()
    }

    /// For each class of the file, the program's classes at or below it.
    fn subclasses(&self) -> BTreeMap<String, BTreeSet<Class>> {
        let mut below: BTreeMap<String, BTreeSet<Class>> =
            Class::ALL.iter().map(|c| (format!("{NAMESPACE}{}", c.name()), BTreeSet::from([*c]))).collect();
        loop {
            let mut grown = false;
            for q in self.quads.iter().filter(|q| q.predicate == rdfs::SUB_CLASS_OF) {
                let (NamedOrBlankNode::NamedNode(sub), Term::NamedNode(sup)) = (&q.subject, &q.object) else {
                    continue;
                };
                let classes = below.get(sub.as_str()).cloned().unwrap_or_default();
                let above = below.entry(sup.as_str().to_owned()).or_default();
                let before = above.len();
                above.extend(classes);
                grown |= above.len() > before;
            }
            if !grown {
                return below;
            }
        }
    }

    fn relation(
        &self,
        node: &NamedNode,
        classes: &BTreeMap<String, BTreeSet<Class>>,
    ) -> Result<Relation, OntologyError> {
        let iri = node.as_str();
        let name = iri.strip_prefix(NAMESPACE).unwrap_or_default().to_owned();
        if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric()) {
            let local = iri.rsplit(['#', '/']).next().unwrap_or_default();
            let reason = format!("<{iri}> is no relation of {NAMESPACE}: its name must be ASCII letters and digits");
            return Err(self.mistake(local, reason));
        }
        let mut relation = Relation {
            domain: BTreeSet::new(),
            range: BTreeSet::new(),
            text: false,
            date: false,
            symmetric: self.objects(node, rdf::TYPE.as_str()).any(|t| is(t, SYMMETRIC)),
            entails: self
                .objects(node, rdfs::SUB_PROPERTY_OF.as_str())
                .filter_map(|t| local_name(t).map(str::to_owned))
                .collect(),
            labels: self.texts(node, rdfs::LABEL, &name, "label")?,
            definitions: self.texts(node, rdfs::COMMENT, &name, "definition (rdfs:comment)")?,
            name,
        };
        let name = relation.name.clone();
        let unknown = |side: &str, term: &Term| {
            let known =
                "Person, Organization, Country, Place, Event, Instrument, Topic, Initiative, or a superclass of these";
            self.mistake(&name, format!("`{name}`: unknown {side} {term}; expected {known}"))
        };
        for term in self.objects(node, rdfs::DOMAIN.as_str()).chain(self.objects(node, DOMAIN_INCLUDES)) {
            let below = class_iri(term).and_then(|iri| classes.get(iri)).ok_or_else(|| unknown("domain", term))?;
            relation.domain.extend(below);
        }
        for term in self.objects(node, rdfs::RANGE.as_str()).chain(self.objects(node, RANGE_INCLUDES)) {
            match class_iri(term) {
                Some(iri) if iri == rdf::LANG_STRING.as_str() => relation.text = true,
                Some(iri) if matches!(iri.strip_prefix(XSD), Some("date" | "gYearMonth" | "gYear")) => {
                    relation.date = true;
                }
                iri => {
                    let below = iri.and_then(|iri| classes.get(iri)).ok_or_else(|| unknown("range", term))?;
                    relation.range.extend(below);
                }
            }
        }
        if relation.domain.is_empty() {
            let reason = format!("`{name}` has no domain: add rdfs:domain or schema:domainIncludes");
            return Err(self.mistake(&name, reason));
        }
        if relation.range.is_empty() && !relation.text && !relation.date {
            let reason = format!(
                "`{name}` has no range: add rdfs:range or schema:rangeIncludes (a class, rdf:langString, or xsd:date)"
            );
            return Err(self.mistake(&name, reason));
        }
        if relation.symmetric && relation.domain != relation.range {
            let reason = format!("`{name}` is symmetric, so its domain and range must be the same");
            return Err(self.mistake(&name, reason));
        }
        Ok(relation)
    }

    /// One text a language; both languages must be there.
    fn texts(
        &self,
        node: &NamedNode,
        predicate: NamedNodeRef<'_>,
        name: &str,
        what: &str,
    ) -> Result<BTreeMap<Language, String>, OntologyError> {
        let mut texts = BTreeMap::new();
        for term in self.objects(node, predicate.as_str()) {
            let Term::Literal(literal) = term else { continue };
            let language = [Language::En, Language::Ru].into_iter().find(|l| literal.language() == Some(l.tag()));
            if let Some(language) = language
                && texts.insert(language, literal.value().to_owned()).is_some()
            {
                return Err(self.mistake(name, format!("`{name}` has two {what}s in `{}`", language.tag())));
            }
        }
        for language in [Language::En, Language::Ru] {
            if !texts.contains_key(&language) {
                return Err(self.mistake(name, format!("`{name}` has no {what} in `{}`", language.tag())));
            }
        }
        Ok(texts)
    }
}

fn class_iri(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(n) => Some(n.as_str()),
        Term::BlankNode(_) | Term::Literal(_) => None,
    }
}

fn is(term: &Term, iri: &str) -> bool {
    class_iri(term) == Some(iri)
}

fn local_name(term: &Term) -> Option<&str> {
    class_iri(term)?.strip_prefix(NAMESPACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builtin() -> Schema {
        Schema::load(&Source::Builtin).unwrap()
    }

    /// The built-in file with one replacement, read as a user's folder would be.
    fn broken(from: &str, to: &str) -> String {
        let text = Source::Builtin.text(FILE).unwrap();
        assert!(text.contains(from), "the file no longer has {from}");
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join(FILE), text.replacen(from, to, 1)).unwrap();
        Schema::load(&Source::Folder(dir.path().to_owned())).unwrap_err().to_string()
    }

    #[test]
    fn reads_domain_range_and_symmetry() {
        let schema = builtin();
        assert_eq!(schema.relations().count(), 33);
        let agents = BTreeSet::from([Class::Person, Class::Organization, Class::Country]);
        let met = schema.relation("metWith").unwrap();
        assert_eq!((&met.domain, &met.range, met.symmetric), (&agents, &agents, true));
        assert_eq!(met.label(Language::Ru), "встретился с");
        let said = schema.relation("said").unwrap();
        assert!(said.text && !said.date && said.range.is_empty());
        assert!(schema.relation("occurredOn").unwrap().date);
        assert_eq!(schema.relation("proposed").unwrap().range.len(), Class::ALL.len());
        assert_eq!(schema.relation("headOf").unwrap().entails, BTreeSet::from(["represents".to_owned()]));
        assert_eq!(
            schema.relation("visited").unwrap().range,
            BTreeSet::from([Class::Place, Class::Country]),
            "two classes by schema:rangeIncludes"
        );
    }

    #[test]
    fn says_where_a_mistake_is_and_why() {
        let at = |name: &str| {
            let text = Source::Builtin.text(FILE).unwrap();
            text.lines().position(|l| l.starts_with(&format!("kur:{name} "))).unwrap() + 1
        };
        assert_eq!(
            broken("rdfs:range kur:Instrument", "rdfs:range kur:Instrumnet").split("; expected").next().unwrap(),
            format!("ontology/kurultai.ttl, line {}: `adopted`: unknown range <{NAMESPACE}Instrumnet>", at("adopted"))
        );
        assert_eq!(
            broken("\"met with\"@en , ", ""),
            format!("ontology/kurultai.ttl, line {}: `metWith` has no label in `en`", at("metWith"))
        );
        assert!(broken("rdfs:label \"met with\"@en", "rdfs:label \"met with@en").contains("line 2"));
    }

    #[test]
    fn every_term_is_labelled_and_defined_in_both_languages() {
        let turtle = Turtle::read(&Source::Builtin, FILE).unwrap();
        let terms: BTreeSet<_> = turtle
            .quads
            .iter()
            .filter_map(|q| match &q.subject {
                NamedOrBlankNode::NamedNode(n) if n.as_str().starts_with(NAMESPACE) => Some(n.clone()),
                _ => None,
            })
            .collect();
        assert!(terms.len() > 60, "{} terms", terms.len());
        for term in &terms {
            let name = term.as_str();
            turtle.texts(term, rdfs::LABEL, name, "label").unwrap();
            turtle.texts(term, rdfs::COMMENT, name, "definition").unwrap();
        }
        assert!(turtle.quads.iter().all(|q| !matches!(q.object, Term::BlankNode(_))), "no blank nodes");
    }

    #[test]
    fn the_header_says_what_registries_ask_for() {
        let turtle = Turtle::read(&Source::Builtin, FILE).unwrap();
        let ontology = NamedNode::new_unchecked("https://w3id.org/kurultai/ontology");
        for predicate in [
            "http://www.w3.org/2002/07/owl#versionIRI",
            "http://www.w3.org/2002/07/owl#versionInfo",
            "http://purl.org/dc/terms/title",
            "http://purl.org/dc/terms/description",
            "http://purl.org/dc/terms/creator",
            "http://purl.org/dc/terms/license",
            "http://purl.org/dc/terms/created",
            "http://purl.org/vocab/vann/preferredNamespacePrefix",
            "http://purl.org/vocab/vann/preferredNamespaceUri",
        ] {
            assert!(turtle.objects(&ontology, predicate).next().is_some(), "{predicate}");
        }
    }

    #[test]
    fn alignments_speak_only_of_terms_that_exist() {
        let terms = Turtle::read(&Source::Builtin, FILE).unwrap();
        let defined: BTreeSet<_> = terms.quads.iter().map(|q| q.subject.to_string()).collect();
        let alignments = Turtle::read(&Source::Builtin, "alignments.ttl").unwrap();
        for quad in &alignments.quads {
            let subject = quad.subject.to_string();
            assert!(!subject.contains("ontology#") || defined.contains(&subject), "{subject}");
        }
        assert!(alignments.quads.len() > 60);
        assert!(check_syntax(&Source::Builtin, "shapes.ttl").unwrap() > 200);
    }
}
