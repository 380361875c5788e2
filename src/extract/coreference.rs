//! Coreference within an article: sentences are read in order, and every mention finds its entity.
//!
//! Names come first, then offices with their holders and what points back ([`anaphora`](super::anaphora)). Who was set against
//! whom is kept for "the parties". Every choice keeps its reason for [`Discourse::why`].
//! Input: sentences. Output: the mentions, entities and offices of a [`Discourse`].
//! Limitation: an office without a name is bound to one person; one that two held in turn is not told apart.
//!
//! [`Discourse`]: super::discourse::Discourse
//! [`Discourse::why`]: super::discourse::Discourse::why

use super::{
    Class, LocalId,
    cast::{Cast, is_acronym, is_definite},
    discourse::{Mention, MentionKind, TimeMention},
    labels,
    names::{self, Name, head_noun, noun_class, office_word},
    offices::{self, Office},
    phrase,
};
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{Anaphor, Collective, Denotes, Gender, Meaning, OfficeKind, Ontology, PredicateKind, fold},
};
use std::collections::{BTreeMap, BTreeSet};

/// How many sentences back a pronoun or description may reach.
pub(super) const REACH: usize = 4;

/// A mention as coreference remembers it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) id: LocalId,
    pub(super) subject: bool,
}

/// An article being read.
pub struct Reading<'a> {
    pub(super) sentences: &'a [Sentence],
    pub(super) o: &'a Ontology,
    /// The entities so far.
    pub cast: Cast<'a>,
    /// The mentions so far.
    pub mentions: Vec<Mention>,
    /// Offices with their holders, in text order.
    pub offices: Vec<(Office, Option<LocalId>)>,
    /// Why a mention denotes what it does, by sentence and extent.
    pub reasons: BTreeMap<(usize, usize, usize), &'static str>,
    pub(super) times: &'a [TimeMention],
    pub(super) names: Vec<Vec<Name>>,
    pub(super) seen: Vec<Seen>,
    pub(super) pair: Vec<LocalId>,
    /// Where in `seen` an entity stands last, from 1.
    latest: BTreeMap<LocalId, usize>,
}

impl<'a> Reading<'a> {
    /// Reads all sentences.
    #[must_use]
    pub fn new(sentences: &'a [Sentence], times: &'a [TimeMention], o: &'a Ontology) -> Self {
        let mut reading = Self {
            sentences,
            o,
            cast: Cast::new(o),
            mentions: Vec::new(),
            offices: Vec::new(),
            reasons: BTreeMap::new(),
            times,
            names: sentences.iter().map(|s| names::find(s, o)).collect(),
            seen: Vec::new(),
            pair: Vec::new(),
            latest: BTreeMap::new(),
        };
        for (s, names) in sentences.iter().zip(&mut reading.names) {
            names::retype_bodies(s, names, o);
        }
        reading.recognise_families();
        // Full names first: a headline may call somebody by the family name alone.
        for (s, names) in sentences.iter().zip(&reading.names) {
            for name in names.iter().filter(|n| n.class == Class::Person && n.tokens.len() > 1) {
                reading.cast.named(s, name, |_| 0);
            }
        }
        for (i, s) in sentences.iter().enumerate() {
            reading.read_names(i);
            let found = offices::find(i, s, &reading.names[i], o);
            reading.read_anaphors(i, found);
            reading.read_pair(i);
        }
        reading
    }

    /// A family name that the article gives in full somewhere is a person wherever it stands.
    fn recognise_families(&mut self) {
        let d = &self.o.declension;
        let mut families = BTreeSet::new();
        for (s, names) in self.sentences.iter().zip(&self.names) {
            for n in names.iter().filter(|n| n.class == Class::Person && n.tokens.len() > 1) {
                families.extend(labels::key(s, &n.tokens, d).pop().filter(|f| f.chars().count() > 2));
            }
        }
        for (s, names) in self.sentences.iter().zip(&mut self.names) {
            for (i, t) in s.tokens.iter().enumerate() {
                let family = t.upos == "PROPN"
                    && phrase::is_capitalised(t)
                    && families.contains(&labels::stem(s.language, &t.form, d))
                    && office_word(s, i, self.o).is_none();
                let mine = names.iter().position(|n| n.tokens.contains(&i));
                let wrong = mine.is_some_and(|k| names[k].tokens.len() == 1 && names[k].known.is_none());
                if !family || (mine.is_some() && !wrong) {
                    continue;
                }
                if let Some(k) = mine {
                    names[k].class = Class::Person;
                } else {
                    let name = Name { tokens: i..i + 1, head: i, class: Class::Person, known: None, adjective: false };
                    let at = names.partition_point(|n| n.tokens.start < i);
                    names.insert(at, name);
                }
            }
        }
    }

