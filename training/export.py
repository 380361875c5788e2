"""Stage `export`: the network as one ONNX graph with weights in 8 bits, and its tables, into `models/`.

Weights are stored as int8 with one scale a row or column and widened to fp32 when the graph is loaded; only
the piece embeddings stay int8 in memory, and the rows that a sentence needs are widened. All arithmetic is
fp32, so neither the batch nor the number of threads changes a result.

The graph is run in two parts: `ids mask first last present` give everything but the relations; `rel_word rel_head
heads` give the relations of the decoded tree.

    python -m training.export [--checkpoint] [--version 0.2.0]
"""

import argparse
import hashlib
import json
import shutil

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from .batches import Labels, Pieces
from .evaluate import trained
from .settings import MAX_PIECES, MODELS, WORK

INPUTS = ["ids", "mask", "first", "last", "present", "heads"]
OUTPUTS = ["arcs", "rel_word", "rel_head", "upos", "feats", "lemma", "names", "inner_names", "relations"]


class Graph(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, ids, mask, first, last, present, heads):
        n = self.network
        words, both = n.words(ids, mask, first, last)
        arcs, low, high = n.arcs(words, present)
        best = [head(both).argmax(-1) for head in (n.upos, n.feats, n.lemma)]
        return arcs, low, high, *best, n.names(words), n.inner_names(words), n.relations(low, high, heads)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", action="store_true", help="the averaged weights of an unfinished run")
    parser.add_argument("--version", default="0.2.0")
    options = parser.parse_args()
    torch.set_num_threads(1)
    pieces, labels = Pieces(), Labels()
    network = trained(labels, pieces, WORK / ("checkpoint.pt" if options.checkpoint else "model.pt"))
    raw = WORK / "network.onnx"
    batch, length, width = 3, 20, 12
    example = (
        torch.randint(5, 1000, (batch, length)),
        torch.ones(batch, length),
        torch.arange(width)[None].expand(batch, width).contiguous() + 1,
        torch.arange(width)[None].expand(batch, width).contiguous() + 1,
        torch.ones(batch, width),
        torch.zeros(batch, width, dtype=torch.long),
    )
    axes = {"ids": {0: "b", 1: "l"}, "mask": {0: "b", 1: "l"}} | {k: {0: "b", 1: "w"} for k in INPUTS[2:]}
    axes |= {k: {0: "b", 1: "w"} for k in OUTPUTS}
    axes["arcs"][2], axes["rel_head"][1] = "w1", "w1"
    with torch.no_grad():
        torch.onnx.export(
            Graph(network), example, str(raw), input_names=INPUTS, output_names=OUTPUTS, dynamic_axes=axes, opset_version=17, dynamo=False
        )
    MODELS.mkdir(exist_ok=True)
    model = in_eight_bits(onnx.load(raw))
    onnx.checker.check_model(model)
    (MODELS / "kurultai.onnx").write_bytes(model.SerializeToString(deterministic=True))
    shutil.copyfile(WORK / "tokenizer.json", MODELS / "tokenizer.json")
    shutil.copyfile(WORK / "lemmas.tsv", MODELS / "lemmas.tsv")
    table = {"version": options.version, "max_pieces": MAX_PIECES} | labels.lists
    text = "{\n" + ",\n".join(f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in table.items()) + "\n}\n"
    (MODELS / "labels.json").write_text(text, encoding="utf-8")
    for path in sorted(MODELS.glob("*")):
        if path.suffix in (".onnx", ".json", ".tsv"):
            print(f"{path.name}\t{path.stat().st_size / 1e6:.2f} MB\t{hashlib.sha256(path.read_bytes()).hexdigest()}")


def in_eight_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    """Every large weight becomes int8 and scales; gathered rows are widened after gathering."""
    graph = model.graph
    weights = {t.name: t for t in graph.initializer if numpy_helper.to_array(t).size > 4096}
    gathered = {n.input[0] for n in graph.node if n.op_type == "Gather" and n.input[0] in weights}
    made: list = []
    for name, tensor in weights.items():
        array = numpy_helper.to_array(tensor).astype(np.float32)
        # A matrix is multiplied from the left: one scale a column. Tables have one scale a row.
        axis = 1 if array.ndim == 2 and name not in gathered and used_by_matmul(graph, name) else 0
        others = tuple(i for i in range(array.ndim) if i != axis)
        scale = np.abs(array).max(axis=others) / 127
        scale[scale == 0] = 1.0
        shape = [-1 if i == axis else 1 for i in range(array.ndim)]
        small = np.clip(np.rint(array / scale.reshape(shape)), -127, 127).astype(np.int8)
        graph.initializer.remove(tensor)
        if name in gathered:
            graph.initializer.append(numpy_helper.from_array(small, f"{name}.int8"))
            graph.initializer.append(numpy_helper.from_array(scale[:, None].astype(np.float32), f"{name}.scale"))
        else:
            graph.initializer.append(numpy_helper.from_array(small, f"{name}.int8"))
            graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
            graph.initializer.append(numpy_helper.from_array(np.zeros(len(scale), np.int8), f"{name}.zero"))
            made.append(helper.make_node("DequantizeLinear", [f"{name}.int8", f"{name}.scale", f"{name}.zero"], [name], axis=axis))
    nodes = list(made)
    for node in graph.node:
        if node.op_type == "Gather" and node.input[0] in gathered:
            name, ids, out = node.input[0], node.input[1], node.output[0]
            nodes.append(helper.make_node("Gather", [f"{name}.int8", ids], [f"{out}.int8"], axis=0))
            nodes.append(helper.make_node("Cast", [f"{out}.int8"], [f"{out}.wide"], to=TensorProto.FLOAT))
            nodes.append(helper.make_node("Gather", [f"{name}.scale", ids], [f"{out}.scale"], axis=0))
            nodes.append(helper.make_node("Mul", [f"{out}.wide", f"{out}.scale"], [out]))
        else:
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def used_by_matmul(graph: onnx.GraphProto, name: str) -> bool:
    return any(n.op_type == "MatMul" and n.input[1] == name for n in graph.node)


if __name__ == "__main__":
    main()
