//! Sheet Thang điểm: the rules in words and figures, steps, conventions, classes and awards. Formulas take their
//! maxima, points, bounds and shares from here.

use rust_decimal::Decimal;

use super::super::WorkbookError;
use super::super::layout::{Layout, Table, fill};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::pen::Cached;
use super::super::style::Style;
use super::atlas::Atlas;
use super::figures::{Shown, scale_of, shown};
use super::formula;
use crate::dossier::{AwardCondition, Criterion, GradeCondition, GroupKind, Rule, Step, TieBreak};
use crate::vietnamese::number;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("thang_diem")?;
    let columns = &atlas.scale;
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, columns.name + 1), (HEADING, HEADING))?;
    page::protect(&mut sheet.pen);
    let explained = layout.table("thang_diem.dien_giai")?;
    for group in 0..atlas.groups.len() {
        group_row(sheet, atlas, table, group)?;
        for line in atlas.groups[group].lines.clone() {
            line_row(sheet, atlas, explained, line)?;
        }
    }
    steps(sheet, atlas, layout)?;
    conventions(sheet, atlas, layout)?;
    grades(sheet, atlas, layout)?;
    awards(sheet, atlas, layout)?;
    conditions(sheet, atlas, layout)?;
    page::keep_together(&mut sheet.pen, (HEADING, HEADING), &atlas.scale_rows.tables())
}

fn group_row(sheet: &mut Sheet, atlas: &Atlas, table: &Table, group: usize) -> Result<(), WorkbookError> {
    let (columns, row, this) = (&atlas.scale, atlas.scale_rows.groups[group], atlas.groups[group].group);
    for column in
        [columns.measure, columns.rule, columns.max, columns.points, columns.limit, columns.leader, columns.words]
    {
        sheet.pen.text(row, column, "", Style::text().group())?;
    }
    sheet.pen.text(row, columns.code, &this.code, Style::centre().group())?;
    sheet.pen.text(row, columns.name, &this.name, Style::text().group())?;
    let kind = match this.kind {
        GroupKind::Ordinary => "",
        GroupKind::Bonus => table.word("thuong")?,
        GroupKind::Deduction => table.word("tru")?,
    };
    sheet.pen.text(row, columns.rule, kind, Style::centre().group())?;
    let Some(limit) = atlas.group_limit(group) else { return Ok(()) };
    let style = Style::number(scale_of(limit)).group();
    if this.max.is_some() {
        return sheet.pen.number(row, columns.max, limit, style);
    }
    let lines = &atlas.groups[group].lines;
    let maxima = atlas.line_max(lines.start).down_to(atlas.scale_rows.lines[lines.end.saturating_sub(1)]);
    sheet.pen.formula(row, columns.max, &formula::clean(&format!("SUM({maxima})")), limit, style)
}

fn line_row(sheet: &mut Sheet, atlas: &Atlas, table: &Table, line: usize) -> Result<(), WorkbookError> {
    let (columns, row, criterion) = (&atlas.scale, atlas.scale_rows.lines[line], atlas.lines[line].criterion);
    let pen = &mut sheet.pen;
    let figure = |value: Option<Decimal>| Style::number(value.map_or(0, scale_of));
    pen.text(row, columns.code, &criterion.code, Style::centre())?;
    pen.text(row, columns.name, &criterion.name, Style::text())?;
    pen.text(row, columns.measure, &criterion.measure, Style::centre())?;
    pen.text(row, columns.rule, criterion.rule.word(), Style::centre())?;
    pen.number_or_blank(row, columns.max, criterion.max, figure(criterion.max))?;
    let (points, limit) = match &criterion.rule {
        Rule::PerCount { points } => (Some(*points), None),
        Rule::Deduct { points, limit } => (Some(*points), *limit),
        _ => (None, None),
    };
    pen.number_or_blank(row, columns.points, points, figure(points))?;
    pen.number_or_blank(row, columns.limit, limit, figure(limit))?;
    if criterion.rule == Rule::AgainstLeader {
        let leader = leading_result(atlas, line);
        let style = figure(Some(leader));
        pen.formula(row, columns.leader, &formula::leader(atlas, line), Cached::Number(leader), style)?;
    } else {
        pen.text(row, columns.leader, "", Style::text())?;
    }
    pen.text(row, columns.words, &words(criterion, atlas.kind(line), table)?, Style::text())
}

/// The greatest result of a line; 0 where there is none, as MAX gives it.
fn leading_result(atlas: &Atlas, line: usize) -> Decimal {
    let none = atlas.waivers.as_ref().map(|_| Decimal::ZERO);
    let results = atlas.units().filter_map(|(unit, result)| match shown(atlas, unit, line) {
        Shown::Number(value) if result.lines[line].waived.is_none() => Some(value),
        _ => none,
    });
    results.max().unwrap_or_default()
}

