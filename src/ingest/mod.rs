//! Reading: files and streams become [`Article`]s.
//!
//! Text files, HTML pages, JSON lines and CSV tables in any usual encoding; page furniture is recognised and left outside
//! the paragraphs, never cut out of the text, so that offsets stay those of the text that was read. A file or record that
//! cannot be read is an [`IngestError`] in its place in the stream, and the rest goes on.
//! Limitation: `doc` is a file's bare name, so that two folders may hold two articles of one name.
//!
//! | format | what is read |
//! |---|---|
//! | `.txt` | head lines `date 2024-05-01`, `title: …`, `publisher: …`, `url: …`, `id: …`, all optional; text may follow the date on its line |
//! | `.html` `.htm` | the article's body; title, date, publisher and address from JSON-LD and meta tags |
//! | `.jsonl` `.ndjson` | one object a line: `text`, and optionally `id title date publisher url language` |
//! | `-` | as `.jsonl` when it begins with `{`, as `.txt` otherwise |
//! | `.csv` | a header row with the same names |

mod article;
mod encoding;
mod error;
mod files;
mod html;
mod language;
mod paragraphs;
mod plain;
mod reader;
mod record;
mod tables;

pub use article::{Article, ArticleId, Language, Paragraph, ParagraphKind};
pub use error::{IngestError, Problem};
pub use reader::{Articles, read};
