use crate::knowledge::{STORIES, Story, article, knowledge, resolved, run, schema};
use kurultai::store::{Run, Saved, Snapshot, Store, StoreError};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Everything in a folder but the lock: name and bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(folder)
        .unwrap()
        .map(|e| e.unwrap().path())
        .map(|p| (p.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&p).unwrap()))
        .filter(|(name, _)| name != "lock")
        .collect()
}

/// A build: what is cached is not analysed; gives the names of the articles that were.
fn build(folder: &Path, stories: &[Story], run: &Run) -> (Saved, Vec<String>) {
    let mut store = Store::open(folder).unwrap();
    let (mut analysed, mut unchanged) = (Vec::new(), BTreeSet::new());
    for story in stories {
        let record = article(story).0;
        if store.cached(&record.article.id, run).is_some() {
            unchanged.insert(record.article.id);
        } else {
            analysed.push(record);
        }
    }
    let names = analysed.iter().map(|r| r.article.doc.clone()).collect();
    store.update(run, analysed, &unchanged);
    let mut known = resolved(store.take_articles());
    known.run = run.clone();
    (store.save(&known, &schema()).unwrap(), names)
}

#[test]
fn what_was_saved_is_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let (saved, _) = build(dir.path(), STORIES, &run());
    let snapshot = Snapshot::open(dir.path()).unwrap();
    assert_eq!(snapshot.knowledge().unwrap(), knowledge());
    assert_eq!(*snapshot.manifest(), saved.manifest);
    assert_eq!((saved.manifest.articles, saved.manifest.claims), (3, 30));
    assert_eq!(snapshot.graph().unwrap().len().unwrap(), saved.manifest.quads);
}

#[test]
fn a_second_build_of_the_same_articles_analyses_none_and_touches_no_file() {
    let dir = tempfile::tempdir().unwrap();
    let (first, analysed) = build(dir.path(), STORIES, &run());
    assert!(first.changed);
    assert_eq!(analysed.len(), 3);
    let modified = |name: &str| fs::metadata(dir.path().join(name)).unwrap().modified().unwrap();
    let before = (files(dir.path()), modified("graph.nq"), modified("store.json"));
    let (second, analysed) = build(dir.path(), STORIES, &run());
    assert!(!second.changed);
    assert_eq!(analysed, [""; 0]);
    assert_eq!((files(dir.path()), modified("graph.nq"), modified("store.json")), before);
}

#[test]
fn two_halves_give_the_same_bytes_as_one_whole_in_any_order() {
    let (whole, halves) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    build(whole.path(), STORIES, &run());
    build(halves.path(), &STORIES[1..], &run());
    build(halves.path(), &STORIES[..1], &run());
    assert_eq!(files(whole.path()), files(halves.path()));
}

#[test]
fn a_changed_article_replaces_its_claims_and_no_other_is_analysed() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), STORIES, &run());
    let changed = Story { sentences: &STORIES[1].sentences[..1], ..story(&STORIES[1]) };
    let (saved, analysed) = build(dir.path(), &[story(&STORIES[0]), changed, story(&STORIES[2])], &run());
    assert_eq!(analysed, ["dam-en"]);
    assert_eq!(saved.manifest.articles, 3);
    let nquads = String::from_utf8(Snapshot::open(dir.path()).unwrap().nquads().unwrap()).unwrap();
    assert!(!nquads.contains("visited"), "the old text's claims are gone");
    assert!(nquads.contains("told the River Council"));
}

fn story(s: &Story) -> Story {
    Story { doc: s.doc, language: s.language, published: s.published, title: s.title, sentences: s.sentences }
}

#[test]
fn another_model_or_ontology_analyses_again() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), STORIES, &run());
    let other = Run { model: "better".to_owned(), ..run() };
    let (saved, analysed) = build(dir.path(), &STORIES[..2], &other);
    assert_eq!(analysed.len(), 2);
    assert_eq!(saved.manifest.run, other);
    // The third article was not given this time; given later, it is still known to be of the old model.
    assert_eq!(build(dir.path(), STORIES, &other).1, ["treaty-ru"]);
}

#[test]
fn decisions_are_read_and_never_written() {
    let dir = tempfile::tempdir().unwrap();
    let text = "# mine\naction,entity,other,value\nsame,a,b,\n";
    fs::write(dir.path().join("decisions.csv"), text).unwrap();
    build(dir.path(), STORIES, &run());
    assert_eq!(Store::open(dir.path()).unwrap().decisions().unwrap().rows.len(), 1);
    build(dir.path(), &STORIES[..1], &run());
    assert_eq!(fs::read_to_string(dir.path().join("decisions.csv")).unwrap(), text);
    fs::write(dir.path().join("decisions.csv"), "action,entity,other,value\nmerge,a,b,\n").unwrap();
    let error = Store::open(dir.path()).unwrap().decisions().unwrap_err().to_string();
    assert!(error.contains("line 2") && error.contains("hint:"), "{error}");
}

