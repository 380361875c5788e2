use super::{OntologyError, Source};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::BTreeMap;

/// What the full stop (or hyphen) after a listed form means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AbbreviationKind {
    /// Before a name: never ends a sentence.
    Title,
    /// An abbreviation only before a number.
    Number,
    /// Ends a sentence only before a word that is known to begin sentences.
    Inner,
    /// Ends a sentence before any capital.
    End,
    /// A prefix whose hyphen stays inside the word.
    Prefix,
    /// Two words written as one.
    Fused,
    /// A word of farewell: the comma after it ends a letter's line.
    Closing,
    /// No abbreviation: a word that begins sentences.
    Starter,
}

/// `abbreviations.csv`: the closed lists that the rules for words and sentences need.
#[derive(Debug, Clone, Default)]
pub struct Abbreviations {
    forms: BTreeMap<Language, BTreeMap<String, Vec<AbbreviationKind>>>,
    /// For words of kind [`Fused`](AbbreviationKind::Fused): letters before the second word.
    fused: BTreeMap<Language, BTreeMap<String, usize>>,
}

#[derive(Deserialize)]
struct Columns {
    lang: Language,
    kind: AbbreviationKind,
    forms: String,
}

impl Abbreviations {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Self::default();
        for row in source.table::<Columns>("abbreviations.csv")? {
            let of_language = table.forms.entry(row.columns.lang).or_default();
            for form in row.columns.forms.split_whitespace() {
                if row.columns.kind != AbbreviationKind::Fused {
                    of_language.entry(form.to_owned()).or_default().push(row.columns.kind);
                    continue;
                }
                let Some((host, rest)) = form.split_once('|') else {
                    let reason = format!("{form} needs a | where its second word begins");
                    return Err(OntologyError::Row { file: "abbreviations.csv".to_owned(), line: row.line, reason });
                };
                let fused = table.fused.entry(row.columns.lang).or_default();
                fused.insert(format!("{host}{rest}"), host.chars().count());
            }
        }
        Ok(table)
    }

    /// What `form` (any case, without its last full stop) is as an abbreviation.
    #[must_use]
    pub fn kind(&self, language: Language, form: &str) -> Option<AbbreviationKind> {
        use AbbreviationKind::{End, Inner, Number, Title};
        self.kinds(language, form).iter().copied().find(|k| matches!(k, Title | Number | Inner | End))
    }

    /// Whether `form` is listed under `kind`.
    #[must_use]
    pub fn has(&self, language: Language, form: &str, kind: AbbreviationKind) -> bool {
        self.kinds(language, form).contains(&kind)
    }

    /// Where, in letters, the second word of a fused form begins.
    #[must_use]
    pub fn fused(&self, language: Language, form: &str) -> Option<usize> {
        self.fused.get(&language)?.get(&form.to_lowercase()).copied()
    }

    fn kinds(&self, language: Language, form: &str) -> &[AbbreviationKind] {
        self.forms.get(&language).and_then(|forms| forms.get(&form.to_lowercase())).map_or(&[], Vec::as_slice)
    }
}
