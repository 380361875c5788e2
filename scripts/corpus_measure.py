"""Annotations checked, counted, compared and turned into the gold format.

Input: the JSON objects of corpus/annotations. Output: troubles, tables, gold files.
Limitation: agreement aligns the two annotators' clusters by shared mention spans, so a cluster with no span in common counts as two.
"""
import collections, hashlib, re

import corpus_marks as M
import corpus_plan as P


# ---- validation ----
def schema_troubles(value, schema, root, at="$"):
    """The part of JSON Schema that corpus/schema.json uses."""
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]]
    if "anyOf" in schema:
        tries = [list(schema_troubles(value, s, root, at)) for s in schema["anyOf"]]
        if all(tries):
            yield from min(tries, key=len)
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is none of {schema['enum']}"
    kinds = schema.get("type")
    kinds = [kinds] if isinstance(kinds, str) else kinds
    python = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int}
    if kinds and not any(isinstance(value, python[k]) and not (k == "integer" and isinstance(value, bool)) for k in kinds):
        yield f"{at}: not {' or '.join(kinds)}: {value!r}"
        return
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not fit {schema['pattern']}"
    if isinstance(value, dict):
        for key in schema.get("required", []):
            if key not in value:
                yield f"{at}: no {key}"
        for key, inner in value.items():
            if key in schema.get("properties", {}):
                yield from schema_troubles(inner, schema["properties"][key], root, f"{at}.{key}")
            elif schema.get("additionalProperties") is False:
                yield f"{at}: unknown {key}"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield f"{at}: too short"
        for i, inner in enumerate(value):
            yield from schema_troubles(inner, schema.get("items", {}), root, f"{at}[{i}]")


def text_troubles(ident, text, row):
    """What is wrong with an article's file, before anybody annotates it."""
    fields, start = M.header(text)
    if not fields:
        yield "the first line is not 'date YYYY-MM-DD'"
        return
    for want in ("title", "publisher", "note"):
        if want not in fields:
            yield f"no '{want}: …' line in the head"
    if "invented" not in fields.get("note", ""):
        yield "the note does not say that events and officials are invented"
    count = len(re.findall(r"\w+(?:[-’']\w+)*", text[start:]))
    if not 95 <= count <= 370:
        yield f"{count} words in the body, not 100 to 350"
    if "`" in text:
        yield "a backtick in the text"
    if text != text.replace("\t", " ") or re.search(r"[\u0000-\u0009\u000b-\u001f\ufeff]", text):
        yield "a tab or control character in the text"
    letters = re.findall(r"[A-Za-zА-Яа-яЁё]", text[start:])
    share = sum(c > "\u0400" for c in letters) / max(1, len(letters))
    if (share > .5) != ("-ru-" in ident):
        yield "the language is not the one of its id"
    for m in re.finditer(r"\w*(?:[a-z][а-яё]|[а-яё][a-z])\w*", text, re.I):
        yield f"Latin and Cyrillic in one word: {m.group()!r}"
    if row and row["date"] != fields["date"]:
        yield f"date {fields['date']}, planned {row['date']}"


