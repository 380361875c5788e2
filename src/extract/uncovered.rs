//! Predicates between two actors that no row of the lexicon covers: how the lexicon grows.
//!
//! Only verbs and nouns whose subject and another argument are named: descriptions and pronouns would count the common words of
//! the language. Input: an article's sentences. Output: one [`Uncovered`] a predicate and pair of roles.
//! Limitation: a row that exists and fails for its conditions or classes is listed like one that is not there, with its line.

use super::{
    Class,
    discourse::{Discourse, MentionKind},
    frames, repair,
    roles::{Predicate, Roles},
    tree::Tree,
};
use crate::{
    analyze::Sentence,
    ingest::{Article, Language},
    ontology::{Ontology, PredicateKind, Role},
};

/// A predicate between two named things that yields no claim.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Uncovered {
    /// Language of the sentence.
    pub language: Language,
    /// The predicate's lemma.
    pub lemma: String,
    /// Whether it is used as verb, noun or adjective.
    pub kind: PredicateKind,
    /// Roles of both arguments, as rows name them.
    pub roles: [String; 2],
    /// Class of the subject.
    pub subject: Class,
    /// Class of the second argument.
    pub object: Class,
    /// The sentence.
    pub sentence: String,
    /// Names of both, for the row's `expect`.
    pub names: [String; 2],
}

/// Every such predicate of an article.
#[must_use]
pub fn uncovered(article: &Article, sentences: &[Sentence], ontology: &Ontology) -> Vec<Uncovered> {
    let sentences: Vec<Sentence> = sentences.iter().map(|s| repair::repaired(s, ontology)).collect();
    let discourse = Discourse::build(article, &sentences, ontology);
    let mut found = Vec::new();
    for (i, sentence) in sentences.iter().enumerate() {
        let tree = Tree::new(sentence, ontology);
        let roles = Roles::of(&tree);
        for p in roles.iter() {
            if frames::matches(ontology, &tree, &roles, p).is_empty() && !is_known_helper(ontology, &tree, p) {
                found.extend(of_predicate(&discourse, &tree, i, p));
            }
        }
    }
    found
}

/// Light verbs and governors ("want", "hold") hand their arguments on; no relation is theirs.
fn is_known_helper(ontology: &Ontology, tree: &Tree, p: &Predicate) -> bool {
    matches!(tree.upos(p.token), "AUX" | "PRON")
        || ontology.light_verbs.of(tree.language(), tree.lemma(p.token)).next().is_some()
        || ontology.governors.of(tree.language(), tree.lemma(p.token)).next().is_some()
}

fn of_predicate(discourse: &Discourse<'_>, tree: &Tree<'_>, sentence: usize, p: &Predicate) -> Vec<Uncovered> {
    let named = |token: usize| {
        let mention = discourse.at(sentence, token).filter(|m| m.head == token && m.kind == MentionKind::Name)?;
        Some((mention.class, discourse.entity(*mention.entities.first()?).label.clone()))
    };
    let subject_role = [Role::Subj, Role::Agent, Role::Poss].into_iter().find(|r| !p.filling(r).is_empty());
    let Some(subject_role) = subject_role else { return Vec::new() };
    let Some((subject, who)) = p.filling(&subject_role).into_iter().find_map(named) else { return Vec::new() };
    if !subject.is_agent() {
        return Vec::new();
    }
    let others = p.args.iter().filter(|a| {
        !a.near && matches!(a.role, Role::Obj | Role::Iobj | Role::Obl { .. } | Role::Gen) && a.role != subject_role
    });
    others
        .filter_map(|a| named(a.token).map(|(object, whom)| (a, object, whom)))
        .filter(|(.., whom)| *whom != who)
        .map(|(a, object, whom)| Uncovered {
            language: tree.language(),
            lemma: tree.lemma(p.token).to_owned(),
            kind: p.kind,
            roles: [subject_role.to_string(), a.role.to_string()],
            subject,
            object,
            sentence: discourse.slice(tree.sentence.span).split_whitespace().collect::<Vec<_>>().join(" "),
            names: [who.clone(), whom],
        })
        .collect()
}
