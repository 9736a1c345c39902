//! Gathering tags out of a part's tree: a tag split over runs is joined where it begins, and every tag becomes a node
//! of its own, so that the stages after it see structure and no text.
//!
//! The node of a tag is an element named [`TAG`] with the tag's number; a name that XML forbids, so no file holds it.
//! Tags in attributes and in properties stand in the text itself, between two [`MARK`]s.

use std::sync::Arc;

use super::fault::{Faults, Spot};
use super::limits::{LONGEST_TAG, MOST_TAGS};
use super::tag::{Position, Tag, broken_block, find_tags, read_tag, straighten};
use crate::word::xml::{Element, Node};

/// Name of the node that stands for a tag.
pub const TAG: &str = "\u{1}tag";
/// Stands around the number of a tag inside an attribute's value. No part holds it: reading leaves it out.
pub const MARK: char = '\u{1}';

/// The node of a tag by its number.
pub fn tag_node(number: usize) -> Node {
    Node::Element(Element::new(TAG).with("n", number.to_string()))
}

/// The number of a tag's node.
pub fn tag_number(node: &Node) -> Option<usize> {
    let element = node.element().filter(|element| element.name == TAG)?;
    element.attribute("n")?.parse().ok()
}

/// Attributes whose text may hold tags: alternative texts, and titles and names of content controls.
const ATTRIBUTES: [(&str, &[&str]); 6] = [
    ("wp:docPr", &["descr", "title"]),
    ("pic:cNvPr", &["descr", "title"]),
    ("w:alias", &["w:val"]),
    ("w:tag", &["w:val"]),
    ("w:tblCaption", &["w:val"]),
    ("w:tblDescription", &["w:val"]),
];

/// Elements of docProps/core.xml whose text may hold tags.
const PROPERTIES: [&str; 5] = ["dc:title", "dc:subject", "dc:description", "cp:keywords", "dc:creator"];

/// Marks of a tracked change: of text, of cells, of formatting.
const TRACKED: [&str; 15] = [
    "w:ins",
    "w:del",
    "w:moveFrom",
    "w:moveTo",
    "w:cellIns",
    "w:cellDel",
    "w:cellMerge",
    "w:rPrChange",
    "w:pPrChange",
    "w:sectPrChange",
    "w:tblPrChange",
    "w:tblPrExChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:tblGridChange",
];

/// The paragraph of the first tracked change, from one; one also where it stands before all paragraphs.
pub fn tracked_change(root: &Element) -> Option<usize> {
    fn find(element: &Element, paragraphs: &mut usize) -> bool {
        *paragraphs += usize::from(element.name == "w:p");
        let before = *paragraphs;
        TRACKED.contains(&element.name.as_str())
            || element.elements().any(|child| {
                if child.name == "mc:Fallback" {
                    *paragraphs = before;
                }
                find(child, paragraphs)
            })
    }
    let mut paragraphs = 0;
    find(root, &mut paragraphs).then(|| paragraphs.max(1))
}

/// Whether any text of the tree that may hold tags holds a brace pair, split or not.
pub fn holds_tags(root: &Element) -> bool {
    root.descendants().any(|element| match element.name.as_str() {
        "w:p" => {
            let mut pieces = Vec::new();
            read_pieces(element, &mut pieces);
            let text: String = pieces.concat();
            text.contains("{{") || text.contains("}}") || field_codes(element).iter().any(|code| code.contains("{{"))
        }
        "w:fldSimple" => element.attribute("w:instr").is_some_and(|code| code.contains("{{")),
        name if PROPERTIES.contains(&name) => element.all_text().contains("{{"),
        _ => tagged_attributes(element).any(|value| value.contains("{{")),
    })
}

fn tagged_attributes(element: &Element) -> impl Iterator<Item = &str> {
    ATTRIBUTES
        .iter()
        .filter(|(name, _)| *name == element.name)
        .flat_map(|(_, attributes)| attributes.iter().filter_map(|name| element.attribute(name)))
}

