//! The store: the graph's content, its files, and what happens when things go wrong.

mod folder;
mod rdf;
