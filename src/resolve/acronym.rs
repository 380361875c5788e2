//! Whether an acronym can stand for a full name: `UNCLOS` for `UN Convention on the Law of the Sea`.
//!
//! Each full word gives its first letter, each acronym within the name all its letters; small words and the later parts
//! of compounds may give theirs. One full word may be left out if enough letters remain (`CFE`: Conventional *Armed* Forces
//! in Europe). Letters from the middle of words (ЕврАзЭС) are not read: such names stand in the gazetteer.

/// The letters that one word of a name may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initial {
    /// Capital letters.
    pub letters: String,
    /// Whether an acronym is expected to show it.
    pub full: bool,
}

/// Whether the letters are an acronym of the words; `spare` full words may be missing.
#[must_use]
pub fn stands_for(acronym: &str, words: &[Initial], spare: usize) -> bool {
    let letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
    let full = || words.iter().filter(|w| w.full);
    let ends = full().next().zip(full().next_back());
    letters.len() >= 3
        // An acronym shows where its name begins and ends.
        && ends.is_some_and(|(first, last)| {
            first.letters.starts_with(letters[0]) && letters.last().is_some_and(|l| last.letters.ends_with(*l))
        })
        && reads(&letters, words, spare)
}

fn reads(letters: &[char], words: &[Initial], spare: usize) -> bool {
    let Some((word, rest)) = words.split_first() else { return letters.is_empty() };
    let given: Vec<char> = word.letters.chars().collect();
    letters.strip_prefix(given.as_slice()).is_some_and(|left| reads(left, rest, spare))
        || !word.full && reads(letters, rest, spare)
        || word.full && spare > 0 && reads(letters, rest, spare - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Initial> {
        let initial = |w: &str| Initial {
            letters: if w.chars().all(char::is_uppercase) { w.into() } else { w[..1].to_uppercase() },
            full: w.starts_with(char::is_uppercase),
        };
        text.split(' ').map(initial).collect()
    }

    #[test]
    fn acronyms_of_full_names() {
        for (acronym, name, spare) in [
            ("UNCLOS", "UN Convention on the Law of the Sea", 0),
            ("UNODC", "UN Office on Drugs and Crime", 0),
            ("CTBT", "Comprehensive Nuclear Test Ban Treaty", 1),
            ("CFE", "Conventional Armed Forces in Europe", 1),
            ("NRC", "Norwegian Refugee Council", 0),
        ] {
            assert!(stands_for(acronym, &words(name), spare), "{acronym}");
        }
        for (acronym, name, spare) in [
            ("WHO", "World Trade Organization", 1),
            ("ADB", "Asian Infrastructure Investment Bank", 1),
            ("UNSC", "UN General Assembly", 0),
            ("EU", "European Union", 0),
        ] {
            assert!(!stands_for(acronym, &words(name), spare), "{acronym}");
        }
    }
}
