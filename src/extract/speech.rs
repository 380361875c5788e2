//! Who says what: reported clauses, quotations, "according to X", noun phrases of saying.
//!
//! Input: trees, roles and the discourse. Output: the `said` claims, and for every word the one in whose words it stands, so
//! that other claims get their speaker. Limitation: a quotation without any word of saying near it has the speaker of
//! the quotation before it or none.

mod insertions;
mod silent;

use super::{
    Claim, Class, Evidence, LocalId, Object, Status, Value,
    denotation::denotation,
    discourse::Discourse,
    frames::{self, Match, Reading},
    quotes::{self, Quote},
    roles::Predicate,
    status,
    tree::Tree,
};
use crate::{
    ontology::{Function, Meaning, PredicateKind, Role, Tier},
    text::CharSpan,
};
use std::collections::{BTreeMap, BTreeSet};

/// A word of the article: sentence and token.
type Word = (usize, usize);

/// What somebody says somewhere.
#[derive(Debug, Clone)]
struct Report {
    speakers: Vec<LocalId>,
    /// The word of saying.
    cue: Word,
    /// A quotation over several sentences has a piece for each.
    pieces: Vec<Piece>,
    /// The words that are theirs.
    words: BTreeSet<Word>,
    status: Status,
    confidence: f32,
    rule: String,
    arcs: Vec<String>,
}

/// A sentence's part of what is said.
#[derive(Debug, Clone)]
struct Piece {
    text: String,
    /// What is shown as evidence.
    evidence: CharSpan,
}

/// All reported speech of an article.
#[derive(Debug, Clone, Default)]
pub struct Speech {
    reports: Vec<Report>,
}

impl Speech {
    /// Finds it.
    #[must_use]
    pub fn find(reading: &Reading) -> Self {
        let finder = Finder { reading, quotes: quotes::find(reading.discourse.article, reading.trees) };
        Self { reports: finder.reports() }
    }

    /// In whose words the word stands: the innermost report that holds it.
    #[must_use]
    pub fn speaker(&self, sentence: usize, token: usize) -> Option<LocalId> {
        let word = (sentence, token);
        let inside = |r: &&Report| r.words.contains(&word) && r.cue != word;
        self.reports.iter().filter(inside).min_by_key(|r| r.words.len())?.speakers.first().copied()
    }

    /// The `said` claims.
    #[must_use]
    pub fn claims(&self, reading: &Reading) -> Vec<Claim> {
        let mut claims = Vec::new();
        for r in &self.reports {
            let (sentence, token) = r.cue;
            let language = reading.trees[sentence].language();
            for (&speaker, piece) in r.speakers.iter().flat_map(|s| r.pieces.iter().map(move |p| (s, p))) {
                let d = &*reading.discourse;
                claims.push(Claim {
                    subject: speaker,
                    predicate: "said".to_owned(),
                    object: Object::Literal(Value::Text { text: piece.text.clone(), language }),
                    status: r.status,
                    speaker: self.speaker(sentence, token).filter(|&s| s != speaker),
                    date: d.time_of(sentence, token).cloned(),
                    place: d.place_of(sentence, token),
                    confidence: r.confidence,
                    evidence: Evidence { span: piece.evidence, text: d.slice(piece.evidence).to_owned() },
                    rule: r.rule.clone(),
                    arcs: r.arcs.clone(),
                });
            }
        }
        claims
    }
}

/// The words of a clause without its complementizer, in order; none if nothing is left.
#[must_use]
pub fn clause_words(tree: &Tree, clause: usize, without: &[usize]) -> Option<Vec<usize>> {
    let words = &tree.ontology.function_words;
    let opener = |k: usize| {
        tree.head(k) == Some(clause)
            && k < clause
            && matches!(tree.rel(k), "mark" | "case" | "cc")
            && (tree.is(k, "cc") || words.has(tree.language(), Function::Complementizer, tree.form(k)))
    };
    let mut found = tree.subtree(clause, &|k| without.contains(&k) || opener(k));
    trim(tree, &mut found);
    (!found.is_empty()).then_some(found)
}

