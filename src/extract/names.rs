//! Names in a sentence: what the model found, repaired, and what the gazetteer knows, to their full extent.
//!
//! The model breaks names, cuts them short and takes titles into them; a rule that wants "the Fund for Saving the Aral
//! Sea" must not get "Fund". Input: a sentence. Output: [`Name`]s; a known name may lie within a longer one.
//! Limitation: two names that stand side by side without anything between them may be taken for one.

use super::{Class, phrase};
use crate::ingest::Language;
use crate::{
    analyze::{NameKind, Sentence, Token},
    ontology::{Collective, HeadNoun, Known, LinkRole, OfficeKind, Ontology, PredicateKind, fold},
};
use std::ops::Range;

/// A name in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Its words.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// Class of the thing named.
    pub class: Class,
    /// Gazetteer key.
    pub known: Option<String>,
    /// Whether it is a state's adjective ("Kazakh"), not its name.
    pub adjective: bool,
}

impl Name {
    fn new(s: &Sentence, tokens: Range<usize>, class: Class) -> Self {
        let head = phrase::head_of(s, &tokens);
        Self { tokens, head, class, known: None, adjective: false }
    }
}

/// The kind of office that the single word names.
#[must_use]
pub fn office_word(s: &Sentence, i: usize, o: &Ontology) -> Option<OfficeKind> {
    let t = s.tokens.get(i)?;
    let kinds = &o.offices.kinds;
    let whole = kinds.get(s.language, &t.lemma).or_else(|| kinds.get(s.language, &t.form));
    // "экс-президент", "vice-chair": the office is what stands after the hyphen.
    let part = || t.form.split_once('-').and_then(|(_, last)| kinds.get(s.language, last));
    whole.or_else(part).copied()
}

/// The table's entry of a common noun. A plural has its own entry before its singular's ("sides", "правительства"); a
/// singular form that looks like a plural must not find it.
#[must_use]
pub fn head_noun(s: &Sentence, i: usize, o: &Ontology) -> Option<HeadNoun> {
    let t = s.tokens.get(i)?;
    let (first, second) = if t.feats.get("Number") == Some("Plur") { (&t.form, &t.lemma) } else { (&t.lemma, &t.form) };
    let plural = t.feats.get("Number") == Some("Plur");
    let noun = o.head_nouns.get(s.language, first).or_else(|| o.head_nouns.get(s.language, second))?;
    // "Smugglers", "посредников": several persons are a group that acts as one.
    let group = HeadNoun { class: Class::Organization, collective: Some(Collective::Body) };
    Some(if plural && noun.class == Class::Person { group } else { noun })
}

/// What a described thing is: by its noun's entry, or a group where the noun is an office in the plural ("five judges");
/// occupations ("the journalists") are too loose for that.
#[must_use]
pub fn described_noun(s: &Sentence, i: usize, o: &Ontology) -> Option<HeadNoun> {
    let group = || {
        let plural = s.tokens.get(i)?.feats.get("Number") == Some("Plur");
        office_word(s, i, o).filter(|k| plural && *k != OfficeKind::None)?;
        Some(HeadNoun { class: Class::Organization, collective: Some(Collective::Body) })
    };
    head_noun(s, i, o).or_else(group)
}

/// The class of thing that a common noun names.
#[must_use]
pub fn noun_class(s: &Sentence, i: usize, o: &Ontology) -> Option<Class> {
    head_noun(s, i, o).map(|n| n.class)
}

/// Whether the noun tells of going somewhere: visit, trip, поездка.
#[must_use]
pub fn is_motion(s: &Sentence, i: usize, o: &Ontology) -> bool {
    o.lexicon
        .of(s.language, &fold(&s.tokens[i].lemma))
        .any(|r| r.relation == "visited" && r.kind == PredicateKind::Noun)
}

fn is_honorific(s: &Sentence, i: usize, o: &Ontology) -> bool {
    o.anaphors.honorific(s.language, &fold(&s.tokens[i].form)).is_some()
}

