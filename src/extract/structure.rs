//! Relations that stand in a noun phrase, not in a predicate: offices, "Almaty, Kazakhstan", department of a ministry,
//! the meeting in Tashkent on 5 May.
//!
//! Input: a [`Discourse`]. Output: claims with rule `relation/structure/name`.
//! Limitation: they take no notice of negation; a noun phrase presupposes what it says.

use super::{
    Claim, Class, Evidence, LocalId, Object, Status, Value,
    discourse::{Discourse, Mention, MentionKind},
    offices::{Office, OfficeTense},
    phrase,
};
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{LinkRole, Meaning, OfficeKind, Ontology, PredicateKind, fold},
};
use std::collections::BTreeSet;

/// All structural claims of the article, in text order.
#[must_use]
pub fn claims(discourse: &mut Discourse, ontology: &Ontology) -> Vec<Claim> {
    let d = &*discourse;
    let finder = Finder { d, o: ontology };
    let mut found = Vec::new();
    for (office, holder) in &d.offices {
        if let Some(id) = holder {
            finder.office(office, *id, &mut found);
        }
    }
    for m in &d.mentions {
        finder.containment(m, &mut found);
        finder.membership(m, &mut found);
        finder.event(m, &mut found);
    }
    found.sort_by_key(|c| c.evidence.span.start);
    found
}

struct Finder<'f, 'a> {
    d: &'f Discourse<'a>,
    o: &'f Ontology,
}

impl Finder<'_, '_> {
    fn claim(
        &self,
        sentence: usize,
        triple: (LocalId, &str, Object),
        name: &str,
        confidence: f32,
        arcs: Vec<String>,
    ) -> Claim {
        let span = self.d.sentences[sentence].span;
        let (subject, predicate, object) = triple;
        Claim {
            subject,
            predicate: predicate.to_owned(),
            object,
            status: Status::Asserted,
            speaker: None,
            date: None,
            place: None,
            confidence,
            evidence: Evidence { span, text: self.d.slice(span).to_owned() },
            rule: format!("{predicate}/structure/{name}"),
            arcs,
        }
    }

    fn sentence(&self, m: &Mention) -> &Sentence {
        &self.d.sentences[m.sentence]
    }

    /// What an office says of its holder.
    fn office(&self, office: &Office, id: LocalId, found: &mut Vec<Claim>) {
        let s = &self.d.sentences[office.sentence];
        let text = self.office_text(s, office);
        // An office that merely points back ("the minister") says nothing new.
        let pointed = office.holder.is_none();
        let generic = self.o.anaphors.get(s.language, &fold(&s.tokens[office.head].lemma), "NOUN").is_some();
        if pointed && (office.bodies.is_empty() || generic) {
            return;
        }
        let occupation = office.kind == OfficeKind::None && office.bodies.is_empty();
        let (confidence, name) = match office.link {
            "" => (0.7, "coreferent-office"),
            "copula" | "verb" => (0.8, "predicative-office"),
            "joined" => (0.85, "joined-office"),
            "listed" => (0.85, "listed-office"),
            "tree" => (0.85, "attached-office"),
            _ => (0.92, "adjacent-office"),
        };
        let holder = office.holder.map_or_else(|| "the holder named before".to_owned(), |h| s.tokens[h].form.clone());
        let arcs = vec![format!(
            "{} –{}→ {holder}",
            s.tokens[office.head].form,
            if office.link.is_empty() { "coreference" } else { office.link }
        )];
        let mut push = |predicate: &str, object: Object| {
            found.push(self.claim(office.sentence, (id, predicate, object), name, confidence, arcs.clone()));
        };
        // An office that was joined to the next has given its words to it.
        // "A member of the party" says to what somebody belongs, which is a relation of its own.
        let mere = office.text.len() == 1
            && self
                .o
                .lexicon
                .of(s.language, &fold(&s.tokens[office.head].lemma))
                .any(|r| r.relation == "memberOf" && r.kind == PredicateKind::Noun);
        if !text.is_empty() && !occupation && !mere && !self.said_in_full(office, id) {
            push("position", Object::Literal(Value::Text { text, language: s.language }));
        }
        if office.tense == OfficeTense::Former {
            return;
        }
        let bodies = self.bodies(office, id);
        for (i, &body) in bodies.iter().enumerate() {
            let entity = self.d.entity(body);
            let agent = matches!(entity.class, Class::Organization | Class::Country);
            let predicate = match office.kind {
                OfficeKind::Head
                    if office.tense == OfficeTense::Present && (agent || entity.class == Class::Place) && i == 0 =>
                {
                    "headOf"
                }
                OfficeKind::Chief
                    if office.tense == OfficeTense::Present
                        && matches!(entity.class, Class::Organization | Class::Place)
                        && i == 0 =>
                {
                    "headOf"
                }
                OfficeKind::Head | OfficeKind::Chief | OfficeKind::Represent if agent => "represents",
                OfficeKind::Member if agent && entity.class == Class::Organization => "memberOf",
                OfficeKind::Member | OfficeKind::None | OfficeKind::Title if agent => "represents",
                _ => continue,
            };
            // A country behind the body: who heads the ministry of a state represents the state; nothing else passes on.
            if i > 0 && entity.class != Class::Country {
                continue;
            }
            push(predicate, Object::Entity(body));
        }
    }

