//! The bilingual model: fills tags, features, lemmas, heads, relations and names of tokenised sentences.
//!
//! Why: every later stage reads Universal Dependencies trees, and one model gives the same arcs for English and Russian.
//! Input: [`Sentence`]s whose tokens have forms and white space; output: the same sentences with the rest filled in.
//! The weights stand in the binary (`models/`, made by `training/`); another folder of the same layout may be given.
//!
//! All arithmetic is fp32 and a sentence is padded by its own length alone, so neither its neighbours in a batch nor the number
//! of threads changes a result. Limitation: what needs more than 510 pieces (some 250 words) is parsed in parts that hang on the first one.

mod batch;
mod labels;
mod lemma;
mod lexicon;
mod names;
mod network;
mod pieces;
mod tree;

use super::Sentence;
use batch::Part;
use labels::Labels;
use lexicon::Lexicon;
use network::Network;
use pieces::Pieces;
use sha2::{Digest, Sha256};
use std::{
    fmt,
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

static NETWORK: &[u8] = include_bytes!("../../../models/kurultai.onnx");
static TOKENIZER: &[u8] = include_bytes!("../../../models/tokenizer.json");
static LABELS: &[u8] = include_bytes!("../../../models/labels.json");
static LEMMAS: &[u8] = include_bytes!("../../../models/lemmas.tsv");

/// Why a model could not be loaded or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// A file of the model's folder cannot be read.
    #[error("cannot read {}: a model folder holds kurultai.onnx, tokenizer.json, labels.json and lemmas.tsv", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// `tokenizer.json` is not a tokeniser of pieces.
    #[error("tokenizer.json is not a tokeniser")]
    Tokenizer(#[source] serde_json::Error),
    /// `labels.json` does not have the tables that the network needs.
    #[error("labels.json does not fit: {0}")]
    Labels(String),
    /// `lemmas.tsv` is damaged.
    #[error("lemmas.tsv does not fit: {0}")]
    Lexicon(String),
    /// `kurultai.onnx` cannot be loaded.
    #[error("kurultai.onnx cannot be loaded")]
    Load(#[source] rten::LoadError),
    /// The network failed on a batch, or lacks an input or output.
    #[error("the network failed")]
    Run(#[source] rten::RunError),
    /// The network gave something that its tables do not know.
    #[error("kurultai.onnx and labels.json do not belong together: {0}")]
    Mismatch(&'static str),
}

/// Which model it is, for the provenance of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelId {
    /// Version from `labels.json`.
    pub version: String,
    /// Checksum of its files, in hexadecimal.
    pub sha256: String,
}

impl fmt::Display for ModelId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sha256:{}", self.version, self.sha256)
    }
}

/// A loaded model; annotates from any number of threads.
#[derive(Debug)]
pub struct Model {
    pieces: Pieces,
    labels: Labels,
    lexicon: Lexicon,
    network: Network,
    id: ModelId,
}

impl Model {
    /// Loads the model of the binary, or that of `folder`, for `threads` threads (all cores when `None`).
    ///
    /// # Errors
    /// A file is missing or does not fit the others.
    pub fn load(folder: Option<&Path>, threads: Option<usize>) -> Result<Self, ModelError> {
        let threads =
            threads.unwrap_or_else(|| std::thread::available_parallelism().map_or(1, std::num::NonZero::get)).max(1);
        match folder {
            None => Self::from_bytes([NETWORK, TOKENIZER, LABELS, LEMMAS], threads),
            Some(folder) => {
                let read = |name: &str| {
                    let path = folder.join(name);
                    std::fs::read(&path).map_err(|source| ModelError::Read { path, source })
                };
                let files =
                    [read("kurultai.onnx")?, read("tokenizer.json")?, read("labels.json")?, read("lemmas.tsv")?];
                Self::from_bytes(files.each_ref().map(Vec::as_slice), threads)
            }
        }
    }

    fn from_bytes(files: [&[u8]; 4], threads: usize) -> Result<Self, ModelError> {
        let [network, tokenizer, labels, lemmas] = files;
        let labels = Labels::parse(labels)?;
        let mut hash = Sha256::new();
        files.iter().for_each(|bytes| hash.update(bytes));
        let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self {
            pieces: Pieces::parse(tokenizer, labels.max_pieces)?,
            lexicon: Lexicon::parse(lemmas)?,
            network: Network::parse(network, threads)?,
            id: ModelId { version: labels.version.clone(), sha256 },
            labels,
        })
    }

    /// Version and checksum.
    #[must_use]
    pub fn id(&self) -> &ModelId {
        &self.id
    }

    /// Fills tags, features, lemmas, trees and names; forms and white space are read, all else is replaced.
    ///
    /// Give it many sentences at once (those of several articles): they are grouped by length and spread over the model's
    /// threads. It starts its own threads, so it need not be called from several.
    ///
    /// # Errors
    /// The network fails, which a model that fits its tables never does.
    pub fn annotate(&self, sentences: &mut [Sentence]) -> Result<(), ModelError> {
        let parts: Vec<Part> = sentences
            .iter()
            .enumerate()
            .flat_map(|(number, sentence)| batch::parts(number, &sentence.tokens, &self.pieces))
            .collect();
        let batches = batch::group(&parts);
        let next = AtomicUsize::new(0);
        // One answer a part, collected in any order and put in place by number.
        let work = |worker: usize| -> Result<Vec<(usize, batch::Answer)>, ModelError> {
            let mut answers = Vec::new();
            while let Some(numbers) = batches.get(next.fetch_add(1, Ordering::Relaxed)) {
                let batch: Vec<&Part> = numbers.iter().map(|&n| &parts[n]).collect();
                let found = self.network.run(&batch, &self.labels, worker)?;
                answers.extend(numbers.iter().copied().zip(found));
            }
            Ok(answers)
        };
        let workers = self.network.threads().min(batches.len());
        let results: Vec<_> = if workers <= 1 {
            vec![work(0)]
        } else {
            let work = &work;
            std::thread::scope(|scope| {
                let handles: Vec<_> = (0..workers).map(|worker| scope.spawn(move || work(worker))).collect();
                handles.into_iter().map(|h| h.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
            })
        };
        let mut answers: Vec<Option<batch::Answer>> = parts.iter().map(|_| None).collect();
        for result in results {
            for (number, answer) in result? {
                answers[number] = Some(answer);
            }
        }
        for (part, answer) in parts.iter().zip(answers) {
            let answer = answer.ok_or(ModelError::Mismatch("a part was left without an answer"))?;
            batch::fill(&mut sentences[part.sentence], part, answer, &self.labels, &self.lexicon)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
