//! Bookmarks: the headings, nested by level, in the order of the text.

use super::file::File;
use super::syntax::Id;
use crate::pdf::sheet::Sheets;

/// Points by which a bookmark leads above its heading.
const ABOVE: f64 = 4.0;

/// A bookmark among the others, by their places in the list.
#[derive(Clone, Default)]
struct Links {
    parent: Option<usize>,
    previous: Option<usize>,
    next: Option<usize>,
    first: Option<usize>,
    last: Option<usize>,
    children: i64,
}

/// Adds the bookmarks; none if there are no headings.
pub fn add(file: &mut File, pages: &[Id], sheets: &Sheets) -> Option<Id> {
    let headings: Vec<_> = sheets.outline.iter().filter(|heading| heading.sheet < pages.len()).collect();
    let levels: Vec<u8> = headings.iter().map(|heading| heading.level).collect();
    let (top, links) = nested(&levels);
    let (first, last) = top.first.zip(top.last)?;
    let root = file.reserve();
    let ids: Vec<Id> = headings.iter().map(|_| file.reserve()).collect();
    for ((heading, links), id) in headings.iter().zip(&links).zip(&ids) {
        let sheet = &sheets.sheets[heading.sheet];
        let height = (sheet.height - heading.y + ABOVE).min(sheet.height);
        let item = file.object(*id);
        item.raw("<</Title").text(&heading.title);
        item.raw("/Parent ").reference(links.parent.map_or(root, |parent| ids[parent]));
        item.raw("/Dest[").reference(pages[heading.sheet]).raw("/XYZ null ").points(height).raw(" null]");
        let beside =
            [("/Prev ", links.previous), ("/Next ", links.next), ("/First ", links.first), ("/Last ", links.last)];
        for (key, other) in beside {
            if let Some(other) = other {
                item.raw(key).reference(ids[other]);
            }
        }
        if links.children > 0 {
            item.raw("/Count ").integer(links.children);
        }
        item.raw(">>");
    }
    let outlines = file.object(root).raw("<</Type/Outlines/First ").reference(ids[first]);
    outlines.raw("/Last ").reference(ids[last]).raw("/Count ").integer(headings.len() as i64).raw(">>");
    Some(root)
}

/// The links of the root and of every bookmark.
fn nested(levels: &[u8]) -> (Links, Vec<Links>) {
    let mut links = vec![Links::default(); levels.len()];
    let mut root = Links::default();
    let mut open: Vec<usize> = Vec::new();
    for (index, level) in levels.iter().enumerate() {
        while open.last().is_some_and(|above| levels[*above] >= *level) {
            open.pop();
        }
        let parent = open.last().copied();
        let above = parent.map_or(&mut root, |parent| &mut links[parent]);
        let previous = above.last.replace(index);
        above.first.get_or_insert(index);
        above.children += 1;
        (links[index].parent, links[index].previous) = (parent, previous);
        if let Some(previous) = previous {
            links[previous].next = Some(index);
        }
        open.push(index);
    }
    (root, links)
}
