//! Offices: "Kazakh Deputy Prime Minister and Foreign Minister Murat Nurtleu", "глава МИД РК Ержан Ашикбаев".
//!
//! One pass finds the office, its text, its body and its holder. Trees disagree on whether "President X" is an apposition, a
//! compound or a flat name, so an office is read as a run of words (modifiers, the office, its complements), checked
//! against the tree, and its holder is looked for beside the run before the tree is asked.
//! The search for the holder is `holders`'. Input: a sentence and its names. Output: [`Office`]s in text order.
//! Limitation: an office whose words are interrupted by a clause ends there.

use super::{
    Class,
    names::{Name, head_noun, noun_class, office_word},
    phrase,
};
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{Collective, LinkRole, ModifierEffect, OfficeKind, Ontology, fold},
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

/// Looks for offices in one sentence.
pub(super) struct Finder<'a> {
    pub(super) index: usize,
    pub(super) s: &'a Sentence,
    pub(super) names: &'a [Name],
    pub(super) o: &'a Ontology,
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
            None => {
                let listed = super::office_lists::find(&finder, i);
                i = listed.last().map_or(i + 1, |o| o.tokens.end.max(i + 1));
                found.extend(listed);
            }
        }
    }
    finder.share(&mut found);
    found
}

impl Finder<'_> {
    pub(super) fn name_at(&self, i: usize) -> Option<&Name> {
        // Known names may lie within longer ones; the longest is meant here.
        self.names.iter().filter(|n| n.tokens.contains(&i)).max_by_key(|n| n.tokens.len())
    }

    pub(super) fn starts_person(&self, i: usize) -> Option<&Name> {
        self.names.iter().find(|n| n.class == Class::Person && n.tokens.start == i)
    }

    pub(super) fn ends_person(&self, end: usize) -> Option<&Name> {
        self.names.iter().find(|n| n.class == Class::Person && n.tokens.end == end)
    }

    /// Office words that begin at `i`: how many, and the kind.
    pub(super) fn core(&self, i: usize) -> Option<(usize, OfficeKind)> {
        let s = self.s;
        // English words part at hyphens: "Secretary - General" is one office.
        let here: Vec<usize> = (i..s.tokens.len()).filter(|&j| j == i || s.tokens[j].form != "-").take(6).collect();
        let words: Vec<[&str; 2]> =
            here.iter().map(|&j| [s.tokens[j].form.as_str(), s.tokens[j].lemma.as_str()]).collect();
        if let Some((n, kind)) = self.o.offices.kinds.longest(s.language, &words) {
            return Some((here[n - 1] + 1 - i, *kind));
        }
        office_word(s, i, self.o).map(|kind| (1, kind))
    }

    /// A body, event or text name other than a mere country keeps its words to itself.
    pub(super) fn in_other_name(&self, i: usize) -> bool {
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
        if s.language == Language::En {
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

    pub(super) fn core_head(&self, core: &Range<usize>) -> usize {
        let head = phrase::head_of(self.s, core);
        if office_word(self.s, head, self.o).is_some() {
            return head;
        }
        core.clone().find(|&i| office_word(self.s, i, self.o).is_some()).unwrap_or(head)
    }

    pub(super) fn is_plural(&self, head: usize) -> bool {
        let t = &self.s.tokens[head];
        t.feats.get("Number") == Some("Plur") && t.form != t.lemma
    }

    /// A word that can stand before an office in English: adjective, noun, number.
    fn is_premodifier(&self, j: usize) -> bool {
        let t = &self.s.tokens[j];
        matches!(t.upos.as_str(), "ADJ" | "NOUN" | "PROPN") && self.starts_person(j).is_none()
    }

    /// Takes the modifiers before the office; bodies and countries among them are set apart. Gives the phrase's start.
    pub(super) fn left(
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
                Language::En => self.is_premodifier(j) || (t.upos == "ADV" && self.modifier(j).is_some()),
                Language::Ru => (t.upos == "ADJ" || t.is("amod") || self.modifier(j).is_some()) && t.upos != "VERB",
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
            // "Appointed representative in February": when is no part of the office.
            if s.tokens.get(next).is_some_and(|t| self.o.calendar.get(s.language, &t.form).is_some()) {
                return at;
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
                let bare = link.is_none() && s.language == Language::En;
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
        let russian = s.language == Language::Ru;
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
    pub(super) fn effect(&self, kind: OfficeKind, text: &[usize]) -> (OfficeKind, OfficeTense) {
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
        let kind =
            if deputy && matches!(kind, OfficeKind::Head | OfficeKind::Chief) { OfficeKind::Represent } else { kind };
        (kind, tense)
    }
}