/// The names of a sentence, by start, longer ones first.
#[must_use]
pub fn find(s: &Sentence, o: &Ontology) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (tokens, kind) in merged(s, o) {
        names.extend(repaired(s, tokens, kind, o));
    }
    names.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    // Extended names may have met; the longer one is kept.
    let mut kept: Vec<Name> = Vec::new();
    for name in names {
        match kept.last_mut() {
            Some(last) if name.tokens.start < last.tokens.end => {
                if name.tokens.end > last.tokens.end && name.class == last.class && name.class != Class::Person {
                    last.tokens.end = name.tokens.end;
                    last.head = phrase::head_of(s, &last.tokens);
                }
            }
            _ => kept.push(name),
        }
    }
    add_known(s, o, &mut kept);
    kept.sort_by_key(|n| (n.tokens.start, std::cmp::Reverse(n.tokens.end)));
    kept
}

/// "Head of KazGrid", "глава Казкосмоса", "member of Amanat": one word that the model took for a person or place, but of which
/// somebody is head or member, is a body.
pub fn retype_bodies(s: &Sentence, names: &mut [Name], o: &Ontology) {
    for name in names.iter_mut().filter(|n| n.tokens.len() == 1 && n.known.is_none() && !n.adjective) {
        if !matches!(name.class, Class::Person | Class::Place) {
            continue;
        }
        let mut at = name.tokens.start;
        while at > 0 && s.tokens[at - 1].upos == "DET" {
            at -= 1;
        }
        let link = at.checked_sub(1).map(|i| fold(&s.tokens[i].form));
        let office = match s.language {
            Language::En => link.filter(|l| l == "of").and_then(|_| at.checked_sub(2)),
            Language::Ru => at.checked_sub(1).filter(|_| s.tokens[name.head].feats.get("Case") == Some("Gen")),
        };
        let Some(i) = office else { continue };
        // "Главы Иванова" agree in case; "глава Казкосмоса" do not.
        let apposed = s.language == Language::Ru && s.tokens[i].feats.get("Case") == Some("Gen");
        let kind = office_word(s, i, o);
        let person = name.class == Class::Person
            && matches!(kind, Some(OfficeKind::Head | OfficeKind::Chief | OfficeKind::Member));
        let place = name.class == Class::Place && matches!(kind, Some(OfficeKind::Member));
        if !apposed && (person || place) {
            name.class = Class::Organization;
        }
    }
}

/// The model's names, those that it broke joined again.
fn merged(s: &Sentence, o: &Ontology) -> Vec<(Range<usize>, NameKind)> {
    let mut out: Vec<(Range<usize>, NameKind)> = Vec::new();
    for e in &s.entities {
        let tokens = e.tokens.start..e.tokens.end.min(s.tokens.len());
        if tokens.is_empty() {
            continue;
        }
        if let Some((last, kind)) = out.last_mut() {
            let same = *kind == e.kind && last.end == tokens.start;
            let flat = (tokens.clone()).any(|i| {
                s.tokens[i].head.is_some_and(|h| last.contains(&h))
                    && (s.tokens[i].is("flat") || s.tokens[i].is("compound"))
            }) || last
                .clone()
                .any(|i| s.tokens[i].head.is_some_and(|h| tokens.contains(&h)) && s.tokens[i].is("compound"));
            // "Усамы" + "бин Ладена": a name does not begin with a small word.
            let particle = kind == &NameKind::Per && !phrase::is_capitalised(&s.tokens[tokens.start]);
            // "Уле" + "Кристиана Хёугланна": a given name alone right before another name is its beginning.
            let given = kind == &NameKind::Per
                && last.len() == 1
                && o.gazetteer.longest(&[s.tokens[last.start].form.as_str()]).is_none();
            if same && (flat || particle || given) {
                last.end = tokens.end;
                continue;
            }
        }
        out.push((tokens, e.kind));
    }
    out
}

