//! `confidence.csv`: how often claims of a relation and a grade were right on annotated text, which is what their confidence says.
//!
//! A rule gives a claim a grade (0.9 for a strict row, less where an argument was found by nearness …). The table has, for
//! each grade and relation, how many such claims were right and wrong; few of them lean on the grade's average.
//! `kurultai score --calibration` makes it. Limitation: the counts hold for the articles that were annotated.

use super::{OntologyError, Source};
use serde::Deserialize;
use std::collections::BTreeMap;

const FILE: &str = "confidence.csv";
/// How many claims' weight the grade's average has against a relation's own counts.
const PRIOR: f64 = 12.0;

#[derive(Debug, Deserialize)]
struct Columns {
    relation: String,
    grade: f64,
    right: u32,
    wrong: u32,
}

/// Shares of right claims by relation and grade, grades in hundredths.
#[derive(Debug, Clone, Default)]
pub struct Confidence {
    by_grade: BTreeMap<u8, (u32, u32)>,
    by_relation: BTreeMap<(String, u8), (u32, u32)>,
}

/// A grade in hundredths, so that it can be a key.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0 … 100")]
fn hundredths(grade: f64) -> u8 {
    (grade * 100.0).round().clamp(0.0, 100.0) as u8
}

impl Confidence {
    /// Reads the table.
    ///
    /// # Errors
    /// The first wrong row.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let mut table = Self::default();
        for row in source.table::<Columns>(FILE)? {
            let c = row.columns;
            if !(0.0..=1.0).contains(&c.grade) {
                return Err(OntologyError::row(
                    FILE,
                    row.line,
                    format!("the grade {} is not between 0 and 1", c.grade),
                ));
            }
            let grade = hundredths(c.grade);
            let all = table.by_grade.entry(grade).or_default();
            *all = (all.0 + c.right, all.1 + c.wrong);
            let own = table.by_relation.entry((c.relation, grade)).or_default();
            *own = (own.0 + c.right, own.1 + c.wrong);
        }
        Ok(table)
    }

    /// The expected share of right claims, in hundredths; the grade itself where the table knows nothing of it.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, reason = "between 0 and 1, two decimals")]
    pub fn of(&self, relation: &str, grade: f32) -> f32 {
        let key = hundredths(f64::from(grade));
        let Some(&(right, wrong)) = self.by_grade.get(&key) else { return grade };
        let average = (f64::from(right) + 1.0) / (f64::from(right + wrong) + 2.0);
        let (right, wrong) = self.by_relation.get(&(relation.to_owned(), key)).copied().unwrap_or_default();
        let share = PRIOR.mul_add(average, f64::from(right)) / (f64::from(right + wrong) + PRIOR);
        (f64::from(hundredths(share)) / 100.0) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_claims_lean_on_the_grade_and_many_speak_for_themselves() {
        let dir = tempfile::tempdir().unwrap();
        let rows = "relation,grade,right,wrong\nmetWith,0.9,80,20\nvisited,0.9,1,0\nsaid,0.9,0,80\n";
        std::fs::write(dir.path().join(FILE), rows).unwrap();
        let table = Confidence::load(&Source::Folder(dir.path().to_owned())).unwrap();
        let of = |relation| table.of(relation, 0.9);
        assert!((0.74..0.80).contains(&of("metWith")) && (0.4..0.55).contains(&of("visited")) && of("said") < 0.1);
        assert!((table.of("metWith", 0.6) - 0.6).abs() < 1e-6, "an unknown grade stands as it is");
        std::fs::write(dir.path().join(FILE), "relation,grade,right,wrong\nsaid,9,1,1\n").unwrap();
        let error = Confidence::load(&Source::Folder(dir.path().to_owned())).unwrap_err().to_string();
        assert!(error.contains("line 2"), "{error}");
    }
}
