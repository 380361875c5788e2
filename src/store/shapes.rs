//! The shapes of a graph: reads `ontology/shapes.ttl` and checks a graph against it.
//!
//! SHACL in, violations out. It understands the part of SHACL core that its header lists, and refuses a file that uses more,
//! so that no constraint is passed over in silence. Property paths are single predicates; severities are not told apart.

use super::{Graph, StoreError, vocab};
use crate::ontology::{OntologyError, Source, schema::Turtle};
use oxigraph::model::{
    GraphNameRef, Literal, NamedNode, NamedOrBlankNode, Term,
    vocab::{rdf, xsd},
};
use regex::Regex;
use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashSet},
};

/// The file that holds the shapes.
pub const FILE: &str = "shapes.ttl";
const SHACL: &str = "http://www.w3.org/ns/shacl#";

/// Which nodes a shape is about.
#[derive(Debug, Clone, PartialEq)]
enum Target {
    Class(NamedNode),
    SubjectsOf(NamedNode),
    ObjectsOf(NamedNode),
}

/// A condition on one value, or on all values of a path together.
#[derive(Debug, Clone)]
enum Constraint {
    MinCount(usize),
    MaxCount(usize),
    UniqueLang,
    Less { than: NamedNode, or_equal: bool },
    Datatype(NamedNode),
    Iri,
    Class(NamedNode),
    In(Vec<Term>),
    MinInclusive(Term),
    MaxInclusive(Term),
    Pattern(Regex),
    Or(Vec<Vec<Constraint>>),
    Not(Vec<Constraint>),
}

/// Conditions on a node itself (no path) or on the values of a property.
#[derive(Debug, Clone)]
struct Part {
    shape: String,
    path: Option<NamedNode>,
    constraints: Vec<Constraint>,
    message: String,
}

#[derive(Debug, Clone)]
struct Shape {
    targets: Vec<Target>,
    parts: Vec<Part>,
}

/// All shapes.
#[derive(Debug, Clone)]
pub struct Shapes {
    shapes: Vec<Shape>,
}

/// One thing that is wrong in a graph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Violation {
    /// The node.
    pub node: String,
    /// The shape that it breaks.
    pub shape: String,
    /// The value that breaks it, where it is one value.
    pub value: Option<String>,
    /// What the shape demands.
    pub message: String,
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.node, self.message)?;
        if let Some(value) = &self.value {
            write!(f, " Found: {value}")?;
        }
        write!(f, " ({})", self.shape)
    }
}

impl Shapes {
    /// Reads `shapes.ttl`.
    ///
    /// # Errors
    /// The first mistake with its line: bad Turtle, or a part of SHACL that is not understood.
    pub fn load(source: &Source) -> Result<Self, OntologyError> {
        let turtle = Turtle::read(source, FILE)?;
        let node_shape = NamedNode::new_unchecked(format!("{SHACL}NodeShape"));
        let shapes = turtle.instances(&node_shape).into_iter().map(|node| Reader { turtle: &turtle }.shape(&node));
        Ok(Self { shapes: shapes.collect::<Result<_, _>>()? })
    }

    /// Names of all shapes and property shapes.
    #[must_use]
    pub fn names(&self) -> BTreeSet<&str> {
        let parts = self.shapes.iter().flat_map(|s| &s.parts);
        parts.filter(|p| !p.constraints.is_empty()).map(|p| p.shape.as_str()).collect()
    }

    /// What in the graph's default graph breaks the shapes, sorted.
    ///
    /// # Errors
    /// If oxigraph cannot read its store.
    pub fn check(&self, graph: &Graph) -> Result<Vec<Violation>, StoreError> {
        let data = Data { store: graph.store() };
        let mut violations = BTreeSet::new();
        for shape in &self.shapes {
            for target in &shape.targets {
                for node in data.targets(target)? {
                    for part in &shape.parts {
                        let broken = |value: Option<Term>| Violation {
                            node: show(&node),
                            shape: part.shape.clone(),
                            value: value.as_ref().map(show),
                            message: part.message.clone(),
                        };
                        violations.extend(data.broken(&node, part)?.into_iter().map(broken));
                    }
                }
            }
        }
        Ok(violations.into_iter().collect())
    }
}

fn show(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => vocab::compact(node.as_str()),
        other => other.to_string(),
    }
}

/// The data that is checked: the default graph.
struct Data<'g> {
    store: &'g oxigraph::store::Store,
}

