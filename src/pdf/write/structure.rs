//! The structure tree: elements, their content, and the way back from content to element.

use std::collections::BTreeMap;

use super::field::Widget;
use super::file::File;
use super::syntax::Id;
use super::syntax::Syntax;
use crate::pdf::sheet::{Item, Owner, Sheets};
use crate::pdf::tree::{Kind, Node, NodeId, Tree};

/// What the pages say about the tree: which marked content belongs to which node, in the order of reading.
pub struct Marks {
    parents: Vec<Option<NodeId>>,
    /// For each node its content and children, as they come.
    parts: Vec<Vec<Part>>,
    /// Nodes that stand among the parts of their parents.
    linked: Vec<bool>,
    /// For each page the node of each marked content.
    pages: Vec<Vec<NodeId>>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Content { page: usize, number: i64 },
    Child(NodeId),
}

impl Marks {
    pub fn new(tree: &Tree) -> Marks {
        Marks {
            parents: tree.nodes.iter().map(|node| node.parent).collect(),
            parts: vec![Vec::new(); tree.nodes.len()],
            linked: vec![false; tree.nodes.len()],
            pages: Vec::new(),
        }
    }

    /// Gives the number of the next marked content of a page to a node.
    pub fn mark(&mut self, node: NodeId, page: usize) -> i64 {
        while self.pages.len() <= page {
            self.pages.push(Vec::new());
        }
        let number = self.pages[page].len() as i64;
        self.pages[page].push(node);
        self.parts[node.0].push(Part::Content { page, number });
        self.link(node);
        number
    }

    /// Notes that the node of a field stands here.
    pub fn field(&mut self, node: NodeId) {
        self.link(node);
    }

    fn link(&mut self, node: NodeId) {
        let mut child = node;
        while let Some(parent) = self.parents[child.0] {
            if std::mem::replace(&mut self.linked[child.0], true) {
                return;
            }
            self.parts[parent.0].push(Part::Child(child));
            child = parent;
        }
    }

    /// Content and children of a node, without children that hold nothing, in the order of reading.
    fn parts(&self, tree: &Tree, id: NodeId) -> impl Iterator<Item = Part> + Clone {
        let own = &self.parts[id.0];
        let has_content = own.iter().any(|part| matches!(part, Part::Content { .. }));
        // Cells without content keep their places.
        let own: &[Part] = if has_content { own } else { &[] };
        let children = tree.nodes[id.0].children.iter().filter(move |child| !(has_content && self.linked[child.0]));
        let live = children.filter(|child| self.is_live(tree, **child));
        own.iter().copied().chain(live.map(|child| Part::Child(*child)))
    }

    fn is_live(&self, tree: &Tree, id: NodeId) -> bool {
        self.linked[id.0] || matches!(tree.nodes[id.0].kind, Kind::Row | Kind::Cell | Kind::HeadingCell)
    }

    /// Which nodes the tree of the file holds.
    fn reachable(&self, tree: &Tree) -> Vec<bool> {
        let mut reachable = Vec::with_capacity(tree.nodes.len());
        // Parents come before their children.
        for index in 0..tree.nodes.len() {
            let is_reachable = match self.parents[index] {
                Some(parent) => reachable[parent.0] && self.is_live(tree, NodeId(index)),
                None => true,
            };
            reachable.push(is_reachable);
        }
        reachable
    }
}

/// Writes the tree; gives the object of its root.
pub fn add(file: &mut File, pages: &[Id], sheets: &Sheets, marks: Marks, widgets: &[Widget]) -> Id {
    let (tree, boxes) = (&sheets.tree, boxes_of_figures(sheets));
    let root = file.reserve();
    let ids: Vec<Id> = tree.nodes.iter().map(|_| file.reserve()).collect();
    let reachable = marks.reachable(tree);
    let levels = heading_levels(tree, &reachable);
    let widgets_by_node: BTreeMap<NodeId, &Widget> = widgets.iter().map(|widget| (widget.node, widget)).collect();
    let mut notes: Vec<(String, Id)> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate().filter(|(index, _)| reachable[*index]) {
        let element = file.object(ids[index]);
        element.raw("<</S/").raw(type_name(node.kind, levels[index]));
        element.raw("/P ").reference(node.parent.map_or(root, |parent| ids[parent.0]));
        match widgets_by_node.get(&NodeId(index)) {
            Some(widget) => {
                // Directly, not in an array: a reader that checks later signatures looks for it here.
                element.raw("/Pg ").reference(widget.page).raw("/K<</Type/OBJR/Obj ").reference(widget.object);
                element.raw("/Pg ").reference(widget.page).raw(">>");
            }
            None => kids(element, marks.parts(tree, NodeId(index)), pages, &ids),
        }
        attributes(element, node, boxes.get(&NodeId(index)));
        if node.kind == Kind::Note {
            let id = format!("note{index}");
            element.raw("/ID").literal(id.as_bytes());
            notes.push((id, ids[index]));
        }
        element.raw(">>");
    }
    let out = file.object(root);
    out.raw("<</Type/StructTreeRoot/K[").reference(ids[0]).raw("]/ParentTree<</Nums[");
    for page in 0..pages.len() {
        let nodes = marks.pages.get(page).map(Vec::as_slice).unwrap_or_default();
        out.integer(page as i64).references(nodes.iter().map(|node| ids[node.0]));
    }
    for widget in widgets {
        out.integer(widget.key as i64).raw(" ").reference(ids[widget.node.0]).raw(" ");
    }
    out.raw("]>>/ParentTreeNextKey ").integer((pages.len() + widgets.len()) as i64);
    if !notes.is_empty() {
        // A name tree is in the order of its keys' bytes.
        notes.sort();
        out.raw("/IDTree<</Names[");
        for (id, element) in &notes {
            out.literal(id.as_bytes()).reference(*element);
        }
        out.raw("]>>");
    }
    out.raw(">>");
    root
}

