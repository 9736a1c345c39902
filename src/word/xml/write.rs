//! Writing the tree back, as UTF-8 text.

use super::read::{LEAD_OF_FORBIDDEN, allowed};
use super::{Element, Node, Xml};

/// What a part begins with.
pub const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

impl Xml {
    /// A part around this root.
    pub fn new(root: Element) -> Xml {
        Xml { root }
    }

    /// The bytes of the part, with its declaration.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut text = String::from(DECLARATION);
        self.root.write(&mut text);
        text.into_bytes()
    }
}

impl Element {
    /// Writes the element at the end of a text; an empty one closes itself.
    pub fn write(&self, text: &mut String) {
        self.write_start(text, self.children.is_empty());
        if self.children.is_empty() {
            return;
        }
        for child in &self.children {
            match child {
                Node::Element(element) => element.write(text),
                Node::Text(own) => escape_text(own, text),
                Node::Verbatim(own) => text.push_str(own),
            }
        }
        self.write_end(text);
    }

    /// Writes `<name a="b">`, or `<name a="b"/>`.
    pub fn write_start(&self, text: &mut String, closed: bool) {
        text.push('<');
        text.push_str(&self.name);
        for (name, value) in &self.attributes {
            text.push(' ');
            text.push_str(name);
            text.push_str("=\"");
            escape_attribute(value, text);
            text.push('"');
        }
        text.push_str(if closed { "/>" } else { ">" });
    }

    pub fn write_end(&self, text: &mut String) {
        text.push_str("</");
        text.push_str(&self.name);
        text.push('>');
    }
}

/// Whether a byte stands as it is in texts and values alike.
fn is_plain(byte: u8) -> bool {
    byte >= b' ' && !matches!(byte, b'&' | b'<' | b'>' | b'"' | LEAD_OF_FORBIDDEN)
}

/// Escapes a text between tags; forbidden characters are left out.
pub fn escape_text(raw: &str, text: &mut String) {
    if raw.bytes().all(|byte| is_plain(byte) || matches!(byte, b'\n' | b'\t' | b'"')) {
        return text.push_str(raw);
    }
    for character in raw.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '\r' => text.push_str("&#13;"),
            other if allowed(other) => text.push(other),
            _ => {}
        }
    }
}

/// Escapes an attribute's value for double quotes; forbidden characters are left out.
pub fn escape_attribute(raw: &str, text: &mut String) {
    if raw.bytes().all(is_plain) {
        return text.push_str(raw);
    }
    for character in raw.chars() {
        match character {
            '&' => text.push_str("&amp;"),
            '<' => text.push_str("&lt;"),
            '>' => text.push_str("&gt;"),
            '"' => text.push_str("&quot;"),
            '\n' => text.push_str("&#10;"),
            '\r' => text.push_str("&#13;"),
            '\t' => text.push_str("&#9;"),
            other if allowed(other) => text.push(other),
            _ => {}
        }
    }
}
