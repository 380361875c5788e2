//! Tables for spreadsheets, pandas and R: `nodes.csv`, `edges.csv` (with the columns that Gephi's importer knows) and `claims.csv`, one
//! row a claim with its sentence. RFC 4180, UTF-8 without a byte order mark, `\n`.

use super::{Picture, column, joined};
use crate::{
    extract::{DateValue, Object, Value},
    resolve::Entity,
    store::Knowledge,
};
use petgraph::visit::EdgeRef;

fn table<R: AsRef<[String]>>(header: &[&str], rows: impl IntoIterator<Item = R>) -> csv::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.as_ref())?;
    }
    writer.into_inner().map_err(|e| csv::Error::from(e.into_error()))
}

/// One row a node.
///
/// # Errors
/// Never in practice: memory is written.
pub fn nodes(picture: &Picture<'_>) -> csv::Result<Vec<u8>> {
    let header = [
        "Id",
        "Label",
        "Class",
        "IRI",
        "Label_en",
        "Label_ru",
        "Names",
        "SameAs",
        "Positions",
        "Statements",
        "Mentions",
        "Documents",
        "Centrality",
        "FirstDate",
        "LastDate",
        "Latitude",
        "Longitude",
    ];
    table(
        &header,
        picture.network.graph.node_weights().enumerate().map(|(i, n)| {
            let label = |tag: &str| {
                n.labels.iter().find(|(l, _)| l.tag() == tag).map(|(_, label)| label.clone()).unwrap_or_default()
            };
            [
                format!("n{i}"),
                n.label.clone(),
                n.class.name().to_owned(),
                n.iri.clone(),
                label("en"),
                label("ru"),
                joined(&n.names),
                joined(&n.same_as),
                joined(&n.positions),
                n.statements.to_string(),
                n.mentions.to_string(),
                n.documents.len().to_string(),
                format!("{:.6}", n.centrality),
                column(n.first_date.as_ref()).to_owned(),
                column(n.last_date.as_ref()).to_owned(),
                n.coordinates.map(|c| c.0.to_string()).unwrap_or_default(),
                n.coordinates.map(|c| c.1.to_string()).unwrap_or_default(),
            ]
        }),
    )
}

/// One row an edge. `Type` is Gephi's word for directed or not, `Kind` is the relation.
///
/// # Errors
/// Never in practice: memory is written.
pub fn edges(picture: &Picture<'_>) -> csv::Result<Vec<u8>> {
    let header = [
        "Id",
        "Source",
        "Target",
        "Type",
        "Kind",
        "Label",
        "Weight",
        "Status",
        "Confidence",
        "Date",
        "DatePrecision",
        "Claims",
        "Articles",
        "Speakers",
        "Evidence",
        "timeset",
    ];
    table(
        &header,
        picture.network.graph.edge_references().map(|edge| {
            let e = edge.weight();
            let first = e.dates.first();
            [
                format!("e{}", edge.id().index()),
                format!("n{}", edge.source().index()),
                format!("n{}", edge.target().index()),
                if e.directed { "Directed" } else { "Undirected" }.to_owned(),
                e.relation.clone(),
                picture.relation(&e.relation),
                format!("{}.0", e.claims),
                e.status.name().to_owned(),
                format!("{:.2}", e.confidence),
                first.map(DateValue::lexical).unwrap_or_default(),
                first.map_or("", super::precision).to_owned(),
                e.claims.to_string(),
                joined(&e.documents),
                joined(&e.speakers),
                e.evidence.clone(),
                first.map(|d| format!("[{}, {}]", d.earliest, d.latest)).unwrap_or_default(),
            ]
        }),
    )
}

/// One row a claim, denied and hypothetical ones too.
///
/// # Errors
/// Never in practice: memory is written.
pub fn claims(knowledge: &Knowledge) -> csv::Result<Vec<u8>> {
    let header = [
        "article",
        "date_published",
        "subject",
        "subject_label",
        "relation",
        "object",
        "object_label",
        "status",
        "speaker",
        "date",
        "date_earliest",
        "date_latest",
        "place",
        "confidence",
        "rule",
        "start",
        "end",
        "evidence",
    ];
    let mut rows = Vec::new();
    for article in &knowledge.articles {
        let id = &article.article.id;
        let name = |e: Option<&Entity>| e.map(|e| (e.id.0.clone(), e.label().to_owned())).unwrap_or_default();
        for claim in &article.claims {
            let (subject, subject_label) = name(knowledge.entity(id, claim.subject));
            let (object, object_label) = match &claim.object {
                Object::Entity(local) => name(knowledge.entity(id, *local)),
                Object::Literal(Value::Text { text, .. }) => (String::new(), text.clone()),
                Object::Literal(Value::Date(date)) => (String::new(), date.lexical()),
            };
            let date = claim.date.as_ref();
            rows.push([
                article.article.doc.clone(),
                article.article.published.map(|d| d.to_string()).unwrap_or_default(),
                subject,
                subject_label,
                claim.predicate.clone(),
                object,
                object_label,
                claim.status.name().to_owned(),
                claim.speaker.and_then(|s| knowledge.entity(id, s)).map(|e| e.label().to_owned()).unwrap_or_default(),
                date.map(DateValue::lexical).unwrap_or_default(),
                date.map(|d| d.earliest.to_string()).unwrap_or_default(),
                date.map(|d| d.latest.to_string()).unwrap_or_default(),
                claim.place.and_then(|p| knowledge.entity(id, p)).map(|e| e.label().to_owned()).unwrap_or_default(),
                format!("{:.2}", claim.confidence),
                claim.rule.clone(),
                claim.evidence.span.start.to_string(),
                claim.evidence.span.end.to_string(),
                claim.evidence.text.clone(),
            ]);
        }
    }
    table(&header, rows)
}
