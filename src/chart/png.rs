//! A drawing as a picture of print quality: 220 dots to the inch, eight tints of the one ink. So many dots Word itself
//! keeps of a picture for printing; the twin in SVG, and the PDF, have the lines themselves.
//!
//! Rectangles, upright and level lines and the origins of letters lie on whole dots: their edges are sharp, and what
//! looks the same is the same dots, which is quick to draw and packs small.

use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit, chunk};

use super::drawing::{Drawing, Shape, Strokes, Text, color};
use super::glyph::{Glyph, SCALE, SOLID, with_letters};
use crate::press::Press;

/// Dots to a metre at 220 to the inch.
const DOTS_TO_METRE: u32 = 8_661;
/// Full ink; the tints of the picture are 0 to this. At so many dots no eye tells more apart.
const INK: u8 = 7;
/// Longest side in dots: beyond Word's largest page, and no more memory than a picture deserves.
const LONGEST_SIDE: f64 = 10_000.0;
/// What stands before each row in a picture: its dots are not told by those beside or above them.
const NO_FILTER: u8 = 0;

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
    /// Bytes of a row with its filter.
    stride: usize,
    /// The rows as the file has them: each behind [`NO_FILTER`].
    rows: Vec<u8>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Canvas {
        let stride = 1 + width.div_ceil(2);
        Canvas { width, height, stride, rows: vec![NO_FILTER; stride * height] }
    }

    /// The dots of a row, which is in the picture.
    fn row(&mut self, y: usize) -> &mut [u8] {
        &mut self.rows[y * self.stride + 1..(y + 1) * self.stride]
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
            let row = self.row(y);
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
            for dot in floor(first)..-floor(-end) {
                let covered = end.min(dot as f64 + 1.0) - first.max(dot as f64);
                let covered = (covered * f64::from(SOLID) + 0.5) as u8;
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
        with_letters(text.face(), text.size, |letters| {
            for glyph in text.text.chars().filter_map(|one| font.glyph(one)) {
                self.glyph(letters.glyph(glyph), (x * SCALE).round() as i64, baseline);
                x += f64::from(font.advance(glyph)) * scale;
            }
        });
    }

    fn glyph(&mut self, glyph: &Glyph, x: i64, baseline: i64) {
        let (left, top) = (x + glyph.left, baseline + glyph.top);
        // what lies to the left of the picture, above it and beyond its other edges is cut off
        let inside_and_cut = |place: i64| (place.max(0) as usize, (-place).max(0) as usize);
        let (column, cut_left) = inside_and_cut(left.div_euclid(2));
        let (line, cut_above) = inside_and_cut(top);
        let rows = self.rows.chunks_exact_mut(self.stride).skip(line);
        for (dots, row) in rows.zip(glyph.rows(left).skip(cut_above)) {
            let dots = dots.get_mut(1 + column..).unwrap_or_default();
            let row = row.get(cut_left..).unwrap_or_default();
            for (pair, covered) in dots.iter_mut().zip(row).filter(|(_, covered)| **covered > 0) {
                *pair = INKED[usize::from(*pair & PAIR_OF_INK)][usize::from(*covered & PAIR_OF_COVER)];
            }
        }
    }

    /// Lays ink on a dot as far as it is covered, 0 to [`SOLID`].
    fn cover(&mut self, x: i64, y: i64, covered: u8, ink: u8) {
        let (Ok(x), Ok(y)) = (usize::try_from(x), usize::try_from(y)) else { return };
        if x >= self.width || y >= self.height {
            return;
        }
        let pair = &mut self.row(y)[x / 2];
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
        let mut writer = encoder.write_header()?;
        // all rows at once: the encoder would copy them and have them deflated one by one, in a sixth more time
        let mut press = Press::lent();
        writer.write_chunk(chunk::IDAT, press.press(&self.rows))?;
        press.give_back();
        writer.finish()?;
        Ok(bytes)
    }
}

/// All bits that the ink of two dots can have, and how far they are covered.
const PAIR_OF_INK: u8 = INK << 4 | INK;
const PAIR_OF_COVER: u8 = SOLID << 4 | SOLID;

/// Two dots after full ink is laid on them, by what was there and how far each is covered: what letters ask for, hundreds of
/// thousands of times.
const INKED: [[u8; PAIR_OF_COVER as usize + 1]; PAIR_OF_INK as usize + 1] = {
    let mut table = [[0; PAIR_OF_COVER as usize + 1]; PAIR_OF_INK as usize + 1];
    let mut before = 0;
    while before <= PAIR_OF_INK {
        let mut covered = 0;
        while covered <= PAIR_OF_COVER {
            let left = laid(before >> 4 & INK, covered >> 4 & SOLID, INK);
            let right = laid(before & INK, covered & SOLID, INK);
            table[before as usize][covered as usize] = left << 4 | right;
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

/// The next whole number below. The standard one is a call to a library, since not every processor has it as an instruction.
fn floor(number: f64) -> i64 {
    let cut = number as i64;
    cut - i64::from(cut as f64 > number)
}
