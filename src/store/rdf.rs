//! The graph: everything known, as RDF 1.1 quads without blank nodes, sorted.
//!
//! [`Knowledge`] in, quads out. The default graph holds all: facts as plain triples, entities, claims with their evidence,
//! articles, the run. Besides, one named graph an article, under the article's IRI, holds the facts that this article states.
//! A fact is there exactly when an asserted or planned claim states it; a symmetric relation holds both ways. Claims that
//! resolution has made alike (same words, same triple, same status) are one.

use super::{Knowledge, Run, vocab};
use crate::{
    extract::{ArticleClaims, ArticleMeta, Claim, DateValue, Object, Value},
    ingest::Language,
    ontology::Schema,
    resolve::Entity,
};
use jiff::civil::Date;
use oxigraph::model::{
    GraphName, GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, Term,
    TermRef,
    vocab::{rdf, rdfs, xsd},
};
use sha2::{Digest, Sha256};
use std::{cmp::Ordering, collections::BTreeMap};

/// All quads, sorted by graph (default first), subject, predicate (`rdf:type` first) and object, each once.
#[must_use]
pub fn quads(knowledge: &Knowledge, schema: &Schema) -> Vec<Quad> {
    let run = run_iri(&knowledge.run);
    let mut graph = Builder::default();
    graph.run(&run, &knowledge.run);
    for entity in &knowledge.resolution.entities {
        graph.entity(entity);
    }
    for record in &knowledge.articles {
        graph.article(&record.article);
        graph.claims(knowledge, schema, record, &run);
    }
    let mut quads = graph.quads;
    quads.sort_unstable_by(order);
    quads.dedup();
    quads
}

/// The IRI of a claim: a hash of article, subject, predicate, object, place in the text and status.
/// `None` if the claim points to an entity that the knowledge lacks.
#[must_use]
pub fn claim_iri(knowledge: &Knowledge, record: &ArticleClaims, claim: &Claim) -> Option<NamedNode> {
    let article = &record.article.id;
    let subject = knowledge.entity(article, claim.subject)?;
    let object = object_term(knowledge, record, claim)?;
    let span = claim.evidence.span;
    let parts = [
        article.0.as_str(),
        &subject.id.0,
        &claim.predicate,
        &object.to_string(),
        &format!("{}-{}", span.start, span.end),
        claim.status.name(),
    ];
    Some(vocab::minted(vocab::CLAIM, &digest(&parts)))
}

/// The IRI of a run: a hash of what made the graph.
#[must_use]
pub fn run_iri(run: &Run) -> NamedNode {
    vocab::minted(vocab::RUN, &digest(&[&run.program, &run.model, &run.ontology]))
}

/// The order of [`quads`].
#[must_use]
pub fn order(a: &Quad, b: &Quad) -> Ordering {
    graph_key(a.graph_name.as_ref())
        .cmp(graph_key(b.graph_name.as_ref()))
        .then_with(|| subject_key(a.subject.as_ref()).cmp(subject_key(b.subject.as_ref())))
        .then_with(|| (a.predicate != rdf::TYPE).cmp(&(b.predicate != rdf::TYPE)))
        .then_with(|| a.predicate.cmp(&b.predicate))
        .then_with(|| object_key(a.object.as_ref()).cmp(&object_key(b.object.as_ref())))
}

fn graph_key(name: GraphNameRef<'_>) -> &str {
    match name {
        GraphNameRef::DefaultGraph => "",
        GraphNameRef::NamedNode(n) => n.as_str(),
        GraphNameRef::BlankNode(b) => b.as_str(),
    }
}

fn subject_key(subject: NamedOrBlankNodeRef<'_>) -> &str {
    match subject {
        NamedOrBlankNodeRef::NamedNode(n) => n.as_str(),
        NamedOrBlankNodeRef::BlankNode(b) => b.as_str(),
    }
}

fn object_key(object: TermRef<'_>) -> (u8, &str, &str, &str) {
    match object {
        TermRef::NamedNode(n) => (0, n.as_str(), "", ""),
        TermRef::BlankNode(b) => (1, b.as_str(), "", ""),
        TermRef::Literal(l) => (2, l.value(), l.language().unwrap_or(""), l.datatype().as_str()),
    }
}

