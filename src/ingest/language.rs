//! Which language a text is in. English and Russian are read; their neighbours are refused by name, because a model
//! that is given Ukrainian as Russian answers with confident nonsense.

use super::{Language, error::Problem};
use crate::ontology::{Languages, Script};

/// Under this share of frequent words a Latin text is not English.
const ENGLISH_WORDS: f64 = 0.12;
/// Under this share of frequent words and letters a Cyrillic text is in no language that we know.
const CYRILLIC_SIGNS: f64 = 0.05;
/// Texts with fewer letters than this show no reliable shares.
const FEW_LETTERS: usize = 60;

/// What a text turns out to be.
#[derive(Debug, Clone, PartialEq)]
enum Found {
    Read(Language),
    Refused(String),
    /// Too short or too mixed to tell.
    Unclear,
}

/// The main language of an article's text; `claimed` is what its record says.
pub(super) fn of_article(text: &str, claimed: Option<&str>, languages: &Languages) -> Result<Language, Problem> {
    let claimed = match claimed {
        None => None,
        Some(tag) => match languages.by_tag(tag) {
            Some(profile) => Some(supported(&profile.tag).ok_or_else(|| Problem::Language(profile.name.clone()))?),
            None => return Err(Problem::Language(format!("{tag:?}"))),
        },
    };
    match identify(text, languages) {
        Found::Read(language) => Ok(language),
        Found::Refused(name) => Err(Problem::Language(name)),
        Found::Unclear => claimed.or_else(|| by_script(text)).ok_or(Problem::UnknownLanguage),
    }
}

/// The language of one paragraph of an article in `main`; none where it is one that is not read.
pub(super) fn of_paragraph(text: &str, main: Language, languages: &Languages) -> Option<Language> {
    match identify(text, languages) {
        Found::Read(language) => Some(language),
        Found::Refused(_) => None,
        Found::Unclear => Some(by_script(text).unwrap_or(main)),
    }
}

fn identify(text: &str, languages: &Languages) -> Found {
    let (latin, cyrillic, other) = scripts(text);
    let letters = latin + cyrillic + other;
    if other > latin + cyrillic {
        return match whatlang::detect(text) {
            Some(info) => Found::Refused(info.lang().eng_name().to_owned()),
            None => Found::Unclear,
        };
    }
    let script = if cyrillic * 5 >= letters * 2 { Script::Cyrillic } else { Script::Latin };
    let Some((profile, share)) = languages.best(text, script) else { return Found::Unclear };
    match script {
        Script::Cyrillic if letters < FEW_LETTERS => {
            // A short line may still show a letter that Russian lacks, in a word or two.
            if share > 0.25 && supported(&profile.tag).is_none() {
                Found::Refused(profile.name.clone())
            } else {
                Found::Unclear
            }
        }
        Script::Cyrillic if share < CYRILLIC_SIGNS => Found::Unclear,
        Script::Latin if letters < FEW_LETTERS => Found::Unclear,
        Script::Latin if share < ENGLISH_WORDS => match whatlang::detect(text) {
            Some(info) if info.lang() != whatlang::Lang::Eng => Found::Refused(info.lang().eng_name().to_owned()),
            _ => Found::Unclear,
        },
        _ => supported(&profile.tag).map_or_else(|| Found::Refused(profile.name.clone()), Found::Read),
    }
}

fn supported(tag: &str) -> Option<Language> {
    [Language::En, Language::Ru].into_iter().find(|l| l.tag() == tag)
}

fn by_script(text: &str) -> Option<Language> {
    let (latin, cyrillic, _) = scripts(text);
    match latin.cmp(&cyrillic) {
        std::cmp::Ordering::Less => Some(Language::Ru),
        std::cmp::Ordering::Greater => Some(Language::En),
        std::cmp::Ordering::Equal => None,
    }
}

/// Letters of the Latin, the Cyrillic and any other script.
fn scripts(text: &str) -> (usize, usize, usize) {
    text.chars().filter(|c| c.is_alphabetic()).fold((0, 0, 0), |(latin, cyrillic, other), c| match c {
        '\u{400}'..='\u{52f}' => (latin, cyrillic + 1, other),
        'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => (latin + 1, cyrillic, other),
        _ => (latin, cyrillic, other + 1),
    })
}
