//! Sheet Đồng điểm và lưu ý: how places, classes and proposals come about, step by step, and what the meeting has to
//! know: ties, shares that cut, units that did not submit, lines that could not be scored.

use rust_decimal::Decimal;

use super::super::WorkbookError;
use super::super::layout::{Layout, Table, fill};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::pen::Cached;
use super::super::style::Style;
use super::atlas::Atlas;
use super::places;
use super::trail::{Trail, share_limit};
use crate::dossier::{Rule, TieBreak};
use crate::scoring::UnitResult;
use crate::vietnamese::number;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout, trails: &[Trail]) -> Result<(), WorkbookError> {
    let table = layout.table("dong_diem")?;
    let heading = &table.column("phan_dinh")?.heading;
    let names: Vec<String> = atlas.notes.ties.iter().map(|(tie, _)| fill(heading, &[("ten", tie.word())])).collect();
    let mut headings = headings(table, "phan_dinh", &names);
    let grades = layout.table("dong_diem.xep_loai")?;
    let (narrow, wide) = (grades.figure("rong")?, grades.figure("rong_xep_loai")?);
    let widest = headings.iter().map(|heading| heading.0).max().unwrap_or(0);
    for column in widest + 1..=atlas.notes.last {
        sheet.pen.widen(column, if column == atlas.notes.grade { wide } else { narrow })?;
    }
    for (_, width, _) in headings.iter_mut().filter(|heading| heading.0 == atlas.notes.grade) {
        *width = width.max(wide);
    }
    sheet.begin(&headings, (HEADING, atlas.notes.unit + 1), (0, 1))?;
    page::protect(&mut sheet.pen);
    sheet.pen.across(HEADING - 1, (0, atlas.notes.last), table.word("bang")?, Style::section())?;
    for (number, (unit, result)) in (1..).zip(atlas.ranked_order()) {
        place_row(sheet, atlas, number, (unit, result), &trails[unit])?;
    }
    grade_table(sheet, atlas, layout, trails)?;
    award_table(sheet, atlas, layout, trails)?;
    let last = remarks(sheet, atlas, layout.table("dong_diem.luu_y")?, trails)?;
    page::keep_together(&mut sheet.pen, (0, 1), &tables(atlas, last))
}

/// First and last rows of the tables, titles included; `last` is the last row of the sheet.
fn tables(atlas: &Atlas, last: u32) -> Vec<(u32, u32)> {
    let mut tables = vec![(HEADING - 1, atlas.places_rows().1)];
    let below = [
        (!atlas.dossier.grades.is_empty()).then(|| atlas.grades_rows()),
        (!atlas.dossier.awards.is_empty()).then(|| atlas.awards_rows()),
    ];
    tables.extend(below.into_iter().flatten().map(|(first, last)| (first - 2, last)));
    tables.push((atlas.remarks_title(), last));
    tables
}

/// Number and name in the first columns of a row.
fn name(sheet: &mut Sheet, atlas: &Atlas, row: u32, number: u32, unit: usize) -> Result<(), WorkbookError> {
    sheet.pen.number(row, atlas.notes.number, Decimal::from(number), Style::count())?;
    sheet.pen.text(row, atlas.notes.unit, atlas.short_name(unit), Style::text())
}

fn place_row(
    sheet: &mut Sheet,
    atlas: &Atlas,
    number: u32,
    (unit, result): (usize, &UnitResult),
    trail: &Trail,
) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.notes, atlas.places_row(unit));
    let marks = Style::number(atlas.dossier.information.decimals);
    name(sheet, atlas, row, number, unit)?;
    let pen = &mut sheet.pen;
    let total = format!("N({})", atlas.standing(unit, atlas.standings.total));
    pen.formula(row, columns.total, &total, result.total, marks)?;
    let in_ranking = Cached::flag(result.rank.is_some());
    pen.formula(row, columns.in_ranking, &places::in_ranking(atlas, unit), in_ranking, Style::count())?;
    for (tie, column) in &columns.ties {
        let value = tie_value(atlas, result, tie);
        pen.formula(row, *column, &places::tie_figure(atlas, unit, tie), value, marks)?;
    }
    pen.formula(row, columns.tied, &places::tied(atlas, unit), Cached::count(trail.tied), Style::count())?;
    let rank = result.rank.map(Decimal::from);
    pen.formula(row, columns.rank, &places::rank(atlas, unit), rank, Style::count().bold())
}

/// The points that a tie-break looks at.
fn tie_value(atlas: &Atlas, result: &UnitResult, tie: &TieBreak) -> Decimal {
    match tie {
        TieBreak::Bonus => result.bonus,
        TieBreak::FewerDeductions => result.deduction,
        TieBreak::Code(code) => {
            let group = atlas.groups.iter().position(|group| group.group.code == *code);
            let line = atlas.lines.iter().position(|line| line.criterion.code == *code);
            match (group, line) {
                (Some(group), _) => result.groups[group].points,
                (None, Some(line)) => result.lines[line].mark,
                (None, None) => Decimal::ZERO,
            }
        }
    }
}

