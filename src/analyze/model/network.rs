//! The network itself, run by `rten` in two parts: everything but the relations, then the relations of the decoded tree.

use super::{
    ModelError,
    batch::{Answer, Part},
    labels::Labels,
    names::best_tags,
    pieces::PAD,
    tree::best_tree,
};
use rten::{ModelOptions, NodeId, RunOptions, ThreadPool, Value, ValueOrView};
use rten_tensor::{NdTensor, NdTensorView, prelude::*};
use std::{fmt, sync::Arc};

/// Inputs and outputs of the graph, by their place in it.
struct Nodes {
    ids: NodeId,
    mask: NodeId,
    first: NodeId,
    last: NodeId,
    present: NodeId,
    heads: NodeId,
    /// What the first run gives.
    found: [NodeId; 7],
    relations: NodeId,
}

pub(super) struct Network {
    model: rten::Model,
    nodes: Nodes,
    /// One pool of one thread for each worker: batches run side by side, each on one thread.
    pools: Vec<Arc<ThreadPool>>,
}

impl fmt::Debug for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Network").field("threads", &self.pools.len()).finish_non_exhaustive()
    }
}

impl Network {
    pub fn parse(bytes: &[u8], threads: usize) -> Result<Self, ModelError> {
        let model =
            ModelOptions::with_all_ops().prepack_weights(true).load(bytes.to_vec()).map_err(ModelError::Load)?;
        let node = |name: &str| model.node_id(name).map_err(ModelError::Run);
        let nodes = Nodes {
            ids: node("ids")?,
            mask: node("mask")?,
            first: node("first")?,
            last: node("last")?,
            present: node("present")?,
            heads: node("heads")?,
            found: [
                node("arcs")?,
                node("rel_word")?,
                node("rel_head")?,
                node("upos")?,
                node("feats")?,
                node("lemma")?,
                node("names")?,
            ],
            relations: node("relations")?,
        };
        let pools = (0..threads).map(|_| Arc::new(ThreadPool::with_num_threads(1))).collect();
        Ok(Self { model, nodes, pools })
    }

    pub fn threads(&self) -> usize {
        self.pools.len()
    }

    fn given<'a>(&self, inputs: &'a Inputs) -> Vec<(NodeId, ValueOrView<'a>)> {
        vec![
            (self.nodes.ids, inputs.ids.view().into()),
            (self.nodes.mask, inputs.mask.view().into()),
            (self.nodes.first, inputs.first.view().into()),
            (self.nodes.last, inputs.last.view().into()),
            (self.nodes.present, inputs.present.view().into()),
        ]
    }

    /// Answers for the parts of one batch, in their order.
    pub fn run(&self, batch: &[&Part], labels: &Labels, worker: usize) -> Result<Vec<Answer>, ModelError> {
        let options = || Some(RunOptions::default().with_thread_pool(self.pools.get(worker).cloned()));
        let inputs = inputs(batch);
        let [arcs, low, high, upos, feats, lemmas, names] =
            self.model.run_n(self.given(&inputs), self.nodes.found, options()).map_err(ModelError::Run)?;
        let arcs = numbers(&arcs)?;
        let names = numbers(&names)?;
        let [upos, feats, lemmas] = [choices(&upos)?, choices(&feats)?, choices(&lemmas)?];

        let width = width(batch);
        let mut heads = NdTensor::<i32, 2>::zeros([batch.len(), width]);
        let mut trees = Vec::with_capacity(batch.len());
        for (row, part) in batch.iter().enumerate() {
            let words = part.words.len();
            let scores: Vec<Vec<f64>> = (0..words).map(|w| log_softmax(&arcs, row, w, words + 1)).collect();
            let tree = best_tree(&scores);
            for (w, &head) in tree.iter().enumerate() {
                heads[[row, w]] = i32::try_from(head).unwrap_or_default();
            }
            trees.push(tree);
        }
        // The graph reads sizes off its first inputs even here.
        let mut given = self.given(&inputs);
        given.extend([
            (self.nodes.found[1], low.into()),
            (self.nodes.found[2], high.into()),
            (self.nodes.heads, heads.into()),
        ]);
        let [relations] = self.model.run_n(given, [self.nodes.relations], options()).map_err(ModelError::Run)?;
        let relations = numbers(&relations)?;

        let answers = trees.into_iter().enumerate().map(|(row, heads)| {
            let words = heads.len();
            let chosen = |table: &NdTensorView<i32, 2>| -> Vec<usize> {
                (0..words).map(|w| usize::try_from(table[[row, w]]).unwrap_or(usize::MAX)).collect()
            };
            let scores: Vec<Vec<f64>> = (0..words).map(|w| log_softmax(&names, row, w, names.size(2))).collect();
            Answer {
                relations: heads
                    .iter()
                    .enumerate()
                    .map(|(w, &head)| if head == 0 { labels.root } else { best_relation(&relations, row, w, labels) })
                    .collect(),
                heads,
                upos: chosen(&upos),
                feats: chosen(&feats),
                lemmas: chosen(&lemmas),
                names: best_tags(&scores, &labels.names),
            }
        });
        Ok(answers.collect())
    }
}

