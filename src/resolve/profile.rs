//! Profiles: local entities that certainly are one thing, gathered before anything is compared.
//!
//! Things of one gazetteer key, persons of one full name, bodies of one name are one profile each, however many articles
//! speak of them, so that comparison costs by names and not by mentions. Things without a name belong to their article.

use super::{
    names::{Block, Likeness, PersonName},
    signature::Signature,
    transliterate::Coder,
};
use crate::{
    extract::{ArticleClaims, Class, LocalEntity},
    ingest::Language,
    ontology::{
        Ontology,
        forms::{fold, is_acronym},
        inflection::is_cyrillic,
    },
    text::CharSpan,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// What it is compared by.
#[derive(Debug, Clone)]
pub enum Naming {
    /// A gazetteer key: identity is certain.
    Known(String),
    /// No name: identity within the article only.
    Described,
    /// Names of a person, the fullest first.
    Person(Vec<PersonName>),
    /// Names of anything else, the label first.
    Other(Vec<Signature>),
}

/// Local entities that are one thing.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Group key; unique, and the same for the same input in any order.
    pub key: String,
    /// Class.
    pub class: Class,
    /// The first label, for reasons.
    pub label: String,
    /// What it is compared by.
    pub naming: Naming,
    /// Article (index in the sorted list) and local index.
    pub members: Vec<(usize, usize)>,
    /// Names with their language and how much they weigh as labels.
    pub names: BTreeMap<(Language, String), usize>,
    /// States and bodies that the person belongs to.
    pub affiliations: BTreeSet<String>,
    /// Articles that speak of it.
    pub articles: BTreeSet<usize>,
}

impl Profile {
    /// How much its name tells: what tells less may join what tells more.
    #[must_use]
    pub fn weight(&self) -> usize {
        match &self.naming {
            Naming::Known(_) | Naming::Described => 0,
            Naming::Person(names) => names.first().map_or(0, |n| match (n.is_full(), n.is_bare()) {
                (true, _) => 3 + n.words(),
                (_, false) => 2,
                _ => 1,
            }),
            Naming::Other(names) => names
                .first()
                .map_or(0, |s| s.weight() * 2 + s.ordinals.len() + s.years.len() + usize::from(s.acronym.is_none())),
        }
    }

    /// Whether it is a person or body with a name that tells who: good company to be known by.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        match &self.naming {
            Naming::Known(_) => self.class == Class::Organization,
            Naming::Described => false,
            Naming::Person(names) => names.first().is_some_and(PersonName::is_full),
            Naming::Other(names) => {
                self.class == Class::Organization && names.first().is_some_and(|s| !s.needs_state())
            }
        }
    }

    /// Whether its articles tell which state it serves.
    #[must_use]
    pub fn serves_state(&self) -> bool {
        self.affiliations.iter().any(|a| is_state(a))
    }

    /// What it is looked up by: hashes of blocks, and whom it meets there.
    #[must_use]
    pub fn blocks(&self) -> Vec<(u64, Block)> {
        let mut blocks = Vec::new();
        let class = self.class.name();
        let mut add = |kind, parts: &[&str]| blocks.push((hash(&[&[class], parts].concat()), kind));
        match &self.naming {
            Naming::Known(_) | Naming::Described => {}
            Naming::Person(names) => names.iter().for_each(|name| name.blocks(&mut add)),
            Naming::Other(names) => {
                for text in names.iter().flat_map(|s| s.letter_blocks().into_iter().chain(s.blocks())) {
                    add(Block::Any, &[&text]);
                }
            }
        }
        blocks.sort_by_key(|(hash, kind)| (*hash, *kind as u8));
        blocks.dedup();
        blocks
    }

    /// Compares by all names: a conflict of the labels, or else the best that any pair says.
    #[must_use]
    pub fn compare(&self, other: &Self) -> Likeness {
        let rank = |l: &Likeness| match l {
            Likeness::Same(score, _) => 2.0 + score,
            Likeness::Partial(score, _) => 1.0 + score,
            _ => 0.0,
        };
        let mut found = Vec::new();
        match (&self.naming, &other.naming) {
            (Naming::Person(a), Naming::Person(b)) => {
                found.extend(a.iter().flat_map(|x| b.iter().map(move |y| x.compare(y))));
                if let Some(conflict) = found.iter().find(|l| matches!(l, Likeness::Conflict(_))) {
                    return conflict.clone();
                }
                let same = found.iter().any(|l| matches!(l, Likeness::Same(..)));
                if same
                    && self.serves_state()
                    && other.serves_state()
                    && self.affiliations.is_disjoint(&other.affiliations)
                {
                    return Likeness::Conflict("same name, offices of different states");
                }
            }
            (Naming::Other(a), Naming::Other(b)) if self.class == other.class => {
                found.extend(a.iter().flat_map(|x| b.iter().map(move |y| x.compare(y, self.class))));
                if let Some(Likeness::Conflict(why)) = found.first() {
                    return Likeness::Conflict(why);
                }
                found.retain(|l| !matches!(l, Likeness::Conflict(_)));
            }
            _ => {}
        }
        found.into_iter().max_by(|a, b| rank(a).total_cmp(&rank(b))).unwrap_or(Likeness::Unrelated)
    }
}

