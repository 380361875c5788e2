//! Offices: "Kazakh Deputy Prime Minister and Foreign Minister Murat Nurtleu", "глава МИД РК Ержан Ашикбаев".
//!
//! One pass finds the office, its text, its body and its holder. Trees disagree on whether "President X" is an apposition, a
//! compound or a flat name, so an office is read as a run of words (modifiers, the office, its complements), checked
//! against the tree, and its holder is looked for beside the run before the tree is asked.
//! Input: a sentence and its names. Output: [`Office`]s in text order.
//! Limitation: an office whose words are interrupted by a clause ends there.

use super::{
    Class,
    names::{Name, head_noun, noun_class, office_word},
    phrase,
};
use crate::{
    analyze::Sentence,
    ontology::{Collective, Holder, LinkRole, ModifierEffect, OfficeKind, Ontology, fold},
};
use std::ops::Range;

/// An office that is spoken of in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its noun.
    pub head: usize,
    /// The whole phrase, body included, holder not.
    pub tokens: Range<usize>,
    /// The words of the office without body and country, in order.
    pub text: Vec<usize>,
    /// What it means for the body; [`OfficeKind::Represent`] where a modifier says deputy.
    pub kind: OfficeKind,
    /// Whether the office is over, or still to come.
    pub tense: OfficeTense,
    /// Heads of the bodies and countries that it belongs to, nearest first; pronouns too ("its president").
    pub bodies: Vec<usize>,
    /// Token within the holder's name, or the pronoun or noun that stands for the holder.
    pub holder: Option<usize>,
    /// How the holder was found, for `explain`.
    pub link: &'static str,
}

/// Whether the office is held now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OfficeTense {
    /// It is held.
    Present,
    /// It was held.
    Former,
    /// It will be held.
    Future,
}

struct Finder<'a> {
    index: usize,
    s: &'a Sentence,
    names: &'a [Name],
    o: &'a Ontology,
}

/// The offices of a sentence.
#[must_use]
pub fn find(index: usize, s: &Sentence, names: &[Name], o: &Ontology) -> Vec<Office> {
    let finder = Finder { index, s, names, o };
    let mut found: Vec<Office> = Vec::new();
    let mut i = 0;
    while i < s.tokens.len() {
        match finder.office(i) {
            Some(office) => {
                i = office.tokens.end.max(i + 1);
                found.push(office);
            }
            None => i += 1,
        }
    }
    finder.share(&mut found);
    found
}