    pub(super) fn push(&mut self, m: Mention, reason: &'static str) {
        let s = &self.sentences[m.sentence];
        let subject = is_subject(s, m.head);
        for &id in &m.entities {
            self.seen.push(Seen { sentence: m.sentence, head: m.head, id, subject });
            self.latest.insert(id, self.seen.len());
        }
        if let ([id], true, true) =
            (m.entities.as_slice(), subject, m.class == Class::Person && m.kind != MentionKind::Pronoun)
        {
            self.read_gender(m.sentence, m.head, *id);
        }
        self.reasons.insert((m.sentence, m.tokens.start, m.tokens.end), reason);
        self.mentions.push(m);
    }

    /// "Министр заявила": a Russian verb in the past agrees with its subject, and better than any ending of a name.
    fn read_gender(&mut self, sentence: usize, head: usize, id: LocalId) {
        let s = &self.sentences[sentence];
        let verbs = std::iter::successors(s.tokens[head].head, |&h| s.tokens[h].head).take(2);
        let past = |h: &usize| s.tokens[*h].upos == "VERB" && s.tokens[*h].feats.get("Tense") == Some("Past");
        let Some(verb) = verbs.into_iter().find(past).filter(|_| s.language == Language::Ru) else { return };
        let own =
            s.children(verb).any(|k| s.tokens[k].deprel == "nsubj" && (k == head || s.tokens[head].head == Some(k)));
        let feminine = s.tokens[verb].feats.get("Gender") == Some("Fem");
        let profile = &mut self.cast.profiles[id.0];
        match s.tokens[verb].feats.get("Gender").and_then(Gender::parse).filter(|_| own) {
            Some(g) if feminine || profile.gender.is_none() => profile.gender = Some(g),
            _ => {}
        }
    }

    /// What the mention headed by `token` denotes.
    pub(super) fn denoted(&self, sentence: usize, token: usize) -> Vec<LocalId> {
        let here = self.mentions.iter().rev().take_while(|m| m.sentence == sentence);
        let covering = here.filter(|m| m.head == token || (m.kind == MentionKind::Name && m.tokens.contains(&token)));
        covering.min_by_key(|m| (m.head != token, m.tokens.len())).map(|m| m.entities.clone()).unwrap_or_default()
    }

    fn read_names(&mut self, index: usize) {
        let s = &self.sentences[index];
        for name in self.metonyms(index) {
            self.names[index].retain(|n| n.tokens.end <= name.tokens.start || name.tokens.end <= n.tokens.start);
            self.names[index].push(name);
        }
        self.names[index].sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
        for name in self.names[index].clone() {
            let (entities, class, kind, reason) = if name.adjective {
                // "South Korean" is one state's adjective; "российско-китайский" is two states'.
                let long =
                    name.known.as_deref().filter(|_| name.tokens.len() > 1).and_then(|k| self.o.gazetteer.get(k));
                let states = match long {
                    Some(state) => vec![state],
                    None => self.o.gazetteer.adjectives(&s.tokens[name.head].form),
                };
                let label = match long {
                    Some(_) => labels::nominal(s, &name.tokens, name.head, &self.o.declension),
                    None => labels::adjective(&s.tokens[name.head], &self.o.declension),
                };
                let class = states.first().map_or(Class::Country, |k| k.class);
                let ids = states.iter().map(|k| self.cast.known(&k.key, k.class, label.clone(), s.language)).collect();
                (ids, class, MentionKind::Description, "adjective of a state")
            } else if let Some(states) = self.state_organ(index, &name) {
                for id in &states {
                    self.cast.also(*id, labels::nominal(s, &name.tokens, name.head, &self.o.declension));
                }
                (states, Class::Country, MentionKind::Description, "body that acts for its state")
            } else if let Some(state) = self.acting_capital(s, &name) {
                let label = labels::nominal(s, &name.tokens, name.head, &self.o.declension);
                let id = self.cast.known(&state.0, state.1, label.clone(), s.language);
                self.cast.also(id, label);
                (vec![id], state.1, MentionKind::Name, "capital or seat that acts for its state")
            } else {
                let latest = &self.latest;
                let id = self.cast.named(s, &name, |id| latest.get(&id).copied().unwrap_or(0));
                (vec![id], name.class, MentionKind::Name, "name")
            };
            if let [id] = *entities.as_slice()
                && matches!(class, Class::Organization | Class::Event | Class::Instrument | Class::Initiative)
                && let Some(short) = bracketed_acronym(s, name.tokens.end)
            {
                self.cast.define(id, &short);
            }
            self.push(Mention { sentence: index, tokens: name.tokens, head: name.head, kind, class, entities }, reason);
        }
    }

