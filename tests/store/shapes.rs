//! Every shape with a graph that breaks it: the small world's graph, less one triple or plus some.

use crate::knowledge::{knowledge, schema};
use kurultai::{
    export::turtle,
    extract::Class,
    ontology::Source,
    store::{Graph, Shapes, integrity, rdf, vocab},
};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphName, Quad, Term, vocab::rdf as rdf_vocab},
};
use std::{collections::BTreeSet, process::Command, sync::LazyLock};

/// How the graph is broken.
enum Broken {
    /// The first triple with this predicate (on a subject of this class) is left out.
    Without(&'static str, &'static str),
    /// These triples are added; `$claim`, `$evidence`, `$entity`, `$article`, `$run` stand for the first of each.
    With(&'static str),
}
use Broken::{With, Without};

const FIXTURES: &[(&str, Broken)] = &[
    ("Claim-subject", Without("kur:Claim", "kur:subject")),
    ("Claim-predicate", With("$claim kur:predicate \"metWith\" .")),
    ("Claim-object", With("$claim kur:object entity:orda , entity:dam .")),
    ("Claim-status", With("$claim kur:status kur:maybe .")),
    ("Claim-speaker", With("$claim kur:speaker \"the minister\" .")),
    ("Claim-evidence", Without("kur:Claim", "kur:evidence")),
    ("Claim-article", With("$claim kur:article entity:orda .")),
    ("Claim-confidence", With("$claim kur:confidence 1.5 .")),
    ("Claim-rule", Without("kur:Claim", "kur:rule")),
    ("Claim-date", With("$claim kur:date \"2025-05-12T10:00:00Z\"^^xsd:dateTime .")),
    (
        "Claim-earliest",
        With(
            "claim:x kur:earliestDate \"2025-02-01\"^^xsd:date ; kur:latestDate \"2025-01-01\"^^xsd:date ; a kur:Claim .",
        ),
    ),
    ("Claim-latest", With("$claim kur:latestDate \"2025\"^^xsd:gYear .")),
    ("Claim-place", With("$claim kur:place entity:water .")),
    ("Claim-run", Without("kur:Claim", "prov:wasGeneratedBy")),
    ("Evidence-article", Without("kur:Evidence", "kur:article")),
    ("Evidence-begin", With("$evidence kur:begin -1 .")),
    ("Evidence-end", With("article:x a kur:Evidence ; kur:begin 9 ; kur:end 9.5 .")),
    ("Evidence-text", With("article:x a kur:Evidence ; kur:text \"\" .")),
    ("Entity-name", Without("kur:Person", "schema:name")),
    ("Entity-label", With("$entity rdfs:label \"A\"@en , \"B\"@en .")),
    ("Entity-prefLabel", With("$entity skos:prefLabel \"no language\" .")),
    ("Entity-altLabel", With("$entity skos:altLabel \"no language\" .")),
    ("Entity-sameAs", With("$entity owl:sameAs <https://www.wikidata.org/entity/Q1> .")),
    ("Entity-type", With("entity:orda a kur:Organization .")),
    ("Entity-article", Without("kur:Topic", "kur:mentionedIn")),
    ("Article-identifier", Without("schema:NewsArticle", "schema:identifier")),
    ("Article-language", With("$article schema:inLanguage \"uk\" .")),
    ("Article-published", With("$article schema:datePublished \"May 2025\" .")),
    ("Run-program", Without("prov:Activity", "kur:programVersion")),
    ("Run-model", Without("prov:Activity", "kur:modelVersion")),
    ("Run-ontology", Without("prov:Activity", "kur:ontologyVersion")),
    ("Subject-Person", With("entity:orda kur:headOf entity:council .")),
    ("Subject-Agent", With("entity:water kur:visited entity:port .")),
    ("Subject-Organization-Place-Event", With("entity:orda kur:partOf entity:council .")),
    ("Subject-Organization-Place", With("entity:orda kur:locatedIn entity:port .")),
    ("Subject-Organization", With("entity:orda kur:foundedOn \"1991\"^^xsd:gYear .")),
    ("Subject-Event", With("entity:orda kur:tookPlaceIn entity:port .")),
    ("Subject-Agent-Event", With("entity:port kur:signed entity:treaty .")),
    ("Object-text", With("entity:brandt kur:position entity:council .")),
    ("Object-date", With("entity:talks kur:occurredOn \"in May\" .")),
    ("Object-Organization-Country", With("entity:brandt kur:headOf entity:port .")),
    ("Object-Organization", With("entity:orda kur:memberOf entity:treaty .")),
    ("Object-Organization-Place-Event", With("entity:council kur:partOf entity:orda .")),
    ("Object-Place-Country", With("entity:talks kur:tookPlaceIn entity:council .")),
    ("Object-Organization-Initiative", With("entity:orda kur:established entity:talks .")),
    ("Object-Event", With("entity:orda kur:organized entity:treaty .")),
    ("Object-Agent", With("entity:orda kur:sanctioned entity:port .")),
    ("Object-Topic-Instrument-Event-Agent", With("entity:talks kur:discussed \"water\"@en .")),
    ("Object-Entity", With("entity:orda kur:proposed \"a dam\"@en .")),
    ("Object-Instrument", With("entity:orda kur:signed entity:talks .")),
    ("Object-Organization-Event-Instrument", With("entity:orda kur:joined entity:vesta .")),
    ("Object-Topic-Instrument", With("entity:orda kur:agreedOn entity:talks .")),
    ("Object-Person", With("entity:orda kur:appointed entity:council .")),
    ("Object-Agent-Place", With("entity:orda kur:attacked entity:treaty .")),
];

fn world() -> Vec<Quad> {
    rdf::quads(&knowledge(), &schema())
}

fn shapes() -> &'static Shapes {
    static SHAPES: LazyLock<Shapes> = LazyLock::new(|| Shapes::load(&Source::Builtin).unwrap());
    &SHAPES
}