/// Gathers the tags of a part; tags are numbered through all parts of a file.
pub struct Gatherer<'a> {
    tags: &'a mut Vec<Tag>,
    paragraphs: usize,
    part: Arc<str>,
    faults: &'a mut Faults,
}

impl<'a> Gatherer<'a> {
    pub fn new(part: &str, tags: &'a mut Vec<Tag>, faults: &'a mut Faults) -> Gatherer<'a> {
        Gatherer { tags, paragraphs: 0, part: part.into(), faults }
    }

    /// What is cut next has this number, of a paragraph or of a cell.
    pub fn stand_at(&mut self, number: usize) {
        self.paragraphs = number;
    }

    /// Goes through the tree in reading order. A paragraph's tags are read before those of text boxes inside it.
    pub fn gather(&mut self, element: &mut Element) {
        match element.name.as_str() {
            "w:p" => {
                self.paragraphs += 1;
                self.gather_paragraph(element);
                field_codes(element).iter().for_each(|code| self.field_code(code));
            }
            "w:fldSimple" => self.field_code(element.attribute("w:instr").unwrap_or_default()),
            "w:sdt" if is_to_be_filled(element) => free_control(element),
            name if PROPERTIES.contains(&name) => {
                let text = element.all_text();
                element.children = self.cut_whole(&text);
            }
            _ => {}
        }
        self.gather_attributes(element);
        // the two copies of a text box are one text to the user: their paragraphs count once
        let before = self.paragraphs;
        for child in element.elements_mut() {
            if child.name == "mc:Fallback" {
                self.paragraphs = before;
            }
            self.gather(child);
        }
    }

    fn field_code(&mut self, code: &str) {
        if code.contains("{{") {
            let spot = Spot { part: &self.part, paragraph: self.paragraphs, tag: code.trim(), around: "" };
            self.faults.out_of_reach(&spot, "mã trường (field code)");
        }
    }

    fn gather_attributes(&mut self, element: &mut Element) {
        let Some((_, names)) = ATTRIBUTES.iter().find(|(name, _)| *name == element.name) else { return };
        for name in *names {
            let Some(value) = element.attribute(name).filter(|value| value.contains("{{")).map(str::to_string) else {
                continue;
            };
            let mut text = String::new();
            for node in self.cut_whole(&value) {
                match (tag_number(&node), node) {
                    (Some(number), _) => text.push_str(&format!("{MARK}{number}{MARK}")),
                    (None, Node::Text(own)) => text.push_str(&own),
                    _ => {}
                }
            }
            element.set(name, text);
        }
    }

    /// Joins and cuts out the tags of one paragraph.
    fn gather_paragraph(&mut self, paragraph: &mut Element) {
        let mut pieces = Vec::new();
        read_pieces(paragraph, &mut pieces);
        let text: String = pieces.concat();
        if !text.contains("{{") && !text.contains("}}") {
            return;
        }
        let mut ranges = Vec::with_capacity(pieces.len());
        let mut at = 0;
        for piece in &pieces {
            ranges.push(at..at + piece.len());
            at += piece.len();
        }
        let cut = self.cut(&text, &ranges);
        write_pieces(paragraph, &mut cut.into_iter());
    }

    /// Cuts a text that stands in one piece.
    fn cut_whole(&mut self, text: &str) -> Vec<Node> {
        let whole = 0..text.len();
        self.cut(text, std::slice::from_ref(&whole)).pop().unwrap_or_default()
    }

    /// Cuts a text into nodes: for each of the given ranges what stands there, a tag where it begins. Faults are told,
    /// and what is at fault stays as text.
    pub fn cut(&mut self, text: &str, ranges: &[std::ops::Range<usize>]) -> Vec<Vec<Node>> {
        let mut nodes: Vec<Vec<Node>> = vec![Vec::new(); ranges.len()];
        let mut piece = 0;
        let mut from = 0;
        for found in find_tags(text) {
            let range = match found {
                Ok(range) => range,
                Err(range) => {
                    let shown =
                        text[range.clone()].char_indices().nth(40).map_or(range.end, |(at, _)| range.start + at);
                    let shown = range.start..shown;
                    let around = around(text, &shown);
                    self.faults.torn_tag(&self.part, self.paragraphs, &text[shown.clone()], &around);
                    let half = broken_block(&straighten(&text[shown]), self.position(around));
                    if let Some(half) = half.filter(|_| self.tags.len() < MOST_TAGS) {
                        push_text(text, from..range.start, ranges, &mut piece, &mut nodes);
                        self.tags.push(half);
                        place(self.tags.len() - 1, range.start, ranges, &mut piece, &mut nodes);
                        from = range.start;
                    }
                    continue;
                }
            };
            push_text(text, from..range.start, ranges, &mut piece, &mut nodes);
            if let Some(number) = self.read(text, &range) {
                place(number, range.start, ranges, &mut piece, &mut nodes);
            }
            from = range.end;
        }
        push_text(text, from..text.len(), ranges, &mut piece, &mut nodes);
        nodes
    }

    fn read(&mut self, text: &str, range: &std::ops::Range<usize>) -> Option<usize> {
        let written = straighten(&text[range.clone()]);
        if written.len() > LONGEST_TAG {
            let shown: String = written.chars().take(40).collect();
            let what = format!("thẻ dài quá {LONGEST_TAG} byte");
            self.faults.limit(&self.part, self.paragraphs, &shown, &what);
            return None;
        }
        if self.tags.len() >= MOST_TAGS {
            self.faults.limit(&self.part, self.paragraphs, &written, &format!("có quá {MOST_TAGS} thẻ trong một tệp"));
            return None;
        }
        let position = self.position(around(text, range));
        let tag = match read_tag(&written, position.clone()) {
            Ok(tag) => tag,
            Err(misread) => {
                let Position { part, paragraph, around } = &position;
                let spot = Spot { part, paragraph: *paragraph, tag: &written, around };
                self.faults.misread(&spot, misread);
                broken_block(&written, position)?
            }
        };
        self.tags.push(tag);
        Some(self.tags.len() - 1)
    }

    fn position(&self, around: String) -> Position {
        Position { part: self.part.clone(), paragraph: self.paragraphs, around }
    }
}