    /// Seats of power that act in this sentence, as names of the state or body.
    fn metonyms(&self, index: usize) -> Vec<Name> {
        let s = &self.sentences[index];
        let words: Vec<[&str; 2]> = s.tokens.iter().map(|t| [t.form.as_str(), t.lemma.as_str()]).collect();
        let mut out = Vec::new();
        for i in 0..words.len() {
            if !phrase::is_capitalised(&s.tokens[i]) {
                continue;
            }
            let Some((n, key)) = self.o.metonyms.longest(s.language, &words[i..]) else { continue };
            let tokens = i..i + n;
            let head = phrase::head_of(s, &tokens);
            if let Some(actor) = self.o.gazetteer.get(key).filter(|_| self.acts(s, head)) {
                out.push(Name { tokens, head, class: actor.class, known: Some(key.to_owned()), adjective: false });
            }
        }
        out
    }

    /// A government or its like that a name takes for a body of its own: "Afghan Government", "администрация США".
    fn state_organ(&mut self, index: usize, name: &Name) -> Option<Vec<LocalId>> {
        let s = &self.sentences[index];
        let noun = head_noun(s, name.head, self.o)?;
        let state = noun.collective == Some(Collective::State) && name.known.is_none() && name.tokens.len() > 1;
        let inner = self.names[index].clone().into_iter().filter(|n| {
            n.class == Class::Country
                && n.tokens != name.tokens
                && name.tokens.start <= n.tokens.start
                && n.tokens.end <= name.tokens.end
        });
        let mut states = Vec::new();
        for n in inner.filter(|_| state) {
            let known = self.o.gazetteer.get(n.known.as_deref()?)?;
            let label = labels::nominal(s, &n.tokens, n.head, &self.o.declension);
            states.push(self.cast.known(&known.key, Class::Country, label, s.language));
        }
        states.truncate(1);
        (!states.is_empty()).then_some(states)
    }

    fn acting_capital(&self, s: &Sentence, name: &Name) -> Option<(String, Class)> {
        let state = self.o.gazetteer.state_of_capital(name.known.as_deref()?)?;
        (name.class == Class::Place && self.acts(s, name.head)).then(|| (state.key.clone(), state.class))
    }

    /// Whether what the token names does something in its clause, so that a capital means its state.
    fn acts(&self, s: &Sentence, head: usize) -> bool {
        let t = &s.tokens[head];
        let case = s.children(head).find(|&k| s.tokens[k].is("case") && k < head);
        if let Some(c) = case {
            let meaning = self.o.prepositions.get(s.language, &fold(&s.tokens[c].form)).map(|p| p.meaning);
            return matches!(meaning, Some(Meaning::Company | Meaning::Parties | Meaning::Agent | Meaning::Opponent));
        }
        let Some(h) = t.head else { return false };
        let verb = &s.tokens[h];
        match t.deprel.as_str() {
            "nsubj" => verb.upos == "VERB" && verb.feats.get("Voice") != Some("Pass"),
            "nmod:poss" => !matches!(noun_class(s, h, self.o), Some(Class::Place | Class::Event)),
            "conj" => self.acts(s, h),
            // "Accused Moscow", "thanked Paris": nobody does that to a town.
            "obj" => self.o.lexicon.of(s.language, &fold(&verb.lemma)).any(|r| {
                matches!(r.relation.as_str(), "criticized" | "sanctioned" | "threatened" | "calledFor")
                    && r.kind == PredicateKind::Verb
            }),
            _ => false,
        }
    }

