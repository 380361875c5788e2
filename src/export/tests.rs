use super::{report::Summary, *};
use crate::{
    extract::{ArticleClaims, ArticleMeta, Claim, Class, Evidence, LocalEntity, LocalId, Object, Status, Value},
    ingest::ArticleId,
    ontology::Source,
    resolve::{Entity, EntityId, Resolution},
    text::CharSpan,
};
use jiff::civil::date;
use quick_xml::events::Event;
use std::collections::BTreeMap;

fn local(class: Class, label: &str) -> LocalEntity {
    LocalEntity {
        class,
        label: label.to_owned(),
        language: Language::En,
        names: vec![label.to_owned()],
        named: true,
        mentions: vec![CharSpan::new(0, 3), CharSpan::new(5, 8)],
        affiliation: Vec::new(),
        known: None,
    }
}

fn claim(subject: usize, predicate: &str, object: Object, status: Status, day: Option<i8>) -> Claim {
    Claim {
        subject: LocalId(subject),
        predicate: predicate.to_owned(),
        object,
        status,
        speaker: None,
        date: day.map(|d| DateValue {
            earliest: date(2024, 5, d),
            latest: date(2024, 5, d),
            precision: Precision::Day,
        }),
        place: None,
        confidence: 0.8,
        evidence: Evidence { span: CharSpan::new(0, 9), text: "\"Ana\" & <Bo>\u{b} met | again".to_owned() },
        rule: format!("{predicate}/en/test.VERB"),
        arcs: Vec::new(),
    }
}

/// Two ministers who met twice, a treaty, and a denial.
fn knowledge() -> Knowledge {
    let text = |t: &str| Object::Literal(Value::Text { text: t.to_owned(), language: Language::En });
    let entities = vec![
        local(Class::Person, "Ana Lima"),
        local(Class::Person, "Bo Chen"),
        local(Class::Instrument, "Lake & River Treaty"),
        local(Class::Country, "Brazil"),
    ];
    let claims = vec![
        claim(0, "metWith", Object::Entity(LocalId(1)), Status::Asserted, Some(3)),
        claim(1, "metWith", Object::Entity(LocalId(0)), Status::Planned, Some(9)),
        claim(0, "signed", Object::Entity(LocalId(2)), Status::Asserted, None),
        claim(0, "position", text("minister"), Status::Asserted, None),
        claim(1, "said", text("it went well"), Status::Asserted, None),
        claim(1, "rejected", Object::Entity(LocalId(2)), Status::Denied, None),
    ];
    let article = ArticleMeta {
        id: ArticleId("a1".to_owned()),
        doc: "one".to_owned(),
        source: "one.txt".to_owned(),
        title: None,
        publisher: None,
        url: None,
        published: Some(date(2024, 5, 10)),
        language: Language::En,
        length: 20,
    };
    let mut resolution = Resolution::default();
    for (i, e) in entities.iter().enumerate() {
        resolution.entities.push(Entity {
            id: EntityId(format!("e{i}")),
            class: e.class,
            labels: BTreeMap::from([(Language::En, e.label.clone())]),
            names: vec![(Language::En, e.label.clone())],
            same_as: Vec::new(),
            coordinates: (e.class == Class::Country).then_some((-10.0, -53.0)),
            members: vec![(article.id.clone(), i)],
            reasons: Vec::new(),
        });
        resolution.assignment.insert((article.id.clone(), i), i);
    }
    Knowledge {
        articles: vec![ArticleClaims { article, entities, claims }],
        resolution,
        run: crate::store::Run::default(),
    }
}

fn schema() -> Schema {
    Schema::load(&Source::Builtin).unwrap()
}

