//! What every verb that writes a store ends with: resolve all articles, save, and write exports where they are asked for.

use super::export;
use crate::{
    cli::Global,
    ontology::Ontology,
    resolve::resolve,
    store::{Knowledge, Run, Store},
};
use anyhow::Context;
use std::path::Path;

/// Resolves all that the store holds and saves it. Exports go to `output`, if there is one; without them the graph is left due.
///
/// # Errors
/// If a file cannot be written.
pub(super) fn settle(
    store: &mut Store,
    ontology: &Ontology,
    run: Run,
    output: Option<&Path>,
) -> anyhow::Result<Settled> {
    let decisions = store.decisions()?;
    let articles = store.take_articles();
    let resolution = resolve(&articles, ontology, &decisions);
    let knowledge = Knowledge { articles, resolution, run };
    for decision in &knowledge.resolution.idle_decisions {
        eprintln!("kurultai: decisions.csv: the row \"{decision}\" matches nothing any more");
    }
    let saved = match output {
        Some(_) => store.save(&knowledge, &ontology.schema)?,
        None => store.save_claims(&knowledge)?,
    };
    let summary =
        output.map(|folder| export::write(&knowledge.accepted(&decisions), &ontology.schema, folder)).transpose()?;
    Ok(Settled { saved, summary })
}

/// What [`settle`] did.
pub(super) struct Settled {
    /// The store as it now is.
    pub saved: crate::store::Saved,
    /// Figures of the exports, if there are any.
    pub summary: Option<crate::export::report::Summary>,
}

impl Settled {
    /// Says what the store now holds, and what to do next.
    pub fn describe(&self, what: &str, global: &Global, location: &Path, output: Option<&Path>) -> anyhow::Result<()> {
        let manifest = &self.saved.manifest;
        match (&self.summary, output) {
            (Some(summary), _) if global.json => println!("{}", serde_json::to_string(summary)?),
            (None, _) if global.json => println!("{}", serde_json::to_string(manifest)?),
            _ if global.quiet => {}
            (summary, output) => {
                let change = if self.saved.changed { "" } else { "; the store has not changed" };
                println!("{what}{change}.");
                match (summary, output) {
                    (Some(summary), Some(output)) => export::describe(summary, manifest, location, output),
                    _ => {
                        println!(
                            "Store     {} articles, {} claims, {} entities in {}; the graph is made when it is next asked for",
                            manifest.articles,
                            manifest.claims,
                            manifest.entities,
                            location.display()
                        );
                        println!(
                            "\nNext:\n  kurultai export --location {}   files for other tools",
                            location.display()
                        );
                    }
                }
            }
        }
        Ok(())
    }
}

/// What makes the graph when no article is analysed: this program and ontology, and the model that the store names.
pub(super) fn run_of(store: &Store, ontology: &Ontology) -> anyhow::Result<Run> {
    let former = store.run()?.context("the store says nothing of what made it")?;
    Ok(Run { program: PROGRAM.to_owned(), model: former.model, ontology: ontology.version.clone() })
}

/// This program.
pub(super) const PROGRAM: &str = concat!("kurultai ", env!("CARGO_PKG_VERSION"));
