//! Borders of cells: what the table, its style's parts and the cell itself say, resolved side by side.

use super::properties::BorderProperties;
use super::table_style::{CellPosition, CellProperties, ConditionSet, TableStyle};
use crate::word::document::{Border, Borders, Row, VerticalMerge};

/// The four sides; each may be unsaid, taken away or given.
#[derive(Default)]
struct Sides {
    top: Option<Option<Border>>,
    bottom: Option<Option<Border>>,
    left: Option<Option<Border>>,
    right: Option<Option<Border>>,
}

/// The borders of a cell.
pub fn cell_borders(
    table: &BorderProperties,
    style: Option<&TableStyle>,
    set: ConditionSet,
    cell: CellPosition,
    direct: &CellProperties,
) -> Borders {
    let mut sides = Sides::default();
    let whole =
        Region { first_row: 0, last_row: cell.rows.saturating_sub(1), first_column: 0, last_column: cell.columns };
    sides.apply(table, whole, cell);
    if let Some(style) = style {
        sides.apply(&style.whole.cell.borders, whole, cell);
        for (condition, part) in style.parts(set) {
            let region = region(style, condition, whole, cell);
            sides.apply(&part.table.borders, region, cell);
            sides.apply(&part.cell.borders, region, cell);
        }
    }
    // What the cell says itself counts for it alone.
    let own = Region {
        first_row: cell.row,
        last_row: cell.row,
        first_column: cell.column,
        last_column: cell.column + cell.span,
    };
    sides.apply(&direct.borders, own, cell);
    Borders {
        top: sides.top.flatten(),
        bottom: sides.bottom.flatten(),
        left: sides.left.flatten(),
        right: sides.right.flatten(),
        between: None,
    }
}

/// Rows and columns to which a part of a style applies; the last column is the first beyond.
#[derive(Clone, Copy)]
struct Region {
    first_row: usize,
    last_row: usize,
    first_column: usize,
    last_column: usize,
}

/// The region of a condition around a cell to which it applies; the order is that of `CONDITIONS`.
fn region(style: &TableStyle, condition: usize, whole: Region, cell: CellPosition) -> Region {
    let own_row = Region { first_row: cell.row, last_row: cell.row, ..whole };
    let own_column = Region { first_column: cell.column, last_column: cell.column + cell.span, ..whole };
    match condition {
        0 | 1 if style.column_band() == 1 => own_column,
        2 | 3 if style.row_band() == 1 => own_row,
        0..=3 => whole,
        4 | 5 => own_column,
        6 | 7 => own_row,
        _ => Region { first_row: cell.row, last_row: cell.row, ..own_column },
    }
}

impl Sides {
    /// Lays borders of a region over what was said: its outer ones at its edges, its inner ones between.
    fn apply(&mut self, borders: &BorderProperties, region: Region, cell: CellPosition) {
        let choose = |at_edge: bool, outer: &Option<Option<Border>>, inner: &Option<Option<Border>>| {
            if at_edge { outer.clone() } else { inner.clone() }
        };
        let top = choose(cell.row <= region.first_row, &borders.top, &borders.inside_horizontal);
        let bottom = choose(cell.row >= region.last_row, &borders.bottom, &borders.inside_horizontal);
        let left = choose(cell.column <= region.first_column, &borders.left, &borders.inside_vertical);
        let right = choose(cell.column + cell.span >= region.last_column, &borders.right, &borders.inside_vertical);
        for (side, said) in
            [(&mut self.top, top), (&mut self.bottom, bottom), (&mut self.left, left), (&mut self.right, right)]
        {
            if said.is_some() {
                *side = said;
            }
        }
    }
}

/// Takes away the borders inside cells that are merged downwards.
pub fn mend_merged_borders(rows: &mut [Row]) {
    for at in 1..rows.len() {
        let (above, rest) = rows.split_at_mut(at);
        let (Some(above), Some(row)) = (above.last_mut(), rest.first_mut()) else { continue };
        let mut column = 0;
        for cell in &mut row.cells {
            if cell.merge == VerticalMerge::Continue {
                cell.borders.top = None;
                if let Some(upper) = cell_at(above, column) {
                    upper.borders.bottom = None;
                }
            }
            column += cell.span;
        }
    }
}

/// The cell that begins at a column.
fn cell_at(row: &mut Row, column: usize) -> Option<&mut crate::word::document::Cell> {
    let mut at = 0;
    row.cells.iter_mut().find(|cell| {
        let begins = at == column;
        at += cell.span;
        begins
    })
}
