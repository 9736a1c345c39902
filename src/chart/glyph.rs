//! Letters as dots, drawn once for each size and kept.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};
use std::cell::RefCell;

use crate::font::Face;

/// Dots to a point, 220 to the inch.
pub(super) const SCALE: f64 = 220.0 / 72.0;
/// A dot that is wholly covered; less is an edge.
pub(super) const SOLID: u8 = 3;
/// Faces and sizes kept in a thread: those of all charts, and no more memory than they deserve.
const MOST_KEPT: usize = 8;
/// Largest size of letters in dots.
const LARGEST: f64 = 1_000.0;

/// How far a letter covers the dots around its origin.
#[derive(Default)]
pub(super) struct Glyph {
    /// Dots from the origin to the first column and row; negative is left of it and above.
    pub(super) left: i64,
    pub(super) top: i64,
    /// Bytes of a row: two dots in each, 0 to [`SOLID`], the left one in its upper half.
    stride: usize,
    /// Row by row, for a first column that is even, and one that is odd.
    covered: [Vec<u8>; 2],
}

impl Glyph {
    /// The rows for a first column.
    pub(super) fn rows(&self, first: i64) -> impl Iterator<Item = &[u8]> {
        self.covered[usize::from(first.rem_euclid(2) == 1)].chunks_exact(self.stride.max(1))
    }
}

/// The letters of a face at a size, each drawn when it is first asked for.
pub(super) struct Letters {
    face: Face,
    size: f64,
    /// By glyph.
    drawn: Vec<Option<Box<Glyph>>>,
}

impl Letters {
    pub(super) fn glyph(&mut self, glyph: u16) -> &Glyph {
        let place = usize::from(glyph);
        if place >= self.drawn.len() {
            self.drawn.resize_with(place + 1, || None);
        }
        self.drawn[place].get_or_insert_with(|| Box::new(draw(self.face, glyph, self.size)))
    }
}

/// Gives the letters of a face at a size in points.
pub(super) fn with_letters(face: Face, size: f64, give: impl FnOnce(&mut Letters)) {
    thread_local! {
        static KEPT: RefCell<Vec<Letters>> = RefCell::default();
    }
    KEPT.with_borrow_mut(|kept| {
        let known = kept.iter().position(|own| own.face == face && own.size == size);
        let known = known.unwrap_or_else(|| {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            kept.push(Letters { face, size, drawn: Vec::new() });
            kept.len() - 1
        });
        give(&mut kept[known]);
    });
}

fn draw(face: Face, glyph: u16, size: f64) -> Glyph {
    let font = face.font();
    let scale = (size * SCALE).min(LARGEST) / font.units_per_em;
    let mut outline = Outline { scale: scale as f32, ..Outline::default() };
    font.shaping.outline_glyph(GlyphId(glyph), &mut outline);
    if outline.pieces.is_empty() {
        return Glyph::default();
    }
    // a margin, since the rasterizer takes nothing that reaches over its edges
    let (left, top) = (outline.left.floor() - 1.0, outline.top.floor() - 1.0);
    let side = |from: f32, to: f32| (to - from).ceil() as usize + 2;
    let (width, height) = (side(left, outline.right), side(top, outline.bottom));
    let mut rasterizer = Rasterizer::new(width, height);
    let moved = |at: Point| point(at.x - left, at.y - top);
    for piece in &outline.pieces {
        match piece {
            Piece::Line(from, to) => rasterizer.draw_line(moved(*from), moved(*to)),
            Piece::Curve(from, by, to) => rasterizer.draw_quad(moved(*from), moved(*by), moved(*to)),
        }
    }
    let mut covered = vec![0; width * height];
    rasterizer.for_each_pixel(|at, share| {
        if share > 0.0 {
            covered[at] = if share < 1.0 { (share * f32::from(SOLID)).round() as u8 } else { SOLID };
        }
    });
    let stride = width / 2 + 1;
    let paired = [paired(&covered, width, stride, 0), paired(&covered, width, stride, 1)];
    Glyph { left: left as i64, top: top as i64, stride, covered: paired }
}

/// Two dots in a byte, the first one in its upper half or, where the first column is odd, in its lower.
fn paired(covered: &[u8], width: usize, stride: usize, odd: usize) -> Vec<u8> {
    let mut pairs = vec![0; covered.len() / width * stride];
    for (row, pairs) in covered.chunks_exact(width).zip(pairs.chunks_exact_mut(stride)) {
        for (column, own) in (odd..).zip(row) {
            pairs[column / 2] |= if column % 2 == 0 { own << 4 } else { *own };
        }
    }
    pairs
}

/// A closed outline of straight and curved pieces, in dots from the origin, y downwards.
#[derive(Default)]
struct Outline {
    /// Dots to a unit of the font.
    scale: f32,
    pieces: Vec<Piece>,
    start: Point,
    pen: Point,
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

enum Piece {
    Line(Point, Point),
    Curve(Point, Point, Point),
}

impl Outline {
    fn at(&mut self, x: f32, y: f32) -> Point {
        let at = point(x * self.scale, -y * self.scale);
        (self.left, self.right) = (self.left.min(at.x), self.right.max(at.x));
        (self.top, self.bottom) = (self.top.min(at.y), self.bottom.max(at.y));
        at
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.at(x, y);
        self.pen = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.at(x, y);
        self.pieces.push(Piece::Line(self.pen, to));
        self.pen = to;
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.at(x1, y1), self.at(x, y));
        self.pieces.push(Piece::Curve(self.pen, by, to));
        self.pen = to;
    }

    fn curve_to(&mut self, _: f32, _: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // TrueType fonts, as ours are, have no curves of the third order; the nearest of the second stands in
        self.quad_to(x2, y2, x, y);
    }

    fn close(&mut self) {
        self.pieces.push(Piece::Line(self.pen, self.start));
        self.pen = self.start;
    }
}
