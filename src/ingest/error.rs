use std::path::PathBuf;

/// What kept one file or record from being read. The message is one line that says what is wrong and
/// where, and a second, `hint: …`, that says what to do.
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
    #[error("cannot be read: {0}\nhint: see that it is a file that you may read")]
    Io(#[from] std::io::Error),
    /// There is no such file.
    #[error("no such file or folder\nhint: check the spelling; a path starts where the command is run")]
    Missing,
    /// A folder without a file that can be read.
    #[error("no .txt, .html, .jsonl or .csv file in this folder\nhint: name the folder that holds the articles")]
    NothingInside,
    /// The ending says nothing.
    #[error("unknown ending\nhint: rename it to .txt, .html, .jsonl or .csv")]
    Ending,
    /// Not text.
    #[error("this is {0}, not text\nhint: convert it to plain text first")]
    Binary(&'static str),
    /// No encoding makes sense of the bytes.
    #[error("the encoding is neither UTF-8, UTF-16 nor a usual 8-bit one\nhint: save it as UTF-8")]
    Encoding,
    /// Nothing but white space or furniture.
    #[error("no text in it\nhint: leave it out, or put the article's words into it")]
    Empty,
    /// Beyond the limit.
    #[error("longer than {} MB, too long for one article\nhint: split it, or give one article a line as .jsonl", limit / 1_000_000)]
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// Another language.
    #[error("the language is {0}\nhint: only English and Russian are read; leave it out")]
    Language(String),
    /// Neither language can be made out.
    #[error("the language is neither English nor Russian\nhint: only these two are read; leave it out")]
    UnknownLanguage,
    /// Not a JSON object.
    #[error("not a JSON object ({0})\nhint: give one article a line, as {{\"text\": \"…\", \"date\": \"2024-05-01\"}}")]
    Json(String),
    /// Not CSV.
    #[error("not a CSV row ({0})\nhint: put texts with commas or line breaks in double quotes")]
    Csv(String),
    /// The required field is absent.
    #[error("no \"text\" {0}\nhint: the names read are id, title, text, date, publisher, url, language")]
    NoText(&'static str),
    /// A date that cannot be read.
    #[error("the date {0:?} is not a day of the form 2024-05-01\nhint: correct it, or take it out")]
    Date(String),
    /// A page without an article.
    #[error("no article found in the page\nhint: save its text as .txt")]
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
