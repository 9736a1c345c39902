//! The structure tree: elements, their content, and the way back from content to element.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Object, ObjectId, dictionary};

use super::field::Widget;
use super::{name, real, text};
use crate::pdf::sheet::{Item, Owner, Sheets};
use crate::pdf::tree::{Kind, Node, NodeId, Tree};

/// What the pages say about the tree: which marked content belongs to which node, in the order of reading.
pub struct Marks {
    parents: Vec<Option<NodeId>>,
    /// For each node its content and children, as they come.
    parts: Vec<Vec<Part>>,
    linked: BTreeSet<usize>,
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
            linked: BTreeSet::new(),
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
            if !self.linked.insert(child.0) {
                return;
            }
            self.parts[parent.0].push(Part::Child(child));
            child = parent;
        }
    }

    /// Content and children of a node, without children that hold nothing.
    fn parts(&self, tree: &Tree, id: NodeId) -> Vec<Part> {
        let node = &tree.nodes[id.0];
        let own = &self.parts[id.0];
        let has_content = own.iter().any(|part| matches!(part, Part::Content { .. }));
        let live = |child: &&NodeId| self.is_live(tree, **child);
        if !has_content {
            // Cells without content keep their places.
            return node.children.iter().filter(live).map(|child| Part::Child(*child)).collect();
        }
        let late = node.children.iter().filter(live).filter(|child| !own.contains(&Part::Child(**child)));
        own.iter().copied().chain(late.map(|child| Part::Child(*child))).collect()
    }

    fn is_live(&self, tree: &Tree, id: NodeId) -> bool {
        self.linked.contains(&id.0) || matches!(tree.nodes[id.0].kind, Kind::Row | Kind::Cell | Kind::HeadingCell)
    }

    fn is_reachable(&self, tree: &Tree, id: NodeId) -> bool {
        let mut node = id;
        loop {
            if !self.is_live(tree, node) && node != Tree::ROOT {
                return false;
            }
            match self.parents[node.0] {
                Some(parent) => node = parent,
                None => return true,
            }
        }
    }
}

/// Writes the tree; gives the object of its root.
pub fn add(
    file: &mut lopdf::Document,
    pages: &[ObjectId],
    sheets: &Sheets,
    marks: Marks,
    widgets: &[Widget],
) -> ObjectId {
    let (tree, boxes) = (&sheets.tree, boxes_of_figures(sheets));
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = tree.nodes.iter().map(|_| file.new_object_id()).collect();
    let levels = heading_levels(tree, &marks);
    let mut note_ids: Vec<Object> = Vec::new();
    let mut reachable = vec![false; tree.nodes.len()];
    for (index, node) in tree.nodes.iter().enumerate() {
        reachable[index] = marks.is_reachable(tree, NodeId(index));
        if !reachable[index] {
            continue;
        }
        let parts = marks.parts(tree, NodeId(index));
        let widget = widgets.iter().find(|widget| widget.node.0 == index);
        let parent = node.parent.map_or(root, |parent| ids[parent.0]);
        let mut element = dictionary! {
            "Type" => "StructElem",
            "S" => name(&type_name(node.kind, levels[index])),
            "P" => parent,
        };
        kids(&mut element, &parts, pages, &ids, widget);
        attributes(&mut element, node, boxes.get(&NodeId(index)));
        if node.kind == Kind::Note {
            let id = Object::string_literal(format!("note{index}"));
            element.set("ID", id.clone());
            note_ids.extend([id, ids[index].into()]);
        }
        file.set_object(ids[index], element);
    }
    let mut numbers: Vec<Object> = Vec::new();
    for page in 0..pages.len() {
        let nodes = marks.pages.get(page).map(Vec::as_slice).unwrap_or_default();
        let array: Vec<Object> = nodes.iter().map(|node| ids[node.0].into()).collect();
        numbers.extend([(page as i64).into(), array.into()]);
    }
    for widget in widgets {
        numbers.extend([widget.key.into(), ids[widget.node.0].into()]);
    }
    let next = (pages.len() + widgets.len()) as i64;
    let mut dictionary = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => vec![ids[0].into()],
        "ParentTree" => dictionary! { "Nums" => numbers },
        "ParentTreeNextKey" => next,
    };
    if !note_ids.is_empty() {
        note_ids = sorted_names(note_ids);
        dictionary.set("IDTree", dictionary! { "Names" => note_ids });
    }
    file.set_object(root, dictionary);
    root
}

