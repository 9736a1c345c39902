//! Texts of a drawing: their width and their lines.

use unicode_linebreak::{BreakOpportunity, linebreaks};

use crate::font::{Face, Font};
use crate::vietnamese::compose;

/// Of a line of text from the next, in its size.
pub(super) const LEADING: f64 = 1.16;
/// What stands for a character that the fonts lack.
const MISSING: char = '?';

/// A text that the fonts can show on one line.
pub(super) fn shown(text: &str) -> String {
    let font = Face::Regular.font();
    let text = compose(text);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|one| if font.glyph(one).is_some() { one } else { MISSING }).collect()
}

/// Width of a text in points.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let font = Face::of(bold, false).font();
    f64::from(units(text, font)) / font.units_per_em * size
}

/// Width of a text in the units of a font: letters stand side by side, so that of two texts it is the sum.
fn units(text: &str, font: &Font) -> u32 {
    text.chars().filter_map(|one| font.glyph(one)).map(|glyph| u32::from(font.advance(glyph))).sum()
}

/// The lines of a text in a column. A word that is wider than the column is cut.
pub(super) fn lines(text: &str, size: f64, column: f64) -> Vec<String> {
    let font = Face::Regular.font();
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut line_units = 0;
    let mut start = 0;
    for (end, kind) in linebreaks(text) {
        let piece = &text[start..end];
        start = end;
        let word_units = units(piece.trim_end(), font);
        let fits = f64::from(line_units + word_units) / font.units_per_em * size <= column;
        if !fits && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            line_units = 0;
        }
        line.push_str(piece);
        line_units += word_units + units(&piece[piece.trim_end().len()..], font);
        while !fits && width(line.trim_end(), size, false) > column && line.chars().count() > 1 {
            let rest = line.split_off(fitting(&line, size, column));
            lines.push(std::mem::replace(&mut line, rest));
            line_units = units(&line, font);
        }
        if kind == BreakOpportunity::Mandatory && end < text.len() {
            lines.push(std::mem::take(&mut line));
            line_units = 0;
        }
    }
    lines.push(line);
    let mut lines: Vec<String> = lines.into_iter().map(|line| line.trim().to_string()).collect();
    lines.retain(|line| !line.is_empty());
    lines
}

/// How many bytes of a text fit into a column: at least one character.
fn fitting(text: &str, size: f64, column: f64) -> usize {
    let mut ends = text.char_indices().map(|(at, one)| at + one.len_utf8());
    let first = ends.next().unwrap_or(0);
    ends.take_while(|end| width(&text[..*end], size, false) <= column).last().unwrap_or(first)
}
