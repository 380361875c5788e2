//! `kurultai score`: how good claims are, by a person's marks, by gold files, or by a public benchmark.

use super::Outcome;
use crate::{
    cli::{Global, Score},
    evaluate::{
        comparison::Comparison,
        counts::{Counts, wilson},
        factrueval::Benchmark,
        gold::Gold,
        marks, reliability,
        scoring::{self, Scores},
        system,
    },
    ontology::{Schema, Source},
};
use anyhow::Context;
use serde_json::json;
use std::{collections::BTreeMap, io::Read, path::Path};

pub(super) fn run(args: &Score, global: &Global) -> anyhow::Result<Outcome> {
    let source = global.ontology.clone().map_or(Source::Builtin, Source::Folder);
    let figure = if let Some(folder) = &args.factrueval {
        benchmark(args, global, &source, folder)?
    } else if args.triples.is_empty() {
        marked(args, global)?
    } else {
        against_gold(args, global, &source)?
    };
    let enough = args.minimum.is_none_or(|minimum| figure >= minimum);
    Ok(if enough { Outcome::Done } else { Outcome::CheckFailed })
}

fn input(path: &Path) -> anyhow::Result<String> {
    if path != Path::new("-") {
        return std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()));
    }
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    Ok(text)
}

fn marked(args: &Score, global: &Global) -> anyhow::Result<f64> {
    if args.file.extension().is_none_or(|e| e != "csv") {
        anyhow::bail!(
            "{} is no marked sample (.csv), and no gold was named\nhint: name gold with --entities and --triples, or with --factrueval",
            args.file.display()
        );
    }
    let marked = marks::read(&args.file)?;
    let all = sum(&marked.counts, |_, _| true);
    if all.right + all.wrong == 0 {
        anyhow::bail!("no row of {} is marked\nhint: write 1 or 0 into the column right", args.file.display());
    }
    if global.json {
        let by: BTreeMap<String, Counts> = marked.counts.iter().map(|((r, l), c)| (format!("{r} {l}"), *c)).collect();
        println!(
            "{}",
            json!({"precision": all.precision(), "interval": wilson(all.right, all.right + all.wrong), "counts": by})
        );
        return Ok(all.precision());
    }
    println!("{:<18}{:>7}{:>7}{:>11}  95 % interval", "", "right", "wrong", "precision");
    let row = |name: &str, c: Counts| {
        if c.right + c.wrong > 0 {
            let (low, high) = wilson(c.right, c.right + c.wrong);
            println!("{name:<18}{:>7}{:>7}{:>11.3}  {low:.3} to {high:.3}", c.right, c.wrong, c.precision());
        }
    };
    for relation in relations(&marked.counts) {
        row(relation, sum(&marked.counts, |r, _| r == relation));
    }
    for language in languages(&marked.counts) {
        row(&format!("language {language}"), sum(&marked.counts, |_, l| l == language));
    }
    row("all", all);
    if marked.unmarked > 0 {
        println!("{} rows are not marked", marked.unmarked);
    }
    if args.reliability {
        reliability_table(&marked.judged);
    }
    Ok(all.precision())
}

fn against_gold(args: &Score, global: &Global, source: &Source) -> anyhow::Result<f64> {
    let (compare, schema) = (Comparison::load(source)?, Schema::load(source)?);
    let mut gold = Gold::default();
    args.entities.iter().try_for_each(|path| gold.add_entities(path, &compare))?;
    args.triples.iter().try_for_each(|path| gold.add_triples(path, &schema))?;
    args.statuses.iter().try_for_each(|path| gold.add_statuses(path, &schema))?;
    let lines = system::read(&args.file, &input(&args.file)?, &compare)?;
    let scores = scoring::score(&gold, &lines, &compare, &schema);
    let all = scores.total(|_, _| true);
    if args.calibration {
        println!("relation,grade,right,wrong");
        for ((relation, grade), c) in &scores.grades {
            println!("{relation},{:.2},{},{}", f64::from(*grade) / 100.0, c.right, c.wrong);
        }
        return Ok(all.f1());
    }
    if global.json {
        let by: BTreeMap<String, Counts> = scores.counts.iter().map(|((r, l), c)| (format!("{r} {l}"), *c)).collect();
        println!(
            "{}",
            json!({"precision": all.precision(), "recall": all.recall(), "f1": all.f1(), "counts": by, "status": scores.status,
                "speaker": scores.speaker, "reliability": reliability::table(&scores.judged).0})
        );
        return Ok(all.f1());
    }
    gold_table(&scores, all);
    if args.reliability {
        reliability_table(&scores.judged);
    }
    if args.differences {
        println!();
        for d in &scores.differences {
            let [s, p, o] = &d.triple;
            println!("{}\t{}\t{s}\t{p}\t{o}\t{}", if d.wrong { "wrong" } else { "missed" }, d.doc, d.rule);
        }
    }
    Ok(all.f1())
}

