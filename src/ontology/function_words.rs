//! `function_words.csv`: closed classes that the rules ask for by function: relative pronouns, complementizers,
//! possessives. Limitation: a word is listed without regard to its other uses; the rules look at its place in the tree.

use super::{OntologyError, Source, fold};
use crate::ingest::Language;
use serde::Deserialize;
use std::collections::BTreeSet;

const FILE: &str = "function_words.csv";

/// What a closed class does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Function {
    /// Stands for the noun before its clause: who, который.
    Relative,
    /// Relative pronoun for persons: who.
    Animate,
    /// Opens a complement clause: that, whether, что, чтобы.
    Complementizer,
    /// Opens a complement clause that is told as true: that, что.
    Declarative,
    /// "As" in "as X put it": as, как.
    Manner,
    /// Holds the place of a clause: "о том, что …", "the fact that …".
    Correlative,
    /// Points to what was said before: this, этот.
    Demonstrative,
    /// Possessive determiner: его, their.
    Possessive,
    /// Opens a question.
    Question,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    function: Function,
    words: String,
}

/// The closed classes of both languages.
#[derive(Debug, Clone, Default)]
pub struct FunctionWords(BTreeSet<(Language, Function, String)>);

impl FunctionWords {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut words = BTreeSet::new();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            words.extend(c.words.split_whitespace().map(|w| (c.lang, c.function, fold(w))));
        }
        Ok(Self(words))
    }

    /// Whether the word (folded) has the function.
    #[must_use]
    pub fn has(&self, language: Language, function: Function, word: &str) -> bool {
        self.0.contains(&(language, function, word.to_owned()))
    }
}
