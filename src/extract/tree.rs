//! One sentence's tree as the rules walk it: children, prepositions, conjuncts, voice.
//!
//! The analyzer's arcs are not changed here (see [`repair`](super::repair)); this adds what Universal Dependencies leave
//! to the reader: that "held" in "the talks held in Almaty" is passive, that "in the course of" is one preposition.
//! Limitation: voice of English reduced relatives is told by form alone.

use crate::{
    analyze::{NameKind, Sentence, Token},
    ingest::Language,
    ontology::{Meaning, Ontology, Preposition, fold},
};

/// A sentence with its children indexed.
#[derive(Debug, Clone)]
pub struct Tree<'s> {
    /// The sentence.
    pub sentence: &'s Sentence,
    /// The tables.
    pub ontology: &'s Ontology,
    children: Vec<Vec<usize>>,
    lemmas: Vec<String>,
    forms: Vec<String>,
}

/// A prepositional (or bare) complement: the canonical preposition and the noun that it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Canonical preposition, empty for a bare case.
    pub preposition: String,
    /// What it tends to mean, where the table knows.
    pub meaning: Option<Meaning>,
    /// The noun.
    pub token: usize,
}

impl<'s> Tree<'s> {
    /// Indexes a sentence.
    #[must_use]
    pub fn new(sentence: &'s Sentence, ontology: &'s Ontology) -> Self {
        let mut children = vec![Vec::new(); sentence.tokens.len()];
        for (i, t) in sentence.tokens.iter().enumerate() {
            if let Some(h) = t.head {
                children[h].push(i);
            }
        }
        Self {
            sentence,
            ontology,
            children,
            lemmas: sentence
                .tokens
                .iter()
                .map(|t| ontology.lemma(sentence.language, &t.upos, &fold(&t.form), &fold(&t.lemma)))
                .collect(),
            forms: sentence.tokens.iter().map(|t| fold(&t.form)).collect(),
        }
    }

