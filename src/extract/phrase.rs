//! Noun phrases of a tree: how far they reach, and their text.
//!
//! Trees attach prepositional phrases loosely; every extent here is a contiguous stretch of words around its head, so that
//! it can be shown as evidence. Input: a sentence and a head token. Output: half-open ranges of tokens.
//! Limitation: a phrase that is interrupted by a parenthesis ends there.

use crate::analyze::{Sentence, Token};
use std::ops::Range;

/// How much of a noun phrase is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The head with what stands before it and its flat parts: "15th annual meeting".
    Core,
    /// With its complements: "15th annual meeting of Deputy Foreign Ministers of Central Asia".
    Full,
    /// With infinitives and participles that modify it: "initiative to develop a convention".
    Clausal,
}

/// Whether the word is punctuation.
#[must_use]
pub fn is_punctuation(t: &Token) -> bool {
    t.upos == "PUNCT" || t.form.chars().all(|c| !c.is_alphanumeric())
}

/// Whether the word begins with a capital letter.
#[must_use]
pub fn is_capitalised(t: &Token) -> bool {
    t.form.chars().next().is_some_and(char::is_uppercase)
}

/// Whether the word is an article; the feature says so, and where a model leaves it out the closed class does.
#[must_use]
pub fn is_article(t: &Token) -> bool {
    t.upos == "DET"
        && (t.feats.get("PronType") == Some("Art") || matches!(t.lemma.to_lowercase().as_str(), "the" | "a" | "an"))
}

/// Whether the word can head a noun phrase.
#[must_use]
pub fn is_nominal(t: &Token) -> bool {
    matches!(t.upos.as_str(), "NOUN" | "PROPN" | "PRON" | "NUM" | "X" | "SYM")
}

/// Whether `token` stands under `ancestor` in the tree (or is it).
#[must_use]
pub fn is_under(s: &Sentence, token: usize, ancestor: usize) -> bool {
    let mut at = Some(token);
    // A tree is never deeper than it has words; the bound keeps a broken one from looping.
    for _ in 0..=s.tokens.len() {
        match at {
            Some(i) if i == ancestor => return true,
            Some(i) => at = s.tokens[i].head,
            None => return false,
        }
    }
    false
}

/// The word of a range that hangs on a word outside it (the topmost one).
#[must_use]
pub fn head_of(s: &Sentence, range: &Range<usize>) -> usize {
    range
        .clone()
        .find(|&i| s.tokens[i].head.is_none_or(|h| !range.contains(&h)) && !is_punctuation(&s.tokens[i]))
        .unwrap_or(range.start)
}

/// The noun phrase of `head`, contiguous, without its conjuncts, appositions and relative clauses.
#[must_use]
pub fn extent(s: &Sentence, head: usize, extent: Extent) -> Range<usize> {
    let mut inside = vec![false; s.tokens.len()];
    collect(s, head, head, extent, &mut inside);
    let glue = |i: usize| inside[i] || is_inner_punctuation(&s.tokens[i]);
    let (mut start, mut end) = (head, head + 1);
    while start > 0 && glue(start - 1) {
        start -= 1;
    }
    while end < s.tokens.len() && glue(end) {
        end += 1;
    }
    trimmed(s, start..end)
}

/// Whether the token is a quotation mark.
#[must_use]
pub fn is_quote(t: &Token) -> bool {
    matches!(t.form.as_str(), "\"" | "“" | "”" | "„" | "«" | "»" | "‘" | "’")
}

fn is_inner_punctuation(t: &Token) -> bool {
    matches!(t.form.as_str(), "\"" | "“" | "”" | "«" | "»" | "'" | "’" | "‘" | "-" | "–" | "/")
}

fn collect(s: &Sentence, token: usize, head: usize, extent: Extent, inside: &mut [bool]) {
    if inside[token] {
        return;
    }
    inside[token] = true;
    for k in s.children(token) {
        let t = &s.tokens[k];
        let own = token == head;
        let relation = t.deprel.split(':').next().unwrap_or_default();
        let out = match relation {
            "punct" => !is_inner_punctuation(t),
            "case" | "mark" | "cc" | "cop" | "aux" => own,
            "parataxis" | "discourse" | "vocative" | "nsubj" | "csubj" | "advcl" | "dislocated" | "orphan" => true,
            "conj" | "appos" => own,
            "acl" => t.deprel == "acl:relcl" || (extent != Extent::Clausal && k > head),
            "nmod" | "obl" => own && extent == Extent::Core && k > head,
            _ => false,
        };
        if !out {
            collect(s, k, head, extent, inside);
        }
    }
}

/// The range without leading determiners, conjunctions, prepositions and loose punctuation at either end.
#[must_use]
pub fn trimmed(s: &Sentence, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end.min(s.tokens.len()));
    let opens = |i: usize| matches!(s.tokens[i].form.as_str(), "(" | "“" | "«" | "\"" | "‘");
    let closes = |i: usize| matches!(s.tokens[i].form.as_str(), ")" | "”" | "»" | "\"");
    while start + 1 < end {
        let t = &s.tokens[start];
        let article = is_article(t);
        let loose = is_punctuation(t) && !(opens(start) && (start + 1..end).any(closes));
        if article || loose || matches!(t.upos.as_str(), "ADP" | "CCONJ" | "SCONJ") {
            start += 1;
        } else {
            break;
        }
    }
    while end > start + 1 {
        let t = &s.tokens[end - 1];
        let loose = is_punctuation(t) && !(closes(end - 1) && (start..end - 1).any(opens));
        if loose || matches!(t.upos.as_str(), "ADP" | "CCONJ" | "SCONJ" | "DET") {
            end -= 1;
        } else {
            break;
        }
    }
    start..end.max(start)
}

/// The words as a reader would write them: blanks as in the text, no quotation marks around the whole.
#[must_use]
pub fn readable(s: &Sentence, range: &Range<usize>) -> String {
    let mut out = String::new();
    for t in &s.tokens[range.clone()] {
        if !out.is_empty() && t.space_before {
            out.push(' ');
        }
        out.push_str(&t.form);
    }
    let inner = out.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '«' | '»' | '‘') || c.is_whitespace());
    // Marks that belong to a part, as in `Газпром «Нефть»`, must stay paired.
    let paired = |open: char, close: char| inner.matches(open).count() == inner.matches(close).count();
    if paired('«', '»') && paired('“', '”') { inner.to_owned() } else { out }
}
