//! FactRuEval-2016, the public benchmark of facts in Russian news: `Occupation` and `Meeting` against `position` with
//! `headOf`/`represents`, and `metWith`.
//!
//! Read are `*.facts` (the facts with their arguments' names) and `*.coref` (all names of an argument). An occupation is found
//! where person and office agree and, if the benchmark names the body, one of the person's bodies does; a meeting where two of
//! its participants met. Names agree where at least 60 % of the shorter one's words are in the longer one.
//! Limitation: phase and modality of facts are not compared.

use super::{
    EvaluateError,
    comparison::Comparison,
    counts::Counts,
    system::{End, SystemTriple},
};
use crate::ontology::Schema;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The names of one argument.
type Names = Vec<String>;

/// A fact of the benchmark: its kind and its arguments by role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Fact {
    kind: String,
    arguments: Vec<(String, Names)>,
}

impl Fact {
    fn names(&self, role: &str) -> impl Iterator<Item = &Names> {
        self.arguments.iter().filter(move |(r, _)| r == role).map(|(_, n)| n)
    }
}

/// Facts by document.
#[derive(Debug, Clone, Default)]
pub struct Benchmark(BTreeMap<String, Vec<Fact>>);

/// What the comparison came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct FactScores {
    /// Occupations: person, office and body.
    pub occupation: Counts,
    /// Occupations with the body left aside.
    pub without_body: Counts,
    /// Meetings.
    pub meeting: Counts,
}

impl Benchmark {
    /// Reads the folder.
    ///
    /// # Errors
    /// If it cannot be read, or holds no `.facts` file.
    pub fn load(folder: &Path) -> Result<Self, EvaluateError> {
        let failed = |source| EvaluateError::Read { path: folder.to_owned(), source };
        let mut documents = BTreeMap::new();
        for entry in std::fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_some_and(|e| e == "facts") {
                let names = coreference(&EvaluateError::text(&path.with_extension("coref")).unwrap_or_default());
                let doc = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
                documents.insert(doc, facts(&EvaluateError::text(&path)?, &names));
            }
        }
        if documents.is_empty() {
            return Err(failed(std::io::Error::other("no .facts file in it")));
        }
        Ok(Self(documents))
    }

    /// Compares a system's lines with the benchmark's facts.
    #[must_use]
    pub fn score(&self, lines: &[SystemTriple], compare: &Comparison, schema: &Schema) -> FactScores {
        let mut scores = FactScores::default();
        for (doc, facts) in &self.0 {
            let of = |relation: &str| {
                let (mut seen, mut kept) = (BTreeSet::new(), Vec::new());
                for l in lines.iter().filter(|l| l.doc == *doc && l.asserted && l.relation == relation) {
                    let mut ends = [l.subject.id.as_str(), l.object.id.as_str()];
                    if schema.relation(relation).is_some_and(|r| r.symmetric) {
                        ends.sort_unstable();
                    }
                    if seen.insert(ends) {
                        kept.push(l);
                    }
                }
                kept
            };
            let bodies: Vec<&SystemTriple> = ["headOf", "represents", "memberOf"].into_iter().flat_map(of).collect();
            let occupations: Vec<&Fact> = facts.iter().filter(|f| f.kind == "Occupation").collect();
            let same = |names: &Names, end: &End| {
                names.iter().any(|n| end.node.names.iter().any(|m| overlap(compare, n, m)))
            };
            let all = |fact: &Fact, role: &str, end: &End| fact.names(role).all(|n| same(n, end));
            let positions = of("position");
            let held = |fact: &Fact, p: &SystemTriple| {
                all(fact, "Who", &p.subject)
                    && fact.names("Position").all(|n| n.iter().any(|n| {
                        p.object.node.names.iter().any(|m| compare.same_text(n, m))
                    }))
            };
            let in_body = |fact: &Fact, p: &SystemTriple| {
                fact.names("Where").all(|n| {
                    bodies.iter().filter(|b| b.subject.id == p.subject.id).any(|b| same(n, &b.object))
                })
            };
            scores.occupation += count(&occupations, &positions, |f, p| held(f, p) && in_body(f, p));
            scores.without_body += count(&occupations, &positions, held);
            let meetings: Vec<&Fact> = facts.iter().filter(|f| f.kind == "Meeting").collect();
            let met = |fact: &Fact, m: &SystemTriple| {
                let took_part = |end| fact.names("Participant").any(|n| same(n, end));
                took_part(&m.subject) && took_part(&m.object)
            };
            scores.meeting += count_groups(&meetings, &of("metWith"), met);
        }
        scores
    }
}

/// Pairs facts and lines one to one.
fn count(facts: &[&Fact], lines: &[&SystemTriple], same: impl Fn(&Fact, &SystemTriple) -> bool) -> Counts {
    let meets: Vec<Vec<usize>> =
        lines.iter().map(|l| (0..facts.len()).filter(|&f| same(facts[f], l)).collect()).collect();
    let right = super::scoring::assign(&meets, facts.len()).iter().flatten().count();
    Counts { right, wrong: lines.len() - right, missed: facts.len() - right }
}

