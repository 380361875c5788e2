//! How long a store's graph takes to load, and a ready question to be answered over it.
//!
//! `cargo bench --bench load [QUADS]`; a million quads by default. It prints seconds, so it is no test.

use kurultai::{
    query::{self, ready},
    store::{Graph, vocab},
};
use std::{fmt::Write as _, time::Instant};

/// N-Quads of the shape that a store has: entities, claims with evidence, facts with and without a graph.
fn nquads(quads: usize) -> String {
    let (kur, rdf) = (kurultai::ontology::schema::NAMESPACE, "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    let (schema, xsd) = ("https://schema.org/", "http://www.w3.org/2001/XMLSchema#");
    let mut text = String::new();
    let mut i = 0;
    let mut count = 0;
    while count < quads {
        let (claim, a, b) = (format!("<{}{i}>", vocab::CLAIM), i % 5000, (i * 7 + 1) % 5000);
        let (subject, object) = (format!("<{}{a}>", vocab::ENTITY), format!("<{}{b}>", vocab::ENTITY));
        let article = format!("<{}{}>", vocab::ARTICLE, i / 20);
        let evidence = format!("<{}{}#char={i},{}>", vocab::ARTICLE, i / 20, i + 90);
        let lines = [
            format!("{subject} <{rdf}type> <{kur}Person> ."),
            format!("{subject} <{schema}name> \"Person number {a}\" ."),
            format!("{article} <{schema}identifier> \"article-{}\" .", i / 20),
            format!("{subject} <{kur}metWith> {object} ."),
            format!("{subject} <{kur}metWith> {object} {article} ."),
            format!("{claim} <{rdf}type> <{kur}Claim> ."),
            format!("{claim} <{kur}subject> {subject} ."),
            format!("{claim} <{kur}predicate> <{kur}metWith> ."),
            format!("{claim} <{kur}object> {object} ."),
            format!("{claim} <{kur}status> <{kur}asserted> ."),
            format!("{claim} <{kur}confidence> \"0.9\"^^<{xsd}decimal> ."),
            format!("{claim} <{kur}rule> \"metWith/en/meet.VERB\" ."),
            format!("{claim} <{kur}article> {article} ."),
            format!("{claim} <{kur}evidence> {evidence} ."),
            format!("{evidence} <{kur}begin> \"{i}\"^^<{xsd}integer> ."),
            format!("{evidence} <{kur}end> \"{}\"^^<{xsd}integer> .", i + 90),
            format!("{evidence} <{kur}text> \"Minister {a} met minister {b} on day {i} and spoke of the river.\" ."),
        ];
        count += lines.len();
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
        i += 1;
    }
    text
}

#[allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops when it cannot go on")]
fn main() {
    let asked = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(1_000_000);
    let text = nquads(asked);
    let start = Instant::now();
    let graph = Graph::from_nquads(text.as_bytes()).unwrap();
    let loaded = start.elapsed().as_secs_f64();
    println!(
        "load    {asked} quads ({} MB of N-Quads, {} different): {loaded:.1} s",
        text.len() / 1_000_000,
        graph.len().unwrap()
    );
    for name in ["who-met-whom", "most-central-actors"] {
        let question = ready::named(name).unwrap();
        let start = Instant::now();
        let query::Answer::Rows { rows, .. } = query::ask(&graph, question.sparql).unwrap() else { return };
        println!("answer  {name}: {} rows, {:.1} s", rows.len(), start.elapsed().as_secs_f64());
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        println!("memory  {}", status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or("unknown"));
    }
}