#[test]
fn a_rejected_claim_leaves_the_graph_and_stays_in_the_store() {
    let dir = tempfile::tempdir().unwrap();
    let before = build(dir.path(), STORIES, &run()).0.manifest;
    let knowledge = Snapshot::open(dir.path()).unwrap().knowledge().unwrap();
    let (article, claim) = (&knowledge.articles[0].article, &knowledge.articles[0].claims[0]);
    let span = claim.evidence.span;
    let row =
        format!("action,entity,other,value\nreject,{},{}-{},{}\n", article.doc, span.start, span.end, claim.predicate);
    fs::write(dir.path().join("decisions.csv"), row).unwrap();
    let after = build(dir.path(), STORIES, &run()).0.manifest;
    assert!(after.quads < before.quads, "{} quads, before {}", after.quads, before.quads);
    assert_eq!((after.claims, &after.files["claims.jsonl"]), (before.claims, &before.files["claims.jsonl"]));
    let shown = Snapshot::open(dir.path()).unwrap().knowledge().unwrap();
    assert!(shown.articles[0].claims.len() < knowledge.articles[0].claims.len());
}

#[test]
fn one_writes_at_a_time_and_readers_never_wait() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), STORIES, &run());
    let writer = Store::open(dir.path()).unwrap();
    let error = Store::open(dir.path()).unwrap_err();
    assert!(matches!(error, StoreError::Busy { .. }), "{error}");
    assert!(error.to_string().contains("\nhint: "));
    assert!(Snapshot::open(dir.path()).unwrap().knowledge().is_ok());
    drop(writer);
    Store::open(dir.path()).unwrap();
}

#[test]
fn what_is_wrong_with_a_folder_is_said_in_words() {
    let dir = tempfile::tempdir().unwrap();
    let place = dir.path().display().to_string();
    let said = |error: StoreError| error.to_string().replace(&place, "STORE");
    insta::assert_snapshot!(said(Snapshot::open(dir.path()).unwrap_err()), @r"
    no store in STORE
    hint: make one with `kurultai build ARTICLES --location STORE`
    ");

    build(dir.path(), STORIES, &run());
    let graph = dir.path().join("graph.nq");
    fs::write(&graph, "<a> <b> <c> .\n").unwrap();
    insta::assert_snapshot!(said(Snapshot::open(dir.path()).unwrap().graph().unwrap_err()), @r"
    STORE/graph.nq is missing or was changed since it was written
    hint: restore it, or run `kurultai build` again
    ");
    assert!(build(dir.path(), STORIES, &run()).0.changed, "building again mends the view");
    assert!(Snapshot::open(dir.path()).unwrap().graph().is_ok());

    let claims = dir.path().join("claims.jsonl");
    let text = fs::read_to_string(&claims).unwrap();
    fs::write(&claims, text.replacen("\n{", "\n[", 1)).unwrap();
    let error = said(Store::open(dir.path()).unwrap_err());
    assert!(error.starts_with("STORE/claims.jsonl, line 2: "), "{error}");
    fs::remove_file(&claims).unwrap();
    assert!(
        matches!(Store::open(dir.path()).unwrap_err(), StoreError::Damaged { .. }),
        "never taken for an empty store"
    );

    let manifest = dir.path().join("store.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replacen("\"format\": 1", "\"format\": 9", 1)).unwrap();
    insta::assert_snapshot!(said(Store::open(dir.path()).unwrap_err()), @r"
    the store STORE has format 9, this program knows 1
    hint: use the program that made it, or build a new store from the articles
    ");

    let file = dir.path().join("file");
    fs::write(&file, "").unwrap();
    let error = said(Store::open(&file.join("store")).unwrap_err());
    assert!(error.starts_with("cannot write STORE/file/store: ") && error.contains("\nhint: "), "{error}");
}

/// Needs a device that is always full.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_the_old_state_stays() {
    let dir = tempfile::tempdir().unwrap();
    build(dir.path(), &STORIES[..2], &run());
    let before = files(dir.path());
    let mut store = Store::open(dir.path()).unwrap();
    std::os::unix::fs::symlink("/dev/full", dir.path().join("graph.nq.new")).unwrap();
    store.update(&run(), vec![article(&STORIES[2]).0], &BTreeSet::new());
    let known = resolved(store.take_articles());
    let error = store.save(&known, &schema()).unwrap_err().to_string();
    assert!(error.contains("graph.nq.new: No space left on device") && error.contains("\nhint: make room"), "{error}");
    assert_eq!(files(dir.path()), before);
    let saved = store.save(&known, &schema()).unwrap();
    assert!(saved.changed, "with room again it goes on");
}
