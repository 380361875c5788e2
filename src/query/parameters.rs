//! Parameters of a question: variables that begin with `_`, in the spelling that grlc reads.
//!
//! `?_actor_iri` takes an IRI or the name of an entity, `?_from_xsd_date` a day, `?_limit_integer` a number, `?_name_en` words in
//! English, `?_words` words. A parameter that is not given stays an ordinary variable that nothing binds, so the file runs as
//! it is. Values are turned into RDF terms, and only whole variable tokens are replaced, never text within strings, IRIs or
//! comments: no value can change the question's structure. The question may not use a parameter where SPARQL wants a
//! variable (SELECT, BIND … AS, VALUES).

use super::{Directory, QueryError};
use crate::store::vocab;
use oxigraph::model::{Literal, NamedNode, Term, vocab::xsd};
use std::{collections::BTreeMap, ops::Range};

/// What a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// An IRI, or the name of an entity.
    Iri,
    /// A day, `2024-05-31`.
    Date,
    /// A whole number.
    Integer,
    /// Words in a language.
    Tagged(String),
    /// Words.
    Text,
}

impl Kind {
    /// What to give, for people.
    #[must_use]
    pub fn expects(&self) -> &'static str {
        match self {
            Self::Iri => "a name or an IRI",
            Self::Date => "a day such as 2024-05-31",
            Self::Integer => "a whole number",
            Self::Tagged(_) | Self::Text => "words",
        }
    }
}

/// A parameter of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Its name: `actor`.
    pub name: String,
    /// What it takes.
    pub kind: Kind,
}

impl Parameter {
    /// Of a variable's name without `?`: `_actor_iri`. `None` if it is an ordinary variable.
    fn of(variable: &str) -> Option<Self> {
        let rest = variable.strip_prefix('_')?;
        let rest = rest.strip_prefix('_').unwrap_or(rest);
        let typed = [
            ("_iri", Kind::Iri),
            ("_xsd_date", Kind::Date),
            ("_date", Kind::Date),
            ("_xsd_integer", Kind::Integer),
            ("_integer", Kind::Integer),
            ("_en", Kind::Tagged("en".to_owned())),
            ("_ru", Kind::Tagged("ru".to_owned())),
        ];
        let found = typed.into_iter().find_map(|(suffix, kind)| Some((rest.strip_suffix(suffix)?, kind)));
        let (name, kind) = found.unwrap_or((rest, Kind::Text));
        (!name.is_empty()).then(|| Self { name: name.to_owned(), kind })
    }
}

/// The parameters that a question has, in order of first use.
#[must_use]
pub fn of(sparql: &str) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    for token in variables(sparql) {
        if let Some(parameter) = Parameter::of(&sparql[token.start + 1..token.end])
            && !parameters.contains(&parameter)
        {
            parameters.push(parameter);
        }
    }
    parameters
}

/// The question with these parameters put in.
///
/// # Errors
/// If the question has no parameter of that name, or the value is not of its kind, or names no or several entities.
pub fn fill(sparql: &str, values: &BTreeMap<String, String>, directory: &Directory) -> Result<String, QueryError> {
    let parameters = of(sparql);
    for name in values.keys() {
        if !parameters.iter().any(|p| p.name == *name) {
            let known: Vec<_> = parameters.iter().map(|p| p.name.as_str()).collect();
            let reason = if known.is_empty() {
                "this question has no parameters".to_owned()
            } else {
                format!("this question has no such parameter; it has: {}", known.join(", "))
            };
            return Err(QueryError::Parameter { name: name.clone(), reason });
        }
    }
    let mut filled = String::with_capacity(sparql.len());
    let mut copied = 0;
    for token in variables(sparql) {
        let parameter = Parameter::of(&sparql[token.start + 1..token.end]);
        if let Some((parameter, value)) = parameter.and_then(|p| values.get(&p.name).map(|v| (p, v))) {
            filled.push_str(&sparql[copied..token.start]);
            filled.push_str(&term(&parameter, value, directory)?.to_string());
            copied = token.end;
        }
    }
    filled.push_str(&sparql[copied..]);
    Ok(filled)
}

/// The RDF term that a value means.
fn term(parameter: &Parameter, value: &str, directory: &Directory) -> Result<Term, QueryError> {
    let wrong = |reason: String| QueryError::Parameter { name: parameter.name.clone(), reason };
    let expected = || wrong(format!("`{value}` is not {}", parameter.kind.expects()));
    Ok(match &parameter.kind {
        Kind::Iri => match iri(value) {
            Some(iri) => iri.into(),
            None => directory.find(value).map_err(|e| wrong(e.to_string()))?.iri.clone().into(),
        },
        Kind::Date => {
            let day: jiff::civil::Date = value.parse().map_err(|_| expected())?;
            Literal::new_typed_literal(day.to_string(), xsd::DATE).into()
        }
        Kind::Integer => {
            let number: i64 = value.parse().map_err(|_| expected())?;
            Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into()
        }
        Kind::Tagged(language) => Literal::new_language_tagged_literal_unchecked(value, language).into(),
        Kind::Text => Literal::from(value).into(),
    })
}

