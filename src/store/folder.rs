//! The store's folder: who writes it, who reads it, and what stands in it.
//!
//! | file | what it is |
//! |---|---|
//! | `claims.jsonl` | the truth: one line an article with its entities and claims; also the cache of analysed articles |
//! | `decisions.csv` | a person's decisions; read, never written |
//! | `entities.jsonl` | what the articles' entities resolve to: a view |
//! | `graph.nq` | the graph: a view; absent while it is due |
//! | `store.json` | format, run, counts, and the digests of the files above |
//! | `lock` | held by the one who writes |
//!
//! [`Store`] writes, one at a time; [`Snapshot`] reads and never waits. Writing what is already there touches no file.

use super::{
    Graph, Knowledge, Run, StoreError,
    atomic::{self, Digests},
    nquads, rdf,
};
use crate::{
    extract::{ArticleClaims, ArticleMeta, Claim, LocalEntity},
    ingest::ArticleId,
    ontology::{OntologyError, Schema},
    resolve::{Decision, Decisions, Entity, Resolution},
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

/// Version of the folder's format.
const FORMAT: u32 = 1;
const MANIFEST: &str = "store.json";
const CLAIMS: &str = "claims.jsonl";
const ENTITIES: &str = "entities.jsonl";
const GRAPH: &str = "graph.nq";
const DECISIONS: &str = "decisions.csv";

/// What `store.json` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the folder's format.
    pub format: u32,
    /// What made the graph.
    pub run: Run,
    /// Number of articles.
    pub articles: usize,
    /// Number of claims.
    pub claims: usize,
    /// Number of entities.
    pub entities: usize,
    /// Number of quads in the graph; 0 while it is due.
    pub quads: usize,
    /// SHA-256 of each file.
    pub files: Digests,
}

/// A line of `claims.jsonl`.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    /// Which run's analysis this is: [`analysis_key`].
    analysis: Cow<'a, str>,
    article: Cow<'a, ArticleMeta>,
    entities: Cow<'a, [LocalEntity]>,
    claims: Cow<'a, [Claim]>,
}

/// What an analysis depends on beside the article: the first 16 digits of a hash over the run.
fn analysis_key(run: &Run) -> String {
    let mut key = atomic::sha256([&run.program, &run.model, &run.ontology].map(|s| s.as_str()).join("\0").as_bytes());
    key.truncate(16);
    key
}

/// A store folder, opened to write. Dropping it lets others write.
#[derive(Debug)]
pub struct Store {
    location: PathBuf,
    records: BTreeMap<ArticleId, ArticleClaims>,
    analyses: BTreeMap<ArticleId, String>,
    /// The lines of `claims.jsonl` as they stand, to be written again where nothing changed.
    lines: BTreeMap<ArticleId, Vec<u8>>,
    _lock: File,
}

/// What [`Store::save`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// What `store.json` now says.
    pub manifest: Manifest,
    /// Whether any file changed.
    pub changed: bool,
}

impl Store {
    /// Opens the folder, which is made if there is none, and finishes what a killed writer began.
    ///
    /// # Errors
    /// If the folder cannot be written, if another process writes it, or if its claims cannot be read.
    pub fn open(location: &Path) -> Result<Self, StoreError> {
        fs::create_dir_all(location).map_err(|e| StoreError::io("write", location, e))?;
        let lock = lock(location)?;
        let digests = match read_manifest(location) {
            Ok(manifest) => manifest.files,
            // Nothing was ever saved: what a killed first writer left is worth nothing.
            Err(StoreError::Missing { .. }) => {
                [CLAIMS, ENTITIES, GRAPH].map(|name| (name.to_owned(), String::new())).into()
            }
            Err(other) => return Err(other),
        };
        atomic::recover(location, MANIFEST, &digests)?;
        let claims = atomic::read(&location.join(CLAIMS))?;
        if claims.is_none() && digests.values().any(|d| !d.is_empty()) {
            return Err(StoreError::Damaged { path: location.join(CLAIMS) });
        }
        let mut store = Self {
            location: location.to_owned(),
            records: BTreeMap::new(),
            analyses: BTreeMap::new(),
            lines: BTreeMap::new(),
            _lock: lock,
        };
        let claims = claims.unwrap_or_default();
        let lines = claims.split(|b| *b == b'\n').filter(|line| !line.is_empty());
        for ((analysis, record), line) in parse_claims(&location.join(CLAIMS), &claims)?.into_iter().zip(lines) {
            store.analyses.insert(record.article.id.clone(), analysis);
            store.lines.insert(record.article.id.clone(), line.to_vec());
            store.records.insert(record.article.id.clone(), record);
        }
        Ok(store)
    }

    /// The same for a folder that must be a store already.
    ///
    /// # Errors
    /// As [`open`](Self::open), and if there is no store.
    pub fn open_existing(location: &Path) -> Result<Self, StoreError> {
        read_manifest(location)?;
        Self::open(location)
    }

