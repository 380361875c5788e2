//! The facts as a network: entities are nodes, and all claims of one relation between one pair are one edge.
//!
//! [`Knowledge`] → [`Network`], which every picture format writes. Words and dates are no nodes: offices, statements and
//! dates become columns of the node that they belong to. Denied and hypothetical claims make no edge.

use crate::{
    extract::{ArticleClaims, Claim, Class, DateValue, Object, Status, Value},
    ingest::Language,
    resolve::Entity,
    store::Knowledge,
};
use indexmap::IndexMap;
use petgraph::graph::{Graph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// An entity with the figures that a picture shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// IRI of the entity.
    pub iri: String,
    /// Label to show.
    pub label: String,
    /// Label in each language.
    pub labels: BTreeMap<Language, String>,
    /// Class.
    pub class: Class,
    /// Other names, sorted.
    pub names: Vec<String>,
    /// Identifiers elsewhere.
    pub same_as: Vec<String>,
    /// Latitude and longitude in degrees.
    pub coordinates: Option<(f64, f64)>,
    /// Offices held, as the texts say.
    pub positions: Vec<String>,
    /// Number of reported statements.
    pub statements: usize,
    /// Number of mentions in all articles.
    pub mentions: usize,
    /// Short names of the articles that mention it, sorted.
    pub documents: Vec<String>,
    /// First and last date of the facts it takes part in, `yyyy-mm-dd`.
    pub first_date: Option<String>,
    /// See [`first_date`](Self::first_date).
    pub last_date: Option<String>,
    /// PageRank in the network, all nodes together 1.
    pub centrality: f64,
}

/// All claims of one relation between one pair.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Local name of the relation.
    pub relation: String,
    /// Whether the direction means something.
    pub directed: bool,
    /// Number of claims.
    pub claims: usize,
    /// Highest confidence among them.
    pub confidence: f32,
    /// `asserted` if any claim is, else `planned`.
    pub status: Status,
    /// Date of each dated claim, sorted, each once.
    pub dates: Vec<DateValue>,
    /// Articles, sorted.
    pub documents: Vec<String>,
    /// Labels of those who say so, the outlet aside, sorted.
    pub speakers: Vec<String>,
    /// The sentence of the most confident claim.
    pub evidence: String,
    /// Rule of that claim.
    pub rule: String,
}

/// Nodes sorted by IRI, edges by source, target and relation.
#[derive(Debug, Clone, Default)]
pub struct Network {
    /// The graph.
    pub graph: Graph<Node, Edge>,
}

/// The namespace of entities.
pub const ENTITY: &str = "https://w3id.org/kurultai/entity/";

impl Network {
    /// Builds the network of `knowledge`; `symmetric` tells which relations have no direction.
    #[must_use]
    pub fn new(knowledge: &Knowledge, symmetric: impl Fn(&str) -> bool) -> Self {
        let mut nodes: IndexMap<usize, Node> = IndexMap::new();
        let mut edges: BTreeMap<(usize, usize, String), Edge> = BTreeMap::new();
        let at = |article: &ArticleClaims, local: usize| {
            knowledge.resolution.assignment.get(&(article.article.id.clone(), local)).copied()
        };
        for article in &knowledge.articles {
            for claim in article.claims.iter().filter(|c| c.status.is_asserted()) {
                let Some(source) = at(article, claim.subject.0) else { continue };
                note_subject(&mut nodes, &knowledge.resolution.entities, source, claim);
                let Object::Entity(object) = &claim.object else { continue };
                let Some(target) = at(article, object.0) else { continue };
                if source == target {
                    continue;
                }
                note_date(&mut nodes, &knowledge.resolution.entities, target, claim);
                let undirected = symmetric(&claim.predicate);
                let (a, b) = if undirected && target < source { (target, source) } else { (source, target) };
                let speaker = claim.speaker.and_then(|s| knowledge.entity(&article.article.id, s)).map(Entity::label);
                edges
                    .entry((a, b, claim.predicate.clone()))
                    .or_insert_with(|| Edge::new(&claim.predicate, !undirected))
                    .add(claim, &article.article.doc, speaker);
            }
        }
        count_mentions(&mut nodes, knowledge);
        nodes.sort_keys();
        let mut graph = Graph::with_capacity(nodes.len(), edges.len());
        let index: BTreeMap<usize, NodeIndex> = nodes.into_iter().map(|(i, n)| (i, graph.add_node(n))).collect();
        for ((a, b, _), edge) in edges {
            graph.add_edge(index[&a], index[&b], edge);
        }
        let ranks = page_rank(&graph);
        for (node, rank) in graph.node_weights_mut().zip(ranks) {
            node.centrality = rank;
        }
        Self { graph }
    }
}

