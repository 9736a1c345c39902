//! A light XML tree for the parts of a package: elements, attributes and text, as written, in order.
//!
//! It keeps everything it does not understand, prefixes included, and knows nothing of WordprocessingML: names such as
//! `w:p` are plain text to it. Shared by filling, composing and reading: [`Element`] can be changed, [`Tree`] is only read.
//! Uses nothing of ours.

mod plain;
mod prefix;
mod properties;
mod read;
mod tree;
mod write;

use smol_str::SmolStr;

pub use properties::PropertiesFinder;
pub use read::{XmlError, parse, parse_text};
pub use tree::{ElementRef, Tree};
pub use write::{DECLARATION, escape_attribute, escape_text};

/// A whole part: the root and what stood around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Xml {
    pub root: Element,
}

/// An element with its attributes in order; values and texts are decoded (`&`, not `&amp;`).
///
/// Nearly all names and values are short enough to lie in the element itself: a tree takes few allocations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// As written, with its prefix: `w:p`.
    pub name: SmolStr,
    pub attributes: Vec<(SmolStr, SmolStr)>,
    pub children: Vec<Node>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    Element(Element),
    Text(String),
    /// A comment or a processing instruction, written back as it stood.
    Verbatim(String),
}

impl Node {
    pub fn element(&self) -> Option<&Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    pub fn element_mut(&mut self) -> Option<&mut Element> {
        match self {
            Node::Element(element) => Some(element),
            _ => None,
        }
    }

    /// Whether it is an element of this name.
    pub fn is(&self, name: &str) -> bool {
        self.element().is_some_and(|element| element.name == name)
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Node {
        Node::Element(element)
    }
}

impl Element {
    pub fn new(name: impl Into<SmolStr>) -> Element {
        Element { name: name.into(), ..Element::default() }
    }

    /// The same with one attribute more, for building.
    pub fn with(mut self, name: impl Into<SmolStr>, value: impl Into<SmolStr>) -> Element {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// The same with one child more, for building.
    pub fn child(mut self, child: impl Into<Node>) -> Element {
        self.children.push(child.into());
        self
    }

    /// The same with a text at its end, for building.
    pub fn text(mut self, text: impl Into<String>) -> Element {
        self.children.push(Node::Text(text.into()));
        self
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Sets an attribute in its place, or at the end.
    pub fn set(&mut self, name: &str, value: impl Into<SmolStr>) {
        match self.attributes.iter_mut().find(|(own, _)| own == name) {
            Some((_, old)) => *old = value.into(),
            None => self.attributes.push((name.into(), value.into())),
        }
    }

    pub fn elements(&self) -> impl DoubleEndedIterator<Item = &Element> {
        self.children.iter().filter_map(Node::element)
    }

    pub fn elements_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(Node::element_mut)
    }

    /// The first child of this name.
    pub fn find(&self, name: &str) -> Option<&Element> {
        self.elements().find(|child| child.name == name)
    }

    pub fn find_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|child| child.name == name)
    }

    /// The element at the end of a path of children, such as `["w:pPr", "w:numPr"]`.
    pub fn path(&self, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |element, name| element.find(name))
    }

    /// The value of `w:val` of the child of this name: how WordprocessingML gives most properties.
    pub fn value_of(&self, child: &str) -> Option<&str> {
        self.find(child)?.attribute("w:val")
    }

    /// Everything below in order, itself first.
    pub fn descendants(&self) -> Descendants<'_> {
        Descendants { waiting: vec![self] }
    }

    /// All text below, put together.
    pub fn all_text(&self) -> String {
        let mut text = String::new();
        for element in self.descendants() {
            for child in &element.children {
                if let Node::Text(own) = child {
                    text.push_str(own);
                }
            }
        }
        text
    }

    /// Gives every element below, itself included, to the caller to change; children after their parent.
    pub fn for_each_mut(&mut self, change: &mut impl FnMut(&mut Element)) {
        change(self);
        for child in self.elements_mut() {
            child.for_each_mut(change);
        }
    }
}

/// Elements in document order; see [`Element::descendants`].
pub struct Descendants<'a> {
    waiting: Vec<&'a Element>,
}

impl<'a> Iterator for Descendants<'a> {
    type Item = &'a Element;

    fn next(&mut self) -> Option<&'a Element> {
        let element = self.waiting.pop()?;
        self.waiting.extend(element.elements().rev());
        Some(element)
    }
}

#[cfg(test)]
mod tests;
