use crate::knowledge::{STORIES, article, knowledge, schema};
use kurultai::{
    export::turtle,
    store::{Graph, Knowledge, nquads, rdf, vocab},
};
use oxigraph::{
    io::{RdfFormat, RdfParser},
    model::{GraphNameRef, NamedNode, NamedNodeRef, Quad, Term, vocab::rdf as rdf_vocab},
};
use std::collections::BTreeSet;

fn quads() -> Vec<Quad> {
    rdf::quads(&knowledge(), &schema())
}

fn entity(key: &str) -> NamedNode {
    NamedNode::new(format!("{}{key}", vocab::ENTITY)).unwrap()
}

fn in_default(quads: &[Quad], s: &str, p: &str, o: &str) -> bool {
    let (s, p, o) = (entity(s), vocab::term(p), entity(o));
    quads.iter().any(|q| {
        q.graph_name.is_default_graph()
            && q.subject == s.clone().into()
            && q.predicate == p
            && q.object == Term::from(o.clone())
    })
}

fn parse(format: RdfFormat, bytes: &[u8]) -> BTreeSet<String> {
    RdfParser::from_format(format).for_slice(bytes).map(|q| q.unwrap().to_string()).collect()
}

#[test]
fn a_fact_is_in_the_graph_exactly_when_an_asserted_or_planned_claim_states_it() {
    let quads = quads();
    assert!(in_default(&quads, "orda", "signed", "treaty"));
    assert!(in_default(&quads, "vesta", "rejected", "dam"));
    assert!(!in_default(&quads, "vesta", "rejected", "water"), "denied");
    assert!(!in_default(&quads, "council", "sanctioned", "vesta"), "hypothetical");
    assert!(in_default(&quads, "council", "sanctioned", "orda"));
}

#[test]
fn a_symmetric_relation_holds_both_ways_and_others_do_not() {
    let quads = quads();
    assert!(in_default(&quads, "orda", "cooperatesWith", "vesta"));
    assert!(in_default(&quads, "vesta", "cooperatesWith", "orda"), "told one way only");
    assert!(!in_default(&quads, "dam", "proposed", "seitova"));
}

#[test]
fn every_quad_is_sorted_unique_ascii_in_its_iris_and_free_of_blank_nodes() {
    let quads = quads();
    assert!(quads.is_sorted_by(|a, b| rdf::order(a, b).is_lt()), "sorted, each once");
    for quad in &quads {
        assert!(quad.subject.is_named_node() && !quad.object.is_blank_node());
        assert!(quad.subject.to_string().is_ascii() && quad.predicate.as_str().is_ascii());
        if let Term::NamedNode(object) = &quad.object {
            assert!(object.as_str().is_ascii());
        }
    }
}

#[test]
fn an_articles_graph_holds_its_facts_alone() {
    let quads = quads();
    let record = article(&STORIES[2]).0;
    let graph = vocab::article(&record.article.id);
    let facts: Vec<_> =
        quads.iter().filter(|q| q.graph_name.as_ref() == GraphNameRef::NamedNode(graph.as_ref())).collect();
    // Two signatures, cooperation both ways, sanctions, a statement, criticism.
    assert_eq!(facts.len(), 7);
    let default: BTreeSet<_> = quads
        .iter()
        .filter(|q| q.graph_name.is_default_graph())
        .map(|q| oxigraph::model::Triple::from(q.clone()).to_string())
        .collect();
    assert!(
        facts.iter().all(|q| default.contains(&oxigraph::model::Triple::from((*q).clone()).to_string())),
        "a named graph holds nothing that the default graph lacks"
    );
}