    /// Whether the article gives the same office of this person more fully elsewhere.
    fn said_in_full(&self, office: &Office, id: LocalId) -> bool {
        let words = |f: &Office| -> BTreeSet<String> {
            let s = &self.d.sentences[f.sentence];
            f.text.iter().map(|&i| super::labels::stem(s.language, &s.tokens[i].form, &self.o.declension)).collect()
        };
        let own = words(office);
        self.d.offices.iter().any(|(other, holder)| {
            let theirs = words(other);
            *holder == Some(id) && other.tense == office.tense && theirs.len() > own.len() && own.is_subset(&theirs)
        })
    }

    /// The bodies of an office, the first first; after a state's own organ the state too.
    fn bodies(&self, office: &Office, id: LocalId) -> Vec<LocalId> {
        let d = self.d;
        let mut out: Vec<LocalId> = Vec::new();
        for &b in &office.bodies {
            for &body in d.denoted(office.sentence, b) {
                let class = d.entity(body).class;
                if body != id && class != Class::Person && !out.contains(&body) {
                    out.push(body);
                }
            }
        }
        // A state named beside a body is the body's state; the body comes first.
        out.sort_by_key(|b| d.entity(*b).class == Class::Country);
        if let [body] = *out.as_slice()
            && d.entity(body).class == Class::Organization
        {
            let within =
                office.bodies.iter().filter_map(|&b| d.at(office.sentence, b)).map(|m| m.tokens.clone()).next();
            let s = &self.d.sentences[office.sentence];
            let organ = within.clone().into_iter().flatten().any(|i| {
                let t = &s.tokens[i];
                [&t.lemma, &t.form]
                    .into_iter()
                    .any(|w| self.o.name_grammar.links(s.language, LinkRole::Organ, &fold(w)))
            });
            let states = within.into_iter().flatten().filter_map(|i| self.state_at(office.sentence, i));
            out.extend(states.filter(|_| organ).take(1));
        }
        out
    }

    fn state_at(&self, sentence: usize, token: usize) -> Option<LocalId> {
        let m = self.d.mentions_in(sentence).iter().find(|m| m.head == token && m.class == Class::Country)?;
        m.entities.first().copied()
    }

