//! Clustering: profiles become entities, never across a conflict.
//!
//! First what says the same in full is joined, best first; then what says less (a family name, a short form) joins the
//! one cluster that it fits, if evidence tells which; a doubt leaves it alone. Each pair's evidence is kept as a reason.

use super::{
    names::Likeness,
    profile::{Naming, Profile},
};
use std::collections::{BTreeMap, BTreeSet};

/// A block of more profiles than this says too little to compare within: every pair in it has another, rarer block or is missed.
const LARGEST_BLOCK: usize = 400;
/// Least score for a partial name to join.
const ENOUGH: f32 = 0.45;
/// By how much the best candidate must lead.
const LEAD: f32 = 0.06;

/// Clusters over profiles.
#[derive(Debug)]
pub struct Clusters<'a> {
    profiles: &'a [Profile],
    parent: Vec<usize>,
    members: Vec<Vec<usize>>,
    apart: BTreeSet<(usize, usize)>,
    reasons: BTreeMap<usize, BTreeSet<String>>,
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
    pub fn new(profiles: &'a [Profile]) -> Self {
        Self {
            profiles,
            parent: (0..profiles.len()).collect(),
            members: (0..profiles.len()).map(|i| vec![i]).collect(),
            apart: BTreeSet::new(),
            reasons: BTreeMap::new(),
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
        self.unite(a, b, "decided".to_owned());
    }

    /// A person's word: the two are not one.
    pub fn decide_different(&mut self, a: usize, b: usize) {
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
        let mut best: BTreeMap<usize, (f32, Pair, &'static str)> = BTreeMap::new();
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
        let Some((score, pair, evidence)) = ranked.first().copied() else { return false };
        let second = ranked.get(1).map_or(0.0, |s| s.0);
        if needs_context(&self.profiles[at]) && evidence != "same article" || score < ENOUGH {
            return false;
        }
        if score - second < LEAD {
            self.leave_alone(at, pair.to, ranked[1].1.to);
            return false;
        }
        let why = if evidence.is_empty() { pair.why.to_owned() } else { format!("{}, {evidence}", pair.why) };
        self.join(pair, &why)
    }

    /// Names that tell equally little, mostly family names alone: joined where nothing tells them apart.
    fn join_equals(&mut self, mut pairs: Vec<Pair>, alone: &BTreeSet<usize>) {
        let profiles = self.profiles;
        pairs.retain(|p| [p.from, p.to].iter().all(|i| !alone.contains(i) && !needs_context(&profiles[*i])));
        let told = |i: usize| !profiles[i].affiliations.is_empty();
        for pair in &pairs {
            if !profiles[pair.from].affiliations.is_disjoint(&profiles[pair.to].affiliations) {
                self.join(*pair, &format!("{}, same state or body", pair.why));
            }
        }
        for pair in pairs.iter().filter(|p| !told(p.from) && !told(p.to)) {
            self.join(*pair, pair.why);
        }
        // One that tells no state joins the only one of that name that does.
        let mut open: BTreeMap<usize, Vec<Pair>> = BTreeMap::new();
        for pair in pairs.iter().filter(|p| told(p.from) != told(p.to)) {
            let (from, to) = if told(pair.to) { (pair.from, pair.to) } else { (pair.to, pair.from) };
            open.entry(from).or_default().push(Pair { from, to, ..*pair });
        }
        for pairs in open.values() {
            let roots: BTreeSet<_> = pairs.iter().map(|p| self.root(p.to)).collect();
            if let (1, Some(pair)) = (roots.len(), pairs.first()) {
                self.join(*pair, pair.why);
            }
        }
    }

    /// What else speaks for a profile's place in a cluster.
    fn evidence(&self, at: usize, root: usize) -> (f32, &'static str) {
        let mine = &self.profiles[at];
        let cluster = || self.members[root].iter().map(|&i| &self.profiles[i]);
        let theirs: BTreeSet<&String> = cluster().flat_map(|p| &p.affiliations).collect();
        let shared = mine.affiliations.iter().any(|a| theirs.contains(a));
        if cluster().any(|p| !p.articles.is_disjoint(&mine.articles)) {
            (0.25, "same article")
        } else if shared {
            (0.2, "same state or body")
        } else if !mine.affiliations.is_empty() && !theirs.is_empty() {
            (-0.3, "other state or body")
        } else {
            (0.0, "")
        }
    }

    fn pairs(&self) -> BTreeSet<(usize, usize)> {
        let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, profile) in self.profiles.iter().enumerate() {
            for block in profile.blocks() {
                blocks.entry(format!("{} {block}", profile.class.name())).or_default().push(at);
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
    }

    fn keep_apart(&mut self, a: usize, b: usize, why: &str) {
        self.apart.insert((a.min(b), a.max(b)));
        for (x, y) in [(a, b), (b, a)] {
            let line = format!("kept apart from \"{}\": {why}", self.profiles[y].label);
            self.reasons.entry(x).or_default().insert(line);
        }
    }

    /// Whether any two members of the two clusters are kept apart, or are two known things.
    fn are_apart(&self, a: usize, b: usize) -> bool {
        let (a, b) = (&self.members[self.root(a)], &self.members[self.root(b)]);
        let known = |i: &usize| matches!(self.profiles[*i].naming, Naming::Known(_));
        a.iter().any(|x| b.iter().any(|y| self.apart.contains(&(*x.min(y), *x.max(y))) || known(x) && known(y)))
    }
}

/// A body that every state has, named without its state: only its article tells which.
fn needs_context(profile: &Profile) -> bool {
    matches!(&profile.naming, Naming::Other(names) if names.first().is_some_and(super::signature::Signature::needs_state))
}
