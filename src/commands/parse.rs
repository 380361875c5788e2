//! `kurultai parse`: sentences, words, trees and names, as CoNLL-U or as drawings.

use super::{Outcome, pipeline::in_batches};
use crate::{
    analyze::{
        Analyzer, Sentence,
        conllu::{self, ConlluSentence},
        tree,
    },
    cli::{Global, Parse},
    ingest::Article,
    ontology::{Ontology, Source},
    text::CharIndex,
};
use anyhow::Context;
use std::{
    io::{Read, Write},
    path::Path,
};

pub(super) fn run(args: &Parse, global: &Global) -> anyhow::Result<Outcome> {
    let source = global.ontology.clone().map_or(Source::Builtin, Source::Folder);
    let ontology = Ontology::load(&source)?;
    let analyzer = Analyzer::load(&ontology, global.model.as_deref(), global.threads)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let outcome = if args.tokenized {
        parse_tokenized(args, &analyzer, &mut out)?
    } else {
        parse_articles(args, &ontology, &analyzer, &mut out)?
    };
    out.flush()?;
    Ok(outcome)
}

fn parse_articles(
    args: &Parse,
    ontology: &Ontology,
    analyzer: &Analyzer,
    out: &mut impl Write,
) -> anyhow::Result<Outcome> {
    in_batches(
        &args.paths,
        ontology,
        |_| false,
        |batch| {
            let analysed = analyzer.analyze_all(&batch)?;
            batch.iter().zip(analysed).try_for_each(|(article, sentences)| write_article(args, article, sentences, out))
        },
    )
}

fn write_article(
    args: &Parse,
    article: &Article,
    sentences: Vec<Sentence>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let index = CharIndex::new(&article.text);
    let mut paragraph = None;
    for (i, sentence) in sentences.into_iter().enumerate() {
        let mut comments = Vec::new();
        if i == 0 {
            comments.push(format!("newdoc id = {}", article.doc));
        }
        if paragraph != Some(sentence.paragraph) {
            comments.push("newpar".to_owned());
        }
        paragraph = Some(sentence.paragraph);
        comments.push(format!("sent_id = {}-{}", article.doc, i + 1));
        let text = index.slice(&article.text, sentence.span);
        comments.push(format!("text = {}", text.split_whitespace().collect::<Vec<_>>().join(" ")));
        write_sentence(args, &ConlluSentence { comments, multiwords: Vec::new(), sentence }, out)?;
    }
    Ok(())
}

fn write_sentence(args: &Parse, sentence: &ConlluSentence, out: &mut impl Write) -> anyhow::Result<()> {
    if args.tree {
        let text = sentence.comments.iter().find_map(|c| c.strip_prefix("text = ")).unwrap_or_default();
        writeln!(out, "{text}\n{}", tree::draw(&sentence.sentence))?;
    } else {
        out.write_all(conllu::write(sentence, args.entities).as_bytes())?;
    }
    Ok(())
}

/// Keeps sentences and words of CoNLL-U files and fills in the rest.
fn parse_tokenized(args: &Parse, analyzer: &Analyzer, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::Done;
    for path in &args.paths {
        let read = read_text(path).and_then(|text| Ok(conllu::read(&text)?));
        let mut read = match read.with_context(|| path.display().to_string()) {
            Ok(read) => read,
            Err(error) => {
                eprintln!("kurultai: {error:#}");
                outcome = Outcome::SomeSkipped;
                continue;
            }
        };
        let mut sentences: Vec<Sentence> = read.iter().map(|r| r.sentence.clone()).collect();
        analyzer.annotate(&mut sentences)?;
        for (read, sentence) in read.iter_mut().zip(sentences) {
            read.sentence = sentence;
            write_sentence(args, read, out)?;
        }
    }
    Ok(outcome)
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    if path.as_os_str() == "-" {
        let mut text = String::new();
        std::io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    Ok(std::fs::read_to_string(path)?)
}
