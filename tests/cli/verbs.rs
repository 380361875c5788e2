//! The options that every verb knows, exit codes, and readers who stop early.

use super::Desk;
use crate::built;
use std::{
    fs,
    io::{BufRead, BufReader},
    process::Stdio,
};

#[test]
fn json_is_one_object_and_quiet_says_nothing() {
    let desk = Desk::new();
    let said = desk.run(&["build", "good.txt", "--location", "store", "--output", "exports", "--json"]);
    assert_eq!((said.code, said.words.as_str()), (0, ""));
    let summary: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(summary["articles"]["en"], 1, "{summary}");
    assert!(summary["claims"].as_u64().unwrap() >= 2 && summary["nodes"].as_u64().unwrap() >= 3, "{summary}");
    let exported = desk.run(&["export", "--location", "store", "--output", "again", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&exported.out).unwrap(), summary);
    for entry in fs::read_dir(desk.path("exports")).unwrap() {
        let name = entry.unwrap().file_name();
        let read = |folder: &str| fs::read(desk.path(folder).join(&name)).unwrap();
        assert!(read("exports") == read("again"), "{name:?}: export writes what build wrote");
    }

    for args in [
        &["build", "good.txt", "--location", "store", "--output", "exports", "--quiet"][..],
        &["export", "--location", "store", "--output", "again", "-q"],
        &["validate", "--location", "store", "-q"],
    ] {
        let said = desk.run(args);
        assert_eq!((said.code, said.out.as_str(), said.words.as_str()), (0, "", ""), "{args:?}");
    }
    let said = desk.run(&["build", "absent.txt", "good.txt", "--location", "store", "--output", "exports", "--quiet"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "errors are said even so");
    assert!(said.words.starts_with("kurultai: absent.txt: no such file"), "{}", said.words);
}

#[test]
fn a_check_that_fails_exits_with_1_and_a_mistake_in_the_command_with_2() {
    let samples = built::samples();
    let store = samples.store();
    let code = |args: &[&str]| {
        let output = built::kurultai().args(args).output().unwrap();
        (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
    };
    let at = ["--location", store.to_str().unwrap()];
    assert_eq!(code(&[&["query", "ASK { ?s a kur:Person }"], &at[..]].concat()), ("true\n".to_owned(), 0));
    assert_eq!(code(&[&["query", "ASK { ?s a kur:Nonsense }"], &at[..]].concat()), ("false\n".to_owned(), 1));
    let (out, valid) = code(&[&["validate"], &at[..]].concat());
    assert_eq!((out.as_str(), valid), ("", 0), "the samples' graph is sound");

    let desk = Desk::new();
    let copy = desk.path("copy");
    fs::create_dir(&copy).unwrap();
    for entry in fs::read_dir(&store).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, copy.join(path.file_name().unwrap())).unwrap();
    }
    let graph = fs::read_to_string(copy.join("graph.nq")).unwrap();
    fs::write(copy.join("graph.nq"), &graph[graph.find('\n').unwrap() + 1..]).unwrap();
    let said = desk.run(&["validate", "--location", "copy"]);
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.out.contains("graph.nq is missing or was changed"), "{said:?}");

    let said = desk.run(&["query", "articles", "--location", "nowhere"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.words.starts_with("kurultai: no store in nowhere\nhint: "), "{}", said.words);
    assert_eq!(desk.run(&["build"]).code, 2);
    assert_eq!(desk.run(&["biuld", "good.txt"]).code, 2);
}

#[test]
fn who_stops_reading_early_is_not_scolded() {
    let samples = built::samples();
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("kurultai"));
    let everything = "SELECT ?s ?p ?o { ?s ?p ?o }";
    let mut child = command
        .args(["query", everything, "--format", "csv", "--location"])
        .arg(samples.store())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    // Dropped at the end of the statement: nobody reads the rest.
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(line.trim_end(), "s,p,o");
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn standard_input_is_read() {
    let desk = Desk::new();
    let mut command = built::kurultai();
    let output = command.args(["extract", "-"]).write_stdin(super::ENGLISH).output().unwrap();
    let said = desk.said(&output);
    assert_eq!((said.code, said.words.as_str()), (0, ""));
    assert!(said.out.contains("\"doc\":\"stdin\""), "{}", said.out);
    let record = serde_json::json!({"id": "one", "text": super::RUSSIAN}).to_string();
    let output = built::kurultai().args(["extract", "-"]).write_stdin(record).output().unwrap();
    assert!(desk.said(&output).out.contains("\"doc\":\"one\""));
}
