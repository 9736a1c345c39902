//! A part that is only read: its text, and in three lists where its elements, attributes and texts stand in it.
//!
//! Made in a few allocations however large the part is, and dropped in as many. Who changes a part takes [`Element`].

use std::ops::Range;

use super::plain::{self, Attribute, Builder};
use super::read::{decode, with_care};
use super::{Element, Node, XmlError};

/// A part that is only read.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    text: String,
    /// Names, values and texts that stand otherwise in the part than they are to be read.
    mended: String,
    /// In the order of the part: an element, then all in it.
    nodes: Vec<TreeNode>,
    attributes: Vec<[Piece; 2]>,
}

#[derive(Clone, Debug)]
struct TreeNode {
    /// Its name, or the text that it is.
    piece: Piece,
    /// Its attributes begin there; those of the next node end them.
    attributes: u32,
    /// The first node behind it and all in it.
    end: u32,
    is_text: bool,
}

/// A piece of the part's text, or of what was mended.
#[derive(Clone, Copy, Debug)]
struct Piece {
    start: u32,
    length: u32,
    is_mended: bool,
}

/// An element of a [`Tree`].
#[derive(Clone, Copy, Debug)]
pub struct ElementRef<'t> {
    tree: &'t Tree,
    node: usize,
}

impl Tree {
    /// Reads the bytes of a part (UTF-8, or UTF-16 with its mark).
    ///
    /// # Errors
    /// Those of [`super::parse`].
    pub fn read(bytes: &[u8]) -> Result<Tree, XmlError> {
        let text = decode(bytes)?;
        let mut tree = Tree::default();
        if plain::read(&text, &mut Reading { tree: &mut tree, open: Vec::new() }).is_none() {
            return Ok(Tree::of(&with_care(&text)?.root));
        }
        tree.text = text.into_owned();
        Ok(tree)
    }

    /// The same elements, to be read only.
    pub fn of(root: &Element) -> Tree {
        let mut tree = Tree::default();
        tree.add(root);
        tree
    }

    pub fn root(&self) -> ElementRef<'_> {
        ElementRef { tree: self, node: 0 }
    }

    fn add(&mut self, element: &Element) {
        let node = self.nodes.len();
        let name = self.mend(&element.name);
        self.push(name, false);
        for (name, value) in &element.attributes {
            let attribute = [self.mend(name), self.mend(value)];
            self.attributes.push(attribute);
        }
        for child in &element.children {
            match child {
                Node::Element(child) => self.add(child),
                Node::Text(text) => {
                    let text = self.mend(text);
                    self.push(text, true);
                }
                Node::Verbatim(_) => {}
            }
        }
        self.close(node);
    }

    /// Adds a node, which ends where the next begins as long as nothing comes into it.
    fn push(&mut self, piece: Piece, is_text: bool) {
        let end = self.nodes.len() as u32 + 1;
        self.nodes.push(TreeNode { piece, attributes: self.attributes.len() as u32, end, is_text });
    }

    fn close(&mut self, node: usize) {
        self.nodes[node].end = self.nodes.len() as u32;
    }

    fn mend(&mut self, text: &str) -> Piece {
        let start = self.mended.len() as u32;
        self.mended.push_str(text);
        Piece { start, length: text.len() as u32, is_mended: true }
    }

    fn piece(&self, piece: Piece) -> &str {
        let text = if piece.is_mended { &self.mended } else { &self.text };
        &text[piece.start as usize..(piece.start + piece.length) as usize]
    }
}

/// Builds a tree of a text that becomes the tree's own.
struct Reading<'a> {
    tree: &'a mut Tree,
    open: Vec<usize>,
}

