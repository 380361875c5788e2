"""Stage `train`: fine-tunes the cut encoder with all heads together; the averaged weights are the model.

The run is fixed by seed and number of epochs, not by time. Every few minutes it writes WORK/checkpoint.pt
and, started again, goes on from there. Curves go to `training/logs/`.

    python -m training.train [--epochs 3] [--threads 2]   ->  WORK/checkpoint.pt, WORK/model.pt
"""

import argparse
import json
import os
import random
import time
from collections import Counter

import torch
import torch.nn.functional as F

from . import evaluate
from .batches import IGNORED, Labels, Pieces, collate, encode, group, short
from .network import Network
from .prepare import load
from .settings import LOGS, MIX, SEED, WORK

RATE_ENCODER, RATE_HEADS, WARM_UP, LAST_RATE = 3e-4, 1e-3, 150, 0.02
BUDGET, AVERAGE, CLIP = 1400, 0.995, 5.0
WEIGHTS = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "feats": 0.5, "lemma": 0.7, "ner": 1.0, "inner": 0.4}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--checkpoint-every", type=int, default=120, help="steps between checkpoints")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(SEED)

    pieces, labels = Pieces(), Labels()
    pools = {
        name: [x for x in (encode(s, pieces, labels, weight) for s in load(WORK / "train" / f"{name}.jsonl")) if short(x)]
        for name, (_, weight) in MIX.items()
    }
    forbidden = labels.forbidden()
    network = Network(labels.lists, pieces.tokenizer.get_vocab_size())
    network.encoder.start_from(WORK / "encoder.npz", json.loads((WORK / "kept.json").read_text()))
    trained = {name: p for name, p in network.named_parameters() if p.requires_grad}
    groups = [
        {"params": [p for n, p in trained.items() if n.startswith("encoder.")], "base": RATE_ENCODER},
        {"params": [p for n, p in trained.items() if not n.startswith("encoder.")], "base": RATE_HEADS},
    ]
    optimiser = torch.optim.AdamW(groups, lr=0.0, betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    average = {name: p.detach().clone() for name, p in trained.items()}
    state = {"epoch": 0, "batch": 0, "step": 0, "words": 0, "seconds": 0.0, "cpu": 0.0}
    checkpoint = WORK / "checkpoint.pt"
    if checkpoint.exists():
        stored = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(stored["network"])
        optimiser.load_state_dict(stored["optimiser"])
        average, state = stored["average"], stored["state"]
        torch.set_rng_state(stored["random"])
        print("going on from", state, flush=True)

    plans = [plan(pools, epoch) for epoch in range(options.epochs)]
    total = sum(len(batches) for _, batches in plans)
    words = sum(len(x["first"]) for items, _ in plans for x in items)
    print(f"{options.epochs} epochs, {total} steps, {words} words; {sum(p.numel() for p in trained.values()) / 1e6:.1f} M trained", flush=True)
    sums, network = Counter(), network.train()
    while state["epoch"] < options.epochs:
        items, batches = plans[state["epoch"]]
        while state["batch"] < len(batches):
            began, began_cpu = time.time(), time.process_time()
            pace = min(1.0, (state["step"] + 1) / WARM_UP) * max(LAST_RATE, 1 - state["step"] / total)
            for g in optimiser.param_groups:
                g["lr"] = g["base"] * pace
            batch = [items[i] for i in batches[state["batch"]]]
            losses = losses_of(network, collate(batch), forbidden)
            sum(WEIGHTS[k] * v for k, v in losses.items()).backward()
            torch.nn.utils.clip_grad_norm_(trained.values(), CLIP)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            state["batch"] += 1
            state["step"] += 1
            state["words"] += sum(len(x["first"]) for x in batch)
            keep = min(AVERAGE, (1 + state["step"]) / (10 + state["step"]))
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
                log("train-loss.jsonl", line)
                sums.clear()
            if state["step"] % options.checkpoint_every == 0:
                save(checkpoint, network, optimiser, average, state)
        state["epoch"] += 1
        state["batch"] = 0
        save(checkpoint, network, optimiser, average, state)
        finished = state["epoch"] == options.epochs
        scores = evaluate.with_weights(network, average, lambda: evaluate.all_scores(network, pieces, labels, None if finished else 200))
        log("train-scores.jsonl", {"epoch": state["epoch"], "words": state["words"], "cpu": round(state["cpu"]), "scores": scores})
    evaluate.with_weights(network, average, lambda: torch.save(network.state_dict(), WORK / "model.pt"))


def plan(pools: dict, epoch: int) -> tuple[list[dict], list[list[int]]]:
    """The sentences and batches of an epoch, the same for the same seed."""
    rng = random.Random(SEED + epoch)
    items = []
    for name, (share, _) in MIX.items():
        pool = pools[name]
        items += pool * int(share)
        items += rng.sample(pool, round((share - int(share)) * len(pool)))
    return items, group(items, BUDGET, rng)


def losses_of(network: Network, batch: dict, forbidden: torch.Tensor) -> dict[str, torch.Tensor]:
    words, both = network.words(batch["ids"], batch["mask"], batch["first"], batch["last"])
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