/// The first 20 hexadecimal digits of SHA-256 over the parts.
fn digest(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().iter().take(10).map(|b| format!("{b:02x}")).collect()
}

/// A claim's object as a term.
fn object_term(knowledge: &Knowledge, record: &ArticleClaims, claim: &Claim) -> Option<Term> {
    Some(match &claim.object {
        Object::Entity(id) => vocab::entity(&knowledge.entity(&record.article.id, *id)?.id).into(),
        Object::Literal(Value::Text { text, language }) => tagged(text, *language).into(),
        Object::Literal(Value::Date(date)) => date_literal(date).into(),
    })
}

fn tagged(text: &str, language: Language) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, language.tag())
}

fn date_literal(date: &DateValue) -> Literal {
    let datatype = match date.datatype() {
        "xsd:gYearMonth" => xsd::G_YEAR_MONTH,
        "xsd:gYear" => xsd::G_YEAR,
        _ => xsd::DATE,
    };
    Literal::new_typed_literal(date.lexical(), datatype)
}

fn day(date: Date) -> Literal {
    Literal::new_typed_literal(format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day()), xsd::DATE)
}

/// The canonical decimal with at most `digits` after the point: stores that keep numbers give it back unchanged.
fn decimal(value: f64, digits: usize) -> Literal {
    let fixed = format!("{value:.digits$}");
    let trimmed = fixed.trim_end_matches('0').trim_end_matches('.');
    let canonical = if trimmed == "-0" { "0" } else { trimmed };
    Literal::new_typed_literal(canonical, xsd::DECIMAL)
}

#[derive(Default)]
struct Builder {
    quads: Vec<Quad>,
}

impl Builder {
    fn add(
        &mut self,
        subject: &NamedNode,
        predicate: impl Into<NamedNode>,
        object: impl Into<Term>,
        graph: impl Into<GraphName>,
    ) {
        self.quads.push(Quad::new(NamedOrBlankNode::from(subject.clone()), predicate, object, graph));
    }

    /// A triple of the default graph.
    fn tell(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.add(subject, predicate, object, GraphName::DefaultGraph);
    }

    fn run(&mut self, iri: &NamedNode, run: &Run) {
        self.tell(iri, rdf::TYPE, vocab::ACTIVITY);
        self.tell(iri, vocab::PROGRAM_VERSION, Literal::from(run.program.as_str()));
        self.tell(iri, vocab::MODEL_VERSION, Literal::from(run.model.as_str()));
        self.tell(iri, vocab::ONTOLOGY_VERSION, Literal::from(run.ontology.as_str()));
    }

    fn entity(&mut self, entity: &Entity) {
        let iri = vocab::entity(&entity.id);
        self.tell(&iri, rdf::TYPE, vocab::class(entity.class));
        // One name to show, whatever the languages: questions need no choice among labels.
        self.tell(&iri, vocab::NAME, Literal::from(entity.label()));
        for (language, label) in &entity.labels {
            self.tell(&iri, rdfs::LABEL, tagged(label, *language));
            self.tell(&iri, vocab::PREF_LABEL, tagged(label, *language));
        }
        for (language, name) in &entity.names {
            if entity.labels.get(language) != Some(name) {
                self.tell(&iri, vocab::ALT_LABEL, tagged(name, *language));
            }
        }
        for same in entity.same_as.iter().filter_map(|iri| NamedNode::new(iri.as_str()).ok()) {
            self.tell(&iri, vocab::SAME_AS, same);
        }
        if let Some((latitude, longitude)) = entity.coordinates {
            self.tell(&iri, vocab::LATITUDE, decimal(latitude, 5));
            self.tell(&iri, vocab::LONGITUDE, decimal(longitude, 5));
        }
        for (article, _) in &entity.members {
            self.tell(&iri, vocab::MENTIONED_IN, vocab::article(article));
        }
    }

