//! `kurultai query`: a ready question, a file or any SPARQL over the store.

use super::Outcome;
use crate::{
    cli::{self, TableFormat},
    ontology::{Schema, Source},
    query::{self, Answer, Directory, parameters, ready, table},
    store::Snapshot,
};
use anyhow::{Context, bail};
use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

/// Runs the verb.
///
/// # Errors
/// If there is no such question or store, or a parameter does not fit.
pub fn run(args: &cli::Query, global: &cli::Global) -> anyhow::Result<Outcome> {
    let Some(asked) = &args.query else {
        list(io::stdout().lock())?;
        return Ok(Outcome::Done);
    };
    let sparql = sparql(asked)?;
    let mut values = BTreeMap::new();
    for parameter in &args.params {
        let (name, value) = parameter
            .split_once('=')
            .with_context(|| format!("--param {parameter}: expected NAME=VALUE, such as actor=Tokayev"))?;
        if values.insert(name.to_owned(), value.to_owned()).is_some() {
            bail!("--param {name} is given twice");
        }
    }
    let schema = || Schema::load(&global.ontology.clone().map_or(Source::Builtin, Source::Folder));
    let graph = Snapshot::open(&args.location)?.with_graph(schema)?.graph()?;
    let directory = if values.is_empty() { Directory::default() } else { Directory::of_graph(&graph)? };
    let answer = query::ask(&graph, &parameters::fill(&sparql, &values, &directory)?)?;
    let format = match args.format {
        TableFormat::Table => table::Format::Table,
        TableFormat::Csv => table::Format::Csv,
        TableFormat::Tsv => table::Format::Tsv,
        TableFormat::Json => table::Format::Json,
    };
    let mut out = io::BufWriter::new(io::stdout().lock());
    table::write(&answer, format, &mut out)?;
    out.flush()?;
    Ok(if answer == Answer::Truth(false) { Outcome::CheckFailed } else { Outcome::Done })
}

/// The text of a question: by name, from a file, or given as it is.
fn sparql(asked: &str) -> anyhow::Result<String> {
    if let Some(question) = ready::named(asked) {
        return Ok(question.sparql.to_owned());
    }
    let is_text = asked.contains('{');
    let path = Path::new(asked);
    if !is_text && (path.extension().is_some_and(|e| e == "rq" || e == "sparql") || path.is_file()) {
        return std::fs::read_to_string(path).with_context(|| format!("reading {asked}"));
    }
    if is_text {
        return Ok(asked.to_owned());
    }
    let nearest = ready::all()
        .into_iter()
        .max_by(|a, b| strsim::jaro_winkler(a.name, asked).total_cmp(&strsim::jaro_winkler(b.name, asked)));
    let nearest = nearest.map_or("", |q| q.name);
    bail!("there is no question `{asked}`\nhint: did you mean `{nearest}`? `kurultai query` lists all")
}

fn list(mut out: impl Write) -> io::Result<()> {
    let questions = ready::all();
    let width = questions.iter().map(|q| q.name.len()).max().unwrap_or(0);
    for q in &questions {
        writeln!(out, "{:width$}  {}", q.name, q.summary)?;
        for parameter in &q.parameters {
            writeln!(out, "{:width$}    --param {}=…  {}", "", parameter.name, parameter.kind.expects())?;
        }
    }
    Ok(())
}
