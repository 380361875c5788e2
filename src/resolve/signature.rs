//! Names of bodies, meetings and texts, reduced to what they say in any language: notions, states and places, ordinals,
//! years, and the sounds of what is left.
//!
//! `МИД РК` and `Ministry of Foreign Affairs of the Republic of Kazakhstan` have one signature. Whatever the glossary and
//! the gazetteer do not know is a proper name and compared by sound; a translated proper name is therefore missed.

use super::{
    acronym::{Initial, stands_for},
    names::Likeness,
    transliterate::{Coder, distance},
};
use crate::{
    extract::Class,
    ontology::{
        NameCode, Ontology, WordRole,
        forms::{HYPHENS, fold, is_acronym},
        inflection::{WordKind, is_cyrillic},
    },
};
use std::{collections::BTreeSet, rc::Rc};

/// What a name says.
#[derive(Debug, Clone, Default)]
pub struct Signature {
    /// The name.
    pub text: String,
    /// Notions that tell what kind of thing it is.
    pub heads: BTreeSet<String>,
    /// Other notions.
    pub notions: BTreeSet<String>,
    /// Gazetteer keys of states, places and bodies in it.
    pub known: BTreeSet<String>,
    /// Words that no table knows.
    pub words: Vec<Rc<NameCode>>,
    /// The first of them: an embassy is that state's.
    pub owner: Option<String>,
    /// 7th, седьмая, VII; resolution 2231.
    pub ordinals: BTreeSet<u32>,
    /// 2026.
    pub years: BTreeSet<u32>,
    /// Whether every state has such a thing.
    pub national: bool,
    /// The name, if it is an acronym.
    pub acronym: Option<String>,
    /// What its words may give to an acronym.
    pub initials: Vec<Initial>,
    /// An acronym among its words that no table knows: the CFE of `CFE Treaty`.
    pub inner_acronym: Option<String>,
    /// Whether its heads say no more than that it is a place: river, city.
    pub plain_place: bool,
    /// Of the notions those that tell little: international, national.
    pub weak: BTreeSet<String>,
    /// Where in `initials` the name without its first head begins.
    after_head: usize,
}

