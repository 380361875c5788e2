//! The entities of an article while it is read: which names are one thing.
//!
//! Persons meet by family name and agreeing given name, bodies by their words, by acronym or as a part of a longer name,
//! states and known places by their gazetteer key. Input: [`Name`]s in text order. Output: [`LocalEntity`]s, with what coreference
//! needs to know of each. Limitation: two brothers who are both called by the family name alone are one.

use super::{Class, LocalEntity, LocalId, labels, names::Name, phrase};
use crate::{
    analyze::Sentence,
    ingest::Language,
    ontology::{Gender, OfficeKind, Ontology},
};
use std::ops::Range;

/// What is known of an entity besides its names.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Its names as comparable words, in order of appearance.
    pub keys: Vec<Vec<String>>,
    /// Folded lemma of its head noun, for bodies, events and texts.
    pub noun: Option<String>,
    /// A person's gender, or a Russian noun's.
    pub gender: Option<Gender>,
    /// A person's offices: comparable words of the text, the kind, keys of the states.
    pub offices: Vec<(Vec<String>, OfficeKind, Vec<LocalId>)>,
    /// Short names that brackets or initials define.
    pub acronyms: Vec<String>,
    /// Whether the label is in the nominative as written.
    pub settled: bool,
}

/// All entities of an article.
#[derive(Debug)]
pub struct Cast<'a> {
    /// The ontology.
    pub ontology: &'a Ontology,
    /// The entities.
    pub entities: Vec<LocalEntity>,
    /// Their profiles, same order.
    pub profiles: Vec<Profile>,
}

impl<'a> Cast<'a> {
    /// No entities yet.
    #[must_use]
    pub const fn new(ontology: &'a Ontology) -> Self {
        Self { ontology, entities: Vec::new(), profiles: Vec::new() }
    }

    /// Adds an entity with one name.
    pub fn add(&mut self, class: Class, label: String, language: Language, named: bool, profile: Profile) -> LocalId {
        self.entities.push(LocalEntity {
            class,
            names: vec![label.clone()],
            label,
            language,
            named,
            mentions: Vec::new(),
            affiliation: Vec::new(),
            known: None,
        });
        self.profiles.push(profile);
        LocalId(self.entities.len() - 1)
    }

