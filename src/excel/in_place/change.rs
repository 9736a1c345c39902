//! Changed cells: another text, figure or date in cells of a user's own workbook. Formats, other cells, sheets and columns stay.
//!
//! A cell with a formula is left alone: its value is not ours to say, and Excel keeps a chain of such cells elsewhere.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::cut::{self, Edit, Kind, Next, Tag, escape, for_each_tag};
use super::package::Book;
use super::sheet::{self, Survey, address};
use super::{Notes, Unmarkable};
use crate::finding::{CellAddress, Severity};
use crate::vietnamese::plain;

/// Another value for one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    /// Name of the sheet, composed and trimmed.
    pub sheet: String,
    pub cell: CellAddress,
    pub value: NewValue,
}

/// What a cell is to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewValue {
    Empty,
    Text(String),
    Number(Decimal),
    /// For a cell that shows its number as a date.
    Date(NaiveDate),
}

/// The same .xlsx or .xlsm with other values in some cells. A cell that was not there gets the format of the one above it.
///
/// # Errors
/// Why the file cannot be changed: another kind of file, no such sheet, a cell with a formula.
pub fn changed_cells(bytes: &[u8], changes: &[CellChange]) -> Result<Vec<u8>, Unmarkable> {
    let mut archive = Archive::open(bytes)?;
    let book = Book::read(&mut archive)?;
    let mut by_sheet: BTreeMap<&str, BTreeMap<CellAddress, &NewValue>> = BTreeMap::new();
    for change in changes {
        by_sheet.entry(&change.sheet).or_default().insert(change.cell, &change.value);
    }
    for (name, values) in by_sheet {
        let part = book.sheet(name).ok_or_else(|| Unmarkable::new(format!("không thấy trang tính “{name}”")))?;
        let broken = || Unmarkable::part(part);
        let text = archive.text(part)?;
        let before = styles(&text, &Survey::of(&text).ok_or_else(broken)?).ok_or_else(broken)?;
        let text = with_cells(&text, values.keys()).ok_or_else(broken)?;
        let survey = Survey::of(&text).ok_or_else(broken)?;
        let change = Change { prefix: &survey.prefix, values: &values, before: &before };
        let edits = change.edits(&text, &survey).ok_or_else(broken)??;
        archive.replace(part, cut::apply(&text, edits));
    }
    archive.finish()
}

/// The part with every one of some cells in it, empty where it was not there.
fn with_cells<'a>(text: &str, cells: impl Iterator<Item = &'a CellAddress>) -> Option<String> {
    let survey = Survey::of(text)?;
    let notes: Notes = cells.map(|cell| (*cell, (Severity::Note, Vec::new()))).collect();
    let edits = sheet::colour(text, &survey, &notes, |style, _| style)?;
    Some(cut::apply(text, edits))
}

/// The style of each cell that is there.
fn styles(text: &str, survey: &Survey) -> Option<BTreeMap<CellAddress, u32>> {
    let mut styles = BTreeMap::new();
    let mut walk = Walk::default();
    for_each_tag(text, |tag| {
        if let Some(cell) = walk.cell(&tag, survey) {
            styles.insert(cell, tag.number("s").unwrap_or(0));
        }
        Next::More
    })?;
    Some(styles)
}

/// Where in the rows a walk over the tags is, for cells that do not say their address.
#[derive(Default)]
struct Walk {
    row: Option<u32>,
    column: Option<u32>,
}

impl Walk {
    /// The address of the cell that a tag opens.
    fn cell(&mut self, tag: &Tag, survey: &Survey) -> Option<CellAddress> {
        let next = |last: Option<u32>| last.map_or(0, |last| last.saturating_add(1));
        if tag.depth == 2 && tag.begins("row") && survey.holds(tag) {
            let stated = tag.number("r").and_then(|number| number.checked_sub(1));
            self.row = Some(stated.unwrap_or_else(|| next(self.row)));
            self.column = None;
        }
        if tag.depth != 3 || !tag.begins("c") {
            return None;
        }
        let cell = tag.raw("r").and_then(address);
        let cell = cell.unwrap_or_else(|| CellAddress::new(self.row.unwrap_or(0), next(self.column)));
        self.column = Some(cell.column);
        Some(cell)
    }
}

struct Change<'a> {
    prefix: &'a str,
    values: &'a BTreeMap<CellAddress, &'a NewValue>,
    /// Styles of the cells that were there before.
    before: &'a BTreeMap<CellAddress, u32>,
}

impl Change<'_> {
    /// None where the part is broken.
    fn edits(&self, text: &str, survey: &Survey) -> Option<Result<Vec<Edit>, Unmarkable>> {
        let mut walk = Walk::default();
        let mut edits = Vec::new();
        let mut open: Option<(CellAddress, Tag)> = None;
        let mut formulas: BTreeSet<CellAddress> = BTreeSet::new();
        for_each_tag(text, |tag| {
            if let Some(cell) = walk.cell(&tag, survey)
                && let Some(value) = self.values.get(&cell)
            {
                match tag.kind {
                    Kind::Empty => edits.push((tag.range(), self.written(cell, &tag, value))),
                    _ => open = Some((cell, tag)),
                }
            }
            if let Some((cell, opened)) = &open {
                if tag.depth == 4 && tag.begins("f") {
                    formulas.insert(*cell);
                }
                if tag.depth == 3 && tag.kind == Kind::Close {
                    if let Some(value) = self.values.get(cell) {
                        edits.push((opened.start..tag.end(), self.written(*cell, opened, value)));
                    }
                    open = None;
                }
            }
            Next::More
        })?;
        Some(match formulas.first() {
            Some(cell) => Err(Unmarkable::new(format!("ô {cell} có công thức; hãy sửa ô này trong Excel"))),
            None => Ok(edits),
        })
    }

    /// A whole cell with its new value.
    fn written(&self, cell: CellAddress, tag: &Tag, value: &NewValue) -> String {
        let own = tag.number("s").unwrap_or(0);
        let above = || cell.row.checked_sub(1).and_then(|row| self.before.get(&CellAddress::new(row, cell.column)));
        let style = if self.before.contains_key(&cell) { own } else { above().copied().unwrap_or(own) };
        let p = self.prefix;
        let head = format!("<{p}c r=\"{cell}\" s=\"{style}\"");
        match value {
            NewValue::Empty => format!("{head}/>"),
            NewValue::Text(text) => {
                let text = escape(text);
                format!("{head} t=\"inlineStr\"><{p}is><{p}t xml:space=\"preserve\">{text}</{p}t></{p}is></{p}c>")
            }
            NewValue::Number(number) => format!("{head}><{p}v>{}</{p}v></{p}c>", plain(*number)),
            NewValue::Date(date) => {
                // Excel counts days from the last of 1899, a day too many after February 1900
                let serial =
                    date.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 30).unwrap_or_default()).num_days();
                format!("{head}><{p}v>{serial}</{p}v></{p}c>")
            }
        }
    }
}
