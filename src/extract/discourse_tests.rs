//! What mentions, offices, coreference, times and structure make of small trees in both languages.

use super::{
    Class, DateValue, LocalId, Object, Value,
    discourse::Discourse,
    fixture::{article, named},
    structure,
};
use crate::{
    analyze::{
        NameKind::{City, Country, Event, Org, Per},
        Sentence,
    },
    ingest::{Article, Language},
    ontology::Ontology,
};
use std::sync::LazyLock;

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

fn claims(article: &Article, sentences: &[Sentence]) -> Vec<String> {
    let mut d = Discourse::build(article, sentences, &ONTOLOGY);
    let claims = structure::claims(&mut d, &ONTOLOGY);
    let mut out: Vec<String> = claims
        .iter()
        .map(|c| {
            assert_eq!(c.evidence.text, d.slice(c.evidence.span));
            let object = match &c.object {
                Object::Entity(id) => d.entity(*id).label.clone(),
                Object::Literal(Value::Date(date)) => date.lexical(),
                Object::Literal(Value::Text { text, .. }) => format!("\"{text}\""),
            };
            format!("{} {} {object}", d.entity(c.subject).label, c.predicate)
        })
        .collect();
    out.sort();
    out.dedup();
    out
}

fn labels(d: &Discourse, sentence: usize, token: usize) -> Vec<String> {
    d.denoted(sentence, token - 1).iter().map(|id| d.entity(*id).label.clone()).collect()
}

const JOINED: &str = "Peruvian ADJ _ 4 amod\nDeputy ADJ _ 4 amod\nPrime ADJ _ 4 amod\nMinister NOUN Number=Sing 11 nsubj\nand CCONJ _ 7 cc\nForeign ADJ _ 7 amod\nMinister NOUN Number=Sing 4 conj\nRosa PROPN Number=Sing 4 flat\nQuispe PROPN Number=Sing 8 flat\nhas AUX _ 11 aux\nmet VERB _ 0 root meet\nDaniel PROPN _ 11 obj\nOkello PROPN _ 12 flat\n, PUNCT _ 17 punct\nthe DET Definite=Def|PronType=Art 17 det\nUgandan ADJ _ 17 amod\nambassador NOUN Number=Sing 12 appos\n. PUNCT _ 11 punct";

#[test]
fn offices_before_and_after_the_name() {
    let (a, s) = article(vec![named(Language::En, JOINED, &[(8, 9, Per), (12, 13, Per)])]);
    assert_eq!(
        claims(&a, &s),
        [
            "Daniel Okello position \"ambassador\"",
            "Daniel Okello represents Ugandan",
            "Rosa Quispe position \"Deputy Prime Minister and Foreign Minister\"",
            "Rosa Quispe represents Peruvian",
        ]
    );
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    let peru = d.entities.iter().find(|e| e.label == "Peruvian").unwrap();
    assert_eq!((peru.class, peru.known.as_deref()), (Class::Country, Some("iso:PE")));
}

#[test]
fn russian_office_with_field_country_and_case() {
    let (a, s) = article(vec![named(
        Language::Ru,
        "Встреча NOUN Case=Nom|Gender=Fem|Number=Sing 0 root встреча\nс ADP _ 4 case\nпервым ADJ Case=Ins|Gender=Masc|Number=Sing 4 amod первый\nзаместителем NOUN Case=Ins|Gender=Masc|Number=Sing 1 nmod заместитель\nминистра NOUN Case=Gen|Gender=Masc|Number=Sing 4 nmod министр\nиностранных ADJ Case=Gen|Number=Plur 7 amod иностранный\nдел NOUN Case=Gen|Gender=Neut|Number=Plur 5 nmod дело\nРеспублики PROPN Case=Gen|Gender=Fem|Number=Sing 7 nmod республика\nБелоруссия PROPN Case=Nom|Gender=Fem|Number=Sing 8 appos Белоруссия\nОлегом PROPN Case=Ins|Gender=Masc|Number=Sing 4 appos Олег\nСавельевым PROPN Case=Ins|Gender=Masc|Number=Sing 10 flat:name Савельев",
        &[(8, 9, Country), (10, 11, Per)],
    )]);
    let found = claims(&a, &s);
    assert!(
        found.contains(&"Олег Савельев position \"первый заместитель министра иностранных дел\"".to_owned()),
        "{found:?}"
    );
    assert!(found.contains(&"Олег Савельев represents Белоруссия".to_owned()), "{found:?}");
    assert!(!found.iter().any(|c| c.contains("headOf")), "{found:?}");
}

