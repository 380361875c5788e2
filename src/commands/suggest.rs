//! `kurultai suggest`: what the lexicon lacks, by frequency, with rows ready to edit.

use super::{
    Outcome,
    pipeline::{Pipeline, in_batches},
};
use crate::{
    cli::{Global, Suggest},
    extract::uncovered::{Uncovered, uncovered},
};
use std::collections::BTreeMap;

/// Sentences shown of each predicate.
const EXAMPLES: usize = 3;

/// What makes two occurrences one suggestion.
type Key = (crate::ingest::Language, String, crate::ontology::PredicateKind, [String; 2]);

pub(super) fn run(args: &Suggest, global: &Global) -> anyhow::Result<Outcome> {
    let pipeline = Pipeline::load(global)?;
    let mut found: BTreeMap<Key, Vec<Uncovered>> = BTreeMap::new();
    let outcome = in_batches(
        &args.paths,
        &pipeline.ontology,
        |_| false,
        |batch| {
            let analysed = pipeline.analyzer.analyze_all(&batch)?;
            for (article, sentences) in batch.iter().zip(&analysed) {
                for u in uncovered(article, sentences, &pipeline.ontology) {
                    found.entry((u.language, u.lemma.clone(), u.kind, u.roles.clone())).or_default().push(u);
                }
            }
            Ok(())
        },
    )?;
    let mut ranked: Vec<(Key, Vec<Uncovered>)> =
        found.into_iter().filter(|(_, all)| all.len() >= args.minimum).collect();
    for (_, all) in &mut ranked {
        // Short sentences make good examples; the order is the same whatever that of the files.
        all.sort_by_key(|u| (u.sentence.chars().count(), u.clone()));
    }
    ranked.sort_by(|(a, m), (b, n)| n.len().cmp(&m.len()).then_with(|| a.cmp(b)));
    let mut csv = csv::Writer::from_writer(std::io::stdout().lock());
    if !args.rows {
        csv.write_record(["count", "lang", "lemma", "pos", "subject", "object", "classes", "examples"])?;
    }
    for ((language, lemma, kind, [subject, object]), all) in &ranked {
        let Some(first) = all.first() else { continue };
        if args.rows {
            // relation,lang,sense,pos,lemmas,subject,object,subject_types,object_types,needs,forbids,extent,status,tier,example,expect,counter
            let expect = first.names.join(" -> ");
            csv.write_record([
                "?",
                language.tag(),
                lemma,
                kind.name(),
                lemma,
                subject,
                object,
                "",
                "",
                "",
                "",
                "",
                "",
                "broad",
                &first.sentence,
                &expect,
                "",
            ])?;
            continue;
        }
        let mut classes: Vec<String> =
            all.iter().map(|u| format!("{} {}", u.subject.name(), u.object.name())).collect();
        classes.sort();
        classes.dedup();
        let examples: Vec<&str> = all.iter().map(|u| u.sentence.as_str()).take(EXAMPLES).collect();
        csv.write_record([
            &all.len().to_string(),
            language.tag(),
            lemma,
            kind.name(),
            subject,
            object,
            &classes.join(" | "),
            &examples.join(" | "),
        ])?;
    }
    csv.flush()?;
    if !global.quiet {
        let (n, m) = (ranked.len(), args.minimum);
        let next = if args.rows {
            "replace each ? by a relation, and shorten the examples"
        } else {
            "--rows prints them as rows to edit"
        };
        eprintln!("{n} predicates between named actors that no row covers, seen {m} times or more; {next}");
    }
    Ok(outcome)
}
