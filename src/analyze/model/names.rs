//! Names from scores of tags: the best row in which every `I-` follows a tag of its own kind.

use super::labels::NameTag;
use crate::analyze::{NameKind, NamedEntity};

/// The best row of tag numbers (Viterbi). `scores` are log-probabilities, one row a word.
pub(super) fn best_tags(scores: &[Vec<f64>], tags: &[NameTag]) -> Vec<usize> {
    let Some(first) = scores.first() else { return Vec::new() };
    let follows: Vec<Option<Vec<usize>>> = tags
        .iter()
        .map(|tag| match tag {
            NameTag::Inside(kind) => Some(
                (0..tags.len())
                    .filter(|&t| tags[t] == NameTag::Begin(*kind) || tags[t] == NameTag::Inside(*kind))
                    .collect(),
            ),
            // An office right after an office is the same office.
            NameTag::Begin(NameKind::Office) => Some(
                (0..tags.len())
                    .filter(|&t| {
                        !matches!(tags[t], NameTag::Begin(NameKind::Office) | NameTag::Inside(NameKind::Office))
                    })
                    .collect(),
            ),
            _ => None,
        })
        .collect();
    let mut best: Vec<f64> =
        first.iter().zip(tags).map(|(&s, tag)| if matches!(tag, NameTag::Inside(_)) { -1e9 } else { s }).collect();
    let mut back: Vec<Vec<usize>> = Vec::with_capacity(scores.len());
    for row in &scores[1..] {
        let top = highest(&best, 0..best.len());
        let choice: Vec<usize> =
            follows.iter().map(|f| f.as_ref().map_or(top, |f| highest(&best, f.iter().copied()))).collect();
        best = choice.iter().zip(row).map(|(&c, s)| best[c] + s).collect();
        back.push(choice);
    }
    let mut now = highest(&best, 0..best.len());
    let mut path = vec![now];
    for choice in back.iter().rev() {
        now = choice[now];
        path.push(now);
    }
    path.reverse();
    path
}

/// The first of the candidates with the highest value.
fn highest(values: &[f64], candidates: impl Iterator<Item = usize>) -> usize {
    candidates.reduce(|best, c| if values[c] > values[best] { c } else { best }).unwrap_or(0)
}

/// Names of a row of tags; `offset` is added to the numbers of words.
pub(super) fn spans(row: &[NameTag], offset: usize) -> Vec<NamedEntity> {
    let mut found: Vec<NamedEntity> = Vec::new();
    for (i, tag) in row.iter().enumerate() {
        let word = i + offset;
        match tag {
            NameTag::Begin(kind) => found.push(NamedEntity { tokens: word..word + 1, kind: *kind }),
            NameTag::Inside(_) => {
                if let Some(name) = found.last_mut() {
                    name.tokens.end = word + 1;
                }
            }
            NameTag::Outside => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::NameKind::{Org, Per};
    use NameTag::{Begin, Inside, Outside};

    #[test]
    fn an_inside_tag_needs_its_kind_before_it() {
        let tags = [Outside, Begin(Per), Inside(Per), Begin(Org), Inside(Org)];
        // Word by word the best would be O, I-ORG, I-PER.
        let scores = [
            vec![-0.5, -2.0, -0.1, -1.0, -9.0],
            vec![-3.0, -4.0, -5.0, -6.0, -0.1],
            vec![-0.9, -3.0, -0.5, -4.0, -4.0],
        ];
        let row: Vec<NameTag> = best_tags(&scores, &tags).into_iter().map(|t| tags[t]).collect();
        assert_eq!(row, [Begin(Org), Inside(Org), Outside]);
        assert_eq!(spans(&row, 3), [NamedEntity { tokens: 3..5, kind: Org }]);
    }

    #[test]
    fn neighbours_stay_apart() {
        let row = [Begin(Per), Inside(Per), Begin(Per), Outside, Begin(Org)];
        let spans: Vec<_> = spans(&row, 0).into_iter().map(|n| n.tokens).collect();
        assert_eq!(spans, [0..2, 2..3, 4..5]);
    }
}
