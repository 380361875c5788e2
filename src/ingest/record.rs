use super::{error::Problem, language, paragraphs};
use crate::{
    ingest::{Article, ArticleId},
    ontology::{Furniture, Languages},
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

/// What any format yields before the text is looked at.
#[derive(Debug, Clone, Default)]
pub(super) struct Record {
    pub doc: String,
    pub source: String,
    pub title: Option<String>,
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub published: Option<Date>,
    /// The language that the record claims.
    pub language: Option<String>,
    pub text: String,
    /// Bytes of `text` that are head lines.
    pub head: usize,
}

impl Record {
    /// Finds language and paragraphs, and hashes.
    pub(super) fn into_article(self, furniture: &Furniture, languages: &Languages) -> Result<Article, Problem> {
        let body = self.text.get(self.head..).unwrap_or("");
        if body.trim().is_empty() {
            return Err(Problem::Empty);
        }
        let language = language::of_article(body, self.language.as_deref(), languages)?;
        let paragraphs = paragraphs::find(&self.text, self.head, language, furniture, languages);
        if paragraphs.is_empty() {
            return Err(Problem::Empty);
        }
        let id = self.content_hash();
        Ok(Article {
            id,
            doc: self.doc,
            source: self.source,
            title: self.title,
            publisher: self.publisher,
            url: self.url,
            published: self.published,
            language,
            text: self.text,
            paragraphs,
        })
    }

    fn content_hash(&self) -> ArticleId {
        let date = self.published.map(|d| d.to_string()).unwrap_or_default();
        let mut hash = Sha256::new();
        for part in [&self.text, self.title.as_deref().unwrap_or(""), &date, self.publisher.as_deref().unwrap_or("")] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        ArticleId(hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect())
    }
}

/// A field's text in NFC without surrounding white space; nothing when empty.
pub(super) fn field(text: &str) -> Option<String> {
    let text: String = text.trim().nfc().collect();
    (!text.is_empty()).then_some(text)
}

/// A date at the start of `text`: `2024-05-01`, also with a time after it, or `01.05.2024`.
pub(super) fn date(text: &str) -> Result<Date, Problem> {
    let text = text.trim();
    let wrong = || Problem::Date(text.chars().take(40).collect());
    let head: String = text.chars().take(10).collect();
    let end = text.chars().nth(10);
    if end.is_some_and(|c| c.is_ascii_digit()) {
        return Err(wrong());
    }
    let parts: Vec<&str> = head.split('.').collect();
    match parts[..] {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}").parse(),
        _ => head.parse(),
    }
    .map_err(|_| wrong())
}
