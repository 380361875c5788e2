"""The files of `models/` with the network's interface, so that scores and references are of what is shipped."""

import json

import numpy as np
import onnxruntime
import torch

from .batches import Labels, Pieces
from .lexicon import Lexicon
from .settings import MODELS

FIRST = ["arcs", "upos", "feats", "lemma", "names", "inner_names"]


class Shipped:
    def __init__(self, threads: int = 2):
        plain = onnxruntime.SessionOptions()  # its optimiser would compute in 8 bits
        plain.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        plain.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(MODELS / "kurultai.onnx"), plain, providers=["CPUExecutionProvider"])
        self.pieces = Pieces(MODELS / "tokenizer.json")
        self.labels = Labels(MODELS / "labels.json")
        self.lexicon = Lexicon(MODELS / "lemmas.tsv")
        self.version = json.loads((MODELS / "labels.json").read_text(encoding="utf-8"))["version"]

    def run(self, outputs: list[str], batch: dict, heads) -> list[np.ndarray]:
        inputs = {k: batch[k].numpy() for k in ("ids", "mask", "first", "last", "present")}
        return self.session.run(outputs, inputs | {"heads": heads.numpy()})

    def read(self, batch: dict) -> tuple[dict, object]:
        found = dict(zip(FIRST, map(torch.from_numpy, self.run(FIRST, batch, torch.zeros_like(batch["first"])))))
        return found, lambda heads: torch.from_numpy(self.run(["relations"], batch, heads)[0])


class Trained:
    """The weights in 32 bits, before they are rounded."""

    def __init__(self, network):
        self.network = network

    def read(self, batch: dict) -> tuple[dict, object]:
        n = self.network
        words, both = n.words(batch["ids"], batch["mask"], batch["first"], batch["last"])
        arcs, low, high = n.arcs(words, batch["present"])
        found = {kind: getattr(n, kind)(both).argmax(-1) for kind in ("upos", "feats", "lemma")}
        found |= {"arcs": arcs, "names": n.names(words), "inner_names": n.inner_names(words)}
        return found, lambda heads: n.relations(low, high, heads)
