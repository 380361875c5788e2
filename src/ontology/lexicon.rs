//! The lexicon: which words, in which frame, mean which relation (`lexicon.csv`, one row a frame and language).
//!
//! Rows speak of canonical [`Role`]s, never of raw arcs, so one row serves active, passive, nominal and relative uses.
//! Input: the table's text. Output: a [`Lexicon`] that finds the rows of a word. Limitation: a row's fixed words are
//! looked for near its head word, without regard to their order.

use super::{OntologyError, Row, Source, fold};
use crate::{
    extract::{Class, Status},
    ingest::Language,
};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt, str::FromStr};

/// A canonical role: what an argument is to its predicate once passive, control, relatives and light verbs are undone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who does it.
    Subj,
    /// What it is done to.
    Obj,
    /// To whom.
    Iobj,
    /// By-phrase or instrumental agent of a noun.
    Agent,
    /// Possessor of a noun.
    Poss,
    /// Genitive or of-complement of a noun.
    Gen,
    /// Adjective or noun modifier that may name an actor.
    Mod,
    /// With a preposition, a bare case (Russian), or both.
    Obl {
        /// The preposition in its dictionary form, words joined by `_`; empty for none.
        preposition: String,
        /// The case in lower case (`ins`), where it is known or asked for.
        case: Option<String>,
    },
    /// Finite clause.
    Clause,
    /// Controlled infinitive.
    Xcomp,
    /// Object of the controlled infinitive or gerund.
    XcompObj,
    /// Infinitive or that-clause of a noun.
    Acl,
    /// Object in it.
    AclObj,
    /// Members of what fills the subject, where it is plural or coordinated.
    Parts,
    /// What the nominal predicate itself denotes.
    This,
    /// The predicate's date.
    Time,
}

const CASES: [&str; 6] = ["nom", "gen", "dat", "acc", "ins", "loc"];

impl Role {
    /// A prepositional role.
    #[must_use]
    pub fn obl(preposition: &str, case: Option<&str>) -> Self {
        Self::Obl { preposition: preposition.to_owned(), case: case.map(str::to_lowercase) }
    }

    /// Whether an argument in role `filled` satisfies this role as asked for in a row.
    #[must_use]
    pub fn admits(&self, filled: &Self) -> bool {
        match (self, filled) {
            (Self::Obl { preposition: p, case: c }, Self::Obl { preposition: q, case: d }) => {
                p == q && (c.is_none() || c == d)
            }
            _ => self == filled,
        }
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "subj" => Self::Subj,
            "obj" => Self::Obj,
            "iobj" => Self::Iobj,
            "agent" => Self::Agent,
            "poss" => Self::Poss,
            "gen" => Self::Gen,
            "mod" => Self::Mod,
            "clause" => Self::Clause,
            "xcomp" => Self::Xcomp,
            "xcomp.obj" => Self::XcompObj,
            "acl" => Self::Acl,
            "acl.obj" => Self::AclObj,
            "parts" => Self::Parts,
            "self" => Self::This,
            "time" => Self::Time,
            _ => {
                let rest = text.strip_prefix("obl:").filter(|r| !r.is_empty()).ok_or_else(|| {
                    format!(
                        "no role `{text}`; there are subj obj iobj agent poss gen mod obl:PREP obl:PREP+CASE obl:CASE \
                         clause xcomp xcomp.obj acl acl.obj parts self time"
                    )
                })?;
                match rest.split_once('+') {
                    Some((p, c)) if CASES.contains(&c) => Self::obl(p, Some(c)),
                    Some((_, c)) => {
                        return Err(format!("no case `{c}` in role `{text}`; there are {}", CASES.join(" ")));
                    }
                    None if CASES.contains(&rest) => Self::obl("", Some(rest)),
                    None => Self::obl(rest, None),
                }
            }
        })
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Subj => "subj",
            Self::Obj => "obj",
            Self::Iobj => "iobj",
            Self::Agent => "agent",
            Self::Poss => "poss",
            Self::Gen => "gen",
            Self::Mod => "mod",
            Self::Clause => "clause",
            Self::Xcomp => "xcomp",
            Self::XcompObj => "xcomp.obj",
            Self::Acl => "acl",
            Self::AclObj => "acl.obj",
            Self::Parts => "parts",
            Self::This => "self",
            Self::Time => "time",
            Self::Obl { preposition, case } => {
                return match (preposition.as_str(), case) {
                    ("", Some(c)) => write!(f, "obl:{c}"),
                    (p, Some(c)) => write!(f, "obl:{p}+{c}"),
                    (p, None) => write!(f, "obl:{p}"),
                };
            }
        })
    }
}

/// How the predicate is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredicateKind {
    /// Verb in any form, participles included.
    Verb,
    /// Nominal predicate.
    Noun,
    /// Predicative adjective, or a participle used as one.
    Adj,
}

impl PredicateKind {
    /// As written in the table.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verb => "VERB",
            Self::Noun => "NOUN",
            Self::Adj => "ADJ",
        }
    }
}

