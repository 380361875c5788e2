//! Words to the pieces that the network reads, by the same library and file as in training.

use super::ModelError;
use tokenizers::Tokenizer;

pub(super) const BEGIN: u32 = 0;
pub(super) const PAD: u32 = 1;
pub(super) const END: u32 = 2;
const UNKNOWN: u32 = 3;

#[derive(Debug)]
pub(super) struct Pieces {
    tokenizer: Tokenizer,
    most: usize,
}

impl Pieces {
    pub fn parse(bytes: &[u8], most: usize) -> Result<Self, ModelError> {
        let tokenizer = Tokenizer::from_bytes(bytes).map_err(ModelError::Tokenizer)?;
        Ok(Self { tokenizer, most })
    }

    /// Pieces of one word, `▁` before it where white space is. Never none, never more than `most`.
    pub fn of(&self, form: &str, space_before: bool) -> Vec<u32> {
        let word = if space_before { format!("▁{form}") } else { form.to_owned() };
        // Encoding a plain word by a unigram model has no way to fail; an unknown piece is right if it ever should.
        let mut ids = self.tokenizer.encode_fast(word, false).map(|e| e.get_ids().to_vec()).unwrap_or_default();
        if ids.is_empty() {
            ids.push(UNKNOWN);
        }
        if ids.len() > self.most {
            let half = self.most / 2;
            ids.drain(half..ids.len() - half);
        }
        ids
    }
}