fn gold_table(scores: &Scores, all: Counts) {
    println!("{:<18}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}", "", "right", "wrong", "missed", "P", "R", "F1");
    let row = |name: &str, c: Counts| {
        println!(
            "{name:<18}{:>7}{:>7}{:>7}{:>8.3}{:>8.3}{:>8.3}",
            c.right,
            c.wrong,
            c.missed,
            c.precision(),
            c.recall(),
            c.f1()
        );
    };
    for relation in relations(&scores.counts) {
        row(relation, scores.total(|r, _| r == relation));
    }
    for language in languages(&scores.counts) {
        row(&format!("language {language}"), scores.total(|_, l| l == language));
    }
    row("without said", scores.total(|r, _| r != "said"));
    row("all", all);
    for (name, by_language) in [("status", &scores.status), ("speaker", &scores.speaker)] {
        for (language, c) in by_language {
            println!(
                "{name} {language}: right in {} of {} claims found ({:.3})",
                c.right,
                c.right + c.wrong,
                c.precision()
            );
        }
    }
    if scores.foreign > 0 {
        println!("{} triples of other relations are not scored", scores.foreign);
    }
}

fn benchmark(args: &Score, global: &Global, source: &Source, folder: &Path) -> anyhow::Result<f64> {
    let (compare, schema) = (Comparison::load(source)?, Schema::load(source)?);
    let lines = system::read(&args.file, &input(&args.file)?, &compare)?;
    let scores = Benchmark::load(folder)
        .context("hint: name the folder that holds the .facts files")?
        .score(&lines, &compare, &schema);
    if global.json {
        println!("{}", serde_json::to_string(&scores)?);
    } else {
        println!("{:<28}{:>7}{:>7}{:>7}{:>8}{:>8}{:>8}", "", "right", "wrong", "missed", "P", "R", "F1");
        let p = scores.official;
        let dashes = format!("{:<28}{:>21}", "Occupation, in part", "");
        println!("{dashes}{:>8.3}{:>8.3}{:>8.3}", p.precision(), p.recall(), p.f1());
        for (name, c) in [("Occupation, every argument", scores.occupation), ("Meeting", scores.meeting)] {
            let (p, r, f) = (c.precision(), c.recall(), c.f1());
            println!("{name:<28}{:>7}{:>7}{:>7}{p:>8.3}{r:>8.3}{f:>8.3}", c.right, c.wrong, c.missed);
        }
        if args.differences {
            println!();
            scores.differences.iter().for_each(|d| println!("{d}"));
        }
    }
    Ok(scores.official.f1())
}

fn reliability_table(judged: &[(f64, bool)]) {
    let (bins, error) = reliability::table(judged);
    println!("\n{:<12}{:>7}{:>12}{:>8}  95 % interval", "confidence", "claims", "mean", "right");
    for b in bins {
        let (low, high) = b.interval;
        println!(
            "{:<12}{:>7}{:>12.2}{:>8.2}  {low:.2} to {high:.2}",
            format!("{:.1} and up", b.from),
            b.claims,
            b.confidence,
            b.right
        );
    }
    println!("expected calibration error {error:.3} over {} claims", judged.len());
}

type Table = BTreeMap<(String, String), Counts>;

fn relations(counts: &Table) -> impl Iterator<Item = &str> {
    let all: std::collections::BTreeSet<&str> = counts.keys().map(|(r, _)| r.as_str()).collect();
    all.into_iter()
}

fn languages(counts: &Table) -> impl Iterator<Item = &str> {
    let all: std::collections::BTreeSet<&str> = counts.keys().map(|(_, l)| l.as_str()).collect();
    all.into_iter()
}

fn sum(counts: &Table, keep: impl Fn(&str, &str) -> bool) -> Counts {
    let mut sum = Counts::default();
    counts.iter().filter(|((r, l), _)| keep(r, l)).for_each(|(_, c)| sum += *c);
    sum
}
