//! Canonical roles: for every predicate its arguments with passive, control, raising, relatives, participles, gerunds,
//! coordination and light verbs undone, so that the lexicon is written once for all of them.
//!
//! Two passes over one tree. The first reads the arcs of each predicate; the second goes from the root down and
//! hands on what a predicate shares with its governor, so every governor is complete before its dependents ask.
//! Limitation: what is shared across sentences (ellipsis) is coreference's business.

mod arcs;

use super::tree::Tree;
use crate::ingest::Language;
use crate::ontology::{Control, GovernorPos, Governs, PredicateKind, Role};

/// One argument of a predicate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// Its role.
    pub role: Role,
    /// Its head word.
    pub token: usize,
    /// Found by nearness against the tree's attachment, or inherited loosely; used when nothing better fills the role.
    pub near: bool,
}

/// A predicate with its arguments, in order of preference within a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predicate {
    /// The predicate's word.
    pub token: usize,
    /// How it is used.
    pub kind: PredicateKind,
    /// Its arguments.
    pub args: Vec<Arg>,
    /// The light verb that lends the noun its subject: status and time are read there too.
    pub light: Option<usize>,
    /// Grammatical subjects, whatever the voice.
    pub surface: Vec<usize>,
    /// For nouns without any subject: who acts in the clauses around, the nearest clause first.
    pub context: Vec<Vec<usize>>,
}

impl Predicate {
    fn new(token: usize, kind: PredicateKind) -> Self {
        Self { token, kind, args: Vec::new(), light: None, surface: Vec::new(), context: Vec::new() }
    }

    /// The tokens that fill `role`, attached ones first; near ones only where no attached one does.
    #[must_use]
    pub fn filling(&self, role: &Role) -> Vec<usize> {
        let pick = |near: bool| {
            let mut found = Vec::new();
            for a in self.args.iter().filter(|a| a.near == near && role.admits(&a.role)) {
                if !found.contains(&a.token) {
                    found.push(a.token);
                }
            }
            found
        };
        let attached = pick(false);
        if attached.is_empty() { pick(true) } else { attached }
    }

    fn has(&self, role: &Role) -> bool {
        self.args.iter().any(|a| !a.near && role.admits(&a.role))
    }

    fn add(&mut self, role: Role, token: usize, near: bool) {
        if token != self.token && !self.args.iter().any(|a| a.role == role && a.token == token) {
            self.args.push(Arg { role, token, near });
        }
    }
}

/// The predicates of a sentence, by token.
#[derive(Debug, Clone)]
pub struct Roles {
    predicates: Vec<Option<Predicate>>,
}

impl Roles {
    /// Reads the roles off a tree.
    #[must_use]
    pub fn of(tree: &Tree) -> Self {
        let mut predicates: Vec<Option<Predicate>> = (0..tree.len()).map(|i| arcs::direct(tree, i)).collect();
        nested_objects(&mut predicates);
        shared_objects(tree, &mut predicates);
        for i in top_down(tree) {
            if predicates[i].is_none() {
                continue;
            }
            let inherited = inherit(tree, &predicates, i);
            if let Some(p) = predicates[i].as_mut() {
                inherited.apply(tree, p);
            }
        }
        Self { predicates }
    }

    /// The predicate at `token`, if the word is one.
    #[must_use]
    pub fn at(&self, token: usize) -> Option<&Predicate> {
        self.predicates.get(token)?.as_ref()
    }

    /// All predicates in word order.
    pub fn iter(&self) -> impl Iterator<Item = &Predicate> {
        self.predicates.iter().flatten()
    }
}

/// Words ordered so that heads come before their dependents.
fn top_down(tree: &Tree) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tree.len()).filter(|&i| tree.head(i).is_none()).collect();
    let mut at = 0;
    while at < order.len() {
        order.extend_from_slice(tree.children(order[at]));
        at += 1;
    }
    order
}

/// Objects of the infinitives and clauses that a predicate takes.
fn nested_objects(predicates: &mut [Option<Predicate>]) {
    for i in 0..predicates.len() {
        let Some(p) = &predicates[i] else { continue };
        let mut found = Vec::new();
        for a in &p.args {
            let role = match a.role {
                Role::Xcomp => Role::XcompObj,
                Role::Acl => Role::AclObj,
                Role::Obl { .. } => Role::XcompObj,
                _ => continue,
            };
            if let Some(Some(c)) = predicates.get(a.token)
                && c.kind == PredicateKind::Verb
            {
                found.extend(c.filling(&Role::Obj).into_iter().map(|t| (role.clone(), t)));
            }
        }
        if let Some(p) = predicates[i].as_mut() {
            for (role, t) in found {
                p.add(role, t, false);
            }
        }
    }
}

