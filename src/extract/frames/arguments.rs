//! Arguments of a row: what fills its roles, as entities, described things, clauses and lists.

use super::{Filler, Match, Reading, allowed, filling, matches};
use crate::{
    extract::{
        Class, LocalEntity, LocalId, Object, Value,
        denotation::denotation,
        discourse::MentionKind,
        names::described_noun,
        phrase,
        roles::Predicate,
        speech::{self, Speech},
        tree::Tree,
    },
    ontology::{Collective, Extent, Function, LexiconRow, Meaning, PredicateKind, Relation, Role},
};
use std::collections::BTreeSet;

/// How many sentences back an act may be that is meant by its bare noun.
const REACH: usize = 8;

impl Reading<'_, '_> {
    pub(super) fn subjects(
        &mut self,
        sentence: usize,
        p: &Predicate,
        m: &Match,
        relation: &Relation,
        speech: &Speech,
    ) -> Vec<Filler> {
        let classes = allowed(&m.row.subject_types, Some(&relation.domain));
        let (tree, roles) = (&self.trees[sentence], &self.roles[sentence]);
        for role in &m.row.subject {
            let mut found = Vec::new();
            for token in filling(tree, roles, p, &m.companions, role) {
                let denoted = self.entities(sentence, token, &classes, role, speech);
                let event = self.ontology.head_nouns.get(tree.language(), tree.lemma(token)).map(|n| n.class);
                if denoted.is_empty() && event == Some(Class::Event) && classes.contains(&Class::Event) {
                    found.extend(self.described(sentence, &[token], &[Class::Event].into(), Extent::Entity));
                }
                found.extend(denoted);
            }
            found.retain(|f| !self.is_crowd(sentence, f, relation));
            if !found.is_empty() {
                return found;
            }
        }
        // "In talks with X, Y said": who acts in the clause acts in its nouns, where nothing else says who does.
        let mut found = Vec::new();
        if m.row.subject.contains(&Role::Subj) && p.kind == PredicateKind::Noun {
            for &token in p.context.iter().find(|c| self.any_agent(sentence, c)).into_iter().flatten() {
                let agents = self.entities(sentence, token, &classes, &Role::Subj, speech);
                found.extend(agents.into_iter().map(|f| Filler { sure: false, ..f }));
            }
        }
        found
    }

    fn any_agent(&self, sentence: usize, tokens: &[usize]) -> bool {
        let d = &*self.discourse;
        let pronoun = |t: usize| matches!(self.trees[sentence].upos(t), "PRON" | "DET");
        tokens.iter().any(|&t| pronoun(t) || denotation(d, sentence, t).iter().any(|id| d.entity(*id).class.is_agent()))
    }

    pub(super) fn objects(
        &mut self,
        sentence: usize,
        p: &Predicate,
        m: &Match,
        relation: &Relation,
        subjects: &[Filler],
        speech: &Speech,
    ) -> Vec<Filler> {
        let (tree, roles) = (&self.trees[sentence], &self.roles[sentence]);
        // "Briefed X on Y": where the lemma has a preposition, its noun comes before the object.
        let own = |role: &&Role| {
            let prepositions =
                m.companions.iter().filter(|&&c| matches!(tree.rel(c), "case" | "mark" | "compound:prt"));
            matches!(role, Role::Obl { preposition, .. } if prepositions.clone().any(|&c| tree.form(c) == preposition))
        };
        let mut wanted: Vec<&Role> = m.row.object.iter().filter(own).collect();
        wanted.extend(m.row.object.iter().filter(|r| !own(r)));
        for role in wanted {
            let found = match role {
                Role::Parts => subjects.to_vec(),
                Role::Time => match self.time(sentence, p) {
                    Some(time) => {
                        vec![Filler { object: Object::Literal(Value::Date(time.clone())), token: p.token, sure: true }]
                    }
                    None => Vec::new(),
                },
                _ => {
                    let tokens = filling(tree, roles, p, &m.companions, role);
                    // "The need of creating conditions": what belongs to one argument is not another.
                    let outer = |t: &usize| {
                        tokens.iter().any(|u| u != t && !tree.is(*t, "conj") && phrase::is_under(tree.sentence, *t, *u))
                    };
                    let tokens: Vec<usize> =
                        tokens.iter().copied().filter(|t| !outer(t)).flat_map(|t| instances(tree, t)).collect();
                    let tokens = if m.row.extent == Extent::Phrase { with_list_items(tree, &tokens) } else { tokens };
                    let mut found = Vec::new();
                    for group in joined_pairs(tree, &tokens) {
                        found.extend(self.object_of(sentence, p, &group, relation, m.row, role, speech));
                    }
                    found
                }
            };
            // A reciprocal predicate has no object but its own members.
            if !found.is_empty() && (*role != Role::Parts || distinct(&found) > 1) {
                return found;
            }
        }
        // "Accused Chad of the attack": the act was told before.
        let charged = p.light.is_some_and(|v| {
            let rows = self.ontology.lexicon.of(tree.language(), tree.lemma(v));
            relation.name == "attacked" && rows.into_iter().any(|r| r.relation == "criticized")
        });
        if charged {
            return self.last_act(sentence, p.token, relation, speech);
        }
        Vec::new()
    }

