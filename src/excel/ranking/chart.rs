//! Sheet Biểu đồ: the marks of the units by group as bars, over the living cells of sheet Xếp hạng, on one printed page.
//!
//! The names beside the bars carry the totals, since Excel has no label for the sum of a stacked bar. They are formulas
//! in cells behind the chart, so that they follow the totals too.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    Chart, ChartAxisCrossing, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartPatternFill,
    ChartPatternFillType, ChartSolidFill, ChartType,
};

use super::super::WorkbookError;
use super::super::address::Spot;
use super::super::layout::{Layout, Table, fill};
use super::super::page;
use super::super::paper::{HEADING, Sheet};
use super::super::pen::Cached;
use super::super::style::{FONT, Style};
use super::atlas::Atlas;
use super::formula::clean;
use crate::dossier::GroupKind;
use crate::vietnamese::number;

/// A blue that is nearly black: all patterns are of this ink.
const INK: u32 = 0x0016_284A;
const PAPER: u32 = 0x00FF_FFFF;
const GRID: u32 = 0x00C5_C9D2;

/// How a group's part of a bar is filled: tints and hatches that differ in a print in black and white too.
enum Pattern {
    Tint(u32),
    Hatch(ChartPatternFillType),
}

/// Dark and light by turns; with more groups than patterns they begin anew.
const PATTERNS: [Pattern; 10] = [
    Pattern::Tint(INK),
    Pattern::Hatch(ChartPatternFillType::DiagonalStripesWideUpwards),
    Pattern::Tint(0x008B_94A4),
    Pattern::Hatch(ChartPatternFillType::HorizontalStripesLight),
    Pattern::Hatch(ChartPatternFillType::Dotted50Percent),
    Pattern::Tint(PAPER),
    Pattern::Tint(0x005C_6980),
    Pattern::Hatch(ChartPatternFillType::LargeGrid),
    Pattern::Tint(0x00C5_C9D2),
    Pattern::Hatch(ChartPatternFillType::VerticalStripesLight),
];

/// Columns of the sheet, as wide together as an A4 page lying or standing, in letters and in dots of the screen.
const COLUMN: f64 = 11.0;
const LYING: (u16, u32) = (12, 980);
const STANDING: (u16, u32) = (8, 650);
/// From so many units on the page stands upright.
const MANY_UNITS: usize = 22;
/// Height of a row of the sheet, of a unit's bar, and of what stands above and below the bars; dots.
const ROW: u32 = 20;
const BAR: u32 = 23;
const AROUND: u32 = 130;
const LEAST_HEIGHT: u32 = 280;
/// Most characters of an alternative text.
const ALT_TEXT: usize = 255;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("bieu_do")?;
    let units = atlas.result.units.len();
    let (columns, width) = if units < MANY_UNITS { LYING } else { STANDING };
    for column in 0..columns {
        sheet.pen.widen(column, COLUMN)?;
    }
    sheet.begin(&Vec::new(), (0, 0), (0, 0))?;
    sheet.pen.sheet().set_print_fit_to_pages(1, 1);
    if units >= MANY_UNITS {
        sheet.pen.sheet().set_portrait();
    }
    page::protect(&mut sheet.pen);
    let height = (AROUND + BAR * units as u32).max(LEAST_HEIGHT);
    let labels = labels(sheet, atlas, table)?;
    let below = HEADING + (height.div_ceil(ROW)).max(units as u32 + 1) + 1;
    group_names(sheet, atlas, below, columns - 1)?;
    let mut chart = chart(sheet, atlas, table, &labels)?;
    chart.set_width(width).set_height(height);
    sheet.pen.chart(HEADING, 0, &chart)
}

/// The names of the units with their totals, in cells behind the chart; gives their range.
fn labels(sheet: &mut Sheet, atlas: &Atlas, table: &Table) -> Result<String, WorkbookError> {
    let columns = &atlas.standings;
    sheet.pen.text(HEADING, 0, table.word("nhan")?, Style::line())?;
    let mut last = HEADING;
    for ((unit, _), row) in atlas.ranked_order().zip(HEADING + 1..) {
        let (name, total) = (atlas.standing(unit, columns.unit), atlas.standing(unit, columns.total));
        // the decimal sign of the program that recalculates is none of the paper's
        let figure = format!("SUBSTITUTE({total}&\"\",\".\",\",\")");
        let formula = format!("IF({total}=\"\",{name},{name}&\" (\"&{figure}&\")\")");
        let label = Cached::from(label(atlas, unit));
        sheet.pen.charted(row, 0, &label)?;
        sheet.pen.formula(row, 0, &formula, label, Style::line())?;
        last = row;
    }
    Ok(Spot::new(table.word("ten")?, HEADING + 1, 0).down_to(last))
}

fn label(atlas: &Atlas, unit: usize) -> String {
    let result = &atlas.result.units[unit];
    let name = &atlas.dossier.unit(result.unit).name;
    // without thousands apart, as the formula gives it
    let figure = number(result.total).replace('.', "");
    if result.submitted { format!("{name} ({figure})") } else { name.clone() }
}

