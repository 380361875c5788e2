//! Who holds an office: the name beside it, else where the tree has it, else the subject of "is", "became", "was appointed".
//!
//! Trees disagree on whether "President X" is an apposition, a compound or a flat name; the words' order does not.
//! Input: an [`Office`] without holder. Output: the holder's token and how it was found.
//! Limitation: an office told in another sentence than its holder is coreference's business.

use super::{
    Class,
    names::Name,
    offices::{Finder, Office},
    phrase,
};
use crate::{
    ingest::Language,
    ontology::{Holder, OfficeKind, fold},
};

impl Finder<'_> {
    /// Looks for the holder: the name right after the phrase, before it, or where the tree has it.
    pub(super) fn hold(&self, office: &mut Office) {
        let s = self.s;
        let found = self
            .after(office)
            .or_else(|| self.before(office))
            .or_else(|| self.by_tree(office))
            .or_else(|| self.by_copula(office))
            .or_else(|| self.by_verb(office));
        // A rank or form of address is no office by itself: it stands right before the name.
        let ranks = office.kind == OfficeKind::Title
            && (found.is_none_or(|(_, link)| link != "name after")
                || (s.language == Language::En && !phrase::is_capitalised(&s.tokens[office.head])));
        if let Some((holder, link)) = found.filter(|_| !ranks) {
            office.holder = Some(holder);
            office.link = link;
        }
        // "X, the director": the determiner belongs to the phrase, not to the text.
        if office.tokens.start > 0 && s.tokens[office.tokens.start - 1].upos == "DET" {
            office.tokens.start -= 1;
        }
    }

    fn after(&self, office: &Office) -> Option<(usize, &'static str)> {
        let s = self.s;
        let mut at = office.tokens.end;
        while at < s.tokens.len() && self.o.anaphors.honorific(s.language, &fold(&s.tokens[at].form)).is_some() {
            at += 1;
        }
        // A military or academic rank may stand between: "Foreign Minister General X".
        if let Some((n, OfficeKind::Title)) = self.core_in_bounds(at)
            && self.starts_person(at + n).is_some()
        {
            at += n;
        }
        if let Some(name) = self.starts_person(at) {
            // "сообщил президент Путину": a name in another case than its office is somebody else.
            // A head has no head: "короля Абдаллы" is he, whatever case the analyzer gives the name.
            let heads = matches!(office.kind, OfficeKind::Head | OfficeKind::Title)
                && office.bodies.is_empty()
                && s.tokens[name.head].head == Some(office.head)
                && (s.tokens[name.head].is("appos") || s.tokens[name.head].is("flat"));
            return (heads || self.agree(office.head, name.head)).then_some((name.head, "name after"));
        }
        if s.tokens.get(at).is_some_and(|t| t.form == ",")
            && let Some(name) = self.starts_person(at + 1)
        {
            let closes = s.tokens.get(name.tokens.end).is_none_or(|t| t.form == "," || t.form == "." || t.form == "—");
            // "The Prime Minister, X said": both are told to be the verb's; "according to the minister, X said" is another thing.
            let bare = !s.children(office.head).any(|k| s.tokens[k].is("case"));
            let tied = self.tied(office.head, name.head);
            // A verb of its own would stand after it; where the tree hangs the office on something before, capitals decide.
            let elsewhere = s.tokens[office.head].head.is_none_or(|h| h < office.tokens.start)
                && phrase::is_capitalised(&s.tokens[office.head])
                && bare;
            let fits = (self.apposed(office.head, name) && (closes || bare || tied)) || elsewhere;
            return fits.then_some((name.head, "name after comma"));
        }
        None
    }

    fn core_in_bounds(&self, at: usize) -> Option<(usize, OfficeKind)> {
        (at < self.s.tokens.len()).then(|| self.core(at)).flatten()
    }

    /// Office and name in Russian stand in one case; "представитель Обамы" is not Obama, whatever the tree says.
    fn agree(&self, a: usize, b: usize) -> bool {
        let case = |i: usize| self.s.tokens[i].feats.get("Case");
        let apposed = self.tied(a, b) && !self.s.tokens[b].is("nmod");
        match (case(a), case(b)) {
            (Some(x), Some(y)) if x != y => apposed && y != "Gen",
            _ => true,
        }
    }

    fn tied(&self, a: usize, b: usize) -> bool {
        self.s.tokens[a].head == Some(b) || self.s.tokens[b].head == Some(a)
    }

    /// Office and name hang on each other, or both on one word.
    fn apposed(&self, head: usize, name: &Name) -> bool {
        let s = self.s;
        phrase::is_under(s, name.head, head)
            || phrase::is_under(s, head, name.head)
            || s.tokens[head].head == s.tokens[name.head].head
    }

    fn before(&self, office: &Office) -> Option<(usize, &'static str)> {
        let s = self.s;
        let mut at = office.tokens.start;
        while at > 0 && s.tokens[at - 1].upos == "DET" {
            at -= 1;
        }
        let mark = at.checked_sub(1)?;
        // "Mr. X Prime Minister of Y": a caption without comma.
        if let Some(name) = self.ends_person(at)
            && s.language == Language::En
            && phrase::is_capitalised(&s.tokens[office.head])
            && self.apposed(office.head, name)
        {
            return Some((name.head, "name before"));
        }
        if !matches!(s.tokens[mark].form.as_str(), "," | "(" | "—" | "–" | "-") {
            return None;
        }
        let name = self.ends_person(mark)?;
        let end = s.tokens.get(office.tokens.end);
        let closes = end
            .is_none_or(|t| phrase::is_punctuation(t) || matches!(t.upos.as_str(), "VERB" | "AUX" | "CCONJ" | "PRON"));
        let dash = matches!(s.tokens[mark].form.as_str(), "—" | "–");
        let ok = phrase::is_under(s, office.head, name.head) || (closes && !dash) || self.tied(office.head, name.head);
        ok.then_some((name.head, "name before"))
    }

    fn by_tree(&self, office: &Office) -> Option<(usize, &'static str)> {
        let s = self.s;
        let person = |i: usize| self.names.iter().find(|n| n.class == Class::Person && n.head == i);
        let ties = ["appos", "flat", "compound", "nmod", "list"];
        let down = s
            .children(office.head)
            .filter(|&k| ["appos", "flat"].iter().any(|r| s.tokens[k].is(r)) && person(k).is_some())
            .find(|&k| k >= office.tokens.end);
        if let Some(k) = down {
            return Some((k, "tree"));
        }
        let h = s.tokens[office.head].head?;
        let case = s.children(office.head).any(|c| s.tokens[c].is("case"));
        let up = ties.iter().any(|r| s.tokens[office.head].is(r)) && !case && person(h).is_some();
        let genitive = s.tokens[office.head].is("nmod") && s.language == Language::Ru;
        (up && !genitive).then_some((h, "tree"))
    }

    /// "X is the director of Y", "X — министр".
    fn by_copula(&self, office: &Office) -> Option<(usize, &'static str)> {
        let s = self.s;
        let t = &s.tokens[office.head];
        let predicative = matches!(t.upos.as_str(), "NOUN" | "PROPN")
            && t.feats.get("Case").is_none_or(|c| matches!(c, "Nom" | "Ins"));
        let subject = s.children(office.head).find(|&k| s.tokens[k].is("nsubj"))?;
        let negated = s.children(office.head).any(|k| s.tokens[k].feats.get("Polarity") == Some("Neg"));
        (predicative && !negated).then_some((subject, "copula"))
    }

    /// "X became president", "X был назначен послом", "they elected X chairman".
    fn by_verb(&self, office: &Office) -> Option<(usize, &'static str)> {
        let s = self.s;
        let t = &s.tokens[office.head];
        let verb = t.head?;
        let relation = ["xcomp", "obl", "obj", "advcl", "nmod"].iter().any(|r| t.is(r));
        let holder = self.o.name_grammar.holder(s.language, &s.tokens[verb].lemma).filter(|_| relation)?;
        let case = s.children(office.head).find(|&c| s.tokens[c].is("case")).map(|c| fold(&s.tokens[c].form));
        let fits = match s.language {
            Language::En => case.as_deref().is_none_or(|c| c == "as"),
            Language::Ru => case.is_none() && t.feats.get("Case") == Some("Ins"),
        };
        let child = |r: &str| s.children(verb).find(|&k| s.tokens[k].deprel == r && k != office.head);
        let passive = child("nsubj:pass").or_else(|| {
            let aux = s.children(verb).any(|k| s.tokens[k].deprel == "aux:pass");
            aux.then(|| child("nsubj")).flatten()
        });
        let who = match holder {
            Holder::Subj => child("nsubj").or(passive),
            Holder::Obj => passive.or_else(|| child("obj")).or_else(|| {
                // "appointed ambassador last year, X …": the participle's noun.
                s.tokens[verb].is("acl").then_some(s.tokens[verb].head).flatten()
            }),
        };
        who.filter(|_| fits).map(|k| (k, "verb"))
    }

    /// Offices joined by "and" have one holder and, where the second names none, one body.
    pub(super) fn share(&self, found: &mut [Office]) {
        for b in 1..found.len() {
            let a = b - 1;
            let between = found[a].tokens.end..found[b].tokens.start;
            // "министр по делам разведки, глава комиссии X": a comma joins offices of one holder, not their bodies.
            let comma = between.len() == 1
                && self.s.tokens[between.start].form == ","
                && found[b].kind != OfficeKind::Title
                && self.s.tokens[found[a].head].feats.get("Case") == self.s.tokens[found[b].head].feats.get("Case");
            if comma && found[a].holder.is_none() && found[b].link == "name after" {
                found[a].holder = found[b].holder;
                found[a].link = "joined";
            } else if comma && found[b].holder.is_none() && found[a].link == "name before" {
                found[b].holder = found[a].holder;
                found[b].link = "joined";
            }
            let joined = !between.is_empty()
                && between.len() <= 3
                && between.clone().all(|i| {
                    let t = &self.s.tokens[i];
                    t.upos == "CCONJ" || t.upos == "DET" || t.form == ","
                })
                && between.clone().any(|i| self.s.tokens[i].upos == "CCONJ");
            if !joined {
                continue;
            }
            let forward =
                found[a].holder.is_none() && matches!(found[b].link, "name after" | "tree" | "name after comma");
            let backward = found[b].holder.is_none() && found[a].holder.is_some() && found[a].link != "name after";
            if forward {
                found[a].holder = found[b].holder;
            } else if backward {
                found[b].holder = found[a].holder;
            }
            let same = found[a].holder.is_some() && found[a].holder == found[b].holder;
            if forward || backward || same {
                found[a].link = "joined";
                found[b].link = if backward { "joined" } else { found[b].link };
                if found[b].bodies.is_empty() {
                    found[b].bodies = found[a].bodies.clone();
                } else if found[a].bodies.is_empty() {
                    found[a].bodies = found[b].bodies.clone();
                }
                // One body for both: "Deputy Prime Minister and Foreign Minister" is said in one breath.
                if found[a].bodies == found[b].bodies && found[a].tense == found[b].tense {
                    let first = std::mem::take(&mut found[a].text);
                    let and = between.filter(|&i| self.s.tokens[i].upos == "CCONJ");
                    let text: Vec<usize> = first.into_iter().chain(and).chain(found[b].text.iter().copied()).collect();
                    found[b].text = text;
                }
            }
        }
    }
}
