//! `kurultai export`: a store's graph as files for other tools; and what `build` shares with it.

use super::Outcome;
use crate::{
    cli::{Export, Global},
    export::{Picture, files, report::Summary, report::listed, turtle},
    ontology::{Schema, Source},
    store::{Knowledge, Manifest, Snapshot, nquads, rdf},
};
use anyhow::Context;
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

pub(super) fn run(args: &Export, global: &Global) -> anyhow::Result<Outcome> {
    let schema = Schema::load(&global.ontology.clone().map_or(Source::Builtin, Source::Folder))?;
    let snapshot = Snapshot::open(&args.location)?;
    prepare(&args.output)?;
    let summary = write(&snapshot.knowledge()?, &schema, &args.output)?;
    if global.json {
        println!("{}", serde_json::to_string(&summary)?);
    } else if !global.quiet {
        describe(&summary, snapshot.manifest(), &args.location, &args.output);
    }
    Ok(Outcome::Done)
}

/// Makes the folder and sees that it can be written.
pub(super) fn prepare(folder: &Path) -> anyhow::Result<()> {
    let hint = || format!("cannot write to {}\nhint: choose another folder with --output", folder.display());
    fs::create_dir_all(folder).with_context(hint)?;
    let probe = folder.join(".kurultai.new");
    File::create(&probe).with_context(hint)?;
    fs::remove_file(&probe).with_context(hint)
}

/// Writes every file of the export, each replaced as a whole.
pub(super) fn write(knowledge: &Knowledge, schema: &Schema, folder: &Path) -> anyhow::Result<Summary> {
    let picture = Picture::new(knowledge, schema);
    let quads = rdf::quads(knowledge, schema);
    let (mut ttl, mut nq) = (Vec::new(), Vec::new());
    turtle::write(&quads, &mut ttl)?;
    nquads::write(&quads, &mut nq)?;
    let rdf_files = [("graph.ttl", ttl), ("graph.nq", nq)];
    for (name, bytes) in rdf_files.into_iter().chain(files(knowledge, &picture)?) {
        replace(folder, name, &bytes).with_context(|| {
            format!(
                "cannot write {}\nhint: make room, or choose another folder with --output",
                folder.join(name).display()
            )
        })?;
    }
    Ok(Summary::new(knowledge, &picture))
}

/// A reader of the old file never sees half of the new one.
fn replace(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    let (beside, place) = (folder.join(format!("{name}.new")), folder.join(name));
    let written =
        File::create(&beside).and_then(|mut file| file.write_all(bytes)).and_then(|()| fs::rename(&beside, &place));
    if written.is_err() {
        // Best effort: the error that is being reported matters more.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// What was found, and what to do next.
pub(super) fn describe(summary: &Summary, manifest: &Manifest, location: &Path, output: &Path) {
    let articles: usize = summary.articles.values().sum();
    let entities: usize = summary.entities.values().sum();
    println!("Articles  {articles} ({})", listed(&summary.articles));
    println!("Claims    {} ({})", summary.claims, listed(&summary.by_status));
    println!("Entities  {entities} ({})", listed(&summary.entities));
    println!("Network   {} nodes, {} edges", summary.nodes, summary.edges);
    println!("Graph     {} quads in {}", manifest.quads, location.display());
    println!();
    println!("Next:");
    let at = if location == Path::new("kurultai-store") {
        String::new()
    } else {
        format!(" --location {}", location.display())
    };
    println!("  read {}", output.join("report.md").display());
    println!(
        "  open {} in Gephi, {} in yEd",
        output.join("graph.gexf").display(),
        output.join("graph.yed.graphml").display()
    );
    println!("  kurultai query{at}                 the ready questions");
    println!("  kurultai explain NAME{at}          every claim about an actor, with its sentence");
}
