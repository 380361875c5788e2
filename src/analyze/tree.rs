//! Trees for the terminal: a sentence's words under their heads, in word order.
//!
//! Limitation: made for eyes alone; nothing reads it back.

use super::Sentence;
use std::fmt::Write as _;

/// Draws the tree of `sentence`, one word a line.
#[must_use]
pub fn draw(sentence: &Sentence) -> String {
    let mut out = String::new();
    for root in (0..sentence.tokens.len()).filter(|&i| sentence.tokens[i].head.is_none()) {
        let mut open = vec![false; sentence.tokens.len()];
        line(sentence, root, "", "", &mut open, &mut out);
    }
    out
}

fn line(sentence: &Sentence, at: usize, lead: &str, below: &str, open: &mut [bool], out: &mut String) {
    // A tree never comes back to an open word; should one, it ends here.
    if std::mem::replace(&mut open[at], true) {
        return;
    }
    let token = &sentence.tokens[at];
    let name = sentence.entities.iter().find(|e| e.tokens.start == at).map(|e| format!(" [{:?}]", e.kind));
    let tags: Vec<&str> = [token.upos.as_str(), token.deprel.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    let _ = writeln!(out, "{lead}{} {}{}", token.form, tags.join(" "), name.unwrap_or_default());
    let children: Vec<usize> = sentence.children(at).collect();
    for (i, &child) in children.iter().enumerate() {
        let (branch, trunk) = if i + 1 == children.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
        line(sentence, child, &format!("{below}{branch}"), &format!("{below}{trunk}"), open, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyze::conllu;

    #[test]
    fn words_stand_under_their_heads() {
        let text = "1\tThe\t_\tDET\t_\t_\t2\tdet\t_\t_\n2\tenvoy\t_\tNOUN\t_\t_\t3\tnsubj\t_\t_\n3\tleft\t_\tVERB\t_\t_\t0\troot\t_\t_\n4\tRome\t_\tPROPN\t_\t_\t3\tobj\t_\tEntity=B-CITY\n";
        let sentence = &conllu::read(text).unwrap()[0].sentence;
        insta::assert_snapshot!(draw(sentence), @r"
        left VERB root
        ├─ envoy NOUN nsubj
        │  └─ The DET det
        └─ Rome PROPN obj [City]
        ");
    }
}
