//! The little XML that the picture formats need, over `quick-xml`: elements, attributes, text.

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event},
};
use std::io;

/// Writes an indented document in memory.
pub struct Document {
    writer: Writer<Vec<u8>>,
}

/// Attributes in the order in which they are written.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// XML 1.0 has no way to write most control characters; scraped text has them.
fn clean(text: &str) -> String {
    text.chars().filter(|&c| !c.is_control() || matches!(c, '\t' | '\n' | '\r')).collect()
}

impl Document {
    /// A document with its declaration.
    ///
    /// # Errors
    /// Never in practice: memory is written.
    pub fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer })
    }

    fn start<'n>(name: &'n str, attributes: Attributes<'_>) -> BytesStart<'n> {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, clean(value).as_str()));
        }
        start
    }

    /// Opens an element.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Start(Self::start(name, attributes)))
    }

    /// Closes it.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn close(&mut self, name: &str) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element without content.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.writer.write_event(Event::Empty(Self::start(name, attributes)))
    }

    /// An element with text.
    ///
    /// # Errors
    /// As [`new`](Self::new).
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.writer.write_event(Event::Text(BytesText::new(&clean(text))))?;
        self.close(name)
    }

    /// The finished document.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.writer.into_inner();
        bytes.push(b'\n');
        bytes
    }
}
