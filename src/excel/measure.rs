//! How much room a text needs: lines after wrapping, from rough widths of Times New Roman.
//!
//! Programs fit the height of a row by themselves only sometimes, and never for merged cells, so heights are given.
//! Rough is enough: a line too many is a little air, a line too few would cut words.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

/// Lines that a text takes in a column of the given width (in characters, as Excel counts them).
pub(super) fn lines(text: &str, width: f64, size: f64, bold: bool) -> u32 {
    // Excel's column is 7 pixels for each character and 5 for its edges, of which 4 stay free.
    let room = (width * 7.0 + 1.0).max(8.0);
    let factor = size / 11.0 * if bold { 1.07 } else { 1.0 };
    // most cells hold a code or a word, which fits even if every letter were of the widest
    if text.len() as f64 * WIDEST * factor <= room && !text.contains('\n') {
        return 1;
    }
    let mut wrapping = Wrapping { room, space: pixels(' ') * factor, lines: 1, used: 0.0 };
    let mut word = 0.0;
    for character in text.chars() {
        match character {
            ' ' => wrapping.put(std::mem::take(&mut word) * factor),
            '\n' => {
                wrapping.put(std::mem::take(&mut word) * factor);
                wrapping.lines += 1;
                wrapping.used = 0.0;
            }
            letter => word += pixels(letter),
        }
    }
    wrapping.put(word * factor);
    wrapping.lines
}

/// A text on its way into lines.
struct Wrapping {
    /// The width of a line and of a space.
    room: f64,
    space: f64,
    lines: u32,
    /// How much of the last line is taken.
    used: f64,
}

impl Wrapping {
    fn put(&mut self, width: f64) {
        let space = if self.used > 0.0 { self.space } else { 0.0 };
        if self.used + space + width <= self.room {
            self.used += space + width;
            return;
        }
        if self.used > 0.0 {
            self.lines += 1;
        }
        // A word longer than the line is broken.
        let broken = (width / self.room).ceil().max(1.0);
        self.lines += broken as u32 - 1;
        self.used = width - (broken - 1.0) * self.room;
    }
}

/// Height of a row of so many lines, in points.
pub(super) fn height(lines: u32, size: f64) -> f64 {
    f64::from(lines) * size * 1.36 + 1.0
}

/// A row is at most this high, in points.
pub(super) const HIGHEST: f64 = 409.0;

const WIDEST: f64 = 13.0;

/// The width of a character at 11 points on a screen of 96 dots an inch, marks aside.
fn pixels(character: char) -> f64 {
    // the letters of Vietnamese and of its neighbours, looked at once: taking letters apart is slow
    static KNOWN: LazyLock<Vec<f64>> = LazyLock::new(|| (0..0x250).chain(0x1E00..0x1F00).map(width_of).collect());
    let code = u32::from(character);
    let index = match code {
        0..0x250 => code,
        0x1E00..0x1F00 => code - 0x1E00 + 0x250,
        _ => return width_of(code),
    };
    KNOWN[index as usize]
}

fn width_of(code: u32) -> f64 {
    let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
    match character.nfd().next().unwrap_or(character) {
        ' ' | '.' | ',' | ';' | ':' | 'i' | 'l' | 'j' | 't' | '/' => 4.2,
        'r' | 'f' | '(' | ')' | '-' | 'I' => 5.0,
        'a' | 'c' | 'e' | 's' | 'z' => 6.5,
        'm' | 'w' | 'M' | 'W' | '%' | '→' | '—' => WIDEST,
        upper if upper.is_uppercase() => 10.2,
        _ => 7.4,
    }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_long_name_takes_more_lines_in_a_narrow_column() {
        let name = "Công đoàn ngành Nông nghiệp và Phát triển nông thôn";
        assert_eq!(lines(name, 80.0, 11.0, false), 1);
        assert!(lines(name, 30.0, 11.0, false) >= 2);
        assert!(lines(name, 10.0, 11.0, false) > lines(name, 30.0, 11.0, false));
        assert_eq!(lines("a\nb\nc", 80.0, 11.0, false), 3);
        assert_eq!(lines("", 10.0, 11.0, false), 1);
        assert_eq!(lines("Đạt", 10.0, 11.0, false), 1);
        assert_eq!(lines("WWW", 5.0, 11.0, false), 2, "wider than its letters are many");
    }
}
