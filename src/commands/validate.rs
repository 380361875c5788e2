//! `kurultai validate`: the ontology folder, and the store's claims and graph. Exit code 1 if anything is wrong.

use super::Outcome;
use crate::{
    cli,
    ontology::{Ontology, Source, schema},
    store::{Shapes, Snapshot, StoreError, integrity},
};
use std::io::Write;

/// Most lines to print of one kind.
const MOST: usize = 20;

/// Runs the verb: every mistake on standard output, one a line; the sum on standard error.
///
/// # Errors
/// If the system refuses to read a file.
pub fn run(args: &cli::Validate, global: &cli::Global) -> anyhow::Result<Outcome> {
    let source = global.ontology.clone().map_or(Source::Builtin, Source::Folder);
    let mut out = std::io::stdout().lock();
    let say = |line: String| {
        if !global.quiet {
            eprintln!("{line}");
        }
    };
    let loaded = Ontology::load(&source).and_then(|ontology| {
        schema::check_syntax(&source, "alignments.ttl")?;
        Ok((ontology.schema, Shapes::load(&source)?))
    });
    let (schema, shapes) = match loaded {
        Ok(loaded) => loaded,
        Err(mistake) => {
            writeln!(out, "{mistake}")?;
            say("the ontology has a mistake; the store was not checked".to_owned());
            return Ok(Outcome::CheckFailed);
        }
    };
    say(format!("ontology: {} relations, {} shapes, no mistake", schema.relations().count(), shapes.names().len()));

    let snapshot = match Snapshot::open(&args.location) {
        Err(StoreError::Missing { location }) => {
            say(format!("no store in {}: only the ontology was checked", location.display()));
            return Ok(Outcome::Done);
        }
        other => other?.with_graph(|| Ok(schema.clone()))?,
    };
    let checked = snapshot.knowledge().and_then(|knowledge| {
        let graph = snapshot.graph()?;
        let violations = shapes.check(&graph)?.iter().map(ToString::to_string).collect();
        Ok([integrity::claims(&knowledge, &schema), integrity::graph(&graph, &knowledge, &schema)?, violations])
    });
    let kinds = match checked {
        Ok(kinds) => kinds,
        Err(damage @ (StoreError::Damaged { .. } | StoreError::Line { .. } | StoreError::Load(_))) => {
            writeln!(out, "{damage}")?;
            return Ok(Outcome::CheckFailed);
        }
        Err(other) => return Err(other.into()),
    };
    let mut count = 0;
    for lines in kinds {
        count += lines.len();
        for line in lines.iter().take(MOST) {
            writeln!(out, "{line}")?;
        }
        if lines.len() > MOST {
            writeln!(out, "… and {} more", lines.len() - MOST)?;
        }
    }
    let manifest = snapshot.manifest();
    say(format!(
        "store: {} articles, {} claims, {} entities, {} quads, {count} mistakes",
        manifest.articles, manifest.claims, manifest.entities, manifest.quads
    ));
    Ok(if count == 0 { Outcome::Done } else { Outcome::CheckFailed })
}
