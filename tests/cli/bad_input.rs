//! Every bad input one by one: one clear line and a hint on standard error, the good article beside it done, exit code 2.

use super::{Desk, ENGLISH, RUSSIAN, Said};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

const STORE: &[&str] = &["--location", "store", "--output", "exports"];

/// Names and bytes of a store's files.
fn stored(desk: &Desk) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(desk.path("store")).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

fn build(desk: &Desk, paths: &[&str], more: &[&str]) -> Said {
    desk.run(&[&["build"], paths, STORE, more].concat())
}

/// A line that says what is wrong and a hint, once for each problem, and no more.
fn assert_clear(words: &str, problems: usize) {
    let lines: Vec<_> = words.lines().collect();
    assert_eq!(lines.len(), problems * 2, "{words}");
    for pair in lines.chunks(2) {
        assert!(pair[0].starts_with("kurultai: ") && pair[1].starts_with("hint: "), "{words}");
    }
    assert!(!words.contains("panicked") && !words.contains('\u{fffd}'), "{words}");
}

#[test]
fn what_cannot_be_read_is_named_and_the_good_article_is_done() {
    let desk = Desk::new();
    desk.put("russian.txt", RUSSIAN);
    let line = |id: &str, text: &str| serde_json::json!({ "id": id, "text": text }).to_string();
    let bad: &[(&str, Vec<u8>)] = &[
        ("empty.txt", Vec::new()),
        ("binary.txt", vec![0x7f, b'E', b'L', b'F', 2, 1, 0, 0, 0, 0, 0xff, 0]),
        ("noise.txt", (1u8..=255).cycle().take(999).collect()),
        ("half.txt", [&b"\xff\xfe"[..], &[0x00, 0xd8].repeat(40)].concat()),
        ("broken.html", b"<html><body><div <table><tr></article".to_vec()),
        (
            "lines.jsonl",
            [line("before", RUSSIAN), "{\"id\": \"cut\", \"text\": \"The".to_owned(), line("after", "Peru signed an agreement with Chad in Lima on Friday, and the ministers left.")]
                .join("\n")
                .into_bytes(),
        ),
        ("columns.csv", format!("id,body\n1,\"{ENGLISH}\"\n").into_bytes()),
        ("ukrainian.txt", "Міністри закордонних справ зустрілися у Львові та підписали угоду про співпрацю в галузі енергетики. Сторони домовилися, що переговори триватимуть.".into()),
        ("letter.docx", b"PK\x03\x04".to_vec()),
    ];
    for (name, bytes) in bad {
        desk.put(name, bytes);
    }
    fs::create_dir(desk.path("nothing")).unwrap();
    let names: Vec<&str> = bad.iter().map(|(name, _)| *name).chain(["missing.txt", "nothing"]).collect();
    let mut told = String::new();
    for name in &names {
        let said = desk.run(&["extract", name, "good.txt"]);
        assert_eq!(said.code, 2, "{name}: {said:?}");
        assert_clear(&said.words, 1);
        assert!(said.words.starts_with(&format!("kurultai: {name}")), "{name}: {}", said.words);
        assert!(said.out.contains("\"doc\":\"good\""), "{name}: {said:?}");
        told.push_str(&said.words);
    }
    insta::assert_snapshot!(told);

    // Together, in one build: the good ones are in the store, and the bad lines keep no one away.
    let said = build(&desk, &[&names[..], &["good.txt"]].concat(), &[]);
    assert_eq!(said.code, 2);
    let sorted = |words: &str| words.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    assert_eq!(sorted(&said.words), sorted(&told));
    assert_clear(&said.words, names.len());
    assert!(said.out.starts_with("Read 3 articles: 3 analysed"), "{}", said.out);
    let claims = fs::read_to_string(desk.path("exports/claims.csv")).unwrap();
    assert!(claims.contains("good") && claims.contains("before") && claims.contains("after"), "{claims}");

    // With nothing good at all the store stays as it was.
    let before = stored(&desk);
    let said = build(&desk, &["empty.txt", "missing.txt"], &[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_clear(&said.words, 3);
    assert_eq!(stored(&desk), before);
}

#[test]
fn a_false_claim_about_the_encoding_does_no_harm() {
    let desk = Desk::new();
    let body = RUSSIAN.repeat(3);
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"><title>Встреча</title></head><body><article><h1>Встреча</h1><p>{body}</p><p>{RUSSIAN} Переговоры продолжатся.</p></article></body></html>"
        )
    };
    desk.put("utf-8-called-1251.html", page("windows-1251"));
    desk.put("utf-8-called-latin.html", page("iso-8859-1"));
    desk.put("1251-called-utf-8.html", encoding_rs::WINDOWS_1251.encode(&page("utf-8")).0);
    let marked = [&b"\xff\xfe"[..], ENGLISH.as_bytes()].concat();
    desk.put("utf-8-marked-utf-16.txt", marked);
    let mut told = String::new();
    for name in ["utf-8-called-1251.html", "utf-8-called-latin.html", "1251-called-utf-8.html"] {
        let said = desk.run(&["extract", name]);
        assert_eq!((said.code, said.words.as_str()), (0, ""), "{name}");
        assert!(said.out.contains("рыболовств") && said.out.contains("Киспе"), "{name}: {}", said.out);
        told.push_str(&said.out);
    }
    let said = desk.run(&["extract", "utf-8-marked-utf-16.txt", "good.txt"]);
    assert_eq!(said.code, 2, "{said:?}");
    assert_clear(&said.words, 1);
}

