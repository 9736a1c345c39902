//! A part that is only read: its text, and in three lists where its elements, attributes and texts stand in it.
//!
//! Made in a few allocations however large the part is, and dropped in as many. Properties that a part repeats letter for
//! letter, as thousands of cells do, are read once and stand once in the lists. Who changes a part takes [`Element`].

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use memchr::memmem;

use super::plain::{self, Attribute, Builder, Repeated};
use super::properties::{self, PropertiesFinder};
use super::read::{MOST_DEPTH, decode, with_care};
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
    content: Content,
    /// Its attributes begin there; those of the next node end them.
    attributes: u32,
    /// The first node behind it and all in it.
    end: u32,
}

#[derive(Clone, Copy, Debug)]
enum Content {
    /// An element, by its name.
    Element(Piece),
    Text(Piece),
    /// The same element as the node of this place, which stands before it.
    Same(u32),
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
        if plain::read(&text, &mut Reading::of(&text, &mut tree)).is_none() {
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
        self.push(Content::Element(name));
        for (name, value) in &element.attributes {
            let attribute = [self.mend(name), self.mend(value)];
            self.attributes.push(attribute);
        }
        for child in &element.children {
            match child {
                Node::Element(child) => self.add(child),
                Node::Text(text) => {
                    let text = self.mend(text);
                    self.push(Content::Text(text));
                }
                Node::Verbatim(_) => {}
            }
        }
        self.close(node);
    }

    /// Adds a node, which ends where the next begins as long as nothing comes into it.
    fn push(&mut self, content: Content) {
        let end = self.nodes.len() as u32 + 1;
        self.nodes.push(TreeNode { content, attributes: self.attributes.len() as u32, end });
    }

    fn close(&mut self, node: usize) {
        self.nodes[node].end = self.nodes.len() as u32;
    }

    fn mend(&mut self, text: &str) -> Piece {
        let start = self.mended.len() as u32;
        self.mended.push_str(text);
        Piece { start, length: text.len() as u32, is_mended: true }
    }

    fn text_of(&self, node: &TreeNode) -> Option<&str> {
        match node.content {
            Content::Text(text) => Some(self.piece(text)),
            Content::Element(_) | Content::Same(_) => None,
        }
    }

    fn piece(&self, piece: Piece) -> &str {
        let text = if piece.is_mended { &self.mended } else { &self.text };
        &text[piece.start as usize..(piece.start + piece.length) as usize]
    }
}

/// Properties of more elements are read each time; they are nested no deeper than this.
const MOST_PROPERTIES: usize = 24;

/// Builds a tree of a text that becomes the tree's own.
struct Reading<'a> {
    text: &'a str,
    tree: &'a mut Tree,
    open: Vec<Opened>,
    /// Elements so far.
    elements: usize,
    /// Properties that were read, by how they stand in the text: their node and how many elements they are.
    known: HashMap<&'a str, (u32, usize)>,
    finder: PropertiesFinder,
}

/// An element that has not closed.
struct Opened {
    node: usize,
    /// Where it begins in the text.
    start: usize,
    /// Elements before it.
    elements: usize,
}

impl<'a> Reading<'a> {
    fn of(text: &'a str, tree: &'a mut Tree) -> Reading<'a> {
        let finder = PropertiesFinder::default();
        Reading { text, tree, open: Vec::new(), elements: 0, known: HashMap::new(), finder }
    }
}

