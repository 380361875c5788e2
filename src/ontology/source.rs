use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use std::{borrow::Cow, path::PathBuf};

/// The files of the ontology folder, built into the program. A new table is one more line here.
const FILES: &[(&str, &str)] = &[
    ("abbreviations.csv", include_str!("../../ontology/abbreviations.csv")),
    ("alignments.ttl", include_str!("../../ontology/alignments.ttl")),
    ("calendar.csv", include_str!("../../ontology/calendar.csv")),
    ("function_words.csv", include_str!("../../ontology/function_words.csv")),
    ("furniture.csv", include_str!("../../ontology/furniture.csv")),
    ("governors.csv", include_str!("../../ontology/governors.csv")),
    ("head_nouns.csv", include_str!("../../ontology/head_nouns.csv")),
    ("kurultai.ttl", include_str!("../../ontology/kurultai.ttl")),
    ("languages.csv", include_str!("../../ontology/languages.csv")),
    ("irregular_forms.csv", include_str!("../../ontology/irregular_forms.csv")),
    ("lemma_endings.csv", include_str!("../../ontology/lemma_endings.csv")),
    ("lexicon.csv", include_str!("../../ontology/lexicon.csv")),
    ("light_verbs.csv", include_str!("../../ontology/light_verbs.csv")),
    ("metonyms.csv", include_str!("../../ontology/metonyms.csv")),
    ("office_modifiers.csv", include_str!("../../ontology/office_modifiers.csv")),
    ("offices.csv", include_str!("../../ontology/offices.csv")),
    ("prepositions.csv", include_str!("../../ontology/prepositions.csv")),
    ("shapes.ttl", include_str!("../../ontology/shapes.ttl")),
    ("anaphors.csv", include_str!("../../ontology/anaphors.csv")),
    ("confidence.csv", include_str!("../../ontology/confidence.csv")),
    ("comparison.csv", include_str!("../../ontology/comparison.csv")),
    ("declension.csv", include_str!("../../ontology/declension.csv")),
    ("honorifics.csv", include_str!("../../ontology/honorifics.csv")),
    ("name_links.csv", include_str!("../../ontology/name_links.csv")),
    ("office_verbs.csv", include_str!("../../ontology/office_verbs.csv")),
    ("gazetteer.csv", include_str!("../../ontology/gazetteer.csv")),
    ("event_kinds.csv", include_str!("../../ontology/event_kinds.csv")),
    ("given_names.csv", include_str!("../../ontology/given_names.csv")),
    ("institution_words.csv", include_str!("../../ontology/institution_words.csv")),
    ("name_parts.csv", include_str!("../../ontology/name_parts.csv")),
    ("transliteration.csv", include_str!("../../ontology/transliteration.csv")),
    ("russian_endings.csv", include_str!("../../ontology/russian_endings.csv")),
];

/// Where the ontology comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// Built into the program.
    Builtin,
    /// A folder; files that it lacks are taken from the built-in ones.
    Folder(PathBuf),
}

/// A mistake in the ontology folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OntologyError {
    /// A file cannot be read.
    #[error("ontology/{file}: {source}")]
    Read {
        /// File name within the folder.
        file: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// A row (or line) is wrong.
    #[error("ontology/{file}, line {line}: {reason}")]
    Row {
        /// File name within the folder.
        file: String,
        /// Line, from 1, the header included.
        line: u64,
        /// What is wrong, and what is expected.
        reason: String,
    },
}

impl OntologyError {
    /// A wrong row.
    pub(crate) fn row(file: &str, line: u64, reason: impl Into<String>) -> Self {
        Self::Row { file: file.to_owned(), line, reason: reason.into() }
    }
}

/// A table's row with its place, for messages.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// Line in the file, from 1.
    pub line: u64,
    /// The columns.
    pub columns: T,
}

impl Source {
    /// The text of a file of the folder.
    ///
    /// # Errors
    /// If a folder's file exists and cannot be read as UTF-8.
    pub fn text(&self, file: &str) -> Result<Cow<'static, str>, OntologyError> {
        let read_error = |source| OntologyError::Read { file: file.to_owned(), source };
        if let Self::Folder(dir) = self {
            match std::fs::read_to_string(dir.join(file)) {
                Ok(text) => return Ok(Cow::Owned(text)),
                Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
                Err(e) => return Err(read_error(e)),
            }
        }
        FILES
            .iter()
            .find(|(name, _)| *name == file)
            .map(|(_, text)| Cow::Borrowed(*text))
            .ok_or_else(|| read_error(std::io::Error::from(std::io::ErrorKind::NotFound)))
    }

    /// Reads a CSV table with a header; lines that begin with `#` are comments.
    ///
    /// # Errors
    /// The first row that does not fit `T`, with its line and the CSV reader's reason.
    pub fn table<T: DeserializeOwned>(&self, file: &str) -> Result<Vec<Row<T>>, OntologyError> {
        let text = self.text(file)?;
        let mut reader =
            csv::ReaderBuilder::new().comment(Some(b'#')).trim(csv::Trim::All).from_reader(text.as_bytes());
        let at = |line, reason: String| OntologyError::Row { file: file.to_owned(), line, reason };
        let headers = reader.headers().map_err(|e| at(1, e.to_string()))?.clone();
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| at(e.position().map_or(0, csv::Position::line), e.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            let columns = record.deserialize(Some(&headers)).map_err(|e| at(line, e.to_string()))?;
            rows.push(Row { line, columns });
        }
        Ok(rows)
    }

    /// SHA-256 over all files, in hexadecimal.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    pub fn fingerprint(&self) -> Result<String, OntologyError> {
        let mut hash = Sha256::new();
        for (file, _) in FILES {
            hash.update(file.as_bytes());
            hash.update([0]);
            hash.update(self.text(file)?.as_bytes());
            hash.update([0]);
        }
        Ok(hash.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }
}
