//! Resolution on a table of spellings and traps in both languages: pairwise precision and recall, order, labels, decisions.
//!
//! `cargo test --release resolve -- --nocapture` prints the numbers and every pair that is wrong.

use jiff::civil::Date;
use kurultai::{
    extract::{ArticleClaims, ArticleMeta, Class, LocalEntity},
    ingest::{ArticleId, Language},
    ontology::Ontology,
    resolve::{Decisions, Resolution, profile::language, resolve},
};
use proptest::prelude::*;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

#[derive(Deserialize)]
struct Row {
    class: String,
    affiliation: String,
    spellings: String,
}

#[derive(Deserialize)]
struct Trap {
    class: String,
    a: String,
    a_affiliation: String,
    b: String,
    b_affiliation: String,
    why: String,
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Vec<T> {
    csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes())
        .deserialize()
        .map(Result::unwrap)
        .collect()
}

fn class(name: &str) -> Class {
    Class::ALL.into_iter().find(|c| c.name() == name).unwrap()
}

fn entity(class: Class, label: &str, affiliation: &str) -> LocalEntity {
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

fn article(id: &str, entities: Vec<LocalEntity>) -> ArticleClaims {
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

/// The table as articles of one entity each, and which row each article belongs to.
fn table() -> (Vec<ArticleClaims>, Vec<usize>) {
    let rows: Vec<Row> = read(include_str!("resolve/spellings.csv"));
    let mut articles = Vec::new();
    let mut truth = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        assert!(row.spellings.split('|').count() >= 2, "{}", row.spellings);
        for spelling in row.spellings.split('|') {
            // Affiliations are told where a name alone would not do.
            let affiliation = if spelling.contains(' ') { "" } else { &row.affiliation };
            articles.push(article(
                &format!("{:04}", articles.len()),
                vec![entity(class(&row.class), spelling, affiliation)],
            ));
            truth.push(at);
        }
    }
    (articles, truth)
}

fn run(articles: &[ArticleClaims]) -> Resolution {
    resolve(articles, &ONTOLOGY, &Decisions::default())
}

fn node(resolution: &Resolution, article: &ArticleClaims) -> usize {
    resolution.assignment[&(article.article.id.clone(), 0)]
}

#[test]
fn spellings_meet() {
    let (articles, truth) = table();
    let resolution = run(&articles);
    let found: Vec<usize> = articles.iter().map(|a| node(&resolution, a)).collect();
    let (mut right, mut wrong, mut missed) = (0u32, 0u32, 0u32);
    for i in 0..articles.len() {
        for j in i + 1..articles.len() {
            let name = |k: usize| articles[k].entities[0].label.as_str();
            match (truth[i] == truth[j], found[i] == found[j]) {
                (true, true) => right += 1,
                (false, true) => {
                    wrong += 1;
                    println!("wrongly one: {} / {}", name(i), name(j));
                }
                (true, false) => {
                    missed += 1;
                    println!("not joined: {} / {}", name(i), name(j));
                }
                _ => {}
            }
        }
    }
    let precision = f64::from(right) / f64::from(right + wrong);
    let recall = f64::from(right) / f64::from(right + missed);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{} spellings: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}", articles.len());
    assert!(precision >= 0.98, "precision {precision:.3}");
    assert!(f1 >= 0.93, "F1 {f1:.3}");
}

#[test]
fn traps_stay_apart() {
    let traps: Vec<Trap> = read(include_str!("resolve/traps.csv"));
    let mut fallen = Vec::new();
    for trap in &traps {
        let articles = [
            article("a", vec![entity(class(&trap.class), &trap.a, &trap.a_affiliation)]),
            article("b", vec![entity(class(&trap.class), &trap.b, &trap.b_affiliation)]),
        ];
        let resolution = run(&articles);
        if node(&resolution, &articles[0]) == node(&resolution, &articles[1]) {
            fallen.push(format!("{} / {} ({})", trap.a, trap.b, trap.why));
        }
    }
    println!("{} of {} traps kept apart; not: {fallen:#?}", traps.len() - fallen.len(), traps.len());
    assert!(fallen.len() * 10 <= traps.len(), "{fallen:#?}");
}

#[test]
fn labels_in_both_languages_and_identity_by_content() {
    let (mut articles, _) = table();
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
    assert_eq!(by_label["Kazakhstan"].same_as, ["https://sws.geonames.org/1522867/"]);
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
    fn order_plays_no_part(shuffled in Just(table().0).prop_shuffle()) {
        prop_assert_eq!(run(&shuffled), run(&table().0));
    }
}
