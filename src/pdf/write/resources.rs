//! What pages draw with: fonts and pictures, written by printpdf and taken over into the file.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, ObjectId, StringFormat};
use printpdf::{
    FontId, FontMetrics, FontType, ImageCompression, ImageOptimizationOptions, Mm, Op, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfFontMetricsStub, PdfPage, PdfSaveOptions, Pt, TextItem,
};
use sha2::{Digest, Sha256};

use super::faces::Faces;
use super::file::{File, Id};
use super::picture::{self, Pictures};
use super::syntax::Syntax;
use crate::font::Face;
use crate::pdf::sheet::Sheets;

/// Name of a face in the content of pages.
pub fn name(face: Face) -> &'static str {
    ["FA", "FB", "FC", "FD"][face as usize]
}

/// Puts every used face and picture into the file; gives the dictionary that all pages share.
pub fn add(file: &mut File, sheets: &Sheets, faces: &Faces) -> (Pictures, Id) {
    let mut pdf = PdfDocument::new("");
    // printpdf writes the fonts of glyphs that a page shows: this page shows each once, and is not taken over.
    let mut specimen = vec![Op::StartTextSection];
    for face in Face::ALL.into_iter().filter(|face| !faces.used(*face).characters.is_empty()) {
        let Some(parsed) = subset(face, faces) else { continue };
        let id = FontId(name(face).into());
        pdf.resources.fonts.map.insert(id.clone(), PdfFont::new(parsed));
        let all = faces.used(face).characters.iter().map(|(character, _)| *character).collect();
        specimen.push(Op::SetFont { font: PdfFontHandle::External(id), size: Pt(1.0) });
        specimen.push(Op::ShowText { items: vec![TextItem::Text(all)] });
    }
    let pictures = picture::add(sheets, &mut pdf);
    pdf.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), specimen));
    let save = PdfSaveOptions {
        image_optimization: Some(ImageOptimizationOptions {
            format: Some(ImageCompression::Flate),
            ..ImageOptimizationOptions::default()
        }),
        ..PdfSaveOptions::default()
    };
    let mut source = pdf.to_lopdf_document(&save, &mut Vec::new());
    let fonts = of_first_page(&source, b"Font").unwrap_or_default();
    for face in Face::ALL {
        let font = fonts.get(name(face).as_bytes()).and_then(Object::as_reference);
        if let Ok(font) = font {
            set_widths(&mut source, font, face, faces);
        }
    }
    let pictures_of_page = of_first_page(&source, b"XObject").unwrap_or_default();
    let mut taking = Taking { source: &source, file, known: BTreeMap::new() };
    let mut resources = Syntax::default();
    resources.raw("<</Font");
    taking.dictionary(&fonts, &mut resources);
    resources.raw("/XObject");
    taking.dictionary(&pictures_of_page, &mut resources);
    resources.raw(">>");
    let id = file.reserve();
    file.object(id).bytes.extend_from_slice(&resources.bytes);
    (pictures, id)
}

/// A kind of resource of the only page.
fn of_first_page(source: &lopdf::Document, kind: &[u8]) -> Option<Dictionary> {
    let page = source.get_dictionary(source.page_iter().next()?).ok()?;
    let resources = source.get_dictionary(page.get(b"Resources").and_then(Object::as_reference).ok()?).ok()?;
    source.get_dictionary(resources.get(kind).and_then(Object::as_reference).ok()?).ok().cloned()
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

/// Takes objects of a document of lopdf into the file, with all that they refer to.
struct Taking<'a> {
    source: &'a lopdf::Document,
    file: &'a mut File,
    known: BTreeMap<ObjectId, Id>,
}

impl Taking<'_> {
    fn take(&mut self, id: ObjectId) -> Id {
        if let Some(known) = self.known.get(&id) {
            return *known;
        }
        let own = self.file.reserve();
        self.known.insert(id, own);
        let mut out = Syntax::default();
        match self.source.objects.get(&id) {
            Some(Object::Stream(stream)) => {
                let entries = stream.dict.iter().filter(|(key, _)| key.as_slice() != b"Length");
                for (key, value) in entries {
                    out.name(key).raw(" ");
                    self.value(value, &mut out);
                }
                self.file.stream(own, &out.bytes, &stream.content, !stream.dict.has(b"Filter"));
            }
            other => {
                self.value(other.unwrap_or(&Object::Null), &mut out);
                self.file.object(own).bytes.extend_from_slice(&out.bytes);
            }
        }
        own
    }

    fn value(&mut self, value: &Object, out: &mut Syntax) {
        match value {
            // A stream stands alone: elsewhere it would be no value.
            Object::Null | Object::Stream(_) => out.raw("null"),
            Object::Boolean(truth) => out.raw(if *truth { "true" } else { "false" }),
            Object::Integer(number) => out.integer(*number),
            Object::Real(number) => out.decimal(f64::from(*number), 5),
            Object::Name(name) => out.name(name),
            Object::String(bytes, StringFormat::Literal) => out.literal(bytes),
            Object::String(bytes, StringFormat::Hexadecimal) => out.hexadecimal(bytes),
            Object::Reference(id) => {
                let id = self.take(*id);
                out.reference(id)
            }
            Object::Dictionary(entries) => {
                self.dictionary(entries, out);
                out
            }
            Object::Array(values) => {
                out.raw("[");
                for (index, value) in values.iter().enumerate() {
                    out.raw(if index > 0 { " " } else { "" });
                    self.value(value, out);
                }
                out.raw("]")
            }
        };
    }

    fn dictionary(&mut self, entries: &Dictionary, out: &mut Syntax) {
        out.raw("<<");
        for (key, value) in entries {
            out.name(key).raw(" ");
            self.value(value, out);
        }
        out.raw(">>");
    }
}
