//! Limits on what is kept of a workbook, and what is said where one is met. The same for every format.

use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};

/// Cells beyond these are far out of anyone's sight and are left out, with a finding.
pub(super) const ROWS: u32 = 20_000;
pub(super) const COLUMNS: u32 = 1_024;
/// Most cells of a workbook.
pub(super) const CELLS: usize = 500_000;
/// Most sheets that are read.
pub(super) const SHEETS: usize = 500;
/// Most merged rectangles that are kept of a sheet.
pub(super) const MERGES: usize = 5_000;

pub(super) fn too_many_sheets(file: &str, count: usize) -> Finding {
    let message = format!("Tệp {file} có {count} trang, quá giới hạn {SHEETS} trang.");
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

pub(super) fn too_many_cells(file: &str) -> Finding {
    Finding::new(&codes::TOO_LARGE, Place::file(file), format!("Tệp {file} có quá {CELLS} ô có dữ liệu."))
}

pub(super) fn far_cell(file: &str, sheet: &str, address: CellAddress) -> Finding {
    let message =
        format!("Ô {address} nằm quá xa (giới hạn {ROWS} dòng, {COLUMNS} cột) nên bị bỏ qua cùng các ô xa khác.");
    Finding::new(&codes::FAR_CELL, Place::cell(file, sheet, address), message)
}
