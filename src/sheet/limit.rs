//! Limits on what is kept of a workbook, and what is said where one is met. The same for every format.

use rust_decimal::Decimal;

use super::grid::Value;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese::number;

/// How much of a workbook is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub(super) file: u64,
    /// Largest unfolded part of a package and all its parts together, in bytes.
    pub(super) part: u64,
    pub(super) total: u64,
    /// Most tags in the parts that cost time or memory for each: strings, cells.
    pub(super) string_tags: usize,
    pub(super) sheet_tags: usize,
    /// Cells in rows beyond these are far out of anyone's sight and are left out, with a finding.
    pub(super) rows: u32,
    /// Most cells of a workbook.
    pub(super) cells: usize,
    /// Most bytes of text in all cells of a workbook: a shared string costs a file nothing to repeat, but memory it does.
    pub(super) texts: usize,
}

impl Limits {
    /// Of a file that comes from anywhere.
    pub const USUAL: Limits = Limits {
        file: 32 << 20,
        part: 64 << 20,
        total: 128 << 20,
        string_tags: 3_000_000,
        sheet_tags: 4_000_000,
        rows: 20_000,
        cells: 500_000,
        texts: 32 << 20,
    };

    /// Of ho-so.xlsx, which is the user's own and holds all clusters in one: every row that Excel has, and a figure for
    /// each of 40 lines of 120,000 units. It lies in memory once, at about 40 bytes for a cell and 150 for a unit.
    pub const DEFINITION: Limits = Limits {
        file: 128 << 20,
        part: 256 << 20,
        total: 512 << 20,
        string_tags: 12_000_000,
        sheet_tags: 24_000_000,
        rows: 1 << 20,
        cells: 6_000_000,
        texts: 192 << 20,
    };
}

/// Most parts in a package.
pub(super) const PARTS: usize = 4_000;
/// Deepest nesting of elements in a part; real sheets have below ten.
pub(super) const DEPTH: usize = 64;
/// Most tags in the other parts: formats (Excel itself stops at 64,000), names of sheets and of parts; cells and formats
/// of LibreOffice.
pub(super) const STYLE_TAGS: usize = 400_000;
pub(super) const WORKBOOK_TAGS: usize = 200_000;
pub(super) const CONTENT_TAGS: usize = 6_000_000;

/// As [`Limits::rows`], for columns.
pub(super) const COLUMNS: u32 = 1_024;
/// Longest text of a cell, in characters, as in Excel itself; what is longer is cut.
pub(super) const TEXT: usize = 32_767;
/// Most sheets that are read.
pub(super) const SHEETS: usize = 500;
/// Most merged rectangles that are kept of a sheet.
pub(super) const MERGES: usize = 5_000;

pub(super) fn too_many_sheets(file: &str, count: usize) -> Finding {
    let message = format!("Tệp {file} có {count} trang tính, quá giới hạn {SHEETS} trang tính.");
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

pub(super) fn too_many_cells(file: &str, limits: &Limits) -> Finding {
    let message = format!("Tệp {file} có quá {} ô có dữ liệu.", number(Decimal::from(limits.cells)));
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

fn too_much_text(file: &str, limits: &Limits) -> Finding {
    let message = format!("Các ô của tệp {file} chứa quá {} MB chữ.", limits.texts >> 20);
    Finding::new(&codes::TOO_LARGE, Place::file(file), message)
}

/// What more a workbook may hold.
pub(super) struct Room {
    limits: Limits,
    cells: usize,
    texts: usize,
}

impl Room {
    pub(super) fn new(limits: &Limits) -> Self {
        Room { limits: *limits, cells: limits.cells, texts: limits.texts }
    }

    /// Takes one cell's place, and cuts its text where that is longer than a cell's can be.
    pub(super) fn take(&mut self, value: &mut Value, file: &str) -> Result<(), Finding> {
        self.cells = self.cells.checked_sub(1).ok_or_else(|| too_many_cells(file, &self.limits))?;
        if let Value::Text(text) = value {
            if text.len() > TEXT
                && let Some((end, _)) = text.char_indices().nth(TEXT)
            {
                text.truncate(end);
            }
            self.texts = self.texts.checked_sub(text.len()).ok_or_else(|| too_much_text(file, &self.limits))?;
        }
        Ok(())
    }
}

pub(super) fn far_cell(file: &str, sheet: &str, address: CellAddress, limits: &Limits) -> Finding {
    let [rows, columns] = [limits.rows, COLUMNS].map(|most| number(Decimal::from(most)));
    let message =
        format!("Ô {address} nằm quá xa (giới hạn {rows} dòng, {columns} cột) nên bị bỏ qua cùng các ô xa khác.");
    Finding::new(&codes::FAR_CELL, Place::cell(file, sheet, address), message)
}
