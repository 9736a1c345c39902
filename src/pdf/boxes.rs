//! Laid-out blocks that have not found their page yet: lines, paragraphs, rows, tables.
//!
//! Plain data and its measures; points. Items of a line count from the column's left edge and the line's top.

use std::rc::Rc;

use super::sheet::{BLACK, Color, Dash, Placed, Rule, color};
use crate::word::document::{Border, BorderLine, Borders, VerticalAlignment};

/// Least of a note that stands on the page of its reference: so many points, about two lines.
const LEAST_NOTE: f64 = 26.0;

/// A place that something asks the page number of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Bookmark(String),
    /// The n-th field in the text that shows its own page number.
    PageField(usize),
    /// As above, for the number of pages of its section.
    SectionField(usize),
    /// A reference to a footnote, which its line brings along.
    Note,
}

/// A footnote, laid out.
#[derive(Debug)]
pub struct NoteBox {
    pub blocks: Vec<BlockBox>,
    pub height: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Break {
    Page,
    Column,
}

/// A line of text.
#[derive(Clone, Debug, Default)]
pub struct LineBox {
    pub height: f64,
    /// Part of the height below the text that may hang over the end of a page: what a multiple adds.
    pub extra: f64,
    pub items: Vec<Placed>,
    pub notes: Vec<Rc<NoteBox>>,
    pub anchors: Vec<Anchor>,
    pub break_after: Option<Break>,
}

/// Borders and shading around a paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Edges from the column's left edge.
    pub left: f64,
    pub right: f64,
    pub borders: Edges,
    pub shading: Option<Color>,
}

#[derive(Clone, Debug)]
pub struct ParagraphBox {
    pub lines: Vec<LineBox>,
    pub before: f64,
    pub after: f64,
    pub keep_next: bool,
    pub keep_lines: bool,
    pub page_break_before: bool,
    pub widow_control: bool,
    /// Style, where the paragraph wants no space between its like.
    pub contextual: bool,
    pub style: Rc<str>,
    pub frame: Option<Frame>,
    /// Title and level.
    pub heading: Option<(String, u8)>,
    /// Shares one frame with the paragraph above or below.
    pub joined_above: bool,
    pub joined_below: bool,
    /// The upper part stands on an earlier page.
    pub continued: bool,
}

#[derive(Clone, Debug)]
pub struct TableBox {
    /// Edges of the grid columns, one more than columns, from the column's left edge.
    pub edges: Vec<f64>,
    pub rows: Vec<RowBox>,
    /// Rows that every later page repeats.
    pub headers: Vec<RowBox>,
    /// How many of `rows` are repeated from an earlier page.
    pub repeated: usize,
    /// The upper part stands on an earlier page.
    pub continued: bool,
}

#[derive(Clone, Debug)]
pub struct RowBox {
    pub cells: Vec<CellBox>,
    /// With its upper border, and the lower one where it is the last.
    pub height: f64,
    pub header: bool,
    pub can_split: bool,
    /// Exact height, or the least.
    pub exact: bool,
    pub least: f64,
    pub keep_next: bool,
    /// Thickness of the rule above and, for a last row, below.
    pub rule_above: f64,
    pub rule_below: f64,
}

#[derive(Clone, Debug)]
pub struct CellBox {
    /// First grid column and how many.
    pub column: usize,
    pub span: usize,
    pub merge: Merge,
    pub borders: Edges,
    pub shading: Option<Color>,
    pub alignment: VerticalAlignment,
    /// Top, right, bottom, left.
    pub padding: [f64; 4],
    pub blocks: Vec<BlockBox>,
}

/// Part of a cell in a vertical merge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    None,
    Start,
    Continue,
}

#[derive(Clone, Debug)]
pub enum BlockBox {
    Paragraph(ParagraphBox),
    Table(TableBox),
}

/// A border as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    line: BorderLine,
    /// Of one of its rules; points.
    width: f64,
    /// Distance from the text.
    pub space: f64,
    color: Color,
}

