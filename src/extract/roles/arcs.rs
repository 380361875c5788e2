//! The first pass: what the arcs of one predicate say by themselves, passive and relative pronouns undone.

use super::Predicate;
use crate::{
    analyze::NameKind,
    extract::{
        phrase::{self, Extent},
        tree::{Marked, Tree},
    },
    ingest::Language,
    ontology::{Function, Meaning, PredicateKind, Role},
};

fn kind(tree: &Tree, i: usize) -> Option<PredicateKind> {
    match tree.upos(i) {
        _ if tree.is_verbal(i) => Some(PredicateKind::Verb),
        "NOUN" | "PROPN" => Some(PredicateKind::Noun),
        "ADJ" => Some(PredicateKind::Adj),
        _ => None,
    }
}

/// What a relative pronoun stands for: the noun that its clause modifies; any other word stands for itself.
fn antecedent(tree: &Tree, token: usize) -> usize {
    let pronoun = matches!(tree.upos(token), "PRON" | "DET" | "ADV");
    if !pronoun || !tree.ontology.function_words.has(tree.language(), Function::Relative, tree.lemma(token)) {
        return token;
    }
    let mut at = token;
    while let Some(head) = tree.head(at) {
        if tree.is(at, "acl") || tree.rel(at) == "advcl:relcl" {
            return if tree.is_nominal(head) { person_above(tree, token, head) } else { token };
        }
        at = head;
    }
    token
}

/// "X, director of the institute under the president, who …": the analyzer hangs the clause on the nearest noun; "who" is
/// the person further up.
fn person_above(tree: &Tree, pronoun: usize, head: usize) -> usize {
    let person = |i: usize| tree.sentence.entities.iter().any(|e| e.kind == NameKind::Per && e.tokens.contains(&i));
    if !tree.ontology.function_words.has(tree.language(), Function::Animate, tree.lemma(pronoun)) || person(head) {
        return head;
    }
    std::iter::successors(Some(head), |&at| {
        let linked = tree.is(at, "nmod") || tree.is(at, "appos") || tree.is(at, "conj") || tree.is(at, "flat");
        tree.head(at).filter(|_| linked)
    })
    .take(5)
    .find(|&at| person(at))
    .unwrap_or(head)
}

/// The clause for which a correlative holds the place: "о том, что …".
fn correlative_clause(tree: &Tree, token: usize) -> Option<usize> {
    if !tree.ontology.function_words.has(tree.language(), Function::Correlative, tree.lemma(token)) {
        return None;
    }
    tree.children(token)
        .iter()
        .copied()
        .find(|&k| k > token && (tree.is(k, "acl") || tree.is(k, "ccomp") || tree.is(k, "advcl")) && tree.is_clausal(k))
}

fn case_of(tree: &Tree, token: usize) -> Option<&'static str> {
    let case = tree.feat(token, "Case")?;
    ["nom", "gen", "dat", "acc", "ins", "loc"].into_iter().find(|c| c.eq_ignore_ascii_case(case))
}

/// The predicate at `i` with the arguments that its own arcs give; none if the word is no predicate.
pub(super) fn direct(tree: &Tree, i: usize) -> Option<Predicate> {
    let kind = kind(tree, i)?;
    let mut p = Predicate::new(i, kind);
    for &k in tree.children(i) {
        match tree.rel(k) {
            "nsubj" | "nsubj:pass" | "nsubj:outer" => {
                p.surface.extend(tree.conjuncts(antecedent(tree, k)));
            }
            _ if kind == PredicateKind::Verb => verb_arc(tree, &mut p, k),
            _ => noun_arc(tree, &mut p, k),
        }
    }
    relative_without_pronoun(tree, &mut p);
    near_phrases(tree, &mut p);
    Some(p)
}

fn add_all(tree: &Tree, p: &mut Predicate, role: &Role, token: usize) {
    for t in tree.conjuncts(antecedent(tree, token)) {
        p.add(role.clone(), t, false);
    }
}

