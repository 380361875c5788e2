//! The ready questions: the files of the `queries` folder, built into the program.
//!
//! A file's header (lines that begin with `#+`, YAML as grlc reads it) says what it answers; its parameters are its variables.
//! Only `summary`, `description` and `tags` are read here.

use super::parameters::{self, Parameter};
use std::fmt::Write as _;

/// The files, sorted by name. A test compares this list with the folder.
const FILES: &[(&str, &str)] = &[
    ("01-who-met-whom", include_str!("../../queries/01-who-met-whom.rq")),
    ("02-who-proposed-what", include_str!("../../queries/02-who-proposed-what.rq")),
    ("03-signed-or-adopted", include_str!("../../queries/03-signed-or-adopted.rq")),
    ("04-timeline-of-an-actor", include_str!("../../queries/04-timeline-of-an-actor.rq")),
    ("05-most-central-actors", include_str!("../../queries/05-most-central-actors.rq")),
    ("06-who-said-what-about", include_str!("../../queries/06-who-said-what-about.rq")),
    ("07-which-articles-support", include_str!("../../queries/07-which-articles-support.rq")),
    ("08-denials-and-hypotheticals", include_str!("../../queries/08-denials-and-hypotheticals.rq")),
    ("09-disagreements", include_str!("../../queries/09-disagreements.rq")),
    ("10-contradictions", include_str!("../../queries/10-contradictions.rq")),
    ("11-coalitions", include_str!("../../queries/11-coalitions.rq")),
    ("12-visits", include_str!("../../queries/12-visits.rq")),
    ("13-conflict", include_str!("../../queries/13-conflict.rq")),
    ("14-offices", include_str!("../../queries/14-offices.rq")),
    ("15-events-by-place", include_str!("../../queries/15-events-by-place.rq")),
    ("16-speakers", include_str!("../../queries/16-speakers.rq")),
    ("17-who-discussed-what", include_str!("../../queries/17-who-discussed-what.rq")),
    ("18-relations-by-month", include_str!("../../queries/18-relations-by-month.rq")),
    ("19-members", include_str!("../../queries/19-members.rq")),
    ("20-articles", include_str!("../../queries/20-articles.rq")),
];

/// A ready question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Its file's name without number and extension: `who-met-whom`.
    pub name: &'static str,
    /// Its file's name.
    pub file: String,
    /// What it answers, in one line.
    pub summary: &'static str,
    /// More about that.
    pub description: &'static str,
    /// Words to group questions by.
    pub tags: Vec<&'static str>,
    /// What can be given.
    pub parameters: Vec<Parameter>,
    /// SPARQL.
    pub sparql: &'static str,
}

/// All ready questions, in the order of their numbers.
#[must_use]
pub fn all() -> Vec<Question> {
    FILES.iter().map(|(stem, sparql)| question(stem, sparql)).collect()
}

/// The question of that name, with or without its number: `who-met-whom`, `01-who-met-whom`, `01`.
#[must_use]
pub fn named(name: &str) -> Option<Question> {
    all().into_iter().find(|q| q.name == name || q.file.trim_end_matches(".rq") == name || number(&q.file) == name)
}

/// The table of `queries/README.md`.
#[must_use]
pub fn readme_table() -> String {
    let mut table = "| file | question | parameters | tags |\n|---|---|---|---|\n".to_owned();
    for q in all() {
        let parameters: Vec<_> = q.parameters.iter().map(|p| format!("`{}`", p.name)).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(
            table,
            "| [{file}]({file}) | {}. {} | {} | {} |",
            q.summary,
            q.description,
            parameters.join(", "),
            q.tags.join(", "),
            file = q.file
        );
    }
    table
}

fn number(file: &str) -> &str {
    file.split('-').next().unwrap_or_default()
}

fn question(stem: &'static str, sparql: &'static str) -> Question {
    let header = || sparql.lines().filter_map(|line| line.strip_prefix("#+"));
    let field = |key: &str| {
        let value = header().find_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':'));
        value.map_or("", |v| v.trim().trim_matches('"'))
    };
    Question {
        name: stem.split_once('-').map_or(stem, |(_, name)| name),
        file: format!("{stem}.rq"),
        summary: field("summary"),
        description: field("description"),
        tags: header().filter_map(|line| line.trim().strip_prefix("- ")).collect(),
        parameters: parameters::of(sparql),
        sparql,
    }
}
