//! Sheet Chi tiết: every line of every unit with plan, result, ratio, mark and why.

use rust_decimal::Decimal;

use super::super::WorkbookError;
use super::super::layout::{Layout, Table};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::pen::Cached;
use super::super::style::Style;
use super::atlas::Atlas;
use super::figures::{Shown, scale_of, shown};
use super::formula;
use super::row_names;
use crate::scoring::LineResult;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("chi_tiet")?;
    let columns = &atlas.details;
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, columns.name + 1), (HEADING, HEADING))?;
    page::protect(&mut sheet.pen);
    sheet.pen.expect_rows(atlas.last_block_row());
    let formulas = Formulas::new();
    for (unit, _) in atlas.units() {
        head(sheet, atlas, table, unit)?;
        for group in 0..atlas.groups.len() {
            group_row(sheet, atlas, unit, group)?;
            for line in atlas.groups[group].lines.clone() {
                line_row(sheet, atlas, &formulas, unit, line)?;
            }
        }
    }
    let last = headings(table, "", &[]).len();
    let last = u16::try_from(last).unwrap_or(1).saturating_sub(1);
    sheet.pen.sheet().autofilter(HEADING, 0, atlas.last_block_row(), last)?;
    Ok(())
}

/// The formulas that are the same in every row.
struct Formulas {
    plan: String,
    result: String,
    ratio: String,
    /// Where nobody is excused.
    mark: String,
}

impl Formulas {
    fn new() -> Self {
        let (plan, read) = (row_names::PLAN, row_names::RESULT);
        Formulas {
            plan: or_nothing(plan),
            result: or_nothing(read),
            ratio: format!("IF(OR(NOT(ISNUMBER({read})),N({plan})<=0),\"\",ROUND(ROUND({read}/{plan}*100,10),2))"),
            mark: formula::usual_mark(),
        }
    }
}

/// The head of a unit's block: its name and total.
fn head(sheet: &mut Sheet, atlas: &Atlas, table: &Table, unit: usize) -> Result<(), WorkbookError> {
    let (columns, result, row) = (&atlas.details, &atlas.result.units[unit], atlas.unit_row(unit));
    let named = atlas.dossier.unit(result.unit);
    blank_row(sheet, atlas, row, Style::text().unit())?;
    sheet.pen.text(row, columns.unit, &named.code, Style::centre().unit())?;
    sheet.pen.text(row, columns.name, &named.name, Style::text().unit())?;
    if let Some(file) = atlas.file_of(unit) {
        sheet.pen.text(row, columns.why, &format!("{}: {file}", table.word("nguon")?), Style::text().unit())?;
    }
    let total = if result.submitted { Cached::Number(result.total) } else { Cached::nothing() };
    let style = Style::number(atlas.dossier.information.decimals).unit();
    sheet.pen.formula(row, columns.mark, &atlas.standing(unit, atlas.standings.total).text(), total, style)?;
    if let Some(own) = formula::own_scale(atlas, unit) {
        let scale = result.conversion.map_or_else(|| atlas.whole_scale(), |conversion| conversion.left);
        sheet.pen.formula(row, columns.max, &own, scale, Style::number(scale_of(scale)).unit())?;
    }
    sheet.pen.text(row, columns.opinion, "", Style::text().open())
}

fn group_row(sheet: &mut Sheet, atlas: &Atlas, unit: usize, group: usize) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.details, atlas.group_row(unit, group));
    let this = &atlas.groups[group];
    blank_row(sheet, atlas, row, Style::text().group())?;
    sheet.pen.text(row, columns.unit, atlas.unit_code(unit), Style::centre().group())?;
    sheet.pen.text(row, columns.code, &this.group.code, Style::centre().group())?;
    sheet.pen.text(row, columns.name, &this.group.name, Style::text().group())?;
    sheet.pen.text(row, columns.opinion, "", Style::text().open())?;
    if !atlas.has_points(group) {
        return Ok(());
    }
    if let Some(max) = atlas.group_limit(group) {
        let style = Style::number(scale_of(max)).group();
        sheet.pen.formula(row, columns.max, &atlas.group_max(group).text(), max, style)?;
    }
    let sum = atlas.mark(atlas.line_row(unit, this.lines.start)).down_to(atlas.line_row(unit, this.lines.end - 1));
    let points = atlas.result.units[unit].groups[group].points;
    let style = Style::number(atlas.dossier.information.decimals).group();
    sheet.pen.formula(row, columns.mark, &formula::group_points(atlas, group, &sum), points, style)
}

