//! The pen that writes a sheet: cells with our formats, formulas with their results, print set-up.
//!
//! Knows rust_xlsxwriter and nothing of emulation.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use rust_xlsxwriter::{Formula, Note, Workbook, Worksheet, XlsxError};

use super::WorkbookError;
use super::address::sheet_prefix;
use super::style::Style;
use crate::vietnamese;

/// What a formula gives, so that the file shows it before any program recalculates.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cached {
    Number(Decimal),
    Text(String),
}

impl Cached {
    /// The empty text, which formulas give where there is nothing to show.
    pub(super) fn nothing() -> Self {
        Cached::Text(String::new())
    }

    pub(super) fn flag(yes: bool) -> Self {
        Cached::Number(Decimal::from(u8::from(yes)))
    }

    pub(super) fn count(count: usize) -> Self {
        Cached::Number(Decimal::from(count))
    }
}

impl From<Decimal> for Cached {
    fn from(value: Decimal) -> Self {
        Cached::Number(value)
    }
}

impl From<Option<Decimal>> for Cached {
    fn from(value: Option<Decimal>) -> Self {
        value.map_or_else(Cached::nothing, Cached::Number)
    }
}

impl From<&str> for Cached {
    fn from(text: &str) -> Self {
        Cached::Text(text.to_string())
    }
}

impl From<String> for Cached {
    fn from(text: String) -> Self {
        Cached::Text(text)
    }
}

/// Writes one sheet.
pub(super) struct Pen<'a> {
    sheet: &'a mut Worksheet,
    /// Taken out of formulas: cells of the same sheet need no name.
    own_prefix: String,
    widths: BTreeMap<u16, f64>,
    heights: BTreeMap<u32, f64>,
}

impl<'a> Pen<'a> {
    /// Opens a new sheet at the end of the workbook.
    pub(super) fn open(workbook: &'a mut Workbook, name: &str) -> Result<Self, WorkbookError> {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_default_note_author("");
        // Else an empty result would be written as 0.
        sheet.set_formula_result_default("");
        Ok(Pen { sheet, own_prefix: sheet_prefix(name), widths: BTreeMap::new(), heights: BTreeMap::new() })
    }

    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, style: Style) -> Result<(), WorkbookError> {
        self.make_room(row, column, text, style);
        if text.is_empty() {
            self.sheet.write_blank(row, column, &style.format())?;
        } else {
            let text: String = text.chars().take(CELL_LIMIT).collect();
            self.sheet.write_string_with_format(row, column, text, &style.format())?;
        }
        Ok(())
    }

    pub(super) fn number(&mut self, row: u32, column: u16, value: Decimal, style: Style) -> Result<(), WorkbookError> {
        self.sheet.write_number_with_format(row, column, nearest(value), &style.format())?;
        Ok(())
    }

    pub(super) fn number_or_blank(
        &mut self,
        row: u32,
        column: u16,
        value: Option<Decimal>,
        style: Style,
    ) -> Result<(), WorkbookError> {
        match value {
            Some(value) => self.number(row, column, value, style),
            None => self.text(row, column, "", style),
        }
    }

    /// A live formula with the value it gives now.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: &str,
        cached: impl Into<Cached>,
        style: Style,
    ) -> Result<(), WorkbookError> {
        let result = match cached.into() {
            Cached::Number(value) => vietnamese::plain(value),
            Cached::Text(text) => {
                self.make_room(row, column, &text, style);
                text
            }
        };
        let formula = Formula::new(formula.replace(&self.own_prefix, "")).set_result(result);
        self.sheet.write_formula_with_format(row, column, formula, &style.format())?;
        Ok(())
    }

    /// A text over several cells of a row.
    pub(super) fn across(
        &mut self,
        row: u32,
        columns: (u16, u16),
        text: &str,
        style: Style,
    ) -> Result<(), WorkbookError> {
        let width = (columns.0..=columns.1).map(|column| self.width(column)).sum();
        self.grow(row, style.height(style.lines(text, width)));
        if columns.0 == columns.1 {
            return self.text(row, columns.0, text, style);
        }
        let text: String = text.chars().take(CELL_LIMIT).collect();
        self.sheet.merge_range(row, columns.0, row, columns.1, &text, &style.format())?;
        Ok(())
    }

    /// One text over several cells of a column; its height is that of the rows.
    pub(super) fn down(
        &mut self,
        rows: (u32, u32),
        column: u16,
        text: &str,
        style: Style,
    ) -> Result<(), WorkbookError> {
        let lines = style.lines(text, self.width(column));
        self.grow(rows.0, style.height(lines.saturating_sub(rows.1 - rows.0).max(1)));
        self.sheet.merge_range(rows.0, column, rows.1, column, text, &style.format())?;
        Ok(())
    }

    /// Sets a column's width, in characters. Comes before the texts, whose room is measured with it.
    pub(super) fn widen(&mut self, column: u16, width: f64) -> Result<(), WorkbookError> {
        self.widths.insert(column, width);
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    /// The last column that was given a width.
    pub(super) fn last_column(&self) -> u16 {
        self.widths.last_key_value().map_or(0, |(column, _)| *column)
    }

    /// Gives each row the height its texts need. The last stroke on a sheet.
    pub(super) fn finish(self) -> Result<(), WorkbookError> {
        for (row, height) in self.heights {
            self.sheet.set_row_height(row, height.min(HEIGHT_LIMIT))?;
        }
        Ok(())
    }

    fn width(&self, column: u16) -> f64 {
        self.widths.get(&column).copied().unwrap_or(8.43)
    }

    fn make_room(&mut self, row: u32, column: u16, text: &str, style: Style) {
        let lines = style.lines(text, self.width(column));
        if lines > 1 {
            self.grow(row, style.height(lines));
        }
    }

    fn grow(&mut self, row: u32, height: f64) {
        let own = self.heights.entry(row).or_insert(height);
        *own = own.max(height);
    }

    /// A note on a cell, wide enough for its text.
    pub(super) fn note(&mut self, row: u32, column: u16, text: &str) -> Result<(), WorkbookError> {
        let lines = u32::try_from(text.chars().count() / 34 + 1 + text.matches('\n').count()).unwrap_or(8).min(12);
        let note = Note::new(text).add_author_prefix(false).set_font_name("Times New Roman").set_font_size(10);
        self.sheet.insert_note(row, column, &note.set_width(250).set_height(24 + 16 * lines))?;
        Ok(())
    }

    /// The worksheet itself, for what this pen has no word for.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }
}

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        WorkbookError::Writer(error.to_string())
    }
}

/// Excel holds at most this many characters in a cell.
const CELL_LIMIT: usize = 32_767;
/// A row is at most this high, in points.
const HEIGHT_LIMIT: f64 = 409.0;

/// The double nearest to an exact figure: what Excel itself makes of the same digits typed into a cell.
pub(super) fn nearest(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::MAX)
}