/// Gathers the profiles of all articles, sorted by key.
#[must_use]
pub fn gather(articles: &[&ArticleClaims], ontology: &Ontology, coder: &Coder<'_>) -> Vec<Profile> {
    let mut profiles: BTreeMap<String, Profile> = BTreeMap::new();
    // Articles speak of the same things in the same words: each wording is read once.
    let mut read: HashMap<String, Profile> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        for (local, entity) in article.entities.iter().enumerate() {
            let wide = widened(entity, article);
            let entity = wide.as_ref().unwrap_or(entity);
            let id = &article.article.id.0;
            let wording = wording(entity);
            let known = read.get(&wording).cloned();
            let mut profile = known.unwrap_or_else(|| {
                let profile = single(entity, id, ontology, coder);
                // What belongs to one article is not to be found again.
                if !profile.key.contains(id.as_str()) {
                    read.insert(wording, profile.clone());
                }
                profile
            });
            profile.members.push((at, local));
            profile.articles.insert(at);
            match profiles.entry(profile.key.clone()) {
                std::collections::btree_map::Entry::Vacant(place) => drop(place.insert(profile)),
                std::collections::btree_map::Entry::Occupied(mut place) => place.get_mut().absorb(profile),
            }
        }
    }
    let mut profiles: Vec<_> = profiles.into_values().collect();
    for profile in &mut profiles {
        profile.settle();
    }
    profiles
}

/// All that a profile is read from.
fn wording(entity: &LocalEntity) -> String {
    let LocalEntity { class, label, names, named, affiliation, known, .. } = entity;
    let known = known.as_deref().unwrap_or_default();
    format!("{} {named} {known}\n{label}\n{}\n{}", class.name(), names.join("\t"), affiliation.join("\t"))
}

/// A text or meeting of which only the first word was taken for its name, with the rest that a phrase about it goes on with:
/// `Declaration`, where the article speaks of the drafting of a *Declaration on the use of AI*.
fn widened(entity: &LocalEntity, article: &ArticleClaims) -> Option<LocalEntity> {
    if !matches!(entity.class, Class::Instrument | Class::Event) || !entity.named || entity.label.contains(' ') {
        return None;
    }
    let around = |other: &&LocalEntity| !other.named && other.class == Class::Topic;
    article.entities.iter().filter(around).find_map(|phrase| {
        let length = phrase.label.chars().count();
        let (whole, part) = phrase.mentions.iter().find_map(|whole| {
            let within = |m: &&CharSpan| whole.start <= m.start && m.end < whole.end;
            entity.mentions.iter().find(within).map(|part| (whole, part))
        })?;
        let rest: String = phrase.label.chars().skip(part.end - whole.start).collect();
        (whole.end - whole.start == length && rest.starts_with(' ')).then(|| {
            let label = format!("{}{rest}", entity.label);
            LocalEntity { names: [vec![label.clone()], entity.names.clone()].concat(), label, ..entity.clone() }
        })
    })
}

impl Profile {
    fn absorb(&mut self, other: Self) {
        self.members.extend(other.members);
        self.articles.extend(other.articles);
        self.affiliations.extend(other.affiliations);
        for (name, weight) in other.names {
            *self.names.entry(name).or_default() += weight;
        }
        match (&mut self.naming, other.naming) {
            (Naming::Person(a), Naming::Person(b)) => a.extend(b),
            (Naming::Other(a), Naming::Other(b)) => a.extend(b),
            _ => {}
        }
    }

