//! Hand-written trees for unit tests: one word a line, `form upos feats head deprel [lemma]`, heads from 1, 0 the root.

use crate::{
    analyze::{Feats, Sentence, Token},
    ingest::Language,
    text::CharSpan,
};

/// Reads a tree; the lemma is the folded form where it is not given.
pub fn sentence(language: Language, lines: &str) -> Sentence {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    for line in lines.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [form, upos, feats, head, deprel] = columns[..5] else { panic!("five columns in {line:?}") };
        let end = at + form.chars().count();
        tokens.push(Token {
            span: CharSpan::new(at, end),
            form: form.to_owned(),
            space_before: true,
            upos: upos.to_owned(),
            lemma: columns.get(5).map_or_else(|| form.to_lowercase(), |l| (*l).to_owned()),
            feats: Feats::parse(feats),
            head: head.parse::<usize>().unwrap().checked_sub(1),
            deprel: deprel.to_owned(),
        });
        at = end + 1;
    }
    Sentence { span: CharSpan::new(0, at.saturating_sub(1)), paragraph: 0, language, tokens, entities: Vec::new() }
}