impl Signature {
    /// Reads a name.
    #[must_use]
    pub fn read(text: &str, ontology: &Ontology, coder: &Coder<'_>) -> Self {
        let words = tokens(text, ontology);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut it = Self { text: text.to_owned(), plain_place: true, ..Self::default() };
        if let [word] = words.as_slice()
            && is_acronym(word)
        {
            it.acronym = Some((*word).to_owned());
        }
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            let meaning = ontology.glossary.longest(rest);
            let named = ontology.gazetteer.longest(rest);
            let adjective = ontology.gazetteer.longest_adjective(rest).filter(|(n, _)| *n > 1);
            let longer = match (named, adjective) {
                (Some(n), Some(a)) if a.0 > n.0 => Some(a),
                (named, adjective) => named.or(adjective),
            };
            let place = longer.filter(|(n, _)| meaning.is_none_or(|(m, _)| *n > m));
            if let Some((length, known)) = place {
                it.letters(&rest[..length], false);
                it.owner.get_or_insert_with(|| known.key.clone());
                it.known.insert(known.key.clone());
                at += length;
            } else if let Some((length, meaning)) = meaning {
                it.letters(&rest[..length], meaning.role == WordRole::Drop);
                match meaning.role {
                    WordRole::Drop | WordRole::Stump => {}
                    WordRole::Ordinal => {
                        it.ordinals.extend(meaning.notions.iter().filter_map(|n| n.parse::<u32>().ok()))
                    }
                    WordRole::Head | WordRole::National | WordRole::Place => {
                        if it.heads.is_empty() && it.notions.is_empty() && it.known.is_empty() {
                            it.after_head = it.initials.len();
                        }
                        it.national |= meaning.role == WordRole::National;
                        it.plain_place &= meaning.role == WordRole::Place;
                        it.heads.extend(meaning.notions.iter().cloned());
                    }
                    WordRole::Word => it.notions.extend(meaning.notions.iter().cloned()),
                    WordRole::Weak => {
                        it.notions.extend(meaning.notions.iter().cloned());
                        it.weak.extend(meaning.notions.iter().cloned());
                    }
                }
                at += length;
            } else {
                it.letters(&rest[..1], false);
                it.other(words[at], ontology, coder);
                at += 1;
            }
        }
        // The countries of a region are the region.
        if it.known.iter().any(|key| key.starts_with("place:")) {
            it.notions.remove("country");
        }
        it
    }

    /// A word that begins no phrase: a number, an adjective of a state, a compound, or a proper name.
    fn other(&mut self, word: &str, ontology: &Ontology, coder: &Coder<'_>) {
        if let Some(number) = number(word) {
            if (1900..2100).contains(&number) {
                self.years.insert(number)
            } else {
                self.ordinals.insert(number)
            };
            return;
        }
        let of = ontology.gazetteer.adjectives(word);
        if let Some(first) = of.first() {
            self.owner.get_or_insert_with(|| first.key.clone());
            self.known.extend(of.iter().map(|k| k.key.clone()));
            return;
        }
        if let Some(place) = ontology.gazetteer.place_of_adjective(word, &ontology.inflection) {
            self.known.insert(place.key.clone());
            return;
        }
        if let Some(meanings) = ontology.glossary.compound(word) {
            for meaning in meanings {
                let of = if matches!(meaning.role, WordRole::Head | WordRole::National) {
                    &mut self.heads
                } else {
                    &mut self.notions
                };
                of.extend(meaning.notions.iter().cloned());
                self.national |= meaning.role == WordRole::National;
            }
            return;
        }
        for part in word.split(HYPHENS).filter(|p| !p.is_empty()) {
            match number(part) {
                Some(year) if (1900..2100).contains(&year) => drop(self.years.insert(year)),
                _ => match ontology.glossary.longest(&[part]) {
                    Some((_, meaning)) if part != word => self.notions.extend(meaning.notions.iter().cloned()),
                    _ => {
                        if is_acronym(part) && part.chars().count() >= 3 {
                            self.inner_acronym.get_or_insert_with(|| part.to_owned());
                        }
                        self.words.push(in_any_case(&part.to_lowercase(), ontology, coder));
                    }
                },
            }
        }
    }

    fn letters(&mut self, words: &[&str], small: bool) {
        for word in words {
            for (at, part) in word.split(HYPHENS).enumerate() {
                let Some(first) = part.chars().next().filter(|c| c.is_alphabetic()) else { continue };
                let full = at == 0 && !small && (part.chars().count() > 3 || first.is_uppercase());
                let letters = if is_acronym(part) { part.to_uppercase() } else { first.to_uppercase().collect() };
                self.initials.push(Initial { letters, full });
            }
        }
    }

    /// How many things it says.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.heads.len() + self.notions.len() + self.known.len() + self.words.len()
    }

    /// Whether it names something only together with a state: `the Foreign Ministry`.
    #[must_use]
    pub fn needs_state(&self) -> bool {
        let numbered = self.ordinals.iter().any(|n| *n >= SERIES);
        self.known.is_empty()
            && self.words.is_empty()
            && !numbered
            && (self.national || self.notions.is_empty() && self.heads.len() <= 1)
    }

    /// Whether the name of a meeting or text tells only its kind: its article tells which it is, or date, place and participants.
    #[must_use]
    pub fn is_vague(&self, class: Class) -> bool {
        let only_kind = class == Class::Event || class == Class::Instrument && self.notions.is_empty();
        only_kind && self.known.is_empty() && self.words.is_empty() && self.ordinals.is_empty() && self.years.is_empty()
    }

    /// The same for the name in either language.
    #[must_use]
    pub fn key(&self) -> String {
        let mut parts: Vec<String> = self.heads.iter().chain(&self.notions).chain(&self.known).cloned().collect();
        parts.extend(self.words.iter().map(|w| w.skeleton()));
        parts.sort();
        parts.extend(self.ordinals.iter().chain(&self.years).map(u32::to_string));
        parts.join(" ")
    }

    /// What it is looked up by, the rarest kind first.
    #[must_use]
    pub fn blocks(&self) -> Vec<String> {
        let mut blocks: Vec<String> = self.words.iter().flat_map(|w| w.blocks()).map(str::to_owned).collect();
        blocks.extend(self.notions.iter().map(|n| format!("={n}")));
        blocks.extend(self.heads.iter().map(|n| format!("={n}")));
        // A kind of thing is common, and so is a state: together they are rare.
        for known in &self.known {
            blocks.extend(self.heads.iter().chain(&self.notions).map(|n| format!("={n} @{known}")));
        }
        if self.heads.is_empty() && self.notions.is_empty() {
            blocks.push(format!("@{}", self.known.iter().map(String::as_str).collect::<Vec<_>>().join(" ")));
        }
        blocks.sort();
        blocks.dedup();
        blocks
    }

    /// Compares two names of things of one class.
    #[must_use]
    pub fn compare(&self, other: &Self, class: Class) -> Likeness {
        if let (Some(a), Some(b)) = (&self.acronym, &other.acronym)
            && is_cyrillic_text(a) == is_cyrillic_text(b)
            && !self.needs_state()
        {
            return if a == b { Likeness::Same(0.95, "same acronym") } else { Likeness::Unrelated };
        }
        for (short, long) in [(self, other), (other, self)] {
            if let Some(score) = short.abbreviates(long) {
                return Likeness::Partial(score, "acronym of the full name");
            }
        }
        if !self.kinds_fit(other, class) {
            return Likeness::Unrelated;
        }
        let (only_self, only_other) = self.unshared_words(other);
        let less = self.notions.difference(&other.notions).count() + only_self;
        let more = other.notions.difference(&self.notions).count() + only_other;
        let known_less = self.known.difference(&other.known).count();
        let known_more = other.known.difference(&self.known).count();
        let shared = self.weight().saturating_sub(less + known_less);
        let same_rest = less + more == 0 && shared > 0;
        if differ(&self.ordinals, &other.ordinals) && shared > 0 {
            return Likeness::Conflict("different ordinals");
        }
        if differ(&self.years, &other.years) && shared > 0 {
            return Likeness::Conflict("different years");
        }
        if series_differ(self, other) && shared > 0 {
            return Likeness::Conflict("different numbers");
        }
        if self.national && same_rest && known_less + known_more == 0 && self.owner != other.owner {
            return Likeness::Conflict("states in other roles");
        }
        if known_less > 0 && known_more > 0 {
            return if same_rest { Likeness::Conflict("different states or places") } else { Likeness::Unrelated };
        }
        let unshared = || self.notions.symmetric_difference(&other.notions);
        let only_weak = class == Class::Organization
            && only_self + only_other == 0
            && unshared().next().is_some()
            && unshared().all(|n| self.weak.contains(n) || other.weak.contains(n));
        let numbers = self.ordinals == other.ordinals && self.years == other.years;
        if self.is_vague(class) || other.is_vague(class) {
            return Likeness::Unrelated;
        }
        let in_full = same_rest && known_less + known_more == 0;
        let contained = (less + known_less == 0) || (more + known_more == 0);
        let least = self.weight().min(other.weight());
        if in_full && numbers && !self.needs_state() {
            Likeness::Same(0.95, "same name")
        } else if in_full && !numbers {
            Likeness::Partial(0.8, "same name, number told once")
        } else if only_weak && numbers && known_less + known_more == 0 && shared >= 2 {
            Likeness::Partial(0.55, "same name but for a word that tells little")
        } else if same_rest && (least >= 2 || !self.heads.is_empty()) {
            Likeness::Partial(0.6, "same name, state or place told once")
        } else if contained && least >= 3 && class != Class::Organization {
            Likeness::Partial(0.5, "short form")
        } else {
            Likeness::Unrelated
        }
    }

    /// How well the name, an acronym or one with its head (`CFE Treaty`), stands for a full name.
    fn abbreviates(&self, long: &Self) -> Option<f32> {
        if long.acronym.is_some() || long.inner_acronym.is_some() {
            return None;
        }
        if let Some(acronym) = &self.acronym {
            let spare = usize::from(acronym.chars().count() >= 4);
            return (0..=spare)
                .find(|&spare| stands_for(acronym, &long.initials, spare))
                .map(|spare| 0.8 - 0.2 * spare as f32);
        }
        let acronym = self.inner_acronym.as_ref()?;
        let bare = self.words.len() == 1
            && self.notions.is_empty()
            && self.known.is_empty()
            && self.heads.is_subset(&long.heads);
        let rest = long.initials.get(long.after_head..)?;
        (0..=1).find(|&spare| bare && stands_for(acronym, rest, spare)).map(|spare| 0.75 - 0.1 * spare as f32)
    }

    /// Keys of acronyms that it is or may have: first and last letter.
    #[must_use]
    pub fn letter_blocks(&self) -> BTreeSet<String> {
        let ends = |letters: &str| Some(format!("#{}{}", letters.chars().next()?, letters.chars().next_back()?));
        if let Some(acronym) = self.acronym.as_ref().or(self.inner_acronym.as_ref()) {
            return ends(acronym).into_iter().chain([format!("#{acronym}")]).collect();
        }
        let of = |words: &[Initial]| {
            let full = || words.iter().filter(|w| w.full);
            let (first, last) = (full().next()?, full().next_back()?);
            ends(&format!("{}{}", first.letters, last.letters))
        };
        [of(&self.initials), self.initials.get(self.after_head..).and_then(of)].into_iter().flatten().collect()
    }

    /// Heads must agree: a department of a ministry is not the ministry. What a place or an initiative is need not be said.
    fn kinds_fit(&self, other: &Self, class: Class) -> bool {
        self.heads == other.heads
            || matches!(class, Class::Place | Class::Initiative) && (self.heads.is_empty() || other.heads.is_empty())
            || class != Class::Organization
                && (self.heads.is_subset(&other.heads) || other.heads.is_subset(&self.heads))
                && !self.heads.is_empty()
                && !other.heads.is_empty()
    }

    /// How many words of each have no counterpart in the other.
    fn unshared_words(&self, other: &Self) -> (usize, usize) {
        let mut free: Vec<&Rc<NameCode>> = other.words.iter().collect();
        let mut alone = 0;
        for word in &self.words {
            match free.iter().position(|o| distance(word, o).is_some()) {
                Some(at) => drop(free.remove(at)),
                None => alone += 1,
            }
        }
        (alone, free.len())
    }
}

