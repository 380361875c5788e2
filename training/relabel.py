"""Labels that the network in training gives itself, after the first epoch of the second stage.

- Trees of text without gold trees: the network's, in the style of the gold sets that have no style vector; `natasha`'s
  head of a Russian word that is no punctuation is a vote. What the network doubts teaches nothing.
- Names of the English treebank: what the network, taught by gold names, is sure of; the rest teaches nothing.
"""

import torch

from . import lemmas, names
from .batches import IGNORED, Labels, Pieces, collate, encode, group
from .evaluate import best_tags
from .network import Network
from .tree import best_tree

VOTE, SURE_HEAD, SURE_LABEL, SURE_NAME = 1.5, 0.5, 0.7, 0.8
TREES = ("ru_nerel", "en_crossner", "en_corpus", "ru_corpus")
NAMES = ("en_ewt-train",)


def relabel(network: Network, pieces: Pieces, labels: Labels, name: str, sentences: list[dict]) -> list[dict]:
    """New sentences in the same order."""
    items = [encode(s, pieces, labels) for s in sentences]
    made = list(sentences)
    network.eval()
    with torch.inference_mode():
        for numbers in group(items, 4000, None):
            batch = collate([items[i] for i in numbers])
            words, both = network.words(batch["ids"], batch["mask"], batch["first"], batch["last"])
            for row, i in enumerate(numbers):
                size = len(items[i]["first"])
                if name in NAMES and "PROPN" not in sentences[i]["upos"]:
                    continue
                if name in NAMES:
                    made[i] = sentences[i] | {"ner": sure_names(network.names(words[row, :size]), labels)}
                else:
                    made[i] = with_tree(network, labels, sentences[i], words[row : row + 1, :size], both[row : row + 1, :size])
    network.train()
    return made


def with_tree(network: Network, labels: Labels, sentence: dict, words, both) -> dict:
    size, lists = len(sentence["form"]), labels.lists
    arcs, low, high = network.arcs(words, torch.ones(1, size))
    arcs = torch.log_softmax(arcs[0], -1)
    sure, best = {}, {}
    for kind in ("upos", "feats", "lemma"):
        sure[kind], best[kind] = (x[0].tolist() for x in torch.softmax(getattr(network, kind)(both), -1).max(-1))
    upos = [lists["upos"][n] for n in best["upos"]]
    vote = sentence.get("vote") or sentence.get("head")
    votes = [h if u != "PUNCT" else None for h, u in zip(vote, upos)] if vote else [None] * size
    scores = arcs.clone()
    for word, head in enumerate(votes):
        if head is not None:
            scores[word, head] += VOTE
    heads = [int(head) for head in best_tree(scores.numpy())]
    relations = network.relations(low, high, torch.tensor([heads]))[0]
    root = labels.index["rel"]["root"]
    relations[:, root] = -1e9
    sure_rel, rel = (x.tolist() for x in torch.softmax(relations, -1).max(-1))
    new = {"head": [], "rel": [], "upos": [], "feats": [], "lemma": []}
    for w, head in enumerate(heads):
        certain = votes[w] == head or arcs[w, head].exp() >= SURE_HEAD
        new["head"].append(head if certain else IGNORED)
        new["rel"].append("root" if head == 0 else lists["rel"][rel[w]] if certain and sure_rel[w] >= SURE_HEAD else "")
        new["upos"].append(upos[w] if sure["upos"][w] >= SURE_LABEL else "")
        new["feats"].append(lists["feats"][best["feats"][w]] if sure["feats"][w] >= SURE_LABEL else "")
        if "lemma" in sentence:  # the dictionary's, where the part of speech is the same
            new["lemma"].append(sentence["lemma"][w] if sentence["upos"][w] == upos[w] else "")
        else:
            script = lists["lemma"][best["lemma"][w]]
            new["lemma"].append(lemmas.apply(sentence["form"][w], script) if sure["lemma"][w] >= SURE_LABEL else "")
    return sentence | new


def sure_names(scores, labels: Labels) -> list[str]:
    tags = labels.lists["names"]
    likely = torch.softmax(scores, -1).tolist()
    row = best_tags(torch.log_softmax(scores, -1).numpy(), tags)
    certain = [likely[w][labels.index["names"][tag]] >= SURE_NAME for w, tag in enumerate(row)]
    for first, end, _ in names.spans(row):
        if not all(certain[first:end]):
            certain[first:end] = [False] * (end - first)
    return [tag if known else "" for tag, known in zip(row, certain)]
