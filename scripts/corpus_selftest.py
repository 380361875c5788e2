"""Tests of the corpus tool: worked examples compile, bad marks are reported, gold scores itself, annotators are compared."""
import collections, copy, json, unittest

import corpus_marks as M
import corpus_measure as Q
import corpus_plan as P

ROOT = None


def compiled(ident, marks=None):
    folder = ROOT / "examples"
    article = M.Article(ident, M.load(folder / f"{ident}.txt"))
    return M.Compiler(article, marks if marks is not None else M.load(folder / f"{ident}.marks"))


class Marks(unittest.TestCase):
    def setUp(self):
        self.schema = json.loads((ROOT / "schema.json").read_text(encoding="utf-8"))

    def test_examples_compile_and_validate(self):
        for ident in ("example-en", "example-ru"):
            c = compiled(ident)
            self.assertEqual(c.errors, [])
            self.assertEqual(list(Q.troubles(c.result(), c.article.text, self.schema)), [])

    def test_what_is_not_there_is_reported_with_its_line(self):
        c = compiled("example-en", "E mt Country | Malta\n\nC said mt `no such words` cue:`said`\nC metWith mt om cue:`met`\nX\n")
        self.assertEqual([n for n, _ in sorted(c.errors)], [3, 4, 5])

    def test_an_ambiguous_string_lists_its_places(self):
        c = compiled("example-en", "E carmen-bugeja Person | {Bugeja}\n")
        self.assertIn("@2", c.errors[0][1])

    def test_one_span_has_one_owner_unless_it_is_said(self):
        both = compiled("example-ru", "E is Country | Рейкьявик*\nE reykjavik Place | Рейкьявике\n")
        self.assertTrue(both.errors)
        said = compiled("example-ru", "E is Country | Рейкьявик\nE reykjavik Place | Рейкьявике@1\n")
        self.assertEqual(said.errors, [])

    def test_furniture_holds_no_mention(self):
        c = compiled("example-en", "F Share this article\nE share Initiative | Share\n")
        self.assertIn("not in the text", c.errors[0][1])

    def test_domains_are_kept(self):
        c = compiled("example-en", "E mt Country | Malta\nE hamburg Place | Hamburg\nC metWith mt hamburg cue:`met`\n")
        self.assertIn("does not take Place", c.errors[0][1])

    def test_lists_are_distributed_and_quotes_joined(self):
        doc = compiled("example-ru").result()
        self.assertEqual(sum(k["relation"] == "agreedOn" for k in doc["claims"]), 2)
        said = [k for k in doc["claims"] if k["relation"] == "said" and len(k["object"]["spans"]) == 2]
        self.assertEqual(said[0]["object"]["text"], "Мы ждали этого четыре года Теперь наши рыбаки могут планировать сезон")

    def test_a_shifted_offset_is_seen(self):
        c = compiled("example-en")
        doc = copy.deepcopy(c.result())
        doc["mentions"][0]["start"] += 1
        self.assertTrue(list(Q.troubles(doc, c.article.text, self.schema)))

    def test_sentences(self):
        text = "date 2024-01-01\ntitle: T\n\nMr. Smith met 5 p.m. Later the U.S. Senate sat. «Да, — сказал он. — Нет». В 2020 г. Москва молчала."
        got = [text[a:b] for a, b, _ in M.sentences(text)]
        self.assertEqual(got[0], "T")
        self.assertIn("В 2020 г. Москва молчала.", got)
        self.assertTrue(any("U.S. Senate" in s for s in got))


class Measures(unittest.TestCase):
    def test_agreement_of_one_with_itself_is_full_and_with_less_is_not(self):
        a = compiled("example-ru").result()
        n, differ = Q.agreement([(a, a)])
        self.assertEqual(Q.f1(*(n["claims, all", k] for k in ("tp", "a", "b"))), 1.0)
        self.assertEqual(differ, [])
        b = copy.deepcopy(a)
        b["claims"] = [k for k in b["claims"] if k["relation"] != "threatened"]
        n, differ = Q.agreement([(a, b)])
        self.assertEqual((n["relation threatened", "a"], n["relation threatened", "b"]), (1, 0))
        self.assertEqual([d[1] for d in differ], ["only A"])

    def test_gold_leaves_out_what_is_denied(self):
        entities, triples, status = Q.gold([compiled("example-ru").result()])
        self.assertFalse(any("\tthreatened\t" in t for t in triples))
        self.assertTrue(any("\tthreatened\t" in s and "\tdenied\t" in s for s in status))
        self.assertTrue(any(t.endswith("\t") and "\tsigned\t" in t for t in triples))
        system = list(Q.as_system(entities, triples))
        self.assertTrue(all(not t.endswith("\topt") or not any(s["predicate"] == "partOf" for s in system) for t in triples))


class Plan(unittest.TestCase):
    def test_the_plan_is_what_its_ingredients_give(self):
        rows = P.read(ROOT / "plan.tsv")
        again = P.plan(P.events(ROOT / "events.txt"))
        self.assertEqual([r["article"] for r in rows], [r["article"] for r in again])
        self.assertEqual([P.asked(r) for r in rows], [+r["wanted"] for r in again])

    def test_targets(self):
        rows = P.read(ROOT / "plan.tsv")
        self.assertGreaterEqual(len(rows), 300)
        for language in P.LANGUAGES:
            total = sum((P.asked(r) for r in rows if r["language"] == language), start=collections.Counter())
            self.assertEqual([r for r in P.RELATIONS if total[r] < 75], [])
        tellings = {}
        for r in rows:
            tellings.setdefault(r["event"], []).append(r)
        several = [e for e in tellings.values() if len({r["language"] for r in e}) == 2]
        self.assertGreaterEqual(len(several), 96)
        self.assertTrue(all(len({r["split"] for r in e}) == 1 for e in tellings.values()))

    def test_packets_hold_every_article_once_and_whole_events(self):
        rows = P.read(ROOT / "plan.tsv")
        packets = P.packets(rows, 7)
        self.assertEqual(sorted(r["article"] for p in packets for r in p), sorted(r["article"] for r in rows))
        self.assertEqual(sum(len({r["event"] for r in p}) for p in packets), len({r["event"] for r in rows}))
        self.assertEqual(len(P.second_set(rows, 60)), 60)


def run(root):
    global ROOT
    ROOT = root
    suite = unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(t) for t in (Marks, Measures, Plan))
    return not unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful()
