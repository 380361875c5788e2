//! Events told by several articles: one where kind, date, place and participants agree, and not otherwise.

use crate::resolve::{article, entity, run};
use jiff::civil::{Date, date};
use kurultai::{
    extract::{ArticleClaims, Claim, Class, DateValue, Evidence, LocalId, Object, Precision, Status, Value},
    resolve::Resolution,
    text::CharSpan,
};

/// An article that tells of one event: its name, when and where it was, and who took part.
fn telling(id: &str, published: Date, event: &str, when: Option<Date>, place: &str, with: &[&str]) -> ArticleClaims {
    let mut described = entity(Class::Event, event, "");
    described.named = false;
    let mut entities = vec![described];
    let mut claims = Vec::new();
    let mut claim = |subject, predicate: &str, object| {
        claims.push(Claim {
            subject: LocalId(subject),
            predicate: predicate.to_owned(),
            object,
            status: Status::Asserted,
            speaker: None,
            date: None,
            place: None,
            confidence: 0.9,
            evidence: Evidence { span: CharSpan::new(0, 1), text: String::new() },
            rule: String::new(),
            arcs: Vec::new(),
        });
    };
    if let Some(day) = when {
        let day = DateValue { earliest: day, latest: day, precision: Precision::Day };
        claim(0, "occurredOn", Object::Literal(Value::Date(day)));
    }
    if !place.is_empty() {
        entities.push(entity(Class::Place, place, ""));
        claim(0, "tookPlaceIn", Object::Entity(LocalId(1)));
    }
    for who in with {
        let class = if who.contains(' ') { Class::Person } else { Class::Country };
        entities.push(entity(class, who, ""));
        claim(entities.len() - 1, "participatedIn", Object::Entity(LocalId(0)));
    }
    let mut record = article(id, entities);
    record.article.published = Some(published);
    record.claims = claims;
    record
}

fn event(resolution: &Resolution, record: &ArticleClaims) -> usize {
    resolution.assignment[&(record.article.id.clone(), 0)]
}

const DAY: Date = date(2025, 3, 12);

fn first() -> ArticleClaims {
    telling("a", DAY, "talks", Some(DAY), "Bishkek", &["Kyrgyzstan", "Tajikistan", "Sadyr Japarov"])
}

#[test]
fn one_event_in_two_languages_has_two_sources_and_says_why() {
    let other = telling("b", date(2025, 3, 13), "встреча", Some(DAY), "Бишкек", &["Таджикистан", "Садыр Жапаров"]);
    let articles = [first(), other];
    let resolution = run(&articles);
    assert_eq!(event(&resolution, &articles[0]), event(&resolution, &articles[1]));
    let one = &resolution.entities[event(&resolution, &articles[0])];
    assert_eq!(one.members.len(), 2);
    assert_eq!((one.labels.len(), one.class), (2, Class::Event));
    let why = one.reasons.join("\n");
    assert!(why.contains("kinds alike, same day, same place, several participants in common"), "{why}");
    // Whichever is read first.
    let turned = run(&[articles[1].clone(), articles[0].clone()]);
    assert_eq!(turned, resolution);
}

#[test]
fn an_event_without_date_is_dated_by_its_article() {
    let near = telling("b", date(2025, 3, 14), "переговоры", None, "Бишкек", &["Киргизия", "Таджикистан"]);
    let far = telling("c", date(2025, 5, 14), "переговоры", None, "Бишкек", &["Киргизия", "Таджикистан"]);
    let articles = [first(), near, far];
    let resolution = run(&articles);
    let at = |i: usize| event(&resolution, &articles[i]);
    assert_eq!(at(0), at(1));
    assert_ne!(at(0), at(2));
}

#[test]
fn what_differs_keeps_events_apart() {
    let with = ["Kyrgyzstan", "Tajikistan", "Sadyr Japarov"];
    for (why, other) in [
        ("another day", telling("b", DAY, "talks", Some(date(2025, 3, 15)), "Bishkek", &with)),
        ("another city", telling("b", DAY, "talks", Some(DAY), "Osh", &with[..1])),
        ("another kind", telling("b", DAY, "выборы", Some(DAY), "Бишкек", &with)),
        ("others", telling("b", DAY, "talks", Some(DAY), "", &["Peru", "Ghana", "Rosa Quispe"])),
        ("an ordinal", telling("b", DAY, "third round of talks", Some(DAY), "Bishkek", &with)),
    ] {
        let mut first = first();
        if why == "an ordinal" {
            first.entities[0].label = "second round of talks".to_owned();
            first.entities[0].names = vec!["second round of talks".to_owned()];
        }
        let articles = [first, other];
        let resolution = run(&articles);
        assert_ne!(event(&resolution, &articles[0]), event(&resolution, &articles[1]), "{why}");
    }
}

#[test]
fn two_events_of_one_article_stay_two() {
    let mut both = first();
    let mut second = entity(Class::Event, "meeting", "");
    second.named = false;
    both.entities.push(second);
    let at = both.entities.len() - 1;
    let mut claims = both.claims.clone();
    for claim in &mut claims {
        if claim.subject == LocalId(0) {
            claim.subject = LocalId(at);
        }
        if claim.object == Object::Entity(LocalId(0)) {
            claim.object = Object::Entity(LocalId(at));
        }
    }
    both.claims.extend(claims);
    let other = telling("b", DAY, "meeting", Some(DAY), "Bishkek", &["Kyrgyzstan", "Tajikistan"]);
    let articles = [both, other];
    let resolution = run(&articles);
    let local = |i: usize| resolution.assignment[&(articles[0].article.id.clone(), i)];
    assert_ne!(local(0), local(at), "the article tells them apart");
    let joined = event(&resolution, &articles[1]);
    assert!(joined == local(0) || joined == local(at), "one of them is told twice");
}
