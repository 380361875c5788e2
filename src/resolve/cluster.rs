//! Clustering: profiles become entities, never across a conflict.
//!
//! First what says the same in full is joined, best first; then what says less (a family name, a short form) joins the
//! one cluster that it fits, if evidence tells which; a doubt leaves it alone. Each pair's evidence is kept as a reason.

use super::{
    names::{Block, Likeness},
    profile::{Naming, Profile},
};
use crate::{extract::ArticleClaims, ontology::forms::fold};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A block of more profiles than this says too little to compare within: every pair in it has another, rarer block or is missed.
const LARGEST_BLOCK: usize = 400;
/// Least score for a partial name to join.
pub const ENOUGH: f32 = 0.45;
/// Clusters of more articles are not asked for their company: it would tell nothing.
const MANY_ARTICLES: usize = 50;
/// Evidence further from the border than this leaves no doubt.
const NO_DOUBT: f32 = 0.3;
/// Reasons that are kept of one profile: of a common name more would say little.
const MOST_REASONS: usize = 40;
/// Refused merges that are told of one profile.
const MOST_REFUSALS: usize = 3;
/// By how much the best candidate must lead.
const LEAD: f32 = 0.06;

/// Clusters over profiles.
#[derive(Debug)]
pub struct Clusters<'a> {
    profiles: &'a [Profile],
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// Of each cluster's root the roots that it must not be joined with.
    apart: Vec<BTreeSet<usize>>,
    /// Whether a cluster is a thing of the gazetteer.
    known: Vec<bool>,
    /// The profiles that each article speaks of by a full name, and its date.
    articles: Vec<(Vec<usize>, Option<Date>)>,
    reasons: BTreeMap<usize, BTreeSet<String>>,
    doubts: Vec<(usize, usize, f32, String)>,
    decided: BTreeSet<(usize, usize)>,
}

/// Two names of which the program is not sure whether they are one thing's.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// One name, as a decision writes it.
    pub one: String,
    /// The other.
    pub other: String,
    /// Whether they are one node now.
    pub joined: bool,
    /// Weight of the evidence; from [`ENOUGH`] on it speaks for one.
    pub score: f32,
    /// The evidence, named.
    pub evidence: String,
    /// How many mentions hang on it.
    pub mentions: usize,
}

#[derive(Debug, Clone, Copy)]
struct Pair {
    from: usize,
    to: usize,
    score: f32,
    why: &'static str,
}

impl<'a> Clusters<'a> {
    /// Every profile on its own.
    #[must_use]
    pub fn new(profiles: &'a [Profile], articles: &[&ArticleClaims]) -> Self {
        let mut casts: Vec<(Vec<usize>, Option<Date>)> =
            articles.iter().map(|a| (Vec::new(), a.article.published)).collect();
        for (at, profile) in profiles.iter().enumerate().filter(|(_, p)| p.is_telling()) {
            profile.articles.iter().for_each(|&article| casts[article].0.push(at));
        }
        Self {
            profiles,
            parent: (0..profiles.len()).collect(),
            members: (0..profiles.len()).map(|i| vec![i]).collect(),
            apart: vec![BTreeSet::new(); profiles.len()],
            known: profiles.iter().map(|p| matches!(p.naming, Naming::Known(_))).collect(),
            articles: casts,
            reasons: BTreeMap::new(),
            doubts: Vec::new(),
            decided: BTreeSet::new(),
        }
    }

    /// The cluster of a profile.
    #[must_use]
    pub fn root(&self, mut at: usize) -> usize {
        while self.parent[at] != at {
            at = self.parent[at];
        }
        at
    }

    /// The clusters, each its profiles in order.
    #[must_use]
    pub fn groups(&self) -> Vec<&[usize]> {
        (0..self.profiles.len()).filter(|&i| self.parent[i] == i).map(|i| self.members[i].as_slice()).collect()
    }

