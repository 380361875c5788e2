"""CoNLL-U to plain sentences: words, the white space before them, and their annotation."""

import gzip
from pathlib import Path


def read(path: Path, name: str, lang: str) -> list[dict]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    document = ""
    sentences = []
    for block in blocks:
        rows, identifier, joined = [], "", {}
        for line in block.split("\n"):
            if line.startswith("# newdoc"):
                document = line.partition("=")[2].strip()
            elif line.startswith("# sent_id"):
                identifier = line.partition("=")[2].strip()
            columns = line.split("\t")
            if len(columns) != 10 or "." in columns[0]:
                continue
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                joined.update({i: True for i in range(first, last)})
                joined[last] = "SpaceAfter=No" in columns[9]
            else:
                rows.append(columns)
        heads = [int(row[6]) if row[6].isdigit() else -1 for row in rows]
        if not rows or not is_tree(heads):
            continue
        glued = [joined.get(i, "SpaceAfter=No" in row[9]) for i, row in enumerate(rows, 1)]
        sentences.append({
            "set": name,
            "id": identifier,
            "document": document,
            "lang": lang,
            "form": [row[1] for row in rows],
            "space": [True] + [not g for g in glued[:-1]],
            "lemma": [row[2] for row in rows],
            "upos": [row[3] for row in rows],
            "feats": [row[5] for row in rows],
            "head": heads,
            "rel": [row[7] for row in rows],
        })
    return sentences


def is_tree(heads: list[int]) -> bool:
    """One root, every head inside the sentence, no cycle."""
    if sum(head == 0 for head in heads) != 1 or any(not 0 <= h <= len(heads) for h in heads):
        return False
    for word in range(1, len(heads) + 1):
        steps = 0
        while word and steps <= len(heads):
            word, steps = heads[word - 1], steps + 1
        if word:
            return False
    return True
