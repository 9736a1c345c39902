//! Fonts in the file: for each face the glyphs that are used and no others.

use std::collections::{BTreeMap, BTreeSet};

use printpdf::{FontId, FontMetrics, FontType, ParsedFont, PdfDocument, PdfFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};

use crate::font::{Face, Font};
use crate::pdf::sheet::{Item, Sheets};

/// The faces of a file, with the widths that readers will use.
pub struct Faces {
    widths: BTreeMap<(Face, char), f64>,
}

impl Faces {
    /// Width of a character in thousandths of an em, as the file says it.
    pub fn width(&self, face: Face, character: char) -> f64 {
        self.widths.get(&(face, character)).copied().unwrap_or(0.0)
    }
}

pub fn id(face: Face) -> FontId {
    let letter = ["A", "B", "C", "D"][face as usize];
    FontId(format!("FONT{letter}"))
}

/// Puts the used part of every used face into the file.
pub fn embed(sheets: &Sheets, pdf: &mut PdfDocument) -> Faces {
    let mut widths = BTreeMap::new();
    for (face, characters) in used(sheets) {
        let font = face.font();
        for character in &characters {
            let advance = font.glyph(*character).map_or(0, |glyph| font.advance(glyph));
            // Whole thousandths, cut, as printpdf writes them.
            let width = (f64::from(advance) * 1000.0 / font.units_per_em).trunc();
            widths.insert((face, *character), width);
        }
        if let Some(parsed) = subset(face, &characters) {
            pdf.resources.fonts.map.insert(id(face), PdfFont::new(parsed));
        }
    }
    Faces { widths }
}

fn used(sheets: &Sheets) -> BTreeMap<Face, BTreeSet<char>> {
    let mut used: BTreeMap<Face, BTreeSet<char>> = BTreeMap::new();
    for placed in sheets.sheets.iter().flat_map(|sheet| &sheet.items) {
        match &placed.item {
            Item::Text(text) => {
                used.entry(text.face).or_default().extend(text.glyphs.iter().map(|glyph| glyph.character));
            }
            // A drawn character stands on an invisible space that carries its text.
            Item::Symbol(_) => {
                used.entry(Face::Regular).or_default().insert(' ');
            }
            _ => {}
        }
    }
    used
}

fn subset(face: Face, characters: &BTreeSet<char>) -> Option<ParsedFont> {
    let font: &Font = face.font();
    let mut remapper = subsetter::GlyphRemapper::new();
    let mut codepoint_to_glyph = BTreeMap::new();
    let mut glyph_widths = BTreeMap::from([(0, font.advance(0))]);
    let mut hash = Sha256::new();
    for character in characters {
        let Some(glyph) = font.glyph(*character) else { continue };
        let new = remapper.remap(glyph);
        codepoint_to_glyph.insert(u32::from(*character), new);
        glyph_widths.insert(new, font.advance(glyph));
        hash.update(u32::from(*character).to_be_bytes());
    }
    let original_bytes = subsetter::subset(face.data(), 0, &remapper).ok()?;
    let tag: String = hash.finalize()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    let (shaping, bounds) = (&font.shaping, font.shaping.global_bounding_box());
    let units_per_em = font.units_per_em as u16;
    Some(ParsedFont {
        original_bytes,
        font_index: 0,
        font_name: Some(format!("{tag}+{}", face.name())),
        codepoint_to_glyph,
        glyph_widths,
        units_per_em,
        font_metrics: FontMetrics { ascent: shaping.ascender(), descent: shaping.descender() },
        font_type: FontType::TrueType,
        pdf_font_metrics: PdfFontMetricsStub {
            units_per_em,
            x_min: bounds.x_min,
            y_min: bounds.y_min,
            x_max: bounds.x_max,
            y_max: bounds.y_max,
            caret_slope_rise: if face.is_italic() { 1000 } else { 1 },
            caret_slope_run: if face.is_italic() { 287 } else { 0 },
            us_weight_class: if face.is_bold() { 700 } else { 400 },
        },
    })
}