#[test]
fn claims_of_one_relation_and_pair_are_one_edge() {
    let (k, r) = (knowledge(), schema());
    let picture = Picture::new(&k, &r);
    let graph = &picture.network.graph;
    // Brazil takes part in no fact; the denial makes no edge.
    assert_eq!((graph.node_count(), graph.edge_count()), (3, 2));
    let met = graph.edge_references().find(|e| e.weight().relation == "metWith").unwrap();
    assert_eq!((met.weight().claims, met.weight().directed, met.weight().status), (2, false, Status::Asserted));
    assert_eq!(met.weight().dates.iter().map(DateValue::lexical).collect::<Vec<_>>(), ["2024-05-03", "2024-05-09"]);
    let ana = &graph[graph.node_indices().next().unwrap()];
    assert_eq!((ana.positions.as_slice(), ana.mentions, ana.statements), (&["minister".to_owned()][..], 2, 0));
    assert_eq!((ana.first_date.as_deref(), ana.last_date.as_deref()), (Some("2024-05-03"), Some("2024-05-09")));
    let total: f64 = graph.node_weights().map(|n| n.centrality).sum();
    assert!((total - 1.0).abs() < 1e-9, "ranks sum to {total}");
}

#[test]
fn xml_formats_are_well_formed_and_complete() {
    let (k, r) = (knowledge(), schema());
    let picture = Picture::new(&k, &r);
    for (name, bytes) in
        files(&k, &picture).unwrap().into_iter().filter(|(n, _)| !n.ends_with(".csv") && !n.ends_with(".md"))
    {
        let text = String::from_utf8(bytes).unwrap();
        assert!(!text.contains('\u{b}'), "{name}: control character");
        let mut reader = quick_xml::Reader::from_str(&text);
        reader.config_mut().check_end_names = true;
        let (mut nodes, mut edges, mut ids, mut depth) = (0, 0, std::collections::BTreeSet::new(), 0);
        loop {
            match reader.read_event().unwrap() {
                Event::Start(e) => {
                    depth += 1;
                    match e.name().as_ref() {
                        "node" => nodes += 1,
                        "edge" => {
                            edges += 1;
                            let id = e.try_get_attribute("id").unwrap().unwrap().value.into_owned();
                            assert!(ids.insert(id), "{name}: edge id twice");
                        }
                        _ => {}
                    }
                }
                Event::End(_) => depth -= 1,
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!((nodes, edges, depth), (3, 2, 0), "{name}");
    }
}

#[test]
fn tables_keep_every_claim_and_gephis_columns() {
    let (k, r) = (knowledge(), schema());
    let files: BTreeMap<_, _> = files(&k, &Picture::new(&k, &r)).unwrap().into_iter().collect();
    let rows = |name: &str| {
        let mut reader = csv::Reader::from_reader(files[name].as_slice());
        let header = reader.headers().unwrap().clone();
        (header, reader.records().map(Result::unwrap).collect::<Vec<_>>())
    };
    let (header, claims) = rows("claims.csv");
    assert_eq!(claims.len(), 6);
    let at = |column: &str| header.iter().position(|h| h == column).unwrap();
    assert_eq!(claims[5].get(at("status")), Some("denied"));
    assert_eq!(claims[0].get(at("evidence")), Some("\"Ana\" & <Bo>\u{b} met | again"));
    let (header, edges) = rows("edges.csv");
    assert_eq!(header.iter().take(5).collect::<Vec<_>>(), ["Id", "Source", "Target", "Type", "Kind"]);
    assert_eq!(edges.iter().map(|e| e.get(3).unwrap()).collect::<Vec<_>>(), ["Undirected", "Directed"]);
}

#[test]
fn layout_keeps_nodes_apart_and_repeats() {
    let (k, r) = (knowledge(), schema());
    let place = Picture::new(&k, &r).place;
    assert_eq!(place, Picture::new(&k, &r).place);
    for (i, a) in place.iter().enumerate() {
        for b in &place[i + 1..] {
            assert!((a.0 - b.0).hypot(a.1 - b.1) > 40.0, "{a:?} and {b:?} overlap");
        }
    }
}

#[test]
fn summary_counts_what_the_files_hold() {
    let (k, r) = (knowledge(), schema());
    let s = Summary::new(&k, &Picture::new(&k, &r));
    assert_eq!((s.claims, s.nodes, s.edges), (6, 3, 2));
    assert_eq!(s.by_status, BTreeMap::from([("asserted", 4), ("denied", 1), ("planned", 1)]));
}
