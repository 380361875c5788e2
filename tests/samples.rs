//! The gold beside the samples and the blind set cannot rot.
//!
//! Every row must parse, name an article, a relation and entities that exist, and say nothing that its article does not
//! contain: one name of each entity, every word of a text object (inflection aside), the deciding words of a status.
//! The files are read here without the program's own readers, so that a mistake in those cannot hide one in the gold.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

const CLASSES: &[&str] = &["Person", "Organization", "Country", "Place", "Event", "Instrument", "Topic", "Initiative"];

const RELATIONS: &[&str] = &[
    "position",
    "headOf",
    "represents",
    "memberOf",
    "partOf",
    "locatedIn",
    "foundedOn",
    "established",
    "tookPlaceIn",
    "occurredOn",
    "organized",
    "participatedIn",
    "metWith",
    "visited",
    "discussed",
    "proposed",
    "adopted",
    "signed",
    "joined",
    "said",
    "supported",
    "praised",
    "criticized",
    "rejected",
    "calledFor",
    "agreedOn",
    "cooperatesWith",
    "appointed",
    "dismissed",
    "aided",
    "attacked",
    "sanctioned",
    "threatened",
];

const STATUSES: &[&str] = &["asserted", "planned", "denied", "hypothetical"];

/// One set: a folder of articles with `gold/` inside.
struct Set {
    articles: BTreeMap<String, String>,
    entities: BTreeMap<String, Vec<String>>,
    languages: BTreeMap<String, String>,
    triples: Vec<Vec<String>>,
    statuses: Vec<Vec<String>>,
    problems: Vec<String>,
}

impl Set {
    fn read(folder: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut set = Self {
            articles: articles(&folder),
            entities: BTreeMap::new(),
            languages: BTreeMap::new(),
            triples: rows(&folder.join("gold/triples.tsv")),
            statuses: rows(&folder.join("gold/status.tsv")),
            problems: Vec::new(),
        };
        let header = Regex::new(r"(?m)^# language (\S+) (en|ru)$").unwrap();
        let triples = std::fs::read_to_string(folder.join("gold/triples.tsv")).unwrap();
        for found in header.captures_iter(&triples) {
            set.languages.insert(found[1].to_owned(), found[2].to_owned());
        }
        for row in rows(&folder.join("gold/entities.tsv")) {
            let [id, class, names] = row.as_slice() else {
                set.problems.push(format!("entities.tsv: {row:?}: three columns expected"));
                continue;
            };
            if !CLASSES.contains(&class.as_str()) {
                set.problems.push(format!("entities.tsv: {id}: no class {class:?}"));
            }
            let names = names.split('|').map(|name| name.trim().to_owned()).collect();
            if set.entities.insert(id.clone(), names).is_some() {
                set.problems.push(format!("entities.tsv: {id} stands twice"));
            }
        }
        set
    }

