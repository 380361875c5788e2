//! Bytes become text: byte order marks, UTF-8, UTF-16 with or without a mark, then the usual 8-bit encodings.

use super::error::Problem;
use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use unicode_normalization::UnicodeNormalization;

/// Files that are often given by mistake, by their first bytes.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip or office file"),
    (b"\xd0\xcf\x11\xe0", "an old office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1f\x8b", "a gzip file"),
];

/// Decodes `bytes`, in NFC. `label` is an encoding that the file itself names.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<String, Problem> {
    if let Some((_, name)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Err(Problem::Binary(name));
    }
    let text = raw(bytes, label)?;
    // Control characters other than white space do not occur in text of any encoding.
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    if text.contains('\0') || control * 50 > text.chars().count() {
        return Err(Problem::Binary("a binary file"));
    }
    Ok(text.nfc().collect())
}

fn raw(bytes: &[u8], label: Option<&str>) -> Result<String, Problem> {
    let strict = |encoding: &'static Encoding, bytes: &[u8]| {
        encoding.decode_without_bom_handling_and_without_replacement(bytes).map(std::borrow::Cow::into_owned)
    };
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[mark..]).ok_or(Problem::Encoding);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return strict(encoding, bytes).ok_or(Problem::Encoding);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    if bytes.contains(&0) {
        return Err(Problem::Binary("a binary file"));
    }
    if let Some(text) = label.and_then(|l| Encoding::for_label(l.as_bytes())).and_then(|e| strict(e, bytes)) {
        return Ok(text);
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    let text = strict(detector.guess(None, false), bytes).ok_or(Problem::Encoding)?;
    // Text is mostly letters and spaces in the right encoding.
    let readable =
        text.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace() || c.is_ascii_punctuation()).count();
    if readable * 10 < text.chars().count() * 8 { Err(Problem::Encoding) } else { Ok(text) }
}

/// UTF-16 shows in one half of each pair being constant: zero for Latin, four for Cyrillic.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let high = |offset: usize| bytes.iter().skip(offset).step_by(2).filter(|b| matches!(b, 0 | 4 | 0x20)).count();
    let pairs = bytes.len() / 2;
    let most = |count: usize| count * 10 > pairs * 9;
    match (most(high(0)), most(high(1))) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}
