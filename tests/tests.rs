//! All integration tests, one binary (one link).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test fails by panicking"
)]

/// The samples, built once for all tests.
mod built;
/// The program as a user runs it.
mod cli;
/// The lexicon's examples and Markdown cases, over real trees.
mod extraction;
/// How well spellings of one thing meet, and different things do not.
mod identity;
/// Reading articles, and every bad input.
mod ingest;
/// A small world made by hand.
mod knowledge;
/// The ready questions and the verbs that ask.
mod query;
/// One node an actor: labels, evidence, order, decisions.
mod resolve;
/// The gold of the samples and the blind set agrees with their texts.
mod samples;
/// The graph and the folder that keeps it.
mod store;
