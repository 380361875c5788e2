//! Labels: names and phrases in the nominative, made of the article's own words.
//!
//! "с Маратом Токаевым" names Марат Токаев, "Внешнеэкономического банка" the Внешнеэкономический банк. The model's lemma is
//! taken where it fits the form; where it does not, the endings' table decides. English words do not decline.
//! Limitation: a surname that is also an adjective (Толстой) may come out as one.

use super::phrase;
use crate::{
    analyze::{Sentence, Token},
    ingest::Language,
    ontology::{Declension, Gender, Paradigm, fold},
};
use std::ops::Range;

/// The gender of a person's name in Russian: what most of its words say.
#[must_use]
pub fn gender_of_name(s: &Sentence, tokens: &Range<usize>) -> Option<Gender> {
    let words = &s.tokens[tokens.clone()];
    let count = |g: &str| words.iter().filter(|t| t.feats.get("Gender") == Some(g)).count();
    match (count("Masc"), count("Fem")) {
        (m, f) if m > f => Some(Gender::Masc),
        (m, f) if f > m => Some(Gender::Fem),
        _ => None,
    }
}

/// A person's name in the nominative.
#[must_use]
pub fn person(s: &Sentence, tokens: &Range<usize>, declension: &Declension) -> String {
    let gender = gender_of_name(s, tokens).unwrap_or(Gender::Masc);
    let oblique = !stands_in_nominative(s, tokens);
    join(s, tokens, |i| {
        let t = &s.tokens[i];
        if s.language == Language::En || !oblique || t.form.ends_with('.') {
            return t.form.clone();
        }
        name_word(t, gender, declension)
    })
}

/// Whether a name stands in the nominative: its own features say so, or it is the subject or an apposition to one.
#[must_use]
pub fn stands_in_nominative(s: &Sentence, tokens: &Range<usize>) -> bool {
    if s.language == Language::En {
        return true;
    }
    let nominative = |i: usize| matches!(s.tokens[i].feats.get("Case"), None | Some("Nom"));
    let head = phrase::head_of(s, tokens);
    let t = &s.tokens[head];
    let apposed =
        (t.is("appos") || t.is("flat")) && t.head.is_some_and(|h| s.tokens[h].feats.get("Case") == Some("Nom"));
    t.is("nsubj") || apposed || tokens.clone().all(nominative)
}

fn name_word(t: &Token, gender: Gender, declension: &Declension) -> String {
    // The first part of "Касым-Жомарта" does not decline.
    let (fixed, last) = match t.form.rsplit_once('-') {
        Some((first, last)) => (format!("{first}-"), last),
        None => (String::new(), t.form.as_str()),
    };
    let word = fold_case(last);
    let by_suffix = declension.nominative(Paradigm::Surname, gender, &word);
    let lemma = fold_case(t.lemma.rsplit('-').next().unwrap_or(&t.lemma));
    let nominative = match by_suffix {
        Some(n) => n,
        None if t.feats.get("Case") == Some("Nom") => word,
        None if fits(&lemma, &word, declension) && lemma.chars().count() <= word.chars().count() + 1 => lemma,
        None => declension.nominative(Paradigm::Name, gender, &word).unwrap_or(word),
    };
    format!("{fixed}{}", recase(last, &nominative))
}

/// A phrase in the nominative: its head noun and the adjectives that agree with it; everything after the head stays.
#[must_use]
pub fn nominal(s: &Sentence, tokens: &Range<usize>, head: usize, declension: &Declension) -> String {
    let case = s.tokens.get(head).and_then(|t| t.feats.get("Case"));
    // "Пяти судей": after a number the genitive is all there is.
    let counted = s.children(head).any(|k| s.tokens[k].is("nummod") && tokens.contains(&k));
    if s.language == Language::En || matches!(case, None | Some("Nom")) || counted || !tokens.contains(&head) {
        return phrase::readable(s, tokens);
    }
    let plural = s.tokens[head].feats.get("Number") == Some("Plur");
    let gender = s.tokens[head].feats.get("Gender").and_then(Gender::parse).unwrap_or(Gender::Masc);
    let agreement = if plural { Gender::Plur } else { gender };
    let label = join(s, tokens, |i| {
        let t = &s.tokens[i];
        let agrees =
            t.head == Some(head) && (t.is("amod") || t.is("det")) && t.feats.get("Case").is_some_and(|c| c != "Nom");
        if i == head {
            noun_word(t, plural, gender, declension)
        } else if agrees && i < head {
            adjective_word(t, agreement, declension)
        } else {
            t.form.clone()
        }
    });
    strip_quotes(&label)
}

