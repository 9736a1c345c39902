//! Parts that belong to a sheet and speak of its cells: tables, comments with their boxes, pictures and charts on it.

use std::collections::HashSet;

use super::limits::MOST_COPIES;
use super::moves::{Copy, Home, Moves};
use super::reference::{Area, MOST_COLUMNS, MOST_ROWS};
use crate::word::xml::{Element, Node};

/// A table of Excel: its range, its columns and their formulas. `heading` gives the text of a heading that was filled in or
/// repeated, by the row and column of the template and the column's place. Whether anything of the table is left.
pub(super) fn table(
    root: &mut Element,
    moves: &Moves,
    sheet: usize,
    heading: impl Fn(u32, u32, u32) -> Option<String>,
) -> bool {
    let Some(area) = root.attribute("ref").and_then(Area::read) else { return true };
    let Some(moved) = root.attribute("ref").and_then(|own| moves.whole(sheet, own)) else { return false };
    root.set("ref", moved);
    for filter in root.elements_mut().filter(|child| matches!(child.name.as_str(), "autoFilter" | "sortState")) {
        if let Some(moved) = filter.attribute("ref").and_then(|own| moves.whole(sheet, own)) {
            filter.set("ref", moved);
        }
        for condition in filter.elements_mut().filter(|child| child.name == "sortCondition") {
            if let Some(moved) = condition.attribute("ref").and_then(|own| moves.whole(sheet, own)) {
                condition.set("ref", moved);
            }
        }
    }
    let has_heading = root.attribute("headerRowCount") != Some("0");
    let Some(columns) = root.find_mut("tableColumns") else { return true };
    let own: Vec<Element> = columns.elements().filter(|column| column.name == "tableColumn").cloned().collect();
    columns.children.clear();
    let mut taken = HashSet::new();
    for (at, column) in (area.column_span().0..).zip(&own) {
        let body = Area::of((area.row_span().1, area.row_span().1), (at, at));
        let places = moves.copies(sheet, &body, |_| true);
        let mut done = HashSet::new();
        for copy in places.into_iter().filter(|copy| done.insert(copy.columns)) {
            let mut column = column.clone();
            let filled = heading(area.row_span().0, at, copy.columns.0).filter(|_| has_heading);
            let name = filled.unwrap_or_else(|| column.attribute("name").unwrap_or_default().to_string());
            column.set("name", unique(&name, &mut taken));
            column.set("id", (columns.children.len() + 1).to_string());
            column.attributes.retain(|(name, _)| !name.ends_with(":uid"));
            table_formulas(&mut column, moves, sheet, body, &copy);
            columns.children.push(Node::Element(column));
        }
    }
    let count = columns.children.len();
    columns.set("count", count.to_string());
    count > 0
}

fn table_formulas(column: &mut Element, moves: &Moves, sheet: usize, body: Area, copy: &Copy) {
    let home = Home {
        sheet: Some(sheet),
        row: body.row_span().0,
        column: body.column_span().0,
        row_path: copy.row_path.clone(),
        column_path: copy.column_path.clone(),
        takes_all: false,
    };
    for formula in column.elements_mut().filter(|child| child.name.ends_with("Formula")) {
        let moved = moves.formula(&formula.all_text(), &home);
        formula.children = vec![Node::Text(moved)];
    }
}

/// A heading that no other column of the table has; Excel takes no two alike.
fn unique(name: &str, taken: &mut HashSet<String>) -> String {
    let name = name.replace("\r\n", "\n").replace('\n', "_x000a_");
    let mut own = name.clone();
    let mut number = 2;
    while !taken.insert(own.to_lowercase()) {
        own = format!("{name}{number}");
        number += 1;
    }
    own
}

/// Comments: one at each place of their cell.
pub(super) fn comments(root: &mut Element, moves: &Moves, sheet: usize) {
    let Some(list) = root.find_mut("commentList") else { return };
    let own = std::mem::take(&mut list.children);
    for comment in own.iter().filter_map(Node::element) {
        let Some(area) = comment.attribute("ref").and_then(Area::read) else { continue };
        for copy in moves.copies(sheet, &area, |_| true).into_iter().take(MOST_COPIES) {
            let mut moved = comment.clone();
            moved.set("ref", Area::cell(copy.rows.0, copy.columns.0).to_string());
            // each has an id of its own, which a copy may not share
            moved.attributes.retain(|(name, _)| !name.ends_with(":uid"));
            list.children.push(Node::Element(moved));
        }
    }
}

/// Threaded comments move with their cell to where it stands first; they are conversations, not repeated.
pub(super) fn threads(root: &mut Element, moves: &Moves, sheet: usize) {
    root.children.retain_mut(|node| {
        let Node::Element(comment) = node else { return true };
        let Some(area) = comment.attribute("ref").and_then(Area::read) else { return true };
        let Some(copy) = moves.copies(sheet, &area, |_| true).into_iter().next() else { return false };
        comment.set("ref", Area::cell(copy.rows.0, copy.columns.0).to_string());
        true
    });
}

