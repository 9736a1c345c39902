//! What pages draw with: fonts and pictures, written by printpdf and taken over into the file.

use lopdf::{Dictionary, Object};
use printpdf::{ImageCompression, ImageOptimizationOptions, Mm, Op, PdfDocument, PdfPage, PdfSaveOptions};

use super::faces::Faces;
use super::file::File;
use super::parcel::Parcel;
use super::picture::{self, Pictures};
use super::subset;
use super::syntax::Id;
use super::syntax::Syntax;
use crate::font::Face;
use crate::pdf::sheet::Sheets;

/// Name of a face in the content of pages.
pub fn name(face: Face) -> &'static str {
    ["FA", "FB", "FC", "FD"][face as usize]
}

/// Puts every used face and picture into the file; gives the dictionary that all pages share.
pub fn add(file: &mut File, sheets: &Sheets, faces: &Faces) -> (Pictures, Id) {
    let mut resources = Syntax::default();
    resources.raw("<</Font<<");
    for face in Face::ALL {
        if let Some(font) = subset::parcel(face, faces) {
            resources.name(name(face).as_bytes()).raw(" ");
            font.put(file, &mut resources);
        }
    }
    resources.raw(">>/XObject");
    let mut pdf = PdfDocument::new("");
    let pictures = picture::add(sheets, &mut pdf);
    if pdf.resources.xobjects.map.is_empty() {
        resources.raw("<<>>");
    } else {
        let source = saved(pdf, Vec::new());
        let shown = of_first_page(&source, b"XObject").unwrap_or_default();
        Parcel::of(&source, &shown).put(file, &mut resources);
    }
    resources.raw(">>");
    let id = file.reserve();
    file.object(id).bytes.extend_from_slice(&resources.bytes);
    (pictures, id)
}

/// What printpdf makes of a document of one page.
pub fn saved(mut pdf: PdfDocument, page: Vec<Op>) -> lopdf::Document {
    pdf.pages.push(PdfPage::new(Mm(1.0), Mm(1.0), page));
    let save = PdfSaveOptions {
        image_optimization: Some(ImageOptimizationOptions {
            format: Some(ImageCompression::Flate),
            ..ImageOptimizationOptions::default()
        }),
        ..PdfSaveOptions::default()
    };
    pdf.to_lopdf_document(&save, &mut Vec::new())
}

/// A kind of resource of the only page.
pub fn of_first_page(source: &lopdf::Document, kind: &[u8]) -> Option<Dictionary> {
    let page = source.get_dictionary(source.page_iter().next()?).ok()?;
    let resources = source.get_dictionary(page.get(b"Resources").and_then(Object::as_reference).ok()?).ok()?;
    source.get_dictionary(resources.get(kind).and_then(Object::as_reference).ok()?).ok().cloned()
}
