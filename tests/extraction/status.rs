//! `tests/status/*.tsv`: sentences annotated before the program's output on them was looked at. Of the claims found, how many have the
//! right status and the right speaker? The figures are printed (`cargo test --release status_and_speaker -- --nocapture`) and held
//! above a floor.

use super::{ONTOLOGY, article, claims_of, names, names_match, object_names};
use kurultai::{extract::Claim, ingest::Language};

/// Claims found, right status, right speaker, of all; each a little under what was reached last.
const FLOORS: [(Language, &str, [f64; 3]); 2] = [
    (Language::En, include_str!("../status/en.tsv"), [0.85, 0.92, 0.92]),
    (Language::Ru, include_str!("../status/ru.tsv"), [0.70, 0.90, 0.92]),
];

#[test]
fn status_and_speaker_are_right_on_annotated_sentences() {
    for (language, table, floors) in FLOORS {
        let rows: Vec<Vec<&str>> =
            table.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect()).collect();
        assert!(rows.len() >= 150 && rows.iter().all(|r| r.len() == 6), "a table of 150 rows with six columns");
        let articles: Vec<_> = rows.iter().map(|r| article(r[0], language, None)).collect();
        let (mut found, mut status, mut speaker) = (0, 0, 0);
        let mut wrong = Vec::new();
        for (row, all) in rows.iter().zip(claims_of(&articles)) {
            let [sentence, relation, subject, object, wanted_status, wanted_speaker] = row[..] else { unreachable!() };
            let says = |c: &&Claim| {
                let (s, o) = (names(&all, c.subject), object_names(&all, c));
                let ends = names_match(subject, &s) && names_match(object, &o);
                let turned =
                    ONTOLOGY.schema.is_symmetric(relation) && names_match(object, &s) && names_match(subject, &o);
                c.predicate == relation && (ends || turned)
            };
            let Some(claim) = all.claims.iter().find(says) else { continue };
            found += 1;
            let told = match claim.speaker {
                None => wanted_speaker == "-",
                Some(id) => wanted_speaker != "-" && names_match(wanted_speaker, &names(&all, id)),
            };
            status += usize::from(claim.status.name() == wanted_status);
            speaker += usize::from(told);
            if !told || claim.status.name() != wanted_status {
                let by = claim.speaker.map_or("-".to_owned(), |id| names(&all, id)[0].clone());
                wrong.push(format!(
                    "{sentence} [{} by {by}, not {wanted_status} by {wanted_speaker}]",
                    claim.status.name()
                ));
            }
        }
        let share = |n: usize, of: usize| f64::from(u32::try_from(n).unwrap()) / f64::from(u32::try_from(of).unwrap());
        let figures = [share(found, rows.len()), share(status, found), share(speaker, found)];
        println!(
            "{}: {found} of {} claims found; status right {:.3}, speaker right {:.3}",
            language.tag(),
            rows.len(),
            figures[1],
            figures[2]
        );
        for (figure, floor) in figures.iter().zip(floors) {
            assert!(*figure >= floor, "{figures:.3?} is under {floors:?}:\n{}", wrong.join("\n"));
        }
    }
}
