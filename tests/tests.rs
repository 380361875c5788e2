//! All integration tests, one binary (one link).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

/// The gold of the samples and the blind set agrees with their texts.
mod samples;
