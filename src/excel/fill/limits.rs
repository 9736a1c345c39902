//! The limits of filling a workbook, beside those of the filling core: what a sheet can hold, and what a desk can bear.

use super::reference::{MOST_COLUMNS, MOST_ROWS};

/// Most rows that a filled sheet may have.
pub(super) const MOST_ROWS_MADE: u32 = MOST_ROWS;
/// Most columns that a filled sheet may have.
pub(super) const MOST_COLUMNS_MADE: u32 = MOST_COLUMNS;
/// Most cells that are filled or copied on one sheet. Nearer in tests, so that they need not wait for it.
pub(super) const MOST_CELLS: usize = if cfg!(test) { 100_000 } else { 2_000_000 };
/// Most merged cells, links, comments and the like that loops make of those of one sheet.
pub(super) const MOST_COPIES: usize = 100_000;
/// Longest text of a cell, in characters.
pub(super) const LONGEST_TEXT: usize = 32_767;
/// Longest name of a sheet, in characters.
pub(super) const LONGEST_TITLE: usize = 31;
/// Longest header or footer, in characters.
pub(super) const LONGEST_HEADER: usize = 255;
/// Longest formula, in characters.
pub(super) const LONGEST_FORMULA: usize = 8_192;