fn repaired(s: &Sentence, tokens: Range<usize>, kind: NameKind, o: &Ontology) -> Option<Name> {
    let class = match kind {
        NameKind::Per => Class::Person,
        NameKind::Org => Class::Organization,
        NameKind::Country => Class::Country,
        NameKind::City | NameKind::Loc => Class::Place,
        NameKind::Event => Class::Event,
        NameKind::Law => Class::Instrument,
        NameKind::Product => Class::Initiative,
        NameKind::Office | NameKind::Nat | NameKind::Date => return None,
    };
    let tokens = unbroken(s, phrase::trimmed(s, tokens));
    if tokens.clone().all(|i| phrase::is_punctuation(&s.tokens[i])) {
        return None;
    }
    if class == Class::Person {
        return person(s, tokens, o);
    }
    let head = phrase::head_of(s, &tokens);
    let by_noun = noun_class(s, head, o)
        .filter(|c| matches!(c, Class::Organization | Class::Event | Class::Instrument | Class::Place));
    if by_noun.is_none() && office_word(s, head, o).is_some() && class == Class::Organization {
        return None;
    }
    // An assembly or congress may be a meeting or a body; the model read the context.
    let body = class == Class::Organization && by_noun == Some(Class::Event) && phrase::is_capitalised(&s.tokens[head]);
    let class = by_noun.filter(|_| class != Class::Country && !body).unwrap_or(class);
    if class == Class::Place || class == Class::Country {
        return Some(Name::new(s, tokens, class));
    }
    let quoted = tokens.start > 0 && matches!(s.tokens[tokens.start - 1].form.as_str(), "«" | "\"" | "“");
    let nominal = matches!(s.tokens[head].upos.as_str(), "NOUN" | "PROPN" | "X") || quoted;
    if class == Class::Organization && tokens.clone().all(|i| office_word(s, i, o).is_some() || is_modifier(s, i, o)) {
        return None;
    }
    // "Minister of [Foreign Affairs of X]": what a minister deals with is no body.
    if class == Class::Organization && by_noun.is_none() && is_portfolio(s, &tokens, o) {
        return None;
    }
    if !nominal || !tokens.clone().any(|i| phrase::is_capitalised(&s.tokens[i])) {
        return None;
    }
    Some(Name::new(s, full_extent(s, tokens, o), class))
}

fn is_modifier(s: &Sentence, i: usize, o: &Ontology) -> bool {
    let t = &s.tokens[i];
    let modifiers = &o.offices.modifiers;
    modifiers.get(s.language, &t.lemma).or_else(|| modifiers.get(s.language, &t.form)).is_some()
}

/// Whether the words after an office name its field: "Foreign Affairs", "иностранных дел".
fn is_portfolio(s: &Sentence, tokens: &Range<usize>, o: &Ontology) -> bool {
    let head = &s.tokens[phrase::head_of(s, tokens)];
    let field =
        [&head.lemma, &head.form].into_iter().any(|w| o.name_grammar.links(s.language, LinkRole::Portfolio, &fold(w)));
    let mut before = tokens.start;
    while before > 0 && matches!(s.tokens[before - 1].upos.as_str(), "ADP" | "DET" | "ADJ") {
        before -= 1;
    }
    let after = tokens.end < s.tokens.len() && office_word(s, tokens.end, o).is_some();
    field && (after || before > 0 && office_word(s, before - 1, o).is_some())
}

/// The range with all parts of hyphened words at its end: never "Cheng Chung" of "Cheng Chung-tai".
fn unbroken(s: &Sentence, mut tokens: Range<usize>) -> Range<usize> {
    let glued = |i: usize| s.tokens.get(i).is_some_and(|t| !t.space_before);
    while s.tokens.get(tokens.end).is_some_and(|t| t.form == "-") && glued(tokens.end) && glued(tokens.end + 1) {
        tokens.end = (tokens.end + 2).min(s.tokens.len());
    }
    tokens
}

