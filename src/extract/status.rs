//! How sure the text is of what a predicate says: asserted, planned, denied, hypothetical.
//!
//! Reads negation, modals, conditions, tense, questions and the governors of `governors.csv` on the way from the predicate
//! up to its clause. Limitation: irony, hedges and quotation marks of distance go unseen.

use super::{
    Status,
    roles::{Predicate, Roles},
    tree::Tree,
};
use crate::{
    ingest::Language,
    ontology::{Governor, GovernorPos, Governs, PredicateKind, Role},
};

/// The stronger reservation: denied over hypothetical over planned over asserted.
#[must_use]
pub fn strongest(a: Status, b: Status) -> Status {
    let rank = |s| match s {
        Status::Asserted => 0,
        Status::Planned => 1,
        Status::Hypothetical => 2,
        Status::Denied => 3,
    };
    if rank(b) > rank(a) { b } else { a }
}

/// The status of what the predicate says.
#[must_use]
pub fn of(tree: &Tree, roles: &Roles, p: &Predicate) -> Status {
    let own = match p.kind {
        PredicateKind::Verb => of_verb(tree, roles, p.token, 0),
        PredicateKind::Noun | PredicateKind::Adj => of_noun(tree, roles, p),
    };
    let question = tree.sentence.tokens.iter().rev().find(|t| t.form.chars().any(|c| c.is_alphanumeric() || c == '?'));
    if question.is_some_and(|t| t.form.contains('?')) { strongest(own, Status::Hypothetical) } else { own }
}

/// Deeper than this no governor speaks of the predicate any more.
const MAX_DEPTH: usize = 6;

fn of_verb(tree: &Tree, roles: &Roles, v: usize, depth: usize) -> Status {
    let mut status = strongest(host(tree, v), negative_arguments(tree, v));
    if is_inverted_condition(tree, v) {
        status = strongest(status, Status::Hypothetical);
    }
    let Some(head) = tree.head(v).filter(|_| depth < MAX_DEPTH) else { return status };
    let base = tree.rel(v).split(':').next().unwrap_or_default();
    match base {
        "conj" if tree.is_clausal(head) => {
            let own_subject = tree.children(v).iter().any(|&k| tree.is(k, "nsubj"));
            let own_host = tree.children(v).iter().any(|&k| matches!(tree.rel(k), "aux" | "aux:pass" | "mark"));
            let finite = tree.feat(v, "VerbForm") == Some("Fin") && !own_host;
            if !own_subject && !own_host && (!finite || (tree.language() == Language::En && bare_form(tree, v))) {
                status = strongest(status, host(tree, head));
            }
            if !own_subject {
                status = strongest(status, governed(tree, roles, head, depth + 1));
            }
            status
        }
        _ => strongest(status, governed(tree, roles, v, depth)),
    }
}

/// English base form, which the analyzer may take for a present.
fn bare_form(tree: &Tree, v: usize) -> bool {
    tree.form(v) == tree.lemma(v) && tree.feat(v, "Tense") != Some("Past")
}

/// What the word above says of the infinitive or clause `at`.
fn governed(tree: &Tree, roles: &Roles, at: usize, depth: usize) -> Status {
    let Some(head) = tree.head(at) else {
        let headline = tree.language() == Language::En
            && tree.is_infinitive(at)
            && tree.children(at).iter().any(|&k| tree.is(k, "nsubj"));
        return if headline { Status::Planned } else { Status::Asserted };
    };
    let base = tree.rel(at).split(':').next().unwrap_or_default();
    match base {
        "conj" => governed(tree, roles, head, depth + 1),
        "xcomp" => combine(governor(tree, head, &[Governs::Infinitive]), upward(tree, roles, head, depth)),
        "ccomp" | "csubj" => {
            let infinitive = tree.is_infinitive(at);
            let kinds: &[Governs] =
                if infinitive { &[Governs::Infinitive, Governs::Clause] } else { &[Governs::Clause] };
            let entry = governor(tree, head, kinds);
            if infinitive {
                combine(entry, upward(tree, roles, head, depth))
            } else if entry == Some(Status::Asserted) {
                // "It is not true that …": what vouches for the clause is itself denied.
                host(tree, head)
            } else {
                entry.unwrap_or(Status::Asserted)
            }
        }
        "acl" if tree.rel(at) != "acl:relcl" && !tree.is_verbal(head) => {
            let content = tree.is_infinitive(at) || tree.with_rel(at, "mark").next().is_some();
            if !content {
                return Status::Asserted;
            }
            let clause = !tree.is_infinitive(at);
            let kinds: &[Governs] = if clause { &[Governs::Clause] } else { &[Governs::Infinitive, Governs::Clause] };
            let entry = governor(tree, head, kinds);
            let own = entry.unwrap_or(if clause { Status::Asserted } else { Status::Hypothetical });
            strongest(own, of_content_noun(tree, roles, head))
        }
        "advcl" if tree.is_infinitive(at) => {
            // What one meets for is on the agenda; what one acts for may never come.
            let meets = meets(tree, head);
            let purpose = if meets { Status::Planned } else { Status::Hypothetical };
            let entry = governor(tree, head, &[Governs::Infinitive]);
            strongest(entry.unwrap_or(purpose), upward(tree, roles, head, depth))
        }
        "advcl" if tree.is_gerund(at) => {
            // "By signing" and, right after its verb, "ruled out signing".
            let close = head < at && (head..at).all(|i| tree.form(i) != ",");
            let marked = tree.with_rel(at, "mark").next().is_some() || close;
            let entry = if marked { governor(tree, head, &[Governs::Infinitive]) } else { None };
            match upward(tree, roles, head, depth) {
                s @ (Status::Planned | Status::Hypothetical) => entry.unwrap_or(s),
                _ => entry.unwrap_or(Status::Asserted),
            }
        }
        "obl" | "nmod" if tree.is_gerund(at) => {
            governor(tree, head, &[Governs::Infinitive]).unwrap_or(Status::Asserted)
        }
        _ => Status::Asserted,
    }
}