#[test]
fn evidence_reslices_in_code_points() {
    let quads = quads();
    let value = |subject: &oxigraph::model::NamedOrBlankNode, predicate: NamedNodeRef<'_>| {
        let found = quads.iter().find(|q| q.subject == *subject && q.predicate == predicate).unwrap();
        match &found.object {
            Term::Literal(l) => l.value().to_owned(),
            Term::NamedNode(n) => n.as_str().to_owned(),
            Term::BlankNode(_) => panic!("a blank node"),
        }
    };
    let texts: Vec<_> = STORIES
        .iter()
        .map(article)
        .map(|(record, text)| (vocab::article(&record.article.id).into_string(), text))
        .collect();
    let mut count = 0;
    for quad in &quads {
        if quad.predicate != rdf_vocab::TYPE || quad.object != Term::from(vocab::EVIDENCE_CLASS) {
            continue;
        }
        let number = |p| value(&quad.subject, p).parse::<usize>().unwrap();
        let (begin, end) = (number(vocab::BEGIN), number(vocab::END));
        let article = value(&quad.subject, vocab::IN_ARTICLE);
        let text = &texts.iter().find(|(iri, _)| *iri == article).unwrap().1;
        let cut: String = text.chars().skip(begin).take(end - begin).collect();
        assert_eq!(cut, value(&quad.subject, vocab::TEXT));
        assert!(quad.subject.to_string().contains(&format!("#char={begin},{end}")));
        count += 1;
    }
    assert_eq!(count, STORIES.iter().map(|s| s.sentences.len()).sum::<usize>());
}

#[test]
fn claims_that_resolution_made_alike_are_one_and_keep_the_surer_confidence() {
    let mut known = knowledge();
    let before = rdf::quads(&known, &schema());
    let mut twin = known.articles[0].claims[0].clone();
    twin.confidence = 0.5;
    twin.rule = "unsure".to_owned();
    known.articles[0].claims.push(twin.clone());
    assert_eq!(rdf::quads(&known, &schema()), before, "a less sure twin adds nothing");
    known.articles[0].claims.last_mut().unwrap().confidence = 0.95;
    let after = rdf::quads(&known, &schema());
    assert_eq!(after.len(), before.len());
    assert!(after.iter().any(|q| q.object.to_string().contains("unsure")));
}

#[test]
fn order_of_claims_and_what_else_is_known_change_no_iri() {
    let all = rdf::quads(&knowledge(), &schema());
    let mut alone: Knowledge = crate::knowledge::told(&STORIES[1..2]);
    alone.articles[0].claims.reverse();
    let claims = |quads: &[Quad]| -> BTreeSet<String> {
        quads.iter().filter(|q| q.object == Term::from(vocab::CLAIM_CLASS)).map(|q| q.subject.to_string()).collect()
    };
    let part = claims(&rdf::quads(&alone, &schema()));
    assert_eq!(part.len(), 9);
    assert!(part.is_subset(&claims(&all)), "graphs of two runs merge by union");
}

#[test]
fn turtle_reads_back_as_the_default_graph() {
    let quads = quads();
    let mut bytes = Vec::new();
    turtle::write(&quads, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let expected: BTreeSet<_> =
        quads.iter().filter(|q| q.graph_name.is_default_graph()).map(ToString::to_string).collect();
    assert_eq!(parse(RdfFormat::Turtle, text.as_bytes()), expected);

    let (prefixes, body): (Vec<_>, Vec<_>) = text.lines().partition(|l| l.starts_with("@prefix"));
    assert_eq!(prefixes.len(), vocab::PREFIXES.len());
    assert!(text.lines().take(prefixes.len()).all(|l| l.starts_with("@prefix")), "prefixes come first");
    let subjects: Vec<_> = body.iter().filter(|l| !l.starts_with('\t')).collect();
    assert!(subjects.iter().all(|l| l.split_once(' ').unwrap().1.starts_with("a ")), "`a` comes first");
    assert!(!text.contains("_:") && !text.contains("[ "), "no blank nodes");
    insta::assert_snapshot!(
        text.split("\n")
            .skip_while(|l| !l.starts_with("entity:orda "))
            .take_while(|l| !l.starts_with("entity:port"))
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn nquads_read_back_and_oxigraph_gives_back_every_quad_as_written() {
    let quads = quads();
    let mut bytes = Vec::new();
    nquads::write(&quads, &mut bytes).unwrap();
    let expected: BTreeSet<_> = quads.iter().map(ToString::to_string).collect();
    assert_eq!(parse(RdfFormat::NQuads, &bytes), expected);

    let graph = Graph::from_nquads(&bytes).unwrap();
    assert_eq!(graph.len().unwrap(), quads.len());
    let stored: BTreeSet<_> = graph.store().iter().map(|q| q.unwrap().to_string()).collect();
    assert_eq!(stored, expected, "a store that keeps numbers and dates by value changes none of ours");
}