/// A person's name without titles before it, with what the model left out of it.
fn person(s: &Sentence, mut tokens: Range<usize>, o: &Ontology) -> Option<Name> {
    if noun_class(s, phrase::head_of(s, &tokens), o) == Some(Class::Organization) {
        return Some(Name::new(s, full_extent(s, tokens, o), Class::Organization));
    }
    // A common noun alone at the beginning of a sentence is nobody.
    if tokens.start == 0 && tokens.len() == 1 && s.tokens[0].upos == "NOUN" {
        return None;
    }
    let title = |i: usize| is_honorific(s, i, o) || office_word(s, i, o).is_some();
    let is_name_word = |t: &Token| t.upos == "PROPN" && phrase::is_capitalised(t);
    while tokens.start < tokens.end {
        let i = tokens.start;
        // Somebody may be called Bishop or Marshal: the last word of a name is no title.
        let last = i + 1 == tokens.end;
        let lower_or_title = title(i) && !(last && is_name_word(&s.tokens[i]) && !is_honorific(s, i, o));
        if lower_or_title || phrase::is_punctuation(&s.tokens[i]) {
            tokens.start += 1;
        } else {
            break;
        }
    }
    // "лидера Аль-Кайды Усамы бин Ладена": a known body before a name is not part of it.
    let words: Vec<&str> = s.tokens[tokens.clone()].iter().map(|t| t.form.as_str()).collect();
    if let Some((n, known)) = o.gazetteer.longest(&words)
        && n < words.len()
        // "премьер-министр Фиджи Лития Вакалолома": neither is the state of an office.
        && (known.class == Class::Organization
            || known.class == Class::Country && s.language == Language::Ru && n + 1 < words.len())
    {
        tokens.start += n;
    }
    // "H. E.", "Н.": initials alone name nobody.
    if !tokens.clone().any(|i| s.tokens[i].form.chars().filter(|c| c.is_alphabetic()).count() > 1) {
        return None;
    }
    let free = |i: usize| !s.entities.iter().any(|e| e.tokens.contains(&i)) && !title(i);
    let joins = |i: usize, j: usize| {
        let t = &s.tokens[i];
        (t.is("flat") || t.is("compound"))
            && t.head.is_some_and(|h| h == j || s.tokens[h].head == Some(j) || h.abs_diff(i) <= 4)
    };
    while tokens.end < s.tokens.len() {
        let i = tokens.end;
        if is_name_word(&s.tokens[i]) && free(i) && joins(i, tokens.start) {
            tokens.end += 1;
        } else {
            break;
        }
    }
    while tokens.start > 0 {
        let i = tokens.start - 1;
        let heads = (tokens.clone()).any(|k| s.tokens[k].is("flat") && s.tokens[k].head == Some(i));
        let modifies = s.tokens[i].is("compound") && s.tokens[i].head.is_some_and(|h| tokens.contains(&h));
        if is_name_word(&s.tokens[i])
            && free(i)
            && (heads || modifies)
            && o.gazetteer.adjectives(&s.tokens[i].form).is_empty()
        {
            tokens.start -= 1;
        } else {
            break;
        }
    }
    Some(Name::new(s, tokens, Class::Person))
}

/// A body's, event's or text's name with its modifiers and complements: from "Regional Centre" to
/// "UN Regional Centre for Preventive Diplomacy for Central Asia".
#[must_use]
pub fn full_extent(s: &Sentence, tokens: Range<usize>, o: &Ontology) -> Range<usize> {
    let head = phrase::head_of(s, &tokens);
    let mut range = tokens;
    let before = |i: usize| {
        let t = &s.tokens[i];
        let depends =
            ["amod", "compound", "nummod", "nmod", "flat"].iter().any(|r| t.is(r)) && phrase::is_under(s, i, head);
        let fits = phrase::is_capitalised(t)
            || (t.is("amod") && (!t.form.is_ascii() || phrase::is_capitalised(&s.tokens[head])));
        // "recent", "new", "joint": an adjective in lower case belongs to a Russian name only, where names are written so.
        let named = phrase::is_capitalised(t) || !t.form.is_ascii() || t.form.chars().any(|c| c.is_ascii_digit());
        depends && fits && named && t.upos != "DET" && t.upos != "PRON" && office_word(s, i, o).is_none()
    };
    while range.start > 0 && before(range.start - 1) {
        range.start -= 1;
    }
    loop {
        let next = range.end;
        if s.tokens.get(next).is_some_and(|t| phrase::is_punctuation(t) && !matches!(t.form.as_str(), "«" | "\"" | "“"))
        {
            break;
        }
        if let Some(end) = linked(s, &range, o) {
            range.end = end;
            continue;
        }
        let complement = (next..s.tokens.len()).find(|&k| {
            let t = &s.tokens[k];
            (t.is("nmod") || t.is("flat") || t.is("compound") || t.is("obl"))
                && t.head.is_some_and(|h| range.contains(&h))
                && first_of(s, k) == next
        });
        let Some(k) = complement.filter(|&k| continues(s, k, o)) else { break };
        let end = complement_end(s, k, o).max(k + 1);
        if end <= range.end {
            break;
        }
        range.end = end;
    }
    phrase::trimmed(s, range)
}