fn grade_table(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout, trails: &[Trail]) -> Result<(), WorkbookError> {
    let (columns, grades) = (&atlas.notes, &atlas.dossier.grades);
    if grades.is_empty() {
        return Ok(());
    }
    let table = layout.table("dong_diem.xep_loai")?;
    let heading = |key: &str| table.column(key).map(|column| column.heading.clone());
    let mut headings = vec![
        (columns.number, heading("tt")?),
        (columns.unit, heading("don_vi")?),
        (columns.grade_points, heading("diem_xet")?),
        (columns.lowered, heading("ha_bac")?),
        (columns.grade, heading("xep_loai")?),
    ];
    for (grade, (enough, within)) in grades.iter().zip(&columns.grades) {
        headings.push((*enough, fill(&heading("du")?, &[("ten", &grade.name)])));
        if let Some(within) = within {
            headings.push((*within, fill(&heading("duoc")?, &[("ten", &grade.name)])));
        }
    }
    sheet.table(table.word("tieu_de")?, atlas.grades_rows().0 - 2, &headings, columns.last)?;
    for (number, (unit, result)) in (1..).zip(atlas.ranked_order()) {
        let (row, trail) = (atlas.grades_row(unit), &trails[unit]);
        name(sheet, atlas, row, number, unit)?;
        let pen = &mut sheet.pen;
        let points = places::grade_points(atlas, unit);
        let style = Style::number(atlas.dossier.information.decimals);
        pen.formula(row, columns.grade_points, &points, trail.grade_points, style)?;
        for (grade, (enough, within)) in columns.grades.iter().enumerate() {
            let (has, holds) = trail.grades[grade];
            pen.formula(row, *enough, &places::enough(atlas, unit, grade), Cached::flag(has), Style::count())?;
            if let Some(within) = within {
                let formula = places::within_share(atlas, unit, grade);
                pen.formula(row, *within, &formula, Cached::flag(holds), Style::count())?;
            }
        }
        let lowered = Cached::count(trail.lowered);
        pen.formula(row, columns.lowered, &places::lowered(atlas, unit), lowered, Style::count())?;
        let own = result.grade.and_then(|grade| grades.get(grade)).map_or("", |grade| &grade.name);
        pen.formula(row, columns.grade, &places::grade(atlas, unit), own, Style::centre().bold())?;
    }
    Ok(())
}

fn award_table(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout, trails: &[Trail]) -> Result<(), WorkbookError> {
    let (columns, awards) = (&atlas.notes, &atlas.dossier.awards);
    if awards.is_empty() {
        return Ok(());
    }
    let table = layout.table("dong_diem.khen")?;
    let heading = |key: &str| table.column(key).map(|column| column.heading.clone());
    let mut headings = vec![(columns.number, heading("tt")?), (columns.unit, heading("don_vi")?)];
    for (award, (fulfils, proposed)) in awards.iter().zip(&columns.awards) {
        headings.push((*fulfils, fill(&heading("du")?, &[("ten", &award.name)])));
        headings.push((*proposed, fill(&heading("de_nghi")?, &[("ten", &award.name)])));
    }
    sheet.table(table.word("tieu_de")?, atlas.awards_rows().0 - 2, &headings, columns.last)?;
    for (number, (unit, _)) in (1..).zip(atlas.ranked_order()) {
        let row = atlas.awards_row(unit);
        name(sheet, atlas, row, number, unit)?;
        for (award, (fulfils, proposed)) in columns.awards.iter().enumerate() {
            let (meets, is_proposed) = trails[unit].awards[award];
            let pen = &mut sheet.pen;
            pen.formula(row, *fulfils, &places::fulfils(atlas, unit, award), Cached::flag(meets), Style::count())?;
            let formula = places::proposed(atlas, unit, award);
            pen.formula(row, *proposed, &formula, Cached::flag(is_proposed), Style::count())?;
        }
    }
    Ok(())
}

/// The list of what the meeting has to know; gives its last row.
fn remarks(sheet: &mut Sheet, atlas: &Atlas, table: &Table, trails: &[Trail]) -> Result<u32, WorkbookError> {
    let mut sentences = Vec::new();
    absent_and_out(atlas, table, &mut sentences)?;
    ties(atlas, table, &mut sentences)?;
    shares(atlas, table, trails, &mut sentences)?;
    crossed_numbers(atlas, table, &mut sentences)?;
    waived(atlas, table, &mut sentences)?;
    unscored(atlas, table, &mut sentences)?;
    if sentences.is_empty() {
        sentences.push(table.word("khong_co")?.to_string());
    }
    let mut row = atlas.remarks_title();
    sheet.pen.across(row, (0, atlas.notes.last), table.word("tieu_de")?, Style::section())?;
    for sentence in sentences {
        row += 1;
        sheet.pen.across(row, (0, atlas.notes.last), &format!("- {sentence}"), Style::remark())?;
    }
    Ok(row)
}