/// The names of the groups below the chart, whose legend has room for their codes only.
fn group_names(sheet: &mut Sheet, atlas: &Atlas, first: u32, last: u16) -> Result<(), WorkbookError> {
    let groups =
        (0..atlas.groups.len()).filter(|group| atlas.has_points(*group)).map(|group| &atlas.groups[group].group);
    for (group, row) in groups.filter(|group| group.kind != GroupKind::Deduction).zip(first..) {
        sheet.pen.across(row, (0, last), &format!("{}. {}", group.code, group.name), Style::remark())?;
    }
    Ok(())
}

/// The points of the groups as they count, on the whole scale, in cells behind the chart: where lines are waived and the
/// rest is converted, those on sheet Xếp hạng are the points before. Gives the range for each column of that sheet.
fn converted(sheet: &mut Sheet, atlas: &Atlas, table: &Table) -> Result<Vec<(u16, String)>, WorkbookError> {
    let Some(row) = atlas.scale_rows.whole_scale else { return Ok(Vec::new()) };
    let whole = atlas.on_scale(row, atlas.scale_rows.value);
    let mut ranges = Vec::new();
    for ((group, of), column) in atlas.standings.groups.iter().zip(1..) {
        let mut last = HEADING;
        for ((unit, result), row) in atlas.ranked_order().zip(HEADING + 1..) {
            let (points, own) = (atlas.standing(unit, *of), atlas.own_scale(unit));
            let formula =
                format!("IF({points}=\"\",\"\",IF({own}<=0,0,{}))", clean(&format!("{points}*{whole}/{own}")));
            let points = result.groups[*group].points;
            let counted = match result.conversion {
                Some(conversion) if conversion.left > Decimal::ZERO => points * conversion.scale / conversion.left,
                Some(_) => Decimal::ZERO,
                None => points,
            };
            let shown = if result.submitted { Cached::Number(counted.round_dp(10)) } else { Cached::nothing() };
            sheet.pen.charted(row, column, &shown)?;
            sheet.pen.formula(row, column, &formula, shown, Style::line())?;
            last = row;
        }
        ranges.push((*of, Spot::new(table.word("ten")?, HEADING + 1, column).down_to(last)));
    }
    Ok(ranges)
}

fn chart(sheet: &mut Sheet, atlas: &Atlas, table: &Table, labels: &str) -> Result<Chart, WorkbookError> {
    let columns = &atlas.standings;
    let mut parts: Vec<u16> = columns.groups.iter().map(|(_, column)| *column).collect();
    if atlas.groups.iter().any(|group| group.group.kind == GroupKind::Bonus) {
        parts.push(columns.bonus);
    }
    let (first, last) = atlas.standing_rows();
    let mut chart = Chart::new(ChartType::BarStacked);
    let converted = converted(sheet, atlas, table)?;
    for (column, pattern) in parts.iter().zip(PATTERNS.iter().cycle()) {
        let own = || Spot::new(columns.sheet, first, *column).down_to(last);
        let values = converted.iter().find(|(of, _)| of == column).map_or_else(own, |(_, range)| range.clone());
        let name = Spot::new(columns.sheet, HEADING, *column).to_string();
        let mut look = ChartFormat::new();
        look.set_border(ChartLine::new().set_color(INK).set_width(0.5));
        match pattern {
            Pattern::Tint(color) => look.set_solid_fill(ChartSolidFill::new().set_color(*color)),
            Pattern::Hatch(hatch) => look.set_pattern_fill(
                ChartPatternFill::new().set_pattern(*hatch).set_foreground_color(INK).set_background_color(PAPER),
            ),
        };
        let series = chart.add_series();
        series.set_name(name.as_str()).set_values(values.as_str()).set_categories(labels).set_format(&mut look);
        series.set_gap(45).set_overlap(100);
    }
    let mut font = ChartFont::new();
    font.set_name(FONT).set_size(10);
    let mut names = font.clone();
    names.set_bold();
    chart.title().set_hidden();
    // the first unit on top, the points below the bars, every unit with its name
    let units = chart.y_axis();
    units.set_font(&font).set_name(table.word("truc_don_vi")?).set_name_font(&names);
    units.set_reverse().set_crossing(ChartAxisCrossing::Max).set_label_interval(1);
    let points = chart.x_axis();
    points.set_font(&font).set_min(0).set_name(table.word("truc_diem")?).set_name_font(&names);
    points.set_major_gridlines_line(ChartLine::new().set_color(GRID).set_width(0.5));
    chart.legend().set_position(ChartLegendPosition::Bottom).set_font(&font);
    chart.set_alt_text(description(atlas, table)?);
    Ok(chart)
}

