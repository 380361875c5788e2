//! Every row of `ontology/lexicon.csv` carries the sentences that test it: the example must give what is expected (by this row, or
//! by one before it of the same relation), the counter-example must not fire it.

use super::{ONTOLOGY, article, claims_of, names, names_match, object_names};
use std::{collections::BTreeSet, fmt::Write};

/// Rows whose sentence does not come out right yet, one `rule<TAB>example|counter` a line. The test demands that the list is exact: it
/// can only shrink, or a change that breaks a row must say so. After a new model: `KURULTAI_UPDATE=1 cargo test --release lexicon`.
const KNOWN: &str = include_str!("known-failing.tsv");

#[test]
fn every_row_fires_on_its_example_and_not_on_its_counter() {
    let rows = ONTOLOGY.lexicon.rows();
    let examples: Vec<_> = rows.iter().map(|r| article(&r.example, r.language, None)).collect();
    let counters: Vec<_> = rows.iter().map(|r| article(&r.counter, r.language, None)).collect();
    let (examples, counters) = (claims_of(&examples), claims_of(&counters));
    let mut failing = BTreeSet::new();
    let mut report = String::new();
    for ((row, example), counter) in rows.iter().zip(&examples).zip(&counters) {
        let rule = row.rule();
        let fired = |s: &str, o: &str| {
            example.claims.iter().any(|c| {
                c.predicate == row.relation && {
                    let ends = (names(example, c.subject), object_names(example, c));
                    (names_match(s, &ends.0) && names_match(o, &ends.1))
                        || (ONTOLOGY.schema.is_symmetric(&row.relation)
                            && names_match(s, &ends.1)
                            && names_match(o, &ends.0))
                }
            })
        };
        let missing: Vec<String> =
            row.expect.iter().filter(|(s, o)| !fired(s, o)).map(|(s, o)| format!("{s} -> {o}")).collect();
        if !missing.is_empty() {
            failing.insert(format!("{rule}\texample"));
            writeln!(report, "{rule}: {:?} lacks {}", row.example, missing.join("; ")).unwrap();
            for c in &example.claims {
                let (s, o) = (names(example, c.subject), object_names(example, c));
                writeln!(report, "    has {} -> {} by {}", s[0], o[0], c.rule).unwrap();
            }
        }
        if counter.claims.iter().any(|c| c.rule == rule && c.status.is_asserted()) {
            failing.insert(format!("{rule}\tcounter"));
            writeln!(report, "{rule}: fires on its counter-example {:?}", row.counter).unwrap();
        }
    }
    if std::env::var_os("KURULTAI_UPDATE").is_some() {
        let lines: String = failing.iter().map(|l| format!("{l}\n")).collect();
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/extraction/known-failing.tsv"), lines).unwrap();
        return;
    }
    let known: BTreeSet<String> = KNOWN.lines().filter(|l| !l.starts_with('#')).map(str::to_owned).collect();
    let broken: Vec<_> = failing.difference(&known).collect();
    let mended: Vec<_> = known.difference(&failing).collect();
    assert!(
        broken.is_empty() && mended.is_empty(),
        "{} of {} rows fail.\nnewly failing: {broken:#?}\nno longer failing, to be taken out of the list: {mended:#?}\n{report}",
        failing.len(),
        rows.len()
    );
}
