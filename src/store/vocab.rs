//! The words of the graph: namespaces, the prefixes that every export and question uses, and how IRIs are made.
//!
//! IRIs are ASCII and made from content, so graphs of two runs merge by union. A name never becomes part of an IRI.

use crate::{
    extract::{Class, Status},
    ingest::ArticleId,
    ontology::schema::NAMESPACE,
    resolve::EntityId,
    text::CharSpan,
};
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::fmt::Write as _;

/// Entities' namespace.
pub const ENTITY: &str = "https://w3id.org/kurultai/entity/";
/// Claims' namespace.
pub const CLAIM: &str = "https://w3id.org/kurultai/claim/";
/// Articles' namespace.
pub const ARTICLE: &str = "https://w3id.org/kurultai/article/";
/// Runs' namespace.
pub const RUN: &str = "https://w3id.org/kurultai/run/";

/// Prefixes, sorted: of exports, and understood in any question.
pub const PREFIXES: &[(&str, &str)] = &[
    ("article", ARTICLE),
    ("claim", CLAIM),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("entity", ENTITY),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("kur", NAMESPACE),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("run", RUN),
    ("schema", "https://schema.org/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

macro_rules! terms {
    ($($name:ident = $iri:expr;)*) => {$(
        #[doc = concat!("`<", $iri, ">`")]
        pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked($iri);
    )*};
}

terms! {
    CLAIM_CLASS = "https://w3id.org/kurultai/ontology#Claim";
    EVIDENCE_CLASS = "https://w3id.org/kurultai/ontology#Evidence";
    SUBJECT = "https://w3id.org/kurultai/ontology#subject";
    PREDICATE = "https://w3id.org/kurultai/ontology#predicate";
    OBJECT = "https://w3id.org/kurultai/ontology#object";
    STATUS = "https://w3id.org/kurultai/ontology#status";
    SPEAKER = "https://w3id.org/kurultai/ontology#speaker";
    DATE = "https://w3id.org/kurultai/ontology#date";
    EARLIEST_DATE = "https://w3id.org/kurultai/ontology#earliestDate";
    LATEST_DATE = "https://w3id.org/kurultai/ontology#latestDate";
    PLACE = "https://w3id.org/kurultai/ontology#place";
    CONFIDENCE = "https://w3id.org/kurultai/ontology#confidence";
    RULE = "https://w3id.org/kurultai/ontology#rule";
    EVIDENCE = "https://w3id.org/kurultai/ontology#evidence";
    IN_ARTICLE = "https://w3id.org/kurultai/ontology#article";
    BEGIN = "https://w3id.org/kurultai/ontology#begin";
    END = "https://w3id.org/kurultai/ontology#end";
    TEXT = "https://w3id.org/kurultai/ontology#text";
    MENTIONED_IN = "https://w3id.org/kurultai/ontology#mentionedIn";
    PROGRAM_VERSION = "https://w3id.org/kurultai/ontology#programVersion";
    MODEL_VERSION = "https://w3id.org/kurultai/ontology#modelVersion";
    ONTOLOGY_VERSION = "https://w3id.org/kurultai/ontology#ontologyVersion";
    SAME_AS = "http://www.w3.org/2002/07/owl#sameAs";
    PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel";
    ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel";
    LATITUDE = "http://www.w3.org/2003/01/geo/wgs84_pos#lat";
    LONGITUDE = "http://www.w3.org/2003/01/geo/wgs84_pos#long";
    ACTIVITY = "http://www.w3.org/ns/prov#Activity";
    WAS_GENERATED_BY = "http://www.w3.org/ns/prov#wasGeneratedBy";
    NEWS_ARTICLE = "https://schema.org/NewsArticle";
    NAME = "https://schema.org/name";
    HEADLINE = "https://schema.org/headline";
    IDENTIFIER = "https://schema.org/identifier";
    IN_LANGUAGE = "https://schema.org/inLanguage";
    DATE_PUBLISHED = "https://schema.org/datePublished";
    PUBLISHER = "https://schema.org/publisher";
    URL = "https://schema.org/url";
}

/// The IRI of an entity.
#[must_use]
pub fn entity(id: &EntityId) -> NamedNode {
    minted(ENTITY, &id.0)
}

/// The IRI of an article, which is also the name of its graph.
#[must_use]
pub fn article(id: &ArticleId) -> NamedNode {
    minted(ARTICLE, &id.0)
}

/// The IRI of a stretch of an article, as RFC 5147 writes it.
#[must_use]
pub fn evidence(id: &ArticleId, span: CharSpan) -> NamedNode {
    NamedNode::new_unchecked(format!("{}#char={},{}", article(id).as_str(), span.start, span.end))
}

/// The IRI of a relation or a claim's status.
#[must_use]
pub fn term(local_name: &str) -> NamedNode {
    minted(NAMESPACE, local_name)
}

/// The IRI of a class.
#[must_use]
pub fn class(class: Class) -> NamedNode {
    term(class.name())
}

/// The IRI of a status.
#[must_use]
pub fn status(status: Status) -> NamedNode {
    term(status.name())
}

/// A prefixed name or IRI for people: `kur:metWith`.
#[must_use]
pub fn compact(iri: &str) -> String {
    PREFIXES
        .iter()
        .find_map(|(prefix, namespace)| Some(format!("{prefix}:{}", iri.strip_prefix(namespace)?)))
        .unwrap_or_else(|| format!("<{iri}>"))
}

/// `namespace` and `id`, with whatever an IRI may not hold percent-encoded.
pub(super) fn minted(namespace: &str, id: &str) -> NamedNode {
    let mut iri = String::with_capacity(namespace.len() + id.len());
    iri.push_str(namespace);
    for byte in id.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            iri.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(iri, "%{byte:02X}");
        }
    }
    NamedNode::new_unchecked(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iris_are_ascii_and_valid_whatever_the_id() {
        for id in ["q42", "Токаев", "a b<c>\"d", "x/y#z"] {
            let iri = entity(&EntityId(id.to_owned()));
            assert!(iri.as_str().is_ascii());
            assert_eq!(NamedNode::new(iri.as_str()).unwrap(), iri);
        }
        let span = evidence(&ArticleId("ab12".to_owned()), CharSpan::new(3, 9));
        assert_eq!(span.as_str(), "https://w3id.org/kurultai/article/ab12#char=3,9");
    }

    #[test]
    fn prefixes_are_sorted_and_shorten() {
        assert!(PREFIXES.is_sorted());
        assert_eq!(compact(SAME_AS.as_str()), "owl:sameAs");
        assert_eq!(compact("http://example.org/"), "<http://example.org/>");
    }
}