/// A complement in capitals after a linking preposition belongs to a name that ends in a noun for a body, whatever word the
/// tree hangs it on: "Regional Centre" + "on the Sustainable Development Goals". Gives the new end.
fn linked(s: &Sentence, range: &Range<usize>, o: &Ontology) -> Option<usize> {
    let head = range.end - 1;
    let link = s.tokens.get(range.end)?;
    let named = noun_class(s, head, o).is_some_and(|c| c != Class::Topic && c != Class::Person);
    if s.language != Language::En || !named || !o.name_grammar.links(s.language, LinkRole::Name, &fold(&link.form)) {
        return None;
    }
    let mut at = range.end + 1;
    at += usize::from(s.tokens.get(at).is_some_and(phrase::is_article));
    let mut end = at;
    while let Some(t) = s.tokens.get(end) {
        let time = o.calendar.get(s.language, &t.form).is_some();
        let person = s.entities.iter().any(|e| e.kind == NameKind::Per && e.tokens.contains(&end));
        if !phrase::is_capitalised(t) || time || person || !matches!(t.upos.as_str(), "NOUN" | "PROPN" | "ADJ") {
            break;
        }
        end += 1;
    }
    (end > at).then_some(end)
}

fn first_of(s: &Sentence, k: usize) -> usize {
    s.subtree(k).first().copied().unwrap_or(k)
}

/// Whether the complement headed by `k` belongs to the name: joined by a linking preposition to something capitalised, or
/// (Russian) in the genitive.
fn continues(s: &Sentence, k: usize, o: &Ontology) -> bool {
    let t = &s.tokens[k];
    if t.upos == "PRON" || t.upos == "NUM" {
        return false;
    }
    let case = s.children(k).find(|&c| s.tokens[c].is("case") && c < k);
    match case {
        Some(c) => {
            let links = o.name_grammar.links(s.language, LinkRole::Name, &fold(&s.tokens[c].form));
            let capital = (c + 1..=k).any(|i| phrase::is_capitalised(&s.tokens[i]));
            links && (capital || !t.form.is_ascii())
        }
        None if t.form.is_ascii() => phrase::is_capitalised(t),
        None => t.feats.get("Case").is_none_or(|c| c == "Gen") && !is_person_like(s, k),
    }
}

fn is_person_like(s: &Sentence, k: usize) -> bool {
    s.entities.iter().any(|e| e.kind == NameKind::Per && e.tokens.contains(&k))
}

/// The end of the complement, clauses, appositions and foreign prepositional phrases left out.
fn complement_end(s: &Sentence, k: usize, o: &Ontology) -> usize {
    let mut inside = vec![false; s.tokens.len()];
    let mut stack = vec![k];
    while let Some(i) = stack.pop() {
        inside[i] = true;
        for c in s.children(i) {
            let t = &s.tokens[c];
            let clause = ["acl", "appos", "parataxis", "advcl", "nsubj", "cop"].iter().any(|r| t.is(r));
            let phrase = (t.is("nmod") || t.is("obl")) && c > i && !continues(s, c, o);
            let mark = t.is("punct") && !matches!(t.form.as_str(), "\"" | "«" | "»" | "“" | "”" | "-");
            let listed = t.is("conj") && s.children(c).any(|g| s.tokens[g].form == ",");
            if !(clause || phrase || mark || listed) {
                stack.push(c);
            }
        }
    }
    let mut end = first_of(s, k);
    while end < inside.len() && inside[end] {
        end += 1;
    }
    end
}

