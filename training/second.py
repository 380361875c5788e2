"""Stage `second`: the data of the second stage of training, with the help of the first one's network.

- English organisations, events, laws and products that only spaCy saw teach nothing: it is wrong too often.
- The project's own corpus gets offices, dates and nationalities, which its annotation lacks, from the first network.
- Russian texts of the corpus get trees from `natasha`, which are a vote when trees are made anew (`relabel.py`).

    python -m training.second       ->  WORK/second/*.jsonl
"""

import torch

from . import evaluate, names
from .batches import Labels, Pieces
from .prepare import load, write
from .settings import SECOND_MIX, WORK
from .silver import Countries, from_gold, with_trees

DOUBTED = ("ORG", "EVENT", "LAW", "PRODUCT")


def main() -> None:
    torch.set_num_threads(2)
    pieces, labels = Pieces(), Labels()
    network = evaluate.trained(labels, pieces, WORK / "first.pt")
    countries = Countries()
    for name in SECOND_MIX:
        if name.endswith("_corpus"):
            sentences = load(WORK / "gold" / f"{name}.jsonl")
            for sentence, answer in zip(sentences, evaluate.predict(network, pieces, labels, sentences)):
                with_corpus_names(sentence, answer["names"], countries)
            if name.startswith("ru"):
                for sentence, tree in zip(sentences, with_trees([dict(s) for s in sentences], broken=True)):
                    if "head" in tree:
                        sentence["vote"] = tree["head"]
        else:
            sentences = load(WORK / "train" / f"{name}.jsonl")
        if name == "en_ewt-train":
            for sentence in sentences:
                sentence["ner"] = ["" if any(kind in tag for kind in DOUBTED) else tag for tag in sentence["ner"]]
        write(WORK / "second" / f"{name}.jsonl", sentences)
        print(f"{name}: {len(sentences)} sentences, {sum(len(s['form']) for s in sentences)} words")


def with_corpus_names(sentence: dict, guess: list[str], countries: Countries) -> None:
    if "corpus" not in sentence:
        return
    outer, inner = sentence.pop("corpus"), sentence.pop("corpus_inner")
    doubtful = ["" if tag.endswith("?") else None for tag in outer]
    known = ["O" if tag.endswith("?") else tag for tag in outer]
    row = from_gold(known, names.CORPUS, guess, countries, sentence["form"])
    sentence["ner"] = [tag if doubt is None else doubt for tag, doubt in zip(row, doubtful)]
    sentence["inner"] = [
        names.tags(i[0], names.CORPUS[i[2:]]) if i != "O" and not i.endswith("?") else "O" if o == "O" else ""
        for o, i in zip(outer, inner)
    ]


if __name__ == "__main__":
    main()