    /// Pronouns, descriptions and offices of a sentence, in word order; then the offices get their holders.
    fn read_anaphors(&mut self, index: usize, found: Vec<Office>) {
        let s = &self.sentences[index];
        let in_name: Vec<bool> =
            (0..s.tokens.len()).map(|i| self.names[index].iter().any(|n| n.tokens.contains(&i))).collect();
        let mut holders: Vec<Option<LocalId>> = vec![None; found.len()];
        let mut read = vec![false; s.tokens.len()];
        for i in 0..s.tokens.len() {
            if let Some(k) = found.iter().position(|f| f.head == i && f.link != "listed") {
                // Whose office it is must be known before who holds it.
                for &b in found[k].bodies.iter().filter(|&&b| b > i && !in_name[b]) {
                    self.read_noun(index, b);
                    read[b] = true;
                }
                holders[k] = self.read_office(index, &found[k], &holders, &found);
                continue;
            }
            let within = found.iter().any(|f| f.text.contains(&i) && !f.bodies.contains(&i));
            if in_name[i] || within || read[i] {
                continue;
            }
            match s.tokens[i].upos.as_str() {
                "PRON" | "DET" | "NUM" => self.read_pronoun(index, i),
                "NOUN" | "PROPN" => self.read_noun(index, i),
                _ => {}
            }
        }
        for (office, holder) in found.iter().zip(&mut holders).filter(|(f, _)| f.link == "listed") {
            let named = office.holder.map(|h| self.denoted(index, h)).unwrap_or_default();
            *holder = named.into_iter().find(|id| self.cast.entities[id.0].class == Class::Person);
        }
        for (office, holder) in found.into_iter().zip(holders) {
            if let Some(id) = holder {
                self.attach(&office, id);
            }
            self.offices.push((office, holder));
        }
    }

    /// Remembers that the person holds the office.
    fn attach(&mut self, office: &Office, id: LocalId) {
        let s = &self.sentences[office.sentence];
        let words =
            office.text.iter().map(|&i| labels::stem(s.language, &s.tokens[i].form, &self.o.declension)).collect();
        let bodies: Vec<LocalId> =
            office.bodies.iter().flat_map(|&b| self.denoted(office.sentence, b)).filter(|b| *b != id).collect();
        for b in &bodies {
            let label = self.cast.entities[b.0].label.clone();
            let known = &mut self.cast.entities[id.0].affiliation;
            if !known.contains(&label) {
                known.push(label);
            }
        }
        self.cast.profiles[id.0].offices.push((words, office.kind, bodies));
    }

    fn read_office(
        &mut self,
        index: usize,
        office: &Office,
        holders: &[Option<LocalId>],
        found: &[Office],
    ) -> Option<LocalId> {
        let person =
            |ids: Vec<LocalId>, cast: &Cast| ids.into_iter().find(|id| cast.entities[id.0].class == Class::Person);
        let mut reason = "office with its holder's name";
        let mut holder = office.holder.and_then(|h| {
            // "X is the director": the subject may itself be an office that was read before.
            let by_office = found.iter().position(|f| f.head == h).and_then(|k| holders[k]);
            by_office.or_else(|| person(self.denoted(index, h), &self.cast))
        });
        if holder.is_none() && office.holder.is_none() {
            reason = "office mentioned before";
            holder = self.office_holder(index, office);
        }
        let id = holder?;
        let mention = Mention {
            sentence: index,
            tokens: office.tokens.clone(),
            head: office.head,
            kind: MentionKind::Description,
            class: Class::Person,
            entities: vec![id],
        };
        self.push(mention, reason);
        Some(id)
    }

