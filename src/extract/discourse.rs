//! Who and what an article speaks of: mentions, their classes, and which of them are one entity.
//!
//! The rules must not care whether a text says "Nurtleu", "the minister" or "he": a [`Discourse`] tells them what a token denotes.
//! Input: an article's sentences. Output: entities, mentions, offices, times, all addressed by sentence and token.
//! Limitation: who "we" are and what a bare "this" points to is left open.

use super::{Class, DateValue, LocalEntity, LocalId, coreference::Reading, offices::Office, phrase, time};
use crate::{
    analyze::Sentence,
    ingest::Article,
    ontology::{Meaning, Ontology, fold},
    text::{CharIndex, CharSpan},
};
use std::{collections::BTreeMap, ops::Range};

/// How a mention names its entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// By a proper name.
    Name,
    /// By a description: "the Kazakh diplomat", "the parties", "the meeting", and the adjective in "Kazakh initiative".
    Description,
    /// By a pronoun.
    Pronoun,
}

/// A stretch of words that denotes an entity, or several ("the parties").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its words, half-open.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// How it names.
    pub kind: MentionKind,
    /// Class of what it denotes.
    pub class: Class,
    /// What it denotes; several for a group whose members are known; none where coreference found nothing.
    pub entities: Vec<LocalId>,
}

/// An expression of time with the date that it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeMention {
    /// Index of the sentence.
    pub sentence: usize,
    /// Its words, half-open, preposition included.
    pub tokens: Range<usize>,
    /// Its syntactic head.
    pub head: usize,
    /// What it means.
    pub value: DateValue,
}

/// The entities of an article and where they are mentioned.
#[derive(Debug, Clone)]
pub struct Discourse<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Entities, indexed by [`LocalId`].
    pub entities: Vec<LocalEntity>,
    /// Mentions in text order.
    pub mentions: Vec<Mention>,
    /// Expressions of time in text order.
    pub times: Vec<TimeMention>,
    /// Offices with their holders, in text order; no holder where none was found.
    pub offices: Vec<(Office, Option<LocalId>)>,
    ontology: &'a Ontology,
    reasons: BTreeMap<(usize, usize, usize), &'static str>,
    index: CharIndex,
}

impl<'a> Discourse<'a> {
    /// Finds everything that the article mentions.
    #[must_use]
    pub fn build(article: &'a Article, sentences: &'a [Sentence], ontology: &'a Ontology) -> Self {
        let times: Vec<TimeMention> = sentences
            .iter()
            .enumerate()
            .flat_map(|(i, s)| time::find(i, s, &ontology.calendar, article.published))
            .collect();
        let reading = Reading::new(sentences, &times, ontology);
        let Reading { cast, mut mentions, offices, reasons, .. } = reading;
        let entities = cast.entities;
        mentions.sort_by_key(|m| (m.sentence, m.tokens.start, m.tokens.end, m.head));
        let mut discourse = Self {
            article,
            sentences,
            entities,
            mentions,
            times,
            offices,
            ontology,
            reasons,
            index: CharIndex::new(&article.text),
        };
        for m in discourse.mentions.clone() {
            let span = discourse.span(m.sentence, &m.tokens);
            for id in m.entities {
                discourse.entities[id.0].mentions.push(span);
            }
        }
        discourse
    }