/// `https://…`, `<https://…>` or `entity:…` as an IRI.
#[must_use]
pub fn iri(value: &str) -> Option<NamedNode> {
    let bare = value.strip_prefix('<').and_then(|v| v.strip_suffix('>')).unwrap_or(value);
    if bare.contains("://") {
        return NamedNode::new(bare).ok();
    }
    let (prefix, local) = bare.split_once(':')?;
    let (_, namespace) = vocab::PREFIXES.iter().find(|(known, _)| *known == prefix)?;
    NamedNode::new(format!("{namespace}{local}")).ok()
}

/// Where the variables stand in a SPARQL text, `?` or `$` included.
fn variables(sparql: &str) -> Vec<Range<usize>> {
    let bytes = sparql.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        at = match bytes[at] {
            b'#' => end_of(sparql, at, |c| c != '\n'),
            b'<' => after_iri(sparql, at),
            b'"' | b'\'' => after_string(bytes, at),
            b'\\' => at + 2,
            b'?' | b'$' => {
                let end = end_of(sparql, at + 1, |c| c.is_alphanumeric() || c == '_');
                if end > at + 1 {
                    found.push(at..end);
                }
                end
            }
            _ => at + 1,
        };
    }
    found
}

/// The end of the stretch from `at` whose characters fit.
fn end_of(text: &str, at: usize, fits: impl Fn(char) -> bool) -> usize {
    let rest = text.get(at..).unwrap_or("");
    at + rest.find(|c| !fits(c)).unwrap_or(rest.len())
}

/// After the IRI that begins here, or after `<` if none does (less than).
fn after_iri(text: &str, at: usize) -> usize {
    let end = end_of(text, at + 1, |c| c > ' ' && !"<>\"{}|^`\\".contains(c));
    if text.as_bytes().get(end) == Some(&b'>') { end + 1 } else { at + 1 }
}

/// After the string that begins here with one or three quotation marks.
fn after_string(bytes: &[u8], at: usize) -> usize {
    let mark = bytes[at];
    let is_long = bytes.get(at + 1) == Some(&mark) && bytes.get(at + 2) == Some(&mark);
    let close: &[u8] = if is_long { &[mark, mark, mark] } else { &[mark] };
    let mut at = at + close.len();
    while at < bytes.len() {
        if bytes[at] == b'\\' {
            at += 2;
        } else if bytes[at..].starts_with(close) {
            return at + close.len();
        } else {
            at += 1;
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(sparql: &str, name: &str, value: &str) -> String {
        let values = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        fill(sparql, &values, &Directory::default()).unwrap()
    }

    #[test]
    fn only_whole_variables_are_replaced() {
        let sparql =
            "# ?_x\nSELECT ?s { ?s <http://e/?_x> \"?_x\" , '''a'?_x''' ; ?p ?_x . FILTER(1 <?_x && ?_xy > 2) }";
        let expected =
            "# ?_x\nSELECT ?s { ?s <http://e/?_x> \"?_x\" , '''a'?_x''' ; ?p \"v\" . FILTER(1 <\"v\" && ?_xy > 2) }";
        assert_eq!(filled(sparql, "x", "v"), expected);
    }

    #[test]
    fn no_value_can_break_out_of_its_term() {
        let sparql = "SELECT ?s { ?s ?p ?_x }";
        for evil in ["\" } ; DROP ALL #", "\\", "a\nb", "'''", "\u{0}"] {
            let query = filled(sparql, "x", evil);
            let parsed = oxigraph::sparql::SparqlEvaluator::new().parse_query(&query).map(|_| ());
            assert!(parsed.is_ok(), "{query}");
            assert!(query.starts_with("SELECT ?s { ?s ?p \"") && query.ends_with("\" }"), "{query}");
        }
    }

    #[test]
    fn kinds_are_told_by_the_ending_and_checked() {
        let sparql = "ASK { ?_actor_iri ?p ?_from_xsd_date , ?__n_integer , ?_name_ru , ?_words }";
        let kinds: Vec<_> = of(sparql).into_iter().map(|p| (p.name, p.kind)).collect();
        assert_eq!(
            kinds,
            [
                ("actor".to_owned(), Kind::Iri),
                ("from".to_owned(), Kind::Date),
                ("n".to_owned(), Kind::Integer),
                ("name".to_owned(), Kind::Tagged("ru".to_owned())),
                ("words".to_owned(), Kind::Text),
            ]
        );
        assert!(
            filled(sparql, "from", "2024-05-31").contains("\"2024-05-31\"^^<http://www.w3.org/2001/XMLSchema#date>")
        );
        assert!(filled(sparql, "actor", "entity:q1").contains("<https://w3id.org/kurultai/entity/q1> ?p"));
        let error = |name: &str, value: &str| {
            fill(sparql, &BTreeMap::from([(name.to_owned(), value.to_owned())]), &Directory::default())
                .unwrap_err()
                .to_string()
        };
        insta::assert_snapshot!(error("from", "May"), @"--param from: `May` is not a day such as 2024-05-31");
        insta::assert_snapshot!(error("actr", "x"), @"--param actr: this question has no such parameter; it has: actor, from, n, name, words");
        insta::assert_snapshot!(error("actor", "Nobody"), @"--param actor: nothing is called `Nobody`");
    }
}