    #[expect(clippy::too_many_arguments, reason = "one place in one frame")]
    fn object_of(
        &mut self,
        sentence: usize,
        p: &Predicate,
        group: &[usize],
        relation: &Relation,
        row: &LexiconRow,
        role: &Role,
        speech: &Speech,
    ) -> Vec<Filler> {
        let classes = &allowed(&row.object_types, Some(&relation.range));
        let tree = &self.trees[sentence];
        let token = group[0];
        if relation.text {
            // "Chosen to run it", "it became known" name no office; what the sentence's offices say needs no second reading.
            let read = self
                .discourse
                .offices_in(sentence)
                .iter()
                .any(|(f, holder)| f.tokens.contains(&token) && holder.is_some());
            if !matches!(tree.upos(token), "NOUN" | "PROPN") || read {
                return Vec::new();
            }
            let words = phrase::extent(tree.sentence, token, phrase::Extent::Full);
            let text = phrase::readable(tree.sentence, &words);
            let object = Object::Literal(Value::Text { text, language: tree.language() });
            return vec![Filler { object, token, sure: true }];
        }
        if (clause_role(role) || !tree.is_nominal(token)) && tree.is_clausal(token) {
            return self.clause_object(sentence, p, token, classes, row);
        }
        let denoted = self.entities(sentence, token, classes, role, speech);
        if denoted.is_empty() {
            let victims = self.of_act(sentence, token, relation, speech);
            if !victims.is_empty() {
                return victims;
            }
        }
        if !denoted.is_empty() && (group.len() == 1 || self.is_named(sentence, token)) {
            let mut all = denoted;
            for &more in &group[1..] {
                all.extend(self.entities(sentence, more, classes, role, speech));
            }
            return all;
        }
        self.described(sentence, group, classes, row.extent).into_iter().collect()
    }

    /// "People", "officials of the party": a plural that names nobody does nothing worth a node, unless it is force.
    fn is_crowd(&self, sentence: usize, f: &Filler, relation: &Relation) -> bool {
        let Object::Entity(id) = f.object else { return false };
        let entity = self.discourse.entity(id);
        let plural = self.trees[sentence].feat(f.token, "Number") == Some("Plur");
        let nameless = !entity.named
            && entity.class == Class::Organization
            && !entity.label.chars().skip(1).any(char::is_uppercase);
        plural && nameless && !matches!(relation.name.as_str(), "attacked" | "participatedIn" | "metWith")
    }

    /// "Both sides" whom nobody could tell are no actor.
    fn is_nobody(&self, sentence: usize, token: usize) -> bool {
        let tree = &self.trees[sentence];
        let noun = super::super::names::head_noun(tree.sentence, token, self.ontology);
        let mention = self.discourse.at(sentence, token);
        noun.is_some_and(|n| matches!(n.collective, Some(Collective::Side | Collective::Parties)))
            && mention.is_some_and(|m| {
                m.head == token
                    && m.class == Class::Organization
                    && m.entities.iter().all(|&e| !self.discourse.entity(e).named)
            })
    }

    /// "Had nothing to do with the attack": whom the act at `token` was done to, by its own words or those of the last such act.
    fn of_act(&self, sentence: usize, token: usize, relation: &Relation, speech: &Speech) -> Vec<Filler> {
        let noun = self.roles[sentence].at(token).filter(|n| n.kind == PredicateKind::Noun);
        let own = noun.and_then(|n| self.objects_of_act(sentence, n, relation, speech));
        match own {
            Some(found) if found.is_empty() => self.last_act(sentence, token, relation, speech),
            Some(found) => found,
            None => Vec::new(),
        }
    }