    /// The office's words in the nominative, body and country left out.
    fn office_text(&self, s: &Sentence, office: &Office) -> String {
        // "Presidents X and Y": each is one.
        if office.link == "listed" {
            let word = |&i: &usize| {
                let t = &s.tokens[i];
                if i > office.head { t.form.clone() } else { t.lemma.clone() }
            };
            return office.text.iter().map(word).collect::<Vec<_>>().join(" ");
        }
        super::labels::words(s, &office.text, office.head, &self.o.declension)
    }

    /// "Almaty, Kazakhstan", "the embassy in Tokyo", "department of the ministry".
    fn containment(&self, m: &Mention, found: &mut Vec<Claim>) {
        let d = self.d;
        let s = self.sentence(m);
        let [inner] = *m.entities.as_slice() else { return };
        let body = m.kind == MentionKind::Name || phrase::is_capitalised(&s.tokens[m.head]);
        let group = s.tokens[m.head].feats.get("Number") == Some("Plur") && m.kind == MentionKind::Description;
        let spatial = |c: Class| matches!(c, Class::Place | Class::Country);
        if m.class == Class::Place && m.kind == MentionKind::Name {
            // "Almaty, Kazakhstan": nothing but a comma between, and something that closes after.
            let comma = s.tokens.get(m.tokens.end).is_some_and(|t| t.form == ",");
            let next = d
                .mentions_in(m.sentence)
                .iter()
                .find(|n| n.tokens.start == m.tokens.end + 1 && n.kind == MentionKind::Name && spatial(n.class));
            if let Some(outer) = next.filter(|_| comma)
                && let [place] = *outer.entities.as_slice()
                && self.may_lie_in(inner, place, s.tokens[outer.head].is("conj"))
            {
                let arcs = vec![format!("{} , {}", s.tokens[m.head].form, s.tokens[outer.head].form)];
                found.push(self.claim(
                    m.sentence,
                    (inner, "locatedIn", Object::Entity(place)),
                    "place-comma-place",
                    0.9,
                    arcs,
                ));
            }
        }
        if !matches!(m.class, Class::Place | Class::Organization) || group {
            return;
        }
        self.beside(m, inner, found);
        for k in s.children(m.head).filter(|&k| k > m.head && (s.tokens[k].is("nmod") || s.tokens[k].is("obl"))) {
            let Some(other) = d.mentions_in(m.sentence).iter().find(|n| n.head == k && n.entities.len() == 1) else {
                continue;
            };
            let outer = other.entities[0];
            if outer == inner {
                continue;
            }
            let case = s.children(k).find(|&c| s.tokens[c].is("case") && c < k).map(|c| fold(&s.tokens[c].form));
            let meaning = case.as_deref().and_then(|c| self.o.prepositions.get(s.language, c)).map(|p| p.meaning);
            let arcs = vec![format!("{} –{}→ {}", s.tokens[m.head].form, s.tokens[k].deprel, s.tokens[k].form)];
            // "The meeting of the Fund in Lima": the place is the meeting's.
            let of_event = std::iter::successors(s.tokens[m.head].head, |&h| s.tokens[h].head)
                .take(2)
                .any(|h| super::names::noun_class(s, h, self.o) == Some(Class::Event));
            if meaning == Some(Meaning::Place)
                && d.is_located(s, k)
                && spatial(other.class)
                && d.entity(inner).named
                && !of_event
            {
                found.push(self.claim(
                    m.sentence,
                    (inner, "locatedIn", Object::Entity(outer)),
                    "noun-in-place",
                    0.8,
                    arcs,
                ));
            } else if self.of(s, k, case.as_deref())
                && other.class == Class::Organization
                && m.class == Class::Organization
                && body
                && self.is_specific(inner)
                && d.entity(outer).named
            {
                found.push(self.claim(
                    m.sentence,
                    (inner, "partOf", Object::Entity(outer)),
                    "body-of-body",
                    0.75,
                    arcs,
                ));
            }
        }
        if m.class == Class::Organization && body {
            self.organ(m, inner, found);
        }
    }

