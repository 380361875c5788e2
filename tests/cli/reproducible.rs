//! The same articles give the same bytes: for any number of threads, any order, at once or little by little.

use super::{Desk, ENGLISH, RUSSIAN};
use crate::built::{self, Build, build};
use std::{fs, path::Path};

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

/// Runs a verb on a store of `home` with its exports; all must be well.
fn then(home: &Path, verb: &str, args: &[&str]) -> Build {
    let built = Build::at(home);
    let mut command = built::kurultai();
    command.arg(verb).args(args).arg("--location").arg(built.store()).arg("--output").arg(built.exports());
    let output = command.output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && words.is_empty(), "{verb}: {words}");
    Build { summary: String::from_utf8(output.stdout).unwrap(), ..built }
}

#[test]
fn added_removed_merged_gives_the_bytes_of_one_build() {
    let once = built::samples();
    let files = sample_files();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let (first, rest) = files.split_at(files.len() / 2);
    let desk = Desk::new();

    // Two stores merged, in either order, are one store.
    let (a, b) = (build(&desk.path("a"), first, &[]), build(&desk.path("b"), rest, &[]));
    let [left, right] = [a.store(), b.store()].map(|s| s.to_str().unwrap().to_owned());
    assert_same(once, &then(&desk.path("ab"), "merge", &[&left, &right]));
    assert_same(once, &then(&desk.path("ba"), "merge", &[&right, &left]));

    // Half added to half is the whole; taken away again, the half is as it was.
    let before = a.files();
    assert_same(once, &then(&desk.path("a"), "add", rest));
    let names: Vec<String> = b.snapshot().knowledge().unwrap().articles.into_iter().map(|r| r.article.doc).collect();
    let after = then(&desk.path("a"), "remove", &names.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(before == after.files(), "something of the removed articles is left");
    assert!(after.summary.starts_with(&format!("Removed {} articles.", names.len())), "{}", after.summary);
}

#[test]
fn what_cannot_be_added_or_removed_is_said() {
    let desk = Desk::new();
    let said = desk.run(&["add", "good.txt", "--location", "store"]);
    assert_eq!(said.code, 2);
    assert!(said.words.starts_with("kurultai: no store in store\nhint: "), "{}", said.words);
    assert!(!desk.path("store").exists());
    desk.run(&["build", "good.txt", "--location", "store", "--output", "exports", "--quiet"]);
    let said = desk.run(&["remove", "god", "--location", "store"]);
    assert_eq!(
        (said.code, said.words.as_str()),
        (2, "kurultai: the store has no article `god`; nothing was removed\nhint: did you mean `good`?\n")
    );
    let said = desk.run(&["remove", "good.txt", "--location", "store"]);
    assert_eq!(said.code, 0, "{}", said.words);
    assert!(said.out.contains("Store     0 articles, 0 claims, 0 entities"), "{}", said.out);
    // The graph was left due; a question makes it.
    desk.run(&["add", "good.txt", "--location", "store", "--quiet"]);
    assert!(!desk.path("store/graph.nq").exists());
    let said = desk.run(&["query", "ASK { ?s a kur:Person }", "--location", "store"]);
    assert_eq!((said.out.as_str(), said.code), ("true\n", 0), "{}", said.words);
    assert!(desk.path("store/graph.nq").exists());
    assert_eq!(desk.run(&["validate", "--location", "store", "--quiet"]).code, 0);
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
