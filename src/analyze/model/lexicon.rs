//! A dictionary of lemmas for frequent forms, which goes before the network's own guess: `lemmas.tsv`.
//!
//! Why: the network sees pieces, not letters, and a dictionary of Russian knows better what "провёл" comes from.
//! A line is a class of words (`N`oun, `P`lace or body, woman's name `F`, man's name `M`, `V`erb, `A`djective), an edit script without
//! its case, and the forms, each as the number of letters shared with the form before (`0`–`9`, `a`–`z`) and its rest.
//! "Токаева" is a man's genitive or a woman's nominative: the gender that the network tells decides. Class `W` holds endings instead of
//! forms: a feminine proper noun that is no entry gets its nominative by them, so that a rare surname of a woman stays hers.

use super::{
    ModelError,
    lemma::{Script, title},
};
use crate::analyze::Feats;
use std::collections::HashMap;

#[derive(Debug, Default)]
pub(super) struct Lexicon {
    scripts: Vec<Script>,
    /// Numbers of scripts by form, for each class of words.
    classes: [HashMap<Box<str>, u32>; 7],
}

const NOUN: usize = 0;
const PLACE: usize = 1;
const VERB: usize = 2;
const ADJECTIVE: usize = 3;
const WOMAN: usize = 4;
const MAN: usize = 5;
const ENDING: usize = 6;

impl Lexicon {
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        let text = std::str::from_utf8(bytes).map_err(|e| ModelError::Lexicon(e.to_string()))?;
        let mut made = Self::default();
        for (number, line) in text.lines().enumerate() {
            made.read(line)
                .ok_or_else(|| ModelError::Lexicon(format!("line {} is not as it should be", number + 1)))?;
        }
        Ok(made)
    }

    fn read(&mut self, line: &str) -> Option<()> {
        let mut columns = line.split('\t');
        let class = match columns.next()? {
            "N" => NOUN,
            "P" => PLACE,
            "V" => VERB,
            "A" => ADJECTIVE,
            "F" => WOMAN,
            "M" => MAN,
            "W" => ENDING,
            _ => return None,
        };
        let edit = columns.next()?;
        let script = if edit.starts_with('=') { Script::parse(edit)? } else { Script::parse(&format!("l{edit}"))? };
        let number = u32::try_from(self.scripts.len()).ok()?;
        self.scripts.push(script);
        let mut form: Vec<char> = Vec::new();
        for word in columns.next()?.split(' ') {
            let mut letters = word.chars();
            form.truncate(letters.next()?.to_digit(36)? as usize);
            form.extend(letters);
            self.classes[class].insert(form.iter().collect(), number);
        }
        Some(())
    }

    /// The lemma, if the form is known in this part of speech. A proper noun keeps its capital, an acronym all of them.
    pub fn lemma(&self, form: &str, upos: &str, feats: &Feats) -> Option<String> {
        let classes: &[usize] = match (upos, feats.get("Gender")) {
            ("NOUN", _) => &[NOUN],
            ("VERB" | "AUX", _) => &[VERB],
            ("ADJ", _) => &[ADJECTIVE],
            ("PROPN", Some("Fem")) => &[WOMAN, PLACE, NOUN],
            ("PROPN", Some("Masc")) => &[MAN, PLACE, NOUN],
            ("PROPN", _) => &[PLACE, NOUN],
            _ => return None,
        };
        let low = form.to_lowercase();
        let entry = classes.iter().find_map(|&class| self.classes[class].get(low.as_str()));
        let number = entry.or_else(|| classes.contains(&WOMAN).then(|| self.by_ending(&low)).flatten())?;
        let lemma = self.scripts.get(*number as usize)?.apply(&low);
        let capital = upos == "PROPN" && form.chars().next().is_some_and(char::is_uppercase);
        Some(match capital {
            true if lemma == low => form.to_owned(),
            true => title(&lemma),
            false => lemma,
        })
    }

    /// The longest known ending that leaves two letters; parts of a double surname are not told apart.
    fn by_ending(&self, form: &str) -> Option<&u32> {
        let mut starts = form.char_indices().skip(2).map(|(start, _)| start);
        starts.find_map(|start| self.classes[ENDING].get(&form[start..])).filter(|_| !form.contains('-'))
    }
}

#[cfg(test)]
mod tests {
    use super::{Feats, Lexicon};

    const TABLE: &str = "N\t0>|1>\t0совета 4ом\nP\t0>|1>я\t0германии\nP\t0>|0>\t0оон\nV\t=идти\t0шла 1ли\n\
                         F\t0>|0>\t0токаева\nM\t0>|1>\t0токаева\n\
                         W\t0>|2>а\t0овой\nW\t0>|2>ая\t0ской\n";

    #[track_caller]
    fn lemma(form: &str, upos: &str, feats: &str) -> Option<String> {
        Lexicon::parse(TABLE.as_bytes()).expect("a lexicon").lemma(form, upos, &Feats::parse(feats))
    }

    #[test]
    fn forms_share_their_beginnings() {
        assert_eq!(lemma("Совета", "NOUN", "_").as_deref(), Some("совет"));
        assert_eq!(lemma("шли", "VERB", "_").as_deref(), Some("идти"));
        assert_eq!(lemma("шлили", "VERB", "_"), None);
    }

    #[test]
    fn proper_nouns_keep_their_capitals_and_may_be_nouns() {
        assert_eq!(lemma("ГЕРМАНИИ", "PROPN", "_").as_deref(), Some("Германия"));
        assert_eq!(lemma("ООН", "PROPN", "Gender=Fem").as_deref(), Some("ООН"));
        assert_eq!(lemma("Совета", "PROPN", "Gender=Masc").as_deref(), Some("Совет"));
        assert_eq!(lemma("Германии", "NOUN", "_"), None);
    }

    #[test]
    fn gender_tells_a_surname() {
        assert_eq!(lemma("Токаева", "PROPN", "Case=Gen|Gender=Masc").as_deref(), Some("Токаев"));
        assert_eq!(lemma("Токаева", "PROPN", "Case=Nom|Gender=Fem").as_deref(), Some("Токаева"));
        assert_eq!(lemma("Токаева", "PROPN", "_"), None);
    }

    #[test]
    fn an_ending_keeps_a_rare_surname_with_its_woman() {
        assert_eq!(lemma("Бектуровой", "PROPN", "Case=Ins|Gender=Fem").as_deref(), Some("Бектурова"));
        assert_eq!(lemma("Соколовской", "PROPN", "Gender=Fem").as_deref(), Some("Соколовская"));
        assert_eq!(lemma("Бектуровой", "PROPN", "_"), None);
        assert_eq!(lemma("Ковой", "PROPN", "Gender=Fem"), None);
        assert_eq!(lemma("Соловой-Петровой", "PROPN", "Gender=Fem"), None);
    }

    #[test]
    fn names_the_damaged_line() {
        let error = Lexicon::parse("N\t0>|1>\t0совета\nN\tx\t0в\n".as_bytes()).expect_err("no edit");
        assert_eq!(error.to_string(), "lemmas.tsv does not fit: line 2 is not as it should be");
    }
}
