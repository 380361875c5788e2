//! Hand-written trees for unit tests: one word a line, `form upos feats head deprel [lemma]`, heads from 1, 0 the root.

use crate::{
    analyze::{Feats, NameKind, NamedEntity, Sentence, Token},
    ingest::{Article, ArticleId, Language},
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

/// The same with names: first token (from 1), last token, kind.
pub fn named(language: Language, lines: &str, names: &[(usize, usize, NameKind)]) -> Sentence {
    let mut s = sentence(language, lines);
    s.entities = names.iter().map(|&(a, b, kind)| NamedEntity { tokens: a - 1..b, kind }).collect();
    s
}

/// Sentences one after another as one article, published on 2026-03-20 (a Friday).
pub fn article(mut sentences: Vec<Sentence>) -> (Article, Vec<Sentence>) {
    let mut text = String::new();
    for s in &mut sentences {
        let start = text.chars().count();
        let words: Vec<&str> = s.tokens.iter().map(|t| t.form.as_str()).collect();
        text.push_str(&words.join(" "));
        text.push('\n');
        let moved = |span: CharSpan| CharSpan::new(span.start + start, span.end + start);
        s.span = moved(s.span);
        for t in &mut s.tokens {
            t.span = moved(t.span);
        }
    }
    let article = Article {
        id: ArticleId("0".to_owned()),
        doc: "test".to_owned(),
        source: "test".to_owned(),
        title: None,
        publisher: None,
        url: None,
        published: Some(jiff::civil::date(2026, 3, 20)),
        language: sentences.first().map_or(Language::En, |s| s.language),
        text,
        paragraphs: Vec::new(),
    };
    (article, sentences)
}
