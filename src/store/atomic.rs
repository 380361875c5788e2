//! Several files of a folder replaced as one: killed at any moment, the folder holds the old state or the new one.
//!
//! A manifest names each file's SHA-256. New content is written beside the old (`NAME.new`) and flushed; then the new manifest
//! is renamed into place, which is the moment of change; then each `NAME.new` is renamed to `NAME`. Whoever reads takes,
//! of `NAME` and `NAME.new`, the one that the manifest names; whoever writes next finishes the renames first.
//! It relies on rename within a folder being atomic, as it is on local file systems.

use super::StoreError;
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// SHA-256 in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

/// The digests of the files that a manifest names.
pub(super) type Digests = BTreeMap<String, String>;

fn pending(name: &str) -> String {
    format!("{name}.new")
}

/// A file's bytes, or `None` where there is none. A device or pipe in a file's place is an error: some never end.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let bytes = fs::metadata(path).and_then(|found| {
        if found.is_file() { fs::read(path) } else { Err(io::Error::other("it is not a plain file; move it away")) }
    });
    match bytes {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(StoreError::io("read", path, e)),
    }
}

/// The bytes of `name` with that digest, from its place or from beside it; `None` if neither has it.
pub(super) fn read_named(folder: &Path, name: &str, digest: &str) -> Result<Option<Vec<u8>>, StoreError> {
    for file in [name.to_owned(), pending(name)] {
        if let Some(bytes) = read(&folder.join(file))?
            && sha256(&bytes) == digest
        {
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// Finishes what a killed writer began, and removes what it left over. Only for who holds the folder's lock.
pub(super) fn recover(folder: &Path, manifest: &str, digests: &Digests) -> Result<(), StoreError> {
    for (name, digest) in digests {
        let (place, beside) = (folder.join(name), folder.join(pending(name)));
        let is_named = |path: &Path| -> Result<bool, StoreError> {
            Ok(read(path)?.is_some_and(|bytes| sha256(&bytes) == *digest))
        };
        if beside.exists() && is_named(&beside)? && !is_named(&place)? {
            rename(&beside, &place)?;
        }
    }
    for name in digests.keys().map(String::as_str).chain([manifest]) {
        let beside = folder.join(pending(name));
        if beside.exists() {
            fs::remove_file(&beside).map_err(|e| StoreError::io("remove", &beside, e))?;
        }
    }
    Ok(())
}

/// One step of a replacement; kept apart from doing it, so that a test can stop after any of them.
#[derive(Debug)]
enum Step<'b> {
    Write(PathBuf, &'b [u8]),
    Rename(PathBuf, PathBuf),
}

fn steps<'b>(folder: &Path, manifest: (&str, &'b [u8]), files: &'b BTreeMap<&str, Vec<u8>>) -> Vec<Step<'b>> {
    let beside = |name: &str| folder.join(pending(name));
    let mut steps: Vec<_> = files.iter().map(|(name, bytes)| Step::Write(beside(name), bytes)).collect();
    steps.push(Step::Write(beside(manifest.0), manifest.1));
    let names = [manifest.0].into_iter().chain(files.keys().copied());
    steps.extend(names.map(|name| Step::Rename(beside(name), folder.join(name))));
    steps
}

/// Replaces the files and the manifest that names them. A failure before the moment of change leaves the old state and no
/// file beside it.
pub(super) fn replace(
    folder: &Path,
    manifest: (&str, &[u8]),
    files: &BTreeMap<&str, Vec<u8>>,
) -> Result<(), StoreError> {
    let mut changed = false;
    for step in steps(folder, manifest, files) {
        let done = perform(&step);
        if done.is_err() && !changed {
            for name in files.keys().copied().chain([manifest.0]) {
                // Best effort: the error that is being reported matters more.
                let _ = fs::remove_file(folder.join(pending(name)));
            }
        }
        done?;
        if matches!(step, Step::Rename(..)) {
            // On the disk before the next rename, so that a power cut keeps their order.
            sync_folder(folder);
            changed = true;
        }
    }
    Ok(())
}

fn perform(step: &Step<'_>) -> Result<(), StoreError> {
    match step {
        Step::Write(path, bytes) => {
            let write = || {
                let mut file = File::create(path)?;
                file.write_all(bytes)?;
                file.sync_all()
            };
            write().map_err(|e| StoreError::io("write", path, e))
        }
        Step::Rename(from, to) => rename(from, to),
    }
}

fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|e| StoreError::io("replace", to, e))
}

