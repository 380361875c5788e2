//! Answers as text: a table for the terminal, or the SPARQL 1.1 formats CSV, TSV and JSON.
//!
//! The table is for eyes: long cells are cut, IRIs shortened, language tags and datatypes left out. The others lose nothing
//! that their format can say.

use super::{Answer, Row};
use crate::store::vocab;
use oxigraph::{
    io::{RdfFormat, RdfSerializer},
    model::{GraphNameRef, Term, Variable},
    sparql::results::{QueryResultsFormat, QueryResultsSerializer},
};
use std::io::{self, Write};

/// Longest cell of a table, in characters.
const WIDEST: usize = 60;

/// The formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Columns for the terminal; Turtle for triples.
    Table,
    /// SPARQL 1.1 CSV; N-Triples for triples.
    Csv,
    /// SPARQL 1.1 TSV; N-Triples for triples.
    Tsv,
    /// SPARQL 1.1 JSON; JSON-LD for triples.
    Json,
}

/// Writes an answer.
///
/// # Errors
/// If `out` fails.
pub fn write(answer: &Answer, format: Format, mut out: impl Write) -> io::Result<()> {
    match (answer, results_format(format)) {
        (Answer::Truth(truth), None) => writeln!(out, "{truth}"),
        (Answer::Truth(truth), Some(results)) => {
            QueryResultsSerializer::from_format(results).serialize_boolean_to_writer(&mut out, *truth)?;
            writeln!(out)
        }
        (Answer::Rows { columns, rows }, None) => write_table(columns, rows, out),
        (Answer::Rows { columns, rows }, Some(results)) => {
            let variables: Vec<_> = columns.iter().map(Variable::new_unchecked).collect();
            let serializer = QueryResultsSerializer::from_format(results);
            let mut writer = serializer.serialize_solutions_to_writer(&mut out, variables.clone())?;
            for row in rows {
                writer.serialize(variables.iter().zip(row).filter_map(|(v, t)| Some((v, t.as_ref()?))))?;
            }
            writer.finish()?;
            if format == Format::Json { writeln!(out) } else { Ok(()) }
        }
        (Answer::Triples(triples), _) => {
            let rdf = match format {
                Format::Table => RdfFormat::Turtle,
                Format::Csv | Format::Tsv => RdfFormat::NTriples,
                Format::Json => RdfFormat::JsonLd { profile: oxigraph::io::JsonLdProfileSet::empty() },
            };
            let mut serializer = RdfSerializer::from_format(rdf);
            for (prefix, namespace) in vocab::PREFIXES {
                serializer = serializer.with_prefix(*prefix, *namespace).map_err(io::Error::other)?;
            }
            let mut quads: Vec<_> =
                triples.iter().map(|t| t.as_ref().in_graph(GraphNameRef::DefaultGraph).into_owned()).collect();
            quads.sort_by(crate::store::rdf::order);
            quads.dedup();
            let mut writer = serializer.for_writer(out);
            for quad in &quads {
                writer.serialize_quad(quad)?;
            }
            writer.finish()?.flush()
        }
    }
}

const fn results_format(format: Format) -> Option<QueryResultsFormat> {
    match format {
        Format::Table => None,
        Format::Csv => Some(QueryResultsFormat::Csv),
        Format::Tsv => Some(QueryResultsFormat::Tsv),
        Format::Json => Some(QueryResultsFormat::Json),
    }
}

fn write_table(columns: &[String], rows: &[Row], mut out: impl Write) -> io::Result<()> {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|t| t.as_ref().map_or_else(String::new, cell)).collect()).collect();
    let length = |text: &str| text.chars().count();
    let widest = |i: usize, name: &str| cells.iter().map(|row| length(&row[i])).max().unwrap_or(0).max(length(name));
    let widths: Vec<usize> = columns.iter().enumerate().map(|(i, name)| widest(i, name)).collect();
    let mut line = |row: &[String]| {
        let padded = row.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}"));
        writeln!(out, "{}", padded.collect::<Vec<_>>().join("  ").trim_end())
    };
    line(columns)?;
    line(&widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>())?;
    cells.iter().try_for_each(|row| line(row))?;
    writeln!(out, "\n{} row{}", rows.len(), if rows.len() == 1 { "" } else { "s" })
}

fn cell(term: &Term) -> String {
    let text = match term {
        Term::NamedNode(node) => vocab::compact(node.as_str()),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    if text.chars().count() <= WIDEST {
        return text;
    }
    text.chars().take(WIDEST - 1).chain(['…']).collect()
}