/// `text` in Turtle, with the exports' prefixes.
fn parse(text: &str) -> Vec<Quad> {
    let prefixes: String = vocab::PREFIXES.iter().map(|(p, iri)| format!("@prefix {p}: <{iri}> .\n")).collect();
    let parser = RdfParser::from_format(RdfFormat::Turtle);
    parser.for_slice(&format!("{prefixes}{text}")).map(|q| q.unwrap()).collect()
}

fn node(name: &str) -> Term {
    parse(&format!("{name} a {name} .")).remove(0).object
}

fn first_of(quads: &[Quad], class: &str) -> Term {
    let class = node(class);
    quads.iter().find(|q| q.predicate == rdf_vocab::TYPE && q.object == class).unwrap().subject.clone().into()
}

fn broken(how: &Broken) -> Vec<Quad> {
    let mut quads = world();
    match how {
        Without(class, predicate) => {
            let (subject, predicate) = (first_of(&quads, class), node(predicate));
            let at = quads
                .iter()
                .position(|q| Term::from(q.subject.clone()) == subject && Term::from(q.predicate.clone()) == predicate);
            let removed = quads.remove(at.unwrap());
            quads.retain(|q| (&q.subject, &q.predicate) != (&removed.subject, &removed.predicate));
        }
        With(text) => {
            let classes = [
                ("$claim", "kur:Claim"),
                ("$evidence", "kur:Evidence"),
                ("$entity", "kur:Person"),
                ("$article", "schema:NewsArticle"),
                ("$run", "prov:Activity"),
            ];
            let text = classes.iter().fold((*text).to_owned(), |text, (name, class)| {
                text.replace(name, &first_of(&quads, class).to_string())
            });
            quads.extend(parse(&text));
        }
    }
    quads
}

fn broken_shapes(quads: Vec<Quad>) -> BTreeSet<String> {
    shapes().check(&Graph::from_quads(quads).unwrap()).unwrap().into_iter().map(|v| v.shape).collect()
}

#[test]
fn the_small_world_breaks_no_shape() {
    let violations = shapes().check(&Graph::from_quads(world()).unwrap()).unwrap();
    assert!(violations.is_empty(), "{violations:#?}");
}

#[test]
fn every_shape_has_a_graph_that_breaks_it() {
    let shapes = shapes();
    let tried: BTreeSet<_> = FIXTURES.iter().map(|(shape, _)| *shape).collect();
    assert_eq!(tried, shapes.names(), "each shape has a fixture here");
    for (shape, how) in FIXTURES {
        let found = broken_shapes(broken(how));
        assert!(found.contains(*shape), "{shape} is not broken, but {found:?}");
    }
}

