//! Expressions of time: "Aug. 24", "29 ноября", "in April 2026", "накануне", "last week" become dates with precision and bounds.
//!
//! Relative ones are counted from the article's date; without one they mean nothing here, and the article's date never
//! stands in for a date that the text does not give. Input: a sentence. Output: [`TimeMention`]s.
//! Limitation: an expression that counts from another event ("two days after the summit") is left alone.

use super::{DateValue, Precision, discourse::TimeMention, phrase};
use crate::{
    analyze::{Sentence, Token},
    ontology::{Calendar, CalendarKind},
};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use std::ops::Range;

/// What a word, or a run of words, contributes to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Atom {
    Word(CalendarKind, i32),
    Day(i8),
    Days(i8, i8),
    Year(i16),
    Years(i16, i16),
    Full(Date),
    Comma,
    Link,
    Other,
}

/// A parsed expression: how many tokens, and what it means.
type Parsed = Option<(usize, DateValue)>;

struct Reader<'a> {
    s: &'a Sentence,
    /// Atom and length of the run that begins at each token.
    atoms: Vec<(Atom, usize)>,
    published: Option<Date>,
    future: bool,
}

/// The expressions of time in a sentence, left to right, not overlapping.
#[must_use]
pub fn find(index: usize, s: &Sentence, calendar: &Calendar, published: Option<Date>) -> Vec<TimeMention> {
    let atoms = atoms(s, calendar);
    let mut found = Vec::new();
    let mut i = 0;
    while i < s.tokens.len() {
        let reader = Reader { s, future: is_future(s, i), atoms: atoms.clone(), published };
        match reader.expression(i) {
            Some((length, value)) => {
                let tokens = i..i + length;
                found.push(TimeMention { sentence: index, head: phrase::head_of(s, &tokens), tokens, value });
                i += length;
            }
            None => i += atoms[i].1.max(1),
        }
    }
    found
}

/// Whether the clause of the token tells of the future.
fn is_future(s: &Sentence, token: usize) -> bool {
    let mut at = Some(token);
    for _ in 0..s.tokens.len() {
        let Some(i) = at else { return false };
        let t = &s.tokens[i];
        if matches!(t.upos.as_str(), "VERB" | "AUX") || (t.upos == "ADJ" && t.feats.get("VerbForm").is_some()) {
            let future =
                |t: &Token| t.feats.get("Tense") == Some("Fut") || matches!(t.lemma.as_str(), "will" | "shall");
            // "the vote to be held in May" lies ahead.
            return future(t)
                || t.feats.get("VerbForm") == Some("Inf")
                || s.children(i).any(|k| s.tokens[k].is("aux") && future(&s.tokens[k]));
        }
        at = t.head;
    }
    false
}

fn atoms(s: &Sentence, calendar: &Calendar) -> Vec<(Atom, usize)> {
    let words: Vec<[&str; 2]> = s.tokens.iter().map(|t| [t.form.as_str(), t.lemma.as_str()]).collect();
    (0..words.len())
        .map(|i| {
            let t = &s.tokens[i];
            if let Some(atom) = numeric(&t.form) {
                return (atom, 1);
            }
            match calendar.longest(s.language, &words[i..]) {
                // "may", "march" and "second" are more often other words.
                Some((n, w)) if w.kind != CalendarKind::Month || is_month_word(t) => (Atom::Word(w.kind, w.value), n),
                _ if t.form == "," => (Atom::Comma, 1),
                _ if matches!(t.form.as_str(), "-" | "–" | "—") => (Atom::Link, 1),
                _ => (Atom::Other, 1),
            }
        })
        .collect()
}

/// A month's name is a noun; in English it is written with a capital.
fn is_month_word(t: &Token) -> bool {
    matches!(t.upos.as_str(), "NOUN" | "PROPN" | "X" | "ADJ") && (phrase::is_capitalised(t) || !t.form.is_ascii())
}

