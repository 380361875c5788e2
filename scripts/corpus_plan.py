"""The plan of the corpus: which article is written, by what manner, with which relations and constructions.

Input: corpus/events.txt, hand-written. Output: corpus/plan.tsv, one row an article, and packets for writers and annotators.
The same ingredients give the same plan, byte for byte. Limitation: a relation is asked for, not proved; `counts` measures the texts.
"""
import collections, csv, datetime, hashlib, random

LANGUAGES = ("en", "ru")
COLUMNS = ("event article split language genre region topic event_date date words outlet line dispute cast bodies "
           "relations features").split()
REGIONS = {"CA": "Central Asia", "CC": "Caucasus", "EE": "Eastern Europe", "WE": "Western Europe", "BK": "Balkans",
           "ME": "Middle East", "NA": "North Africa", "AF": "Sub-Saharan Africa", "SA": "South Asia", "SE": "South-East Asia",
           "EA": "East Asia", "NO": "North America", "LA": "Latin America", "PA": "Pacific", "GL": "global"}
CODES = dict(pair.split(":") for pair in """po:position he:headOf re:represents mb:memberOf me:memberOf pa:partOf lo:locatedIn
fo:foundedOn es:established tp:tookPlaceIn oc:occurredOn or:organized pi:participatedIn mw:metWith vi:visited ds:discussed
pr:proposed ad:adopted sg:signed jo:joined sa:said su:supported pz:praised cr:criticized rj:rejected cf:calledFor ag:agreedOn
co:cooperatesWith ap:appointed di:dismissed ai:aided sn:sanctioned th:threatened at:attacked""".split())
RELATIONS = tuple(dict.fromkeys(CODES.values()))
TARGET = 60            # a relation and language, over the corpus
SLACK = 80             # what the plan asks for
LAST_DRAWN = "e113"    # the events after it were added to a corpus already annotated
FORCEFUL = {"attacked", "sanctioned", "threatened"}
SOFT_TOPICS = {"culture", "sport", "space", "climate", "health"}
# genre: (words, share, manners it may have)
GENRES = {
    "wire": ("180-260", 5), "ministry press release": ("160-260", 3), "embassy page": ("130-220", 2),
    "summit communique": ("220-340", 2), "readout of a call or meeting": ("110-190", 2), "op-ed": ("260-350", 2),
    "analysis": ("270-350", 3), "interview": ("250-350", 2), "spokesperson's briefing": ("200-330", 3),
    "news in brief": ("100-140", 3), "translated-sounding English": ("170-270", 2), "bureaucratic Russian": ("170-280", 2),
    "live-blog lines": ("160-280", 2), "headlines only": ("100-140", 1), "scraped page with furniture": ("170-290", 3),
    "local newspaper": ("190-300", 2), "explainer": ("220-330", 1), "speech at a session": ("220-330", 1),
}
OUTLETS = ("neutral international agency", "state agency on the side of {0}", "state agency on the side of {1}",
           "independent site sceptical of every official", "business daily", "regional daily close to the place of the event",
           "outlet of a third country, looking from outside", "research institute's page", "rights or aid organisation's news page",
           "popular paper, short and vivid")
OFFICIAL = ("ministry press release", "embassy page", "summit communique", "readout of a call or meeting", "spokesperson's briefing", "speech at a session")
OFFICIAL_OUTLETS = ("ministry's own page, side of {0}", "ministry's own page, side of {1}", "embassy's own page, side of {0}",
                    "embassy's own page, side of {1}", "press service of the international body or host", "government page of a third state that takes part")
FEATURES = """denial|plan for the future|condition or wish (if, could, would)|hearsay (reportedly, sources say)|said to be untrue by the other side
correction of an earlier report|namesakes: a second person of the same family name|official who changed office (former, newly appointed)
acronym introduced, then used|demonym or "the X side" as actor|capital or seat as metonym (Moscow, the Kremlin, Brussels)|passive
nominalisation (the signing of, визит, осуждение)|inverted quotation (said X, заявил X)|quotation of several sentences|quotation in the middle broken by attribution
dateline|furniture lines|relative date (on Tuesday, two weeks ago)|date range|list of actors distributed (X, Y and Z signed)|pronoun chain over sentences
office alone standing for the person|control verb (promised to, refused to)|light verb (hold talks, дать оценку)|participle or gerund clause|relative clause
noun-phrase speech (expressed concern over)|according to X|question or "whether"|appointment formula (named as, сменил на посту)
background with dates of founding|non-finite headline with a metonym|parenthesis or apposition|reported threat|vote with numbers|nested attribution (X quoted Y as saying)
second-mention description (the Norwegian, the veteran diplomat)|abbreviated office (FM, PM, МИД, и. о.)|both sides, the parties""".replace("\n", "|").split("|")


