//! Extraction over real trees: the lexicon's own examples, and Markdown cases of text and expected claims.

mod cases;
mod lexicon;
mod status;

use jiff::civil::Date;
use kurultai::{
    analyze::Analyzer,
    extract::{ArticleClaims, Claim, LocalId, Object, Value, extract},
    ingest::{Article, ArticleId, Language, Paragraph, ParagraphKind},
    ontology::{Ontology, fold},
    text::CharSpan,
};
use std::sync::LazyLock;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());
static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::load(&ONTOLOGY, None, None).unwrap());

/// An article of one paragraph a line.
fn article(text: &str, language: Language, published: Option<Date>) -> Article {
    let mut paragraphs = Vec::new();
    let mut start = 0;
    for line in text.split('\n') {
        let end = start + line.chars().count();
        if !line.trim().is_empty() {
            let kind = ParagraphKind::Body;
            paragraphs.push(Paragraph { span: CharSpan::new(start, end), language, kind });
        }
        start = end + 1;
    }
    Article {
        id: ArticleId("0000000000000000".to_owned()),
        doc: "case".to_owned(),
        source: "case".to_owned(),
        title: None,
        publisher: None,
        url: None,
        published,
        language,
        text: text.to_owned(),
        paragraphs,
    }
}

/// The claims of articles; evidence is checked to re-slice on the way.
fn claims_of(articles: &[Article]) -> Vec<ArticleClaims> {
    let sentences = ANALYZER.analyze_all(articles).unwrap();
    let claims: Vec<_> = articles.iter().zip(&sentences).map(|(a, s)| extract(a, s, &ONTOLOGY)).collect();
    for (article, claims) in articles.iter().zip(&claims) {
        for c in &claims.claims {
            let span = c.evidence.span;
            let sliced: String = article.text.chars().skip(span.start).take(span.len()).collect();
            assert_eq!(sliced, c.evidence.text, "evidence of {} does not re-slice", c.rule);
        }
    }
    claims
}

fn names(claims: &ArticleClaims, id: LocalId) -> Vec<String> {
    let e = &claims.entities[id.0];
    std::iter::once(&e.label).chain(&e.names).cloned().collect()
}

fn object_names(claims: &ArticleClaims, claim: &Claim) -> Vec<String> {
    match &claim.object {
        Object::Entity(id) => names(claims, *id),
        Object::Literal(Value::Date(date)) => vec![date.lexical()],
        Object::Literal(Value::Text { text, .. }) => vec![text.clone()],
    }
}

/// Words that count: folded, without articles.
fn content(text: &str) -> Vec<String> {
    fold(text)
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty() && !matches!(*w, "the" | "a" | "an"))
        .map(str::to_owned)
        .collect()
}

/// Whether two words differ by no more than a Russian ending, or are the same.
fn same_word(a: &str, b: &str) -> bool {
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.chars().count(), b.chars().count());
    let russian = common > 2 && common + 3 >= a.max(b);
    a == b && a == common || russian
}

/// Whether one of the names is the expected one, or holds most of its words.
fn names_match(expected: &str, seen: &[String]) -> bool {
    let wanted = content(expected);
    seen.iter().any(|s| {
        let found = content(s);
        let common = wanted.iter().filter(|w| found.iter().any(|f| same_word(w, f))).count();
        common > 0 && common * 10 >= wanted.len() * 8
    })
}
