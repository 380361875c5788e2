//! Paragraphs: which stretches of the text are the article, and which are furniture.
//!
//! Lines are joined only where a writer wrapped them; furniture lines are known by the table, and by standing short
//! between other furniture.

use super::{Language, Paragraph, ParagraphKind, language};
use crate::{
    ontology::{Furniture, FurnitureKind, Languages},
    text::{CharIndex, CharSpan},
};
use std::ops::Range;

const BULLETS: &[char] = &['•', '·', '▪', '■', '●', '*', '–', '—', '-', '‣', '◦', '►', '▶', '→'];
/// A heading has no more words than this.
const HEADING_WORDS: usize = 25;
/// A line of no more words than this, between furniture, is furniture.
const SCRAP_WORDS: usize = 4;
/// Hand-wrapped lines are between these lengths.
const WRAPPED: Range<usize> = 40..110;

/// A line that is not blank, by bytes, white space and bullet taken off.
#[derive(Debug, Clone)]
struct Line {
    bytes: Range<usize>,
    /// Whether a blank line precedes.
    after_blank: bool,
    bulleted: bool,
    furniture: Option<FurnitureKind>,
}

/// The paragraphs of `text` from byte `head` on.
pub(super) fn find(
    text: &str,
    head: usize,
    main: Language,
    furniture: &Furniture,
    languages: &Languages,
) -> Vec<Paragraph> {
    let mut lines = lines(text, head, furniture);
    mark_scraps(&mut lines, text);
    let index = CharIndex::new(text);
    let mut paragraphs = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].furniture.is_some() {
            at += 1;
            continue;
        }
        let block_end = (at + 1..lines.len())
            .find(|&i| lines[i].after_blank || lines[i].bulleted || lines[i].furniture.is_some())
            .unwrap_or(lines.len());
        let wrapped = is_wrapped(&lines[at..block_end], text);
        let mut end = at + 1;
        while end < block_end && (wrapped || continues(text, &lines[end - 1], &lines[end])) {
            end += 1;
        }
        let bytes = lines[at].bytes.start..lines[end - 1].bytes.end;
        let content = &text[bytes.clone()];
        if let Some(language) = language::of_paragraph(content, main, languages) {
            let span = CharSpan::new(index.char_at_byte(bytes.start), index.char_at_byte(bytes.end));
            let heading = !lines[at].bulleted && end == at + 1 && is_heading(content);
            let kind = if heading { ParagraphKind::Heading } else { ParagraphKind::Body };
            paragraphs.push(Paragraph { span, language, kind });
        }
        at = end;
    }
    paragraphs
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{2060}')
}

fn lines(text: &str, head: usize, furniture: &Furniture) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut after_blank = true;
    let mut start = head;
    // Old files break lines with a lone carriage return.
    let carriage = if text.contains('\n') { '\n' } else { '\r' };
    for piece in text[head..].split_inclusive(['\n', carriage, '\u{2028}', '\u{2029}', '\u{85}']) {
        let end = start + piece.len();
        let inner = piece.trim_matches(is_blank);
        let without = inner.trim_start_matches(|c| is_blank(c) || BULLETS.contains(&c));
        // A dash opens direct speech in Russian: only a mark that is set off by a space is a bullet.
        let mark = &inner[..inner.len() - without.len()];
        let dash = mark.starts_with(['–', '—', '-']);
        let bulleted = !mark.is_empty() && mark.contains(is_blank) && !dash;
        let content = if bulleted { without } else { inner };
        if !inner.is_empty() && !content.is_empty() {
            let from = start + piece.find(content).unwrap_or(0);
            let bytes = from..from + content.len();
            let scrap = || (is_scrap(content) || is_byline(content, furniture)).then_some(FurnitureKind::Line);
            let furniture = furniture.kind(content).or_else(scrap);
            lines.push(Line { bytes, after_blank, bulleted, furniture });
            after_blank = false;
        } else {
            after_blank = true;
        }
        start = end;
    }
    lines
}

/// A lone small word is what is left of an icon or a picture.
fn is_scrap(line: &str) -> bool {
    !line.contains(is_blank) && line.chars().all(char::is_alphabetic) && line.starts_with(char::is_lowercase)
}

/// "By the desk · 5 May · 4 min read": pieces of furniture in a row, small scraps among them.
fn is_byline(line: &str, furniture: &Furniture) -> bool {
    let pieces: Vec<&str> = line.split(['·', '|', '•']).map(|p| p.trim_matches(is_blank)).collect();
    let known = |piece: &&str| furniture.kind(piece).is_some();
    pieces.len() > 1
        && pieces.iter().any(known)
        && pieces.iter().all(|p| known(p) || p.split_whitespace().count() <= SCRAP_WORDS)
}

/// Short lines after the head of a block, and very short ones between furniture, are furniture too.
fn mark_scraps(lines: &mut [Line], text: &str) {
    let mut in_block = false;
    for i in 0..lines.len() {
        let content = &text[lines[i].bytes.clone()];
        match lines[i].furniture {
            Some(kind) => in_block = in_block && kind == FurnitureKind::Line || kind == FurnitureKind::Block,
            None if in_block && !ends_sentence(content) => lines[i].furniture = Some(FurnitureKind::Line),
            None => in_block = false,
        }
    }
    for i in 0..lines.len() {
        let known = |j: Option<usize>| j.and_then(|j| lines.get(j)).is_none_or(|l| l.furniture.is_some());
        let content = &text[lines[i].bytes.clone()];
        let short = content.split_whitespace().count() <= SCRAP_WORDS && !ends_sentence(content);
        let between = i > 0 && i + 1 < lines.len() && known(i.checked_sub(1)) && known(Some(i + 1));
        if short && between && lines[i].furniture.is_none() {
            lines[i].furniture = Some(FurnitureKind::Line);
        }
    }
}

/// Whether a writer or a mail program broke these lines at a fixed width: no first word would have fit before.
fn is_wrapped(lines: &[Line], text: &str) -> bool {
    let length = |line: &Line| text[line.bytes.clone()].chars().count();
    let Some(width) = lines.iter().map(length).max() else { return false };
    lines.len() > 1
        && WRAPPED.contains(&width)
        && lines.windows(2).all(|pair| {
            let next = &text[pair[1].bytes.clone()];
            let first = next.split_whitespace().next().map_or(0, |w| w.chars().count());
            length(&pair[0]) + 1 + first > width
        })
}

/// A line that breaks off, and one that goes on in small letters, are one.
fn continues(text: &str, line: &Line, next: &Line) -> bool {
    !ends_sentence(&text[line.bytes.clone()]) && text[next.bytes.clone()].starts_with(char::is_lowercase)
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '\'', '”', '’', '»', '“', ')', ']']).ends_with(['.', '!', '?', '…', ':', ';'])
}

fn is_heading(line: &str) -> bool {
    let quoted = line.ends_with(['"', '”', '»']) && line.starts_with(['"', '“', '«']);
    let words = line.split_whitespace().count();
    let question = line.ends_with(['?', '!']) && words <= HEADING_WORDS / 2;
    !quoted && words <= HEADING_WORDS && (!ends_sentence(line) || question)
}
