//! Frames: the lexicon's rows matched on canonical roles give claims.
//!
//! For every predicate the rows of its lemma are tried in the table's order; of the rows of one relation the first that
//! fires wins. Input: trees, roles, the discourse and who is speaking. Output: claims without duplicates removed.
//! Limitation: an argument that stands in another sentence is found only where coreference carries it over.

mod arguments;

use super::{
    Claim, Class, DateValue, Evidence, LocalId, Object, Status,
    discourse::Discourse,
    roles::{Predicate, Roles},
    speech::Speech,
    status,
    tree::Tree,
};
use crate::ontology::{Condition, LexiconRow, Ontology, PredicateKind, Role, Tier, Types};
use std::collections::BTreeSet;

/// One article under extraction: everything that the rules read, and the entities that they may add to.
#[derive(Debug)]
pub struct Reading<'r, 'a> {
    /// The tables.
    pub ontology: &'r Ontology,
    /// Trees, by sentence.
    pub trees: &'r [Tree<'a>],
    /// Roles, by sentence.
    pub roles: &'r [Roles],
    /// What words denote.
    pub discourse: &'r mut Discourse<'a>,
}

/// A row that applies to a predicate, and the fixed words that it claims.
#[derive(Debug, Clone)]
pub struct Match<'o> {
    /// The row.
    pub row: &'o LexiconRow,
    /// The fixed words.
    pub companions: Vec<usize>,
}

/// Rows that apply to a predicate, in the table's order; rows with more fixed words come first within a relation.
#[must_use]
pub fn matches<'o>(ontology: &'o Ontology, tree: &Tree, roles: &Roles, p: &Predicate) -> Vec<Match<'o>> {
    let mut found: Vec<Match> = Vec::new();
    let words: BTreeSet<&str> = [tree.lemma(p.token), tree.form(p.token)].into();
    for word in words {
        for row in ontology.lexicon.of(tree.language(), word) {
            if !fits_kind(tree, p, row.kind) || found.iter().any(|m| std::ptr::eq(m.row, row)) {
                continue;
            }
            let lemma = row
                .lemmas
                .iter()
                .filter(|l| l[0] == word)
                .filter_map(|l| l[1..].iter().map(|w| tree.companion(p.token, w)).collect::<Option<Vec<usize>>>());
            let Some(companions) = lemma.max_by_key(Vec::len) else { continue };
            if row.needs.iter().all(|c| holds(tree, roles, p, &companions, c))
                && !row.forbids.iter().any(|c| holds(tree, roles, p, &companions, c))
            {
                found.push(Match { row, companions });
            }
        }
    }
    // "Take part", "принять участие": the idiom is read, not its verb.
    let idiom = |m: &Match| m.companions.iter().any(|&c| tree.upos(c) == "NOUN" && tree.head(c) == Some(p.token));
    if found.iter().any(idiom) {
        found.retain(idiom);
    }
    found.sort_by_key(|m| (std::cmp::Reverse(m.companions.len()), m.row.line));
    found
}

fn fits_kind(tree: &Tree, p: &Predicate, kind: PredicateKind) -> bool {
    kind == p.kind
        || kind == PredicateKind::Adj
            && p.kind == PredicateKind::Verb
            && (tree.upos(p.token) == "ADJ" || tree.is(p.token, "amod") || tree.is_passive(p.token))
}

fn holds(tree: &Tree, roles: &Roles, p: &Predicate, companions: &[usize], condition: &Condition) -> bool {
    match condition {
        Condition::Role(role) => !filling(tree, roles, p, companions, role).is_empty(),
        Condition::Lemma(word) => tree.companion(p.token, word).is_some(),
        Condition::Governor(word) => {
            std::iter::successors(tree.head(p.token), |&h| tree.head(h)).take(2).any(|h| tree.is_word(h, word))
        }
        Condition::PluralSubject => {
            let subject = p.filling(&Role::Subj);
            subject.len() > 1 || subject.iter().any(|&t| tree.feat(t, "Number") == Some("Plur"))
        }
        Condition::IsSubject => tree.is(p.token, "nsubj"),
        Condition::Infinitive => tree.is_infinitive(p.token),
        Condition::Passive => tree.is_passive(p.token),
        Condition::Negation => status::of(tree, roles, p) == Status::Denied,
        // Asked when the row fires, after the rows before it.
        Condition::Relation(_) => false,
    }
}

/// What fills a role of the predicate or of the noun that is part of its lemma ("принять участие в саммите").
pub(super) fn filling(tree: &Tree, roles: &Roles, p: &Predicate, companions: &[usize], role: &Role) -> Vec<usize> {
    if *role == Role::This {
        return vec![p.token];
    }
    let mut found = p.filling(role);
    for &c in companions {
        if let Some(noun) = roles.at(c).filter(|n| n.kind == PredicateKind::Noun && tree.head(c) == Some(p.token)) {
            found.extend(noun.filling(role));
        }
    }
    found.retain(|t| !companions.contains(t));
    let mut seen = BTreeSet::new();
    found.retain(|t| seen.insert(*t));
    found
}

