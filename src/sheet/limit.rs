//! Limits on what is kept of a workbook, and what is said where one is met. The same for every format.

use super::grid::Value;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};

/// Largest file, in bytes.
pub(super) const FILE: u64 = 32 << 20;
/// Largest unfolded part of a package and all its parts together, in bytes.
pub(super) const PART: u64 = 64 << 20;
pub(super) const TOTAL: u64 = 128 << 20;
/// Most parts in a package.
pub(super) const PARTS: usize = 4_000;
/// Deepest nesting of elements in a part; real sheets have below ten.
pub(super) const DEPTH: usize = 64;
/// Most tags in the parts that cost time or memory for each: formats (Excel itself stops at 64,000), names of sheets and
/// of parts, strings, cells; cells and formats of LibreOffice.
pub(super) const STYLE_TAGS: usize = 400_000;
pub(super) const WORKBOOK_TAGS: usize = 200_000;
pub(super) const STRING_TAGS: usize = 3_000_000;
pub(super) const SHEET_TAGS: usize = 4_000_000;
pub(super) const CONTENT_TAGS: usize = 6_000_000;

/// Cells beyond these are far out of anyone's sight and are left out, with a finding.
pub(super) const ROWS: u32 = 20_000;
pub(super) const COLUMNS: u32 = 1_024;
/// Most cells of a workbook.
pub(super) const CELLS: usize = 500_000;
/// Longest text of a cell, in characters, as in Excel itself; what is longer is cut.
pub(super) const TEXT: usize = 32_767;
/// Most bytes of text in all cells of a workbook: a shared string costs a file nothing to repeat, but memory it does.
pub(super) const TEXTS: usize = 32 << 20;
/// Most sheets that are read.
pub(super) const SHEETS: usize = 500;
/// Most merged rectangles that are kept of a sheet.
pub(super) const MERGES: usize = 5_000;

pub(super) fn too_many_sheets(file: &str, count: usize) -> Finding {
    let message = format!("Tệp {file} có {count} trang tính, quá giới hạn {SHEETS} trang tính.");
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

pub(super) fn too_many_cells(file: &str) -> Finding {
    Finding::new(&codes::TOO_LARGE, Place::file(file), format!("Tệp {file} có quá {CELLS} ô có dữ liệu."))
}

pub(super) fn too_much_text(file: &str) -> Finding {
    let message = format!("Các ô của tệp {file} chứa quá {} MB chữ.", TEXTS >> 20);
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

/// What more a workbook may hold.
pub(super) struct Room {
    cells: usize,
    texts: usize,
}

impl Room {
    pub(super) fn new() -> Self {
        Room { cells: CELLS, texts: TEXTS }
    }

    /// Takes one cell's place, and cuts its text where that is longer than a cell's can be.
    pub(super) fn take(&mut self, value: &mut Value, file: &str) -> Result<(), Finding> {
        self.cells = self.cells.checked_sub(1).ok_or_else(|| too_many_cells(file))?;
        if let Value::Text(text) = value {
            if text.len() > TEXT
                && let Some((end, _)) = text.char_indices().nth(TEXT)
            {
                text.truncate(end);
            }
            self.texts = self.texts.checked_sub(text.len()).ok_or_else(|| too_much_text(file))?;
        }
        Ok(())
    }
}

pub(super) fn far_cell(file: &str, sheet: &str, address: CellAddress) -> Finding {
    let message =
        format!("Ô {address} nằm quá xa (giới hạn {ROWS} dòng, {COLUMNS} cột) nên bị bỏ qua cùng các ô xa khác.");
    Finding::new(&codes::FAR_CELL, Place::cell(file, sheet, address), message)
}
