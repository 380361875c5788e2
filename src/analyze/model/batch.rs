//! Sentences as what the network reads, grouped by length, and its answers put back into them.
//!
//! A batch holds only parts of the same padded length, so that a part's result depends on nothing but itself.

use super::{
    ModelError,
    labels::{Labels, NameTag},
    lexicon::Lexicon,
    names,
    pieces::{BEGIN, END, Pieces},
};
use crate::analyze::{Sentence, Token};

/// Positions that the encoder knows.
const POSITIONS: usize = 512;
/// Lengths are rounded up to a multiple of this, so that batches fill.
const STEP: usize = 4;
/// Padded pieces in one batch: big enough to be fast, small enough to keep memory low.
const BUDGET: usize = 1024;

/// A sentence, or a stretch of a very long one.
#[derive(Debug)]
pub(super) struct Part {
    /// Number of the sentence.
    pub sentence: usize,
    /// Its first word.
    pub start: usize,
    /// All pieces, with the marks of beginning and end.
    pub ids: Vec<u32>,
    /// First and last piece of each word.
    pub words: Vec<(usize, usize)>,
}

impl Part {
    fn new(sentence: usize, start: usize) -> Self {
        Self { sentence, start, ids: vec![BEGIN], words: Vec::new() }
    }

    /// Number of pieces, rounded up.
    pub fn padded(&self) -> usize {
        self.ids.len().next_multiple_of(STEP).min(POSITIONS)
    }
}

/// What the network says of one part, as numbers of labels; head 0 is the root, word 1 the part's first.
#[derive(Debug)]
pub(super) struct Answer {
    pub heads: Vec<usize>,
    pub relations: Vec<usize>,
    pub upos: Vec<usize>,
    pub feats: Vec<usize>,
    pub lemmas: Vec<usize>,
    pub names: Vec<usize>,
}

/// The sentence as one part, or as many as its pieces need, cut after punctuation where there is some.
pub(super) fn parts(sentence: usize, tokens: &[Token], pieces: &Pieces) -> Vec<Part> {
    let words: Vec<Vec<u32>> = tokens.iter().map(|t| pieces.of(&t.form, t.space_before)).collect();
    let mut parts = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let end = part_end(tokens, &words, start);
        let mut part = Part::new(sentence, start);
        for word in &words[start..end] {
            part.words.push((part.ids.len(), part.ids.len() + word.len() - 1));
            part.ids.extend(word);
        }
        part.ids.push(END);
        parts.push(part);
        start = end;
    }
    parts
}

/// The first word after the part that begins at `start`.
fn part_end(tokens: &[Token], words: &[Vec<u32>], start: usize) -> usize {
    let mut room = POSITIONS - 2;
    let mut end = start;
    while end < words.len() && words[end].len() <= room {
        room -= words[end].len();
        end += 1;
    }
    if end == words.len() {
        return end;
    }
    // The later half of the part is searched for a good place to cut.
    let middle = usize::midpoint(start, end);
    let after = |marks: &[&str]| (middle..end).rev().find(|&i| marks.contains(&tokens[i].form.as_str())).map(|i| i + 1);
    after(&[".", ";", ":", "!", "?", "…"]).or_else(|| after(&[",", "—", "–"])).unwrap_or(end)
}

/// Numbers of parts, batch by batch.
pub(super) fn group(parts: &[Part]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    // The longest first: threads then end at the same time.
    order.sort_by_key(|&i| (std::cmp::Reverse(parts[i].padded()), i));
    order
        .chunk_by(|&a, &b| parts[a].padded() == parts[b].padded())
        .flat_map(|alike| alike.chunks((BUDGET / parts[alike[0]].padded()).max(1)).map(<[usize]>::to_vec))
        .collect()
}

/// Writes the answer into the sentence. Parts of one sentence must come in their order.
pub(super) fn fill(
    sentence: &mut Sentence,
    part: &Part,
    answer: Answer,
    labels: &Labels,
    lexicon: &Lexicon,
) -> Result<(), ModelError> {
    const UNKNOWN: ModelError = ModelError::Mismatch("a label's number is beyond its table");
    let root = sentence.tokens[..part.start].iter().position(|t| t.head.is_none());
    for (i, head) in answer.heads.iter().enumerate() {
        let token = &mut sentence.tokens[part.start + i];
        token.upos = labels.upos.get(answer.upos[i]).ok_or(UNKNOWN)?.clone();
        token.feats = labels.feats.get(answer.feats[i]).ok_or(UNKNOWN)?.clone();
        let script = labels.lemmas.get(answer.lemmas[i]).ok_or(UNKNOWN)?;
        token.lemma =
            lexicon.lemma(&token.form, &token.upos, &token.feats).unwrap_or_else(|| script.apply(&token.form));
        let relation = labels.relations.get(answer.relations[i]).ok_or(UNKNOWN)?;
        (token.head, token.deprel) = match (head, root) {
            (0, None) => (None, relation.clone()),
            (0, Some(_)) => (root, "parataxis".to_owned()),
            (head, _) => (Some(part.start + head - 1), relation.clone()),
        };
    }
    if part.start == 0 {
        sentence.entities.clear();
    }
    let row: Vec<NameTag> =
        answer.names.iter().map(|&n| labels.names.get(n).copied().ok_or(UNKNOWN)).collect::<Result<_, _>>()?;
    sentence.entities.extend(names::spans(&row, part.start));
    Ok(())
}