/// "Signed and ratified the treaty": the object, wherever the tree hangs it, belongs to both.
fn shared_objects(tree: &Tree, predicates: &mut [Option<Predicate>]) {
    for i in 0..predicates.len() {
        let Some(head) = tree.head(i).filter(|_| tree.is(i, "conj")) else { continue };
        let (Some(Some(first)), Some(second)) = (predicates.get(head), &predicates[i]) else { continue };
        if first.kind != PredicateKind::Verb || second.kind != PredicateKind::Verb {
            continue;
        }
        let complement = |p: &Predicate| p.has(&Role::Obj) || p.has(&Role::Clause) || p.has(&Role::Xcomp);
        let bare = |p: &Predicate| !p.args.iter().any(|a| !a.near);
        let objects =
            |p: &Predicate| p.args.iter().filter(|a| a.role == Role::Obj && !a.near).cloned().collect::<Vec<_>>();
        let (to, args) = if !complement(second) && !tree.is_passive(i) {
            (i, objects(first).into_iter().filter(|a| a.token > i).collect())
        } else if bare(first) && second.surface.is_empty() && !tree.is_passive(head) && i <= head + 3 {
            (head, objects(second))
        } else {
            continue;
        };
        if let Some(p) = predicates[to].as_mut() {
            p.args.extend::<Vec<Arg>>(args);
        }
    }
}

/// What a predicate takes from its governor.
#[derive(Debug, Default)]
struct Inherited {
    surface: Vec<usize>,
    args: Vec<Arg>,
    light: Option<usize>,
    context: Vec<Vec<usize>>,
}

impl Inherited {
    fn apply(self, tree: &Tree, p: &mut Predicate) {
        if p.surface.is_empty() {
            p.surface = self.surface;
        }
        let subject = if p.kind == PredicateKind::Verb && tree.is_passive(p.token) { Role::Obj } else { Role::Subj };
        let own = std::mem::take(&mut p.args);
        for &t in &p.surface.clone() {
            p.add(subject.clone(), t, false);
        }
        for a in own.into_iter().chain(self.args) {
            p.add(a.role, a.token, a.near);
        }
        p.light = self.light;
        p.context = self.context;
    }
}

fn inherit(tree: &Tree, predicates: &[Option<Predicate>], i: usize) -> Inherited {
    let Some(Some(p)) = predicates.get(i) else { return Inherited::default() };
    match (p.kind, tree.head(i)) {
        (PredicateKind::Verb, Some(head)) => {
            let surface = surface_subject(tree, p, predicates[head].as_ref(), head);
            Inherited { surface, ..Inherited::default() }
        }
        (PredicateKind::Verb, None) => Inherited::default(),
        (PredicateKind::Noun | PredicateKind::Adj, head) => noun_inherits(tree, predicates, p, head),
    }
}

