"""Marks to stand-off annotation: what an annotator quotes from an article becomes code point offsets.

Input: corpus/texts/ID.txt and corpus/marks/ID.marks (form: corpus/ANNOTATING.md). Output: the object of corpus/schema.json.
Every string that is not found, or found more than once where one is meant, is reported with its line.
Limitation: heads of mentions are found by rule (family name; noun before the first preposition) unless marked with ^.
"""
import hashlib, pathlib, re

CLASSES = ("Person", "Organization", "Country", "Place", "Event", "Instrument", "Topic", "Initiative")
STATUSES = ("asserted", "planned", "denied", "hypothetical")
AGENT = {"Person", "Organization", "Country"}
ANY = set(CLASSES)
# relation: subject classes, object classes, whether a text may be the object, whether a date must be
DOMAINS = {
    "position": ({"Person"}, set(), True, False), "headOf": ({"Person"}, {"Organization", "Country"}, False, False),
    "represents": ({"Person"}, {"Organization", "Country"}, False, False), "memberOf": (AGENT, {"Organization"}, False, False),
    "partOf": ({"Organization", "Place", "Event"}, {"Organization", "Place", "Event", "Country"}, False, False),
    "locatedIn": ({"Organization", "Place", "Initiative"}, {"Place", "Country"}, False, False),
    "foundedOn": ({"Organization", "Initiative"}, set(), False, True), "established": (AGENT | {"Event"}, {"Organization", "Initiative"}, True, False),
    "tookPlaceIn": ({"Event"}, {"Place", "Country"}, False, False), "occurredOn": ({"Event"}, set(), False, True),
    "organized": (AGENT, {"Event"}, True, False), "participatedIn": (AGENT, {"Event"}, True, False),
    "metWith": (AGENT, AGENT, True, False), "visited": (AGENT, {"Place", "Country"}, True, False),
    "discussed": (AGENT | {"Event"}, ANY, True, False), "proposed": (AGENT | {"Event"}, ANY, True, False),
    "adopted": (AGENT | {"Event"}, {"Instrument", "Initiative", "Topic"}, True, False),
    "signed": (AGENT | {"Event"}, {"Instrument"}, True, False), "joined": (AGENT, {"Organization", "Event", "Instrument", "Initiative"}, True, False),
    "said": (AGENT | {"Event", "Instrument"}, {"Topic", "Event", "Instrument", "Initiative"}, True, False),
    "cooperatesWith": (AGENT, AGENT, True, False), "appointed": (AGENT | {"Event"}, {"Person"}, True, False),
    "dismissed": (AGENT | {"Event"}, {"Person"}, True, False), "aided": (AGENT, AGENT | {"Place"}, True, False),
    "attacked": (AGENT, AGENT | {"Place"}, True, False), "sanctioned": (AGENT, AGENT | {"Place"}, True, False),
    "threatened": (AGENT, AGENT | {"Place"}, True, False), "agreedOn": (AGENT | {"Event"}, {"Topic", "Instrument", "Event", "Initiative"}, True, False),
    **{r: (AGENT | {"Event", "Instrument"}, ANY, True, False) for r in ("supported", "praised", "criticized", "rejected", "calledFor")},
}
SYMMETRIC = {"metWith", "cooperatesWith"}
CUELESS = {"position", "headOf", "represents", "memberOf", "partOf", "locatedIn", "occurredOn", "tookPlaceIn"}
KEY = re.compile(r"[a-z][a-z0-9-]*(\.[a-z0-9-]+)?")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
PRONOUNS = set("""he she it they we i him her them us his its their our my who whom which whose himself herself itself themselves
он она оно они мы я его её ее ему ей им ими нас нам нами них нему ней нём нем неё него их наш наша наше наши нашу нашей нашего наших нашей
который которая которое которые которого которой которых которому которым которую свой своя своё свои себя себе собой""".split())
PREPOSITIONS = set("of for on in at to by from with and against between under between among with с со в во по на о об из для и при от к ко под между".split())
ABBREVIATIONS = set("""mr mrs ms dr st gen col lt maj capt sen rep gov prof no vs jan feb mar apr jun jul aug sep sept oct nov dec inc ltd
г гг в вв им т тт ул д стр рис млн млрд тыс руб долл проф акад ген п пп ст н э чел кв км м обл р с св см проч др""".split())
FURNITURE, TITLE, BODY = "furniture", "title", "body"


