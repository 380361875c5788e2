"""Reads every exported file with the programs that people use, and compares the counts. Exit 1 on any difference."""
import csv, pathlib, subprocess, sys, tempfile

import igraph, networkx, rdflib

exports, programs = map(pathlib.Path, sys.argv[1:3])
wrong = []


def same(what, got, expected):
    print(f"{'ok ' if got == expected else 'BAD'} {what}: {got}" + ("" if got == expected else f", expected {expected}"))
    if got != expected:
        wrong.append(what)


def rows(name):
    with open(exports / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


nodes, edges, claims = rows("nodes.csv"), rows("edges.csv"), rows("claims.csv")
print(f"   tables: {len(nodes)} nodes, {len(edges)} edges, {len(claims)} claims")

for name in ("graph.graphml", "graph.yed.graphml"):
    g = networkx.read_graphml(exports / name, force_multigraph=True)
    same(f"networkx {name}", (g.number_of_nodes(), g.number_of_edges()), (len(nodes), len(edges)))
    g = igraph.Graph.Read_GraphML(str(exports / name))
    same(f"igraph {name}", (g.vcount(), g.ecount()), (len(nodes), len(edges)))
g = networkx.read_gexf(exports / "graph.gexf")
same("networkx graph.gexf", (g.number_of_nodes(), g.number_of_edges()), (len(nodes), len(edges)))

KUR = rdflib.Namespace("https://w3id.org/kurultai/ontology#")
ttl = rdflib.Graph().parse(exports / "graph.ttl")
same("rdflib graph.ttl claims", len(set(ttl.subjects(rdflib.RDF.type, KUR.Claim))), len(claims))
same("rdflib graph.ttl blank nodes", sum(isinstance(t, rdflib.BNode) for triple in ttl for t in triple), 0)
nq = rdflib.Dataset(default_union=True).parse(exports / "graph.nq", format="nquads")
same("rdflib graph.nq claims", len(set(nq.subjects(rdflib.RDF.type, KUR.Claim))), len(claims))

shacl = subprocess.run([programs / "pyshacl", "-s", "ontology/shapes.ttl", "-e", "ontology/kurultai.ttl", exports / "graph.ttl"],
                       capture_output=True, text=True)
same("pyshacl violations", shacl.returncode, 0)
if shacl.returncode:
    print(shacl.stdout[-3000:], shacl.stderr[-1000:])

oxigraph = programs / "oxigraph"
if oxigraph.exists():
    with tempfile.TemporaryDirectory() as store:
        subprocess.run([oxigraph, "load", "-l", store, "-f", exports / "graph.nq"], check=True, capture_output=True)
        bad = 0
        queries = sorted(pathlib.Path("queries").glob("*.rq"))
        for query in queries:
            done = subprocess.run([oxigraph, "query", "-l", store, "--query-file", query, "--results-format", "csv"],
                                  capture_output=True, text=True)
            bad += done.returncode != 0
            print(f"   oxigraph {query.name}: {max(0, len(done.stdout.splitlines()) - 1)} rows" + (done.stderr and " " + done.stderr.strip()[:200]))
        same(f"oxigraph program runs the {len(queries)} queries, failures", bad, 0)
sys.exit(1 if wrong else 0)
