use super::*;
use crate::ontology::Source;
use proptest::prelude::*;

fn segmenter() -> Segmenter {
    Segmenter::new(Abbreviations::load(&Source::Builtin).unwrap())
}

/// Sentences separated by ` ‖ `, words by spaces.
fn cut(text: &str, language: Language) -> String {
    segmenter()
        .segment(text, language, ParagraphKind::Body)
        .iter()
        .map(|s| s.iter().map(|w| w.form(text)).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join(" ‖ ")
}

fn en(text: &str) -> String {
    cut(text, Language::En)
}

fn ru(text: &str) -> String {
    cut(text, Language::Ru)
}

#[test]
fn english_clitics_and_hyphens() {
    assert_eq!(en("They don't and can't."), "They do n't and ca n't .");
    assert_eq!(en("Kazakhstan’s well-known co-operation"), "Kazakhstan ’s well - known co-operation");
    assert_eq!(en("The ministers' visit; O'Neill cannot come."), "The ministers ' visit ; O'Neill can not come .");
    assert_eq!(en("AT&T paid $1.5bn in the 1990s."), "AT&T paid $ 1.5 bn in the 1990s .");
}

#[test]
fn english_abbreviations_do_not_end_sentences() {
    assert_eq!(
        en("The U.S. Senate heard Gov. Smith on Sept. 5. He left for the U.S. The talks went on."),
        "The U.S. Senate heard Gov. Smith on Sept. 5 . ‖ He left for the U.S . ‖ The talks went on ."
    );
    assert_eq!(
        en("It met at 5 p.m. Delegates from J. R. Brown Inc. spoke."),
        "It met at 5 p.m . ‖ Delegates from J. R. Brown Inc. spoke ."
    );
    assert_eq!(en("No. It rose to No. 5, etc. Nobody knew."), "No . ‖ It rose to No. 5 , etc . ‖ Nobody knew .");
}

#[test]
fn quotes_close_with_their_sentence() {
    assert_eq!(en("“We agree.” He smiled."), "“ We agree . ” ‖ He smiled .");
    assert_eq!(en("\"Why now?\" she asked. \"Peace.\""), "\" Why now ? \" she asked . ‖ \" Peace . \"");
    assert_eq!(
        ru("«Мы согласны!» — сказал министр. — Работа идёт."),
        "« Мы согласны ! » — сказал министр . ‖ — Работа идёт ."
    );
}

#[test]
fn russian_abbreviations_and_initials() {
    assert_eq!(
        ru("А. С. Пушкин жил в г. Москве, на ул. Арбат. В 1999 г. Казахстан вступил в организацию."),
        "А. С. Пушкин жил в г. Москве , на ул. Арбат . ‖ В 1999 г. Казахстан вступил в организацию ."
    );
    assert_eq!(
        ru("Договор, т. е. соглашение, подписан в Алматы в марте 2015 г. Министр уехал."),
        "Договор , т. е. соглашение , подписан в Алматы в марте 2015 г . ‖ Министр уехал ."
    );
    assert_eq!(
        ru("Помощь, зерно и т. д. Страны ждут 5 млн. долл. США."),
        "Помощь , зерно и т. д . ‖ Страны ждут 5 млн. долл. США ."
    );
    assert_eq!(
        ru("Касым-Жомарт Токаев встретил экс-премьера в 1990-х."),
        "Касым-Жомарт Токаев встретил экс-премьера в 1990-х ."
    );
}

#[test]
fn datelines_stand_alone() {
    assert_eq!(en("ASTANA – The minister met envoys from Norway."), "ASTANA – ‖ The minister met envoys from Norway .");
    assert_eq!(
        en("BRUSSELS (Reuters) - The union agreed on aid."),
        "BRUSSELS ( Reuters ) - ‖ The union agreed on aid ."
    );
    assert_eq!(
        ru("МОСКВА, 5 мая. /ТАСС/ — Президент принял посла Китая."),
        "МОСКВА , 5 мая . / ТАСС / — ‖ Президент принял посла Китая ."
    );
    assert_eq!(
        ru("Алматы. 7 июня. NEWS TODAY - Министр принял посла Китая."),
        "Алматы . 7 июня . NEWS TODAY - ‖ Министр принял посла Китая ."
    );
    assert_eq!(
        ru("США — крупнейший торговый партнёр страны сегодня."),
        "США — крупнейший торговый партнёр страны сегодня ."
    );
}

#[test]
fn a_lead_printed_twice_is_read_once() {
    let lead = "The ministers of five states met in Geneva on Friday to discuss grain";
    assert_eq!(en(&format!("{lead}, - {lead}, officials said.")), en(&format!("{lead}, officials said.")));
    assert_eq!(en("Talks, talks and talks, talks and talks."), "Talks , talks and talks , talks and talks .");
}

#[test]
fn marks_and_emoji_stay_in_their_word() {
    assert_eq!(ru("Никола\u{301}й 👍🏽 приехал 🇰🇿!"), "Никола\u{301}й 👍🏽 приехал 🇰🇿 !");
    assert_eq!(
        en("See https://example.org/a?b=1. Write to a.b@example.org!"),
        "See https://example.org/a?b=1 . ‖ Write to a.b@example.org !"
    );
}

#[test]
fn lists_and_leading_dots() {
    assert_eq!(en("1. The parties agree."), "1 . The parties agree .");
    assert_eq!(en("... And then peace came. It lasted"), "... And then peace came . ‖ It lasted");
}

proptest! {
    #[test]
    fn words_cover_the_text_in_order(text in "(?s)[\\PC\\n]{0,200}", russian: bool) {
        let language = if russian { Language::Ru } else { Language::En };
        let cut = words(&text, language, &segmenter().abbreviations);
        let mut at = 0;
        for word in &cut {
            prop_assert!(word.bytes.start >= at && word.bytes.end > word.bytes.start);
            prop_assert!(text[at..word.bytes.start].chars().all(char::is_whitespace), "{:?}", &text[at..word.bytes.start]);
            at = word.bytes.end;
        }
        prop_assert!(text[at..].chars().all(char::is_whitespace));
    }

    #[test]
    fn token_spans_reslice_to_their_forms(parts in proptest::collection::vec("(U\\.S\\.|г\\.|т\\. е\\.|don't|й\u{306}|👩‍👧|«|»|\\.|[A-ZА-Я][a-zа-я]{1,5}|[0-9]{1,4}| |\n)", 0..40), russian: bool) {
        let text = parts.concat();
        let article = one_paragraph(&text, if russian { Language::Ru } else { Language::En });
        let index = CharIndex::new(&article.text);
        let mut at = 0;
        for sentence in segmenter().sentences(&article) {
            prop_assert!(!sentence.tokens.is_empty());
            for token in &sentence.tokens {
                prop_assert_eq!(index.slice(&article.text, token.span), token.form.as_str());
                prop_assert!(token.span.start >= at && sentence.span.contains(token.span));
                at = token.span.end;
            }
        }
    }
}

fn one_paragraph(text: &str, language: Language) -> Article {
    Article {
        id: crate::ingest::ArticleId(String::new()),
        doc: String::new(),
        source: String::new(),
        title: None,
        publisher: None,
        url: None,
        published: None,
        language,
        text: text.to_owned(),
        paragraphs: vec![crate::ingest::Paragraph {
            span: CharSpan::new(0, text.chars().count()),
            language,
            kind: ParagraphKind::Body,
        }],
    }
}

mod treebanks;
