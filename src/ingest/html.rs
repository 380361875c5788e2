//! HTML pages: the article's body without what surrounds it, and what the page says of itself.

use super::{
    error::Problem,
    record::{Record, date, field},
};
use dom_smoothie::{Config, Readability, TextMode};
use jiff::civil::Date;
use regex::Regex;
use serde_json::Value;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

static JSON_LD: LazyLock<Result<Regex, regex::Error>> =
    LazyLock::new(|| Regex::new(r#"(?is)<script[^>]*type\s*=\s*["']?application/ld\+json["']?[^>]*>(.*?)</script>"#));
static TAG: LazyLock<Result<Regex, regex::Error>> = LazyLock::new(|| Regex::new(r"(?is)<(?:meta|time|link)\s[^>]*>"));
static ATTRIBUTE: LazyLock<Result<Regex, regex::Error>> =
    LazyLock::new(|| Regex::new(r#"(?is)([a-z:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"#));
/// The first names are the best sources of a page's date.
const DATE_NAMES: &[&str] = &[
    "article:published_time",
    "datepublished",
    "og:published_time",
    "published_time",
    "date",
    "pubdate",
    "publishdate",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "sailthru.date",
    "parsely-pub-date",
];

/// The encoding that the page names, which it does within its first kilobyte.
pub(super) fn charset(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_lowercase();
    let after = start.split("charset=").nth(1)?.trim_start_matches(['"', '\'']);
    Some(after.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect())
}

/// Reads a page.
pub(super) fn read(page: &str) -> Result<Record, Problem> {
    let about = Metadata::of(page);
    let config = Config { text_mode: TextMode::Formatted, char_threshold: 200, ..Config::default() };
    let article = Readability::new(page, None, Some(config))
        .and_then(|mut readability| readability.parse())
        .map_err(|_| Problem::NoArticle)?;
    let text: String = article.text_content.nfc().collect();
    Ok(Record {
        title: about.title.or_else(|| field(&article.title)),
        publisher: about.publisher.or_else(|| article.site_name.as_deref().and_then(field)),
        url: about.url,
        published: about.published.or_else(|| article.published_time.as_deref().and_then(|t| date(t).ok())),
        text,
        ..Record::default()
    })
}

/// What the page says of itself; JSON-LD before meta tags, these before `<time>`.
#[derive(Default)]
struct Metadata {
    title: Option<String>,
    publisher: Option<String>,
    url: Option<String>,
    published: Option<Date>,
}

impl Metadata {
    fn of(page: &str) -> Self {
        let mut about = Self::default();
        if let Ok(regex) = &*JSON_LD {
            for block in regex.captures_iter(page).filter_map(|c| c.get(1)) {
                if let Ok(value) = serde_json::from_str::<Value>(block.as_str().trim()) {
                    about.take_json_ld(&value);
                }
            }
        }
        about.take_tags(page);
        about
    }

    fn take_json_ld(&mut self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.take_json_ld(item)),
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph") {
                    self.take_json_ld(graph);
                }
                let kind = object.get("@type").map(Value::to_string).unwrap_or_default();
                if !["Article", "Posting", "Report"].iter().any(|k| kind.contains(k)) {
                    return;
                }
                let text = |name: &str| object.get(name).and_then(Value::as_str);
                let named = |name: &str| object.get(name).and_then(|p| p.get("name").unwrap_or(p).as_str());
                self.title = self.title.take().or_else(|| text("headline").and_then(field));
                self.publisher = self.publisher.take().or_else(|| named("publisher").and_then(field));
                self.url = self.url.take().or_else(|| text("url").and_then(field));
                self.published = self.published.or_else(|| text("datePublished").and_then(|d| date(d).ok()));
            }
            _ => {}
        }
    }

    fn take_tags(&mut self, page: &str) {
        let (Ok(tag), Ok(attribute)) = (&*TAG, &*ATTRIBUTE) else { return };
        let mut dates: Vec<(usize, Date)> = Vec::new();
        for found in tag.find_iter(page) {
            let (mut name, mut content) = (String::new(), "");
            for pair in attribute.captures_iter(found.as_str()) {
                let value = pair.iter().skip(2).flatten().next().map_or("", |m| m.as_str());
                match pair[1].to_lowercase().as_str() {
                    "name" | "property" | "itemprop" | "rel" if name.is_empty() => name = value.to_lowercase(),
                    "content" | "datetime" | "href" => content = value,
                    _ => {}
                }
            }
            let is_time = found.as_str().to_lowercase().starts_with("<time");
            let rank = if is_time { Some(DATE_NAMES.len()) } else { DATE_NAMES.iter().position(|n| *n == name) };
            if let (Some(rank), Ok(date)) = (rank, date(content)) {
                dates.push((rank, date));
            }
            let unescaped = || field(&content.replace("&amp;", "&").replace("&quot;", "\"").replace("&#39;", "'"));
            match name.as_str() {
                "og:site_name" if self.publisher.is_none() => self.publisher = unescaped(),
                "og:title" if self.title.is_none() => self.title = unescaped(),
                "og:url" | "canonical" if self.url.is_none() => self.url = unescaped(),
                _ => {}
            }
        }
        // The first of the best-named: later <time> elements are those of comments and related articles.
        self.published = self.published.or_else(|| dates.iter().min_by_key(|(rank, _)| *rank).map(|&(_, date)| date));
    }
}
