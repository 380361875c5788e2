//! The five articles that the project began with: one node each for what they all speak of. They are not the project's to
//! publish, so they stand beside the checkout or the test says that it looked at nothing.

use crate::built::build;
use kurultai::ingest::Language;
use std::{fs, path::Path};

#[test]
fn one_node_each_with_labels_in_both_languages() {
    let beside = |up: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join(up).join("shared/corpus");
    let Some(folder) = ["..", "../.."].map(beside).into_iter().find(|f| f.is_dir()) else {
        println!("skipped: there is no shared/corpus beside the checkout");
        return;
    };
    let mut texts: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    texts.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    let paths: Vec<&str> = texts.iter().map(|p| p.to_str().unwrap()).collect();
    let home = tempfile::tempdir().unwrap();
    let entities = build(home.path(), &paths, &[]).snapshot().knowledge().unwrap().resolution.entities;
    for (class, en, ru) in [
        ("Person", "Tokayev", "Токаев"),
        ("Person", "Ashikbayev", "Ашикбаев"),
        ("Person", "Imnadze", "Имнадзе"),
        ("Person", "Orazbay", "Оразбай"),
        ("Organization", "UNRCCA", "РЦПДЦА"),
        ("Organization", "International Fund for Saving the Aral Sea", "Международный фонд спасения Арала"),
        ("Country", "Kazakhstan", "Казахстан"),
        ("Instrument", "Convention", "конвенция"),
        ("Instrument", "Declaration", "Декларация"),
        ("Event", "Deputy Foreign Ministers", "заместителей министров"),
    ] {
        let is = |e: &&kurultai::resolve::Entity| {
            // The academy of a body is another body; of the others a part of the name is enough.
            let whole = matches!(class, "Organization" | "Country");
            let named = |what: &str| e.labels.values().any(|l| if whole { l == what } else { l.contains(what) });
            e.class.name() == class && (named(en) || named(ru))
        };
        let found: Vec<_> = entities.iter().filter(is).collect();
        let labels: Vec<_> = found.iter().map(|e| &e.labels).collect();
        assert_eq!(found.len(), 1, "{en}: {labels:?}");
        let label = |language| found[0].labels.get(&language).map_or("", String::as_str);
        assert!(label(Language::En).contains(en), "{en}: {labels:?}");
        assert!(label(Language::Ru).contains(ru), "{ru}: {labels:?}");
    }
}