/// A name tree is in the order of its keys' bytes.
fn sorted_names(pairs: Vec<Object>) -> Vec<Object> {
    let mut pairs: Vec<[Object; 2]> = pairs.chunks_exact(2).map(|pair| [pair[0].clone(), pair[1].clone()]).collect();
    let key = |pair: &[Object; 2]| pair[0].as_str().map(<[u8]>::to_vec).unwrap_or_default();
    pairs.sort_by_key(key);
    pairs.into_iter().flatten().collect()
}

fn kids(element: &mut Dictionary, parts: &[Part], pages: &[ObjectId], ids: &[ObjectId], widget: Option<&Widget>) {
    let first = parts.iter().find_map(|part| match part {
        Part::Content { page, .. } => Some(*page),
        Part::Child(_) => None,
    });
    if let Some(widget) = widget {
        // Directly, not in an array: a reader that checks later signatures looks for it here.
        element.set("Pg", widget.page);
        let reference = dictionary! { "Type" => "OBJR", "Obj" => widget.object, "Pg" => widget.page };
        element.set("K", reference);
        return;
    }
    let mut array: Vec<Object> = Vec::with_capacity(parts.len());
    for part in parts {
        array.push(match part {
            Part::Child(child) => ids[child.0].into(),
            Part::Content { page, number } if Some(*page) == first => (*number).into(),
            Part::Content { page, number } => {
                let reference = pages.get(*page).copied().map_or(Object::Null, Object::from);
                dictionary! { "Type" => "MCR", "Pg" => reference, "MCID" => *number }.into()
            }
        });
    }
    if let Some(page) = first.and_then(|page| pages.get(page)) {
        element.set("Pg", *page);
    }
    element.set("K", array);
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

fn attributes(element: &mut Dictionary, node: &Node, room: Option<&[f64; 4]>) {
    let mut table = dictionary! { "O" => name("Table") };
    match node.kind {
        Kind::HeadingCell => table.set("Scope", name("Column")),
        Kind::Table => {
            if let Some(summary) = &node.alternative {
                table.set("Summary", text(summary));
            }
        }
        Kind::Figure => {
            let mut layout = dictionary! { "O" => name("Layout"), "Placement" => name("Inline") };
            if let Some(room) = room {
                layout.set("BBox", room.map(real).to_vec());
            }
            element.set("A", layout);
        }
        _ => {}
    }
    if node.columns > 1 {
        table.set("ColSpan", node.columns as i64);
    }
    if node.rows > 1 {
        table.set("RowSpan", node.rows as i64);
    }
    if table.len() > 1 {
        element.set("A", table);
    }
    if let (Kind::Figure | Kind::Form, Some(alternative)) = (node.kind, &node.alternative) {
        element.set("Alt", text(alternative));
    }
}

/// Levels of headings without gaps, as PDF/UA asks: the first is 1, a deeper one is one deeper.
fn heading_levels(tree: &Tree, marks: &Marks) -> Vec<usize> {
    let mut levels = vec![0; tree.nodes.len()];
    let mut open: Vec<u8> = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        let Kind::Heading(level) = node.kind else { continue };
        if !marks.is_reachable(tree, NodeId(index)) {
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

fn type_name(kind: Kind, level: usize) -> String {
    let fixed = match kind {
        Kind::Document => "Document",
        Kind::Division => "Div",
        Kind::Heading(_) => return format!("H{}", level.clamp(1, 6)),
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
    };
    fixed.to_string()
}
