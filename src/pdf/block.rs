//! From blocks of the document to boxes: paragraphs, lists and tables of one column, with their logical nodes.
//!
//! Holds what a whole layout shares: shapes, tree, numbers of notes, page numbers known from an earlier turn.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use super::boxes::{BlockBox, NoteBox};
use super::shape::Shaper;
use super::sheet::{Artifact, Owner};
use super::split;
use super::token::Gathered;
use super::tree::{Kind, NodeId, Tree};
use crate::vietnamese::{latin_letter, roman};
use crate::word::document::{Block, Document, Inline, NumberFormat, Paragraph, Role, RunStyle, VerticalPosition};

/// Tables within tables beyond this are left out.
const DEEPEST: usize = 12;

/// What an earlier turn of the layout found out about pages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    pub pages: u32,
    /// Pages of each section.
    pub section_pages: Vec<u32>,
    /// Shown page number of each bookmark.
    pub bookmarks: BTreeMap<String, String>,
    /// What each PAGE and each SECTIONPAGES of the text shows, in their order.
    pub page_fields: Vec<String>,
    pub section_fields: Vec<String>,
}

/// Page numbers where they are known already: in headers and footers.
#[derive(Clone, Debug)]
pub struct Here {
    pub page: String,
    pub section_pages: u32,
}

/// One turn of laying out a document.
pub struct Layout<'a> {
    pub document: &'a Document,
    pub known: &'a Known,
    pub shaper: Shaper,
    /// Memory of the paragraph before, for the next.
    pub gathered: Gathered,
    pub tree: Tree,
    /// Set while headers and footers are laid out: nothing of them is in the tree.
    pub artifact: Option<(Artifact, Here)>,
    pub notes: u32,
    pub in_note: bool,
    pub page_fields: usize,
    pub section_fields: usize,
    /// Something shows a page number, so that a wrong guess matters.
    pub asked: bool,
    /// The cell whose only paragraph is laid out next.
    pub lone: Option<NodeId>,
    styles: HashSet<Rc<str>>,
    /// The style that was asked for last: neighbours mostly have the same.
    style: Rc<str>,
    depth: usize,
}

impl<'a> Layout<'a> {
    pub fn new(document: &'a Document, known: &'a Known) -> Layout<'a> {
        Layout {
            document,
            known,
            shaper: Shaper::default(),
            gathered: Gathered::default(),
            tree: Tree::new(),
            artifact: None,
            notes: 0,
            in_note: false,
            page_fields: 0,
            section_fields: 0,
            asked: false,
            lone: None,
            styles: HashSet::new(),
            style: "".into(),
            depth: 0,
        }
    }

    /// One copy of a style's name for all its paragraphs.
    pub fn style(&mut self, name: &str) -> Rc<str> {
        if *self.style != *name {
            self.style = match self.styles.get(name) {
                Some(known) => Rc::clone(known),
                None => {
                    let style: Rc<str> = name.into();
                    self.styles.insert(Rc::clone(&style));
                    style
                }
            };
        }
        Rc::clone(&self.style)
    }

    /// Adds a node; while artifacts are laid out there is nothing to add to, and the parent stands for it.
    pub fn node(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        if self.artifact.is_some() { parent } else { self.tree.add(parent, kind) }
    }

    pub fn owner(&self, node: NodeId) -> Owner {
        match &self.artifact {
            Some((artifact, _)) => Owner::Artifact(*artifact),
            None => Owner::Node(node),
        }
    }

    /// Lays blocks out for a column of this width, their nodes under `parent`.
    pub fn blocks(&mut self, blocks: &[Block], width: f64, parent: NodeId) -> Vec<BlockBox> {
        if self.depth >= DEEPEST {
            return Vec::new();
        }
        self.depth += 1;
        let mut lists = Lists::default();
        let mut boxes = Vec::with_capacity(blocks.len());
        for block in blocks {
            match block {
                Block::Paragraph(paragraph) => {
                    let (label, body) = self.paragraph_nodes(paragraph, parent, &mut lists);
                    boxes.push(BlockBox::Paragraph(self.paragraph(paragraph, width, label, body)));
                }
                Block::Table(table) => {
                    lists.open.clear();
                    lists.contents = None;
                    boxes.extend(self.table(table, width, parent).map(BlockBox::Table));
                }
            }
        }
        self.depth -= 1;
        join_frames(&mut boxes);
        boxes
    }

    /// Nodes for the label and the text of a paragraph.
    fn paragraph_nodes(&mut self, paragraph: &Paragraph, parent: NodeId, lists: &mut Lists) -> (NodeId, NodeId) {
        let level = match paragraph.role {
            Role::ListItem(level) if paragraph.label.is_some() => usize::from(level),
            role => {
                // An empty paragraph between items does not end their list.
                if !paragraph.inlines.is_empty() {
                    lists.open.clear();
                }
                if let Role::Contents(_) = role {
                    return self.contents_node(parent, lists);
                }
                lists.contents = None;
                let kind = match role {
                    Role::Heading(level) => Kind::Heading(level.clamp(1, 6)),
                    Role::Caption => Kind::Caption,
                    Role::Body | Role::ListItem(_) | Role::Contents(_) => Kind::Paragraph,
                };
                // A cell of one paragraph holds the text itself: half as many elements in a table of figures.
                if kind == Kind::Paragraph && self.lone == Some(parent) {
                    return (parent, parent);
                }
                let node = self.node(parent, kind);
                return (node, node);
            }
        };
        while lists.open.last().is_some_and(|open| open.level > level) {
            lists.open.pop();
        }
        if lists.open.last().is_none_or(|open| open.level < level) {
            let under = lists.open.last().map_or(parent, |open| open.body);
            let list = self.node(under, Kind::List);
            lists.open.push(OpenList { level, list, body: list });
        }
        let list = lists.open.last().map_or(parent, |open| open.list);
        let item = self.node(list, Kind::ListItem);
        let label = self.node(item, Kind::Label);
        let body = self.node(item, Kind::ListBody);
        if let Some(open) = lists.open.last_mut() {
            open.body = body;
        }
        (label, body)
    }

    /// An entry of the table of contents that is open, or begins with it.
    fn contents_node(&mut self, parent: NodeId, lists: &mut Lists) -> (NodeId, NodeId) {
        let contents = match lists.contents {
            Some(contents) => contents,
            None => self.node(parent, Kind::Contents),
        };
        lists.contents = Some(contents);
        let item = self.node(contents, Kind::ContentsItem);
        let node = self.node(item, Kind::Reference);
        (node, node)
    }

    /// Lays out the footnote of this id, its node under `parent`; its number is `number`.
    pub fn note(&mut self, id: i64, number: u32, width: f64, parent: NodeId) -> Option<Rc<NoteBox>> {
        let blocks = self.document.footnotes.get(&id)?;
        let node = self.node(parent, Kind::Note);
        let mut numbered = blocks.clone();
        number_note(&mut numbered, number);
        self.in_note = true;
        let boxes = self.blocks(&numbered, width, node);
        self.in_note = false;
        let height = split::height(&boxes);
        Some(Rc::new(NoteBox { blocks: boxes, height }))
    }
}

