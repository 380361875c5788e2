//! `kurultai build` and `kurultai add`: articles to a store and to files for other tools. The main job.

use super::{
    Outcome, export,
    pipeline::Pipeline,
    settle::{PROGRAM, settle},
};
use crate::{
    cli::{Add, Build, Global},
    ingest::ArticleId,
    store::{Run, Store},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

pub(super) fn run(args: &Build, global: &Global) -> anyhow::Result<Outcome> {
    read(Store::open(&args.location)?, &args.paths, &args.location, Some(&args.output), global)
}

pub(super) fn add(args: &Add, global: &Global) -> anyhow::Result<Outcome> {
    read(Store::open_existing(&args.location)?, &args.paths, &args.location, args.output.as_deref(), global)
}

fn read(
    mut store: Store,
    paths: &[PathBuf],
    location: &Path,
    output: Option<&Path>,
    global: &Global,
) -> anyhow::Result<Outcome> {
    // Both folders first: nobody wants to hear after an hour that the result cannot be written.
    output.map(export::prepare).transpose()?;
    let pipeline = Pipeline::load(global)?;
    let run = Run {
        program: PROGRAM.to_owned(),
        model: pipeline.analyzer.model_id().to_string(),
        ontology: pipeline.ontology.version.clone(),
    };
    let progress = progress(global);
    let mut analysed = Vec::new();
    let mut unchanged: BTreeSet<ArticleId> = BTreeSet::new();
    let outcome = pipeline.run(
        paths,
        |article| {
            let known = store.cached(&article.id, &run).is_some();
            if known {
                unchanged.insert(article.id.clone());
                progress.inc(1);
            }
            known
        },
        |_, claims| {
            progress.inc(1);
            analysed.push(claims);
            Ok(())
        },
    )?;
    progress.set_message("resolving and writing");
    let (new, known) = (analysed.len(), unchanged.len());
    if new + known == 0 {
        progress.finish_and_clear();
        anyhow::bail!(
            "none of the articles could be read; the store is as it was\nhint: the lines above say what to do about each"
        );
    }
    store.update(&run, analysed, &unchanged);
    let settled = settle(&mut store, &pipeline.ontology, run, output)?;
    progress.finish_and_clear();
    let what = format!("Read {} articles: {new} analysed, {known} known already", new + known);
    settled.describe(&what, global, location, output)?;
    Ok(outcome)
}

/// A bar on standard error, only where somebody watches.
fn progress(global: &Global) -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if global.quiet || global.json {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {per_sec}, {elapsed} {msg}") {
        bar.set_style(style);
    }
    bar
}