/// A meeting of three is one fact and three lines: a line is wrong where it belongs to no fact, a fact missed where it has no line.
fn count_groups(facts: &[&Fact], lines: &[&SystemTriple], same: impl Fn(&Fact, &SystemTriple) -> bool) -> Counts {
    let right = facts.iter().filter(|f| lines.iter().any(|l| same(f, l))).count();
    let wrong = lines.iter().filter(|l| !facts.iter().any(|f| same(f, l))).count();
    Counts { right, wrong, missed: facts.len() - right }
}

fn overlap(compare: &Comparison, a: &str, b: &str) -> bool {
    let (a, b) = (compare.content(a), compare.content(b));
    let short = a.len().min(b.len());
    short > 0 && a.intersection(&b).count() * 10 >= short * 6
}

/// Names by an object's number: blocks of a number with its mentions, then `attribute value` lines.
fn coreference(text: &str) -> BTreeMap<String, Names> {
    let mut names: BTreeMap<String, Names> = BTreeMap::new();
    for block in text.replace('\r', "").split("\n\n").map(str::trim) {
        let Some(number) = block.split_whitespace().next() else { continue };
        let attributes: Vec<(&str, &str)> = block.lines().skip(1).filter_map(|l| l.split_once(' ')).collect();
        let of = |kind: &str| attributes.iter().find(|(k, _)| *k == kind).map_or("", |(_, v)| v);
        let whole = format!("{} {}", of("firstname"), of("lastname"));
        let all = names.entry(number.to_owned()).or_default();
        all.extend(attributes.iter().filter(|(k, _)| matches!(*k, "name" | "lastname")).map(|(_, v)| (*v).to_owned()));
        if !whole.trim().is_empty() {
            all.push(whole.trim().to_owned());
        }
    }
    names
}

fn facts(text: &str, names: &BTreeMap<String, Names>) -> Vec<Fact> {
    let mut facts: Vec<Fact> = Vec::new();
    for line in text.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let mut words = line.split_whitespace();
        let (Some(first), Some(second)) = (words.next(), words.next()) else { continue };
        if first.contains('-') && first.starts_with(|c: char| c.is_ascii_digit()) {
            facts.push(Fact { kind: second.to_owned(), arguments: Vec::new() });
        } else if let Some(fact) = facts.last_mut() {
            let rest: Vec<&str> = words.collect();
            let mut all: Names = rest.join(" ").split('|').map(|n| n.trim().to_owned()).collect();
            if let Some(known) = second.strip_prefix("obj").and_then(|n| names.get(n)) {
                all.extend(known.iter().cloned());
            }
            all.retain(|n| !n.is_empty());
            fact.arguments.push((first.to_owned(), all));
        }
    }
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{evaluate::system, ontology::Source};

    #[test]
    fn occupations_need_their_body_and_meetings_two_participants() {
        let dir = tempfile::tempdir().unwrap();
        let facts = "1-0 Occupation\nWho obj1 Петрова Анна\nPosition span1 посла\nWhere obj2 Чили\n\n\
                     1-1 Occupation\nWho obj3 Ли Иван\nPosition span2 министр\nWhere obj4 Кения\n\n\
                     1-2 Meeting\nParticipant obj1 Петрова Анна\nParticipant obj3 Ли Иван\n";
        std::fs::write(dir.path().join("b.facts"), facts).unwrap();
        std::fs::write(dir.path().join("b.coref"), "2 7 8\nname Республика Чили\n\n").unwrap();
        let line = |s: &str, p: &str, o: &str| {
            format!("{{\"doc\":\"b\",\"subject\":{{\"label\":\"{s}\"}},\"predicate\":\"{p}\",\"object\":{o}}}\n")
        };
        let lines = [
            line("Анна Петрова", "position", "{\"value\":\"посол\"}"),
            line("Анна Петрова", "represents", "{\"label\":\"Республика Чили\"}"),
            line("Иван Ли", "position", "{\"value\":\"министр\"}"),
            line("Иван Ли", "metWith", "{\"label\":\"Анна Петрова\"}"),
            line("Иван Ли", "metWith", "{\"label\":\"Ольга Смит\"}"),
        ];
        let compare = Comparison::load(&Source::Builtin).unwrap();
        let schema = Schema::load(&Source::Builtin).unwrap();
        let lines = system::read(Path::new("-"), &lines.concat(), &compare).unwrap();
        let scores = Benchmark::load(dir.path()).unwrap().score(&lines, &compare, &schema);
        assert_eq!(scores.occupation, Counts { right: 1, wrong: 1, missed: 1 });
        assert_eq!(scores.without_body, Counts { right: 2, wrong: 0, missed: 0 });
        assert_eq!(scores.meeting, Counts { right: 1, wrong: 1, missed: 0 });
    }
}
