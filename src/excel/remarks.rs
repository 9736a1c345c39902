//! The workbook of the remarks that came back (y-kien.xlsx): each remark beside the mark it is about, with an open cell for
//! the answer, and the figures of returned workbooks that are not the dossier's.

use chrono::NaiveDate;

use super::WorkbookError;
use super::assembly::Assembly;
use super::layout::{Layout, Table};
use super::page;
use super::paper::{HEADING, Paper, Sheet, headings};
use super::style::Style;
use crate::collect::{Departure, Remark};

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../templates/y-kien-excel.txt");

/// The workbook; `date` is its own, so that the same remarks give the same bytes.
///
/// # Errors
/// What the workbook writer says.
pub fn remarks(
    year: i32,
    remarks: &[Remark],
    departures: &[Departure],
    date: NaiveDate,
) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let year = year.to_string();
    let paper = Paper { layout: &layout, key: "y_kien", values: vec![("nam", &year)], draft: "" };
    let mut workbook = Assembly::new()?;
    paper.sheet(&mut workbook, "y_kien", |sheet| remark_rows(sheet, layout.table("y_kien")?, remarks))?;
    paper.sheet(&mut workbook, "khac", |sheet| departure_rows(sheet, layout.table("khac")?, departures))?;
    paper.bytes(workbook, date)
}

fn remark_rows(sheet: &mut Sheet, table: &Table, remarks: &[Remark]) -> Result<(), WorkbookError> {
    let at = |key: &str| table.position(key);
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, at("don_vi")? + 1), (HEADING, HEADING))?;
    page::protect(&mut sheet.pen);
    for (row, remark) in (HEADING + 1..).zip(remarks) {
        let pen = &mut sheet.pen;
        pen.text(row, at("cum")?, &remark.cluster, Style::centre())?;
        pen.text(row, at("don_vi")?, &remark.unit_name, Style::text())?;
        pen.text(row, at("ma")?, remark.line.as_deref().unwrap_or_default(), Style::centre())?;
        pen.text(row, at("noi_dung")?, remark.line_name.as_deref().unwrap_or_default(), Style::text())?;
        let decimals = remark.mark.map_or(0, |mark| mark.normalize().scale());
        pen.number_or_blank(row, at("diem")?, remark.mark, Style::number(decimals))?;
        pen.text(row, at("vi_sao")?, remark.why.as_deref().unwrap_or_default(), Style::text())?;
        pen.text(row, at("y_kien")?, &remark.text, Style::text().bold())?;
        pen.text(row, at("nguoi")?, remark.author.as_deref().unwrap_or_default(), Style::text())?;
        let place = format!("{} › {} › {}", remark.file, remark.sheet, remark.cell);
        pen.text(row, at("o")?, &place, Style::text())?;
        pen.text(row, at("tra_loi")?, "", Style::text().open())?;
    }
    if remarks.is_empty() {
        sheet.pen.text(HEADING + 1, at("don_vi")?, table.word("khong_co")?, Style::text())?;
    }
    Ok(())
}

fn departure_rows(sheet: &mut Sheet, table: &Table, departures: &[Departure]) -> Result<(), WorkbookError> {
    let at = |key: &str| table.position(key);
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, at("don_vi")? + 1), (HEADING, HEADING))?;
    for (row, one) in (HEADING + 1..).zip(departures) {
        let texts = [
            ("don_vi", one.unit.as_deref().unwrap_or_default()),
            ("ma", &one.line),
            ("muc", &one.item),
            ("gui_lai", &one.returned),
            ("ho_so", &one.ours),
        ];
        for (key, text) in texts {
            sheet.pen.text(row, at(key)?, text, Style::centre())?;
        }
        let place = format!("{} › {} › {}", one.file, one.sheet, one.cell);
        sheet.pen.text(row, at("o")?, &place, Style::text())?;
    }
    if departures.is_empty() {
        sheet.pen.text(HEADING + 1, at("o")?, table.word("khong_co")?, Style::text())?;
    }
    Ok(())
}
