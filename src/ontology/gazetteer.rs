//! The gazetteer: states, international bodies, regions and cities with their names in both languages, adjectives,
//! identifiers and coordinates (`gazetteer.csv`, made by `scripts/gazetteer.py`).
//!
//! It tells what a name denotes wherever it stands: in any Russian case, with or without article, hyphen, accent, ё or
//! dots. Names are indexed in all their forms in a tree over words, so that a look-up costs one step a word. A name that
//! several things share belongs to the first row that has it (states before cities, big cities before small).

use super::{
    Inflection, OntologyError, Source,
    forms::{FormTree, HYPHENS, fold, key, strip_possessive},
    inflection::{WordKind, is_cyrillic},
};
use crate::{extract::Class, ingest::Language};
use serde::Deserialize;
use std::collections::HashMap;

const FILE: &str = "gazetteer.csv";

/// A row of the gazetteer.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// `iso:KZ`, `org:un`, `geo:1526273`, `place:central-asia`.
    pub key: String,
    /// Its class.
    pub class: Class,
    /// English names, the label first.
    pub en: Vec<String>,
    /// Russian names, the label first.
    pub ru: Vec<String>,
    /// Adjectives and nouns for its people, English.
    pub en_adjectives: Vec<String>,
    /// Adjectives, Russian, masculine nominative; short first parts of compounds in -о.
    pub ru_adjectives: Vec<String>,
    /// Key of a state's capital.
    pub capital: Option<String>,
    /// Key of what it belongs to: a city's state, a body's parent.
    pub country: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub iso: Option<String>,
    /// Wikidata identifier.
    pub wikidata: Option<String>,
    /// GeoNames identifier.
    pub geonames: Option<String>,
    /// Latitude and longitude in degrees; a state has its capital's.
    pub coordinates: Option<(f64, f64)>,
}

impl Known {
    /// The names in a language, the label first.
    #[must_use]
    pub fn names(&self, language: Language) -> &[String] {
        match language {
            Language::En => &self.en,
            Language::Ru => &self.ru,
        }
    }

    /// Its identifiers elsewhere, full IRIs, sorted.
    #[must_use]
    pub fn same_as(&self) -> Vec<String> {
        let wikidata = self.wikidata.as_ref().map(|id| format!("http://www.wikidata.org/entity/{id}"));
        let geonames = self.geonames.as_ref().map(|id| format!("https://sws.geonames.org/{id}/"));
        let mut all: Vec<_> = wikidata.into_iter().chain(geonames).collect();
        all.sort();
        all
    }
}

#[derive(Debug, Deserialize)]
struct Columns {
    key: String,
    class: String,
    en: String,
    ru: String,
    en_adj: String,
    ru_adj: String,
    capital: String,
    country: String,
    iso: String,
    wikidata: String,
    geonames: String,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// All known names.
#[derive(Debug, Clone, Default)]
pub struct Gazetteer {
    rows: Vec<Known>,
    keys: HashMap<String, usize>,
    names: FormTree,
    adjectives: HashMap<String, usize>,
    /// Adjectives of two words: `South Korean`.
    long_adjectives: FormTree,
    capitals: HashMap<String, usize>,
}

impl Gazetteer {
    /// Reads `gazetteer.csv`.
    ///
    /// # Errors
    /// A row with an unknown class, without key or name, or with a key that an earlier row has.
    pub fn load(source: &Source, inflection: &Inflection) -> Result<Self, OntologyError> {
        let mut gazetteer = Self::default();
        for row in source.table::<Columns>(FILE)? {
            let mistake = |reason: String| OntologyError::Row { file: FILE.to_owned(), line: row.line, reason };
            let known = known(row.columns).map_err(mistake)?;
            let mistake = |reason: String| OntologyError::Row { file: FILE.to_owned(), line: row.line, reason };
            if gazetteer.keys.contains_key(&known.key) {
                return Err(mistake(format!("the key {} stands in an earlier row", known.key)));
            }
            gazetteer.add(known, inflection);
        }
        gazetteer.names.finish();
        gazetteer.long_adjectives.finish();
        Ok(gazetteer)
    }

    fn add(&mut self, known: Known, inflection: &Inflection) {
        let row = self.rows.len();
        for name in known.en.iter().chain(&known.ru) {
            self.names.insert(name, row, inflection);
        }
        for adjective in &known.en_adjectives {
            if adjective.contains(' ') {
                self.long_adjectives.insert(adjective, row, inflection);
            }
            self.adjectives.entry(key(adjective)).or_insert(row);
        }
        for adjective in &known.ru_adjectives {
            for form in inflection.forms(&fold(adjective), &[WordKind::Adjective]) {
                self.adjectives.entry(form).or_insert(row);
            }
        }
        if let Some(capital) = &known.capital {
            self.capitals.entry(capital.clone()).or_insert(row);
        }
        self.keys.insert(known.key.clone(), row);
        self.rows.push(known);
    }

    /// All rows, in the file's order.
    #[must_use]
    pub fn rows(&self) -> &[Known] {
        &self.rows
    }

    /// The row with a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Known> {
        self.keys.get(key).map(|&row| &self.rows[row])
    }