def ident(text):
    return hashlib.sha256(text.encode()).hexdigest()


def events(path):
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        parts = line.split(" | ")
        if len(parts) not in (8, 9):
            raise SystemExit(f"{path.name}:{number}: {len(parts)} fields, not 8 or 9")
        date, region, topic, codes, happens, cast, bodies, dispute = parts[:8]
        rows.append({"event": f"e{len(rows) + 1:03}", "date": datetime.date.fromisoformat(date), "region": REGIONS[region],
                     "topic": topic, "relations": [CODES[c] for c in codes.split()], "line": happens, "cast": cast,
                     "bodies": "" if bodies == "-" else bodies, "dispute": "" if dispute == "-" else dispute,
                     "given": parts[8] if len(parts) == 9 else ""})
    return rows


def given(row):
    """The articles of an event added after the drawing, out of its ninth field; nothing about them but constructions is drawn."""
    where, *tellings = row["given"].split("; ")
    for telling in tellings:
        name, genre, lag, codes, outlet = telling.split(", ", 4)
        counts = (code.partition("×") for code in codes.split())
        yield {**row, "article": f"{row['event']}-{name}", "language": name[:2], "split": where, "genre": genre, "outlet": outlet,
               "event_date": row["date"].isoformat(), "date": (row["date"] + datetime.timedelta(int(lag))).isoformat(),
               "words": GENRES[genre][0], "tellings": len(tellings),
               "wanted": collections.Counter({CODES[code]: int(n or 1) for code, _, n in counts})}


def sizes(count, rng):
    """How many articles tell an event: 14 once, 25 twice, 20 four times, the rest three times (306 over the 113 events drawn)."""
    row = [1] * 14 + [2] * 25 + [4] * 20
    row += [3] * (count - len(row))
    rng.shuffle(row)
    return row


def least(options, used, rng):
    low = min(used[o] for o in options)
    return rng.choice([o for o in options if used[o] == low])


def plan(rows):
    rng = random.Random(20261121)
    out, used_genre, used_outlet = [], collections.Counter(), collections.Counter()
    odd = single = 0
    drawn = [row for row in rows if not row["given"]]
    for row, size in zip(drawn, sizes(len(drawn), rng)):
        if size == 1:
            languages, single = [LANGUAGES[single % 2]], single + 1
        else:
            languages = [LANGUAGES[i % 2] for i in range(size)]
            if size == 3:
                languages, odd = (languages if odd % 2 == 0 else ["ru", "en", "ru"]), odd + 1
        lead = [c.split("=")[0] for c in row["cast"].split("; ")]
        taken_genres, taken_outlets = set(), set()
        for index, language in enumerate(languages):
            other = "bureaucratic Russian" if language == "en" else "translated-sounding English"
            fit = [g for g in GENRES if g != other and g not in taken_genres
                   and (g != "summit communique" or {"adopted", "organized", "participatedIn"} & set(row["relations"]))
                   and (g != "readout of a call or meeting" or {"metWith", "agreedOn"} & set(row["relations"]))]
            genre = min(fit, key=lambda g: (used_genre[language, g] / GENRES[g][1], rng.random()))
            used_genre[language, genre] += 1
            taken_genres.add(genre)
            manner = least([o for o in (OFFICIAL_OUTLETS if genre in OFFICIAL else OUTLETS) if o not in taken_outlets], used_outlet, rng)
            used_outlet[manner] += 1
            taken_outlets.add(manner)
            lag = rng.choice([0, 0, 0, 1, 1, 2, 3]) if index else rng.choice([0, 0, 1])
            out.append({**row, "article": f"{row['event']}-{language}-{'abcd'[index]}", "language": language, "genre": genre,
                        "event_date": row["date"].isoformat(), "date": (row["date"] + datetime.timedelta(lag)).isoformat(),
                        "words": GENRES[genre][0], "outlet": manner.format(lead[0], lead[1] if len(lead) > 1 else lead[0]),
                        "tellings": size})
    split(out)
    ask(out, rng)
    out += [article for row in rows if row["given"] for article in given(row)]
    mark(out, rng)                                         # last, so that an added event changes no row above its own
    return out


def split(out):
    """By event, about 70/10/20 of the articles, and every region spread over the three as far as it goes."""
    share, done, regional = {"train": .7, "dev": .1, "test": .2}, collections.Counter(), collections.Counter()
    counts = collections.Counter(a["event"] for a in out)
    place = {}
    for event, region in sorted({(a["event"], a["region"]) for a in out}, key=lambda e: (e[1], ident(e[0]))):
        total, local = sum(done.values()) + counts[event], sum(v for (r, _), v in regional.items() if r == region) + counts[event]
        best = max(share, key=lambda s: 2 * (share[s] * total - done[s]) + share[s] * local - regional[region, s])
        done[best] += counts[event]
        regional[region, best] += counts[event]
        place[event] = best
    for article in out:
        article["split"] = place[article["event"]]