def troubles(doc, text, schema):
    """Schema, slices, references, domains."""
    found = list(schema_troubles(doc, schema, schema))
    yield from found
    if found:
        return
    mentions, clusters = {m["id"]: m for m in doc["mentions"]}, {c["id"]: c for c in doc["clusters"]}
    if len(mentions) != len(doc["mentions"]) or len(clusters) != len(doc["clusters"]) or len({c["key"] for c in doc["clusters"]}) != len(clusters):
        yield "an id or a key stands twice"
    for m in doc["mentions"]:
        if m["cluster"] not in clusters:
            yield f"{m['id']}: no cluster {m['cluster']}"
        elif clusters[m["cluster"]]["class"] != m["class"]:
            yield f"{m['id']}: class differs from its cluster's"
        if not m["start"] <= m["head"][0] < m["head"][1] <= m["end"]:
            yield f"{m['id']}: head outside the mention"
    last = -1
    for s in doc["sentences"]:
        if not last <= s["start"] < s["end"]:
            yield f"{s['id']}: sentences overlap or are empty"
        last = s["end"]
    seen = set()
    for k in doc["claims"]:
        subjects, objects, text_ok, dated = M.DOMAINS[k["relation"]]
        s, o = clusters.get(k["subject"]["cluster"]), k["object"]
        for node in (k["subject"], o, k["place"]):
            if node and "cluster" in node and (node["mention"] not in mentions or mentions[node["mention"]]["cluster"] != node["cluster"]):
                yield f"{k['id']}: mention {node['mention']} is not of {node['cluster']}"
        if s is None or s["class"] not in subjects:
            yield f"{k['id']}: {k['relation']} does not take this subject"
            continue
        if "cluster" in o:
            if o["cluster"] not in clusters or clusters[o["cluster"]]["class"] not in objects:
                yield f"{k['id']}: {k['relation']} does not take this object"
            if o["cluster"] == k["subject"]["cluster"]:
                yield f"{k['id']}: {k['relation']} of {s['key']} to itself"
        elif ("date" in o) != dated or not (dated or text_ok):
            yield f"{k['id']}: {k['relation']} does not take this object"
        if k["speaker"] and (k["speaker"] not in clusters or clusters[k["speaker"]]["class"] not in M.AGENT | {"Instrument", "Event"}):
            yield f"{k['id']}: the speaker is no agent"
        if k["cue"] is None and k["relation"] not in M.CUELESS:
            yield f"{k['id']}: {k['relation']} without a cue"
        key = (k["relation"], s["key"], o.get("cluster") or o["text"], k["status"], k["speaker"])
        if key in seen:
            yield f"{k['id']}: {k['relation']} {s['key']} stands twice"
        seen.add(key)
    if text is None:
        return
    if hashlib.sha256(text.encode()).hexdigest() != doc["text_sha256"]:
        yield "the text has changed since: compile again"
        return
    spans = [(m["id"], m) for m in doc["mentions"]]
    spans += [(k["id"], s) for k in doc["claims"] for s in (k["cue"], k["date"]) if s]
    for name, s in spans:
        if text[s["start"]:s["end"]] != s["text"]:
            yield f"{name}: {s['text']!r} is not at {s['start']}"
        if not any(t["start"] <= s["start"] and s["end"] <= t["end"] and t["kind"] != "furniture" for t in doc["sentences"]):
            yield f"{name}: {s['text']!r} is not inside one sentence"
    for k in doc["claims"]:
        if "spans" in k["object"] and " ".join(text[a:b] for a, b in k["object"]["spans"]) != k["object"]["text"]:
            yield f"{k['id']}: the object's text is not at its spans"


def across(docs):
    """One key, one class; the same name under two keys is said, for it may be a namesake."""
    classes, names = collections.defaultdict(dict), collections.defaultdict(set)
    for doc in docs:
        for c in doc["clusters"]:
            classes[c["key"]].setdefault(c["class"], doc["id"])
            if c["class"] in ("Person", "Organization", "Country", "Instrument"):
                kinds = {m["text"]: m["kind"] for m in doc["mentions"] if m["cluster"] == c["id"]}
                for name in c["names"]:
                    if kinds.get(name) == "name" and " " in name:
                        names[doc["language"], c["class"], name].add(c["key"])
    errors = [f"key {k} is {' and '.join(f'{c} in {d}' for c, d in sorted(v.items()))}" for k, v in sorted(classes.items()) if len(v) > 1]
    warnings = [f"{n[2]!r} is {' and '.join(sorted(k))}" for n, k in sorted(names.items()) if len(k) > 1]
    return errors, warnings


# ---- gold ----
def flat(text):
    return re.sub(r"\s+", " ", text).replace('"', "“").strip()