    /// Reasons that concern a cluster.
    #[must_use]
    pub fn reasons(&self, group: &[usize]) -> BTreeSet<String> {
        group.iter().filter_map(|i| self.reasons.get(i)).flatten().cloned().collect()
    }

    /// A person's word: the two are one, whatever speaks against it.
    pub fn decide_same(&mut self, a: usize, b: usize) {
        self.decided.insert((a.min(b), a.max(b)));
        self.unite(a, b, "decided".to_owned());
    }

    /// A person's word: the two are not one.
    pub fn decide_different(&mut self, a: usize, b: usize) {
        self.decided.insert((a.min(b), a.max(b)));
        self.keep_apart(a, b, "decided");
    }

    /// Compares and joins.
    pub fn run(&mut self) {
        let mut same = Vec::new();
        let mut partial: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        let mut equals = Vec::new();
        for (a, b) in self.pairs() {
            let (x, y) = (&self.profiles[a], &self.profiles[b]);
            match x.compare(y) {
                Likeness::Same(score, why) => same.push(Pair { from: a, to: b, score, why }),
                Likeness::Conflict(why) => self.keep_apart(a, b, why),
                Likeness::Partial(score, why) => match x.weight().cmp(&y.weight()) {
                    std::cmp::Ordering::Less => partial.entry(a).or_default().push(Pair { from: a, to: b, score, why }),
                    std::cmp::Ordering::Greater => {
                        partial.entry(b).or_default().push(Pair { from: b, to: a, score, why })
                    }
                    std::cmp::Ordering::Equal => equals.push(Pair { from: a, to: b, score, why }),
                },
                Likeness::Unrelated => {}
            }
        }
        same.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.from, a.to).cmp(&(b.from, b.to))));
        self.join_same(same);
        // What tells more finds its place first.
        let mut order: Vec<_> = partial.keys().copied().collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(self.profiles[i].weight()), i));
        let mut alone = BTreeSet::new();
        for at in order {
            if !self.place(at, &partial[&at]) {
                alone.insert(at);
            }
        }
        self.join_equals(equals, &alone);
    }

    /// Joins what says the same in full, best first. Of namesakes who serve different states, one whose state no article
    /// tells is neither.
    fn join_same(&mut self, pairs: Vec<Pair>) {
        let profiles = self.profiles;
        let told = |i: usize| profiles[i].serves_state();
        let (alike, mixed): (Vec<Pair>, Vec<Pair>) = pairs.into_iter().partition(|p| told(p.from) == told(p.to));
        for pair in alike {
            self.join(pair, pair.why);
        }
        let mut open: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for pair in mixed {
            let (from, to) = if told(pair.to) { (pair.from, pair.to) } else { (pair.to, pair.from) };
            open.entry(self.root(from)).or_default().push(Pair { from, to, ..pair });
        }
        for pairs in open.into_values() {
            let other = pairs.iter().find(|p| self.are_apart(p.to, pairs[0].to)).map(|p| p.to);
            match other {
                None => {
                    for pair in pairs {
                        self.join(pair, pair.why);
                    }
                }
                Some(other) => self.leave_alone(pairs[0].from, pairs[0].to, other),
            }
        }
    }

    fn leave_alone(&mut self, at: usize, one: usize, other: usize) {
        let label = |i: usize| &self.profiles[i].label;
        let line = format!("\"{}\" left alone: may be \"{}\" or \"{}\"", label(at), label(one), label(other));
        self.reasons.entry(at).or_default().insert(line);
    }

    /// Joins a profile that tells little to the one cluster it fits.
    fn place(&mut self, at: usize, pairs: &[Pair]) -> bool {
        let mut best: BTreeMap<usize, (f32, Pair, Vec<&'static str>)> = BTreeMap::new();
        for pair in pairs {
            let root = self.root(pair.to);
            if root == self.root(at) || self.are_apart(at, pair.to) {
                continue;
            }
            let (bonus, evidence) = self.evidence(at, root);
            let score = pair.score + bonus;
            if best.get(&root).is_none_or(|(s, ..)| score > *s) {
                best.insert(root, (score, *pair, evidence));
            }
        }
        let mut ranked: Vec<_> = best.into_values().collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.to.cmp(&b.1.to)));
        let Some((score, pair, evidence)) = ranked.first() else { return false };
        let second = ranked.get(1).map_or(0.0, |s| s.0);
        let told = !needs_context(&self.profiles[at]) || evidence.contains(&"same article");
        let sure = told && *score >= ENOUGH && score - second >= LEAD;
        if told && *score >= ENOUGH && !sure {
            self.leave_alone(at, pair.to, ranked[1].1.to);
        }
        let why = |pair: &Pair, evidence: &[&str]| [&[pair.why], evidence].concat().join(", ");
        if sure {
            self.doubts.push((at, pair.to, *score, why(pair, evidence)));
            self.join(*pair, &why(pair, evidence));
        }
        for (score, pair, evidence) in ranked.iter().skip(usize::from(sure)).take(MOST_REFUSALS) {
            if told {
                self.refuse(at, pair.to, *score, &why(pair, evidence));
            }
        }
        sure
    }

    /// Names that tell equally little, mostly family names alone: joined where nothing tells them apart.
    fn join_equals(&mut self, mut pairs: Vec<Pair>, alone: &BTreeSet<usize>) {
        let profiles = self.profiles;
        pairs.retain(|p| [p.from, p.to].iter().all(|i| !alone.contains(i) && !needs_context(&profiles[*i])));
        let told = |i: usize| !profiles[i].affiliations.is_empty();
        for pair in &pairs {
            if !profiles[pair.from].affiliations.is_disjoint(&profiles[pair.to].affiliations) {
                self.note(pair, 0.2, "same state or body");
            }
        }
        for pair in pairs.iter().filter(|p| !told(p.from) && !told(p.to)) {
            self.note(pair, 0.0, "nothing tells them apart");
        }
        // One that tells no state joins the only one of that name that does.
        let mut open: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for pair in pairs.iter().filter(|p| told(p.from) != told(p.to)) {
            let (from, to) = if told(pair.to) { (pair.from, pair.to) } else { (pair.to, pair.from) };
            open.entry(from).or_default().push(Pair { from, to, ..*pair });
        }
        for pairs in open.values() {
            let roots: BTreeSet<_> = pairs.iter().map(|p| self.root(p.to)).collect();
            match pairs.as_slice() {
                [pair, ..] if roots.len() == 1 => self.note(pair, 0.05, "the only one of that name"),
                [pair, ..] => self.leave_alone(pair.from, pair.to, *roots.last().unwrap_or(&pair.to)),
                [] => {}
            }
        }
    }

    /// Joins names that tell equally little, and keeps the doubt.
    fn note(&mut self, pair: &Pair, bonus: f32, evidence: &str) {
        let why = format!("{}, {evidence}", pair.why);
        if self.join(*pair, &why) {
            self.doubts.push((pair.from, pair.to, pair.score + bonus, why));
        }
    }

    /// What else speaks for a profile's place in a cluster, and against it.
    fn evidence(&self, at: usize, root: usize) -> (f32, Vec<&'static str>) {
        let mine = &self.profiles[at];
        let cluster = || self.members[root].iter().map(|&i| &self.profiles[i]);
        let theirs: BTreeSet<&String> = cluster().flat_map(|p| &p.affiliations).collect();
        let shared = mine.affiliations.iter().any(|a| theirs.contains(a));
        let (mut score, mut evidence) = (0.0, Vec::new());
        let mut say = |weight: f32, what| {
            score += weight;
            evidence.push(what);
        };
        if cluster().any(|p| !p.articles.is_disjoint(&mine.articles)) {
            say(0.25, "same article");
        } else {
            if shared {
                say(0.2, "same state or body");
            } else if !mine.affiliations.is_empty() && !theirs.is_empty() {
                say(-0.3, "other state or body");
            }
            let articles: BTreeSet<usize> = cluster().flat_map(|p| p.articles.iter().copied()).collect();
            if articles.len().max(mine.articles.len()) <= MANY_ARTICLES {
                let company = |of: &BTreeSet<usize>| -> BTreeSet<usize> {
                    of.iter().flat_map(|&a| self.articles[a].0.iter().map(|&p| self.root(p))).collect()
                };
                let (ours, their) = (company(&mine.articles), company(&articles));
                let common = ours.intersection(&their).filter(|r| **r != root && **r != self.root(at)).count();
                if common >= 3 {
                    say(0.1, "named with the same people and bodies");
                }
                let close = |a: &usize, b: &usize| match (self.articles[*a].1, self.articles[*b].1) {
                    (Some(a), Some(b)) => (a - b).get_days().abs() <= 3,
                    _ => false,
                };
                if mine.articles.iter().any(|a| articles.iter().any(|b| close(a, b))) {
                    say(0.05, "told in the same days");
                }
            }
        }
        (score, evidence)
    }

    /// Whether an article speaks of both clusters.
    #[must_use]
    pub fn share_article(&self, a: usize, b: usize) -> bool {
        let articles = |at: usize| -> BTreeSet<usize> {
            self.members[self.root(at)].iter().flat_map(|&i| self.profiles[i].articles.iter().copied()).collect()
        };
        self.root(a) != self.root(b) && !articles(a).is_disjoint(&articles(b))
    }

    /// Joins two events for the evidence told.
    pub fn join_events(&mut self, a: usize, b: usize, score: f32, why: &str) {
        self.doubts.push((a, b, score - 0.2, why.to_owned()));
        self.join(Pair { from: a, to: b, score, why: "" }, why);
    }

    /// Notes that two profiles were compared and not joined.
    pub fn refuse(&mut self, a: usize, b: usize, score: f32, why: &str) {
        for (x, y) in [(a, b), (b, a)] {
            let line = format!("not joined with \"{}\": {why} ({score:.2})", self.profiles[y].label);
            self.reasons.entry(x).or_default().insert(line);
        }
        self.doubts.push((a, b, score, why.to_owned()));
    }

    /// The doubts that no decision has settled, the most doubtful first; of two clusters the one that speaks most for joining.
    #[must_use]
    pub fn doubts(&self, articles: &[&ArticleClaims]) -> Vec<Doubt> {
        let decided: BTreeSet<(usize, usize)> = self
            .decided
            .iter()
            .flat_map(|&(a, b)| [(self.root(a), self.root(b)), (self.root(b), self.root(a))])
            .collect();
        let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (at, profile) in self.profiles.iter().enumerate() {
            for (_, name) in profile.names.keys() {
                named.entry(fold(name)).or_default().insert(self.root(at));
            }
        }
        // A name that several clusters have needs its article.
        let name = |at: usize| {
            let profile = &self.profiles[at];
            match (named.get(&fold(&profile.label)).map_or(0, BTreeSet::len), profile.articles.first()) {
                (2.., Some(&article)) => format!("{} @ {}", profile.label, articles[article].article.doc),
                _ => profile.label.clone(),
            }
        };
        let mut best: BTreeMap<(usize, usize), Doubt> = BTreeMap::new();
        for (a, b, score, evidence) in &self.doubts {
            let (x, y) = (self.root(*a), self.root(*b));
            let key = if x == y { (*a, *b) } else { (x.min(y), x.max(y)) };
            if (score - ENOUGH).abs() > NO_DOUBT || decided.contains(&(x, y)) || self.are_apart(*a, *b) {
                continue;
            }
            let doubt = Doubt {
                one: name(*a),
                other: name(*b),
                joined: x == y,
                score: *score,
                evidence: evidence.clone(),
                mentions: self.profiles[*a].members.len(),
            };
            if best.get(&key).is_none_or(|d| d.score < doubt.score) && doubt.one != doubt.other {
                best.insert(key, doubt);
            }
        }
        let mut doubts: Vec<Doubt> = best.into_values().collect();
        let distance = |d: &Doubt| (d.score - ENOUGH).abs();
        doubts.sort_by(|a, b| {
            let order = distance(a).total_cmp(&distance(b)).then(b.mentions.cmp(&a.mentions));
            order.then_with(|| (&a.one, &a.other).cmp(&(&b.one, &b.other)))
        });
        doubts
    }

    /// The pairs that share a block, each once, in order.
    fn pairs(&self) -> Vec<(usize, usize)> {
        let mut entries: Vec<(u64, usize, Block)> = Vec::new();
        for (at, profile) in self.profiles.iter().enumerate() {
            entries.extend(profile.blocks().into_iter().map(|(hash, kind)| (hash, at, kind)));
        }
        entries.sort_unstable_by_key(|&(hash, at, kind)| (hash, at, kind as u8));
        let mut pairs = Vec::new();
        for block in entries.chunk_by(|a, b| a.0 == b.0).filter(|b| b.len() <= LARGEST_BLOCK) {
            for (i, &(_, a, x)) in block.iter().enumerate() {
                let meets = |y: Block| x == Block::Any || x != y;
                pairs.extend(block[i + 1..].iter().filter(|&&(_, b, y)| a != b && meets(y)).map(|&(_, b, _)| (a, b)));
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn join(&mut self, pair: Pair, why: &str) -> bool {
        let (a, b) = (self.root(pair.from), self.root(pair.to));
        if a == b {
            return true;
        }
        if self.are_apart(a, b) {
            return false;
        }
        let line = format!("\"{}\" is \"{}\": {why}", self.profiles[pair.from].label, self.profiles[pair.to].label);
        self.reasons.entry(pair.from).or_default().insert(line);
        self.merge(a, b);
        true
    }

    fn unite(&mut self, a: usize, b: usize, why: String) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            let line = format!("\"{}\" is \"{}\": {why}", self.profiles[a].label, self.profiles[b].label);
            self.reasons.entry(a).or_default().insert(line);
            self.merge(x, y);
        }
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (keep, gone) = if a < b { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[gone]);
        self.parent[gone] = keep;
        self.members[keep].extend(moved);
        self.members[keep].sort_unstable();
        self.known[keep] |= self.known[gone];
        for other in std::mem::take(&mut self.apart[gone]) {
            self.apart[other].remove(&gone);
            // A person's word may join what was kept apart.
            if other != keep {
                self.apart[other].insert(keep);
                self.apart[keep].insert(other);
            }
        }
        self.apart[keep].remove(&keep);
    }

    /// Two profiles that must not become one, and why.
    pub fn keep_apart(&mut self, a: usize, b: usize, why: &str) {
        let (x, y) = (self.root(a), self.root(b));
        if x != y {
            self.apart[x].insert(y);
            self.apart[y].insert(x);
        }
        for (x, y) in [(a, b), (b, a)] {
            let reasons = self.reasons.entry(x).or_default();
            if reasons.len() < MOST_REASONS {
                reasons.insert(format!("kept apart from \"{}\": {why}", self.profiles[y].label));
            }
        }
    }

    /// Whether any two members of the two clusters are kept apart, or are two known things.
    fn are_apart(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        a != b && (self.apart[a].contains(&b) || self.known[a] && self.known[b])
    }
}

/// A body that every state has, named without its state: only its article tells which.
fn needs_context(profile: &Profile) -> bool {
    matches!(&profile.naming, Naming::Other(names) if names.first().is_some_and(super::signature::Signature::needs_state))
}
