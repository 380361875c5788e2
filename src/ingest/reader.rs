use super::{
    Article, encoding,
    error::{IngestError, Problem, standard_input},
    files::{self, Format},
    html, plain,
    record::Record,
    tables::{self, Records},
};
use crate::ontology::{Furniture, Languages, Ontology};
use std::{
    collections::BTreeSet,
    fs::File,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

/// The most bytes that one article may have.
const LIMIT: usize = 20_000_000;

/// Reads articles from files, folders and, for `-`, JSON lines (or the text of
/// one article) on standard input, one after the other: no more than one
/// article is held. Files come sorted by path, so that the order of `paths` does not matter.
#[must_use]
pub fn read<'o>(paths: &[PathBuf], ontology: &'o Ontology) -> Articles<'o> {
    let (streams, named): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|p| p.as_os_str() == "-");
    let (files, errors) = files::list(&named);
    Articles {
        furniture: &ontology.furniture,
        languages: &ontology.languages,
        errors: errors.into_iter(),
        files: files.into_iter(),
        standard_input: !streams.is_empty(),
        records: None,
        seen: BTreeSet::new(),
        duplicates: 0,
    }
}

/// A stream of articles, and of what is wrong with the files and records that are none.
pub struct Articles<'o> {
    furniture: &'o Furniture,
    languages: &'o Languages,
    errors: std::vec::IntoIter<IngestError>,
    files: std::vec::IntoIter<(PathBuf, Format)>,
    standard_input: bool,
    /// The table that is being read.
    records: Option<(PathBuf, Records)>,
    seen: BTreeSet<String>,
    duplicates: usize,
}

impl Articles<'_> {
    /// How many articles so far were passed by because one of the same content had been read.
    #[must_use]
    pub const fn duplicates(&self) -> usize {
        self.duplicates
    }

    fn next_record(&mut self) -> Option<Result<Record, IngestError>> {
        loop {
            if let Some(error) = self.errors.next() {
                return Some(Err(error));
            }
            if let Some((_, records)) = &mut self.records {
                if let Some(record) = records.next() {
                    return Some(record);
                }
                self.records = None;
            }
            let Some((path, format)) = self.files.next() else {
                if !std::mem::take(&mut self.standard_input) {
                    return None;
                }
                match open_standard_input() {
                    Ok(records) => self.records = Some((standard_input(), records)),
                    Err(problem) => return Some(Err(IngestError::at(&standard_input(), problem))),
                }
                continue;
            };
            match format {
                Format::Plain | Format::Html => return Some(one(&path, format).map_err(|p| IngestError::at(&path, p))),
                Format::JsonLines | Format::Csv => match tables::open(&path, LIMIT) {
                    Ok(reader) => {
                        let open = if format == Format::Csv { tables::csv } else { tables::json_lines };
                        self.records = Some((path.clone(), open(path, reader, LIMIT)));
                    }
                    Err(problem) => return Some(Err(IngestError::at(&path, problem))),
                },
            }
        }
    }
}

impl Iterator for Articles<'_> {
    type Item = Result<Article, IngestError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let record = match self.next_record()? {
                Ok(record) => record,
                Err(error) => return Some(Err(error)),
            };
            let place = match &self.records {
                Some((path, _)) => format!("{}, article {}", path.display(), record.doc),
                None => record.source.clone(),
            };
            match record.into_article(self.furniture, self.languages) {
                Ok(article) if self.seen.insert(article.id.0.clone()) => return Some(Ok(article)),
                Ok(_) => self.duplicates += 1,
                Err(problem) => return Some(Err(IngestError { place, problem })),
            }
        }
    }
}

/// JSON lines begin with a brace; anything else is one article in plain text.
fn open_standard_input() -> Result<Records, Problem> {
    let mut reader = BufReader::new(std::io::stdin());
    let start = reader.fill_buf()?;
    let first = start.iter().find(|b| !b.is_ascii_whitespace() && !matches!(b, 0xef | 0xbb | 0xbf));
    if first == Some(&b'{') {
        return Ok(tables::json_lines(standard_input(), Box::new(reader), LIMIT));
    }
    let mut bytes = Vec::new();
    reader.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    let mut record = plain::read(encoding::decode(checked(&bytes)?, None)?)?;
    if record.doc.is_empty() {
        "stdin".clone_into(&mut record.doc);
    }
    record.source = standard_input().display().to_string();
    Ok(Box::new(std::iter::once(Ok(record))))
}

/// Refuses what is empty or too long for one article.
fn checked(bytes: &[u8]) -> Result<&[u8], Problem> {
    if bytes.len() > LIMIT {
        return Err(Problem::TooLong { limit: LIMIT });
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Problem::Empty);
    }
    Ok(bytes)
}

/// Reads a file that holds one article.
fn one(path: &Path, format: Format) -> Result<Record, Problem> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    let bytes = checked(&bytes)?;
    let mut record = match format {
        Format::Html => html::read(&encoding::decode(bytes, html::charset(bytes).as_deref())?)?,
        _ => plain::read(encoding::decode(bytes, None)?)?,
    };
    if record.doc.is_empty() {
        record.doc = path.file_stem().map_or_else(String::new, |s| s.to_string_lossy().into_owned());
    }
    record.source = path.display().to_string();
    Ok(record)
}
