use serde::{Deserialize, Serialize};

/// A half-open range of Unicode code points in an article's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CharSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

impl CharSpan {
    /// The span from `start` up to, but not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Number of code points.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside this span.
    #[must_use]
    pub const fn contains(&self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a code point.
    #[must_use]
    pub const fn overlaps(&self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Maps code points to bytes, so that a span can be sliced in constant time.
#[derive(Debug, Clone)]
pub struct CharIndex {
    /// `bytes[i]` is the byte at which code point `i` begins; the last entry is the text's length.
    bytes: Vec<u32>,
}

impl CharIndex {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut bytes: Vec<u32> = text.char_indices().map(|(i, _)| u32::try_from(i).unwrap_or(u32::MAX)).collect();
        bytes.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        Self { bytes }
    }

    /// Number of code points in the text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.bytes.len() - 1
    }

    /// Whether the text is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The piece of `text` (the one that was indexed) under `span`; a span beyond the end is cut.
    #[must_use]
    pub fn slice<'t>(&self, text: &'t str, span: CharSpan) -> &'t str {
        let at = |i: usize| self.bytes[i.min(self.bytes.len() - 1)] as usize;
        let (start, end) = (at(span.start), at(span.end));
        text.get(start..end.max(start)).unwrap_or("")
    }

    /// The code point that begins at, or holds, byte `byte`.
    #[must_use]
    pub fn char_at_byte(&self, byte: usize) -> usize {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        match self.bytes.binary_search(&byte) {
            Ok(i) => i,
            Err(i) => i.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_by_code_points_not_bytes() {
        let text = "Й — и\u{306} 🤝 мир";
        let index = CharIndex::new(text);
        assert_eq!(index.len(), text.chars().count());
        assert_eq!(index.slice(text, CharSpan::new(4, 6)), "и\u{306}");
        assert_eq!(index.slice(text, CharSpan::new(7, 8)), "🤝");
        assert_eq!(index.slice(text, CharSpan::new(9, 99)), "мир");
        assert_eq!(index.char_at_byte(text.find("мир").unwrap()), 9);
    }
}