    /// Why the end of a triple is not to be found in the words of its article, if it is not.
    fn fault(&self, end: &str, words: &[String]) -> Option<String> {
        if let Some(text) = end.strip_prefix('"') {
            let Some(text) = text.strip_suffix('"') else {
                return Some(format!("{end}: quotation mark not closed"));
            };
            missing(text, words).map(|word| format!("{word:?} of {text:?} is not in the article"))
        } else if end.starts_with(|first: char| first.is_ascii_digit()) {
            let date = Regex::new(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$").unwrap();
            (!date.is_match(end)).then(|| format!("{end} is no date"))
        } else {
            let Some(names) = self.entities.get(end) else {
                return Some(format!("no entity {end:?}"));
            };
            names
                .iter()
                .all(|name| missing(name, words).is_some())
                .then(|| format!("no name of {end} is in the article: {names:?}"))
        }
    }

    fn check(&mut self) {
        let mut problems = std::mem::take(&mut self.problems);
        let mut used = BTreeSet::new();
        let mut seen = BTreeSet::new();
        for (file, rows, columns) in [("triples.tsv", &self.triples, 5), ("status.tsv", &self.statuses, 7)] {
            for row in rows {
                let place = format!("{file}: {}", row.join(" "));
                if row.len() != columns {
                    problems.push(format!("{place}: {columns} columns expected"));
                    continue;
                }
                let [doc, subject, relation, object] = [0, 1, 2, 3].map(|column| row[column].as_str());
                let Some(text) = self.articles.get(doc) else {
                    problems.push(format!("{place}: no article {doc:?}"));
                    continue;
                };
                if !RELATIONS.contains(&relation) {
                    problems.push(format!("{place}: no relation {relation:?}"));
                }
                let words = words(text);
                for end in [subject, object] {
                    used.insert(end.to_owned());
                    problems.extend(self.fault(end, &words).map(|fault| format!("{place}: {fault}")));
                }
                if columns == 5 {
                    if !["", "opt"].contains(&row[4].as_str()) {
                        problems.push(format!("{place}: {:?} is neither empty nor opt", row[4]));
                    }
                    if !seen.insert((doc, subject, relation, object)) {
                        problems.push(format!("{place}: stands twice"));
                    }
                    continue;
                }

                let [status, speaker, deciding] = [4, 5, 6].map(|column| row[column].as_str());
                if !STATUSES.contains(&status) {
                    problems.push(format!("{place}: no status {status:?}"));
                }
                if speaker != "-" {
                    used.insert(speaker.to_owned());
                    problems.extend(self.fault(speaker, &words).map(|fault| format!("{place}: speaker: {fault}")));
                }
                let text = flat(text);
                for part in deciding.split(" ... ").filter(|part| !text.contains(&flat(part))) {
                    problems.push(format!("{place}: {part:?} is not in the article"));
                }
                // Asserted by one and denied by another is a disagreement and may stand in both; nothing else may.
                let stated = seen.contains(&(doc, subject, relation, object));
                if matches!(status, "asserted" | "planned") != stated && !(status == "denied" && stated) {
                    let wanted = if stated { "must not" } else { "must" };
                    problems.push(format!("{place}: {status}, so it {wanted} stand in triples.tsv"));
                }
            }
        }
        let articles: BTreeSet<_> = self.articles.keys().collect();
        if articles != self.languages.keys().collect() {
            problems.push(format!("language headers and articles differ: {articles:?} {:?}", self.languages));
        }
        for (doc, language) in &self.languages {
            if !doc.starts_with(&format!("{language}-")) {
                problems.push(format!("{doc}: named for another language than {language}"));
            }
            if !self.triples.iter().any(|row| &row[0] == doc) {
                problems.push(format!("{doc}: no triple"));
            }
        }
        problems.extend(
            self.entities.keys().filter(|id| !used.contains(*id)).map(|id| format!("entities.tsv: {id} is never used")),
        );
        assert!(problems.is_empty(), "{} faults in the gold:\n{}", problems.len(), problems.join("\n"));
    }
}

/// Rows of a tab-separated file, comments left out.
fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    rows.map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The articles of a folder by name: title and text, page mark-up taken off.
fn articles(folder: &Path) -> BTreeMap<String, String> {
    #[derive(serde::Deserialize)]
    struct Record {
        id: String,
        title: String,
        text: String,
    }
    let markup = Regex::new(r"(?s)<script.*?</script>|<style.*?</style>|<[^>]*>").unwrap();
    let mut articles = BTreeMap::new();
    let mut add =
        |name: String, text: String| assert!(articles.insert(name.clone(), text).is_none(), "{name} stands twice");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap().to_owned();
        let read = || {
            let bytes = std::fs::read(&path).unwrap();
            String::from_utf8(bytes)
                .unwrap_or_else(|error| encoding_rs::WINDOWS_1251.decode(error.as_bytes()).0.into_owned())
        };
        match path.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => add(stem, read()),
            Some("html") => add(stem, markup.replace_all(&read(), " ").into_owned()),
            Some("jsonl") => {
                for line in read().lines() {
                    let Record { id, title, text } = serde_json::from_str(line).unwrap();
                    add(id, format!("{title}\n{text}"));
                }
            }
            Some("csv") => {
                for record in csv::Reader::from_reader(read().as_bytes()).deserialize() {
                    let Record { id, title, text } = record.unwrap();
                    add(id, format!("{title}\n{text}"));
                }
            }
            _ => {}
        }
    }
    articles
}

/// Lower-case words, `ё` as `е`.
pub fn words(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('ё', "е");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// White space made one blank.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first word of `phrase` that has no counterpart among `words`.
pub fn missing(phrase: &str, words: &[String]) -> Option<String> {
    self::words(phrase).into_iter().find(|word| !words.iter().any(|other| same_word(word, other)))
}

/// Whether two words may be forms of one: they agree but for an ending, which in a word of four letters must look like one.
/// Shorter words must be equal.
fn same_word(left: &str, right: &str) -> bool {
    let shorter = left.chars().count().min(right.chars().count());
    if shorter < 4 {
        return left == right;
    }
    let common = left.chars().zip(right.chars()).take_while(|(a, b)| a == b).count();
    let ending = |word: &str| word.chars().nth(common).is_none_or(|first| "aeiousаеиоуыэюяйь".contains(first));
    common >= 3.max(shorter - 2) && (shorter > 4 || ending(left) && ending(right))
}

#[test]
fn forms_of_a_word_agree_and_other_words_do_not() {
    for (left, right) in [("президент", "президентом"), ("встреча", "встречи"), ("signed", "sign"), ("оон", "оон")]
    {
        assert!(same_word(left, right), "{left} {right}");
    }
    for (left, right) in [("ирак", "иран"), ("мид", "мир"), ("signed", "said"), ("declaration", "delegation")]
    {
        assert!(!same_word(left, right), "{left} {right}");
    }
}

#[test]
fn gold_of_the_samples_says_what_the_samples_say() {
    Set::read("samples").check();
}

#[test]
fn gold_of_the_blind_set_says_what_its_articles_say() {
    Set::read("tests/blind").check();
}

#[test]
fn samples_cover_both_languages_and_all_formats() {
    let set = Set::read("samples");
    let count = |language: &str| set.languages.values().filter(|found| *found == language).count();
    assert!(count("en") >= 8 && count("ru") >= 5, "{:?}", set.languages);
    let relations: BTreeSet<_> = set.triples.iter().map(|row| row[2].as_str()).collect();
    assert!(relations.len() >= 26, "only {} relations: {relations:?}", relations.len());
}

#[test]
fn a_false_row_is_found() {
    let mut set = Set::read("samples");
    set.triples.push(["en-prespa", "zaev", "metWith", "xi", ""].map(str::to_owned).to_vec());
    set.triples.push(["en-prespa", "zaev", "said", "\"quite another matter\"", ""].map(str::to_owned).to_vec());
    let found = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| set.check())).unwrap_err();
    let found = found.downcast::<String>().unwrap();
    assert!(found.starts_with("2 faults") && found.contains("no name of xi") && found.contains("quite"), "{found}");
}