fn numeric(form: &str) -> Option<Atom> {
    let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit()) && !text.is_empty();
    let parts: Vec<&str> = form.split(['.', '-', '–', '/']).collect();
    match *parts.as_slice() {
        [y, m, d] if y.len() == 4 && digits(y) && digits(m) && digits(d) => full(y, m, d),
        // Day first, as written with dots; with slashes the order is anybody's guess.
        [d, m, y] if y.len() == 4 && form.contains('.') && digits(y) && digits(m) && digits(d) => full(y, m, d),
        [a, b] if a.len() == 4 && b.len() == 4 && digits(a) && digits(b) => Some(Atom::Years(year(a)?, year(b)?)),
        [a, b] if !form.contains('.') && digits(a) && digits(b) => Some(Atom::Days(day(a)?, day(b)?)),
        _ => {
            let number = form.trim_end_matches(|c: char| !c.is_ascii_digit());
            let tail = &form[number.len()..];
            let ordinal = matches!(tail, "" | "st" | "nd" | "rd" | "th" | "-го" | "-е" | "-м" | "-й");
            if !digits(number) || !ordinal {
                None
            } else if number.len() == 4 {
                Some(Atom::Year(year(number)?))
            } else {
                Some(Atom::Day(day(number)?))
            }
        }
    }
}

fn full(y: &str, m: &str, d: &str) -> Option<Atom> {
    Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok().map(Atom::Full)
}

fn year(text: &str) -> Option<i16> {
    text.parse().ok().filter(|y| (1500..=2100).contains(y))
}

fn day(text: &str) -> Option<i8> {
    text.parse().ok().filter(|d| (1..=31).contains(d))
}

