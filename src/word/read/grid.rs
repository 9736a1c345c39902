//! The grid of a table: which columns each cell covers, which cells are merged downwards, how wide the columns are.

use std::rc::Rc;

use super::looks::{CellLook, Looks};
use super::story::alternative;
use super::table_style::Width;
use super::values::{twips_of, value_number};
use crate::word::document::VerticalMerge;
use crate::word::xml::ElementRef;

/// Most columns of a table; Word itself ends at 63.
const MOST_COLUMNS: usize = 256;

/// A row of the file with its cells on the grid.
pub struct RawRow<'a> {
    pub element: ElementRef<'a>,
    pub cells: Vec<RawCell<'a>>,
}

pub struct RawCell<'a> {
    pub element: ElementRef<'a>,
    pub look: Rc<CellLook>,
    /// The content control around the cell.
    pub control: Option<ElementRef<'a>>,
    pub column: usize,
    pub span: usize,
    pub merge: VerticalMerge,
}

/// Puts the cells of a row on the grid; what does not fit into the most columns is left out.
pub fn place_cells<'a>(row: ElementRef<'a>, looks: &mut Looks) -> RawRow<'a> {
    let mut elements = Vec::new();
    collect_cells(row, None, &mut elements);
    let skipped = row.find("w:trPr").and_then(|own| value_number(own, "w:gridBefore")).unwrap_or(0);
    let mut column = usize::try_from(skipped).unwrap_or(0).min(MOST_COLUMNS);
    let mut cells: Vec<RawCell> = Vec::with_capacity(elements.len());
    for (element, control) in elements {
        let look = looks.cell(element.find("w:tcPr"));
        let span =
            usize::try_from(look.span.unwrap_or(1)).unwrap_or(1).clamp(1, MOST_COLUMNS).min(MOST_COLUMNS - column);
        if span == 0 {
            break;
        }
        column += span;
        // The older way to merge to the right.
        if let (Some(true), Some(before)) = (look.continues_across, cells.last_mut()) {
            before.span += span;
            continue;
        }
        let merge = match look.continues_downwards {
            None => VerticalMerge::None,
            Some(true) => VerticalMerge::Continue,
            Some(false) => VerticalMerge::Start,
        };
        cells.push(RawCell { element, look, control, column: column - span, span, merge });
    }
    RawRow { element: row, cells }
}

/// The cells of a row, each with the content control around it.
fn collect_cells<'a>(
    parent: ElementRef<'a>,
    control: Option<ElementRef<'a>>,
    cells: &mut Vec<(ElementRef<'a>, Option<ElementRef<'a>>)>,
) {
    for child in parent.elements() {
        match child.name() {
            "w:tc" => cells.push((child, control)),
            "w:sdt" => collect_cells(child, Some(child), cells),
            "w:sdtContent" | "w:customXml" => collect_cells(child, control, cells),
            "mc:AlternateContent" => {
                if let Some(chosen) = alternative(child) {
                    collect_cells(chosen, control, cells);
                }
            }
            _ => {}
        }
    }
}

/// Makes downward merges whole: a continued cell has one of its shape above, a started one a continued one below.
pub fn mend_merges(rows: &mut [RawRow]) {
    let fits = |row: &RawRow, cell: (usize, usize), wanted: fn(VerticalMerge) -> bool| {
        let found = row.cells.binary_search_by_key(&cell.0, |other| other.column);
        found.is_ok_and(|at| row.cells[at].span == cell.1 && wanted(row.cells[at].merge))
    };
    for at in 0..rows.len() {
        let (above, rest) = rows.split_at_mut(at);
        for cell in rest[0].cells.iter_mut().filter(|cell| cell.merge == VerticalMerge::Continue) {
            let shape = (cell.column, cell.span);
            if !above.last().is_some_and(|row| fits(row, shape, |merge| merge != VerticalMerge::None)) {
                cell.merge = VerticalMerge::Start;
            }
        }
    }
    for at in 0..rows.len() {
        let (before, below) = rows.split_at_mut(at + 1);
        for cell in before[at].cells.iter_mut().filter(|cell| cell.merge == VerticalMerge::Start) {
            let shape = (cell.column, cell.span);
            if !below.first().is_some_and(|row| fits(row, shape, |merge| merge == VerticalMerge::Continue)) {
                cell.merge = VerticalMerge::None;
            }
        }
    }
}

/// Widths of the columns: those of single cells before those of the grid, fitted to the table where it has a width.
pub fn column_widths(table: ElementRef, own: Option<ElementRef>, rows: &[RawRow], room: i32) -> Vec<i32> {
    let columns = rows.iter().flat_map(|row| &row.cells).map(|cell| cell.column + cell.span).max().unwrap_or(0);
    let mut widths = vec![0; columns];
    if let Some(grid) = table.find("w:tblGrid") {
        let given = grid.elements().filter(|child| child.name() == "w:gridCol");
        for (width, column) in widths.iter_mut().zip(given) {
            *width = twips_of(column, "w:w").unwrap_or(0).clamp(0, 31_680);
        }
    }
    let mut preferred = vec![0; columns];
    for cell in rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.span == 1) {
        let asked = cell.look.width.and_then(|own| own.in_room(room)).unwrap_or(0);
        preferred[cell.column] = asked.min(31_680).max(preferred[cell.column]);
    }
    for (width, preferred) in widths.iter_mut().zip(preferred) {
        if preferred > 0 {
            *width = preferred;
        }
    }
    let asked = own.and_then(|own| own.find("w:tblW")).and_then(Width::read).and_then(|own| own.in_room(room));
    let missing = widths.iter().filter(|width| **width == 0).count() as i32;
    if missing > 0 {
        let rest = asked.unwrap_or(room) - widths.iter().sum::<i32>();
        let share = (rest / missing).max(200);
        widths.iter_mut().filter(|width| **width == 0).for_each(|width| *width = share);
    }
    let fixed = own.and_then(|own| own.find("w:tblLayout")).is_some_and(|own| own.attribute("w:type") == Some("fixed"));
    if let Some(asked) = asked.filter(|_| !fixed || own.is_some_and(asks_for_share)) {
        fit(&mut widths, asked);
    }
    widths
}

fn asks_for_share(properties: ElementRef) -> bool {
    properties.find("w:tblW").and_then(|own| own.attribute("w:type")) == Some("pct")
}

/// Stretches or shrinks the columns in proportion, so that they add up.
fn fit(widths: &mut [i32], whole: i32) {
    let sum: i64 = widths.iter().map(|width| i64::from(*width)).sum();
    if sum <= 0 || sum == i64::from(whole) {
        return;
    }
    let (mut given, mut passed) = (0, 0);
    for width in widths {
        passed += i64::from(*width);
        let edge = passed * i64::from(whole) / sum;
        *width = (edge - given) as i32;
        given = edge;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fitted_columns_add_up_exactly() {
        let mut widths = [100, 200, 300];
        fit(&mut widths, 1000);
        assert_eq!(widths, [166, 334, 500]);
    }
}
