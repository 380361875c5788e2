//! Reading: files and streams become [`Article`]s.
//!
//! Text files, HTML pages, JSON lines and CSV tables in any usual encoding; page furniture is recognised and left outside
//! the paragraphs, never cut out of the text, so that offsets stay those of the text that was read.

mod article;

pub use article::{Article, ArticleId, Language, Paragraph, ParagraphKind};
