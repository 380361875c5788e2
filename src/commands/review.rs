//! `kurultai review`: the pairs of names of which the program is not sure, worst first, and what a person decides about them.
//!
//! On a terminal it asks pair by pair; else, or with `--format`, it lists them; `--accept` takes decisions from a file. What is
//! decided is written to the store's `decisions.csv` and applied at once.

use super::{
    Outcome,
    settle::{run_of, settle},
};
use crate::{
    cli::{Global, Review, ReviewFormat},
    ontology::{Ontology, Source},
    resolve::{Decision, Decisions, Doubt, ENOUGH, doubts},
    store::{Snapshot, Store},
};
use anyhow::Context;
use serde_json::json;
use std::{
    io::{self, BufRead, IsTerminal, Write},
    path::Path,
};

pub(super) fn run(args: &Review, global: &Global) -> anyhow::Result<Outcome> {
    let ontology = Ontology::load(&global.ontology.clone().map_or(Source::Builtin, Source::Folder))?;
    let chosen = if let Some(path) = &args.accept {
        accepted(path)?
    } else {
        let snapshot = Snapshot::open(&args.location)?;
        let mut doubtful = doubts(&snapshot.articles()?, &ontology, &snapshot.decisions()?);
        doubtful.truncate(args.limit);
        let asks = args.format.is_none() && io::stdin().is_terminal() && io::stdout().is_terminal();
        if !asks {
            list(&doubtful, args.format.unwrap_or(ReviewFormat::Table), io::stdout().lock())?;
            return Ok(Outcome::Done);
        }
        ask(&doubtful, io::stdin().lock(), io::stdout().lock())?
    };
    if chosen.is_empty() {
        return Ok(Outcome::Done);
    }
    let mut store = Store::open_existing(&args.location)?;
    let new = store.decide(&chosen)?;
    let run = run_of(&store, &ontology)?;
    let settled = settle(&mut store, &ontology, run, None)?;
    settled.describe(&format!("Took {new} new decisions"), global, &args.location, None)?;
    Ok(Outcome::Done)
}

/// Decisions from a file, or from standard input for `-`; the first line may name the columns.
fn accepted(path: &Path) -> anyhow::Result<Vec<Decision>> {
    let text = if path == Path::new("-") {
        io::read_to_string(io::stdin())?
    } else {
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?
    };
    let headed = text.trim_start_matches('\u{feff}');
    let headed =
        if headed.starts_with("action,") { headed.to_owned() } else { format!("{}{headed}", Decisions::HEADER) };
    Ok(Decisions::parse(&headed).with_context(|| format!("{} was not taken", path.display()))?.rows)
}

fn action(doubt: &Doubt) -> &'static str {
    if doubt.joined { "same" } else { "different" }
}

/// As CSV each row is the decision that keeps things as they are: change its first word, leave out what you do not know,
/// and give the file to `--accept`.
fn list(doubts: &[Doubt], format: ReviewFormat, mut out: impl Write) -> anyhow::Result<()> {
    match format {
        ReviewFormat::Csv => {
            let mut writer = csv::Writer::from_writer(out);
            writer.write_record(["action", "entity", "other", "value", "score", "evidence"])?;
            for d in doubts {
                let score = format!("{:.2}", d.score);
                writer.write_record([action(d), &d.one, &d.other, "", &score, &d.evidence])?;
            }
            writer.flush()?;
        }
        ReviewFormat::Json => {
            for d in doubts {
                let score = (f64::from(d.score) * 100.0).round() / 100.0;
                let line = json!({"one": d.one, "other": d.other, "joined": d.joined, "score": score,
                    "evidence": d.evidence, "mentions": d.mentions});
                writeln!(out, "{line}")?;
            }
        }
        ReviewFormat::Table => {
            for d in doubts {
                writeln!(out, "{}\n", told(d))?;
            }
            writeln!(out, "{} doubtful pairs; evidence of {ENOUGH:.2} or more joins.", doubts.len())?;
        }
    }
    Ok(())
}

fn told(doubt: &Doubt) -> String {
    let Doubt { one, other, score, evidence, .. } = doubt;
    let now = if doubt.joined { "one node" } else { "two nodes" };
    format!("{one}\n{other}\n  {now}, {score:.2}: {evidence}")
}

/// Asks about each pair until the answers end.
fn ask(doubts: &[Doubt], mut answers: impl BufRead, mut out: impl Write) -> anyhow::Result<Vec<Decision>> {
    let mut chosen = Vec::new();
    for (at, doubt) in doubts.iter().enumerate() {
        writeln!(out, "\n{} of {}\n{}", at + 1, doubts.len(), told(doubt))?;
        loop {
            write!(out, "[s]ame, [d]ifferent, Enter to leave it, [q]uit: ")?;
            out.flush()?;
            let mut answer = String::new();
            let ended = answers.read_line(&mut answer)? == 0;
            match answer.trim() {
                "s" => chosen.push(Decision::Same(doubt.one.clone(), doubt.other.clone())),
                "d" => chosen.push(Decision::Different(doubt.one.clone(), doubt.other.clone())),
                "q" => return Ok(chosen),
                "" if ended => return Ok(chosen),
                "" => {}
                _ => continue,
            }
            break;
        }
    }
    Ok(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_decisions_and_the_list_can_be_given_back() {
        let doubt = |one: &str, joined| Doubt {
            one: one.to_owned(),
            other: "B, of C".to_owned(),
            joined,
            score: 0.5,
            evidence: "family name, same article".to_owned(),
            mentions: 2,
        };
        let doubts = [doubt("A", true), doubt("D", false), doubt("E", false), doubt("F", false)];
        let mut out = Vec::new();
        let chosen = ask(&doubts, &b"d\n\nwhat\ns\nq\n"[..], &mut out).unwrap();
        let other = || "B, of C".to_owned();
        assert_eq!(chosen, [Decision::Different("A".into(), other()), Decision::Same("E".into(), other())]);
        let said = String::from_utf8(out).unwrap();
        assert!(said.contains("1 of 4\nA\nB, of C\n  one node, 0.50: family name, same article"), "{said}");

        let mut csv = Vec::new();
        list(&doubts[..2], ReviewFormat::Csv, &mut csv).unwrap();
        let rows = Decisions::parse(std::str::from_utf8(&csv).unwrap()).unwrap().rows;
        assert_eq!(rows, [Decision::Same("A".into(), other()), Decision::Different("D".into(), other())]);
    }
}
