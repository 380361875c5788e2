//! Events told by several articles: one event where kind, date, place and participants agree.
//!
//! Comes after persons and bodies are joined, since these are what an event is recognised by. Each kind of agreement is
//! named evidence with a weight; different days, cities or ordinals keep events apart, and so does one article that tells
//! of both. An event without date is dated by its article, so that what is retold much later is not recognised.

use super::{
    cluster::Clusters,
    profile::{Naming, Profile},
    signature::Signature,
};
use crate::{
    extract::{ArticleClaims, Class, DateValue, LocalId, Object, Precision, Value},
    ontology::{Ontology, gazetteer::Known},
};
use jiff::{ToSpan, civil::Date};
use std::collections::{BTreeMap, BTreeSet};

/// Least weight of evidence for two events to be one.
const ENOUGH: f32 = 0.65;
/// From here on a refusal is worth a line in `explain`.
const WORTH_A_WORD: f32 = 0.45;
/// By how many days two articles on one event may lie apart.
const APART: i32 = 3;
/// An event with more namesakes than this in a block is looked up in its other blocks only.
const LARGEST_BLOCK: usize = 200;

/// What the articles tell of one event.
#[derive(Debug, Default)]
struct Told {
    profile: usize,
    kinds: BTreeSet<String>,
    groups: BTreeSet<String>,
    days: BTreeSet<Date>,
    months: BTreeSet<(i16, i8)>,
    published: BTreeSet<Date>,
    cities: BTreeSet<String>,
    states: BTreeSet<String>,
    /// Clusters and states that take part, or that a claim ties to it.
    with: BTreeSet<String>,
    ordinals: BTreeSet<u32>,
    years: BTreeSet<u32>,
}

