#!/usr/bin/env python3
"""The corpus from plan to gold. Standard library only.

  plan                         corpus/plan.tsv from corpus/events.txt (same input, same bytes)
  tasks WRITERS ANNOTATORS     packets for writers (their rows of the plan) and annotators (article ids alone) under --out
  check [ID…]                  are the articles' files in order (head, date, length, alphabet)?
  find ID 'STRING'             where a string stands, numbered as @1, @2 … of a marks file
  compile [ID…]                marks -> JSON; every string not found or not unique is reported with its line
  show ID                      the claims of an article, sentence by sentence, as compiled
  keys [WORD]                  corpus-wide keys in use or reserved, with their names
  validate                     every annotation against schema, text and guide
  to-gold OUT                  gold files (entities, triples, status); --back-check scores them against themselves
  counts                       by language, genre, region, topic, relation, status, construction, against the plan
  agreement A B                F1 between two annotation folders; --errors lists what differs
  selftest                     tests of this tool

Exit status: 0; 1 when something is wrong with the data; 2 for unusable arguments.
"""
import argparse, collections, json, pathlib, re, subprocess, sys, tempfile

import corpus_marks as M
import corpus_measure as Q
import corpus_plan as P

ROOT = pathlib.Path(__file__).resolve().parent.parent / "corpus"


def rows():
    return P.read(ROOT / "plan.tsv") if (ROOT / "plan.tsv").exists() else []


def documents(folder):
    folder = pathlib.Path(folder)
    if not folder.is_dir():
        sys.exit(f"no folder {folder}; compile first")
    return [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]


def reserved():
    """Rows of keys.tsv: key -> (class, names)."""
    lines = [l.split("\t") for l in (ROOT / "keys.tsv").read_text(encoding="utf-8").splitlines() if l and not l.startswith("#")]
    return {key: (cls, names.split(" | ")) for key, cls, names in lines}


def cmd_plan(_):
    out = P.plan(P.events(ROOT / "events.txt"))
    P.write(out, ROOT / "plan.tsv")
    print(f"{len(out)} articles of {len({a['event'] for a in out})} events")


def cmd_tasks(args):
    plan = rows()
    args.out.mkdir(parents=True, exist_ok=True)
    for n, packet in enumerate(P.packets(plan, args.writers), 1):
        (args.out / f"writer-{n:02}.txt").write_text(P.writer_packet(packet), encoding="utf-8")
    for n, packet in enumerate(P.packets(plan, args.annotators), 1):
        (args.out / f"annotator-{n:02}.txt").write_text("".join(r["article"] + "\n" for r in packet), encoding="utf-8")
    second = P.second_set(plan, 60)
    for n, packet in enumerate(P.packets(second, args.second), 1):
        (args.out / f"second-{n:02}.txt").write_text("".join(r["article"] + "\n" for r in packet), encoding="utf-8")
    print(f"{args.writers} writer, {args.annotators} annotator, {args.second} second-annotator packets ({len(second)} articles twice) in {args.out}")


def cmd_check(args):
    plan, bad = {r["article"]: r for r in rows()}, 0
    files = [ROOT / "texts" / f"{i}.txt" for i in args.ids] or sorted((ROOT / "texts").glob("*.txt"))
    for path in files:
        if not path.exists():
            found = ["no such file"]
        else:
            found = list(Q.text_troubles(path.stem, M.load(path), plan.get(path.stem)))
            if path.stem not in plan:
                found.append("not in the plan")
        for what in found:
            bad += 1
            print(f"{path.name}: {what}")
    print(f"{len(files)} articles, {bad} troubles")
    return bad > 0


def article(ident):
    path = M.text_path(ROOT, ident) or (ROOT / "examples" / f"{ident}.txt" if ident.startswith("example-") else None)
    if path is None or not path.exists():
        return None
    return M.Article(ident, M.load(path))


def cmd_find(args):
    a = article(args.id)
    if a is None:
        sys.exit(f"no text of {args.id}")
    for n, span in enumerate(a.find(args.string), 1):
        print(f"@{n}  {span[0]}-{span[1]}  …{a.context(span)}…")


def compile_one(path):
    a = article(path.stem)
    if a is None:
        return None
    return M.Compiler(a, M.load(path))


