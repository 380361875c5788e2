//! The store: the graph's content, its files, and what happens when things go wrong.

mod folder;
mod oxigraph;
mod rdf;
mod shapes;

use std::path::PathBuf;

/// A program that reads what we write, from the folder that `KURULTAI_READERS` names (a Python environment), or from PATH;
/// says so where there is none, for the test to be skipped.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub fn reader(program: &str) -> Option<PathBuf> {
    let environment = std::env::var_os("KURULTAI_READERS").map(|dir| PathBuf::from(dir).join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = environment.into_iter().chain(std::env::split_paths(&path));
    let found = folders.map(|dir| dir.join(program)).find(|file| file.is_file());
    if found.is_none() {
        eprintln!("skipped: no {program} on PATH or in KURULTAI_READERS (pip install {program})");
    }
    found
}
