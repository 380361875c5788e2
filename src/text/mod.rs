//! Positions in text. Everything that points into an article counts Unicode code points from 0, end exclusive,
//! because that is what RFC 5147, NIF and Web Annotation readers expect; bytes stay an inner matter of this module.

mod span;

pub use span::{CharIndex, CharSpan};
