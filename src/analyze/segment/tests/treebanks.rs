//! Words and sentences found in the raw text of the treebanks, against the treebank's own. Skipped where they are absent.
#![allow(clippy::print_stdout, reason = "the figures are for the reader of the test's output")]

use super::*;
use std::{collections::BTreeSet, path::Path, process::Command};

/// One paragraph of raw text, and where its words and sentences stand, white space left out.
#[derive(Default)]
struct Gold {
    text: String,
    solid: usize,
    words: BTreeSet<(usize, usize)>,
    sentences: BTreeSet<(usize, usize)>,
}

fn paragraphs(conllu: &str) -> Vec<Gold> {
    let mut all = vec![Gold::default()];
    for block in conllu.split("\n\n").filter(|b| !b.trim().is_empty()) {
        if block.lines().any(|l| l.starts_with("# newpar") || l.starts_with("# newdoc")) {
            all.push(Gold::default());
        }
        let gold = all.last_mut().unwrap();
        let begin = gold.solid;
        let mut inside = 0;
        for line in block.lines().filter(|l| !l.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            if columns[0].contains('.') {
                continue;
            }
            let spaced = !columns[9].contains("SpaceAfter=No");
            if let Some((from, to)) = columns[0].split_once('-') {
                inside = to.parse::<usize>().unwrap() + 1 - from.parse::<usize>().unwrap();
                gold.text.push_str(columns[1]);
                gold.text.push_str(if spaced { " " } else { "" });
                continue;
            }
            // Words of a fused token concatenate to it in these treebanks, but for misspellings.
            let form: String = columns[1].chars().filter(|c| !c.is_whitespace()).collect();
            let length = form.chars().count();
            gold.words.insert((gold.solid, gold.solid + length));
            gold.solid += length;
            if inside > 0 {
                inside -= 1;
            } else {
                gold.text.push_str(columns[1]);
                gold.text.push_str(if spaced { " " } else { "" });
            }
        }
        gold.sentences.insert((begin, gold.solid));
    }
    all
}

fn score(name: &str, language: Language, show: bool) -> Option<(f64, f64)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/treebanks").join(format!("{name}.conllu.gz"));
    let path = if path.exists() { path } else { std::env::var_os("KURULTAI_TREEBANKS")?.into() };
    let path = if path.is_dir() { path.join(format!("{name}.conllu.gz")) } else { path };
    let unpacked = Command::new("gzip").arg("-dc").arg(&path).output().ok()?;
    let conllu = String::from_utf8(unpacked.stdout).ok()?;
    let segmenter = segmenter();
    let mut counts = [[0usize; 3]; 2];
    for gold in paragraphs(&conllu) {
        let (mut words, mut sentences) = (BTreeSet::new(), BTreeSet::new());
        let solid = |byte: usize| gold.text[..byte].chars().filter(|c| !c.is_whitespace()).count();
        let found = segmenter.segment(&gold.text, language, ParagraphKind::Body);
        for sentence in &found {
            words.extend(sentence.iter().map(|w| (solid(w.bytes.start), solid(w.bytes.end))));
            if let (Some(first), Some(last)) = (sentence.first(), sentence.last()) {
                sentences.insert((solid(first.bytes.start), solid(last.bytes.end)));
            }
        }
        if show {
            let letters: Vec<char> = gold.text.chars().filter(|c| !c.is_whitespace()).collect();
            let print = |kind: &str, spans: Vec<&(usize, usize)>| {
                for &&(a, b) in &spans {
                    println!("{kind} {}", letters[a..b.min(letters.len())].iter().collect::<String>());
                }
            };
            print("W-", gold.words.difference(&words).collect());
            print("W+", words.difference(&gold.words).collect());
            print("S-", gold.sentences.difference(&sentences).collect());
            print("S+", sentences.difference(&gold.sentences).collect());
        }
        for (count, (found, gold)) in counts.iter_mut().zip([(&words, &gold.words), (&sentences, &gold.sentences)]) {
            count[0] += found.intersection(gold).count();
            count[1] += found.len();
            count[2] += gold.len();
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "counts are small")]
    let f1 = |[right, found, gold]: [usize; 3]| 200.0 * right as f64 / (found + gold) as f64;
    let (words, sentences) = (f1(counts[0]), f1(counts[1]));
    println!("{name}: words {words:.2} sentences {sentences:.2}");
    Some((words, sentences))
}

/// `KURULTAI_SHOW_ERRORS=en_ewt-dev` with `--nocapture` lists what is missed (-) and what is wrong (+) there.
#[test]
fn lists_errors_on_demand() {
    if let Ok(name) = std::env::var("KURULTAI_SHOW_ERRORS") {
        score(&name, if name.starts_with("en") { Language::En } else { Language::Ru }, true);
    }
}

#[test]
fn finds_words_and_sentences_in_raw_text() {
    for (name, language, words, sentences) in
        [("en_ewt-test", Language::En, 99.0, 86.0), ("ru_gsd-test", Language::Ru, 99.0, 95.0)]
    {
        let Some((w, s)) = score(name, language, false) else {
            println!("skipped: {name} is not here");
            continue;
        };
        assert!(w >= words, "{name}: words {w:.2}");
        assert!(s >= sentences, "{name}: sentences {s:.2}");
    }
}
