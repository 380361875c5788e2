"""Stage `prepare`: reads the treebanks and the names into one form, and drops what must stay unseen.

Dropped from training: every sentence that also stands in a test set, and the documents of `heldout.tsv`,
on which extraction is measured.

    python -m training.prepare      ->  WORK/gold/*.jsonl (training), WORK/test/*.jsonl (never trained on)
"""

import json
import re
from pathlib import Path

import spacy
from razdel import sentenize, tokenize

from . import conllu, names
from .settings import DATA, HERE, REPOSITORY, WORK

TRAIN = [("en_ewt-train", "en"), ("en_ewt-dev", "en"), ("ru_taiga-train", "ru"), ("ru_taiga-dev", "ru"), ("ru_gsd-dev", "ru")]
TEST = [("en_ewt-test", "en"), ("ru_gsd-test", "ru"), ("ru_taiga-test", "ru")]


def main() -> None:
    heldout = [tuple(line.split("\t")) for line in (HERE / "heldout.tsv").read_text().splitlines()]
    tests = {name: treebank(name, lang) for name, lang in TEST}
    tests["uner_en_ewt-test"] = uner("test")
    unseen = {key(s) for sentences in tests.values() for s in sentences}
    train = {name: treebank(name, lang) for name, lang in TRAIN}
    by_words = {tuple(s["form"]): s for s in uner("dev")}
    for sentence in train["en_ewt-dev"]:
        twin = by_words.get(tuple(sentence["form"]))
        if twin:
            sentence["uner"] = twin["uner"]
    train["ru_nerel"] = nerel()
    train["en_crossner"] = crossner()
    train |= {f"{lang}_corpus": corpus(lang) for lang in ("en", "ru")}
    for name, sentences in train.items():
        seen, kept = set(), []
        for sentence in sentences:
            k = key(sentence)
            if (len(k) > 15 and (k in unseen or k in seen)) or (name, sentence.get("document")) in heldout:
                continue
            seen.add(k)
            kept.append(sentence)
        write(WORK / "gold" / f"{name}.jsonl", kept)
        print(f"{name}: {len(sentences)} -> {len(kept)} sentences, {sum(len(s['form']) for s in kept)} words")
    for name, sentences in tests.items():
        write(WORK / "test" / f"{name}.jsonl", sentences)


def treebank(name: str, lang: str) -> list[dict]:
    sentences = conllu.read(DATA / "treebanks" / f"{name}.conllu.gz", name, lang)
    for sentence in sentences:
        harmonise(sentence)
    return sentences


def harmonise(sentence: dict) -> None:
    """English writes `flat` where Russian writes `flat:name`: parts of a name are told apart in both."""
    for i, (relation, head) in enumerate(zip(sentence["rel"], sentence["head"])):
        if relation == "flat" and sentence["upos"][i] == "PROPN" == sentence["upos"][head - 1]:
            sentence["rel"][i] = "flat:name"


def key(sentence: dict) -> str:
    return re.sub(r"\W+", "", "".join(sentence["form"]).lower().replace("ё", "е"))


def uner(part: str) -> list[dict]:
    sentences = []
    for block in (DATA / "ner/uner_en_ewt" / f"{part}.iob2").read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        if rows:
            form = [row[1] for row in rows]
            tags = [row[2] if row[2][2:] in names.UNER else "O" for row in rows]
            sentences.append({"set": f"uner-{part}", "lang": "en", "form": form, "space": spacing(form), "uner": tags})
    return sentences


def crossner() -> list[dict]:
    sentences = []
    for part in ("train", "dev"):
        for block in (DATA / "ner/crossner_politics" / f"{part}.txt").read_text(encoding="utf-8").split("\n\n"):
            rows = [line.split("\t") for line in block.split("\n") if "\t" in line]
            if rows:
                form = [row[0] for row in rows]
                tags = [row[1].strip() for row in rows]
                sentences.append({"set": "en_crossner", "lang": "en", "form": form, "space": spacing(form), "crossner": tags})
    return sentences


def nerel() -> list[dict]:
    """Outermost names as `ner`, the outermost inside those as `inner`."""
    sentences = []
    for path in sorted((DATA / "ner/nerel").glob("*/*.txt")):
        text = path.read_bytes().decode("utf-8")
        marks = []
        for line in path.with_suffix(".ann").read_text(encoding="utf-8").split("\n"):
            if line.startswith("T"):
                kind, place = line.split("\t")[1].split(" ", 1)
                if kind in names.NEREL and ";" not in place:
                    start, end = map(int, place.split())
                    marks.append((start, end, names.NEREL[kind]))
        marks = [mark for mark in (named(text, *mark) for mark in marks) if mark]
        marks = [bare_office(text, mark, marks) for mark in marks]
        outer = outermost(marks)
        inside = outermost([m for m in marks if m not in outer])
        for base, part in lines_and_sentences(text):
            tokens = list(tokenize(part.text))
            if not 2 <= len(tokens) <= 90:
                continue
            ends = [(base + t.start, base + t.stop) for t in tokens]
            sentences.append({
                "set": "ru_nerel", "id": f"{path.stem}-{base}", "document": path.stem, "lang": "ru",
                "form": [t.text for t in tokens],
                "space": [True] + [b[0] > a[1] for a, b in zip(ends, ends[1:])],
                "ner": bio(ends, outer), "inner": bio(ends, inside),
            })  # fmt: skip
    return sentences


