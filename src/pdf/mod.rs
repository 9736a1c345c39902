//! PDF files out of a `word::Document`: line breaking, tables, pages, tags, signature fields, conformance.
//!
//! Two steps, each from one plain type to the next: `page` lays the document out as [`Sheets`] (positioned items and a
//! logical tree), using `paragraph`, `line`, `table` and `split`; `write` turns that into bytes. Only `write` knows the format
//! and its libraries, only `shape` shapes text. May use the `Document` of `word`, the drawings of `chart`, the letters of
//! `font`, and `vietnamese`.

mod block;
mod boxes;
mod columns;
mod draw;
mod drawing;
mod line;
mod notes;
mod page;
mod paragraph;
mod rows;
mod shape;
mod sheet;
mod split;
mod symbol;
mod table;
mod token;
mod tree;
mod write;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub use sheet::Sheets;

use crate::word::Document;

/// What a PDF needs to know besides the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Date of the metadata, in seconds since 1970-01-01 UTC; none leaves every date out of the file.
    pub seconds: Option<i64>,
    /// Name of the program that asks for the file, such as `thidua 0.1`.
    pub creator: String,
}

/// Lays the document out and writes it as PDF/A-2a and PDF/UA-1. Same document and options, same bytes.
///
/// Characters that the built-in fonts lack are drawn or shown as an empty square, with the character itself as the
/// text behind; [`missing_characters`] names the latter beforehand.
pub fn render(document: &Document, options: &Options) -> Vec<u8> {
    write(&lay_out(document), document, options)
}

/// Lays the document out, the first half of [`render`].
pub fn lay_out(document: &Document) -> Sheets {
    page::lay_out(document)
}

/// Writes a document that is laid out, the second half of [`render`].
pub fn write(sheets: &Sheets, document: &Document, options: &Options) -> Vec<u8> {
    write::write(sheets, document, options)
}

/// Characters of the document that can only be shown as an empty square.
pub fn missing_characters(document: &Document) -> BTreeSet<char> {
    let sheets = lay_out(document);
    let items = sheets.sheets.iter().flat_map(|sheet| &sheet.items);
    items
        .filter_map(|placed| match &placed.item {
            sheet::Item::Symbol(drawn) if drawn.shape == symbol::Shape::Missing => Some(drawn.character),
            _ => None,
        })
        .collect()
}
