//! `tests/cases/*.md`: prose, a text block, and the claims that it must (or must not) give.
//!
//! ```text
//! ## A title
//! ~~~text en 2024-05-01
//! The text.
//! ~~~
//! ~~~claims
//! subject | relation | object
//! subject | relation | object | planned | speaker
//! not subject | relation | object
//! ~~~
//! ```
//! A claim without status must count as a fact; `not` says that no such fact may come out. Blocks may be fenced by back-ticks too.

use super::{article, claims_of, names, names_match, object_names};
use kurultai::{
    extract::{ArticleClaims, Claim},
    ingest::{Article, Language},
};
use std::{fmt::Write, fs, path::Path};

struct Case {
    title: String,
    article: Article,
    claims: Vec<String>,
}

fn read(path: &Path) -> Vec<Case> {
    let text = fs::read_to_string(path).unwrap();
    let file = path.file_stem().unwrap().to_string_lossy().into_owned();
    let mut cases: Vec<Case> = Vec::new();
    let (mut title, mut fence, mut block) = (String::new(), String::new(), Vec::new());
    for line in text.lines() {
        let opens = line.strip_prefix("```");
        match (fence.is_empty(), opens) {
            (true, Some(kind)) => fence = kind.to_owned(),
            (true, None) => {
                if let Some(t) = line.strip_prefix("## ") {
                    title = format!("{file}: {t}");
                }
            }
            (false, Some(_)) => {
                let kind: Vec<&str> = fence.split_whitespace().collect();
                match kind[0] {
                    "text" => {
                        let language = if kind[1] == "ru" { Language::Ru } else { Language::En };
                        let published = kind.get(2).map(|d| d.parse().unwrap());
                        let article = article(&block.join("\n"), language, published);
                        cases.push(Case { title: title.clone(), article, claims: Vec::new() });
                    }
                    "claims" => cases.last_mut().unwrap().claims.append(&mut block),
                    other => panic!("{title}: no block `{other}`"),
                }
                block.clear();
                fence.clear();
            }
            (false, None) => block.push(line.to_owned()),
        }
    }
    cases
}

fn says(all: &ArticleClaims, claim: &Claim, wanted: &[&str]) -> bool {
    let [subject, relation, object, rest @ ..] = wanted else { panic!("three columns in {wanted:?}") };
    claim.predicate == *relation
        && names_match(subject, &names(all, claim.subject))
        && names_match(object, &object_names(all, claim))
        && match rest.first() {
            None | Some(&"") => claim.status.is_asserted(),
            Some(status) => claim.status.name() == *status,
        }
        && match rest.get(1) {
            None => true,
            Some(speaker) => claim.speaker.is_some_and(|s| names_match(speaker, &names(all, s))),
        }
}

#[test]
fn cases_give_their_claims() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|f| f.unwrap().path()).collect();
    files.sort();
    let cases: Vec<Case> =
        files.iter().filter(|f| f.extension().is_some_and(|e| e == "md")).flat_map(|f| read(f)).collect();
    let articles: Vec<Article> = cases.iter().map(|c| c.article.clone()).collect();
    let mut report = String::new();
    for (case, all) in cases.iter().zip(claims_of(&articles)) {
        for line in case.claims.iter().filter(|l| !l.trim().is_empty()) {
            let (negated, line) = line.strip_prefix("not ").map_or((false, line.as_str()), |l| (true, l));
            let wanted: Vec<&str> = line.split('|').map(str::trim).collect();
            if all.claims.iter().any(|c| says(&all, c, &wanted)) == negated {
                let what = if negated { "must not give" } else { "does not give" };
                writeln!(report, "{}: {what} {line}", case.title).unwrap();
                for c in &all.claims {
                    let (s, o) = (names(&all, c.subject), object_names(&all, c));
                    writeln!(report, "    has {} | {} | {} | {}", s[0], c.predicate, o[0], c.status.name()).unwrap();
                }
            }
        }
    }
    assert!(!cases.is_empty() && report.is_empty(), "{report}");
}