    /// Brings the names into an order that does not depend on the articles', each once, the fullest first.
    fn settle(&mut self) {
        match &mut self.naming {
            Naming::Person(names) => {
                names.sort_by(|a, b| (b.is_full(), a.is_bare(), &a.text).cmp(&(a.is_full(), b.is_bare(), &b.text)));
                names.dedup_by(|a, b| a.text == b.text);
            }
            Naming::Other(names) => {
                let label = fold(&self.label);
                names.sort_by(|a, b| (fold(&a.text) != label, &a.text).cmp(&(fold(&b.text) != label, &b.text)));
                names.dedup_by(|a, b| a.text == b.text);
            }
            _ => {}
        }
    }
}

fn single(entity: &LocalEntity, article: &str, ontology: &Ontology, coder: &Coder<'_>) -> Profile {
    let class = entity.class;
    let known = entity
        .known
        .as_deref()
        .and_then(|key| ontology.gazetteer.get(key))
        .or_else(|| known_by_name(entity, ontology, coder));
    let label_key = entity.label.split_whitespace().map(fold).collect::<Vec<_>>().join(" ");
    let affiliations: BTreeSet<String> =
        entity.affiliation.iter().flat_map(|label| affiliation(label, ontology, coder)).collect();
    let (key, naming) = if let Some(known) = known {
        (format!("known:{}", known.key), Naming::Known(known.key.clone()))
    } else if !entity.named && !names_itself(entity, ontology, coder) {
        (format!("described:{article}:{}:{label_key}", class.name()), Naming::Described)
    } else if class == Class::Person {
        person(entity, &label_key, &affiliations, ontology, coder)
    } else {
        other(entity, &label_key, article, ontology, coder)
    };
    let mut names = BTreeMap::new();
    for name in std::iter::once(&entity.label).chain(&entity.names) {
        let weight = if *name == entity.label { 3 } else { 1 };
        let counted: &mut usize = names.entry((language(name), name.clone())).or_default();
        *counted = weight.max(*counted);
    }
    Profile {
        key,
        class: known.map_or(class, |k| k.class),
        label: entity.label.clone(),
        naming,
        members: Vec::new(),
        names,
        affiliations,
        articles: BTreeSet::new(),
    }
}

/// Whether a description is as good as a name: it tells the number or year of a meeting or text, and whose it is.
fn names_itself(entity: &LocalEntity, ontology: &Ontology, coder: &Coder<'_>) -> bool {
    matches!(entity.class, Class::Event | Class::Instrument) && entity.label.contains(|c: char| c.is_alphabetic()) && {
        let signature = Signature::read(&entity.label, ontology, coder);
        let numbered = !signature.ordinals.is_empty() || !signature.years.is_empty();
        numbered && !signature.known.is_empty() && !signature.heads.is_empty()
    }
}

fn person(
    entity: &LocalEntity,
    label_key: &str,
    affiliations: &BTreeSet<String>,
    ontology: &Ontology,
    coder: &Coder<'_>,
) -> (String, Naming) {
    let Some(label) = PersonName::parse(&entity.label, ontology, coder) else {
        return (format!("person:odd:{label_key}"), Naming::Person(Vec::new()));
    };
    let key = if label.is_full() {
        // A namesake may serve another state.
        let states: Vec<_> = affiliations.iter().filter(|a| is_state(a)).map(String::as_str).collect();
        format!("person:{label_key}:{}", states.join(" "))
    } else {
        let states: Vec<_> = affiliations.iter().map(String::as_str).collect();
        format!("person:{label_key}:{}", states.join(" "))
    };
    let mut names = vec![label];
    for text in entity.names.iter().filter(|n| **n != entity.label && is_capitalised(n)) {
        if let Some(name) = PersonName::parse(text, ontology, coder)
            && !name.is_bare()
            && matches!(names[0].compare(&name), Likeness::Same(..) | Likeness::Partial(..))
        {
            names.push(name);
        }
    }
    (key, Naming::Person(names))
}

