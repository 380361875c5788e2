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
        let analyzer = Analyzer::load(&ontology, global.model.as_deref(), global.threads)
            .context("hint: name another folder with --model, or leave it out for the built-in one")?;
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
        mut skip: impl FnMut(&Article) -> bool,
        mut each: impl FnMut(Article, ArticleClaims) -> anyhow::Result<()>,
    ) -> anyhow::Result<Outcome> {
        let mut outcome = Outcome::Done;
        let mut batch: Vec<Article> = Vec::new();
        let mut articles = ingest::read(paths, &self.ontology);
        loop {
            let next = articles.next();
            let over = next.is_none();
            match next {
                Some(Ok(article)) if skip(&article) => {}
                Some(Ok(article)) => batch.push(article),
                Some(Err(error)) => {
                    eprintln!("kurultai: {error}");
                    outcome = Outcome::SomeSkipped;
                }
                None => {}
            }
            if batch.len() == BATCH || (over && !batch.is_empty()) {
                let claims = self.claims(&batch)?;
                for (article, claims) in batch.drain(..).zip(claims) {
                    each(article, claims)?;
                }
            }
            if over {
                return Ok(outcome);
            }
        }
    }

    fn claims(&self, batch: &[Article]) -> anyhow::Result<Vec<ArticleClaims>> {
        let analysed = self.analyzer.analyze_all(batch)?;
        let pairs: Vec<_> = batch.iter().zip(&analysed).collect();
        let extract = || pairs.par_iter().map(|(a, s)| extract::extract(a, s, &self.ontology)).collect();
        Ok(self.threads.install(extract))
    }
}