def dump(doc):
    """One record a line: small, and readable in a diff."""
    lines = []
    for key, value in doc.items():
        if isinstance(value, list):
            inner = ",\n".join("  " + json.dumps(v, ensure_ascii=False) for v in value)
            lines.append(f' {json.dumps(key)}: [\n{inner}\n ]' if value else f' {json.dumps(key)}: []')
        else:
            lines.append(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def cmd_compile(args):
    schema = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    marks, out = args.marks or ROOT / "marks", args.out or ROOT / "annotations"
    out.mkdir(parents=True, exist_ok=True)
    paths, bad, skipped, claims, done = ([marks / f"{i}.marks" for i in args.ids] or sorted(marks.glob("*.marks"))), 0, 0, 0, 0
    for path in paths:
        if not path.exists():
            print(f"{path.name}: no such file in {marks}")
            bad += 1
            continue
        compiler = compile_one(path)
        if compiler is None:
            skipped += 1
            print(f"{path.name}: no text, skipped")
            continue
        for line, what in sorted(compiler.errors):
            print(f"{path.name}:{line}: {what}")
        found = [] if compiler.errors else list(Q.troubles(compiler.result(), compiler.article.text, schema))
        for what in found:
            number = re.match(r"k\d+", what)
            print(f"{path.name}: {what}" + (f" ({brief(compiler.result(), number.group())})" if number else ""))
        if compiler.errors or found:
            bad += 1
            continue
        doc = compiler.result()
        (out / f"{path.stem}.json").write_text(dump(doc), encoding="utf-8")
        claims, done = claims + len(doc["claims"]), done + 1
    print(f"{done} compiled, {bad} with troubles, {skipped} without text; {claims} claims")
    return bad > 0


def brief(doc, ident):
    keys = {c["id"]: c["key"] for c in doc["clusters"]}
    for k in doc["claims"]:
        if k["id"] == ident:
            o = k["object"]
            return f"{keys[k['subject']['cluster']]} {k['relation']} {keys[o['cluster']] if 'cluster' in o else o['text'][:50]!r}"
    return ident


def cmd_show(args):
    path = (args.marks or ROOT / "marks") / f"{args.id}.marks"
    compiler = compile_one(path)
    doc, text = compiler.result(), compiler.article.text
    keys, mentions = {c["id"]: c["key"] for c in doc["clusters"]}, {m["id"]: m for m in doc["mentions"]}
    for s in doc["sentences"]:
        print(f"\n[{s['kind']}] {text[s['start']:s['end']]}")
        inside = [m for m in doc["mentions"] if s["start"] <= m["start"] < s["end"]]
        print("   mentions: " + "; ".join(f"{m['text']} = {keys[m['cluster']]}" for m in inside))
        for k in doc["claims"]:
            at = k["cue"]["start"] if k["cue"] else mentions[k["subject"]["mention"]]["start"]
            if s["start"] <= at < s["end"]:
                o = k["object"]
                words = keys[o["cluster"]] + f" ({mentions[o['mention']]['text']})" if "cluster" in o else repr(o["text"]) + (f" = {o['date']}" if "date" in o else "")
                print(f"   {k['relation']}: {keys[k['subject']['cluster']]} ({mentions[k['subject']['mention']]['text']}) -> {words}"
                      + (f" [{k['status']}]" if k["status"] != "asserted" else "") + (f" by {keys[k['speaker']]}" if k["speaker"] else "")
                      + (f" cue {k['cue']['text']!r}" if k["cue"] else "") + (f" date {k['date']['value']}" if k["date"] else "")
                      + (" opt" if k["optional"] else ""))
    for line, what in compiler.errors:
        print(f"line {line}: {what}")


def cmd_keys(args):
    seen = {key: (cls, names, "reserved") for key, (cls, names) in reserved().items()}
    for path in sorted((ROOT / "marks").glob("*.marks")):
        for line in M.load(path).splitlines():
            m = re.match(r"E (\S+)\s+(\S+)\s*\|(.*)", line)
            if m:
                key = m[1].rpartition("=")[2]
                cls, names, where = seen.get(key, (m[2], [], ""))
                names = names + [n for n in (x.strip() for x in m[3].split("|")) if n[:1].isupper() and n not in names]
                seen[key] = (cls, names, where or path.stem)
    for key, (cls, names, where) in sorted(seen.items()):
        line = f"{key}\t{cls}\t{' | '.join(names[:6])}\t{where}"
        if not args.word or args.word.casefold() in line.casefold():
            print(line)


def cmd_validate(args):
    folder = args.annotations or ROOT / "annotations"
    schema = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))
    docs, bad = documents(folder), 0
    for doc in docs:
        path = M.text_path(ROOT, doc["id"])
        found = list(Q.troubles(doc, M.load(path) if path else None, schema))
        bad += len(found)
        for what in found:
            print(f"{doc['id']}: {what}")
    errors, warnings = Q.across(docs)
    fixed = reserved()
    errors += [f"{d['id']}: key {c['key']} is reserved for a {fixed[c['key']][0]}" for d in docs for c in d["clusters"]
               if c["key"] in fixed and fixed[c["key"]][0] != c["class"]]
    for what in errors:
        print(what)
    for what in warnings:
        print("look again:", what)
    place = collections.defaultdict(set)
    for r in rows():
        place[r["event"]].add(r["split"])
    errors += [f"event {e} is in two splits" for e, s in place.items() if len(s) > 1]
    print(f"{len(docs)} annotations, {bad + len(errors)} errors, {len(warnings)} to look at again")
    return bad + len(errors) > 0


