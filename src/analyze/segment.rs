//! Sentences: paragraphs become sentences of words by rules over words, abbreviations and capitals.
//!
//! A sentence may cross a line break inside a paragraph, never a paragraph. A dateline ("ASTANA – ") is a sentence of its
//! own, and a lead that is printed twice in a row is analysed once.
//! Limitation: a full stop that the writer left out cannot be found.

use super::{
    Feats, Sentence, Token,
    words::{Word, words},
};
use crate::{
    ingest::{Article, Language, ParagraphKind},
    ontology::{AbbreviationKind, Abbreviations},
    text::{CharIndex, CharSpan},
};
use std::ops::Range;

/// A repetition shorter than this may be rhetoric; a longer one is a scraper's.
const REPEATED_LEAD: usize = 8;
/// A dateline is no longer than this.
const DATELINE_WORDS: usize = 14;
/// A year with "г." this near to a sentence's start does not end it: "В 2015 г. Казахстан …".
const YEAR_AT_START: usize = 4;

/// Finds sentences and words.
#[derive(Debug, Clone)]
pub struct Segmenter {
    abbreviations: Abbreviations,
}

impl Segmenter {
    /// A segmenter that knows these abbreviations.
    #[must_use]
    pub const fn new(abbreviations: Abbreviations) -> Self {
        Self { abbreviations }
    }

    /// The sentences of an article, their words without tags, heads or names.
    #[must_use]
    pub fn sentences(&self, article: &Article) -> Vec<Sentence> {
        let index = CharIndex::new(&article.text);
        let mut sentences: Vec<Sentence> = Vec::new();
        for (paragraph, p) in article.paragraphs.iter().enumerate() {
            let text = index.slice(&article.text, p.span);
            let inner = CharIndex::new(text);
            for range in self.segment(text, p.language, p.kind) {
                let tokens: Vec<Token> = range
                    .iter()
                    .map(|w| {
                        let at = |byte| p.span.start + inner.char_at_byte(byte);
                        untagged(w.form(text), CharSpan::new(at(w.bytes.start), at(w.bytes.end)), w.space_before)
                    })
                    .collect();
                let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { continue };
                let span = CharSpan::new(first.span.start, last.span.end);
                let repeats = sentences.last().is_some_and(|before| {
                    tokens.len() >= REPEATED_LEAD
                        && before.tokens.iter().map(|t| &t.form).eq(tokens.iter().map(|t| &t.form))
                });
                if !repeats {
                    sentences.push(Sentence { span, paragraph, language: p.language, tokens, entities: Vec::new() });
                }
            }
        }
        sentences
    }

    /// The words of a paragraph, sentence by sentence.
    fn segment(&self, text: &str, language: Language, kind: ParagraphKind) -> Vec<Vec<Word>> {
        let mut rest = words(text, language, &self.abbreviations);
        drop_repeated_lead(&mut rest, text);
        let mut sentences = Vec::new();
        if kind == ParagraphKind::Body
            && let Some(end) = dateline(&rest, text)
        {
            let after = rest.split_off(end);
            sentences.push(std::mem::replace(&mut rest, after));
        }
        while let Some(end) = self.first_end(&rest, text, language) {
            let after = rest.split_off(end);
            sentences.push(std::mem::replace(&mut rest, after));
        }
        sentences.push(rest);
        for sentence in &mut sentences {
            free_last_full_stop(sentence, text);
        }
        sentences
    }

