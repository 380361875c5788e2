use super::*;
use crate::{analyze::Token, ingest::Language, text::CharSpan};
use serde::Deserialize;
use std::sync::LazyLock;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::load(None, Some(2)).expect("the built-in model loads"));

/// One sentence of `tests/model/reference.json`: what `training/reference.py` says of it.
#[derive(Deserialize)]
struct Reference {
    form: Vec<String>,
    space: Vec<bool>,
    pieces: Vec<Vec<u32>>,
    upos: Vec<String>,
    feats: Vec<String>,
    lemma: Vec<String>,
    head: Vec<usize>,
    rel: Vec<String>,
    names: Vec<String>,
}

fn references() -> Vec<Reference> {
    serde_json::from_str(include_str!("../../../tests/model/reference.json")).expect("a list of sentences")
}

fn sentence<'a>(words: impl IntoIterator<Item = (&'a str, bool)>) -> Sentence {
    let mut end = 0;
    let tokens: Vec<Token> = words
        .into_iter()
        .map(|(form, space_before)| {
            let start = end + usize::from(space_before);
            end = start + form.chars().count();
            Token {
                span: CharSpan::new(start, end),
                form: form.to_owned(),
                space_before,
                upos: String::new(),
                lemma: String::new(),
                feats: crate::analyze::Feats::default(),
                head: None,
                deprel: String::new(),
            }
        })
        .collect();
    Sentence { span: CharSpan::new(0, end), paragraph: 0, language: Language::En, tokens, entities: Vec::new() }
}

fn plain(text: &str) -> Sentence {
    sentence(text.split(' ').map(|word| (word, true)))
}

fn annotated(mut sentences: Vec<Sentence>) -> Vec<Sentence> {
    MODEL.annotate(&mut sentences).expect("the network runs");
    sentences
}

#[test]
fn pieces_equal_the_python_reference() {
    for reference in references() {
        for ((form, &space), expected) in reference.form.iter().zip(&reference.space).zip(&reference.pieces) {
            assert_eq!(&MODEL.pieces.of(form, space), expected, "{form}");
        }
    }
}

#[test]
fn annotation_equals_the_python_reference() {
    let references = references();
    let sentences = references.iter().map(|r| sentence(r.form.iter().map(String::as_str).zip(r.space.iter().copied())));
    for (found, wanted) in annotated(sentences.collect()).iter().zip(&references) {
        let text = wanted.form.join(" ");
        let column = |f: fn(&Token) -> String| found.tokens.iter().map(f).collect::<Vec<_>>();
        assert_eq!(column(|t| t.upos.clone()), wanted.upos, "{text}");
        let feats: Vec<String> = wanted.feats.iter().map(|f| crate::analyze::Feats::parse(f).to_string()).collect();
        assert_eq!(column(|t| t.feats.to_string()), feats, "{text}");
        assert_eq!(column(|t| t.lemma.clone()), wanted.lemma, "{text}");
        assert_eq!(column(|t| t.deprel.clone()), wanted.rel, "{text}");
        let heads: Vec<usize> = found.tokens.iter().map(|t| t.head.map_or(0, |h| h + 1)).collect();
        assert_eq!(heads, wanted.head, "{text}");
        let mut tags = vec!["O".to_owned(); found.tokens.len()];
        for name in &found.entities {
            let kind = serde_json::to_value(name.kind).expect("a kind");
            for i in name.tokens.clone() {
                let part = if i == name.tokens.start { "B" } else { "I" };
                tags[i] = format!("{part}-{}", kind.as_str().expect("a word"));
            }
        }
        assert_eq!(tags, wanted.names, "{text}");
    }
}

#[test]
fn neighbours_and_threads_change_nothing() {
    let all: Vec<Sentence> =
        references().iter().map(|r| sentence(r.form.iter().map(String::as_str).zip(r.space.iter().copied()))).collect();
    let together = annotated(all.clone());
    let mut alone: Vec<Sentence> = all.iter().rev().flat_map(|s| annotated(vec![s.clone()])).collect();
    alone.reverse();
    assert_eq!(together, alone);
    let mut repeated: Vec<Sentence> = std::iter::repeat_n(all, 4).flatten().collect();
    Model::load(None, Some(1)).expect("it loads").annotate(&mut repeated).expect("it runs");
    assert!(repeated.chunks(together.len()).all(|chunk| chunk == together));
}

#[test]
fn old_annotation_is_replaced() {
    let once = annotated(vec![plain("Brazil hosted the summit .")]);
    assert_eq!(annotated(once.clone()), once);
}

#[test]
fn a_sentence_beyond_the_encoder_is_still_one_tree() {
    let words = "the envoy of Chile , who met the king , said that".split(' ').cycle().take(700).collect::<Vec<_>>();
    let long = annotated(vec![sentence(words.iter().map(|w| (*w, true)))]).remove(0);
    assert_eq!(long.tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    for start in 0..long.tokens.len() {
        let mut now = start;
        let mut steps = 0;
        while let Some(head) = long.tokens[now].head {
            (now, steps) = (head, steps + 1);
            assert!(steps <= long.tokens.len(), "a cycle at {start}");
        }
    }
    assert!(long.entities.iter().all(|name| name.tokens.end <= 700));
}

#[test]
fn odd_words_are_no_trouble() {
    let long = "щ".repeat(3000);
    let odd = ["", "\u{ad}", "\u{200b}", "🇰🇿", "e\u{301}", "㍿", "𓀀", long.as_str(), "\u{0}"];
    let found = annotated(vec![sentence(odd.map(|w| (w, false))), sentence([]), plain("x")]);
    assert_eq!(found[0].tokens.iter().filter(|t| t.head.is_none()).count(), 1);
    assert!(found[1].tokens.is_empty());
    assert_eq!(found[2].tokens[0].deprel, "root");
}

#[test]
fn a_missing_folder_is_named() {
    let error = Model::load(Some(Path::new("no/such/folder")), None).expect_err("nothing there");
    assert!(error.to_string().contains("kurultai.onnx, tokenizer.json, labels.json and lemmas.tsv"), "{error}");
}

#[test]
fn the_id_names_version_and_checksum() {
    let id = MODEL.id();
    assert_eq!(id.sha256.len(), 64);
    assert_eq!(id.to_string(), format!("{} sha256:{}", id.version, id.sha256));
}