    /// "The Centre in Almaty", "Indonesia's Aceh": the place right beside the name, whatever the tree hangs it on.
    fn beside(&self, m: &Mention, inner: LocalId, found: &mut Vec<Claim>) {
        let d = self.d;
        let s = self.sentence(m);
        let named = m.kind == MentionKind::Name;
        for n in d.mentions_in(m.sentence).iter().filter(|n| n.entities.len() == 1 && n.kind == MentionKind::Name) {
            let outer = n.entities[0];
            let spatial = matches!(n.class, Class::Place | Class::Country);
            let after = n.tokens.start == m.tokens.end + 1
                && s.tokens[m.tokens.end].upos == "ADP"
                && d.is_located(s, n.head)
                && m.class == Class::Organization
                // A name in mid-sentence that ends before "in" may also be followed by the verb's adjunct; bodies' nouns rarely are.
                && super::names::noun_class(s, m.head, self.o) == Some(Class::Organization);
            let before = m.class == Class::Place
                && n.class == Class::Country
                && n.tokens.end + 1 == m.tokens.start
                && s.tokens[n.tokens.end].upos == "PART";
            let tree = s.tokens[n.head].head == Some(m.head) && after;
            if named && spatial && (after || before) && !tree && outer != inner {
                let arcs = vec![format!("{} – {}", s.tokens[m.head].form, s.tokens[n.head].form)];
                found.push(self.claim(
                    m.sentence,
                    (inner, "locatedIn", Object::Entity(outer)),
                    "beside-place",
                    0.7,
                    arcs,
                ));
            }
        }
    }

    /// Whether the complement belongs: "of", or the genitive.
    fn of(&self, s: &Sentence, k: usize, case: Option<&str>) -> bool {
        match (s.language, case) {
            (Language::Ru, None) => s.tokens[k].feats.get("Case").is_none_or(|c| c == "Gen"),
            (Language::En, Some(c)) => {
                self.o.name_grammar.links(s.language, LinkRole::Body, c) && c.len() == 2 && c != "at"
            }
            _ => false,
        }
    }

    /// A body within whose name another body's stands: the Executive Committee of the Fund is part of the Fund.
    fn organ(&self, m: &Mention, inner: LocalId, found: &mut Vec<Claim>) {
        let s = self.sentence(m);
        let within = self.d.mentions_in(m.sentence).iter().filter(|n| {
            n.kind == MentionKind::Name
                && n.class == Class::Organization
                && n.tokens != m.tokens
                && m.tokens.start <= n.tokens.start
                && n.tokens.end <= m.tokens.end
        });
        for n in within {
            let [outer] = *n.entities.as_slice() else { continue };
            // "The UN Centre", "MTM company": what stands before the noun rather names than holds.
            let belongs = n.tokens.start > m.head
                && phrase::is_under(s, n.head, m.head)
                && (s.tokens[n.head].head == Some(m.head) || n.tokens.end == m.tokens.end);
            let case =
                s.children(n.head).find(|&c| s.tokens[c].is("case") && c < n.head).map(|c| fold(&s.tokens[c].form));
            let fits = self.of(s, n.head, case.as_deref());
            if belongs && fits && outer != inner {
                let arcs = vec![format!("{} ⊂ {}", s.tokens[n.head].form, s.tokens[m.head].form)];
                found.push(self.claim(
                    m.sentence,
                    (inner, "partOf", Object::Entity(outer)),
                    "name-in-name",
                    0.75,
                    arcs,
                ));
            }
        }
    }

    /// Named, or described by more than a bare noun.
    fn is_specific(&self, id: LocalId) -> bool {
        let e = self.d.entity(id);
        e.named || e.label.split_whitespace().count() > 1
    }