    /// Where the first sentence of `words` ends, unless it is all of them.
    fn first_end(&self, words: &[Word], text: &str, language: Language) -> Option<usize> {
        let form = |i: usize| words[i].form(text);
        (0..words.len()).find_map(|i| {
            let own = form(i);
            let abbreviation = own.ends_with('.') && own.chars().any(char::is_alphanumeric);
            if is_rule(own) {
                // A drawn line stands between sentences.
                return (i + 1 < words.len()).then_some(i.max(1));
            }
            let smile = i > 0 && is_smile(own);
            if !(abbreviation || smile || is_terminal(own)) {
                return self.unmarked_end(words, i, text, language);
            }
            let mut end = i + 1;
            while end < words.len() && !words[end].space_before && is_closer(form(end)) {
                end += 1;
            }
            let next = words.get(end)?;
            let begins = (end..words.len()).find(|&k| !is_opener(form(k)))?;
            let first = form(begins).chars().next()?;
            let glued = !next.space_before;
            if glued && (abbreviation || !first.is_uppercase() || !is_plain_end(own) || end > i + 1) {
                return None;
            }
            // Careless English begins sentences small; after a question mark inside quotes it is the speaker's verb.
            let careless =
                language == Language::En && !abbreviation && !own.contains(['…', ':']) && own != "..." && end == i + 1;
            if first.is_lowercase() && !careless {
                return None;
            }
            let listed = i == 1 && own == "." && form(0).chars().all(|c| c.is_numeric() || c.is_ascii_uppercase());
            let leading = i == 0 && !abbreviation;
            if listed || leading {
                return None;
            }
            if abbreviation && end == i + 1 && next.form(text) == "(" {
                return None;
            }
            if abbreviation && end == i + 1 && !self.abbreviation_ends(words, i, begins, text, language) {
                return None;
            }
            Some(end)
        })
    }

    /// Mail and web text: what ends a sentence at `i`, or one word before, without a full stop.
    fn unmarked_end(&self, words: &[Word], i: usize, text: &str, language: Language) -> Option<usize> {
        let own = words[i].form(text);
        let next = words.get(i + 1)?;
        let next_form = next.form(text);
        let before_capital = next.space_before && next_form.starts_with(char::is_uppercase);
        let has_date = || words[..i].iter().any(|w| is_slash_date(w.form(text)));
        let ends = match own {
            // "Regards, Ann"
            "," => {
                before_capital
                    && (1..=3).contains(&i)
                    && self.abbreviations.has(language, words[i - 1].form(text), AbbreviationKind::Closing)
            }
            // "(BBC) The talks …"
            ")" | "]" => {
                before_capital
                    && matches!(words[0].form(text), "(" | "[")
                    && !words[..i].iter().any(|w| w.form(text) == own)
            }
            "AM" | "PM" => before_capital && has_date(),
            _ if own.starts_with("http") || own.starts_with("www.") => {
                next.space_before && next_form.starts_with(|c: char| c.is_uppercase() || c == 'h')
            }
            _ => false,
        };
        // The name over a mail and its date are two lines.
        let stamp = next.space_before
            && is_slash_date(next_form)
            && i < YEAR_AT_START
            && words[..=i].iter().all(|w| !w.form(text).starts_with(char::is_lowercase));
        (ends || stamp).then_some(i + 1)
    }

    /// Whether the abbreviation at `i` ends its sentence, when a capital or figure follows at `next`.
    fn abbreviation_ends(&self, words: &[Word], i: usize, next: usize, text: &str, language: Language) -> bool {
        let own = words[i].form(text);
        let own = own.strip_suffix('.').unwrap_or(own);
        let next = words[next].form(text);
        let starter = next.chars().next().is_some_and(char::is_uppercase)
            && self.abbreviations.has(language, next, AbbreviationKind::Starter);
        let after_number = i > 0 && words[i - 1].form(text).ends_with(|c: char| c.is_numeric() || "IVX".contains(c));
        match self.abbreviations.kind(language, own) {
            // "в 2015 г.", "XX в.", "5 д.": after a figure a unit of time, not a town or a house.
            Some(AbbreviationKind::Title) if after_number && own.chars().count() <= 2 => {
                i > YEAR_AT_START && next.starts_with(char::is_uppercase)
            }
            Some(AbbreviationKind::Title | AbbreviationKind::Number) => false,
            Some(AbbreviationKind::Inner) => starter,
            // "Н. Кан": a single capital is an initial, whatever it abbreviates in small letters.
            Some(_) if own.chars().count() == 1 && own.starts_with(char::is_uppercase) && !after_number => starter,
            Some(_) => next.starts_with(char::is_uppercase),
            // Initials and unknown acronyms.
            None => starter,
        }
    }
}

/// A token that waits for the model.
fn untagged(form: &str, span: CharSpan, space_before: bool) -> Token {
    Token {
        span,
        form: form.to_owned(),
        space_before,
        upos: String::new(),
        lemma: String::new(),
        feats: Feats::default(),
        head: None,
        deprel: String::new(),
    }
}

