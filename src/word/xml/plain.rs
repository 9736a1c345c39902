//! Reading parts as programs write them: tags with values in double quotes, text, and the five entities of XML.
//!
//! Several times as fast as a reader that is ready for anything. Whatever else stands in a part, and whatever is wrong with
//! it, is left to that one (`read`), which reads the part from its beginning.

use memchr::memchr;
use smol_str::SmolStr;

use super::read::{LEAD_OF_FORBIDDEN, MOST_DEPTH, MOST_ELEMENTS, allowed};
use super::{Element, Node};

/// The root of a part; none where the part is not so plain.
pub(super) fn root(text: &str) -> Option<Element> {
    let mut at = match text.strip_prefix("<?xml ") {
        Some(declaration) => text.len() - declaration.len() + declaration.find("?>")? + "?>".len(),
        None => 0,
    };
    let mut growing = Growing::default();
    loop {
        let tag = at + memchr(b'<', &text.as_bytes()[at..])?;
        growing.text(&text[at..tag])?;
        let rest = &text[tag..];
        if let Some(name) = rest.strip_prefix("</") {
            let end = memchr(b'>', name.as_bytes())?;
            growing.close(&name[..end])?;
            at = tag + "</>".len() + end;
        } else {
            at = tag + growing.start(rest)?;
        }
        if growing.open.is_empty() {
            let root = growing.nodes.pop().filter(|_| text[at..].trim().is_empty())?;
            return if let Node::Element(root) = root { Some(root) } else { None };
        }
    }
}

/// A tree that grows. What an element holds waits until it closes, so that it takes the room it needs and no more.
#[derive(Default)]
struct Growing {
    /// Elements that have not closed, each with the place among the nodes where its own begin.
    open: Vec<(Element, usize)>,
    /// What stands in the open elements so far, one after the other.
    nodes: Vec<Node>,
    /// The attributes of the tag at hand.
    attributes: Vec<(SmolStr, SmolStr)>,
    count: usize,
}

impl Growing {
    /// Adds the text between two tags; outside the root only white space may stand.
    fn text(&mut self, raw: &str) -> Option<()> {
        if self.open.is_empty() {
            return raw.trim().is_empty().then_some(());
        }
        if !raw.is_empty() {
            self.nodes.push(Node::Text(resolved(raw)?));
        }
        Some(())
    }

    fn close(&mut self, name: &str) -> Option<()> {
        let (mut element, first) = self.open.pop().filter(|(element, _)| element.name == name)?;
        element.children = self.nodes.drain(first..).collect();
        self.nodes.push(Node::Element(element));
        Some(())
    }

    /// Adds the element of the start tag that a text begins with; gives the tag's length.
    fn start(&mut self, text: &str) -> Option<usize> {
        let bytes = text.as_bytes();
        let name_end = end_of(bytes, 1, in_name);
        if name_end == 1 || matches!(bytes[1], b'!' | b'?') {
            return None;
        }
        let mut at = name_end;
        let (length, is_empty) = loop {
            let begin = end_of(bytes, at, is_space);
            match bytes.get(begin)? {
                b'>' => break (begin + 1, false),
                b'/' if bytes.get(begin + 1) == Some(&b'>') => break (begin + 2, true),
                _ if begin == at => return None,
                _ => at = self.attribute(text, begin)?,
            }
        };
        self.count += 1;
        if self.open.len() >= MOST_DEPTH || self.count > MOST_ELEMENTS {
            return None;
        }
        let mut element = Element::new(&text[1..name_end]);
        element.attributes = self.attributes.drain(..).collect();
        match is_empty {
            true => self.nodes.push(Node::Element(element)),
            false => self.open.push((element, self.nodes.len())),
        }
        Some(length)
    }

    /// Reads an attribute that begins at a place; gives where it ends.
    fn attribute(&mut self, text: &str, begin: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        let end = end_of(bytes, begin, in_name);
        let value = end + "=\"".len();
        if end == begin || bytes.get(end..value) != Some(b"=\"") {
            return None;
        }
        let value_end = end_of(bytes, value, in_value);
        let name = &text[begin..end];
        if bytes.get(value_end) != Some(&b'"') || self.attributes.iter().any(|(known, _)| known == name) {
            return None;
        }
        self.attributes.push((SmolStr::new(name), SmolStr::new(&text[value..value_end])));
        Some(value_end + 1)
    }
}

/// A text with its entities resolved; none where a character in it wants care.
fn resolved(raw: &str) -> Option<String> {
    let mut plain = true;
    for byte in raw.bytes() {
        match byte {
            b'&' => plain = false,
            b'\t' | b'\n' => {}
            0..b' ' => return None,
            _ => {}
        }
    }
    if memchr(LEAD_OF_FORBIDDEN, raw.as_bytes()).is_some() && !raw.chars().all(allowed) {
        return None;
    }
    if plain {
        return Some(raw.to_string());
    }
    let mut pieces = raw.split('&');
    let mut text = pieces.next()?.to_string();
    for piece in pieces {
        let (name, after) = piece.split_once(';')?;
        text.push_str(match name {
            "amp" => "&",
            "lt" => "<",
            "gt" => ">",
            "quot" => "\"",
            "apos" => "'",
            _ => return None,
        });
        text.push_str(after);
    }
    Some(text)
}

/// Where the bytes from a place on are no longer such.
fn end_of(bytes: &[u8], from: usize, such: impl Fn(u8) -> bool) -> usize {
    bytes[from..].iter().position(|byte| !such(*byte)).map_or(bytes.len(), |length| from + length)
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\t')
}

fn in_name(byte: u8) -> bool {
    byte > b' ' && !matches!(byte, b'"' | b'\'' | b'=' | b'<' | b'>' | b'&' | b'/')
}

/// Values with references, line ends or characters that may be forbidden want care.
fn in_value(byte: u8) -> bool {
    byte >= b' ' && !matches!(byte, b'"' | b'&' | b'<' | LEAD_OF_FORBIDDEN)
}