def cmd_to_gold(args):
    docs = documents(args.annotations or ROOT / "annotations")
    split = {r["article"]: r["split"] for r in rows()}
    if args.split:
        docs = [d for d in docs if split.get(d["id"]) == args.split]
    files = dict(zip(("entities", "triples", "status"), Q.gold(docs, {k: n for k, (_, n) in reserved().items()})))
    args.out.mkdir(parents=True, exist_ok=True)
    for name, lines in files.items():
        (args.out / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(docs)} articles, {sum(not l.startswith('#') for l in files['triples'])} triples, {len(files['status']) - 1} status lines in {args.out}")
    score = next((b / "shared/gold/score.py" for b in ROOT.parents if (b / "shared/gold/score.py").exists()), None)
    if not args.back_check:
        return 0
    if score is None:
        print("score.py is not there: back-check skipped")
        return 0
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as stream:
        for line in Q.as_system(files["entities"], files["triples"]):
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
        stream.flush()
        run = subprocess.run([sys.executable, str(score), stream.name, "--gold", str(args.out / "triples.tsv"), "--entities", str(args.out / "entities.tsv"),
                              "--errors", "--min-f1", "0.99995"], capture_output=True, text=True)
    print(run.stdout + run.stderr, end="")
    return run.returncode


def cmd_counts(args):
    texts = {p.stem for p in (ROOT / "texts").glob("*.txt")}
    docs = documents(ROOT / "annotations") if (ROOT / "annotations").is_dir() else []
    plan = rows()
    print(f"articles written {len(texts)} of {len(plan)}, annotated {len(docs)}; events told {len({t.split('-')[0] for t in texts})}")
    for heading, table in Q.counts(plan, texts, docs):
        print(f"\n{heading}")
        for name, en, ru, target in table:
            short = target and any(have < want for have, want in zip((en, ru), target))
            print(f"  {name:58} en {en:5} ru {ru:5}" + (f"   plan {target[0]}/{target[1]}{'  short' if short else ''}" if target else ""))
    return 0


def cmd_agreement(args):
    left, right = ({d["id"]: d for d in documents(f)} for f in (args.a, args.b))
    both = sorted(left.keys() & right.keys())
    n, differ = Q.agreement([(left[i], right[i]) for i in both])
    print(f"{len(both)} articles annotated twice\n{'':28}{'both':>6}{'A':>6}{'B':>6}{'F1':>8}")
    for name in sorted({name for name, _ in n}):
        tp, a, b = (n[name, k] for k in ("tp", "a", "b"))
        print(f"{name:28}{tp:6}{a:6}{b:6}{Q.f1(tp, a, b):8.3f}")
    if args.errors:
        for ident, what, k in differ:
            doc = (right if what == "only B" else left)[ident]
            print(f"{ident}\t{what}\t{brief(doc, k['id'])}\t{k['cue']['text'] if k['cue'] else ''}")
    return 0


def cmd_selftest(_):
    import corpus_selftest
    return corpus_selftest.run(ROOT)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    sub = ap.add_subparsers(dest="command", required=True)
    path = pathlib.Path
    sub.add_parser("plan")
    p = sub.add_parser("tasks")
    p.add_argument("writers", type=int)
    p.add_argument("annotators", type=int)
    p.add_argument("--second", type=int, default=2, help="packets for the second annotators")
    p.add_argument("--out", type=path, required=True)
    p = sub.add_parser("check")
    p.add_argument("ids", nargs="*")
    p = sub.add_parser("find")
    p.add_argument("id")
    p.add_argument("string")
    p = sub.add_parser("compile")
    p.add_argument("ids", nargs="*")
    p.add_argument("--marks", type=path)
    p.add_argument("--out", type=path)
    p = sub.add_parser("show")
    p.add_argument("id")
    p.add_argument("--marks", type=path)
    p = sub.add_parser("keys")
    p.add_argument("word", nargs="?")
    p = sub.add_parser("validate")
    p.add_argument("--annotations", type=path)
    p = sub.add_parser("to-gold")
    p.add_argument("out", type=path)
    p.add_argument("--annotations", type=path)
    p.add_argument("--split", choices=("train", "dev", "test"))
    p.add_argument("--back-check", action="store_true")
    sub.add_parser("counts")
    p = sub.add_parser("agreement")
    p.add_argument("a")
    p.add_argument("b")
    p.add_argument("--errors", action="store_true")
    sub.add_parser("selftest")
    args = ap.parse_args()
    return int(globals()["cmd_" + args.command.replace("-", "_")](args) or 0)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:                                    # `| head`
        sys.stderr.close()