/// A rule in one sentence, in the words of the table `thang_diem.dien_giai`.
fn words(criterion: &Criterion, kind: GroupKind, table: &Table) -> Result<String, WorkbookError> {
    let most = criterion.max.map_or_else(|| table.word("toi_da").map(str::to_string), |max| Ok(number(max)))?;
    let limited = |key: &str, limit: Option<Decimal>| match limit {
        Some(limit) => table.sentence(key, &[("so", &number(limit))]),
        None => Ok(String::new()),
    };
    let up_to = limited("khong_qua", criterion.max)?;
    let say = |key: &str| table.sentence(key, &[("toi_da", &most), ("khong_qua", &up_to)]);
    match &criterion.rule {
        Rule::Ratio => say("ty_le"),
        Rule::AgainstLeader => say("dan_dau"),
        Rule::PassFail => say("dat"),
        Rule::PerCount { points } => Ok(fill(&say("so_luong")?, &[("so", &number(*points))])),
        Rule::Deduct { points, limit } => {
            let sentence = say(if kind == GroupKind::Deduction { "tru" } else { "tru_dan" })?;
            let limit = limited("tru_khong_qua", *limit)?;
            Ok(fill(&sentence, &[("so", &number(*points)), ("tru_khong_qua", &limit)]))
        }
        Rule::Steps(steps) => {
            let (sentence, one) = match criterion.is_percent() {
                true => ("bac_ket_qua", "mot_bac_ket_qua"),
                false => ("bac", "mot_bac"),
            };
            let mut parts = Vec::new();
            for Step { comparison, bound, points } in &steps.steps {
                let values = [("dau", comparison.sign()), ("moc", &number(*bound)), ("diem", &number(*points))];
                parts.push(table.sentence(one, &values)?);
            }
            parts.push(table.sentence("con_lai", &[("diem", &number(steps.otherwise))])?);
            table.sentence(sentence, &[("bac", &parts.join("; "))])
        }
        Rule::Direct => say("truc_tiep"),
        Rule::Disqualify => say("khong_xep_loai"),
        Rule::LowerGrade => say("ha_bac"),
        Rule::Information => say("thong_tin"),
    }
}

fn steps(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let Some(title) = atlas.scale_rows.steps_title else { return Ok(()) };
    let table = begin_table(sheet, atlas, layout, "thang_diem.bac", title)?;
    let (code, condition) = (table.position("ma")?, table.position("dieu_kien")?);
    let words = layout.table("thang_diem")?;
    let otherwise = words.word("con_lai")?;
    for (line, rows) in &atlas.scale_rows.steps {
        let criterion = atlas.lines[*line].criterion;
        let Rule::Steps(steps) = &criterion.rule else { continue };
        let measured = words.word(if criterion.is_percent() { "ket_qua" } else { "ty_le" })?;
        let test = |sign: &str| format!("{measured} {sign}");
        let bounded = steps.steps.iter().map(|step| (test(step.comparison.sign()), Some(step.bound), step.points));
        let all = bounded.chain(std::iter::once((otherwise.to_string(), None, steps.otherwise)));
        for (row, (words, bound, points)) in rows.iter().zip(all) {
            sheet.pen.text(*row, code, &criterion.code, Style::centre())?;
            sheet.pen.text(*row, condition, &words, Style::text())?;
            let style = Style::number(bound.map_or(0, scale_of));
            sheet.pen.number_or_blank(*row, atlas.scale_rows.steps_bound, bound, style)?;
            sheet.pen.number(*row, atlas.scale_rows.steps_points, points, Style::number(scale_of(points)))?;
        }
    }
    Ok(())
}

fn conventions(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let (rows, information) = (&atlas.scale_rows, &atlas.dossier.information);
    let table = begin_table(sheet, atlas, layout, "thang_diem.quy_uoc", rows.conventions_title)?;
    let (words, name) = (layout.table("thang_diem")?, table.position("muc")?);
    for (row, key) in
        [(rows.decimals, "lam_tron"), (rows.ceiling, "tran"), (rows.rank_style, "kieu"), (rows.tie_breaks, "dong_diem")]
    {
        sheet.pen.text(row, name, words.word(key)?, Style::text())?;
    }
    let decimals = Decimal::from(information.decimals);
    sheet.pen.number(rows.decimals, rows.value, decimals, Style::number(0))?;
    let ceiling = information.grade_ceiling;
    sheet.pen.number(rows.ceiling, rows.value, ceiling, Style::number(scale_of(ceiling)))?;
    sheet.pen.text(rows.rank_style, rows.value, information.rank_style.word(), Style::centre())?;
    let steps: Vec<&str> = information.tie_breaks.iter().map(TieBreak::word).collect();
    let none = words.word("dong_hang")?;
    let steps = if steps.is_empty() { none.to_string() } else { steps.join("; ") };
    sheet.pen.text(rows.tie_breaks, rows.value, &steps, Style::centre())?;
    if let Some(row) = rows.waiver_effect {
        sheet.pen.text(row, name, words.word("dong_mien")?, Style::text())?;
        sheet.pen.text(row, rows.value, information.waiver_effect.word(), Style::centre())?;
    }
    let Some(row) = rows.whole_scale else { return Ok(()) };
    sheet.pen.text(row, name, words.word("thang")?, Style::text())?;
    let ordinary = atlas.groups.iter().filter(|group| group.group.kind == GroupKind::Ordinary);
    let maxima: Vec<String> = ordinary
        .map(|group| {
            let last = rows.lines[group.lines.end.saturating_sub(1)];
            atlas.line_max(group.lines.start).down_to(last)
        })
        .collect();
    let whole = atlas.whole_scale();
    let formula = formula::clean(&format!("SUM({})", maxima.join(",")));
    sheet.pen.formula(row, rows.value, &formula, whole, Style::number(scale_of(whole)))
}

