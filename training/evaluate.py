"""Stage `evaluate`: scores on the test sets, gold words, with the tree decoded as the crate does.

LAS counts universal relations without subtypes. Lemmas are compared exactly, case aside, and case and ё aside.
Names: F1 of exact spans on person, organisation and place, countries and cities being places.

    python -m training.evaluate [--sample N] [--checkpoint] [--no-lexicon]
"""

import argparse
import json
import random
from collections import Counter

import torch

from . import lemmas, names
from .batches import Labels, Pieces, collate, encode, group
from .lexicon import Lexicon
from .network import Network
from .prepare import TEST, load
from .settings import WORK
from .tree import best_tree

PLACES = {"COUNTRY": "LOC", "CITY": "LOC", "LOC": "LOC", "PER": "PER", "ORG": "ORG"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, help="sentences of each set")
    parser.add_argument("--checkpoint", action="store_true", help="the averaged weights of an unfinished run")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-lexicon", action="store_true", help="the network's own lemmas")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    pieces, labels = Pieces(), Labels()
    network = trained(labels, pieces, options.checkpoint)
    lexicon = None if options.no_lexicon else Lexicon(WORK / "lemmas.tsv")
    for name, scores in all_scores(network, pieces, labels, options.sample, lexicon).items():
        print(name, json.dumps(scores))


def trained(labels: Labels, pieces: Pieces, from_checkpoint: bool) -> Network:
    network = Network(labels.lists, pieces.tokenizer.get_vocab_size())
    if from_checkpoint:
        stored = torch.load(WORK / "checkpoint.pt", weights_only=False, mmap=True)
        network.load_state_dict(stored["network"])
        network.load_state_dict(stored["average"], strict=False)
    else:
        network.load_state_dict(torch.load(WORK / "model.pt"))
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


def all_scores(network: Network, pieces: Pieces, labels: Labels, sample: int | None, lexicon: Lexicon | None = None) -> dict:
    scores = {}
    for name in [name for name, _ in TEST] + ["uner_en_ewt-test"]:
        sentences = load(WORK / "test" / f"{name}.jsonl")
        if sample and sample < len(sentences):
            sentences = random.Random(7).sample(sentences, sample)
        answers = predict(network, pieces, labels, sentences, lexicon)
        scores[name] = name_scores(sentences, answers) if "uner" in sentences[0] else tree_scores(sentences, answers)
    return scores


def predict(
    network: Network, pieces: Pieces, labels: Labels, sentences: list[dict], lexicon: Lexicon | None = None, budget: int = 4000
) -> list[dict]:
    items = [encode(s, pieces, labels) for s in sentences]
    answers: list[dict] = [{} for _ in items]
    lists, was_training = labels.lists, network.training
    network.eval()
    with torch.inference_mode():
        for numbers in group(items, budget, None):
            batch = collate([items[i] for i in numbers])
            words, both = network.words(batch["ids"], batch["mask"], batch["first"], batch["last"])
            arcs, low, high = network.arcs(words, batch["present"])
            arcs = torch.log_softmax(arcs, -1).numpy()
            heads = torch.zeros_like(batch["first"])
            for row, i in enumerate(numbers):
                size = len(items[i]["first"])
                heads[row, :size] = torch.tensor(best_tree(arcs[row, :size, : size + 1]))
            best = {kind: getattr(network, kind)(both).argmax(-1) for kind in ("upos", "feats", "lemma")}
            relations = network.relations(low, high, heads)
            # "root" belongs to the root and to nothing else.
            root = labels.index["rel"]["root"]
            relations[..., root] = -1e9
            best["rel"] = torch.where(heads == 0, root, relations.argmax(-1))
            outer = torch.log_softmax(network.names(words), -1).numpy()
            inner = torch.log_softmax(network.inner_names(words), -1).numpy()
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
    network.train(was_training)
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
        have = {(a, b, PLACES[k]) for a, b, k in names.spans(found["names"]) if k in PLACES}
        for kind in count:
            w = {x for x in want if kind in ("all", x[2])}
            h = {x for x in have if kind in ("all", x[2])}
            for slot, value in enumerate((w & h, h, w)):
                count[kind][slot] += len(value)
    return {kind: round(200 * hit / max(1, said + true), 2) for kind, (hit, said, true) in count.items()}


if __name__ == "__main__":
    main()
