//! Sheet Xếp hạng: the units by rank, with groups, bonus, deduction, total, place, class and proposed awards.

use rust_decimal::Decimal;
use rust_xlsxwriter::{ConditionalFormatDataBar, ConditionalFormatType};

use super::super::WorkbookError;
use super::super::address::{Spot, literal};
use super::super::layout::{Layout, Table, fill};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::pen::Cached;
use super::super::style::Style;
use super::atlas::Atlas;
use super::figures::scale_of;
use super::formula::{self, clean};
use super::places;
use super::trail::Trail;
use crate::dossier::{GroupKind, Rule};
use crate::vietnamese::plain;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout, trails: &[Trail]) -> Result<(), WorkbookError> {
    let table = layout.table("xep_hang")?;
    let columns = &atlas.standings;
    let names: Vec<String> =
        columns.groups.iter().map(|(group, _)| group_heading(atlas, table, *group)).collect::<Result<_, _>>()?;
    let headings = headings(table, "nhom", &names);
    sheet.begin(&headings, (HEADING + 2, columns.unit + 1), (HEADING, HEADING + 1))?;
    page::protect(&mut sheet.pen);
    maxima(sheet, atlas, &headings)?;
    for (number, (unit, _)) in (1..).zip(atlas.ranked_order()) {
        let row = atlas.standing_row(unit);
        sheet.pen.number(row, columns.number, Decimal::from(number), Style::count())?;
        sheet.pen.text(row, columns.unit, &atlas.dossier.unit(atlas.result.units[unit].unit).name, Style::text())?;
        points(sheet, atlas, unit)?;
        outcome(sheet, atlas, table, unit, &trails[unit])?;
        sheet.pen.text(row, columns.opinion, "", Style::text().open())?;
    }
    bars(sheet, atlas)?;
    legend(sheet, atlas, table)
}

/// Bars behind the totals, from zero on, in a grey that a black-and-white printer keeps.
fn bars(sheet: &mut Sheet, atlas: &Atlas) -> Result<(), WorkbookError> {
    const GREY: u32 = 0x00BF_BFBF;
    let (column, (first, last)) = (atlas.standings.total, atlas.standing_rows());
    let bars = ConditionalFormatDataBar::new()
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_fill_color(GREY)
        .set_solid_fill(true);
    sheet.pen.sheet().add_conditional_format(first, column, last, column, &bars)?;
    Ok(())
}

fn group_heading(atlas: &Atlas, table: &Table, group: usize) -> Result<String, WorkbookError> {
    Ok(fill(&table.column("nhom")?.heading, &[("ma", &atlas.groups[group].group.code)]))
}

/// The second row of headings: the maxima below the groups; the other headings reach over both rows.
fn maxima(sheet: &mut Sheet, atlas: &Atlas, headings: &[(u16, f64, String)]) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.standings, HEADING + 1);
    for (column, _, heading) in headings {
        match columns.groups.iter().find(|(_, own)| own == column) {
            Some((group, _)) => {
                let max = atlas.group_limit(*group).unwrap_or_default();
                let style = Style::heading_number(scale_of(max));
                sheet.pen.charted(HEADING, *column, &Cached::from(heading.as_str()))?;
                sheet.pen.formula(row, *column, &atlas.group_max(*group).text(), max, style)?;
            }
            None => {
                sheet.pen.down((HEADING, row), *column, heading, Style::heading())?;
            }
        }
    }
    Ok(())
}

/// The marks of a unit up to its total.
fn points(sheet: &mut Sheet, atlas: &Atlas, unit: usize) -> Result<(), WorkbookError> {
    let (columns, result) = (&atlas.standings, &atlas.result.units[unit]);
    let row = atlas.standing_row(unit);
    let style = Style::number(atlas.dossier.information.decimals);
    let pen = &mut sheet.pen;
    let mut live = |column: u16, formula: &str, value: Decimal, style: Style| {
        let shown = if result.submitted { Cached::Number(value) } else { Cached::nothing() };
        pen.charted(row, column, &shown)?;
        pen.formula(row, column, &places::when_submitted(atlas, unit, formula), shown, style)
    };
    for (group, column) in &columns.groups {
        let cell = atlas.mark(atlas.group_row(unit, *group)).text();
        live(*column, &cell, result.groups[*group].points, style)?;
    }
    let base = match (columns.groups.first(), columns.groups.last()) {
        (Some((_, first)), Some((_, last))) => {
            let cell = |column: u16| Spot::new(columns.sheet, row, column);
            formula::converted(atlas, unit, &format!("SUM({}:{})", cell(*first), cell(*last)))
        }
        _ => String::from("0"),
    };
    live(columns.base, &base, result.base, style.bold())?;
    live(columns.bonus, &sum_of(atlas, unit, GroupKind::Bonus), result.bonus, style)?;
    live(columns.deduction, &sum_of(atlas, unit, GroupKind::Deduction), result.deduction, style)?;
    let own = |column: u16| atlas.standing(unit, column);
    let total = format!("{}+{}-{}", own(columns.base), own(columns.bonus), own(columns.deduction));
    live(columns.total, &clean(&total), result.total, style.bold())
}