    /// All articles, sorted by id.
    pub fn articles(&self) -> impl Iterator<Item = &ArticleMeta> {
        self.records.values().map(|record| &record.article)
    }

    /// What made the graph, as far as `store.json` tells.
    ///
    /// # Errors
    /// If `store.json` cannot be read.
    pub fn run(&self) -> Result<Option<Run>, StoreError> {
        match read_manifest(&self.location) {
            Ok(manifest) => Ok(Some(manifest.run)),
            Err(StoreError::Missing { .. }) => Ok(None),
            Err(other) => Err(other),
        }
    }

    /// Takes out the articles of that id, short name or source; gives how many there were.
    pub fn remove(&mut self, article: &str) -> usize {
        let before = self.records.len();
        self.records
            .retain(|id, record| id.0 != article && record.article.doc != article && record.article.source != article);
        self.analyses.retain(|id, _| self.records.contains_key(id));
        before - self.records.len()
    }

    /// Takes in all articles of another store, rejected claims too. Of two analyses of one article the one of `run` stays.
    ///
    /// # Errors
    /// If the other store's claims are missing or damaged.
    pub fn absorb(&mut self, other: &Snapshot, run: &Run) -> Result<(), StoreError> {
        let current = analysis_key(run);
        for (key, record) in parse_claims(&other.location.join(CLAIMS), &other.file(CLAIMS)?)? {
            let id = &record.article.id;
            let rank = |key: &String| (*key == current, key.clone());
            if self.analyses.get(id).is_none_or(|mine| rank(mine) < rank(&key)) {
                self.analyses.insert(id.clone(), key);
                self.lines.remove(id);
                self.records.insert(id.clone(), record);
            }
        }
        Ok(())
    }

    /// Adds decisions to the person's file, below what stands there; those that stand there already are not repeated.
    ///
    /// # Errors
    /// If the file cannot be read or written.
    pub fn decide(&self, rows: &[Decision]) -> Result<usize, StoreError> {
        let known = self.decisions()?.rows;
        let mut new: Vec<&Decision> = Vec::new();
        for row in rows {
            if !known.contains(row) && !new.contains(&row) {
                new.push(row);
            }
        }
        if new.is_empty() {
            return Ok(0);
        }
        let path = self.location.join(DECISIONS);
        let mut bytes = atomic::read(&path)?.unwrap_or_else(|| Decisions::HEADER.as_bytes().to_vec());
        if !bytes.ends_with(b"\n") {
            bytes.push(b'\n');
        }
        for row in &new {
            bytes.extend_from_slice(row.line().as_bytes());
        }
        let count = new.len();
        atomic::write(&path, &bytes)?;
        Ok(count)
    }

    /// The claims of an article, if they were made by the same program, model and ontology: no need to analyse it again.
    #[must_use]
    pub fn cached(&self, article: &ArticleId, run: &Run) -> Option<&ArticleClaims> {
        let is_current = self.analyses.get(article).is_some_and(|key| *key == analysis_key(run));
        self.records.get(article).filter(|_| is_current)
    }

    /// Takes in one reading: the articles that were analysed, and the ids of those that were [`cached`](Self::cached).
    /// An article with the name and source of one in the store, but another text, replaces it.
    pub fn update(&mut self, run: &Run, analysed: Vec<ArticleClaims>, unchanged: &BTreeSet<ArticleId>) {
        let key = analysis_key(run);
        let place = |meta: &ArticleMeta| (meta.doc.clone(), meta.source.clone());
        let places: BTreeSet<_> = analysed.iter().map(|record| place(&record.article)).collect();
        let ids: BTreeSet<_> = analysed.iter().map(|record| record.article.id.clone()).collect();
        self.records.retain(|id, record| {
            unchanged.contains(id) || ids.contains(id) || !places.contains(&place(&record.article))
        });
        for record in analysed {
            self.analyses.insert(record.article.id.clone(), key.clone());
            self.lines.remove(&record.article.id);
            self.records.insert(record.article.id.clone(), record);
        }
        self.analyses.retain(|id, _| self.records.contains_key(id));
    }

    /// Hands out all articles' claims, sorted by id, to be resolved and given back in [`save`](Self::save).
    #[must_use]
    pub fn take_articles(&mut self) -> Vec<ArticleClaims> {
        std::mem::take(&mut self.records).into_values().collect()
    }

    /// The person's decisions; none where there is no file.
    ///
    /// # Errors
    /// If the file is there and cannot be read, or a row is no decision.
    pub fn decisions(&self) -> Result<Decisions, StoreError> {
        decisions(&self.location)
    }