    /// The objects of the last act of the same relation before the word.
    fn last_act(&self, sentence: usize, token: usize, relation: &Relation, speech: &Speech) -> Vec<Filler> {
        for s in (sentence.saturating_sub(REACH)..=sentence).rev() {
            let before: Vec<&Predicate> = self.roles[s].iter().filter(|p| s < sentence || p.token < token).collect();
            for p in before.into_iter().rev() {
                let found = self.objects_of_act(s, p, relation, speech).unwrap_or_default();
                if !found.is_empty() {
                    return found.into_iter().map(|f| Filler { token, sure: false, ..f }).collect();
                }
            }
        }
        Vec::new()
    }

    /// What fills the object of a predicate of this relation, by name; none where it is no such predicate.
    fn objects_of_act(
        &self,
        sentence: usize,
        p: &Predicate,
        relation: &Relation,
        speech: &Speech,
    ) -> Option<Vec<Filler>> {
        let (tree, roles) = (&self.trees[sentence], &self.roles[sentence]);
        let rows = matches(self.ontology, tree, roles, p);
        let row = rows.iter().find(|m| m.row.relation == relation.name)?;
        let classes = allowed(&row.row.object_types, Some(&relation.range));
        for role in &row.row.object {
            for t in filling(tree, roles, p, &row.companions, role) {
                // "A strike on the port of Odesa": the place is known by what names it.
                let inner = roles.at(t).map(|n| n.filling(&Role::Gen)).unwrap_or_default();
                let mut words = std::iter::once(t).chain(inner);
                let found = words
                    .find_map(|k| Some(self.entities(sentence, k, &classes, role, speech)).filter(|f| !f.is_empty()));
                if found.is_some() {
                    return found;
                }
            }
        }
        Some(Vec::new())
    }

    fn is_named(&self, sentence: usize, token: usize) -> bool {
        self.discourse.at(sentence, token).is_some_and(|m| m.kind != MentionKind::Description)
    }

    /// Entities of the wanted classes that the word denotes; "I" is who is speaking, "we" the state or body spoken for.
    fn entities(
        &self,
        sentence: usize,
        token: usize,
        classes: &BTreeSet<Class>,
        role: &Role,
        speech: &Speech,
    ) -> Vec<Filler> {
        let d = &*self.discourse;
        let tree = &self.trees[sentence];
        let fits = |id: &&LocalId| classes.contains(&d.entity(**id).class);
        if self.is_nobody(sentence, token) {
            return Vec::new();
        }
        let mut ids = denotation(d, sentence, token);
        ids.retain(|id| fits(&id));
        if ids.is_empty() && *role == Role::Mod {
            // "Kazakh initiative": the adjective may denote although it lies within a longer mention.
            let inner = d.mentions_in(sentence).iter().find(|m| m.head == token);
            ids = inner.map(|m| m.entities.iter().filter(fits).copied().collect()).unwrap_or_default();
        }
        if ids.is_empty() && matches!(tree.upos(token), "PRON" | "DET") && tree.feat(token, "Person") == Some("1") {
            ids.extend(speech.speaker(sentence, token).filter(|id| classes.contains(&d.entity(*id).class)));
        }
        let sure = d.at(sentence, token).is_none_or(|m| m.kind != MentionKind::Pronoun);
        ids.into_iter().map(|id| Filler { object: Object::Entity(id), token, sure }).collect()
    }