impl Reader<'_> {
    fn atom(&self, i: usize) -> Atom {
        self.atoms.get(i).map_or(Atom::Other, |a| a.0)
    }

    fn len(&self, i: usize) -> usize {
        self.atoms.get(i).map_or(1, |a| a.1)
    }

    fn word(&self, i: usize, kind: CalendarKind) -> Option<i32> {
        match self.atom(i) {
            Atom::Word(k, v) if k == kind => Some(v),
            _ => None,
        }
    }

    fn is_preposition(&self, i: usize) -> bool {
        self.s.tokens.get(i).is_some_and(|t| t.upos == "ADP")
    }

    /// Skips a determiner or preposition that may stand inside: "5th of May", "in the spring of 2020".
    fn skip_small(&self, mut i: usize) -> usize {
        while self.s.tokens.get(i).is_some_and(|t| matches!(t.upos.as_str(), "ADP" | "DET"))
            && self.atom(i) == Atom::Other
        {
            i += 1;
        }
        i
    }

    /// The expression that begins at token `i`.
    fn expression(&self, i: usize) -> Parsed {
        let lead = self.word(i, CalendarKind::Weekday).and_then(|_| {
            let mut next = i + self.len(i);
            if self.atom(next) == Atom::Comma {
                next += 1;
            }
            self.dated(next).map(|(n, v)| (next - i + n, v))
        });
        lead.or_else(|| self.dated(i))
            .or_else(|| self.part(i))
            .or_else(|| self.season(i))
            .or_else(|| self.month(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.offset(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.unit(i))
            .or_else(|| self.bare_year(i))
    }

    /// A day of a month: "24 August 2023", "Aug. 24, 2023", "с 3 по 5 мая", "15–16 November".
    fn dated(&self, i: usize) -> Parsed {
        if let Atom::Full(d) = self.atom(i) {
            return Some((1, day_value(d, d)));
        }
        if let Some((first, last, at)) = self.days(i) {
            let at = self.skip_small(at);
            let month = self.word(at, CalendarKind::Month)?;
            let (year, end) = self.year_after(at + self.len(at));
            return Some((end - i, self.resolve(year, month, first, last)?));
        }
        let month = self.word(i, CalendarKind::Month)?;
        let at = self.skip_dot(i + self.len(i));
        let (first, last, at) = self.days(at)?;
        // "May 5 ministers" counts ministers.
        if self.s.tokens.get(at).is_some_and(|t| matches!(t.upos.as_str(), "NOUN"))
            && self.s.tokens[at - 1].is("nummod")
        {
            return None;
        }
        let (year, end) = self.year_after(at);
        Some((end - i, self.resolve(year, month, first, last)?))
    }

    /// One or two day numbers and the token after them; the second bound may follow a dash, "to", "по", "and".
    fn days(&self, i: usize) -> Option<(i8, i8, usize)> {
        match self.atom(i) {
            Atom::Days(a, b) if a < b => Some((a, b, i + 1)),
            Atom::Day(a) => {
                let joined = self.atom(i + 1) == Atom::Link
                    || self.s.tokens.get(i + 1).is_some_and(|t| matches!(t.upos.as_str(), "ADP" | "CCONJ"));
                match self.atom(i + 2) {
                    Atom::Day(b) if joined && a < b => Some((a, b, i + 3)),
                    _ => Some((a, a, i + 1)),
                }
            }
            _ => None,
        }
    }

    fn skip_dot(&self, i: usize) -> usize {
        i + usize::from(self.s.tokens.get(i).is_some_and(|t| t.form == "." && !t.space_before))
    }

    /// A year after a month: "2023", ", 2023", "2023 года", "of last year", "прошлого года".
    fn year_after(&self, i: usize) -> (Option<i16>, usize) {
        let skip = |j| self.skip_dot(j);
        let at = if self.atom(i) == Atom::Comma { i + 1 } else { i };
        if let Atom::Year(y) = self.atom(at) {
            let end = at + 1;
            return if self.is_year_unit(end) { (Some(y), skip(end + self.len(end))) } else { (Some(y), end) };
        }
        let at = self.skip_small(i);
        if let Some(shift) = self.word(at, CalendarKind::Shift) {
            let unit = at + self.len(at);
            if self.is_year_unit(unit)
                && let Some(p) = self.published
            {
                let shift = i16::try_from(shift).unwrap_or(0);
                return (Some(p.year() + shift), unit + self.len(unit));
            }
        }
        if let Some(offset) = self.word(at, CalendarKind::YearOffset)
            && let Some(p) = self.published
        {
            return (Some(p.year() + i16::try_from(offset).unwrap_or(0)), at + self.len(at));
        }
        (None, i)
    }

    fn is_year_unit(&self, i: usize) -> bool {
        self.word(i, CalendarKind::Unit) == Some(12) || self.word(i, CalendarKind::YearMark).is_some()
    }

    /// A day whose year may have to be guessed: the one that lies nearest on the side that the tense tells.
    fn resolve(&self, year: Option<i16>, month: i32, first: i8, last: i8) -> Option<DateValue> {
        let month = i8::try_from(month).ok()?;
        let in_year = |y: i16| Some((Date::new(y, month, first).ok()?, Date::new(y, month, last).ok()?));
        let (a, b) = match year {
            Some(y) => in_year(y)?,
            None => {
                let p = self.published?;
                in_year(self.nearest_year(p, |y| in_year(y).map(|(a, _)| a))?)?
            }
        };
        Some(day_value(a, b))
    }

    /// The year in which a date without year lies: nearest to publication, and on the future's side where the clause says so.
    fn nearest_year(&self, p: Date, in_year: impl Fn(i16) -> Option<Date>) -> Option<i16> {
        let days = |y: i16| in_year(y).map(|d| (d - p).get_days());
        let past_limit = if self.future { -31 } else { -300 };
        let future_limit = if self.future { 366 } else { 90 };
        [p.year(), p.year() - 1, p.year() + 1]
            .into_iter()
            .filter(|&y| days(y).is_some_and(|d| (past_limit..=future_limit).contains(&d)))
            .min_by_key(|&y| days(y).map(i32::abs))
            .or_else(|| days(p.year()).map(|_| p.year()))
    }

    /// "in April 2026", "last November", "в ноябре прошлого года", "in April".
    fn month(&self, i: usize) -> Parsed {
        let shift = self.word(i, CalendarKind::Shift);
        let at = if shift.is_some() { i + self.len(i) } else { i };
        let month = i8::try_from(self.word(at, CalendarKind::Month)?).ok()?;
        let (year, mut end) = self.year_after(self.skip_dot(at + self.len(at)));
        let year = match (year, shift) {
            (Some(y), _) => y,
            (None, shift) => {
                end = self.skip_dot(at + self.len(at));
                let p = self.published?;
                let first = |y: i16| Date::new(y, month, 1).ok();
                match shift {
                    Some(s) if s < 0 => {
                        if first(p.year())?.last_of_month() < p.first_of_month() {
                            p.year()
                        } else {
                            p.year() - 1
                        }
                    }
                    Some(s) if s > 0 => {
                        if first(p.year())? > p {
                            p.year()
                        } else {
                            p.year() + 1
                        }
                    }
                    _ => self.nearest_year(p, first)?,
                }
            }
        };
        Some((end - i, month_value(Date::new(year, month, 1).ok()?)))
    }

    /// "on Thursday", "last Thursday", "в четверг": the last one before publication, the next one after it for the future.
    fn weekday(&self, i: usize) -> Parsed {
        let shift = self.word(i, CalendarKind::Shift);
        let at = if shift.is_some() { i + self.len(i) } else { i };
        let weekday =
            Weekday::from_monday_one_offset(i8::try_from(self.word(at, CalendarKind::Weekday)?).ok()?).ok()?;
        let p = self.published?;
        let d = match shift {
            Some(s) if s > 0 => p.nth_weekday(1, weekday).ok()?,
            Some(s) if s < 0 => p.nth_weekday(-1, weekday).ok()?,
            _ if p.weekday() == weekday => p,
            _ if self.future => p.nth_weekday(1, weekday).ok()?,
            _ => p.nth_weekday(-1, weekday).ok()?,
        };
        Some((at + self.len(at) - i, day_value(d, d)))
    }

    /// "yesterday", "накануне", "позавчера", and single words for the last week, month or year.
    fn offset(&self, i: usize) -> Parsed {
        let Atom::Word(kind, value) = self.atom(i) else { return None };
        let p = self.published?;
        let v = i64::from(value);
        let value = match kind {
            CalendarKind::DayOffset => {
                let d = p.checked_add(v.days()).ok()?;
                day_value(d, d)
            }
            CalendarKind::WeekOffset => week_value(p.checked_add(v.weeks()).ok()?)?,
            CalendarKind::MonthOffset => month_value(p.checked_add(v.months()).ok()?),
            CalendarKind::YearOffset => year_value(p.checked_add(v.years()).ok()?.year())?,
            _ => return None,
        };
        Some((self.len(i), value))
    }

    /// "two days ago", "три года назад", "через неделю", "in two weeks" (where the table lists its direction).
    fn counted(&self, i: usize) -> Parsed {
        let number = |at: usize| match self.atom(at) {
            Atom::Day(n) => Some((i64::from(n), 1)),
            Atom::Word(CalendarKind::Number, n) => Some((i64::from(n), self.len(at))),
            _ => None,
        };
        if let Some(direction) = self.word(i, CalendarKind::Direction).filter(|d| *d > 0) {
            let at = i + self.len(i);
            let (n, length) = number(at).unwrap_or((1, 0));
            let unit = self.word(at + length, CalendarKind::Unit)?;
            let end = at + length + self.len(at + length);
            return Some((end - i, self.moved(n * i64::from(direction), unit)?));
        }
        let (n, length) = number(i).or_else(|| self.word(i, CalendarKind::Unit).map(|_| (1, 0)))?;
        let unit = self.word(i + length, CalendarKind::Unit)?;
        let at = i + length + self.len(i + length);
        let direction = self.word(at, CalendarKind::Direction).filter(|d| *d < 0)?;
        Some((at + self.len(at) - i, self.moved(n * i64::from(direction), unit)?))
    }

    fn moved(&self, n: i64, unit: i32) -> Option<DateValue> {
        let p = self.published?;
        match unit {
            -1 => p.checked_add(n.days()).ok().map(|d| day_value(d, d)),
            -7 => p.checked_add(n.weeks()).ok().and_then(week_value),
            12 => year_value(p.checked_add(n.years()).ok()?.year()),
            m if m > 0 => p.checked_add((n * i64::from(m)).months()).ok().map(month_value),
            _ => None,
        }
    }

    /// "last week", "this year", "в прошлом месяце".
    fn unit(&self, i: usize) -> Parsed {
        let shift = i64::from(self.word(i, CalendarKind::Shift)?);
        let at = i + self.len(i);
        let unit = if self.is_year_unit(at) { 12 } else { self.word(at, CalendarKind::Unit)? };
        // "this day" and "next step" say nothing of the calendar; "these three weeks" are no unit's shift.
        if unit == -1 && shift == 0 {
            return None;
        }
        Some((at + self.len(at) - i, self.moved(shift, unit)?))
    }

    /// "early 2026", "в конце ноября": the date within; the part is not counted.
    fn part(&self, i: usize) -> Parsed {
        self.word(i, CalendarKind::Part)?;
        let at = self.skip_small(i + self.len(i));
        let at = if self.atom(at) == Atom::Link { at + 1 } else { at };
        let (n, value) = self.month(at).or_else(|| self.unit(at)).or_else(|| self.marked_year(at))?;
        Some((at + n - i, value))
    }

    /// "spring 2020", "весной прошлого года": three months, as precise as a year.
    fn season(&self, i: usize) -> Parsed {
        let first = i8::try_from(self.word(i, CalendarKind::Season)?).ok()?;
        let (year, end) = self.year_after(self.skip_small(i + self.len(i)));
        let earliest = Date::new(year?, first, 1).ok()?;
        let latest = earliest.checked_add(2.months()).ok()?.last_of_month();
        Some((end - i, DateValue { earliest, latest, precision: Precision::Year }))
    }

    /// "2023", "2026-2030 годы" where a part of a year stands before it.
    fn marked_year(&self, i: usize) -> Parsed {
        let (first, last) = match self.atom(i) {
            Atom::Year(y) => match (self.atom(i + 1), self.atom(i + 2)) {
                (Atom::Link, Atom::Year(z)) if y < z => return self.end_year(i, 3, y, z),
                _ => (y, y),
            },
            Atom::Years(y, z) => (y, z),
            _ => return None,
        };
        self.end_year(i, 1, first, last)
    }

    fn end_year(&self, i: usize, length: usize, first: i16, last: i16) -> Parsed {
        let mark = if self.is_year_unit(i + length) { self.len(i + length) } else { 0 };
        let end = if mark > 0 { self.skip_dot(i + length + mark) } else { i + length };
        let value = DateValue { earliest: date(first, 1, 1), latest: date(last, 12, 31), precision: Precision::Year };
        Some((end - i, value))
    }

    /// A year by itself needs something that says it is one: "in 2007", "2007 году", "(2007)", "the 2020 conference".
    fn bare_year(&self, i: usize) -> Parsed {
        let (n, value) = self.marked_year(i)?;
        let marked = n > 1 && (i + 1..i + n).any(|k| self.is_year_unit(k));
        let before = i > 0 && (self.is_preposition(i - 1) || self.s.tokens[i - 1].form == "(");
        let counts = self.s.tokens[i].is("nummod");
        let titles = counts && self.s.tokens[i].head.is_some_and(|h| phrase::is_capitalised(&self.s.tokens[h]));
        (marked || (before && !counts) || titles).then_some((n, value))
    }
}

fn day_value(earliest: Date, latest: Date) -> DateValue {
    DateValue { earliest, latest, precision: Precision::Day }
}

fn month_value(d: Date) -> DateValue {
    DateValue { earliest: d.first_of_month(), latest: d.last_of_month(), precision: Precision::Month }
}

fn year_value(year: i16) -> Option<DateValue> {
    Some(DateValue {
        earliest: Date::new(year, 1, 1).ok()?,
        latest: Date::new(year, 12, 31).ok()?,
        precision: Precision::Year,
    })
}

/// A week has no notation as precise as itself; the month of its first day is.
fn week_value(d: Date) -> Option<DateValue> {
    let monday = d.checked_sub(i64::from(d.weekday().to_monday_zero_offset()).days()).ok()?;
    Some(DateValue { earliest: monday, latest: monday.checked_add(6.days()).ok()?, precision: Precision::Month })
}

/// How closely an expression (or place) headed by `head` hangs on the predicate `token`; smaller is closer.
#[must_use]
pub fn distance(s: &Sentence, head: usize, token: usize) -> Option<usize> {
    let parent = s.tokens[head].head?;
    if parent == token {
        return Some(0);
    }
    let verbal =
        |i: usize| matches!(s.tokens[i].upos.as_str(), "VERB" | "AUX") || s.tokens[i].feats.get("VerbForm").is_some();
    // "the meeting held on Friday": the participle's date is the noun's.
    let modifies = |i: usize| (s.tokens[i].is("acl") || s.tokens[i].is("amod")) && s.tokens[i].head == Some(token);
    if modifies(parent) {
        return Some(1);
    }
    // A phrase that was attached to a noun within the predicate's arguments.
    let mut at = parent;
    for step in 2..6 {
        if verbal(at) {
            break;
        }
        match s.tokens[at].head {
            Some(h) if h == token => return Some(step),
            Some(h) => at = h,
            None => break,
        }
    }
    // "The talks took place on Friday": the verb's date is its noun's.
    let governed = !verbal(token)
        && s.tokens[token].head == Some(parent)
        && ["nsubj", "obj", "obl"].iter().any(|r| s.tokens[token].is(r));
    if governed && verbal(parent) {
        return Some(6);
    }
    // A date before coordinated or embedded clauses holds for them all.
    let shared = verbal(token) && head < token && s.tokens[token].head == Some(parent);
    (shared && ["conj", "xcomp"].iter().any(|r| s.tokens[token].is(r))).then_some(7)
}

/// The closest expression to the predicate.
#[must_use]
pub fn closest<'t>(s: &Sentence, times: &'t [TimeMention], token: usize) -> Option<&'t TimeMention> {
    let gap = |range: &Range<usize>| range.start.abs_diff(token);
    times
        .iter()
        .filter_map(|t| distance(s, t.head, token).map(|d| (d, gap(&t.tokens), t)))
        .min_by_key(|(d, gap, _)| (*d, *gap))
        .map(|(_, _, t)| t)
}