/// The subject that a verb without one shares with its governor.
fn surface_subject(tree: &Tree, p: &Predicate, governor: Option<&Predicate>, head: usize) -> Vec<usize> {
    let i = p.token;
    let of_governor = || governor.map(|g| g.surface.clone()).unwrap_or_default();
    match tree.rel(i).split(':').next().unwrap_or_default() {
        _ if !p.surface.is_empty() => Vec::new(),
        "conj" => of_governor(),
        "xcomp" => governor.map(|g| controller(tree, g)).unwrap_or_default(),
        "advcl" if tree.is_infinitive(i) => governor.map(|g| purpose_subject(tree, g)).unwrap_or_default(),
        "acl" | "amod" if tree.is_nominal(head) && !tree.rel(i).contains("relcl") => {
            if tree.is_infinitive(i) {
                governor.map(nominal_subject).unwrap_or_default()
            } else if tree.with_rel(i, "mark").next().is_some() {
                Vec::new()
            } else {
                vec![head]
            }
        }
        "advcl" | "parataxis" | "dep" | "obl" => {
            let finite = tree.feat(i, "VerbForm") == Some("Fin");
            // "Accused X of attacking Y": who is accused attacks.
            let gerund = tree.is_gerund(i) || tree.language() == Language::En && tree.form(i).ends_with("ing");
            let marked = gerund && tree.with_rel(i, "mark").next().is_some();
            if let Some(g) = governor.filter(|g| marked && control_of(tree, g) == Some(Control::Object)) {
                return controller(tree, g);
            }
            if tree.is(i, "parataxis") && finite { Vec::new() } else { of_governor() }
        }
        // Russian drops the pronoun: "заявил, что приедет".
        "ccomp" if !tree.is_passive(i) => match governor {
            Some(g) if !tree.is_passive(g.token) => g.surface.clone(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// Who does an infinitive of purpose: the subject, unless the governor makes another do it ("called on X to stop").
fn purpose_subject(tree: &Tree, governor: &Predicate) -> Vec<usize> {
    if control_of(tree, governor) == Some(Control::Object) {
        controller(tree, governor)
    } else {
        governor.surface.clone()
    }
}

/// Who does what the predicate governs, by the table.
fn control_of(tree: &Tree, governor: &Predicate) -> Option<Control> {
    let pos = match governor.kind {
        PredicateKind::Verb => GovernorPos::Verb,
        PredicateKind::Noun => GovernorPos::Noun,
        PredicateKind::Adj => GovernorPos::Adj,
    };
    let entries = tree.ontology.governors.of(tree.language(), tree.lemma(governor.token)).filter(|(_, g)| g.pos == pos);
    let mut control = None;
    for (rest, g) in entries {
        let here = rest.iter().all(|w| tree.companion(governor.token, w).is_some());
        if here && g.control != Control::None {
            if g.governs == Governs::Infinitive {
                return Some(g.control);
            }
            control = control.or(Some(g.control));
        }
    }
    control
}

/// Who does the infinitive: the governor's object where the governor is of that kind ("urged X to sign"), else its subject.
fn controller(tree: &Tree, governor: &Predicate) -> Vec<usize> {
    let objects = || {
        let found = governor.filling(&Role::Obj);
        if found.is_empty() { governor.filling(&Role::Iobj) } else { found }
    };
    let control = control_of(tree, governor);
    let passive = governor.kind == PredicateKind::Verb && tree.is_passive(governor.token);
    match control {
        Some(Control::Object) if !passive => {
            let found = objects();
            if !found.is_empty() {
                return found;
            }
            // "Called on X to withdraw": the object stands behind a preposition.
            governor
                .args
                .iter()
                .filter(|a| matches!(a.role, Role::Obl { .. }) && !tree.is_verbal(a.token))
                .map(|a| a.token)
                .take(1)
                .collect()
        }
        Some(_) => governor.surface.clone(),
        None => {
            let found = if passive { Vec::new() } else { objects() };
            if found.is_empty() { governor.surface.clone() } else { found }
        }
    }
}

/// Who acts in a noun: "X's plan to visit", "готовность Y сотрудничать".
fn nominal_subject(noun: &Predicate) -> Vec<usize> {
    [Role::Subj, Role::Poss, Role::Agent, Role::Gen]
        .iter()
        .map(|r| noun.filling(r))
        .find(|found| !found.is_empty())
        .unwrap_or_else(|| noun.context.first().cloned().unwrap_or_default())
}

fn noun_inherits(tree: &Tree, predicates: &[Option<Predicate>], p: &Predicate, head: Option<usize>) -> Inherited {
    let mut inherited = Inherited::default();
    // "Became a member", "считается инициатором": the predicate noun shares the verb's subject.
    if let Some(head) = head.filter(|_| tree.is(p.token, "xcomp") && p.surface.is_empty()) {
        inherited.surface = predicates[head].as_ref().map(|g| g.surface.clone()).unwrap_or_default();
        return inherited;
    }
    // "Peru, a member of the pact", "отдел, подразделение ведомства": an apposition says it of the noun before it.
    if let Some(head) = head.filter(|&h| tree.is(p.token, "appos") && h < p.token && p.surface.is_empty()) {
        inherited.surface = tree.conjuncts(head);
        inherited.surface.retain(|&t| t < p.token);
        return inherited;
    }
    participle_lends(tree, predicates, p, &mut inherited);
    let Some(verb) = governing_verb(tree, predicates, p.token) else { return inherited };
    let own = p.has(&Role::Poss) || p.has(&Role::Agent);
    if let Some((entry_subject, entry_object, slot_is_subject)) = light_entry(tree, verb, p.token) {
        inherited.light = Some(verb.token);
        for a in &verb.args {
            let role = match &a.role {
                Role::Subj if slot_is_subject => continue,
                Role::Subj if !own => match &entry_subject {
                    Some(role) => role.clone(),
                    None => continue,
                },
                Role::Obj if !own && entry_object.is_some() && a.token != p.token => {
                    entry_object.clone().unwrap_or(Role::Subj)
                }
                Role::Xcomp => Role::Acl,
                Role::Obl { .. } | Role::Iobj | Role::Clause => a.role.clone(),
                _ => continue,
            };
            if a.token != p.token {
                inherited.args.push(Arg { role, token: a.token, near: a.near });
            }
        }
    } else if !own && tree.is(p.token, "obl") && !p.has(&Role::Gen) {
        inherited.context = clauses_above(tree, predicates, verb);
    }
    inherited
}

/// Subjects of the verb and, while it is but a participle or gerund, of those above it: an adjunct of the clause ("… tools in
/// maintaining peace during a meeting with X") is often hung on the last verb before it.
fn clauses_above(tree: &Tree, predicates: &[Option<Predicate>], verb: &Predicate) -> Vec<Vec<usize>> {
    let mut found = vec![verb.filling(&Role::Subj)];
    let mut at = verb.token;
    while tree.feat(at, "VerbForm") != Some("Fin")
        && let Some(head) = tree.head(at)
    {
        if let Some(g) = predicates[head].as_ref().filter(|g| g.kind == PredicateKind::Verb) {
            found.push(g.filling(&Role::Subj));
        }
        at = head;
    }
    found
}

/// "Talks held by X with Y": a light verb that modifies its noun lends it its arguments too.
fn participle_lends(tree: &Tree, predicates: &[Option<Predicate>], p: &Predicate, inherited: &mut Inherited) {
    for &k in tree.children(p.token) {
        let Some(Some(verb)) = predicates.get(k) else { continue };
        if verb.kind != PredicateKind::Verb || !matches!(tree.rel(k), "acl" | "amod") || tree.is_infinitive(k) {
            continue;
        }
        let slot = if tree.is_passive(k) { Role::Obj } else { Role::Subj };
        let mut as_argument = verb.clone();
        as_argument.args.push(Arg { role: slot, token: p.token, near: false });
        if light_entry(tree, &as_argument, p.token).is_some() {
            inherited.light = Some(k);
            let lent = |a: &&Arg| matches!(a.role, Role::Subj | Role::Obl { .. }) && a.token != p.token;
            inherited.args.extend(verb.args.iter().filter(lent).cloned());
        }
    }
}

/// The verb among whose arguments the noun is: its head, or the head of the noun that it is coordinated with.
fn governing_verb<'p>(tree: &Tree, predicates: &'p [Option<Predicate>], noun: usize) -> Option<&'p Predicate> {
    let mut at = noun;
    loop {
        let head = tree.head(at)?;
        if let Some(g) = predicates[head].as_ref()
            && g.kind == PredicateKind::Verb
        {
            return Some(g);
        }
        // A participle modifies its noun: "the talks held in Almaty".
        if !tree.is(at, "conj") && !tree.is(at, "nmod") {
            return None;
        }
        at = head;
    }
}

/// Whether `verb` is light with the noun at `noun`: the roles its subject and object play there, and whether the noun is its subject.
fn light_entry(tree: &Tree, verb: &Predicate, noun: usize) -> Option<(Option<Role>, Option<Role>, bool)> {
    let lemma = tree.lemma(noun);
    let mut open = None;
    for (rest, entries) in tree.ontology.light_verbs.of(tree.language(), tree.lemma(verb.token)) {
        if !rest.iter().all(|w| tree.companion(verb.token, w).is_some()) {
            continue;
        }
        for e in entries {
            let Ok(slot) = e.slot.parse::<Role>() else { continue };
            let stands = verb.args.iter().any(|a| a.token == noun && slot.admits(&a.role));
            if !stands || !(e.nouns.is_empty() || e.nouns.contains(lemma)) {
                continue;
            }
            let found = (e.subject.parse::<Role>().ok(), e.object.parse::<Role>().ok(), slot == Role::Subj);
            if e.nouns.contains(lemma) {
                return Some(found);
            }
            open.get_or_insert(found);
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{extract::fixture::sentence, ingest::Language, ontology::Ontology};

    /// The roles of the word `form` as `role:word`, near ones in brackets.
    fn roles_of(language: Language, conllu: &str, form: &str) -> Vec<String> {
        let ontology = Ontology::builtin().unwrap();
        let s = sentence(language, conllu);
        let tree = Tree::new(&s, &ontology);
        let at = s.tokens.iter().position(|t| t.form == form).unwrap();
        let roles = Roles::of(&tree);
        let shown = |a: &Arg| {
            let text = format!("{}:{}", a.role, s.tokens[a.token].form);
            if a.near { format!("({text})") } else { text }
        };
        roles.at(at).unwrap().args.iter().map(shown).collect()
    }

    #[test]
    fn passive_gives_the_same_roles_in_both_languages() {
        let en = "Pact PROPN Number=Sing 3 nsubj:pass\nwas AUX _ 3 aux:pass\nsigned VERB VerbForm=Part 0 root sign\nby ADP _ 5 case\nChad PROPN _ 3 obl:agent\nand CCONJ _ 7 cc\nNiger PROPN _ 5 conj";
        assert_eq!(roles_of(Language::En, en, "signed"), ["obj:Pact", "subj:Chad", "subj:Niger"]);
        let ru = "Пакт NOUN Case=Nom 2 nsubj:pass\nподписан VERB Voice=Pass 0 root подписать\nЧадом PROPN Case=Ins 2 obl\nи CCONJ _ 5 cc\nНигером PROPN Case=Ins 3 conj";
        let roles = roles_of(Language::Ru, ru, "подписан");
        assert_eq!(roles[..2], ["obj:Пакт", "subj:Чадом"]);
        assert!(roles.contains(&"subj:Нигером".to_owned()));
    }

    #[test]
    fn relatives_participles_and_infinitives_find_their_subject() {
        let relative = "envoy NOUN _ 0 root\nwho PRON PronType=Rel 3 nsubj\nvisited VERB VerbForm=Fin 1 acl:relcl visit\nLima PROPN _ 3 obj";
        assert_eq!(roles_of(Language::En, relative, "visited"), ["subj:envoy", "obj:Lima"]);
        let reduced = "talks NOUN _ 0 root talk\nheld VERB VerbForm=Part 1 acl hold\nby ADP _ 4 case\nOman PROPN _ 2 obl\nwith ADP _ 6 case\nIran PROPN _ 2 obl";
        assert_eq!(roles_of(Language::En, reduced, "held")[..2], ["obj:talks", "subj:Oman"]);
        assert_eq!(roles_of(Language::En, reduced, "talks"), ["subj:Oman", "obl:with:Iran"]);
        let object_control = "UN PROPN _ 2 nsubj\nurged VERB VerbForm=Fin 0 root urge\nChad PROPN _ 2 obj\nto PART _ 5 mark\nsign VERB VerbForm=Inf 2 xcomp\nit PRON _ 5 obj";
        assert_eq!(roles_of(Language::En, object_control, "sign"), ["subj:Chad", "obj:it"]);
        let converb = "Прибыв VERB VerbForm=Conv 4 advcl прибыть\nв ADP _ 3 case\nЛиму PROPN Case=Acc 1 obl\nпризвал VERB VerbForm=Fin 0 root призвать\nпосол NOUN Case=Nom 4 nsubj";
        assert_eq!(roles_of(Language::Ru, converb, "Прибыв"), ["subj:посол", "obl:в+acc:Лиму"]);
    }

    #[test]
    fn light_verbs_lend_their_subject() {
        let en = "Peru PROPN _ 2 nsubj\nheld VERB VerbForm=Fin 0 root hold\ntalks NOUN _ 2 obj talk\nwith ADP _ 5 case\nChile PROPN _ 3 nmod";
        assert_eq!(roles_of(Language::En, en, "talks"), ["obl:with:Chile", "subj:Peru"]);
        let ru = "Перу PROPN Case=Nom 2 nsubj\nпровело VERB VerbForm=Fin 0 root провести\nпереговоры NOUN Case=Acc 2 obj\nс ADP _ 5 case\nЧили PROPN Case=Ins 2 obl";
        let roles = roles_of(Language::Ru, ru, "переговоры");
        assert!(
            roles.contains(&"subj:Перу".to_owned()) && roles.iter().any(|r| r.contains("obl:с+ins:Чили")),
            "{roles:?}"
        );
    }

    #[test]
    fn verbs_share_objects_and_subjects() {
        let en = "Mali PROPN _ 2 nsubj\nsigned VERB VerbForm=Fin 0 root sign\nand CCONJ _ 4 cc\nratified VERB VerbForm=Fin 2 conj ratify\npact NOUN _ 2 obj";
        assert_eq!(roles_of(Language::En, en, "ratified"), ["subj:Mali", "obj:pact"]);
    }

    #[test]
    fn a_long_preposition_leads_to_its_noun() {
        let en = "met VERB VerbForm=Fin 0 root meet\nat ADP _ 4 case\nthe DET _ 4 det\ninvitation NOUN _ 1 obl\nof ADP _ 6 case\nOman PROPN _ 4 nmod";
        let roles = roles_of(Language::En, en, "met");
        assert!(roles.contains(&"obl:at_the_invitation_of:Oman".to_owned()), "{roles:?}");
    }
}
