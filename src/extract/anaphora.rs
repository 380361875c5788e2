//! What points back within an article: pronouns, short forms, group nouns and descriptions.
//!
//! "He", "the Kazakh diplomat", "the parties", "the Fund", "ведомство" are looked up among what a [`Reading`] has seen: the
//! subject of the nearest sentence that has a fitting one. Input: a token. Output: one more mention.
//! Limitation: nothing but the possessive in an opening phrase ("In his remarks, X …") points forward.

use super::{
    Class, LocalId,
    cast::{Profile, is_bare, is_definite},
    coreference::{REACH, Reading, Seen, bracketed_acronym, is_subject},
    discourse::{Mention, MentionKind},
    labels,
    names::{described_noun, head_noun},
    phrase::{self, Extent},
};
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{Anaphor, Collective, Denotes, Gender, PredicateKind, fold},
};
use std::ops::Range;

impl Reading<'_> {
    pub(super) fn read_pronoun(&mut self, index: usize, i: usize) {
        let s = &self.sentences[index];
        let t = &s.tokens[i];
        let anaphors = &self.o.anaphors;
        let entry = anaphors
            .get(s.language, &fold(&t.form), &t.upos)
            .or_else(|| anaphors.get(s.language, &fold(&t.lemma), &t.upos));
        let Some(a) = entry.filter(|_| !t.is("expl")) else { return };
        let (entities, reason) = match a.denotes {
            Denotes::Pair => (self.plural(index, i), "those who were set side by side last"),
            Denotes::Own => (self.own_subject(index, i), "subject of its clause"),
            _ => (self.antecedent(index, i, a).into_iter().collect(), "nearest fitting subject"),
        };
        let class = entities.first().map_or(Class::Person, |id| self.cast.entities[id.0].class);
        if let [id] = *entities.as_slice()
            && class == Class::Person
        {
            let profile = &mut self.cast.profiles[id.0];
            profile.gender = profile.gender.or(a.gender);
        }
        let mention =
            Mention { sentence: index, tokens: i..i + 1, head: i, kind: MentionKind::Pronoun, class, entities };
        self.push(mention, reason);
    }

    /// "They": a group that was the last subject, else the last pair.
    fn plural(&self, index: usize, i: usize) -> Vec<LocalId> {
        let group = self.mentions.iter().rev().find(|m| {
            (m.sentence, m.head) < (index, i)
                && m.sentence + 1 >= index
                && m.entities.len() > 1
                && m.kind != MentionKind::Pronoun
        });
        match group {
            Some(m) if self.pair.is_empty() => m.entities.clone(),
            _ => self.pair.clone(),
        }
    }

    /// Whom "свой" and "себя" mean: the subject of the nearest verb above.
    fn own_subject(&self, index: usize, i: usize) -> Vec<LocalId> {
        let s = &self.sentences[index];
        let mut at = s.tokens[i].head;
        for _ in 0..s.tokens.len() {
            let Some(h) = at else { break };
            if let Some(k) = s.children(h).find(|&k| s.tokens[k].is("nsubj")) {
                return self.denoted(index, k);
            }
            at = s.tokens[h].head;
        }
        Vec::new()
    }

    /// The nearest entity that agrees: subjects first, the nearest sentence first.
    fn antecedent(&self, index: usize, i: usize, a: Anaphor) -> Option<LocalId> {
        let s = &self.sentences[index];
        let t = &s.tokens[i];
        let possessive = t.deprel == "nmod:poss" || t.is("det") || t.feats.get("Poss") == Some("Yes");
        // Who says something is a person, if there is one to be meant: "он отметил" is no state of masculine gender.
        let speaks = t.is("nsubj")
            && t.head.is_some_and(|v| {
                self.o
                    .lexicon
                    .of(s.language, &fold(&s.tokens[v].lemma))
                    .any(|r| r.relation == "said" && r.kind == PredicateKind::Verb)
            });
        if speaks && matches!(a.denotes, Denotes::Any | Denotes::Person) {
            return self.nearest(index, i, Anaphor { denotes: Denotes::Person, ..a }, possessive, 2 * REACH);
        }
        self.nearest(index, i, a, possessive, REACH)
    }

    fn nearest(&self, index: usize, i: usize, a: Anaphor, possessive: bool, reach: usize) -> Option<LocalId> {
        let s = &self.sentences[index];
        let agrees = |id: LocalId| self.agrees(id, a, s.language);
        let distinct = |x: &&Seen| x.sentence != index || possessive || s.tokens[i].head != s.tokens[x.head].head;
        for back in 0..reach.min(index + 1) {
            let k = index - back;
            let mut fitting: Vec<&Seen> = self
                .seen
                .iter()
                .filter(|x| x.sentence == k && (k < index || x.head < i) && agrees(x.id))
                .filter(distinct)
                .collect();
            // "In his remarks, X noted": nothing before it in the sentence, so the clause's subject after it.
            if back == 0 && fitting.is_empty() && possessive && i <= 3 {
                fitting = self.seen.iter().filter(|x| x.sentence == k && x.subject && agrees(x.id)).take(1).collect();
                fitting.retain(|x| self.cast.entities[x.id.0].class == Class::Person);
            }
            fitting.sort_by_key(|x| (!x.subject, if back == 0 { usize::MAX - x.head } else { x.head }));
            if let Some(x) = fitting.first() {
                return Some(x.id);
            }
        }
        None
    }

    fn agrees(&self, id: LocalId, a: Anaphor, language: Language) -> bool {
        let class = self.cast.entities[id.0].class;
        let gender = self.cast.profiles[id.0].gender;
        let fits = a.gender.is_none_or(|g| gender.is_none_or(|own| own == g));
        match a.denotes {
            Denotes::Person => class == Class::Person && fits,
            Denotes::Thing => class != Class::Person && class != Class::Place && (language == Language::En || fits),
            Denotes::Any if class == Class::Person => fits,
            Denotes::Any => class != Class::Place && a.gender.is_some() && gender.is_some() && fits,
            _ => false,
        }
    }

    /// A common noun: what it stands for, or a new described entity.
    pub(super) fn read_noun(&mut self, index: usize, i: usize) {
        let s = &self.sentences[index];
        let t = &s.tokens[i];
        // "This week" is a time, although fairs and fashion weeks are events.
        if self.times.iter().any(|time| time.sentence == index && time.tokens.contains(&i)) {
            return;
        }
        let anaphor = self.o.anaphors.get(s.language, &fold(&t.lemma), "NOUN");
        let plural = t.feats.get("Number") == Some("Plur");
        let core = phrase::extent(s, i, Extent::Core);
        let states = self.states_of(index, i);
        // "Representatives of Fiji" speak for Fiji, so they are no group of their own.
        let noun = if states.is_empty() { described_noun(s, i, self.o) } else { head_noun(s, i, self.o) };
        if let Some(noun) = noun
            && self.read_titled(index, i, noun.class)
        {
            return;
        }
        let collective = noun.and_then(|n| n.collective);
        let mention = |entities: Vec<LocalId>, class: Class, tokens: Range<usize>| Mention {
            sentence: index,
            tokens,
            head: i,
            kind: MentionKind::Description,
            class,
            entities,
        };
        if matches!(collective, Some(Collective::State | Collective::Side)) && !states.is_empty() {
            let full = phrase::extent(s, i, Extent::Full);
            for id in &states {
                self.cast.also(*id, labels::nominal(s, &full, i, &self.o.declension));
            }
            self.push(mention(states, Class::Country, full), "body that acts for its state");
            return;
        }
        let bare = is_bare(s, i)
            || s.children(i)
                .all(|k| ["det", "nummod", "case", "punct", "cc", "conj"].iter().any(|r| s.tokens[k].is(r)));
        let group = matches!(collective, Some(Collective::Side | Collective::Parties | Collective::Members));
        let both = anaphor.is_some_and(|a| a.denotes == Denotes::Pair && a.plural == Some(true));
        let listed = s.tokens[i].is("conj");
        if plural && bare && !listed && (group || both) && !self.pair.is_empty() && (is_definite(s, i) || both) {
            let members = if noun.is_some_and(|n| n.class == Class::Country) || self.names_states(s, i) {
                self.states_behind_pair()
            } else {
                self.pair.clone()
            };
            if !members.is_empty() {
                let class = self.cast.entities[members[0].0].class;
                self.push(mention(members, class, core), "those who were set side by side last");
                return;
            }
        }
        if !plural && is_bare(s, i) && is_definite(s, i) {
            let pointed = match anaphor.map(|a| a.denotes) {
                Some(Denotes::Country) => self.last_of(index, i, |c, _| c == Class::Country),
                Some(Denotes::Body) => self.last_of(index, i, |c, p| c == Class::Organization && p.noun.is_some()),
                Some(Denotes::Official | Denotes::StateHead | Denotes::GovernmentHead) => {
                    self.official(index, i, anaphor, &[])
                }
                _ if collective == Some(Collective::State) && is_subject(s, i) => {
                    self.last_of(index, i, |c, _| c == Class::Country)
                }
                _ => None,
            };
            if let Some(id) = pointed {
                let class = self.cast.entities[id.0].class;
                self.push(mention(vec![id], class, core), "description of what was named before");
                return;
            }
        }
        if !plural
            && matches!(
                anaphor.map(|a| a.denotes),
                Some(Denotes::Official | Denotes::StateHead | Denotes::GovernmentHead)
            )
            && let Some(id) = self.official(index, i, anaphor, &states)
        {
            self.push(mention(vec![id], Class::Person, core), "person of that state who holds an office");
            return;
        }
        let Some(noun) = noun else { return };
        if !matches!(noun.class, Class::Organization | Class::Event | Class::Instrument) {
            return;
        }
        self.read_described(index, i, noun.class);
    }

    /// "The newspaper Vecer", "агентство «Кабар»": a common noun whose name stands right after it is that very thing.
    fn read_titled(&mut self, index: usize, i: usize, class: Class) -> bool {
        let s = &self.sentences[index];
        let mut named = self.mentions.iter().rev().take_while(|m| m.sentence == index).filter(|m| {
            let opening = (i + 1..m.tokens.start).all(|k| phrase::is_quote(&s.tokens[k]));
            let beside =
                s.tokens[m.head].head == Some(i) && (s.tokens[m.head].is("appos") || s.tokens[m.head].is("flat"));
            m.kind == MentionKind::Name && m.class == class && m.tokens.start > i && opening && beside
        });
        let Some((end, entities)) = named.next().map(|m| (m.tokens.end, m.entities.clone())) else { return false };
        if !matches!(class, Class::Organization | Class::Event | Class::Instrument | Class::Initiative) {
            return false;
        }
        let closing = s.tokens.get(end).is_some_and(phrase::is_quote);
        let tokens = i..end + usize::from(closing);
        let label = labels::nominal(s, &tokens, i, &self.o.declension);
        for &id in &entities {
            self.cast.also(id, label.clone());
        }
        let kind = MentionKind::Description;
        self.push(Mention { sentence: index, tokens, head: i, kind, class, entities }, "common noun with its name");
        true
    }

    /// A body, event or text by its common noun: the same as before if it is bare and definite, else a new one.
    fn read_described(&mut self, index: usize, i: usize, class: Class) {
        let s = &self.sentences[index];
        let t = &s.tokens[i];
        let d = &self.o.declension;
        let lemma = fold(&t.lemma);
        let plural = t.feats.get("Number") == Some("Plur");
        let points_back = is_bare(s, i) && is_definite(s, i);
        let earlier = self.last_of(index, i, |c, p| c == class && p.noun.as_deref() == Some(lemma.as_str()));
        let mut tokens = phrase::extent(s, i, Extent::Full);
        if let Some(cut) =
            self.times.iter().filter(|t| t.sentence == index && t.tokens.start > i).map(|t| t.tokens.start).min()
            && class == Class::Event
            && cut < tokens.end
        {
            // "hearings on Monday": the day is the event's date, not its name.
            tokens = phrase::trimmed(s, tokens.start..cut);
        }
        let (id, reason) = match earlier.filter(|_| points_back) {
            Some(id) => (id, "short form of what was named before"),
            None => {
                let key = labels::key(s, &tokens, d);
                let same = (0..self.cast.entities.len()).map(LocalId).find(|id| {
                    self.cast.entities[id.0].class == class
                        && self.cast.profiles[id.0].keys.contains(&key)
                        && tokens.len() > 1
                });
                let label = labels::nominal(s, &tokens, i, d);
                let capital = |k: usize| k > 0 && phrase::is_capitalised(&s.tokens[k]);
                let named = capital(i)
                    || (s.language == Language::Ru && class == Class::Organization && tokens.clone().any(capital));
                let id = same.unwrap_or_else(|| {
                    let gender = t.feats.get("Gender").and_then(Gender::parse);
                    let profile =
                        Profile { keys: vec![key], noun: Some(lemma), gender, settled: true, ..Profile::default() };
                    self.cast.add(class, label, s.language, named && !plural, profile)
                });
                (id, "description")
            }
        };
        if class != Class::Event
            && let Some(short) = bracketed_acronym(s, tokens.end)
        {
            self.cast.define(id, &short);
        }
        let mention =
            Mention { sentence: index, tokens, head: i, kind: MentionKind::Description, class, entities: vec![id] };
        self.push(mention, reason);
    }

    /// "The Kazakh diplomat", "the leader": the last person with an office that fits.
    fn official(&self, index: usize, i: usize, a: Option<Anaphor>, states: &[LocalId]) -> Option<LocalId> {
        let a = a?;
        self.recent_persons(index, i).into_iter().find(|id| {
            let profile = &self.cast.profiles[id.0];
            let gender = a.gender.is_none_or(|g| profile.gender.is_none_or(|own| own == g));
            gender
                && profile.offices.iter().any(|(_, kind, of)| {
                    let state = states.is_empty() || of.iter().any(|b| states.contains(b) || self.belongs(*b, states));
                    state && self.stands_for(a, *kind, of)
                })
        })
    }

    /// Whether a body's name holds the state's: "Ministry of Foreign Affairs of Kazakhstan".
    fn belongs(&self, body: LocalId, states: &[LocalId]) -> bool {
        let label = fold(&self.cast.entities[body.0].label);
        states.iter().any(|s| self.cast.entities[s.0].names.iter().any(|n| label.contains(&fold(n))))
    }

    fn last_of(&self, index: usize, i: usize, fits: impl Fn(Class, &Profile) -> bool) -> Option<LocalId> {
        let before = |x: &&Seen| (x.sentence, x.head) < (index, i);
        let mut fitting = self
            .seen
            .iter()
            .rev()
            .filter(before)
            .filter(|x| fits(self.cast.entities[x.id.0].class, &self.cast.profiles[x.id.0]));
        fitting.next().map(|x| x.id)
    }

    /// Whether the plural noun counts states: "the two countries".
    fn names_states(&self, s: &Sentence, i: usize) -> bool {
        self.o
            .anaphors
            .get(s.language, &fold(&s.tokens[i].lemma), "NOUN")
            .is_some_and(|a| a.denotes == Denotes::Country)
    }

    fn states_behind_pair(&self) -> Vec<LocalId> {
        let mut out: Vec<LocalId> = Vec::new();
        for id in &self.pair {
            let entity = &self.cast.entities[id.0];
            let states: Vec<LocalId> = match entity.class {
                Class::Country => vec![*id],
                _ => self.cast.profiles[id.0]
                    .offices
                    .iter()
                    .flat_map(|(_, _, of)| of.iter().copied())
                    .filter(|b| self.cast.entities[b.0].class == Class::Country)
                    .take(1)
                    .collect(),
            };
            out.extend(states.into_iter().filter(|x| !out.contains(x)).collect::<Vec<_>>());
        }
        if out.len() > 1 { out } else { Vec::new() }
    }

    /// States that stand with the noun: "Kazakh side", "правительство Японии", "Japan's government".
    fn states_of(&self, index: usize, i: usize) -> Vec<LocalId> {
        let s = &self.sentences[index];
        let mut out = Vec::new();
        for m in self.mentions.iter().rev().take_while(|m| m.sentence == index) {
            let with = s.tokens[m.head].head == Some(i)
                && ["amod", "nmod", "compound", "det"].iter().any(|r| s.tokens[m.head].is(r));
            if m.class == Class::Country && with {
                out.extend(m.entities.iter().copied());
            }
        }
        out
    }
}
