//! The `oxigraph` program (PyPI package `oxigraph`) loads, asks and serves our `graph.nq`.

use crate::knowledge::{knowledge, run, schema};
use kurultai::{query::ready, store::Store};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

fn load(program: &Path, folder: &Path) -> (usize, Output) {
    let store = Store::open(&folder.join("store")).unwrap();
    let saved = store.save(&knowledge(), &schema()).unwrap();
    assert_eq!(saved.manifest.run, run());
    let mut command = Command::new(program);
    command.arg("load").arg("--location").arg(folder.join("db")).arg("--file").arg(folder.join("store/graph.nq"));
    (saved.manifest.quads, command.output().unwrap())
}

#[test]
fn oxigraph_loads_the_graph_and_answers_every_ready_question_alike() {
    let Some(program) = super::reader("oxigraph") else { return };
    let dir = tempfile::tempdir().unwrap();
    let (quads, loaded) = load(&program, dir.path());
    assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
    let ask = |query: &str| {
        let mut command = Command::new(&program);
        command.arg("query").arg("--location").arg(dir.path().join("db")).args(["--results-format", "csv", "--query"]);
        let output = command.arg(query).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
    };
    let count = ask("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }");
    assert_eq!(count.trim_end(), format!("n\n{quads}"));
    let ours = kurultai::store::Snapshot::open(&dir.path().join("store")).unwrap().graph().unwrap();
    for question in ready::all() {
        assert_eq!(ask(question.sparql), crate::query::csv(&ours, question.sparql), "{}", question.file);
    }
}

/// Ends the server however the test ends.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn oxigraph_serves_the_graph() {
    let Some(program) = super::reader("oxigraph") else { return };
    let dir = tempfile::tempdir().unwrap();
    let (_, loaded) = load(&program, dir.path());
    assert!(loaded.status.success());
    let port = {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        free.local_addr().unwrap().port()
    };
    let address = format!("127.0.0.1:{port}");
    let mut command = Command::new(&program);
    command.arg("serve-read-only").arg("--location").arg(dir.path().join("db")).args(["--bind", &address]);
    let mut server = Server(command.stderr(Stdio::piped()).spawn().unwrap());
    // It says on standard error when it listens.
    let mut said = String::new();
    BufReader::new(server.0.stderr.take().unwrap()).read_line(&mut said).unwrap();
    assert!(said.contains(&address), "{said}");
    let query = "ASK%20%7B%20%3Fs%20a%20%3Chttps%3A%2F%2Fw3id.org%2Fkurultai%2Fontology%23Claim%3E%20%7D";
    let request = format!(
        "GET /query?query={query} HTTP/1.1\r\nHost: {address}\r\nAccept: text/csv\r\nConnection: close\r\n\r\n"
    );
    let mut answer = String::new();
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("true"), "{answer}");
}