/// What an element holds: a single piece of content as it is, else an array.
fn kids(element: &mut Syntax, parts: impl Iterator<Item = Part> + Clone, pages: &[Id], ids: &[Id]) {
    let first = parts.clone().find_map(|part| match part {
        Part::Content { page, .. } => Some(page),
        Part::Child(_) => None,
    });
    if let Some(page) = first {
        element.raw("/Pg ").reference(pages[page]);
    }
    // A single child stands in an array too: without it pyHanko does not find the child in the tree, and takes signing its
    // field for a forbidden change.
    let mut start = parts.clone();
    if let (Some(Part::Content { number, .. }), None) = (start.next(), start.next()) {
        element.raw("/K ").integer(number);
        return;
    }
    element.raw("/K[");
    for (index, part) in parts.enumerate() {
        element.raw(if index > 0 { " " } else { "" });
        match part {
            Part::Child(child) => element.reference(ids[child.0]),
            Part::Content { page, number } if Some(page) == first => element.integer(number),
            Part::Content { page, number } => {
                element.raw("<</Type/MCR/Pg ").reference(pages[page]).raw("/MCID ").integer(number).raw(">>")
            }
        };
    }
    element.raw("]");
}

/// The room that each figure takes on its page: left, bottom, right and top, in points from the lower left corner.
fn boxes_of_figures(sheets: &Sheets) -> BTreeMap<NodeId, [f64; 4]> {
    let mut boxes: BTreeMap<NodeId, [f64; 4]> = BTreeMap::new();
    for (sheet, placed) in sheets.sheets.iter().flat_map(|sheet| sheet.items.iter().map(move |placed| (sheet, placed)))
    {
        let (Owner::Node(node), Item::Picture { x, y, width, height, .. } | Item::Fill { x, y, width, height, .. }) =
            (placed.owner, &placed.item)
        else {
            continue;
        };
        let own = [*x, sheet.height - y - height, x + width, sheet.height - y];
        let whole = boxes.entry(node).or_insert(own);
        let [left, bottom, right, top] = *whole;
        *whole = [left.min(own[0]), bottom.min(own[1]), right.max(own[2]), top.max(own[3])];
    }
    boxes
}

fn attributes(element: &mut Syntax, node: &Node, room: Option<&[f64; 4]>) {
    if node.kind == Kind::Figure {
        element.raw("/A<</O/Layout/Placement/Inline");
        if let Some(room) = room {
            element.raw("/BBox").list(room);
        }
        element.raw(">>");
    }
    let summary = node.alternative.as_ref().filter(|_| node.kind == Kind::Table);
    if node.kind == Kind::HeadingCell || summary.is_some() || node.columns > 1 || node.rows > 1 {
        element.raw("/A<</O/Table");
        if node.kind == Kind::HeadingCell {
            element.raw("/Scope/Column");
        }
        if let Some(summary) = summary {
            element.raw("/Summary").text(summary);
        }
        for (key, count) in [("/ColSpan ", node.columns), ("/RowSpan ", node.rows)] {
            if count > 1 {
                element.raw(key).integer(count as i64);
            }
        }
        element.raw(">>");
    }
    if let (Kind::Figure | Kind::Form, Some(alternative)) = (node.kind, &node.alternative) {
        element.raw("/Alt").text(alternative);
    }
}

/// Levels of headings without gaps, as PDF/UA asks: the first is 1, a deeper one is one deeper.
fn heading_levels(tree: &Tree, reachable: &[bool]) -> Vec<usize> {
    let mut levels = vec![0; tree.nodes.len()];
    let mut open: Vec<u8> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        let Kind::Heading(level) = node.kind else { continue };
        if !reachable[index] {
            continue;
        }
        while open.last().is_some_and(|above| *above >= level) {
            open.pop();
        }
        open.push(level);
        levels[index] = open.len();
    }
    levels
}

fn type_name(kind: Kind, level: usize) -> &'static str {
    match kind {
        Kind::Document => "Document",
        Kind::Division => "Div",
        Kind::Heading(_) => ["H1", "H2", "H3", "H4", "H5", "H6"][level.clamp(1, 6) - 1],
        Kind::Paragraph => "P",
        Kind::Caption => "Caption",
        Kind::List => "L",
        Kind::ListItem => "LI",
        Kind::Label => "Lbl",
        Kind::ListBody => "LBody",
        Kind::Table => "Table",
        Kind::Row => "TR",
        Kind::HeadingCell => "TH",
        Kind::Cell => "TD",
        Kind::Figure => "Figure",
        Kind::Form => "Form",
        Kind::Reference => "Reference",
        Kind::Contents => "TOC",
        Kind::ContentsItem => "TOCI",
        Kind::Note => "Note",
    }
}
