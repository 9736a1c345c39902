//! A marked copy of a file that is no .xlsx: its values copied out into a new workbook, cell for cell, then marked.
//!
//! Looks are lost, since they cannot be carried over from .xls, .ods or text; addresses stay, so that findings point right.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use rust_xlsxwriter::{ExcelDateTime, Format, Worksheet, XlsxError};
use std::collections::BTreeMap;

use super::assembly::new_workbook;
use super::in_place::{Mark, Unmarkable, marked_copy};
use super::pen::nearest;
use super::style::Style;
use crate::finding::CellAddress;

/// A sheet to be copied out.
#[derive(Clone, Debug, Default)]
pub struct CopiedSheet {
    pub name: String,
    pub hidden: bool,
    pub cells: Vec<(CellAddress, CopiedValue)>,
    /// First and last cell of each merged rectangle.
    pub merges: Vec<(CellAddress, CellAddress)>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum CopiedValue {
    Text(String),
    Number(Decimal),
    /// Shown as per cent: 0.975 stands there as 97,5%.
    Percent(Decimal),
    Date(NaiveDate),
}

/// Widths of columns, in characters, and what Excel takes as the name of a sheet.
const NARROWEST: usize = 8;
const WIDEST: usize = 48;
const NAME: usize = 31;

/// The marked workbook.
///
/// # Errors
/// Why it could not be made.
pub fn copied_out(sheets: &[CopiedSheet], marks: &[Mark]) -> Result<Vec<u8>, Unmarkable> {
    let names = names(sheets);
    let bytes = workbook(sheets, &names).map_err(|_| Unmarkable::new("không chép được số liệu sang tệp .xlsx"))?;
    let renamed = |mark: &Mark| {
        let position = sheets.iter().position(|sheet| sheet.name == mark.sheet);
        let sheet = position.map_or_else(|| mark.sheet.clone(), |index| names[index].clone());
        Mark { sheet, ..mark.clone() }
    };
    marked_copy(&bytes, &marks.iter().map(renamed).collect::<Vec<_>>())
}

fn workbook(sheets: &[CopiedSheet], names: &[String]) -> Result<Vec<u8>, super::WorkbookError> {
    let mut workbook = new_workbook()?;
    // the same bytes for the same file
    let properties = rust_xlsxwriter::DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    let all_hidden = sheets.iter().all(|sheet| sheet.hidden);
    for (sheet, name) in sheets.iter().zip(names) {
        let page = workbook.add_worksheet();
        page.set_name(name)?;
        page.set_hidden(sheet.hidden && !all_hidden);
        copy(page, sheet)?;
    }
    if let Some(first) = sheets.iter().position(|sheet| !sheet.hidden) {
        workbook.worksheet_from_index(first)?.set_active(true);
    }
    Ok(workbook.save_to_buffer()?)
}

fn copy(page: &mut Worksheet, sheet: &CopiedSheet) -> Result<(), XlsxError> {
    let plain = Style::remark().format();
    for (first, last) in &sheet.merges {
        if let (Ok(from), Ok(to)) = (u16::try_from(first.column), u16::try_from(last.column)) {
            // a rectangle of one cell or across another is none; its values are copied all the same
            let _ = page.merge_range(first.row, from, last.row, to, "", &plain);
        }
    }
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    for (cell, value) in &sheet.cells {
        let Ok(column) = u16::try_from(cell.column) else { continue };
        let length = write(page, cell.row, column, value, &plain)?;
        let merged = sheet.merges.iter().any(|(first, _)| first == cell);
        if !merged {
            let width = widths.entry(column).or_insert(NARROWEST);
            *width = length.clamp(*width, WIDEST);
        }
    }
    for (column, width) in widths {
        page.set_column_width(column, width as f64 + 1.0)?;
    }
    Ok(())
}

/// Writes a value; gives the characters it takes.
fn write(page: &mut Worksheet, row: u32, column: u16, value: &CopiedValue, plain: &Format) -> Result<usize, XlsxError> {
    match value {
        CopiedValue::Text(text) => {
            let text: String = text.chars().take(32_767).collect();
            page.write_string_with_format(row, column, &text, plain)?;
            Ok(text.chars().count())
        }
        CopiedValue::Number(number) => {
            page.write_number_with_format(row, column, nearest(*number), plain)?;
            Ok(number.to_string().len())
        }
        CopiedValue::Percent(number) => {
            let decimals = number.normalize().scale().saturating_sub(2).min(6) as usize;
            let format = if decimals == 0 { "0%".to_string() } else { format!("0.{}%", "0".repeat(decimals)) };
            page.write_number_with_format(row, column, nearest(*number), &plain.clone().set_num_format(format))?;
            Ok(8)
        }
        CopiedValue::Date(date) => {
            let format = plain.clone().set_num_format("dd/mm/yyyy");
            let part = |part: u32| u8::try_from(part).unwrap_or(1);
            let known = u16::try_from(date.year()).ok();
            match known.map(|year| ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))) {
                Some(Ok(day)) => page.write_datetime_with_format(row, column, &day, &format)?,
                _ => page.write_string_with_format(row, column, crate::vietnamese::short_date(*date), plain)?,
            };
            Ok(10)
        }
    }
}

