use crate::text::CharSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The languages that the model reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Russian.
    Ru,
}

impl Language {
    /// The BCP 47 tag: `en`, `ru`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
        }
    }
}

/// Content hash of an article: the first 16 hexadecimal digits of SHA-256 over its text, title, date and publisher.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(pub String);

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ParagraphKind {
    /// The headline or a heading between paragraphs: no full stop is to be expected.
    Heading,
    /// Running text.
    Body,
}

/// A stretch of the article that is to be analysed. Furniture and metadata lines belong to no paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Where it stands in [`Article::text`], without surrounding white space.
    pub span: CharSpan,
    /// Its language (an article may mix both).
    pub language: Language,
    /// Heading or running text.
    pub kind: ParagraphKind,
}

/// One article, read and cleaned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Content hash.
    pub id: ArticleId,
    /// Short name for people and scorers: the file name without folder and extension, or the record's `id` field.
    pub doc: String,
    /// Where it was read: path as given, or the record's `url`.
    pub source: String,
    /// Headline, where the format names one.
    pub title: Option<String>,
    /// Outlet, where the format names one.
    pub publisher: Option<String>,
    /// Web address, where the format names one.
    pub url: Option<String>,
    /// Date of publication; relative dates in the text are resolved against it.
    pub published: Option<Date>,
    /// Main language.
    pub language: Language,
    /// The whole text in NFC, furniture included; all offsets count its code points.
    pub text: String,
    /// What to analyse, in text order, not overlapping.
    pub paragraphs: Vec<Paragraph>,
}
