//! The frame that all our workbooks share: a sheet's title, headings, header and print set-up, and the dates of the
//! file.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime};

use super::WorkbookError;
use super::assembly::Assembly;
use super::layout::{Layout, Stand, Table};
use super::page::{self, Running};
use super::pen::Pen;
use super::style::Style;

/// Row of the headings on every sheet; two rows of titles and an empty one stand above.
pub(super) const HEADING: u32 = 3;

/// A workbook on its way: its layout, the table whose words are those of the whole workbook, the values of its sentences.
pub(super) struct Paper<'a> {
    pub(super) layout: &'a Layout,
    /// The table with the workbook's title and `dau_trang`, what stands in the header of each page.
    pub(super) key: &'static str,
    /// Values for the `{name}`s of titles and headers.
    pub(super) values: Vec<(&'static str, &'a str)>,
    /// Empty, or the word that marks a draft.
    pub(super) draft: &'a str,
}

/// A sheet being written, with the words of its title and header.
pub(super) struct Sheet<'w> {
    pub(super) pen: Pen<'w>,
    title: String,
    subtitle: String,
    running: String,
    draft: String,
}

/// The headings of a sheet's main table: column, width, words.
pub(super) type Headings = Vec<(u16, f64, String)>;

impl Paper<'_> {
    fn words(&self, key: &str, word: &str) -> Result<String, WorkbookError> {
        self.layout.table(key)?.sentence(word, &self.values)
    }

    /// What stands in the header of each page.
    pub(super) fn running(&self) -> Result<String, WorkbookError> {
        self.words(self.key, "dau_trang")
    }

    /// One sheet from its opening to its last stroke.
    pub(super) fn sheet(
        &self,
        workbook: &mut Assembly,
        key: &str,
        write: impl FnOnce(&mut Sheet) -> Result<(), WorkbookError>,
    ) -> Result<(), WorkbookError> {
        let mut title = self.words(key, "tieu_de")?;
        if !self.draft.is_empty() {
            title = format!("{title} ({})", self.draft);
        }
        let mut sheet = Sheet {
            pen: Pen::open(workbook, self.layout.table(key)?.word("ten")?)?,
            title,
            subtitle: self.words(key, "phu_de")?,
            running: self.running()?,
            draft: self.draft.to_string(),
        };
        write(&mut sheet)?;
        sheet.pen.finish()
    }

    /// The bytes of the workbook. Its date is given, never the clock's, and it names no person.
    pub(super) fn bytes(&self, mut workbook: Assembly, date: NaiveDate) -> Result<Vec<u8>, WorkbookError> {
        let year = u16::try_from(date.year()).unwrap_or(1900);
        let part = |part: u32| u8::try_from(part).unwrap_or(1);
        let date = ExcelDateTime::from_ymd(year, part(date.month()), part(date.day()))?;
        let title = self.words(self.key, "tieu_de")?;
        workbook.frame.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&date));
        workbook.into_bytes()
    }
}

impl Sheet<'_> {
    /// Title, widths, headings and print set-up. Cells above and left of `frozen` stay in sight; the rows of
    /// `repeated` stand on each printed page.
    pub(super) fn begin(
        &mut self,
        headings: &Headings,
        frozen: (u32, u16),
        repeated: (u32, u32),
    ) -> Result<(), WorkbookError> {
        for (column, width, _) in headings {
            self.pen.widen(*column, *width)?;
        }
        for (column, _, heading) in headings {
            self.pen.text(HEADING, *column, heading, Style::heading())?;
        }
        let last = self.pen.last_column();
        self.pen.across(0, (0, last), &self.title, Style::title())?;
        self.pen.across(1, (0, last), &self.subtitle, Style::subtitle())?;
        page::set_up(&mut self.pen, &Running { left: &self.running, draft: &self.draft }, repeated, frozen)
    }

    /// The title and headings of a table further down, from row `row` on.
    pub(super) fn table(
        &mut self,
        title: &str,
        row: u32,
        headings: &[(u16, String)],
        last: u16,
    ) -> Result<(), WorkbookError> {
        self.pen.across(row, (0, last), title, Style::section())?;
        for (column, heading) in headings {
            self.pen.text(row + 1, *column, heading, Style::heading())?;
        }
        Ok(())
    }
}

/// The headings of a sheet's main table. A column whose key is `repeated` stands once for each of its names.
pub(super) fn headings(table: &Table, repeated: &str, names: &[String]) -> Headings {
    let mut next = 0;
    let mut headings = Vec::new();
    for column in &table.columns {
        let Stand::Width(width) = column.stand else { continue };
        let own = [column.heading.clone()];
        for heading in if column.key == repeated { names } else { &own[..] } {
            headings.push((next, width, heading.clone()));
            next += 1;
        }
    }
    headings
}
