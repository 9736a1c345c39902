//! A drawing as a picture of print quality: 220 dots to the inch, eight tints of the one ink. So many dots Word itself
//! keeps of a picture for printing; the twin in SVG, and the PDF, have the lines themselves.
//!
//! Rectangles, upright and level lines and the origins of letters lie on whole dots: their edges are sharp, and what
//! looks the same is the same dots, which is quick to draw and packs small.

use png::{BitDepth, ColorType, DeflateCompression, Encoder, Filter, PixelDimensions, Unit};

use super::drawing::{Drawing, Shape, Strokes, Text, color};
use super::glyph::{Glyph, SOLID, with_glyph};

/// Dots to a point.
pub(super) const SCALE: f64 = 220.0 / 72.0;
/// Dots to a metre at 220 to the inch.
const DOTS_TO_METRE: u32 = 8_661;
/// Full ink; the tints of the picture are 0 to this. At so many dots no eye tells more apart.
const INK: u8 = 7;
/// Longest side in dots: beyond Word's largest page, and no more memory than a picture deserves.
const LONGEST_SIDE: f64 = 10_000.0;
/// Of deflate's nine: half the time of the next, for a picture a tenth larger.
const LEVEL: u8 = 2;

/// Width and height of the picture of a drawing, in dots.
///
/// # Errors
/// A drawing without size or too large.
pub fn png_size(drawing: &Drawing) -> Result<(usize, usize), String> {
    let side = |length: f64| (length * SCALE).ceil();
    let (width, height) = (side(drawing.width), side(drawing.height));
    if !(1.0..=LONGEST_SIDE).contains(&width) || !(1.0..=LONGEST_SIDE).contains(&height) {
        return Err(format!("a drawing of {width} × {height} dots"));
    }
    Ok((width as usize, height as usize))
}

/// Draws a picture. Same drawing, same bytes.
///
/// # Errors
/// A drawing without size or too large, or what the encoder says.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, String> {
    let (width, height) = png_size(drawing)?;
    let mut canvas = Canvas::new(width, height);
    for shape in &drawing.shapes {
        canvas.shape(shape);
    }
    canvas.encode().map_err(|error| error.to_string())
}