    /// The gazetteer knows where cities lie; an unknown place may lie anywhere but in another city, and a member of an
    /// enumeration lies in the next one only if the gazetteer says so.
    fn may_lie_in(&self, inner: LocalId, outer: LocalId, listed: bool) -> bool {
        let known = |id: LocalId| self.d.entity(id).known.as_deref().and_then(|k| self.o.gazetteer.get(k));
        let outer_is_state = self.d.entity(outer).class == Class::Country;
        match (known(inner), known(outer)) {
            (Some(a), Some(b)) => {
                a.country.as_deref() == Some(b.key.as_str()) || (a.country == b.country && b.geonames.is_none())
            }
            (None, Some(b)) => !listed && (outer_is_state || b.geonames.is_none()),
            _ => !listed,
        }
    }

    /// "Amy Ng of the Workers' Party", "the Workers' Party's Amy Ng": a person beside the body that they belong to. Word order is
    /// asked, not the tree, which hangs such bodies anywhere in an enumeration.
    fn membership(&self, m: &Mention, found: &mut Vec<Claim>) {
        let s = self.sentence(m);
        let [person] = *m.entities.as_slice() else { return };
        if m.class != Class::Person || m.kind != MentionKind::Name || s.language != Language::En {
            return;
        }
        let bodies = self
            .d
            .mentions_in(m.sentence)
            .iter()
            .filter(|n| n.class == Class::Organization && n.kind == MentionKind::Name && n.entities.len() == 1);
        for n in bodies {
            let before = n.tokens.end + 1 == m.tokens.start && s.tokens[n.tokens.end].upos == "PART";
            let mut first = n.tokens.start;
            while first > m.tokens.end && s.tokens[first - 1].upos == "DET" {
                first -= 1;
            }
            let after = first == m.tokens.end + 1 && fold(&s.tokens[m.tokens.end].form) == "of";
            let office = self.d.offices_in(m.sentence).iter().any(|(f, _)| f.bodies.contains(&n.head));
            if (before || after) && !office {
                let arcs = vec![format!("{} – {}", s.tokens[m.head].form, s.tokens[n.head].form)];
                let object = Object::Entity(n.entities[0]);
                found.push(self.claim(m.sentence, (person, "memberOf", object), "person-of-body", 0.65, arcs));
            }
        }
    }

    /// "The 7th meeting in Tashkent on 5 May": place and date that hang on the event's noun.
    fn event(&self, m: &Mention, found: &mut Vec<Claim>) {
        let d = self.d;
        let s = self.sentence(m);
        let [event] = *m.entities.as_slice() else { return };
        if m.class != Class::Event || m.kind == MentionKind::Pronoun {
            return;
        }
        let near = |head: usize| super::time::distance(s, head, m.head).filter(|&d| d <= 1);
        for t in d.times.iter().filter(|t| t.sentence == m.sentence) {
            let inside = m.tokens.contains(&t.head) && t.head != m.head;
            if near(t.head).is_some() || inside {
                let arcs =
                    vec![format!("{} –{}→ {}", s.tokens[m.head].form, s.tokens[t.head].deprel, s.tokens[t.head].form)];
                let object = Object::Literal(Value::Date(t.value.clone()));
                found.push(self.claim(m.sentence, (event, "occurredOn", object), "event-date", 0.85, arcs));
                break;
            }
        }
        // A visit goes to a place; that is another relation.
        if super::names::is_motion(s, m.head, self.o) {
            return;
        }
        for n in d.mentions_in(m.sentence).iter().filter(|n| matches!(n.class, Class::Place | Class::Country)) {
            let [place] = *n.entities.as_slice() else { continue };
            if d.entity(place).named && n.head != m.head && near(n.head).is_some() && d.is_located(s, n.head) {
                let arcs =
                    vec![format!("{} –{}→ {}", s.tokens[m.head].form, s.tokens[n.head].deprel, s.tokens[n.head].form)];
                found.push(self.claim(
                    m.sentence,
                    (event, "tookPlaceIn", Object::Entity(place)),
                    "event-place",
                    0.85,
                    arcs,
                ));
            }
        }
    }
}
