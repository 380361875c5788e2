//! The verbs: one file each. Only here is anything printed: data to standard output, words to standard error.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "verbs are where the program speaks")]

mod build;
mod explain;
mod export;
mod extract;
mod parse;
mod pipeline;
mod query;
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
            eprintln!("kurultai: {error:#}");
            ExitCode::from(2)
        }
    }
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
        Command::Export(args) => export::run(args, &cli.global),
        Command::Extract(args) => extract::run(args, &cli.global),
        Command::Parse(args) => parse::run(args, &cli.global),
        Command::Query(args) => query::run(args),
        Command::Explain(args) => explain::run(args, &cli.global),
        Command::Validate(args) => validate::run(args, &cli.global),
    }
}