/// How much ink lies on each dot, 0 to [`INK`]; two dots in a byte, the left one in its upper half.
struct Canvas {
    width: usize,
    height: usize,
    /// Bytes of a row.
    stride: usize,
    dots: Vec<u8>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Canvas {
        let stride = width.div_ceil(2);
        Canvas { width, height, stride, dots: vec![0; stride * height] }
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rectangle { x, y, width, height, tint } => {
                self.rectangle(whole(*x, x + width), whole(*y, y + height), ink(*tint));
            }
            Shape::Strokes(strokes) => {
                for [from, to] in &strokes.lines {
                    self.line(*from, *to, strokes);
                }
            }
            Shape::Text(text) => self.text(text),
        }
    }

    /// Fills the dots between two edges across and two down.
    fn rectangle(&mut self, (left, right): (i64, i64), (top, bottom): (i64, i64), ink: u8) {
        let inside = |at: i64, end: usize| at.clamp(0, end as i64) as usize;
        let (left, right) = (inside(left, self.width), inside(right, self.width));
        if left >= right {
            return;
        }
        for y in inside(top, self.height)..inside(bottom, self.height) {
            let row = &mut self.dots[y * self.stride..(y + 1) * self.stride];
            if left % 2 == 1 {
                row[left / 2] = row[left / 2] & 0xf0 | ink;
            }
            if right % 2 == 1 {
                row[right / 2] = row[right / 2] & 0x0f | ink << 4;
            }
            let (first, end) = (left.div_ceil(2), right / 2);
            if first < end {
                row[first..end].fill(ink << 4 | ink);
            }
        }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64), look: &Strokes) {
        let across = |at: f64| {
            let thickness = (look.width * SCALE).round().max(1.0);
            let first = (at * SCALE - thickness / 2.0).round();
            (first as i64, (first + thickness) as i64)
        };
        let along = |one: f64, other: f64| whole(one.min(other), one.max(other));
        if from == to {
        } else if from.1 == to.1 {
            self.rectangle(along(from.0, to.0), across(from.1), ink(look.tint));
        } else if from.0 == to.0 {
            self.rectangle(across(from.0), along(from.1, to.1), ink(look.tint));
        } else {
            self.slanted(from, to, look);
        }
    }

    /// A line that is neither upright nor level, row by row; column by column where it is rather level.
    fn slanted(&mut self, from: (f64, f64), to: (f64, f64), look: &Strokes) {
        let is_flat = (to.0 - from.0).abs() > (to.1 - from.1).abs();
        let turned = |(x, y): (f64, f64)| if is_flat { (y * SCALE, x * SCALE) } else { (x * SCALE, y * SCALE) };
        let (from, to) = (turned(from), turned(to));
        let (from, to) = if from.1 <= to.1 { (from, to) } else { (to, from) };
        let slope = (to.0 - from.0) / (to.1 - from.1);
        // on whole dots, so that lines side by side are the same dots
        let start = (from.0 - slope * from.1).round();
        let reach = look.width * SCALE / 2.0 * (1.0 + slope * slope).sqrt();
        let ink = ink(look.tint);
        for step in whole_dots(from.1, to.1) {
            let middle = start + slope * (step as f64 + 0.5);
            let (first, end) = (middle - reach, middle + reach);
            for dot in first.floor() as i64..end.ceil() as i64 {
                let covered = end.min(dot as f64 + 1.0) - first.max(dot as f64);
                let covered = (covered * f64::from(SOLID)).round() as u8;
                let (x, y) = if is_flat { (step, dot) } else { (dot, step) };
                self.cover(x, y, covered, ink);
            }
        }
    }

    fn text(&mut self, text: &Text) {
        let font = text.face().font();
        let scale = text.size / font.units_per_em;
        let mut x = text.x;
        let baseline = (text.baseline * SCALE).round() as i64;
        for glyph in text.text.chars().filter_map(|one| font.glyph(one)) {
            with_glyph(text.face(), glyph, text.size, |drawn| self.glyph(drawn, (x * SCALE).round() as i64, baseline));
            x += f64::from(font.advance(glyph)) * scale;
        }
    }

    fn glyph(&mut self, glyph: &Glyph, x: i64, baseline: i64) {
        let first = (x + glyph.left).div_euclid(2);
        for (y, row) in (baseline + glyph.top..).zip(glyph.rows(x + glyph.left)) {
            let Some(y) = usize::try_from(y).ok().filter(|y| *y < self.height) else { continue };
            let dots = &mut self.dots[y * self.stride..(y + 1) * self.stride];
            // what lies to the left of the picture and to the right of it is cut off
            let start = usize::try_from(first).unwrap_or(0).min(dots.len());
            let cut = usize::try_from(-first).unwrap_or(0).min(row.len());
            for (pair, covered) in dots[start..].iter_mut().zip(&row[cut..]).filter(|(_, covered)| **covered > 0) {
                let inked = |before: u8, covered: u8| INKED[usize::from(before & INK)][usize::from(covered & SOLID)];
                *pair = inked(*pair >> 4, covered >> 4) << 4 | inked(*pair, *covered);
            }
        }
    }

    /// Lays ink on a dot as far as it is covered, 0 to [`SOLID`].
    fn cover(&mut self, x: i64, y: i64, covered: u8, ink: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let pair = &mut self.dots[y * self.stride + x / 2];
        let shift = if x % 2 == 0 { 4 } else { 0 };
        let before = *pair >> shift & 0x0f;
        *pair = *pair & !(0x0f << shift) | laid(before, covered, ink) << shift;
    }

    fn encode(&self) -> Result<Vec<u8>, png::EncodingError> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width as u32, self.height as u32);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Four);
        let tints = (0..=INK).map(|ink| (u32::from(ink) * 100 / u32::from(INK)) as u8);
        encoder.set_palette(tints.flat_map(color).collect::<Vec<u8>>());
        encoder.set_pixel_dims(Some(PixelDimensions { xppu: DOTS_TO_METRE, yppu: DOTS_TO_METRE, unit: Unit::Meter }));
        encoder.set_deflate_compression(DeflateCompression::Level(LEVEL));
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&self.dots)?;
        writer.finish()?;
        Ok(bytes)
    }
}

/// The same for full ink, by what was there and how far it is covered: what letters ask for, hundreds of thousands of times.
const INKED: [[u8; SOLID as usize + 1]; INK as usize + 1] = {
    let mut table = [[0; SOLID as usize + 1]; INK as usize + 1];
    let mut before = 0;
    while before <= INK {
        let mut covered = 0;
        while covered <= SOLID {
            table[before as usize][covered as usize] = laid(before, covered, INK);
            covered += 1;
        }
        before += 1;
    }
    table
};

/// The ink on a dot after more is laid on it as far as it is covered, 0 to [`SOLID`].
const fn laid(before: u8, covered: u8, ink: u8) -> u8 {
    let covered = if covered < SOLID { covered } else { SOLID };
    (before * (SOLID - covered) + ink * covered + SOLID / 2) / SOLID
}

/// The ink of a tint in per cent.
fn ink(tint: u8) -> u8 {
    ((u32::from(tint.min(100)) * u32::from(INK) + 50) / 100) as u8
}

/// Two edges in points as dots, at least one dot apart where they are apart at all.
fn whole(from: f64, to: f64) -> (i64, i64) {
    let (first, end) = ((from * SCALE).round() as i64, (to * SCALE).round() as i64);
    (first, if to > from { end.max(first + 1) } else { end })
}

/// The dots whose middle lies between two places, both in dots; no more than a picture can have.
fn whole_dots(from: f64, to: f64) -> std::ops::Range<i64> {
    let at = |place: f64| (place - 0.5).ceil().clamp(-1.0, LONGEST_SIDE) as i64;
    at(from)..at(to)
}
