//! Comments of Word (ghi chú bên lề): writing them into a file, each at a paragraph of its text.
//!
//! Word takes comments in the body only, and not in text boxes. What concerns another part is anchored at the place of
//! the body that leads there: a note at its reference, a text box at the paragraph that holds it, anything else at the
//! first paragraph. Uses `word::xml`, and `word::fill` for what counts as text; what comments say is the caller's business.

use super::link::{WORD, add_link, links, of_type, state_type, tree};
use super::xml::{Element, Node, Xml};
use super::{Package, fill};
use crate::opc::{CONTENT_TYPES, relationships_of, resolve};

/// A comment to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    pub anchor: Anchor,
    /// Its paragraphs; the first is set in bold.
    pub paragraphs: Vec<String>,
}

/// What a comment speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// Name of the part in the package; empty for the body.
    pub part: String,
    /// Paragraph of the part, counted from one in reading order; of the two copies of a text box, one counts.
    pub paragraph: usize,
    /// The words in the paragraph that are meant; empty for all of it.
    pub words: String,
}

/// Who writes them.
pub const AUTHOR: &str = "thidua";

const COMMENTS_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
/// Half-points.
const SIZE: &str = "20";

/// Writes comments beside those that the file has already. Nothing else in it changes.
///
/// # Errors
/// A Vietnamese half sentence: there is no body to anchor them in, or a part cannot be read.
pub fn write(package: &mut Package, comments: &[Comment]) -> Result<(), String> {
    let mut types = tree(package, CONTENT_TYPES)?;
    let body_name = of_type(&types.root, ".main+xml").ok_or("tệp không có phần thân văn bản")?;
    let mut body = tree(package, &body_name)?;
    let existing = of_type(&types.root, "wordprocessingml.comments+xml").filter(|name| package.part(name).is_some());
    let mut list = match &existing {
        Some(name) => tree(package, name)?,
        None => Xml::new(Element::new("w:comments")),
    };
    let taken = list.root.elements().filter_map(|own| own.attribute("w:id")?.parse::<i64>().ok());
    let first = taken.max().map_or(0, |largest| largest + 1);
    for (id, comment) in (first..).zip(comments) {
        let place = place_in_body(package, &body_name, &body.root, &comment.anchor);
        if !with_paragraph(&mut body.root, place.paragraph, |paragraph| anchor(paragraph, &place, id)) {
            return Err("thân văn bản không có đoạn nào để gắn ghi chú".into());
        }
        list.root.children.push(comment_element(id, &comment.paragraphs).into());
    }
    declare(&mut body.root);
    declare(&mut list.root);
    match existing {
        Some(name) => package.set(name, list.to_bytes()),
        None => add_part(package, &mut types, &body_name, &list)?,
    }
    package.set(body_name, body.to_bytes());
    Ok(())
}

/// Puts a new part for comments beside the body.
fn add_part(package: &mut Package, types: &mut Xml, body: &str, list: &Xml) -> Result<(), String> {
    let name = resolve(body, "comments.xml");
    let mut links = links(package, body)?;
    add_link(&mut links.root, "comments", "comments.xml");
    state_type(&mut types.root, &name, COMMENTS_TYPE);
    package.set(CONTENT_TYPES, types.to_bytes());
    package.set(relationships_of(body), links.to_bytes());
    package.set(name, list.to_bytes());
    Ok(())
}

fn declare(root: &mut Element) {
    if root.attribute("xmlns:w").is_none() {
        root.attributes.push(("xmlns:w".into(), WORD.into()));
    }
}

fn comment_element(id: i64, paragraphs: &[String]) -> Element {
    let mut comment =
        Element::new("w:comment").with("w:id", id.to_string()).with("w:author", AUTHOR).with("w:initials", AUTHOR);
    for (at, text) in paragraphs.iter().enumerate() {
        let mut look = Element::new("w:rPr");
        if at == 0 {
            look = look.child(Element::new("w:b"));
        }
        let look = look.child(Element::new("w:sz").with("w:val", SIZE));
        let text = Element::new("w:t").with("xml:space", "preserve").text(text.as_str());
        let mut paragraph = Element::new("w:p");
        if at == 0 {
            paragraph = paragraph.child(Element::new("w:r").child(Element::new("w:annotationRef")));
        }
        comment = comment.child(paragraph.child(Element::new("w:r").child(look).child(text)));
    }
    comment
}

