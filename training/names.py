"""The one set of name types, and how each data set's own types are read into it.

A word's target is the set of tags that its data set allows, written `B-CITY|B-LOC`. A set that
does not annotate offices allows `O` and office tags alike: it teaches nothing about offices. The loss
is the log-probability of the allowed tags together.
"""

TYPES = ["PER", "ORG", "COUNTRY", "CITY", "LOC", "EVENT", "LAW", "OFFICE", "NAT", "DATE", "PRODUCT"]
TAGS = ["O"] + [f"{part}-{kind}" for kind in TYPES for part in "BI"]

NEREL = {
    "PERSON": "PER", "ORGANIZATION": "ORG", "COUNTRY": "COUNTRY", "CITY": "CITY",
    "STATE_OR_PROVINCE": "CITY", "DISTRICT": "CITY", "LOCATION": "LOC", "FACILITY": "LOC",
    "EVENT": "EVENT", "LAW": "LAW", "PROFESSION": "OFFICE", "NATIONALITY": "NAT", "DATE": "DATE",
    "WORK_OF_ART": "PRODUCT", "PRODUCT": "PRODUCT",
}  # fmt: skip
SPACY = {
    "PERSON": ["PER"], "ORG": ["ORG"], "GPE": ["COUNTRY", "CITY"], "LOC": ["LOC"], "FAC": ["LOC"],
    "NORP": ["NAT"], "EVENT": ["EVENT"], "LAW": ["LAW"], "DATE": ["DATE"],
    "PRODUCT": ["PRODUCT"], "WORK_OF_ART": ["PRODUCT"],
}  # fmt: skip
UNER = {"PER": ["PER"], "ORG": ["ORG"], "LOC": ["COUNTRY", "CITY", "LOC"]}
CROSSNER = {
    "politician": ["PER"], "person": ["PER"], "organisation": ["ORG"], "politicalparty": ["ORG"],
    "country": ["COUNTRY"], "location": ["CITY", "LOC"], "event": ["EVENT"], "election": ["EVENT"],
    "misc": ["NAT", "LAW", "PRODUCT", "OFFICE", "EVENT"],
}  # fmt: skip

# The project's own corpus; a capital may stand for its state.
CORPUS = {
    "Person": ["PER"], "Organization": ["ORG"], "Country": ["COUNTRY", "CITY", "NAT"], "Place": ["CITY", "LOC", "COUNTRY"],
    "Event": ["EVENT"], "Instrument": ["LAW"], "Initiative": ["EVENT", "LAW", "PRODUCT", "ORG"],
}  # fmt: skip


def outside(unknown: list[str]) -> str:
    """The target of a word outside names, where some types are not annotated."""
    return "|".join(["O"] + [f"{part}-{kind}" for kind in unknown for part in "BI"])


def tags(part: str, kinds: list[str]) -> str:
    return "|".join(f"{part}-{kind}" for kind in kinds)


def spans(tag_row: list[str]) -> list[tuple[int, int, str]]:
    """Names as (first, end, type) of a row of single BIO tags."""
    found, start, kind = [], None, None
    for i, tag in enumerate([*tag_row, "O"]):
        if start is not None and tag != f"I-{kind}":
            found.append((start, i, kind))
            start = None
        if tag != "O" and start is None:
            start, kind = i, tag[2:]
    return found
