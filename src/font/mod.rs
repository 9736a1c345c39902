//! The four faces of Liberation Serif 2.1.5 that are compiled in, parsed once a process, and their measures.
//!
//! Knows font files; nothing of text, lines, drawings or PDF. Used by `chart` and `pdf`; uses no other room.

use std::sync::OnceLock;

use rustybuzz::ttf_parser::GlyphId;

/// A face of the family.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Face {
    #[default]
    Regular,
    Bold,
    Italic,
    BoldItalic,
}

impl Face {
    pub const ALL: [Face; 4] = [Face::Regular, Face::Bold, Face::Italic, Face::BoldItalic];

    pub fn of(bold: bool, italic: bool) -> Face {
        match (bold, italic) {
            (false, false) => Face::Regular,
            (true, false) => Face::Bold,
            (false, true) => Face::Italic,
            (true, true) => Face::BoldItalic,
        }
    }

    /// PostScript name.
    pub fn name(self) -> &'static str {
        match self {
            Face::Regular => "LiberationSerif",
            Face::Bold => "LiberationSerif-Bold",
            Face::Italic => "LiberationSerif-Italic",
            Face::BoldItalic => "LiberationSerif-BoldItalic",
        }
    }

    pub fn is_bold(self) -> bool {
        matches!(self, Face::Bold | Face::BoldItalic)
    }

    pub fn is_italic(self) -> bool {
        matches!(self, Face::Italic | Face::BoldItalic)
    }

    /// The font file, unmodified.
    pub fn data(self) -> &'static [u8] {
        match self {
            Face::Regular => include_bytes!("LiberationSerif-Regular.ttf"),
            Face::Bold => include_bytes!("LiberationSerif-Bold.ttf"),
            Face::Italic => include_bytes!("LiberationSerif-Italic.ttf"),
            Face::BoldItalic => include_bytes!("LiberationSerif-BoldItalic.ttf"),
        }
    }

    pub fn font(self) -> &'static Font {
        static FONTS: OnceLock<[Font; 4]> = OnceLock::new();
        &FONTS.get_or_init(|| Face::ALL.map(Font::parse))[self as usize]
    }
}

/// Characters whose glyphs are looked up once a process: Latin, punctuation and signs of currency.
const COMMON: [std::ops::Range<u32>; 3] = [0x20..0x250, 0x1E00..0x1F00, 0x2000..0x20C0];
/// In the place of a glyph: not looked up.
const UNKNOWN: u16 = u16::MAX;

/// A parsed face.
pub struct Font {
    pub shaping: rustybuzz::Face<'static>,
    pub units_per_em: f64,
    /// Above the baseline, with the line gap, as Word and LibreOffice count a line; in em.
    pub ascent: f64,
    /// Below the baseline; in em, positive.
    pub descent: f64,
    /// Glyph of each character up to the last of [`COMMON`]: 0 where there is none, [`UNKNOWN`] between its ranges.
    common: Vec<u16>,
    /// Advance width of each glyph.
    advances: Vec<u16>,
}

impl Font {
    fn parse(face: Face) -> Font {
        // The files are compiled in and parsed by the tests of this room: it cannot fail.
        let shaping = rustybuzz::Face::from_slice(face.data(), 0).expect("built-in font");
        let units_per_em = f64::from(shaping.units_per_em());
        let gap = f64::from(shaping.line_gap()).max(0.0);
        let mut common = vec![UNKNOWN; COMMON[2].end as usize];
        for letter in COMMON.into_iter().flatten().filter_map(char::from_u32) {
            common[letter as usize] = shaping.glyph_index(letter).map_or(0, |glyph| glyph.0);
        }
        Font {
            common,
            advances: (0..shaping.number_of_glyphs())
                .map(|glyph| shaping.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0))
                .collect(),
            units_per_em,
            ascent: (f64::from(shaping.ascender()) + gap) / units_per_em,
            descent: -f64::from(shaping.descender()) / units_per_em,
            shaping,
        }
    }

    /// How many glyphs the face has.
    pub fn glyph_count(&self) -> usize {
        usize::from(self.shaping.number_of_glyphs())
    }

    #[inline]
    pub fn glyph(&self, character: char) -> Option<u16> {
        match self.common.get(character as usize) {
            None | Some(&UNKNOWN) => self.shaping.glyph_index(character).map(|glyph| glyph.0),
            Some(glyph) => (*glyph != 0).then_some(*glyph),
        }
    }

    /// Advance width of a glyph, in font units.
    #[inline]
    pub fn advance(&self, glyph: u16) -> u16 {
        self.advances.get(usize::from(glyph)).copied().unwrap_or(0)
    }
}