impl Builder for Reading<'_> {
    fn repeated(&mut self, tag: usize) -> Option<Repeated> {
        let length = self.finder.length(&self.text[tag..])?;
        let (node, elements) = *self.known.get(&self.text[tag..tag + length])?;
        if self.open.len() + MOST_PROPERTIES > MOST_DEPTH {
            return None;
        }
        self.tree.push(Content::Same(node));
        self.elements += elements;
        Some(Repeated { end: tag + length, elements })
    }

    fn start(&mut self, _: &str, name: Range<usize>, attributes: &[Attribute], is_empty: bool) {
        if !is_empty {
            let start = name.start - "<".len();
            self.open.push(Opened { node: self.tree.nodes.len(), start, elements: self.elements });
        }
        self.elements += 1;
        self.tree.push(Content::Element(Piece::at(name)));
        let attributes = attributes.iter().map(|(name, value)| [name, value].map(|place| Piece::at(place.clone())));
        self.tree.attributes.extend(attributes);
    }

    fn text(&mut self, _: &str, place: Range<usize>, resolved: Option<String>) {
        let piece = resolved.map_or_else(|| Piece::at(place), |text| self.tree.mend(&text));
        self.tree.push(Content::Text(piece));
    }

    fn end(&mut self, end: usize) {
        let Some(Opened { node, start, elements }) = self.open.pop() else { return };
        self.tree.close(node);
        let elements = self.elements - elements;
        if elements <= MOST_PROPERTIES && properties::begin(&self.text[start..]) {
            self.known.insert(&self.text[start..end], (node as u32, elements));
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
        match self.tree.nodes[self.node].content {
            Content::Element(name) => self.tree.piece(name),
            Content::Text(_) | Content::Same(_) => "",
        }
    }

    /// Of two elements of one tree: those of one key are the same, though they may stand in several places.
    pub fn key(self) -> usize {
        self.node
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
            let (place, node) = (at < end).then(|| (at, &self.tree.nodes[at]))?;
            at = node.end as usize;
            Some(match node.content {
                Content::Same(first) => (first as usize, &self.tree.nodes[first as usize]),
                Content::Element(_) | Content::Text(_) => (place, node),
            })
        })
    }

    pub fn elements(self) -> impl Iterator<Item = ElementRef<'t>> {
        let elements = self.nodes().filter(|(_, node)| matches!(node.content, Content::Element(_)));
        elements.map(move |(node, _)| ElementRef { tree: self.tree, node })
    }

    /// The texts right in it.
    pub fn texts(self) -> impl Iterator<Item = &'t str> {
        self.nodes().filter_map(move |(_, node)| self.tree.text_of(node))
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
        let elements = self.below().filter(|(_, node)| matches!(node.content, Content::Element(_)));
        elements.map(move |(node, _)| ElementRef { tree: self.tree, node })
    }

    /// Whether these letters stand anywhere in the part, in a name or in a text.
    pub fn part_mentions(self, letters: &str) -> bool {
        let tree = self.tree;
        [&tree.text, &tree.mended].iter().any(|text| memmem::find(text.as_bytes(), letters.as_bytes()).is_some())
    }

    /// All text below, put together.
    pub fn all_text(self) -> String {
        self.below().filter_map(|(_, node)| self.tree.text_of(node)).collect()
    }

    /// The same, to be changed.
    pub fn to_element(self) -> Element {
        let attributes = self.attributes().map(|(name, value)| (name.into(), value.into())).collect();
        let child = |(node, own): (usize, &TreeNode)| match self.tree.text_of(own) {
            Some(text) => Node::Text(text.to_string()),
            None => ElementRef { tree: self.tree, node }.to_element().into(),
        };
        Element { name: self.name().into(), attributes, children: self.nodes().map(child).collect() }
    }

    /// The nodes below in order, itself first.
    fn below(self) -> impl Iterator<Item = (usize, &'t TreeNode)> {
        let nodes = &self.tree.nodes;
        // what is still to come, the next last
        let mut ranges = Vec::new();
        ranges.push(self.node..nodes[self.node].end as usize);
        std::iter::from_fn(move || {
            loop {
                let place = match ranges.last_mut()?.next() {
                    Some(place) => place,
                    None => {
                        ranges.pop();
                        continue;
                    }
                };
                match nodes[place].content {
                    Content::Same(first) => ranges.push(first as usize..nodes[first as usize].end as usize),
                    Content::Element(_) | Content::Text(_) => return Some((place, &nodes[place])),
                }
            }
        })
    }
}
