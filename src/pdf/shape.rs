//! Shaping: which glyphs a piece of text takes and how wide they are. What must be shaped is remembered for a document.
//!
//! Knows nothing of lines.

use std::collections::HashMap;

use rustybuzz::ttf_parser::Tag;
use rustybuzz::{Feature, UnicodeBuffer};

use crate::font::Face;

/// One glyph of a shaped piece; measures in em.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glyph {
    pub id: u16,
    /// The character it stands for: the text behind it.
    pub character: char,
    pub advance: f64,
    /// How far it is moved from the pen, as marks are over their letter.
    pub offset: (f64, f64),
}

/// A piece of text of one face.
#[derive(Debug, Default, PartialEq)]
struct Shaped {
    glyphs: Vec<Glyph>,
    /// Sum of the advances, in em.
    advance: f64,
}

/// Shapes pieces, and remembers those that are more than letters side by side.
#[derive(Default)]
pub struct Shaper {
    known: [HashMap<Box<str>, Shaped>; 4],
}

impl Shaper {
    /// Adds the glyphs of a piece, which must hold only characters that the face has; gives their advance in em.
    pub fn shape(&mut self, face: Face, piece: &str, glyphs: &mut Vec<Glyph>) -> f64 {
        let before = glyphs.len();
        if side_by_side(face, piece, glyphs) {
            return advance(&glyphs[before..]);
        }
        let known = &mut self.known[face as usize];
        if !known.contains_key(piece) {
            known.insert(piece.into(), shape(face, piece));
        }
        let shaped = &known[piece];
        glyphs.extend_from_slice(&shaped.glyphs);
        shaped.advance
    }
}

/// Whether a character is one glyph whatever stands beside it, and is already composed: letters of Latin alphabets,
/// figures and signs, without the soft hyphen and the fraction slash.
pub fn stands_alone(character: char) -> bool {
    match character {
        ' '..='~' => true,
        '\u{AD}' | '\u{2044}' => false,
        '\u{A0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => true,
        '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205E}' | '\u{20A0}'..='\u{20BF}' => true,
        _ => false,
    }
}

/// Advance of glyphs one after the other, in em.
pub fn advance(glyphs: &[Glyph]) -> f64 {
    glyphs.iter().fold(0.0, |sum, glyph| sum + glyph.advance)
}

/// Adds the glyphs of characters that stand alone, one for each; nothing where one does not or the face lacks it.
pub fn side_by_side(face: Face, piece: &str, glyphs: &mut Vec<Glyph>) -> bool {
    let font = face.font();
    let before = glyphs.len();
    glyphs.reserve(piece.len());
    for character in piece.chars() {
        let Some(id) = font.glyph(character).filter(|_| stands_alone(character)) else {
            glyphs.truncate(before);
            return false;
        };
        let advance = f64::from(font.advance(id)) / font.units_per_em;
        glyphs.push(Glyph { id, character, advance, offset: (0.0, 0.0) });
    }
    true
}

fn shape(face: Face, piece: &str) -> Shaped {
    let font = face.font();
    let mut buffer = UnicodeBuffer::new();
    buffer.push_str(piece);
    buffer.guess_segment_properties();
    // Word neither kerns nor joins letters unless it is asked to, and its line breaks are ours.
    let plain = [b"liga", b"clig", b"kern"].map(|tag| Feature::new(Tag::from_bytes(tag), 0, ..));
    let output = rustybuzz::shape(&font.shaping, &plain, buffer);
    let mut shaped = Shaped::default();
    let mut cluster = None;
    for (info, position) in output.glyph_infos().iter().zip(output.glyph_positions()) {
        let Some(glyph) = glyph(font, piece, info, position, &mut cluster) else { continue };
        shaped.advance += glyph.advance;
        shaped.glyphs.push(glyph);
    }
    shaped
}

/// Characters of one cluster are given to its glyphs in turn, so that each keeps its own text.
fn glyph(
    font: &crate::font::Font,
    piece: &str,
    info: &rustybuzz::GlyphInfo,
    position: &rustybuzz::GlyphPosition,
    cluster: &mut Option<(u32, usize)>,
) -> Option<Glyph> {
    let nth = match *cluster {
        Some((start, nth)) if start == info.cluster => nth + 1,
        _ => 0,
    };
    *cluster = Some((info.cluster, nth));
    let character = piece.get(info.cluster as usize..)?.chars().nth(nth)?;
    let em = |units: i32| f64::from(units) / font.units_per_em;
    Some(Glyph {
        // What is drawn is the letter's own glyph, so that the text behind it stays exact.
        id: font.glyph(character)?,
        character,
        advance: em(position.x_advance),
        offset: (em(position.x_offset), em(position.y_offset)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alone(face: Face, text: &str) -> Option<Shaped> {
        let mut glyphs = Vec::new();
        side_by_side(face, text, &mut glyphs).then(|| Shaped { advance: advance(&glyphs), glyphs })
    }

    #[test]
    fn letters_that_stand_alone_are_shaped_as_if_each_were_the_only_one() {
        let all: Vec<char> = ('\0'..'\u{2200}').filter(|letter| stands_alone(*letter)).collect();
        for face in Face::ALL {
            let held: Vec<char> = all.iter().copied().filter(|letter| face.font().glyph(*letter).is_some()).collect();
            assert!(held.len() > 700, "{}", held.len());
            // Every letter beside itself and beside neighbours at each of these distances.
            for distance in [0, 1, 2, 3, 5, 8, 13, 31, 64, 97, 150, 211, 333] {
                let pairs = held.iter().zip(held.iter().cycle().skip(distance));
                let text: String = pairs.flat_map(|(one, other)| [*one, *other]).collect();
                assert_eq!(alone(face, &text), Some(shape(face, &text)), "{face:?} {distance}");
            }
            let words = "ffi fl ſt fj 1/2 3⁄4 i̇ AV To Wệ ĐƯỢC “Lời” 05/BC-LĐLĐ";
            let plain: String = words.chars().filter(|letter| stands_alone(*letter)).collect();
            assert_eq!(alone(face, &plain), Some(shape(face, &plain)));
            assert_eq!(alone(face, words), None);
        }
    }
}
