//! `calendar.csv`: names of months and weekdays and words for relative days, with what they mean to a machine: `august` is
//! month 8, `yesterday` day −1, `last` shifts the unit after it by −1. Limitation: holidays and calendars other than the Gregorian are not there.

use super::{OntologyError, Source, phrases::Phrases};
use crate::ingest::Language;
use serde::Deserialize;

const FILE: &str = "calendar.csv";

/// What a calendar word's value counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarKind {
    /// Month of the year, 1 to 12.
    Month,
    /// Day of the week, Monday 1 to Sunday 7.
    Weekday,
    /// Days from the day of the article: yesterday −1.
    DayOffset,
    /// Weeks from the week of the article.
    WeekOffset,
    /// Months from the month of the article.
    MonthOffset,
    /// Years from the year of the article.
    YearOffset,
    /// Shifts the weekday, month or unit that follows: last −1, this 0, next 1.
    Shift,
    /// A unit to be shifted or counted, in months, or days where negative: day −1, week −7, month 1, quarter 3, year 12.
    Unit,
    /// Counting back or forth from the day of the article, after or before a number of units: ago −1, in/через 1.
    Direction,
    /// A part of a month or year: early 1, mid 2, late 3; no effect on its bounds but to keep the precision.
    Part,
    /// A season: first month of it in the northern year, 3, 6, 9, 12.
    Season,
    /// A number word.
    Number,
    /// Says that a year (or date) stands before or after it: "г.", "year".
    YearMark,
}

/// A calendar word's kind and value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarWord {
    /// What the value counts.
    pub kind: CalendarKind,
    /// The value.
    pub value: i32,
}

#[derive(Debug, Deserialize)]
struct Columns {
    lang: Language,
    kind: CalendarKind,
    value: i32,
    words: String,
}

/// Calendar words of both languages, in every form in which they stand in texts.
#[derive(Debug, Clone, Default)]
pub struct Calendar(Phrases<CalendarWord>);

impl Calendar {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row: a value outside its kind's range, or a word that is listed twice.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Phrases::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            let right = match c.kind {
                CalendarKind::Month | CalendarKind::Season => (1..=12).contains(&c.value),
                CalendarKind::Weekday => (1..=7).contains(&c.value),
                _ => true,
            };
            if !right {
                let reason = format!("{} is outside the range of {:?}", c.value, c.kind);
                return Err(OntologyError::row(FILE, row.line, reason));
            }
            for word in c.words.split_whitespace() {
                if table.insert(c.lang, word, CalendarWord { kind: c.kind, value: c.value }).is_err() {
                    return Err(OntologyError::row(FILE, row.line, format!("`{word}` is listed twice")));
                }
            }
        }
        Ok(Self(table))
    }

    /// The longest calendar phrase that the words (form and lemma each) begin with.
    #[must_use]
    pub fn longest(&self, language: Language, words: &[[&str; 2]]) -> Option<(usize, CalendarWord)> {
        self.0.longest(language, words).map(|(n, w)| (n, *w))
    }

    /// The entry of a word, or of a phrase joined by `_`.
    #[must_use]
    pub fn get(&self, language: Language, words: &str) -> Option<CalendarWord> {
        self.0.get(language, words).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values() {
        let calendar = Calendar::load(&Source::Builtin).unwrap();
        let value = |lang, words| calendar.get(lang, words).map(|w| (w.kind, w.value));
        assert_eq!(value(Language::En, "Aug."), Some((CalendarKind::Month, 8)));
        assert_eq!(value(Language::Ru, "августа"), Some((CalendarKind::Month, 8)));
        assert_eq!(value(Language::Ru, "накануне"), Some((CalendarKind::DayOffset, -1)));
        assert_eq!(value(Language::En, "last"), Some((CalendarKind::Shift, -1)));
        for month in 1..=12 {
            for lang in [Language::En, Language::Ru] {
                let named =
                    calendar.0.iter().any(|(l, _, w)| l == lang && w.kind == CalendarKind::Month && w.value == month);
                assert!(named, "month {month} has no name in {}", lang.tag());
            }
        }
    }
}