/// Writes one file, whole or not at all.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let name = path.file_name().map(|n| pending(&n.to_string_lossy())).unwrap_or_default();
    let beside = path.with_file_name(name);
    let done = perform(&Step::Write(beside.clone(), bytes)).and_then(|()| rename(&beside, path));
    if done.is_err() {
        // Best effort: the error that is being reported matters more.
        let _ = fs::remove_file(&beside);
    }
    done
}

/// Flushes the folder's entries where the system can do that; where it cannot, renames are still atomic.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = "manifest";

    /// A manifest as lines `name digest`.
    fn manifest(files: &BTreeMap<&str, Vec<u8>>) -> Vec<u8> {
        files.iter().map(|(n, b)| format!("{n} {}\n", sha256(b))).collect::<String>().into_bytes()
    }

    fn digests(folder: &Path) -> Digests {
        let text = fs::read_to_string(folder.join(MANIFEST)).unwrap();
        text.lines().map(|l| l.split_once(' ').unwrap()).map(|(n, d)| (n.to_owned(), d.to_owned())).collect()
    }

    fn state(folder: &Path) -> Vec<Vec<u8>> {
        digests(folder).iter().map(|(n, d)| read_named(folder, n, d).unwrap().expect("neither old nor new")).collect()
    }

    fn files(version: &str) -> BTreeMap<&'static str, Vec<u8>> {
        ["claims", "graph"].into_iter().map(|n| (n, format!("{n} {version}").into_bytes())).collect()
    }

    #[test]
    fn killed_at_any_step_a_reader_and_the_next_writer_find_one_whole_state() {
        let (old, new) = (files("old"), files("new"));
        let (old_manifest, new_manifest) = (manifest(&old), manifest(&new));
        let count = steps(Path::new(""), (MANIFEST, &new_manifest), &new).len();
        assert_eq!(count, 6, "three writes, three renames");
        let mut seen = Vec::new();
        // Stopped after `done` steps, with the next write torn in the middle or not begun.
        for (done, torn) in (0..=count).flat_map(|done| [(done, false), (done, true)]) {
            let dir = tempfile::tempdir().unwrap();
            replace(dir.path(), (MANIFEST, &old_manifest), &old).unwrap();
            let steps = steps(dir.path(), (MANIFEST, &new_manifest), &new);
            for step in &steps[..done] {
                perform(step).unwrap();
            }
            if let (true, Some(Step::Write(path, bytes))) = (torn, steps.get(done)) {
                fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
            }
            let found = state(dir.path());
            let is_new = done > 3;
            assert_eq!(
                found,
                (if is_new { &new } else { &old }).values().cloned().collect::<Vec<_>>(),
                "{done} {torn}"
            );

            recover(dir.path(), MANIFEST, &digests(dir.path())).unwrap();
            assert_eq!(state(dir.path()), found, "recovery keeps the state");
            let mut names: Vec<_> =
                fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
            names.sort();
            assert_eq!(names, ["claims", "graph", MANIFEST], "nothing is left beside");
            seen.push(is_new);
        }
        assert!(seen.contains(&true) && seen.contains(&false));
    }

    #[cfg(unix)]
    #[test]
    fn a_device_in_a_files_place_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let files = files("old");
        replace(dir.path(), (MANIFEST, &manifest(&files)), &files).unwrap();
        std::os::unix::fs::symlink("/dev/zero", dir.path().join("graph.new")).unwrap();
        let error = recover(dir.path(), MANIFEST, &digests(dir.path())).unwrap_err().to_string();
        assert!(error.contains("graph.new") && error.contains("not a plain file"), "{error}");
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_state_and_says_which_file() {
        let dir = tempfile::tempdir().unwrap();
        let old = files("old");
        replace(dir.path(), (MANIFEST, &manifest(&old)), &old).unwrap();
        fs::create_dir(dir.path().join("graph.new")).unwrap();
        let new = files("new");
        let error = replace(dir.path(), (MANIFEST, &manifest(&new)), &new).unwrap_err().to_string();
        assert!(error.starts_with("cannot write ") && error.contains("graph.new"), "{error}");
        assert_eq!(state(dir.path()), old.into_values().collect::<Vec<_>>());
        assert!(!dir.path().join("claims.new").exists());
    }
}
