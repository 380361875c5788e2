//! What Kurultai knows of language and politics, as data: the `ontology/` folder, built in or given by `--ontology DIR`.
//!
//! Each table has one file here that reads it into its own type; a mistake is reported with file, row and reason.

mod abbreviations;
mod anaphors;
mod calendar;
mod confidence;
mod declension;
mod event_kinds;
pub mod forms;
mod function_words;
mod furniture;
pub mod gazetteer;
mod given_names;
pub mod glossary;
mod governors;
mod head_nouns;
pub mod inflection;
mod languages;
mod lemmas;
mod lexicon;
mod light_verbs;
mod metonyms;
mod name_grammar;
mod name_parts;
mod offices;
mod phrases;
mod prepositions;
pub mod schema;
mod source;
pub mod transliteration;

pub use abbreviations::{AbbreviationKind, Abbreviations};
pub use anaphors::{Anaphor, Anaphors, Denotes};
pub use calendar::{Calendar, CalendarKind, CalendarWord};
pub use confidence::Confidence;
pub use declension::{Declension, Gender, Paradigm};
pub use event_kinds::EventKinds;
pub use forms::FormTree;
pub use function_words::{Function, FunctionWords};
pub use furniture::{Furniture, FurnitureKind};
pub use gazetteer::{Gazetteer, Known};
pub use given_names::GivenNames;
pub use glossary::{Glossary, Meaning as PhraseMeaning, WordRole};
pub use governors::{Control, Governor, GovernorPos, Governors, Governs};
pub use head_nouns::{Collective, HeadNoun, HeadNouns};
pub use inflection::Inflection;
pub use languages::{LanguageProfile, Languages, Script};
pub use lemmas::Lemmas;
pub use lexicon::{Condition, Extent, Lexicon, LexiconRow, PredicateKind, Role, Tier, Types};
pub use light_verbs::{LightVerb, LightVerbs};
pub use metonyms::Metonyms;
pub use name_grammar::{Holder, LinkRole, NameGrammar};
pub use name_parts::NameParts;
pub use offices::{ModifierEffect, OfficeKind, Offices};
pub use phrases::{Phrases, fold};
pub use prepositions::{Meaning, Preposition, Prepositions};
pub use schema::{Relation, Schema};
pub use source::{OntologyError, Row, Source};
pub use transliteration::{NameCode, Transliteration};

use crate::ingest::Language;

/// Everything in the ontology folder, read and checked.
#[derive(Debug, Clone)]
pub struct Ontology {
    /// SHA-256 over the folder's files, for the run's provenance: results depend on it.
    pub version: String,
    /// How Russian names inflect.
    pub inflection: Inflection,
    /// States, bodies, regions and cities.
    pub gazetteer: Gazetteer,
    /// Words of names of bodies, meetings and texts.
    pub glossary: Glossary,
    /// Patronymics, particles and titles.
    pub name_parts: NameParts,
    /// Kinds of events that one event may be called by.
    pub event_kinds: EventKinds,
    /// Forms of one given name.
    pub given_names: GivenNames,
    /// Spellings as sounds.
    pub transliteration: Transliteration,
    /// Relations with domain, range, symmetry and labels.
    pub schema: Schema,
    /// Abbreviations, for words and sentences.
    pub abbreviations: Abbreviations,
    /// Which words, in which frame, mean which relation.
    pub lexicon: Lexicon,
    /// Lemmas that the tables know.
    pub lemmas: Lemmas,
    /// Closed classes by function.
    pub function_words: FunctionWords,
    /// Page furniture, for ingest.
    pub furniture: Furniture,
    /// How languages are told apart.
    pub languages: Languages,
    /// Verbs that hand their arguments to a noun.
    pub light_verbs: LightVerbs,
    /// Words that set the status of what they govern.
    pub governors: Governors,
    /// Offices that people hold.
    pub offices: Offices,
    /// Classes of common nouns.
    pub head_nouns: HeadNouns,
    /// Names that stand for another actor.
    pub metonyms: Metonyms,
    /// Canonical prepositions.
    pub prepositions: Prepositions,
    /// How often claims were right.
    pub confidence: Confidence,
    /// Months, weekdays, relative days.
    pub calendar: Calendar,
    /// Words that point back, and words of courtesy.
    pub anaphors: Anaphors,
    /// Endings and the nominatives that they stand for.
    pub declension: Declension,
    /// Prepositions within names and offices, and verbs that give an office.
    pub name_grammar: NameGrammar,
}

impl Ontology {
    /// Reads the folder.
    ///
    /// # Errors
    /// The first mistake in any file, with file, row and reason.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let inflection = Inflection::load(source)?;
        Ok(Self {
            version: source.fingerprint()?,
            schema: Schema::load(source)?,
            abbreviations: Abbreviations::load(source)?,
            lexicon: Lexicon::load(source)?,
            lemmas: Lemmas::load(source)?,
            function_words: FunctionWords::load(source)?,
            furniture: Furniture::load(source)?,
            languages: Languages::load(source)?,
            light_verbs: LightVerbs::load(source)?,
            governors: Governors::load(source)?,
            offices: Offices::load(source)?,
            head_nouns: HeadNouns::load(source)?,
            metonyms: Metonyms::load(source)?,
            prepositions: Prepositions::load(source)?,
            confidence: Confidence::load(source)?,
            calendar: Calendar::load(source)?,
            anaphors: Anaphors::load(source)?,
            declension: Declension::load(source)?,
            name_grammar: NameGrammar::load(source)?,
            gazetteer: Gazetteer::load(source, &inflection)?,
            glossary: Glossary::load(source, &inflection)?,
            name_parts: NameParts::load(source)?,
            event_kinds: EventKinds::load(source)?,
            given_names: GivenNames::load(source)?,
            transliteration: Transliteration::load(source)?,
            inflection,
        })
    }

    /// The ontology that is built into the program.
    ///
    /// # Errors
    /// Never for a released program: the tests load it.
    pub fn builtin() -> Result<Self, OntologyError> {
        Self::load(&Source::Builtin)
    }

    /// The lemma under which a word is to be looked up, given the analyzer's (form and lemma folded).
    #[must_use]
    pub fn lemma(&self, language: Language, upos: &str, form: &str, lemma: &str) -> String {
        let known = lemmas::Known {
            lexicon: &self.lexicon,
            light_verbs: &self.light_verbs,
            governors: &self.governors,
            head_nouns: &self.head_nouns,
            offices: &self.offices,
        };
        self.lemmas.resolve(known, language, upos, form, lemma)
    }
}