#[test]
fn a_genitive_name_is_not_the_holder() {
    let (a, s) = article(vec![named(
        Language::Ru,
        "Представитель NOUN Case=Nom|Gender=Masc|Number=Sing 3 nsubj представитель\nРамиреса PROPN Case=Gen|Gender=Masc|Number=Sing 1 nmod Рамирес\nмолчал VERB Gender=Masc|Tense=Past 0 root молчать",
        &[(2, 2, Per)],
    )]);
    assert_eq!(claims(&a, &s), Vec::<String>::new());
}

#[test]
fn head_of_an_organ_within_a_body() {
    let (a, s) = article(vec![named(
        Language::En,
        "Amina PROPN _ 16 nsubj\nDiallo PROPN _ 1 flat\n, PUNCT _ 4 punct\nChair NOUN Number=Sing 1 appos\nof ADP _ 8 case\nthe DET Definite=Def|PronType=Art 8 det\nExecutive ADJ _ 8 amod\nCommittee NOUN Number=Sing 4 nmod\nof ADP _ 12 case\nthe DET Definite=Def|PronType=Art 12 det\nAtlantic PROPN _ 12 compound\nFund PROPN Number=Sing 8 nmod\nfor ADP _ 14 case\nRivers PROPN Number=Plur 12 nmod\n, PUNCT _ 4 punct\nspoke VERB _ 0 root speak",
        &[(1, 2, Per), (7, 8, Org), (11, 12, Org)],
    )]);
    let body = "Executive Committee of the Atlantic Fund for Rivers";
    let found = claims(&a, &s);
    assert!(found.contains(&format!("Amina Diallo headOf {body}")), "{found:?}");
    assert!(found.contains(&"Amina Diallo position \"Chair of the Executive Committee\"".to_owned()), "{found:?}");
}

#[test]
fn family_name_office_and_pronoun_are_one_person() {
    let second = "Quispe PROPN Number=Sing 2 nsubj\nleft VERB _ 0 root leave\n. PUNCT _ 2 punct";
    let third = "The DET Definite=Def|PronType=Art 3 det\nforeign ADJ _ 3 amod\nminister NOUN Number=Sing 4 nsubj\nsaid VERB _ 0 root say\nshe PRON Case=Nom|Gender=Fem|Number=Sing 7 nsubj\nwould AUX _ 7 aux\nreturn VERB _ 4 ccomp";
    let (a, s) = article(vec![
        named(Language::En, JOINED, &[(8, 9, Per), (12, 13, Per)]),
        named(Language::En, second, &[(1, 1, Per)]),
        named(Language::En, third, &[]),
    ]);
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    assert_eq!(labels(&d, 1, 1), ["Rosa Quispe"]);
    assert_eq!(labels(&d, 2, 3), ["Rosa Quispe"]);
    assert_eq!(labels(&d, 2, 5), ["Rosa Quispe"]);
    let pronoun = d.at(2, 4).unwrap();
    assert_eq!(d.why(pronoun), "nearest fitting subject");
    assert_eq!(d.entities.iter().filter(|e| e.class == Class::Person).count(), 2);
}

#[test]
fn namesakes_stay_apart_and_case_forms_meet() {
    let (a, s) = article(vec![
        named(
            Language::Ru,
            "Анна PROPN Case=Nom|Gender=Fem|Number=Sing 3 nsubj Анна\nБелова PROPN Case=Nom|Gender=Fem|Number=Sing 1 flat:name Белов\nприехала VERB Tense=Past 0 root приехать",
            &[(1, 2, Per)],
        ),
        named(
            Language::Ru,
            "Её DET _ 2 det она\nвстретил VERB Tense=Past 0 root встретить\nПётр PROPN Case=Nom|Gender=Masc|Number=Sing 2 nsubj Пётр\nБелов PROPN Case=Nom|Gender=Masc|Number=Sing 3 flat:name Белов",
            &[(3, 4, Per)],
        ),
        named(
            Language::Ru,
            "Говорили VERB Tense=Past 0 root говорить\nс ADP _ 4 case\nАнной PROPN Case=Ins|Gender=Fem|Number=Sing 1 obl Анна\nБеловой PROPN Case=Ins|Gender=Fem|Number=Sing 3 flat:name Белов",
            &[(3, 4, Per)],
        ),
    ]);
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    assert_eq!(labels(&d, 0, 1), ["Анна Белова"]);
    assert_eq!(labels(&d, 1, 3), ["Пётр Белов"]);
    assert_eq!(labels(&d, 2, 3), ["Анна Белова"]);
}

