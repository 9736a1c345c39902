//! What is added to the body: heading rows, alternative texts, rooms for signatures.

use super::{Additions, Room, TableAddition};
use crate::word::compose::{FILLER_STYLE, ROOM_STYLE};
use crate::word::xml::{Element, Node};

/// Prefix of the tag of a content control around a room for signature; the code of the signing unit follows.
const ROOM_TAG: &str = "ky:";

/// Adds what docx-rs cannot say.
///
/// # Errors
/// More tables or rooms in the document than there are additions.
pub(super) fn complete(root: &mut Element, additions: &Additions) -> Result<(), String> {
    let mut tables = additions.tables.iter();
    let mut missing = false;
    root.for_each_mut(&mut |element| {
        if element.name == "w:tbl" {
            match tables.next() {
                Some(addition) => complete_table(element, addition),
                None => missing = true,
            }
        }
        if element.name == "w:p" && element.path(&["w:pPr", "w:sectPr"]).is_some() {
            shrink_break(element);
        }
    });
    let mut rooms = Rooms { rooms: additions.rooms.iter(), next_id: 1, missing: false };
    rooms.wrap(root);
    if missing || rooms.missing || tables.next().is_some() || rooms.rooms.next().is_some() {
        return Err("tables or rooms of the document do not match the source".to_string());
    }
    Ok(())
}

fn complete_table(table: &mut Element, addition: &TableAddition) {
    if let Some(properties) = table.find_mut("w:tblPr") {
        if !addition.caption.is_empty() {
            properties.children.push(value("w:tblCaption", &addition.caption).into());
            properties.children.push(value("w:tblDescription", &addition.caption).into());
        }
        if addition.headers > 0 {
            let look = Element::new("w:tblLook")
                .with("w:val", "0020")
                .with("w:firstRow", "1")
                .with("w:lastRow", "0")
                .with("w:firstColumn", "0")
                .with("w:lastColumn", "0")
                .with("w:noHBand", "1")
                .with("w:noVBand", "1");
            properties.children.push(look.into());
        }
    }
    for row in table.elements_mut().filter(|child| child.name == "w:tr").take(addition.headers) {
        if row.find("w:trPr").is_none() {
            row.children.insert(0, Element::new("w:trPr").into());
        }
        if let Some(properties) = row.find_mut("w:trPr") {
            properties.children.push(Element::new("w:tblHeader").into());
        }
    }
}

/// docx-rs ends a section with an empty paragraph; it must not take up a line.
fn shrink_break(paragraph: &mut Element) {
    if let Some(properties) = paragraph.find_mut("w:pPr") {
        properties.children.push(value("w:pStyle", FILLER_STYLE).into());
    }
}

struct Rooms<'a> {
    rooms: std::slice::Iter<'a, Room>,
    next_id: u32,
    missing: bool,
}

impl Rooms<'_> {
    /// Puts each paragraph of the room's style into a content control of its own.
    fn wrap(&mut self, element: &mut Element) {
        for child in &mut element.children {
            let Some(inner) = child.element_mut() else { continue };
            let is_room = inner.name == "w:p"
                && inner.path(&["w:pPr", "w:pStyle"]).and_then(|style| style.attribute("w:val")) == Some(ROOM_STYLE);
            if !is_room {
                self.wrap(inner);
                continue;
            }
            let Some(room) = self.rooms.next() else {
                self.missing = true;
                return;
            };
            let paragraph = std::mem::take(inner);
            *child = Node::Element(control(room, self.next_id, paragraph));
            self.next_id += 1;
        }
    }
}

fn control(room: &Room, id: u32, paragraph: Element) -> Element {
    let properties = Element::new("w:sdtPr")
        .child(value("w:alias", &room.name))
        .child(value("w:tag", &format!("{ROOM_TAG}{}", room.code)))
        .child(value("w:id", &id.to_string()));
    Element::new("w:sdt").child(properties).child(Element::new("w:sdtContent").child(paragraph))
}

fn value(name: &str, value: &str) -> Element {
    Element::new(name).with("w:val", value)
}
