//! A drawing as a picture of print quality: 300 dots to the inch, eight tints of the one ink.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use png::{BitDepth, ColorType, Compression, Encoder, Filter, PixelDimensions, Unit};
use rustybuzz::ttf_parser::{GlyphId, OutlineBuilder};

use super::drawing::{Drawing, Shape, Text, color};

/// Dots to a point.
const SCALE: f64 = 300.0 / 72.0;
/// Dots to a metre at 300 to the inch.
const DOTS_TO_METRE: u32 = 11_811;
/// Tints of the picture from paper to ink: at so many dots no eye tells more apart, and the file stays small.
const TINTS: u32 = 8;
/// Longest side in dots: beyond Word's largest page, and no more memory than a picture deserves.
const LONGEST_SIDE: f64 = 10_000.0;

/// Draws a picture. Same drawing, same bytes.
///
/// # Errors
/// A drawing without size or too large, or what the encoder says.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, String> {
    let side = |length: f64| (length * SCALE).ceil();
    let (width, height) = (side(drawing.width), side(drawing.height));
    if !(1.0..=LONGEST_SIDE).contains(&width) || !(1.0..=LONGEST_SIDE).contains(&height) {
        return Err(format!("a drawing of {width} × {height} dots"));
    }
    let mut canvas = Canvas::new(width as usize, height as usize);
    for shape in &drawing.shapes {
        canvas.shape(shape);
    }
    canvas.encode().map_err(|error| error.to_string())
}

/// How much ink lies on each dot, 0 to 255.
struct Canvas {
    width: usize,
    height: usize,
    ink: Vec<u8>,
}

/// A closed outline of straight and curved pieces, in dots.
#[derive(Default)]
struct Outline {
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

impl Canvas {
    fn new(width: usize, height: usize) -> Canvas {
        Canvas { width, height, ink: vec![0; width * height] }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rectangle { x, y, width, height, tint } => {
                let (right, bottom) = (x + width, y + height);
                self.fill(&polygon(&[(*x, *y), (right, *y), (right, bottom), (*x, bottom)]), *tint);
            }
            Shape::Strokes(strokes) => {
                for [from, to] in &strokes.lines {
                    self.fill(&stroke(*from, *to, strokes.width), strokes.tint);
                }
            }
            Shape::Text(text) => self.text(text),
        }
    }

    fn text(&mut self, text: &Text) {
        let font = text.face().font();
        let scale = text.size / font.units_per_em;
        let mut x = text.x;
        for glyph in text.text.chars().filter_map(|one| font.glyph(one)) {
            let mut pen = GlyphPen { outline: Outline::new(), x, baseline: text.baseline, scale };
            font.shaping.outline_glyph(GlyphId(glyph), &mut pen);
            self.fill(&pen.outline, 100);
            x += f64::from(font.advance(glyph)) * scale;
        }
    }

    /// Lays ink of a tint over what is there, as far as the outline covers each dot.
    fn fill(&mut self, outline: &Outline, tint: u8) {
        if outline.pieces.is_empty() {
            return;
        }
        // a margin, since the rasterizer takes nothing that reaches over its edges
        let (left, top) = (outline.left.floor() - 1.0, outline.top.floor() - 1.0);
        let side = |from: f32, to: f32| ((to - from).ceil() as usize + 2).min(LONGEST_SIDE as usize + 4);
        let (width, height) = (side(left, outline.right), side(top, outline.bottom));
        let mut rasterizer = Rasterizer::new(width, height);
        let moved = |at: Point| point(at.x - left, at.y - top);
        for piece in &outline.pieces {
            match piece {
                Piece::Line(from, to) => rasterizer.draw_line(moved(*from), moved(*to)),
                Piece::Curve(from, by, to) => rasterizer.draw_quad(moved(*from), moved(*by), moved(*to)),
            }
        }
        let ink = f32::from(tint) * 2.55;
        let (left, top) = (left as isize, top as isize);
        rasterizer.for_each_pixel_2d(|x, y, coverage| {
            let coverage = coverage.clamp(0.0, 1.0);
            let place = (left.checked_add_unsigned(x as usize), top.checked_add_unsigned(y as usize));
            let (Some(x), Some(y)) = place else { return };
            let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
            if coverage <= 0.0 || x >= self.width {
                return;
            }
            if let Some(dot) = self.ink.get_mut(y * self.width + x) {
                *dot = (f32::from(*dot) * (1.0 - coverage) + ink * coverage).round() as u8;
            }
        });
    }

