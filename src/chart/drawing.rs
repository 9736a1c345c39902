//! The drawing model: shapes of one ink at their places.
//!
//! Points from the upper left corner, y downwards, in hundredths, so that a drawing read back from SVG is the same.

use crate::font::Face;

/// The ink that all tints are of: a blue that is nearly black.
const INK: [u8; 3] = [22, 40, 74];

/// A drawn chart, or a part of one that goes over several pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Points.
    pub width: f64,
    /// Points.
    pub height: f64,
    /// From the bottom to the top; the first covers the whole drawing.
    pub shapes: Vec<Shape>,
    /// The same in words, for readers who cannot see it.
    pub description: String,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A filled rectangle. `tint` is in per cent of the ink; 0 is white.
    Rectangle {
        x: f64,
        y: f64,
        width: f64,
        height: f64,
        tint: u8,
    },
    Strokes(Strokes),
    Text(Text),
}

/// Straight lines of one look.
#[derive(Clone, Debug, PartialEq)]
pub struct Strokes {
    /// Points.
    pub width: f64,
    /// Per cent of the ink.
    pub tint: u8,
    /// From and to.
    pub lines: Vec<[(f64, f64); 2]>,
}

/// A line of text in full ink.
#[derive(Clone, Debug, PartialEq)]
pub struct Text {
    /// Left end.
    pub x: f64,
    pub baseline: f64,
    /// Points.
    pub size: f64,
    pub bold: bool,
    pub text: String,
}

impl Text {
    pub fn face(&self) -> Face {
        Face::of(self.bold, false)
    }
}

/// The colour of a tint: red, green, blue.
pub fn color(tint: u8) -> [u8; 3] {
    let ink = u32::from(tint.min(100));
    INK.map(|part| ((255 * (100 - ink) + u32::from(part) * ink + 50) / 100) as u8)
}

/// A length in hundredths of a point.
pub(super) fn rounded(points: f64) -> f64 {
    (points * 100.0).round() / 100.0
}

impl Drawing {
    pub(super) fn rectangle(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), tint: u8) {
        // rounded edges, so that neighbours touch
        let (left, top) = (rounded(x), rounded(y));
        let (width, height) = (rounded(rounded(x + width) - left), rounded(rounded(y + height) - top));
        self.shapes.push(Shape::Rectangle { x: left, y: top, width, height, tint });
    }

    pub(super) fn strokes(&mut self, width: f64, tint: u8, lines: Vec<[(f64, f64); 2]>) {
        if !lines.is_empty() {
            let lines = lines.into_iter().map(|line| line.map(|(x, y)| (rounded(x), rounded(y)))).collect();
            self.shapes.push(Shape::Strokes(Strokes { width: rounded(width), tint, lines }));
        }
    }

    pub(super) fn text(&mut self, (x, baseline): (f64, f64), size: f64, bold: bool, text: &str) {
        if !text.is_empty() {
            let text =
                Text { x: rounded(x), baseline: rounded(baseline), size: rounded(size), bold, text: text.into() };
            self.shapes.push(Shape::Text(text));
        }
    }
}