impl Data<'_> {
    fn targets(&self, target: &Target) -> Result<Vec<Term>, StoreError> {
        let (predicate, object) = match target {
            Target::Class(class) => (rdf::TYPE, Some(class.as_ref().into())),
            Target::SubjectsOf(predicate) | Target::ObjectsOf(predicate) => (predicate.as_ref(), None),
        };
        let quads = self.store.quads_for_pattern(None, Some(predicate), object, Some(GraphNameRef::DefaultGraph));
        let mut nodes = HashSet::new();
        for quad in quads {
            let quad = quad?;
            nodes.insert(if matches!(target, Target::ObjectsOf(_)) { quad.object } else { quad.subject.into() });
        }
        Ok(nodes.into_iter().collect())
    }

    fn values(&self, node: &Term, path: &NamedNode) -> Result<Vec<Term>, StoreError> {
        let Term::NamedNode(node) = node else { return Ok(Vec::new()) };
        let subject = Some(node.as_ref().into());
        let quads = self.store.quads_for_pattern(subject, Some(path.as_ref()), None, Some(GraphNameRef::DefaultGraph));
        quads.map(|quad| Ok(quad?.object)).collect()
    }

    /// What breaks the part at `node`: values, or nothing particular.
    fn broken(&self, node: &Term, part: &Part) -> Result<Vec<Option<Term>>, StoreError> {
        let values = match &part.path {
            Some(path) => self.values(node, path)?,
            None => vec![node.clone()],
        };
        let mut broken = Vec::new();
        for constraint in &part.constraints {
            match constraint {
                Constraint::MinCount(least) if values.len() < *least => broken.push(None),
                Constraint::MaxCount(most) if values.len() > *most => broken.push(None),
                Constraint::UniqueLang if !has_unique_languages(&values) => broken.push(None),
                Constraint::MinCount(_) | Constraint::MaxCount(_) | Constraint::UniqueLang => {}
                Constraint::Less { than, or_equal } => {
                    for bound in self.values(node, than)? {
                        let holds = |value: &Term| match compare(value, &bound) {
                            Some(Ordering::Less) => true,
                            Some(Ordering::Equal) => *or_equal,
                            _ => false,
                        };
                        broken.extend(values.iter().filter(|v| !holds(v)).cloned().map(Some));
                    }
                }
                of_value => {
                    for value in &values {
                        if !self.holds(value, of_value)? {
                            broken.push(Some(value.clone()));
                        }
                    }
                }
            }
        }
        Ok(broken)
    }

    fn all_hold(&self, value: &Term, constraints: &[Constraint]) -> Result<bool, StoreError> {
        for constraint in constraints {
            if !self.holds(value, constraint)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn holds(&self, value: &Term, constraint: &Constraint) -> Result<bool, StoreError> {
        let text = match value {
            Term::NamedNode(node) => node.as_str(),
            Term::Literal(literal) => literal.value(),
            Term::BlankNode(_) => "",
        };
        Ok(match constraint {
            Constraint::Datatype(datatype) => matches!(value, Term::Literal(l) if l.datatype() == *datatype),
            Constraint::Iri => matches!(value, Term::NamedNode(_)),
            Constraint::Class(class) => {
                self.values(value, &rdf::TYPE.into_owned())?.contains(&Term::NamedNode(class.clone()))
            }
            Constraint::In(terms) => terms.contains(value),
            Constraint::MinInclusive(least) => compare(value, least).is_some_and(Ordering::is_ge),
            Constraint::MaxInclusive(most) => compare(value, most).is_some_and(Ordering::is_le),
            Constraint::Pattern(pattern) => !matches!(value, Term::BlankNode(_)) && pattern.is_match(text),
            Constraint::Or(alternatives) => {
                for alternative in alternatives {
                    if self.all_hold(value, alternative)? {
                        return Ok(true);
                    }
                }
                false
            }
            Constraint::Not(constraints) => !self.all_hold(value, constraints)?,
            // About all values together: `broken` deals with them.
            Constraint::MinCount(_) | Constraint::MaxCount(_) | Constraint::UniqueLang | Constraint::Less { .. } => {
                true
            }
        })
    }
}

fn has_unique_languages(values: &[Term]) -> bool {
    let mut seen = BTreeSet::new();
    values.iter().all(|v| match v {
        Term::Literal(l) => l.language().is_none_or(|language| seen.insert(language)),
        _ => true,
    })
}

/// Order of two literals: numbers by value, days by their (equally long) spelling; else `None`.
fn compare(a: &Term, b: &Term) -> Option<Ordering> {
    let (Term::Literal(a), Term::Literal(b)) = (a, b) else { return None };
    if a.datatype() == xsd::DATE && b.datatype() == xsd::DATE {
        return Some(a.value().cmp(b.value()));
    }
    a.value().parse::<f64>().ok()?.partial_cmp(&b.value().parse::<f64>().ok()?)
}

/// Reads shapes from a Turtle file's triples.
struct Reader<'t> {
    turtle: &'t Turtle,
}

