//! Arranging the tags of a part so that every block begins and ends inside one and the same element.
//!
//! A paragraph or a row that holds nothing but block tags gives them to the level above and vanishes. A block tag in
//! running text cuts its run in two. Then, from the inside out, a tag whose partner is not on its own level moves up,
//! provided that nothing visible stands between it and the edge it moves over; where something does, it is a fault.

use std::collections::BTreeMap;

use super::fault::{Faults, Spot};
use super::gather::{MARK, TAG, tag_node, tag_number};
use super::limits::MOST_NESTING;
use super::tag::{Block, Kind, Tag};
use crate::finding::catalogue::template as codes;
use crate::word::xml::{Element, Node};

/// For each tag that opens, branches or closes a block: the number of its opening tag.
pub type Groups = BTreeMap<usize, usize>;

/// Finds the partner of every block tag in reading order; what has none is told. A text of its own, whose edges no block
/// may reach over, stands between two `None`.
pub fn pair(order: &[Option<usize>], tags: &[Tag], faults: &mut Faults) -> Groups {
    Pairing { tags, faults, groups: Groups::new(), open: Vec::new() }.pair(order)
}

/// Arranges a part; faults are told, and without any the tree can be assembled.
pub fn arrange(root: &mut Element, tags: &[Tag], faults: &mut Faults) {
    let mut order = Vec::new();
    reading_order(root, &mut order);
    let groups = pair(&order, tags, faults);
    hoist_paragraphs(root, tags);
    hoist_rows(root, tags);
    split_runs(root, tags);
    let mut lifting = Lifting { tags, groups: &groups, faults };
    let left = lifting.lift(root);
    lifting.refuse(left.before.into_iter().chain(left.after));
}

/// Numbers of all tags in reading order; those of attributes where their element begins.
fn reading_order(element: &Element, order: &mut Vec<Option<usize>>) {
    for (_, value) in &element.attributes {
        let mut numbers = value.split(MARK).skip(1).step_by(2).filter_map(|number| number.parse().ok()).peekable();
        if numbers.peek().is_some() {
            // a text of its own: a block may not reach over its edges
            order.push(None);
            order.extend(numbers.map(Some));
            order.push(None);
        }
    }
    for node in &element.children {
        match (tag_number(node), node) {
            (Some(number), _) => order.push(Some(number)),
            (None, Node::Element(child)) => reading_order(child, order),
            _ => {}
        }
    }
}

/// Finds the partner of every block tag, and tells which have none.
struct Pairing<'a> {
    tags: &'a [Tag],
    faults: &'a mut Faults,
    groups: Groups,
    /// Opening tags not closed yet, and whether `{{else}}` was seen.
    open: Vec<Open>,
}

struct Open {
    number: usize,
    branched: bool,
    /// `{{else if}}` blocks that end with this one.
    chained: Vec<usize>,
}