def gold(docs, reserved=()):
    """(entities, triples, status) lines of the gold format; a claim that is denied or hypothetical stands in the status file alone.

    `reserved`: key -> names of keys.tsv, so that a state seen only by its adjective still has its names."""
    names, classes = collections.defaultdict(dict), {}
    triples, status, languages = [], [], []
    for doc in docs:
        clusters = {c["id"]: c for c in doc["clusters"]}
        for c in doc["clusters"]:
            classes[c["key"]] = c["class"]
            kinds = {m["text"]: m["kind"] for m in doc["mentions"] if m["cluster"] == c["id"]}
            for name in c["names"]:
                names[c["key"]].setdefault(flat(name).replace("|", "/"), kinds.get(name, "name"))
        languages.append(f"# language {doc['id']} {doc['language']}")
        seen = {}
        for k in doc["claims"]:
            s, o = clusters[k["subject"]["cluster"]]["key"], k["object"]
            obj = clusters[o["cluster"]]["key"] if "cluster" in o else o["date"] if "date" in o else f'"{flat(o["text"])}"'
            if k["status"] != "asserted" or k["speaker"]:
                words = flat(k["cue"]["text"]) if k["cue"] else "-"
                status.append("\t".join([doc["id"], s, k["relation"], obj, k["status"], clusters[k["speaker"]]["key"] if k["speaker"] else "-", words]))
            if k["status"] in ("asserted", "planned"):
                pair = tuple(sorted((s, obj))) if k["relation"] in M.SYMMETRIC else (s, obj)
                where = seen.get((k["relation"], pair))
                if where is None:
                    seen[k["relation"], pair] = len(triples)
                    triples.append([doc["id"], s, k["relation"], obj, "opt" if k["optional"] else ""])
                elif not k["optional"]:
                    triples[where][4] = ""
    entities = []
    for key in sorted(classes):
        kept = [n for n, kind in names[key].items() if kind == "name"]
        if classes[key] in ("Event", "Instrument", "Topic", "Initiative"):
            kept += [n for n, kind in names[key].items() if kind == "nominal"]
        kept += [n for n in dict(reserved).get(key, []) if n not in kept]
        kept = kept or [n for n, kind in names[key].items() if kind == "nominal"] or [key.rpartition(".")[2].replace("-", " ")]
        entities.append(f"{key}\t{classes[key]}\t{' | '.join(kept)}")
    return (["# id\tclass\tnames", *entities], ["# doc\tsubject\trelation\tobject\topt", *languages, *("\t".join(t) for t in triples)],
            ["# doc\tsubject\trelation\tobject\tstatus\tspeaker\twords", *status])


def as_system(entities, triples):
    """The gold's required triples as lines of a system, for the back-check."""
    names = {e.split("\t")[0]: e.split("\t")[2].split(" | ") for e in entities[1:]}
    def node(ref):
        return {"value": ref.strip('"')} if re.match(r'"|\d', ref) else {"id": ref, "label": names[ref][0], "names": names[ref]}
    for line in triples:
        if not line.startswith("#"):
            doc, s, relation, o, opt = line.split("\t")
            if not opt:
                yield {"doc": doc, "subject": node(s), "predicate": relation, "object": node(o), "asserted": True}


# ---- agreement ----
STOP = set("the a an of in on for to and or at by with from as is are was were be been its their his her that this и в на о об по с к для из от что как его её их".split())


def content(text):
    out = set()
    for w in re.findall(r"[^\W_]+", text.casefold().replace("ё", "е")):
        if w not in STOP:
            out.add(w[:5] if w > "а" else w[:7].rstrip("s"))
    return out


def alike(a, b):
    x, y = content(a), content(b)
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= .6


def f1(tp, a, b):
    return 2 * tp / (a + b) if a + b else 1.0


def pair(a, b):
    """Clusters of A to those of B whose mentions overlap most often, one to one: how far a mention reaches is measured apart."""
    where = lambda d: {c["id"]: {(m["start"], m["end"]) for m in d["mentions"] if m["cluster"] == c["id"]} for c in d["clusters"]}
    left, right = where(a), where(b)
    keys = {c["id"]: c["key"] for d in (a,) for c in d["clusters"]}, {c["id"]: c["key"] for c in b["clusters"]}
    shared = lambda s, t: sum(p < y and x < q for p, q in s for x, y in t)
    ranked = sorted(((len(s & t), shared(s, t), keys[0][i] == keys[1][j], i, j) for i, s in left.items() for j, t in right.items() if shared(s, t)),
                    key=lambda r: (-r[0], -r[1], -r[2], r[3], r[4]))
    out, used = {}, set()
    for _, _, _, i, j in ranked:
        if i not in out and j not in used:
            out[i] = j
            used.add(j)
    return out