/// The points of all groups of a kind, from sheet Chi tiết.
fn sum_of(atlas: &Atlas, unit: usize, kind: GroupKind) -> String {
    let groups = (0..atlas.groups.len()).filter(|group| atlas.groups[*group].group.kind == kind);
    let cells: Vec<String> = groups.map(|group| atlas.mark(atlas.group_row(unit, group)).text()).collect();
    if cells.is_empty() { String::from("0") } else { clean(&cells.join("+")) }
}

/// Place, class, awards, the unit's own total and the remark.
fn outcome(sheet: &mut Sheet, atlas: &Atlas, table: &Table, unit: usize, trail: &Trail) -> Result<(), WorkbookError> {
    let (columns, result, row) = (&atlas.standings, &atlas.result.units[unit], atlas.standing_row(unit));
    let pen = &mut sheet.pen;
    let rank = Cached::from(result.rank.map(Decimal::from));
    pen.formula(row, columns.rank, &places_rank(atlas, unit), rank, Style::count().bold())?;
    let grade = result.grade.and_then(|grade| atlas.dossier.grades.get(grade)).map_or("", |grade| &grade.name);
    let grade_formula = match atlas.dossier.grades.is_empty() {
        true => String::from("\"\""),
        false => atlas.grading(unit, atlas.notes.grade).text(),
    };
    pen.formula(row, columns.grade, &grade_formula, grade, Style::centre())?;
    let awards: Vec<&str> = result
        .awards
        .iter()
        .filter_map(|award| atlas.dossier.awards.get(*award))
        .map(|award| award.name.as_str())
        .collect();
    pen.formula(row, columns.awards, &places::award_words(atlas, unit), awards.join("; "), Style::text())?;
    let own = atlas.self_mark(atlas.unit_row(unit)).text();
    let style = Style::number(atlas.dossier.information.decimals);
    pen.formula(row, columns.self_total, &own, result.self_total, style)?;
    let (formula, words) = remark(atlas, table, unit, trail)?;
    pen.formula(row, columns.remark, &formula, words, Style::text())
}

fn places_rank(atlas: &Atlas, unit: usize) -> String {
    atlas.place(unit, atlas.notes.rank).text()
}

/// Why a unit has no place, or that it shares one, or that its class was lowered: formula and words.
fn remark(atlas: &Atlas, table: &Table, unit: usize, trail: &Trail) -> Result<(String, String), WorkbookError> {
    let result = &atlas.result.units[unit];
    let (absent, out) = (table.word("chua_nop")?, table.word("khong_xep_loai")?);
    let mut parts =
        vec![(format!("{}>1", atlas.place(unit, atlas.notes.tied)), trail.tied > 1, table.word("dong_hang")?)];
    let lowering = !atlas.dossier.grades.is_empty() && !atlas.lines_where(|rule| *rule == Rule::LowerGrade).is_empty();
    if lowering {
        let test = format!("{}>0", atlas.grading(unit, atlas.notes.lowered));
        parts.push((test, trail.lowered > 0, table.word("ha_bac")?));
    }
    let pieces: Vec<String> =
        parts.iter().map(|(test, _, word)| format!("IF({test},{},\"\")", literal(&format!("; {word}")))).collect();
    let mut pieces = pieces;
    let mut holding: Vec<String> =
        parts.iter().filter(|(_, holds, _)| *holds).map(|(_, _, word)| word.to_string()).collect();
    if let Some(row) = atlas.scale_rows.whole_scale {
        let (whole, own) = (atlas.on_scale(row, atlas.scale_rows.value), atlas.own_scale(unit));
        let words = table.word("quy_doi")?;
        let before = literal(&format!("; {}", fill(words, &[("thang", "")])));
        pieces.push(format!("IF({own}<>{whole},{before}&{own},\"\")"));
        let left = result.conversion.map(|conversion| plain(conversion.left));
        holding.extend(left.map(|left| fill(words, &[("thang", &left)])));
    }
    let formula = format!(
        "IF({},IF({}=1,MID({},3,200),{}),{})",
        formula::submitted(atlas, unit),
        atlas.place(unit, atlas.notes.in_ranking),
        pieces.join("&"),
        literal(out),
        literal(absent)
    );
    let words = match (result.submitted, result.rank) {
        (false, _) => absent.to_string(),
        (true, None) => out.to_string(),
        (true, Some(_)) => holding.join("; "),
    };
    Ok((formula, words))
}

/// The names of the groups below the table, since their columns are too narrow for them.
fn legend(sheet: &mut Sheet, atlas: &Atlas, table: &Table) -> Result<(), WorkbookError> {
    let columns = &atlas.standings;
    let mut row = atlas.standing_rows().1 + 2;
    sheet.pen.across(row, (0, columns.last), table.word("chu_giai")?, Style::section())?;
    for group in (0..atlas.groups.len()).filter(|group| atlas.has_points(*group)).map(|group| &atlas.groups[group]) {
        row += 1;
        let words = format!("{}. {}", group.group.code, group.group.name);
        sheet.pen.across(row, (0, columns.last), &words, Style::remark())?;
    }
    Ok(())
}
