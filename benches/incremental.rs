//! How long one article takes to be added to a large store, and to be removed again.
//!
//! `cargo bench --bench incremental [CLAIMS]`; 100,000 claims by default. It makes a store of invented articles, then runs
//! the program itself, and prints seconds, so it is no test.

use jiff::civil::Date;
use kurultai::{
    extract::{ArticleClaims, ArticleMeta, Claim, Class, Evidence, LocalEntity, LocalId, Object, Status},
    ingest::{ArticleId, Language},
    ontology::Ontology,
    resolve::{Decisions, resolve},
    store::{Knowledge, Store},
    text::CharSpan,
};
use std::{collections::BTreeSet, process::Command, time::Instant};

/// Claims of one article.
const CLAIMS: usize = 20;
const GIVEN: [&str; 40] = [
    "Aigul", "Marat", "Dana", "Timur", "Leila", "Viktor", "Olga", "Pavel", "Irina", "Sergey", "Maria", "Anton",
    "Lucia", "Pedro", "Carmen", "Diego", "Amina", "Yusuf", "Fatima", "Omar", "Hana", "Kenji", "Mei", "Wei", "Ravi",
    "Priya", "Arjun", "Sofia", "Lars", "Ingrid", "Erik", "Astrid", "Kofi", "Ama", "Tunde", "Ngozi", "Thabo", "Zanele",
    "Jan", "Eva",
];
const SYLLABLES: [&str; 20] = [
    "ka", "to", "mi", "re", "du", "lan", "ber", "sho", "vi", "gor", "nu", "pal", "est", "far", "zim", "hol", "jad",
    "cru", "wel", "yar",
];
const STATES: [(&str, &str); 8] = [
    ("Kazakhstan", "iso:KZ"),
    ("Uzbekistan", "iso:UZ"),
    ("Peru", "iso:PE"),
    ("Ghana", "iso:GH"),
    ("Norway", "iso:NO"),
    ("India", "iso:IN"),
    ("Japan", "iso:JP"),
    ("Egypt", "iso:EG"),
];

/// Numbers without pattern, the same at every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}

fn entity(class: Class, label: String, affiliation: &str, known: Option<&str>) -> LocalEntity {
    LocalEntity {
        class,
        names: vec![label.clone()],
        label,
        language: Language::En,
        named: class != Class::Event,
        mentions: vec![CharSpan::new(0, 5)],
        affiliation: Some(affiliation.to_owned()).into_iter().filter(|a| !a.is_empty()).collect(),
        known: known.map(str::to_owned),
    }
}

fn article(number: usize, numbers: &mut Numbers) -> ArticleClaims {
    let meta = ArticleMeta {
        id: ArticleId(format!("{number:016x}")),
        doc: format!("invented-{number}"),
        source: format!("invented/{number}.txt"),
        title: Some(format!("Invented article {number}")),
        publisher: None,
        url: None,
        published: Some(Date::constant(2025, 11, 3)),
        language: Language::En,
        length: 5000,
    };
    let mut entities = Vec::new();
    for _ in 0..2 {
        let (name, key) = STATES[numbers.below(STATES.len())];
        entities.push(entity(Class::Country, name.to_owned(), "", Some(key)));
    }
    for _ in 0..4 {
        // Some people are spoken of often, most rarely.
        let person = if numbers.below(2) == 0 { numbers.below(200) } else { numbers.below(8000) };
        let family: String = [person % 20, person / 20 % 20, person / 400 % 20].map(|i| SYLLABLES[i]).concat();
        let label = format!("{} {}{}", GIVEN[person % 40], family[..1].to_uppercase(), &family[1..]);
        entities.push(entity(Class::Person, label, STATES[person % STATES.len()].0, None));
    }
    let state = STATES[numbers.below(STATES.len())].0;
    entities.push(entity(Class::Organization, format!("Ministry of Foreign Affairs of {state}"), "", None));
    entities.push(entity(Class::Event, "talks".to_owned(), "", None));
    let claims = (0..CLAIMS).map(|i| {
        let subject = numbers.below(7);
        let text = format!("In article {number}, sentence {i}, the parties met, spoke of water, trade and transport, and agreed to meet again.");
        Claim {
            subject: LocalId(subject),
            predicate: ["metWith", "supports", "visited", "participatedIn"][i % 4].to_owned(),
            object: Object::Entity(LocalId((subject + 1 + numbers.below(6)) % 8)),
            status: Status::Asserted,
            speaker: None,
            date: None,
            place: None,
            confidence: 0.9,
            evidence: Evidence { span: CharSpan::new(i * 120, i * 120 + 110), text },
            rule: "metWith/en/meet.VERB".to_owned(),
            arcs: vec!["met –nsubj→ parties".to_owned()],
        }
    });
    ArticleClaims { article: meta, claims: claims.collect(), entities }
}

#[allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints, and stops when it cannot go on")]
fn main() {
    let claims = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(100_000);
    let folder = std::env::temp_dir().join(format!("kurultai-incremental-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let program = || {
        let mut program = Command::new(env!("CARGO_BIN_EXE_kurultai"));
        program.current_dir(&folder).arg("--quiet");
        program
    };
    let news = "Peruvian President Rosa Quispe met Ghana's foreign minister Kofi Mensa in Lima on Monday.\n";
    std::fs::write(folder.join("news.txt"), news).unwrap();
    // A small build first: it tells what run the store is of.
    assert!(program().args(["build", "news.txt"]).status().unwrap().success());
    let store = folder.join("kurultai-store");
    let run = Store::open(&store).unwrap().run().unwrap().unwrap_or_default();
    let mut numbers = Numbers(1);
    let articles: Vec<_> = (0..claims / CLAIMS).map(|i| article(i, &mut numbers)).collect();
    let ontology = Ontology::builtin().unwrap();
    let mut opened = Store::open(&store).unwrap();
    opened.remove("news");
    opened.update(&run, articles, &BTreeSet::new());
    let articles = opened.take_articles();
    let start = Instant::now();
    let resolution = resolve(&articles, &ontology, &Decisions::default());
    println!("resolve {claims} claims: {:.2} s, {} entities", start.elapsed().as_secs_f64(), resolution.entities.len());
    let start = Instant::now();
    let saved = opened.save(&Knowledge { articles, resolution, run }, &ontology.schema).unwrap();
    println!("save    {} quads: {:.2} s", saved.manifest.quads, start.elapsed().as_secs_f64());
    drop(opened);
    for args in [["add", "news.txt"], ["remove", "news"]] {
        let mut times: Vec<f64> = Vec::new();
        for round in 0..3 {
            if round > 0 {
                let undo = if args[0] == "add" { ["remove", "news"] } else { ["add", "news.txt"] };
                assert!(program().args(undo).status().unwrap().success());
            }
            let start = Instant::now();
            assert!(program().args(args).status().unwrap().success());
            times.push(start.elapsed().as_secs_f64());
        }
        times.sort_by(f64::total_cmp);
        println!("{:7} one article: {:.2} s ({:.2}–{:.2})", args[0], times[1], times[0], times[2]);
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
