//! CoNLL-U: the format in which treebanks and parsers speak, read and written.
//!
//! Sentences keep their comments and multiword ranges (`1-2 don't`), so that a file read and written again is the same
//! but for the columns that [`Sentence`] does not hold (XPOS, DEPS) and other MISC entries.
//! Limitation: empty nodes (`8.1`) are left out.

use super::{Feats, NameKind, NamedEntity, Sentence, Token};
use crate::{ingest::Language, text::CharSpan};
use std::{fmt::Write as _, ops::Range};

/// Words that are written as one: `don't` over `do` and `n't`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// Which tokens, half-open.
    pub tokens: Range<usize>,
    /// As written.
    pub form: String,
}

/// A sentence with what CoNLL-U says around it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConlluSentence {
    /// Comment lines without `# `.
    pub comments: Vec<String>,
    /// Multiword tokens, in order.
    pub multiwords: Vec<Multiword>,
    /// The sentence; spans count code points of its text.
    pub sentence: Sentence,
}

/// What is wrong with a CoNLL-U file.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {reason}")]
#[non_exhaustive]
pub struct ConlluError {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what is expected.
    pub reason: String,
}

/// Reads sentences; each is Russian when it has more Cyrillic letters than Latin ones.
///
/// # Errors
/// The first line that is not CoNLL-U.
pub fn read(text: &str) -> Result<Vec<ConlluSentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut open = Reading::default();
    for (i, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            sentences.extend(std::mem::take(&mut open).finish(i)?);
        } else {
            open.take(line).map_err(|reason| ConlluError { line: i + 1, reason })?;
        }
    }
    sentences.extend(open.finish(text.lines().count())?);
    Ok(sentences)
}

/// A sentence that is being read.
#[derive(Default)]
struct Reading {
    comments: Vec<String>,
    multiwords: Vec<Multiword>,
    tokens: Vec<Token>,
    tags: Vec<String>,
    at: usize,
    glued: bool,
    /// Of the multiword that is open: the text that its words have not used yet, and whether a space follows it.
    surface: Option<(usize, String, bool)>,
}

impl Reading {
    fn take(&mut self, line: &str) -> Result<(), String> {
        if let Some(comment) = line.strip_prefix('#') {
            self.comments.push(comment.strip_prefix(' ').unwrap_or(comment).to_owned());
            return Ok(());
        }
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, _, feats, head, deprel, _, misc] = columns[..] else {
            return Err(format!("{} columns instead of 10; they are separated by tabs", columns.len()));
        };
        let glued = misc.split('|').any(|m| m == "SpaceAfter=No");
        if id.contains('.') {
            return Ok(());
        }
        if let Some((from, to)) = id.split_once('-') {
            let (from, to) = (number(from)?, number(to)?);
            if from != self.tokens.len() + 1 || to < from {
                return Err(format!("the range {id} does not begin at the next word"));
            }
            self.multiwords.push(Multiword { tokens: from - 1..to, form: form.to_owned() });
            self.surface = Some((to, form.to_owned(), glued));
            return Ok(());
        }
        if number(id)? != self.tokens.len() + 1 {
            return Err(format!("word {id} follows word {}", self.tokens.len()));
        }
        let space_before = !self.glued;
        self.at += usize::from(space_before && !self.tokens.is_empty());
        let mut length = form.chars().count();
        self.glued = glued;
        if let Some((last, rest, glued_after)) = &mut self.surface {
            // Where the words do not spell the surface form, the first takes it whole.
            length = if rest.starts_with(form) { length } else { rest.chars().count() };
            *rest = rest.chars().skip(length).collect();
            let ends = self.tokens.len() + 1 == *last;
            length += if ends { rest.chars().count() } else { 0 };
            self.glued = !ends || *glued_after;
            if ends {
                self.surface = None;
            }
        }
        let value = |column: &str| if column == "_" && form != "_" { String::new() } else { column.to_owned() };
        let head = if head == "_" { 0 } else { number(head)? };
        self.tags.push(misc.split('|').find_map(|m| m.strip_prefix("Entity=")).unwrap_or("O").to_owned());
        self.tokens.push(Token {
            span: CharSpan::new(self.at, self.at + length),
            form: form.to_owned(),
            space_before,
            upos: value(upos),
            lemma: value(lemma),
            feats: Feats::parse(feats),
            head: head.checked_sub(1),
            deprel: value(deprel),
        });
        self.at += length;
        Ok(())
    }

    fn finish(self, line: usize) -> Result<Option<ConlluSentence>, ConlluError> {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else { return Ok(None) };
        if let Some(far) = self.tokens.iter().filter_map(|t| t.head).find(|&h| h >= self.tokens.len()) {
            return Err(ConlluError { line, reason: format!("head {} is beyond the sentence", far + 1) });
        }
        let letters = self.tokens.iter().flat_map(|t| t.form.chars()).filter(|c| c.is_alphabetic());
        let (cyrillic, latin): (Vec<char>, Vec<char>) = letters.partition(|c| ('\u{400}'..='\u{52f}').contains(c));
        let sentence = Sentence {
            span: CharSpan::new(first.span.start, last.span.end),
            paragraph: 0,
            language: if cyrillic.len() > latin.len() { Language::Ru } else { Language::En },
            entities: entities(&self.tags),
            tokens: self.tokens,
        };
        Ok(Some(ConlluSentence { comments: self.comments, multiwords: self.multiwords, sentence }))
    }
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().map_err(|_| format!("{text:?} is not a number"))
}

