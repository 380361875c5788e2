//! Repairs of trees where the analyzer is known to err, before anything reads them.
//!
//! Input: a sentence. Output: the same words with some heads changed, still one tree. Each repair is a general
//! construction, never a word. Limitation: only mistakes that cost a whole statement are mended.

use super::tree::Tree;
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{Function, GovernorPos, Governs, Ontology, PredicateKind},
};

/// A copy of `sentence` with the repairs made.
#[must_use]
pub fn repaired(sentence: &Sentence, ontology: &Ontology) -> Sentence {
    let mut out = sentence.clone();
    for repair in [
        second_roots,
        converb_roots,
        stray_accusatives,
        closing_reports,
        noun_infinitives,
        detached_complements,
        doubled_subjects,
        stolen_objects,
    ] {
        let changes = repair(&Tree::new(&out, ontology));
        for (token, head, deprel) in changes {
            out.tokens[token].head = head;
            deprel.clone_into(&mut out.tokens[token].deprel);
        }
    }
    out
}

type Change = (usize, Option<usize>, &'static str);

/// A word labelled root that has a head is a clause beside it.
fn second_roots(tree: &Tree) -> Vec<Change> {
    let wrong = |&i: &usize| tree.rel(i) == "root" && tree.head(i).is_some();
    (0..tree.len()).filter(wrong).map(|i| (i, tree.head(i), "parataxis")).collect()
}

/// "Заявив, что …, министр уехал": a converb is no root; the finite clause that hangs on it is.
fn converb_roots(tree: &Tree) -> Vec<Change> {
    let Some(root) = (0..tree.len()).find(|&i| tree.head(i).is_none()) else { return Vec::new() };
    let finite = |k: usize| {
        tree.is_verbal(k)
            && tree.feat(k, "VerbForm") == Some("Fin")
            && tree.children(k).iter().any(|&c| tree.is(c, "nsubj"))
            && tree.with_rel(k, "mark").next().is_none()
    };
    if !tree.is_gerund(root) || tree.children(root).iter().any(|&k| tree.is(k, "nsubj")) {
        return Vec::new();
    }
    match tree.children(root).iter().copied().find(|&k| finite(k)) {
        Some(k) => vec![(k, None, "root"), (root, Some(k), "advcl")],
        None => Vec::new(),
    }
}

/// "Agreed on the need to co-operate", "its refusal to sign angered the council": an infinitive after a noun that takes one is the
/// noun's, not the verb's.
fn noun_infinitives(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    let takes = |noun: usize| {
        let mut entries = tree.ontology.governors.of(tree.language(), tree.lemma(noun));
        tree.upos(noun) == "NOUN"
            && entries
                .any(|(rest, g)| rest.is_empty() && g.pos == GovernorPos::Noun && g.governs == Governs::Infinitive)
    };
    for clause in (0..tree.len()).filter(|&i| (tree.is(i, "xcomp") || tree.is(i, "advcl")) && tree.is_infinitive(i)) {
        let Some(verb) = tree.head(clause) else { continue };
        let mark = tree.with_rel(clause, "mark").next().unwrap_or(clause);
        let beside =
            mark.checked_sub(1).filter(|&n| tree.head(n) == Some(verb) && (tree.is(n, "obl") || tree.is(n, "obj")));
        let subject = tree.with_rel(verb, "nsubj").find(|&n| n < clause && clause < verb);
        if let Some(noun) = beside.or(subject).filter(|&n| takes(n)) {
            changes.push((clause, Some(noun), "acl"));
        }
    }
    changes
}

/// "Обвинил в обстреле Москву": a feminine in -у is an accusative, and so the verb's object, not the noun's complement.
fn stray_accusatives(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for k in (0..tree.len()).filter(|&k| tree.language() == Language::Ru && tree.is(k, "nmod")) {
        let accusative = tree.form(k).ends_with(['у', 'ю'])
            && tree.lemma(k).ends_with(['а', 'я'])
            && matches!(tree.upos(k), "NOUN" | "PROPN")
            && tree.feat(k, "Case") != Some("Dat")
            && tree.case_marker(k).is_none();
        let verb = std::iter::successors(tree.head(k), |&h| tree.head(h)).take(3).find(|&h| tree.is_verbal(h));
        if let Some(v) = verb.filter(|&v| accusative && tree.with_rel(v, "obj").next().is_none() && !tree.is_passive(v))
        {
            changes.push((k, Some(v), "obj"));
        }
    }
    changes
}

/// "Chad signed the pact, the ministry said": what stands before the comma belongs to the clause there, what stands after it to
/// the verb of saying; the analyzer gives both subjects to one of them.
fn closing_reports(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for verb in (1..tree.len()).filter(|&i| tree.is_verbal(i) && reports(tree, i)) {
        let Some(comma) = (0..verb).rev().find(|&i| tree.form(i) == ",") else { continue };
        let finite = |i: usize| {
            tree.upos(i) == "VERB"
                && (tree.feat(i, "VerbForm") == Some("Fin") || tree.children(i).iter().any(|&k| tree.is(k, "aux")))
                && tree.with_rel(i, "mark").next().is_none()
                && !tree.rel(i).contains("relcl")
        };
        let own = |of: usize| tree.with_rel(of, "nsubj").find(|&k| comma < k && k < verb);
        let before = |of: usize| tree.with_rel(of, "nsubj").find(|&k| k < comma);
        let said = tree.with_rel(verb, "ccomp").find(|&c| c < comma && tree.is_verbal(c));
        let inner = said.or_else(|| {
            (0..comma)
                .rev()
                .find(|&i| finite(i) && tree.head(i).is_some_and(|h| h == verb || tree.head(h) == Some(verb)))
        });
        let Some(inner) = inner else { continue };
        match (own(verb), before(verb), own(inner), before(inner)) {
            // The verb of saying has both subjects.
            (Some(_), Some(first), None, None) => {
                changes.push((first, Some(inner), "nsubj"));
                if said.is_none() {
                    changes.push((inner, Some(verb), "ccomp"));
                }
                let complements = ["obj", "iobj", "obl", "xcomp"].into_iter().flat_map(|r| tree.with_rel(verb, r));
                changes.extend(complements.filter(|&k| inner < k && k < comma).map(|k| (k, Some(inner), "obj")));
            }
            // The clause has both.
            (None, None, Some(second), Some(_)) => changes.push((second, Some(verb), "nsubj")),
            _ => {}
        }
    }
    changes
}

fn reports(tree: &Tree, verb: usize) -> bool {
    let rows = tree.ontology.lexicon.of(tree.language(), tree.lemma(verb));
    rows.into_iter().any(|r| r.relation == "said" && r.kind == PredicateKind::Verb)
}

/// "Заседание провёл премьер": of two subjects of one verb the thing is its object, which looks like a nominative. In English
/// ("Parliament voted out Prime Minister X") it is the one after the verb.
fn doubled_subjects(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for verb in
        (0..tree.len()).filter(|&i| tree.language() == Language::En && tree.upos(i) == "VERB" && !reports(tree, i))
    {
        let subjects: Vec<usize> = tree.children(verb).iter().copied().filter(|&k| tree.rel(k) == "nsubj").collect();
        let object = tree.with_rel(verb, "obj").next().is_some() || tree.is_passive(verb);
        if let [a, b] = subjects[..]
            && a < verb
            && verb < b
            && b <= verb + 6
            && !object
        {
            changes.push((b, Some(verb), "obj"));
        }
    }
    for verb in (0..tree.len()).filter(|&i| tree.language() == Language::Ru && tree.is_verbal(i)) {
        let subjects: Vec<usize> = tree.children(verb).iter().copied().filter(|&k| tree.rel(k) == "nsubj").collect();
        let object = tree.with_rel(verb, "obj").next().is_some();
        let [a, b] = subjects[..] else { continue };
        // "Беседа касалась поставок": a genitive is no subject.
        if tree.feat(b, "Case") == Some("Gen")
            && tree.feat(a, "Case") == Some("Nom")
            && tree.with_rel(b, "nummod").next().is_none()
        {
            changes.push((b, Some(verb), "obj"));
            continue;
        }
        let thing = |i: usize| tree.feat(i, "Animacy") == Some("Inan") && tree.upos(i) == "NOUN";
        let reflexive = tree.form(verb).ends_with("ся") || tree.form(verb).ends_with("сь");
        match (object || reflexive, thing(a), thing(b)) {
            (false, true, false) => changes.push((a, Some(verb), "obj")),
            (false, false, true) => changes.push((b, Some(verb), "obj")),
            _ => {}
        }
    }
    changes
}

/// "Advocated strengthening coordination": the noun right after a bare gerund is the gerund's object, not the verb's.
fn stolen_objects(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for gerund in (0..tree.len()).filter(|&i| tree.language() == Language::En && tree.is(i, "xcomp")) {
        let Some(verb) = tree.head(gerund).filter(|&v| v + 1 == gerund) else { continue };
        let bare = tree.form(gerund).ends_with("ing") && tree.with_rel(gerund, "obj").next().is_none();
        let object = tree.with_rel(verb, "obj").find(|&k| k > gerund);
        let Some(object) = object.filter(|_| bare && tree.is_verbal(gerund)) else { continue };
        let between = gerund + 1..super::phrase::extent(tree.sentence, object, super::phrase::Extent::Core).start;
        if between.is_empty() {
            changes.push((object, Some(gerund), "obj"));
        }
    }
    changes
}

/// "Reported on Monday that …": a that-clause right after a verb of saying that takes one, but hung elsewhere.
fn detached_complements(tree: &Tree) -> Vec<Change> {
    let mut changes = Vec::new();
    for clause in 0..tree.len() {
        let Some(mark) = tree.with_rel(clause, "mark").find(|&m| {
            tree.ontology.function_words.has(tree.language(), Function::Declarative, tree.form(m)) && m < clause
        }) else {
            continue;
        };
        let Some(verb) = (0..mark).rev().find(|&i| !super::phrase::is_punctuation(tree.token(i))) else { continue };
        let free = !tree.children(verb).iter().any(|&k| tree.is(k, "ccomp"));
        let inside = super::phrase::is_under(tree.sentence, verb, clause);
        if reports(tree, verb) && free && !inside && tree.is_verbal(verb) && tree.head(clause) != Some(verb) {
            changes.push((clause, Some(verb), "ccomp"));
        }
    }
    changes
}