    fn ids(&self, class: Class) -> impl DoubleEndedIterator<Item = LocalId> + '_ {
        (0..self.entities.len()).filter(move |&i| self.entities[i].class == class).map(LocalId)
    }

    /// The entity of a name; `recent` ranks candidates (higher is more recent) where several persons share a family name.
    pub fn named(&mut self, s: &Sentence, name: &Name, recent: impl Fn(LocalId) -> usize) -> LocalId {
        match name.class {
            Class::Person => self.person(s, &name.tokens, recent),
            _ => self.thing(s, name),
        }
    }

    /// The entity with this gazetteer key, added with `label` where there is none.
    pub fn known(&mut self, key: &str, class: Class, label: String, language: Language) -> LocalId {
        if let Some(i) = self.entities.iter().position(|e| e.known.as_deref() == Some(key) && e.class == class) {
            return LocalId(i);
        }
        let id = self.add(class, label, language, true, Profile::default());
        self.entities[id.0].known = Some(key.to_owned());
        id
    }

    /// Adds a name to an entity; the label stays.
    pub fn also(&mut self, id: LocalId, name: String) {
        let names = &mut self.entities[id.0].names;
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }

    fn person(&mut self, s: &Sentence, tokens: &Range<usize>, recent: impl Fn(LocalId) -> usize) -> LocalId {
        let d = &self.ontology.declension;
        let key = labels::key(s, tokens, d);
        let label = labels::person(s, tokens, d);
        let gender = labels::gender_of_name(s, tokens).or_else(|| self.courtesy(s, tokens.start));
        let same = |p: &Profile| p.keys.iter().any(|k| same_person(k, &key));
        let candidates: Vec<LocalId> = self.ids(Class::Person).filter(|id| same(&self.profiles[id.0])).collect();
        let exact = |id: &LocalId| self.profiles[id.0].keys.contains(&key);
        let best = candidates.iter().copied().max_by_key(|id| (exact(id), recent(*id), std::cmp::Reverse(id.0)));
        let nominative = labels::stands_in_nominative(s, tokens);
        let Some(id) = best else {
            let profile = Profile { keys: vec![key], gender, settled: nominative, ..Profile::default() };
            return self.add(Class::Person, label, s.language, true, profile);
        };
        let longest = self.profiles[id.0].keys.iter().map(Vec::len).max().unwrap_or(0);
        let profile = &mut self.profiles[id.0];
        // The fullest name is the label; of two equally full ones that which needs no guessed ending.
        if key.len() > longest || (key.len() == longest && nominative && !profile.settled) {
            profile.settled = nominative;
            let entity = &mut self.entities[id.0];
            if key.len() == longest {
                entity.names.retain(|n| *n != entity.label);
            }
            entity.label.clone_from(&label);
            entity.names.retain(|n| *n != label);
            entity.names.insert(0, label);
        } else if !profile.keys.contains(&key) {
            self.also(id, label);
        }
        let profile = &mut self.profiles[id.0];
        if !profile.keys.contains(&key) {
            profile.keys.push(key);
        }
        profile.gender = profile.gender.or(gender);
        id
    }

    /// The gender that a word of courtesy before the name tells.
    fn courtesy(&self, s: &Sentence, start: usize) -> Option<Gender> {
        let before = &s.tokens[start.checked_sub(1)?];
        self.ontology.anaphors.honorific(s.language, &crate::ontology::fold(&before.form)).flatten()
    }

    fn thing(&mut self, s: &Sentence, name: &Name) -> LocalId {
        let d = &self.ontology.declension;
        let key = labels::key(s, &name.tokens, d);
        let certain = self.known_nominative(s, name, &key);
        let sure = certain.is_some();
        let label = certain.unwrap_or_else(|| labels::nominal(s, &name.tokens, name.head, d));
        let head = &s.tokens[name.head];
        let noun = Some(crate::ontology::fold(&head.lemma));
        let gender = head.feats.get("Gender").and_then(Gender::parse);
        let nominative = sure || s.language == Language::En || matches!(head.feats.get("Case"), None | Some("Nom"));
        let found = match &name.known {
            Some(known) => self
                .entities
                .iter()
                .position(|e| e.known.as_ref() == Some(known) && e.class == name.class)
                .map(LocalId)
                .or_else(|| self.by_words(name.class, &key, head.form.as_str(), noun.as_deref())),
            None => self.by_words(name.class, &key, head.form.as_str(), noun.as_deref()),
        };
        let id = found.unwrap_or_else(|| {
            let profile = Profile { noun, gender, settled: nominative, ..Profile::default() };
            self.add(name.class, label.clone(), s.language, true, profile)
        });
        let longest = self.profiles[id.0].keys.iter().map(Vec::len).max().unwrap_or(0);
        let entity = &mut self.entities[id.0];
        if entity.known.is_none() {
            entity.known.clone_from(&name.known);
        }
        entity.named = true;
        let fuller = key.len() > longest && name.class != Class::Country;
        if fuller || (nominative && !self.profiles[id.0].settled && key.len() >= longest) {
            entity.label.clone_from(&label);
            entity.names.retain(|n| *n != label);
            entity.names.insert(0, label);
            self.profiles[id.0].settled = nominative;
        } else {
            self.also(id, label);
        }
        let profile = &mut self.profiles[id.0];
        profile.gender = profile.gender.or(gender);
        if !profile.keys.contains(&key) {
            profile.keys.push(key);
        }
        id
    }

    /// The gazetteer's name that the words are a case form of.
    fn known_nominative(&self, s: &Sentence, name: &Name, key: &[String]) -> Option<String> {
        let known = self.ontology.gazetteer.get(name.known.as_deref()?)?;
        let same = |n: &&String| {
            let words = n.split([' ', '-']).map(|w| labels::stem(s.language, w, &self.ontology.declension));
            words.eq(key.iter().flat_map(|k| k.split('-').map(str::to_owned)))
        };
        known.names(s.language).iter().find(same).cloned()
    }

    /// A thing of this class whose name is the same, an acronym, or the longer form of the same name.
    fn by_words(&self, class: Class, key: &[String], form: &str, noun: Option<&str>) -> Option<LocalId> {
        let exact = self.ids(class).find(|id| self.profiles[id.0].keys.iter().any(|k| k == key));
        if exact.is_some() || key.is_empty() {
            return exact;
        }
        if key.len() == 1 && is_acronym(form) {
            let by_brackets = self.ids(class).rev().find(|id| self.profiles[id.0].acronyms.iter().any(|a| a == form));
            let by_initials =
                || self.ids(class).rev().find(|id| self.entities[id.0].names.iter().any(|n| initials_fit(form, n)));
            return by_brackets.or_else(by_initials);
        }
        if !matches!(class, Class::Organization | Class::Event | Class::Instrument | Class::Initiative) {
            return None;
        }
        let part = |long: &[String], short: &[String]| {
            short.len() >= 2 && long.len() > short.len() && long.windows(short.len()).any(|w| w == short)
        };
        self.ids(class).rev().find(|id| {
            let profile = &self.profiles[id.0];
            let one_noun = profile.noun.as_deref() == noun;
            one_noun && profile.keys.iter().any(|k| part(k, key) || part(key, k))
        })
    }

    /// Remembers that `short` stands for the entity: "… (UNRCCA)".
    pub fn define(&mut self, id: LocalId, short: &str) {
        self.profiles[id.0].acronyms.push(short.to_owned());
        self.also(id, short.to_owned());
    }
}