    fn article(&mut self, article: &ArticleMeta) {
        let iri = vocab::article(&article.id);
        self.tell(&iri, rdf::TYPE, vocab::NEWS_ARTICLE);
        self.tell(&iri, vocab::IDENTIFIER, Literal::from(article.doc.as_str()));
        self.tell(&iri, vocab::IN_LANGUAGE, Literal::from(article.language.tag()));
        if let Some(title) = &article.title {
            self.tell(&iri, vocab::HEADLINE, tagged(title, article.language));
        }
        if let Some(date) = article.published {
            self.tell(&iri, vocab::DATE_PUBLISHED, day(date));
        }
        if let Some(publisher) = &article.publisher {
            self.tell(&iri, vocab::PUBLISHER, Literal::from(publisher.as_str()));
        }
        if let Some(url) = article.url.as_ref().and_then(|url| NamedNode::new(url.as_str()).ok()) {
            self.tell(&iri, vocab::URL, url);
        }
    }

    fn claims(&mut self, knowledge: &Knowledge, schema: &Schema, record: &ArticleClaims, run: &NamedNode) {
        // Of claims that are one, the surest speaks; the first of them if they are equally sure.
        let mut surest: BTreeMap<NamedNode, &Claim> = BTreeMap::new();
        for claim in &record.claims {
            let Some(iri) = claim_iri(knowledge, record, claim) else { continue };
            surest
                .entry(iri)
                .and_modify(|c| *c = if claim.confidence > c.confidence { claim } else { c })
                .or_insert(claim);
        }
        for (iri, claim) in surest {
            self.claim(knowledge, schema, record, &iri, claim);
            self.tell(&iri, vocab::WAS_GENERATED_BY, run.clone());
        }
    }

    fn claim(
        &mut self,
        knowledge: &Knowledge,
        schema: &Schema,
        record: &ArticleClaims,
        iri: &NamedNode,
        claim: &Claim,
    ) {
        let id = &record.article.id;
        let article = vocab::article(id);
        let entity = |local| knowledge.entity(id, local).map(|e| vocab::entity(&e.id));
        let (Some(subject), Some(object)) = (entity(claim.subject), object_term(knowledge, record, claim)) else {
            return;
        };
        let predicate = vocab::term(&claim.predicate);

        if claim.status.is_asserted() {
            for graph in [GraphName::DefaultGraph, article.clone().into()] {
                self.add(&subject, predicate.clone(), object.clone(), graph.clone());
                if let Term::NamedNode(object) = &object
                    && schema.is_symmetric(&claim.predicate)
                {
                    self.add(object, predicate.clone(), subject.clone(), graph);
                }
            }
        }

        self.tell(iri, rdf::TYPE, vocab::CLAIM_CLASS);
        self.tell(iri, vocab::SUBJECT, subject);
        self.tell(iri, vocab::PREDICATE, predicate);
        self.tell(iri, vocab::OBJECT, object);
        self.tell(iri, vocab::STATUS, vocab::status(claim.status));
        self.tell(iri, vocab::CONFIDENCE, decimal(f64::from(claim.confidence), 2));
        self.tell(iri, vocab::RULE, Literal::from(claim.rule.as_str()));
        self.tell(iri, vocab::IN_ARTICLE, article.clone());
        if let Some(speaker) = claim.speaker.and_then(entity) {
            self.tell(iri, vocab::SPEAKER, speaker);
        }
        if let Some(place) = claim.place.and_then(entity) {
            self.tell(iri, vocab::PLACE, place);
        }
        // A claim about a date (`occurredOn`) is dated by it, so that one question finds everything on a time line.
        let date = match (&claim.date, &claim.object) {
            (Some(date), _) | (None, Object::Literal(Value::Date(date))) => Some(date),
            _ => None,
        };
        if let Some(date) = date {
            self.tell(iri, vocab::DATE, date_literal(date));
            self.tell(iri, vocab::EARLIEST_DATE, day(date.earliest));
            self.tell(iri, vocab::LATEST_DATE, day(date.latest));
        }

        let evidence = vocab::evidence(id, claim.evidence.span);
        self.tell(iri, vocab::EVIDENCE, evidence.clone());
        self.tell(&evidence, rdf::TYPE, vocab::EVIDENCE_CLASS);
        self.tell(&evidence, vocab::IN_ARTICLE, article);
        let position = |i: usize| Literal::new_typed_literal(i.to_string(), xsd::INTEGER);
        self.tell(&evidence, vocab::BEGIN, position(claim.evidence.span.start));
        self.tell(&evidence, vocab::END, position(claim.evidence.span.end));
        self.tell(&evidence, vocab::TEXT, Literal::from(claim.evidence.text.as_str()));
    }
}
