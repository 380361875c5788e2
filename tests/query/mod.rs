//! The ready questions, each with its rows over the small world, and the verbs that ask.
//!
//! The expected rows stand in `snapshots/`; `INSTA_UPDATE=always cargo test --release query` writes them again, to be reviewed.

mod cli;
mod samples;

use crate::knowledge::{knowledge, schema};
use kurultai::{
    query::{Answer, Directory, ask, parameters, ready, table},
    store::{Graph, rdf},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

fn graph() -> Graph {
    Graph::from_quads(rdf::quads(&knowledge(), &schema())).unwrap()
}

pub fn csv(graph: &Graph, sparql: &str) -> String {
    let mut out = Vec::new();
    table::write(&ask(graph, sparql).unwrap(), table::Format::Csv, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace("\r\n", "\n")
}

fn filled(graph: &Graph, sparql: &str, values: &[(&str, &str)]) -> String {
    let values: BTreeMap<_, _> = values.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    parameters::fill(sparql, &values, &Directory::of_graph(graph).unwrap()).unwrap()
}

#[test]
fn every_file_of_the_folder_is_a_ready_question_with_a_whole_header() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries");
    let files: BTreeSet<_> = fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".rq"))
        .collect();
    let questions = ready::all();
    assert_eq!(questions.iter().map(|q| q.file.clone()).collect::<BTreeSet<_>>(), files);
    assert!(questions.len() >= 12);
    for q in &questions {
        assert!(!q.summary.is_empty() && q.description.ends_with('.') && !q.tags.is_empty(), "{}", q.file);
        assert!(!q.sparql.contains("GRAPH"), "{}: the default graph alone", q.file);
        assert!(q.sparql.contains("ORDER BY") && !q.sparql.contains("SELECT *"), "{}", q.file);
        assert_eq!(ready::named(q.name).unwrap().file, q.file);
    }
    assert_eq!(ready::named("04").unwrap().name, "timeline-of-an-actor");
    assert!(ready::named("nonsense").is_none());
}

#[test]
fn every_ready_question_gives_its_rows() {
    let graph = graph();
    let reversed = {
        let mut quads = rdf::quads(&knowledge(), &schema());
        quads.reverse();
        Graph::from_quads(quads).unwrap()
    };
    for q in ready::all() {
        let rows = csv(&graph, q.sparql);
        assert_eq!(csv(&reversed, q.sparql), rows, "{}: the order of rows is whole", q.file);
        assert!(rows.lines().count() > 1, "{} answers nothing", q.file);
        insta::assert_snapshot!(q.name, rows);
    }
}

#[test]
fn every_parameter_of_every_question_can_be_given() {
    let graph = graph();
    for q in ready::all() {
        for p in &q.parameters {
            let value = match p.kind {
                parameters::Kind::Iri => "Ordania",
                parameters::Kind::Date => "2025-06-01",
                parameters::Kind::Integer => "3",
                parameters::Kind::Tagged(_) | parameters::Kind::Text => "dam",
            };
            let sparql = filled(&graph, q.sparql, &[(&p.name, value)]);
            let Answer::Rows { rows, .. } = ask(&graph, &sparql).unwrap() else { panic!("{}", q.file) };
            let Answer::Rows { rows: all, .. } = ask(&graph, q.sparql).unwrap() else { panic!("{}", q.file) };
            // Who met whom shows each pair once without an actor, so only there can one actor have as many rows.
            assert!(rows.len() <= all.len(), "{} {}: {} of {}", q.file, p.name, rows.len(), all.len());
        }
    }
}

#[test]
fn parameters_choose() {
    let graph = graph();
    let rows = |name: &str, values: &[(&str, &str)]| {
        let sparql = filled(&graph, ready::named(name).unwrap().sparql, values);
        csv(&graph, &sparql).lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    for actor in ["Brandt", "Йорен Брандт", "joren brandt", "entity:brandt"] {
        let met = rows("who-met-whom", &[("actor", actor)]);
        assert_eq!(met.len(), 2, "{actor}");
        assert!(met.iter().all(|row| row.starts_with("Joren Brandt,Aigul Seitova,")), "the one asked for comes first");
    }
    assert_eq!(rows("who-met-whom", &[("actor", "Ines Marlow")]), [""; 0]);
    let june = rows("timeline-of-an-actor", &[("actor", "Vestland"), ("from", "2025-06-01"), ("to", "2025-06-30")]);
    assert_eq!(june.len(), 3, "planned for June, done in June, and cooperation: {june:?}");
    assert_eq!(rows("who-said-what-about", &[("about", "water")]).len(), 1);
    assert_eq!(rows("who-said-what-about", &[("about", "САНКЦИИ")]).len(), 1, "case does not matter");
    let articles = [("subject", "Vestland"), ("relation", "rejected"), ("object", "sharing of water")];
    let support = rows("which-articles-support", &articles);
    assert!(support.len() == 1 && support[0].contains(",denied,Joren Brandt,"), "{support:?}");
    assert_eq!(rows("conflict", &[("actor", "River Council")]).len(), 2, "on either side");
    assert_eq!(rows("offices", &[("person", "Peter Marlow")]), ["Peter Marlow,,headOf,River Council"]);
}

#[test]
fn names_are_looked_up_and_doubts_are_said() {
    let directory = Directory::of_graph(&graph()).unwrap();
    let named = |name: &str| directory.find(name).map(|e| e.name.clone()).map_err(|e| e.to_string());
    assert_eq!(named("council").unwrap(), "River Council");
    assert_eq!(named("Порт-Амар").unwrap(), "Port Amar");
    assert_eq!(named("port amar").unwrap(), "Port Amar", "the place, not the talks there");
    insta::assert_snapshot!(named("Marlow").unwrap_err(), @"`Marlow` may be any of: Ines Marlow (Person, entity:marlow), Peter Marlow (Person, entity:marlow2); give the full name or the IRI");
    insta::assert_snapshot!(named("Atlantis").unwrap_err(), @"nothing is called `Atlantis`");
    let known = Directory::of_knowledge(&knowledge());
    assert_eq!(known.find("Сеитова").unwrap().iri, directory.find("Seitova").unwrap().iri);
}

#[test]
fn the_readme_table_is_the_headers() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("queries/README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let (text, table) = readme.split_once("<!-- table -->\n\n").unwrap_or((readme.as_str(), ""));
    if std::env::var_os("KURULTAI_UPDATE").is_some() {
        let text = text.trim_end_matches("<!-- table -->\n");
        fs::write(&path, format!("{text}<!-- table -->\n\n{}", ready::readme_table())).unwrap();
    } else {
        assert_eq!(table, ready::readme_table(), "write it again with KURULTAI_UPDATE=1");
    }
}