impl Builder for Reading<'_> {
    fn start(&mut self, _: &str, name: Range<usize>, attributes: &[Attribute], is_empty: bool) {
        if !is_empty {
            self.open.push(self.tree.nodes.len());
        }
        self.tree.push(Piece::at(name), false);
        let attributes = attributes.iter().map(|(name, value)| [name, value].map(|place| Piece::at(place.clone())));
        self.tree.attributes.extend(attributes);
    }

    fn text(&mut self, _: &str, place: Range<usize>, resolved: Option<String>) {
        let piece = resolved.map_or_else(|| Piece::at(place), |text| self.tree.mend(&text));
        self.tree.push(piece, true);
    }

    fn end(&mut self) {
        if let Some(node) = self.open.pop() {
            self.tree.close(node);
        }
    }
}

impl Piece {
    fn at(place: Range<usize>) -> Piece {
        Piece { start: place.start as u32, length: place.len() as u32, is_mended: false }
    }
}

impl<'t> ElementRef<'t> {
    /// As written, with its prefix: `w:p`.
    pub fn name(self) -> &'t str {
        self.tree.piece(self.tree.nodes[self.node].piece)
    }

    pub fn attributes(self) -> impl Iterator<Item = (&'t str, &'t str)> {
        let first = self.tree.nodes[self.node].attributes as usize;
        let end =
            self.tree.nodes.get(self.node + 1).map_or(self.tree.attributes.len(), |next| next.attributes as usize);
        self.tree.attributes[first..end].iter().map(|[name, value]| (self.tree.piece(*name), self.tree.piece(*value)))
    }

    pub fn attribute(self, name: &str) -> Option<&'t str> {
        self.attributes().find(|(own, _)| *own == name).map(|(_, value)| value)
    }

    /// The nodes right in it.
    fn nodes(self) -> impl Iterator<Item = (usize, &'t TreeNode)> {
        let end = self.tree.nodes[self.node].end as usize;
        let mut at = self.node + 1;
        std::iter::from_fn(move || {
            let node = (at < end).then(|| (at, &self.tree.nodes[at]))?;
            at = node.1.end as usize;
            Some(node)
        })
    }

    pub fn elements(self) -> impl Iterator<Item = ElementRef<'t>> {
        self.nodes().filter(|(_, node)| !node.is_text).map(move |(node, _)| ElementRef { tree: self.tree, node })
    }

    /// The texts right in it.
    pub fn texts(self) -> impl Iterator<Item = &'t str> {
        self.nodes().filter(|(_, node)| node.is_text).map(move |(_, node)| self.tree.piece(node.piece))
    }

    /// The first child of this name.
    pub fn find(self, name: &str) -> Option<ElementRef<'t>> {
        self.elements().find(|child| child.name() == name)
    }

    /// The element at the end of a path of children, such as `["w:pPr", "w:numPr"]`.
    pub fn path(self, names: &[&str]) -> Option<ElementRef<'t>> {
        names.iter().try_fold(self, |element, name| element.find(name))
    }

    /// The value of `w:val` of the child of this name: how WordprocessingML gives most properties.
    pub fn value_of(self, child: &str) -> Option<&'t str> {
        self.find(child)?.attribute("w:val")
    }

    /// Everything below in order, itself first.
    pub fn descendants(self) -> impl Iterator<Item = ElementRef<'t>> {
        self.below().filter(|(_, node)| !node.is_text).map(move |(node, _)| ElementRef { tree: self.tree, node })
    }

    /// All text below, put together.
    pub fn all_text(self) -> String {
        self.below().filter(|(_, node)| node.is_text).map(|(_, node)| self.tree.piece(node.piece)).collect()
    }

    /// The same, to be changed.
    pub fn to_element(self) -> Element {
        let attributes = self.attributes().map(|(name, value)| (name.into(), value.into())).collect();
        let child = |(node, own): (usize, &TreeNode)| match own.is_text {
            true => Node::Text(self.tree.piece(own.piece).to_string()),
            false => ElementRef { tree: self.tree, node }.to_element().into(),
        };
        Element { name: self.name().into(), attributes, children: self.nodes().map(child).collect() }
    }

    fn below(self) -> impl Iterator<Item = (usize, &'t TreeNode)> {
        let nodes = self.tree.nodes.iter().enumerate();
        nodes.take(self.tree.nodes[self.node].end as usize).skip(self.node)
    }
}
