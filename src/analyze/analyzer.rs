use super::{
    Segmenter, Sentence,
    model::{Model, ModelError, ModelId},
};
use crate::{ingest::Article, ontology::Ontology};
use rayon::prelude::*;
use std::path::Path;

/// Why articles could not be analysed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnalyzeError {
    /// The model cannot be loaded or run.
    #[error("the language model cannot be used")]
    Model(#[from] ModelError),
}

/// The whole of analysis: rules for sentences and words, then the model.
#[derive(Debug)]
pub struct Analyzer {
    segmenter: Segmenter,
    model: Model,
}

impl Analyzer {
    /// Loads the model, from `model` or the built-in one, for `threads` threads (all cores when `None`).
    ///
    /// # Errors
    /// The model's files are missing or damaged.
    pub fn load(ontology: &Ontology, model: Option<&Path>, threads: Option<usize>) -> Result<Self, AnalyzeError> {
        Ok(Self { segmenter: Segmenter::new(ontology.abbreviations.clone()), model: Model::load(model, threads)? })
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
        let by_article: Vec<Vec<Sentence>> = articles.par_iter().map(|a| self.segmenter.sentences(a)).collect();
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
