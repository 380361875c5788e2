"""Stages `train` and `train --second`: fine-tune the encoder with all heads together; the averaged weights are the model.

The first stage starts from the cut encoder. The second starts from the first one's network, with more regularisation
and cleaner data: words are hidden, headlines are set in capitals, sets of another style are told apart, and after
its first epoch text without gold is labelled by the network itself (`relabel.py`).

A run is fixed by seed and number of epochs, not by time. Every few minutes it writes a checkpoint
and, started again, goes on from there. Curves go to `training/logs/`.

    python -m training.train            [--epochs 3] [--threads 2]   ->  WORK/first-checkpoint.pt, WORK/first.pt
    python -m training.train --second   [--epochs 4] [--threads 2]   ->  WORK/checkpoint.pt, WORK/model.pt
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from . import evaluate, relabel
from .batches import IGNORED, Labels, Pieces, collate, encode, group, masked, short, variant
from .network import Network
from .prepare import load, write
from .settings import LOGS, MIX, SECOND_MIX, SEED, STYLES, WORK

@dataclass(frozen=True)
class Stage:
    """What differs between the two stages of training."""

    mix: dict
    data: str
    checkpoint: str
    result: str
    epochs: int
    rate_encoder: float
    rate_heads: float
    drop: float
    encoder_drop: float
    average: float
    steps: int | None = None  # less than the epochs have
    hidden: float = 0.0  # share of words that become unknown
    second: bool = False


FIRST = Stage(MIX, "train", "first-checkpoint.pt", "first.pt", 3, 3e-4, 1e-3, 0.2, 0.0, 0.995)
SECOND = Stage(SECOND_MIX, "second", "checkpoint.pt", "model.pt", 2, 2e-4, 6e-4, 0.25, 0.1, 0.996, 1000, 0.05, True)
WARM_UP, LAST_RATE, STYLE_DROP = 150, 0.02, 0.1
BUDGET, CLIP = 1400, 5.0
WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "feats": 0.5, "lemma": 0.7, "ner": 1.0, "inner": 0.4}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--second", action="store_true", help="the second stage")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checkpoint-every", type=int, default=120, help="steps between checkpoints")
    options = parser.parse_args()
    stage = SECOND if options.second else FIRST
    epochs = options.epochs or stage.epochs
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)

    pieces, labels = Pieces(), Labels()
    pools = {name: load(WORK / stage.data / f"{name}.jsonl") for name in stage.mix}
    network = Network(labels.lists, pieces.tokenizer.get_vocab_size(), stage.drop, stage.encoder_drop)
    if stage.second:
        network.load_state_dict(torch.load(WORK / FIRST.result), strict=False)
    else:
        network.encoder.start_from(WORK / "encoder.npz", json.loads((WORK / "kept.json").read_text()))
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    groups = [
        {"params": [p for n, p in trained.items() if n.startswith("encoder.")], "base": stage.rate_encoder},
        {"params": [p for n, p in trained.items() if not n.startswith("encoder.")], "base": stage.rate_heads},
    ]
    optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average = {name: p.detach().clone() for name, p in trained.items()}
    state = {"epoch": 0, "batch": 0, "step": 0, "words": 0, "seconds": 0.0, "cpu": 0.0}
    checkpoint = WORK / stage.checkpoint
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(stored["network"])
        optimiser.load_state_dict(stored["optimiser"])
        average, state = stored["average"], stored["state"]
        torch.set_rng_state(stored["random"])
        print("going on from", state, flush=True)

    encoded = Encoded(stage, pieces, labels)
    sizes = [encoded.plan(pools, epoch) for epoch in range(epochs)]
    total = min(stage.steps or sys.maxsize, sum(len(batches) for _, batches in sizes))
    del sizes
    print(f"{epochs} epochs, {total} steps; {sum(p.numel() for p in trained.values()) / 1e6:.1f} M trained", flush=True)
    sums, network = Counter(), network.train()
    finished = state["step"] >= total
    while not finished:
        if stage.second and state["epoch"]:
            pools = relabelled(network, average, pieces, labels, pools)
        items, batches = encoded.plan(pools, state["epoch"])
        forbidden = labels.forbidden()
        while state["batch"] < len(batches) and not finished:
            began, began_cpu = time.time(), time.process_time()
            pace = min(1.0, (state["step"] + 1) / WARM_UP) * max(LAST_RATE, 1 - state["step"] / total)
            for g in optimiser.param_groups:
                g["lr"] = g["base"] * pace
            rng = random.Random(f"{SEED} {state['step']}")
            batch = [masked(items[i], stage.hidden, rng) for i in batches[state["batch"]]]
            losses = losses_of(network, collate(batch), forbidden)
            sum(WEIGHTS[k] * v for k, v in losses.items()).backward()
            torch.nn.utils.clip_grad_norm_(trained.values(), CLIP)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            state["batch"] += 1
            state["step"] += 1
            finished = state["step"] >= total
            state["words"] += sum(len(x["first"]) for x in batch)
            keep = min(stage.average, (1 + state["step"]) / (10 + state["step"]))
            with torch.no_grad():
                torch._foreach_lerp_([average[n] for n in trained], [p.detach() for p in trained.values()], 1 - keep)
            for k, v in losses.items():
                sums[k] += v.item()
                sums["n " + k] += 1
            state["seconds"] += time.time() - began
            state["cpu"] += time.process_time() - began_cpu
            if state["step"] % 40 == 0:
                means = {k: round(sums[k] / sums["n " + k], 3) for k in WEIGHTS if sums["n " + k]}
                line = {"step": state["step"], "of": total, "words": state["words"], "seconds": round(state["seconds"]), "cpu": round(state["cpu"]), "loss": means}
                log(f"{stage.data}-loss.jsonl", line)
                sums.clear()
            if state["step"] % options.checkpoint_every == 0:
                save(checkpoint, network, optimiser, average, state)
        state["epoch"] += 1
        state["batch"] = 0
        save(checkpoint, network, optimiser, average, state)
        scores = evaluate.with_weights(network, average, lambda: evaluate.all_scores(network, pieces, labels, None if finished else 200))
        log(f"{stage.data}-scores.jsonl", {"epoch": state["epoch"], "words": state["words"], "cpu": round(state["cpu"]), "scores": scores})
    evaluate.with_weights(network, average, lambda: torch.save(network.state_dict(), WORK / stage.result))


class Encoded:
    """Sentences in pieces and numbers, the same sentences and batches of an epoch for the same seed."""

    def __init__(self, stage: Stage, pieces: Pieces, labels: Labels):
        self.stage, self.pieces, self.labels = stage, pieces, labels
        self.made: dict[int, dict] = {}

    def plan(self, pools: dict, epoch: int) -> tuple[list[dict], list[list[int]]]:
        rng = random.Random(SEED + epoch)
        items = []
        for name, (share, weight) in self.stage.mix.items():
            pool = [s for s in pools[name] if short(self.encode(s, weight))]
            chosen = pool * int(share) + rng.sample(pool, round((share - int(share)) * len(pool)))
            for sentence in chosen:
                style = STYLES.get(name, 0) if self.stage.second and not sentence.get("relabelled") else 0
                if self.stage.second:
                    sentence = variant(sentence, rng)
                    style *= rng.random() >= STYLE_DROP
                items.append(self.encode(sentence, weight, style))
        items = [item for item in items if short(item)]
        return items, group(items, BUDGET, rng)

    def encode(self, sentence: dict, weight: float, style: int = 0) -> dict:
        found = self.made.get(id(sentence))
        if found is None or found["sentence"] is not sentence:
            found = self.made[id(sentence)] = encode(sentence, self.pieces, self.labels, weight)
        return found if found["style"] == style else found | {"style": style}


def relabelled(network: Network, average: dict, pieces: Pieces, labels: Labels, pools: dict) -> dict:
    """The pools with the network's own labels, made once, by the weights after the first epoch."""
    new = dict(pools)
    for name in (*relabel.TREES, *relabel.NAMES):
        path = WORK / "relabelled" / f"{name}.jsonl"
        if not path.exists():
            pool = pools[name][::3] if name == "ru_nerel" else pools[name]  # a third of the largest is enough
            made = evaluate.with_weights(network, average, lambda: relabel.relabel(network, pieces, labels, name, pool))
            write(path.with_suffix(".new"), [s | {"relabelled": name in relabel.TREES} for s in made])
            os.replace(path.with_suffix(".new"), path)
        new[name] = (load(path) * 4)[: len(pools[name])]
    return new