/// The words of a name. A dash always parts words, a hyphen where what stands after it begins a longer known name: `EU-Central Asia`.
fn tokens(text: &str, ontology: &Ontology) -> Vec<String> {
    let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '+').to_owned();
    let words: Vec<String> =
        text.split([' ', '/', ',', '(', ')', '\u{a0}', '–', '—']).map(clean).filter(|w| !w.is_empty()).collect();
    let mut tokens = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let parts = word.rsplit_once(HYPHENS).filter(|(first, last)| {
            let rest: Vec<&str> = std::iter::once(*last).chain(words[at + 1..].iter().map(String::as_str)).collect();
            let longer = ontology.gazetteer.longest(&rest).is_some_and(|(n, _)| n > 1);
            longer && ontology.gazetteer.name(first).is_some()
        });
        match parts {
            Some((first, last)) => tokens.extend([first.to_owned(), last.to_owned()]),
            None => tokens.push(word.clone()),
        }
    }
    tokens
}

/// From here on a number is that of a document, not of a meeting.
const SERIES: u32 = 100;

/// Numbers of documents: resolution 1929 is no year.
fn series_differ(a: &Signature, b: &Signature) -> bool {
    let all = |s: &Signature| s.ordinals.union(&s.years).copied().collect::<BTreeSet<_>>();
    a.ordinals.iter().chain(&b.ordinals).any(|n| *n >= SERIES) && differ(&all(a), &all(b))
}