/// Words picked out of a phrase, in the nominative where they agree with its head.
#[must_use]
pub fn words(s: &Sentence, picked: &[usize], head: usize, declension: &Declension) -> String {
    let case = s.tokens[head].feats.get("Case");
    let oblique = s.language == Language::Ru && !matches!(case, None | Some("Nom"));
    let plural = s.tokens[head].feats.get("Number") == Some("Plur");
    let gender = s.tokens[head].feats.get("Gender").and_then(Gender::parse).unwrap_or(Gender::Masc);
    let mut out = String::new();
    for &i in picked {
        let t = &s.tokens[i];
        if !out.is_empty() && (t.space_before || !picked.contains(&(i.wrapping_sub(1)))) {
            out.push(' ');
        }
        out.push_str(&match () {
            () if !oblique => t.form.clone(),
            () if i == head => noun_word(t, plural, gender, declension),
            () if t.head == Some(head)
                && i < head
                && t.is("amod")
                && t.feats.get("Case").is_some_and(|c| c != "Nom") =>
            {
                adjective_word(t, if plural { Gender::Plur } else { gender }, declension)
            }
            () => t.form.clone(),
        });
    }
    out
}

fn noun_word(t: &Token, plural: bool, gender: Gender, declension: &Declension) -> String {
    let word = fold_case(&t.form);
    let letters = t.form.chars().filter(|c| c.is_alphabetic());
    if letters.clone().count() > 1 && letters.clone().all(char::is_uppercase) {
        return t.form.clone();
    }
    let lemma = fold_case(&t.lemma);
    // "Санкт-Петербурга": capitals within stay, the last part declines.
    if let Some((first, _)) = t.form.rsplit_once('-')
        && first.chars().next().is_some_and(char::is_uppercase)
    {
        return name_word(t, gender, declension);
    }
    let nominative = if plural {
        declension.nominative(Paradigm::Noun, Gender::Plur, &word)
    } else if fits(&lemma, &word, declension) {
        Some(lemma)
    } else {
        declension.nominative(Paradigm::Noun, gender, &word)
    };
    recase(&t.form, &nominative.unwrap_or(word))
}

/// The adjective as a dictionary gives it: "испанской" is "испанский".
#[must_use]
pub fn adjective(t: &Token, declension: &Declension) -> String {
    let gender = t.feats.get("Gender").and_then(Gender::parse).unwrap_or(Gender::Masc);
    let number = if t.feats.get("Number") == Some("Plur") { Gender::Plur } else { gender };
    if t.feats.get("Case").is_none_or(|c| c == "Nom") { t.form.clone() } else { adjective_word(t, number, declension) }
}

fn adjective_word(t: &Token, gender: Gender, declension: &Declension) -> String {
    let word = fold_case(&t.form);
    let nominative = declension.nominative(Paradigm::Adjective, gender, &word).unwrap_or(word);
    recase(&t.form, &nominative)
}

/// A lemma is believed if it is the same word but for its ending.
fn fits(lemma: &str, word: &str, declension: &Declension) -> bool {
    let (a, b) = (declension.stem(lemma), declension.stem(word));
    let common = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    // Vowels that come and go stand before the last consonant: Казахстанец – казахстанца.
    a == b || (common >= 3 && common + 2 >= a.chars().count().max(b.chars().count()))
}

fn fold_case(word: &str) -> String {
    word.to_lowercase()
}

/// Gives `word` the capitals of `like`, each part of a hyphened word its own.
fn recase(like: &str, word: &str) -> String {
    if like.contains('-') && like.matches('-').count() == word.matches('-').count() {
        return like.split('-').zip(word.split('-')).map(|(l, w)| recase(l, w)).collect::<Vec<_>>().join("-");
    }
    let mut letters = like.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest: Vec<char> = letters.filter(|c| c.is_alphabetic()).collect();
    if first && !rest.is_empty() && rest.iter().all(|c| c.is_uppercase()) {
        word.to_uppercase()
    } else if first {
        let mut chars = word.chars();
        chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
    } else {
        word.to_owned()
    }
}

/// The words as written, with blanks as in the text.
fn join(s: &Sentence, tokens: &Range<usize>, word: impl Fn(usize) -> String) -> String {
    let mut out = String::new();
    for i in tokens.clone() {
        if !out.is_empty() && s.tokens[i].space_before {
            out.push(' ');
        }
        out.push_str(&word(i));
    }
    out
}

fn strip_quotes(text: &str) -> String {
    let inner = text.trim_matches(|c: char| matches!(c, '"' | '“' | '”' | '«' | '»'));
    let paired = inner.matches('«').count() == inner.matches('»').count();
    if paired { inner.to_owned() } else { text.to_owned() }
}

/// How names are compared: each word folded, without punctuation, possessive and (Russian) case ending; articles dropped.
#[must_use]
pub fn key(s: &Sentence, tokens: &Range<usize>, declension: &Declension) -> Vec<String> {
    s.tokens[tokens.clone()]
        .iter()
        .filter(|t| !phrase::is_punctuation(t) && !phrase::is_article(t) && !t.form.starts_with(['\'', '’']))
        .map(|t| stem(s.language, &t.form, declension))
        .collect()
}

/// One word of a [`key`].
#[must_use]
pub fn stem(language: Language, word: &str, declension: &Declension) -> String {
    let folded = fold(word).replace('.', "");
    match language {
        Language::En => folded,
        Language::Ru => declension.stem(&folded),
    }
}
