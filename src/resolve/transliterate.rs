//! How far apart two spellings of one word are, across scripts: the words' sounds compared.
//!
//! Consonants must agree in some reading of both; vowels may differ a little, less in short words. A distance is a cost:
//! 0 for the same sounds. English words whose vowels are not as written need a row in `transliteration.csv`.

use super::names::NameWord;
use crate::ontology::{NameCode, Transliteration, transliteration::Reading};
use std::{cell::RefCell, collections::HashMap, rc::Rc};

/// Codes words, each once.
#[derive(Debug)]
pub struct Coder<'a> {
    table: &'a Transliteration,
    known: RefCell<HashMap<String, Rc<NameCode>>>,
    words: RefCell<HashMap<String, Rc<NameWord>>>,
}

impl<'a> Coder<'a> {
    /// A coder with the table.
    #[must_use]
    pub fn new(table: &'a Transliteration) -> Self {
        Self { table, known: RefCell::default(), words: RefCell::default() }
    }

    /// A word of a personal name, read once.
    pub fn name_word(&self, text: &str, read: impl FnOnce() -> NameWord) -> Rc<NameWord> {
        if let Some(word) = self.words.borrow().get(text) {
            return Rc::clone(word);
        }
        let word = Rc::new(read());
        self.words.borrow_mut().insert(text.to_owned(), Rc::clone(&word));
        word
    }

    /// The sounds of a word.
    #[must_use]
    pub fn code(&self, word: &str) -> Rc<NameCode> {
        if let Some(code) = self.known.borrow().get(word) {
            return Rc::clone(code);
        }
        let code = Rc::new(self.table.code(word));
        self.known.borrow_mut().insert(word.to_owned(), Rc::clone(&code));
        code
    }
}

/// The distance of two words, if they can be the same name.
#[must_use]
pub fn distance(a: &NameCode, b: &NameCode) -> Option<f32> {
    let mut best: Option<f32> = None;
    for x in &a.readings {
        for y in b.readings.iter().filter(|y| y.consonants == x.consonants) {
            let cost = vowels_apart(x, y);
            if best.is_none_or(|b| cost < b) {
                best = Some(cost);
            }
        }
    }
    let consonants = a.readings.first()?.consonants.len();
    let limit = (0.12 * consonants as f32).min(0.8) + 0.02;
    best.filter(|cost| *cost <= limit)
}

fn vowels_apart(a: &Reading, b: &Reading) -> f32 {
    let last = a.vowels.len() - 1;
    a.vowels.iter().zip(&b.vowels).enumerate().map(|(i, (x, y))| cluster_apart(x, y, i == last)).sum()
}

/// Vowels in one place: the nearest pair counts, and a little for each that one side has more.
fn cluster_apart(a: &str, b: &str, last: bool) -> f32 {
    if a == b {
        return 0.0;
    }
    if a.is_empty() || b.is_empty() {
        // A final -a makes another name: Захаров, Захарова.
        let only = if a.is_empty() { b } else { a };
        return if last && only == "a" { 1.0 } else { 0.4 };
    }
    let nearest = a.chars().flat_map(|x| b.chars().map(move |y| vowel_apart(x, y))).fold(1.0, f32::min);
    nearest + 0.1 * a.len().abs_diff(b.len()) as f32 + if a.len() == b.len() && nearest == 0.0 { 0.1 } else { 0.0 }
}

fn vowel_apart(a: char, b: char) -> f32 {
    match if a < b { (a, b) } else { (b, a) } {
        (x, y) if x == y => 0.0,
        ('e', 'i') | ('o', 'u') => 0.15,
        ('a', 'e') => 0.25,
        ('a' | 'e', 'o') => 0.3,
        ('i', 'u') => 0.4,
        _ => 0.5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use std::sync::LazyLock;

    static ONTOLOGY: LazyLock<Ontology> = LazyLock::new(|| Ontology::builtin().unwrap());

    #[test]
    fn spellings_of_one_name_meet_and_others_do_not() {
        let ontology = &*ONTOLOGY;
        let coder = Coder::new(&ontology.transliteration);
        let apart = |a: &str, b: &str| distance(&coder.code(a), &coder.code(b));
        for line in [
            "Tokayev Tokaev Toqaev Токаев Тоқаев",
            "Mirziyoyev Mirziyoev Mirzieev Мирзиёев Мирзиеев",
            "Berdimuhamedov Berdymukhamedov Berdymukhammedov Бердымухамедов",
            "Japarov Zhaparov Dzhaparov Жапаров",
            "Jomart Zhomart Жомарт",
            "Kassym Kasym Qasym Касым",
            "Yerzhan Erzhan Ержан",
            "Zelensky Zelenskyy Zelenskiy Zelenskyi Зеленский Зеленський",
            "Aliyev Aliev Əliyev Алиев",
            "Rahmon Rakhmon Рахмон Раҳмон",
            "Pashinyan Pashinian Пашинян",
            "Lavrov Лавров",
            "Erdogan Erdoğan Эрдоган",
            "Xi Си",
            "Jinping Цзиньпин",
            "Macron Макрон",
            "Scholz Шольц",
            "Biden Байден",
            "Sergey Sergei Сергей",
            "Yevgeny Evgeny Evgenii Yevgeniy Евгений",
            "Guterres Гутерриш",
            "Ашикбаев Ashikbayev Ashikbaev Ashykbayev",
            "Shavkat Шавкат",
            "Vucic Vučić Вучич",
        ] {
            let names: Vec<_> = line.split(' ').collect();
            for (a, b) in names.iter().flat_map(|a| names.iter().map(move |b| (a, b))) {
                assert!(apart(a, b).is_some(), "{a} {b}: {:?} {:?}", coder.code(a), coder.code(b));
            }
        }
        for (a, b) in [
            ("Токаев", "Такоев-Бек"),
            ("Lee", "Lou"),
            ("Hasan", "Husein"),
            ("Захаров", "Захарова"),
            ("Захаров", "Zakharova"),
            ("Kim", "Kam"),
            ("Nurlan", "Нурали"),
            ("Berdymukhamedov", "Мухамедов"),
            ("Serdar", "Сардор-хан"),
        ] {
            assert!(apart(a, b).is_none(), "{a} {b}");
        }
    }
}
