//! `kurultai build`: articles to a store and to files for other tools. The main job.

use super::{Outcome, export, pipeline::Pipeline};
use crate::{
    cli::{Build, Global},
    ingest::ArticleId,
    resolve::resolve,
    store::{Knowledge, Run, Store},
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;

pub(super) fn run(args: &Build, global: &Global) -> anyhow::Result<Outcome> {
    // Both folders first: nobody wants to hear after an hour that the result cannot be written.
    let mut store = Store::open(&args.location)?;
    export::prepare(&args.output)?;
    let pipeline = Pipeline::load(global)?;
    let run = Run {
        program: concat!("kurultai ", env!("CARGO_PKG_VERSION")).to_owned(),
        model: pipeline.analyzer.model_id().to_string(),
        ontology: pipeline.ontology.version.clone(),
    };
    let progress = progress(global);
    let mut analysed = Vec::new();
    let mut unchanged: BTreeSet<ArticleId> = BTreeSet::new();
    let outcome = pipeline.run(
        &args.paths,
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
    let decisions = store.decisions()?;
    let articles = store.take_articles();
    let resolution = resolve(&articles, &pipeline.ontology, &decisions);
    let knowledge = Knowledge { articles, resolution, run };
    for decision in &knowledge.resolution.idle_decisions {
        eprintln!("kurultai: decisions.csv: the row \"{decision}\" matches nothing any more");
    }
    let saved = store.save(&knowledge, &pipeline.ontology.schema)?;
    let summary = export::write(&knowledge.accepted(&decisions), &pipeline.ontology.schema, &args.output)?;
    progress.finish_and_clear();
    if global.json {
        println!("{}", serde_json::to_string(&summary)?);
    } else if !global.quiet {
        let change = if saved.changed { "" } else { "; the store has not changed" };
        println!("Read {} articles: {new} analysed, {known} known already{change}.", new + known);
        export::describe(&summary, &saved.manifest, &args.location, &args.output);
    }
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
