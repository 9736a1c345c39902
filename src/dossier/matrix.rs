//! A table with a row for each unit and a column for each criterion: sheets Chỉ tiêu and Thẩm định, joint submissions.

use super::lookup::Lookup;
use crate::sheet::{Cell, Grid};
use crate::vietnamese::{fold, one_of};

/// Such a table, found in a sheet.
#[derive(Clone, Debug)]
pub struct Matrix {
    pub heading_row: u32,
    pub unit_column: u32,
    /// Columns headed by the code or name of a criterion, with the heading.
    pub columns: Vec<(u32, String)>,
    /// Columns with a heading that is neither that nor a usual companion (TT, Tên, Ghi chú …).
    pub unknown: Vec<(u32, String)>,
}

const SEARCHED_ROWS: usize = 60;
const UNIT_HEADINGS: [&str; 6] = ["donvi", "madonvi", "tendonvi", "congdoan", "tencongdoan", "donvibaocao"];
const COMPANIONS: [&str; 14] = [
    "tt",
    "stt",
    "sott",
    "sothutu",
    "ten",
    "ma",
    "cum",
    "khoi",
    "ghichu",
    "vaitro",
    "tong",
    "tongdiem",
    "tongcong",
    "tenviettat",
];

/// The matrix of a sheet: the row with a column for units and the most columns of criteria. None without one.
pub fn find_matrix(grid: &Grid, lookup: &Lookup) -> Option<Matrix> {
    let mut best: Option<Matrix> = None;
    let unit_headings = unit_headings(grid);
    for (row, cells) in grid.rows().take(SEARCHED_ROWS) {
        // asked first, because few rows have it
        let Some(unit_column) = unit_column(grid, &unit_headings, row) else { continue };
        let headings: Vec<(u32, String)> = cells
            .iter()
            .map(|(column, cell)| (*column, cell.text()))
            .filter(|(_, heading)| !heading.is_empty())
            .collect();
        let columns: Vec<_> = headings.iter().filter(|(_, heading)| lookup.is_criterion(heading)).cloned().collect();
        if columns.is_empty() || best.as_ref().is_some_and(|best| best.columns.len() >= columns.len()) {
            continue;
        }
        let unknown = headings
            .into_iter()
            .filter(|(column, heading)| {
                let folded = fold(heading);
                *column != unit_column
                    && !lookup.is_criterion(heading)
                    && !UNIT_HEADINGS.contains(&folded.as_str())
                    && !COMPANIONS.contains(&folded.as_str())
            })
            .collect();
        best = Some(Matrix { heading_row: row, unit_column, columns, unknown });
    }
    best
}

/// The cells near the top of a sheet that head a column of units, row and column, in their order.
fn unit_headings(grid: &Grid) -> Vec<(u32, u32)> {
    let of_row = |(row, cells): (u32, &[(u32, Cell)])| -> Vec<(u32, u32)> {
        let headings = cells.iter().filter(|(_, cell)| is_unit_heading(cell.words()));
        headings.map(|(column, _)| (row, *column)).collect()
    };
    grid.rows().take(SEARCHED_ROWS).flat_map(of_row).collect()
}

/// The heading for units in a row, or in one of the two rows above it over an empty cell, as merged headings stand.
fn unit_column(grid: &Grid, headings: &[(u32, u32)], row: u32) -> Option<u32> {
    let heading = |wanted: u32, fits: &dyn Fn(u32) -> bool| {
        headings.iter().find(|(row, column)| *row == wanted && fits(*column)).map(|(_, column)| *column)
    };
    heading(row, &|_| true).or_else(|| {
        let over_nothing = |column: u32| grid.cell(row, column).is_empty();
        (row.saturating_sub(2)..row).rev().find_map(|above| heading(above, &over_nothing))
    })
}

fn is_unit_heading(text: &str) -> bool {
    one_of(text, &UNIT_HEADINGS).is_some()
}
