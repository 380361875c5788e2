"""Stage `reference`: what the exported model says of `reference.txt`, for the crate's test of equality.

Pieces, decoding and labels come from this Python code, the graph from `models/` by way of onnxruntime.

    python -m training.reference    ->  tests/model/reference.json
"""

import json

import numpy as np

from . import lemmas
from .batches import BOS, EOS, Pieces
from .evaluate import best_tags
from .lexicon import Lexicon
from .settings import HERE, REPOSITORY
from .shipped import Shipped
from .tree import best_tree

OUTPUTS = ["arcs", "rel_word", "rel_head", "upos", "feats", "lemma", "names"]


def main() -> None:
    shipped = Shipped()
    session, pieces, labels, lexicon = shipped.session, shipped.pieces, shipped.labels.lists, shipped.lexicon
    lines = (HERE / "reference.txt").read_text(encoding="utf-8").splitlines()
    records = []
    for line in lines:
        if line.startswith("#"):
            continue
        words = line.split(" ")
        form = [w.removeprefix("~") for w in words]
        space = [not w.startswith("~") for w in words]
        records.append(answer(session, pieces, labels, lexicon, form, space))
    path = REPOSITORY / "tests/model/reference.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = ",\n".join(json.dumps(r, ensure_ascii=False) for r in records)
    path.write_text(f"[\n{rows}\n]\n", encoding="utf-8")
    print(f"{len(records)} sentences -> {path}")


def answer(session, pieces: Pieces, labels: dict, lexicon: Lexicon, form: list[str], space: list[bool]) -> dict:
    ids, first, last, split = [BOS], [], [], []
    for word, before in zip(form, space):
        first.append(len(ids))
        split.append(pieces(word, before))
        ids += split[-1]
        last.append(len(ids) - 1)
    ids.append(EOS)
    inputs = {
        "ids": np.array([ids], np.int64),
        "mask": np.ones((1, len(ids)), np.float32),
        "first": np.array([first], np.int64),
        "last": np.array([last], np.int64),
        "present": np.ones((1, len(form)), np.float32),
    }
    # onnxruntime wants every input even for a part of the graph.
    arcs, _, _, upos, feats, lemma, names = session.run(OUTPUTS, inputs | {"heads": np.zeros((1, len(form)), np.int64)})
    heads = best_tree(log_softmax(arcs[0]))
    (relations,) = session.run(["relations"], inputs | {"heads": np.array([heads], np.int64)})
    root = labels["rel"].index("root")
    relations[..., root] = -1e9
    best = relations[0].argmax(-1)
    return {
        "form": form,
        "space": space,
        "pieces": split,
        "upos": [labels["upos"][n] for n in upos[0]],
        "feats": [labels["feats"][n] for n in feats[0]],
        "lemma": [
            lexicon.lemma(f, labels["upos"][u], labels["feats"][m]) or lemmas.apply(f, labels["lemma"][n])
            for f, u, m, n in zip(form, upos[0], feats[0], lemma[0])
        ],
        "head": [int(h) for h in heads],
        "rel": ["root" if h == 0 else labels["rel"][r] for h, r in zip(heads, best)],
        "names": best_tags(log_softmax(names[0]), labels["names"]),
    }


def log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores.astype(np.float64)
    most = scores.max(-1, keepdims=True)
    return scores - most - np.log(np.exp(scores - most).sum(-1, keepdims=True))


if __name__ == "__main__":
    main()
