//! Sheets to bytes: the only place that knows the PDF format and printpdf.
//!
//! printpdf writes fonts (`subset`) and pictures, which are taken over (`resources`, `parcel`). Pages, content, structure tree, bookmarks, signature fields, metadata
//! and output intent of PDF/A-2a and PDF/UA-1 are written as bytes (`syntax`, `file`): as objects of printpdf and lopdf
//! they took four fifths of the time of a page.

mod content;
mod faces;
mod field;
mod file;
mod metadata;
mod outline;
mod parcel;
mod picture;
mod resources;
mod structure;
mod subset;
mod syntax;

use super::Options;
use super::sheet::Sheets;
use crate::word::Document;
use file::File;
use syntax::Id;

/// Writes sheets as a PDF file.
pub fn write(sheets: &Sheets, document: &Document, options: &Options) -> Vec<u8> {
    let mut file = File::new();
    let catalog = file.reserve();
    let faces = faces::Faces::of(sheets);
    let (pictures, resources) = resources::add(&mut file, sheets, &faces);
    let mut marks = structure::Marks::new(&sheets.tree);
    let pages: Vec<Id> = sheets.sheets.iter().map(|_| file.reserve()).collect();
    let contents: Vec<Id> = sheets.sheets.iter().map(|_| file.reserve()).collect();
    for (number, (sheet, id)) in sheets.sheets.iter().zip(&contents).enumerate() {
        let content = content::Writer::new(&faces, &pictures, &mut marks, number, sheet.height).sheet(sheet);
        file.stream(*id, b"", &content);
    }
    let widgets = field::add(&mut file, &pages, sheets);
    let tree = file.reserve();
    for (number, sheet) in sheets.sheets.iter().enumerate() {
        let page = file.object(pages[number]);
        page.raw("<</Type/Page/Parent ").reference(tree).raw("/MediaBox").list(&[0.0, 0.0, sheet.width, sheet.height]);
        page.raw("/Resources ").reference(resources).raw("/Contents ").reference(contents[number]);
        page.raw("/StructParents ").integer(number as i64).raw("/Tabs/S");
        let mut fields = widgets.iter().filter(|widget| widget.page == pages[number]).peekable();
        if fields.peek().is_some() {
            page.raw("/Annots").references(fields.map(|widget| widget.object));
        }
        page.raw(">>");
    }
    let count = pages.len() as i64;
    file.object(tree)
        .raw("<</Type/Pages/Count ")
        .integer(count)
        .raw("/Kids")
        .references(pages.iter().copied())
        .raw(">>");
    let structure = structure::add(&mut file, &pages, sheets, marks, &widgets);
    let outline = outline::add(&mut file, &pages, sheets);
    let about = metadata::add(&mut file, document, sheets, options);
    let root = file.object(catalog);
    root.raw("<</Type/Catalog/Pages ")
        .reference(tree)
        .raw("/PageLayout/OneColumn/StructTreeRoot ")
        .reference(structure);
    root.raw("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>");
    root.raw("/Lang").literal(about.language.as_bytes()).raw("/Metadata ").reference(about.packet);
    root.raw("/OutputIntents[").reference(about.intent).raw("]");
    match outline {
        Some(outline) => root.raw("/PageMode/UseOutlines/Outlines ").reference(outline),
        None => root.raw("/PageMode/UseNone"),
    };
    if !widgets.is_empty() {
        root.raw("/AcroForm<</SigFlags 1/Fields").references(widgets.iter().map(|widget| widget.object)).raw(">>");
    }
    root.raw(">>");
    file.finish(catalog, about.information)
}
