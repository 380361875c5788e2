//! Nothing is claimed that the articles do not say: every span re-sliced, every name looked for, no exception.

use crate::{
    built,
    samples::{missing, words},
};
use kurultai::{
    extract::{Claim, LocalId},
    ingest::{self, Article},
    ontology::Ontology,
    store::Knowledge,
    text::CharSpan,
};
use std::{collections::BTreeMap, fs, path::Path};
use unicode_normalization::UnicodeNormalization;

/// The articles by id, read as the program reads them; text files are what stands in the file itself.
fn articles() -> BTreeMap<String, Article> {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let ontology = Ontology::builtin().unwrap();
    let mut articles = BTreeMap::new();
    let mut plain = 0;
    for article in ingest::read(&[samples], &ontology) {
        let article = article.unwrap();
        let path = Path::new(&article.source);
        if path.extension().is_some_and(|ending| ending == "txt") {
            let bytes = fs::read(path).unwrap();
            let text = String::from_utf8(bytes)
                .unwrap_or_else(|e| encoding_rs::WINDOWS_1251.decode(e.as_bytes()).0.into_owned());
            let text: String = text.trim_start_matches('\u{feff}').nfc().collect();
            assert_eq!(article.text, text, "{}", article.doc);
            plain += 1;
        }
        articles.insert(article.id.0.clone(), article);
    }
    assert!(plain >= 10 && articles.len() > plain, "{plain} of {}", articles.len());
    articles
}

fn slice(article: &Article, span: CharSpan) -> String {
    assert!(span.start < span.end, "{}: empty span at {}", article.doc, span.start);
    article.text.chars().skip(span.start).take(span.len()).collect()
}

fn told(knowledge: &Knowledge) -> impl Iterator<Item = (&str, &Claim)> {
    knowledge.articles.iter().flat_map(|r| r.claims.iter().map(|claim| (r.article.id.0.as_str(), claim)))
}

#[test]
fn every_claim_stands_where_its_evidence_says() {
    let (articles, knowledge) = (articles(), built::samples().snapshot().knowledge().unwrap());
    let mut faults = Vec::new();
    for (id, claim) in told(&knowledge) {
        let found = slice(&articles[id], claim.evidence.span);
        if found != claim.evidence.text {
            faults.push(format!("{} {}: {found:?}, not {:?}", articles[id].doc, claim.rule, claim.evidence.text));
        }
    }
    assert!(told(&knowledge).count() > 200, "{} claims are no test", told(&knowledge).count());
    assert!(faults.is_empty(), "{} spans are wrong:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_name_stands_in_its_article() {
    let (articles, knowledge) = (articles(), built::samples().snapshot().knowledge().unwrap());
    let mut faults = Vec::new();
    let mut names = 0;
    for record in &knowledge.articles {
        let article = &articles[&record.article.id.0];
        let known = words(&article.text);
        for entity in record.entities.iter().filter(|entity| entity.named) {
            for name in std::iter::once(&entity.label).chain(&entity.names) {
                names += 1;
                if let Some(word) = missing(name, &known) {
                    faults.push(format!("{}: {word:?} of {name:?} ({:?})", article.doc, entity.class));
                }
            }
            for mention in &entity.mentions {
                slice(article, *mention);
            }
        }
    }
    faults.dedup();
    assert!(names > 300, "{names} names are no test");
    assert!(faults.is_empty(), "{} words of names are in no article:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn extract_prints_what_build_stores() {
    let built = built::samples();
    let knowledge = built.snapshot().knowledge().unwrap();
    let docs = ["en-prespa", "ru-caspian"];
    let paths = docs.map(|doc| format!("samples/{doc}.txt"));
    let output = built::kurultai().arg("extract").args(&paths).output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed: Vec<serde_json::Value> = output
        .stdout
        .split(|b| *b == b'\n')
        .filter(|l| !l.is_empty())
        .map(|l| serde_json::from_slice(l).unwrap())
        .collect();
    let stored: Vec<_> = docs
        .iter()
        .flat_map(|doc| {
            let record = knowledge.articles.iter().find(|record| record.article.doc == *doc).unwrap();
            record.claims.iter().map(move |claim| (record, claim))
        })
        .collect();
    assert_eq!(printed.len(), stored.len());
    for (line, (record, claim)) in printed.iter().zip(stored) {
        let label = |id: LocalId| record.entities[id.0].label.as_str();
        assert_eq!(line["doc"], record.article.doc.as_str());
        assert_eq!(line["subject"]["label"], label(claim.subject));
        assert_eq!(line["predicate"], claim.predicate.as_str());
        assert_eq!(line["status"], claim.status.name());
        assert_eq!(line["asserted"], claim.status.is_asserted());
        assert_eq!(line["speaker"]["label"].as_str(), claim.speaker.map(label));
        assert_eq!(line["evidence"]["text"], claim.evidence.text.as_str());
        assert_eq!(line["evidence"]["start"], claim.evidence.span.start);
        assert_eq!(line["evidence"]["end"], claim.evidence.span.end);
    }
}
