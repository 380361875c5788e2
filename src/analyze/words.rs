//! Words: a stretch of text becomes word ranges as the Universal Dependencies treebanks of its language cut them.
//!
//! English splits clitics (`do|n't`, `Kazakhstan|'s`) and most hyphens (`well|-|known`); Russian keeps hyphens. A known
//! abbreviation or an initial keeps its full stop here; the sentence rules take it off again at a sentence's end.
//! Limitation: `its` written for `it's` stays whole.

use crate::{
    ingest::Language,
    ontology::{AbbreviationKind, Abbreviations},
};
use regex::Regex;
use std::{ops::Range, sync::LazyLock};

/// A word's bytes, and whether white space (or the start) precedes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub bytes: Range<usize>,
    pub space_before: bool,
}

impl Word {
    pub(super) fn form<'t>(&self, text: &'t str) -> &'t str {
        &text[self.bytes.clone()]
    }
}

/// Things that are one word in either language, tried in this order; the last alternative takes any other character with its marks.
const LEXER: &str = r#"(?x)
  (?P<whole>
    (?: (?i:https?|ftp):// | (?i:mailto:) | (?i:www)\. ) [^\s<>"“”«»]* [^\s<>"“”«».,;:!?)\]'’]
  | [\w.+%-]+ @ [\w-]+ (?: \.[\w-]+ )*
  | [a-z]{2,}(?:\.[a-z-]{2,}){2,} | (?i: b/c | w/o?)\b
  | @\w+ | \#[\w]*\p{L}\w*
  | [\p{L}\d][\p{L}\d_-]* (?: \.[\p{L}\d-]+ )* \. (?i:com|org|net|gov|edu|info|int|eu|uk|ru|kz|uz|kg|tj|tm|doc|xls|jpg|pdf|txt|html?) \b
  | (?: & (?: \#\d{2,5} | quot|amp|lt|gt|nbsp ) ; )+
  | \p{Regional_Indicator}{2}
  | [\p{Extended_Pictographic}--[\d©®™]] [\p{Extended_Pictographic}\p{Emoji_Modifier}\x{FE0F}\x{200D}]*
  | [:;=]-?(?: [)(]+ | [DP]\b )
  | \.{2,} | …+\.* | [!?][!?.…]* | [-=]{2,} | [—–]+ | \${2,} | \*{2,} | _{2,} | \+{2,} | ~{2,} | \)\)+ | '' | `` | << | >>
  | \+?\d{1,3}-\d{3}-\d{3}-\d{2}-?\d{2} | \d{3}-\d{3}-\d{4} | \d{3}-\d{4}\b | \d{5}-\d{4}\b
  | \d+/\d+(?:/\d+)?
  | ['’]?\d+(?: ['’]? s | st | nd | rd | th | TH | ST | ND | RD )\b
  | ['’]\d\d\b
  )
  | (?P<number> \d+ (?: [.,:]\d+ )* )
  | (?P<acronym> (?: \p{L}\. ){2,} (?:\p{L}\b)? )
  | (?P<word> \p{L}[\p{L}\p{M}\p{Nd}_]* (?: ['’ʼ]\p{L}[\p{L}\p{M}\p{Nd}]* | &\p{Lu}[\p{Lu}\p{Nd}]* )* )
  | \S\p{M}*
"#;

/// English clitics at a word's end.
const CLITIC: &str = r"(?i)^.+?(n['’]t|['’](?:s|m|re|ve|ll|d))$";

static LEXER_REGEX: LazyLock<Result<Regex, regex::Error>> = LazyLock::new(|| Regex::new(LEXER));
static CLITIC_REGEX: LazyLock<Result<Regex, regex::Error>> = LazyLock::new(|| Regex::new(CLITIC));

/// Cuts `text` into words.
pub(super) fn words(text: &str, language: Language, abbreviations: &Abbreviations) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let (Ok(lexer), Ok(clitic)) = (&*LEXER_REGEX, &*CLITIC_REGEX) else { return words };
    let mut at = 0;
    while let Some(found) = lexer.captures_at(text, at) {
        let Some(whole) = found.get(0) else { break };
        let (start, mut end) = (whole.start(), whole.end());
        let is_word = found.name("word").is_some();
        if is_word || found.name("number").is_some() {
            end = with_hyphens(text, start..end, language, abbreviations, lexer);
            if is_word && keeps_full_stop(text, start..end, language, abbreviations) {
                end += 1;
            }
        }
        let space_before = start == 0 || text[..start].ends_with(char::is_whitespace);
        let mut cut = start;
        if language == Language::En && is_word {
            cut = push_clitics(&mut words, text, start..end, space_before, clitic, abbreviations);
        }
        words.push(Word { bytes: cut..end, space_before: space_before && cut == start });
        at = end;
    }
    words
}

/// Extends a word over the hyphens that stay inside it.
fn with_hyphens(
    text: &str,
    bytes: Range<usize>,
    language: Language,
    abbreviations: &Abbreviations,
    lexer: &Regex,
) -> usize {
    let mut end = bytes.end;
    while let Some(rest) = text[end..].strip_prefix(['-', '\u{2011}']) {
        let next_at = text.len() - rest.len();
        let Some(next) = rest.chars().next() else { break };
        let inside = match language {
            Language::En => {
                next.is_alphanumeric() && abbreviations.has(language, &text[bytes.start..end], AbbreviationKind::Prefix)
            }
            Language::Ru => next.is_alphabetic(),
        };
        if !inside {
            break;
        }
        match lexer.captures_at(text, next_at) {
            Some(found) if found.name("word").is_some() || found.name("number").is_some() => {
                end = found.get(0).map_or(end, |m| m.end());
            }
            _ => break,
        }
    }
    end
}

/// Whether the full stop that follows belongs to the word: a known abbreviation, or an initial before a name.
fn keeps_full_stop(text: &str, bytes: Range<usize>, language: Language, abbreviations: &Abbreviations) -> bool {
    let Some(rest) = text[bytes.end..].strip_prefix('.') else { return false };
    if rest.starts_with('.') {
        return false;
    }
    let form = &text[bytes];
    let mut next = rest.trim_start().chars();
    if let Some(kind) = abbreviations.kind(language, form) {
        return kind != AbbreviationKind::Number || next.next().is_some_and(char::is_numeric);
    }
    let mut letters = form.chars();
    matches!((letters.next(), letters.next()), (Some(c), None) if c.is_uppercase())
        && next.next().is_some_and(char::is_uppercase)
}

/// Cuts English clitics off a word; gives where its last piece begins.
fn push_clitics(
    words: &mut Vec<Word>,
    text: &str,
    bytes: Range<usize>,
    space_before: bool,
    clitic: &Regex,
    abbreviations: &Abbreviations,
) -> usize {
    let form = &text[bytes.clone()];
    let fused = abbreviations.fused(Language::En, form);
    let inner = fused
        .and_then(|letters| form.char_indices().nth(letters).map(|(byte, _)| byte))
        .or_else(|| clitic.captures(form).and_then(|c| c.get(1)).map(|m| m.start()));
    let Some(inner) = inner else { return bytes.start };
    let host = bytes.start..bytes.start + inner;
    // "wouldn't've": the host may carry a clitic of its own.
    let cut = push_clitics(words, text, host.clone(), space_before, clitic, abbreviations);
    words.push(Word { bytes: cut..host.end, space_before: space_before && cut == host.start });
    host.end
}
