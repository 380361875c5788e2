//! Names of bodies, meetings and texts, reduced to what they say in any language: notions, states and places, ordinals,
//! years, and the sounds of what is left.
//!
//! `МИД РК` and `Ministry of Foreign Affairs of the Republic of Kazakhstan` have one signature. Whatever the glossary and
//! the gazetteer do not know is a proper name and compared by sound; a translated proper name is therefore missed.

use super::{
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
    /// First letters of its words, without and with the small ones.
    pub first_letters: [String; 2],
}

impl Signature {
    /// Reads a name.
    #[must_use]
    pub fn read(text: &str, ontology: &Ontology, coder: &Coder<'_>) -> Self {
        let clean = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '+').to_owned();
        let words: Vec<String> =
            text.split([' ', '/', ',', '(', ')', '\u{a0}']).map(clean).filter(|w| !w.is_empty()).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut it = Self { text: text.to_owned(), ..Self::default() };
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
                    WordRole::Drop => {}
                    WordRole::Ordinal => {
                        it.ordinals.extend(meaning.notions.iter().filter_map(|n| n.parse::<u32>().ok()))
                    }
                    WordRole::Head | WordRole::National => {
                        it.national |= meaning.role == WordRole::National;
                        it.heads.extend(meaning.notions.iter().cloned());
                    }
                    WordRole::Word => it.notions.extend(meaning.notions.iter().cloned()),
                }
                at += length;
            } else {
                it.letters(&rest[..1], false);
                it.other(words[at], ontology, coder);
                at += 1;
            }
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
        for part in word.split(HYPHENS).filter(|p| !p.is_empty()) {
            match number(part) {
                Some(year) if (1900..2100).contains(&year) => drop(self.years.insert(year)),
                _ => match ontology.glossary.longest(&[part]) {
                    Some((_, meaning)) if part != word => self.notions.extend(meaning.notions.iter().cloned()),
                    _ => self.words.push(in_any_case(&part.to_lowercase(), ontology, coder)),
                },
            }
        }
    }

    fn letters(&mut self, words: &[&str], small: bool) {
        for word in words {
            for part in word.split(HYPHENS) {
                let Some(first) = part.chars().next().map(|c| c.to_uppercase()) else { continue };
                if !small && (part.chars().count() > 3 || part.chars().next().is_some_and(char::is_uppercase)) {
                    self.first_letters[0].extend(first.clone());
                }
                self.first_letters[1].extend(first);
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
            if let Some(acronym) = &short.acronym
                && acronym.chars().count() >= 3
                && long.acronym.is_none()
                && long.first_letters.contains(acronym)
            {
                return Likeness::Partial(0.8, "acronym of the full name");
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
        let numbers = self.ordinals == other.ordinals && self.years == other.years;
        let in_full = same_rest && known_less + known_more == 0;
        let contained = (less + known_less == 0) || (more + known_more == 0);
        let least = self.weight().min(other.weight());
        if in_full && numbers && !self.needs_state() {
            Likeness::Same(0.95, "same name")
        } else if in_full && !numbers {
            Likeness::Partial(0.8, "same name, number told once")
        } else if same_rest && (least >= 2 || !self.heads.is_empty()) {
            Likeness::Partial(0.6, "same name, state or place told once")
        } else if contained && least >= 3 && class != Class::Organization {
            Likeness::Partial(0.5, "short form")
        } else {
            Likeness::Unrelated
        }
    }

    /// Heads must agree: a department of a ministry is not the ministry.
    fn kinds_fit(&self, other: &Self, class: Class) -> bool {
        self.heads == other.heads
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
    for nominative in ontology.inflection.nominatives(word, WordKind::Given) {
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
