//! Texts outside cells that may hold tags: names of sheets, headers and footers, text boxes, titles of charts, properties.
//!
//! A tag in one of them prints a value, or is a block within that text; it rules no rows.

use super::book::{self, Book};
use super::limits::{LONGEST_HEADER, LONGEST_TITLE};
use super::mark::mark;
use super::stream::{Text, Words};
use crate::word::fill::fault::Faults;
use crate::word::fill::gather::{Gatherer, tag_node};
use crate::word::fill::tag::Tag;
use crate::word::xml::{Element, Node};

/// A text outside cells.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) place: SlotPlace,
    /// What users call it.
    pub(super) title: String,
    /// The tree for the filling core.
    pub(super) tree: Element,
    /// None of its tags is at fault; which they are.
    pub(super) is_sound: bool,
    pub(super) tags: std::ops::Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum SlotPlace {
    /// The name of a sheet, by its number.
    Title(usize),
    /// A header or footer of a sheet, by the name of its element.
    Header(usize, String),
    /// A paragraph of a drawing or chart, or a property of the file: its part and which element.
    Element(String, usize),
}

/// Names of headers and footers in a sheet's part.
const HEADERS: [&str; 6] = ["oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter"];
/// Properties of the file that may hold tags.
const PROPERTIES: [&str; 5] = ["dc:title", "dc:subject", "dc:description", "cp:keywords", "dc:creator"];
const CORE: &str = "docProps/core.xml";

/// Reads all such texts. `sheets` are the parts of the sheets, without rows.
pub(super) fn read(book: &Book, sheets: &[&Element], tags: &mut Vec<Tag>, faults: &mut Faults) -> Vec<Slot> {
    let mut found = Vec::new();
    let mut take = |place: SlotPlace, title: String, text: &str| {
        if text.contains("{{") || text.contains("}}") {
            found.push(slot(place, title, text, tags, faults));
        }
    };
    for (number, sheet) in book.sheets.iter().enumerate() {
        take(SlotPlace::Title(number), format!("tên trang tính “{}”", sheet.title), &sheet.title);
        let headers = sheets.get(number).and_then(|root| root.find("headerFooter"));
        for header in headers.into_iter().flat_map(Element::elements) {
            if HEADERS.contains(&header.name.as_str()) {
                let kind = if header.name.ends_with("Header") { "đầu trang" } else { "chân trang" };
                let title = format!("{kind} của trang tính “{}”", sheet.title);
                take(SlotPlace::Header(number, header.name.to_string()), title, &header.all_text());
            }
        }
    }
    let drawings = book.of_type("drawing+xml").into_iter().map(|part| (part, "hộp chữ"));
    let charts = book.of_type("drawingml.chart+xml").into_iter().map(|part| (part, "biểu đồ"));
    for (part, title) in drawings.chain(charts) {
        let Ok(root) = book::tree(&book.package, &part) else { continue };
        for (number, paragraph) in root.descendants().filter(|element| element.name == "a:p").enumerate() {
            take(SlotPlace::Element(part.clone(), number), title.to_string(), &paragraph_text(paragraph));
        }
    }
    if let Ok(root) = book::tree(&book.package, CORE) {
        for (number, property) in root.descendants().filter(|own| PROPERTIES.contains(&own.name.as_str())).enumerate() {
            take(SlotPlace::Element(CORE.into(), number), "thuộc tính tệp".into(), &property.all_text());
        }
    }
    found
}

fn paragraph_text(paragraph: &Element) -> String {
    let texts = paragraph.elements().filter(|own| own.name == "a:r" || own.name == "a:fld");
    texts.filter_map(|run| run.find("a:t")).map(Element::all_text).collect()
}

fn slot(place: SlotPlace, title: String, text: &str, tags: &mut Vec<Tag>, faults: &mut Faults) -> Slot {
    let (first, before) = (tags.len(), faults.count());
    let whole = 0..text.len();
    let mut gatherer = Gatherer::new(&title, tags, faults);
    gatherer.stand_at(0);
    let nodes = gatherer.cut(text, std::slice::from_ref(&whole)).pop().unwrap_or_default();
    let own = first..tags.len();
    let order: Vec<Option<usize>> = own.clone().map(Some).collect();
    crate::word::fill::arrange::pair(&order, tags, faults);
    let mut tree = Element::new("x");
    tree.children.push(mark('S', &[0]));
    for node in nodes {
        match crate::word::fill::gather::tag_number(&node) {
            // values are set apart, because some places escape them in ways of their own
            Some(number) if tags[number].kind == crate::word::fill::tag::Kind::Value => {
                tree.children.extend([mark('v', &[0]), mark('w', &[]), tag_node(number), mark('z', &[])]);
            }
            _ => tree.children.push(node),
        }
    }
    Slot { place, title, tree, is_sound: faults.count() == before, tags: own }
}

/// The words of a filled text; values as `write` puts them.
fn words(text: &Text, write: impl Fn(&str) -> String) -> String {
    let piece = |words: &Words| match words {
        Words::Own(own) => own.clone(),
        Words::Value { words, .. } => write(words),
    };
    text.iter().map(|(_, words)| piece(words)).collect()
}

/// A name that a sheet may have: no signs that Excel forbids, not too long, not taken.
pub(super) fn title(text: &Text, taken: &[String]) -> String {
    let bare =
        |character: char| !matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\') && !character.is_control();
    let whole: String = words(text, str::to_string).chars().map(|own| if bare(own) { own } else { '-' }).collect();
    let whole = whole.trim().trim_matches('\'').trim();
    let whole = if whole.is_empty() { "Trang" } else { whole };
    let is_taken = |title: &str| taken.iter().any(|own| own.to_lowercase() == title.to_lowercase());
    let mut title: String = whole.chars().take(LONGEST_TITLE).collect();
    let mut number = 2;
    while is_taken(&title) {
        let ending = format!(" ({number})");
        title = whole.chars().take(LONGEST_TITLE - ending.chars().count()).collect::<String>() + &ending;
        number += 1;
    }
    title
}

/// The text of a header or footer: an ampersand of a value is none of Excel's codes. `Err` where it is too long.
pub(super) fn header(text: &Text) -> Result<String, ()> {
    let whole = words(text, |value| value.replace('&', "&&"));
    if whole.chars().count() > LONGEST_HEADER { Err(()) } else { Ok(whole) }
}

/// Puts filled texts into a drawing, a chart or the properties; each with the number of its element.
pub(super) fn put(root: &mut Element, is_properties: bool, filled: &[(usize, &Text)]) {
    let mut number = 0;
    root.for_each_mut(&mut |element| {
        let is_own = if is_properties { PROPERTIES.contains(&element.name.as_str()) } else { element.name == "a:p" };
        if !is_own {
            return;
        }
        if let Some((_, text)) = filled.iter().find(|(own, _)| *own == number) {
            let whole = words(text, str::to_string);
            if is_properties {
                element.children = vec![Node::Text(whole)];
            } else {
                put_paragraph(element, &whole);
            }
        }
        number += 1;
    });
}

/// The first run takes the whole text with its own formatting; the others go.
fn put_paragraph(paragraph: &mut Element, whole: &str) {
    let mut text = Some(whole.to_string());
    paragraph.children.retain_mut(|node| match node {
        Node::Element(run) if run.name == "a:r" || run.name == "a:fld" => {
            let (Some(own), Some(holder)) = (text.take(), run.find_mut("a:t")) else { return false };
            holder.children = vec![Node::Text(own)];
            true
        }
        _ => true,
    });
}
