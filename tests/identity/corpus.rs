//! Identity on the annotated corpus: what several articles tell of one story, in two languages. Only what the corpus gives to
//! train with is looked at. The annotations stand in for extraction, so that resolution alone is measured.

use super::{Measure, f1};
use crate::resolve::{article, class, run};
use jiff::civil::Date;
use kurultai::{
    extract::{
        ArticleClaims, Claim, Class, DateValue, Evidence, LocalEntity, LocalId, Object, Precision, Status, Value,
    },
    ingest::ArticleId,
    ontology::Ontology,
    resolve::profile::language,
    text::CharSpan,
};
use serde_json::Value as Json;
use std::{collections::BTreeMap, fs, path::Path};

fn text<'j>(json: &'j Json, key: &str) -> &'j str {
    json[key].as_str().unwrap_or_default()
}

/// A date of the annotations: a day, a month or a year.
fn date(text: &str) -> Option<DateValue> {
    let mut parts = text.split('-').map(|p| p.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next().flatten(), parts.next().flatten());
    let at = |m: i16, d: i16| Date::new(year, m as i8, d as i8).ok();
    let (precision, earliest) = match (month, day) {
        (Some(m), Some(d)) => (Precision::Day, at(m, d)?),
        (Some(m), None) => (Precision::Month, at(m, 1)?),
        _ => (Precision::Year, at(1, 1)?),
    };
    let latest = match precision {
        Precision::Day => earliest,
        Precision::Month => earliest.last_of_month(),
        Precision::Year => earliest.last_of_year(),
    };
    Some(DateValue { earliest, latest, precision })
}

/// An annotated article as extraction would give it, and the keys of its entities.
fn read(json: &Json, ontology: &Ontology) -> (ArticleClaims, Vec<String>) {
    let mut record = article(text(json, "id"), Vec::new());
    record.article.published = text(json, "published").parse().ok();
    let clusters: Vec<&Json> = json["clusters"].as_array().unwrap().iter().collect();
    let locals: BTreeMap<&str, usize> = clusters.iter().enumerate().map(|(i, c)| (text(c, "id"), i)).collect();
    let mut keys = Vec::new();
    for cluster in &clusters {
        let class = class(text(cluster, "class"));
        let mentions = json["mentions"].as_array().unwrap();
        let of = |kind: &str| -> Vec<String> {
            let fits = |m: &&Json| text(m, "cluster") == text(cluster, "id") && text(m, "kind") == kind;
            mentions.iter().filter(fits).map(|m| text(m, "text").to_owned()).collect()
        };
        let mut names = of("name");
        let named = !names.is_empty();
        names.sort_by_key(|n| std::cmp::Reverse(n.chars().count()));
        names.extend(of("nominal"));
        if names.is_empty() {
            names.push(text(cluster, "key").to_owned());
        }
        let known = names.iter().find_map(|n| ontology.gazetteer.name(n)).map(|k| match class {
            Class::Country => ontology.gazetteer.state_of_capital(&k.key).unwrap_or(k),
            _ => k,
        });
        let known = known.filter(|k| k.class == class && named).map(|k| k.key.clone());
        keys.push(format!("{} {}", text(cluster, "class"), text(cluster, "key")));
        record.entities.push(LocalEntity {
            class,
            label: names[0].clone(),
            language: language(&names[0]),
            names,
            named,
            mentions: vec![CharSpan::new(0, 1)],
            affiliation: Vec::new(),
            known,
        });
    }
    for claim in json["claims"].as_array().unwrap() {
        let local = |json: &Json| locals.get(text(json, "cluster")).map(|&i| LocalId(i));
        let object = match (local(&claim["object"]), date(text(&claim["object"], "date"))) {
            (Some(local), _) => Object::Entity(local),
            (None, Some(date)) => Object::Literal(Value::Date(date)),
            _ => continue,
        };
        let Some(subject) = local(&claim["subject"]) else { continue };
        record.claims.push(Claim {
            subject,
            predicate: text(claim, "relation").to_owned(),
            object,
            status: Status::Asserted,
            speaker: None,
            date: date(text(&claim["date"], "value")),
            place: local(&claim["place"]),
            confidence: 0.9,
            evidence: Evidence { span: CharSpan::new(0, 1), text: String::new() },
            rule: String::new(),
            arcs: Vec::new(),
        });
    }
    (record, keys)
}

#[test]
fn stories_told_by_several_articles_of_the_corpus() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let plan = fs::read_to_string(folder.join("plan.tsv")).unwrap();
    let ontology = Ontology::builtin().unwrap();
    let mut articles = Vec::new();
    let mut truth: BTreeMap<(ArticleId, usize), String> = BTreeMap::new();
    for row in plan.lines().skip(1).map(|l| l.split('\t').collect::<Vec<_>>()).filter(|r| r[2] == "train") {
        let Ok(json) = fs::read(folder.join("annotations").join(format!("{}.json", row[1]))) else { continue };
        let (record, keys) = read(&serde_json::from_slice(&json).unwrap(), &ontology);
        let id = record.article.id.clone();
        truth.extend(keys.into_iter().enumerate().map(|(i, key)| ((id.clone(), i), key)));
        articles.push(record);
    }
    let resolution = run(&articles);
    let named = |of: &(ArticleId, usize)| {
        articles.iter().find(|a| a.article.id == of.0).is_some_and(|a| a.entities[of.1].named)
    };
    println!("corpus: {} articles", articles.len());
    for kind in ["Person", "Organization", "Instrument", "Event"] {
        let of: Vec<_> =
            truth.iter().filter(|(at, key)| key.starts_with(kind) && (kind == "Event" || named(at))).collect();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let right: Vec<usize> = of
            .iter()
            .map(|(_, key)| {
                let next = numbers.len();
                *numbers.entry(key).or_insert(next)
            })
            .collect();
        let found: Vec<usize> = of.iter().map(|(at, _)| resolution.assignment[*at]).collect();
        for (i, j) in (0..of.len()).flat_map(|i| (i + 1..of.len()).map(move |j| (i, j))) {
            let name = |k: usize| {
                let at = of[k].0;
                let record = articles.iter().find(|a| a.article.id == at.0).unwrap();
                format!("{} [{}]", record.entities[at.1].label, at.0.0)
            };
            match (right[i] == right[j], found[i] == found[j]) {
                (false, true) => {
                    let reasons = resolution.entities[found[i]].reasons.join("; ");
                    println!("wrongly one: {} / {}: {reasons}", name(i), name(j));
                }
                (true, false) => println!("not joined: {} / {}", name(i), name(j)),
                _ => {}
            }
        }
        let measure = Measure::new(&right, &found);
        println!("corpus {kind}: {} mentions of {}: {measure}", of.len(), numbers.len());
        let floor = if kind == "Person" { 0.8 } else { 0.4 };
        assert!(measure.pairwise.0 >= 0.7 && f1(measure.pairwise) >= floor, "{kind}: {measure}");
    }
}
