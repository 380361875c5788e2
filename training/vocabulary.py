"""Stage `vocabulary`: cuts the encoder's 250,002 pieces to those of English and Russian, and collects the labels.

Kept: pieces of the training text and of the frequent words of both languages (package `wordfreq`), and every
single Latin, Cyrillic and Greek letter, digit, mark and symbol.

    python -m training.vocabulary   ->  WORK/tokenizer.json, WORK/labels.json, WORK/kept.json
"""

import json
import unicodedata
from collections import Counter

from tokenizers import Tokenizer, models, normalizers
from wordfreq import top_n_list

from . import lemmas, names
from .prepare import load
from .settings import MIX, WORK

SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
FEATURES = {
    "Case", "Number", "Gender", "Tense", "Voice", "VerbForm", "Aspect", "Animacy", "Person", "Polarity",
    "Mood", "Degree", "Variant",
}  # fmt: skip


def main() -> None:
    table = json.loads((WORK / "pieces.json").read_text(encoding="utf-8"))
    full = tokenizer(table["pieces"], table["scores"], table["unk"])
    sentences = [s for name in MIX for s in load(WORK / "train" / f"{name}.jsonl")]
    words = {("▁" if space else "") + form for s in sentences for form, space in zip(s["form"], s["space"])}
    for lang, size in (("en", 150_000), ("ru", 200_000)):
        for rank, word in enumerate(top_n_list(lang, size)):
            words.add("▁" + word)
            if rank < 60_000:
                words.add("▁" + word.capitalize())
            if lang == "en" and rank < 20_000:
                words.add("▁" + word.upper())
    kept = {piece for e in full.encode_batch(sorted(words), add_special_tokens=False) for piece in e.ids}
    kept |= {i for i, piece in enumerate(table["pieces"]) if single(piece)}
    special = [table[k] for k in ("bos", "pad", "eos", "unk")]
    order = special + sorted(kept - set(special))
    pieces, scores = [table["pieces"][i] for i in order], [table["scores"][i] for i in order]
    tokenizer(pieces, scores, 3).save(str(WORK / "tokenizer.json"), pretty=False)
    (WORK / "kept.json").write_text(json.dumps(order))

    count = {kind: Counter() for kind in ("upos", "feats", "rel", "lemma")}
    for s in sentences:
        if "head" in s:
            count["upos"].update(s["upos"])
            count["feats"].update(map(features, s["feats"]))
            count["rel"].update(s["rel"])
            count["lemma"].update(map(lemmas.script, s["form"], s["lemma"]))
    labels = {kind: frequent(counter, {"upos": 5, "feats": 3, "rel": 20, "lemma": 3}[kind]) for kind, counter in count.items()}
    labels["rel"] = sorted(set(labels["rel"]) | {r.split(":")[0] for r in count["rel"] if r.split(":")[0] in labels["rel"]})
    labels["names"] = names.TAGS
    (WORK / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=1), encoding="utf-8")
    print(f"{len(order)} pieces;", ", ".join(f"{len(v)} {k}" for k, v in labels.items()))


def tokenizer(pieces: list[str], scores: list[float], unknown: int) -> Tokenizer:
    made = Tokenizer(models.Unigram(list(zip(pieces, scores)), unk_id=unknown, byte_fallback=False))
    made.normalizer = normalizers.NFKC()
    return made


def single(piece: str) -> bool:
    letter = piece.removeprefix("▁") or piece
    if len(letter) != 1:
        return False
    name = unicodedata.name(letter, "")
    symbol = unicodedata.category(letter)[0] in "PSNZM" and (ord(letter) < 0x3000 or ord(letter) > 0x1F000)
    return name.startswith(SCRIPTS) or symbol


def features(joined: str) -> str:
    """The features that extraction uses, in their order."""
    return "|".join(f for f in joined.split("|") if f.partition("=")[0] in FEATURES) or "_"


def frequent(counter: Counter, least: int) -> list[str]:
    return sorted((k for k, c in counter.items() if c >= least), key=lambda k: (-counter[k], k))


if __name__ == "__main__":
    main()
