//! The ready questions over the samples: what extraction and resolution of real articles come to, in tables.
//!
//! The rows stand in `samples/`. Whatever changes extraction changes some of them:
//! `INSTA_UPDATE=always cargo test --release query` writes them again; read the difference before it is committed.

use crate::built;
use kurultai::query::ready;
use std::{collections::BTreeSet, fs, panic, path::Path};

#[test]
fn every_ready_question_gives_its_rows_over_the_samples() {
    let graph = built::samples().snapshot().graph().unwrap();
    let (mut changed, mut silent) = (Vec::new(), Vec::new());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("samples");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // All that changed are told, not the first alone.
    for question in ready::all() {
        let rows = super::csv(&graph, question.sparql);
        if rows.lines().count() < 2 {
            silent.push(question.name);
        }
        let same = || settings.bind(|| insta::assert_snapshot!(question.name, rows));
        if panic::catch_unwind(panic::AssertUnwindSafe(same)).is_err() {
            changed.push(question.name);
        }
    }
    assert!(changed.is_empty(), "other rows than in tests/query/samples: {}", changed.join(", "));
    assert!(silent.is_empty(), "no rows at all: {}", silent.join(", "));
}

#[test]
fn no_rows_are_kept_of_questions_that_are_gone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/query/samples");
    let kept: BTreeSet<_> = fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str().unwrap().strip_suffix(".snap").map(str::to_owned))
        .collect();
    let asked: BTreeSet<_> = ready::all().iter().map(|question| question.name.to_owned()).collect();
    // On the first run, which writes them, they may be fewer.
    assert!(kept.is_subset(&asked), "{:?}", kept.difference(&asked));
}