#[test]
fn a_violation_names_node_value_and_what_is_demanded() {
    let graph = Graph::from_quads(broken(&With("entity:water kur:visited entity:port ."))).unwrap();
    let violations = shapes().check(&graph).unwrap();
    insta::assert_snapshot!(violations.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"), @"entity:water: The subject of this relation is a kur:Person, kur:Organization or kur:Country. Found: entity:water (Subject-Agent)");
}

#[test]
fn shapes_and_schema_agree_on_every_domain_and_range() {
    let classes = [
        (Class::Person, "entity:brandt"),
        (Class::Organization, "entity:council"),
        (Class::Country, "entity:orda"),
        (Class::Place, "entity:port"),
        (Class::Event, "entity:talks"),
        (Class::Instrument, "entity:treaty"),
        (Class::Topic, "entity:water"),
        (Class::Initiative, "entity:dam"),
    ];
    // For each relation and class, one triple with a subject of that class and one with such an object.
    let mut text = String::new();
    let mut expected = BTreeSet::new();
    for relation in schema().relations() {
        let good = |allowed: &BTreeSet<Class>| {
            classes.iter().find(|(c, _)| allowed.contains(c)).map_or("\"words\"@en", |(_, entity)| *entity)
        };
        let object = if relation.date { "\"2025\"^^xsd:gYear" } else { good(&relation.range) };
        let subject = good(&relation.domain);
        for (class, _) in classes {
            let (name, class_name) = (&relation.name, class.name());
            for (role, allowed) in [("s", &relation.domain), ("o", &relation.range)] {
                let node = format!("entity:{role}-{name}-{class_name}");
                text.push_str(&format!("{node} a kur:{class_name} .\n"));
                text.push_str(&if role == "s" {
                    format!("{node} kur:{name} {object} .\n")
                } else {
                    format!("{subject} kur:{name} {node} .\n")
                });
                if !allowed.contains(&class) {
                    expected.insert(node);
                }
            }
        }
    }
    let mut quads = world();
    quads.extend(parse(&text));
    let violations = shapes().check(&Graph::from_quads(quads).unwrap()).unwrap();
    let about_sides =
        violations.into_iter().filter(|v| v.shape.starts_with("Subject-") || v.shape.starts_with("Object-"));
    assert_eq!(about_sides.map(|v| v.node).collect::<BTreeSet<_>>(), expected);
}

#[test]
fn a_file_that_uses_more_of_shacl_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let text = Source::Builtin.text("shapes.ttl").unwrap();
    std::fs::write(dir.path().join("shapes.ttl"), text.replacen("sh:nodeKind sh:IRI", "sh:minLength 2", 1)).unwrap();
    let error = Shapes::load(&Source::Folder(dir.path().to_owned())).unwrap_err().to_string();
    assert!(error.contains("shapes.ttl, line ") && error.contains("uses sh:minLength "), "{error}");
}

#[test]
fn integrity_finds_claims_and_quads_that_do_not_fit() {
    let (known, schema) = (knowledge(), schema());
    assert_eq!(integrity::claims(&known, &schema), [""; 0]);
    let mut bad = known.clone();
    bad.articles[0].claims[0].predicate = "befriended".to_owned();
    bad.articles[0].claims[1].evidence.span.end += 1;
    bad.articles[1].claims[0].evidence.span.end += 10_000;
    let mistakes = integrity::claims(&bad, &schema);
    assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    assert!(mistakes[0].starts_with("dam-en: claim 1, `befriended`: is no relation"), "{mistakes:?}");

    let mut quads = world();
    let graph = |quads: &[Quad]| Graph::from_quads(quads.to_vec()).unwrap();
    assert_eq!(integrity::graph(&graph(&quads), &known, &schema).unwrap(), [""; 0]);
    quads.extend(parse("entity:orda kur:attacked entity:vesta ."));
    let lost = quads.iter().position(|q| q.graph_name == GraphName::DefaultGraph).unwrap();
    quads.remove(lost);
    let mistakes = integrity::graph(&graph(&quads), &known, &schema).unwrap();
    assert!(mistakes[0].starts_with("graph.nq lacks 1 quads that the claims give, such as <"), "{mistakes:?}");
    assert_eq!(mistakes[1], "graph.nq has 1 quads that no claim gives");
}

/// Another implementation of SHACL must find the same shapes broken.
#[test]
fn pyshacl_agrees() {
    let Some(pyshacl) = super::reader("pyshacl") else { return };
    let check = |quads: Vec<Quad>| {
        let mut quads = quads;
        quads.sort_by(rdf::order);
        quads.dedup();
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("graph.ttl");
        let mut bytes = Vec::new();
        turtle::write(&quads, &mut bytes).unwrap();
        std::fs::write(&data, bytes).unwrap();
        let shapes = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/shapes.ttl");
        let output = Command::new(&pyshacl).args(["--shacl", shapes, "--format", "nt"]).arg(&data).output().unwrap();
        let report = String::from_utf8(output.stdout).unwrap();
        let source = "<http://www.w3.org/ns/shacl#sourceShape> <https://w3id.org/kurultai/shapes#";
        let names = report.lines().filter_map(|line| line.split_once(source)?.1.split_once('>'));
        (names.map(|(name, _)| name.to_owned()).collect::<BTreeSet<_>>(), output.status.code())
    };
    assert_eq!(check(world()), (BTreeSet::new(), Some(0)));
    let all: Vec<_> =
        FIXTURES.iter().filter(|(_, how)| matches!(how, With(_))).flat_map(|(_, how)| broken(how)).collect();
    assert_eq!(check(all.clone()), (broken_shapes(all), Some(1)));
}
