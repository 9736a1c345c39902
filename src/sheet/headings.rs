//! Finding a table by its headings: title rows above are passed over, columns may stand in any order.

use super::grid::{Cell, Grid};
use crate::vietnamese::fold;

/// A column that a table should have.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The heading as users write it.
    pub name: &'static str,
    /// Other headings that mean the same.
    pub other_names: &'static [&'static str],
    /// Without it the table cannot be read.
    pub required: bool,
}

impl Column {
    pub const fn required(name: &'static str, other_names: &'static [&'static str]) -> Self {
        Column { name, other_names, required: true }
    }

    pub const fn optional(name: &'static str, other_names: &'static [&'static str]) -> Self {
        Column { name, other_names, required: false }
    }

    /// Its names as keys for matching.
    fn keys(&self) -> Vec<String> {
        std::iter::once(&self.name).chain(self.other_names).map(|name| fold(name)).collect()
    }
}

/// A table found in a sheet: where its headings stand and which column is which.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    pub grid: &'a Grid,
    pub heading_row: u32,
    /// For each wanted column, in the order asked for, where it stands.
    pub columns: Vec<Option<u32>>,
}

impl<'a> Table<'a> {
    /// The cell of a row in a wanted column; an empty one where the table lacks the column.
    pub fn cell(&self, row: u32, column: usize) -> &'a Cell {
        // column u32::MAX holds nothing
        self.grid.cell(row, self.columns[column].unwrap_or(u32::MAX))
    }

    /// Where a row's cell in a wanted column stands, or its row where the table lacks the column.
    pub fn place(&self, row: u32, column: usize) -> crate::finding::Place {
        self.grid.place_of(row, self.columns[column].unwrap_or(0))
    }

    /// Rows below the headings that hold something.
    pub fn rows(&self) -> impl Iterator<Item = u32> + use<'a> {
        self.grid
            .rows_below(self.heading_row)
            .filter(|(_, cells)| cells.iter().any(|(_, cell)| !cell.is_empty()))
            .map(|(row, _)| row)
    }
}

/// How far down headings are looked for.
const SEARCHED_ROWS: usize = 60;

/// The table whose headings match best: most of the wanted columns, the topmost of equals. None without a match.
pub fn find_table<'a>(grid: &'a Grid, wanted: &[Column]) -> Option<Table<'a>> {
    let mut best: Option<(usize, Table<'a>)> = None;
    let keys: Vec<Vec<String>> = wanted.iter().map(Column::keys).collect();
    for (row, cells) in grid.rows().take(SEARCHED_ROWS) {
        let mut columns = vec![None; wanted.len()];
        for (column, cell) in cells {
            let heading = fold(&cell.shown());
            if heading.is_empty() {
                continue;
            }
            if let Some(index) = keys.iter().position(|keys| keys.contains(&heading)) {
                columns[index].get_or_insert(*column);
            }
        }
        let found = columns.iter().flatten().count();
        if found > best.as_ref().map_or(0, |(most, _)| *most) {
            best = Some((found, Table { grid, heading_row: row, columns }));
        }
    }
    best.map(|(_, table)| table)
}
