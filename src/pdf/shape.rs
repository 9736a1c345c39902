//! Shaping: which glyphs a piece of text takes and how wide they are. One cache a document, by face and piece.
//!
//! Knows nothing of lines.

use std::collections::HashMap;
use std::rc::Rc;

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
pub struct Shaped {
    pub glyphs: Vec<Glyph>,
    /// Sum of the advances, in em.
    pub advance: f64,
}

/// Shapes pieces and remembers them.
#[derive(Default)]
pub struct Shaper {
    known: HashMap<(Face, String), Rc<Shaped>>,
}

impl Shaper {
    /// The glyphs of a piece, which must hold only characters that the face has.
    pub fn shape(&mut self, face: Face, piece: &str) -> Rc<Shaped> {
        if let Some(shaped) = self.known.get(&(face, piece.to_string())) {
            return Rc::clone(shaped);
        }
        let shaped = Rc::new(shape(face, piece));
        self.known.insert((face, piece.to_string()), Rc::clone(&shaped));
        shaped
    }
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