fn verb_arc(tree: &Tree, p: &mut Predicate, k: usize) {
    if let Some(clause) = correlative_clause(tree, k) {
        p.add(Role::Clause, clause, false);
        for m in tree.marked(k).into_iter().filter(|m| !m.preposition.is_empty()) {
            p.add(Role::obl(&m.preposition, case_of(tree, k)), clause, false);
        }
        return;
    }
    match tree.rel(k).split(':').next().unwrap_or_default() {
        "obj" => {
            add_all(tree, p, &Role::Obj, k);
            // "Set up within the ministry": the arc says object, the preposition says otherwise.
            if tree.case_marker(k).is_some() {
                oblique_of_verb(tree, p, k);
            }
        }
        // "Помогла Ливии": the arc knows the dative that the form shares with the genitive; the form knows the accusative,
        // unless the verb has its object already.
        "iobj" if tree.language() == Language::Ru && case_of(tree, k) != Some("ins") => {
            let accusative = case_of(tree, k) == Some("acc");
            if !accusative || tree.with_rel(p.token, "obj").next().is_none() {
                bare_case(tree, p, k, "dat");
            }
            for t in tree.conjuncts(antecedent(tree, k)) {
                p.add(Role::obl("", Some("dat")), t, false);
                p.add(Role::Iobj, t, accusative);
            }
        }
        "iobj" if tree.language() == Language::Ru => bare_case(tree, p, k, "dat"),
        "iobj" => add_all(tree, p, &Role::Iobj, k),
        "obl" | "nmod" => oblique_of_verb(tree, p, k),
        "ccomp" => p.add(Role::Clause, k, false),
        "xcomp" => p.add(Role::Xcomp, k, false),
        "advcl" if tree.language() == Language::En && tree.is_infinitive(k) => p.add(Role::Xcomp, k, true),
        "advcl" => marked_gerund(tree, p, k),
        _ => {}
    }
}

/// A Russian complement without preposition is what its case says, whatever the arc is called.
fn bare_case(tree: &Tree, p: &mut Predicate, k: usize, default: &str) {
    let case = case_of(tree, k).unwrap_or(default);
    match case {
        "acc" => add_all(tree, p, &Role::Obj, k),
        "dat" => add_all(tree, p, &Role::Iobj, k),
        "ins" if tree.is_passive(p.token) => add_all(tree, p, &Role::Subj, k),
        _ => {}
    }
    add_all(tree, p, &Role::obl("", Some(case)), k);
}

/// "Called for strengthening …": the preposition is a mark, the gerund its noun.
fn marked_gerund(tree: &Tree, p: &mut Predicate, k: usize) {
    if !tree.is_gerund(k) {
        return;
    }
    if let Some(mark) = tree.with_rel(k, "mark").find(|&m| tree.upos(m) == "ADP") {
        p.add(Role::obl(tree.form(mark), None), k, false);
    }
}

fn oblique_of_verb(tree: &Tree, p: &mut Predicate, k: usize) {
    let passive = tree.is_passive(p.token);
    let agent = tree.language() == Language::En || matches!(case_of(tree, k), None | Some("ins"));
    if tree.rel(k) == "obl:agent" && agent {
        add_all(tree, p, &Role::Subj, k);
        return;
    }
    for Marked { preposition, meaning, token } in tree.marked(k) {
        for t in tree.conjuncts(antecedent(tree, token)) {
            let case = case_of(tree, t);
            if passive && meaning == Some(Meaning::Agent) {
                p.add(Role::Subj, t, false);
                continue;
            }
            if preposition.is_empty() {
                match case {
                    Some("ins") if passive => p.add(Role::Subj, t, false),
                    Some("dat") => p.add(Role::Iobj, t, false),
                    _ => {}
                }
                if case.is_none() {
                    continue;
                }
            }
            p.add(Role::obl(&preposition, case), t, false);
        }
    }
}

fn noun_arc(tree: &Tree, p: &mut Predicate, k: usize) {
    let before = k < p.token;
    if let Some(clause) = correlative_clause(tree, k) {
        p.add(Role::Acl, clause, false);
        if !tree.is_infinitive(clause) {
            p.add(Role::Clause, clause, false);
        }
        return;
    }
    let base = tree.rel(k).split(':').next().unwrap_or_default();
    match base {
        _ if tree.rel(k) == "nmod:poss" => add_all(tree, p, &Role::Poss, k),
        "det" if tree.ontology.function_words.has(tree.language(), Function::Possessive, tree.lemma(k)) => {
            p.add(Role::Poss, k, false);
        }
        // "Готовность сотрудничать": the analyzer may take the infinitive for a complement.
        "nmod" | "obl" if tree.upos(k) == "VERB" && tree.is_infinitive(k) => p.add(Role::Acl, k, false),
        "nmod" | "obl" => oblique_of_noun(tree, p, k),
        "amod" | "compound" | "flat" if before => {
            for t in tree.conjuncts(k) {
                p.add(Role::Mod, t, false);
            }
        }
        "acl" | "ccomp" | "xcomp" | "advcl" => {
            let content = tree
                .with_rel(k, "mark")
                .any(|m| tree.ontology.function_words.has(tree.language(), Function::Complementizer, tree.lemma(m)));
            if tree.is_infinitive(k) || (content && (base != "advcl" || p.kind == PredicateKind::Adj)) {
                p.add(Role::Acl, k, false);
                if content && !tree.is_infinitive(k) {
                    p.add(Role::Clause, k, false);
                }
            } else {
                marked_gerund(tree, p, k);
            }
        }
        "obj" | "iobj" if p.kind == PredicateKind::Adj && tree.language() == Language::Ru => {
            bare_case(tree, p, k, "dat")
        }
        "obj" | "iobj" if p.kind == PredicateKind::Adj => add_all(tree, p, &Role::Obj, k),
        _ => {}
    }
}

