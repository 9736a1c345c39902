//! Open signature fields: one widget for each, at its place, with nothing drawn.

use std::collections::BTreeSet;

use super::file::File;
use super::syntax::Id;
use super::syntax::Syntax;
use crate::pdf::sheet::{Item, Owner, Sheets};
use crate::pdf::tree::NodeId;

/// A field in the file.
pub struct Widget {
    pub object: Id,
    pub page: Id,
    pub node: NodeId,
    /// Key in the parent tree.
    pub key: usize,
}

/// Adds a widget for every field of the sheets.
pub fn add(file: &mut File, pages: &[Id], sheets: &Sheets) -> Vec<Widget> {
    let mut widgets: Vec<Widget> = Vec::new();
    let mut names = BTreeSet::new();
    for (page, sheet) in pages.iter().zip(&sheets.sheets) {
        for placed in &sheet.items {
            let Item::Field { x, y, width, height, name: wanted, tooltip } = &placed.item else { continue };
            let Owner::Node(node) = placed.owner else { continue };
            let (appearance, object) = (file.reserve(), file.reserve());
            let mut dictionary = Syntax::default();
            dictionary.raw("/Type/XObject/Subtype/Form/BBox").list(&[0.0, 0.0, *width, *height]).raw("/Resources<<>>");
            file.ready_stream(appearance, &dictionary.bytes, b"", false);
            let (top, bottom) = (sheet.height - y, sheet.height - y - height);
            let key = pages.len() + widgets.len();
            let widget = file.object(object);
            widget.raw("<</Type/Annot/Subtype/Widget/FT/Sig/T").text(&unique(wanted, &mut names));
            widget.raw("/TU").text(if tooltip.is_empty() { wanted } else { tooltip });
            widget.raw("/F 4/P ").reference(*page).raw("/Rect").list(&[*x, bottom, x + width, top]);
            widget.raw("/AP<</N ").reference(appearance).raw(">>/StructParent ").integer(key as i64).raw(">>");
            widgets.push(Widget { object, page: *page, node, key });
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
