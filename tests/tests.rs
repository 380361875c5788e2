//! All integration tests, one binary (one link).