    /// Writes claims, entities, graph and manifest as one change; nothing at all if they are there already.
    ///
    /// # Errors
    /// If a file cannot be written; the store is then as it was before.
    pub fn save(&self, knowledge: &Knowledge, schema: &Schema) -> Result<Saved, StoreError> {
        let quads = rdf::quads(&knowledge.accepted(&self.decisions()?), schema);
        let mut graph = Vec::new();
        nquads::write(&quads, &mut graph).map_err(|e| StoreError::io("write", &self.location.join(GRAPH), e))?;
        self.write(knowledge, Some((quads.len(), graph)))
    }

    /// The same without the graph, which is then due: [`Snapshot::with_graph`] makes it.
    ///
    /// # Errors
    /// As [`save`](Self::save).
    pub fn save_claims(&self, knowledge: &Knowledge) -> Result<Saved, StoreError> {
        let saved = self.write(knowledge, None)?;
        // Best effort: nobody reads a graph that the manifest does not name.
        let _ = fs::remove_file(self.location.join(GRAPH));
        Ok(saved)
    }

    fn write(&self, knowledge: &Knowledge, graph: Option<(usize, Vec<u8>)>) -> Result<Saved, StoreError> {
        let run = &knowledge.run;
        let key = analysis_key(run);
        let mut claims = Vec::new();
        for record in &knowledge.articles {
            let id = &record.article.id;
            match self.lines.get(id) {
                Some(line) => claims.extend_from_slice(line),
                None => {
                    let line = Line {
                        analysis: Cow::Borrowed(self.analyses.get(id).unwrap_or(&key)),
                        article: Cow::Borrowed(&record.article),
                        entities: Cow::Borrowed(&record.entities),
                        claims: Cow::Borrowed(&record.claims),
                    };
                    serde_json::to_writer(&mut claims, &line).map_err(StoreError::json)?;
                }
            }
            claims.push(b'\n');
        }
        let entities = json_lines(&knowledge.resolution.entities)?;
        let mut files: BTreeMap<&str, Vec<u8>> = [(CLAIMS, claims), (ENTITIES, entities)].into();
        let mut quads = 0;
        if let Some((count, graph)) = graph {
            quads = count;
            files.insert(GRAPH, graph);
        }
        let manifest = Manifest {
            format: FORMAT,
            run: run.clone(),
            articles: knowledge.articles.len(),
            claims: knowledge.articles.iter().map(|record| record.claims.len()).sum(),
            entities: knowledge.resolution.entities.len(),
            quads,
            files: files.iter().map(|(name, bytes)| ((*name).to_owned(), atomic::sha256(bytes))).collect(),
        };
        let mut json = serde_json::to_vec_pretty(&manifest).map_err(StoreError::json)?;
        json.push(b'\n');

        let mut changed = atomic::read(&self.location.join(MANIFEST))?.as_ref() != Some(&json);
        for (name, bytes) in &files {
            changed = changed || atomic::read(&self.location.join(name))?.as_ref() != Some(bytes);
        }
        if changed {
            atomic::replace(&self.location, (MANIFEST, &json), &files)?;
        }
        Ok(Saved { manifest, changed })
    }
}

/// One whole state of a store folder, to read.
#[derive(Debug, Clone)]
pub struct Snapshot {
    location: PathBuf,
    manifest: Manifest,
}

impl Snapshot {
    /// The folder's present state.
    ///
    /// # Errors
    /// If there is no store, or a newer program wrote it.
    pub fn open(location: &Path) -> Result<Self, StoreError> {
        Ok(Self { location: location.to_owned(), manifest: read_manifest(location)? })
    }

    /// This state with its graph, which is made now if it was due.
    ///
    /// # Errors
    /// If a file cannot be read or written, or if another process writes the store.
    pub fn with_graph(self, schema: impl FnOnce() -> Result<Schema, OntologyError>) -> Result<Self, StoreError> {
        if self.manifest.files.contains_key(GRAPH) {
            return Ok(self);
        }
        let mut store = Store::open(&self.location)?;
        let now = Self::open(&self.location)?;
        let knowledge = Knowledge { articles: store.take_articles(), ..now.entities()? };
        store.save(&knowledge, &schema()?)?;
        Self::open(&self.location)
    }

    /// What `store.json` says.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The accepted claims with what they resolve to.
    ///
    /// # Errors
    /// If a file is missing, damaged, or replaced since the snapshot was opened.
    pub fn knowledge(&self) -> Result<Knowledge, StoreError> {
        let articles = self.articles()?;
        Ok(Knowledge { articles, ..self.entities()? }.accepted(&self.decisions()?))
    }

