//! A small world made by hand, for tests of everything after extraction: two states that quarrel over a river and make up,
//! told by three outlets in two languages. The names are invented.

use jiff::civil::{Date, date};
use kurultai::{
    extract::{
        ArticleClaims, ArticleMeta, Claim, Class, DateValue, Evidence, LocalEntity, LocalId, Object, Precision, Status,
        Value,
    },
    ingest::{ArticleId, Language},
    ontology::{Ontology, Schema},
    resolve::{Entity, EntityId, Resolution},
    store::{Knowledge, Run},
    text::CharSpan,
};
use std::collections::{BTreeMap, BTreeSet};

pub fn schema() -> Schema {
    Ontology::builtin().unwrap().schema
}

pub fn run() -> Run {
    Run { program: "0.1.0".to_owned(), model: "test".to_owned(), ontology: "test".to_owned() }
}

/// Key, class, English label, Russian label, other names.
type Thing = (&'static str, Class, &'static str, Option<&'static str>, &'static [(Language, &'static str)]);

const THINGS: &[Thing] = &[
    ("orda", Class::Country, "Ordania", Some("Ордания"), &[]),
    ("vesta", Class::Country, "Vestland", Some("Вестланд"), &[]),
    ("council", Class::Organization, "River Council", Some("Речной совет"), &[(Language::En, "the Council")]),
    ("seitova", Class::Person, "Aigul Seitova", Some("Айгуль Сеитова"), &[(Language::Ru, "Сеитова")]),
    ("brandt", Class::Person, "Joren Brandt", Some("Йорен Брандт"), &[(Language::En, "Brandt")]),
    ("marlow", Class::Person, "Ines Marlow", None, &[]),
    ("marlow2", Class::Person, "Peter Marlow", None, &[]),
    ("port", Class::Place, "Port Amar", Some("Порт-Амар"), &[]),
    ("talks", Class::Event, "the talks in Port Amar", Some("переговоры в Порт-Амаре"), &[]),
    ("treaty", Class::Instrument, "Treaty on the River Ama", Some("Договор о реке Ама"), &[]),
    ("water", Class::Topic, "sharing of water", Some("раздел воды"), &[]),
    ("dam", Class::Initiative, "joint dam", None, &[]),
];

/// A claim of a sentence: subject, relation, object (a key, or words in quotes, or a date), status, speaker, place.
#[derive(Clone, Copy)]
pub struct Told(
    pub &'static str,
    pub &'static str,
    pub &'static str,
    pub Status,
    pub Option<&'static str>,
    pub Option<&'static str>,
);

pub struct Story {
    pub doc: &'static str,
    pub language: Language,
    pub published: Date,
    pub title: &'static str,
    pub sentences: &'static [(&'static str, Option<&'static str>, &'static [Told])],
}

use Status::{Asserted, Denied, Hypothetical, Planned};

pub const STORIES: &[Story] = &[
    Story {
        doc: "talks-en",
        language: Language::En,
        published: date(2025, 5, 14),
        title: "Ministers meet on the river",
        sentences: &[
            (
                "Ordania’s foreign minister Aigul Seitova met Joren Brandt of Vestland in Port Amar on 12 May 2025.",
                Some("2025-05-12"),
                &[
                    Told("seitova", "metWith", "brandt", Asserted, None, Some("port")),
                    Told("seitova", "position", "\"foreign minister\"", Asserted, None, None),
                    Told("seitova", "represents", "orda", Asserted, None, None),
                    Told("brandt", "represents", "vesta", Asserted, None, None),
                ],
            ),
            (
                "The talks in Port Amar focused on the sharing of water.",
                None,
                &[
                    Told("talks", "discussed", "water", Asserted, None, None),
                    Told("talks", "tookPlaceIn", "port", Asserted, None, None),
                    Told("talks", "occurredOn", "2025-05-12", Asserted, None, None),
                    Told("seitova", "participatedIn", "talks", Asserted, None, None),
                    Told("brandt", "participatedIn", "talks", Asserted, None, None),
                ],
            ),
            (
                "Seitova proposed a joint dam 🤝; Brandt said Vestland would never reject “fair” water.",
                None,
                &[
                    Told("seitova", "proposed", "dam", Asserted, None, None),
                    Told("brandt", "said", "\"Vestland would never reject “fair” water\"", Asserted, None, None),
                    Told("vesta", "rejected", "water", Denied, Some("brandt"), None),
                ],
            ),
            (
                "Both states will sign the Treaty on the River Ama in June 2025.",
                Some("2025-06"),
                &[
                    Told("orda", "signed", "treaty", Planned, None, None),
                    Told("vesta", "signed", "treaty", Planned, None, None),
                ],
            ),
        ],
    },
    Story {
        doc: "dam-en",
        language: Language::En,
        published: date(2025, 5, 20),
        title: "Vestland cool on dam",
        sentences: &[
            (
                "Vestland rejects the joint dam, its envoy Ines Marlow told the River Council.",
                None,
                &[
                    Told("vesta", "rejected", "dam", Asserted, Some("marlow"), None),
                    Told("marlow", "said", "\"Vestland rejects the joint dam\"", Asserted, None, None),
                    Told("marlow", "represents", "vesta", Asserted, None, None),
                ],
            ),
            (
                "The Council, headed by Peter Marlow, supports the joint dam and could sanction Vestland.",
                None,
                &[
                    Told("council", "supported", "dam", Asserted, None, None),
                    Told("marlow2", "headOf", "council", Asserted, None, None),
                    Told("council", "sanctioned", "vesta", Hypothetical, None, None),
                ],
            ),
            (
                "Vestland is a member of the Council.",
                None,
                &[Told("vesta", "memberOf", "council", Asserted, None, None)],
            ),
            (
                "Brandt met Seitova again and visited Ordania in 2025.",
                Some("2025"),
                &[
                    Told("brandt", "metWith", "seitova", Asserted, None, None),
                    Told("brandt", "visited", "orda", Asserted, None, None),
                ],
            ),
        ],
    },
    Story {
        doc: "treaty-ru",
        language: Language::Ru,
        published: date(2025, 6, 30),
        title: "Договор подписан",
        sentences: &[
            (
                "Ордания и Вестланд подписали Договор о реке Ама 27 июня 2025 года в Порт-Амаре.",
                Some("2025-06-27"),
                &[
                    Told("orda", "signed", "treaty", Asserted, None, Some("port")),
                    Told("vesta", "signed", "treaty", Asserted, None, Some("port")),
                    Told("orda", "cooperatesWith", "vesta", Asserted, None, None),
                ],
            ),
            (
                "Речной совет ввёл санкции против Ордании, сказала Сеитова.",
                None,
                &[
                    Told("council", "sanctioned", "orda", Asserted, Some("seitova"), None),
                    Told("seitova", "said", "\"Речной совет ввёл санкции против Ордании\"", Asserted, None, None),
                    Told("orda", "criticized", "council", Asserted, None, None),
                ],
            ),
            (
                "По словам Брандта, Вестланд не отвергал общую плотину.",
                None,
                &[Told("vesta", "rejected", "dam", Denied, Some("brandt"), None)],
            ),
        ],
    },
];

/// All stories.
pub fn knowledge() -> Knowledge {
    told(STORIES)
}

/// What these stories tell.
pub fn told(stories: &[Story]) -> Knowledge {
    let mut articles: Vec<_> = stories.iter().map(|story| article(story).0).collect();
    articles.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    resolved(articles)
}

/// The text of a story; its claims' evidence is cut from it.
pub fn article(story: &Story) -> (ArticleClaims, String) {
    let text: String = story.sentences.iter().map(|(sentence, ..)| format!("{sentence}\n")).collect();
    let keys: BTreeSet<&str> = story
        .sentences
        .iter()
        .flat_map(|(_, _, told)| told.iter())
        .flat_map(|t| [Some(t.0), Some(t.2), t.4, t.5])
        .flatten()
        .filter(|key| thing(key).is_some())
        .collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    let local = |key: &str| LocalId(keys.iter().position(|k| *k == key).unwrap());
    let mut claims = Vec::new();
    let mut start = 0;
    for (sentence, when, told) in story.sentences {
        let span = CharSpan::new(start, start + sentence.chars().count());
        start = span.end + 1;
        for Told(subject, predicate, object, status, speaker, place) in *told {
            claims.push(Claim {
                subject: local(subject),
                predicate: (*predicate).to_owned(),
                object: match object.strip_prefix('"') {
                    Some(words) => Object::Literal(Value::Text {
                        text: words.trim_end_matches('"').to_owned(),
                        language: story.language,
                    }),
                    None if object.starts_with("20") => Object::Literal(Value::Date(date_value(object))),
                    None => Object::Entity(local(object)),
                },
                status: *status,
                speaker: speaker.map(local),
                date: when.map(date_value),
                place: place.map(local),
                confidence: 0.9,
                evidence: Evidence { span, text: (*sentence).to_owned() },
                rule: format!("{predicate}/{}/test.VERB", story.language.tag()),
                arcs: vec![format!("{predicate} –nsubj→ {subject}")],
            });
        }
    }
    let entities = keys
        .iter()
        .map(|key| {
            let (_, class, en, ru, _) = *thing(key).unwrap();
            let label = if story.language == Language::Ru { ru.unwrap_or(en) } else { en };
            LocalEntity {
                class,
                label: label.to_owned(),
                language: story.language,
                names: vec![label.to_owned()],
                named: true,
                mentions: Vec::new(),
                affiliation: Vec::new(),
                known: Some(format!("test:{key}")),
            }
        })
        .collect();
    let article = ArticleMeta {
        // The text's length stands in for its hash: enough to change when a test changes a story.
        id: ArticleId(format!("{}-{}", story.doc, text.len())),
        doc: story.doc.to_owned(),
        source: format!("news/{}.txt", story.doc),
        title: Some(story.title.to_owned()),
        publisher: Some("The Test".to_owned()),
        url: Some(format!("https://example.org/{}", story.doc)),
        published: Some(story.published),
        language: story.language,
        length: text.chars().count(),
    };
    (ArticleClaims { article, entities, claims }, text)
}

/// Resolves by the key that every entity carries.
pub fn resolved(articles: Vec<ArticleClaims>) -> Knowledge {
    let mut members: BTreeMap<String, Vec<(ArticleId, usize)>> = BTreeMap::new();
    for record in &articles {
        for (i, entity) in record.entities.iter().enumerate() {
            let key = entity.known.as_deref().unwrap().trim_start_matches("test:").to_owned();
            members.entry(key).or_default().push((record.article.id.clone(), i));
        }
    }
    let mut resolution = Resolution::default();
    for (key, members) in members {
        let (_, class, en, ru, others) = *thing(&key).unwrap();
        let mut labels = BTreeMap::from([(Language::En, en.to_owned())]);
        labels.extend(ru.map(|ru| (Language::Ru, ru.to_owned())));
        let mut names: Vec<_> = labels.iter().map(|(l, n)| (*l, n.clone())).collect();
        names.extend(others.iter().map(|(l, n)| (*l, (*n).to_owned())));
        names.sort();
        for member in &members {
            resolution.assignment.insert(member.clone(), resolution.entities.len());
        }
        let is_state = class == Class::Country;
        resolution.entities.push(Entity {
            id: EntityId(key.clone()),
            class,
            labels,
            names,
            same_as: if is_state { vec![format!("http://www.wikidata.org/entity/{key}")] } else { Vec::new() },
            coordinates: is_state.then_some((41.5, -0.25)),
            members,
            reasons: vec![format!("all are test:{key}")],
        });
    }
    Knowledge { articles, resolution, run: run() }
}

fn thing(key: &str) -> Option<&'static Thing> {
    THINGS.iter().find(|(k, ..)| *k == key)
}

fn date_value(text: &str) -> DateValue {
    let parts: Vec<i16> = text.split('-').map(|p| p.parse().unwrap()).collect();
    let part = |i: usize| i8::try_from(parts[i]).unwrap();
    let (earliest, latest, precision) = match parts.len() {
        1 => (date(parts[0], 1, 1), date(parts[0], 12, 31), Precision::Year),
        2 => {
            let first = date(parts[0], part(1), 1);
            (first, first.last_of_month(), Precision::Month)
        }
        _ => {
            let day = date(parts[0], part(1), part(2));
            (day, day, Precision::Day)
        }
    };
    DateValue { earliest, latest, precision }
}
