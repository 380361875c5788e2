//! `name_links.csv` and `office_verbs.csv`: the few words that hold names and offices together.
//! Limitation: which preposition a particular office takes is not told apart.

use super::{OntologyError, Source};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const LINKS: &str = "name_links.csv";
const VERBS: &str = "office_verbs.csv";

/// What a small word does within a name or office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkRole {
    /// Continues the name of a body, event or text.
    Name,
    /// Stands before the body of an office.
    Body,
    /// Stands before an office's field or post.
    Field,
    /// No preposition: the noun of a minister's field.
    Portfolio,
    /// No preposition: the noun of a state's organ, whose head represents the state.
    Organ,
}

/// Who gets the office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holder {
    /// The verb's subject.
    Subj,
    /// The verb's object.
    Obj,
}

#[derive(Debug, Deserialize)]
struct LinkColumns {
    lang: Language,
    form: String,
    role: LinkRole,
}

#[derive(Debug, Deserialize)]
struct VerbColumns {
    lang: Language,
    lemmas: String,
    holder: Holder,
}

/// Prepositions within names and offices, and verbs that give an office.
#[derive(Debug, Clone, Default)]
pub struct NameGrammar {
    links: BTreeSet<(Language, LinkRole, String)>,
    verbs: BTreeMap<(Language, String), Holder>,
}

impl NameGrammar {
    /// Reads both tables.
    ///
    /// # Errors
    /// The first wrong row, or a verb that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut grammar = Self::default();
        for row in source.table::<LinkColumns>(LINKS)? {
            let c = row.columns;
            grammar.links.insert((c.lang, c.role, c.form));
        }
        for row in source.table::<VerbColumns>(VERBS)? {
            let c = row.columns;
            for lemma in c.lemmas.split_whitespace() {
                if grammar.verbs.insert((c.lang, lemma.to_owned()), c.holder).is_some() {
                    let reason = format!("`{lemma}` is listed twice");
                    return Err(OntologyError::Row { file: VERBS.to_owned(), line: row.line, reason });
                }
            }
        }
        Ok(grammar)
    }

    /// Whether the folded preposition plays this role.
    #[must_use]
    pub fn links(&self, language: Language, role: LinkRole, form: &str) -> bool {
        self.links.contains(&(language, role, form.to_owned()))
    }

    /// Who gets the office of this verb.
    #[must_use]
    pub fn holder(&self, language: Language, lemma: &str) -> Option<Holder> {
        self.verbs.get(&(language, lemma.to_owned())).copied()
    }
}
