//! The old binary formats (.xls, .xlsb), read into a plain list of cells that can travel between processes.
//!
//! Runs in the worker only: a damaged file can make the library behind this ask for more memory than there is, which
//! ends the process.

use calamine::{Data, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsb, XlsbError};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::io::Cursor;

use super::limit::{COLUMNS, Limits, MERGES, SHEETS};
use super::xlsx::exact;

/// An old format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OldFormat {
    Xls,
    Xlsb,
}

impl OldFormat {
    /// The word for it between the processes.
    pub(super) fn word(self) -> &'static str {
        match self {
            OldFormat::Xls => "xls",
            OldFormat::Xlsb => "xlsb",
        }
    }

    pub(super) fn of_word(word: &str) -> Option<Self> {
        [OldFormat::Xls, OldFormat::Xlsb].into_iter().find(|format| format.word() == word)
    }
}

/// What the worker answers.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Answer {
    Sheets(Vec<OldSheet>),
    Locked,
    Damaged,
    TooManySheets(usize),
    TooManyCells,
}

/// One sheet.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct OldSheet {
    pub name: String,
    pub hidden: bool,
    /// First row, first column, last row, last column.
    pub merges: Vec<[u32; 4]>,
    pub cells: Vec<(u32, u32, OldValue)>,
    /// The first cell beyond the limits.
    pub far: Option<(u32, u32)>,
    /// The sheet's content could not be read.
    pub damaged: bool,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) enum OldValue {
    Text(String),
    Number(Decimal),
    Bool(bool),
    Date(i32, u32, u32),
    Error(String),
}

/// Reads a workbook of an old format.
pub(super) fn read(bytes: &[u8], format: OldFormat) -> Answer {
    match format {
        OldFormat::Xls => match Xls::new(Cursor::new(bytes)) {
            Ok(mut source) => {
                let merges = |source: &Xls<_>, name: &str| source.merge_cells_by_sheet_name(name).unwrap_or_default();
                sheets(&mut source, merges)
            }
            Err(XlsError::Password) => Answer::Locked,
            Err(_) => Answer::Damaged,
        },
        OldFormat::Xlsb => match Xlsb::new(Cursor::new(bytes)) {
            Ok(mut source) => sheets(&mut source, |_, _| Vec::new()),
            Err(XlsbError::Password) => Answer::Locked,
            Err(_) => Answer::Damaged,
        },
    }
}

fn sheets<'a, R: Reader<Cursor<&'a [u8]>>>(
    source: &mut R,
    merges: impl Fn(&R, &str) -> Vec<calamine::Dimensions>,
) -> Answer {
    let listed: Vec<_> =
        source.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).cloned().collect();
    if listed.len() > SHEETS {
        return Answer::TooManySheets(listed.len());
    }
    let mut room = Limits::USUAL.cells;
    let mut read = Vec::new();
    for sheet in listed {
        let merges = merges(source, &sheet.name);
        let range = source.worksheet_range(&sheet.name).ok();
        let mut old = OldSheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            merges: merges
                .iter()
                .take(MERGES)
                .map(|merge| [merge.start.0, merge.start.1, merge.end.0, merge.end.1])
                .collect(),
            cells: Vec::new(),
            far: None,
            damaged: range.is_none(),
        };
        if range.is_some_and(|range| collect(&range, &mut old, &mut room).is_none()) {
            return Answer::TooManyCells;
        }
        read.push(old);
    }
    Answer::Sheets(read)
}

/// Takes over the cells of a range; none where the workbook has too many.
fn collect(range: &Range<Data>, sheet: &mut OldSheet, room: &mut usize) -> Option<()> {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, data) in range.used_cells() {
        let at = |offset: usize, first: u32| u32::try_from(offset).ok().and_then(|offset| first.checked_add(offset));
        let row = at(row, first_row).unwrap_or(u32::MAX);
        let column = at(column, first_column).unwrap_or(u32::MAX);
        let Some(value) = value(data) else { continue };
        if row >= Limits::USUAL.rows || column >= COLUMNS {
            sheet.far.get_or_insert((row, column));
            continue;
        }
        *room = room.checked_sub(1)?;
        sheet.cells.push((row, column, value));
    }
    Some(())
}

fn value(data: &Data) -> Option<OldValue> {
    Some(match data {
        Data::Empty => return None,
        Data::Int(number) => OldValue::Number(Decimal::from(*number)),
        Data::Float(number) => float(*number),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => OldValue::Text(text.clone()),
        Data::Bool(answer) => OldValue::Bool(*answer),
        Data::DateTime(moment) if moment.is_datetime() => {
            let (year, month, day, ..) = moment.to_ymd_hms_milli();
            let (year, month, day) = (i32::from(year), u32::from(month), u32::from(day));
            match NaiveDate::from_ymd_opt(year, month, day) {
                Some(_) => OldValue::Date(year, month, day),
                None => float(moment.as_f64()),
            }
        }
        Data::DateTime(duration) => float(duration.as_f64()),
        Data::Error(error) => OldValue::Error(error.to_string()),
    })
}

fn float(number: f64) -> OldValue {
    exact(number).map_or_else(|| OldValue::Text(number.to_string()), OldValue::Number)
}
