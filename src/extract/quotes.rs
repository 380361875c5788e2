//! Quotations: where they begin and end, and which are somebody's speech rather than a title or a scare quote.
//!
//! Input: the article's text and trees. Output: [`Quote`]s in text order. Russian attribution inside the marks
//! («Мы готовы, — сказал он. — Завтра начнём») is cut out. Limitation: marks that are never closed hold nothing.

use super::{discourse::Discourse, tree::Tree};
use crate::{ingest::Article, text::CharSpan};
use std::{collections::BTreeSet, ops::Range};

/// One quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// The whole, marks included.
    pub span: CharSpan,
    /// What is quoted, attribution inside the marks cut out.
    pub segments: Vec<CharSpan>,
    /// Whether a colon stands before it.
    pub follows_colon: bool,
}

/// Fewer words than this are a title or a scare quote.
const MIN_WORDS: usize = 4;

/// All quotations of the article.
#[must_use]
pub fn find(article: &Article, trees: &[Tree]) -> Vec<Quote> {
    let text: Vec<char> = article.text.chars().collect();
    let mut quotes: Vec<Quote> = Vec::new();
    for paragraph in &article.paragraphs {
        let end = paragraph.span.end.min(text.len());
        let mut at = paragraph.span.start;
        while at < end {
            let Some(close) = closing(text[at]).and_then(|c| matching(&text, at, end, c)) else {
                at += 1;
                continue;
            };
            let before = text[..at].iter().rev().find(|c| !c.is_whitespace());
            quotes.push(Quote {
                span: CharSpan::new(at, close + 1),
                segments: without_attribution(&text, at + 1, close, trees),
                follows_colon: before == Some(&':'),
            });
            at = close + 1;
        }
    }
    quotes
}

fn closing(open: char) -> Option<char> {
    match open {
        '“' | '„' | '"' => Some('”'),
        '«' => Some('»'),
        '‘' => Some('’'),
        _ => None,
    }
}

fn matching(text: &[char], open: usize, end: usize, close: char) -> Option<usize> {
    let straight = text[open] == '"';
    let starts_word = open == 0 || !text[open - 1].is_alphanumeric();
    if !starts_word {
        return None;
    }
    let mut depth = 0_usize;
    for i in open + 1..end {
        let c = text[i];
        let before_word = text.get(i + 1).is_some_and(|n| n.is_alphanumeric());
        if straight {
            if c == '"' && !before_word {
                return Some(i);
            }
        } else if c == text[open] && c != '‘' {
            depth += 1;
        } else if c == close || (text[open] == '„' && c == '“') {
            // An apostrophe within a word closes nothing.
            if close == '’' && before_word {
                continue;
            }
            if depth == 0 {
                return Some(i);
            }
            depth -= 1;
        }
    }
    None
}

/// Cuts ", — сказал он. — " out of a quotation: a short stretch between dashes that begins in lower case after
/// punctuation and ends with a comma or full stop.
fn without_attribution(text: &[char], start: usize, end: usize, trees: &[Tree]) -> Vec<CharSpan> {
    const LONGEST: usize = 120;
    let dash = |i: usize| {
        matches!(text[i], '—' | '–' | '-') && i > 0 && text[i - 1] == ' ' && text.get(i + 1).is_some_and(|c| *c == ' ')
    };
    let mut segments = Vec::new();
    let mut from = start;
    let mut i = start;
    while i < end {
        let opens = dash(i)
            && i >= start + 2
            && matches!(text[i - 2], ',' | '.' | '!' | '?' | '…')
            && text.get(i + 2).is_some_and(|c| c.is_lowercase());
        let close = || (i + 3..end.min(i + LONGEST)).find(|&j| dash(j) && matches!(text[j - 2], ',' | '.'));
        if let Some(j) = opens.then(close).flatten()
            && has_verb(trees, CharSpan::new(i, j))
        {
            segments.push(CharSpan::new(from, i - 1));
            from = j + 2;
            i = j;
        }
        i += 1;
    }
    segments.push(CharSpan::new(from, end.max(from)));
    segments
}

fn has_verb(trees: &[Tree], span: CharSpan) -> bool {
    let overlapping = trees.iter().filter(|t| t.sentence.span.overlaps(span));
    overlapping.flat_map(|t| &t.sentence.tokens).any(|t| span.contains(t.span) && t.upos == "VERB")
}