class Trouble(Exception):
    """What is wrong with a line of marks, in words."""


def text_path(root, ident):
    """Where an article lies: in the corpus, or, for the real Russian texts, beside the project."""
    if ident.startswith("nerel-"):
        for base in root.parents:
            path = base / "shared/ner/nerel/train" / (ident[6:] + ".txt")
            if path.exists():
                return path
        return None
    path = root / "texts" / (ident + ".txt")
    return path if path.exists() else None


def load(path):
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n")


def header(text):
    """Head fields, and where the body begins; a text without a head is all body."""
    if not re.match(r"date \d{4}-\d\d-\d\d\n", text):
        return {}, 0
    end = text.find("\n\n")
    end = len(text) if end < 0 else end
    fields = {"date": text[5:15]}
    for m in re.finditer(r"^(title|publisher|note): (.*)$", text[:end], re.M):
        fields[m[1]] = m[2]
        fields[m[1] + "_span"] = m.span(2)
    return fields, end


def sentences(text):
    """Spans of the title and of the sentences of the body: a line ends one, and so does . ! ? … before a capital."""
    fields, body = header(text)
    out = [(*fields["title_span"], TITLE)] if "title_span" in fields else []
    for line in re.finditer(r"[^\n]+", text[body:]):
        base, start, s = body + line.start(), 0, line.group()
        for m in re.finditer(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[—–-]*\s*[A-ZА-ЯЁÀ-Þ0-9])", s):
            word = re.search(r"(\w+)\W*$", s[start:m.start()] + " ")
            token = word[1] if word else ""
            if s[m.start()] == "." and (token.casefold() in ABBREVIATIONS or (len(token) == 1 and token.isalpha())
                                        or re.search(r"\b\w\.\w$", s[:m.start()])):
                continue
            out.append((base + start, base + m.start() + len(m.group().rstrip()), BODY))
            start = m.end()
        if s[start:].strip():
            out.append((base + start, base + len(s.rstrip()), BODY))
    return [(a + len(text[a:b]) - len(text[a:b].lstrip()), b, k) for a, b, k in out]


class Article:
    """A text with its sentences, in which quoted strings are looked up."""

    def __init__(self, ident, text):
        self.ident, self.text = ident, text
        self.language = "ru" if ident.startswith("nerel-") else ident.split("-")[1]
        self.sentences = sentences(text)
        self.refresh()

    def refresh(self):
        seen = bytearray(len(self.text))
        for a, b, kind in self.sentences:
            if kind != FURNITURE:
                seen[a:b] = b"\1" * (b - a)
        self.visible = "".join(c if s else "\n" for c, s in zip(self.text, seen))

    def pattern(self, quote):
        quote = quote.replace("^", "")
        def part(s):
            s = re.escape(s).replace(r"\*", r"\w{0,3}")
            s = re.sub(r"(?:\\\s|\s)+", r"\\s+", s)
            return s.replace(r"\s+\.\.\.\s+", r"\b.*?\b").replace(r"\s+…\s+", r"\b.*?\b")
        m = re.fullmatch(r"(.*?)\{(.+?)\}(.*)", quote, re.S)
        before, target, after = (m[1], m[2], m[3]) if m else ("", quote, "")
        edge = lambda s, i, mark: mark if s and (s[i].isalnum() or s[i] in "_*") else ""
        p = part(before) + edge(target, 0, r"(?<!\w)") + "(" + part(target) + ")" + edge(target, -1, r"(?!\w)") + part(after)
        return re.compile(p, re.S), bool(m)

    def find(self, quote, source=None):
        """All spans of a quoted string (the part in braces, where there is one)."""
        if not quote.strip():
            raise Trouble("empty quotation")
        pattern, _ = self.pattern(quote)
        hay, spans, at = self.visible if source is None else source, [], 0
        while m := pattern.search(hay, at):
            spans.append(m.span(1))
            at = m.start() + 1
        if " ... " in quote or " … " in quote:        # the shortest of those that end alike
            best = {}
            for a, b in spans:
                best[b] = max(a, best.get(b, -1))
            spans = sorted((a, b) for b, a in best.items())
        return spans

    def sentence_of(self, at):
        return next((i for i, (a, b, _) in enumerate(self.sentences) if a <= at < b), None)

    def context(self, span):
        a, b = span
        return (self.text[max(0, a - 25):a] + "[" + self.text[a:b] + "]" + self.text[b:b + 25]).replace("\n", " ")

    def choices(self, spans):
        return "; ".join(f"@{i} …{self.context(s)}…" for i, s in enumerate(spans, 1))