/// Whether an element holds tags, gathered already (in the middle of a paragraph) or not yet (around paragraphs).
fn is_to_be_filled(element: &Element) -> bool {
    element.all_text().contains("{{") || element.descendants().any(|own| own.name == TAG)
}

/// A control whose text is to be filled lets go of what would put other text in its place: a binding to data of the
/// file, and the state of a placeholder.
fn free_control(control: &mut Element) {
    if let Some(properties) = control.find_mut("w:sdtPr") {
        let holds = |node: &Node| node.is("w:dataBinding") || node.is("w15:dataBinding") || node.is("w:showingPlcHdr");
        properties.children.retain(|node| !holds(node));
    }
}

/// Puts a tag's node into the piece where it begins.
fn place(number: usize, start: usize, ranges: &[std::ops::Range<usize>], piece: &mut usize, nodes: &mut [Vec<Node>]) {
    while *piece + 1 < ranges.len() && ranges[*piece].end <= start {
        *piece += 1;
    }
    if let Some(nodes) = nodes.get_mut(*piece) {
        nodes.push(tag_node(number));
    }
}

/// Gives the text between two tags to the pieces that it came from.
fn push_text(
    text: &str,
    range: std::ops::Range<usize>,
    ranges: &[std::ops::Range<usize>],
    piece: &mut usize,
    nodes: &mut [Vec<Node>],
) {
    let mut from = range.start;
    while from < range.end {
        while *piece + 1 < ranges.len() && ranges[*piece].end <= from {
            *piece += 1;
        }
        let Some(own) = ranges.get(*piece) else { return };
        let to = if *piece + 1 < ranges.len() { own.end.min(range.end) } else { range.end };
        nodes[*piece].push(Node::Text(text[from..to].to_string()));
        from = to;
    }
}

