use std::path::PathBuf;

/// What kept one file or record from being read. The message is one line that ends in a hint where there is one.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
#[non_exhaustive]
pub struct IngestError {
    /// The file as given, with the line of the record where it has several.
    pub place: String,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What is wrong with a file or record.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The system cannot read it.
    #[error("cannot be read: {0}")]
    Io(#[from] std::io::Error),
    /// There is no such file.
    #[error("no such file or folder")]
    Missing,
    /// A folder without a file that can be read.
    #[error("no .txt, .html, .jsonl or .csv file in this folder")]
    NothingInside,
    /// The ending says nothing.
    #[error("unknown ending; rename it to .txt, .html, .jsonl or .csv")]
    Ending,
    /// Not text.
    #[error("this is {0}, not text; convert it to plain text first")]
    Binary(&'static str),
    /// No encoding makes sense of the bytes.
    #[error("the encoding is neither UTF-8, UTF-16 nor a usual 8-bit one; save it as UTF-8")]
    Encoding,
    /// Nothing but white space or furniture.
    #[error("no text in it")]
    Empty,
    /// Beyond the limit.
    #[error("longer than {} MB, too long for one article; split it, or give one article a line as .jsonl", limit / 1_000_000)]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Another language.
    #[error("the language is {0}; only English and Russian are read")]
    Language(String),
    /// Neither language can be made out.
    #[error("the language is neither English nor Russian")]
    UnknownLanguage,
    /// Not a JSON object.
    #[error("not a JSON object ({0}); give one article a line, as {{\"text\": \"…\", \"date\": \"2024-05-01\"}}")]
    Json(String),
    /// Not CSV.
    #[error("not a CSV row ({0}); put texts with commas or line breaks in double quotes")]
    Csv(String),
    /// The required field is absent.
    #[error("no \"text\" {0}; known are id, title, text, date, publisher, url, language")]
    NoText(&'static str),
    /// A date that cannot be read.
    #[error("the date {0:?} is not of the form 2024-05-01")]
    Date(String),
    /// A page without an article.
    #[error("no article found in the page; save its text as .txt")]
    NoArticle,
}

impl IngestError {
    pub(super) fn at(path: &std::path::Path, problem: Problem) -> Self {
        Self { place: path.display().to_string(), problem }
    }

    pub(super) fn in_line(path: &std::path::Path, line: u64, problem: Problem) -> Self {
        Self { place: format!("{}, line {line}", path.display()), problem }
    }
}

/// Where standard input is named in messages.
pub(super) fn standard_input() -> PathBuf {
    PathBuf::from("standard input")
}
