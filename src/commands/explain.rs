//! `kurultai explain`: every claim behind an entity or a fact.

use super::Outcome;
use crate::{
    cli,
    extract::{ArticleClaims, Claim},
    ingest::Language,
    ontology::{Ontology, Schema, Source},
    query::{
        Directory,
        explain::{Explained, Selection, explain},
    },
    resolve::Entity,
    store::{Knowledge, Snapshot, rdf, vocab},
};
use anyhow::{Context, bail};
use serde_json::json;
use std::io::{self, Write};

/// Runs the verb.
///
/// # Errors
/// If there is no store, no such entity, or no such relation.
pub fn run(args: &cli::Explain, global: &cli::Global) -> anyhow::Result<Outcome> {
    let source = global.ontology.clone().map_or(Source::Builtin, Source::Folder);
    let schema = Ontology::load(&source)?.schema;
    if let Some(relation) = &args.relation
        && schema.relation(relation).is_none()
    {
        let nearest = schema
            .relations()
            .map(|r| r.name.as_str())
            .max_by(|a, b| strsim::jaro_winkler(a, relation).total_cmp(&strsim::jaro_winkler(b, relation)));
        bail!("there is no relation `{relation}`\nhint: did you mean `{}`?", nearest.unwrap_or_default());
    }
    let knowledge = Snapshot::open(&args.location)?.knowledge()?;
    let directory = Directory::of_knowledge(&knowledge);
    let entry = directory.find(&args.subject)?;
    let entities = &knowledge.resolution.entities;
    let entity = entities.iter().find(|e| vocab::entity(&e.id) == entry.iri).context("the entity is gone")?;
    let selection =
        Selection { entity: &entry.iri, relation: args.relation.as_deref(), object: args.object.as_deref() };
    let facts = explain(&knowledge, &schema, &directory, &selection)?;
    let mut out = io::BufWriter::new(io::stdout().lock());
    if global.json {
        for fact in &facts {
            for (record, claim) in &fact.claims {
                write_json(&knowledge, fact, record, claim, &mut out)?;
            }
        }
    } else {
        write_entity(entity, &mut out)?;
        for fact in &facts {
            write_fact(&knowledge, &schema, fact, &mut out)?;
        }
        let claims: usize = facts.iter().map(|f| f.claims.len()).sum();
        writeln!(out, "\n{} facts, {claims} claims", facts.len())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn write_entity(entity: &Entity, mut out: impl Write) -> io::Result<()> {
    writeln!(
        out,
        "{} ({}) {}",
        entity.label(),
        entity.class.name(),
        vocab::compact(vocab::entity(&entity.id).as_str())
    )?;
    let others: Vec<_> = entity.names.iter().map(|(_, n)| n.as_str()).filter(|n| *n != entity.label()).collect();
    if !others.is_empty() {
        writeln!(out, "  also      {}", others.join(" · "))?;
    }
    for same in &entity.same_as {
        writeln!(out, "  same as   {same}")?;
    }
    for reason in &entity.reasons {
        writeln!(out, "  merged    {reason}")?;
    }
    Ok(())
}

fn write_fact(knowledge: &Knowledge, schema: &Schema, fact: &Explained<'_>, mut out: impl Write) -> io::Result<()> {
    let relation = schema.relation(fact.predicate).map_or(fact.predicate, |r| r.label(Language::En));
    let absent = if fact.holds { "" } else { "   (not in the graph)" };
    writeln!(out, "\n{} — {relation} → {}{absent}", fact.subject.label(), fact.object)?;
    for (record, claim) in &fact.claims {
        let article = &record.article;
        let name = |id| knowledge.entity(&article.id, id).map_or("", Entity::label);
        writeln!(out, "  “{}”", claim.evidence.text.split_whitespace().collect::<Vec<_>>().join(" "))?;
        let mut about = vec![claim.status.name().to_owned()];
        about.extend(claim.speaker.map(|s| format!("says {}", name(s))));
        about.extend(claim.date.as_ref().map(|d| format!("on {}", d.lexical())));
        about.extend(claim.place.map(|p| format!("in {}", name(p))));
        about.push(format!("confidence {:.2}", claim.confidence));
        writeln!(out, "    {}", about.join(", "))?;
        let span = claim.evidence.span;
        let mut from = vec![format!("{} {}–{}", article.doc, span.start, span.end)];
        from.extend(article.title.clone());
        from.extend(article.publisher.clone());
        from.extend(article.published.map(|d| d.to_string()));
        writeln!(out, "    {}", from.join(", "))?;
        writeln!(out, "    {}", [vec![claim.rule.clone()], claim.arcs.clone()].concat().join("; "))?;
    }
    Ok(())
}

fn write_json(
    knowledge: &Knowledge,
    fact: &Explained<'_>,
    record: &ArticleClaims,
    claim: &Claim,
    mut out: impl Write,
) -> anyhow::Result<()> {
    let name = |id| knowledge.entity(&record.article.id, id).map(Entity::label);
    let line = json!({
        "claim": rdf::claim_iri(knowledge, record, claim).map(oxigraph::model::NamedNode::into_string),
        "subject": fact.subject.label(),
        "predicate": fact.predicate,
        "object": fact.object,
        "status": claim.status.name(),
        "speaker": claim.speaker.and_then(name),
        "date": claim.date.as_ref().map(crate::extract::DateValue::lexical),
        "place": claim.place.and_then(name),
        "confidence": claim.confidence,
        "evidence": claim.evidence,
        "doc": record.article.doc,
        "rule": claim.rule,
        "arcs": claim.arcs,
    });
    serde_json::to_writer(&mut out, &line)?;
    writeln!(out)?;
    Ok(())
}
