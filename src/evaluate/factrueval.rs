//! FactRuEval-2016, the public benchmark of facts in Russian news: `Occupation` and `Meeting` against `position` with
//! `headOf`/`represents`, and `metWith`.
//!
//! Read are `*.facts` (the facts with their arguments' names) and `*.coref` (all names of an argument). The system's occupation
//! is a `position` line with the bodies that the same sentence ties the person to. As in the benchmark's own evaluation (its
//! repository, `scripts/dialent/task3`), a pair counts as much as its arguments agree, and facts marked as hard do not count;
//! the share of occupations that agree in every argument is given beside it. A meeting is found where two of its participants
//! met. Names agree where at least 60 % of the shorter one's words are in the longer one; the benchmark wants equal strings
//! of its own lists there, so its published figures and ours are near each other, not the same measure.
//! Limitation: phase and modality of facts are not compared, and hard meetings count.

use super::{
    EvaluateError,
    comparison::Comparison,
    counts::{Counts, share},
    system::{End, SystemTriple},
};
use crate::ontology::Schema;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// The attribute of facts that its evaluation leaves out unless asked.
const HARD: &str = "Сложность";

/// The names of one argument.
type Names = Vec<String>;

/// A fact of the benchmark: its kind and its arguments by role.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Fact {
    kind: String,
    /// Marked as beyond what the text says ("сложность повышенная"): neither rewarded nor punished.
    hard: bool,
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

/// Pairs that count in part.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct Partial {
    /// The sum over pairs of the share of arguments that agree.
    pub quality: f64,
    /// Facts of the benchmark.
    pub gold: usize,
    /// Facts of the system.
    pub lines: usize,
}

#[allow(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
impl Partial {
    /// Quality by facts of the system.
    #[must_use]
    pub fn precision(self) -> f64 {
        if self.lines == 0 { 0.0 } else { self.quality / self.lines as f64 }
    }

    /// Quality by facts of the benchmark.
    #[must_use]
    pub fn recall(self) -> f64 {
        if self.gold == 0 { 0.0 } else { self.quality / self.gold as f64 }
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(self) -> f64 {
        let all = self.lines + self.gold;
        if all == 0 { 0.0 } else { 2.0 * self.quality / all as f64 }
    }
}

/// What the comparison came to.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct FactScores {
    /// Occupations by the benchmark's own rule: a pair counts as much as arguments agree.
    pub official: Partial,
    /// Occupations of which every argument agrees.
    pub occupation: Counts,
    /// Meetings.
    pub meeting: Counts,
    /// Facts missed and lines that are wrong, as text, in order.
    pub differences: Vec<String>,
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
            let held: Vec<Held> = of("position").into_iter().map(|p| Held::new(p, &bodies)).collect();
            scores.add_occupations(doc, &occupations, &held, compare);
            let same = |names: &Names, end: &End| agree(compare, names, end);
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

/// An occupation as the system tells it: its `position` line and the bodies that the same sentence ties the person to.
struct Held<'l> {
    who: &'l End,
    position: &'l End,
    bodies: Vec<&'l End>,
}

impl<'l> Held<'l> {
    fn new(position: &'l SystemTriple, bodies: &[&'l SystemTriple]) -> Self {
        let of_person =
            bodies.iter().filter(|b| b.subject.id == position.subject.id && b.evidence == position.evidence);
        let bodies = of_person.map(|b| &b.object).collect();
        Self { who: &position.subject, position: &position.object, bodies }
    }

    /// Arguments that agree with the fact's, and arguments of either that do not.
    fn compare(&self, fact: &Fact, compare: &Comparison) -> (usize, usize) {
        let (mut common, mut ours) = (0, 2 + usize::from(!self.bodies.is_empty()));
        let roles = [("Who", vec![self.who]), ("Position", vec![self.position]), ("Where", self.bodies.clone())];
        for (role, ends) in roles {
            common += fact.names(role).filter(|n| ends.iter().any(|e| agree(compare, n, e))).count();
        }
        ours = ours.max(common);
        let theirs = fact.arguments.iter().filter(|(r, _)| ["Who", "Position", "Where"].contains(&r.as_str())).count();
        (common, ours + theirs - 2 * common)
    }
}

