//! Reading of .xlsx and .xlsm that passed the guard, cell by cell, with caps on what is kept.

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::grid::{Cell, Grid, Merge, Value, Visibility, Workbook};
use super::limit::{COLUMNS, MERGES, ROWS, Room, SHEETS, TEXT, far_cell, too_many_sheets};
use super::text;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese;

/// Cells with a content unknown to us that a sheet may have before it counts as damaged.
const STRANGE_CELLS: usize = 100;

type Source<'a> = Xlsx<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], file: &str) -> Result<Workbook, Finding> {
    // a fault inside the library must cost one file, not the run
    let outcome = catch_unwind(AssertUnwindSafe(|| workbook(bytes, file)));
    outcome.unwrap_or_else(|_| Err(damaged(file, "nội dung sai quy cách")))
}

fn damaged(file: &str, why: &str) -> Finding {
    Finding::new(&codes::UNREADABLE, Place::file(file), format!("Tệp {file} đã hỏng, không đọc được ({why})."))
}

fn workbook(bytes: &[u8], file: &str) -> Result<Workbook, Finding> {
    let mut source: Source = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => {
            Finding::new(&codes::LOCKED, Place::file(file), format!("Tệp {file} có mật khẩu nên không mở được."))
        }
        _ => damaged(file, "thiếu phần chính của bảng tính"),
    })?;
    let mut workbook = Workbook { file: file.into(), sheets: Vec::new(), remarks: Vec::new() };
    let sheets: Vec<_> =
        source.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    if sheets.len() > SHEETS {
        return Err(too_many_sheets(file, sheets.len()));
    }
    let mut room = Room::new();
    for sheet in sheets {
        let visibility = if sheet.visible == SheetVisible::Visible { Visibility::Visible } else { Visibility::Hidden };
        let mut cells = Cells { file, kept: Vec::new(), room: &mut room, far: None, strange: 0 };
        let outcome = cells.collect(&mut source, &sheet.name);
        let place = Place::sheet(file, &sheet.name);
        match outcome {
            Ok(()) => {}
            Err(Trouble::NoSheet) => continue,
            Err(Trouble::TooMany(finding)) => return Err(finding),
            Err(Trouble::Damaged) => {
                let message =
                    format!("Trang tính “{}” của tệp {file} hỏng từ giữa chừng; phần sau không đọc được.", sheet.name);
                workbook.remarks.push(Finding::new(&codes::DAMAGED_SHEET, place.clone(), message));
            }
        }
        if let Some(address) = cells.far {
            workbook.remarks.push(far_cell(file, &sheet.name, address));
        }
        let merges = merges(&mut source, &sheet.name);
        let name: Arc<str> = vietnamese::clean(sheet.name.trim()).into();
        workbook.remarks.extend(text::mend(&mut cells.kept, file, &name));
        workbook.sheets.push(Grid::new(workbook.file.clone(), name, visibility, merges, cells.kept));
    }
    Ok(workbook)
}

fn merges(source: &mut Source, sheet: &str) -> Vec<Merge> {
    let merges = source.merge_cells_by_sheet_name(sheet).unwrap_or_default();
    let address = |(row, column)| CellAddress::new(row, column);
    merges.iter().take(MERGES).map(|merge| Merge { first: address(merge.start), last: address(merge.end) }).collect()
}

/// Why a sheet could not be read to its end.
enum Trouble {
    /// A chart sheet or the like.
    NoSheet,
    TooMany(Finding),
    Damaged,
}

/// The cells of one sheet as they are gathered.
struct Cells<'a> {
    file: &'a str,
    kept: Vec<(CellAddress, Cell)>,
    /// What more the workbook may hold.
    room: &'a mut Room,
    /// The first cell beyond the caps.
    far: Option<CellAddress>,
    strange: usize,
}

/// How a style shows its cells.
struct Looks {
    percent: bool,
    decimals: Option<u32>,
    font: Option<Arc<str>>,
}

