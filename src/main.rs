//! The `kurultai` program: parses the command line, runs the verb, maps the outcome to an exit code.

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    kurultai::commands::run(&kurultai::cli::Cli::parse())
}