    /// What a whole name denotes: `the Republic of Kazakhstan`, `Казахстаном`, `U.S.`. A common word in lower case denotes nothing.
    #[must_use]
    pub fn name(&self, name: &str) -> Option<&Known> {
        let words: Vec<_> = name.split_whitespace().collect();
        let words = match words.first() {
            Some(first) if words.len() > 1 && first.eq_ignore_ascii_case("the") => &words[1..],
            _ => &words,
        };
        self.longest(words).filter(|(length, _)| *length == words.len()).map(|(_, known)| known)
    }

    /// The longest known name that the words begin with: how many words, and what it denotes. Hyphens may stand within words
    /// or as words of their own.
    #[must_use]
    pub fn longest(&self, words: &[&str]) -> Option<(usize, &Known)> {
        self.names.longest(words).map(|(length, row)| (length, &self.rows[row]))
    }

    /// What an adjective or a noun for a people belongs to: `Kazakh`, `Iraqis`, `казахстанской`.
    #[must_use]
    pub fn adjective(&self, word: &str) -> Option<&Known> {
        let word = strip_possessive(word);
        let english = !word.chars().any(is_cyrillic);
        if english && word.chars().next().is_some_and(char::is_lowercase) {
            return None;
        }
        let find = |key: &str| self.adjectives.get(key).map(|&row| &self.rows[row]);
        let folded = fold(word);
        find(&key(word)).or_else(|| find(&folded)).or_else(|| find(folded.strip_suffix('s').filter(|_| english)?))
    }

    /// The place whose name a Russian adjective in -ский is made from: `минские`, `женевской`.
    #[must_use]
    pub fn place_of_adjective(&self, word: &str, inflection: &Inflection) -> Option<&Known> {
        if !word.chars().any(is_cyrillic) {
            return None;
        }
        let lower = word.to_lowercase().replace('ё', "е");
        let place = |noun: &String| {
            let mut letters = noun.chars();
            let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            self.name(&capital).filter(|known| known.class != Class::Organization)
        };
        let nouns = inflection.nominatives(&lower, WordKind::Derived);
        nouns.iter().filter(|noun| noun.chars().count() >= 4 && **noun != lower).find_map(place)
    }

    /// The longest adjective that the words begin with: how many words, and what it belongs to: `South Korean`, `казахстанской`.
    #[must_use]
    pub fn longest_adjective(&self, words: &[&str]) -> Option<(usize, &Known)> {
        let long = self.long_adjectives.longest(words).map(|(length, row)| (length, &self.rows[row]));
        long.or_else(|| Some((1, self.adjective(words.first()?)?)))
    }

    /// The same for each part of a compound: `российско-казахстанские`, `US-Chinese`. Empty unless all parts are known.
    #[must_use]
    pub fn adjectives(&self, word: &str) -> Vec<&Known> {
        if let Some(known) = self.adjective(word) {
            return vec![known];
        }
        let parts: Vec<_> = word.split(HYPHENS).filter(|p| !p.is_empty()).collect();
        let found: Vec<_> = parts.iter().filter_map(|p| self.adjective(p).or_else(|| self.name(p))).collect();
        if found.len() == parts.len() { found } else { Vec::new() }
    }

    /// The state whose capital has the key: `Astana announced` means Kazakhstan.
    #[must_use]
    pub fn state_of_capital(&self, key: &str) -> Option<&Known> {
        self.capitals.get(key).map(|&row| &self.rows[row])
    }
}

