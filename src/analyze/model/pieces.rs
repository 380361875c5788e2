//! Words to the pieces that the network reads: a unigram model (Kudo 2018, "Subword regularization") in the file format of the
//! library `tokenizers`, which training uses. The best row of pieces is found as that library does, down to ties; the
//! tests hold both together. The library itself would be an eighth of the whole build.

use super::ModelError;
use serde::Deserialize;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

pub(super) const BEGIN: u32 = 0;
pub(super) const PAD: u32 = 1;
pub(super) const END: u32 = 2;

/// By how much a character without a piece is worse than the worst piece.
const UNKNOWN_PENALTY: f64 = 10.0;

#[derive(Deserialize)]
struct File {
    normalizer: Normalizer,
    model: Unigram,
}

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Normalizer {
    #[serde(rename = "NFKC")]
    Nfkc,
}

#[derive(Deserialize)]
#[serde(tag = "type", rename = "Unigram")]
struct Unigram {
    unk_id: u32,
    vocab: Vec<(String, f64)>,
}

#[derive(Debug)]
pub(super) struct Pieces {
    /// Identifier and log-probability. Only ever looked up, so its order cannot show.
    scores: HashMap<String, (u32, f64)>,
    unknown: (u32, f64),
    /// Length of the longest piece, in code points.
    longest: usize,
    most: usize,
}

/// The best way to the end of a character: its score, where its last piece begins and which piece that is.
#[derive(Clone, Copy)]
struct Step {
    score: f64,
    from: usize,
    piece: u32,
}

impl Pieces {
    pub fn parse(bytes: &[u8], most: usize) -> Result<Self, ModelError> {
        let File { normalizer: Normalizer::Nfkc, model } =
            serde_json::from_slice(bytes).map_err(ModelError::Tokenizer)?;
        let worst = model.vocab.iter().map(|(_, score)| *score).fold(f64::INFINITY, f64::min);
        let longest = model.vocab.iter().map(|(piece, _)| piece.chars().count()).max().unwrap_or(0);
        let numbered = model.vocab.into_iter().zip(0..);
        let scores = numbered.map(|((piece, score), id)| (piece, (id, score))).collect();
        Ok(Self { scores, unknown: (model.unk_id, worst - UNKNOWN_PENALTY), longest, most })
    }

    /// Pieces of one word, `▁` before it where white space is. Never none, never more than `most`.
    pub fn of(&self, form: &str, space_before: bool) -> Vec<u32> {
        let word = if space_before { format!("▁{form}") } else { form.to_owned() };
        let mut ids = self.best(&word.nfkc().collect::<String>());
        if ids.is_empty() {
            ids.push(self.unknown.0);
        }
        if ids.len() > self.most {
            let half = self.most / 2;
            ids.drain(half..ids.len() - half);
        }
        ids
    }

    /// The row of pieces with the highest sum of scores; of equal ones the first found. Unknown neighbours are one piece.
    fn best(&self, word: &str) -> Vec<u32> {
        let bounds: Vec<usize> = word.char_indices().map(|(i, _)| i).chain([word.len()]).collect();
        let mut steps: Vec<Option<Step>> = vec![None; bounds.len()];
        for from in 0..bounds.len() - 1 {
            let so_far = steps[from].map_or(0.0, |s| s.score);
            let mut offer = |to: usize, piece: u32, score: f64| {
                let score = score + so_far;
                if steps[to].is_none_or(|s| score > s.score) {
                    steps[to] = Some(Step { score, from, piece });
                }
            };
            let mut single = false;
            for to in from + 1..bounds.len().min(from + 1 + self.longest) {
                if let Some(&(piece, score)) = self.scores.get(&word[bounds[from]..bounds[to]]) {
                    offer(to, piece, score);
                    single |= to == from + 1;
                }
            }
            if !single {
                offer(from + 1, self.unknown.0, self.unknown.1);
            }
        }
        let mut ids = Vec::new();
        let mut at = bounds.len() - 1;
        while let Some(step) = steps[at] {
            if step.piece != self.unknown.0 || ids.last() != Some(&self.unknown.0) {
                ids.push(step.piece);
            }
            at = step.from;
        }
        ids.reverse();
        ids
    }
}
