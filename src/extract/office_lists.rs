//! One office of several persons: "Presidents X and Y", "the foreign ministers of A and B, X and Y", «министры X и Y».
//!
//! Input: an office word in the plural. Output: an [`Office`] for each person named right after it. Limitation: the persons must
//! follow the office; bodies are shared out in the order of the persons, or are everybody's where there is one.

use super::{
    Class,
    offices::{Finder, Office, OfficeTense},
};
use crate::ontology::{LinkRole, OfficeKind, fold};

/// A person's name and the body right after it.
struct Holder {
    name: usize,
    body: Option<usize>,
}

/// The offices that a plural at `i` gives.
pub(super) fn find(finder: &Finder, i: usize) -> Vec<Office> {
    let s = finder.s;
    if finder.in_other_name(i) {
        return Vec::new();
    }
    let Some((length, kind)) = finder.core(i) else { return Vec::new() };
    let core = i..i + length;
    let head = finder.core_head(&core);
    if !finder.is_plural(head) || matches!(kind, OfficeKind::Title | OfficeKind::None) {
        return Vec::new();
    }
    let (mut text, mut shared): (Vec<usize>, Vec<usize>) = (core.clone().collect(), Vec::new());
    let start = finder.left(&core, (head, kind), &mut text, &mut shared);
    text.sort_unstable();
    let mut at = core.end;
    let mut bodies = Vec::new();
    let mut next = linked(finder, at).unwrap_or(at);
    while let Some(name) = body_at(finder, next) {
        bodies.push(name.0);
        at = name.1;
        next = joint(finder, at).unwrap_or(at);
        if next == at {
            break;
        }
    }
    if !bodies.is_empty() && s.tokens.get(at).is_some_and(|t| t.form == ",") {
        at += 1;
    }
    let mut holders = Vec::new();
    while let Some(name) = finder.starts_person(at) {
        at = name.tokens.end;
        let body = linked(finder, at).and_then(|k| body_at(finder, k));
        holders.push(Holder { name: name.head, body: body.map(|b| b.0) });
        at = body.map_or(at, |b| b.1);
        match joint(finder, at).filter(|&k| finder.starts_person(k).is_some()) {
            Some(k) => at = k,
            None => break,
        }
    }
    if holders.len() < 2 {
        return Vec::new();
    }
    let pairwise = bodies.len() == holders.len();
    let (kind, tense) = finder.effect(kind, &text);
    let office = |n: usize, holder: &Holder| {
        let own = holder.body.or_else(|| if pairwise { bodies.get(n).copied() } else { None });
        let common = if bodies.len() == 1 { bodies.clone() } else { shared.clone() };
        Office {
            sentence: finder.index,
            head,
            tokens: start..core.end,
            text: text.clone(),
            kind: if tense == OfficeTense::Present { kind } else { OfficeKind::Represent },
            tense,
            bodies: own.map_or(common, |b| vec![b]),
            holder: Some(holder.name),
            link: "listed",
        }
    };
    holders.iter().enumerate().map(|(n, holder)| office(n, holder)).collect()
}

/// After "of", "from" and an article.
fn linked(finder: &Finder, at: usize) -> Option<usize> {
    let s = finder.s;
    let t = s.tokens.get(at)?;
    if !(t.upos == "ADP" && finder.o.name_grammar.links(s.language, LinkRole::Body, &fold(&t.form))) {
        return None;
    }
    Some(at + 1 + usize::from(s.tokens.get(at + 1).is_some_and(|t| t.upos == "DET")))
}

/// The head and end of the body's name that begins at `at`.
fn body_at(finder: &Finder, at: usize) -> Option<(usize, usize)> {
    let name = finder.name_at(at).filter(|n| n.tokens.start == at && !n.adjective)?;
    matches!(name.class, Class::Country | Class::Organization).then(|| (name.head, name.tokens.end))
}

/// After a comma, "and", or both.
fn joint(finder: &Finder, at: usize) -> Option<usize> {
    let s = finder.s;
    let is = |k: usize| s.tokens.get(k).is_some_and(|t| t.form == "," || t.upos == "CCONJ");
    let after = (at..at + 2).take_while(|&k| is(k)).last().map(|k| k + 1)?;
    Some(after + usize::from(s.tokens.get(after).is_some_and(|t| t.upos == "DET")))
}