fn known(columns: Columns) -> Result<Known, String> {
    let list = |cell: &str| cell.split('|').map(str::trim).filter(|n| !n.is_empty()).map(str::to_owned).collect();
    let cell = |text: String| Some(text).filter(|t| !t.is_empty());
    let class = Class::ALL
        .into_iter()
        .find(|c| c.name() == columns.class)
        .ok_or_else(|| format!("{} is no class: expected Person, Organization, Country, Place …", columns.class))?;
    let known = Known {
        key: columns.key,
        class,
        en: list(&columns.en),
        ru: list(&columns.ru),
        en_adjectives: list(&columns.en_adj),
        ru_adjectives: list(&columns.ru_adj),
        capital: cell(columns.capital),
        country: cell(columns.country),
        iso: cell(columns.iso),
        wikidata: cell(columns.wikidata),
        geonames: cell(columns.geonames),
        coordinates: columns.lat.zip(columns.lon),
    };
    if known.key.is_empty() || known.en.is_empty() && known.ru.is_empty() {
        return Err("a row needs a key and a name in at least one language".to_owned());
    }
    Ok(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use std::sync::LazyLock;

    static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

    fn found(name: &str) -> String {
        ONTOLOGY.gazetteer.name(name).map_or_else(|| "-".to_owned(), |k| k.key.clone())
    }

    #[test]
    fn names_in_any_form() {
        for (key, names) in [
            (
                "iso:KZ",
                "Kazakhstan|the Republic of Kazakhstan|Kazakhstan's|KAZAKHSTAN|Казахстана|Республикой Казахстан|РК",
            ),
            ("iso:US", "US|U.S.|the United States of America|США|Соединенных Штатах|Соединённые Штаты"),
            ("iso:CI", "Côte d’Ivoire|Cote d'Ivoire|Ivory Coast|Кот-д'Ивуаром"),
            ("iso:GW", "Guinea-Bissau|Guinea Bissau|Гвинеи-Бисау"),
            ("iso:EG", "Египта|Египтом|Egypt"),
            ("iso:KR", "Южной Кореи|Республикой Корея|South Korea"),
            ("org:un", "ООН|UN|United Nations|Организации Объединённых Наций"),
            ("org:osce", "ОБСЕ|OSCE|Организацией по безопасности и сотрудничеству в Европе"),
            ("org:eu", "Евросоюза|Европейскому союзу|European Union"),
            ("place:central-asia", "Центральной Азии|Central Asia|ЦА"),
            ("place:black-sea", "Чёрном море|Black Sea"),
            ("geo:1526384", "Алматы|Almaty|Alma-Ata|Алма-Ате"),
            ("geo:2660646", "Geneva|Женеве"),
        ] {
            for name in names.split('|') {
                assert_eq!(found(name), key, "{name}");
            }
        }
        for name in ["us", "who", "Smith", "восток", "turkey", "the", ""] {
            assert_eq!(found(name), "-", "{name}");
        }
    }

    #[test]
    fn the_longest_name_wins() {
        let ontology = &*ONTOLOGY;
        let longest = |text: &str| {
            let words: Vec<_> = text.split(' ').collect();
            ontology.gazetteer.longest(&words).map(|(n, k)| (n, k.key.as_str().to_owned()))
        };
        assert_eq!(longest("UN Security Council met"), Some((3, "org:unsc".to_owned())));
        assert_eq!(longest("UN chief"), Some((1, "org:un".to_owned())));
        assert_eq!(longest("Совбеза ООН"), Some((2, "org:unsc".to_owned())));
        assert_eq!(longest("Guinea - Bissau said"), Some((3, "iso:GW".to_owned())));
        assert_eq!(longest("Южного Судана и Кении"), Some((2, "iso:SS".to_owned())));
        assert_eq!(longest("met in Astana"), None);
    }

    #[test]
    fn adjectives_and_capitals() {
        let ontology = &*ONTOLOGY;
        let g = &ontology.gazetteer;
        let keys = |word: &str| g.adjectives(word).iter().map(|k| k.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys("казахстанской"), ["iso:KZ"]);
        assert_eq!(keys("российско-китайские"), ["iso:RU", "iso:CN"]);
        assert_eq!(keys("американо-иранских"), ["iso:US", "iso:IR"]);
        assert_eq!(keys("US-Chinese"), ["iso:US", "iso:CN"]);
        assert_eq!(keys("Iraqis"), ["iso:IQ"]);
        assert_eq!(keys("Sino-Kazakh"), ["iso:CN", "iso:KZ"]);
        assert!(keys("polish").is_empty());
        assert!(keys("long-term").is_empty());
        let long = |text: &str| {
            let words: Vec<_> = text.split(' ').collect();
            g.longest_adjective(&words).map(|(n, k)| (n, k.key.clone()))
        };
        assert_eq!(long("South Korean officials"), Some((2, "iso:KR".to_owned())));
        assert_eq!(long("Central Asian states"), Some((2, "place:central-asia".to_owned())));
        assert_eq!(long("узбекского лидера"), Some((1, "iso:UZ".to_owned())));
        assert_eq!(long("Southern winds"), None);
        let place = |word: &str| g.place_of_adjective(word, &ONTOLOGY.inflection).map(|k| k.en[0].as_str());
        assert_eq!(place("Минские"), Some("Minsk"));
        assert_eq!(place("женевской"), Some("Geneva"));
        assert_eq!(place("зерновая"), None);
        let astana = g.name("Astana").unwrap();
        assert_eq!(g.state_of_capital(&astana.key).unwrap().key, "iso:KZ");
        assert_eq!(astana.country.as_deref(), Some("iso:KZ"));
        assert!(g.state_of_capital(&g.name("Almaty").unwrap().key).is_none());
    }

    #[test]
    fn every_reference_within_the_table_holds() {
        let ontology = &*ONTOLOGY;
        for known in ontology.gazetteer.rows() {
            for other in known.capital.iter().chain(&known.country) {
                assert!(ontology.gazetteer.get(other).is_some(), "{}: {other}", known.key);
            }
        }
    }

    #[test]
    fn a_mistake_names_file_line_and_reason() {
        let folder = tempfile::tempdir().unwrap();
        let header = "key,class,en,ru,en_adj,ru_adj,capital,country,iso,wikidata,geonames,lat,lon,source\n";
        std::fs::write(folder.path().join(FILE), format!("{header}iso:KZ,State,Kazakhstan,,,,,,,,,,,own\n")).unwrap();
        let error = Ontology::load(&Source::Folder(folder.path().to_owned())).unwrap_err();
        assert!(error.to_string().starts_with("ontology/gazetteer.csv, line 2: State is no class"), "{error}");
    }
}
