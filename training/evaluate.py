"""Stage `evaluate`: scores on the test sets, gold words, with the tree decoded as the crate does.

LAS counts universal relations without subtypes. Lemmas are compared exactly, case aside, and case and ё aside.
Names: F1 on person, organisation and place, countries and cities being places: exact spans on Universal NER,
FactRuEval as `factrueval.py` says, once with the outer layer alone and once with names inside names.

First the files of `models/`, as shipped; then WORK/model.pt before rounding, where there is one.

    python -m training.evaluate [--sample N] [--only shipped|network] [--checkpoint] [--no-lexicon]
"""

import argparse
import json
import random
from collections import Counter
from pathlib import Path

import torch

from . import factrueval, lemmas, names
from .batches import Labels, Pieces, collate, encode, group
from .lexicon import Lexicon
from .network import Network
from .prepare import TEST, load
from .settings import DATA, MODELS, WORK
from .shipped import Shipped, Trained
from .tree import best_tree

PLACES = {"COUNTRY": "LOC", "CITY": "LOC", "LOC": "LOC", "PER": "PER", "ORG": "ORG"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="sentences of each set")
    parser.add_argument("--only", choices=["shipped", "network"])
    parser.add_argument("--checkpoint", action="store_true", help="the averaged weights of an unfinished run as the network")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-lexicon", action="store_true", help="the network's own lemmas")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    weights = WORK / ("checkpoint.pt" if options.checkpoint else "model.pt")
    if options.only != "network" and (MODELS / "kurultai.onnx").exists():
        shipped = Shipped(options.threads)
        lexicon = None if options.no_lexicon else shipped.lexicon
        show(f"models/, version {shipped.version}", all_scores(shipped, shipped.pieces, shipped.labels, options.sample, lexicon))
    if options.only != "shipped" and weights.exists():
        pieces, labels = Pieces(), Labels()
        network = trained(labels, pieces, weights)
        lexicon = None if options.no_lexicon else Lexicon(WORK / "lemmas.tsv")
        show(f"{weights.name}, 32 bits", all_scores(network, pieces, labels, options.sample, lexicon))


def show(title: str, scores: dict) -> None:
    print(f"== {title}")
    for name, row in scores.items():
        print(name, json.dumps(row, ensure_ascii=False), flush=True)


def trained(labels: Labels, pieces: Pieces, path: Path) -> Network:
    """The network of a finished run, or the averaged weights of a checkpoint."""
    network = Network(labels.lists, pieces.tokenizer.get_vocab_size())
    stored = torch.load(path, weights_only=False, mmap=True)
    if "average" in stored:
        network.load_state_dict(stored["network"], strict=False)
        stored = stored["average"]
    network.load_state_dict(stored, strict=False)
    return network.eval()


def with_weights(network: Network, average: dict, action):
    """Runs `action` with the averaged weights in place, then puts the others back."""
    parameters = dict(network.named_parameters())
    own = {name: parameters[name].detach().clone() for name in average}
    with torch.no_grad():
        for name, value in average.items():
            parameters[name].copy_(value)
        result = action()
        for name, value in own.items():
            parameters[name].copy_(value)
    return result


def all_scores(network, pieces: Pieces, labels: Labels, sample: int | None, lexicon: Lexicon | None = None) -> dict:
    """Of a `Network`, or of what reads batches as `Shipped` does."""
    sets = {name: load(WORK / "test" / f"{name}.jsonl") for name in [name for name, _ in TEST] + ["uner_en_ewt-test"]}
    if not sample and (DATA / "factrueval/devset").exists():
        sets["factrueval-dev"] = factrueval.read(DATA / "factrueval/devset")
    scores = {}
    for name, sentences in sets.items():
        if sample and sample < len(sentences):
            sentences = random.Random(7).sample(sentences, sample)
        answers = predict(network, pieces, labels, sentences, lexicon)
        if name == "factrueval-dev":
            outer = [places(a["names"]) for a in answers]
            scores[name] = factrueval.scores(sentences, outer)
            both = [o + places(a["inner"]) for o, a in zip(outer, answers)]
            scores[f"{name}, names in names"] = factrueval.scores(sentences, both)
        else:
            scores[name] = name_scores(sentences, answers) if "uner" in sentences[0] else tree_scores(sentences, answers)
    return scores


def places(row: list[str]) -> list[tuple[int, int, str]]:
    return [(a, b, PLACES[kind]) for a, b, kind in names.spans(row) if kind in PLACES]