/// "Denied reports that …", "abandoned its plan to …": what is done to the noun is done to what it tells.
fn of_content_noun(tree: &Tree, roles: &Roles, noun: usize) -> Status {
    let Some(verb) = tree.head(noun).filter(|&v| tree.is_verbal(v)) else {
        return if tree.is_clausal(noun) { host(tree, noun) } else { Status::Asserted };
    };
    if roles.at(verb).is_none_or(|g| !g.filling(&Role::Obj).contains(&noun)) {
        // "The claim that … is false": what is said of the noun.
        let verdict = tree.is(noun, "nsubj").then(|| governor(tree, verb, &[Governs::Clause])).flatten();
        return verdict.unwrap_or(Status::Asserted);
    }
    governor(tree, verb, &[Governs::Clause, Governs::Obj]).filter(|s| *s == Status::Denied).unwrap_or(Status::Asserted)
}

/// "Had Chad signed the pact, …": an auxiliary before its subject, and no question.
fn is_inverted_condition(tree: &Tree, v: usize) -> bool {
    let subject = tree.children(v).iter().copied().find(|&k| tree.is(k, "nsubj"));
    tree.language() == Language::En
        && tree.is(v, "advcl")
        && subject.is_some_and(|s| tree.children(v).iter().any(|&k| tree.is(k, "aux") && k < s))
}

fn meets(tree: &Tree, head: usize) -> bool {
    let of = |i: usize| tree.ontology.lexicon.of(tree.language(), tree.lemma(i));
    let meeting = |r: &str| matches!(r, "metWith" | "visited" | "organized" | "participatedIn" | "discussed");
    of(head).any(|r| meeting(&r.relation))
        || tree.children(head).iter().any(|&k| tree.is(k, "obj") && of(k).any(|r| meeting(&r.relation)))
}

fn upward(tree: &Tree, roles: &Roles, head: usize, depth: usize) -> Status {
    if tree.is_verbal(head) {
        of_verb(tree, roles, head, depth + 1)
    } else {
        strongest(host(tree, head), negative_arguments(tree, head))
    }
}

/// A denial denied is none: "did not refuse to sign".
fn combine(entry: Option<Status>, above: Status) -> Status {
    match (entry, above) {
        (Some(Status::Denied), Status::Denied) => Status::Asserted,
        (Some(e), a) => strongest(e, a),
        (None, a) => a,
    }
}

fn of_noun(tree: &Tree, roles: &Roles, p: &Predicate) -> Status {
    let n = p.token;
    let mut status = host(tree, n);
    for &k in tree.children(n) {
        if matches!(tree.rel(k), "amod" | "det" | "advmod" | "acl" | "compound" | "nmod") {
            status = strongest(status, modifier(tree, k));
        }
    }
    if let Some(verb) = p.light {
        status = strongest(status, of_verb(tree, roles, verb, 0));
    }
    if let Some(head) = tree.head(n) {
        if tree.is(n, "xcomp") {
            status = strongest(status, upward(tree, roles, head, 0));
        } else if tree.is_verbal(head) {
            let object = roles.at(head).is_some_and(|g| g.filling(&Role::Obj).contains(&n));
            if object {
                status = strongest(status, governor(tree, head, &[Governs::Obj]).unwrap_or(Status::Asserted));
            }
        } else if tree.is(n, "nmod") || tree.is(n, "obl") {
            status =
                strongest(status, governor(tree, head, &[Governs::Noun, Governs::Obj]).unwrap_or(Status::Asserted));
        }
    }
    status
}

/// What an adjective, participle or determiner says of its noun: "planned", "possible", "no".
fn modifier(tree: &Tree, k: usize) -> Status {
    find(tree, k, |g| matches!(g.governs, Governs::Noun) || g.pos == GovernorPos::Det).unwrap_or(Status::Asserted)
}

