//! Speech that no verb of saying tells: "Minister X: “…”", and what somebody denies, doubts or accuses others of.
//!
//! Input: quotations, trees and roles. Output: reports; those of what is contested have no words of their own to show and only lend
//! their speaker. Limitation: a name before a colon must stand right before it.

use super::{Finder, Piece, Report, clause_words};
use crate::{
    extract::{LocalId, Status, frames, quotes::Quote, roles::Predicate},
    ontology::{GovernorPos, Governs, Role},
    text::CharSpan,
};

impl Finder<'_, '_, '_> {
    /// Who stands right before the colon that announces the quotation.
    pub(super) fn announcer(&self, quote: &Quote) -> Option<(usize, usize, Vec<LocalId>)> {
        if !quote.follows_colon {
            return None;
        }
        let before = |span: CharSpan| span.end <= quote.span.start;
        let (sentence, tree) = self.reading.trees.iter().enumerate().rev().find(|(_, t)| {
            t.sentence.tokens.first().is_some_and(|first| before(first.span))
                && t.sentence.span.end + 3 > quote.span.start
        })?;
        let colon = (0..tree.len()).rev().find(|&i| before(tree.token(i).span))?;
        let last = colon.checked_sub(1).filter(|_| tree.form(colon) == ":")?;
        let d = self.discourse();
        let named = d.mentions_in(sentence).iter().filter(|m| m.tokens.end == colon && m.tokens.contains(&last));
        let head = named.min_by_key(|m| m.tokens.len()).map_or(last, |m| m.head);
        let found = self.agents(sentence, head);
        // A verb before it would be the one that says so, or would say something else of the same name.
        let clause = (0..colon).any(|i| tree.is_verbal(i));
        (!found.is_empty() && !clause).then_some((sentence, head, found))
    }

    /// "Minister X: “…”".
    pub(super) fn announced(&self) -> Vec<Report> {
        let mut reports = Vec::new();
        for quote in self.quotes.iter().filter(|q| q.is_speech(self.reading.trees)) {
            let Some((sentence, head, speakers)) = self.announcer(quote) else { continue };
            let tree = self.tree(sentence);
            let cue = tree.sentence.span;
            let pieces = quote.pieces(self.reading.trees, self.discourse()).into_iter().map(|(text, span)| Piece {
                text,
                evidence: CharSpan::new(span.start.min(cue.start), span.end.max(cue.end)),
            });
            reports.push(Report {
                speakers,
                cue: (sentence, head),
                pieces: pieces.filter(|p| p.text.chars().filter(|c| c.is_alphanumeric()).count() > 3).collect(),
                words: quote.words(self.reading.trees),
                status: Status::Asserted,
                confidence: 0.8,
                rule: format!("said/{}/colon.PUNCT", tree.language().tag()),
                arcs: vec![tree.token(head).form.clone()],
            });
        }
        reports
    }

    /// "X denied that …", "X rejected reports that …", "X doubts that …": the clause is told in X's words, denied or doubted as it is.
    pub(super) fn contested(&self, sentence: usize, p: &Predicate) -> Option<Report> {
        let tree = self.tree(sentence);
        let entries = tree.ontology.governors.of(tree.language(), tree.lemma(p.token));
        let mut own = entries.filter(|(rest, g)| {
            rest.iter().all(|w| tree.companion(p.token, w).is_some())
                && g.pos == GovernorPos::Verb
                && g.governs == Governs::Clause
                && matches!(g.status, Status::Denied | Status::Hypothetical)
        });
        let contests = own.next().is_some();
        let roles = &self.reading.roles[sentence];
        let rows = frames::matches(self.reading.ontology, tree, roles, p);
        let accuses = rows.iter().any(|m| m.row.relation == "criticized");
        if !contests && !accuses {
            return None;
        }
        let of_object = || {
            p.filling(&Role::Obj).into_iter().find_map(|o| {
                let noun = roles.at(o)?;
                [Role::Clause, Role::Acl].iter().find_map(|r| noun.filling(r).into_iter().next())
            })
        };
        // "Accused X of attacking Y", "обвинил X в нападении на Y".
        let charge = || {
            let kids = tree.children(p.token);
            let gerund = kids.iter().copied().find(|&k| {
                tree.upos(k) == "VERB" && tree.with_rel(k, "mark").next().is_some() && !tree.is_infinitive(k)
            });
            let light = |k: &usize| {
                roles.at(*k).is_some_and(|n| n.light == Some(p.token) && !n.filling(&Role::Subj).is_empty())
            };
            gerund.or_else(|| tree.with_rel(p.token, "obl").find(light)).filter(|_| accuses)
        };
        let told = || p.filling(&Role::Clause).into_iter().next().or_else(of_object).filter(|_| contests);
        let clause = told().or_else(charge)?;
        let speakers: Vec<LocalId> =
            p.filling(&Role::Subj).into_iter().flat_map(|t| self.agents(sentence, t)).collect();
        let words = clause_words(tree, clause, &[])?;
        (!speakers.is_empty()).then(|| Report {
            speakers,
            cue: (sentence, p.token),
            pieces: Vec::new(),
            words: words.into_iter().map(|t| (sentence, t)).collect(),
            status: Status::Asserted,
            confidence: 0.8,
            rule: String::new(),
            arcs: Vec::new(),
        })
    }
}