/// Names that Excel takes, each once, as near to the sheets' own as can be.
fn names(sheets: &[CopiedSheet]) -> Vec<String> {
    let mut taken: Vec<String> = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let forbidden =
            |character: char| matches!(character, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || character.is_control();
        let mut name = String::new();
        for character in sheet.name.trim_matches('\'').chars() {
            let character = if forbidden(character) { '-' } else { character };
            if name.encode_utf16().count() + character.len_utf16() <= NAME - 4 {
                name.push(character);
            }
        }
        let name = name.trim_matches(['\'', ' ']).to_string();
        let is_taken = taken.iter().any(|other| other.to_lowercase() == name.to_lowercase());
        let reserved = name.is_empty() || name.eq_ignore_ascii_case("history");
        taken.push(if is_taken || reserved { format!("{name}_{}", index + 1) } else { name });
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::excel::book::Book;
    use crate::finding::Severity;
    use crate::scoring::sample::decimal;

    #[test]
    fn values_stand_at_their_addresses_and_the_bad_cell_is_marked() {
        let text = |text: &str| CopiedValue::Text(text.into());
        let sheet = CopiedSheet {
            name: "Biểu 1/2: các chỉ tiêu của năm 2024".into(),
            cells: vec![
                (CellAddress::new(0, 0), text("Đơn vị:")),
                (CellAddress::new(2, 4), text("chưa rõ")),
                (CellAddress::new(3, 4), CopiedValue::Percent(decimal("0.975"))),
                (CellAddress::new(4, 4), CopiedValue::Number(decimal("424830"))),
            ],
            merges: vec![
                (CellAddress::new(0, 0), CellAddress::new(0, 3)),
                (CellAddress::new(9, 9), CellAddress::new(9, 9)),
            ],
            hidden: false,
        };
        let other = CopiedSheet { name: sheet.name.clone() + " (2)", hidden: true, ..CopiedSheet::default() };
        let mark = Mark {
            sheet: sheet.name.clone(),
            cell: CellAddress::new(2, 4),
            severity: Severity::Error,
            words: "Không phải là một con số.".into(),
        };
        let bytes = copied_out(&[sheet, other], std::slice::from_ref(&mark)).expect("the copy is made");
        let book = Book::read(&bytes);
        let name = "Biểu 1-2- các chỉ tiêu của";
        assert_eq!(book.cell(name, "E3").value, "chưa rõ");
        assert_eq!((book.cell(name, "E4").value, book.cell(name, "E5").value), ("0.975".into(), "424830".into()));
        assert_eq!(book.0.len(), 2, "two sheets, two names");
    }
}
