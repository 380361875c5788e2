//! `kurultai merge`: the articles and decisions of several stores in one, as if one build had read them all.

use super::{
    Outcome, export,
    settle::{PROGRAM, settle},
};
use crate::{
    cli::{Global, Merge},
    ontology::{Ontology, Source},
    store::{Run, Snapshot, Store},
};

pub(super) fn run(args: &Merge, global: &Global) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&args.location)?;
    args.output.as_deref().map(export::prepare).transpose()?;
    let ontology = Ontology::load(&global.ontology.clone().map_or(Source::Builtin, Source::Folder))?;
    let others = args.stores.iter().map(|path| Snapshot::open(path)).collect::<Result<Vec<_>, _>>()?;
    // Of several models the last by name: the same whatever the order of the stores.
    let models = others.iter().map(|s| s.manifest().run.model.clone()).chain(store.run()?.map(|run| run.model));
    let run = Run {
        program: PROGRAM.to_owned(),
        model: models.max().unwrap_or_default(),
        ontology: ontology.version.clone(),
    };
    for other in &others {
        store.absorb(other, &run)?;
        store.decide(&other.decisions()?.rows)?;
    }
    let settled = settle(&mut store, &ontology, run, args.output.as_deref())?;
    settled.describe(&format!("Merged {} stores", others.len()), global, &args.location, args.output.as_deref())?;
    Ok(Outcome::Done)
}