impl Node {
    fn new(entity: &Entity) -> Self {
        Self {
            iri: format!("{ENTITY}{}", entity.id.0),
            label: entity.label().to_owned(),
            labels: entity.labels.clone(),
            class: entity.class,
            names: entity.names.iter().map(|(_, n)| n.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            same_as: entity.same_as.clone(),
            coordinates: entity.coordinates,
            positions: Vec::new(),
            statements: 0,
            mentions: 0,
            documents: Vec::new(),
            first_date: None,
            last_date: None,
            centrality: 0.0,
        }
    }

    fn extend_dates(&mut self, date: &DateValue) {
        let (first, last) = (date.earliest.to_string(), date.latest.to_string());
        if self.first_date.as_ref().is_none_or(|d| first < *d) {
            self.first_date = Some(first);
        }
        if self.last_date.as_ref().is_none_or(|d| last > *d) {
            self.last_date = Some(last);
        }
    }
}

impl Edge {
    fn new(relation: &str, directed: bool) -> Self {
        Self {
            relation: relation.to_owned(),
            directed,
            claims: 0,
            confidence: 0.0,
            status: Status::Planned,
            dates: Vec::new(),
            documents: Vec::new(),
            speakers: Vec::new(),
            evidence: String::new(),
            rule: String::new(),
        }
    }

    fn add(&mut self, claim: &Claim, doc: &str, speaker: Option<&str>) {
        self.claims += 1;
        self.status = self.status.min(claim.status);
        // Articles come sorted, so ties always go to the same claim.
        if claim.confidence > self.confidence {
            self.confidence = claim.confidence;
            self.evidence.clone_from(&claim.evidence.text);
            self.rule.clone_from(&claim.rule);
        }
        insert_sorted(&mut self.documents, doc.to_owned());
        if let Some(speaker) = speaker {
            insert_sorted(&mut self.speakers, speaker.to_owned());
        }
        if let Some(date) = &claim.date {
            insert_sorted(&mut self.dates, date.clone());
        }
    }
}

fn insert_sorted<T: Ord>(list: &mut Vec<T>, item: T) {
    if let Err(at) = list.binary_search(&item) {
        list.insert(at, item);
    }
}

fn node<'n>(nodes: &'n mut IndexMap<usize, Node>, entities: &[Entity], at: usize) -> &'n mut Node {
    nodes.entry(at).or_insert_with(|| Node::new(&entities[at]))
}

fn note_date(nodes: &mut IndexMap<usize, Node>, entities: &[Entity], at: usize, claim: &Claim) {
    let node = node(nodes, entities, at);
    if let Some(date) = &claim.date {
        node.extend_dates(date);
    }
}

/// What a literal says belongs to its subject's node.
fn note_subject(nodes: &mut IndexMap<usize, Node>, entities: &[Entity], at: usize, claim: &Claim) {
    note_date(nodes, entities, at, claim);
    let node = node(nodes, entities, at);
    match &claim.object {
        Object::Literal(Value::Date(date)) => node.extend_dates(date),
        Object::Literal(Value::Text { text, .. }) if claim.predicate == "position" => {
            insert_sorted(&mut node.positions, text.clone());
        }
        Object::Literal(Value::Text { .. }) => node.statements += 1,
        Object::Entity(_) => {}
    }
}

fn count_mentions(nodes: &mut IndexMap<usize, Node>, knowledge: &Knowledge) {
    for article in &knowledge.articles {
        for (local, entity) in article.entities.iter().enumerate() {
            let key = (article.article.id.clone(), local);
            let Some(node) = knowledge.resolution.assignment.get(&key).and_then(|at| nodes.get_mut(at)) else {
                continue;
            };
            node.mentions += entity.mentions.len();
            insert_sorted(&mut node.documents, article.article.doc.clone());
        }
    }
}

/// PageRank over edges taken both ways: being met counts as much as meeting. Petgraph's own costs a pass over all
/// pairs for each step; this one costs a pass over the edges.
fn page_rank(graph: &Graph<Node, Edge>) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    let n = graph.node_count();
    let count = |x: usize| f64::from(u32::try_from(x).unwrap_or(u32::MAX));
    let mut degree = vec![0.0; n];
    let links: Vec<(usize, usize, f64)> = graph
        .edge_indices()
        .filter_map(|e| graph.edge_endpoints(e).map(|(a, b)| (a.index(), b.index(), count(graph[e].claims))))
        .collect();
    for &(a, b, w) in &links {
        degree[a] += w;
        degree[b] += w;
    }
    let mut rank = vec![1.0 / count(n.max(1)); n];
    for _ in 0..50 {
        let dangling: f64 = (0..n).filter(|&i| degree[i] == 0.0).map(|i| rank[i]).sum();
        let mut next = vec![(1.0 - DAMPING + DAMPING * dangling) / count(n.max(1)); n];
        for &(a, b, w) in &links {
            next[b] += DAMPING * rank[a] * w / degree[a];
            next[a] += DAMPING * rank[b] * w / degree[b];
        }
        rank = next;
    }
    rank
}
