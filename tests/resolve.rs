//! Resolution: labels, evidence, context, decisions, order. How well spellings meet is measured in `identity`.

use jiff::civil::Date;
use kurultai::{
    extract::{ArticleClaims, ArticleMeta, Class, LocalEntity},
    ingest::{ArticleId, Language},
    ontology::Ontology,
    resolve::{Decisions, Resolution, profile::language, resolve},
};
use proptest::prelude::*;
use std::{collections::BTreeMap, sync::LazyLock};

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

pub fn read<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

pub fn class(name: &str) -> Class {
    Class::ALL.into_iter().find(|c| c.name() == name).unwrap()
}

pub fn entity(class: Class, label: &str, affiliation: &str) -> LocalEntity {
    LocalEntity {
        class,
        label: label.to_owned(),
        language: language(label),
        names: vec![label.to_owned()],
        named: true,
        mentions: Vec::new(),
        affiliation: Some(affiliation.to_owned()).into_iter().filter(|a| !a.is_empty()).collect(),
        known: None,
    }
}

pub fn article(id: &str, entities: Vec<LocalEntity>) -> ArticleClaims {
    let meta = ArticleMeta {
        id: ArticleId(id.to_owned()),
        doc: id.to_owned(),
        source: format!("{id}.txt"),
        title: None,
        publisher: None,
        url: None,
        published: Some(Date::constant(2025, 11, 3)),
        language: Language::En,
        length: 0,
    };
    ArticleClaims { article: meta, entities, claims: Vec::new() }
}

pub fn run(articles: &[ArticleClaims]) -> Resolution {
    resolve(articles, &ONTOLOGY, &Decisions::default())
}

pub fn node(resolution: &Resolution, article: &ArticleClaims) -> usize {
    resolution.assignment[&(article.article.id.clone(), 0)]
}

#[test]
fn labels_in_both_languages_and_identity_by_content() {
    let mut articles = crate::identity::all_articles();
    for (i, usual) in ["Kassym-Jomart Tokayev", "Sergey Lavrov"].into_iter().enumerate() {
        articles.push(article(&format!("usual{i}"), vec![entity(Class::Person, usual, "")]));
    }
    let resolution = run(&articles);
    let by_label: BTreeMap<&str, _> = resolution.entities.iter().map(|e| (e.label(), e)).collect();
    for (en, ru) in [
        ("Kassym-Jomart Tokayev", "Касым-Жомарт Токаев"),
        ("Kazakhstan", "Казахстан"),
        ("United Nations", "Организация Объединенных Наций"),
        ("Sergey Lavrov", "Сергей Лавров"),
    ] {
        let entity = by_label.get(en).unwrap_or_else(|| panic!("{en} in {:?}", by_label.keys()));
        assert_eq!(entity.labels.get(&Language::Ru).map(String::as_str), Some(ru));
    }
    assert_eq!(by_label["Kazakhstan"].id.0, "iso-KZ");
    assert!(by_label["Kazakhstan"].coordinates.is_some());
    assert_eq!(
        by_label["Kazakhstan"].same_as,
        ["http://www.wikidata.org/entity/Q232", "https://sws.geonames.org/1522867/"]
    );
    // The English article alone and the Russian one alone give one identity.
    for (en, ru) in [
        ("Sergey Lavrov", "Сергей Лавров"),
        ("Xi Jinping", "Си Цзиньпин"),
        ("Mikhail Mishustin", "Михаил Мишустин"),
        ("Joe Biden", "Джо Байден"),
        ("Kazakh Foreign Ministry", "МИД РК"),
    ] {
        let kind = if en.contains("Ministry") { Class::Organization } else { Class::Person };
        let id = |name| run(&[article("x", vec![entity(kind, name, "")])]).entities[0].id.clone();
        assert_eq!(id(en), id(ru), "{en}");
    }
    let mut ids: Vec<_> = resolution.entities.iter().map(|e| &e.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), resolution.entities.len(), "an identity stands twice");
}