/// The classes that may fill an argument: as the row says, else as the relation says.
fn allowed(types: &Types, from_relation: Option<&BTreeSet<Class>>) -> BTreeSet<Class> {
    match types {
        Types::Classes(classes) => classes.iter().copied().collect(),
        Types::FromRelation => from_relation.cloned().unwrap_or_default(),
        // Any words, but as something that the relation may hold of.
        Types::Text => from_relation.filter(|r| !r.is_empty()).cloned().unwrap_or_else(|| Class::ALL.into()),
    }
}

/// An argument found: what it denotes and the word it was found at.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Filler {
    object: Object,
    token: usize,
    sure: bool,
}

impl<'a> Reading<'_, 'a> {
    /// All claims of the lexicon's rows, `said` aside, in text order.
    pub fn claims(&mut self, speech: &Speech) -> Vec<Claim> {
        let mut claims = Vec::new();
        for sentence in 0..self.trees.len() {
            let roles = &self.roles[sentence];
            for p in roles.iter() {
                let mut done: BTreeSet<&str> = BTreeSet::new();
                for m in matches(self.ontology, &self.trees[sentence], roles, p) {
                    let relation = m.row.relation.as_str();
                    let taken = |c: &Condition| matches!(c, Condition::Relation(r) if done.contains(r.as_str()));
                    if relation == "said" || done.contains(relation) || m.row.forbids.iter().any(taken) {
                        continue;
                    }
                    let found = self.fire(sentence, p, &m, speech);
                    if !found.is_empty() {
                        done.insert(relation);
                        claims.extend(found);
                    }
                }
            }
        }
        claims
    }

    fn fire(&mut self, sentence: usize, p: &Predicate, m: &Match, speech: &Speech) -> Vec<Claim> {
        let Some(relation) = self.ontology.schema.relation(&m.row.relation) else { return Vec::new() };
        let (tree, roles) = (&self.trees[sentence], &self.roles[sentence]);
        let subjects = self.subjects(sentence, p, m, relation, speech);
        if subjects.is_empty() {
            return Vec::new();
        }
        let objects = self.objects(sentence, p, m, relation, &subjects, speech);
        let stated = strongest_of(m.row.status, status::of(tree, roles, p));
        let mut claims = Vec::new();
        for s in &subjects {
            for o in &objects {
                let Object::Entity(subject) = s.object else { continue };
                if o.object == s.object {
                    continue;
                }
                let (subject, object) = match &o.object {
                    Object::Entity(o) if relation.symmetric && *o < subject => (*o, Object::Entity(subject)),
                    other => (subject, other.clone()),
                };
                let mut claim = self.claim(sentence, p, subject, &m.row.relation, object, speech);
                claim.status = stated;
                claim.confidence = confidence(m.row.tier, s.sure && o.sure);
                claim.rule = m.row.rule();
                claim.arcs = [(s, &m.row.subject), (o, &m.row.object)]
                    .iter()
                    .filter(|(f, _)| f.token != p.token)
                    .map(|(f, roles)| tree.arc(p.token, &role_of(p, f.token, roles), f.token))
                    .collect();
                claims.push(claim);
            }
        }
        claims
    }

    /// A claim with everything but its rule filled in.
    pub fn claim(
        &self,
        sentence: usize,
        p: &Predicate,
        subject: LocalId,
        predicate: &str,
        object: Object,
        speech: &Speech,
    ) -> Claim {
        let d = &*self.discourse;
        let span = self.trees[sentence].sentence.span;
        Claim {
            subject,
            predicate: predicate.to_owned(),
            object,
            status: Status::Asserted,
            speaker: speech.speaker(sentence, p.token).filter(|&s| s != subject || predicate != "said"),
            date: self.time(sentence, p).cloned(),
            place: d.place_of(sentence, p.token).or_else(|| d.place_of(sentence, p.light?)),
            confidence: 0.5,
            evidence: Evidence { span, text: d.slice(span).to_owned() },
            rule: String::new(),
            arcs: Vec::new(),
        }
    }

    /// The predicate's date, or that of the verb that lends a noun its arguments.
    fn time(&self, sentence: usize, p: &Predicate) -> Option<&DateValue> {
        let d = &*self.discourse;
        d.time_of(sentence, p.token).or_else(|| d.time_of(sentence, p.light?))
    }
}

fn strongest_of(row: Option<Status>, found: Status) -> Status {
    row.map_or(found, |s| status::strongest(s, found))
}

fn role_of(p: &Predicate, token: usize, asked: &[Role]) -> String {
    let arg = p.args.iter().find(|a| a.token == token && asked.iter().any(|r| r.admits(&a.role)));
    arg.map_or_else(|| "context".to_owned(), |a| a.role.to_string())
}

/// Until it is calibrated on annotated text: by the row's tier, less where an argument was found by nearness or pronoun.
fn confidence(tier: Tier, sure: bool) -> f32 {
    match (tier, sure) {
        (Tier::Strict, true) => 0.9,
        (Tier::Strict, false) => 0.8,
        (Tier::Broad, true) => 0.7,
        (Tier::Broad, false) => 0.6,
    }
}
