//! Analyses kept in a folder, so that trying another ontology on the same articles does not parse them again.
//!
//! One JSON file an article, named by the model's checksum and the article's sentences and words: another model, another
//! text or other rules for words make another name, so nothing stale is ever read. A file that cannot be read back is made again.
//! Limitation: nothing removes old files; delete the folder when it grows.

use super::Sentence;
use sha2::{Digest, Sha256};
use std::{
    fs, io,
    path::{Path, PathBuf},
};

/// A folder of analyses.
#[derive(Debug, Clone)]
pub(super) struct Cache {
    folder: PathBuf,
    model: String,
}

impl Cache {
    /// Opens the folder, and makes it if it is not there.
    pub fn open(folder: &Path, model: &str) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_owned(), model: model.to_owned() })
    }

    /// Where the analysis of these sentences (words found, nothing else filled in) is kept.
    pub fn place(&self, sentences: &[Sentence]) -> PathBuf {
        let mut hash = Sha256::new();
        hash.update(self.model.as_bytes());
        for sentence in sentences {
            hash.update(format!("\n{} {:?} {:?}", sentence.paragraph, sentence.language, sentence.span));
            for token in &sentence.tokens {
                hash.update(format!("\0{}\0{:?}", token.form, token.span));
            }
        }
        let name: String = hash.finalize().iter().take(16).map(|b| format!("{b:02x}")).collect();
        self.folder.join(name + ".json")
    }

    /// The analysis kept at a place, if there is one that can be read.
    pub fn read(place: &Path) -> Option<Vec<Sentence>> {
        serde_json::from_slice(&fs::read(place).ok()?).ok()
    }

    /// Keeps an analysis; whoever reads meanwhile sees none or all of it.
    pub fn write(place: &Path, sentences: &[Sentence]) -> io::Result<()> {
        let beside = place.with_extension(format!("{}.new", std::process::id()));
        fs::write(&beside, serde_json::to_vec(sentences)?)?;
        fs::rename(beside, place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        analyze::{Feats, Token},
        ingest::Language,
        text::CharSpan,
    };

    fn sentence(word: &str, upos: &str) -> Sentence {
        let span = CharSpan { start: 0, end: 4 };
        let token = Token {
            span,
            form: word.to_owned(),
            space_before: true,
            upos: upos.to_owned(),
            lemma: String::new(),
            feats: Feats::default(),
            head: None,
            deprel: "root".to_owned(),
        };
        Sentence { span, paragraph: 0, language: Language::En, tokens: vec![token], entities: Vec::new() }
    }

    #[test]
    fn an_analysis_is_found_by_its_words_and_model_and_a_damaged_one_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let cache = Cache::open(&dir.path().join("kept"), "model 1").unwrap();
        let place = cache.place(&[sentence("Oslo", "")]);
        assert_eq!(Cache::read(&place), None);
        let done = [sentence("Oslo", "PROPN")];
        Cache::write(&place, &done).unwrap();
        assert_eq!(Cache::read(&place).as_deref(), Some(&done[..]));
        assert_ne!(cache.place(&[sentence("Bern", "")]), place);
        assert_ne!(Cache::open(dir.path(), "model 2").unwrap().place(&done).file_name(), place.file_name());
        fs::write(&place, "{").unwrap();
        assert_eq!(Cache::read(&place), None);
    }
}
