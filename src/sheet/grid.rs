//! What a spreadsheet holds once read: workbook, sheets, cells. Plain values.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::borrow::Cow;
use std::sync::Arc;

use crate::finding::{CellAddress, Finding, Place};
use crate::vietnamese::{self, LegacyEncoding};

/// A spreadsheet file.
#[derive(Clone, Debug)]
pub struct Workbook {
    /// Path inside the dossier with `/`.
    pub file: Arc<str>,
    pub sheets: Vec<Grid>,
    /// What was left out in reading: cells far out of sight, a damaged sheet.
    pub remarks: Vec<Finding>,
}

impl Workbook {
    /// The first sheet whose name is one of these after folding.
    pub fn sheet(&self, names: &[&str]) -> Option<&Grid> {
        names.iter().find_map(|name| self.sheets.iter().find(|sheet| vietnamese::same(&sheet.name, name)))
    }
}

/// Whether a sheet can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    Visible,
    Hidden,
}

/// A rectangle of merged cells, both ends included, counted from zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    pub first: CellAddress,
    pub last: CellAddress,
}

/// A sheet by its name and its file, for the cells that values come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SheetName {
    /// Path inside the dossier with `/`.
    pub file: Arc<str>,
    pub sheet: Arc<str>,
}

/// One sheet: its cells by row and column, counted from zero.
#[derive(Clone, Debug)]
pub struct Grid {
    pub file: Arc<str>,
    pub name: Arc<str>,
    pub visibility: Visibility,
    pub merges: Vec<Merge>,
    full_name: Arc<SheetName>,
    cells: Cells,
}

/// The cells of a sheet, one behind the other: a sheet of millions is one piece of memory.
#[derive(Clone, Debug, Default)]
pub(super) struct Cells {
    /// The number of each row and where its cells begin.
    rows: Vec<(u32, u32)>,
    /// Each with its column.
    cells: Vec<(u32, Cell)>,
    /// A cell came behind one that stands further on.
    out_of_order: bool,
}

impl Cells {
    /// Adds a cell as it is read.
    pub(super) fn push(&mut self, address: CellAddress, cell: Cell) {
        let row = self.rows.last().map(|(row, _)| *row);
        if row == Some(address.row) {
            self.out_of_order |= self.cells.last().is_some_and(|(column, _)| *column >= address.column);
        } else {
            self.out_of_order |= row.is_some_and(|row| row > address.row);
            self.rows.push((address.row, self.cells.len() as u32));
        }
        self.cells.push((address.column, cell));
    }

    /// The cells in the order in which they were read.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Cell> {
        self.cells.iter().map(|(_, cell)| cell)
    }

    /// The same, to be changed, each with its address.
    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (CellAddress, &mut Cell)> {
        let mut rows = self.rows.iter().peekable();
        let mut current = 0;
        self.cells.iter_mut().enumerate().map(move |(index, (column, cell))| {
            if let Some((row, _)) = rows.next_if(|(_, start)| *start as usize == index) {
                current = *row;
            }
            (CellAddress::new(current, *column), cell)
        })
    }

    /// The cells of a row by the row's place in the list.
    fn of_row(&self, index: usize) -> &[(u32, Cell)] {
        let place = |index: usize| self.rows.get(index).map_or(self.cells.len(), |(_, start)| *start as usize);
        &self.cells[place(index)..place(index + 1)]
    }

    /// In ascending order of rows and columns; of two at one address the later stays.
    fn ordered(self) -> Self {
        if !self.out_of_order {
            return self;
        }
        let ends = self.rows.iter().skip(1).map(|(_, start)| *start).chain([self.cells.len() as u32]);
        let rows = self.rows.iter().zip(ends).flat_map(|((row, start), end)| (*start..end).map(move |_| *row));
        let mut all: Vec<(CellAddress, Cell)> =
            rows.zip(self.cells).map(|(row, (column, cell))| (CellAddress::new(row, column), cell)).collect();
        all.sort_by_key(|(address, _)| *address);
        let mut ordered = Cells::default();
        let mut all = all.into_iter().peekable();
        while let Some((address, cell)) = all.next() {
            if all.peek().is_none_or(|(next, _)| *next != address) {
                ordered.push(address, cell);
            }
        }
        ordered
    }
}

impl FromIterator<(CellAddress, Cell)> for Cells {
    fn from_iter<T: IntoIterator<Item = (CellAddress, Cell)>>(all: T) -> Self {
        let mut cells = Cells::default();
        all.into_iter().for_each(|(address, cell)| cells.push(address, cell));
        cells
    }
}

static NOTHING: Cell =
    Cell { value: Value::Empty, percent: false, decimals: None, legacy: None, uncached: false, unformatted: false };

impl Grid {
    /// A grid of the given cells; of two at one address the later stays.
    pub(super) fn new(
        file: Arc<str>,
        name: Arc<str>,
        visibility: Visibility,
        merges: Vec<Merge>,
        cells: Cells,
    ) -> Self {
        let full_name = Arc::new(SheetName { file: file.clone(), sheet: name.clone() });
        Grid { file, name, visibility, merges, full_name, cells: cells.ordered() }
    }

    /// The cell at an address; an empty one where there is none.
    pub fn cell(&self, row: u32, column: u32) -> &Cell {
        let cells = self.row(row);
        found(column, cells).map_or(&NOTHING, |index| &cells[index].1)
    }

    /// The rows that hold something, each with its number and its cells.
    pub fn rows(&self) -> impl Iterator<Item = (u32, &[(u32, Cell)])> {
        self.rows_from(0)
    }

    /// The rows below one, that hold something.
    pub fn rows_below(&self, row: u32) -> impl Iterator<Item = (u32, &[(u32, Cell)])> {
        self.rows_from(self.cells.rows.partition_point(|(number, _)| *number <= row))
    }