/// Names from tags like `B-PER`, `I-PER`, `O`.
fn entities(tags: &[String]) -> Vec<NamedEntity> {
    let mut entities: Vec<NamedEntity> = Vec::new();
    for (i, tag) in tags.iter().enumerate() {
        let Some((place, kind)) = tag.split_once('-') else { continue };
        let Some(kind) = name_kind(kind) else { continue };
        match entities.last_mut().filter(|e| place == "I" && e.tokens.end == i && e.kind == kind) {
            Some(open) => open.tokens.end = i + 1,
            None => entities.push(NamedEntity { tokens: i..i + 1, kind }),
        }
    }
    entities
}

/// The kind's tag is its serialised name.
fn name_kind(tag: &str) -> Option<NameKind> {
    serde_json::from_value(serde_json::Value::String(tag.to_owned())).ok()
}

fn tag(kind: NameKind) -> String {
    serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Writes a sentence with its closing blank line; `names` adds `Entity=` to MISC.
#[must_use]
pub fn write(sentence: &ConlluSentence, names: bool) -> String {
    let mut out = String::new();
    for comment in &sentence.comments {
        let _ = writeln!(out, "# {comment}");
    }
    let tokens = &sentence.sentence.tokens;
    let glued_after = |i: usize| tokens.get(i + 1).is_some_and(|t| !t.space_before);
    for (i, token) in tokens.iter().enumerate() {
        let multiword = sentence.multiwords.iter().find(|m| m.tokens.contains(&i));
        if let Some(m) = multiword.filter(|m| m.tokens.start == i) {
            let misc = if glued_after(m.tokens.end - 1) { "SpaceAfter=No" } else { "_" };
            let _ = writeln!(out, "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}", i + 1, m.tokens.end, m.form);
        }
        let mut misc = Vec::new();
        if names && let Some(name) = sentence.sentence.entities.iter().find(|e| e.tokens.contains(&i)) {
            let place = if name.tokens.start == i { 'B' } else { 'I' };
            misc.push(format!("Entity={place}-{}", tag(name.kind)));
        }
        if multiword.is_none() && glued_after(i) {
            misc.push("SpaceAfter=No".to_owned());
        }
        let or_blank = |text: &str| if text.is_empty() { "_".to_owned() } else { text.to_owned() };
        let head = match token.head {
            Some(head) => (head + 1).to_string(),
            None if token.deprel.is_empty() => "_".to_owned(),
            None => "0".to_owned(),
        };
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t_\t{}\t{head}\t{}\t_\t{}",
            i + 1,
            token.form,
            or_blank(&token.lemma),
            or_blank(&token.upos),
            token.feats,
            or_blank(&token.deprel),
            or_blank(&misc.join("|"))
        );
    }
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "\
# sent_id = a-1
# text = They don't leave Kyiv.
1\tThey\tthey\tPRON\t_\tCase=Nom|Number=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\t_\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\t_\tPolarity=Neg\t4\tadvmod\t_\t_
4\tleave\tleave\tVERB\t_\t_\t0\troot\t_\t_
5\tKyiv\tKyiv\tPROPN\t_\t_\t4\tobj\t_\tEntity=B-CITY|SpaceAfter=No
6\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

";

    #[test]
    fn what_is_read_is_written_back() {
        let read = read(SAMPLE).unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!(write(&read[0], true), SAMPLE);
        let text: Vec<char> = "They don't leave Kyiv.".chars().collect();
        for token in &read[0].sentence.tokens {
            assert_eq!(text[token.span.start..token.span.end].iter().collect::<String>(), token.form);
        }
        assert_eq!(read[0].sentence.entities, [NamedEntity { tokens: 4..5, kind: NameKind::City }]);
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let of = |text: &str| read(text).unwrap_err().to_string();
        assert_eq!(of("1\tA\n"), "line 1: 2 columns instead of 10; they are separated by tabs");
        assert_eq!(of("\n2\tA\t_\t_\t_\t_\t_\t_\t_\t_\n"), "line 2: word 2 follows word 0");
        assert_eq!(of("1\tA\t_\t_\t_\t_\t7\t_\t_\t_\n"), "line 1: head 7 is beyond the sentence");
    }

    #[test]
    fn a_misspelt_multiword_keeps_spans_in_order() {
        let text = "1-2\tits\t_\t_\t_\t_\t_\t_\t_\t_\n1\tit\t_\t_\t_\t_\t_\t_\t_\t_\n2\t's\t_\t_\t_\t_\t_\t_\t_\t_\n3\tok\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let sentence = &read(text).unwrap()[0].sentence;
        let spans: Vec<(usize, usize)> = sentence.tokens.iter().map(|t| (t.span.start, t.span.end)).collect();
        assert_eq!(spans, [(0, 2), (2, 3), (4, 6)]);
    }
}