/// Joins the events of different articles.
pub fn join(articles: &[&ArticleClaims], profiles: &[Profile], clusters: &mut Clusters<'_>, ontology: &Ontology) {
    let told = gather(articles, profiles, clusters, ontology);
    let cast = casts(articles, profiles, clusters);
    let mut pairs = Vec::new();
    for (a, b) in candidates(&told) {
        let (x, y) = (&told[a], &told[b]);
        let (one, other) = (&profiles[x.profile], &profiles[y.profile]);
        if clusters.root(x.profile) == clusters.root(y.profile) || !one.articles.is_disjoint(&other.articles) {
            continue;
        }
        match x.compare(y) {
            Ok(evidence) => {
                let mut evidence = evidence;
                let story = one.articles.iter().flat_map(|i| other.articles.iter().map(move |j| (i, j)));
                let shared = story.map(|(i, j)| alike(&cast[i], &cast[j])).fold(0.0, f32::max);
                if shared > 0.0 && !evidence.is_empty() {
                    evidence.push((shared, "the same people and bodies in the article"));
                }
                let score: f32 = evidence.iter().map(|(weight, _)| weight).sum();
                let why = evidence.iter().map(|(_, why)| *why).collect::<Vec<_>>().join(", ");
                pairs.push((score, x.profile, y.profile, why));
            }
            Err(why) => clusters.keep_apart(x.profile, y.profile, why),
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (score, a, b, why) in pairs {
        if score >= ENOUGH && !clusters.share_article(a, b) {
            clusters.join_events(a, b, score, &why);
        } else if score >= WORTH_A_WORD {
            clusters.refuse(a, b, score, &why);
        }
    }
}

fn gather(
    articles: &[&ArticleClaims],
    profiles: &[Profile],
    clusters: &Clusters<'_>,
    ontology: &Ontology,
) -> Vec<Told> {
    let coder = super::transliterate::Coder::new(&ontology.transliteration);
    let mut of: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate() {
        of.extend(profile.members.iter().map(|&member| (member, at)));
    }
    let mut told: BTreeMap<usize, Told> = BTreeMap::new();
    for (at, profile) in profiles.iter().enumerate().filter(|(_, p)| p.class == Class::Event) {
        let mut event = Told { profile: at, ..Told::default() };
        for (_, name) in profile.names.keys() {
            let signature = Signature::read(name, ontology, &coder);
            let kinds = if signature.heads.is_empty() { &signature.notions } else { &signature.heads };
            event.kinds.extend(kinds.iter().cloned());
            event.ordinals.extend(&signature.ordinals);
            event.years.extend(&signature.years);
            for known in signature.known.iter().filter_map(|key| ontology.gazetteer.get(key)) {
                event.place(known);
                event.with.insert(known.key.clone());
            }
        }
        event.groups = event.kinds.iter().flat_map(|kind| ontology.event_kinds.groups(kind)).cloned().collect();
        event.published = profile.articles.iter().filter_map(|&a| articles[a].article.published).collect();
        told.insert(at, event);
    }
    for (number, article) in articles.iter().enumerate() {
        let profile = |local: LocalId| of.get(&(number, local.0)).copied();
        for claim in &article.claims {
            let subject = profile(claim.subject);
            let object = match &claim.object {
                Object::Entity(local) => profile(*local),
                Object::Literal(_) => None,
            };
            for (event, other) in [(subject, object), (object, subject)] {
                let Some(event) = event.and_then(|e| told.get_mut(&e)) else { continue };
                if let Object::Literal(Value::Date(date)) = &claim.object {
                    event.date(date);
                }
                claim.date.iter().for_each(|date| event.date(date));
                for other in other.into_iter().chain(claim.place.and_then(profile)) {
                    event.meets(other, profiles, clusters, ontology);
                }
            }
        }
    }
    told.into_values().filter(|event| !event.kinds.is_empty()).collect()
}

impl Told {
    fn date(&mut self, date: &DateValue) {
        if date.precision == Precision::Day {
            self.days.insert(date.earliest);
            self.days.insert(date.latest);
        }
        self.months.insert((date.earliest.year(), date.earliest.month()));
    }

    fn place(&mut self, known: &Known) {
        match known.class {
            Class::Place if known.country.is_some() => {
                self.cities.insert(known.key.clone());
                self.states.extend(known.country.clone());
            }
            Class::Country => drop(self.states.insert(known.key.clone())),
            _ => {}
        }
    }

    /// Takes in what a claim ties to it.
    fn meets(&mut self, other: usize, profiles: &[Profile], clusters: &Clusters<'_>, ontology: &Ontology) {
        let profile = &profiles[other];
        if let Naming::Known(key) = &profile.naming
            && let Some(known) = ontology.gazetteer.get(key)
        {
            self.place(known);
            self.with.insert(key.clone());
        } else if profile.class == Class::Place {
            self.cities.insert(format!("{}", clusters.root(other)));
        } else if profile.class.is_agent() && !matches!(profile.naming, Naming::Described) {
            self.with.insert(format!("{}", clusters.root(other)));
            self.with.extend(profile.affiliations.iter().cloned());
        }
    }

    /// Evidence that two events are one, with weights, or what keeps them apart.
    fn compare(&self, other: &Self) -> Result<Vec<(f32, &'static str)>, &'static str> {
        let differ = |a: &BTreeSet<u32>, b: &BTreeSet<u32>| !a.is_empty() && !b.is_empty() && a.is_disjoint(b);
        if differ(&self.ordinals, &other.ordinals) || differ(&self.years, &other.years) {
            return Err("different ordinals or years");
        }
        let mut evidence = Vec::new();
        if !self.kinds.is_disjoint(&other.kinds) {
            evidence.push((0.25, "same kind"));
        } else if !self.groups.is_disjoint(&other.groups) {
            evidence.push((0.15, "kinds alike"));
        } else {
            return Ok(evidence);
        }
        let (told, other_told) = (!self.days.is_empty(), !other.days.is_empty());
        if told && other_told {
            if self.days.is_disjoint(&other.days) {
                return Err("different days");
            }
            evidence.push((0.3, "same day"));
        } else if !self.months.is_empty() && !other.months.is_empty() {
            if self.months.is_disjoint(&other.months) {
                return Err("different months");
            }
            evidence.push((0.1, "same month"));
        } else if self.close_to(other) {
            evidence.push((0.15, "told in the same days"));
        } else {
            return Ok(Vec::new());
        }
        if !self.cities.is_disjoint(&other.cities) {
            evidence.push((0.25, "same place"));
        } else if !self.cities.is_empty() && !other.cities.is_empty() {
            evidence.push((-0.25, "another place"));
        } else if !self.states.is_disjoint(&other.states) {
            evidence.push((0.05, "same state"));
        }
        match self.with.intersection(&other.with).count() {
            0 if self.with.len() >= 2 && other.with.len() >= 2 => evidence.push((-0.2, "no participant in common")),
            0 => {}
            1 => evidence.push((0.15, "a participant in common")),
            _ => evidence.push((0.3, "several participants in common")),
        }
        Ok(evidence)
    }

    /// Whether one's days, or else its articles' dates, lie close to the other's.
    fn close_to(&self, other: &Self) -> bool {
        let dates = |told: &Self| if told.days.is_empty() { told.published.clone() } else { told.days.clone() };
        let (mine, theirs) = (dates(self), dates(other));
        mine.iter().any(|a| theirs.iter().any(|b| (*a - *b).get_days().abs() <= APART))
    }

    /// Where it is looked up: by kind and day, the days about its article where it tells none; by participant and month.
    fn blocks(&self) -> BTreeSet<String> {
        let mut days = self.days.clone();
        if days.is_empty() {
            for date in &self.published {
                days.extend((-APART..=APART).filter_map(|n| date.checked_add(i64::from(n).days()).ok()));
            }
        }
        let months: BTreeSet<_> =
            days.iter().map(|d| (d.year(), d.month())).chain(self.months.iter().copied()).collect();
        let mut blocks = BTreeSet::new();
        for group in self.groups.iter().chain(&self.kinds) {
            blocks.extend(days.iter().map(|day| format!("{group} {day}")));
            for (year, month) in &months {
                blocks.extend(self.with.iter().map(|with| format!("{group} {year}-{month} {with}")));
            }
        }
        blocks
    }
}

fn candidates(told: &[Told]) -> BTreeSet<(usize, usize)> {
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, event) in told.iter().enumerate() {
        for block in event.blocks() {
            blocks.entry(block).or_default().push(at);
        }
    }
    let mut pairs = BTreeSet::new();
    for block in blocks.values().filter(|b| b.len() <= LARGEST_BLOCK) {
        for (i, &a) in block.iter().enumerate() {
            pairs.extend(block[i + 1..].iter().map(|&b| (a, b)));
        }
    }
    pairs
}

/// How much it says that two articles speak of the same people and bodies.
fn alike(a: &BTreeSet<usize>, b: &BTreeSet<usize>) -> f32 {
    let shared = a.intersection(b).count();
    match shared {
        0..3 => 0.0,
        _ if shared >= 5 || shared * 2 >= a.len().min(b.len()) => 0.25,
        _ => 0.15,
    }
}

/// The persons and bodies of each article, states left out: who tells one story shares them.
fn casts(
    articles: &[&ArticleClaims],
    profiles: &[Profile],
    clusters: &Clusters<'_>,
) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut casts: BTreeMap<usize, BTreeSet<usize>> = (0..articles.len()).map(|i| (i, BTreeSet::new())).collect();
    for (at, profile) in profiles.iter().enumerate() {
        let tells = matches!(profile.class, Class::Person | Class::Organization | Class::Instrument)
            && !matches!(profile.naming, Naming::Described);
        for article in profile.articles.iter().filter(|_| tells) {
            casts.entry(*article).or_default().insert(clusters.root(at));
        }
    }
    casts
}
