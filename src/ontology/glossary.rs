//! What the words in names of bodies, meetings and texts mean in both languages: `institution_words.csv`.
//!
//! `Ministry of Foreign Affairs`, `МИД` and `министерство иностранных дел` are the same notions, so that names can be
//! compared across languages. Words that the table lacks are compared by sound.

use super::{FormTree, Inflection, OntologyError, Source};
use serde::Deserialize;

/// What a word does in a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WordRole {
    /// Names what kind of thing it is: committee, convention, summit.
    Head,
    /// A head that every state has: names one thing only with its state.
    National,
    /// Any other word.
    Word,
    /// A word that may be left out: international, national.
    Weak,
    /// A head that tells only that it is a place: river, city.
    Place,
    /// The first part of a Russian compound: гос-, мин-.
    Stump,
    /// A number that tells one of a series.
    Ordinal,
    /// Says nothing.
    Drop,
}

#[derive(Debug, Deserialize)]
struct Columns {
    means: String,
    kind: WordRole,
    en: String,
    ru: String,
}

/// A row: the notions that its phrases stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// Notions, shared by both languages.
    pub notions: Vec<String>,
    /// What the phrase does.
    pub role: WordRole,
}

/// The table.
#[derive(Debug, Clone, Default)]
pub struct Glossary {
    rows: Vec<Meaning>,
    phrases: FormTree,
    /// First parts of compounds, the longest first, and their rows.
    stumps: Vec<(String, usize)>,
}

impl Glossary {
    /// Reads `institution_words.csv`.
    ///
    /// # Errors
    /// The first row that does not fit.
    pub fn load(source: &Source, inflection: &Inflection) -> Result<Self, OntologyError> {
        let mut glossary = Self::default();
        for row in source.table::<Columns>("institution_words.csv")? {
            let Columns { means, kind, en, ru } = row.columns;
            if kind == WordRole::Stump {
                let stumps = ru.split('|').map(|s| (s.trim().to_owned(), glossary.rows.len()));
                glossary.stumps.extend(stumps.filter(|(s, _)| !s.is_empty()));
                glossary.rows.push(Meaning { notions: means.split(' ').map(str::to_owned).collect(), role: kind });
                continue;
            }
            for phrase in en.split('|').chain(ru.split('|')).map(str::trim).filter(|p| !p.is_empty()) {
                glossary.phrases.insert(phrase, glossary.rows.len(), inflection);
            }
            let notions = means.split(' ').filter(|n| *n != "-").map(str::to_owned).collect();
            glossary.rows.push(Meaning { notions, role: kind });
        }
        glossary.phrases.finish();
        glossary.stumps.sort_by(|a, b| (b.0.len(), &a.0).cmp(&(a.0.len(), &b.0)));
        Ok(glossary)
    }

    /// The longest phrase of the glossary that the words begin with.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &Meaning)> {
        self.phrases.longest(words).map(|(length, row)| (length, &self.rows[row]))
    }

    /// What the parts of a Russian compound mean, if the table knows all of them: `Госпогранслужба`.
    #[must_use]
    pub fn compound(&self, word: &str) -> Option<Vec<&Meaning>> {
        let lower = word.to_lowercase();
        let (stump, row) = self.stumps.iter().find(|(stump, _)| lower.starts_with(stump.as_str()))?;
        let rest = &lower[stump.len()..];
        let mut found = vec![&self.rows[*row]];
        match self.longest(&[rest]) {
            Some((_, meaning)) if rest.chars().count() >= 3 => found.push(meaning),
            _ => found.extend(self.compound(rest)?),
        }
        Some(found)
    }

    /// A name without the words of one notion, and an English `of` and `the` that went with them; none if it has none.
    #[must_use]
    pub fn without(&self, notion: &str, name: &str) -> Option<String> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let told =
            |word: &str| self.longest(&[word]).is_some_and(|(_, m)| m.notions.len() == 1 && m.notions[0] == notion);
        let mut kept: Vec<&str> = Vec::new();
        let mut after = false;
        for word in &words {
            if told(word) {
                after = true;
                kept.pop_if(|last| last.eq_ignore_ascii_case("the"));
            } else if !(after && word.eq_ignore_ascii_case("of")) {
                after = false;
                kept.push(word);
            }
        }
        (kept.len() < words.len()).then(|| kept.join(" "))
    }
}