/// Takes punctuation off both ends, and a declarative "that" off the beginning, wherever the tree hangs it.
fn trim(tree: &Tree, words: &mut Vec<usize>) {
    let loose = |i: usize| super::phrase::is_punctuation(tree.token(i));
    let opener = |i: usize| {
        tree.upos(i) == "SCONJ"
            && tree.ontology.function_words.has(tree.language(), Function::Declarative, tree.form(i))
    };
    while words.first().is_some_and(|&i| loose(i) || opener(i)) {
        words.remove(0);
    }
    while words.last().is_some_and(|&i| loose(i)) {
        words.pop();
    }
}

/// Words as a reader would write them; a gap closes up, outer quotation marks are left out.
#[must_use]
pub fn text_of(tree: &Tree, words: &[usize]) -> String {
    let mut out = String::new();
    for (n, &i) in words.iter().enumerate() {
        let t = tree.token(i);
        let gap = n > 0 && words[n - 1] + 1 != i;
        if n > 0 && (t.space_before || gap) {
            out.push(' ');
        }
        out.push_str(&t.form);
    }
    quotes::stripped(&out)
}

struct Finder<'f, 'r, 'a> {
    reading: &'f Reading<'r, 'a>,
    quotes: Vec<Quote>,
}

/// A verb or noun of saying with its row and who says it.
struct Cue<'f> {
    word: Word,
    predicate: &'f Predicate,
    rows: Vec<Match<'f>>,
    speakers: Vec<LocalId>,
    speaker_token: usize,
}

impl<'f> Finder<'f, '_, '_> {
    fn tree(&self, sentence: usize) -> &'f Tree<'_> {
        &self.reading.trees[sentence]
    }

    fn discourse(&self) -> &'f Discourse<'_> {
        &*self.reading.discourse
    }

    fn reports(&self) -> Vec<Report> {
        let cues = self.cues();
        let mut quoted = self.quoted(&cues);
        let mut reports = Vec::new();
        for (n, cue) in cues.iter().enumerate() {
            let found = quoted.remove(&n).or_else(|| self.clause_of(cue)).or_else(|| self.phrase_of(cue));
            reports.extend(found);
        }
        for sentence in 0..self.reading.trees.len() {
            reports.extend(self.according_to(sentence, &reports));
        }
        reports.extend(self.announced());
        for (sentence, roles) in self.reading.roles.iter().enumerate() {
            reports.extend(roles.iter().filter_map(|p| self.contested(sentence, p)));
        }
        reports.sort_by_key(|r| (r.cue, r.words.len()));
        reports
    }

