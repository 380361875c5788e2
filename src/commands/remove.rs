//! `kurultai remove`: the store as if it had never had an article.

use super::{
    Outcome, export,
    settle::{run_of, settle},
};
use crate::{
    cli::{Global, Remove},
    ontology::{Ontology, Source},
    store::Store,
};
use anyhow::bail;

pub(super) fn run(args: &Remove, global: &Global) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(&args.location)?;
    args.output.as_deref().map(export::prepare).transpose()?;
    let ontology = Ontology::load(&global.ontology.clone().map_or(Source::Builtin, Source::Folder))?;
    let run = run_of(&store, &ontology)?;
    let mut gone = 0;
    for article in &args.articles {
        let count = store.remove(article);
        if count == 0 {
            let near = |name: &str| strsim::jaro_winkler(name, article);
            let nearest = store.articles().max_by(|a, b| near(&a.doc).total_cmp(&near(&b.doc)));
            let hint = nearest.map_or_else(String::new, |a| format!("\nhint: did you mean `{}`?", a.doc));
            bail!("the store has no article `{article}`; nothing was removed{hint}");
        }
        gone += count;
    }
    let settled = settle(&mut store, &ontology, run, args.output.as_deref())?;
    settled.describe(&format!("Removed {gone} articles"), global, &args.location, args.output.as_deref())?;
    Ok(Outcome::Done)
}
