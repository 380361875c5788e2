"""Sentences as pieces and label numbers, grouped by length and padded."""

import json
import random

import numpy as np
import torch
from tokenizers import Tokenizer

from . import lemmas
from .settings import MAX_LENGTH, MAX_PIECES, WORK
from .vocabulary import features

BOS, PAD, EOS, UNK = 0, 1, 2, 3
IGNORED = -100


class Pieces:
    """Words to pieces: each word alone, with `▁` where white space precedes it."""

    def __init__(self, path=WORK / "tokenizer.json"):
        self.tokenizer = Tokenizer.from_file(str(path))
        self.cache: dict[str, list[int]] = {}

    def __call__(self, form: str, space: bool) -> list[int]:
        word = ("▁" if space else "") + form
        found = self.cache.get(word)
        if found is None:
            found = self.tokenizer.encode(word, add_special_tokens=False).ids or [UNK]
            if len(found) > MAX_PIECES:
                found = found[: MAX_PIECES // 2] + found[-MAX_PIECES // 2 :]
            self.cache[word] = found
        return found


class Labels:
    def __init__(self, path=WORK / "labels.json"):
        content = json.loads(path.read_text(encoding="utf-8"))
        self.lists: dict[str, list[str]] = {k: v for k, v in content.items() if isinstance(v, list)}
        self.index = {kind: {label: i for i, label in enumerate(row)} for kind, row in self.lists.items()}
        self.sets: list[str] = [""]  # targets of names: sets of allowed tags
        self.set_index = {"": 0}

    def name_target(self, target: str) -> int:
        if target not in self.set_index:
            self.set_index[target] = len(self.sets)
            self.sets.append(target)
        return self.set_index[target]

    def forbidden(self) -> torch.Tensor:
        """Row per target: 0 for an allowed tag, a large negative number for another."""
        rows = torch.full((len(self.sets), len(self.lists["names"])), -1e9)
        for i, target in enumerate(self.sets):
            for tag in target.split("|") if target else self.lists["names"]:
                rows[i, self.index["names"][tag]] = 0.0
        return rows


def encode(sentence: dict, pieces: Pieces, labels: Labels, weight: float = 1.0, style: int = 0) -> dict:
    """Pieces and targets; an empty or missing label teaches nothing."""
    ids, first, last = [BOS], [], []
    for form, space in zip(sentence["form"], sentence["space"]):
        first.append(len(ids))
        ids += pieces(form, space)
        last.append(len(ids) - 1)
    item = {"ids": [*ids, EOS], "first": first, "last": last, "weight": weight, "style": style, "sentence": sentence}
    if "head" in sentence:
        index = labels.index
        relation = index["rel"]
        item["head"] = sentence["head"]
        item["rel"] = [relation.get(r, relation.get(r.split(":")[0], IGNORED)) for r in sentence["rel"]]
        item["upos"] = [index["upos"].get(u, IGNORED) for u in sentence["upos"]]
        item["feats"] = [index["feats"].get(features(f), IGNORED) if f else IGNORED for f in sentence["feats"]]
        scripts = (lemmas.script(f, known) if known else "" for f, known in zip(sentence["form"], sentence["lemma"]))
        item["lemma"] = [index["lemma"].get(s, IGNORED) for s in scripts]
    for layer in ("ner", "inner"):
        if layer in sentence:
            item[layer] = [labels.name_target(t) for t in sentence[layer]]
    return item


def variant(sentence: dict, rng: random.Random) -> dict:
    """Now and then a headline in capitals, or one with a capital on every word; quotes and dashes of print for those of `ru_gsd`."""
    chance, print_marks, form = rng.random(), rng.random() < 0.5, sentence["form"]
    if chance < 0.02:
        form = [f.upper() for f in form]
    elif chance < 0.04 and sentence["lang"] == "en":
        form = [f[:1].upper() + f[1:] if len(f) > 3 else f for f in form]
    if print_marks and sentence["set"].startswith("ru_gsd"):
        form = [PRINT_MARKS.get(f, f) for f in form]
    return sentence if form is sentence["form"] else sentence | {"form": form}


PRINT_MARKS = {"``": "«", "&#39;&#39;": "»", "--": "—"}


def masked(item: dict, share: float, rng: random.Random) -> dict:
    """Some words become the unknown piece: their neighbours must tell what they are. Lemmas of such words are not asked."""
    hidden = [w for w in range(len(item["first"])) if rng.random() < share]
    if not hidden:
        return item
    item = item | {"ids": list(item["ids"])}
    if "lemma" in item:
        item["lemma"] = list(item["lemma"])
    for w in hidden:
        for place in range(item["first"][w], item["last"][w] + 1):
            item["ids"][place] = UNK
        if "lemma" in item:
            item["lemma"][w] = IGNORED
    return item


def short(item: dict) -> bool:
    return len(item["ids"]) <= MAX_LENGTH


def group(items: list[dict], budget: int, rng: random.Random | None) -> list[list[int]]:
    """Numbers of items in batches of at most `budget` padded pieces, of like lengths."""
    jitter = (lambda: rng.random() * 3) if rng else (lambda: 0)
    order = sorted(range(len(items)), key=lambda i: len(items[i]["ids"]) + jitter())
    made, current, longest = [], [], 0
    for i in order:
        length = max(longest, len(items[i]["ids"]))
        if current and (length * (len(current) + 1) > budget or len(current) >= 256):
            made.append(current)
            current, length = [], len(items[i]["ids"])
        current.append(i)
        longest = length
    if current:
        made.append(current)
    if rng:
        rng.shuffle(made)
    return made


TARGETS = ("head", "rel", "upos", "feats", "lemma", "ner", "inner")


def collate(batch: list[dict]) -> dict[str, torch.Tensor]:
    size = len(batch)
    length, width = max(len(x["ids"]) for x in batch), max(len(x["first"]) for x in batch)
    out = {
        "ids": np.full((size, length), PAD),
        "mask": np.zeros((size, length), np.float32),
        "first": np.zeros((size, width), np.int64),
        "last": np.zeros((size, width), np.int64),
        "present": np.zeros((size, width), np.float32),
        "weight": np.array([x["weight"] for x in batch], np.float32),
        "style": np.array([x["style"] for x in batch]),
    }
    out |= {k: np.full((size, width), 0 if k in ("ner", "inner") else IGNORED) for k in TARGETS}
    for i, x in enumerate(batch):
        pieces, words = len(x["ids"]), len(x["first"])
        out["ids"][i, :pieces] = x["ids"]
        out["mask"][i, :pieces] = 1
        out["first"][i, :words] = x["first"]
        out["last"][i, :words] = x["last"]
        out["present"][i, :words] = 1
        for k in TARGETS:
            if k in x:
                out[k][i, :words] = x[k]
    return {k: torch.from_numpy(v) for k, v in out.items()}
