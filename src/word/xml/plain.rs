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
    let mut open: Vec<Element> = Vec::new();
    let mut count = 0;
    loop {
        let tag = at + memchr(b'<', &text.as_bytes()[at..])?;
        add_text(&mut open, &text[at..tag])?;
        let rest = &text[tag..];
        let (ended, length) = if let Some(name) = rest.strip_prefix("</") {
            let end = memchr(b'>', name.as_bytes())?;
            (open.pop().filter(|element| element.name == name[..end])?, "</>".len() + end)
        } else {
            count += 1;
            let (element, length, is_empty) = start(rest)?;
            if open.len() >= MOST_DEPTH || count > MOST_ELEMENTS {
                return None;
            }
            if !is_empty {
                open.push(element);
                at = tag + length;
                continue;
            }
            (element, length)
        };
        at = tag + length;
        match open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(ended)),
            None => return text[at..].trim().is_empty().then_some(ended),
        }
    }
}

/// Adds the text between two tags; outside the root only white space may stand.
fn add_text(open: &mut [Element], raw: &str) -> Option<()> {
    let Some(parent) = open.last_mut() else { return raw.trim().is_empty().then_some(()) };
    if !raw.is_empty() {
        parent.children.push(Node::Text(resolved(raw)?));
    }
    Some(())
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

/// The element of the start tag that a text begins with, the tag's length, and whether it closes itself.
fn start(text: &str) -> Option<(Element, usize, bool)> {
    let bytes = text.as_bytes();
    let name_end = end_of(bytes, 1, in_name);
    if name_end == 1 || matches!(bytes[1], b'!' | b'?') {
        return None;
    }
    let mut element = Element::new(&text[1..name_end]);
    let mut at = name_end;
    loop {
        let begin = end_of(bytes, at, is_space);
        match bytes.get(begin)? {
            b'>' => return Some((element, begin + 1, false)),
            b'/' if bytes.get(begin + 1) == Some(&b'>') => return Some((element, begin + 2, true)),
            _ if begin == at => return None,
            _ => {}
        }
        let end = end_of(bytes, begin, in_name);
        let value = end + "=\"".len();
        if end == begin || bytes.get(end..value) != Some(b"=\"") {
            return None;
        }
        let value_end = end_of(bytes, value, in_value);
        let name = &text[begin..end];
        if bytes.get(value_end) != Some(&b'"') || element.attribute(name).is_some() {
            return None;
        }
        element.attributes.push((SmolStr::new(name), SmolStr::new(&text[value..value_end])));
        at = value_end + 1;
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