#[test]
fn a_place_that_cannot_be_written_is_said_before_any_work() {
    let desk = Desk::new();
    assert_eq!(build(&desk, &["good.txt"], &[]).code, 0);
    let before = stored(&desk);
    desk.put("file", "in the way");
    let mut told = String::new();
    for args in [
        ["build", "good.txt", "--location", "store", "--output", "file/exports"],
        ["build", "good.txt", "--location", "store", "--output", "file"],
        ["build", "good.txt", "--location", "store", "--output", "/dev/null/exports"],
        ["build", "good.txt", "--location", "file/store", "--output", "other"],
        ["build", "good.txt", "--location", "file", "--output", "other"],
    ] {
        let said = desk.run(&args);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{args:?}");
        assert_clear(&said.words, 1);
        told.push_str(&said.words);
    }
    insta::assert_snapshot!(told);
    assert_eq!(stored(&desk), before);
    assert_eq!(fs::read_to_string(desk.path("file")).unwrap(), "in the way");
}

/// As if on a disk with room for four kilobytes more: writes beyond that fail, and are not punished by a signal.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_store_as_it_was() {
    let desk = Desk::new();
    assert_eq!(build(&desk, &["good.txt"], &[]).code, 0);
    let before = stored(&desk);
    desk.put("more.txt", RUSSIAN);
    let output = std::process::Command::new("sh")
        .current_dir(desk.path(""))
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\""])
        .arg(assert_cmd::cargo::cargo_bin("kurultai"))
        .args(["build", "good.txt", "more.txt"])
        .args(STORE)
        .output()
        .unwrap();
    let said = desk.said(&output);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert_clear(&said.words, 1);
    assert!(said.words.starts_with("kurultai: cannot write store/"), "{}", said.words);
    let after = stored(&desk);
    assert!(before.iter().all(|(name, bytes)| after[name] == *bytes), "{:?}", after.keys());
    assert_eq!(desk.run(&["validate", "--location", "store"]).code, 0);

    std::os::unix::fs::symlink("/dev/full", desk.path("exports/edges.csv.new")).unwrap();
    let said = build(&desk, &["good.txt", "more.txt"], &[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert_clear(&said.words, 1);
    assert!(said.words.contains("exports/edges.csv: No space left on device"), "{}", said.words);
    // With room again all is well.
    assert_eq!(build(&desk, &["good.txt", "more.txt"], &[]).code, 0);
    assert_eq!(desk.run(&["validate", "--location", "store"]).code, 0);
}

#[test]
fn a_store_in_use_is_left_alone() {
    let desk = Desk::new();
    assert_eq!(build(&desk, &["good.txt"], &[]).code, 0);
    let before = stored(&desk);
    desk.put("more.txt", RUSSIAN);
    let held = fs::File::options().write(true).open(desk.path("store/lock")).unwrap();
    held.lock().unwrap();
    let said = build(&desk, &["more.txt"], &[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    insta::assert_snapshot!(said.words, @r"
    kurultai: the store store is being written by another kurultai
    hint: wait until it is done, or choose another folder with --location
    ");
    assert_eq!(stored(&desk), before);
    // Who only reads need not wait.
    assert_eq!(desk.run(&["query", "articles", "--location", "store"]).code, 0);
    drop(held);
    assert_eq!(build(&desk, &["more.txt"], &[]).code, 0);
}

#[test]
fn a_damaged_store_is_not_overwritten() {
    let desk = Desk::new();
    assert_eq!(build(&desk, &["good.txt"], &[]).code, 0);
    let claims = desk.path("store/claims.jsonl");
    let text = fs::read_to_string(&claims).unwrap();
    fs::write(&claims, &text[..text.len() / 2]).unwrap();
    let before = stored(&desk);
    let said = build(&desk, &["good.txt"], &[]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert_clear(&said.words, 1);
    assert!(said.words.contains("claims.jsonl"), "{}", said.words);
    assert_eq!(stored(&desk), before);
}

#[test]
fn a_mistake_in_the_ontology_is_told_with_file_line_and_reason() {
    let desk = Desk::new();
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("ontology");
    let copy = |name: &str| fs::read_to_string(own.join(name)).unwrap();
    assert_eq!(build(&desk, &["good.txt"], &[]).code, 0);
    let before = stored(&desk);
    let mut told = String::new();
    for (name, wrong) in [
        ("lexicon.csv", copy("lexicon.csv").replacen(",VERB,", ",VREB,", 1)),
        ("gazetteer.csv", copy("gazetteer.csv") + "\n\"not closed"),
        ("kurultai.ttl", copy("kurultai.ttl") + "\nkur:Nonsense a owl:Class"),
        ("prepositions.csv", copy("prepositions.csv") + "one,two\n"),
    ] {
        let folder = desk.path("ontology");
        let _ = fs::remove_dir_all(&folder);
        desk.put(&format!("ontology/{name}"), wrong);
        let said = build(&desk, &["good.txt"], &["--ontology", "ontology"]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
        assert_clear(&said.words, 1);
        assert!(said.words.starts_with(&format!("kurultai: ontology/{name}, line ")), "{}", said.words);
        told.push_str(&said.words);
    }
    assert!(told.contains("VREB"), "{told}");
    assert_eq!(stored(&desk), before);
    let said = build(&desk, &["good.txt"], &["--model", "nowhere"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
    assert_clear(&said.words, 1);
    assert!(said.words.contains("nowhere"), "{}", said.words);
}
