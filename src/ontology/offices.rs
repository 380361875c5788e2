//! `offices.csv` and `office_modifiers.csv`: the offices that people hold and what an office says of its body: its head
//! heads it, a minister represents it, "former" and "deputy" change that. Limitation: which body is meant is the rules'
//! business; a secretary-general counts as a representative until the text says otherwise.

use super::{OntologyError, Source, phrases::Phrases};
use crate::ingest::Language;
use serde::Deserialize;

const FILE: &str = "offices.csv";
const MODIFIERS: &str = "office_modifiers.csv";

/// What holding an office means for the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum OfficeKind {
    /// Heads it, a state too: president, prime minister, leader.
    Head,
    /// Heads a body, never a state: director, rector, mayor. With a state alone it represents it.
    Chief,
    /// Speaks or acts for it: minister, ambassador, spokesperson.
    Represent,
    /// Belongs to it: MP, senator, commissioner.
    Member,
    /// A rank or form of address, no office in a body: general, professor, Mr.
    Title,
    /// An occupation that says nothing of a body: expert, analyst, journalist.
    None,
}

/// What a modifier of an office changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ModifierEffect {
    /// The office is over: it stays a position, and nothing more.
    Former,
    /// Second to the office: represents the body, does not head it.
    Deputy,
    /// Holds the office: nothing changes.
    Acting,
    /// Will hold the office: a position and representation, not yet head.
    Future,
    /// Part of the office's name, without effect: "special", "plenipotentiary".
    Plain,
}

#[derive(Debug, Deserialize)]
struct OfficeColumns {
    lang: Language,
    lemmas: String,
    kind: OfficeKind,
    example: String,
}

#[derive(Debug, Deserialize)]
struct ModifierColumns {
    lang: Language,
    lemmas: String,
    effect: ModifierEffect,
    example: String,
}

/// Offices and their modifiers in both languages.
#[derive(Debug, Clone, Default)]
pub struct Offices {
    /// Offices: word or fixed phrase to kind.
    pub kinds: Phrases<OfficeKind>,
    /// Modifiers: word (or prefix joined by a hyphen: `vice`) to effect.
    pub modifiers: Phrases<ModifierEffect>,
}

impl Offices {
    /// Reads both tables.
    ///
    /// # Errors
    /// The first wrong row, or a word that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut offices = Self::default();
        for row in source.table::<OfficeColumns>(FILE)? {
            let c = row.columns;
            fill(&mut offices.kinds, FILE, row.line, (c.lang, &c.lemmas, c.kind, &c.example))?;
        }
        for row in source.table::<ModifierColumns>(MODIFIERS)? {
            let c = row.columns;
            fill(&mut offices.modifiers, MODIFIERS, row.line, (c.lang, &c.lemmas, c.effect, &c.example))?;
        }
        Ok(offices)
    }
}

fn fill<T: Copy>(
    table: &mut Phrases<T>,
    file: &str,
    line: u64,
    (language, lemmas, entry, example): (Language, &str, T, &str),
) -> Result<(), OntologyError> {
    if lemmas.is_empty() || example.is_empty() {
        return Err(OntologyError::row(file, line, "`lemmas` and `example` must be filled"));
    }
    for lemma in lemmas.split_whitespace() {
        if table.insert(language, lemma, entry).is_err() {
            return Err(OntologyError::row(file, line, format!("`{lemma}` is listed twice")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_and_others() {
        let offices = Offices::load(&Source::Builtin).unwrap();
        let kind = |lang, phrase| offices.kinds.get(lang, phrase).copied();
        assert_eq!(kind(Language::En, "prime_minister"), Some(OfficeKind::Head));
        assert_eq!(kind(Language::En, "foreign_minister"), Some(OfficeKind::Represent));
        assert_eq!(kind(Language::En, "secretary-general"), Some(OfficeKind::Represent));
        assert_eq!(kind(Language::Ru, "глава"), Some(OfficeKind::Head));
        assert_eq!(kind(Language::Ru, "пресс-секретарь"), Some(OfficeKind::Represent));
        assert_eq!(offices.modifiers.get(Language::Ru, "бывший"), Some(&ModifierEffect::Former));
        assert_eq!(offices.modifiers.get(Language::En, "deputy"), Some(&ModifierEffect::Deputy));
    }
}