    fn encode(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        encoder.set_palette((0..TINTS).flat_map(|tint| color((tint * 100 / (TINTS - 1)) as u8)).collect::<Vec<u8>>());
        encoder.set_compression(Compression::High);
        encoder.set_filter(Filter::NoFilter);
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: DOTS_TO_METRE, yppu: DOTS_TO_METRE, unit: Unit::Meter }));
        let level = |ink: u8| ((u32::from(ink) * (TINTS - 1) + 127) / 255) as u8;
        let pair = |dots: &[u8]| level(dots[0]) << 4 | dots.get(1).map_or(0, |ink| level(*ink));
        let rows: Vec<u8> = self.ink.chunks(self.width).flat_map(|row| row.chunks(2).map(pair)).collect();
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&rows)?;
        writer.finish()?;
        Ok(bytes)
    }
}

impl Outline {
    fn new() -> Outline {
        Outline {
            left: f32::INFINITY,
            top: f32::INFINITY,
            right: f32::NEG_INFINITY,
            bottom: f32::NEG_INFINITY,
            ..Outline::default()
        }
    }

    fn reach(&mut self, at: Point) {
        (self.left, self.right) = (self.left.min(at.x), self.right.max(at.x));
        (self.top, self.bottom) = (self.top.min(at.y), self.bottom.max(at.y));
    }

    fn begin(&mut self, at: Point) {
        self.reach(at);
        (self.start, self.pen) = (at, at);
    }

    fn line(&mut self, to: Point) {
        self.reach(to);
        self.pieces.push(Piece::Line(self.pen, to));
        self.pen = to;
    }

    fn curve(&mut self, by: Point, to: Point) {
        self.reach(by);
        self.reach(to);
        self.pieces.push(Piece::Curve(self.pen, by, to));
        self.pen = to;
    }

    fn close(&mut self) {
        self.line(self.start);
    }
}

/// Points on the page as dots.
fn dots((x, y): (f64, f64)) -> Point {
    point((x * SCALE) as f32, (y * SCALE) as f32)
}

fn polygon(corners: &[(f64, f64)]) -> Outline {
    let mut outline = Outline::new();
    for (number, corner) in corners.iter().enumerate() {
        match number {
            0 => outline.begin(dots(*corner)),
            _ => outline.line(dots(*corner)),
        }
    }
    outline.close();
    outline
}

/// A straight line as the rectangle it covers.
fn stroke(from: (f64, f64), to: (f64, f64), width: f64) -> Outline {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    if length == 0.0 {
        return Outline::new();
    }
    let (across, up) = (-dy / length * width / 2.0, dx / length * width / 2.0);
    polygon(&[
        (from.0 + across, from.1 + up),
        (to.0 + across, to.1 + up),
        (to.0 - across, to.1 - up),
        (from.0 - across, from.1 - up),
    ])
}

/// Takes the outline of a glyph at its place.
struct GlyphPen {
    outline: Outline,
    x: f64,
    baseline: f64,
    scale: f64,
}

impl GlyphPen {
    fn at(&self, x: f32, y: f32) -> Point {
        dots((self.x + f64::from(x) * self.scale, self.baseline - f64::from(y) * self.scale))
    }
}

impl OutlineBuilder for GlyphPen {
    fn move_to(&mut self, x: f32, y: f32) {
        let at = self.at(x, y);
        self.outline.begin(at);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let at = self.at(x, y);
        self.outline.line(at);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (by, to) = (self.at(x1, y1), self.at(x, y));
        self.outline.curve(by, to);
    }

    fn curve_to(&mut self, _: f32, _: f32, x2: f32, y2: f32, x: f32, y: f32) {
        // TrueType fonts, as ours are, have no curves of the third order; the nearest of the second stands in
        let (by, to) = (self.at(x2, y2), self.at(x, y));
        self.outline.curve(by, to);
    }

    fn close(&mut self) {
        self.outline.close();
    }
}
