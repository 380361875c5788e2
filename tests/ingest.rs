//! Reading articles: every format and encoding once, and every bad input with its message.
use kurultai::{
    ingest::{self, Article, Language, ParagraphKind},
    ontology::Ontology,
    text::CharIndex,
};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::LazyLock,
};

static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

const BODY: &str = "The foreign ministers of Peru and Ghana met in Lima on Monday. They signed an accord on fisheries and agreed to open talks on visas.";
const RUSSIAN: &str = "Министры иностранных дел Перу и Ганы встретились в понедельник в Лиме. Они подписали соглашение о рыболовстве и договорились начать переговоры о визах.";

/// A folder of files that is gone afterwards.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self(folder)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Articles, and messages with the folder's own path taken out.
    fn read(&self, names: &[&str]) -> (Vec<Article>, Vec<String>) {
        let paths: Vec<PathBuf> = names.iter().map(|n| self.path().join(n)).collect();
        let (mut articles, mut errors) = (Vec::new(), Vec::new());
        for result in ingest::read(&paths, &ONTOLOGY) {
            match result {
                Ok(article) => articles.push(article),
                Err(error) => errors.push(error.to_string().replace(&format!("{}/", self.path().display()), "")),
            }
        }
        (articles, errors)
    }
}

fn one(name: &str, bytes: &[u8]) -> Article {
    let (mut articles, errors) = Folder::new(&[(name, bytes)]).read(&[name]);
    assert_eq!(errors, Vec::<String>::new());
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn message(name: &str, bytes: &[u8]) -> String {
    let (articles, errors) = Folder::new(&[(name, bytes)]).read(&[name]);
    assert!(articles.is_empty(), "{articles:?}");
    errors.join("\n")
}

fn paragraphs(article: &Article) -> Vec<&str> {
    let index = CharIndex::new(&article.text);
    article.paragraphs.iter().map(|p| index.slice(&article.text, p.span)).collect()
}

fn utf16(text: &str, little: bool, mark: bool) -> Vec<u8> {
    let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
    units.flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
}

#[test]
fn head_lines_are_read_and_are_no_paragraphs() {
    let article = one(
        "a.txt",
        format!("title: Two states\npublisher: The Wire\nurl: https://example.org/1\ndate: 2024-05-01\n\n{BODY}\n")
            .as_bytes(),
    );
    assert_eq!(article.doc, "a");
    assert_eq!(article.title.as_deref(), Some("Two states"));
    assert_eq!(article.publisher.as_deref(), Some("The Wire"));
    assert_eq!(article.published.unwrap().to_string(), "2024-05-01");
    assert_eq!(paragraphs(&article), [BODY]);
    let same_line = one("b.txt", format!(" date 2024-05-01 {BODY}\n\nMore was said later, too.").as_bytes());
    assert_eq!(same_line.published.unwrap().to_string(), "2024-05-01");
    assert_eq!(paragraphs(&same_line), [BODY, "More was said later, too."]);
}

#[test]
fn every_encoding_gives_the_same_text() {
    let windows = encoding_rs::WINDOWS_1251.encode(RUSSIAN).0.into_owned();
    let marked = [b"\xef\xbb\xbf", RUSSIAN.as_bytes()].concat();
    for bytes in [
        RUSSIAN.as_bytes().to_vec(),
        marked,
        utf16(RUSSIAN, true, true),
        utf16(RUSSIAN, false, true),
        utf16(RUSSIAN, true, false),
        utf16(RUSSIAN, false, false),
        windows,
    ] {
        let article = one("r.txt", &bytes);
        assert_eq!(article.text, RUSSIAN);
        assert_eq!(article.language, Language::Ru);
    }
    assert_eq!(one("e.txt", &utf16(BODY, true, false)).text, BODY);
}

#[test]
fn text_is_composed_before_it_is_counted() {
    let article = one("n.txt", format!("{RUSSIAN} Посол Толсто\u{438}\u{306}.").as_bytes());
    assert!(article.text.ends_with("Посол Толстой."), "{}", article.text);
}

#[test]
fn furniture_is_left_out_and_headings_are_kept() {
    let page = format!(
        "top of page\nSearch\n\nPeru and Ghana sign accord\n\n  • Writer: News Desk\n    News Desk\n  • Nov 18\n  • 5 min read\nBy the desk · 5 May 2024 · 4 min read\n\nree\n\n{BODY}\n\nA shared sea\n\nThe accord is open to all states.\n\nShare this article\n\nThe text was published at once.\n\nRelated stories\nTalks fail in Rome\nOil rises again\n\nComments (3)\n\nbottom of page"
    );
    let article = one("f.txt", page.as_bytes());
    assert_eq!(
        paragraphs(&article),
        [
            "Peru and Ghana sign accord",
            BODY,
            "A shared sea",
            "The accord is open to all states.",
            "The text was published at once."
        ]
    );
    let kinds: Vec<bool> = article.paragraphs.iter().map(|p| p.kind == ParagraphKind::Heading).collect();
    assert_eq!(kinds, [true, false, true, false, false]);
    assert!(article.text.contains("top of page"), "furniture stays in the text");

    let page = format!(
        "Фото: пресс-служба МИД\n\n{RUSSIAN}\n\nЧитайте также: В Риме начались переговоры\nНефть снова дорожает\n\nСоглашение открыто для всех государств.\n\nПодписывайтесь на наш канал в Telegram"
    );
    assert_eq!(paragraphs(&one("g.txt", page.as_bytes())), [RUSSIAN, "Соглашение открыто для всех государств."]);
}

#[test]
fn lines_wrapped_by_hand_are_joined_and_others_are_not() {
    let wrapped = "The foreign ministers of Peru and Ghana met in Lima on\nMonday, and they signed an accord on fisheries there, as\nthe two sides had said they would do at the last round.\n\nThe end came soon.\nAnother line came after it.";
    let article = one("w.txt", wrapped.as_bytes());
    assert_eq!(paragraphs(&article).len(), 3, "{:?}", paragraphs(&article));
    let windows = one("crlf.txt", wrapped.replace('\n', "\r\n").as_bytes());
    assert_eq!(paragraphs(&windows).len(), 3, "{:?}", paragraphs(&windows));
}

#[test]
fn bullets_are_paragraphs_without_their_mark() {
    let article = one("l.txt", format!("{BODY}\n\nThey agreed to:\n• open an embassy;\n• end visas.\n").as_bytes());
    assert_eq!(paragraphs(&article), [BODY, "They agreed to:", "open an embassy;", "end visas."]);
    let speech = one("d.txt", format!("{RUSSIAN}\n\n— Мы рады этому соглашению, — сказал министр.\n").as_bytes());
    assert_eq!(paragraphs(&speech)[1], "— Мы рады этому соглашению, — сказал министр.");
}

#[test]
fn pages_give_body_and_metadata() {
    let page = format!(
        r#"<html><head><meta charset="utf-8"><title>Accord - Wire</title><script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":"WebSite","name":"X"}},{{"@type":"NewsArticle","headline":"Peru and Ghana sign accord","datePublished":"2024-05-01T10:00:00Z","publisher":{{"@type":"Organization","name":"The Wire"}}}}]}}</script></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav><article><h1>Peru and Ghana sign accord</h1><p>{BODY}</p><p>{BODY} A third sentence follows, and it adds little.</p><p>The accord is open to all states, said the host. It will enter into force in a month.</p></article><footer>© The Wire. <a href="/t">Terms</a></footer></body></html>"#
    );
    let article = one("p.html", page.as_bytes());
    assert_eq!(article.title.as_deref(), Some("Peru and Ghana sign accord"));
    assert_eq!(article.publisher.as_deref(), Some("The Wire"));
    assert_eq!(article.published.unwrap().to_string(), "2024-05-01");
    assert!(paragraphs(&article).contains(&BODY), "{:?}", paragraphs(&article));
    assert!(!article.text.contains("Terms") && !article.text.contains("World"), "{}", article.text);

    let meta = page.replace("application/ld+json", "text/plain").replace("<title>", r#"<meta property="og:site_name" content="Wire &amp; Co"><meta content="2023-02-03" property="article:published_time"><title>"#);
    let article = one("m.html", meta.as_bytes());
    assert_eq!(article.publisher.as_deref(), Some("Wire & Co"));
    assert_eq!(article.published.unwrap().to_string(), "2023-02-03");
}

#[test]
fn a_bad_line_does_not_stop_the_others() {
    let good = |id: &str, text: &str| {
        format!("{}\n", serde_json::json!({"id": id, "text": text, "date": "2024-05-01", "publisher": "Wire"}))
    };
    let table = good("x", BODY) + "{\"text\": \n" + "\n" + &good("y", RUSSIAN) + "{\"title\": \"no body\"}\n" + "[1]\n";
    let (articles, errors) = Folder::new(&[("t.jsonl", table.as_bytes())]).read(&["t.jsonl"]);
    assert_eq!(articles.iter().map(|a| a.doc.as_str()).collect::<Vec<_>>(), ["x", "y"]);
    assert_eq!(articles[1].language, Language::Ru);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    t.jsonl, line 2: not a JSON object (EOF while parsing a value at column 8)
    hint: give one article a line, as {"text": "…", "date": "2024-05-01"}
    t.jsonl, line 5: no "text" field
    hint: the names read are id, title, text, date, publisher, url, language
    t.jsonl, line 6: not a JSON object (invalid type: sequence, expected a map at column 0)
    hint: give one article a line, as {"text": "…", "date": "2024-05-01"}
    "#);
}

#[test]
fn csv_tables_are_read_row_by_row() {
    let table = format!(
        "id,title,text,date\na,One,\"{BODY}\n\nSecond paragraph here.\",2024-05-01\nb,Two,\"{RUSSIAN}\",01.05.2024\nc,Three,{RUSSIAN} Ещё,2024-13-01\nd,short\n"
    );
    let (articles, errors) = Folder::new(&[("t.csv", table.as_bytes())]).read(&["t.csv"]);
    assert_eq!(articles.iter().map(|a| a.doc.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(articles[0].paragraphs.len(), 2);
    assert_eq!(articles[0].published, articles[1].published);
    insta::assert_snapshot!(errors.join("\n"), @r#"
    t.csv, line 6: the date "2024-13-01" is not a day of the form 2024-05-01
    hint: correct it, or take it out
    t.csv, line 7: not a CSV row (2 fields instead of 4)
    hint: put texts with commas or line breaks in double quotes
    "#);
}

#[test]
fn folders_are_walked_in_order_and_duplicates_read_once() {
    let folder = Folder::new(&[
        ("b/2.txt", BODY.as_bytes()),
        ("a/1.txt", RUSSIAN.as_bytes()),
        ("a/.hidden/3.txt", b"x"),
        ("a/notes.md", b"x"),
        ("z.txt", BODY.as_bytes()),
        ("empty/.keep", b""),
    ]);
    let docs = |names: &[&str]| folder.read(names).0.into_iter().map(|a| a.doc).collect::<Vec<_>>();
    assert_eq!(docs(&["."]), ["1", "2"]);
    assert_eq!(docs(&["z.txt", "b", "a"]), docs(&["a", "z.txt", "b", "a/1.txt"]));
    assert_eq!(
        folder.read(&["empty"]).1,
        ["empty: no .txt, .html, .jsonl or .csv file in this folder\nhint: name the folder that holds the articles"]
    );
}

#[test]
fn messages_name_place_reason_and_remedy() {
    let mut messages = vec![
        message("empty.txt", b""),
        message("blank.txt", b" \n\n"),
        message("furniture.txt", b"Search\n5 min read\n"),
        message("picture.txt", &[0x89, b'P', b'N', b'G', 0, 1, 2, 0, 0, 7]),
        message("paper.txt", b"%PDF-1.7 ..."),
        message("noise.txt", &(1u8..=255).cycle().take(999).collect::<Vec<_>>()),
        message("long.txt", &BODY.as_bytes().repeat(200_000)),
        message("head.txt", format!("date 2024-02-31 {BODY}").as_bytes()),
        message("page.html", b"<html><body></body></html>"),
        message("no-text.csv", b"id,body\n1,x\n"),
        message("broken.jsonl", b"{\"text\""),
        message("claimed.jsonl", format!("{{\"language\": \"uk\", \"text\": \"{BODY}\"}}").as_bytes()),
        message("paper.docx", b"x"),
    ];
    messages.push(Folder::new(&[]).read(&["absent.txt"]).1.join("\n"));
    insta::assert_snapshot!(messages.join("\n"), @r#"
    empty.txt: no text in it
    hint: leave it out, or put the article's words into it
    blank.txt: no text in it
    hint: leave it out, or put the article's words into it
    furniture.txt: no text in it
    hint: leave it out, or put the article's words into it
    picture.txt: this is a binary file, not text
    hint: convert it to plain text first
    paper.txt: this is a PDF file, not text
    hint: convert it to plain text first
    noise.txt: the encoding is neither UTF-8, UTF-16 nor a usual 8-bit one
    hint: save it as UTF-8
    long.txt: longer than 20 MB, too long for one article
    hint: split it, or give one article a line as .jsonl
    head.txt: the date "2024-02-31" is not a day of the form 2024-05-01
    hint: correct it, or take it out
    page.html: no article found in the page
    hint: save its text as .txt
    no-text.csv, line 1: no "text" column
    hint: the names read are id, title, text, date, publisher, url, language
    broken.jsonl, line 1: not a JSON object (EOF while parsing an object at column 7)
    hint: give one article a line, as {"text": "…", "date": "2024-05-01"}
    claimed.jsonl, article claimed-1: the language is Ukrainian
    hint: only English and Russian are read; leave it out
    paper.docx: unknown ending
    hint: rename it to .txt, .html, .jsonl or .csv
    absent.txt: no such file or folder
    hint: check the spelling; a path starts where the command is run
    "#);
}

#[test]
fn other_languages_are_refused_by_name() {
    let texts = [
        (
            "Міністри закордонних справ зустрілися у Львові та підписали угоду про співпрацю в галузі енергетики. Сторони домовилися, що переговори триватимуть.",
            "Ukrainian",
        ),
        (
            "Министрите на външните работи се срещнаха в София и подписаха споразумение за сътрудничество. Те казаха, че преговорите ще продължат през май.",
            "Bulgarian",
        ),
        (
            "Министри спољних послова састали су се у Београду и потписали споразум о сарадњи који је важан за регион. Рекли су да ће преговори трајати.",
            "Serbian",
        ),
        (
            "Міністры замежных спраў сустрэліся ў Мінску і падпісалі пагадненне аб супрацоўніцтве. Яны сказалі, што перамовы працягнуцца.",
            "Belarusian",
        ),
        (
            "Сыртқы істер министрлері Астанада кездесіп, ынтымақтастық туралы келісімге қол қойды. Олар келіссөздер жалғасады деп мәлімдеді және бұл маңызды.",
            "Kazakh",
        ),
        (
            "Тышкы иштер министрлери Бишкекте жолугуп, кызматташтык жөнүндө келишимге кол коюшту. Алар сүйлөшүүлөр уланат деп билдиришти жана бул маанилүү.",
            "Kyrgyz",
        ),
        (
            "Die Außenminister trafen sich am Montag in Wien und unterzeichneten ein Abkommen über die Zusammenarbeit im Bereich der Energie. Die Gespräche werden fortgesetzt.",
            "German",
        ),
        (
            "Les ministres des affaires étrangères se sont réunis lundi à Genève et ont signé un accord sur la coopération dans le domaine de l'énergie.",
            "French",
        ),
        ("外交部长星期一在北京会晤并签署了合作协议。双方表示将继续就能源问题进行谈判。", "Mandarin"),
    ];
    for (text, name) in texts {
        assert_eq!(
            message("x.txt", text.as_bytes()),
            format!("x.txt: the language is {name}\nhint: only English and Russian are read; leave it out")
        );
    }
}

#[test]
fn paragraphs_of_a_mixed_article_have_their_own_language() {
    let article = one("mixed.txt", format!("{BODY}\n\n{RUSSIAN}\n\n{BODY} They left.").as_bytes());
    assert_eq!(article.language, Language::En);
    assert_eq!(
        article.paragraphs.iter().map(|p| p.language).collect::<Vec<_>>(),
        [Language::En, Language::Ru, Language::En]
    );
}

#[test]
fn names_in_neighbouring_scripts_do_not_change_the_language() {
    let article = one(
        "k.txt",
        format!("{RUSSIAN} Газета «Егемен Қазақстан» и агентство «Українська правда» сообщили об этом.").as_bytes(),
    );
    assert_eq!(article.language, Language::Ru);
}