impl FactScores {
    /// Pairs one document's occupations, the best pairs first.
    fn add_occupations(&mut self, doc: &str, facts: &[&Fact], held: &[Held<'_>], compare: &Comparison) {
        let mut pairs = Vec::new();
        for (f, fact) in facts.iter().enumerate() {
            for (h, one) in held.iter().enumerate() {
                let (common, different) = one.compare(fact, compare);
                // The person is what the fact is about: two who hold the same office share no fact.
                if common > 0 && fact.names("Who").all(|n| agree(compare, n, one.who)) {
                    pairs.push((share(common, common + different), f, h));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut of_fact, mut of_line) = (vec![None; facts.len()], vec![None; held.len()]);
        for &(quality, f, h) in &pairs {
            if of_fact[f].is_none() && of_line[h].is_none() {
                of_fact[f] = Some((quality, h));
                of_line[h] = Some((quality, f));
            }
        }
        for (fact, pair) in facts.iter().zip(&of_fact).filter(|(f, _)| !f.hard) {
            self.official.gold += 1;
            self.official.quality += pair.map_or(0.0, |(q, _)| q);
            let whole = pair.is_some_and(|(q, _)| q > 0.999);
            if whole {
                self.occupation.right += 1
            } else {
                self.occupation.missed += 1
            }
            if !whole {
                let all: Vec<&str> = fact.arguments.iter().filter_map(|(_, n)| n.first().map(String::as_str)).collect();
                self.differences.push(format!("missed\t{doc}\t{}", all.join("\t")));
            }
        }
        for (one, pair) in held.iter().zip(&of_line) {
            if pair.is_some_and(|(_, f)| facts[f].hard) {
                continue;
            }
            self.official.lines += 1;
            if !pair.is_some_and(|(q, _)| q > 0.999) {
                self.occupation.wrong += 1;
                let name = |end: &End| end.node.names.first().cloned().unwrap_or_default();
                let bodies: Vec<String> = one.bodies.iter().map(|b| name(b)).collect();
                self.differences.push(format!(
                    "wrong\t{doc}\t{}\t{}\t{}",
                    name(one.who),
                    name(one.position),
                    bodies.join(" | ")
                ));
            }
        }
    }
}

/// A meeting of three is one fact and three lines: a line is wrong where it belongs to no fact, a fact missed where it has no line.
fn count_groups(facts: &[&Fact], lines: &[&SystemTriple], same: impl Fn(&Fact, &SystemTriple) -> bool) -> Counts {
    let right = facts.iter().filter(|f| lines.iter().any(|l| same(f, l))).count();
    let wrong = lines.iter().filter(|l| !facts.iter().any(|f| same(f, l))).count();
    Counts { right, wrong, missed: facts.len() - right }
}

/// Whether an end of the system's is what the fact names.
fn agree(compare: &Comparison, names: &Names, end: &End) -> bool {
    names.iter().any(|n| end.node.names.iter().any(|m| overlap(compare, n, m)))
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
            facts.push(Fact { kind: second.to_owned(), ..Fact::default() });
        } else if let Some(fact) = facts.last_mut() {
            if first == HARD {
                fact.hard = true;
                continue;
            }
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
        let facts = "1-0 Occupation\nWho obj1 Петрова Анна\nPosition span1 директора\nWhere obj2 Чили\n\n\
                     1-1 Occupation\nWho obj3 Ли Иван\nPosition span2 министр\nWhere obj4 Кения\n\n\
                     1-2 Meeting\nParticipant obj1 Петрова Анна\nParticipant obj3 Ли Иван\n";
        std::fs::write(dir.path().join("b.facts"), facts).unwrap();
        std::fs::write(dir.path().join("b.coref"), "2 7 8\nname Республика Чили\n\n").unwrap();
        let line = |s: &str, p: &str, o: &str| {
            format!("{{\"doc\":\"b\",\"subject\":{{\"label\":\"{s}\"}},\"predicate\":\"{p}\",\"object\":{o}}}\n")
        };
        let lines = [
            line("Анна Петрова", "position", "{\"value\":\"директор\"}"),
            line("Анна Петрова", "represents", "{\"label\":\"Республика Чили\"}"),
            line("Иван Ли", "position", "{\"value\":\"министр\"}"),
            line("Ольга Смит", "position", "{\"value\":\"судья\"}"),
            line("Иван Ли", "metWith", "{\"label\":\"Анна Петрова\"}"),
            line("Иван Ли", "metWith", "{\"label\":\"Ольга Смит\"}"),
        ];
        let compare = Comparison::load(&Source::Builtin).unwrap();
        let schema = Schema::load(&Source::Builtin).unwrap();
        let lines = system::read(Path::new("-"), &lines.concat(), &compare).unwrap();
        let scores = Benchmark::load(dir.path()).unwrap().score(&lines, &compare, &schema);
        assert_eq!(scores.occupation, Counts { right: 1, wrong: 2, missed: 1 });
        // One pair agrees wholly, one in two of its three arguments, one line has no fact.
        let (precision, recall) = (scores.official.precision(), scores.official.recall());
        assert!((precision - 5.0 / 9.0).abs() < 1e-9 && (recall - 5.0 / 6.0).abs() < 1e-9, "{precision} {recall}");
        assert_eq!(scores.meeting, Counts { right: 1, wrong: 1, missed: 0 });
    }
}