def predict(network, pieces: Pieces, labels: Labels, sentences: list[dict], lexicon: Lexicon | None = None, budget: int = 4000) -> list[dict]:
    items = [encode(s, pieces, labels) for s in sentences]
    answers: list[dict] = [{} for _ in items]
    training = isinstance(network, Network) and network.training
    if isinstance(network, Network):
        network.eval()
    reader = Trained(network) if isinstance(network, Network) else network
    lists, root = labels.lists, labels.index["rel"]["root"]
    with torch.inference_mode():
        for numbers in group(items, budget, None):
            batch = collate([items[i] for i in numbers])
            found, relations = reader.read(batch)
            arcs = torch.log_softmax(found["arcs"], -1).numpy()
            heads = torch.zeros_like(batch["first"])
            for row, i in enumerate(numbers):
                size = len(items[i]["first"])
                heads[row, :size] = torch.tensor(best_tree(arcs[row, :size, : size + 1]))
            scores = relations(heads)
            scores[..., root] = -1e9  # "root" belongs to the root and to nothing else
            best = {kind: found[kind] for kind in ("upos", "feats", "lemma")}
            best["rel"] = torch.where(heads == 0, root, scores.argmax(-1))
            outer, inner = (torch.log_softmax(found[layer], -1).numpy() for layer in ("names", "inner_names"))
            for row, i in enumerate(numbers):
                size = len(items[i]["first"])
                answer = {kind: [lists[kind][n] for n in table[row, :size].tolist()] for kind, table in best.items()}
                forms = items[i]["sentence"]["form"]
                answer["lemma"] = [
                    (lexicon and lexicon.lemma(f, u, m)) or lemmas.apply(f, script)
                    for f, u, m, script in zip(forms, answer["upos"], answer["feats"], answer["lemma"])
                ]
                answer["head"] = heads[row, :size].tolist()
                answer["names"] = best_tags(outer[row, :size], lists["names"])
                answer["inner"] = best_tags(inner[row, :size], lists["names"])
                answers[i] = answer
    if isinstance(network, Network):
        network.train(training)
    return answers


def best_tags(scores, tags: list[str]) -> list[str]:
    """The best row of tags in which every `I-` follows a tag of its type (Viterbi)."""
    follows = [None] * len(tags)
    for i, now in enumerate(tags):
        if now.startswith("I-"):
            follows[i] = [t for t, tag in enumerate(tags) if tag[2:] == now[2:]]
        elif now == "B-OFFICE":  # an office right after an office is the same office
            follows[i] = [t for t, tag in enumerate(tags) if tag[2:] != "OFFICE"]
    best = [s if not tag.startswith("I") else -1e9 for s, tag in zip(scores[0].tolist(), tags)]
    back = []
    for row in scores[1:].tolist():
        top = max(range(len(tags)), key=best.__getitem__)
        choice = [top if f is None else max(f, key=best.__getitem__) for f in follows]
        best = [best[c] + s for c, s in zip(choice, row)]
        back.append(choice)
    now = max(range(len(tags)), key=best.__getitem__)
    path = [now]
    for choice in reversed(back):
        now = choice[now]
        path.append(now)
    return [tags[n] for n in reversed(path)]


def tree_scores(sentences: list[dict], answers: list[dict]) -> dict:
    count = Counter()
    plain = lambda rel: rel.split(":")[0]  # noqa: E731
    yo = lambda word: word.lower().replace("ё", "е")  # noqa: E731
    for gold, found in zip(sentences, answers):
        for i in range(len(gold["form"])):
            right = found["head"][i] == gold["head"][i]
            count["words"] += 1
            count["UPOS"] += found["upos"][i] == gold["upos"][i]
            count["UAS"] += right
            count["LAS"] += right and plain(found["rel"][i]) == plain(gold["rel"][i])
            count["LAS+"] += right and found["rel"][i] == gold["rel"][i]
            count["lemma"] += found["lemma"][i] == gold["lemma"][i]
            count["lemma~case"] += found["lemma"][i].lower() == gold["lemma"][i].lower()
            count["lemma~case,ё"] += yo(found["lemma"][i]) == yo(gold["lemma"][i])
            case = lambda f: next((x for x in f.split("|") if x.startswith("Case=")), "")  # noqa: E731
            count["case"] += case(found["feats"][i]) == case(gold["feats"][i])
    words = count.pop("words")
    return {k: round(100 * v / words, 2) for k, v in count.items()} | {"words": words}


def name_scores(sentences: list[dict], answers: list[dict]) -> dict:
    count = {kind: [0, 0, 0] for kind in ("PER", "ORG", "LOC", "all")}
    for gold, found in zip(sentences, answers):
        want = set(names.spans(gold["uner"]))
        have = set(places(found["names"]))
        for kind in count:
            w = {x for x in want if kind in ("all", x[2])}
            h = {x for x in have if kind in ("all", x[2])}
            for slot, value in enumerate((w & h, h, w)):
                count[kind][slot] += len(value)
    return {kind: round(200 * hit / max(1, said + true), 2) for kind, (hit, said, true) in count.items()}


if __name__ == "__main__":
    main()
