//! The workbook of a comparison (so-sanh.xlsx): units, the lines that moved them, and what the definitions say otherwise.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::WorkbookError;
use super::assembly::Assembly;
use super::layout::{Layout, Table};
use super::paper::{HEADING, Paper, Sheet, headings};
use super::style::Style;
use crate::compare::{
    Both, ClusterDifference, Comparison, CriterionDifference, LineDifference, Presence, UnitDifference, line_words,
    unit_words,
};
use crate::vietnamese::number;

/// Words, columns and order.
const LAYOUT: &str = include_str!("../../templates/so-sanh-excel.txt");

/// The workbook of a comparison; dated by the last day of the second run's year, never by the clock.
///
/// # Errors
/// What the workbook writer says.
pub fn comparison(comparison: &Comparison) -> Result<Vec<u8>, WorkbookError> {
    let layout = Layout::read(LAYOUT)?;
    let year = comparison.year.after.to_string();
    let paper = Paper { layout: &layout, key: "don_vi", values: vec![("nam", &year)], draft: "" };
    let date = NaiveDate::from_ymd_opt(comparison.year.after, 12, 31).unwrap_or_default();
    let mut workbook = Assembly::new()?;
    paper.sheet(&mut workbook, "don_vi", |sheet| units(sheet, comparison, layout.table("don_vi")?))?;
    paper.sheet(&mut workbook, "dong", |sheet| lines(sheet, comparison, layout.table("dong")?))?;
    paper.sheet(&mut workbook, "quy_uoc", |sheet| rules(sheet, comparison, layout.table("quy_uoc")?))?;
    paper.bytes(workbook, date)
}

fn units(sheet: &mut Sheet, comparison: &Comparison, table: &Table) -> Result<(), WorkbookError> {
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, table.position("ten")? + 1), (HEADING, HEADING))?;
    let mut row = HEADING;
    for cluster in &comparison.clusters {
        for unit in &cluster.units {
            row += 1;
            unit_row(sheet, table, row, (cluster, unit))?;
        }
    }
    Ok(())
}

fn unit_row(
    sheet: &mut Sheet,
    table: &Table,
    row: u32,
    (cluster, unit): (&ClusterDifference, &UnitDifference),
) -> Result<(), WorkbookError> {
    let at = |key: &str| table.position(key);
    let pen = &mut sheet.pen;
    pen.text(row, at("cum")?, &cluster.code, Style::centre())?;
    pen.text(row, at("ma")?, &unit.code, Style::centre())?;
    pen.text(row, at("ten")?, &unit.name, Style::text())?;
    let rank = unit.rank.map(|rank| rank.map(Decimal::from));
    pen.number_or_blank(row, at("hang_truoc")?, rank.before, Style::count())?;
    pen.number_or_blank(row, at("hang_sau")?, rank.after, Style::count().bold())?;
    figure(sheet, row, at("tong_truoc")?, unit.total.before)?;
    figure(sheet, row, at("tong_sau")?, unit.total.after)?;
    figure(sheet, row, at("tang_giam")?, difference(&unit.total))?;
    let pen = &mut sheet.pen;
    pen.text(row, at("xep_loai_truoc")?, unit.grade.before.as_deref().unwrap_or_default(), Style::centre())?;
    pen.text(row, at("xep_loai_sau")?, unit.grade.after.as_deref().unwrap_or_default(), Style::centre())?;
    pen.text(row, at("thay_doi")?, &unit_changes(table, unit)?, Style::text())
}

/// What happened to a unit, in words.
fn unit_changes(table: &Table, unit: &UnitDifference) -> Result<String, WorkbookError> {
    let mut parts = Vec::new();
    match unit.presence {
        Presence::OnlyBefore => parts.push(table.word("chi_truoc")?.to_string()),
        Presence::OnlyAfter => parts.push(table.word("chi_sau")?.to_string()),
        Presence::Both if !unit.has_changed() => parts.push(table.word("khong_doi")?.to_string()),
        Presence::Both => parts.extend(Some(unit_words(unit)).filter(|words| !words.is_empty())),
    }
    for (key, names) in [("vuot", &unit.passed), ("bi_vuot", &unit.passed_by)] {
        if !names.is_empty() {
            parts.push(format!("{}: {}", table.word(key)?, names.join(", ")));
        }
    }
    Ok(parts.join("\n"))
}