fn other(
    entity: &LocalEntity,
    label_key: &str,
    article: &str,
    ontology: &Ontology,
    coder: &Coder<'_>,
) -> (String, Naming) {
    let label = Signature::read(&entity.label, ontology, coder);
    let class = entity.class.name();
    let key = if label.needs_state() || label.is_vague(entity.class) {
        format!("other:{class}:{label_key}:{article}")
    } else {
        format!("other:{class}:{label_key}")
    };
    let mut names = vec![label];
    for text in entity.names.iter().filter(|n| **n != entity.label) {
        let name = Signature::read(text, ontology, coder);
        let telling = is_acronym(text) || is_capitalised(text) && !name.needs_state() && name.weight() >= 2;
        if telling && name.weight() + 1 >= names[0].weight().min(3) {
            names.push(name);
        }
    }
    (key, Naming::Other(names))
}

/// A name that the gazetteer knows, or one that it knows with a place after it: `UN Regional Centre … for the countries of Central Asia`.
fn known_by_name<'a>(
    entity: &LocalEntity,
    ontology: &'a Ontology,
    coder: &Coder<'_>,
) -> Option<&'a crate::ontology::Known> {
    if !entity.named || !matches!(entity.class, Class::Organization | Class::Country | Class::Place | Class::Initiative)
    {
        return None;
    }
    let fits = |known: &&crate::ontology::Known| {
        known.class == entity.class
            || matches!((known.class, entity.class), (Class::Country, Class::Place) | (Class::Place, Class::Country))
    };
    if let Some(known) = ontology.gazetteer.name(&entity.label).filter(fits) {
        return Some(known);
    }
    // … for the Countries of Central Asia, для стран Центральной Азии.
    let plain = ontology.glossary.without("country", &entity.label);
    if let Some(known) = plain.and_then(|name| ontology.gazetteer.name(&name)).filter(fits) {
        return Some(known);
    }
    let whole = Signature::read(&entity.label, ontology, coder);
    if entity.class == Class::Place
        && let Some(place) = whole.known.first().and_then(|k| ontology.gazetteer.get(k)).filter(fits)
        && whole.known.len() == 1
        && whole.plain_place
        && whole.weight() == whole.heads.len() + 1
    {
        return Some(place);
    }
    if entity.class != Class::Organization {
        return None;
    }
    // Russian State Duma, Oliy Majlis of Uzbekistan: a known body with the state that it belongs to, and nothing else.
    let bodies: Vec<_> = whole
        .known
        .iter()
        .filter_map(|k| ontology.gazetteer.get(k))
        .filter(|k| k.class == Class::Organization)
        .collect();
    if let [body] = bodies[..]
        && body.country.is_some()
        && whole.known.iter().all(|k| *k == body.key || Some(k) == body.country.as_ref())
        && whole.weight() == whole.known.len()
        && whole.ordinals.is_empty()
        && whole.years.is_empty()
    {
        return Some(body);
    }
    let words: Vec<&str> = entity.label.split_whitespace().collect();
    let (length, known) =
        ontology.gazetteer.longest(&words).filter(|(n, k)| *n >= 3 && k.class == Class::Organization)?;
    let rest = Signature::read(&words[length..].join(" "), ontology, coder);
    let only_places = rest.known.iter().all(|k| k.starts_with("place:"))
        && rest.words.is_empty()
        && rest.heads.is_empty()
        && rest.notions.iter().all(|n| n == "country" || n == "region");
    only_places.then_some(known)
}

/// FNV-1a: the same on every machine.
fn hash(parts: &[&str]) -> u64 {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether an affiliation is a state's key.
fn is_state(affiliation: &str) -> bool {
    affiliation.starts_with("iso:")
}

/// States first: `MFA of Kazakhstan` is Kazakhstan.
fn affiliation(label: &str, ontology: &Ontology, coder: &Coder<'_>) -> Vec<String> {
    let state = |key: &str| -> String {
        let known = ontology.gazetteer.get(key);
        known.and_then(|k| k.country.clone()).unwrap_or_else(|| key.to_owned())
    };
    if let Some(known) = ontology.gazetteer.name(label) {
        return vec![state(&known.key)];
    }
    let signature = Signature::read(label, ontology, coder);
    if signature.known.is_empty() {
        return if signature.needs_state() { Vec::new() } else { vec![signature.key()] };
    }
    signature.known.iter().map(|k| state(k)).collect()
}

/// Whether the words of a name begin with capitals; Russian names of bodies have one only at the start.
fn is_capitalised(name: &str) -> bool {
    name.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// By its letters.
#[must_use]
pub fn language(name: &str) -> Language {
    if name.chars().any(is_cyrillic) { Language::Ru } else { Language::En }
}