    /// Why the mention denotes what it does, in words.
    #[must_use]
    pub fn why(&self, m: &Mention) -> &'static str {
        self.reasons
            .get(&(m.sentence, m.tokens.start, m.tokens.end))
            .copied()
            .unwrap_or("phrase that a rule took as argument")
    }

    /// The narrowest mention whose head is `token` of sentence `sentence`, else the narrowest that covers it.
    #[must_use]
    pub fn at(&self, sentence: usize, token: usize) -> Option<&Mention> {
        let covering = self.mentions_in(sentence).iter().filter(|m| m.tokens.contains(&token));
        covering.min_by_key(|m| (m.head != token, m.tokens.len(), m.tokens.start))
    }

    /// The mentions of one sentence; found by bisection, because every word of a long article asks.
    #[must_use]
    pub fn mentions_in(&self, sentence: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.sentence < sentence);
        let to = self.mentions.partition_point(|m| m.sentence <= sentence);
        &self.mentions[from..to]
    }

    /// The offices of one sentence with their holders.
    #[must_use]
    pub fn offices_in(&self, sentence: usize) -> &[(Office, Option<LocalId>)] {
        let from = self.offices.partition_point(|(o, _)| o.sentence < sentence);
        let to = self.offices.partition_point(|(o, _)| o.sentence <= sentence);
        &self.offices[from..to]
    }

    /// What `token` denotes when it is the head of a phrase: the entities of the mention headed by it, or of the name it stands in.
    /// A token that merely lies within a longer description denotes nothing by itself.
    #[must_use]
    pub fn denoted(&self, sentence: usize, token: usize) -> &[LocalId] {
        match self.at(sentence, token) {
            Some(m) if m.head == token || m.kind == MentionKind::Name => &m.entities,
            _ => &[],
        }
    }

    /// "Г-н Х": the person named right after a word of courtesy.
    #[must_use]
    pub fn addressed(&self, sentence: usize, token: usize) -> Option<LocalId> {
        let s = &self.sentences[sentence];
        self.ontology.anaphors.honorific(s.language, &fold(&s.tokens[token].form))?;
        let name = self.at(sentence, token + 1).filter(|m| m.tokens.start == token + 1 && m.class == Class::Person)?;
        name.entities.first().copied()
    }

    /// The entity of a noun phrase that a rule wants as argument: what is known there already, else a new described entity.
    ///
    /// `extent` is the phrase's words; its label is their text without leading article and loose punctuation. `class` is used
    /// where neither the phrase's head noun nor a name tells the class.
    pub fn describe(&mut self, sentence: usize, token: usize, extent: Range<usize>, class: Class) -> LocalId {
        if let [one] = *self.denoted(sentence, token) {
            return one;
        }
        let s = &self.sentences[sentence];
        let tokens = phrase::trimmed(s, extent);
        let span = self.span(sentence, &tokens);
        let label = phrase::readable(s, &tokens);
        let id = LocalId(self.entities.len());
        self.entities.push(LocalEntity {
            class,
            names: vec![label.clone()],
            label,
            language: s.language,
            named: false,
            mentions: vec![span],
            affiliation: Vec::new(),
            known: None,
        });
        let mention =
            Mention { sentence, tokens, head: token, kind: MentionKind::Description, class, entities: vec![id] };
        let key = |m: &Mention| (m.sentence, m.tokens.start, m.tokens.end);
        let place = self.mentions.partition_point(|m| key(m) <= key(&mention));
        self.mentions.insert(place, mention);
        id
    }

    /// The entity.
    #[must_use]
    pub fn entity(&self, id: LocalId) -> &LocalEntity {
        &self.entities[id.0]
    }

    /// When that which the predicate (verb or noun at `token`) tells of happened, if its own modifiers say so.
    #[must_use]
    pub fn time_of(&self, sentence: usize, token: usize) -> Option<&DateValue> {
        let from = self.times.partition_point(|t| t.sentence < sentence);
        let to = self.times.partition_point(|t| t.sentence <= sentence);
        time::closest(&self.sentences[sentence], &self.times[from..to], token).map(|t| &t.value)
    }

    /// Where it happened, if its own modifiers say so: the closest place or state after a preposition of place.
    #[must_use]
    pub fn place_of(&self, sentence: usize, token: usize) -> Option<LocalId> {
        let s = &self.sentences[sentence];
        let here = self.mentions_in(sentence).iter();
        here.filter(|m| {
            matches!(m.class, Class::Place | Class::Country) && m.head != token && self.is_located(s, m.head)
        })
        .filter_map(|m| Some((time::distance(s, m.head, token)?, m.head.abs_diff(token), *m.entities.first()?)))
        .min_by_key(|(distance, gap, _)| (*distance, *gap))
        .map(|(_, _, id)| id)
    }

    /// Whether the word stands after a preposition of place.
    #[must_use]
    pub(super) fn is_located(&self, s: &Sentence, head: usize) -> bool {
        // "в Москву" is where somebody goes, not where something is.
        if s.language == crate::ingest::Language::Ru && s.tokens[head].feats.get("Case").is_some_and(|c| c != "Loc") {
            return false;
        }
        s.children(head).filter(|&k| k < head && s.tokens[k].is("case")).any(|k| {
            let entry = self.ontology.prepositions.get(s.language, &fold(&s.tokens[k].form));
            entry.is_some_and(|p| p.meaning == Meaning::Place)
        })
    }

    /// Where the tokens stand in the article's text.
    #[must_use]
    pub fn span(&self, sentence: usize, tokens: &Range<usize>) -> CharSpan {
        let words = &self.sentences[sentence].tokens[tokens.clone()];
        match (words.first(), words.last()) {
            (Some(first), Some(last)) => CharSpan::new(first.span.start, last.span.end),
            _ => CharSpan::new(self.sentences[sentence].span.start, self.sentences[sentence].span.start),
        }
    }

    /// The article's text under `span`.
    #[must_use]
    pub fn slice(&self, span: CharSpan) -> &'a str {
        self.index.slice(&self.article.text, span)
    }
}