/// Adds what the gazetteer knows: names that the model missed, keys for those that it found, and names within names.
fn add_known(s: &Sentence, o: &Ontology, names: &mut Vec<Name>) {
    let mut i = 0;
    while i < s.tokens.len() {
        // A lone word that the gazetteer knows is rather the place than a person of that name.
        let person = names.iter().any(|n| n.class == Class::Person && n.tokens.contains(&i) && n.tokens.len() > 1);
        let t = &s.tokens[i];
        let eligible = !person
            && (matches!(t.upos.as_str(), "PROPN" | "NOUN" | "ADJ" | "X")
                || i > 0 && matches!(t.upos.as_str(), "PRON" | "DET") && phrase::is_capitalised(t));
        let Some((length, known, adjective)) = known_at(s, i, o).filter(|_| eligible) else {
            i += 1;
            continue;
        };
        let mut tokens = i..i + length;
        i += length;
        // The gazetteer passes over dots and dashes; those at the end are the sentence's.
        while tokens.len() > 1 && phrase::is_punctuation(&s.tokens[tokens.end - 1]) {
            tokens.end -= 1;
        }
        // "Republic of Korea", "New York": a name that goes on is another name.
        let overlap = |n: &Name| n.tokens.start < tokens.end && tokens.start < n.tokens.end;
        let covered = |n: &Name| tokens.start <= n.tokens.start && n.tokens.end <= tokens.end;
        if names.iter().any(|n| n.class == Class::Person && overlap(n) && !covered(n)) {
            continue;
        }
        // A name that stops in the middle of a known one goes on to its end.
        for n in names.iter_mut().filter(|n| n.tokens.start < tokens.start && n.tokens.end > tokens.start) {
            if n.tokens.end < tokens.end {
                n.tokens.end = tokens.end;
                n.head = phrase::head_of(s, &n.tokens);
            }
        }
        names.retain(|n| n.class != Class::Person || !covered(n) || n.tokens == tokens);
        match names.iter_mut().find(|n| without_article(s, &n.tokens) == tokens || n.tokens == tokens) {
            Some(name) => {
                name.class = known.class;
                name.known = Some(known.key.clone());
                name.adjective = adjective;
            }
            None => {
                names.retain(|n| !(tokens.start <= n.tokens.start && n.tokens.end <= tokens.end));
                let mut name = Name::new(s, tokens, known.class);
                name.known = Some(known.key.clone());
                name.adjective = adjective;
                names.push(name);
            }
        }
    }
}

fn without_article(s: &Sentence, tokens: &Range<usize>) -> Range<usize> {
    let article = s.tokens[tokens.start].upos == "DET" && tokens.len() > 1;
    tokens.start + usize::from(article)..tokens.end
}

/// The longest known name or adjective that begins at token `i`.
fn known_at<'o>(s: &Sentence, i: usize, o: &'o Ontology) -> Option<(usize, &'o Known, bool)> {
    let t = &s.tokens[i];
    let words: Vec<&str> = s.tokens[i..].iter().take(12).map(|t| t.form.as_str()).collect();
    if let Some((length, known)) = o.gazetteer.longest(&words)
        && phrase::is_capitalised(t)
        && (length > 1 || t.upos != "ADJ")
    {
        return Some((length, known, false));
    }
    let adjective = matches!(t.upos.as_str(), "ADJ" | "PROPN");
    // "Sri Lankan", "South African" are written in two words.
    if let Some((length, known)) = o.gazetteer.longest_adjective(&words).filter(|(n, _)| *n > 1 && adjective) {
        return Some((length, known, true));
    }
    // "pro-Indian" is not Indian: every part of a hyphened adjective must be a state's.
    let states = o.gazetteer.adjectives(&t.form);
    let whole = states.len() > t.form.matches('-').count();
    states.first().filter(|_| adjective && whole).map(|&k| (1, k, true))
}