/// Something that must hold, or must not, for a row to apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The role is filled.
    Role(Role),
    /// A word with this lemma depends on the predicate.
    Lemma(String),
    /// The predicate depends on a word with this lemma.
    Governor(String),
    /// The subject denotes several.
    PluralSubject,
    /// The predicate is itself the subject of a clause.
    IsSubject,
    /// The predicate is an infinitive.
    Infinitive,
    /// The predicate is passive.
    Passive,
    /// The predicate is negated.
    Negation,
    /// The same word has already said this relation: "approved the treaty" is no support beside.
    Relation(String),
}

impl FromStr for Condition {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "plural-subject" => Ok(Self::PluralSubject),
            "is-subject" => Ok(Self::IsSubject),
            "infinitive" => Ok(Self::Infinitive),
            "passive" => Ok(Self::Passive),
            "negation" => Ok(Self::Negation),
            _ => match text.split_once(':') {
                Some(("role", r)) => r.parse().map(Self::Role),
                Some(("lemma", l)) if !l.is_empty() => Ok(Self::Lemma(fold(l))),
                Some(("governor", l)) if !l.is_empty() => Ok(Self::Governor(fold(l))),
                Some(("relation", r)) if !r.is_empty() => Ok(Self::Relation(r.to_owned())),
                _ => Err(format!(
                    "no condition `{text}`; there are role:ROLE lemma:WORD governor:WORD relation:NAME plural-subject is-subject infinitive passive negation"
                )),
            },
        }
    }
}

/// What may fill an argument.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Types {
    /// What the ontology's domain or range allows.
    #[default]
    FromRelation,
    /// These classes.
    Classes(Vec<Class>),
    /// Any noun phrase or clause.
    Text,
}

impl FromStr for Types {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.is_empty() {
            return Ok(Self::FromRelation);
        }
        let mut classes = Vec::new();
        for part in text.split('|') {
            match part.trim() {
                "text" | "any" => return Ok(Self::Text),
                "agent" | "Agent" => classes.extend([Class::Person, Class::Organization, Class::Country]),
                name => classes.push(class(name).ok_or_else(|| {
                    format!("no class `{name}`; there are agent text Person Organization Country Place Event Instrument Topic Initiative")
                })?),
            }
        }
        Ok(Self::Classes(classes))
    }
}

fn class(name: &str) -> Option<Class> {
    use Class::{Country, Event, Initiative, Instrument, Organization, Person, Place, Topic};
    [Person, Organization, Country, Place, Event, Instrument, Topic, Initiative].into_iter().find(|c| c.name() == name)
}

/// How much of the object is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// The thing itself.
    Entity,
    /// The noun phrase.
    Phrase,
    /// The clause.
    Clause,
}

/// How narrow the row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The words hardly mean anything else.
    Strict,
    /// They often do.
    Broad,
}

/// One frame of one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LexiconRow {
    /// Line in the table, for messages.
    pub line: u64,
    /// Local name of the relation.
    pub relation: String,
    /// Language.
    pub language: Language,
    /// Key within relation, language and part of speech.
    pub sense: String,
    /// How the predicate is used.
    pub kind: PredicateKind,
    /// Lemmas; the head word first, then the fixed words that go with it.
    pub lemmas: Vec<Vec<String>>,
    /// Roles for the subject, best first.
    pub subject: Vec<Role>,
    /// Roles for the object, best first.
    pub object: Vec<Role>,
    /// What may be subject.
    pub subject_types: Types,
    /// What may be object.
    pub object_types: Types,
    /// All must hold.
    pub needs: Vec<Condition>,
    /// None may hold.
    pub forbids: Vec<Condition>,
    /// How much of the object is taken.
    pub extent: Extent,
    /// Status that the words themselves give.
    pub status: Option<Status>,
    /// Confidence class.
    pub tier: Tier,
    /// A sentence in which the row must fire.
    pub example: String,
    /// What it must give there: subject and object.
    pub expect: Vec<(String, String)>,
    /// A sentence in which it must not fire; may be empty.
    pub counter: String,
}

impl LexiconRow {
    /// The rule's id: `relation/lang/sense.POS`.
    #[must_use]
    pub fn rule(&self) -> String {
        format!("{}/{}/{}.{}", self.relation, self.language.tag(), self.sense, self.kind.name())
    }
}

/// The lexicon, indexed by head word.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    rows: Vec<LexiconRow>,
    by_lemma: BTreeMap<(Language, String), Vec<usize>>,
}

#[derive(Debug, Deserialize)]
struct Columns {
    relation: String,
    lang: String,
    sense: String,
    pos: String,
    lemmas: String,
    subject: String,
    object: String,
    subject_types: String,
    object_types: String,
    needs: String,
    forbids: String,
    extent: String,
    status: String,
    tier: String,
    example: String,
    expect: String,
    counter: String,
}