/// What the chart shows, in a sentence: the best and the last total, as they are when the workbook is made. Excel takes
/// 255 characters; where the names are too long they stay away.
fn description(atlas: &Atlas, table: &Table) -> Result<String, WorkbookError> {
    let ranked: Vec<usize> =
        atlas.ranked_order().filter(|(_, result)| result.rank.is_some()).map(|(unit, _)| unit).collect();
    let count = ranked.len().to_string();
    let said = |unit: Option<&usize>| unit.map_or_else(String::new, |unit| label(atlas, *unit));
    let (best, last) = (said(ranked.first()), said(ranked.last()));
    let whole = fill(table.word("mo_ta")?, &[("so", &count), ("dau", &best), ("cuoi", &last)]);
    let fits = !ranked.is_empty() && whole.chars().count() <= ALT_TEXT;
    Ok(if fits { whole } else { fill(table.word("mo_ta_gon")?, &[("so", &count)]) })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read};

    use chrono::NaiveDate;

    use crate::dossier::{GroupKind, Rule};
    use crate::excel::book::Book;
    use crate::excel::ranking;
    use crate::scoring::sample::{Office, decimal};

    fn workbook(units: &[&str]) -> Vec<u8> {
        let mut office = Office::with_units(units)
            .group("I", GroupKind::Ordinary, Some("5"))
            .line("1.1", "%", Rule::Ratio, Some("5"))
            .group("T", GroupKind::Bonus, Some("2"))
            .line("9.1", "bài", Rule::PerCount { points: decimal("1") }, None);
        for unit in &units[1..] {
            office = office.submits(unit, &["1.1: 99.5/100", "9.1: 1"]);
        }
        let scored = office.scored();
        let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
        ranking(&scored.office.dossier, &scored.result, false, date).expect("the workbook is written")
    }

    fn part(bytes: &[u8], name: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a workbook is a zip archive");
        let mut text = String::new();
        archive.by_name(name).expect("the part is there").read_to_string(&mut text).expect("parts are UTF-8");
        text
    }

    #[test]
    fn the_chart_lives_on_the_cells_of_the_ranking() {
        let chart = part(&workbook(&["YT", "GD", "XD"]), "xl/charts/chart1.xml");
        for range in ["'Xếp hạng'!$C$6:$C$8", "'Xếp hạng'!$E$6:$E$8", "'Biểu đồ'!$A$5:$A$7"] {
            assert!(chart.contains(range), "{range}: {chart}");
        }
        assert_eq!(chart.matches("<c:ser>").count(), 2, "the group and the bonus");
        assert!(chart.contains("Times New Roman"));
    }

    #[test]
    fn the_parts_of_a_converted_total_are_drawn_as_they_count() {
        let office = Office::with_units(&["YT", "GD"])
            .group("I", GroupKind::Ordinary, Some("10"))
            .line("1.1", "%", Rule::Ratio, Some("6"))
            .line("1.2", "%", Rule::Ratio, Some("4"))
            .submits("YT", &["1.1: 50/100", "1.2: 100/100"])
            .submits("GD", &["1.1: 50/100"])
            .waiver("GD", "1.2", "mới thành lập");
        let scored = office.scored();
        let date = NaiveDate::from_ymd_opt(2024, 12, 12).expect("a day in the calendar");
        let bytes = ranking(&scored.office.dossier, &scored.result, false, date).expect("the workbook is written");
        assert!(part(&bytes, "xl/charts/chart1.xml").contains("<c:f>'Biểu đồ'!$B$5:$B$6</c:f>"));
        let book = Book::read(&bytes);
        let drawn: Vec<String> = (5..=6).map(|row| book.cell("Biểu đồ", &format!("B{row}")).value).collect();
        assert_eq!(drawn, ["7", "5"], "3 of 6 are 5 of 10");
        assert_eq!(book.cell("Xếp hạng", "C7").value, "3", "the points before stay on sheet Xếp hạng");
    }

    #[test]
    fn every_name_carries_its_total_and_a_unit_that_did_not_submit_none() {
        let book = Book::read(&workbook(&["YT", "GD", "XD"]));
        let names: Vec<String> = (5..=7).map(|row| book.cell("Biểu đồ", &format!("A{row}")).value).collect();
        assert_eq!(names, ["Công đoàn GD (5,98)", "Công đoàn XD (5,98)", "Công đoàn YT"]);
        assert!(book.cell("Biểu đồ", "A5").formula.is_some_and(|formula| formula.contains("'Xếp hạng'!G6")));
    }

    #[test]
    fn many_units_stand_on_an_upright_page() {
        let codes: Vec<String> = (0..40).map(|unit| format!("U{unit}")).collect();
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        for (units, orientation) in [(3, "landscape"), (40, "portrait")] {
            let sheet = part(&workbook(&codes[..units]), "xl/worksheets/sheet7.xml");
            assert!(sheet.contains(&format!("orientation=\"{orientation}\"")), "{units} units");
            assert!(sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{units} units");
        }
    }

    #[test]
    fn the_chart_is_told_in_words_however_long_the_names_are() {
        let drawing = part(&workbook(&["YT", "GD", "XD"]), "xl/drawings/drawing1.xml");
        let words = "của 2 đơn vị, xếp theo thứ hạng, từ Công đoàn GD (5,98) đến Công đoàn XD (5,98).";
        assert!(drawing.contains(words), "{drawing}");
        let long = "x".repeat(150);
        let drawing = part(&workbook(&["YT", &format!("{long}1"), &format!("{long}2")]), "xl/drawings/drawing1.xml");
        assert!(drawing.contains("tổng điểm ghi sau tên đơn vị."), "{drawing}");
    }
}