fn grades(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let rows = &atlas.scale_rows;
    let Some(title) = rows.grades_title else { return Ok(()) };
    begin_table(sheet, atlas, layout, "thang_diem.xep_loai", title)?;
    for (grade, row) in atlas.dossier.grades.iter().zip(&rows.grades) {
        sheet.pen.text(*row, rows.grade_name, &grade.name, Style::text())?;
        let style = |value: Option<Decimal>| Style::number(value.map_or(0, scale_of));
        sheet.pen.number_or_blank(*row, rows.grade_from, grade.from, style(grade.from))?;
        sheet.pen.number_or_blank(*row, rows.grade_share, grade.share, style(grade.share))?;
    }
    Ok(())
}

fn awards(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let rows = &atlas.scale_rows;
    let Some(title) = rows.awards_title else { return Ok(()) };
    begin_table(sheet, atlas, layout, "thang_diem.khen", title)?;
    for (award, row) in atlas.dossier.awards.iter().zip(&rows.awards) {
        sheet.pen.text(*row, rows.award_name, &award.name, Style::text())?;
        sheet.pen.number_or_blank(*row, rows.award_number, award.number.map(Decimal::from), Style::count())?;
    }
    Ok(())
}

fn conditions(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let (rows, dossier) = (&atlas.scale_rows, atlas.dossier);
    let Some(title) = rows.conditions_title else { return Ok(()) };
    let table = begin_table(sheet, atlas, layout, "thang_diem.dieu_kien", title)?;
    let (subject, words) = (table.position("ap_dung")?, table.position("dieu_kien")?);
    let said = |key: &str, values: &[(&str, &str)]| table.sentence(key, values);
    for (grade, own) in dossier.grades.iter().zip(&rows.grade_conditions) {
        for (condition, row) in grade.conditions.iter().zip(own) {
            let (text, bound) = match condition {
                GradeCondition::EveryGroup(comparison, bound) => {
                    (said("moi_nhom", &[("dau", comparison.sign())])?, Some(*bound))
                }
                GradeCondition::NoDeduction => (said("khong_tru", &[])?, None),
            };
            condition_row(sheet, atlas, *row, (subject, words), (&grade.name, &text, bound))?;
        }
    }
    for (award, own) in dossier.awards.iter().zip(&rows.award_conditions) {
        for (condition, row) in award.conditions.iter().zip(own) {
            let (text, bound) = match condition {
                AwardCondition::Rank(comparison, rank) => {
                    (said("hang", &[("dau", comparison.sign())])?, Some((*rank).into()))
                }
                AwardCondition::Grade(grade) => {
                    let name = dossier.grades.get(*grade).map_or("", |grade| &grade.name);
                    (said("xep_loai", &[("ten", name)])?, None)
                }
                AwardCondition::NoDeduction => (said("khong_tru", &[])?, None),
            };
            condition_row(sheet, atlas, *row, (subject, words), (&award.name, &text, bound))?;
        }
    }
    Ok(())
}

fn condition_row(
    sheet: &mut Sheet,
    atlas: &Atlas,
    row: u32,
    (subject, words): (u16, u16),
    (name, text, bound): (&str, &str, Option<Decimal>),
) -> Result<(), WorkbookError> {
    sheet.pen.text(row, subject, name, Style::text())?;
    sheet.pen.text(row, words, text, Style::text())?;
    let style = Style::number(bound.map_or(0, scale_of));
    sheet.pen.number_or_blank(row, atlas.scale_rows.condition_bound, bound, style)
}

/// Title and headings of a table below the rules.
fn begin_table<'a>(
    sheet: &mut Sheet,
    atlas: &Atlas,
    layout: &'a Layout,
    key: &str,
    row: u32,
) -> Result<&'a Table, WorkbookError> {
    let table = layout.table(key)?;
    let headings: Vec<(u16, String)> = table
        .columns
        .iter()
        .map(|column| Ok((table.position(&column.key)?, column.heading.clone())))
        .collect::<Result<_, WorkbookError>>()?;
    sheet.table(table.word("tieu_de")?, row, &headings, atlas.scale.words)?;
    Ok(table)
}
