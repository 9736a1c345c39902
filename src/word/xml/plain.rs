//! Reading parts as programs write them: tags with values in double quotes, text, and the five entities of XML.
//!
//! Several times as fast as a reader that is ready for anything. Whatever else stands in a part, and whatever is wrong with
//! it, is left to that one (`read`), which reads the part from its beginning. What is found goes to who builds of it: the
//! elements that can be changed (`Growing`) or those that are only read (`tree`).

use memchr::memchr;
use smol_str::SmolStr;
use std::ops::Range;

use super::read::{LEAD_OF_FORBIDDEN, MOST_DEPTH, MOST_ELEMENTS, allowed};
use super::{Element, Node};

/// Takes what is found in a text, by its places in it.
pub(super) trait Builder {
    /// The element that begins at this place, if it is known already: then it is taken from there and not read.
    fn repeated(&mut self, _tag: usize) -> Option<Repeated> {
        None
    }
    /// A start tag; of an empty element no end comes.
    fn start(&mut self, text: &str, name: Range<usize>, attributes: &[Attribute], is_empty: bool);
    /// A text between two tags, which holds entities where another is given in its place.
    fn text(&mut self, text: &str, place: Range<usize>, resolved: Option<String>);
    /// The end of the element that was opened last, and where it stands.
    fn end(&mut self, end: usize);
}

/// An element that is known already.
pub(super) struct Repeated {
    /// Where it ends.
    pub end: usize,
    /// How many it is with all in it.
    pub elements: usize,
}

/// Name and value of an attribute, the value without its quotes.
pub(super) type Attribute = (Range<usize>, Range<usize>);

/// The root of a part; none where the part is not so plain.
pub(super) fn root(text: &str) -> Option<Element> {
    let mut growing = Growing::default();
    read(text, &mut growing)?;
    match growing.nodes.pop()? {
        Node::Element(root) => Some(root),
        _ => None,
    }
}

/// Reads a part; none where it is not so plain, and what was built of it then is worth nothing.
pub(super) fn read(text: &str, builder: &mut impl Builder) -> Option<()> {
    let mut at = match text.strip_prefix("<?xml ") {
        Some(declaration) => text.len() - declaration.len() + declaration.find("?>")? + "?>".len(),
        None => 0,
    };
    let mut open: Vec<Range<usize>> = Vec::new();
    let mut attributes = Vec::new();
    let mut count = 0;
    loop {
        let tag = at + memchr(b'<', &text.as_bytes()[at..])?;
        if open.is_empty() {
            // outside the root only white space may stand
            text[at..tag].trim().is_empty().then_some(())?;
        } else if tag > at {
            let resolved = resolved(&text[at..tag])?;
            builder.text(text, at..tag, resolved);
        }
        if text.as_bytes().get(tag + 1) == Some(&b'/') {
            let name = tag + "</".len();
            let end = name + memchr(b'>', &text.as_bytes()[name..])?;
            open.pop().filter(|own| text.as_bytes()[own.clone()] == text.as_bytes()[name..end])?;
            at = end + 1;
            builder.end(at);
        } else if let Some(known) = builder.repeated(tag) {
            count += known.elements;
            if count > MOST_ELEMENTS {
                return None;
            }
            at = known.end;
        } else {
            count += 1;
            if open.len() >= MOST_DEPTH || count > MOST_ELEMENTS {
                return None;
            }
            let start = start(text, tag, &mut attributes)?;
            builder.start(text, start.name.clone(), &attributes, start.is_empty);
            if !start.is_empty {
                open.push(start.name);
            }
            at = start.end;
        }
        if open.is_empty() {
            return text[at..].trim().is_empty().then_some(());
        }
    }
}

/// Elements that can be changed, as they grow. What an element holds waits until it closes, so that it takes the room it
/// needs and no more.
#[derive(Default)]
struct Growing {
    /// Elements that have not closed, each with the place among the nodes where its own begin.
    open: Vec<(Element, usize)>,
    /// What stands in the open elements so far, one after the other.
    nodes: Vec<Node>,
}

impl Builder for Growing {
    fn start(&mut self, text: &str, name: Range<usize>, attributes: &[Attribute], is_empty: bool) {
        let mut element = Element::new(&text[name]);
        let word = |place: &Range<usize>| SmolStr::new(&text[place.clone()]);
        element.attributes = attributes.iter().map(|(name, value)| (word(name), word(value))).collect();
        match is_empty {
            true => self.nodes.push(Node::Element(element)),
            false => self.open.push((element, self.nodes.len())),
        }
    }

    fn text(&mut self, text: &str, place: Range<usize>, resolved: Option<String>) {
        self.nodes.push(Node::Text(resolved.unwrap_or_else(|| text[place].to_string())));
    }

    fn end(&mut self, _: usize) {
        if let Some((mut element, first)) = self.open.pop() {
            element.children = self.nodes.drain(first..).collect();
            self.nodes.push(Node::Element(element));
        }
    }
}

/// A text with its entities resolved, `Some(None)` where it has none; none where a character in it wants care.
fn resolved(raw: &str) -> Option<Option<String>> {
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
        return Some(None);
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
    Some(Some(text))
}

/// A start tag: its name, where it ends, and whether it closes itself.
struct Start {
    name: Range<usize>,
    end: usize,
    is_empty: bool,
}

/// Reads the start tag at a place, its attributes in the stead of those before.
fn start(text: &str, tag: usize, attributes: &mut Vec<Attribute>) -> Option<Start> {
    attributes.clear();
    let bytes = text.as_bytes();
    let name = tag + 1..end_of(bytes, tag + 1, in_name);
    if name.is_empty() || matches!(bytes[name.start], b'!' | b'?') {
        return None;
    }
    let mut at = name.end;
    loop {
        let begin = end_of(bytes, at, is_space);
        match bytes.get(begin)? {
            b'>' => return Some(Start { name, end: begin + 1, is_empty: false }),
            b'/' if bytes.get(begin + 1) == Some(&b'>') => return Some(Start { name, end: begin + 2, is_empty: true }),
            _ if begin == at => return None,
            _ => {}
        }
        let own = begin..end_of(bytes, begin, in_name);
        let value = own.end + "=\"".len();
        if own.is_empty() || bytes.get(own.end..value) != Some(b"=\"") {
            return None;
        }
        let value = value..end_of(bytes, value, in_value);
        let is_known = attributes.iter().any(|(known, _)| bytes[known.clone()] == bytes[own.clone()]);
        if is_known || bytes.get(value.end) != Some(&b'"') {
            return None;
        }
        at = value.end + 1;
        attributes.push((own, value));
    }
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
