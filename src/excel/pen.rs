//! The pen that writes a sheet: cells with our looks, formulas with their results, the room that texts need.
//!
//! Knows nothing of emulation. What this pen has no word for is said to the frame, rust_xlsxwriter's worksheet.

use std::num::NonZeroU32;

use memchr::memmem::Finder;
use rust_decimal::Decimal;
use rust_xlsxwriter::{Chart, DataValidation, Worksheet, XlsxError};

use super::WorkbookError;
use super::address::sheet_prefix;
use super::assembly::{Assembly, Looks, SheetParts, tell_heights};
use super::cell_notes::CellNote;
use super::cells::Outcome;
use super::strings::Strings;
use super::style::Style;
use crate::finding::CellAddress;

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
    parts: &'a mut SheetParts,
    looks: &'a mut Looks,
    strings: &'a mut Strings,
    /// Finds what is taken out of formulas: cells of the same sheet need no name.
    own_prefix: Finder<'static>,
    /// By number, the lines that each shared text took last.
    measured: Vec<Measured>,
    choices: Vec<Choice>,
    has_chart: bool,
}

/// The lines of a text in a column with a look: the block of every unit has the same texts.
#[derive(Clone, Copy, Default)]
struct Measured {
    column: u16,
    look: u16,
    /// None before the first time.
    lines: Option<NonZeroU32>,
}

/// A list of words to choose from, and the cells that have it.
struct Choice {
    words: Vec<String>,
    cells: Vec<(u32, u16)>,
}

impl<'a> Pen<'a> {
    /// Opens a new sheet at the end of the workbook.
    pub(super) fn open(workbook: &'a mut Assembly, name: &str) -> Result<Self, WorkbookError> {
        let Assembly { frame, looks, strings, sheets, .. } = workbook;
        let sheet = frame.add_worksheet();
        sheet.set_name(name)?;
        sheet.set_default_note_author("");
        sheets.push(SheetParts::default());
        let last = sheets.len() - 1;
        Ok(Pen {
            sheet,
            parts: &mut sheets[last],
            looks,
            strings,
            own_prefix: Finder::new(&sheet_prefix(name)).into_owned(),
            measured: Vec::new(),
            choices: Vec::new(),
            has_chart: false,
        })
    }

    pub(super) fn text(&mut self, row: u32, column: u16, text: &str, style: Style) -> Result<(), WorkbookError> {
        let look = self.look(row, column, style)?;
        if text.is_empty() {
            self.parts.cells.blank((row, column), look);
        } else {
            let number = self.strings.number(text);
            let lines = self.known_lines(number, (column, look), |width| style.lines(text, width));
            self.grow(row, lines, style);
            self.parts.cells.text((row, column), look, number);
        }
        Ok(())
    }

    pub(super) fn number(&mut self, row: u32, column: u16, value: Decimal, style: Style) -> Result<(), WorkbookError> {
        let look = self.look(row, column, style)?;
        self.parts.cells.number((row, column), look, value);
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
        let look = self.look(row, column, style)?;
        let cached = cached.into();
        let outcome = match &cached {
            Cached::Number(value) => Outcome::Number(*value),
            Cached::Text(text) => {
                self.make_room(row, column, text, style);
                Outcome::Text(text)
            }
        };
        self.parts.cells.formula((row, column), look, (formula, &self.own_prefix), outcome);
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
        self.parts.cells.grow(row, style.height(style.lines(text, width)));
        if columns.0 == columns.1 {
            return self.text(row, columns.0, text, style);
        }
        self.merged((row, row), columns, text, style)
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
        self.parts.cells.grow(rows.0, style.height(lines.saturating_sub(rows.1 - rows.0).max(1)));
        self.merged(rows, (column, column), text, style)
    }

    fn merged(&mut self, rows: (u32, u32), columns: (u16, u16), text: &str, style: Style) -> Result<(), WorkbookError> {
        let look = self.look(rows.1, columns.1, style)?;
        for row in rows.0..=rows.1 {
            for column in columns.0..=columns.1 {
                self.parts.cells.blank((row, column), look);
            }
        }
        if !text.is_empty() {
            self.parts.cells.text((rows.0, columns.0), look, self.strings.number(text));
        }
        if (rows.0, columns.0) != (rows.1, columns.1) {
            self.parts.merged.push((rows, columns));
        }
        Ok(())
    }

    /// Sets a column's width, in characters. Comes before the texts, whose room is measured with it.
    pub(super) fn widen(&mut self, column: u16, width: f64) -> Result<(), WorkbookError> {
        let widths = &mut self.parts.widths;
        if widths.len() <= usize::from(column) {
            widths.resize(usize::from(column) + 1, None);
        }
        widths[usize::from(column)] = Some(width);
        self.measured.clear();
        self.sheet.set_column_width(column, width)?;
        Ok(())
    }

    /// Makes room for the cells of so many rows, as many in each as columns were given a width.
    pub(super) fn expect_rows(&mut self, rows: u32) {
        self.parts.cells.expect(rows as usize * self.parts.widths.len());
    }

