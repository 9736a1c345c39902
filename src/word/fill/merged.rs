//! Cells merged downwards, after loops and conditions have run: a part whose beginning is gone begins itself.

use std::collections::BTreeSet;

use super::columns;
use crate::word::xml::{Element, Node};

/// Puts a filled table right: a cell that continues nothing becomes the first of its merged cells.
pub fn settle(table: &mut Element) {
    let mut running = BTreeSet::new();
    table.children.iter_mut().for_each(|node| settle_level(node, &mut running));
}

fn settle_level(node: &mut Node, running: &mut BTreeSet<usize>) {
    let Some(element) = node.element_mut() else { return };
    match element.name.as_str() {
        "w:tr" => *running = settle_row(element, running),
        "w:sdt" | "w:sdtContent" | "w:customXml" => {
            element.children.iter_mut().for_each(|child| settle_level(child, running));
        }
        _ => {}
    }
}

/// Gives the columns in which merged cells go on below this row.
fn settle_row(row: &mut Element, above: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut running = BTreeSet::new();
    let mut column = columns::skipped(row);
    settle_cells(row, &mut column, above, &mut running);
    running
}

fn settle_cells(holder: &mut Element, column: &mut usize, above: &BTreeSet<usize>, running: &mut BTreeSet<usize>) {
    for cell in holder.elements_mut() {
        match cell.name.as_str() {
            "w:tc" => {
                let merge = cell.find_mut("w:tcPr").and_then(|properties| properties.find_mut("w:vMerge"));
                if let Some(merge) = merge {
                    running.insert(*column);
                    if merge.attribute("w:val") != Some("restart") && !above.contains(column) {
                        merge.set("w:val", "restart");
                    }
                }
                *column += columns::span(cell);
            }
            "w:sdt" | "w:sdtContent" | "w:customXml" => settle_cells(cell, column, above, running),
            _ => {}
        }
    }
}