impl Pairing<'_> {
    fn pair(mut self, order: &[Option<usize>]) -> Groups {
        let mut edges: Vec<usize> = Vec::new();
        let mut inside = false;
        for entry in order {
            match entry {
                Some(number) => self.take(*number, edges.last().copied().unwrap_or(0)),
                None if inside => {
                    let floor = edges.pop().unwrap_or(0);
                    self.unclosed(floor);
                    inside = false;
                }
                None => {
                    edges.push(self.open.len());
                    inside = true;
                }
            }
        }
        self.unclosed(0);
        self.groups
    }

    fn take(&mut self, number: usize, floor: usize) {
        let tag = &self.tags[number];
        match &tag.kind {
            Kind::Open(_) | Kind::Unread(_) => {
                if self.open.len() == MOST_NESTING {
                    let what = format!("lồng nhau quá {MOST_NESTING} cấp");
                    self.faults.limit(&tag.part, tag.paragraph, &tag.written, &what);
                }
                if matches!(tag.kind, Kind::Open(_)) {
                    self.groups.insert(number, number);
                }
                self.open.push(Open { number, branched: false, chained: Vec::new() });
            }
            Kind::Else | Kind::ElseOpen(_) => self.branch(number, floor),
            Kind::Close(name) => self.close(number, name, floor),
            Kind::Value | Kind::Comment => {}
        }
    }

    fn branch(&mut self, number: usize, floor: usize) {
        let tag = &self.tags[number];
        let spot = Spot::of(tag);
        let Some(open) = self.open[floor..].last_mut() else {
            self.faults.at(
                &codes::UNPAIRED,
                &spot,
                format!("Thẻ {} không nằm trong khối {{{{#if}}}} hay {{{{#each}}}} nào", tag.written),
            );
            return;
        };
        if open.branched {
            let opened = &self.tags[open.number];
            let position = self.faults.position(opened.paragraph);
            let message = format!("Khối {} mở ở {position} đã có {{{{else}}}} rồi", opened.written);
            self.faults.at(&codes::UNPAIRED, &spot, message);
            return;
        }
        if let Kind::Open(Block::Columns) = self.tags[open.number].kind {
            self.faults.at(&codes::UNPAIRED, &spot, "Trong {{#cot}} không dùng {{else}}");
        }
        match tag.kind {
            Kind::Else => open.branched = true,
            _ => open.chained.push(number),
        }
        if open.chained.len() + self.open.len() > MOST_NESTING {
            let what = format!("quá {MOST_NESTING} nhánh {{{{else if}}}} nối nhau");
            self.faults.limit(&tag.part, tag.paragraph, &tag.written, &what);
        }
        if let Some(open) = self.open.last() {
            self.groups.insert(number, open.number);
        }
    }

    fn close(&mut self, number: usize, name: &str, floor: usize) {
        let tag = &self.tags[number];
        let spot = Spot::of(tag);
        let Some(open) = self.open[floor..].last() else {
            self.faults.at(&codes::UNPAIRED, &spot, format!("Thẻ đóng {} không có thẻ mở nào trước nó", tag.written));
            return;
        };
        let opened = &self.tags[open.number];
        let expected = match &opened.kind {
            Kind::Open(block) => block.name(),
            Kind::Unread(name) => name,
            _ => "",
        };
        if name == expected && matches!(opened.kind, Kind::Open(_)) {
            self.groups.insert(number, open.number);
            self.open.pop();
            return;
        }
        // a wrong close may belong to a block further out: then the inner one was never closed
        let outer = self.open[floor..]
            .iter()
            .rposition(|open| matches!(self.tags[open.number].kind, Kind::Open(block) if block.name() == name));
        if matches!(opened.kind, Kind::Unread(_)) {
            // what was meant by a tag that could not be read is not known: any partner will do, its own first
            match outer.filter(|_| name != expected) {
                Some(at) => self.open.truncate(floor + at),
                None => drop(self.open.pop()),
            }
            return;
        }
        let message = format!(
            "Thẻ {} đóng chéo: khối {} mở ở {} chưa được đóng bằng {{{{/{expected}}}}}",
            tag.written,
            opened.written,
            self.faults.position(opened.paragraph)
        );
        self.faults.at(&codes::UNPAIRED, &spot, message);
        match outer {
            Some(at) => self.open.truncate(floor + at),
            None => drop(self.open.pop()),
        }
    }

    fn unclosed(&mut self, floor: usize) {
        for open in self.open.drain(floor..) {
            let tag = &self.tags[open.number];
            let name = match &tag.kind {
                Kind::Open(block) => block.name(),
                _ => continue,
            };
            let position = self.faults.position(tag.paragraph);
            let message = format!("Khối {} mở ở {position} không có thẻ đóng {{{{/{name}}}}}", tag.written);
            self.faults.at(&codes::UNPAIRED, &Spot::of(tag), message);
        }
    }
}

/// What a stretch of a paragraph, cell or row holds.
#[derive(Default)]
struct Content {
    /// Block tags and comments, in order.
    blocks: Vec<usize>,
    /// Bookmarks and the like, which outlive their paragraph.
    ranges: Vec<Node>,
    /// Whether there is anything to see.
    visible: bool,
}

