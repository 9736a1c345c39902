//! The logical structure: what each piece of a page is to a reader who cannot see it.
//!
//! A tree of plain nodes in reading order; how it is written is the business of `write`.

/// Number of a node in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NodeId(pub usize);

/// A structure type of PDF 1.7.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Document,
    /// A cell of a table that only sets things side by side.
    Division,
    Heading(u8),
    Paragraph,
    Caption,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    Row,
    /// A heading cell; its scope is its column.
    HeadingCell,
    Cell,
    Figure,
    Form,
    Reference,
    /// A table of contents, and one of its entries.
    Contents,
    ContentsItem,
    Note,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub kind: Kind,
    pub parent: Option<NodeId>,
    pub children: Vec<NodeId>,
    /// Text for a figure, or what a table is about.
    pub alternative: Option<String>,
    /// Columns and rows that a cell covers, where more than one.
    pub columns: usize,
    pub rows: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    pub nodes: Vec<Node>,
}

impl Tree {
    pub const ROOT: NodeId = NodeId(0);

    pub fn new() -> Tree {
        Tree { nodes: vec![Node::new(Kind::Document, None)] }
    }

    pub fn add(&mut self, parent: NodeId, kind: Kind) -> NodeId {
        let id = NodeId(self.nodes.len());
        self.nodes.push(Node::new(kind, Some(parent)));
        self.nodes[parent.0].children.push(id);
        id
    }

    pub fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.nodes[id.0]
    }
}

impl Node {
    fn new(kind: Kind, parent: Option<NodeId>) -> Node {
        Node { kind, parent, children: Vec::new(), alternative: None, columns: 1, rows: 1 }
    }
}