#[test]
fn acronym_short_form_and_parties() {
    let first = "The DET Definite=Def|PronType=Art 3 det\nNile PROPN _ 3 compound\nInstitute PROPN Number=Sing 10 nsubj\nfor ADP _ 6 case\nWater PROPN _ 6 compound\nStudies PROPN Number=Plur 3 nmod\n( PUNCT _ 8 punct\nNIWS PROPN _ 3 appos\n) PUNCT _ 8 punct\nopened VERB _ 0 root open";
    let second = "Egypt PROPN _ 5 nsubj\nand CCONJ _ 3 cc\nSudan PROPN _ 1 conj\nboth ADV _ 5 advmod\nsupport VERB _ 0 root support\nthe DET Definite=Def|PronType=Art 7 det\nInstitute PROPN Number=Sing 5 obj";
    let third = "The DET Definite=Def|PronType=Art 2 det\nparties NOUN Number=Plur 3 nsubj party\nfund VERB _ 0 root fund\nNIWS PROPN _ 3 obj";
    let (a, s) = article(vec![
        named(Language::En, first, &[(2, 6, Org), (8, 8, Org)]),
        named(Language::En, second, &[(1, 1, Country), (3, 3, Country)]),
        named(Language::En, third, &[(4, 4, Org)]),
    ]);
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    let institute = ["Nile Institute for Water Studies"];
    assert_eq!(labels(&d, 0, 8), institute);
    assert_eq!(labels(&d, 1, 7), institute);
    assert_eq!(labels(&d, 2, 4), institute);
    assert_eq!(labels(&d, 2, 2), ["Egypt", "Sudan"]);
}

#[test]
fn a_capital_acts_or_is_a_place() {
    let (a, s) = article(vec![
        named(
            Language::En,
            "Lima PROPN _ 2 nsubj\nrejected VERB Voice=Act 0 root reject\nit PRON _ 2 obj",
            &[(1, 1, City)],
        ),
        named(
            Language::En,
            "They PRON _ 2 nsubj\nmet VERB _ 0 root meet\nin ADP _ 4 case\nLima PROPN _ 2 obl",
            &[(4, 4, City)],
        ),
    ]);
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    let class = |sentence: usize, token: usize| d.entity(d.denoted(sentence, token - 1)[0]).class;
    assert_eq!(class(0, 1), Class::Country);
    assert_eq!(class(1, 4), Class::Place);
    assert_eq!(d.place_of(1, 1), Some(LocalId(d.denoted(1, 3)[0].0)));
}

#[test]
fn a_place_in_a_place_but_not_in_a_list() {
    let (a, s) = article(vec![
        named(
            Language::En,
            "Talks NOUN Number=Plur 6 nsubj talk\nin ADP _ 3 case\nNairobi PROPN _ 1 nmod\n, PUNCT _ 5 punct\nKenya PROPN _ 3 appos\nended VERB _ 0 root end",
            &[(3, 3, City), (5, 5, Country)],
        ),
        named(
            Language::En,
            "Offices NOUN Number=Plur 8 nsubj office\nin ADP _ 3 case\nLima PROPN _ 1 nmod\n, PUNCT _ 5 punct\nKenya PROPN _ 3 conj\nand CCONJ _ 7 cc\nPeru PROPN _ 3 conj\nclosed VERB _ 0 root close",
            &[(3, 3, City), (5, 5, Country), (7, 7, Country)],
        ),
    ]);
    let found = claims(&a, &s);
    assert!(found.contains(&"Nairobi locatedIn Kenya".to_owned()), "{found:?}");
    assert!(!found.iter().any(|c| c.starts_with("Lima locatedIn")), "{found:?}");
}

#[test]
fn an_event_has_its_place_and_date_but_a_journey_no_place() {
    let (a, s) = article(vec![
        named(
            Language::En,
            "The DET Definite=Def|PronType=Art 3 det\n7th ADJ _ 3 amod\nSummit PROPN Number=Sing 9 nsubj\nin ADP _ 5 case\nTunis PROPN _ 3 nmod\non ADP _ 7 case\n5 NUM _ 8 nummod\nMay PROPN _ 3 nmod\nfailed VERB _ 0 root fail",
            &[(2, 3, Event), (5, 5, City)],
        ),
        named(
            Language::Ru,
            "Визит NOUN Case=Nom|Gender=Masc|Number=Sing 4 nsubj визит\nв ADP _ 3 case\nМоскву PROPN Case=Acc|Gender=Fem|Number=Sing 1 nmod Москва\nотложен VERB _ 0 root отложить",
            &[(3, 3, City)],
        ),
    ]);
    let found = claims(&a, &s);
    assert!(found.contains(&"7th Summit tookPlaceIn Tunis".to_owned()), "{found:?}");
    assert!(!found.iter().any(|c| c.contains("Москва")), "{found:?}");
}

