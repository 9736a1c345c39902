//! The conformance stage: what docx-rs composes is brought to the schema, and what it cannot say is added.
//!
//! Measured by the Open XML SDK validator: no error is left. It works on packages that `word::compose` made, not on
//! files of users.

mod document;
mod order;
mod parts;

use super::Package;
use super::xml::{self, Element, Xml};

/// What docx-rs cannot say about a document; tables and rooms in the order of the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Additions {
    pub title: String,
    pub author: String,
    pub tables: Vec<TableAddition>,
    pub rooms: Vec<Room>,
}

/// A table's heading rows and its alternative text; an empty one is mere layout.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TableAddition {
    pub headers: usize,
    pub caption: String,
}

/// A room for signature and seal, made a content control.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Room {
    pub code: String,
    pub name: String,
}

/// Brings a composed package to the schema.
///
/// # Errors
/// A part that is missing or is not XML, in words.
pub(crate) fn conform(mut package: Package, additions: &Additions) -> Result<Package, String> {
    for name in parts::UNUSED {
        package.remove(name);
    }
    let names: Vec<String> = package.names().map(str::to_string).collect();
    for name in names {
        let Some(content) = package.part(&name) else { continue };
        let mut part = xml::parse(content).map_err(|error| format!("{name}: {error}"))?;
        match name.as_str() {
            "[Content_Types].xml" => parts::content_types(&mut part.root),
            "_rels/.rels" => parts::relationships(&mut part.root),
            "word/_rels/document.xml.rels" => {
                parts::relationships(&mut part.root);
                parts::link_numbering(&mut part.root);
            }
            "word/numbering.xml" => parts::numbering(&mut part.root),
            "word/document.xml" => document::complete(&mut part.root, additions)?,
            "word/styles.xml" => parts::styles(&mut part.root),
            "word/settings.xml" => part.root = parts::settings(&part.root),
            "docProps/core.xml" => part.root = parts::core_properties(additions),
            _ => {}
        }
        clean(&mut part.root);
        order::put_in_order(&mut part.root);
        package.set(name, Xml::new(part.root).to_bytes());
    }
    Ok(package)
}

/// Takes off what docx-rs writes and the schema does not know, or what says nothing.
fn clean(root: &mut Element) {
    root.for_each_mut(&mut |element| {
        // ids that docx-rs counts through the whole process: the next file would differ
        element.attributes.retain(|(name, _)| name != "w14:paraId" && name != "w14:textId");
        if element.name == "w:gridCol" {
            element.attributes.retain(|(name, _)| name != "w:type");
        }
        let keep_empty = element.name == "w:rPrDefault";
        element.children.retain(|child| {
            let empty = child.element().is_some_and(|child| child.children.is_empty() && child.attributes.is_empty());
            let droppable = child.is("w:rPr") || child.is("w:tblBorders") || child.is("w:tcBorders");
            !(empty && droppable && !keep_empty)
        });
    });
}