/// The sounds of a word and, in Russian, of the nominatives that it may be a form of.
fn in_any_case(word: &str, ontology: &Ontology, coder: &Coder<'_>) -> Rc<NameCode> {
    let direct = coder.code(word);
    if !is_cyrillic_text(word) {
        return direct;
    }
    let mut code = (*direct).clone();
    let inflection = &ontology.inflection;
    let nouns = inflection.nominatives(word, WordKind::Given).into_iter();
    for nominative in nouns.chain(inflection.nominatives(word, WordKind::Derived)) {
        for reading in &coder.code(&nominative).readings {
            if !code.readings.contains(reading) {
                code.readings.push(reading.clone());
            }
        }
    }
    Rc::new(code)
}

fn differ(a: &BTreeSet<u32>, b: &BTreeSet<u32>) -> bool {
    !a.is_empty() && !b.is_empty() && a.is_disjoint(b)
}

fn is_cyrillic_text(text: &str) -> bool {
    text.chars().any(is_cyrillic)
}

/// `7`, `7th`, `7-й`, `VII`.
fn number(word: &str) -> Option<u32> {
    let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !digits.is_empty() {
        let rest = fold(&word[digits.len()..]);
        return (rest.chars().count() <= 3 && rest.chars().all(char::is_alphabetic))
            .then(|| digits.parse().ok())
            .flatten();
    }
    roman(word)
}

fn roman(word: &str) -> Option<u32> {
    let value = |c| match c {
        'I' => Some(1u32),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let values: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    if values.is_empty() || values.len() == 1 && values[0] == 1 {
        return None; // The pronoun is more likely.
    }
    let signed = values.iter().enumerate().map(|(i, v)| {
        let lesser = values.get(i + 1).is_some_and(|next| next > v);
        if lesser { -i64::from(*v) } else { i64::from(*v) }
    });
    u32::try_from(signed.sum::<i64>()).ok()
}
