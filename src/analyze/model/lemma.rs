//! Lemmas as edit scripts, so that words never seen get lemmas too.
//!
//! `l0>|2>ить` lowers the form, cuts no letter in front and two at the end, and puts "ить" there. Case: `k` keeps the form's
//! letters, `l` lowers them, `t` gives the first a capital, `u` raises all. `=идти` is the lemma itself.

/// A parsed edit script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Script {
    Whole(String),
    Edit { case: Case, cut_front: usize, put_front: String, cut_back: usize, put_back: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Keep,
    Lower,
    Title,
    Upper,
}

impl Script {
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(lemma) = text.strip_prefix('=') {
            return Some(Self::Whole(lemma.to_owned()));
        }
        let (case, rest) = text.split_at_checked(1)?;
        let case = match case {
            "k" => Case::Keep,
            "l" => Case::Lower,
            "t" => Case::Title,
            "u" => Case::Upper,
            _ => return None,
        };
        let (front, back) = rest.split_once('|')?;
        let (cut_front, put_front) = front.split_once('>')?;
        let (cut_back, put_back) = back.split_once('>')?;
        Some(Self::Edit {
            case,
            cut_front: cut_front.parse().ok()?,
            put_front: put_front.to_owned(),
            cut_back: cut_back.parse().ok()?,
            put_back: put_back.to_owned(),
        })
    }

    /// The lemma of `form`; a script that does not fit leaves the form as it is.
    pub fn apply(&self, form: &str) -> String {
        match self {
            Self::Whole(lemma) => lemma.clone(),
            Self::Edit { case, cut_front, put_front, cut_back, put_back } => {
                let base: Vec<char> =
                    if *case == Case::Keep { form.chars().collect() } else { form.to_lowercase().chars().collect() };
                if cut_front + cut_back > base.len() {
                    return form.to_owned();
                }
                let mut lemma = put_front.clone();
                lemma.extend(&base[*cut_front..base.len() - cut_back]);
                lemma.push_str(put_back);
                match case {
                    Case::Keep => lemma,
                    Case::Lower => lemma.to_lowercase(),
                    Case::Upper => lemma.to_uppercase(),
                    Case::Title => title(&lemma),
                }
            }
        }
    }
}

pub(super) fn title(word: &str) -> String {
    let mut letters = word.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters.as_str().to_lowercase().chars()).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::Script;

    #[track_caller]
    fn lemma(script: &str, form: &str) -> String {
        Script::parse(script).expect("a script").apply(form)
    }

    #[test]
    fn edits_both_ends_and_case() {
        assert_eq!(lemma("l0>|2>ть", "Купила"), "купить");
        assert_eq!(lemma("k0>|1>", "Токаева"), "Токаев");
        assert_eq!(lemma("t0>|0>", "АСТАНА"), "Астана");
        assert_eq!(lemma("u0>|0>", "un"), "UN");
        assert_eq!(lemma("l3>|3>ий", "Наилучшими"), "лучший");
        assert_eq!(lemma("=идти", "шёл"), "идти");
    }

    #[test]
    fn a_script_that_does_not_fit_changes_nothing() {
        assert_eq!(lemma("l2>|3>x", "Он"), "Он");
        assert_eq!(lemma("k0>|4>", "🤝"), "🤝");
    }

    #[test]
    fn refuses_what_is_no_script() {
        for text in ["", "x0>|0>", "l0|0", "lя>|0>"] {
            assert_eq!(Script::parse(text), None, "{text}");
        }
    }
}