    /// What the articles' entities resolve to, without the articles.
    fn entities(&self) -> Result<Knowledge, StoreError> {
        let entities: Vec<Entity> = parse_lines(&self.location.join(ENTITIES), &self.file(ENTITIES)?)?;
        let mut assignment = BTreeMap::new();
        for (at, entity) in entities.iter().enumerate() {
            assignment.extend(entity.members.iter().cloned().map(|member| (member, at)));
        }
        Ok(Knowledge {
            articles: Vec::new(),
            resolution: Resolution { entities, assignment, ..Resolution::default() },
            run: self.manifest.run.clone(),
        })
    }

    /// The claims of all articles, rejected ones too.
    ///
    /// # Errors
    /// If the file is missing, damaged, or replaced since the snapshot was opened.
    pub fn articles(&self) -> Result<Vec<ArticleClaims>, StoreError> {
        let lines = parse_claims(&self.location.join(CLAIMS), &self.file(CLAIMS)?)?;
        Ok(lines.into_iter().map(|(_, record)| record).collect())
    }

    /// The graph, ready to be asked.
    ///
    /// # Errors
    /// If `graph.nq` is missing, damaged, or replaced since the snapshot was opened.
    pub fn graph(&self) -> Result<Graph, StoreError> {
        let digest = self.manifest.files.get(GRAPH).map_or("", String::as_str);
        Graph::open(&self.location, digest, || self.file(GRAPH))
    }

    /// `graph.nq` as it stands.
    ///
    /// # Errors
    /// If it is missing, damaged, or replaced since the snapshot was opened.
    pub fn nquads(&self) -> Result<Vec<u8>, StoreError> {
        self.file(GRAPH)
    }

    /// The person's decisions; none where there is no file.
    ///
    /// # Errors
    /// If the file is there and cannot be read, or a row is no decision.
    pub fn decisions(&self) -> Result<Decisions, StoreError> {
        decisions(&self.location)
    }

    fn file(&self, name: &str) -> Result<Vec<u8>, StoreError> {
        let damaged = || StoreError::Damaged { path: self.location.join(name) };
        let digest = self.manifest.files.get(name).ok_or_else(damaged)?;
        atomic::read_named(&self.location, name, digest)?.ok_or_else(damaged)
    }
}

fn lock(location: &Path) -> Result<File, StoreError> {
    let path = location.join("lock");
    let io = |e| StoreError::io("write", &path, e);
    let file = File::options().create(true).truncate(false).write(true).open(&path).map_err(io)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::Busy { location: location.to_owned() }),
        Err(TryLockError::Error(e)) => Err(io(e)),
    }
}

fn read_manifest(location: &Path) -> Result<Manifest, StoreError> {
    #[derive(Deserialize)]
    struct Version {
        format: u32,
    }
    let path = location.join(MANIFEST);
    let missing = || StoreError::Missing { location: location.to_owned() };
    let bytes = atomic::read(&path)?.ok_or_else(missing)?;
    let wrong = |e: serde_json::Error| StoreError::Line { path: path.clone(), line: e.line(), reason: e.to_string() };
    let Version { format } = serde_json::from_slice(&bytes).map_err(wrong)?;
    if format != FORMAT {
        return Err(StoreError::Format { location: location.to_owned(), found: format, known: FORMAT });
    }
    serde_json::from_slice(&bytes).map_err(wrong)
}

fn decisions(location: &Path) -> Result<Decisions, StoreError> {
    let path = location.join(DECISIONS);
    let Some(bytes) = atomic::read(&path)? else { return Ok(Decisions::default()) };
    let text = String::from_utf8(bytes)
        .map_err(|e| StoreError::io("read", &path, std::io::Error::new(std::io::ErrorKind::InvalidData, e)))?;
    Decisions::parse(&text).map_err(|source| StoreError::Decisions { location: location.to_owned(), source })
}

fn json_lines<T: Serialize>(items: impl IntoIterator<Item = T>) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    for item in items {
        serde_json::to_writer(&mut bytes, &item).map_err(StoreError::json)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

fn parse_claims(path: &Path, bytes: &[u8]) -> Result<Vec<(String, ArticleClaims)>, StoreError> {
    let lines: Vec<Line<'static>> = parse_lines(path, bytes)?;
    let record = |line: Line<'static>| {
        let record = ArticleClaims {
            article: line.article.into_owned(),
            entities: line.entities.into_owned(),
            claims: line.claims.into_owned(),
        };
        (line.analysis.into_owned(), record)
    };
    Ok(lines.into_iter().map(record).collect())
}

fn parse_lines<T: DeserializeOwned + Send>(path: &Path, bytes: &[u8]) -> Result<Vec<T>, StoreError> {
    let lines: Vec<_> = bytes.split(|b| *b == b'\n').enumerate().filter(|(_, line)| !line.is_empty()).collect();
    lines
        .into_par_iter()
        .map(|(i, line)| {
            serde_json::from_slice(line).map_err(|e| StoreError::Line {
                path: path.to_owned(),
                line: i + 1,
                reason: e.to_string(),
            })
        })
        .collect()
}
