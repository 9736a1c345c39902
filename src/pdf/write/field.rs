//! Open signature fields: one widget for each, at its place, with nothing drawn.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::{name, real, text};
use crate::pdf::sheet::{Item, Owner, Sheets};
use crate::pdf::tree::NodeId;

/// A field in the file.
pub struct Widget {
    pub object: ObjectId,
    pub page: ObjectId,
    pub node: NodeId,
    /// Key in the parent tree.
    pub key: i64,
}

/// Adds a widget for every field of the sheets.
pub fn add(file: &mut lopdf::Document, pages: &[ObjectId], sheets: &Sheets) -> Vec<Widget> {
    let mut widgets: Vec<Widget> = Vec::new();
    let mut names = BTreeSet::new();
    for (page, sheet) in pages.iter().zip(&sheets.sheets) {
        let first = widgets.len();
        for placed in &sheet.items {
            let Item::Field { x, y, width, height, name: wanted, tooltip } = &placed.item else { continue };
            let Owner::Node(node) = placed.owner else { continue };
            let size = vec![0.into(), 0.into(), real(*width), real(*height)];
            let appearance = dictionary! {
                "Type" => "XObject",
                "Subtype" => "Form",
                "BBox" => size,
                "Resources" => Dictionary::new(),
            };
            let appearance = file.add_object(Stream::new(appearance, Vec::new()));
            let (top, bottom) = (sheet.height - y, sheet.height - y - height);
            let key = (pages.len() + widgets.len()) as i64;
            let object = file.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Widget",
                "FT" => name("Sig"),
                "T" => text(&unique(wanted, &mut names)),
                "TU" => text(if tooltip.is_empty() { wanted } else { tooltip }),
                "F" => 4,
                "P" => *page,
                "Rect" => vec![real(*x), real(bottom), real(x + width), real(top)],
                "AP" => dictionary! { "N" => appearance },
                "StructParent" => key,
            });
            widgets.push(Widget { object, page: *page, node, key });
        }
        let annotations: Vec<Object> = widgets[first..].iter().map(|widget| widget.object.into()).collect();
        if let Ok(page) = file.get_dictionary_mut(*page)
            && !annotations.is_empty()
        {
            page.set("Annots", annotations);
        }
    }
    widgets
}

/// A name that no other field has, without the points that would make it a path.
fn unique(wanted: &str, names: &mut BTreeSet<String>) -> String {
    let base = match wanted.replace('.', "_") {
        empty if empty.is_empty() => "ky".to_string(),
        base => base,
    };
    let mut name = base.clone();
    let mut number = 2;
    while !names.insert(name.clone()) {
        name = format!("{base}_{number}");
        number += 1;
    }
    name
}