#[test]
fn family_names_join_only_whom_the_evidence_tells() {
    let person = |label, affiliation| entity(Class::Person, label, affiliation);
    let articles = [
        article("a", vec![person("Sergey Ivanov", "Russia")]),
        article("b", vec![person("Пётр Иванов", "Болгария")]),
        article("c", vec![person("Иванов", "МИД Болгарии")]),
        article("d", vec![person("Ivanov", "")]),
        article("e", vec![person("Tokayev", "")]),
        article("f", vec![person("Касым-Жомарт Токаев", "Казахстан")]),
    ];
    let resolution = run(&articles);
    let at = |i: usize| node(&resolution, &articles[i]);
    assert_ne!(at(0), at(1));
    assert_eq!(at(2), at(1), "the affiliation tells");
    assert!(at(3) != at(0) && at(3) != at(1), "nothing tells which");
    assert_eq!(at(4), at(5), "there is only one");
    let reasons = &resolution.entities[at(3)].reasons;
    assert!(reasons.iter().any(|r| r.starts_with("\"Ivanov\" left alone")), "{reasons:?}");
}

#[test]
fn namesakes_who_serve_two_states_are_two() {
    let person = |label, affiliation| entity(Class::Person, label, affiliation);
    let articles = [
        article("a", vec![person("Ivan Petrov", "Russia")]),
        article("b", vec![person("Иван Петров", "МИД Болгарии")]),
        article("c", vec![person("Ivan Petrov", "")]),
        article("d", vec![person("Иван Петров", "Россия")]),
    ];
    let resolution = run(&articles);
    let at = |i: usize| node(&resolution, &articles[i]);
    assert_ne!(at(0), at(1));
    assert_eq!(at(0), at(3));
    assert!(at(2) != at(0) && at(2) != at(1), "nothing tells which");
    let reasons = &resolution.entities[at(2)].reasons;
    assert!(reasons.iter().any(|r| r.starts_with("\"Ivan Petrov\" left alone")), "{reasons:?}");
}

#[test]
fn what_has_no_name_stays_with_its_article() {
    let mut talks = entity(Class::Event, "talks", "");
    talks.named = false;
    let articles = [article("a", vec![talks.clone(), talks.clone()]), article("b", vec![talks])];
    let resolution = run(&articles);
    assert_eq!(resolution.entities.len(), 2);
    assert_eq!(resolution.assignment[&(ArticleId("a".into()), 0)], resolution.assignment[&(ArticleId("a".into()), 1)]);
}

#[test]
fn a_ministry_without_its_state_joins_within_its_article() {
    let body = |label| entity(Class::Organization, label, "");
    let articles = [
        article("a", vec![body("Министерство иностранных дел Казахстана"), body("МИД")]),
        article("b", vec![body("МИД")]),
    ];
    let resolution = run(&articles);
    let at = |article: &str, i| resolution.assignment[&(ArticleId(article.into()), i)];
    assert_eq!(at("a", 0), at("a", 1));
    assert_ne!(at("a", 0), at("b", 0));
}

#[test]
fn decisions_are_applied_and_idle_ones_told() {
    let articles = [
        article("a", vec![entity(Class::Person, "Lee Kuan Yew", "")]),
        article("b", vec![entity(Class::Person, "Harry Lee", "")]),
        article("c", vec![entity(Class::Person, "Sergey Lavrov", "")]),
        article("d", vec![entity(Class::Person, "Сергей Лавров", "")]),
    ];
    let decisions = Decisions::parse(
        "action,entity,other,value\nsame,Lee Kuan Yew,Harry Lee,\ndifferent,Sergey Lavrov,Сергей Лавров,\n\
         rename,Harry Lee,,LKY\ntype,Sergey Lavrov,,Organization\nsame,Nobody,Nothing,\n",
    )
    .unwrap();
    let resolution = resolve(&articles, &ONTOLOGY, &decisions);
    let at = |i: usize| node(&resolution, &articles[i]);
    assert_eq!(at(0), at(1));
    assert_ne!(at(2), at(3));
    assert_eq!(resolution.entities[at(0)].label(), "LKY");
    assert_eq!(resolution.entities[at(2)].class, Class::Organization);
    assert_eq!(resolution.idle_decisions, decisions.rows[4..]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn order_plays_no_part(shuffled in Just(crate::identity::some_articles()).prop_shuffle()) {
        prop_assert_eq!(run(&shuffled), run(&crate::identity::some_articles()));
    }
}