struct Inputs {
    ids: NdTensor<i32, 2>,
    mask: NdTensor<f32, 2>,
    first: NdTensor<i32, 2>,
    last: NdTensor<i32, 2>,
    present: NdTensor<f32, 2>,
}

/// Words of the longest part. At least two: a single row would be multiplied by another routine, which rounds differently.
fn width(batch: &[&Part]) -> usize {
    batch.iter().map(|part| part.words.len()).max().unwrap_or(0).max(2)
}

fn inputs(batch: &[&Part]) -> Inputs {
    let length = batch.iter().map(|part| part.padded()).max().unwrap_or(0);
    let width = width(batch);
    let number = |n: usize| i32::try_from(n).unwrap_or_default();
    let mut made = Inputs {
        ids: NdTensor::full([batch.len(), length], PAD.cast_signed()),
        mask: NdTensor::zeros([batch.len(), length]),
        first: NdTensor::zeros([batch.len(), width]),
        last: NdTensor::zeros([batch.len(), width]),
        present: NdTensor::zeros([batch.len(), width]),
    };
    for (row, part) in batch.iter().enumerate() {
        for (i, id) in part.ids.iter().enumerate() {
            made.ids[[row, i]] = id.cast_signed();
            made.mask[[row, i]] = 1.0;
        }
        for (w, &(first, last)) in part.words.iter().enumerate() {
            made.first[[row, w]] = number(first);
            made.last[[row, w]] = number(last);
            made.present[[row, w]] = 1.0;
        }
    }
    made
}

fn numbers(value: &Value) -> Result<NdTensorView<'_, f32, 3>, ModelError> {
    value.try_into().map_err(|_| ModelError::Mismatch("an output is not a table of scores"))
}

fn choices(value: &Value) -> Result<NdTensorView<'_, i32, 2>, ModelError> {
    value.try_into().map_err(|_| ModelError::Mismatch("an output is not a row of choices"))
}

/// Log-probabilities of the first `size` scores of a word.
fn log_softmax(scores: &NdTensorView<f32, 3>, row: usize, word: usize, size: usize) -> Vec<f64> {
    let values: Vec<f64> = (0..size).map(|i| f64::from(scores[[row, word, i]])).collect();
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let total = most + values.iter().map(|v| (v - most).exp()).sum::<f64>().ln();
    values.into_iter().map(|v| v - total).collect()
}

fn best_relation(scores: &NdTensorView<f32, 3>, row: usize, word: usize, labels: &Labels) -> usize {
    (0..scores.size(2))
        .filter(|&r| r != labels.root)
        .reduce(|best, r| if scores[[row, word, r]] > scores[[row, word, best]] { r } else { best })
        .unwrap_or(labels.root)
}
