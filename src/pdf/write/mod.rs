//! Sheets to bytes: the only place that knows printpdf and lopdf.
//!
//! printpdf writes pages, fonts and pictures by its low-level operations; a pass over its objects adds what it has
//! not: structure tree, bookmarks, signature fields, metadata and output intent of PDF/A-2a and PDF/UA-1.

mod content;
mod embed;
mod field;
mod metadata;
mod outline;
mod picture;
mod structure;

use lopdf::{Object, ObjectId, StringFormat};
use printpdf::{ImageCompression, ImageOptimizationOptions, Mm, PdfDocument, PdfPage, PdfSaveOptions};

use super::Options;
use super::sheet::Sheets;
use crate::word::Document;

/// Writes sheets as a PDF file.
pub fn write(sheets: &Sheets, document: &Document, options: &Options) -> Vec<u8> {
    let mut pdf = PdfDocument::new("");
    let faces = embed::embed(sheets, &mut pdf);
    let pictures = picture::add(sheets, &mut pdf);
    let mut marks = structure::Marks::new(&sheets.tree);
    for (number, sheet) in sheets.sheets.iter().enumerate() {
        let ops = content::Writer::new(&faces, &pictures, &mut marks, number, sheet.height).sheet(sheet);
        pdf.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), ops));
    }
    let save = PdfSaveOptions {
        image_optimization: Some(ImageOptimizationOptions {
            format: Some(ImageCompression::Flate),
            ..ImageOptimizationOptions::default()
        }),
        ..PdfSaveOptions::default()
    };
    let mut file = pdf.to_lopdf_document(&save, &mut Vec::new());
    finish(&mut file, sheets, marks, document, options);
    file.compress();
    metadata::identify(&mut file);
    let mut bytes = Vec::new();
    // Writing to memory does not fail; were it to, the plain form is as good.
    if file.save_modern(&mut bytes).is_err() {
        bytes.clear();
        let _ = file.save_to(&mut bytes);
    }
    bytes
}

/// Adds what printpdf does not write.
fn finish(
    file: &mut lopdf::Document,
    sheets: &Sheets,
    marks: structure::Marks,
    document: &Document,
    options: &Options,
) {
    file.version = "1.7".into();
    let pages: Vec<ObjectId> = file.page_iter().collect();
    for ((number, page), sheet) in pages.iter().enumerate().zip(&sheets.sheets) {
        let Ok(page) = file.get_dictionary_mut(*page) else { continue };
        page.set("MediaBox", vec![0.into(), 0.into(), real(sheet.width), real(sheet.height)]);
        page.set("StructParents", number as i64);
        page.set("Tabs", name("S"));
        for key in [&b"TrimBox"[..], b"CropBox", b"Annots"] {
            page.remove(key);
        }
    }
    let widgets = field::add(file, &pages, sheets);
    let root = structure::add(file, &pages, sheets, marks, &widgets);
    let outline = outline::add(file, &pages, sheets);
    metadata::describe(file, document, sheets, options);
    let catalog = file.trailer.get(b"Root").and_then(Object::as_reference);
    let Some(catalog) = catalog.ok().and_then(|id| file.get_dictionary_mut(id).ok()) else { return };
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", lopdf::dictionary! { "Marked" => true });
    catalog.set("ViewerPreferences", lopdf::dictionary! { "DisplayDocTitle" => true });
    catalog.set("PageMode", name(if outline.is_some() { "UseOutlines" } else { "UseNone" }));
    catalog.remove(b"Outlines");
    if let Some(outline) = outline {
        catalog.set("Outlines", outline);
    }
    if !widgets.is_empty() {
        let fields: Vec<Object> = widgets.iter().map(|widget| widget.object.into()).collect();
        catalog.set("AcroForm", lopdf::dictionary! { "Fields" => fields, "SigFlags" => 1 });
    }
}

fn name(text: &str) -> Object {
    Object::Name(text.as_bytes().to_vec())
}

/// A text string: UTF-16 with its mark.
fn text(text: &str) -> Object {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    Object::String(units.flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

/// A length in points, to a hundredth.
fn real(points: f64) -> Object {
    Object::Real(rounded(points))
}

fn rounded(points: f64) -> f32 {
    ((points * 100.0).round() / 100.0) as f32
}
