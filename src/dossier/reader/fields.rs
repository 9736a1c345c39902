//! The cells of a definition that hold names, signers, dates, themes and texts: what a form may change without knowing rules.

use super::{information, texts, units};
use crate::finding::CellAddress;
use crate::sheet::{self, Column, Grid, Table, Value, Workbook};
use crate::vietnamese;

/// One such cell (ô sửa được).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The sheet's name as the workbook has it.
    pub sheet: String,
    /// What its row is about: a unit's name, an item; empty for a row that is not there yet.
    pub row: String,
    /// Heading of its column.
    pub column: &'static str,
    pub cell: CellAddress,
    /// As a user sees it.
    pub value: String,
    /// It is to hold a date.
    pub date: bool,
    /// Texts that go into other cells when this one is first filled: the item of a new row.
    pub with: Vec<(CellAddress, String)>,
}

/// Items of sheet Thông tin that a form offers, whether the sheet has their row or not.
const ITEMS: [&str; 9] = [
    "Năm",
    "Kỳ báo cáo",
    "Nhiệm kỳ",
    "Cơ quan cấp trên",
    "Cơ quan ban hành",
    "Ký hiệu",
    "Địa danh",
    "Ngày văn bản",
    "Hạn nộp",
];
const OTHER_NAMES: &str = "Tên gọi khác";
const DATES: [&str; 3] = ["ngayvanban", "hannop", "ngayhoinghi"];

/// Every such cell of a definition workbook, in the order of sheets and rows.
pub fn fields(workbook: &Workbook) -> Vec<Field> {
    let mut fields = Vec::new();
    if let Some((grid, table)) = table(workbook, "Thông tin", &information::COLUMNS) {
        items(grid, &table, &mut fields);
    }
    for (sheet, columns) in [("Cụm", &units::CLUSTER), ("Đơn vị", &units::UNIT)] {
        if let Some((grid, table)) = table(workbook, sheet, columns) {
            rows(grid, &table, columns, &mut fields);
        }
    }
    if let Some((grid, table)) = table(workbook, "Văn bản", &texts::TEXT) {
        words(grid, &table, &mut fields);
    }
    fields
}

/// The cell of a unit's other names; where the sheet has no such column, the first free one, with its heading in `with`.
pub fn other_names(workbook: &Workbook, code: &str) -> Option<Field> {
    let (grid, table) = table(workbook, "Đơn vị", &units::UNIT)?;
    let row = table.rows().find(|row| vietnamese::compose(table.cell(*row, 0).text().trim()) == code)?;
    let index = units::UNIT.iter().position(|column| column.name == OTHER_NAMES)?;
    if let Some(at) = table.columns[index] {
        return Some(field(grid, code, OTHER_NAMES, CellAddress::new(row, at)));
    }
    let last = grid.rows().filter_map(|(_, cells)| cells.last().map(|(column, _)| *column)).max()?;
    let mut new = field(grid, code, OTHER_NAMES, CellAddress::new(row, last.checked_add(1)?));
    new.with.push((CellAddress::new(table.heading_row, last + 1), OTHER_NAMES.to_string()));
    Some(new)
}

fn table<'a>(workbook: &'a Workbook, name: &str, columns: &[Column]) -> Option<(&'a Grid, Table<'a>)> {
    let grid = workbook.sheet(&[name])?;
    let table = sheet::find_table(grid, columns)?;
    table.columns.first()?.is_some().then_some((grid, table))
}

fn field(grid: &Grid, row: &str, column: &'static str, cell: CellAddress) -> Field {
    let held = grid.cell(cell.row, cell.column);
    let named = |text: &str| DATES.contains(&vietnamese::fold(text).as_str());
    Field {
        sheet: vietnamese::compose(grid.name.trim()),
        row: row.to_string(),
        column,
        cell,
        value: held.text(),
        date: matches!(held.value, Value::Date(_)) || named(column) || named(row),
        with: Vec::new(),
    }
}

fn items(grid: &Grid, table: &Table, fields: &mut Vec<Field>) {
    let (Some(item), Some(value)) = (table.columns[0], table.columns[1]) else { return };
    let mut free = next_row(table);
    for name in ITEMS {
        match table.rows().find(|row| vietnamese::same(&table.cell(*row, 0).text(), name)) {
            Some(row) => fields.push(field(grid, name, "Giá trị", CellAddress::new(row, value))),
            None => {
                let mut new = field(grid, name, "Giá trị", CellAddress::new(free, value));
                new.with.push((CellAddress::new(free, item), name.to_string()));
                fields.push(new);
                free += 1;
            }
        }
    }
}

/// Every column but the code, which other sheets refer to, and the cluster.
fn rows(grid: &Grid, table: &Table, columns: &'static [Column], fields: &mut Vec<Field>) {
    for row in table.rows() {
        let code = table.cell(row, 0).text();
        if code.is_empty() {
            continue;
        }
        for (index, column) in columns.iter().enumerate().skip(1).filter(|(_, column)| column.name != "Cụm") {
            if let Some(at) = table.columns[index] {
                fields.push(field(grid, &code, column.name, CellAddress::new(row, at)));
            }
        }
    }
}

/// The texts there are, and one row more.
fn words(grid: &Grid, table: &Table, fields: &mut Vec<Field>) {
    let (mut paper, mut key) = ("*".to_string(), String::new());
    for row in table.rows() {
        for (held, column) in [(&mut paper, 0), (&mut key, 1)] {
            let text = table.cell(row, column).text();
            if !text.is_empty() {
                *held = text;
            }
        }
        if let Some(at) = table.columns[2] {
            fields.push(field(grid, &format!("{paper}: {key}"), "Nội dung", CellAddress::new(row, at)));
        }
    }
    let free = next_row(table);
    let new = texts::TEXT.iter().zip(&table.columns);
    fields.extend(new.filter_map(|(column, at)| Some(field(grid, "", column.name, CellAddress::new(free, (*at)?)))));
}

fn next_row(table: &Table) -> u32 {
    table.rows().last().unwrap_or(table.heading_row).saturating_add(1)
}