impl Quote {
    /// Whether the place is within the quoted words.
    #[must_use]
    pub fn holds(&self, span: CharSpan) -> bool {
        self.segments.iter().any(|s| s.contains(span))
    }

    /// How far a word outside is from the nearest quoted one.
    #[must_use]
    pub fn distance(&self, span: CharSpan) -> usize {
        let to = |s: &CharSpan| {
            if span.end <= s.start { s.start - span.end } else { span.start.saturating_sub(s.end) }
        };
        self.segments.iter().map(to).min().unwrap_or(usize::MAX)
    }

    /// The sentences that it touches.
    #[must_use]
    pub fn sentences(&self, trees: &[Tree]) -> Range<usize> {
        let first = trees.partition_point(|t| t.sentence.span.end <= self.span.start);
        let last = trees.partition_point(|t| t.sentence.span.start < self.span.end);
        first..last.max(first)
    }

    /// Whether it stands at the beginning of its first sentence.
    #[must_use]
    pub fn opens_sentence(&self, trees: &[Tree]) -> bool {
        trees.get(self.sentences(trees).start).is_some_and(|t| self.span.start <= t.sentence.span.start + 2)
    }

    /// The quoted words.
    #[must_use]
    pub fn words(&self, trees: &[Tree]) -> BTreeSet<(usize, usize)> {
        let inside = |s: usize| {
            let tokens = trees[s].sentence.tokens.iter().enumerate();
            tokens.filter(|(_, t)| self.holds(t.span)).map(move |(i, _)| (s, i))
        };
        self.sentences(trees).flat_map(inside).collect()
    }

    /// The quoted text sentence by sentence, white space evened out, with the span of each sentence; a stretch of one or two words
    /// goes with the piece before it.
    #[must_use]
    pub fn pieces(&self, trees: &[Tree], discourse: &Discourse) -> Vec<(String, CharSpan)> {
        let mut pieces: Vec<(String, CharSpan)> = Vec::new();
        for tree in &trees[self.sentences(trees)] {
            let whole = tree.sentence.span;
            let mut words: Vec<&str> = Vec::new();
            for s in &self.segments {
                let part = CharSpan::new(s.start.max(whole.start), s.end.min(whole.end));
                if !part.is_empty() {
                    words.extend(discourse.slice(part).split_whitespace());
                }
            }
            let text = words.join(" ").trim_end_matches([',', ' ', '.']).to_owned();
            match pieces.last_mut() {
                Some((before, span)) if words.len() < 3 => {
                    if !words.is_empty() {
                        *before = format!("{before} {text}");
                        span.end = whole.end;
                    }
                }
                _ if text.is_empty() => {}
                _ => pieces.push((text, whole)),
            }
        }
        pieces
    }

    /// Whether somebody says it: long enough, and not a title in capitals.
    #[must_use]
    pub fn is_speech(&self, trees: &[Tree]) -> bool {
        let words = self.words(trees);
        let content = |&&(s, i): &&(usize, usize)| trees[s].form(i).chars().filter(|c| c.is_alphabetic()).count() > 3;
        let total = words.iter().filter(|&&(s, i)| !super::phrase::is_punctuation(trees[s].token(i))).count();
        let capital = |&&(s, i): &&(usize, usize)| super::phrase::is_capitalised(trees[s].token(i));
        let long: Vec<_> = words.iter().filter(content).collect();
        let capitals = long.iter().filter(|w| capital(w)).count();
        !trees.is_empty()
            && !self.sentences(trees).is_empty()
            && (total >= MIN_WORDS || total > 0 && self.follows_colon)
            && capitals * 5 <= long.len().max(1) * 3
    }
}

/// The text without the quotation marks around it, if they stand around the whole.
#[must_use]
pub fn stripped(text: &str) -> String {
    let trimmed = text.trim();
    let mut inner = trimmed.chars();
    if let (Some(first), Some(last)) = (inner.next(), inner.next_back())
        && (closing(first) == Some(last) || (first == '"' && last == '"'))
        && !inner.clone().any(|c| c == first || c == last)
    {
        return inner.as_str().trim().to_owned();
    }
    let lone = |open: char, close: char| trimmed.matches(open).count() != trimmed.matches(close).count();
    let mut out = trimmed.to_owned();
    for (open, close) in [('“', '”'), ('«', '»')] {
        if lone(open, close) {
            out = out.trim_start_matches([open]).trim_end_matches([close]).to_owned();
        }
    }
    if out.matches('"').count() == 1 {
        out = out.trim_matches('"').to_owned();
    }
    out
}