    /// Its language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.sentence.language
    }

    /// Number of words.
    #[must_use]
    pub fn len(&self) -> usize {
        self.children.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.children.is_empty()
    }

    /// The word.
    #[must_use]
    pub fn token(&self, i: usize) -> &'s Token {
        &self.sentence.tokens[i]
    }

    /// Folded lemma.
    #[must_use]
    pub fn lemma(&self, i: usize) -> &str {
        &self.lemmas[i]
    }

    /// Folded form.
    #[must_use]
    pub fn form(&self, i: usize) -> &str {
        &self.forms[i]
    }

    /// Whether form or lemma is `word` (folded).
    #[must_use]
    pub fn is_word(&self, i: usize, word: &str) -> bool {
        self.lemmas[i] == word || self.forms[i] == word
    }

    /// Direct dependents in word order.
    #[must_use]
    pub fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// Direct dependents with this relation, subtypes aside.
    pub fn with_rel<'t>(&'t self, i: usize, rel: &'t str) -> impl Iterator<Item = usize> + 't {
        self.children[i].iter().copied().filter(move |&k| self.is(k, rel))
    }

    /// Head of `i`.
    #[must_use]
    pub fn head(&self, i: usize) -> Option<usize> {
        self.token(i).head
    }

    /// Relation of `i` with its subtype.
    #[must_use]
    pub fn rel(&self, i: usize) -> &'s str {
        &self.token(i).deprel
    }

    /// Whether the relation of `i` is `rel`, subtypes aside.
    #[must_use]
    pub fn is(&self, i: usize, rel: &str) -> bool {
        self.token(i).is(rel)
    }

    /// Universal part of speech.
    #[must_use]
    pub fn upos(&self, i: usize) -> &'s str {
        &self.token(i).upos
    }

    /// A morphological feature.
    #[must_use]
    pub fn feat(&self, i: usize, name: &str) -> Option<&'s str> {
        self.token(i).feats.get(name)
    }

    /// Words of the subtree under `i`, sorted, without the subtrees of `without`.
    #[must_use]
    pub fn subtree(&self, i: usize, without: &dyn Fn(usize) -> bool) -> Vec<usize> {
        let mut found = vec![i];
        let mut at = 0;
        while at < found.len() {
            for &k in self.children(found[at]) {
                if !without(k) {
                    found.push(k);
                }
            }
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Whether the word acts as a verb: verbs, participles, and anything that has a passive auxiliary or subject.
    #[must_use]
    pub fn is_verbal(&self, i: usize) -> bool {
        match self.upos(i) {
            "VERB" => true,
            "AUX" => !matches!(self.rel(i), "aux" | "aux:pass" | "cop"),
            "ADJ" => {
                self.feat(i, "VerbForm") == Some("Part")
                    || self.feat(i, "Voice") == Some("Pass")
                    || self.children(i).iter().any(|&k| {
                        self.rel(k) == "aux:pass" || (self.language() == Language::En && self.rel(k) == "nsubj:pass")
                    })
            }
            _ => false,
        }
    }

    /// Whether the word can head a noun phrase.
    #[must_use]
    pub fn is_nominal(&self, i: usize) -> bool {
        super::phrase::is_nominal(self.token(i))
    }

    /// Whether the word heads a clause: a verb, or a predicate with subject or copula.
    #[must_use]
    pub fn is_clausal(&self, i: usize) -> bool {
        self.is_verbal(i)
            || self.children(i).iter().any(|&k| {
                self.is(k, "cop") || matches!(self.rel(k), "nsubj" | "nsubj:pass" | "nsubj:outer" | "csubj" | "expl")
            })
    }

    /// Whether the infinitive: by feature, or by English "to".
    #[must_use]
    pub fn is_infinitive(&self, i: usize) -> bool {
        self.feat(i, "VerbForm") == Some("Inf")
            && (self.language() == Language::Ru || !self.children(i).iter().any(|&k| self.is(k, "aux")))
            || self.language() == Language::En
                && self.children(i).iter().any(|&k| self.is(k, "mark") && self.upos(k) == "PART" && k < i)
    }

    /// Whether an English -ing form or a Russian converb, without auxiliary.
    #[must_use]
    pub fn is_gerund(&self, i: usize) -> bool {
        match self.language() {
            Language::Ru => self.feat(i, "VerbForm") == Some("Conv"),
            Language::En => {
                let bare = !self.children(i).iter().any(|&k| self.is(k, "aux"));
                bare && (self.feat(i, "VerbForm") == Some("Ger")
                    || self.is_participle(i) && self.form(i).ends_with("ing"))
            }
        }
    }

    fn is_participle(&self, i: usize) -> bool {
        self.feat(i, "VerbForm") == Some("Part")
    }

    /// Whether the word's subject is what it is done to.
    #[must_use]
    pub fn is_passive(&self, i: usize) -> bool {
        let adjective = self.upos(i) == "ADJ";
        let kids = self.children(i);
        if kids.iter().any(|&k| self.rel(k) == "aux:pass") {
            return true;
        }
        // Russian short adjectives ("намерены") get passive subjects from the analyzer.
        if kids.iter().any(|&k| matches!(self.rel(k), "nsubj:pass" | "csubj:pass")) {
            return !adjective || self.language() == Language::En || self.feat(i, "Voice") == Some("Pass");
        }
        match self.language() {
            Language::Ru => self.feat(i, "Voice") == Some("Pass"),
            Language::En => {
                let modifies = matches!(self.rel(i), "acl" | "amod" | "advcl" | "parataxis")
                    || (self.is(i, "conj") && self.head(i).is_some_and(|h| self.is_passive_modifier(h)));
                // "Is committed to": a participle with a copula.
                let predicative = kids.iter().any(|&k| self.is(k, "cop"));
                (modifies || predicative)
                    && (self.is_past_participle(i)
                        || predicative && self.upos(i) == "VERB" && self.form(i).ends_with("ed"))
                    && (predicative
                        || !kids.iter().any(|&k| self.is(k, "aux") || self.is(k, "nsubj") || self.is(k, "mark")))
            }
        }
    }

    fn is_passive_modifier(&self, i: usize) -> bool {
        matches!(self.rel(i), "acl" | "amod") && self.is_past_participle(i)
    }

    fn is_past_participle(&self, i: usize) -> bool {
        self.is_participle(i) && !self.form(i).ends_with("ing")
    }

    /// `i` and the words coordinated with it that can stand in its place.
    #[must_use]
    pub fn conjuncts(&self, i: usize) -> Vec<usize> {
        let mut found = vec![i];
        let mut at = 0;
        while at < found.len() {
            // "President A and premier B": the second may hang on the first one's name.
            let name = |k: &usize| {
                (self.is(*k, "appos") || self.is(*k, "flat") || self.is(*k, "nmod"))
                    && self.sentence.entities.iter().any(|e| e.kind == NameKind::Per && e.tokens.contains(k))
            };
            let names: Vec<usize> = self.children(found[at]).iter().copied().filter(name).collect();
            for host in std::iter::once(found[at]).chain(names) {
                for k in self.with_rel(host, "conj") {
                    if (self.is_nominal(k) || self.upos(k) == self.upos(i)) && !found.contains(&k) {
                        found.push(k);
                    }
                }
            }
            at += 1;
        }
        found.sort_unstable();
        found
    }

    /// Form and lemma of the words from `start` on, as the tables take them.
    #[must_use]
    pub fn words_from(&self, start: usize, limit: usize) -> Vec<[&str; 2]> {
        (start..self.len().min(start + limit)).map(|i| [self.form(i), self.lemma(i)]).collect()
    }

    fn preposition_at(&self, start: usize) -> Option<(usize, &'s Preposition)> {
        // Six words hold the longest preposition of any table so far ("in the course of the …" has four).
        self.ontology.prepositions.longest(self.language(), &self.words_from(start, 6))
    }

    /// The prepositions that mark `i`. "In the course of the visit" is one preposition leading to "visit" although the
    /// tree has "course" there; both readings are given, the longer first.
    #[must_use]
    pub fn marked(&self, i: usize) -> Vec<Marked> {
        let Some(case) = self.case_marker(i) else {
            return vec![Marked { preposition: String::new(), meaning: None, token: i }];
        };
        let mut found = Vec::new();
        let known = self.preposition_at(case);
        if let Some((n, p)) = known
            && case + n > i
            && i > case
        {
            let leads_to = |k: usize| {
                (self.is(k, "nmod") || self.is(k, "obl") || self.is(k, "appos") || self.is(k, "acl"))
                    && k >= case + n
                    && self.case_marker(k).is_none_or(|c| c < case + n)
            };
            found.extend(self.children(i).iter().copied().filter(|&k| leads_to(k)).take(1).map(|token| Marked {
                preposition: p.canonical.clone(),
                meaning: Some(p.meaning),
                token,
            }));
        }
        let plain = match known {
            Some((n, p)) if case + n <= i => (p.canonical.clone(), Some(p.meaning)),
            _ => {
                let mut words = vec![self.form(case).to_owned()];
                words.extend(self.with_rel(case, "fixed").map(|k| self.form(k).to_owned()));
                let joined = words.join("_");
                match self.ontology.prepositions.get(self.language(), &joined) {
                    Some(p) => (p.canonical.clone(), Some(p.meaning)),
                    None => (joined, None),
                }
            }
        };
        found.push(Marked { preposition: plain.0, meaning: plain.1, token: i });
        found
    }

    /// The first word of the preposition that marks `i`.
    #[must_use]
    pub fn case_marker(&self, i: usize) -> Option<usize> {
        let possessive = |k: usize| self.form(k).starts_with(['\'', '’']);
        self.with_rel(i, "case").find(|&k| k < i && !possessive(k))
    }

    /// A word that goes with `head` in a fixed phrase ("put … forward", "принять участие"): a dependent, a dependent's
    /// dependent, or one of the next three words.
    #[must_use]
    pub fn companion(&self, head: usize, word: &str) -> Option<usize> {
        let kids = self.children(head);
        let grandchildren = kids.iter().flat_map(|&k| self.children(k).iter().copied());
        let following = head + 1..self.len().min(head + 4);
        kids.iter().copied().chain(grandchildren).chain(following).find(|&k| self.is_word(k, word))
    }

    /// An arc for people: `met –nsubj→ Nurtleu`.
    #[must_use]
    pub fn arc(&self, from: usize, role: &str, to: usize) -> String {
        let label = if self.head(to) == Some(from) { self.rel(to) } else { role };
        format!("{} –{label}→ {}", self.token(from).form, self.token(to).form)
    }
}