fn times(language: Language, lines: &str) -> Vec<String> {
    let (a, s) = article(vec![named(language, lines, &[])]);
    Discourse::build(&a, &s, &ONTOLOGY).times.iter().map(|t| t.value.lexical()).collect()
}

fn plain(words: &str) -> String {
    let line = |w: &str| {
        let digits = w.chars().all(|c| c.is_ascii_digit());
        let upos = if digits {
            "NUM"
        } else if matches!(w, "on" | "in" | "в" | "с" | "по" | "of") {
            "ADP"
        } else {
            "NOUN"
        };
        let head = if w == words.split(' ').next().unwrap() { ("0", "root") } else { ("1", "dep") };
        format!("{w} {upos} _ {} {}", head.0, head.1)
    };
    words.split(' ').map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn expressions_of_time_in_both_languages() {
    // Published on Friday, 20 March 2026.
    for (language, words, expected) in [
        (Language::En, "Meeting on Aug. 24 , 2023", "2023-08-24"),
        (Language::En, "Meeting on 24 August 2023", "2023-08-24"),
        (Language::En, "Meeting on March 5", "2026-03-05"),
        (Language::En, "Meeting on December 30", "2025-12-30"),
        (Language::En, "Meeting in April 2026", "2026-04"),
        (Language::En, "Meeting in 2007", "2007"),
        (Language::En, "Meeting on Thursday", "2026-03-19"),
        (Language::En, "Meeting yesterday", "2026-03-19"),
        (Language::En, "Meeting last month", "2026-02"),
        (Language::Ru, "Встреча 29 ноября 2025 года", "2025-11-29"),
        (Language::Ru, "Встреча в апреле прошлого года", "2025-04"),
        (Language::Ru, "Встреча в четверг", "2026-03-19"),
        (Language::Ru, "Встреча накануне", "2026-03-19"),
        (Language::Ru, "Встреча с 3 по 5 марта", "2026-03-03"),
        (Language::Ru, "Встреча в 2007 году", "2007"),
    ] {
        assert_eq!(times(language, &plain(words)), [expected], "{words}");
    }
    let counted = "Parade NOUN _ 0 root\nof ADP _ 4 case\n2000 NUM _ 4 nummod\nsoldiers NOUN Number=Plur 1 nmod";
    assert_eq!(times(Language::En, counted), Vec::<String>::new());
}

#[test]
fn without_a_date_of_publication_relative_times_mean_nothing() {
    let (mut a, s) = article(vec![named(Language::En, &plain("Meeting yesterday in April 2026"), &[])]);
    a.published = None;
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    let lexical: Vec<String> = d.times.iter().map(|t| t.value.lexical()).collect();
    assert_eq!(lexical, ["2026-04"]);
}

#[test]
fn a_predicate_takes_its_own_time() {
    let (a, s) = article(vec![named(
        Language::En,
        "On ADP _ 2 case\nMonday PROPN _ 4 obl\nthey PRON _ 4 nsubj\nmet VERB _ 0 root meet\nand CCONJ _ 6 cc\nleft VERB _ 4 conj leave\non ADP _ 8 case\nTuesday PROPN _ 6 obl",
        &[],
    )]);
    let d = Discourse::build(&a, &s, &ONTOLOGY);
    let day = |token: usize| d.time_of(0, token - 1).map(DateValue::lexical);
    assert_eq!(day(4).as_deref(), Some("2026-03-16"));
    assert_eq!(day(6).as_deref(), Some("2026-03-17"));
}

#[test]
fn described_phrases_are_made_once_and_read_well() {
    let (a, s) = article(vec![named(
        Language::En,
        "They PRON _ 2 nsubj\nproposed VERB _ 0 root propose\nthe DET Definite=Def|PronType=Art 5 det\nshared ADJ _ 5 amod\ncorridor NOUN Number=Sing 2 obj",
        &[],
    )]);
    let mut d = Discourse::build(&a, &s, &ONTOLOGY);
    let id = d.describe(0, 4, 2..5, Class::Initiative);
    assert_eq!(d.entity(id).label, "shared corridor");
    assert_eq!(d.slice(d.entity(id).mentions[0]), "shared corridor");
    assert_eq!(d.describe(0, 4, 2..5, Class::Topic), id);
}
