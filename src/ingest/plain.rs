//! Plain text: optional head lines, then the article.

use super::{
    error::Problem,
    record::{Record, date, field},
};

/// Reads a text file's content.
pub(super) fn read(text: String) -> Result<Record, Problem> {
    let mut record = Record::default();
    let mut at = 0;
    while at < text.len() {
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        let line = &text[at..end];
        let trimmed = line.trim();
        if trimmed.is_empty() {
            at = end;
            continue;
        }
        let (key, value) = trimmed.split_once([':', ' ']).unwrap_or((trimmed, ""));
        let value = value.trim_start();
        let colon = trimmed.as_bytes().get(key.len()) == Some(&b':');
        match key.to_lowercase().as_str() {
            "date" if value.starts_with(|c: char| c.is_ascii_digit()) => {
                let first = value.split_whitespace().next().unwrap_or("");
                record.published = Some(date(first)?);
                // The article may begin on this very line.
                let rest = &value[first.len()..];
                if !rest.trim().is_empty() {
                    at += line.trim_end().len() - rest.len();
                    break;
                }
            }
            "title" if colon => record.title = field(value),
            "publisher" if colon => record.publisher = field(value),
            "url" if colon => record.url = field(value),
            "id" if colon => record.doc = value.to_owned(),
            "language" if colon => record.language = field(value),
            _ => break,
        }
        at = end;
    }
    record.head = at;
    record.text = text;
    Ok(record)
}