fn is_terminal(form: &str) -> bool {
    form.starts_with(['.', '!', '?', '…']) && form.chars().all(|c| ".!?…".contains(c))
}

fn is_rule(form: &str) -> bool {
    form.len() > 3 && form.chars().all(|c| "=-_*~".contains(c))
}

fn is_smile(form: &str) -> bool {
    form.chars().count() > 1 && form.starts_with([':', ';', '=']) && form.ends_with([')', '(', 'D', 'P'])
}

fn is_slash_date(form: &str) -> bool {
    form.matches('/').count() == 2 && form.starts_with(|c: char| c.is_ascii_digit())
}

fn is_plain_end(form: &str) -> bool {
    matches!(form, "." | "!" | "?")
}

fn is_closer(form: &str) -> bool {
    form.chars().all(|c| ")]}”’»\"'“".contains(c)) || form.starts_with("&#39;")
}

fn is_opener(form: &str) -> bool {
    form.chars().all(|c| "([{“‘«„\"'`—–-•*·".contains(c))
}

/// The full stop of an abbreviation that stands last is the sentence's own.
fn free_last_full_stop(sentence: &mut Vec<Word>, text: &str) {
    let closers = sentence.iter().rev().take_while(|w| is_closer(w.form(text))).count();
    let Some(last) = sentence.len().checked_sub(closers + 1) else { return };
    let word = &mut sentence[last];
    let form = word.form(text);
    if form.len() > 1 && form.ends_with('.') && form.chars().any(char::is_alphanumeric) {
        let stop = word.bytes.end - 1;
        let full_stop = Word { bytes: stop..word.bytes.end, space_before: false };
        word.bytes.end = stop;
        sentence.insert(last + 1, full_stop);
    }
}

/// Removes the first of two equal runs of words that follow each other (a scraper joined the summary to the text).
fn drop_repeated_lead(words: &mut Vec<Word>, text: &str) {
    let is_mark = |w: &Word| !w.form(text).chars().any(char::is_alphanumeric);
    let repeat: Option<Range<usize>> = (0..words.len().min(2 * DATELINE_WORDS)).find_map(|start| {
        (start + REPEATED_LEAD..words.len()).find_map(|second| {
            let marks = words[start..second].iter().rev().take_while(|w| is_mark(w)).count();
            let run = second - marks - start;
            let equal = !is_mark(&words[start])
                && run >= REPEATED_LEAD
                && second + run <= words.len()
                && (0..run).all(|k| words[start + k].form(text) == words[second + k].form(text));
            equal.then_some(start..second)
        })
    });
    if let Some(range) = repeat {
        words.drain(range);
    }
}

/// Where a dateline ends: "ASTANA –", "МОСКВА, 5 мая /ТАСС/ –", "BRUSSELS (Reuters) -".
fn dateline(words: &[Word], text: &str) -> Option<usize> {
    let dash = words.iter().take(DATELINE_WORDS).position(|w| matches!(w.form(text), "-" | "–" | "—" | "--"))?;
    let next = words.get(dash + 1)?;
    let spaced = words[dash].space_before && next.space_before;
    if dash == 0 || !spaced || words.len() < dash + 5 {
        return None;
    }
    let next_form = next.form(text);
    if !(is_opener(next_form) || next_form.starts_with(char::is_uppercase)) {
        return None;
    }
    let shouted = |w: &Word| {
        let form = w.form(text);
        form.chars().filter(|c| c.is_alphabetic()).count() > 2 && !form.chars().any(char::is_lowercase)
    };
    let words_only = &words[..dash];
    let small = words_only.iter().filter(|w| w.form(text).starts_with(char::is_lowercase)).count();
    let bracketed = words_only.last().is_some_and(|w| matches!(w.form(text), ")" | "/"));
    let has_figure = words_only.iter().any(|w| w.form(text).starts_with(|c: char| c.is_numeric()));
    // At most the month's name is in small letters.
    let plausible = small <= usize::from(has_figure);
    let marked =
        words_only.first().is_some_and(shouted) || bracketed || (has_figure && words_only.last().is_some_and(shouted));
    (plausible && marked).then_some(dash + 1)
}

#[cfg(test)]
mod tests;
