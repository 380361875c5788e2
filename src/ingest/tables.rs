//! Formats with many articles: JSON lines and CSV, read record by record.

use super::{
    encoding,
    error::{IngestError, Problem},
    record::{Record, date, field},
};
use serde_json::{Map, Value};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

/// One record a line, or what is wrong with it.
pub(super) type Records = Box<dyn Iterator<Item = Result<Record, IngestError>> + Send>;

/// Opens a table; UTF-16, which cannot be cut at line feeds, is decoded as a whole.
pub(super) fn open(path: &Path, limit: usize) -> Result<Box<dyn BufRead + Send>, Problem> {
    let mut reader = BufReader::new(File::open(path)?);
    let start = reader.fill_buf()?;
    let utf16 =
        start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) || start.iter().take(64).any(|b| *b == 0);
    if utf16 {
        let mut bytes = Vec::new();
        reader.take(limit as u64 + 1).read_to_end(&mut bytes)?;
        if bytes.len() > limit {
            return Err(Problem::TooLong { limit });
        }
        return Ok(Box::new(Cursor::new(encoding::decode(&bytes, None)?.into_bytes())));
    }
    if start.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    Ok(Box::new(reader))
}

/// JSON lines.
pub(super) fn json_lines(path: PathBuf, mut reader: Box<dyn BufRead + Send>, limit: usize) -> Records {
    let mut line = 0;
    let mut over = false;
    Box::new(std::iter::from_fn(move || {
        while !over {
            line += 1;
            let mut bytes = Vec::new();
            match read_line(&mut reader, &mut bytes, limit) {
                Ok(0) => over = true,
                Ok(_) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                Ok(_) if bytes.len() > limit => {
                    return Some(Err(IngestError::in_line(&path, line, Problem::TooLong { limit })));
                }
                Ok(_) => {
                    let record = json_record(&bytes).map_err(|problem| IngestError::in_line(&path, line, problem));
                    return Some(record.map(|r| named(r, &path, line)));
                }
                Err(error) => {
                    over = true;
                    return Some(Err(IngestError::in_line(&path, line, error.into())));
                }
            }
        }
        None
    }))
}

/// Reads a line, of which no more than `limit` bytes and one are kept.
fn read_line(reader: &mut dyn BufRead, bytes: &mut Vec<u8>, limit: usize) -> std::io::Result<usize> {
    let mut read = 0;
    loop {
        let buffer = reader.fill_buf()?;
        if buffer.is_empty() {
            return Ok(read);
        }
        let line = buffer.iter().position(|b| *b == b'\n');
        let length = line.map_or(buffer.len(), |i| i + 1);
        let keep = length.min((limit + 1).saturating_sub(bytes.len()));
        bytes.extend_from_slice(&buffer[..keep]);
        reader.consume(length);
        read += length;
        if line.is_some() {
            return Ok(read);
        }
    }
}

fn json_record(bytes: &[u8]) -> Result<Record, Problem> {
    let text = encoding::decode(bytes, None)?;
    let object: Map<String, Value> = serde_json::from_str(text.trim()).map_err(|e| {
        // The line within the file stands in the place already.
        let reason = e.to_string();
        Problem::Json(
            reason.split(" at line ").next().unwrap_or(&reason).to_owned() + &format!(" at column {}", e.column()),
        )
    })?;
    let fields = object.iter().filter_map(|(name, value)| {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return None,
        };
        Some((name.to_lowercase(), value))
    });
    record(&fields.collect(), "field")
}

/// A CSV table with a header row.
pub(super) fn csv(path: PathBuf, reader: Box<dyn BufRead + Send>, limit: usize) -> Records {
    let mut reader = csv::ReaderBuilder::new().from_reader(reader);
    let header: Result<Vec<String>, IngestError> = reader
        .byte_headers()
        .map_err(|e| IngestError::in_line(&path, 1, Problem::Csv(e.to_string())))
        .map(|row| row.iter().map(|name| String::from_utf8_lossy(name).trim().to_lowercase()).collect());
    let header = match header {
        Ok(header) if header.iter().any(|n| n == "text") => header,
        Ok(_) => return Box::new(std::iter::once(Err(IngestError::in_line(&path, 1, Problem::NoText("column"))))),
        Err(error) => return Box::new(std::iter::once(Err(error))),
    };
    Box::new(reader.into_byte_records().map(move |row| {
        let row = row.map_err(|e| {
            let line = e.position().map_or(0, csv::Position::line);
            let reason = match e.kind() {
                csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
                    format!("{len} fields instead of {expected_len}")
                }
                _ => e.to_string(),
            };
            IngestError::in_line(&path, line, Problem::Csv(reason))
        })?;
        let line = row.position().map_or(0, csv::Position::line);
        let fields = || {
            if row.as_slice().len() > limit {
                return Err(Problem::TooLong { limit });
            }
            let decoded = row.iter().map(|bytes| encoding::decode(bytes, None));
            let fields: Result<BTreeMap<String, String>, Problem> =
                header.iter().zip(decoded).map(|(name, value)| Ok((name.clone(), value?))).collect();
            record(&fields?, "field")
        };
        fields().map(|r| named(r, &path, line)).map_err(|problem| IngestError::in_line(&path, line, problem))
    }))
}

fn record(fields: &BTreeMap<String, String>, what: &'static str) -> Result<Record, Problem> {
    let get = |name: &str| fields.get(name).and_then(|value| field(value));
    let text = fields.get("text").ok_or(Problem::NoText(what))?;
    Ok(Record {
        doc: get("id").unwrap_or_default(),
        source: get("url").unwrap_or_default(),
        title: get("title"),
        publisher: get("publisher"),
        url: get("url"),
        published: get("date").map(|d| date(&d)).transpose()?,
        language: get("language"),
        text: field(text).unwrap_or_default(),
        head: 0,
    })
}

/// A record without a name is called by its line.
fn named(mut record: Record, path: &Path, line: u64) -> Record {
    if record.doc.is_empty() {
        let stem = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
        record.doc = format!("{stem}-{line}");
    }
    if record.source.is_empty() {
        record.source = path.display().to_string();
    }
    record
}