impl Content {
    fn of(element: &Element, tags: &[Tag]) -> Content {
        let mut content = Content::default();
        content.add(element, tags);
        content
    }

    fn add(&mut self, element: &Element, tags: &[Tag]) {
        for node in &element.children {
            if let Some(number) = tag_number(node) {
                if tags[number].is_block() {
                    self.blocks.push(number);
                } else {
                    self.visible = true;
                }
                continue;
            }
            match node {
                Node::Text(text) => self.visible |= !text.trim().is_empty(),
                Node::Element(child) if is_range(&child.name) => self.ranges.push(node.clone()),
                Node::Element(child) if is_property(&child.name) => {}
                Node::Element(child) if is_visible(&child.name) => self.visible = true,
                Node::Element(child) => self.add(child, tags),
                Node::Verbatim(_) => {}
            }
        }
    }

    fn only_blocks(&self) -> bool {
        !self.visible && !self.blocks.is_empty()
    }
}

fn is_range(name: &str) -> bool {
    matches!(name, "w:bookmarkStart" | "w:bookmarkEnd" | "w:permStart" | "w:permEnd")
}

/// Comments may be anchored at a tag; they go with it, as does what Word keeps for itself.
fn is_property(name: &str) -> bool {
    name.ends_with("Pr")
        || matches!(
            name,
            "w:tblGrid"
                | "w:proofErr"
                | "w:commentRangeStart"
                | "w:commentRangeEnd"
                | "w:commentReference"
                | "w:tab"
                | "w:lastRenderedPageBreak"
                | "w:annotationRef"
        )
}

fn is_visible(name: &str) -> bool {
    matches!(
        name,
        "w:drawing"
            | "w:pict"
            | "w:object"
            | "w:br"
            | "w:cr"
            | "w:sym"
            | "w:fldChar"
            | "w:fldSimple"
            | "w:instrText"
            | "w:footnoteReference"
            | "w:endnoteReference"
            | "w:footnoteRef"
            | "w:endnoteRef"
            | "w:noBreakHyphen"
            | "w:ptab"
            | "mc:AlternateContent"
            | "m:oMath"
            | "m:oMathPara"
            | "w:altChunk"
            | "w:pgNum"
            | "w:ruby"
    )
}

/// Replaces every paragraph that holds only block tags by those tags. One that ends a section stays, emptied.
fn hoist_paragraphs(element: &mut Element, tags: &[Tag]) {
    let mut children = Vec::with_capacity(element.children.len());
    for mut node in std::mem::take(&mut element.children) {
        if let Node::Element(child) = &mut node {
            if child.name == "w:p" {
                let content = Content::of(child, tags);
                if content.only_blocks() {
                    let keeps = child.path(&["w:pPr", "w:sectPr"]).is_some();
                    let opens = content.blocks.iter().all(|number| matches!(tags[*number].kind, Kind::Open(_)));
                    let mut lifted = content.ranges;
                    lifted.extend(content.blocks.into_iter().map(tag_node));
                    if keeps {
                        child.children.retain(|part| part.is("w:pPr"));
                    }
                    match (keeps, opens) {
                        (false, _) => children.append(&mut lifted),
                        (true, true) => {
                            children.push(node);
                            children.append(&mut lifted);
                        }
                        (true, false) => {
                            children.append(&mut lifted);
                            children.push(node);
                        }
                    }
                    continue;
                }
            }
            hoist_paragraphs(child, tags);
        }
        children.push(node);
    }
    element.children = children;
}

/// Replaces every table row that holds only block tags by those tags. Column loops rule cells and stay.
fn hoist_rows(element: &mut Element, tags: &[Tag]) {
    let mut children = Vec::with_capacity(element.children.len());
    for mut node in std::mem::take(&mut element.children) {
        if let Node::Element(child) = &mut node {
            hoist_rows(child, tags);
            if child.name == "w:tr" {
                let content = Content::of(child, tags);
                let columns = content.blocks.iter().any(|number| match &tags[*number].kind {
                    Kind::Open(block) => *block == Block::Columns,
                    Kind::Close(name) => name == Block::Columns.name(),
                    _ => false,
                });
                if content.only_blocks() && !columns {
                    children.extend(content.ranges);
                    children.extend(content.blocks.into_iter().map(tag_node));
                    continue;
                }
            }
        }
        children.push(node);
    }
    element.children = children;
}

