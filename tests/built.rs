//! The samples, built once by the program itself: the tests that need a real store share it, and none may change it.

use assert_cmd::Command;
use kurultai::store::Snapshot;
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

/// Where a build left its files, and what it said.
pub struct Build {
    pub folder: PathBuf,
    pub summary: String,
}

impl Build {
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), summary: String::new() }
    }

    pub fn store(&self) -> PathBuf {
        self.folder.join("store")
    }

    pub fn exports(&self) -> PathBuf {
        self.folder.join("exports")
    }

    pub fn snapshot(&self) -> Snapshot {
        Snapshot::open(&self.store()).unwrap()
    }

    /// Every file of store and exports with its bytes.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        [self.store(), self.exports()]
            .iter()
            .flat_map(|folder| fs::read_dir(folder).unwrap())
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.strip_prefix(&self.folder).unwrap().to_owned(), fs::read(&path).unwrap()))
            .collect()
    }
}

/// The program, run where the samples are at `samples/`, untouched by the user's settings.
pub fn kurultai() -> Command {
    let mut command = Command::cargo_bin("kurultai").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("KURULTAI_ONTOLOGY").env_remove("KURULTAI_MODEL");
    command
}

/// Builds `paths` into the store and exports of `folder`; all must be well.
pub fn build(folder: &Path, paths: &[&str], options: &[&str]) -> Build {
    let built = Build::at(folder);
    let output = kurultai()
        .arg("build")
        .args(paths)
        .args(options)
        .arg("--location")
        .arg(built.store())
        .arg("--output")
        .arg(built.exports())
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && words.is_empty(), "{:?}: {words}", output.status);
    Build { summary: String::from_utf8(output.stdout).unwrap(), ..built }
}

/// The samples with one thread. In Cargo's folder for such things, where each run of the tests replaces the last one's.
pub fn samples() -> &'static Build {
    static SAMPLES: OnceLock<Build> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("samples");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        build(&folder, &["samples"], &["--threads", "1"])
    })
}