fn lines(sheet: &mut Sheet, comparison: &Comparison, table: &Table) -> Result<(), WorkbookError> {
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, table.position("ten")? + 1), (HEADING, HEADING))?;
    let mut row = HEADING;
    for cluster in &comparison.clusters {
        for unit in &cluster.units {
            for line in &unit.lines {
                row += 1;
                line_row(sheet, table, row, (cluster, unit, line))?;
            }
        }
    }
    Ok(())
}

fn line_row(
    sheet: &mut Sheet,
    table: &Table,
    row: u32,
    (cluster, unit, line): (&ClusterDifference, &UnitDifference, &LineDifference),
) -> Result<(), WorkbookError> {
    let at = |key: &str| table.position(key);
    let pen = &mut sheet.pen;
    pen.text(row, at("cum")?, &cluster.code, Style::centre())?;
    pen.text(row, at("don_vi")?, &unit.name, Style::text())?;
    pen.text(row, at("ma")?, &line.code, Style::centre())?;
    pen.text(row, at("ten")?, &line.name, Style::text())?;
    figure(sheet, row, at("diem_truoc")?, line.mark.before)?;
    figure(sheet, row, at("diem_sau")?, line.mark.after)?;
    figure(sheet, row, at("tang_giam")?, Some(line.points))?;
    sheet.pen.text(row, at("vi_sao")?, &line_words(line), Style::text())?;
    sheet.pen.text(row, at("nguon")?, line.source.after.as_deref().unwrap_or_default(), Style::text())
}

fn rules(sheet: &mut Sheet, comparison: &Comparison, table: &Table) -> Result<(), WorkbookError> {
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, table.position("muc")? + 1), (HEADING, HEADING))?;
    let mut rows: Vec<[String; 4]> = Vec::new();
    for convention in &comparison.conventions {
        let values = &convention.values;
        rows.push([String::new(), convention.item.clone(), values.before.clone(), values.after.clone()]);
    }
    for cluster in &comparison.clusters {
        for line in &cluster.criteria {
            let subject = format!("{}: {}", table.sentence("tieu_chi", &[("ma", &line.code)])?, line.name);
            let [before, after] = rule_words(table, line)?;
            rows.push([cluster.code.clone(), subject, before, after]);
        }
    }
    if rows.is_empty() {
        rows.push([String::new(), table.word("giong")?.to_string(), String::new(), String::new()]);
    }
    for (row, words) in (HEADING + 1..).zip(rows) {
        for (key, text) in ["cum", "muc", "truoc", "sau"].into_iter().zip(words) {
            sheet.pen.text(row, table.position(key)?, &text, Style::text())?;
        }
    }
    Ok(())
}

/// A line's rule and maximum in the first and in the second run.
fn rule_words(table: &Table, line: &CriterionDifference) -> Result<[String; 2], WorkbookError> {
    let words = |rule: &Option<String>, max: Option<Decimal>| -> Result<String, WorkbookError> {
        let mut words = rule.clone().unwrap_or(table.word("khong_co")?.to_string());
        if let Some(max) = max {
            words.push_str(&format!("; {}", table.sentence("toi_da", &[("diem", &number(max))])?));
        }
        Ok(words)
    };
    Ok([words(&line.rule.before, line.max.before)?, words(&line.rule.after, line.max.after)?])
}

fn difference(figures: &Both<Option<Decimal>>) -> Option<Decimal> {
    figures.after.zip(figures.before).and_then(|(after, before)| after.checked_sub(before))
}

/// A figure with the decimals it has.
fn figure(sheet: &mut Sheet, row: u32, column: u16, value: Option<Decimal>) -> Result<(), WorkbookError> {
    let style = Style::number(value.map_or(0, |value| value.normalize().scale()));
    sheet.pen.number_or_blank(row, column, value, style)
}