/// The borders of a cell or a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Edges {
    pub top: Option<Edge>,
    pub bottom: Option<Edge>,
    pub left: Option<Edge>,
    pub right: Option<Edge>,
    /// Between paragraphs that share a frame.
    pub between: Option<Edge>,
}

impl Edges {
    pub fn of(borders: &Borders) -> Edges {
        let edge = |border: &Option<Border>| border.as_ref().map(Edge::of);
        Edges {
            top: edge(&borders.top),
            bottom: edge(&borders.bottom),
            left: edge(&borders.left),
            right: edge(&borders.right),
            between: edge(&borders.between),
        }
    }
}

impl Edge {
    fn of(border: &Border) -> Edge {
        Edge {
            line: border.line,
            width: f64::from(border.width.clamp(1, 96)) / 8.0,
            space: f64::from(border.space.clamp(0, 31)),
            color: color(&border.color).unwrap_or(BLACK),
        }
    }

    /// In points, both rules and the gap of a double one.
    pub fn thickness(&self) -> f64 {
        match self.line {
            BorderLine::Double => self.width * 3.0,
            BorderLine::Single | BorderLine::Dotted | BorderLine::Dashed => self.width,
        }
    }

    /// Its strokes along a line: one, or two for a double one.
    pub fn strokes(&self, from: (f64, f64), to: (f64, f64)) -> impl Iterator<Item = Rule> {
        let dash = match self.line {
            BorderLine::Dotted => Dash::Dotted,
            BorderLine::Dashed => Dash::Dashed,
            BorderLine::Single | BorderLine::Double => Dash::Solid,
        };
        let Edge { width, color, .. } = *self;
        let shifts = if self.line == BorderLine::Double { [Some(-width), Some(width)] } else { [Some(0.0), None] };
        let level = (from.1 - to.1).abs() < f64::EPSILON;
        shifts.into_iter().flatten().map(move |shift| {
            let (dx, dy) = if level { (0.0, shift) } else { (shift, 0.0) };
            Rule { from: (from.0 + dx, from.1 + dy), to: (to.0 + dx, to.1 + dy), width, color, dash }
        })
    }

    /// The room that it takes beside a text.
    fn room(&self) -> f64 {
        self.space + self.thickness()
    }
}

impl LineBox {
    pub fn note_height(&self) -> f64 {
        self.notes.iter().map(|note| note.height).sum()
    }

    /// The same where the last note only begins here.
    pub fn least_note_height(&self) -> f64 {
        let last = self.notes.last().map_or(0.0, |note| note.height);
        self.note_height() - last + last.min(LEAST_NOTE)
    }
}

impl RowBox {
    /// Thickness of the rule that closes the row where a page ends below it.
    pub fn closing(&self) -> f64 {
        let below = self.cells.iter().filter_map(|cell| cell.borders.bottom.as_ref());
        below.map(Edge::thickness).fold(self.rule_below, f64::max) - self.rule_below
    }
}

impl ParagraphBox {
    /// Room above the first line for a border.
    pub fn frame_above(&self) -> f64 {
        if self.joined_above || self.continued {
            return 0.0;
        }
        self.frame.as_ref().and_then(|frame| frame.borders.top).map_or(0.0, |edge| edge.room())
    }

    /// Room below the last line for a border.
    pub fn frame_below(&self) -> f64 {
        let Some(frame) = &self.frame else { return 0.0 };
        let border = if self.joined_below { frame.borders.between } else { frame.borders.bottom };
        border.map_or(0.0, |edge| edge.room())
    }

    pub fn lines_height(&self) -> f64 {
        self.lines.iter().map(|line| line.height).sum()
    }

    /// Fewest lines that may open the paragraph at the foot of a page.
    pub fn least_lines(&self) -> usize {
        let all = self.lines.len();
        match (self.keep_lines, self.widow_control) {
            (true, _) => all,
            (false, true) if all <= 3 => all,
            (false, true) => 2,
            (false, false) => 1.min(all),
        }
    }
}