fn names(atlas: &Atlas, units: impl IntoIterator<Item = usize>) -> String {
    let names: Vec<&str> = units.into_iter().map(|unit| atlas.short_name(unit)).collect();
    names.join(", ")
}

fn absent_and_out(atlas: &Atlas, table: &Table, sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    let absent: Vec<usize> = atlas.units().filter(|(_, unit)| !unit.submitted).map(|(index, _)| index).collect();
    if !absent.is_empty() {
        sentences.push(table.sentence("chua_nop", &[("ten", &names(atlas, absent))])?);
    }
    for (rule, key) in [(Rule::Disqualify, "khong_xep_loai"), (Rule::LowerGrade, "ha_bac")] {
        for line in atlas.lines_where(|own| *own == rule) {
            let yes = |unit: &UnitResult| unit.lines[line].result.is_some_and(|answer| answer.number() > Decimal::ZERO);
            let units: Vec<usize> = atlas.units().filter(|(_, unit)| yes(unit)).map(|(index, _)| index).collect();
            if !units.is_empty() {
                let code = &atlas.lines[line].criterion.code;
                sentences.push(table.sentence(key, &[("ma", code), ("ten", &names(atlas, units))])?);
            }
        }
    }
    Ok(())
}

fn ties(atlas: &Atlas, table: &Table, sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    for tie in &atlas.result.ties {
        let rank = tie.rank.to_string();
        let names = names(atlas, tie.units.iter().copied());
        sentences.push(table.sentence("dong_hang", &[("hang", &rank), ("ten", &names)])?);
    }
    Ok(())
}

/// Classes whose share left out units that had enough for them.
fn shares(atlas: &Atlas, table: &Table, trails: &[Trail], sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    let ranked = atlas.result.units.iter().filter(|unit| unit.rank.is_some()).count().to_string();
    for (index, grade) in atlas.dossier.grades.iter().enumerate() {
        let out = |unit: &usize| trails[*unit].grades[index] == (true, false);
        let out: Vec<usize> = atlas.ranked_order().map(|(unit, _)| unit).filter(out).collect();
        let (Some(share), Some(limit), false) = (grade.share, share_limit(atlas, index), out.is_empty()) else {
            continue;
        };
        let values = [
            ("loai", grade.name.as_str()),
            ("ty_le", &number(share)),
            ("so", &ranked),
            ("toi_da", &number(limit)),
            ("ten", &names(atlas, out)),
        ];
        sentences.push(table.sentence("vuot_ty_le", &values)?);
    }
    Ok(())
}

/// Awards proposed to more units than their number, because of a tie.
fn crossed_numbers(atlas: &Atlas, table: &Table, sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    for (index, units) in &atlas.result.awards {
        let award = &atlas.dossier.awards[*index];
        let Some(count) = award.number.filter(|count| units.len() > *count) else { continue };
        let values = [
            ("hinh_thuc", award.name.as_str()),
            ("so_luong", &count.to_string()),
            ("de_nghi", &units.len().to_string()),
            ("ten", &names(atlas, units.iter().copied())),
        ];
        sentences.push(table.sentence("vuot_so_luong", &values)?);
    }
    Ok(())
}

/// Lines that units are excused from, and what that does.
fn waived(atlas: &Atlas, table: &Table, sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    let Some(waivers) = &atlas.waivers else { return Ok(()) };
    for (unit, result) in atlas.units() {
        for (line, own) in result.lines.iter().enumerate() {
            let Some(waived) = &own.waived else { continue };
            let reason = if waived.reason.is_empty() { String::new() } else { format!(" ({})", waived.reason) };
            let code = atlas.lines[line].criterion.code.as_str();
            let values = [("ma", code), ("ten", atlas.short_name(unit)), ("ly_do", &reason)];
            sentences.push(table.sentence("mien_cham", &values)?);
        }
    }
    let whole = number(atlas.whole_scale());
    let key = if waivers.convert { "quy_doi" } else { "tinh_du" };
    sentences.push(table.sentence(key, &[("thang", &whole)])?);
    Ok(())
}

/// Lines of units that submitted which have no mark at all.
fn unscored(atlas: &Atlas, table: &Table, sentences: &mut Vec<String>) -> Result<(), WorkbookError> {
    for (unit, result) in atlas.units().filter(|(_, unit)| unit.submitted) {
        for (line, own) in result.lines.iter().enumerate() {
            if own.scored && own.waived.is_none() && own.computed.is_none() && own.verified.is_none() {
                let values = [
                    ("ma", atlas.lines[line].criterion.code.as_str()),
                    ("ten", atlas.short_name(unit)),
                    ("vi_sao", &own.why),
                ];
                sentences.push(table.sentence("khong_cham", &values)?);
            }
        }
    }
    Ok(())
}
