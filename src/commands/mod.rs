//! The verbs: one file each. Only here is anything printed: data to standard output, words to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "verbs are where the program speaks")]

mod build;
mod explain;
mod export;
mod extract;
mod merge;
mod parse;
mod pipeline;
mod query;
mod remove;
mod review;
mod sample;
mod score;
mod settle;
mod suggest;
mod validate;

use crate::cli::{Cli, Command};
use std::process::ExitCode;

/// How a verb ended, short of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All done.
    Done,
    /// A check that the user asked for failed.
    CheckFailed,
    /// Some articles could not be read; the rest is done. Each was named on standard error.
    SomeSkipped,
}

/// Runs the verb and reports: exit code 0, 1 (a check failed) or 2 (error, or articles skipped).
#[must_use]
pub fn run(cli: &Cli) -> ExitCode {
    match dispatch(cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::CheckFailed) => ExitCode::from(1),
        Ok(Outcome::SomeSkipped) => ExitCode::from(2),
        Err(error) => {
            if is_broken_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            eprintln!("kurultai: {}", report(&error));
            ExitCode::from(2)
        }
    }
}

/// An error as people read it: what went wrong and why on one line, then what to do about it, one `hint:` a line.
/// A cause that its effect quotes already is not told twice.
fn report(error: &anyhow::Error) -> String {
    let (mut said, mut hints) = (String::new(), String::new());
    for cause in error.chain().map(ToString::to_string) {
        let (what, hint) =
            cause.split_once("hint: ").map_or((cause.as_str(), ""), |(what, hint)| (what.trim_end(), hint));
        if !what.is_empty() && !said.contains(what) {
            let colon = if said.is_empty() { "" } else { ": " };
            said.push_str(colon);
            said.push_str(&what.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        if !hint.is_empty() && !hints.contains(hint) {
            hints.push_str("\nhint: ");
            hints.push_str(hint.trim_end());
        }
    }
    said + &hints
}

/// Whoever reads our output (`head`) may stop early: that is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}

fn dispatch(cli: &Cli) -> anyhow::Result<Outcome> {
    match &cli.command {
        Command::Build(args) => build::run(args, &cli.global),
        Command::Add(args) => build::add(args, &cli.global),
        Command::Remove(args) => remove::run(args, &cli.global),
        Command::Merge(args) => merge::run(args, &cli.global),
        Command::Review(args) => review::run(args, &cli.global),
        Command::Export(args) => export::run(args, &cli.global),
        Command::Extract(args) => extract::run(args, &cli.global),
        Command::Parse(args) => parse::run(args, &cli.global),
        Command::Query(args) => query::run(args, &cli.global),
        Command::Explain(args) => explain::run(args, &cli.global),
        Command::Validate(args) => validate::run(args, &cli.global),
        Command::Suggest(args) => suggest::run(args, &cli.global),
        Command::Sample(args) => sample::run(args),
        Command::Score(args) => score::run(args, &cli.global),
    }
}

#[cfg(test)]
mod tests {
    use super::report;
    use anyhow::anyhow;

    #[test]
    fn causes_stand_on_one_line_and_hints_below() {
        let error =
            anyhow!("disk full").context("cannot write b: disk full\nhint: free some space").context("saving a");
        assert_eq!(report(&error), "saving a: cannot write b: disk full\nhint: free some space");
        let error = anyhow!("line 3: no comma\n  at column 2").context("hint: correct it");
        assert_eq!(report(&error), "line 3: no comma at column 2\nhint: correct it");
    }
}
