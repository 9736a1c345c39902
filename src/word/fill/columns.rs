//! A table after a column loop: its grid, the widths of the repeated cells and the spans of the cells above and below.
//!
//! The template's column stands for the room of all its copies together: they share its width, and the table stays as
//! wide as it was drawn. A cell in another row that spans the column comes to span all copies.

use super::assemble::{COLUMNS_BEGIN, COLUMNS_END, COLUMNS_NEXT};
use crate::word::xml::{Element, Node};

/// A stretch of template columns and how often it came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    start: usize,
    length: usize,
    copies: usize,
}

impl Stretch {
    fn end(&self) -> usize {
        self.start + self.length
    }
}

/// Puts a filled table right and takes the marks of the loop out. Nested tables have been settled before.
pub fn settle(table: &mut Element) {
    let mut stretches: Vec<Stretch> = Vec::new();
    for row in rows(table) {
        for found in stretches_of(row) {
            let clashes = stretches.iter().any(|known| found.start < known.end() && known.start < found.end());
            if !clashes {
                stretches.push(found);
            }
        }
    }
    stretches.sort_by_key(|stretch| stretch.start);
    for node in &mut table.children {
        settle_level(node, &stretches);
    }
    if let Some(grid) = table.find_mut("w:tblGrid") {
        settle_grid(grid, &stretches);
    }
    table.children.retain(|node| !node.is("w:tr") || node.element().is_some_and(|row| row.find("w:tc").is_some()));
}

/// Rows of the table, also those inside content controls.
fn rows(table: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for child in table.elements() {
        match child.name.as_str() {
            "w:tr" => found.push(child),
            "w:sdt" | "w:sdtContent" => found.extend(rows(child)),
            _ => {}
        }
    }
    found
}

fn settle_level(node: &mut Node, stretches: &[Stretch]) {
    let Some(element) = node.element_mut() else { return };
    match element.name.as_str() {
        "w:tr" => settle_row(element, stretches),
        "w:sdt" | "w:sdtContent" => element.children.iter_mut().for_each(|child| settle_level(child, stretches)),
        _ => {}
    }
}

/// Columns that a cell takes up.
pub fn span(cell: &Element) -> usize {
    let span = cell.path(&["w:tcPr", "w:gridSpan"]).and_then(|span| span.attribute("w:val"));
    span.and_then(|span| span.parse().ok()).unwrap_or(1).clamp(1, 1_000)
}

/// Columns that the row leaves free before its first cell.
pub fn skipped(row: &Element) -> usize {
    let before = row.path(&["w:trPr", "w:gridBefore"]).and_then(|before| before.attribute("w:val"));
    before.and_then(|before| before.parse().ok()).unwrap_or(0).min(1_000)
}

/// The column loops of one row, in template columns. A loop that did not turn tells no length: it is taken as one column.
fn stretches_of(row: &Element) -> Vec<Stretch> {
    let mut found = Vec::new();
    let mut column = skipped(row);
    let mut open: Option<Stretch> = None;
    for cell in row.elements() {
        match (cell.name.as_str(), &mut open) {
            (COLUMNS_BEGIN, _) => open = Some(Stretch { start: column, length: 0, copies: 0 }),
            (COLUMNS_NEXT, Some(stretch)) => stretch.copies += 1,
            (COLUMNS_END, _) => {
                if let Some(mut stretch) = open.take() {
                    stretch.length = stretch.length.max(1);
                    column += stretch.length;
                    found.push(stretch);
                }
            }
            ("w:tc", Some(stretch)) if stretch.copies == 1 => stretch.length += span(cell),
            ("w:tc", None) => column += span(cell),
            _ => {}
        }
    }
    found
}

fn settle_row(row: &mut Element, stretches: &[Stretch]) {
    let mut column = skipped(row);
    let mut open: Option<Stretch> = None;
    let mut kept = Vec::with_capacity(row.children.len());
    for mut node in std::mem::take(&mut row.children) {
        let Some(cell) = node.element_mut() else {
            kept.push(node);
            continue;
        };
        match cell.name.as_str() {
            COLUMNS_BEGIN => open = stretches.iter().find(|stretch| stretch.start == column).copied(),
            COLUMNS_NEXT => {}
            COLUMNS_END => column += open.take().map_or(1, |stretch| stretch.length),
            "w:tc" => {
                if let Some(stretch) = open {
                    narrow(cell, stretch.copies);
                    kept.push(node);
                    continue;
                }
                let width = span(cell);
                let wanted = span_after(column, width, stretches);
                column += width;
                if wanted > 0 {
                    set_span(cell, wanted);
                    kept.push(node);
                }
            }
            _ => kept.push(node),
        }
    }
    row.children = kept;
}

/// How many columns a cell outside the loop comes to span: each stretch counts for the cell that covers its last column.
fn span_after(column: usize, width: usize, stretches: &[Stretch]) -> usize {
    let end = column + width;
    let mut span = width;
    for stretch in stretches {
        let shared = end.min(stretch.end()).saturating_sub(column.max(stretch.start));
        if shared == stretch.length {
            span = span - stretch.length + stretch.length * stretch.copies;
        } else if shared > 0 && end >= stretch.end() {
            span += stretch.length * stretch.copies.saturating_sub(1);
        }
    }
    span
}

fn set_span(cell: &mut Element, span: usize) {
    if span == self::span(cell) {
        return;
    }
    if cell.find("w:tcPr").is_none() {
        cell.children.insert(0, Node::Element(Element::new("w:tcPr")));
    }
    let Some(properties) = cell.find_mut("w:tcPr") else { return };
    match properties.find_mut("w:gridSpan") {
        Some(own) => own.set("w:val", span.to_string()),
        None => {
            // after cnfStyle and tcW, as the schema orders
            let at = properties.children.iter().take_while(|child| child.is("w:cnfStyle") || child.is("w:tcW")).count();
            properties.children.insert(at, Node::Element(Element::new("w:gridSpan").with("w:val", span.to_string())));
        }
    }
}

/// A repeated cell takes its share of the template's width.
fn narrow(cell: &mut Element, copies: usize) {
    let width = cell.find_mut("w:tcPr").and_then(|properties| properties.find_mut("w:tcW"));
    if let Some(width) = width
        && let Some(value) = width.attribute("w:w").and_then(|value| value.parse::<usize>().ok())
    {
        width.set("w:w", (value / copies.max(1)).to_string());
    }
}

fn settle_grid(grid: &mut Element, stretches: &[Stretch]) {
    let mut columns: Vec<Element> = Vec::new();
    let (own, others): (Vec<Node>, Vec<Node>) =
        std::mem::take(&mut grid.children).into_iter().partition(|node| node.is("w:gridCol"));
    let own: Vec<Element> = own.into_iter().filter_map(|node| node.element().cloned()).collect();
    let mut at = 0;
    while at < own.len() {
        let Some(stretch) = stretches.iter().find(|stretch| stretch.start == at) else {
            columns.push(own[at].clone());
            at += 1;
            continue;
        };
        let group = &own[at..stretch.end().min(own.len())];
        for _ in 0..stretch.copies {
            for column in group {
                let mut column = column.clone();
                if let Some(width) = column.attribute("w:w").and_then(|width| width.parse::<usize>().ok()) {
                    column.set("w:w", (width / stretch.copies).to_string());
                }
                columns.push(column);
            }
        }
        at += group.len();
    }
    grid.children = columns.into_iter().map(Node::Element).chain(others).collect();
}
