use crate::{
    ingest::{Article, ArticleId, Language},
    text::CharSpan,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The classes of `ontology/kurultai.ttl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Class {
    /// A named individual.
    Person,
    /// A named body, or a group that acts as one.
    Organization,
    /// A state.
    Country,
    /// City, region, river, sea, building.
    Place,
    /// Meeting, summit, visit, war.
    Event,
    /// A text that binds or declares.
    Instrument,
    /// What is talked about.
    Topic,
    /// Something proposed or done that is none of the above.
    Initiative,
}

impl Class {
    /// All classes.
    pub const ALL: [Self; 8] = [
        Self::Person,
        Self::Organization,
        Self::Country,
        Self::Place,
        Self::Event,
        Self::Instrument,
        Self::Topic,
        Self::Initiative,
    ];

    /// The local name in the ontology.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Person => "Person",
            Self::Organization => "Organization",
            Self::Country => "Country",
            Self::Place => "Place",
            Self::Event => "Event",
            Self::Instrument => "Instrument",
            Self::Topic => "Topic",
            Self::Initiative => "Initiative",
        }
    }

    /// Whether such a thing acts: persons, bodies, states.
    #[must_use]
    pub const fn is_agent(self) -> bool {
        matches!(self, Self::Person | Self::Organization | Self::Country)
    }
}

/// Index of an entity within its article's [`ArticleClaims::entities`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LocalId(pub usize);

/// One thing that an article speaks of: all its mentions there, merged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LocalEntity {
    /// Its class.
    pub class: Class,
    /// The fullest name in the article, in the nominative.
    pub label: String,
    /// Language of the label.
    pub language: Language,
    /// Every name or description used in the article (label first), nominative where that is known, no pronouns.
    pub names: Vec<String>,
    /// Whether one of the names is a proper name; described things ("the talks") are not.
    pub named: bool,
    /// Where it is mentioned, in text order, pronouns included.
    pub mentions: Vec<CharSpan>,
    /// For a person: label of the state or body whose office they hold; helps to tell namesakes apart.
    pub affiliation: Vec<String>,
    /// Gazetteer key, where the gazetteer knows the name (`iso:KZ`, `org:un`).
    pub known: Option<String>,
}

/// How sure the source is that it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Told as a fact.
    Asserted,
    /// Told as something that will happen.
    Planned,
    /// Told as not the case.
    Denied,
    /// Possible, conditional, asked, wished.
    Hypothetical,
}

impl Status {
    /// Whether such a claim puts a fact into the graph.
    #[must_use]
    pub const fn is_asserted(self) -> bool {
        matches!(self, Self::Asserted | Self::Planned)
    }

    /// As written in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asserted => "asserted",
            Self::Planned => "planned",
            Self::Denied => "denied",
            Self::Hypothetical => "hypothetical",
        }
    }
}

/// How precise a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A date as precise as the text makes it, with its bounds.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DateValue {
    /// First day that is meant.
    pub earliest: Date,
    /// Last day that is meant (the same for a day; the range's end for a range).
    pub latest: Date,
    /// How precise the first day is.
    pub precision: Precision,
}

impl DateValue {
    /// `2023-08-24`, `2026-04` or `2026`: the first day, as precise as it is known.
    #[must_use]
    pub fn lexical(&self) -> String {
        let d = self.earliest;
        match self.precision {
            Precision::Day => format!("{:04}-{:02}-{:02}", d.year(), d.month(), d.day()),
            Precision::Month => format!("{:04}-{:02}", d.year(), d.month()),
            Precision::Year => format!("{:04}", d.year()),
        }
    }

    /// The XSD datatype of [`lexical`](Self::lexical): `xsd:date`, `xsd:gYearMonth`, `xsd:gYear`.
    #[must_use]
    pub const fn datatype(&self) -> &'static str {
        match self.precision {
            Precision::Day => "xsd:date",
            Precision::Month => "xsd:gYearMonth",
            Precision::Year => "xsd:gYear",
        }
    }
}

/// A literal object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A date (`occurredOn`, `foundedOn`).
    Date(DateValue),
    /// Words of the article (`said`, `position`).
    Text {
        /// The words.
        text: String,
        /// Their language.
        language: Language,
    },
}

/// What a claim is about: another entity, or words, or a date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Object {
    /// An entity of the same article.
    Entity(LocalId),
    /// A literal.
    Literal(Value),
}

/// The words that say so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Where they stand in the article's text.
    pub span: CharSpan,
    /// Exactly `article.text[span]`.
    pub text: String,
}

/// One sentence's assertion of one triple.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Who.
    pub subject: LocalId,
    /// Local name of the relation: `metWith`.
    pub predicate: String,
    /// What or whom.
    pub object: Object,
    /// Asserted, planned, denied or hypothetical.
    pub status: Status,
    /// Who says so, if not the outlet itself.
    pub speaker: Option<LocalId>,
    /// When it happened, if the text says so.
    pub date: Option<DateValue>,
    /// Where it happened, if the text says so.
    pub place: Option<LocalId>,
    /// 0 to 1: the share of such claims expected to be right.
    pub confidence: f32,
    /// The sentence (or sentences).
    pub evidence: Evidence,
    /// Which rule: `relation/language/sense.POS`, a lexicon row's id, or `relation/structure/name`.
    pub rule: String,
    /// The arcs that the rule went along, for `explain`: `met –nsubj→ Nurtleu`.
    pub arcs: Vec<String>,
}

/// What later stages need of an article (its text is not kept in the graph).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleMeta {
    /// Content hash.
    pub id: ArticleId,
    /// Short name.
    pub doc: String,
    /// Path or address it was read from.
    pub source: String,
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Web address.
    pub url: Option<String>,
    /// Publication date.
    pub published: Option<Date>,
    /// Main language.
    pub language: Language,
    /// Length of the text in code points.
    pub length: usize,
}

impl From<&Article> for ArticleMeta {
    fn from(a: &Article) -> Self {
        Self {
            id: a.id.clone(),
            doc: a.doc.clone(),
            source: a.source.clone(),
            title: a.title.clone(),
            publisher: a.publisher.clone(),
            url: a.url.clone(),
            published: a.published,
            language: a.language,
            length: a.text.chars().count(),
        }
    }
}

/// Everything extracted from one article: the unit that the store keeps and that merges by union.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleClaims {
    /// The article.
    pub article: ArticleMeta,
    /// Its entities; claims point into this list.
    pub entities: Vec<LocalEntity>,
    /// Its claims, ordered by evidence, then subject, predicate, object.
    pub claims: Vec<Claim>,
}
