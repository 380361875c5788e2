//! Kurultai turns diplomatic news in English and Russian into a knowledge graph: who did or said what to whom, when,
//! where, and which sentence says so.
//!
//! Data flows one way through the modules, each of which takes the former's type:
//! [`ingest`] → [`analyze`] → [`extract`] → [`resolve`] → [`store`] → [`query`], [`export`].
//! [`ontology`] is the knowledge that they share, kept as data; [`evaluate`] measures what came out. `ARCHITECTURE.md` is the map.

pub mod analyze;
pub mod cli;
pub mod commands;
pub mod evaluate;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod ontology;
pub mod query;
pub mod resolve;
pub mod store;
pub mod text;
