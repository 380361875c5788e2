//! `report.md`: what was found, for people who look before they read.

use super::Picture;
use crate::{
    extract::{Class, Object, Status, Value},
    store::Knowledge,
};
use petgraph::visit::EdgeRef;
use std::{
    collections::BTreeMap,
    fmt::{self, Write},
};

/// The figures of a build: for the summary on the terminal, `--json`, and the head of the report.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Articles by language tag.
    pub articles: BTreeMap<&'static str, usize>,
    /// All claims.
    pub claims: usize,
    /// Claims by status.
    pub by_status: BTreeMap<&'static str, usize>,
    /// Claims by relation.
    pub by_relation: BTreeMap<String, usize>,
    /// Entities by class.
    pub entities: BTreeMap<&'static str, usize>,
    /// Nodes of the network files.
    pub nodes: usize,
    /// Edges of the network files.
    pub edges: usize,
}

impl Summary {
    /// Counts.
    #[must_use]
    pub fn new(knowledge: &Knowledge, picture: &Picture<'_>) -> Self {
        let mut s = Self {
            nodes: picture.network.graph.node_count(),
            edges: picture.network.graph.edge_count(),
            ..Self::default()
        };
        for article in &knowledge.articles {
            *s.articles.entry(article.article.language.tag()).or_default() += 1;
            for claim in &article.claims {
                s.claims += 1;
                *s.by_status.entry(claim.status.name()).or_default() += 1;
                *s.by_relation.entry(claim.predicate.clone()).or_default() += 1;
            }
        }
        for entity in &knowledge.resolution.entities {
            *s.entities.entry(entity.class.name()).or_default() += 1;
        }
        s
    }
}

/// How many rows a table of the report shows.
const TOP: usize = 15;

/// A Markdown table cell: pipes and line breaks would end it.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn shorten(text: &str, most: usize) -> String {
    let text = cell(text);
    if text.chars().count() <= most {
        return text;
    }
    let mut cut: String = text.chars().take(most - 1).collect();
    cut.push('…');
    cut
}

/// Writes the report.
///
/// # Errors
/// Never in practice: memory is written.
pub fn write(knowledge: &Knowledge, picture: &Picture<'_>) -> Result<String, fmt::Error> {
    let s = Summary::new(knowledge, picture);
    let mut out = String::new();
    writeln!(out, "# What was found\n")?;
    let articles: usize = s.articles.values().sum();
    let languages: Vec<String> = s.articles.iter().map(|(l, n)| format!("{l} {n}")).collect();
    writeln!(
        out,
        "{articles} articles ({}) gave {} claims about {} entities;",
        languages.join(", "),
        s.claims,
        knowledge.resolution.entities.len()
    )?;
    writeln!(out, "the network has {} nodes and {} edges.\n", s.nodes, s.edges)?;
    counts(&mut out, "Status", &s.by_status)?;
    counts(&mut out, "Entities", &s.entities)?;
    relations(&mut out, picture, &s)?;
    actors(&mut out, picture)?;
    events(&mut out, picture)?;
    meetings(&mut out, picture)?;
    disputed(&mut out, knowledge)?;
    writeln!(out, "## Where to look next\n")?;
    writeln!(out, "- `graph.ttl`, `graph.nq`: load into any RDF tool, or `kurultai query` for ready questions.")?;
    writeln!(out, "- `graph.graphml`, `graph.gexf` (with time): Gephi. `graph.yed.graphml`: yEd.")?;
    writeln!(
        out,
        "- `claims.csv`: one row a claim with its sentence. `kurultai explain NAME`: the same for one actor."
    )?;
    Ok(out)
}

fn counts<K: fmt::Display>(out: &mut String, title: &str, counts: &BTreeMap<K, usize>) -> fmt::Result {
    writeln!(out, "| {title} | count |\n|---|---:|")?;
    for (key, n) in counts {
        writeln!(out, "| {key} | {n} |")?;
    }
    writeln!(out)
}

fn relations(out: &mut String, picture: &Picture<'_>, s: &Summary) -> fmt::Result {
    writeln!(out, "## Relations\n\n| relation | label | claims |\n|---|---|---:|")?;
    let mut rows: Vec<_> = s.by_relation.iter().collect();
    rows.sort_by_key(|(name, n)| (std::cmp::Reverse(**n), name.as_str()));
    for (name, n) in rows {
        writeln!(out, "| `{name}` | {} | {n} |", cell(&picture.relation(name)))?;
    }
    writeln!(out)
}

