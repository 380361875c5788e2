"""FactRuEval-2016, development part: Russian news, never trained on; read for scores of names.

Its guidelines differ from ours, so this is how they are mapped:

- Person: an object's given name, patronymic, surname, nickname together. Place: `Location` and `LocOrg`, found as country, city or
  other place. Organisation: `Org`.
- A name found is right if it has the type, covers the object's proper part (`org_name`, `loc_name`; for bodies without one, like
  "правительство Эритреи", their descriptor) and reaches no farther than all its marks (descriptors, places, adjectives) and quotes.
- Objects without any proper name ("театр", "подмосковный") are asked of nobody and count against nobody.
- FactRuEval's names stand in one another ("мэрия Москвы" is a body and holds a place), ours have two layers: both are scored.
"""

from collections import Counter
from pathlib import Path

PERSON = {"name", "surname", "patronymic", "nickname"}
KINDS = {"Person": "PER", "Location": "LOC", "LocOrg": "LOC", "Org": "ORG"}
QUOTES = set("«»\"“”„()'")


def read(folder: Path) -> list[dict]:
    """Sentences of gold words, each with `objects`: (type, proper part, all of it, asked) in words, half-open."""
    sentences = []
    for path in sorted(folder.glob("*.tokens")):
        words, starts = [[]], []
        for line in path.read_text(encoding="utf-8").splitlines():
            fields = line.split(" ", 3)
            if len(fields) == 4:
                words[-1].append((int(fields[1]), int(fields[1]) + int(fields[2]), fields[3]))
            elif words[-1]:
                words.append([])
        objects = objects_of(path)
        for row in filter(None, words):
            starts = [a for a, _, _ in row]
            inside = []
            for kind, proper, whole, asked in objects:
                if starts[0] <= proper[0] < row[-1][1]:
                    places = [tuple(w for w, (a, b, _) in enumerate(row) if a < end and b > start) for start, end in (proper, whole)]
                    if all(places):
                        inside.append((kind, (places[0][0], places[0][-1] + 1), (places[1][0], places[1][-1] + 1), asked))
            form = [f for _, _, f in row]
            space = [True] + [b[0] > a[1] for a, b in zip(row, row[1:])]
            sentences.append({"set": "factrueval", "lang": "ru", "document": path.stem, "form": form, "space": space, "objects": sorted(set(inside))})
    return sentences


def objects_of(path: Path) -> list[tuple[str, tuple[int, int], tuple[int, int], bool]]:
    spans, objects = {}, []
    for line in path.with_suffix(".spans").read_text(encoding="utf-8").splitlines():
        fields = line.split()
        if len(fields) > 3:
            spans.setdefault(fields[0], []).append((fields[1], int(fields[2]), int(fields[2]) + int(fields[3])))
    for line in path.with_suffix(".objects").read_text(encoding="utf-8").splitlines():
        fields = line.partition("#")[0].split()
        kind = KINDS.get(fields[1]) if len(fields) > 2 else None
        marks = [mark for number in fields[2:] for mark in spans.get(number, [])]
        if not kind or not marks:
            continue
        wanted = {"PER": PERSON, "LOC": {"loc_name"}, "ORG": {"org_name"}}[kind]
        proper = [m for m in marks if m[0] in wanted] or [m for m in marks if m[0] == "org_name"]
        asked = bool(proper)
        if kind == "ORG" and not proper:
            proper = [m for m in marks if m[0] == "org_descr"][:1]
            asked = bool(proper) and any(m[0] == "loc_name" for m in marks)
        if kind == "PER":  # a monument to a person is a place, its name the person's
            marks = proper or marks
        proper = proper or marks
        extent = lambda row: (min(a for _, a, _ in row), max(b for _, _, b in row))  # noqa: E731
        objects.append((kind, extent(proper), extent(marks), asked))
    return objects


def scores(sentences: list[dict], found: list[list[tuple[int, int, str]]]) -> dict:
    """F1 by type; `found` are spans of PER, ORG and LOC, each once."""
    count = {kind: [0, 0, 0] for kind in ("PER", "ORG", "LOC", "all")}
    for sentence, spans in zip(sentences, found):
        form, taken, hits, said = sentence["form"], set(), Counter(), Counter()
        for start, end, kind in sorted(set(spans)):
            fits = [i for i, o in enumerate(sentence["objects"]) if o[0] == kind and right(form, (start, end), o) and i not in taken]
            fits.sort(key=lambda i: (not sentence["objects"][i][3], abs(sentence["objects"][i][1][1] - end)))
            if fits:
                taken.add(fits[0])
                if not sentence["objects"][fits[0]][3]:
                    continue
                hits[kind] += 1
            elif any(not o[3] and o[0] == kind and o[2][0] < end and start < o[2][1] for o in sentence["objects"]):
                continue
            said[kind] += 1
        true = Counter(o[0] for o in sentence["objects"] if o[3])
        for kind in ("PER", "ORG", "LOC"):
            for name in (kind, "all"):
                for slot, value in enumerate((hits[kind], said[kind], true[kind])):
                    count[name][slot] += value
    return {kind: round(200 * hit / max(1, said + true), 2) for kind, (hit, said, true) in count.items()}


def right(form: list[str], span: tuple[int, int], wanted: tuple) -> bool:
    (start, end), (_, proper, whole, _) = span, wanted
    while start < end and form[start] in QUOTES and start < proper[0]:
        start += 1
    while end > start and form[end - 1] in QUOTES and end > proper[1]:
        end -= 1
    first, last = proper
    while first < last - 1 and form[first] in QUOTES:
        first += 1
    while last > first + 1 and form[last - 1] in QUOTES:
        last -= 1
    return whole[0] <= start <= first and last <= end <= whole[1]
