//! The same articles give the same bytes: for any number of threads, any order, at once or little by little.

use super::{Desk, ENGLISH, RUSSIAN};
use crate::built::{self, Build, build};
use std::fs;

/// The files that a folder of articles consists of.
fn sample_files() -> Vec<String> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| [".txt", ".html", ".jsonl", ".csv"].iter().any(|ending| name.ends_with(ending)))
        .map(|name| format!("samples/{name}"))
        .collect();
    names.sort();
    names
}

fn assert_same(left: &Build, right: &Build) {
    let (left, right) = (left.files(), right.files());
    assert_eq!(left.keys().collect::<Vec<_>>(), right.keys().collect::<Vec<_>>());
    for (name, bytes) in &left {
        let first = bytes.split(|b| *b == b'\n').zip(right[name].split(|b| *b == b'\n')).find(|(l, r)| l != r);
        let first = first.map(|(l, r)| (String::from_utf8_lossy(l), String::from_utf8_lossy(r)));
        assert!(*bytes == right[name], "{} differs, first in {first:?}", name.display());
    }
}

#[test]
fn threads_order_and_instalments_do_not_show() {
    let once = built::samples();
    let files = sample_files();
    // Every third, then every third from the next on: no neighbour stays where it was.
    let shuffled: Vec<&str> =
        (0..3).flat_map(|first| files.iter().skip(first).step_by(3)).rev().map(String::as_str).collect();
    let (one_half, other_half) = shuffled.split_at(shuffled.len() / 2);

    let articles = once.snapshot().manifest().articles;

    let folder = tempfile::tempdir().unwrap();
    let whole = build(folder.path(), &shuffled, &["--threads", "4"]);
    assert!(whole.summary.starts_with(&format!("Read {articles} articles: {articles} analysed, 0 known already.")));
    assert_same(once, &whole);

    let instalments = tempfile::tempdir().unwrap();
    let half = build(instalments.path(), one_half, &["--threads", "2"]);
    assert!(half.files() != once.files());
    let both = build(instalments.path(), other_half, &["--threads", "3"]);
    assert_same(once, &both);

    // Again: nothing to do, nothing touched.
    let written = |name: &str| fs::metadata(whole.store().join(name)).unwrap().modified().unwrap();
    let names = ["claims.jsonl", "entities.jsonl", "graph.nq", "store.json"];
    let before = (whole.files(), names.map(written));
    let again = build(folder.path(), &["samples"], &[]);
    assert!(again.summary.starts_with(&format!("Read {articles} articles: 0 analysed, {articles} known already")));
    assert!(again.summary.lines().next().unwrap().ends_with("; the store has not changed."), "{}", again.summary);
    assert_eq!(before, (again.files(), names.map(written)));
}

#[test]
fn a_changed_article_replaces_its_claims() {
    let desk = Desk::new();
    desk.put("other.txt", RUSSIAN);
    let articles = [desk.path("good.txt"), desk.path("other.txt")].map(|path| path.to_str().unwrap().to_owned());
    let articles = [articles[0].as_str(), articles[1].as_str()];
    let home = desk.path("long");
    let before = build(&home, &articles, &[]);
    let spoken = |built: &Build| fs::read_to_string(built.exports().join("claims.csv")).unwrap();
    assert!(spoken(&before).contains("Accra"));

    desk.put("good.txt", ENGLISH.replace("visited Accra", "visited Oslo"));
    let after = build(&home, &articles, &[]);
    assert!(after.summary.starts_with("Read 2 articles: 1 analysed, 1 known already."), "{}", after.summary);
    assert!(spoken(&after).contains("Oslo") && !spoken(&after).contains("Accra"), "{}", spoken(&after));
    for (name, bytes) in after.files() {
        assert!(!String::from_utf8_lossy(&bytes).contains("Accra"), "{} still tells it", name.display());
    }
    // As if it had never been otherwise.
    assert_same(&build(&desk.path("fresh"), &articles, &[]), &after);
}