def head_of(text, cls, language, quote):
    if "^" in quote:
        word = re.search(r"\^(\w+(?:-\w+)*)", quote)
        at = text.find(word[1]) if word else -1
        if at >= 0:
            return at, at + len(word[1])
    found = [m.span() for m in re.finditer(r"\w+(?:[-’'.]\w+)*\.?", text)]
    if not found:
        return 0, len(text)
    words = [text[a:b] for a, b in found]
    stop = next((i for i, w in enumerate(words) if i and w.casefold() in PREPOSITIONS), len(words))
    pick = stop - 1
    if cls == "Person" and words[0][0].isupper():
        pick = len(words) - 1
    elif language == "ru":                                     # the first noun: adjectives stand before it, genitives after
        pick = next((i for i in range(stop) if not re.search(r"(ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ых|их|ую|юю|ыми|ими)$", words[i])), stop - 1)
    return found[pick]


def kind_of(mention, opens, others):
    """Name, nominal or pronoun; `opens`: it begins a sentence; `others`: the other strings of its cluster."""
    text, cls = mention["text"], mention["class"]
    if text.casefold() in PRONOUNS:
        return "pronoun"
    words = re.findall(r"\w+(?:[-’']\w+)*", text)
    capital = lambda w: any(c.isupper() or c.isdigit() for c in w)
    if cls == "Person":
        a, b = mention["head"]
        words = [text[a - mention["start"]:b - mention["start"]]]
        opens = opens and a == mention["start"]
    elif cls in ("Country", "Place") and capital(words[0]):
        return "name"
    if any(capital(w) for w in words[opens:]):
        return "name"
    # one capitalised word at the head of a sentence: a name if it is part of a longer name of the same thing
    known = any(w[:4] == words[0][:4] and len(o.split()) > 1 for o in others for w in o.split())
    return "name" if words and capital(words[0]) and known else "nominal"


def split_at(quote):
    m = re.fullmatch(r"(.*)@(\d+)", quote, re.S)
    return (m[1], int(m[2])) if m else (quote, None)


TOKEN = re.compile(r"(?:(\w+):)?((?:`[^`]*`(?:@\d+)?\+?)+)(?:=(\S+))?(?=\s|$)|(\S+)")


def tokens(rest):
    """(option name, quoted strings, value after =, bare word) of a claim line."""
    if rest.count("`") % 2:
        raise Trouble("a backtick is missing")
    for m in TOKEN.finditer(rest):
        if m[4] is not None:
            if "`" in m[4]:
                raise Trouble(f"cannot read {m[4]!r}: a quotation is option:`text`, parts are `a`+`b`, a date is `words`=2026-03-01")
            name, colon, value = m[4].partition(":")
            yield (name, [], value, None) if colon else (None, [], None, m[4])
        else:
            yield m[1], [q + at for q, at in re.findall(r"`([^`]*)`(@\d+)?", m[2])], m[3], None