def corpus(lang: str) -> list[dict]:
    """The training part of the project's own corpus; texts that are not annotated yet have no names."""
    words = spacy.blank("en")
    sentences = []
    for line in (REPOSITORY / "corpus/plan.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        _, name, split, language, *_ = line.split("\t")
        path = REPOSITORY / f"corpus/texts/{name}.txt"
        if (split, language) != ("train", lang) or not path.exists():
            continue
        text = path.read_bytes().decode("utf-8")
        annotation = REPOSITORY / f"corpus/annotations/{name}.json"
        marks = named_in_corpus(json.loads(annotation.read_text(encoding="utf-8"))) if annotation.exists() else None
        body = text.index("\n\n") + 2
        for base, part in lines_and_sentences(text[body:], body):
            if lang == "ru":
                ends = [(base + t.start, base + t.stop) for t in tokenize(part.text)]
            else:
                ends = [(base + t.idx, base + t.idx + len(t)) for t in words(part.text) if not t.is_space]
            if not 2 <= len(ends) <= 90:
                continue
            sentence = {
                "set": f"{lang}_corpus", "id": f"{name}-{base}", "document": name, "lang": lang,
                "form": [text[a:b] for a, b in ends], "space": [True] + [b[0] > a[1] for a, b in zip(ends, ends[1:])],
            }  # fmt: skip
            if marks is not None:
                outer = outermost(marks)
                sentence["corpus"] = bio(ends, outer)
                sentence["corpus_inner"] = bio(ends, outermost([m for m in marks if m not in outer]))
            sentences.append(sentence)
    return sentences


def named_in_corpus(annotation: dict) -> list[tuple[int, int, str]]:
    """A mention that is called a name for a capital letter somewhere ("Kazakh delegation") is of type "?": it may be one or not."""
    marks = []
    for mention in annotation["mentions"]:
        if mention["kind"] == "name" and mention["class"] in names.CORPUS:
            head = mention["text"][mention["head"][0] - mention["start"] :]
            low = not (head[:1].isupper() or head[:1].isdigit()) or mention["class"] in ("Event", "Instrument", "Initiative") and len(mention["text"].split()) == 1
            marks.append((mention["start"], mention["end"], "?" if low else mention["class"]))
    return marks


def lines_and_sentences(text: str, base: int = 0):
    for line in text.split("\n"):
        for part in sentenize(line):
            yield base + part.start, part
        base += len(line) + 1


def named(text: str, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """NEREL marks "киргизских" as a country and any common "выборы" as an event: we do not."""
    surface = text[start:end]
    if kind == "COUNTRY" and surface[:1].islower():
        return start, end, "NAT"
    if kind == "EVENT" and not any(c.isupper() for c in surface):
        return None
    return start, end, kind


def bare_office(text: str, mark: tuple[int, int, str], marks: list) -> tuple[int, int, str]:
    """"министр иностранных дел России" is an office and a state side by side, as "minister of Chad" in English."""
    start, end, kind = mark
    if kind == "OFFICE":
        inside = [a for a, b, k in marks if start < a and b <= end and k not in ("OFFICE", "NAT", "DATE")]
        if inside and text[start : min(inside)].strip():
            end = start + len(text[start : min(inside)].rstrip())
    return start, end, kind


def outermost(marks: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept, last = [], -1
    for mark in sorted(marks, key=lambda m: (m[0], -m[1], m[2])):
        if mark[0] >= last:
            kept.append(mark)
            last = mark[1]
    return kept


def bio(ends: list[tuple[int, int]], marks: list[tuple[int, int, str]]) -> list[str]:
    row = ["O"] * len(ends)
    for start, end, kind in marks:
        part = "B"
        for i, (a, b) in enumerate(ends):
            if a < end and b > start:
                row[i], part = f"{part}-{kind}", "I"
    return row


GLUED_BEFORE = set(".,;:!?%)]}»”’…") | {"'s", "n't", "'re", "'ve", "'ll", "'d", "'m", "''"}
GLUED_AFTER = set("([{«“‘") | {"``"}


def spacing(form: list[str]) -> list[bool]:
    """White space before each word, for sets that lost it."""
    row, quoted = [], False
    for i, word in enumerate(form):
        before = form[i - 1] if i else ""
        closes = word == '"' and quoted
        opened = before == '"' and quoted
        row.append(i == 0 or not (word in GLUED_BEFORE or before in GLUED_AFTER or closes or opened))
        if word == '"':
            quoted = not quoted
    return row


def write(path: Path, sentences: list[dict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for sentence in sentences:
            file.write(json.dumps(sentence, ensure_ascii=False) + "\n")


def load(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


if __name__ == "__main__":
    main()
