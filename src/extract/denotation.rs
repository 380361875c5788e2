//! What an argument's head word stands for, also where the analyzer makes the office the head: "President Aliyev met …".
//!
//! Input: the discourse and a word. Output: entities. Limitation: an office without a holder denotes nobody here.

use super::{LocalId, discourse::Discourse};

/// The entities that the word denotes; a word of an office that denotes nothing by itself stands for the office's holder.
#[must_use]
pub fn denotation(d: &Discourse, sentence: usize, token: usize) -> Vec<LocalId> {
    let own = d.denoted(sentence, token);
    if !own.is_empty() {
        return own.to_vec();
    }
    if let Some(person) = d.addressed(sentence, token) {
        return vec![person];
    }
    let here = d.offices_in(sentence).iter().find(|(o, _)| o.tokens.contains(&token));
    here.and_then(|(_, holder)| *holder).into_iter().collect()
}
