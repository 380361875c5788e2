use super::{
    Segmenter, Sentence,
    cache::Cache,
    model::{Model, ModelError, ModelId},
};
use crate::{ingest::Article, ontology::Ontology};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// Why articles could not be analysed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// The model cannot be loaded or run.
    #[error("the language model cannot be used")]
    Model(#[from] ModelError),
    /// The folder of analyses cannot be written.
    #[error("cannot write analyses to {}: {source}\nhint: make room, or leave out --analyses", folder.display())]
    Cache {
        /// The folder, or the file in it.
        folder: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// The whole of analysis: rules for sentences and words, then the model.
#[derive(Debug)]
pub struct Analyzer {
    segmenter: Segmenter,
    model: Model,
    cache: Option<Cache>,
}

impl Analyzer {
    /// Loads the model, from `model` or the built-in one, for `threads` threads (all cores when `None`).
    ///
    /// # Errors
    /// The model's files are missing or damaged.
    pub fn load(ontology: &Ontology, model: Option<&Path>, threads: Option<usize>) -> Result<Self, AnalyzeError> {
        let segmenter = Segmenter::new(ontology.abbreviations.clone());
        Ok(Self { segmenter, model: Model::load(model, threads)?, cache: None })
    }

    /// Keeps analyses in `folder`, and takes from there what is kept already.
    ///
    /// # Errors
    /// The folder cannot be made.
    pub fn with_cache(mut self, folder: &Path) -> Result<Self, AnalyzeError> {
        let cache = Cache::open(folder, &self.model.id().to_string());
        self.cache = Some(cache.map_err(|source| AnalyzeError::Cache { folder: folder.to_owned(), source })?);
        Ok(self)
    }

    /// Version and checksum of the model, for the provenance of a run.
    #[must_use]
    pub fn model_id(&self) -> &ModelId {
        self.model.id()
    }

    /// The sentences of one article.
    ///
    /// # Errors
    /// The model fails.
    pub fn analyze(&self, article: &Article) -> Result<Vec<Sentence>, AnalyzeError> {
        Ok(self.analyze_all(std::slice::from_ref(article))?.pop().unwrap_or_default())
    }

    /// The sentences of several articles, one list each. Sentences of all are batched together, which is the fast way;
    /// which articles come together changes no result.
    ///
    /// # Errors
    /// The model fails.
    pub fn analyze_all(&self, articles: &[Article]) -> Result<Vec<Vec<Sentence>>, AnalyzeError> {
        let mut by_article: Vec<Vec<Sentence>> = articles.par_iter().map(|a| self.segmenter.sentences(a)).collect();
        let Some(cache) = &self.cache else { return self.annotated(by_article) };
        let places: Vec<PathBuf> = by_article.par_iter().map(|s| cache.place(s)).collect();
        let mut kept: Vec<Option<Vec<Sentence>>> = places.par_iter().map(|p| Cache::read(p)).collect();
        let missing: Vec<usize> = (0..kept.len()).filter(|&i| kept[i].is_none()).collect();
        let fresh = self.annotated(missing.iter().map(|&i| std::mem::take(&mut by_article[i])).collect())?;
        for (&i, sentences) in missing.iter().zip(fresh) {
            let failed = |source| AnalyzeError::Cache { folder: places[i].clone(), source };
            Cache::write(&places[i], &sentences).map_err(failed)?;
            kept[i] = Some(sentences);
        }
        Ok(kept.into_iter().map(Option::unwrap_or_default).collect())
    }

    fn annotated(&self, by_article: Vec<Vec<Sentence>>) -> Result<Vec<Vec<Sentence>>, AnalyzeError> {
        let counts: Vec<usize> = by_article.iter().map(Vec::len).collect();
        let mut all: Vec<Sentence> = by_article.into_iter().flatten().collect();
        self.annotate(&mut all)?;
        let mut rest = all.into_iter();
        Ok(counts.into_iter().map(|count| rest.by_ref().take(count).collect()).collect())
    }

    /// Fills tags, lemmas, trees and names of sentences that have words.
    ///
    /// # Errors
    /// The model fails.
    pub fn annotate(&self, sentences: &mut [Sentence]) -> Result<(), AnalyzeError> {
        Ok(self.model.annotate(sentences)?)
    }
}