/// Whether two names may be one person's: the same family name and no differing given name.
fn same_person(a: &[String], b: &[String]) -> bool {
    let (Some(fa), Some(fb)) = (a.last(), b.last()) else { return false };
    match (a.len(), b.len()) {
        (1, 1) => fa == fb,
        // Where the family name comes first (Hu Jintao, Kim Jong-un) the first word stands alone.
        (1, _) => fa == fb || Some(fa) == b.first(),
        (_, 1) => fa == fb || a.first() == Some(fb),
        _ => fa == fb && given_agrees(&a[0], &b[0]),
    }
}

fn given_agrees(a: &str, b: &str) -> bool {
    let initial = |x: &str| x.chars().count() == 1;
    a == b || ((initial(a) || initial(b)) && a.chars().next() == b.chars().next())
}

/// Whether the word is written as an acronym: two capitals at least, and no small word.
#[must_use]
pub fn is_acronym(form: &str) -> bool {
    let capitals = form.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 2 && capitals * 2 > form.chars().count()
}

/// Whether the letters of an acronym are the initials of a name's words, in order; small words and up to two others may be
/// passed over, and an acronym within the name gives all its letters.
#[must_use]
pub fn initials_fit(acronym: &str, name: &str) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    if letters.len() < 3 {
        return false;
    }
    let words: Vec<&str> = name.split([' ', '-', '«', '»', '"', '(', ')']).filter(|w| !w.is_empty()).collect();
    let (mut at, mut skipped, mut matched) = (0, 0, 0);
    for (i, word) in words.iter().enumerate() {
        let own: Vec<char> = if is_acronym(word) {
            word.chars().filter(|c| c.is_alphabetic()).collect()
        } else {
            word.chars().take(1).flat_map(char::to_uppercase).collect()
        };
        if letters[at.min(letters.len() - 1)..].starts_with(&own) && at < letters.len() {
            at += own.len();
            matched = i;
        } else if word.chars().count() > 3 {
            if i == 0 {
                return false;
            }
            skipped += 1;
        }
    }
    at == letters.len() && skipped <= 3 && matched + 2 >= words.len()
}

/// Whether the phrase is introduced as something known: a definite article, a demonstrative, or (Russian) nothing at all.
#[must_use]
pub fn is_definite(s: &Sentence, head: usize) -> bool {
    let det = s.children(head).find(|&k| s.tokens[k].is("det"));
    match det {
        Some(k) => {
            let t = &s.tokens[k];
            let definite = t.feats.get("Definite").map_or_else(|| t.form.eq_ignore_ascii_case("the"), |d| d == "Def");
            definite || t.feats.get("PronType") == Some("Dem")
        }
        None => s.language == Language::Ru,
    }
}

/// Whether the noun stands without anything that would make it another one: no modifiers, no complements.
#[must_use]
pub fn is_bare(s: &Sentence, head: usize) -> bool {
    let full = phrase::extent(s, head, phrase::Extent::Clausal);
    let clause = s.children(head).any(|k| s.tokens[k].is("acl") || s.tokens[k].is("appos"));
    full.len() <= 1 && !clause
}