fn actors(out: &mut String, picture: &Picture<'_>) -> fmt::Result {
    writeln!(
        out,
        "## Most central actors\n\n| actor | class | offices | links | mentions | articles |\n|---|---|---|---:|---:|---:|"
    )?;
    let graph = &picture.network.graph;
    let mut rows: Vec<_> = graph.node_indices().filter(|&i| graph[i].class.is_agent()).collect();
    rows.sort_by(|&a, &b| {
        graph[b].centrality.total_cmp(&graph[a].centrality).then_with(|| graph[a].iri.cmp(&graph[b].iri))
    });
    for i in rows.into_iter().take(TOP) {
        let n = &graph[i];
        let links =
            graph.edges_directed(i, petgraph::Outgoing).count() + graph.edges_directed(i, petgraph::Incoming).count();
        let offices = shorten(&n.positions.join("; "), 70);
        writeln!(
            out,
            "| {} | {} | {offices} | {links} | {} | {} |",
            cell(&n.label),
            n.class.name(),
            n.mentions,
            n.documents.len()
        )?;
    }
    writeln!(out)
}

/// Events, not reports: what several articles tell is one row with all its sources.
fn events(out: &mut String, picture: &Picture<'_>) -> fmt::Result {
    let graph = &picture.network.graph;
    let mut rows: Vec<_> = graph.node_weights().filter(|n| n.class == Class::Event).collect();
    let several = rows.iter().filter(|n| n.documents.len() > 1).count();
    if several == 0 {
        return Ok(());
    }
    rows.sort_by_key(|n| (std::cmp::Reverse(n.documents.len()), &n.iri));
    writeln!(out, "## Events told by several articles\n")?;
    writeln!(out, "{} events, {several} of them told by several articles.\n", rows.len())?;
    writeln!(out, "| event | when | articles | sources |\n|---|---|---:|---|")?;
    for n in rows.into_iter().filter(|n| n.documents.len() > 1).take(TOP) {
        let labels: Vec<&str> = n.labels.values().map(String::as_str).collect();
        let when = match (&n.first_date, &n.last_date) {
            (Some(first), Some(last)) if first != last => format!("{first} – {last}"),
            (first, _) => first.clone().unwrap_or_default(),
        };
        let sources = shorten(&n.documents.join(", "), 100);
        writeln!(out, "| {} | {when} | {} | {sources} |", cell(&labels.join(" / ")), n.documents.len())?;
    }
    writeln!(out)
}

fn meetings(out: &mut String, picture: &Picture<'_>) -> fmt::Result {
    let graph = &picture.network.graph;
    let rows: Vec<_> = graph.edge_references().filter(|e| e.weight().relation == "metWith").collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(out, "## Who met whom\n\n| | | when | sentence |\n|---|---|---|---|")?;
    for e in rows.into_iter().take(TOP) {
        let when = e.weight().dates.first().map(crate::extract::DateValue::lexical).unwrap_or_default();
        let (a, b) = (cell(&graph[e.source()].label), cell(&graph[e.target()].label));
        writeln!(out, "| {a} | {b} | {when} | {} |", shorten(&e.weight().evidence, 160))?;
    }
    writeln!(out)
}

/// Denials and possibilities make no edge, so the report is where they are seen first.
fn disputed(out: &mut String, knowledge: &Knowledge) -> fmt::Result {
    let mut rows = Vec::new();
    for article in &knowledge.articles {
        let label = |local| knowledge.entity(&article.article.id, local).map_or("", |e| e.label());
        for claim in article.claims.iter().filter(|c| matches!(c.status, Status::Denied | Status::Hypothetical)) {
            let object = match &claim.object {
                Object::Entity(local) => label(*local).to_owned(),
                Object::Literal(Value::Text { text, .. }) => text.clone(),
                Object::Literal(Value::Date(date)) => date.lexical(),
            };
            rows.push(format!(
                "| {} | `{}` | {} | {} | {} |",
                cell(label(claim.subject)),
                claim.predicate,
                shorten(&object, 60),
                claim.status.name(),
                shorten(&claim.evidence.text, 140)
            ));
        }
    }
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(
        out,
        "## Denied or hypothetical (no facts)\n\n| who | relation | what | status | sentence |\n|---|---|---|---|---|"
    )?;
    for row in rows.iter().take(TOP) {
        writeln!(out, "{row}")?;
    }
    if rows.len() > TOP {
        writeln!(out, "\n… and {} more in `claims.csv`.", rows.len() - TOP)?;
    }
    writeln!(out)
}

/// For the summary line: `3 Person, 2 Country`.
#[must_use]
pub fn listed(counts: &BTreeMap<&'static str, usize>) -> String {
    counts.iter().map(|(k, n)| format!("{n} {k}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::Language;

    #[test]
    fn cells_stay_on_one_line() {
        assert_eq!(cell("a |\n b"), "a \\| b");
        assert_eq!(shorten("абвгд", 4), "абв…");
        assert_eq!(listed(&BTreeMap::from([(Class::Person.name(), 2), (Language::En.tag(), 1)])), "2 Person, 1 en");
    }
}
