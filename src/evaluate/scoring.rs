//! A system's triples against the gold's.
//!
//! Within a document and a relation as many gold triples as possible meet one line each, required ones first; a symmetric
//! relation meets either way round. A line without a partner is wrong, except where it repeats an optional triple, one that
//! another entails (`represents` beside `headOf`), or a part of a quotation that is matched already (`said`).

use super::{
    comparison::Comparison,
    counts::Counts,
    gold::{Gold, GoldDocument, GoldTriple, Target},
    system::SystemTriple,
};
use crate::{extract::Status, ontology::Schema};
use std::collections::{BTreeMap, BTreeSet};

/// What became of a system's line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the gold.
    Right,
    /// It is not.
    Wrong,
    /// Neither rewarded nor punished.
    Neutral,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// Short name of the document.
    pub doc: String,
    /// Whether the system had it and the gold not.
    pub wrong: bool,
    /// Subject, relation, object.
    pub triple: [String; 3],
    /// The system's rule; empty for what it missed.
    pub rule: String,
}

/// The result of a comparison.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// By relation and language.
    pub counts: BTreeMap<(String, String), Counts>,
    /// What is wrong or missed, in order.
    pub differences: Vec<Difference>,
    /// Confidence and verdict of every line that has both and is not neutral.
    pub judged: Vec<(f64, bool)>,
    /// Right and wrong by relation and confidence in hundredths: what `ontology/confidence.csv` is made of.
    pub grades: BTreeMap<(String, u8), Counts>,
    /// Lines of relations that the ontology lacks.
    pub foreign: usize,
    /// By language: claims whose status was right and wrong, and the same for speakers.
    pub status: BTreeMap<String, Counts>,
    /// See [`status`](Self::status).
    pub speaker: BTreeMap<String, Counts>,
}

impl Scores {
    /// Counts of all that `keep` lets through, by relation and language.
    #[must_use]
    pub fn total(&self, keep: impl Fn(&str, &str) -> bool) -> Counts {
        let mut sum = Counts::default();
        self.counts.iter().filter(|((r, l), _)| keep(r, l)).for_each(|(_, c)| sum += *c);
        sum
    }
}

/// Compares the lines of all documents that the gold has.
#[must_use]
pub fn score(gold: &Gold, lines: &[SystemTriple], compare: &Comparison, schema: &Schema) -> Scores {
    let mut by_doc: BTreeMap<&str, Vec<&SystemTriple>> = BTreeMap::new();
    let mut scores = Scores::default();
    for line in lines {
        if schema.relation(&line.relation).is_none() {
            scores.foreign += 1;
        } else if gold.documents.contains_key(&line.doc) {
            by_doc.entry(&line.doc).or_default().push(line);
        }
    }
    let judge = Judge { gold, compare, schema };
    for (doc, document) in &gold.documents {
        let lines = by_doc.remove(doc.as_str()).unwrap_or_default();
        judge.facts(doc, document, &lines, &mut scores);
        judge.statuses(document, &lines, &mut scores);
    }
    scores.differences.sort();
    scores
}

struct Judge<'g> {
    gold: &'g Gold,
    compare: &'g Comparison,
    schema: &'g Schema,
}

