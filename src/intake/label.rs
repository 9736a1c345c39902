//! What stands above a table: `Đơn vị: …`, `Năm: …`, `Ngày báo cáo: …`, the value in the same cell or the next.

use super::form::is_heading;
use crate::finding::Place;
use crate::sheet::{Cell, Grid, Value};
use crate::vietnamese::fold;

/// The labelled values above a table, each with its cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    pub unit: Option<(String, Place)>,
    /// Mã đơn vị, which our forms carry in a hidden row.
    pub code: Option<(String, Place)>,
    pub year: Option<(String, Place)>,
    pub report_date: Option<(Cell, Place)>,
    pub heading_row: u32,
}

const UNIT: [&str; 7] = ["donvi", "tendonvi", "donvibaocao", "congdoan", "tencongdoan", "donvigui", "donvitucham"];
const CODE: &str = "madonvi";
const YEAR: [&str; 3] = ["nam", "nambaocao", "namthidua"];
const DATE: [&str; 5] = ["ngaibaocao", "ngaigui", "ngailap", "ngailapbieu", "ngainop"];

/// Reads the labels in the rows above a table's headings.
pub(super) fn read_labels(grid: &Grid, heading_row: u32) -> Labels {
    let mut labels = Labels { heading_row, ..Labels::default() };
    for (row, cells) in grid.rows().take_while(|(row, _)| *row < heading_row) {
        for (index, (column, cell)) in cells.iter().enumerate() {
            let Value::Text(text) = &cell.value else { continue };
            let (label, behind) = text.split_once(':').unwrap_or((text, ""));
            let label = fold(label);
            let behind = behind.trim();
            if let Some(year) = year_without_colon(&label, behind) {
                labels.year.get_or_insert((year, grid.place_of(row, *column)));
            }
            // beside a word of the headings stands another heading
            let next = || cells[index + 1..].iter().find(|(_, cell)| !cell.is_empty() && !is_heading(&cell.text()));
            let value: Option<(Cell, u32)> = if behind.is_empty() {
                next().map(|(column, cell)| (cell.clone(), *column))
            } else {
                Some((Cell::plain(Value::Text(behind.to_string())), *column))
            };
            let Some((value, column)) = value else { continue };
            let place = grid.place_of(row, column);
            if UNIT.contains(&label.as_str()) {
                labels.unit.get_or_insert((value.text(), place));
            } else if label == CODE {
                labels.code.get_or_insert((value.text(), place));
            } else if YEAR.contains(&label.as_str()) {
                labels.year.get_or_insert((value.text(), place));
            } else if DATE.contains(&label.as_str()) {
                labels.report_date.get_or_insert((value, place));
            }
        }
    }
    labels.unit = labels.unit.or_else(|| labels.code.clone());
    labels
}

/// `NĂM 2024` in a cell of its own.
fn year_without_colon(label: &str, behind: &str) -> Option<String> {
    let year = label.strip_prefix("nam")?;
    let sound = behind.is_empty() && year.len() == 4 && year.bytes().all(|digit| digit.is_ascii_digit());
    sound.then(|| year.to_string())
}