    /// The person whom an office without a name means: who was said to hold it, or a like one.
    fn office_holder(&self, index: usize, office: &Office) -> Option<LocalId> {
        let s = &self.sentences[index];
        // Ranks and occupations do not point back by themselves: "the captain" may be any.
        let capital = phrase::is_capitalised(&s.tokens[office.head]);
        if matches!(office.kind, OfficeKind::Title | OfficeKind::None) && !capital {
            return None;
        }
        let definite =
            is_definite(s, office.head) || phrase::is_capitalised(&s.tokens[office.head]) || !office.bodies.is_empty();
        if !definite {
            return None;
        }
        let d = &self.o.declension;
        let words: Vec<String> = office.text.iter().map(|&i| labels::stem(s.language, &s.tokens[i].form, d)).collect();
        let indefinite = s.children(office.head).any(|k| s.tokens[k].is("det") && phrase::is_article(&s.tokens[k]))
            && !is_definite(s, office.head);
        if indefinite {
            return None;
        }
        let bodies: Vec<LocalId> = office.bodies.iter().flat_map(|&b| self.denoted(index, b)).collect();
        let anaphor = self.o.anaphors.get(s.language, &fold(&s.tokens[office.head].lemma), "NOUN");
        let candidates = self.recent_persons(index, office.head);
        let fits = |id: &LocalId, by_words: bool| {
            let offices = &self.cast.profiles[id.0].offices;
            let unbound = by_words && offices.iter().all(|(_, _, of)| of.is_empty());
            offices.iter().any(|(text, kind, of)| {
                let body = bodies.is_empty() || of.iter().any(|b| bodies.contains(b)) || unbound;
                let same =
                    if by_words { like(&words, text) } else { anaphor.is_some_and(|a| self.stands_for(a, *kind, of)) };
                body && same
            })
        };
        let bound = |id: &LocalId| {
            self.cast.profiles[id.0].offices.iter().any(|(_, _, of)| bodies.iter().any(|b| of.contains(b)))
        };
        if matches!(office.kind, OfficeKind::Head | OfficeKind::Chief | OfficeKind::Represent)
            && !candidates.iter().any(bound)
            && let Some(id) = self.compatriot(index, &bodies)
        {
            return Some(id);
        }
        let by_words = candidates.iter().copied().find(|id| fits(id, true));
        by_words
            .or_else(|| candidates.iter().copied().find(|id| fits(id, false)))
            .or_else(|| self.newly_named(index, office, &bodies))
    }

    pub(super) fn stands_for(&self, a: Anaphor, kind: OfficeKind, of: &[LocalId]) -> bool {
        let state = of.iter().any(|b| self.cast.entities[b.0].class == Class::Country);
        match a.denotes {
            Denotes::Official => {
                matches!(kind, OfficeKind::Head | OfficeKind::Chief | OfficeKind::Represent | OfficeKind::Member)
            }
            Denotes::StateHead | Denotes::GovernmentHead => kind == OfficeKind::Head && (state || of.is_empty()),
            _ => false,
        }
    }

    /// "The Turkish prime minister" right after a person who was named without any office is that person.
    fn newly_named(&self, index: usize, office: &Office, bodies: &[LocalId]) -> Option<LocalId> {
        if bodies.is_empty() || !matches!(office.kind, OfficeKind::Head | OfficeKind::Chief | OfficeKind::Represent) {
            return None;
        }
        let s = &self.sentences[index];
        if !is_subject(s, office.head) {
            return None;
        }
        let near: Vec<&Seen> = self
            .seen
            .iter()
            .filter(|x| x.sentence + 1 == index && self.cast.entities[x.id.0].class == Class::Person && x.subject)
            .collect();
        let ids: BTreeSet<LocalId> = near.iter().map(|x| x.id).collect();
        let [id] = *ids.into_iter().collect::<Vec<_>>().as_slice() else { return None };
        self.cast.profiles[id.0].offices.iter().all(|(_, _, of)| of.is_empty()).then_some(id)
    }

    /// "The French president" after "his French counterpart X": the one person of the sentence before whose phrase names the body.
    fn compatriot(&self, index: usize, bodies: &[LocalId]) -> Option<LocalId> {
        let before = index.checked_sub(1)?;
        let s = &self.sentences[before];
        let mut found: BTreeSet<LocalId> = BTreeSet::new();
        for x in self.seen.iter().filter(|x| x.sentence == before) {
            let top = std::iter::successors(Some(x.head), |&a| s.tokens[a].head.filter(|_| s.tokens[a].is("appos")))
                .last()
                .unwrap_or(x.head);
            let named = s.children(top).any(|k| {
                (s.tokens[k].is("amod") || s.tokens[k].is("nmod:poss") || s.tokens[k].is("compound"))
                    && self
                        .mentions
                        .iter()
                        .any(|m| (m.sentence, m.head) == (before, k) && m.entities.iter().any(|b| bodies.contains(b)))
            });
            if named && self.cast.entities[x.id.0].class == Class::Person {
                found.insert(x.id);
            }
        }
        found.first().copied().filter(|_| found.len() == 1)
    }