impl Finder<'_> {
    fn name_at(&self, i: usize) -> Option<&Name> {
        // Known names may lie within longer ones; the longest is meant here.
        self.names.iter().filter(|n| n.tokens.contains(&i)).max_by_key(|n| n.tokens.len())
    }

    fn starts_person(&self, i: usize) -> Option<&Name> {
        self.names.iter().find(|n| n.class == Class::Person && n.tokens.start == i)
    }

    fn ends_person(&self, end: usize) -> Option<&Name> {
        self.names.iter().find(|n| n.class == Class::Person && n.tokens.end == end)
    }

    /// Office words that begin at `i`: how many, and the kind.
    fn core(&self, i: usize) -> Option<(usize, OfficeKind)> {
        let s = self.s;
        let words: Vec<[&str; 2]> = s.tokens[i..].iter().take(6).map(|t| [t.form.as_str(), t.lemma.as_str()]).collect();
        if let Some((n, kind)) = self.o.offices.kinds.longest(s.language, &words) {
            return Some((n, *kind));
        }
        office_word(s, i, self.o).map(|kind| (1, kind))
    }

    /// A body, event or text name other than a mere country keeps its words to itself.
    fn in_other_name(&self, i: usize) -> bool {
        self.name_at(i).is_some_and(|n| n.tokens.len() > 1 || n.class == Class::Person)
    }

    fn office(&self, i: usize) -> Option<Office> {
        let s = self.s;
        if self.in_other_name(i) {
            return None;
        }
        let (mut length, mut kind) = self.core(i)?;
        // "professor of": the table's phrase is longer than the office.
        while length > 1 && s.tokens[i + length - 1].upos == "ADP" {
            length -= 1;
        }
        let mut start = i;
        // "Deputy Energy Minister": of several office words in one run the last is the office.
        if s.language == crate::ingest::Language::En {
            let mut j = i + length;
            while j < s.tokens.len() && self.is_premodifier(j) && !self.in_other_name(j) {
                match self.core(j) {
                    Some((n, k)) if k != OfficeKind::Title || self.starts_person(j + n).is_none() => {
                        (start, length, kind) = (j, n, k);
                        j += n;
                    }
                    Some(_) => break,
                    None => j += 1,
                }
            }
        }
        let core = start..start + length;
        let head = self.core_head(&core);
        let noun = &s.tokens[head];
        if !matches!(noun.upos.as_str(), "NOUN" | "PROPN" | "ADJ") || self.is_plural(head) {
            return None;
        }
        if kind == OfficeKind::Title && self.o.anaphors.honorific(s.language, &fold(&noun.form)).is_some() {
            return None;
        }
        let mut text: Vec<usize> = core.clone().collect();
        let mut bodies = Vec::new();
        let left = self.left(&core, (head, kind), &mut text, &mut bodies);
        let right = self.right(&core, &mut text, &mut bodies);
        text.sort_unstable();
        let (kind, tense) = self.effect(kind, &text);
        let mut office = Office {
            sentence: self.index,
            head,
            tokens: left..right,
            text,
            kind,
            tense,
            bodies,
            holder: None,
            link: "",
        };
        self.hold(&mut office);
        Some(office)
    }

    fn core_head(&self, core: &Range<usize>) -> usize {
        let head = phrase::head_of(self.s, core);
        if office_word(self.s, head, self.o).is_some() {
            return head;
        }
        core.clone().find(|&i| office_word(self.s, i, self.o).is_some()).unwrap_or(head)
    }

    fn is_plural(&self, head: usize) -> bool {
        let t = &self.s.tokens[head];
        t.feats.get("Number") == Some("Plur") && t.form != t.lemma
    }

    /// A word that can stand before an office in English: adjective, noun, number.
    fn is_premodifier(&self, j: usize) -> bool {
        let t = &self.s.tokens[j];
        matches!(t.upos.as_str(), "ADJ" | "NOUN" | "PROPN") && self.starts_person(j).is_none()
    }

    /// Takes the modifiers before the office; bodies and countries among them are set apart. Gives the phrase's start.
    fn left(
        &self,
        core: &Range<usize>,
        (head, kind): (usize, OfficeKind),
        text: &mut Vec<usize>,
        bodies: &mut Vec<usize>,
    ) -> usize {
        let s = self.s;
        let mut at = core.start;
        let mut possessive = false;
        while at > 0 {
            let j = at - 1;
            let t = &s.tokens[j];
            // Part of the same phrase, whichever word the tree hangs it on: the office, its conjunct or the holder after it.
            let near = (core.start..(core.end + 4).min(s.tokens.len())).any(|k| phrase::is_under(s, j, k))
                || self.joined(j, head);
            if t.form == "-" && !t.space_before && !s.tokens[at].space_before && j > 0 && self.modifier(j - 1).is_some()
            {
                text.extend([j - 1, j]);
                at = j - 1;
                continue;
            }
            if matches!(t.form.as_str(), "'s" | "’s" | "'" | "’") && t.upos == "PART" {
                possessive = true;
                at = j;
                continue;
            }
            if self.name_at(j).is_some_and(|n| n.class == Class::Person) {
                break;
            }
            if let Some(name) = self.name_at(j).filter(|n| n.tokens.end <= at + 1) {
                if !near {
                    break;
                }
                // "China analyst": who has no office in a body has it as a field.
                if kind == OfficeKind::None && !possessive && !name.adjective {
                    text.extend(name.tokens.clone());
                } else {
                    bodies.push(name.head);
                }
                at = name.tokens.start;
                // Before "Kazakhstan's" stands no part of the office; before "Kazakh" there may: "former Kazakh minister".
                if possessive {
                    break;
                }
                continue;
            }
            if possessive {
                // "the ministry's spokesman", "the country's leader".
                if matches!(t.upos.as_str(), "NOUN" | "PROPN") && noun_class(s, j, self.o).is_some() {
                    bodies.push(j);
                    at = phrase::extent(s, j, phrase::Extent::Core).start.min(j);
                }
                break;
            }
            if (t.is("nmod") || t.is("det"))
                && matches!(t.upos.as_str(), "PRON" | "DET")
                && t.feats.get("Poss") == Some("Yes")
            {
                bodies.push(j);
                break;
            }
            let word = match s.language {
                crate::ingest::Language::En => {
                    self.is_premodifier(j) || (t.upos == "ADV" && self.modifier(j).is_some())
                }
                crate::ingest::Language::Ru => {
                    (t.upos == "ADJ" || t.is("amod") || self.modifier(j).is_some()) && t.upos != "VERB"
                }
            };
            // "X said minister Y": a noun before that is no modifier belongs to another phrase.
            let fits = word && near && !phrase::is_punctuation(t) && !matches!(t.upos.as_str(), "ADP" | "CCONJ");
            if !fits {
                break;
            }
            // "vice-president", "26-year-old": hyphened words stand or fall together; ages are no part of an office.
            let mut chain = j;
            while chain >= 2 && s.tokens[chain - 1].form == "-" && !s.tokens[chain].space_before {
                chain -= 2;
            }
            let aged = s.tokens[chain].form.starts_with(|c: char| c.is_ascii_digit());
            // "the president himself", "сама королева".
            if !aged && t.feats.get("PronType").is_none() {
                text.extend(chain..=j);
            }
            at = chain;
        }
        at
    }

    /// Whether `j` and `head` hang on the same word as parts of one phrase.
    fn joined(&self, j: usize, head: usize) -> bool {
        let (a, b) = (&self.s.tokens[j], &self.s.tokens[head]);
        let part = ["compound", "flat", "amod", "nmod"].iter().any(|r| a.is(r));
        part && a.head.is_some() && (a.head == b.head || a.head == Some(head))
    }

    /// Takes complements: "of Foreign Affairs of the Republic of Kazakhstan", "исполнительного комитета Фонда". Gives the end.
    fn right(&self, core: &Range<usize>, text: &mut Vec<usize>, bodies: &mut Vec<usize>) -> usize {
        let s = self.s;
        let mut at = core.end;
        let mut common: Option<(usize, usize)> = None;
        loop {
            if at >= s.tokens.len() {
                return at;
            }
            let mut next = at;
            let mut link = None;
            if s.tokens[next].upos == "ADP" {
                let form = fold(&s.tokens[next].form);
                link = [LinkRole::Body, LinkRole::Field]
                    .into_iter()
                    .find(|r| self.o.name_grammar.links(s.language, *r, &form));
                if link.is_none() {
                    return at;
                }
                next += 1;
            }
            let mut opening = next;
            while opening < s.tokens.len()
                && (s.tokens[opening].upos == "DET" || matches!(s.tokens[opening].form.as_str(), "«" | "\"" | "“"))
            {
                opening += 1;
            }
            if opening >= s.tokens.len() || self.starts_person(opening).is_some() {
                return at;
            }
            let by_country =
                self.name_at(opening).filter(|n| n.tokens.start == opening && n.class != Class::Person && !n.adjective);
            if let Some(name) = by_country {
                let field = link == Some(LinkRole::Field);
                // "minister in Tashkent" is no office's body, and "in Geneva on Friday" no part of it.
                let bare = link.is_none() && s.language == crate::ingest::Language::En;
                // "слова премьера пресс-служба …": the next phrase's subject is no complement.
                let other = link.is_none() && s.tokens[name.head].is("nsubj");
                if other || bare || (field && !matches!(name.class, Class::Country | Class::Organization)) {
                    return at;
                }
                // "директор галереи «Манеж»": the common noun belongs to the body's name, not to the office.
                let quoted = opening > next && s.tokens[opening - 1].upos == "PUNCT";
                let apposed = quoted || s.tokens[name.head].feats.get("Case") == Some("Nom") && name.known.is_none();
                if let Some((noun, from)) = common.filter(|_| apposed && link.is_none()) {
                    bodies.retain(|&b| b != noun);
                    text.retain(|&t| t < from);
                }
                if !field {
                    let state = head_noun(s, name.head, self.o);
                    let government = name.class == Class::Organization;
                    if government && state.is_some_and(|n| n.collective == Some(Collective::State)) {
                        // "глава израильского правительства" is head of the government, and of the state.
                        text.extend(at..=name.head);
                        text.retain(|&t| t <= core.end || !self.names.iter().any(|n| n.adjective && n.head == t));
                    }
                    self.organ(name, at, text);
                    bodies.push(name.head);
                }
                at = name.tokens.end;
                while at < s.tokens.len() && matches!(s.tokens[at].form.as_str(), "»" | "\"" | "”") {
                    at += 1;
                }
                continue;
            }
            let Some(end) = self.common_complement(core, next, link) else { return at };
            // "глава правительства Израиля": a common noun for a body is part of the office's text, and itself the body
            // where no name follows.
            let body = (next..end)
                .rev()
                .find(|&k| link != Some(LinkRole::Field) && noun_class(s, k, self.o) == Some(Class::Organization));
            if let Some(k) = body {
                bodies.push(k);
                common = Some((k, at));
            }
            text.extend(at..end);
            at = end;
        }
    }

    /// "Chairman of the Executive Committee of the Fund": the organ of a body belongs to the office's text.
    fn organ(&self, name: &Name, at: usize, text: &mut Vec<usize>) {
        let s = self.s;
        let organisations: Vec<usize> =
            name.tokens.clone().filter(|&k| noun_class(s, k, self.o) == Some(Class::Organization)).collect();
        if let [first, .., second] = *organisations.as_slice()
            && first == name.head
            && second > first
        {
            text.extend(at..=first);
        }
    }

    /// A complement of common nouns: "of foreign affairs", "иностранных дел", "по делам разведки", "промышленности и торговли".
    fn common_complement(&self, core: &Range<usize>, from: usize, link: Option<LinkRole>) -> Option<usize> {
        let s = self.s;
        let russian = s.language == crate::ingest::Language::Ru;
        if link.is_none() && !russian {
            return None;
        }
        let mut end = from;
        let mut nouns = 0;
        while end < s.tokens.len() {
            let t = &s.tokens[end];
            if self.starts_person(end).is_some() || (end > from && self.name_at(end).is_some_and(|n| !n.adjective)) {
                break;
            }
            // "spokesman for President X": the inner office is X's, the outer one somebody else's.
            if self.core(end).is_some_and(|(n, _)| self.starts_person(end + n).is_some()) {
                break;
            }
            let case = t.feats.get("Case");
            let oblique = !russian || link.is_some() || matches!(case, None | Some("Gen" | "Ins"));
            let nominal = matches!(t.upos.as_str(), "NOUN" | "PROPN" | "ADJ") && oblique;
            let under = core.clone().any(|k| phrase::is_under(s, end, k));
            let joins = t.upos == "CCONJ"
                && nouns > 0
                && s.tokens.get(end + 1).is_some_and(|n| {
                    matches!(n.upos.as_str(), "NOUN" | "PROPN" | "ADJ")
                        && self.core(end + 1).is_none()
                        && self.starts_person(end + 1).is_none()
                        && phrase::is_under(s, end + 1, core.start.max(end - nouns))
                });
            // English fields and bodies may be attached anywhere; what hangs on another word must at least be a name in capitals.
            let fits = nominal
                && (under || (!russian && phrase::is_capitalised(t)) || (russian && nouns == 0 && case == Some("Gen")));
            if !(fits || joins || (end == from && t.upos == "DET")) {
                break;
            }
            nouns += usize::from(matches!(t.upos.as_str(), "NOUN" | "PROPN"));
            end += 1;
        }
        (nouns > 0 && end > from).then_some(end)
    }

    fn modifier(&self, j: usize) -> Option<ModifierEffect> {
        let t = &self.s.tokens[j];
        let modifiers = &self.o.offices.modifiers;
        let prefix = || t.form.split_once('-').and_then(|(p, _)| modifiers.get(self.s.language, &format!("{p}-")));
        modifiers
            .get(self.s.language, &t.lemma)
            .or_else(|| modifiers.get(self.s.language, &t.form))
            .or_else(prefix)
            .copied()
    }

    /// What the modifiers make of the office.
    fn effect(&self, kind: OfficeKind, text: &[usize]) -> (OfficeKind, OfficeTense) {
        let effects: Vec<ModifierEffect> = text.iter().filter_map(|&j| self.modifier(j)).collect();
        let tense = if effects.contains(&ModifierEffect::Former) {
            OfficeTense::Former
        } else if effects.contains(&ModifierEffect::Future) {
            OfficeTense::Future
        } else {
            OfficeTense::Present
        };
        // A lone "deputy" or "заместитель" is itself the office.
        let deputy = effects.contains(&ModifierEffect::Deputy);
        let kind = if deputy && kind == OfficeKind::Head { OfficeKind::Represent } else { kind };
        (kind, tense)
    }

    /// Looks for the holder: the name right after the phrase, before it, or where the tree has it.
    fn hold(&self, office: &mut Office) {
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
                || (s.language == crate::ingest::Language::En && !phrase::is_capitalised(&s.tokens[office.head])));
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
            return self.agree(office.head, name.head).then_some((name.head, "name after"));
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
            && s.language == crate::ingest::Language::En
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
        let genitive = s.tokens[office.head].is("nmod") && s.language == crate::ingest::Language::Ru;
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
            crate::ingest::Language::En => case.as_deref().is_none_or(|c| c == "as"),
            crate::ingest::Language::Ru => case.is_none() && t.feats.get("Case") == Some("Ins"),
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
    fn share(&self, found: &mut [Office]) {
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