def ask(out, rng):
    """What an article must express: what the event is about, then whatever the language has least of."""
    for language in LANGUAGES:
        mine, total = [a for a in out if a["language"] == language], collections.Counter()
        for index, a in enumerate(mine):
            core = ["said", "said", "position", ("headOf", "represents")[index % 2], ("tookPlaceIn", "occurredOn")[index // 2 % 2]]
            a["wanted"] = collections.Counter(core + list(dict.fromkeys(a["relations"])))
            total += a["wanted"]
        order = {a["article"]: rng.random() for a in mine}
        while (rel := min(RELATIONS, key=lambda r: (total[r], r))) and total[rel] < SLACK:
            fit = [a for a in mine if rel not in FORCEFUL or a["topic"] not in SOFT_TOPICS
                   and (rel != "attacked" or a["topic"] != "trade")]
            best = min(fit, key=lambda a: (a["wanted"][rel] + (0 if rel in a["relations"] else 1 if rel in FORCEFUL else 0),
                                           sum(a["wanted"].values()) / int(a["words"].split("-")[1]), order[a["article"]]))
            best["wanted"][rel] += 1
            total[rel] += 1


def mark(out, rng):
    """Constructions and statuses, evenly; corrections and contradictions only where the tellings disagree."""
    used = collections.Counter()
    for a in out:
        fixed = ["furniture lines"] if a["genre"] == "scraped page with furniture" else []
        if a["dispute"] and a["tellings"] > 1:
            fixed.append("contradiction between outlets")
        free = [f for f in FEATURES if f not in fixed and (a["dispute"] or f != "correction of an earlier report")
                and (f != "dateline" or a["genre"] in ("wire", "news in brief", "local newspaper", "bureaucratic Russian", "translated-sounding English"))]
        while len(fixed) < (5 if a["words"].startswith(("10", "11")) else 7):
            pick = least([f for f in free if f not in fixed], collections.Counter({f: used[a["language"], f] for f in free}), rng)
            used[a["language"], pick] += 1
            fixed.append(pick)
        a["features"] = fixed


def write(out, path):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(COLUMNS)
        for a in out:
            row = {**a, "features": "; ".join(a["features"]),
                   "relations": " ".join(f"{r}×{n}" if n > 1 else r for r, n in ((r, a["wanted"][r]) for r in RELATIONS) if n)}
            writer.writerow([str(row[c]) for c in COLUMNS])


def read(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    return [dict(zip(lines[0].split("\t"), line.split("\t"))) for line in lines[1:]]


def asked(row):
    """The relations cell as a counter."""
    pairs = (r.partition("×") for r in row["relations"].split())
    return collections.Counter({r: int(n or 1) for r, _, n in pairs})


def packets(rows, count):
    """Whole events, dealt out so that the packets have about as many articles of either language."""
    by_event = collections.defaultdict(list)
    for row in rows:
        by_event[row["event"]].append(row)
    out = [[] for _ in range(count)]
    for event in sorted(by_event, key=lambda e: (-len(by_event[e]), ident(e))):
        min(out, key=lambda p: (len(p), sum(r["topic"] == by_event[event][0]["topic"] for r in p))).extend(by_event[event])
    return [sorted(p, key=lambda r: r["article"]) for p in out]


def second_set(rows, count):
    """Articles annotated twice: whole events, drawn by hash, as many of each language as whole events allow; events added since take no part."""
    by_event, chosen = collections.defaultdict(list), []
    for row in rows:
        if row["event"] <= LAST_DRAWN:
            by_event[row["event"]].append(row)
    for event in sorted(by_event, key=lambda e: ident("second " + e)):
        if len(chosen) + len(by_event[event]) <= count:
            chosen += by_event[event]
    return chosen


def weekday(date):
    return datetime.date.fromisoformat(date).strftime("%A")


def writer_packet(rows):
    text, event = [], None
    for r in rows:
        if r["event"] != event:
            event = r["event"]
            text += ["", f"== EVENT {event} | {r['region']}, {r['topic']} | happened {r['event_date']} ({weekday(r['event_date'])})",
                     f"what: {r['line']}", f"cast: {r['cast']}", f"bodies and documents: {r['bodies'] or '-'}",
                     f"tellings disagree about: {r['dispute'] or '(nothing)'}"]
        text += ["", f"-- {r['article']} | {r['genre']} | {r['words']} words | date {r['date']} ({weekday(r['date'])})",
                 f"outlet: {r['outlet']}", f"express: {r['relations']}", f"use: {r['features']}"]
    return "\n".join(text).lstrip("\n") + "\n"