/// The boxes of comments and other controls in the old drawing language: their anchors, and for comments their cell.
pub(super) fn boxes(root: &mut Element, moves: &Moves, sheet: usize) {
    let own = std::mem::take(&mut root.children);
    let mut number = 0;
    let ids = |element: &Element| element.attribute("id").and_then(|id| id.rsplit("_s").next()?.parse::<u32>().ok());
    let mut next = own.iter().filter_map(Node::element).filter_map(ids).max().unwrap_or(1_024) + 1;
    for node in own {
        let Node::Element(shape) = &node else {
            root.children.push(node);
            continue;
        };
        let data = shape.find("x:ClientData");
        let text = |name: &str| -> Option<u32> { data?.find(name)?.all_text().trim().parse().ok() };
        let (row, column) = (text("x:Row"), text("x:Column"));
        let (Some(row), Some(column)) = (row, column) else {
            root.children.push(node);
            continue;
        };
        for (turn, copy) in moves.copies(sheet, &Area::cell(row, column), |_| true).into_iter().enumerate() {
            number += 1;
            if number > MOST_COPIES {
                break;
            }
            let mut moved = shape.clone();
            if turn > 0 {
                moved.set("id", format!("_x0000_s{next}"));
                moved.attributes.retain(|(name, _)| name != "o:spid");
                next += 1;
            }
            move_box(&mut moved, (row, column), (copy.rows.0, copy.columns.0));
            root.children.push(Node::Element(moved));
        }
    }
}

fn move_box(shape: &mut Element, from: (u32, u32), to: (u32, u32)) {
    let Some(data) = shape.find_mut("x:ClientData") else { return };
    for child in data.elements_mut() {
        match child.name.as_str() {
            "x:Row" => child.children = vec![Node::Text(to.0.to_string())],
            "x:Column" => child.children = vec![Node::Text(to.1.to_string())],
            "x:Anchor" => {
                // left column, its offset, top row, its offset; right column, its offset, bottom row, its offset
                let numbers: Vec<i64> = child.all_text().split(',').filter_map(|one| one.trim().parse().ok()).collect();
                let (rows, columns) = (i64::from(to.0) - i64::from(from.0), i64::from(to.1) - i64::from(from.1));
                let shift = |(at, number): (usize, &i64)| match at {
                    0 | 4 => (number + columns).max(0),
                    2 | 6 => (number + rows).max(0),
                    _ => *number,
                };
                let moved: Vec<String> = numbers.iter().enumerate().map(shift).map(|n| n.to_string()).collect();
                child.children = vec![Node::Text(moved.join(", "))];
            }
            _ => {}
        }
    }
}

/// Pictures, shapes and charts on a sheet: their anchors. A picture or shape inside a loop stands in every turn, a chart in
/// the first; what stands over a loop grows with it, unless it is not to change its size.
pub(super) fn drawing(root: &mut Element, moves: &Moves, sheet: usize) {
    let own = std::mem::take(&mut root.children);
    let ids = |element: &Element| -> Vec<u32> {
        let named = element.descendants().filter(|inner| inner.name.ends_with(":cNvPr"));
        named.filter_map(|inner| inner.attribute("id")?.parse().ok()).collect()
    };
    let mut next = own.iter().filter_map(Node::element).flat_map(ids).max().unwrap_or(0) + 1;
    for node in own {
        let Node::Element(anchor) = &node else {
            root.children.push(node);
            continue;
        };
        let Some(from) = corner(anchor, "xdr:from") else {
            root.children.push(node);
            continue;
        };
        if anchor.attribute("editAs") == Some("absolute") {
            root.children.push(node);
            continue;
        }
        let to = corner(anchor, "xdr:to").unwrap_or(from);
        let to = (to.0.max(from.0), to.1.max(from.1));
        let area = Area::of((from.0, to.0), (from.1, to.1));
        let is_chart = anchor.descendants().any(|inner| inner.name == "xdr:graphicFrame");
        let copies = moves.copies(sheet, &area, |_| true);
        for (turn, copy) in copies.into_iter().take(if is_chart { 1 } else { MOST_COPIES }).enumerate() {
            let mut moved = anchor.clone();
            if turn > 0 {
                moved.for_each_mut(&mut |inner| {
                    if inner.name.ends_with(":cNvPr") {
                        inner.set("id", next.to_string());
                        next += 1;
                    }
                });
            }
            set_corner(&mut moved, "xdr:from", (copy.rows.0, copy.columns.0));
            let keeps_size = anchor.attribute("editAs") == Some("oneCell");
            let end = if keeps_size {
                (copy.rows.0 + to.0 - from.0, copy.columns.0 + to.1 - from.1)
            } else {
                (copy.rows.1, copy.columns.1)
            };
            set_corner(&mut moved, "xdr:to", end);
            root.children.push(Node::Element(moved));
        }
    }
}

/// Row and column of one corner of an anchor.
fn corner(anchor: &Element, name: &str) -> Option<(u32, u32)> {
    let corner = anchor.find(name)?;
    let number = |name: &str| corner.find(name)?.all_text().trim().parse::<u32>().ok();
    Some((number("xdr:row")?.min(MOST_ROWS - 1), number("xdr:col")?.min(MOST_COLUMNS - 1)))
}

fn set_corner(anchor: &mut Element, name: &str, (row, column): (u32, u32)) {
    let Some(corner) = anchor.find_mut(name) else { return };
    for (name, number) in [("xdr:row", row.min(MOST_ROWS - 1)), ("xdr:col", column.min(MOST_COLUMNS - 1))] {
        if let Some(own) = corner.find_mut(name) {
            own.children = vec![Node::Text(number.to_string())];
        }
    }
}
