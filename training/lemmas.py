"""Lemmas as edit scripts `CASE PREFIX>NEW SUFFIX>NEW`, so that unseen words get lemmas too.

A script cuts letters at both ends and puts others there: `l0>|2>ить`. Case: `k` keeps the
form's letters, `l` lowers them, `t` gives a capital to the first, `u` raises all. Where form
and lemma share nothing the script is the lemma itself: `=идти`.
"""

import re
from functools import lru_cache

WOMANS = re.compile(r"(.+(?:[оеё]в|[иы]н))(?:а|у|ой|ою)$|(.+[сц]к)(?:ая|ую|ой|ою)$", re.IGNORECASE)
MANS = re.compile(r"(?:[оеё]в|[иы]н|[сц]кий|[сц]кой)$", re.IGNORECASE)


def of_woman(form: str, lemma: str, feats: str) -> str:
    """A woman's surname keeps its own nominative ("Захаровой": Захарова), where a dictionary gives the man's."""
    found = WOMANS.match(form) if "Gender=Fem" in feats and MANS.search(lemma) else None
    if not found:
        return lemma
    ending = "а" if found[1] else "ая"
    return (found[1] or found[2]) + (ending.upper() if form.isupper() else ending)


@lru_cache(maxsize=None)
def script(form: str, lemma: str) -> str:
    for case in "lktu":
        base, target = cased(form, case), lemma
        if case == "k":
            edit = edit_of(base, target)
        elif cased(lemma, case) == lemma:
            edit = edit_of(base.lower(), target.lower())
        else:
            continue
        if edit is not None and apply(form, case + edit) == lemma:
            return case + edit
    return "=" + lemma


def edit_of(form: str, lemma: str) -> str | None:
    shared = 0
    while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
        shared += 1
    if shared * 2 >= min(len(form), len(lemma)) or shared >= 3:
        return f"0>|{len(form) - shared}>{lemma[shared:]}"
    size, start, place = longest_common(form, lemma)
    if size < 2:
        return f"0>|{len(form) - shared}>{lemma[shared:]}" if shared else None
    return f"{start}>{lemma[:place]}|{len(form) - start - size}>{lemma[place + size:]}"


def longest_common(a: str, b: str) -> tuple[int, int, int]:
    best, previous = (0, 0, 0), [0] * (len(b) + 1)
    for i, x in enumerate(a, 1):
        current = [0] * (len(b) + 1)
        for j, y in enumerate(b, 1):
            if x == y:
                current[j] = previous[j - 1] + 1
                if current[j] > best[0]:
                    best = (current[j], i - current[j], j - current[j])
        previous = current
    return best


def cased(word: str, case: str) -> str:
    if case == "l":
        return word.lower()
    if case == "u":
        return word.upper()
    if case == "t":
        return word[:1].upper() + word[1:].lower()
    return word


def apply(form: str, script: str) -> str:
    """The lemma; a script that does not fit the form leaves the form as it is."""
    if script.startswith("="):
        return script[1:]
    case, (front, back) = script[0], script[1:].split("|")
    cut_front, put_front = front.split(">", 1)
    cut_back, put_back = back.split(">", 1)
    start, end = int(cut_front), int(cut_back)
    base = form if case == "k" else form.lower()
    if start + end > len(base):
        return form
    return cased(put_front + base[start : len(base) - end] + put_back, case)