/// The words around a tag, at most some twenty letters on each side.
fn around(text: &str, range: &std::ops::Range<usize>) -> String {
    const ROOM: usize = 24;
    let before: Vec<char> = text[..range.start].chars().rev().take(ROOM).collect();
    let after: String = text[range.end..].chars().take(ROOM).collect();
    let mut words: String = before.into_iter().rev().collect();
    words.extend(text[range.clone()].chars().take(LONGEST_TAG));
    words.push_str(&after);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What counts as text inside a paragraph, in reading order: texts, and what stands for one character.
fn piece_of(element: &Element) -> Option<String> {
    match element.name.as_str() {
        "w:t" => Some(element.all_text()),
        "w:tab" | "w:br" | "w:cr" | "w:ptab" => Some(" ".into()),
        "w:noBreakHyphen" => Some("-".into()),
        "w:softHyphen" => Some("\u{ad}".into()),
        _ => None,
    }
}

/// What holds no text of the paragraph itself: properties, field codes, deleted text, and boxes with their own.
fn is_closed(name: &str) -> bool {
    matches!(
        name,
        "w:p"
            | "w:pPr"
            | "w:rPr"
            | "w:sdtPr"
            | "w:instrText"
            | "w:delText"
            | "w:drawing"
            | "w:pict"
            | "w:object"
            | "w:tbl"
    )
}

/// The text of an element as tags are looked for in it; none for boxes, tables and properties.
pub fn text_of(element: &Element) -> String {
    let mut pieces = Vec::new();
    match piece_of(element) {
        Some(text) => pieces.push(text),
        None if is_closed(&element.name) => {}
        None => read_pieces(element, &mut pieces),
    }
    pieces.concat()
}

/// The codes of the fields of a paragraph, each put together: Word cuts them into runs as it does with text.
fn field_codes(paragraph: &Element) -> Vec<String> {
    fn read(element: &Element, codes: &mut Vec<String>) {
        for child in element.elements() {
            match child.name.as_str() {
                "w:fldChar" => codes.push(String::new()),
                "w:instrText" => match codes.last_mut() {
                    Some(code) => code.push_str(&child.all_text()),
                    None => codes.push(child.all_text()),
                },
                name if is_closed(name) => {}
                _ => read(child, codes),
            }
        }
    }
    let mut codes = Vec::new();
    read(paragraph, &mut codes);
    codes
}

fn read_pieces(element: &Element, pieces: &mut Vec<String>) {
    for child in element.elements().filter(|child| !is_closed(&child.name)) {
        match piece_of(child) {
            Some(text) => pieces.push(text),
            None => read_pieces(child, pieces),
        }
    }
}

/// Puts the cut pieces back, in the order they were read. A tab or break stays unless a tag swallowed it.
fn write_pieces(element: &mut Element, cut: &mut impl Iterator<Item = Vec<Node>>) {
    let mut kept = Vec::with_capacity(element.children.len());
    for mut node in std::mem::take(&mut element.children) {
        let Node::Element(child) = &mut node else {
            kept.push(node);
            continue;
        };
        // marks of the spelling check stand between the pieces of a tag, and mean nothing in the filled text
        if child.name == "w:proofErr" {
            continue;
        }
        if is_closed(&child.name) {
            kept.push(node);
            continue;
        }
        if piece_of(child).is_none() {
            let before = child.children.len();
            write_pieces(child, cut);
            // a run whose text has gone into a tag that began before it
            let emptied = child.name == "w:r" && child.elements().all(|own| own.name == "w:rPr");
            if !emptied || child.children.len() == before {
                kept.push(node);
            }
            continue;
        }
        let nodes = cut.next().unwrap_or_default();
        if child.name == "w:t" {
            child.children = nodes;
            if !child.children.is_empty() {
                child.set("xml:space", "preserve");
                kept.push(node);
            }
            continue;
        }
        let tags: Vec<Node> = nodes.iter().filter(|node| tag_number(node).is_some()).cloned().collect();
        if nodes.len() > tags.len() {
            kept.push(node);
        }
        if !tags.is_empty() {
            let text = Element { children: tags, ..Element::new("w:t").with("xml:space", "preserve") };
            kept.push(Node::Element(text));
        }
    }
    element.children = kept;
}