    fn rows_from(&self, first: usize) -> impl Iterator<Item = (u32, &[(u32, Cell)])> {
        let rows = self.cells.rows.iter().enumerate().skip(first);
        rows.map(|(index, (row, _))| (*row, self.cells.of_row(index)))
    }

    /// The cells of a row that hold something.
    pub fn row(&self, row: u32) -> &[(u32, Cell)] {
        found(row, &self.cells.rows).map_or(&[], |index| self.cells.of_row(index))
    }

    pub fn is_empty(&self) -> bool {
        self.cells.rows.is_empty()
    }

    /// The cell that holds the text shown at an address: the first of the merged rectangle, or the cell itself.
    pub fn anchor(&self, row: u32, column: u32) -> &Cell {
        let inside = |merge: &&Merge| {
            (merge.first.row..=merge.last.row).contains(&row)
                && (merge.first.column..=merge.last.column).contains(&column)
        };
        match self.merges.iter().find(inside) {
            Some(merge) => self.cell(merge.first.row, merge.first.column),
            None => self.cell(row, column),
        }
    }

    /// Its name and its file's, one value for all its cells.
    pub fn full_name(&self) -> &Arc<SheetName> {
        &self.full_name
    }

    /// The place of the sheet.
    pub fn place(&self) -> Place {
        Place::sheet(&*self.file, &*self.name)
    }

    /// The place of a cell.
    pub fn place_of(&self, row: u32, column: u32) -> Place {
        Place::cell(&*self.file, &*self.name, CellAddress::new(row, column))
    }
}

/// The place of a number in a list that has them in ascending order. Mostly few are left out, so that it stands little
/// before the place that it would have without gaps.
fn found<T>(number: u32, list: &[(u32, T)]) -> Option<usize> {
    const LEFT_OUT: usize = 4;
    let without_gaps = number.checked_sub(list.first()?.0)? as usize;
    let end = list.len().min(without_gaps.saturating_add(1));
    let (far, near) = list[..end].split_at(end.saturating_sub(LEFT_OUT));
    match near.iter().rposition(|(own, _)| *own <= number) {
        Some(at) => (near[at].0 == number).then_some(far.len() + at),
        None => far.binary_search_by_key(&number, |(own, _)| *own).ok(),
    }
}

/// A text without the blanks around it.
fn trimmed(text: &str) -> &str {
    let is_plain = |end: Option<&u8>| end.is_some_and(u8::is_ascii_graphic);
    if is_plain(text.as_bytes().first()) && is_plain(text.as_bytes().last()) { text } else { text.trim() }
}

/// One cell: what it holds and how it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    pub value: Value,
    /// Its number format shows per cent: 0.975 stands there as 97,5%.
    pub percent: bool,
    /// Decimals that its number format fixes (`0.00` fixes two).
    pub decimals: Option<u8>,
    /// The old encoding that the font of the whole cell tells (`.VnTime`, `VNI-Times`).
    pub legacy: Option<LegacyEncoding>,
    /// It holds a formula that was never calculated, so its value is not known.
    pub uncached: bool,
    /// The file's format does not tell how its number is shown, so 0.975 may stand there as 97,5%.
    pub unformatted: bool,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Empty,
    /// In Unicode, in composed form, without invisible characters; spaces that do not break are plain ones.
    Text(String),
    /// As stored, with the fifteen digits that the program which wrote it shows.
    Number(Decimal),
    Bool(bool),
    Date(NaiveDate),
    /// `#N/A`, `#DIV/0!` …
    Error(Box<str>),
}

impl Cell {
    /// A cell of a value with nothing said about its looks.
    pub fn plain(value: Value) -> Self {
        Cell { value, ..NOTHING.clone() }
    }

    /// Neither a value nor a formula.
    pub fn is_empty(&self) -> bool {
        match &self.value {
            Value::Empty => !self.uncached,
            Value::Text(text) => trimmed(text).is_empty(),
            _ => false,
        }
    }

    /// What a user sees in it, as nearly as needed to match and to quote it; trimmed.
    pub fn text(&self) -> String {
        self.shown().into_owned()
    }

    /// The same; words are borrowed from the cell.
    pub fn shown(&self) -> Cow<'_, str> {
        Cow::Owned(match &self.value {
            Value::Empty => return Cow::Borrowed(""),
            Value::Text(text) => return Cow::Borrowed(trimmed(text)),
            Value::Number(value) if self.percent => percent_shown(*value),
            Value::Number(value) => match self.decimals {
                Some(decimals) if u32::from(decimals) > value.normalize().scale() && decimals < 10 => {
                    format!("{value:.*}", usize::from(decimals))
                }
                _ => vietnamese::plain(*value),
            },
            Value::Bool(true) => return Cow::Borrowed("TRUE"),
            Value::Bool(false) => return Cow::Borrowed("FALSE"),
            Value::Date(date) => vietnamese::short_date(*date),
            Value::Error(error) => return Cow::Borrowed(error),
        })
    }

    /// Its words, trimmed; nothing where it holds a figure or the like, which heads no column and names nothing.
    pub fn words(&self) -> &str {
        match &self.value {
            Value::Text(text) => trimmed(text),
            _ => "",
        }
    }

    /// The same for quoting in a message: figures as Vietnamese papers write them.
    pub fn quoted(&self) -> String {
        match &self.value {
            Value::Number(value) if !self.percent => vietnamese::number(*value),
            _ => self.text(),
        }
    }
}

fn percent_shown(value: Decimal) -> String {
    value.checked_mul(Decimal::ONE_HUNDRED).map_or_else(|| vietnamese::plain(value), vietnamese::percent)
}