/// Brings block tags in running text to the level of their runs: a run is cut in two, each half with its formatting.
fn split_runs(element: &mut Element, tags: &[Tag]) {
    let mut children = Vec::with_capacity(element.children.len());
    for mut node in std::mem::take(&mut element.children) {
        match &mut node {
            Node::Element(run) if run.name == "w:r" => cut_run(run, tags, &mut children),
            Node::Element(child) => {
                split_runs(child, tags);
                children.push(node);
            }
            _ => children.push(node),
        }
    }
    element.children = children;
}

fn cut_run(run: &mut Element, tags: &[Tag], out: &mut Vec<Node>) {
    let is_block = |node: &Node| tag_number(node).is_some_and(|number| tags[number].is_block());
    let cuts = run.elements().any(|child| child.name == "w:t" && child.children.iter().any(is_block));
    if !cuts {
        split_runs(run, tags);
        out.push(Node::Element(std::mem::take(run)));
        return;
    }
    let properties = run.find("w:rPr").cloned();
    let empty = || {
        let mut half = Element { attributes: run.attributes.clone(), ..Element::new("w:r") };
        half.children.extend(properties.clone().map(Node::Element));
        half
    };
    let mut half = empty();
    let flush = |half: &mut Element, out: &mut Vec<Node>| {
        let full = std::mem::replace(half, empty());
        if full.elements().any(|child| child.name != "w:rPr") {
            out.push(Node::Element(full));
        }
    };
    for node in run.children.clone() {
        let Node::Element(mut child) = node else { continue };
        if child.name == "w:rPr" {
            continue;
        }
        if child.name != "w:t" {
            split_runs(&mut child, tags);
            half.children.push(Node::Element(child));
            continue;
        }
        let texts = std::mem::take(&mut child.children);
        let push = |nodes: &mut Vec<Node>, half: &mut Element| {
            if !nodes.is_empty() {
                half.children.push(Node::Element(Element { children: std::mem::take(nodes), ..child.clone() }));
            }
        };
        let mut nodes = Vec::new();
        for text in texts {
            if is_block(&text) {
                push(&mut nodes, &mut half);
                flush(&mut half, out);
                out.push(text);
            } else {
                nodes.push(text);
            }
        }
        push(&mut nodes, &mut half);
    }
    flush(&mut half, out);
}

/// Tags that move out of an element: those to stand before it and those to stand after it.
#[derive(Default)]
struct Lifted {
    before: Vec<usize>,
    after: Vec<usize>,
}

struct Lifting<'a> {
    tags: &'a [Tag],
    groups: &'a Groups,
    faults: &'a mut Faults,
}