    fn cues(&self) -> Vec<Cue<'f>> {
        let mut cues = Vec::new();
        for (sentence, roles) in self.reading.roles.iter().enumerate() {
            let tree = self.tree(sentence);
            for p in roles.iter() {
                let mut rows = frames::matches(self.reading.ontology, tree, roles, p);
                rows.retain(|m| m.row.relation == "said");
                if rows.is_empty() {
                    continue;
                }
                let (speakers, speaker_token) = self.speakers(sentence, p, &rows);
                if !speakers.is_empty() {
                    cues.push(Cue { word: (sentence, p.token), predicate: p, rows, speakers, speaker_token });
                }
            }
        }
        cues
    }

    fn speakers(&self, sentence: usize, p: &Predicate, rows: &[Match]) -> (Vec<LocalId>, usize) {
        let tree = self.tree(sentence);
        if let Some(found) = self.speaker_above(sentence, p) {
            return found;
        }
        for m in rows {
            for role in &m.row.subject {
                let tokens = p.filling(role);
                let mut found: Vec<LocalId> = Vec::new();
                for id in tokens.iter().flat_map(|&t| self.agents(sentence, t)) {
                    if !found.contains(&id) {
                        found.push(id);
                    }
                }
                let token = tokens.iter().find(|&&t| !self.agents(sentence, t).is_empty());
                if let Some(&token) = token {
                    return (found, token);
                }
            }
        }
        // "…", said X: the tree may take X for the object.
        let verb = p.kind == PredicateKind::Verb && p.surface.is_empty() && !tree.is_passive(p.token);
        if verb && p.filling(&Role::Clause).is_empty() {
            for token in p.filling(&Role::Obj).into_iter().filter(|&t| t > p.token && t <= p.token + 6) {
                let found = self.agents(sentence, token);
                if !found.is_empty() {
                    return (found, token);
                }
            }
        }
        // "The ministry's statement said": whoever issued the text says it. "В заявлении МИД говорится" has it in a place.
        let documents = p.surface.iter().copied().chain(
            p.args
                .iter()
                .filter(
                    |a| matches!(&a.role, Role::Obl { preposition, .. } if matches!(preposition.as_str(), "in" | "в")),
                )
                .map(|a| a.token),
        );
        for token in documents {
            let found = self.authors(sentence, token);
            if !found.is_empty() {
                return (found, token);
            }
        }
        (Vec::new(), p.token)
    }

    /// "X noted that Y is ready, stressing …": a gerund of saying below a reported clause is its speaker's, not its subject's.
    fn speaker_above(&self, sentence: usize, p: &Predicate) -> Option<(Vec<LocalId>, usize)> {
        let tree = self.tree(sentence);
        let clause = tree.head(p.token).filter(|&h| tree.is(p.token, "advcl") && tree.is(h, "ccomp"))?;
        let verb = tree.head(clause)?;
        let above = self.reading.roles[sentence].at(verb)?;
        let rows = frames::matches(self.reading.ontology, tree, &self.reading.roles[sentence], above);
        let reports = rows.iter().any(|m| m.row.relation == "said");
        let own = tree.children(p.token).iter().any(|&k| tree.is(k, "nsubj"));
        if !reports || own || !tree.is_gerund(p.token) {
            return None;
        }
        let token = above.filling(&Role::Subj).into_iter().next()?;
        let person = |id: &LocalId| self.discourse().entity(*id).class == Class::Person;
        let found = self.agents(sentence, token);
        found.iter().any(person).then_some((found, token))
    }

    fn agents(&self, sentence: usize, token: usize) -> Vec<LocalId> {
        let d = self.discourse();
        denotation(d, sentence, token).into_iter().filter(|id| d.entity(*id).class.is_agent()).collect()
    }

    /// Who issued the statement, report or letter at `token`.
    fn authors(&self, sentence: usize, token: usize) -> Vec<LocalId> {
        let tree = self.tree(sentence);
        let class = self.reading.ontology.head_nouns.get(tree.language(), tree.lemma(token)).map(|n| n.class);
        if !matches!(class, Some(Class::Instrument | Class::Topic)) {
            return Vec::new();
        }
        let Some(document) = self.reading.roles[sentence].at(token) else { return Vec::new() };
        let from = |prepositions: &[&str]| {
            prepositions.iter().map(|p| Role::obl(p, None)).flat_map(|r| document.filling(&r)).collect::<Vec<_>>()
        };
        [
            document.filling(&Role::Poss),
            document.filling(&Role::Agent),
            document.filling(&Role::Gen),
            from(&["from", "by", "of", "от"]),
            document.filling(&Role::Mod),
        ]
        .into_iter()
        .flatten()
        .map(|t| self.agents(sentence, t))
        .find(|found| !found.is_empty())
        .unwrap_or_default()
    }

    fn status(&self, cue: &Cue) -> Status {
        let (sentence, _) = cue.word;
        let own = status::of(self.tree(sentence), &self.reading.roles[sentence], cue.predicate);
        cue.rows[0].row.status.map_or(own, |s| status::strongest(s, own))
    }

    fn report(&self, cue: &Cue, text: String, words: BTreeSet<Word>, evidence: CharSpan) -> Option<Report> {
        let (sentence, token) = cue.word;
        let row = cue.rows[0].row;
        let tree = self.tree(sentence);
        (text.chars().filter(|c| c.is_alphanumeric()).count() > 3).then(|| Report {
            speakers: cue.speakers.clone(),
            cue: cue.word,
            pieces: vec![Piece { text, evidence }],
            words,
            status: self.status(cue),
            confidence: if row.tier == Tier::Strict { 0.9 } else { 0.75 },
            rule: row.rule(),
            arcs: vec![tree.arc(token, "subj", cue.speaker_token)],
        })
    }

    /// Quotations go to the nearest cue of their sentences, or of the sentence that announces them by a colon; one that has
    /// none continues the quotation before it.
    fn quoted(&self, cues: &[Cue<'f>]) -> BTreeMap<usize, Report> {
        let mut found: BTreeMap<usize, Report> = BTreeMap::new();
        let mut previous: Option<(usize, CharSpan)> = None;
        for quote in self.quotes.iter().filter(|q| q.is_speech(self.reading.trees)) {
            let around = quote.sentences(self.reading.trees);
            let announced = around.start > 0 && quote.follows_colon && quote.opens_sentence(self.reading.trees);
            let at = |c: &Cue| self.tree(c.word.0).token(c.word.1).span;
            let near = |from: usize, to: usize| {
                cues.iter()
                    .enumerate()
                    .filter(|(_, c)| (from..to).contains(&c.word.0) && !quote.holds(at(c)))
                    .filter(|(_, c)| c.predicate.kind == PredicateKind::Verb)
                    .min_by_key(|(_, c)| quote.distance(at(c)))
                    .map(|(n, _)| n)
            };
            let owner = near(around.start, around.end)
                .or_else(|| if announced { near(around.start - 1, around.start) } else { None });
            let continues = || {
                let (owner, end) = previous?;
                let between = CharSpan::new(end.end, quote.span.start);
                // Quotations of one speaker follow each other within a sentence's length.
                (between.len() < 250 && !self.discourse().slice(between).contains('\n')).then_some(owner)
            };
            if owner.is_none() && self.announcer(quote).is_some() {
                continue;
            }
            let Some(owner) = owner.or_else(continues) else { continue };
            let cue = &cues[owner];
            if self.is_fragment(cue, quote) {
                continue;
            }
            previous = Some((owner, quote.span));
            let words = quote.words(self.reading.trees);
            let cue_span = self.tree(cue.word.0).sentence.span;
            let pieces = quote.pieces(self.reading.trees, self.discourse()).into_iter().map(|(text, sentence)| Piece {
                text,
                evidence: CharSpan::new(sentence.start.min(cue_span.start), sentence.end.max(cue_span.end)),
            });
            let pieces: Vec<Piece> = pieces.collect();
            if let Some(report) = found.get_mut(&owner) {
                report.pieces.extend(pieces);
                report.words.extend(words);
            } else if let Some(first) = pieces.first()
                && let Some(mut report) = self.report(cue, first.text.clone(), words, first.evidence)
            {
                report.pieces = pieces;
                found.insert(owner, report);
            }
        }
        found
    }

    /// Whether the quotation is only part of the reported clause ("said that it was «ready to talk»"): the clause is then what was said.
    fn is_fragment(&self, cue: &Cue, quote: &Quote) -> bool {
        let (sentence, token) = cue.word;
        let tree = self.tree(sentence);
        if quote.span.end > tree.sentence.span.end || quote.span.start < tree.sentence.span.start {
            return false;
        }
        let clause = cue.predicate.filling(&Role::Clause).into_iter().next();
        let clause = clause.or_else(|| self.inverted(tree, cue.predicate));
        let Some(words) = clause.and_then(|c| clause_words(tree, c, &[token])) else { return false };
        let before = |&&i: &&usize| tree.token(i).span.end <= quote.span.start;
        // The words must lie together: a clause that starts before the verb of saying is another one.
        words.iter().filter(before).count() >= 2 && words.iter().any(|&i| quote.holds(tree.token(i).span))
    }

    fn clause_of(&self, cue: &Cue) -> Option<Report> {
        let (sentence, token) = cue.word;
        let tree = self.tree(sentence);
        let p = cue.predicate;
        let takes = |role: &Role| cue.rows.iter().any(|m| m.row.object.contains(role));
        let verb = p.kind == PredicateKind::Verb;
        let mut without = Vec::new();
        let filled = |role: &Role| {
            let roles = &self.reading.roles[sentence];
            cue.rows.iter().flat_map(|m| frames::filling(tree, roles, p, &m.companions, role)).next()
        };
        let clause = filled(&Role::Clause)
            .or_else(|| self.clause_of_object(sentence, p))
            .or_else(|| filled(&Role::Acl).filter(|_| takes(&Role::Acl)))
            .or_else(|| p.filling(&Role::Xcomp).into_iter().next().filter(|_| takes(&Role::Xcomp)))
            .or_else(|| {
                let clause = if verb { self.inverted(tree, p) } else { None }?;
                without.push(token);
                Some(clause)
            })
            .or_else(|| {
                let after = |&k: &usize| tree.is(k, "parataxis") && tree.is_clausal(k) && !self.is_cue(sentence, k);
                tree.children(token).iter().copied().find(after).filter(|_| verb && takes(&Role::Clause))
            })?;
        if without.is_empty() && super::phrase::is_under(tree.sentence, token, clause) {
            without.push(token);
        }
        let mut words = clause_words(tree, clause, &without)?;
        let ancestors = std::iter::successors(tree.head(clause), |&h| tree.head(h));
        let reported = ancestors.take(tree.len()).any(|h| self.is_cue(sentence, h));
        if without.contains(&token) && !reported {
            // The insertion stands in the middle or at the end of what is said: all the rest of the sentence is it.
            let inserted = tree.subtree(token, &|_| false);
            words = (0..tree.len()).filter(|i| inserted.binary_search(i).is_err()).collect();
            trim(tree, &mut words);
        }
        // "…, he said" at the end: all that comes before is what was said, whichever part the tree gave to the verb.
        let speaker = cue.speaker_token;
        let cut = if (clause..token).contains(&speaker) {
            super::phrase::extent(tree.sentence, speaker, super::phrase::Extent::Full).start.max(clause + 1)
        } else {
            token
        };
        let closes = clause < cut && cut > 0 && tree.form(cut - 1) == "," && tree.len() - token < 10;
        if closes && !(token + 1..tree.len()).any(|i| tree.is_verbal(i)) {
            words = (0..cut).collect();
            trim(tree, &mut words);
        }
        let text = text_of(tree, &words);
        let words = words.into_iter().map(|t| (sentence, t)).collect();
        self.report(cue, text, words, tree.sentence.span)
    }

    /// Whether the word is one of saying.
    fn is_cue(&self, sentence: usize, token: usize) -> bool {
        let (tree, roles) = (self.tree(sentence), &self.reading.roles[sentence]);
        let rows = roles.at(token).map(|p| frames::matches(self.reading.ontology, tree, roles, p));
        rows.is_some_and(|rows| rows.iter().any(|m| m.row.relation == "said"))
    }

    /// "Expressed hope that …": the clause hangs on the object.
    fn clause_of_object(&self, sentence: usize, p: &Predicate) -> Option<usize> {
        let roles = &self.reading.roles[sentence];
        p.filling(&Role::Obj).into_iter().find_map(|o| roles.at(o)?.filling(&Role::Clause).into_iter().next())
    }

    /// The clause into which the verb of saying is put: "…, said X", "as X put it, …".
    fn inverted(&self, tree: &Tree, p: &Predicate) -> Option<usize> {
        let head = tree.head(p.token)?;
        let manner = tree.children(p.token).iter().any(|&k| {
            matches!(tree.rel(k), "mark" | "advmod")
                && tree.ontology.function_words.has(tree.language(), Function::Manner, tree.form(k))
        });
        let beside = tree.is(p.token, "parataxis") || (tree.is(p.token, "advcl") && manner);
        let object = p.filling(&Role::Obj).into_iter().any(|t| !p.surface.contains(&t) && self.agents_empty(tree, t));
        (beside && (manner || !object)).then_some(head)
    }

    fn agents_empty(&self, tree: &Tree, token: usize) -> bool {
        let sentence = self.reading.trees.iter().position(|t| std::ptr::eq(t, tree));
        sentence.is_none_or(|s| self.agents(s, token).is_empty())
    }

    /// "Voiced regret over …", "Об этом заявил X": a noun phrase, or a pronoun for the sentence before.
    fn phrase_of(&self, cue: &Cue) -> Option<Report> {
        let (sentence, _) = cue.word;
        let tree = self.tree(sentence);
        // "Many recognise the need": what a crowd without name feels is no statement.
        if !cue.speakers.iter().any(|id| self.discourse().entity(*id).named) {
            return None;
        }
        for m in &cue.rows {
            for role in &m.row.object {
                for token in cue.predicate.filling(role) {
                    if token == cue.speaker_token {
                        continue;
                    }
                    if tree.feat(token, "PronType") == Some("Dem")
                        || tree.upos(token) == "PRON"
                            && tree.ontology.function_words.has(
                                tree.language(),
                                Function::Correlative,
                                tree.lemma(token),
                            )
                    {
                        if let Some(report) = self.sentence_before(cue) {
                            return Some(report);
                        }
                        continue;
                    }
                    if !matches!(tree.upos(token), "NOUN" | "PROPN" | "VERB") {
                        continue;
                    }
                    let mut range = super::phrase::extent(tree.sentence, token, super::phrase::Extent::Clausal);
                    // "Voiced alarm over the arrests": what follows the noun tells of it, although it hangs on the verb.
                    let follows = tree.with_rel(cue.predicate.token, "obl").find(|&k| {
                        tree.case_marker(k) == Some(range.end)
                            && !tree
                                .marked(k)
                                .iter()
                                .any(|m| matches!(m.meaning, Some(Meaning::Place | Meaning::Event)))
                            && self.discourse().times.iter().all(|t| t.sentence != sentence || !t.tokens.contains(&k))
                    });
                    if let Some(k) = follows.filter(|_| *role == Role::Obj) {
                        range.end =
                            super::phrase::extent(tree.sentence, k, super::phrase::Extent::Clausal).end.max(range.end);
                    }
                    let words: Vec<usize> = range.collect();
                    if words.len() < 2 {
                        continue;
                    }
                    let text = text_of(tree, &words);
                    let words = words.into_iter().map(|t| (sentence, t)).collect();
                    return self.report(cue, text, words, tree.sentence.span);
                }
            }
        }
        None
    }

    fn sentence_before(&self, cue: &Cue) -> Option<Report> {
        let (sentence, _) = cue.word;
        let before = self.tree(sentence.checked_sub(1)?);
        let heading = before.sentence.paragraph != self.tree(sentence).sentence.paragraph
            && before.sentence.tokens.last().is_some_and(|t| t.form.chars().all(char::is_alphanumeric));
        if heading {
            return None;
        }
        let text = text_of(before, &(0..before.len()).collect::<Vec<_>>());
        let words = (0..before.len()).map(|t| (sentence - 1, t)).collect();
        let evidence = CharSpan::new(before.sentence.span.start, self.tree(sentence).sentence.span.end);
        self.report(cue, text.trim_end_matches(['.', '!']).to_owned(), words, evidence)
    }
}