impl Cells<'_> {
    fn collect(&mut self, source: &mut Source, sheet: &str) -> Result<(), Trouble> {
        let mut reader = source.worksheet_cells_reader(sheet).map_err(|error| match error {
            XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_) => Trouble::NoSheet,
            _ => Trouble::Damaged,
        })?;
        let looks: Vec<Looks> = reader.styles().iter().map(looks).collect();
        let mut blanks = false;
        loop {
            match reader.next_cell_with_style_id() {
                Ok(None) => break,
                Ok(Some((cell, style))) => {
                    let (row, column) = cell.get_position();
                    let value = value(cell.get_value());
                    blanks |= value == Value::Empty;
                    self.keep(CellAddress::new(row, column), value, looks.get(style), false)?;
                }
                Err(error) => self.strange(&error)?,
            }
        }
        drop(reader);
        if blanks { self.collect_uncached(source, sheet) } else { Ok(()) }
    }

    /// A second run for formulas that no program has calculated; to the first they look like empty cells.
    fn collect_uncached(&mut self, source: &mut Source, sheet: &str) -> Result<(), Trouble> {
        let mut reader = source.worksheet_cells_reader(sheet).map_err(|_| Trouble::Damaged)?;
        loop {
            match reader.next_cell_with_formula_metadata() {
                Ok(None) => return Ok(()),
                Ok(Some(record)) if record.formula.is_some() && record.value == DataRef::Empty => {
                    self.keep(CellAddress::new(record.pos.0, record.pos.1), Value::Empty, None, true)?;
                }
                Ok(Some(_)) => {}
                Err(error) => self.strange(&error)?,
            }
        }
    }

    fn keep(
        &mut self,
        address: CellAddress,
        value: Value,
        looks: Option<&Looks>,
        uncached: bool,
    ) -> Result<(), Trouble> {
        if value == Value::Empty && !uncached {
            return Ok(());
        }
        if address.row >= ROWS || address.column >= COLUMNS {
            self.far.get_or_insert(address);
            return Ok(());
        }
        let mut value = value;
        self.room.take(&mut value, self.file).map_err(Trouble::TooMany)?;
        let mut cell = Cell::plain(value);
        cell.uncached = uncached;
        if let Some(looks) = looks {
            cell.percent = looks.percent;
            cell.decimals = looks.decimals;
            cell.font = looks.font.clone();
        }
        self.kept.push((address, cell));
        Ok(())
    }

    /// A cell of a kind the library does not know (such as a new error word) is passed over; the reader stands behind
    /// its value then. Broken XML ends the sheet.
    fn strange(&mut self, error: &XlsxError) -> Result<(), Trouble> {
        self.strange += 1;
        let passable =
            !matches!(error, XlsxError::Xml(_) | XlsxError::XmlEof(_) | XlsxError::Io(_) | XlsxError::Zip(_));
        if passable && self.strange <= STRANGE_CELLS { Ok(()) } else { Err(Trouble::Damaged) }
    }
}

fn value(data: &DataRef) -> Value {
    match data {
        DataRef::Empty => Value::Empty,
        DataRef::Int(number) => Value::Number(Decimal::from(*number)),
        DataRef::Float(number) => number_value(*number),
        DataRef::String(text) => Value::Text(shortened(text)),
        DataRef::SharedString(text) => Value::Text(shortened(text)),
        DataRef::Bool(answer) => Value::Bool(*answer),
        DataRef::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
                .map_or_else(|| number_value(moment.as_f64()), Value::Date)
        }
        DataRef::DateTime(duration) => number_value(duration.as_f64()),
        DataRef::DateTimeIso(text) => {
            text.get(..10).and_then(vietnamese::read_date).map_or_else(|| Value::Text(text.to_string()), Value::Date)
        }
        DataRef::DurationIso(text) => Value::Text(text.to_string()),
        DataRef::Error(error) => Value::Error(error.to_string()),
    }
}

/// The text as far as a cell can hold it, so that no longer one is copied again and again.
fn shortened(text: &str) -> String {
    if text.len() <= TEXT { text.to_string() } else { text.chars().take(TEXT).collect() }
}

pub(super) fn number_value(number: f64) -> Value {
    exact(number).map_or_else(|| Value::Text(number.to_string()), Value::Number)
}

/// The decimal that Excel shows for a float: fifteen digits, so that 0.1 + 0.2 is 0.3. None beyond 28 digits.
pub(super) fn exact(number: f64) -> Option<Decimal> {
    if !number.is_finite() {
        return None;
    }
    let text = format!("{number:.14e}");
    let (mantissa, exponent) = text.split_once('e')?;
    let mut digits: i128 = mantissa.replace('.', "").parse().ok()?;
    let mut scale = 14 - exponent.parse::<i32>().ok()?;
    while digits != 0 && digits % 10 == 0 {
        (digits, scale) = (digits / 10, scale - 1);
    }
    if digits == 0 || scale > 28 {
        return Some(Decimal::ZERO);
    }
    while scale < 0 {
        (digits, scale) = (digits.checked_mul(10)?, scale + 1);
    }
    Decimal::try_from_i128_with_scale(digits, u32::try_from(scale).ok()?).ok()
}

fn looks(style: &calamine::Style) -> Looks {
    let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    let bare = without_literals(format.split(';').next().unwrap_or_default());
    let decimals = bare.split_once('.').map(|(_, rest)| rest.bytes().take_while(|byte| *byte == b'0').count() as u32);
    let font = style.font.as_ref().and_then(|font| font.name.as_deref()).map(Arc::from);
    Looks { percent: bare.contains('%'), decimals: decimals.filter(|decimals| *decimals > 0), font }
}

/// A number format without quoted text, escaped characters and bracketed colours.
fn without_literals(format: &str) -> String {
    let mut bare = String::new();
    let mut characters = format.chars();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                characters.by_ref().find(|next| *next == '"');
            }
            '[' => {
                characters.by_ref().find(|next| *next == ']');
            }
            '\\' | '_' | '*' => {
                characters.next();
            }
            other => bare.push(other),
        }
    }
    bare
}