def losses_of(network: Network, batch: dict, forbidden: torch.Tensor) -> dict[str, torch.Tensor]:
    words, both = network.words(batch["ids"], batch["mask"], batch["first"], batch["last"], batch["style"])
    losses = {}
    for layer, head in (("ner", network.names), ("inner", network.inner_names)):
        target = batch[layer]
        if (target > 0).any():
            scores = head(words)
            loss = torch.logsumexp(scores, -1) - torch.logsumexp(scores + forbidden[target], -1)
            losses[layer] = (loss * (target > 0)).sum() / (target > 0).sum()
    trees = (batch["head"] >= 0).any(1)
    if trees.any():
        words, both = words[trees], both[trees]
        target = {k: batch[k][trees] for k in ("head", "rel", "upos", "feats", "lemma")}
        weight = batch["weight"][trees][:, None]
        scores, low, high = network.arcs(words, batch["present"][trees])
        losses["arc"] = cross_entropy(scores, target["head"], weight)
        relations = network.relations(low, high, target["head"].clamp(min=0))
        losses["rel"] = cross_entropy(relations, target["rel"], weight)
        for kind in ("upos", "feats", "lemma"):
            losses[kind] = cross_entropy(getattr(network, kind)(both), target[kind], weight)
    return losses


def cross_entropy(scores, target, weight):
    loss = F.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=IGNORED, reduction="none")
    known = target != IGNORED
    return (loss.view(target.shape) * weight).sum() / known.sum().clamp(min=1)


def save(path, network, optimiser, average, state) -> None:
    content = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "average": average}
    content |= {"state": state, "random": torch.get_rng_state()}
    torch.save(content, path.with_suffix(".new"))
    os.replace(path.with_suffix(".new"), path)


def log(name: str, line: dict) -> None:
    LOGS.mkdir(exist_ok=True)
    with (LOGS / name).open("a") as file:
        file.write(json.dumps(line) + "\n")
    print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