/// Puts the number in front of a footnote's text.
fn number_note(blocks: &mut [Block], number: u32) {
    let first = blocks.iter_mut().find_map(|block| match block {
        Block::Paragraph(paragraph) => Some(paragraph),
        Block::Table(_) => None,
    });
    let Some(paragraph) = first else { return };
    paragraph.inlines.retain(|inline| !matches!(inline, Inline::FootnoteReference(..)));
    let look = paragraph.inlines.iter().find_map(|inline| match inline {
        Inline::Text(_, style) => Some(style),
        _ => None,
    });
    let plain = RunStyle { bold: false, italic: false, underline: false, ..look.unwrap_or(&paragraph.mark).clone() };
    let style = RunStyle { vertical: VerticalPosition::Superscript, ..plain };
    let spaced = matches!(paragraph.inlines.first(), Some(Inline::Text(text, _)) if text.starts_with(' '));
    let text = if spaced { number.to_string() } else { format!("{number} ") };
    paragraph.inlines.insert(0, Inline::Text(text, style));
}

/// Marks neighbours that share one frame.
fn join_frames(boxes: &mut [BlockBox]) {
    for index in 1..boxes.len() {
        let (upper, lower) = boxes.split_at_mut(index);
        let (Some(BlockBox::Paragraph(above)), Some(BlockBox::Paragraph(below))) =
            (upper.last_mut(), lower.first_mut())
        else {
            continue;
        };
        if above.frame.is_some() && above.frame == below.frame {
            (above.joined_below, below.joined_above) = (true, true);
        }
    }
}

/// Lists that are open, outermost first.
#[derive(Default)]
struct Lists {
    open: Vec<OpenList>,
    /// The table of contents whose entries follow each other.
    contents: Option<NodeId>,
}

struct OpenList {
    level: usize,
    list: NodeId,
    /// Body of its last item, where a deeper list goes.
    body: NodeId,
}

/// A page number as it is shown.
pub fn numeral(number: u32, format: NumberFormat) -> String {
    match format {
        NumberFormat::UpperRoman if number > 0 => roman(number),
        NumberFormat::LowerRoman if number > 0 => roman(number).to_lowercase(),
        NumberFormat::UpperLetter => latin_letter(number).to_uppercase(),
        NumberFormat::LowerLetter => latin_letter(number),
        NumberFormat::Decimal | NumberFormat::UpperRoman | NumberFormat::LowerRoman => number.to_string(),
    }
}
