//! The used part of a face as the objects of a font. Remembers those made last: papers of one kind mostly use the same
//! letters.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use lopdf::{Object, ObjectId};
use printpdf::{
    FontId, FontMetrics, FontType, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle, PdfFontMetricsStub, Pt,
    TextItem,
};
use sha2::{Digest, Sha256};

use super::faces::Faces;
use super::parcel::Parcel;
use super::resources::{name, of_first_page, saved};
use crate::font::Face;

/// Most fonts of a face that are remembered, of some fifteen thousand bytes each.
const MOST_KNOWN: usize = 64;

/// Fonts by the characters that they show, which settle all else about them.
type Known = BTreeMap<String, Arc<Parcel>>;

static KNOWN: [Mutex<Known>; 4] = [const { Mutex::new(Known::new()) }; 4];

/// The font of a face; none if nothing is written in it.
pub fn parcel(face: Face, faces: &Faces) -> Option<Arc<Parcel>> {
    let characters: String = faces.used(face).characters.iter().map(|(character, _)| *character).collect();
    if characters.is_empty() {
        return None;
    }
    // A thread that panicked with the lock left nothing half done: entries are made before they are put in.
    let known = || KNOWN[face as usize].lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(font) = known().get(&characters) {
        return Some(Arc::clone(font));
    }
    let made = Arc::new(made(face, faces, &characters)?);
    let mut known = known();
    if known.len() >= MOST_KNOWN {
        known.clear();
    }
    known.insert(characters, Arc::clone(&made));
    Some(made)
}

/// The font as printpdf writes it.
fn made(face: Face, faces: &Faces, characters: &str) -> Option<Parcel> {
    let mut pdf = PdfDocument::new("");
    let id = FontId(name(face).into());
    pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(subset(face, faces)?));
    // printpdf writes the glyphs that a page shows: this page shows each once, and is not taken over.
    let specimen = vec![
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) },
        Op::ShowText { items: vec![TextItem::Text(characters.to_string())] },
    ];
    let mut source = saved(pdf, specimen);
    let fonts = of_first_page(&source, b"Font")?;
    let font = fonts.get(name(face).as_bytes()).and_then(Object::as_reference).ok()?;
    set_widths(&mut source, font, face, faces);
    Some(Parcel::of_object(&source, font))
}

/// The exact widths in the place of printpdf's, which are cut to whole thousandths.
fn set_widths(source: &mut lopdf::Document, font: ObjectId, face: Face, faces: &Faces) {
    let used = faces.used(face);
    let mut coded: Vec<_> = used.characters.iter().map(|(_, glyph)| faces.coded(face, *glyph)).collect();
    coded.sort_unstable_by_key(|coded| coded.code);
    coded.dedup_by_key(|coded| coded.code);
    // Codes follow each other from 1: one run.
    let widths: Vec<Object> = coded.iter().map(|coded| Object::Real(coded.width as f32)).collect();
    let descendants = source.get_dictionary_mut(font).and_then(|font| font.get_mut(b"DescendantFonts"));
    let descendant = descendants.and_then(Object::as_array_mut).ok().and_then(|fonts| fonts.first_mut());
    if let Some(Ok(descendant)) = descendant.map(Object::as_dict_mut) {
        descendant.set("W", vec![1.into(), widths.into()]);
    }
}

/// The used part of a face as printpdf takes it.
fn subset(face: Face, faces: &Faces) -> Option<ParsedFont> {
    let (font, used) = (face.font(), faces.used(face));
    let mut codepoint_to_glyph = BTreeMap::new();
    let mut hash = Sha256::new();
    for (character, glyph) in &used.characters {
        codepoint_to_glyph.insert(u32::from(*character), faces.coded(face, *glyph).code);
        hash.update(u32::from(*character).to_be_bytes());
    }
    let tag: String = hash.finalize()[..6].iter().map(|byte| char::from(b'A' + byte % 26)).collect();
    let (shaping, bounds) = (&font.shaping, font.shaping.global_bounding_box());
    let units_per_em = font.units_per_em as u16;
    Some(ParsedFont {
        original_bytes: subsetter::subset(face.data(), 0, &used.subset).ok()?,
        font_index: 0,
        font_name: Some(format!("{tag}+{}", face.name())),
        codepoint_to_glyph,
        glyph_widths: BTreeMap::new(),
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