    /// The last column that was given a width.
    pub(super) fn last_column(&self) -> u16 {
        u16::try_from(self.parts.widths.len().saturating_sub(1)).unwrap_or(u16::MAX)
    }

    /// A list to choose a word from.
    pub(super) fn choice(&mut self, row: u32, column: u16, words: &[&str]) {
        match self.choices.iter_mut().find(|choice| choice.words == words) {
            Some(choice) => choice.cells.push((row, column)),
            None => {
                let words = words.iter().map(|word| word.to_string()).collect();
                self.choices.push(Choice { words, cells: vec![(row, column)] });
            }
        }
    }

    /// Height of a row and width of all columns that were given one, in dots of the screen.
    pub(super) fn row_dots(&self, row: u32) -> f64 {
        f64::from(self.parts.row_dots(row))
    }

    pub(super) fn dots_across(&self) -> f64 {
        (0..=self.last_column()).map(|column| f64::from(self.parts.column_dots(column))).sum()
    }

    pub(super) fn hide_row(&mut self, row: u32) {
        self.parts.cells.hide(row);
    }

    /// A chart with its upper left corner in a cell.
    pub(super) fn chart(&mut self, row: u32, column: u16, chart: &Chart) -> Result<(), WorkbookError> {
        self.sheet.insert_chart(row, column, chart)?;
        self.has_chart = true;
        Ok(())
    }

    /// What a chart shows of a cell until a program draws it anew.
    pub(super) fn charted(&mut self, row: u32, column: u16, cached: &Cached) -> Result<(), WorkbookError> {
        match cached {
            Cached::Number(value) => self.sheet.write_number(row, column, nearest(*value))?,
            Cached::Text(text) => self.sheet.write_string(row, column, text)?,
        };
        Ok(())
    }

    /// The last stroke on a sheet.
    pub(super) fn finish(self) -> Result<(), WorkbookError> {
        for Choice { words, cells } in &self.choices {
            let list = DataValidation::new().allow_list_strings(words)?;
            for some in cells.chunks(CHOICES_IN_LIST) {
                let (row, column) = some[0];
                let addresses: Vec<String> =
                    some.iter().map(|(row, column)| CellAddress::new(*row, (*column).into()).to_string()).collect();
                let list = list.clone().set_multi_range(addresses.join(" "));
                self.sheet.add_data_validation(row, column, row, column, &list)?;
            }
        }
        if self.has_chart {
            tell_heights(self.sheet, &self.parts.cells)?;
        }
        Ok(())
    }

    /// The number of a look; a place that no sheet has is an error.
    fn look(&mut self, row: u32, column: u16, style: Style) -> Result<u16, WorkbookError> {
        if row >= ROWS || column >= COLUMNS {
            return Err(XlsxError::RowColumnLimitError.into());
        }
        Ok(self.looks.number(style))
    }

    fn width(&self, column: u16) -> f64 {
        self.parts.widths.get(usize::from(column)).copied().flatten().unwrap_or(8.43)
    }

    fn make_room(&mut self, row: u32, column: u16, text: &str, style: Style) {
        self.grow(row, style.lines(text, self.width(column)), style);
    }

    /// The lines of a shared text, measured once for all rows that have it in the same column with the same look.
    fn known_lines(&mut self, number: u32, (column, look): (u16, u16), measure: impl Fn(f64) -> u32) -> u32 {
        let number = number as usize;
        let known = self.measured.get(number).filter(|known| (known.column, known.look) == (column, look));
        if let Some(lines) = known.and_then(|known| known.lines) {
            return lines.get();
        }
        let lines = measure(self.width(column));
        if self.measured.len() <= number {
            self.measured.resize(number + 1, Measured::default());
        }
        self.measured[number] = Measured { column, look, lines: NonZeroU32::new(lines) };
        lines
    }

    fn grow(&mut self, row: u32, lines: u32, style: Style) {
        if lines > 1 {
            self.parts.cells.grow(row, style.height(lines));
        }
    }

    /// A note on a cell.
    pub(super) fn note(&mut self, row: u32, column: u16, text: String) {
        self.parts.notes.push(CellNote { row, column, text });
    }

    /// The worksheet itself, for what this pen has no word for.
    pub(super) fn sheet(&mut self) -> &mut Worksheet {
        self.sheet
    }
}

/// Rows and columns of a sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u16 = 1 << 14;
/// Cells that one list of words is given to at a time: Excel reads long ranges slowly.
const CHOICES_IN_LIST: usize = 200;

impl From<XlsxError> for WorkbookError {
    fn from(error: XlsxError) -> Self {
        WorkbookError::Writer(error.to_string())
    }
}

/// The double nearest to an exact figure: what Excel itself makes of the same digits typed into a cell.
pub(super) fn nearest(value: Decimal) -> f64 {
    value.to_string().parse().unwrap_or(f64::MAX)
}