impl Judge<'_> {
    fn symmetric(&self, relation: &str) -> bool {
        self.schema.relation(relation).is_some_and(|r| r.symmetric)
    }

    fn same(&self, gold: &GoldTriple, line: &SystemTriple) -> bool {
        let ways = |s: &Target, o: &Target| {
            self.gold.is(s, &line.subject.node, self.compare) && self.gold.is(o, &line.object.node, self.compare)
        };
        gold.relation == line.relation
            && (ways(&gold.subject, &gold.object)
                || self.symmetric(&gold.relation) && ways(&gold.object, &gold.subject))
    }

    /// The lines without repetitions: what is said twice of the same two counts once.
    fn distinct<'l>(&self, lines: &[&'l SystemTriple]) -> Vec<&'l SystemTriple> {
        let mut seen = BTreeSet::new();
        let key = |l: &SystemTriple| {
            let mut ends = [l.subject.id.clone(), l.object.id.clone()];
            if self.symmetric(&l.relation) {
                ends.sort();
            }
            (l.relation.clone(), ends)
        };
        lines.iter().copied().filter(|l| seen.insert(key(l))).collect()
    }

    fn facts(&self, doc: &str, document: &GoldDocument, lines: &[&SystemTriple], scores: &mut Scores) {
        let asserted: Vec<&SystemTriple> = lines.iter().copied().filter(|l| l.asserted).collect();
        let lines = self.distinct(&asserted);
        let triples = &document.triples;
        let language = if document.language.is_empty() { "en" } else { &document.language };
        let meets: Vec<Vec<usize>> =
            lines.iter().map(|l| (0..triples.len()).filter(|&g| self.same(&triples[g], l)).collect()).collect();
        let required = |&g: &usize| !triples[g].optional;
        let wanted: Vec<Vec<usize>> = meets.iter().map(|m| m.iter().copied().filter(required).collect()).collect();
        let partners = assign(&wanted, triples.len());
        for (i, line) in lines.iter().enumerate() {
            let entailed = || {
                line.relation == "represents"
                    && triples.iter().any(|t| {
                        let as_represents = GoldTriple { relation: line.relation.clone(), ..t.clone() };
                        t.relation == "headOf" && self.same(&as_represents, line)
                    })
            };
            let verdict = if partners.contains(&Some(i)) {
                Verdict::Right
            } else if meets[i].iter().any(|&g| triples[g].optional)
                || line.relation == "said" && !meets[i].is_empty()
                || entailed()
            {
                Verdict::Neutral
            } else {
                Verdict::Wrong
            };
            let counts = scores.counts.entry((line.relation.clone(), language.to_owned())).or_default();
            match verdict {
                Verdict::Right => counts.right += 1,
                Verdict::Wrong => counts.wrong += 1,
                Verdict::Neutral => {}
            }
            if let (Some(confidence), true) = (line.confidence, verdict != Verdict::Neutral) {
                let right = verdict == Verdict::Right;
                scores.judged.push((confidence, right));
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 … 100")]
                let grade = (confidence * 100.0).round().clamp(0.0, 100.0) as u8;
                let counts = scores.grades.entry((line.relation.clone(), grade)).or_default();
                *counts += Counts { right: usize::from(right), wrong: usize::from(!right), missed: 0 };
            }
            if verdict == Verdict::Wrong {
                let name = |end: &super::system::End| end.node.names.first().cloned().unwrap_or_default();
                scores.differences.push(Difference {
                    doc: doc.to_owned(),
                    wrong: true,
                    triple: [name(&line.subject), line.relation.clone(), name(&line.object)],
                    rule: line.rule.clone(),
                });
            }
        }
        for (triple, _) in triples.iter().zip(&partners).filter(|(t, partner)| !t.optional && partner.is_none()) {
            scores.counts.entry((triple.relation.clone(), language.to_owned())).or_default().missed += 1;
            let text = |t: &Target| match t {
                Target::Entity(s) | Target::Date(s) | Target::Text(s) => s.clone(),
            };
            scores.differences.push(Difference {
                doc: doc.to_owned(),
                wrong: false,
                triple: [text(&triple.subject), triple.relation.clone(), text(&triple.object)],
                rule: String::new(),
            });
        }
    }

    /// Status and speaker of every gold claim that the system has in whatever status. A triple that the file of statuses
    /// does not name is asserted by the outlet; without such a file nothing is counted.
    fn statuses(&self, document: &GoldDocument, lines: &[&SystemTriple], scores: &mut Scores) {
        if document.statuses.is_empty() {
            return;
        }
        let language = if document.language.is_empty() { "en" } else { &document.language };
        let plain = document.triples.iter().filter(|t| {
            let named = |s: &&GoldTriple| s.relation == t.relation && s.subject == t.subject && s.object == t.object;
            !t.optional && !document.statuses.iter().map(|s| &s.triple).any(|s| named(&s))
        });
        let mut claims: Vec<(&GoldTriple, Status, Option<&str>)> =
            document.statuses.iter().map(|s| (&s.triple, s.status, s.speaker.as_deref())).collect();
        claims.extend(plain.map(|t| (t, Status::Asserted, None)));
        // Lines that also have the status come first, so that one claim told twice meets its like.
        let meets: Vec<Vec<usize>> = lines
            .iter()
            .map(|l| {
                let mut found: Vec<usize> = (0..claims.len()).filter(|&c| self.same(claims[c].0, l)).collect();
                found.sort_by_key(|&c| l.status.as_deref() != Some(claims[c].1.name()));
                found
            })
            .collect();
        for (c, line) in assign(&meets, claims.len()).iter().enumerate() {
            let Some(line) = line.map(|l| lines[l]) else { continue };
            let (_, status, speaker) = claims[c];
            let same_speaker = match (speaker, &line.speaker) {
                (None, None) => true,
                (Some(id), Some(end)) => self.gold.is(&Target::Entity(id.to_owned()), &end.node, self.compare),
                _ => false,
            };
            let add = |counts: &mut BTreeMap<String, Counts>, right: bool| {
                let c = counts.entry(language.to_owned()).or_default();
                if right { c.right += 1 } else { c.wrong += 1 }
            };
            add(&mut scores.status, line.status.as_deref() == Some(status.name()));
            add(&mut scores.speaker, same_speaker);
        }
    }
}

/// As many pairs as possible: for every right-hand index the left-hand one that it meets. `meets[l]` are the right-hand
/// indices that `l` may meet, best first.
#[must_use]
pub fn assign(meets: &[Vec<usize>], right: usize) -> Vec<Option<usize>> {
    fn place(l: usize, meets: &[Vec<usize>], owner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
        for &g in &meets[l] {
            if tried[g] {
                continue;
            }
            tried[g] = true;
            if owner[g].is_none_or(|other| place(other, meets, owner, tried)) {
                owner[g] = Some(l);
                return true;
            }
        }
        false
    }
    let mut owner = vec![None; right];
    for l in 0..meets.len() {
        place(l, meets, &mut owner, &mut vec![false; right]);
    }
    owner
}

#[cfg(test)]
mod tests {
    use super::assign;

    #[test]
    fn a_line_gives_way_where_that_makes_one_pair_more() {
        assert_eq!(assign(&[vec![0, 1], vec![0]], 2), [Some(1), Some(0)]);
        assert_eq!(assign(&[vec![0], vec![0]], 1), [Some(0)]);
    }
}
