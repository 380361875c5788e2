//! The program as a user runs it: what it says, what it writes, how it ends.

mod bad_input;
mod evidence;
mod reproducible;
mod verbs;

use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

const ENGLISH: &str = "The foreign ministers of Peru and Ghana met in Lima on Monday. Ghana signed a fisheries agreement with Peru. Peruvian President Rosa Quispe visited Accra in May.\n";
const RUSSIAN: &str = "Президент Перу Роса Киспе в понедельник встретилась в Лиме с министром иностранных дел Ганы Кофи Менса. Гана подписала с Перу соглашение о рыболовстве.\n";

/// A user's folder, gone afterwards, with one good article in it.
struct Desk(tempfile::TempDir);

/// What a run said and how it ended; the folder is written as DESK.
#[derive(Debug)]
struct Said {
    out: String,
    words: String,
    code: i32,
}

impl Desk {
    fn new() -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        desk.put("good.txt", ENGLISH);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program in the folder.
    fn run(&self, args: &[&str]) -> Said {
        self.said(&crate::built::kurultai().current_dir(self.0.path()).args(args).output().unwrap())
    }

    fn said(&self, output: &Output) -> Said {
        let here: &Path = self.0.path();
        let text = |bytes: &[u8]| std::str::from_utf8(bytes).unwrap().replace(here.to_str().unwrap(), "DESK");
        Said { out: text(&output.stdout), words: text(&output.stderr), code: output.status.code().unwrap() }
    }
}