impl Lifting<'_> {
    /// Lifts inside every child first, then what is not whole on this level.
    fn lift(&mut self, element: &mut Element) -> Lifted {
        let mut children = Vec::with_capacity(element.children.len());
        for mut node in std::mem::take(&mut element.children) {
            let mut lifted = Lifted::default();
            if let Node::Element(child) = &mut node
                && child.name != TAG
            {
                lifted = self.lift(child);
            }
            children.extend(lifted.before.into_iter().map(tag_node));
            children.push(node);
            children.extend(lifted.after.into_iter().map(tag_node));
        }
        element.children = children;
        let torn = self.torn_groups(element);
        if torn.is_empty() { Lifted::default() } else { self.take_out(element, &torn) }
    }

    /// Opening tags of the blocks that are not whole among the children. A block that rules all cells of a row counts
    /// as torn as well, so that it comes to rule the row; so does a column loop below the row, where it belongs.
    fn torn_groups(&self, element: &Element) -> Vec<usize> {
        let mut ends: BTreeMap<usize, (bool, bool)> = BTreeMap::new();
        for number in element.children.iter().filter_map(tag_number) {
            let Some(group) = self.groups.get(&number) else { continue };
            let entry = ends.entry(*group).or_default();
            match self.tags[number].kind {
                Kind::Open(_) => entry.0 = true,
                Kind::Close(_) => entry.1 = true,
                _ => {}
            }
        }
        let row = element.name == "w:tr";
        ends.into_iter()
            .filter(|(group, (opens, closes))| {
                let columns = matches!(self.tags[*group].kind, Kind::Open(Block::Columns));
                !(*opens && *closes) || row != columns
            })
            .map(|(group, _)| group)
            .collect()
    }

    /// Takes the tags of torn blocks out of an element: opening ones over its front edge, closing ones over its end.
    fn take_out(&mut self, element: &mut Element, torn: &[usize]) -> Lifted {
        let is_torn = |node: &Node, groups: &Groups| {
            tag_number(node).filter(|number| groups.get(number).is_some_and(|group| torn.contains(group)))
        };
        let seen = |node: &Node, tags: &[Tag]| match node {
            Node::Element(_) if tag_number(node).is_some() => {
                tag_number(node).is_some_and(|number| tags[number].kind != Kind::Comment)
            }
            Node::Element(child) if is_property(&child.name) || is_range(&child.name) => false,
            Node::Element(child) if child.name == "w:tc" => true,
            Node::Element(child) => {
                let content = Content::of(child, tags);
                content.visible || !content.blocks.is_empty() || is_visible(&child.name)
            }
            Node::Text(text) => !text.trim().is_empty(),
            Node::Verbatim(_) => false,
        };
        let mut lifted = Lifted::default();
        let movable = may_cross(&element.name);
        let mut stuck = Vec::new();
        let last =
            element.children.iter().rposition(|node| is_torn(node, self.groups).is_none() && seen(node, self.tags));
        let mut front = true;
        let mut kept = Vec::with_capacity(element.children.len());
        for (at, node) in std::mem::take(&mut element.children).into_iter().enumerate() {
            let Some(number) = is_torn(&node, self.groups) else {
                front &= !seen(&node, self.tags);
                kept.push(node);
                continue;
            };
            let behind = last.is_none_or(|last| at > last);
            match self.tags[number].kind {
                Kind::Open(_) if movable && front => lifted.before.push(number),
                Kind::Open(_) if movable && behind && element.name != "w:tr" => lifted.after.push(number),
                Kind::Close(_) if movable && behind => lifted.after.push(number),
                Kind::Close(_) if movable && front && element.name != "w:tr" => lifted.before.push(number),
                _ => stuck.push(number),
            }
        }
        element.children = kept;
        self.refuse(stuck.into_iter());
        lifted
    }

    /// Tells which blocks stand so that they cannot be told apart into whole elements; each once, at its opening tag.
    fn refuse(&mut self, stuck: impl Iterator<Item = usize>) {
        let mut groups: Vec<usize> = stuck.filter_map(|number| self.groups.get(&number).copied()).collect();
        groups.dedup();
        for group in groups {
            let opened = &self.tags[group];
            let closing = self
                .groups
                .iter()
                .find(|(number, own)| **own == group && matches!(self.tags[**number].kind, Kind::Close(_)));
            let Some(closing) = closing.map(|(number, _)| &self.tags[*number]) else { continue };
            let message = format!(
                "Khối {} mở ở đoạn {} nhưng {} ở đoạn {} lại nằm ở chỗ khác cấp (giữa câu, trong ô hoặc bảng khác)",
                opened.written, opened.paragraph, closing.written, closing.paragraph
            );
            self.faults.at(&codes::MISPLACED, &Spot::of(opened), message);
        }
    }
}

/// Elements whose edge a block tag may cross on its way up.
fn may_cross(name: &str) -> bool {
    matches!(
        name,
        "w:p"
            | "w:tc"
            | "w:tr"
            | "w:hyperlink"
            | "w:smartTag"
            | "w:sdt"
            | "w:sdtContent"
            | "w:customXml"
            | "w:fldSimple"
    )
}