    /// A noun phrase that names nothing known becomes a described entity, if its class may stand there.
    fn described(
        &mut self,
        sentence: usize,
        group: &[usize],
        classes: &BTreeSet<Class>,
        extent: Extent,
    ) -> Option<Filler> {
        let (tree, token) = (&self.trees[sentence], group[0]);
        let word = tree.token(token);
        let nominal = matches!(word.upos.as_str(), "NOUN" | "PROPN" | "X");
        // "Signed a number of agreements", "adopted documents": nothing that could be known later either.
        let texts = tree.feat(token, "Number") == Some("Plur")
            && !tree
                .children(token)
                .iter()
                .any(|&k| matches!(tree.rel(k), "nmod" | "acl" | "acl:relcl" | "compound" | "flat"))
            && !tree.children(token).iter().any(|&k| tree.is(k, "nummod"));
        let is_time = self.discourse.times.iter().any(|t| t.sentence == sentence && t.tokens.contains(&token));
        // "This topic" names nothing that could be known later.
        let words = &self.ontology.function_words;
        let bare = tree.children(token).iter().all(|&k| matches!(tree.rel(k), "det" | "case" | "punct" | "amod"))
            && tree.children(token).iter().any(|&k| words.has(tree.language(), Function::Demonstrative, tree.lemma(k)));
        if !nominal || is_time || bare {
            return None;
        }
        let known = described_noun(tree.sentence, token, self.ontology).map(|n| n.class);
        let mentioned = self.discourse.at(sentence, token).filter(|m| m.head == token).map(|m| m.class);
        if texts && known == Some(Class::Instrument) && !classes.contains(&Class::Topic) {
            return None;
        }
        let class = mentioned.or(known).filter(|c| classes.contains(c)).or_else(|| {
            let topic = classes.contains(&Class::Topic);
            let only = [Class::Initiative].into_iter().find(|c| classes.contains(c));
            let narrow = classes.iter().filter(|c| !c.is_agent()).count() <= 1;
            let thing = tree.feat(token, "Animacy") != Some("Anim")
                && self.discourse.offices_in(sentence).iter().all(|(o, _)| !o.tokens.contains(&token));
            if topic {
                Some(Class::Topic)
            } else {
                only.filter(|_| known.is_none() && narrow && thing && mentioned.is_none())
            }
        })?;
        let things = extent == Extent::Entity && class != Class::Topic;
        let reach = if things { phrase::Extent::Full } else { phrase::Extent::Clausal };
        let mut extent = phrase::extent(tree.sentence, token, reach);
        for &more in &group[1..] {
            let next = phrase::extent(tree.sentence, more, reach);
            extent = extent.start.min(next.start)..extent.end.max(next.end);
        }
        // An item ends where the next begins, although the tree may hang that one within it.
        let next = (token + 1..extent.end)
            .find(|&k| tree.is(k, "conj") && !group.contains(&k) && with_list_items(tree, &[token]).contains(&k));
        if let Some(next) = next {
            let start = phrase::extent(tree.sentence, next, phrase::Extent::Core).start;
            extent.end = phrase::trimmed(tree.sentence, extent.start..start.max(token + 1)).end;
        }
        let id = self.discourse.describe(sentence, token, extent, class);
        Some(Filler { object: Object::Entity(id), token, sure: true })
    }

