//! Laid-out pages: items at their places, each with the node of the logical tree it belongs to.
//!
//! Points, from the upper left corner, y downwards. Nothing here knows a file format.

use std::rc::Rc;
use std::sync::Arc;

use super::shape::Glyph;
use super::symbol::Shape;
use super::tree::{NodeId, Tree};
use crate::font::Face;

/// The whole layout.
#[derive(Debug)]
pub struct Sheets {
    pub(super) sheets: Vec<Sheet>,
    pub(super) tree: Tree,
    pub(super) outline: Vec<Heading>,
}

/// One page.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub width: f64,
    pub height: f64,
    pub items: Vec<Placed>,
}

/// A heading's place, for the bookmarks.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    pub title: String,
    /// From 1.
    pub level: u8,
    pub sheet: usize,
    pub y: f64,
}

/// An item and what it is.
#[derive(Clone, Debug)]
pub struct Placed {
    pub item: Item,
    pub owner: Owner,
}

/// Whom an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    Node(NodeId),
    Artifact(Artifact),
}

/// Things that a screen reader skips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Rules, borders, shading, repeated heading rows.
    Layout,
    Header,
    Footer,
    Watermark,
}

#[derive(Clone, Debug)]
pub enum Item {
    Text(Text),
    Symbol(Symbol),
    Rule(Rule),
    Fill { x: f64, y: f64, width: f64, height: f64, color: Color },
    Picture { x: f64, y: f64, width: f64, height: f64, data: Arc<[u8]> },
    Field { x: f64, y: f64, width: f64, height: f64, name: String, tooltip: String },
}

/// Red, green, blue.
pub type Color = [u8; 3];
pub const BLACK: Color = [0, 0, 0];

/// Glyphs of one look on one baseline.
#[derive(Clone, Debug)]
pub struct Text {
    pub x: f64,
    pub baseline: f64,
    pub face: Face,
    /// Points.
    pub size: f64,
    pub color: Color,
    /// Advances in em, with letter spacing and justification put in.
    pub glyphs: Rc<[Glyph]>,
    /// The text behind, where it is not that of the glyphs.
    pub actual: Option<String>,
    /// Counter-clockwise turn about its start, in degrees.
    pub turn: f64,
}

/// A drawn character.
#[derive(Clone, Debug)]
pub struct Symbol {
    pub x: f64,
    pub baseline: f64,
    pub size: f64,
    pub color: Color,
    pub shape: Shape,
    pub character: char,
}

/// A straight line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub from: (f64, f64),
    pub to: (f64, f64),
    pub width: f64,
    pub color: Color,
    pub dash: Dash,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dash {
    #[default]
    Solid,
    Dotted,
    Dashed,
}

impl Placed {
    pub fn artifact(item: Item) -> Placed {
        Placed { item, owner: Owner::Artifact(Artifact::Layout) }
    }

    pub fn shift(&mut self, dx: f64, dy: f64) {
        match &mut self.item {
            Item::Text(text) => (text.x, text.baseline) = (text.x + dx, text.baseline + dy),
            Item::Symbol(symbol) => (symbol.x, symbol.baseline) = (symbol.x + dx, symbol.baseline + dy),
            Item::Rule(rule) => {
                rule.from = (rule.from.0 + dx, rule.from.1 + dy);
                rule.to = (rule.to.0 + dx, rule.to.1 + dy);
            }
            Item::Fill { x, y, .. } | Item::Picture { x, y, .. } | Item::Field { x, y, .. } => {
                (*x, *y) = (*x + dx, *y + dy);
            }
        }
    }
}

/// Reads `RRGGBB`; anything else, such as `auto`, is none.
pub fn color(text: &str) -> Option<Color> {
    let digits = text.trim_start_matches('#');
    if digits.len() != 6 || digits.starts_with('+') {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}