class Compiler:
    """One marks file against its article. `errors` holds (line number, what)."""

    def __init__(self, article, marks, name="marks"):
        self.article, self.errors, self.warnings = article, [], []
        self.clusters, self.alias, self.claims, self.mentions = [], {}, [], []
        lines = [(n, l.rstrip()) for n, l in enumerate(marks.splitlines(), 1) if l.strip() and not l.lstrip().startswith("#")]
        for kind, action in (("FJB", self.layout), ("E", self.entity), (None, self.place_mentions), ("C", self.claim)):
            if kind is None:
                action()
                continue
            for number, line in lines:
                if line[0] in kind and line[1:2] == " ":
                    try:
                        action(number, line)
                    except Trouble as trouble:
                        self.errors.append((number, str(trouble)))
        for number, line in lines:
            if not re.match(r"[FJBEC] ", line):
                self.errors.append((number, f"a line begins with E, C, F, J, B or #, not {line[:12]!r}"))

    def layout(self, number, line):
        quote = line[2:].strip().strip("`")
        article = self.article
        spans = article.find(quote, article.text)
        if not spans:
            raise Trouble(f"not in the text: {quote!r}")
        (a, b), old = spans[0], article.sentences
        if line[0] == "F":
            for a, _ in spans:
                start = article.text.rfind("\n", 0, a) + 1
                end = article.text.find("\n", a)
                end = len(article.text) if end < 0 else end
                old = [s for s in old if not start <= s[0] < end] + [(start, end, FURNITURE)]
            article.sentences = sorted(old)
        elif line[0] == "J":
            touched = [s for s in old if s[0] < b and s[1] > a]
            article.sentences = sorted([s for s in old if s not in touched] + [(touched[0][0], touched[-1][1], touched[0][2])])
        else:
            i = article.sentence_of(a)
            s = old[i]
            left = article.text[s[0]:a].rstrip()
            article.sentences = sorted(old[:i] + old[i + 1:] + [(s[0], s[0] + len(left), s[2]), (a, s[1], s[2])])
        article.refresh()

    def entity(self, number, line):
        head, bar, names = line[2:].partition("|")
        parts = head.split()
        if not bar or len(parts) != 2:
            raise Trouble("an entity line is: E key Class | string | string …")
        alias, _, key = parts[0].rpartition("=")
        alias = alias or key
        cls = next((c for c in CLASSES if c.casefold() == parts[1].casefold() or (len(parts[1]) >= 2 and c.casefold().startswith(parts[1].casefold()))), None)
        if cls is None:
            raise Trouble(f"no class {parts[1]!r}; classes: {' '.join(CLASSES)}")
        if not KEY.fullmatch(key):
            raise Trouble(f"key {key!r}: small Latin letters, digits and hyphens, a letter first; eNNN.name for what belongs to the event")
        if alias in self.alias:
            raise Trouble(f"{alias!r} has a line already: put all its strings on one line")
        cluster = {"id": f"c{len(self.clusters) + 1}", "key": key, "class": cls, "spans": {}, "line": number, "ban": []}
        self.alias[alias] = cluster
        self.clusters.append(cluster)
        for name in (n.strip() for n in re.split(r"(?<!\\)\|", names)):
            name = name.replace(r"\|", "|")
            if not name:
                continue
            ban = name.startswith("~")
            quote, nth = split_at(name[1:] if ban else name)
            try:
                spans = self.article.find(quote)
            except Trouble as trouble:
                self.errors.append((number, str(trouble)))
                continue
            if not spans:
                self.errors.append((number, f"not in the text: {quote!r}"))
            elif nth and nth > len(spans):
                self.errors.append((number, f"{quote!r} stands there {len(spans)} times, not {nth}"))
            elif "{" in quote and not nth and len(spans) > 1 and not ban:
                self.errors.append((number, f"{quote!r} fits {len(spans)} places: {self.article.choices(spans)}"))
            elif not nth and "{" not in quote and not ban and quote.casefold() in PRONOUNS and len(spans) > 1:
                self.errors.append((number, f"pronoun {quote!r} stands there {len(spans)} times, say which: {self.article.choices(spans)}"))
            else:
                for i, span in enumerate(spans, 1):
                    if nth in (None, i):
                        if ban:
                            cluster["ban"].append(span)
                        else:
                            cluster["spans"].setdefault(span, (quote, bool(nth) or "{" in quote))

    def place_mentions(self):
        owner = {}
        for cluster in self.clusters:
            spans = {s: v for s, v in cluster["spans"].items() if s not in cluster["ban"]}
            for span, (quote, explicit) in sorted(spans.items()):
                inside = any(o != span and o[0] <= span[0] and span[1] <= o[1] for o in spans)
                if inside and not explicit:
                    continue
                other = owner.get(span)
                if other and other[2] == explicit:
                    self.errors.append((cluster["line"], f"{self.article.text[slice(*span)]!r} is a mention of {other[0]['key']} and of {cluster['key']}: "
                                        f"say which with @n or words{{string}}words: {self.article.context(span)}"))
                elif not other or explicit:
                    owner[span] = (cluster, quote, explicit)
        for n, (span, (cluster, quote, _)) in enumerate(sorted(owner.items(), key=lambda i: i[0]), 1):
            text = self.article.text[slice(*span)]
            a, b = head_of(text, cluster["class"], self.article.language, re.sub(r".*\{(.+?)\}.*", r"\1", quote))
            self.mentions.append({"id": f"m{n}", "start": span[0], "end": span[1], "text": text, "class": cluster["class"],
                                  "kind": "nominal", "head": [span[0] + a, span[0] + b], "cluster": cluster["id"]})
        starts = {s[0] for s in self.article.sentences}
        for m in self.mentions:
            others = [o["text"] for o in self.mentions if o["cluster"] == m["cluster"] and o["text"] != m["text"]]
            m["kind"] = kind_of(m, m["start"] in starts, others)
        have = {m["cluster"] for m in self.mentions}
        for cluster in self.clusters:
            if cluster["id"] not in have and cluster["spans"]:
                self.errors.append((cluster["line"], f"no mention of {cluster['key']} is left: its strings stand inside others or belong to others"))

    def cluster(self, alias):
        if alias in self.alias:
            return self.alias[alias]
        raise Trouble(f"no entity line for {alias!r}")

    def resolve(self, quotes, anchors, what):
        """Spans of the quotations, using the sentence of what is already sure where a string is not unique."""
        out = []
        for quote in quotes:
            quote, nth = split_at(quote)
            spans = self.article.find(quote)
            if not spans:
                raise Trouble(f"{what} is not in the text: {quote!r}")
            if nth:
                if nth > len(spans):
                    raise Trouble(f"{what} {quote!r} stands there {len(spans)} times, not {nth}")
                spans = [spans[nth - 1]]
            for places in anchors:
                near = [s for s in spans if self.article.sentence_of(s[0]) in places]
                if len(spans) > 1 and near:
                    spans = near
            if len(spans) > 1:
                raise Trouble(f"{what} {quote!r} fits {len(spans)} places, add @n or words{{string}}words: {self.article.choices(spans)}")
            out.append(spans[0])
        return out

    def places(self, cluster):
        return {self.article.sentence_of(m["start"]) for m in self.mentions if m["cluster"] == cluster["id"]}

    def nearest(self, cluster, anchor, avoid=(), quote=None):
        mine = [m for m in self.mentions if m["cluster"] == cluster["id"]]
        if quote:
            span = self.resolve(quote, [], "mention")[0]
            hit = next((m for m in mine if (m["start"], m["end"]) == span), None)
            if hit is None:
                raise Trouble(f"{quote[0]!r} is not a mention of {cluster['key']}")
            return hit["id"]
        if not mine:
            raise Trouble(f"{cluster['key']} has no mention")
        home = self.article.sentence_of(anchor[0])
        def cost(m):
            far = max(m["start"] - anchor[1], anchor[0] - m["end"], 0)
            return (m["id"] in avoid, self.article.sentence_of(m["start"]) != home, m["start"] > anchor[0] and self.article.sentence_of(m["start"]) != home,
                    far, m["start"])
        return min(mine, key=cost)["id"]

    def claim(self, number, line):
        plain, text, options, status, optional = [], None, {}, "asserted", False
        for name, quotes, value, word in tokens(line[2:]):
            if name in ("cue", "date", "place", "by", "s", "o", "note"):
                options[name] = (quotes, value)
            elif name is not None:
                raise Trouble(f"no option {name!r}; there are cue: date: place: by: s: o: note:")
            elif quotes:
                if text is not None:
                    raise Trouble("two text objects; a cue is written cue:`…`")
                text = (quotes, value)
            elif word == "opt":
                optional = True
            elif word in STATUSES or (len(word) == 1 and (full := [s for s in STATUSES if s[0] == word]) and len(plain) >= 2):
                status = word if word in STATUSES else full[0]
            else:
                plain.append(word)
        if len(plain) != (2 if text else 3):
            raise Trouble("a claim is: C relation subject object|`text` [status] [by:key] cue:`…` [date:`…`=2026-03-01] [place:key] [opt]")
        relation = plain[0]
        if relation not in DOMAINS:
            raise Trouble(f"no relation {relation!r}")
        subjects_ok, objects_ok, text_ok, dated = DOMAINS[relation]
        for subject in (self.cluster(a) for a in plain[1].split(",")):
            for obj in ([None] if text else [self.cluster(a) for a in plain[2].split(",")]):
                if subject["class"] not in subjects_ok:
                    raise Trouble(f"{relation} does not take {subject['class']} {subject['key']} as subject")
                if obj and obj["class"] not in objects_ok:
                    raise Trouble(f"{relation} does not take {obj['class']} {obj['key']} as object")
                if text and not (dated or text_ok):
                    raise Trouble(f"{relation} takes an entity, not a text")
                if dated and not (text and text[1] and DATE.fullmatch(text[1])):
                    raise Trouble(f"{relation} takes a date: `words of the text`=2026-03-01")
                self.claims.append(self.one(relation, subject, obj, text, options, status, optional, dated))

    def one(self, relation, subject, obj, text, options, status, optional, dated):
        both = self.places(subject) & self.places(obj) if obj else self.places(subject)
        spans = None
        if text and len(text[0]) == 1 and len(self.article.find(split_at(text[0][0])[0])) == 1:
            spans = self.resolve(text[0], [], "text")
        anchors = [{self.article.sentence_of(s[0]) for s in spans}] if spans else []
        cue = None
        if "cue" in options:
            cue = self.resolve(options["cue"][0], [*anchors, both], "cue")[0]
        if text and spans is None:
            spans = self.resolve(text[0], [{self.article.sentence_of(cue[0])}, both] if cue else [both], "text")
        if cue is None:
            if relation not in CUELESS:
                raise Trouble(f"{relation} needs cue:`the word that says so`")
            if relation == "position":
                cue = spans[0]
        anchor = cue or (spans[0] if spans else None)
        if anchor is None:                                     # structure without a word: the closest pair
            pairs = [(abs(a["start"] - b["start"]), (a["start"], a["end"])) for a in self.mentions if a["cluster"] == subject["id"]
                     for b in self.mentions if b["cluster"] == obj["id"] and a["id"] != b["id"]]
            if not pairs:
                raise Trouble(f"no mention of {subject['key']} or {obj['key']}")
            anchor = min(pairs)[1]
        first = self.nearest(subject, anchor, (), options["s"][0] if "s" in options else None)
        if obj:
            object_ = {"cluster": obj["id"], "mention": self.nearest(obj, anchor, (first,), options["o"][0] if "o" in options else None)}
        else:
            joined = " ".join(self.article.text[a:b] for a, b in spans)
            object_ = {"date": text[1], "text": joined, "spans": [list(s) for s in spans]} if dated else {"text": joined, "spans": [list(s) for s in spans]}
        out = {"id": f"k{len(self.claims) + 1}", "relation": relation, "cue": self.span(cue), "subject": {"cluster": subject["id"], "mention": first},
               "object": object_, "status": status, "speaker": None, "date": None, "place": None, "optional": optional}
        if "by" in options:
            out["speaker"] = self.cluster(options["by"][1])["id"]
        if "date" in options:
            quotes, value = options["date"]
            if not quotes or not value or not DATE.fullmatch(value):
                raise Trouble("a date is date:`words of the text`=2026-03-01")
            at = self.resolve(quotes, [{self.article.sentence_of(anchor[0])}], "date")[0]
            out["date"] = {**self.span(at), "value": value}
        if "place" in options:
            where = self.cluster(options["place"][1])
            out["place"] = {"cluster": where["id"], "mention": self.nearest(where, anchor)}
        return out

    def span(self, at):
        return {"start": at[0], "end": at[1], "text": self.article.text[slice(*at)]} if at else None

    def result(self):
        article = self.article
        fields, _ = header(article.text)
        names = {c["id"]: list(dict.fromkeys(m["text"] for m in self.mentions if m["cluster"] == c["id"])) for c in self.clusters}
        return {"id": article.ident, "language": article.language, "published": fields.get("date"),
                "text_sha256": hashlib.sha256(article.text.encode()).hexdigest(),
                "sentences": [{"id": f"s{i}", "start": a, "end": b, "kind": k} for i, (a, b, k) in enumerate(article.sentences, 1)],
                "mentions": self.mentions,
                "clusters": [{"id": c["id"], "key": c["key"], "class": c["class"], "names": names[c["id"]]} for c in self.clusters],
                "claims": self.claims}
