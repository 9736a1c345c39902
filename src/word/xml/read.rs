//! Reading a part into the tree, with limits: no document type, no entities of its own, bounded depth and count.

use std::borrow::Cow;
use std::fmt;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::{Element, Node, Xml, plain};

/// Deepest nesting of elements. Word itself stays below 100 in tables within tables within text boxes.
pub(super) const MOST_DEPTH: usize = 256;
/// Most elements in one part.
pub(super) const MOST_ELEMENTS: usize = 4_000_000;

/// Why a part cannot be read; shown to users as half a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum XmlError {
    /// Neither UTF-8 nor UTF-16.
    NotText,
    /// It declares a document type, which could pull in other files.
    DocumentType,
    TooDeep,
    TooLarge,
    /// Not well-formed, at this byte.
    Malformed(u64),
}

impl fmt::Display for XmlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            XmlError::NotText => write!(f, "không phải là văn bản UTF-8 hay UTF-16"),
            XmlError::DocumentType => write!(f, "có khai báo kiểu tài liệu (DTD), không được phép"),
            XmlError::TooDeep => write!(f, "lồng nhau quá {MOST_DEPTH} cấp"),
            XmlError::TooLarge => write!(f, "có quá {MOST_ELEMENTS} phần tử"),
            XmlError::Malformed(position) => write!(f, "XML hỏng ở byte {position}"),
        }
    }
}

impl std::error::Error for XmlError {}

/// Reads the bytes of a part (UTF-8, or UTF-16 with its mark).
pub fn parse(bytes: &[u8]) -> Result<Xml, XmlError> {
    parse_text(&decode(bytes)?)
}

/// Reads a part that is text already. Characters that XML 1.0 forbids are left out.
pub fn parse_text(text: &str) -> Result<Xml, XmlError> {
    plain::root(text).map_or_else(|| with_care(text), |root| Ok(Xml { root }))
}

/// Reads a part whatever stands in it.
pub(super) fn with_care(text: &str) -> Result<Xml, XmlError> {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    let mut count = 0;
    loop {
        let event = reader.read_event().map_err(|_| XmlError::Malformed(reader.error_position()))?;
        let malformed = || XmlError::Malformed(reader.buffer_position());
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if open.len() >= MOST_DEPTH {
                return Err(XmlError::TooDeep);
            }
            if count > MOST_ELEMENTS {
                return Err(XmlError::TooLarge);
            }
        }
        match event {
            Event::Start(start) => open.push(element(&start).ok_or_else(malformed)?),
            Event::Empty(start) => {
                let element = element(&start).ok_or_else(malformed)?;
                close(element, &mut open, &mut root).ok_or_else(malformed)?;
            }
            Event::End(_) => {
                let element = open.pop().ok_or_else(malformed)?;
                close(element, &mut open, &mut root).ok_or_else(malformed)?;
            }
            Event::Text(text) => push_text(&mut open, &text.xml10_content()).ok_or_else(malformed)?,
            Event::CData(text) => push_text(&mut open, &text.xml10_content()).ok_or_else(malformed)?,
            Event::GeneralRef(reference) => {
                let character = resolve(&reference).ok_or_else(malformed)?;
                push_text(&mut open, character.encode_utf8(&mut [0; 4])).ok_or_else(malformed)?;
            }
            Event::Comment(comment) => push_verbatim(&mut open, format!("<!--{}-->", comment.into_inner())),
            Event::PI(instruction) => push_verbatim(&mut open, format!("<?{}?>", instruction.into_inner())),
            Event::DocType(_) => return Err(XmlError::DocumentType),
            Event::Decl(_) => {}
            Event::Eof if open.is_empty() => {
                return root.map(|root| Xml { root }).ok_or_else(malformed);
            }
            Event::Eof => return Err(malformed()),
        }
    }
}

/// The first byte in UTF-8 of the forbidden characters above the controls, and of few others.
pub(super) const LEAD_OF_FORBIDDEN: u8 = 0xef;

/// Whether XML 1.0 allows the character.
pub(super) fn allowed(character: char) -> bool {
    !matches!(character, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

pub(super) fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let wide = |join: fn([u8; 2]) -> u16| {
        if !bytes.len().is_multiple_of(2) {
            return Err(XmlError::NotText);
        }
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| join([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map(Cow::Owned).map_err(|_| XmlError::NotText)
    };
    match bytes {
        [0xff, 0xfe, ..] => wide(u16::from_le_bytes),
        [0xfe, 0xff, ..] => wide(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            simdutf8::basic::from_utf8(rest).map(Cow::Borrowed).map_err(|_| XmlError::NotText)
        }
        _ => simdutf8::basic::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| XmlError::NotText),
    }
}

fn element(start: &BytesStart) -> Option<Element> {
    let mut element = Element::new(start.name().as_ref());
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        element.attributes.push((attribute.key.as_ref().into(), clean(&value).into()));
    }
    Some(element)
}

/// Puts a finished element into its parent, or makes it the root; a second root is none.
fn close(element: Element, open: &mut [Element], root: &mut Option<Element>) -> Option<()> {
    match open.last_mut() {
        Some(parent) => parent.children.push(Node::Element(element)),
        None if root.is_none() => *root = Some(element),
        None => return None,
    }
    Some(())
}

/// Outside the root only white space may stand.
fn push_text(open: &mut [Element], text: &str) -> Option<()> {
    let Some(parent) = open.last_mut() else { return text.trim().is_empty().then_some(()) };
    let text = clean(text);
    match parent.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(&text),
        _ if text.is_empty() => {}
        _ => parent.children.push(Node::Text(text.into_owned())),
    }
    Some(())
}

fn push_verbatim(open: &mut [Element], text: String) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(Node::Verbatim(clean(&text).into_owned()));
    }
}

fn resolve(reference: &BytesRef) -> Option<char> {
    match reference.resolve_char_ref() {
        Ok(Some(character)) => Some(character),
        Ok(None) => quick_xml::escape::resolve_predefined_entity(reference)?.chars().next(),
        Err(_) => None,
    }
}

fn clean(text: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| (byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r')) && byte != LEAD_OF_FORBIDDEN;
    if text.bytes().all(is_plain) || text.chars().all(allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|c| allowed(*c)).collect())
    }
}
