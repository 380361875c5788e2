//! `declension.csv`: how oblique endings go back to the nominative, so that "с Муратом Нуртлеу" is shown as "Мурат Нуртлеу"
//! and all case forms of a name compare equal. Limitation: stem changes (`лев` – `льва`) are the model's lemmas' business.

use super::{OntologyError, Source};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const FILE: &str = "declension.csv";

/// A way to decline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Paradigm {
    /// Adjectives and what declines like them.
    Adjective,
    /// Surnames with a possessive suffix.
    Surname,
    /// Given names and other surnames.
    Name,
    /// Common nouns.
    Noun,
}

/// Gender, or the plural, in Universal Dependencies' names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
pub enum Gender {
    /// Masculine.
    Masc,
    /// Feminine.
    Fem,
    /// Neuter.
    Neut,
    /// Plural of any gender.
    Plur,
}

impl Gender {
    /// From the feature's value.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            "Masc" => Some(Self::Masc),
            "Fem" => Some(Self::Fem),
            "Neut" => Some(Self::Neut),
            _ => None,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    kind: Paradigm,
    gender: Gender,
    ending: String,
    nominative: String,
}

/// The endings of the languages that decline.
#[derive(Debug, Clone, Default)]
pub struct Declension {
    /// Oblique ending to nominative ending, longest first.
    rules: BTreeMap<(Paradigm, Gender), Vec<(String, String)>>,
    /// All endings of either column, longest first.
    endings: Vec<String>,
}

impl Declension {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row, or an ending that stands twice in one paradigm.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Self::default();
        let mut endings = BTreeSet::new();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            let wrong = |reason: String| OntologyError::Row { file: FILE.to_owned(), line: row.line, reason };
            if c.lang != Language::Ru {
                return Err(wrong(format!("`{}` does not decline", c.lang.tag())));
            }
            if c.ending.is_empty() || c.nominative.is_empty() {
                return Err(wrong("`ending` and `nominative` must be filled (`-` for no ending)".to_owned()));
            }
            let nominative = if c.nominative == "-" { String::new() } else { c.nominative };
            let rules = table.rules.entry((c.kind, c.gender)).or_default();
            if rules.iter().any(|(e, _)| *e == c.ending) {
                return Err(wrong(format!("`{}` is listed twice", c.ending)));
            }
            // A surname's suffix belongs to its stem: only true endings are cut off for comparison.
            if c.kind != Paradigm::Surname {
                endings.extend([c.ending.clone(), nominative.clone()]);
            }
            rules.push((c.ending, nominative));
        }
        for rules in table.rules.values_mut() {
            rules.sort_by_key(|(e, _)| std::cmp::Reverse(e.chars().count()));
        }
        endings.remove("");
        // "-ов" ends genitives of nouns and nominatives of surnames: what may belong to a stem is not cut off.
        for (paradigm, rules) in &table.rules {
            if paradigm.0 == Paradigm::Surname {
                for (_, suffix) in rules {
                    endings.remove(suffix);
                }
            }
        }
        table.endings = endings.into_iter().collect();
        table.endings.sort_by_key(|e| std::cmp::Reverse(e.chars().count()));
        Ok(table)
    }

    /// The nominative of a lower-case word that stands in an oblique case; `None` where no rule fits.
    #[must_use]
    pub fn nominative(&self, paradigm: Paradigm, gender: Gender, word: &str) -> Option<String> {
        self.rules.get(&(paradigm, gender))?.iter().find_map(|(ending, nominative)| {
            let stem = word.strip_suffix(ending.as_str()).filter(|s| s.chars().count() >= 2)?;
            Some(spell(stem, nominative))
        })
    }

    /// The word without its ending: all case forms of a name have the same. Words of three letters or fewer stay whole.
    #[must_use]
    pub fn stem(&self, word: &str) -> String {
        let length = word.chars().count();
        let cut = |e: &String| length >= e.chars().count() + 3 && word.ends_with(e.as_str());
        match self.endings.iter().find(|e| length > 3 && cut(e)) {
            Some(ending) => word[..word.len() - ending.len()].to_owned(),
            None => word.to_owned(),
        }
    }
}

/// Joins stem and ending: after velars and sibilants Russian writes и for ы, a for я.
fn spell(stem: &str, ending: &str) -> String {
    let soft = stem.chars().last().is_some_and(|c| "гкхжчшщ".contains(c));
    let mut ending = ending.to_owned();
    if soft {
        if let Some(rest) = ending.strip_prefix('ы') {
            ending = format!("и{rest}");
        } else if ending == "яя" {
            ending = "ая".to_owned();
        }
    }
    format!("{stem}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn oblique_forms_go_back_to_the_nominative() {
        let d = Declension::load(&Source::Builtin).unwrap();
        let nominative = |p, g, w| d.nominative(p, g, w);
        assert_eq!(nominative(Paradigm::Surname, Gender::Masc, "токаевым").as_deref(), Some("токаев"));
        assert_eq!(nominative(Paradigm::Surname, Gender::Fem, "захаровой").as_deref(), Some("захарова"));
        assert_eq!(
            nominative(Paradigm::Adjective, Gender::Masc, "внешнеэкономического").as_deref(),
            Some("внешнеэкономический")
        );
        assert_eq!(nominative(Paradigm::Adjective, Gender::Fem, "общей").as_deref(), Some("общая"));
        assert_eq!(nominative(Paradigm::Adjective, Gender::Masc, "исполнительному").as_deref(), Some("исполнительный"));
        assert_eq!(nominative(Paradigm::Name, Gender::Masc, "муратом").as_deref(), Some("мурат"));
        assert_eq!(nominative(Paradigm::Name, Gender::Masc, "дмитрием").as_deref(), Some("дмитрий"));
        assert_eq!(nominative(Paradigm::Surname, Gender::Masc, "обама"), None);
    }

    #[test]
    fn case_forms_share_a_stem() {
        let d = Declension::load(&Source::Builtin).unwrap();
        for forms in [
            &["токаев", "токаева", "токаеву", "токаевым", "токаеве"][..],
            &["сергей", "сергея", "сергею", "сергеем"],
            &["ташкент", "ташкенте", "ташкента"],
            &["россия", "россии", "россией", "россию"],
            &["внешнеэкономический", "внешнеэкономического", "внешнеэкономическим"],
        ] {
            let stems: BTreeSet<_> = forms.iter().map(|f| d.stem(f)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
        assert_eq!(d.stem("кан"), "кан");
        assert_ne!(d.stem("путин"), d.stem("лавров"));
    }
}