/// What the words that hang on a predicate say: "not", "would", "если", the future tense.
fn host(tree: &Tree, v: usize) -> Status {
    let mut status = Status::Asserted;
    for &k in tree.children(v) {
        let functional = matches!(
            tree.rel(k).split(':').next().unwrap_or_default(),
            "aux" | "advmod" | "mark" | "discourse" | "cc" | "det" | "cop" | "case" | "fixed" | "parataxis"
        );
        // "To discuss", "чтобы обсудить": what a purpose is worth, the verb above decides.
        let particle = tree.upos(k) == "PART" || tree.language() == Language::Ru;
        let purpose = tree.is(k, "mark") && tree.is(v, "advcl") && tree.is_infinitive(v) && particle;
        if !functional || purpose {
            continue;
        }
        // "Is to sign": the copula is an auxiliary of the infinitive.
        let infinitive = tree.is_infinitive(v);
        let of_host = |g: &Governor| {
            g.governs == Governs::Host || g.pos == GovernorPos::Aux && g.governs == Governs::Infinitive && infinitive
        };
        let reported =
            || find(tree, k, |g| g.governs == Governs::Reported).filter(|_| is_reported_in_the_past(tree, v));
        // "No longer": the first word of a phrase may hang on the second.
        let inner = || tree.children(k).iter().find_map(|&c| find(tree, c, |g| g.governs == Governs::Host));
        let found = reported().or_else(|| find(tree, k, of_host)).or_else(|| inner().filter(|_| tree.is(k, "advmod")));
        status = strongest(status, found.unwrap_or(Status::Asserted));
        let future = matches!(tree.rel(k), "aux" | "aux:pass" | "cop") && tree.feat(k, "Tense") == Some("Fut");
        if future {
            status = strongest(status, Status::Planned);
        }
    }
    // A Russian perfective has no present: its present form is the future, also where the analyzer misses that.
    let perfective = tree.feat(v, "Aspect") == Some("Perf")
        && tree.feat(v, "VerbForm") == Some("Fin")
        && tree.feat(v, "Tense") == Some("Pres");
    if tree.feat(v, "Tense") == Some("Fut") || perfective {
        status = strongest(status, Status::Planned);
    }
    if matches!(tree.feat(v, "Mood"), Some("Cnd" | "Imp")) {
        status = strongest(status, Status::Hypothetical);
    }
    status
}

/// "Said that it would sign": the future of a past report, unless a condition stands with it or the words are quoted.
fn is_reported_in_the_past(tree: &Tree, v: usize) -> bool {
    let first = std::iter::successors(Some(v), |&i| tree.head(i).filter(|_| tree.is(i, "conj"))).last().unwrap_or(v);
    let quoted = tree.sentence.tokens[..first].iter().filter(|t| super::phrase::is_quote(t)).count() % 2 == 1;
    let conditional = tree.with_rel(v, "advcl").any(|c| host(tree, c) == Status::Hypothetical);
    let reports = |i: usize| {
        tree.ontology
            .lexicon
            .of(tree.language(), tree.lemma(i))
            .any(|r| matches!(r.relation.as_str(), "said" | "agreedOn"))
            && (tree.feat(i, "Tense") == Some("Past") || tree.children(i).iter().any(|&k| tree.form(k) == "had"))
    };
    let above = tree.head(first).filter(|_| tree.is(first, "ccomp")).filter(|&h| reports(h));
    let beside = || tree.with_rel(first, "parataxis").find(|&k| reports(k));
    !quoted && !conditional && (above.is_some() || beside().is_some())
}

/// "No agreement was signed", "neither Chad nor Niger", "никаких переговоров".
fn negative_arguments(tree: &Tree, v: usize) -> Status {
    let negative = tree.children(v).iter().any(|&k| {
        matches!(tree.rel(k), "nsubj" | "nsubj:pass" | "obj")
            && tree.children(k).iter().any(|&d| {
                (tree.is(d, "det") || tree.rel(d) == "cc:preconj")
                    && find(tree, d, |g| g.pos == GovernorPos::Det) == Some(Status::Denied)
            })
    });
    if negative { Status::Denied } else { Status::Asserted }
}

/// What `head` says of an infinitive, clause or noun that it governs.
fn governor(tree: &Tree, head: usize, kinds: &[Governs]) -> Option<Status> {
    kinds.iter().find_map(|kind| {
        find(tree, head, |g| g.governs == *kind && !matches!(g.pos, GovernorPos::Part | GovernorPos::Sconj))
    })
}

/// The entry of the longest phrase at word `i` that `fits`; the form is asked before the lemma ("would" is no "will").
fn find(tree: &Tree, i: usize, fits: impl Fn(&Governor) -> bool) -> Option<Status> {
    let by = |word: &str| {
        let entries = tree.ontology.governors.of(tree.language(), word);
        entries
            .filter(|(rest, g)| fits(g) && rest.iter().all(|w| tree.companion(i, w).is_some()))
            .max_by_key(|(rest, _)| rest.len())
            .map(|(_, g)| g.status)
    };
    by(tree.form(i)).or_else(|| by(tree.lemma(i)))
}
