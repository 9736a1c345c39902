//! The ranking workbook of a cluster (xep-hang.xlsx): six sheets, every mark, sum, place and class a live formula.
//!
//! One module for each sheet; `atlas` says where everything stands, `formula` and `places` write the formulas,
//! `trail` follows the steps whose values stand between a total and a class. Nothing is scored here.

mod atlas;
mod details;
mod figures;
mod formula;
mod notes;
mod places;
mod scale;
mod self_marks;
mod standings;
mod trail;

#[cfg(test)]
mod tests;

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

use super::WorkbookError;
use super::layout::{Layout, Stand, Table};
use super::page::{self, Running};
use super::pen::Pen;
use super::style::Style;
use crate::dossier::Dossier;
use crate::scoring::ClusterResult;
use atlas::Atlas;

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../../templates/xep-hang-excel.txt");

/// The ranking workbook of a cluster. `draft` marks every page DỰ THẢO; `date` is the workbook's own, so that the
/// same dossier gives the same bytes.
pub fn ranking(
    dossier: &Dossier,
    result: &ClusterResult,
    draft: bool,
    date: NaiveDate,
) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let atlas = Atlas::draw(dossier, result, &layout)?;
    let trails = trail::follow(&atlas);
    let paper = Paper::new(dossier, result, &layout, draft)?;
    let mut workbook = Workbook::new();
    paper.sheet(&mut workbook, "xep_hang", |sheet| standings::write(sheet, &atlas, &layout, &trails))?;
    paper.sheet(&mut workbook, "chi_tiet", |sheet| details::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "tu_cham", |sheet| self_marks::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "so_lieu", |sheet| figures::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "thang_diem", |sheet| scale::write(sheet, &atlas, &layout))?;
    paper.sheet(&mut workbook, "dong_diem", |sheet| notes::write(sheet, &atlas, &layout, &trails))?;
    workbook.set_properties(&properties(&paper.title("xep_hang")?, date)?);
    Ok(workbook.save_to_buffer()?)
}

/// Title and dates of a workbook; no name of a person or of a clock.
fn properties(title: &str, date: NaiveDate) -> Result<DocProperties, WorkbookError> {
    let year = u16::try_from(date.year()).unwrap_or(1900);
    let day = |part: u32| u8::try_from(part).unwrap_or(1);
    let date = ExcelDateTime::from_ymd(year, day(date.month()), day(date.day()))?;
    Ok(DocProperties::new().set_title(title).set_creation_datetime(&date))
}

/// What all sheets of the workbook share: title, cluster, draft mark.
struct Paper<'a> {
    layout: &'a Layout,
    year: String,
    cluster: &'a str,
    running: String,
    draft: &'a str,
}

impl<'a> Paper<'a> {
    fn new(
        dossier: &'a Dossier,
        result: &ClusterResult,
        layout: &'a Layout,
        draft: bool,
    ) -> Result<Self, WorkbookError> {
        let cluster = dossier.cluster(result.cluster);
        let year = dossier.information.year.to_string();
        let draft = if draft { layout.table("xep_hang")?.word("du_thao")? } else { "" };
        Ok(Paper { layout, running: format!("{} - năm {year}", cluster.name), year, cluster: &cluster.name, draft })
    }

    fn title(&self, key: &str) -> Result<String, WorkbookError> {
        self.words(key, "tieu_de")
    }

    fn words(&self, key: &str, word: &str) -> Result<String, WorkbookError> {
        self.layout.table(key)?.sentence(word, &[("nam", &self.year), ("cum", self.cluster)])
    }

    /// One sheet from its opening to its last stroke.
    fn sheet(
        &self,
        workbook: &mut Workbook,
        key: &str,
        write: impl FnOnce(&mut Sheet) -> Result<(), WorkbookError>,
    ) -> Result<(), WorkbookError> {
        let mut title = self.title(key)?;
        if !self.draft.is_empty() {
            title = format!("{title} ({})", self.draft);
        }
        let mut sheet = Sheet {
            pen: Pen::open(workbook, self.layout.table(key)?.word("ten")?)?,
            title,
            subtitle: self.words(key, "phu_de")?,
            running: self.running.clone(),
            draft: self.draft.to_string(),
        };
        write(&mut sheet)?;
        sheet.pen.finish()
    }
}

/// A sheet being written, with the words of its title and header.
struct Sheet<'w> {
    pen: Pen<'w>,
    title: String,
    subtitle: String,
    running: String,
    draft: String,
}

impl Sheet<'_> {
    /// Title, widths, headings and print set-up. Cells above and left of `frozen` stay in sight; the rows of
    /// `repeated` stand on each printed page.
    fn begin(
        &mut self,
        headings: &[(u16, f64, String)],
        frozen: (u32, u16),
        repeated: (u32, u32),
    ) -> Result<(), WorkbookError> {
        for (column, width, _) in headings {
            self.pen.widen(*column, *width)?;
        }
        for (column, _, heading) in headings {
            self.pen.text(atlas::HEADING, *column, heading, Style::heading())?;
        }
        let last = self.pen.last_column();
        self.pen.across(0, (0, last), &self.title, Style::title())?;
        self.pen.across(1, (0, last), &self.subtitle, Style::subtitle())?;
        page::set_up(&mut self.pen, &Running { left: &self.running, draft: &self.draft }, repeated, frozen)?;
        page::protect(&mut self.pen);
        Ok(())
    }

    /// The title and headings of a table further down; gives nothing, the rows are the atlas's.
    fn table(&mut self, title: &str, row: u32, headings: &[(u16, String)], last: u16) -> Result<(), WorkbookError> {
        self.pen.across(row, (0, last), title, Style::section())?;
        for (column, heading) in headings {
            self.pen.text(row + 1, *column, heading, Style::heading())?;
        }
        Ok(())
    }
}

/// The headings of a sheet's main table. A column whose key is `repeated` stands once for each of its names.
fn headings(table: &Table, repeated: &str, names: &[String]) -> Vec<(u16, f64, String)> {
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