    /// Persons mentioned before the token, the latest first.
    pub(super) fn recent_persons(&self, index: usize, token: usize) -> Vec<LocalId> {
        let mut out = Vec::new();
        for x in self.seen.iter().rev().filter(|x| (x.sentence, x.head) < (index, token)) {
            if self.cast.entities[x.id.0].class == Class::Person && !out.contains(&x.id) {
                out.push(x.id);
            }
        }
        out
    }

    /// Whom this sentence sets against each other: subject and companion, or coordinated agents of one kind.
    fn read_pair(&mut self, index: usize) {
        let s = &self.sentences[index];
        let agents = |k: usize| -> Vec<LocalId> {
            let mut heads = vec![k];
            heads.extend(s.children(k).filter(|&c| s.tokens[c].is("conj") || s.tokens[c].is("appos")));
            let mut out: Vec<LocalId> = Vec::new();
            for h in heads {
                for id in self.denoted(index, h) {
                    let entity = &self.cast.entities[id.0];
                    if entity.class.is_agent() && !out.contains(&id) {
                        out.push(id);
                    }
                }
            }
            out
        };
        let mut best = None;
        for h in 0..s.tokens.len() {
            let (mut first, mut second) = (Vec::new(), Vec::new());
            for k in s.children(h) {
                let t = &s.tokens[k];
                let case = s.children(k).find(|&c| s.tokens[c].is("case") && c < k).map(|c| fold(&s.tokens[c].form));
                let meaning = case.as_deref().and_then(|c| self.o.prepositions.get(s.language, c)).map(|p| p.meaning);
                match meaning {
                    Some(Meaning::Company) => second = agents(k),
                    Some(Meaning::Parties) => first = agents(k),
                    None if t.is("nsubj") || t.deprel == "nmod:poss" => first = agents(k),
                    None if t.is("obj") && second.is_empty() => second = agents(k),
                    _ => {}
                }
            }
            // "Noted at a meeting with X", "held talks with X": who acts in the clause meets X.
            if first.is_empty() && !second.is_empty() && noun_class(s, h, self.o) == Some(Class::Event) {
                let above = std::iter::successors(s.tokens[h].head, |&a| s.tokens[a].head).take(s.tokens.len());
                let subjects = above.filter_map(|a| s.children(a).find(|&k| s.tokens[k].is("nsubj")));
                first = subjects.map(agents).find(|found| !found.is_empty()).unwrap_or_default();
            }
            let class = |id: &LocalId| self.cast.entities[id.0].class;
            let mut all = first;
            let kind = all.first().map(class);
            // Two states that support a body are set against each other, not against the body.
            all.retain(|id| Some(class(id)) == kind);
            let fellows: Vec<LocalId> =
                second.into_iter().filter(|x| !all.contains(x) && Some(class(x)) == kind).collect();
            all.extend(fellows);
            if all.len() > 1 {
                best = Some(all);
            }
        }
        if let Some(all) = best {
            self.pair = all;
        }
    }
}

/// Whether one office's words are the other's in short: "First Deputy Minister" for "First Deputy Minister of Foreign Affairs",
/// "замминистра" for "заместитель министра".
fn like(short: &[String], long: &[String]) -> bool {
    let within = |a: &[String], b: &[String]| !a.is_empty() && a.iter().all(|w| b.contains(w));
    let blend = |w: &String| {
        long.windows(2).any(|pair| {
            let last = &pair[1];
            w.ends_with(last.as_str()) && w.len() > last.len() + 5 && pair[0].starts_with(&w[..w.len() - last.len()])
        })
    };
    within(short, long) || within(long, short) || matches!(short, [one] if blend(one))
}

/// Whether the phrase is its clause's subject, through apposition and coordination.
pub(super) fn is_subject(s: &Sentence, head: usize) -> bool {
    let mut at = head;
    for _ in 0..8 {
        let t = &s.tokens[at];
        if t.is("nsubj") {
            return true;
        }
        let part = ["appos", "flat", "compound", "conj"].iter().any(|r| t.is(r));
        match t.head.filter(|_| part) {
            Some(h) => at = h,
            None => return false,
        }
    }
    false
}

/// The acronym that stands in brackets at `at`: "(UNRCCA)".
pub(super) fn bracketed_acronym(s: &Sentence, at: usize) -> Option<String> {
    let form = |i: usize| s.tokens.get(i).map(|t| t.form.as_str());
    let short = form(at + 1).filter(|w| is_acronym(w))?;
    (form(at) == Some("(") && form(at + 2) == Some(")")).then(|| short.to_owned())
}