impl Lexicon {
    /// Reads `lexicon.csv`.
    ///
    /// # Errors
    /// The first row that cannot be understood, with its line and what was expected.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        const FILE: &str = "lexicon.csv";
        let mut lexicon = Self::default();
        let mut rules = BTreeMap::new();
        for row in source.table::<Columns>(FILE)? {
            let line = row.line;
            let fail = |reason| OntologyError::Row { file: FILE.to_owned(), line, reason };
            let row = parse(row).map_err(fail)?;
            if let Some(first) = rules.insert(row.rule(), line) {
                return Err(fail(format!("{} stands in line {first} too; give this row another sense", row.rule())));
            }
            lexicon.push(row);
        }
        Ok(lexicon)
    }

    fn push(&mut self, row: LexiconRow) {
        let at = self.rows.len();
        for words in &row.lemmas {
            let rows = self.by_lemma.entry((row.language, words[0].clone())).or_default();
            if rows.last() != Some(&at) {
                rows.push(at);
            }
        }
        self.rows.push(row);
    }

    /// All rows, in the table's order.
    #[must_use]
    pub fn rows(&self) -> &[LexiconRow] {
        &self.rows
    }

    /// The rows one of whose lemmas begins with `word` (folded).
    pub fn of(&self, language: Language, word: &str) -> impl Iterator<Item = &LexiconRow> {
        let found = self.by_lemma.get(&(language, word.to_owned()));
        found.into_iter().flatten().map(|&i| &self.rows[i])
    }
}

fn list<T: FromStr<Err = String>>(text: &str, separator: fn(char) -> bool) -> Result<Vec<T>, String> {
    text.split(separator).map(str::trim).filter(|p| !p.is_empty()).map(str::parse).collect()
}

fn parse(Row { line, columns: c }: Row<Columns>) -> Result<LexiconRow, String> {
    let one_of = |column: &str, value: &str, known: &str| format!("no {column} `{value}`; there are {known}");
    let lemmas: Vec<Vec<String>> =
        c.lemmas.split_whitespace().map(|l| l.split('_').map(fold).filter(|w| !w.is_empty()).collect()).collect();
    if lemmas.is_empty() || lemmas.iter().any(Vec::is_empty) {
        return Err("column lemmas is empty".to_owned());
    }
    let expect = c.expect.split(';').map(str::trim).filter(|p| !p.is_empty()).map(|pair| {
        let (s, o) = pair.split_once("->").ok_or_else(|| format!("`{pair}` in expect has no `->`"))?;
        Ok((s.trim().to_owned(), o.trim().to_owned()))
    });
    Ok(LexiconRow {
        line,
        language: match c.lang.as_str() {
            "en" => Language::En,
            "ru" => Language::Ru,
            other => return Err(one_of("lang", other, "en ru")),
        },
        kind: match c.pos.as_str() {
            "VERB" => PredicateKind::Verb,
            "NOUN" => PredicateKind::Noun,
            "ADJ" => PredicateKind::Adj,
            other => return Err(one_of("pos", other, "VERB NOUN ADJ")),
        },
        subject: list(&c.subject, |x| x == '|')?,
        object: list(&c.object, |x| x == '|')?,
        subject_types: c.subject_types.parse()?,
        object_types: c.object_types.parse()?,
        needs: list(&c.needs, char::is_whitespace)?,
        forbids: list(&c.forbids, char::is_whitespace)?,
        extent: match c.extent.as_str() {
            "" | "entity" => Extent::Entity,
            "phrase" => Extent::Phrase,
            "clause" => Extent::Clause,
            other => return Err(one_of("extent", other, "entity phrase clause")),
        },
        status: match c.status.as_str() {
            "" | "asserted" => None,
            "planned" => Some(Status::Planned),
            "denied" => Some(Status::Denied),
            "hypothetical" => Some(Status::Hypothetical),
            other => return Err(one_of("status", other, "planned denied hypothetical")),
        },
        tier: match c.tier.as_str() {
            "strict" => Tier::Strict,
            "broad" => Tier::Broad,
            other => return Err(one_of("tier", other, "strict broad")),
        },
        expect: expect.collect::<Result<_, String>>()?,
        relation: c.relation,
        sense: c.sense,
        lemmas,
        example: c.example,
        counter: c.counter,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_round_trip_and_admit() {
        for text in ["subj", "obl:with", "obl:с+ins", "obl:ins", "xcomp.obj", "parts", "acl"] {
            assert_eq!(text.parse::<Role>().unwrap().to_string(), text);
        }
        let asked: Role = "obl:с".parse().unwrap();
        assert!(asked.admits(&Role::obl("с", Some("Ins"))));
        assert!(!"obl:с+gen".parse::<Role>().unwrap().admits(&Role::obl("с", Some("Ins"))));
        assert!(!"obl:ins".parse::<Role>().unwrap().admits(&Role::obl("с", Some("Ins"))));
        assert!("obl:".parse::<Role>().is_err());
        assert!("obl:с+ind".parse::<Role>().unwrap_err().contains("no case `ind`"));
    }

    #[test]
    fn conditions_and_types_name_what_there_is() {
        assert_eq!("role:obl:with".parse(), Ok(Condition::Role(Role::obl("with", None))));
        assert!("rol:obl".parse::<Condition>().unwrap_err().contains("plural-subject"));
        assert_eq!("Person|Event".parse(), Ok(Types::Classes(vec![Class::Person, Class::Event])));
        assert!("Persn".parse::<Types>().unwrap_err().contains("no class `Persn`"));
    }
}