impl Reader<'_> {
    fn shape(&self, node: &NamedNode) -> Result<Shape, OntologyError> {
        let mut shape = Shape { targets: Vec::new(), parts: Vec::new() };
        for (predicate, object) in self.turtle.triples(&node.clone().into()) {
            let Some(name) = predicate.as_str().strip_prefix(SHACL) else { continue };
            match (name, object) {
                ("targetClass", Term::NamedNode(n)) => shape.targets.push(Target::Class(n.clone())),
                ("targetSubjectsOf", Term::NamedNode(n)) => shape.targets.push(Target::SubjectsOf(n.clone())),
                ("targetObjectsOf", Term::NamedNode(n)) => shape.targets.push(Target::ObjectsOf(n.clone())),
                ("property", Term::NamedNode(property)) => {
                    let mut part = self.part(property)?;
                    let described = property.clone().into();
                    let path = self.turtle.triples(&described).find(|(p, _)| is_shacl(p, "path"));
                    let Some((_, Term::NamedNode(path))) = path else {
                        return Err(self.mistake(property, "needs sh:path with one predicate"));
                    };
                    part.path = Some(path.clone());
                    shape.parts.push(part);
                }
                _ => {}
            }
        }
        if shape.targets.is_empty() {
            return Err(
                self.mistake(node, "has no target: add sh:targetClass, sh:targetSubjectsOf or sh:targetObjectsOf")
            );
        }
        let own = self.part(node)?;
        if !own.constraints.is_empty() {
            shape.parts.push(own);
        }
        Ok(shape)
    }

    /// The conditions and the message that stand at `node`.
    fn part(&self, node: &NamedNode) -> Result<Part, OntologyError> {
        let constraints = self.constraints(&node.clone().into(), node)?;
        let message = self.turtle.triples(&node.clone().into()).find_map(|(p, object)| match object {
            Term::Literal(l) if is_shacl(p, "message") => Some(l.value().to_owned()),
            _ => None,
        });
        if message.is_none() && !constraints.is_empty() {
            return Err(self.mistake(node, "has no sh:message"));
        }
        let shape = node.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_owned();
        Ok(Part { shape, path: None, constraints, message: message.unwrap_or_default() })
    }

    fn constraints(&self, node: &NamedOrBlankNode, of: &NamedNode) -> Result<Vec<Constraint>, OntologyError> {
        let mut constraints = Vec::new();
        for (predicate, object) in self.turtle.triples(node) {
            let Some(name) = predicate.as_str().strip_prefix(SHACL) else { continue };
            constraints.push(match (name, object) {
                ("path" | "property" | "message" | "targetClass" | "targetSubjectsOf" | "targetObjectsOf", _) => {
                    continue;
                }
                ("minCount", Term::Literal(l)) => Constraint::MinCount(self.count(l, of)?),
                ("maxCount", Term::Literal(l)) => Constraint::MaxCount(self.count(l, of)?),
                ("uniqueLang", Term::Literal(l)) if l.value() == "true" => Constraint::UniqueLang,
                ("lessThan", Term::NamedNode(n)) => Constraint::Less { than: n.clone(), or_equal: false },
                ("lessThanOrEquals", Term::NamedNode(n)) => Constraint::Less { than: n.clone(), or_equal: true },
                ("datatype", Term::NamedNode(n)) => Constraint::Datatype(n.clone()),
                ("nodeKind", Term::NamedNode(n)) if is_shacl(n, "IRI") => Constraint::Iri,
                ("class", Term::NamedNode(n)) => Constraint::Class(n.clone()),
                ("in", list) => Constraint::In(self.list(list)),
                ("minInclusive", literal @ Term::Literal(_)) => Constraint::MinInclusive(literal.clone()),
                ("maxInclusive", literal @ Term::Literal(_)) => Constraint::MaxInclusive(literal.clone()),
                ("pattern", Term::Literal(l)) => Constraint::Pattern(
                    Regex::new(l.value()).map_err(|e| self.mistake(of, &format!("has a wrong sh:pattern: {e}")))?,
                ),
                ("or", list) => {
                    let nodes = self.list(list).into_iter().filter_map(subject);
                    Constraint::Or(nodes.map(|n| self.constraints(&n, of)).collect::<Result<_, _>>()?)
                }
                ("not", Term::BlankNode(b)) => Constraint::Not(self.constraints(&b.clone().into(), of)?),
                _ => {
                    return Err(
                        self.mistake(of, &format!("uses sh:{name} {object}, which this program does not understand"))
                    );
                }
            });
        }
        Ok(constraints)
    }

    fn count(&self, literal: &Literal, of: &NamedNode) -> Result<usize, OntologyError> {
        literal.value().parse().map_err(|_| self.mistake(of, "has a count that is no number"))
    }

    fn list(&self, head: &Term) -> Vec<Term> {
        let mut items = Vec::new();
        let mut rest = subject(head.clone());
        while let Some(node) = rest.take() {
            for (predicate, object) in self.turtle.triples(&node) {
                if *predicate == rdf::FIRST {
                    items.push(object.clone());
                } else if *predicate == rdf::REST && *object != Term::from(rdf::NIL) {
                    rest = subject(object.clone());
                }
            }
        }
        items
    }

    fn mistake(&self, node: &NamedNode, reason: &str) -> OntologyError {
        let name = node.as_str().rsplit(['#', '/']).next().unwrap_or_default();
        self.turtle.mistake(name, format!("the shape `{name}` {reason}"))
    }
}

fn is_shacl(node: &NamedNode, name: &str) -> bool {
    node.as_str().strip_prefix(SHACL) == Some(name)
}

fn subject(term: Term) -> Option<NamedOrBlankNode> {
    match term {
        Term::NamedNode(n) => Some(n.into()),
        Term::BlankNode(b) => Some(b.into()),
        Term::Literal(_) => None,
    }
}
