//! Resolution: the local entities of all articles become one [`Entity`] an actor, across articles, spellings and scripts.
//!
//! A pure function of the set of claims (and a person's decisions): order of articles, threads and runs play no part.
//! [`profile`] gathers what certainly is one thing, [`names`] and [`signature`] compare names of persons and of all else,
//! [`mod@cluster`] joins without crossing a conflict, [`identity`] names the outcome. `events` joins what several articles tell.

pub mod acronym;
pub mod cluster;
pub mod decisions;
mod events;
pub mod identity;
pub mod names;
pub mod profile;
pub mod signature;
pub mod transliterate;

pub use cluster::{Doubt, ENOUGH};
pub use decisions::{Decision, DecisionError, Decisions};

use crate::{
    extract::{ArticleClaims, Class},
    ingest::{ArticleId, Language},
    ontology::Ontology,
};
use cluster::Clusters;
use decisions::means;
use profile::{Naming, Profile};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use transliterate::Coder;

/// Opaque, ASCII, made from content: the last part of the entity's IRI.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EntityId(pub String);

/// One thing in the world, as far as the articles tell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Identity, stable across runs and merges.
    pub id: EntityId,
    /// Its class.
    pub class: Class,
    /// One preferred label a language.
    pub labels: BTreeMap<Language, String>,
    /// All names seen, with their language, sorted.
    pub names: Vec<(Language, String)>,
    /// Identifiers elsewhere, full IRIs, sorted (Wikidata, GeoNames, ISO), each from the gazetteer.
    pub same_as: Vec<String>,
    /// Latitude and longitude in degrees, where the gazetteer knows them.
    pub coordinates: Option<(f64, f64)>,
    /// Local entities merged here: article and index, sorted.
    pub members: Vec<(ArticleId, usize)>,
    /// Why they were merged, one line a reason, sorted, for `explain`.
    pub reasons: Vec<String>,
}

impl Entity {
    /// The label to show: English first, then Russian, then any name.
    #[must_use]
    pub fn label(&self) -> &str {
        self.labels
            .get(&Language::En)
            .or_else(|| self.labels.values().next())
            .or_else(|| self.names.first().map(|(_, n)| n))
            .map_or("", String::as_str)
    }
}

/// The outcome: entities sorted by id, and which entity each local entity became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolution {
    /// Entities, sorted by id.
    pub entities: Vec<Entity>,
    /// From article and local index to the position in `entities`.
    pub assignment: BTreeMap<(ArticleId, usize), usize>,
    /// Decisions about identity that met nothing, for a warning.
    pub idle_decisions: Vec<Decision>,
}

/// Joins the local entities of all articles, given in any order, each article once.
#[must_use]
pub fn resolve(articles: &[ArticleClaims], ontology: &Ontology, decisions: &Decisions) -> Resolution {
    let sorted = sorted(articles);
    let profiles = profile::gather(&sorted, ontology, &Coder::new(&ontology.transliteration));
    let (clusters, mut idle_decisions) = cluster(&sorted, &profiles, ontology, decisions);
    let entities = identity::entities(&sorted, &profiles, &clusters, ontology);
    let mut resolution = Resolution { entities, ..Resolution::default() };
    idle_decisions.extend(overrule(&mut resolution.entities, decisions));
    resolution.entities.sort_by(|a, b| a.id.cmp(&b.id));
    for (at, entity) in resolution.entities.iter().enumerate() {
        resolution.assignment.extend(entity.members.iter().map(|m| (m.clone(), at)));
    }
    idle_decisions.extend(decisions.idle_rejections(&sorted));
    resolution.idle_decisions = idle_decisions;
    resolution
}

/// What a person should look at, the most doubtful first.
#[must_use]
pub fn doubts(articles: &[ArticleClaims], ontology: &Ontology, decisions: &Decisions) -> Vec<Doubt> {
    let sorted = sorted(articles);
    let profiles = profile::gather(&sorted, ontology, &Coder::new(&ontology.transliteration));
    cluster(&sorted, &profiles, ontology, decisions).0.doubts(&sorted)
}

fn sorted(articles: &[ArticleClaims]) -> Vec<&ArticleClaims> {
    let mut sorted: Vec<&ArticleClaims> = articles.iter().collect();
    sorted.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    sorted.dedup_by(|a, b| a.article.id == b.article.id);
    sorted
}

/// The clusters, and the decisions that meet nothing.
fn cluster<'p>(
    sorted: &[&ArticleClaims],
    profiles: &'p [Profile],
    ontology: &Ontology,
    decisions: &Decisions,
) -> (Clusters<'p>, Vec<Decision>) {
    let mut clusters = Clusters::new(profiles, sorted);
    let idle = decide(sorted, profiles, &mut clusters, decisions);
    clusters.run();
    events::join(sorted, profiles, &mut clusters, ontology);
    (clusters, idle)
}

/// Applies `same` and `different`; gives back those that name nothing here.
fn decide(
    articles: &[&ArticleClaims],
    profiles: &[Profile],
    clusters: &mut Clusters<'_>,
    decisions: &Decisions,
) -> Vec<Decision> {
    let find = |asked: &str| -> Vec<usize> {
        // `Ivanov @ 003`: the one of that article.
        let (name, article) = asked.rsplit_once(" @ ").map_or((asked, None), |(name, article)| (name, Some(article)));
        let told = |p: &Profile| {
            let of = |&a: &usize| {
                articles[a].article.doc == article.unwrap_or_default()
                    || Some(articles[a].article.id.0.as_str()) == article
            };
            article.is_none() || p.articles.iter().any(of)
        };
        let known = |p: &Profile| match &p.naming {
            Naming::Known(key) => Some(key.clone()),
            _ => None,
        };
        let meant = |p: &Profile| means(name, known(p).as_deref(), p.names.keys().map(|(_, n)| n.as_str()));
        (0..profiles.len()).filter(|&i| meant(&profiles[i]) && told(&profiles[i])).collect()
    };
    let mut idle = Vec::new();
    for decision in &decisions.rows {
        let (Decision::Same(a, b) | Decision::Different(a, b)) = decision else { continue };
        let (a, b) = (find(a), find(b));
        let mut met = false;
        for (&x, &y) in a.iter().flat_map(|x| b.iter().map(move |y| (x, y))).filter(|(x, y)| x != y) {
            met = true;
            match decision {
                Decision::Same(..) => clusters.decide_same(x, y),
                _ => clusters.decide_different(x, y),
            }
        }
        if !met {
            idle.push(decision.clone());
        }
    }
    idle
}

/// Applies `rename` and `type`; gives back those that name nothing here.
fn overrule(entities: &mut [Entity], decisions: &Decisions) -> Vec<Decision> {
    let mut idle = Vec::new();
    for decision in &decisions.rows {
        let (Decision::Rename(name, _) | Decision::Type(name, _)) = decision else { continue };
        let mut met = false;
        for entity in entities.iter_mut() {
            let names = entity.names.iter().map(|(_, n)| n.as_str()).chain(entity.labels.values().map(String::as_str));
            if !means(name, Some(&entity.id.0), names) {
                continue;
            }
            met = true;
            match decision {
                Decision::Rename(_, label) => drop(entity.labels.insert(profile::language(label), label.clone())),
                Decision::Type(_, class) => entity.class = *class,
                _ => {}
            }
        }
        if !met {
            idle.push(decision.clone());
        }
    }
    idle
}
