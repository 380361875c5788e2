//! Which files there are: folders are walked, hidden files passed by, everything in one order whatever was given first.

use super::error::{IngestError, Problem};
use std::path::{Path, PathBuf};

/// What a file's ending says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Format {
    Plain,
    Html,
    JsonLines,
    Csv,
}

impl Format {
    fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "txt" | "text" => Some(Self::Plain),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "csv" => Some(Self::Csv),
            _ => None,
        }
    }
}

/// The files under `paths`, sorted and each once, and what is wrong with the paths.
pub(super) fn list(paths: &[PathBuf]) -> (Vec<(PathBuf, Format)>, Vec<IngestError>) {
    let (mut files, mut errors) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            let before = files.len() + errors.len();
            walk(path, &mut files, &mut errors);
            if files.len() + errors.len() == before {
                errors.push(IngestError::at(path, Problem::NothingInside));
            }
        } else if !path.exists() {
            errors.push(IngestError::at(path, Problem::Missing));
        } else if let Some(format) = Format::of(path) {
            files.push((path.clone(), format));
        } else {
            errors.push(IngestError::at(path, Problem::Ending));
        }
    }
    files.sort();
    files.dedup();
    (files, errors)
}

/// Files of unknown endings inside a folder are not ours to judge: they are passed by.
fn walk(folder: &Path, files: &mut Vec<(PathBuf, Format)>, errors: &mut Vec<IngestError>) {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => return errors.push(IngestError::at(folder, error.into())),
    };
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_name().to_string_lossy().starts_with('.') => {}
            Ok(entry) => {
                let path = entry.path();
                // A link to a folder could lead in a circle.
                if entry.file_type().is_ok_and(|t| t.is_dir()) {
                    walk(&path, files, errors);
                } else if let Some(format) = Format::of(&path).filter(|_| path.is_file()) {
                    files.push((path, format));
                }
            }
            Err(error) => errors.push(IngestError::at(folder, error.into())),
        }
    }
}