fn line_row(
    sheet: &mut Sheet,
    atlas: &Atlas,
    formulas: &Formulas,
    unit: usize,
    line: usize,
) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.details, atlas.line_row(unit, line));
    let criterion = atlas.lines[line].criterion;
    let result = &atlas.result.units[unit].lines[line];
    let pen = &mut sheet.pen;
    pen.text(row, columns.unit, atlas.unit_code(unit), Style::centre())?;
    pen.text(row, columns.code, &criterion.code, Style::centre())?;
    pen.text(row, columns.name, &criterion.name, Style::text())?;
    pen.text(row, columns.measure, &criterion.measure, Style::centre())?;
    let plan_style = Style::number(result.plan.map_or(0, scale_of));
    pen.formula(row, columns.plan, &formulas.plan, result.plan, plan_style)?;
    let (cached, style) = match shown(atlas, unit, line) {
        Shown::Nothing => (Cached::nothing(), Style::number(0)),
        Shown::Number(value) => (Cached::Number(value), Style::number(scale_of(value))),
        Shown::Word(word) => (Cached::from(word), Style::centre()),
    };
    pen.formula(row, columns.result, &formulas.result, cached, style)?;
    pen.formula(row, columns.ratio, &formulas.ratio, ratio_of(atlas, unit, line, result), Style::number(2))?;
    match criterion.max {
        Some(max) => {
            pen.formula(row, columns.max, &atlas.line_max(line).text(), max, Style::number(scale_of(max)))?;
        }
        None => pen.text(row, columns.max, "", Style::text())?,
    }
    if atlas.lines[line].gives_points() {
        let style = Style::number(atlas.dossier.information.decimals).bold();
        let mark = formula::mark(atlas, unit, line, &formulas.mark);
        pen.formula(row, columns.mark, &mark, result.mark, style)?;
    } else {
        pen.text(row, columns.mark, "", Style::text())?;
    }
    pen.text(row, columns.why, &why(result, atlas.file_of(unit)), Style::text())?;
    pen.text(row, columns.opinion, "", Style::text().open())
}

/// Why a mark is so, with the cell of the result: sheet and cell alone where the head of the block names the file.
fn why(result: &LineResult, file: Option<&str>) -> String {
    let Some(source) = &result.source else { return result.why.clone() };
    let cell = source.cell.to_string();
    let (named, mark) = if Some(source.file()) == file { ("", "") } else { (source.file(), "!") };
    [&result.why, " [", named, mark, source.sheet(), "!", &cell, "]"].concat()
}

/// The ratio as shown, two decimals; only where plan and result stand as figures.
fn ratio_of(atlas: &Atlas, unit: usize, line: usize, result: &LineResult) -> Option<Decimal> {
    match shown(atlas, unit, line) {
        Shown::Number(_) => result
            .ratio
            .map(|ratio| ratio.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)),
        _ => None,
    }
}

/// A cell's value, and nothing where it is empty, which a bare reference would show as 0.
fn or_nothing(cell: &str) -> String {
    format!("IF({cell}=\"\",\"\",{cell})")
}

/// Borders and shade over the whole row.
fn blank_row(sheet: &mut Sheet, atlas: &Atlas, row: u32, style: Style) -> Result<(), WorkbookError> {
    let columns = &atlas.details;
    for column in [
        columns.unit,
        columns.code,
        columns.name,
        columns.measure,
        columns.plan,
        columns.result,
        columns.ratio,
        columns.max,
        columns.mark,
        columns.why,
    ] {
        sheet.pen.text(row, column, "", style)?;
    }
    Ok(())
}