/// A paragraph of the body, and what in it is meant.
struct Place {
    paragraph: usize,
    words: String,
    /// The reference to a note: the element's name and the note's id.
    reference: Option<(&'static str, String)>,
}

fn place_in_body(package: &Package, body_name: &str, body: &Element, anchor: &Anchor) -> Place {
    if anchor.part.is_empty() || anchor.part == body_name {
        let paragraph = outside_boxes(body, anchor.paragraph);
        let words = if paragraph == anchor.paragraph { anchor.words.clone() } else { String::new() };
        return Place { paragraph, words, reference: None };
    }
    let found = note_of(package, anchor).and_then(|(reference, id)| {
        let paragraph = paragraph_with(body, |element| {
            element.name == reference && element.attribute("w:id") == Some(id.as_str())
        })?;
        Some(Place {
            paragraph: outside_boxes(body, paragraph),
            words: String::new(),
            reference: Some((reference, id)),
        })
    });
    found.unwrap_or(Place { paragraph: 1, words: String::new(), reference: None })
}

/// The note that a paragraph of the notes' part belongs to, and the name of what refers to it.
fn note_of(package: &Package, anchor: &Anchor) -> Option<(&'static str, String)> {
    let notes = tree(package, &anchor.part).ok()?.root;
    let reference = match notes.name.as_str() {
        "w:footnotes" => "w:footnoteReference",
        "w:endnotes" => "w:endnoteReference",
        _ => return None,
    };
    let mut before = 0;
    let note = notes.elements().find(|note| {
        before += count_paragraphs(note);
        before >= anchor.paragraph
    })?;
    Some((reference, note.attribute("w:id")?.to_string()))
}

/// Gives every paragraph below with its number, and whether it stands in a text box; stops where the caller says so.
/// The numbers are those of findings about templates.
fn each_paragraph<'a>(
    element: &'a Element,
    number: &mut usize,
    boxed: bool,
    visit: &mut impl FnMut(&'a Element, usize, bool) -> bool,
) -> bool {
    if element.name == "w:p" {
        *number += 1;
        if visit(element, *number, boxed) {
            return true;
        }
    }
    let before = *number;
    let boxed = boxed || element.name == "w:txbxContent";
    element.elements().any(|child| {
        if child.name == "mc:Fallback" {
            *number = before;
        }
        each_paragraph(child, number, boxed, visit)
    })
}

fn count_paragraphs(element: &Element) -> usize {
    let mut number = 0;
    each_paragraph(element, &mut number, false, &mut |_, _, _| false);
    number
}

/// The paragraph itself, or the one that holds the text box in which it stands.
fn outside_boxes(body: &Element, paragraph: usize) -> usize {
    let mut holder = 1;
    each_paragraph(body, &mut 0, false, &mut |_, number, boxed| {
        if !boxed {
            holder = number;
        }
        number >= paragraph
    });
    holder
}

/// The first paragraph that holds such an element.
fn paragraph_with(body: &Element, is_it: impl Fn(&Element) -> bool) -> Option<usize> {
    let mut found = None;
    each_paragraph(body, &mut 0, false, &mut |paragraph, number, _| {
        if paragraph.descendants().any(&is_it) {
            found = Some(number);
        }
        found.is_some()
    });
    found
}

/// Changes the paragraph of this number, the last one where there are fewer; tells whether there was any.
fn with_paragraph(root: &mut Element, number: usize, change: impl FnOnce(&mut Element)) -> bool {
    fn find<'a>(element: &'a mut Element, left: &mut usize) -> Option<&'a mut Element> {
        if element.name == "w:p" {
            *left -= 1;
            if *left == 0 {
                return Some(element);
            }
        }
        let before = *left;
        for child in element.elements_mut() {
            if child.name == "mc:Fallback" {
                *left = before;
            }
            if let Some(found) = find(child, left) {
                return Some(found);
            }
        }
        None
    }
    let mut left = number.clamp(1, count_paragraphs(root).max(1));
    find(root, &mut left).map(change).is_some()
}

/// Puts the beginning, the end and the mark of a comment around what is meant.
fn anchor(paragraph: &mut Element, place: &Place, id: i64) {
    let id = id.to_string();
    let whole = || {
        let first = paragraph.children.iter().take_while(|node| node.is("w:pPr")).count();
        first..paragraph.children.len()
    };
    let meant = match &place.reference {
        Some((name, note)) => children_with(paragraph, name, note),
        None => children_saying(paragraph, &place.words),
    };
    let range = meant.unwrap_or_else(whole);
    let mark = |name: &str| Node::Element(Element::new(name).with("w:id", id.as_str()));
    let reference = Element::new("w:r").child(Element::new("w:commentReference").with("w:id", id.as_str()));
    paragraph.children.splice(range.end..range.end, [mark("w:commentRangeEnd"), reference.into()]);
    paragraph.children.insert(range.start, mark("w:commentRangeStart"));
}

fn children_with(paragraph: &Element, name: &str, id: &str) -> Option<std::ops::Range<usize>> {
    let is_it = |element: &Element| element.name == name && element.attribute("w:id") == Some(id);
    let at = paragraph
        .children
        .iter()
        .position(|node| node.element().is_some_and(|child| child.descendants().any(is_it)))?;
    Some(at..at + 1)
}

/// The children of a paragraph over which these words stretch.
fn children_saying(paragraph: &Element, words: &str) -> Option<std::ops::Range<usize>> {
    let wanted = fill::straighten(words);
    let text = |node: &Node| node.element().map(fill::text_of).unwrap_or_default();
    let texts: Vec<String> = paragraph.children.iter().map(|node| fill::straighten(&text(node))).collect();
    let start = texts.concat().find(&wanted).filter(|_| !wanted.is_empty())?;
    let end = start + wanted.len();
    let mut at = 0;
    let mut range: Option<std::ops::Range<usize>> = None;
    for (number, text) in texts.iter().enumerate() {
        let own = at..at + text.len();
        at = own.end;
        if !own.is_empty() && own.start < end && start < own.end {
            range = Some(range.map_or(number, |range| range.start)..number + 1);
        }
    }
    range
}

#[cfg(test)]
mod tests;
