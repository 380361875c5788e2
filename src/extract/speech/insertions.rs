//! "According to X", "по словам X", "по данным газеты": speech without a verb of saying.

use super::{Finder, Piece, Report, clause_words, text_of, trim};
use crate::{
    extract::{Class, LocalId, Status, phrase},
    ontology::Meaning,
};

/// The longest preposition of the table has no more words.
const LONGEST_PREPOSITION: usize = 6;

impl Finder<'_, '_, '_> {
    /// "According to X", "по словам X": the clause around is theirs. Read word by word, because the analyzer hangs such an
    /// insertion anywhere.
    pub(super) fn according_to(&self, sentence: usize, others: &[Report]) -> Vec<Report> {
        let tree = self.tree(sentence);
        let mut reports: Vec<Report> = Vec::new();
        for start in 0..tree.len() {
            let Some((n, preposition)) =
                tree.ontology.prepositions.longest(tree.language(), &tree.words_from(start, LONGEST_PREPOSITION))
            else {
                continue;
            };
            if preposition.meaning != Meaning::Speaker {
                continue;
            }
            let Some((noun, speakers)) = self.speaker_after(sentence, start + n) else { continue };
            let above = std::iter::successors(tree.head(noun), |&h| tree.head(h));
            let outside = |h: usize| !(start..=noun).contains(&h);
            let Some(clause) =
                above.filter(|&h| outside(h)).take(8).find(|&h| tree.is_clausal(h) || tree.head(h).is_none())
            else {
                continue;
            };
            let same = |r: &Report| r.cue.0 == sentence && r.speakers == speakers;
            if others.iter().any(|r| same(r) && r.cue.1 == clause) || reports.iter().any(same) {
                continue;
            }
            let end = self.phrase_end(sentence, noun);
            let Some(mut words) = clause_words(tree, clause, &[]) else { continue };
            // Of the commas around the insertion none is left.
            let comma = |i: usize| i < tree.len() && tree.form(i) == ",";
            let from = if start > 0 && comma(start - 1) { start - 1 } else { start };
            let to = if comma(end) { end + 1 } else { end };
            words.retain(|i| !(from..to).contains(i));
            trim(tree, &mut words);
            if words.len() < 3 {
                continue;
            }
            reports.push(Report {
                speakers,
                cue: (sentence, noun),
                pieces: vec![Piece { text: text_of(tree, &words), evidence: tree.sentence.span }],
                words: words.into_iter().map(|t| (sentence, t)).collect(),
                status: Status::Asserted,
                confidence: 0.9,
                rule: format!("said/{}/speaker.ADP", tree.language().tag()),
                arcs: vec![tree.arc(clause, &preposition.canonical, noun)],
            });
        }
        reports
    }

    /// The first word of the noun phrase from `start` that denotes an agent or a document with an author.
    fn speaker_after(&self, sentence: usize, start: usize) -> Option<(usize, Vec<LocalId>)> {
        let tree = self.tree(sentence);
        let phrase = (start..tree.len().min(start + 8)).take_while(|&i| {
            matches!(tree.upos(i), "DET" | "ADJ" | "NOUN" | "PROPN" | "ADV" | "NUM" | "PRON" | "X" | "VERB" | "PART")
        });
        let found: Vec<(usize, Vec<LocalId>)> = phrase
            .filter(|&i| tree.is_nominal(i) || !matches!(tree.rel(i), "amod" | "det"))
            .map(|i| {
                let agents = self.agents(sentence, i);
                let agents = if agents.is_empty() { self.authors(sentence, i) } else { agents };
                (i, if agents.is_empty() { self.apposed_person(sentence, i) } else { agents })
            })
            .filter(|(_, ids)| !ids.is_empty())
            .collect();
        let person = |ids: &[LocalId]| ids.iter().any(|id| self.discourse().entity(*id).class == Class::Person);
        let modifies = |i: usize| matches!(tree.rel(i), "amod" | "compound" | "nmod:poss" | "nmod");
        let by_person = found.iter().find(|(_, ids)| person(ids));
        by_person.or_else(|| found.iter().find(|(i, _)| !modifies(*i))).or_else(|| found.first()).cloned()
    }

    /// "The team's coach, X": a person whose name stands in apposition to an occupation.
    fn apposed_person(&self, sentence: usize, token: usize) -> Vec<LocalId> {
        let named = self.tree(sentence).with_rel(token, "appos").find(|&k| k > token);
        let mut agents = named.map(|k| self.agents(sentence, k)).unwrap_or_default();
        agents.retain(|id| self.discourse().entity(*id).class == Class::Person);
        agents
    }

    /// Where the speaker's noun phrase ends: its words, the name after an office, an apposition between commas.
    fn phrase_end(&self, sentence: usize, noun: usize) -> usize {
        let tree = self.tree(sentence);
        let d = self.discourse();
        let mut end = phrase::extent(tree.sentence, noun, phrase::Extent::Full).end;
        let named = tree.with_rel(noun, "appos").find(|&k| k > noun);
        if let Some(k) = named.filter(|_| !self.apposed_person(sentence, noun).is_empty()) {
            end = end.max(phrase::extent(tree.sentence, k, phrase::Extent::Core).end);
        }
        loop {
            let mention = d.mentions_in(sentence).iter().filter(|m| m.tokens.contains(&(end.max(1) - 1)));
            let office = d.offices_in(sentence).iter().filter(|(o, _)| o.tokens.contains(&(end.max(1) - 1)));
            let reach = mention.map(|m| m.tokens.end).chain(office.map(|(o, _)| o.tokens.end)).max().unwrap_or(end);
            let name = (reach < tree.len() && tree.upos(reach) == "PROPN" && !d.denoted(sentence, reach).is_empty())
                .then_some(reach + 1);
            let next = name.unwrap_or(reach).max(end);
            if next == end {
                return end;
            }
            end = next;
        }
    }
}
