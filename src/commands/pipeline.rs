//! Reading, analysing and extracting: what `extract` and `build` share.
//!
//! Articles pass in batches, so memory stays level on an endless stream; they come out in the order in which they were
//! read, whatever the number of threads. What cannot be read is named on standard error, and the rest goes on.

use super::Outcome;
use crate::{
    analyze::Analyzer,
    cli::Global,
    extract::{self, ArticleClaims},
    ingest::{self, Article},
    ontology::{Ontology, Source},
};
use anyhow::Context;
use rayon::prelude::*;
use std::path::PathBuf;

/// Articles that are analysed together.
const BATCH: usize = 32;

/// The loaded tables and model.
pub(super) struct Pipeline {
    /// The ontology folder.
    pub ontology: Ontology,
    /// Sentences, words, trees and names.
    pub analyzer: Analyzer,
    threads: rayon::ThreadPool,
}

impl Pipeline {
    /// Loads what the options ask for.
    pub fn load(global: &Global) -> anyhow::Result<Self> {
        let source = global.ontology.clone().map_or(Source::Builtin, Source::Folder);
        let ontology =
            Ontology::load(&source).context("hint: correct it, or leave out --ontology for the built-in one")?;
        let mut analyzer = Analyzer::load(&ontology, global.model.as_deref(), global.threads)
            .context("hint: name another folder with --model, or leave it out for the built-in one")?;
        if let Some(folder) = &global.analyses {
            analyzer = analyzer.with_cache(folder)?;
        }
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(global.threads.unwrap_or(0))
            .build()
            .context("starting the threads")?;
        Ok(Self { ontology, analyzer, threads })
    }

    /// Hands the claims of every article of `paths` to `each`, except of those that `skip` knows already.
    pub fn run(
        &self,
        paths: &[PathBuf],
        skip: impl FnMut(&Article) -> bool,
        mut each: impl FnMut(Article, ArticleClaims) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        in_batches(paths, &self.ontology, skip, |batch| {
            let claims = self.claims(&batch)?;
            batch.into_iter().zip(claims).try_for_each(|(article, claims)| each(article, claims))
        })
    }

    fn claims(&self, batch: &[Article]) -> anyhow::Result<Vec<ArticleClaims>> {
        let analysed = self.analyzer.analyze_all(batch)?;
        let pairs: Vec<_> = batch.iter().zip(&analysed).collect();
        let extract = || pairs.par_iter().map(|(a, s)| extract::extract(a, s, &self.ontology)).collect();
        Ok(self.threads.install(extract))
    }
}

/// Reads the articles of `paths`, except those to `skip`, and hands them on in batches, in the order in which they were read. What
/// cannot be read is named on standard error, and the rest goes on.
pub(super) fn in_batches(
    paths: &[PathBuf],
    ontology: &Ontology,
    mut skip: impl FnMut(&Article) -> bool,
    mut each: impl FnMut(Vec<Article>) -> anyhow::Result<()>,
) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    let mut batch: Vec<Article> = Vec::new();
    for article in ingest::read(paths, ontology) {
        match article {
            Ok(article) if skip(&article) => {}
            Ok(article) => batch.push(article),
            Err(error) => {
                eprintln!("kurultai: {error}");
                outcome = Outcome::SomeSkipped;
            }
        }
        if batch.len() == BATCH {
            each(std::mem::take(&mut batch))?;
        }
    }
    if !batch.is_empty() {
        each(batch)?;
    }
    Ok(outcome)
}
