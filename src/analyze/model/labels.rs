//! The tables that give the network's numbers their names: `labels.json`.

use super::{ModelError, lemma::Script};
use crate::analyze::{Feats, NameKind};
use serde::Deserialize;

/// A tag of the names layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NameTag {
    Outside,
    Begin(NameKind),
    Inside(NameKind),
}

#[derive(Deserialize)]
struct File {
    version: String,
    max_pieces: usize,
    upos: Vec<String>,
    feats: Vec<String>,
    rel: Vec<String>,
    lemma: Vec<String>,
    names: Vec<String>,
}

/// Labels by number, parsed once.
#[derive(Debug)]
pub(super) struct Labels {
    pub version: String,
    /// Most pieces of one word; of a longer word the first and the last half of them are kept.
    pub max_pieces: usize,
    pub upos: Vec<String>,
    pub feats: Vec<Feats>,
    pub relations: Vec<String>,
    /// Number of the relation `root`, which belongs to the root and to nothing else.
    pub root: usize,
    pub lemmas: Vec<Script>,
    pub names: Vec<NameTag>,
}

impl Labels {
    pub fn parse(bytes: &[u8]) -> Result<Self, ModelError> {
        let file: File = serde_json::from_slice(bytes).map_err(|e| ModelError::Labels(e.to_string()))?;
        let lemmas = file.lemma.iter().map(|text| {
            Script::parse(text).ok_or_else(|| ModelError::Labels(format!("`{text}` is no edit script of a lemma")))
        });
        let names = file
            .names
            .iter()
            .map(|text| name_tag(text).ok_or_else(|| ModelError::Labels(format!("`{text}` is no tag of a name"))));
        Ok(Self {
            root: (file.rel.iter().position(|r| r == "root"))
                .ok_or_else(|| ModelError::Labels("no relation `root`".to_owned()))?,
            lemmas: lemmas.collect::<Result<_, _>>()?,
            names: names.collect::<Result<_, _>>()?,
            version: file.version,
            max_pieces: file.max_pieces.max(2),
            upos: file.upos,
            feats: file.feats.iter().map(|text| Feats::parse(text)).collect(),
            relations: file.rel,
        })
    }
}

fn name_tag(text: &str) -> Option<NameTag> {
    if text == "O" {
        return Some(NameTag::Outside);
    }
    let (part, kind) = text.split_once('-')?;
    let kind = serde_json::from_value(serde_json::Value::from(kind)).ok()?;
    match part {
        "B" => Some(NameTag::Begin(kind)),
        "I" => Some(NameTag::Inside(kind)),
        _ => None,
    }
}
