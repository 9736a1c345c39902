//! The glyphs of each face that a file uses: their codes, and the widths that readers will count with.

use super::syntax;
use crate::font::Face;
use crate::pdf::sheet::{Item, Sheets};

/// A glyph in the file.
#[derive(Clone, Copy, Default)]
pub struct Coded {
    /// Its number in the subset, which is its code.
    pub code: u16,
    /// The code as it stands in a string, and how many bytes that takes.
    pub written: [u8; 4],
    pub length: u8,
    /// In thousandths of an em, as the file says it.
    pub width: f64,
}

impl Coded {
    fn new(code: u16, width: f64) -> Coded {
        let (mut written, mut length) = ([0; 4], 0);
        for byte in code.to_be_bytes() {
            let byte = syntax::literal_byte(&byte);
            written[length..length + byte.len()].copy_from_slice(byte);
            length += byte.len();
        }
        Coded { code, written, length: length as u8, width }
    }
}

/// The used part of a face.
#[derive(Default)]
pub struct Used {
    /// Characters in order, each with its glyph in the whole face.
    pub characters: Vec<(char, u16)>,
    /// The glyphs of the subset, in the order of their codes.
    pub subset: subsetter::GlyphRemapper,
    /// By the glyph in the whole face.
    coded: Vec<Coded>,
}

/// The used parts of the four faces.
pub struct Faces {
    used: [Used; 4],
}

impl Faces {
    pub fn of(sheets: &Sheets) -> Faces {
        // Empty as long as a face shows nothing.
        let mut seen = Face::ALL.map(|_| Vec::new());
        for placed in sheets.sheets.iter().flat_map(|sheet| &sheet.items) {
            match &placed.item {
                Item::Text(text) => {
                    let seen = glyphs_of(&mut seen, text.face);
                    for glyph in text.glyphs.iter() {
                        seen[usize::from(glyph.id)] = glyph.character;
                    }
                }
                // A drawn character stands on an invisible space that carries its text.
                Item::Symbol(_) => {
                    let space = Face::Regular.font().glyph(' ').unwrap_or(0);
                    glyphs_of(&mut seen, Face::Regular)[usize::from(space)] = ' ';
                }
                _ => {}
            }
        }
        Faces { used: Face::ALL.map(|face| Used::of(face, &seen[face as usize])) }
    }

    pub fn used(&self, face: Face) -> &Used {
        &self.used[face as usize]
    }

    /// A glyph of the whole face as the file has it.
    pub fn coded(&self, face: Face, glyph: u16) -> &Coded {
        self.used(face).coded(glyph)
    }
}

/// For each glyph of a face the character that it shows, or NUL.
fn glyphs_of(seen: &mut [Vec<char>; 4], face: Face) -> &mut [char] {
    let own = &mut seen[face as usize];
    if own.is_empty() {
        own.resize(face.font().glyph_count(), '\0');
    }
    own
}

impl Used {
    /// A glyph of the whole face as the file has it.
    pub fn coded(&self, glyph: u16) -> &Coded {
        const NONE: &Coded = &Coded { code: 0, written: [0; 4], length: 0, width: 0.0 };
        self.coded.get(usize::from(glyph)).unwrap_or(NONE)
    }

    /// `seen`: for each glyph the character that it shows, or NUL; nothing for a face that shows none.
    fn of(face: Face, seen: &[char]) -> Used {
        let font = face.font();
        let glyphs = seen.iter().copied().zip(0..);
        let mut characters: Vec<(char, u16)> = glyphs.filter(|(character, _)| *character != '\0').collect();
        characters.sort_unstable();
        let mut used = Used { coded: vec![Coded::default(); seen.len()], ..Used::default() };
        for (_, glyph) in &characters {
            let width = f64::from(font.advance(*glyph)) * 1000.0 / font.units_per_em;
            // To a hundredth: a line of a hundred letters stays within a thousandth of an em.
            let width = (width * 100.0).round() / 100.0;
            used.coded[usize::from(*glyph)] = Coded::new(used.subset.remap(*glyph), width);
        }
        used.characters = characters;
        used
    }
}