fn oblique_of_noun(tree: &Tree, p: &mut Predicate, k: usize) {
    let russian = tree.language() == Language::Ru;
    for Marked { preposition, meaning, token } in tree.marked(k) {
        for t in tree.conjuncts(antecedent(tree, token)) {
            let case = case_of(tree, t);
            match (preposition.as_str(), case) {
                ("", Some("ins")) => p.add(Role::Agent, t, false),
                ("", Some("dat")) => {}
                ("", _) if russian && tree.upos(t) == "PRON" => p.add(Role::Poss, t, false),
                ("", _) if russian => p.add(Role::Gen, t, false),
                ("", _) if t < p.token => p.add(Role::Mod, t, false),
                ("of", _) => p.add(Role::Gen, t, false),
                _ if meaning == Some(Meaning::Agent) => p.add(Role::Agent, t, false),
                _ => {}
            }
            if !preposition.is_empty() || case.is_some() {
                p.add(Role::obl(&preposition, case), t, false);
            }
        }
    }
}

/// "The treaty they signed": the noun is the object.
fn relative_without_pronoun(tree: &Tree, p: &mut Predicate) {
    let Some(head) = tree.head(p.token) else { return };
    let relative = tree.rel(p.token) == "acl:relcl" && p.kind == PredicateKind::Verb && tree.is_nominal(head);
    let filled = p.surface.contains(&head) || p.args.iter().any(|a| a.token == head);
    if relative && !filled && !p.surface.is_empty() && !p.has(&Role::Obj) && !tree.is_passive(p.token) {
        p.add(Role::Obj, head, false);
    }
}

/// Prepositional phrases that hang on an argument, or begin where the noun phrase ends, may belong to the predicate.
fn near_phrases(tree: &Tree, p: &mut Predicate) {
    let mut near: Vec<usize> = Vec::new();
    for a in p.args.clone() {
        if !matches!(a.role, Role::Obj | Role::Obl { .. } | Role::Gen) || tree.is_verbal(a.token) {
            continue;
        }
        near.extend(tree.children(a.token).iter().filter(|&&k| tree.is(k, "nmod") && tree.case_marker(k).is_some()));
        for k in tree.with_rel(a.token, "nmod") {
            let marked = tree.marked(k);
            let genitive = tree.rel(k) == "nmod:poss"
                || marked.iter().any(|m| m.preposition == "of")
                || (tree.language() == Language::Ru
                    && tree.case_marker(k).is_none()
                    && case_of(tree, k) != Some("ins"));
            // "Froze the assets of X": X is hit through what is X's.
            if p.kind == PredicateKind::Verb && a.role == Role::Obj && genitive {
                p.add(Role::Gen, k, true);
            }
            // "Ратификация договора парламентом": the agent may hang on the inner noun.
            if p.kind == PredicateKind::Noun && a.role == Role::Gen && case_of(tree, k) == Some("ins") {
                p.add(Role::Agent, k, true);
            }
        }
    }
    if p.kind == PredicateKind::Noun {
        let end = phrase::extent(tree.sentence, p.token, Extent::Full).end;
        let after = (end..tree.len().min(end + 1)).filter(|&c| tree.is(c, "case")).filter_map(|c| tree.head(c));
        near.extend(after.filter(|&k| k > p.token));
    }
    for k in near {
        for Marked { preposition, meaning, token } in tree.marked(k) {
            if preposition.is_empty() || token == p.token {
                continue;
            }
            for t in tree.conjuncts(token) {
                if meaning == Some(Meaning::Agent) && p.kind == PredicateKind::Noun {
                    p.add(Role::Agent, t, true);
                }
                p.add(Role::obl(&preposition, case_of(tree, t)), t, true);
            }
        }
    }
}