    /// A clause as object: the thing it would bring about where it names one ("to establish a regional centre"), else its words.
    fn clause_object(
        &mut self,
        sentence: usize,
        p: &Predicate,
        clause: usize,
        classes: &BTreeSet<Class>,
        row: &LexiconRow,
    ) -> Vec<Filler> {
        let (tree, roles) = (&self.trees[sentence], &self.roles[sentence]);
        let brings_about =
            |r: &LexiconRow| matches!(r.relation.as_str(), "established" | "organized" | "adopted" | "signed");
        if let Some(verb) = roles.at(clause)
            && row.relation == "proposed"
            && matches(self.ontology, tree, roles, verb).iter().any(|m| brings_about(m.row))
        {
            let things: BTreeSet<Class> =
                [Class::Instrument, Class::Organization, Class::Event, Class::Initiative].into();
            let wanted: BTreeSet<Class> = things.intersection(classes).copied().collect();
            let objects = verb.filling(&Role::Obj);
            let found: Vec<Filler> =
                objects.iter().filter_map(|&t| self.described(sentence, &[t], &wanted, Extent::Entity)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        let class = [Class::Topic, Class::Initiative].into_iter().find(|c| classes.contains(c));
        let (Some(class), Some(mut words)) = (class, speech::clause_words(tree, clause, &[])) else {
            return Vec::new();
        };
        // "Urged Haiti to hold elections": who is to do it belongs to what is asked.
        let doer = roles.at(clause).and_then(|c| c.surface.iter().copied().find(|&t| p.token < t && t < clause));
        if let Some(doer) = doer.filter(|_| p.kind == PredicateKind::Verb) {
            words.extend(phrase::extent(tree.sentence, doer, phrase::Extent::Full));
            words.sort_unstable();
            words.dedup();
        }
        let text = speech::text_of(tree, &words);
        let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
        let id = LocalId(self.discourse.entities.len());
        let span = self.discourse.span(sentence, &(first..last + 1));
        self.discourse.entities.push(LocalEntity {
            class,
            label: text.clone(),
            language: tree.language(),
            names: vec![text],
            named: false,
            mentions: vec![span],
            affiliation: Vec::new(),
            known: None,
        });
        vec![Filler { object: Object::Entity(id), token: clause, sure: true }]
    }
}

fn clause_role(role: &Role) -> bool {
    matches!(role, Role::Clause | Role::Xcomp | Role::Acl)
}

fn distinct(fillers: &[Filler]) -> usize {
    let mut objects: Vec<&Object> = Vec::new();
    for f in fillers {
        if !objects.contains(&&f.object) {
            objects.push(&f.object);
        }
    }
    objects.len()
}

/// "Documents such as X and Y" are X and Y.
fn instances(tree: &Tree, token: usize) -> Vec<usize> {
    // "Documents adopted in Lima, such as X": the examples may hang on the participle.
    let participles = tree.with_rel(token, "acl").flat_map(|k| tree.children(k).iter().copied());
    let named = tree
        .children(token)
        .iter()
        .copied()
        .chain(participles)
        .filter(|&k| k > token)
        .find_map(|k| tree.marked(k).into_iter().find(|m| m.meaning == Some(Meaning::Instances)).map(|m| m.token));
    named.map_or_else(|| vec![token], |k| tree.conjuncts(k))
}

/// Items of a list that the analyzer hung on a noun within the first item: they follow a comma and begin like a new item.
fn with_list_items(tree: &Tree, tokens: &[usize]) -> Vec<usize> {
    let mut items = tokens.to_vec();
    for &token in tokens {
        let clause =
            |k: usize| tree.is(k, "acl") || tree.is(k, "advcl") || tree.is(k, "parataxis") || tree.is(k, "ccomp");
        for k in tree.subtree(token, &clause) {
            let item = tree.is(k, "conj") && tree.upos(k) == "NOUN" && !items.contains(&k);
            if !item || tree.head(k) == Some(token) {
                continue;
            }
            let mut before = phrase::extent(tree.sentence, k, phrase::Extent::Core).start;
            while before > 0 && matches!(tree.upos(before - 1), "DET" | "CCONJ" | "ADP" | "ADV") {
                before -= 1;
            }
            let comma = before > 0 && tree.form(before - 1) == ",";
            let fresh = (before..k).any(|i| matches!(tree.upos(i), "DET" | "CCONJ" | "ADP"));
            if comma && fresh {
                items.push(k);
            }
        }
    }
    items.sort_unstable();
    items.dedup();
    items
}

/// "Peace and security" is one thing talked about; longer lists and lists of names are several.
fn joined_pairs(tree: &Tree, tokens: &[usize]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // With "A, B, and C" a pair without comma is a pair; with "A, B and C" the last one is two items.
    let oxford = tokens.windows(2).any(|w| {
        let before = (w[0]..w[1]).rev().find(|&i| tree.is(i, "cc"));
        before.is_some_and(|cc| cc > 0 && tree.form(cc - 1) == ",")
    });
    for (n, &t) in tokens.iter().enumerate() {
        let last_of_list = tokens.len() > 2 && n + 1 == tokens.len() && !oxford;
        match groups.last_mut() {
            Some(group) if group.len() == 1 && !last_of_list && is_pair(tree, group[0], t) => group.push(t),
            _ => groups.push(vec![t]),
        }
    }
    groups
}

fn is_pair(tree: &Tree, a: usize, b: usize) -> bool {
    let split = |k: usize| tree.is(k, "det") || tree.is(k, "appos");
    let common = tree.upos(a) == "NOUN" && tree.upos(b) == "NOUN" && a < b;
    let linked = tree.is(b, "conj") && (a..b).any(|i| tree.is(i, "cc")) && !(a..b).any(|i| tree.form(i) == ",");
    let plain = !tree.children(a).iter().any(|&k| k > a && k < b && (tree.is(k, "nmod") || tree.is(k, "acl")));
    common && linked && plain && !tree.children(b).iter().any(|&k| split(k))
}