def agreement(pairs):
    """Counts over (A, B) annotations of the same articles, and what differs."""
    n, differ = collections.Counter(), []
    for a, b in pairs:
        to = pair(a, b)
        spans = lambda d: {(m["start"], m["end"]): m for m in d["mentions"]}
        left, right = spans(a), spans(b)
        n["mention", "tp"] += len(left.keys() & right.keys())
        n["mention", "a"] += len(left)
        n["mention", "b"] += len(right)
        links = lambda d: {(m["start"], x["start"]) for m in d["mentions"] for x in d["mentions"] if m["cluster"] == x["cluster"] and m["start"] < x["start"]}
        la, lb = links(a), links(b)
        n["cluster links", "tp"] += len(la & lb)
        n["cluster links", "a"] += len(la)
        n["cluster links", "b"] += len(lb)
        ka, kb = {c["id"]: c["key"] for c in a["clusters"]}, {c["id"]: c["key"] for c in b["clusters"]}
        n["corpus-wide key", "tp"] += sum(ka[i] == kb[j] for i, j in to.items())
        n["corpus-wide key", "a"] += len(to)
        n["corpus-wide key", "b"] += len(to)
        free = [k for k in b["claims"]]
        for k in b["claims"]:
            if not k["optional"]:
                n["relation " + k["relation"], "b"] += 1
        for k in a["claims"]:
            def same(x):
                if x["relation"] != k["relation"]:
                    return False
                def node(p, q):
                    if "cluster" in p and "cluster" in q:
                        return to.get(p["cluster"]) == q["cluster"]
                    if "date" in p or "date" in q:
                        return "date" in p and "date" in q and (p["date"].startswith(q["date"]) or q["date"].startswith(p["date"]))
                    words = lambda z, d: [z["text"]] if "text" in z else next(c["names"] for c in d["clusters"] if c["id"] == z["cluster"])
                    return any(alike(u, v) for u in words(p, a) for v in words(q, b))
                ways = [(x["subject"], x["object"])] + ([(x["object"], x["subject"])] if k["relation"] in M.SYMMETRIC else [])
                return any(node(k["subject"], s) and node(k["object"], o) for s, o in ways)
            hits = sorted((x for x in free if same(x)), key=lambda x: (x["optional"] != k["optional"], x["status"] != k["status"]))
            name = "relation " + k["relation"]
            if not hits:
                if not k["optional"]:
                    n[name, "a"] += 1
                    differ.append((a["id"], "only A", k))
                continue
            x = hits[0]
            free.remove(x)
            if k["optional"] or x["optional"]:                # neither rewarded nor punished
                n[name, "b"] -= not x["optional"]
                continue
            n[name, "tp"] += 1
            n[name, "a"] += 1
            for what in ("status", "speaker"):
                mine, theirs = (k[what], x[what]) if what == "status" else (to.get(k[what], k[what] and "?"), x[what])
                n[what, "tp"] += mine == theirs
                n[what, "a"] += 1
                n[what, "b"] += 1
                if mine != theirs:
                    differ.append((a["id"], f"{what} {k['status'] if what == 'status' else ka.get(k[what], '-')} / {x['status'] if what == 'status' else kb.get(x[what], '-')}", k))
        differ += [(a["id"], "only B", k) for k in free if not k["optional"]]
    for kind in ("tp", "a", "b"):
        n["claims, all", kind] = sum(v for (name, k), v in n.items() if k == kind and name.startswith("relation "))
    return n, differ


# ---- counts ----
def counts(rows, texts, docs):
    """Tables as (heading, [(name, en, ru, target or None)])."""
    done = [r for r in rows if r["article"] in texts]
    by = collections.defaultdict(collections.Counter)
    for column in ("split", "genre", "region", "topic"):
        tables = collections.Counter((r[column], r["language"]) for r in done)
        target = collections.Counter((r[column], r["language"]) for r in rows)
        yield f"articles by {column}", [(v, *(tables[v, l] for l in P.LANGUAGES), [target[v, l] for l in P.LANGUAGES]) for v in sorted({r[column] for r in rows})]
    target, have = collections.Counter(), collections.Counter()
    for pool, into in ((rows, target), (done, have)):
        for r in pool:
            for f in r["features"].split("; "):
                into[f, r["language"]] += 1
    yield "planned constructions in the articles written", [(f, *(have[f, l] for l in P.LANGUAGES), [target[f, l] for l in P.LANGUAGES]) for f in sorted({f for f, _ in target})]
    cues = collections.defaultdict(set)
    for doc in docs:
        for k in doc["claims"]:
            by["relation"][k["relation"], doc["language"]] += 1
            by["status"][k["status"], doc["language"]] += 1
            by["speaker"]["with a speaker" if k["speaker"] else "told by the outlet", doc["language"]] += 1
            if k["cue"]:
                cues[k["relation"], doc["language"]].add(k["cue"]["text"].casefold())
        for m in doc["mentions"]:
            by["class of mention"][m["class"], doc["language"]] += 1
            by["kind of mention"][m["kind"], doc["language"]] += 1
    yield "claims by relation", [(r, *(by["relation"][r, l] for l in P.LANGUAGES), [P.TARGET] * 2) for r in P.RELATIONS]
    yield "different cues by relation", [(r, *(len(cues[r, l]) for l in P.LANGUAGES), None) for r in P.RELATIONS]
    for what in ("status", "speaker", "class of mention", "kind of mention"):
        yield what, [(v, *(by[what][v, l] for l in P.LANGUAGES), None) for v in sorted({v for v, _ in by[what]})]
