//! `kurultai sample`: claims of a store, drawn at random, for a person to mark.

use super::Outcome;
use crate::{cli::Sample, evaluate::marks, store::Snapshot};

pub(super) fn run(args: &Sample) -> anyhow::Result<Outcome> {
    let knowledge = Snapshot::open(&args.location)?.knowledge()?;
    let wanted = |option: &Option<String>, value: &str| option.as_deref().is_none_or(|o| o == value);
    let keep = |m: &marks::Mark| wanted(&args.relation, &m.predicate) && wanted(&args.language, &m.language);
    let drawn = marks::sample(&knowledge.articles, args.count, args.seed, keep);
    if drawn.is_empty() {
        anyhow::bail!("the store has no such claim\nhint: ask for another relation or language, or none");
    }
    marks::write(&drawn, std::io::stdout().lock())?;
    Ok(Outcome::Done)
}
