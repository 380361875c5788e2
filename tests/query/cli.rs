use crate::knowledge::{STORIES, article, resolved, schema};
use assert_cmd::Command;
use kurultai::store::Store;
use std::{fs, path::Path};

fn store() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path()).unwrap();
    let mut articles: Vec<_> = STORIES.iter().map(|s| article(s).0).collect();
    articles.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    store.save(&resolved(articles), &schema()).unwrap();
    dir
}

/// Standard output, standard error and exit code.
fn run(folder: &Path, args: &[&str]) -> (String, String, i32) {
    let mut command = Command::cargo_bin("kurultai").unwrap();
    let output = command.args(args).arg("--location").arg(folder).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&folder.display().to_string(), "STORE");
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

#[test]
fn query_answers_in_every_format() {
    let dir = store();
    let ask = |args: &[&str]| run(dir.path(), &[&["query"], args].concat());
    let (table, words, code) = ask(&["who-met-whom", "--param", "actor=Brandt"]);
    assert_eq!((words.as_str(), code), ("", 0));
    insta::assert_snapshot!(table);

    let (csv, ..) = ask(&[
        "SELECT ?c (COUNT(*) AS ?n) { ?s a kur:Claim ; kur:status ?c } GROUP BY ?c ORDER BY ?c",
        "--format",
        "csv",
    ]);
    assert!(csv.contains("https://w3id.org/kurultai/ontology#denied,2\r\n"), "{csv}");
    let (tsv, ..) = ask(&["SELECT ?n { entity:orda schema:name ?n }", "--format", "tsv"]);
    assert_eq!(tsv, "?n\n\"Ordania\"\n");
    let (json, ..) = ask(&["SELECT ?n { entity:orda schema:name ?n }", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["results"]["bindings"][0]["n"]["value"], "Ordania");
    let (turtle, ..) = ask(&["CONSTRUCT { ?s a kur:Country } WHERE { ?s a kur:Country }"]);
    assert!(turtle.ends_with("entity:orda a kur:Country .\nentity:vesta a kur:Country .\n"), "{turtle}");
}

#[test]
fn a_question_that_is_answered_no_exits_with_1() {
    let dir = store();
    assert_eq!(
        run(dir.path(), &["query", "ASK { entity:orda a kur:Country }"]),
        ("true\n".to_owned(), String::new(), 0)
    );
    assert_eq!(
        run(dir.path(), &["query", "ASK { entity:orda a kur:Person }"]),
        ("false\n".to_owned(), String::new(), 1)
    );
}

#[test]
fn query_reads_files_and_lists_questions() {
    let dir = store();
    let file = dir.path().join("mine.rq");
    fs::write(&file, "SELECT ?n { ?s a kur:Initiative ; schema:name ?n }").unwrap();
    let (out, _, code) = run(dir.path(), &["query", file.to_str().unwrap(), "--format", "tsv"]);
    assert_eq!((out.as_str(), code), ("?n\n\"joint dam\"\n", 0));
    let (list, _, code) = run(dir.path(), &["query"]);
    assert!(list.contains("who-met-whom") && list.contains("--param actor=…  a name or an IRI") && code == 0, "{list}");
}

#[test]
fn what_is_wrong_with_a_question_is_said() {
    let dir = store();
    let said = |args: &[&str]| {
        let (out, words, code) = run(dir.path(), &[&["query"], args].concat());
        assert_eq!((out.as_str(), code), ("", 2));
        words
    };
    insta::assert_snapshot!(said(&["who-mets-whom"]), @r"
    kurultai: there is no question `who-mets-whom`
    hint: did you mean `who-met-whom`? `kurultai query` lists all
    ");
    insta::assert_snapshot!(said(&["who-met-whom", "--param", "actor=Marlow"]), @"kurultai: --param actor: `Marlow` may be any of: Ines Marlow (Person, entity:marlow), Peter Marlow (Person, entity:marlow2); give the full name or the IRI");
    insta::assert_snapshot!(said(&["who-met-whom", "--param", "actor"]), @"kurultai: --param actor: expected NAME=VALUE, such as actor=Tokayev");
    assert!(said(&["SELECT { nonsense"]).starts_with("kurultai: not SPARQL: "));
    assert!(said(&["DROP ALL {}"]).starts_with("kurultai: not SPARQL: "), "no updates");
}

#[test]
fn explain_shows_every_claim_with_its_words() {
    let dir = store();
    let (out, words, code) = run(dir.path(), &["explain", "Joren Brandt"]);
    assert_eq!((words.as_str(), code), ("", 0));
    insta::assert_snapshot!(out);
    let (out, ..) = run(dir.path(), &["explain", "Brandt", "metWith", "Seitova"]);
    assert!(out.contains("1 facts, 2 claims"), "told once in each direction: {out}");
    let (out, ..) = run(dir.path(), &["explain", "Vestland", "rejected"]);
    assert!(out.contains("Vestland — rejected → sharing of water   (not in the graph)\n"), "{out}");
    let (out, ..) = run(dir.path(), &["explain", "Vestland", "rejected", "--json"]);
    let lines: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().any(|l| l["status"] == "denied" && l["speaker"] == "Joren Brandt"));
    let (_, words, code) = run(dir.path(), &["explain", "Brandt", "metwith"]);
    assert_eq!(code, 2);
    assert!(words.ends_with("hint: did you mean `metWith`?\n"), "{words}");
}

#[test]
fn validate_finds_what_is_wrong_and_exits_with_1() {
    let dir = store();
    let (out, words, code) = run(dir.path(), &["validate"]);
    assert_eq!((out.as_str(), code), ("", 0), "{words}");
    assert!(words.contains("0 mistakes"), "{words}");

    // A claim that the ontology does not allow, and a graph that does not hold it.
    let claims = dir.path().join("claims.jsonl");
    let text = fs::read_to_string(&claims).unwrap();
    fs::write(&claims, text.replacen("\"supported\"", "\"supportedBy\"", 1)).unwrap();
    let (out, _, code) = run(dir.path(), &["validate"]);
    assert_eq!(code, 1);
    assert!(out.contains("claims.jsonl is missing or was changed since it was written"), "{out}");

    let ontology = dir.path().join("ontology");
    fs::create_dir(&ontology).unwrap();
    fs::write(ontology.join("kurultai.ttl"), "kur:x a kur:Relation .\n").unwrap();
    let (out, _, code) = run(dir.path(), &["validate", "--ontology", ontology.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(out.starts_with("ontology/kurultai.ttl, line 1: "), "{out}");

    let empty = tempfile::tempdir().unwrap();
    let (out, words, code) = run(empty.path(), &["validate"]);
    assert_eq!((out.as_str(), code), ("", 0));
    assert!(words.ends_with("no store in STORE: only the ontology was checked\n"), "{words}");
}
