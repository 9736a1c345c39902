//! Bookmarks: the headings, nested by level, in the order of the text.

use lopdf::{Object, ObjectId, dictionary};

use super::{name, real, text};
use crate::pdf::sheet::Sheets;

/// Adds the bookmarks; none if there are no headings.
pub fn add(file: &mut lopdf::Document, pages: &[ObjectId], sheets: &Sheets) -> Option<ObjectId> {
    let headings: Vec<_> = sheets.outline.iter().filter(|heading| heading.sheet < pages.len()).collect();
    if headings.is_empty() {
        return None;
    }
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = headings.iter().map(|_| file.new_object_id()).collect();
    // Position in `headings` of each one's parent.
    let mut open: Vec<usize> = Vec::new();
    let mut parents: Vec<Option<usize>> = Vec::with_capacity(headings.len());
    for (index, heading) in headings.iter().enumerate() {
        while open.last().is_some_and(|above| headings[*above].level >= heading.level) {
            open.pop();
        }
        parents.push(open.last().copied());
        open.push(index);
    }
    let children = |parent: Option<usize>| -> Vec<usize> {
        (0..headings.len()).filter(|index| parents[*index] == parent).collect()
    };
    for (index, heading) in headings.iter().enumerate() {
        let sheet = &sheets.sheets[heading.sheet];
        let top = real((sheet.height - heading.y + 4.0).min(sheet.height));
        let destination: Vec<Object> = vec![pages[heading.sheet].into(), name("XYZ"), Object::Null, top, Object::Null];
        let mut item = dictionary! {
            "Title" => text(&heading.title),
            "Parent" => parents[index].map_or(root, |parent| ids[parent]),
            "Dest" => destination,
        };
        let siblings = children(parents[index]);
        if let Some(at) = siblings.iter().position(|sibling| *sibling == index) {
            if at > 0 {
                item.set("Prev", ids[siblings[at - 1]]);
            }
            if let Some(next) = siblings.get(at + 1) {
                item.set("Next", ids[*next]);
            }
        }
        let below = children(Some(index));
        if let (Some(first), Some(last)) = (below.first(), below.last()) {
            item.set("First", ids[*first]);
            item.set("Last", ids[*last]);
            item.set("Count", below.len() as i64);
        }
        file.set_object(ids[index], item);
    }
    let top = children(None);
    if let (Some(first), Some(last)) = (top.first(), top.last()) {
        let outlines = dictionary! {
            "Type" => "Outlines",
            "First" => ids[*first],
            "Last" => ids[*last],
            "Count" => headings.len() as i64,
        };
        file.set_object(root, outlines);
    }
    Some(root)
}
