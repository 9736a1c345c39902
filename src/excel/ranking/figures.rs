//! Sheet Số liệu: plans, results, self marks and verified marks as read, each with its source in a note. The only
//! sheet to type into; everything else follows from it and the scale.

use rust_decimal::Decimal;

use super::super::WorkbookError;
use super::super::layout::{Layout, Table};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::style::Style;
use super::atlas::Atlas;
use crate::dossier::{CriterionId, GroupKind, Rule, Source, UnitId};
use crate::finding::Place;
use crate::intake::Reading;

/// A result as it stands in its cell.
#[derive(Debug, PartialEq)]
pub(super) enum Shown<'a> {
    Nothing,
    Number(Decimal),
    Word(&'a str),
}

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("so_lieu")?;
    let columns = &atlas.figures;
    let waivers: Vec<String> = match atlas.waivers {
        Some(_) => vec![table.column("mien")?.heading.clone()],
        None => Vec::new(),
    };
    let headings = headings(table, "mien", &waivers);
    sheet.begin(&headings, (HEADING + 1, columns.name + 1), (HEADING, HEADING))?;
    page::protect(&mut sheet.pen);
    sheet.pen.expect_rows(atlas.last_block_row());
    for (unit, _) in atlas.units() {
        head(sheet, atlas, table, unit)?;
        for group in 0..atlas.groups.len() {
            group_row(sheet, atlas, unit, group)?;
            for line in atlas.groups[group].lines.clone() {
                line_row(sheet, atlas, table, unit, line)?;
            }
        }
    }
    let last = u16::try_from(headings.len()).unwrap_or(1).saturating_sub(1);
    sheet.pen.sheet().autofilter(HEADING, 0, atlas.last_block_row(), last)?;
    Ok(())
}

/// How a line's result stands in its cell: the words and figures that the rule's formula understands.
pub(super) fn shown<'a>(atlas: &Atlas<'a>, unit: usize, line: usize) -> Shown<'a> {
    let result = &atlas.result.units[unit].lines[line];
    let rule = &atlas.lines[line].criterion.rule;
    let Some(reading) = result.result else {
        let ordinary = atlas.kind(line) == GroupKind::Ordinary || *rule == Rule::Direct;
        let unread = result.scored
            && result.waived.is_none()
            && result.computed.is_none()
            && atlas.result.units[unit].submitted
            && !ordinary;
        return if unread { Shown::Word(atlas.answers.unread) } else { Shown::Nothing };
    };
    let value = reading.number();
    match rule {
        Rule::PassFail if value.is_zero() => Shown::Word(atlas.answers.fail),
        Rule::PassFail if value == Decimal::ONE => Shown::Word(atlas.answers.pass),
        Rule::PassFail => Shown::Number(value),
        Rule::Disqualify | Rule::LowerGrade if value < Decimal::ZERO => Shown::Number(value),
        Rule::Disqualify | Rule::LowerGrade => yes_or_no(atlas, value),
        Rule::Information | Rule::Direct => match reading {
            Reading::Number(value) => Shown::Number(value),
            Reading::Yes | Reading::No => yes_or_no(atlas, value),
        },
        Rule::PerCount { .. } => Shown::Number(value),
        Rule::Deduct { .. } if atlas.kind(line) == GroupKind::Deduction => Shown::Number(value),
        _ if reading == Reading::Yes => Shown::Word(atlas.answers.yes),
        _ => Shown::Number(value),
    }
}

fn yes_or_no<'a>(atlas: &Atlas<'a>, value: Decimal) -> Shown<'a> {
    Shown::Word(if value > Decimal::ZERO { atlas.answers.yes } else { atlas.answers.no })
}

/// How many decimals a figure has.
pub(super) fn scale_of(value: Decimal) -> u32 {
    value.normalize().scale()
}

/// The head of a unit's block: its name, and whether it has submitted.
fn head(sheet: &mut Sheet, atlas: &Atlas, table: &Table, unit: usize) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.figures, atlas.unit_row(unit));
    let named = atlas.dossier.unit(atlas.result.units[unit].unit);
    blank_row(sheet, atlas, row, Style::text().unit())?;
    sheet.pen.text(row, columns.unit, &named.code, Style::centre().unit())?;
    sheet.pen.text(row, columns.name, &named.name, Style::text().unit())?;
    sheet.pen.text(row, columns.measure, table.word("da_nop")?, Style::centre().unit())?;
    let answer = if atlas.result.units[unit].submitted { atlas.answers.yes } else { atlas.answers.no };
    sheet.pen.text(row, columns.result, answer, Style::centre().open())?;
    sheet.pen.choice(row, columns.result, &[atlas.answers.yes, atlas.answers.no]);
    Ok(())
}

fn group_row(sheet: &mut Sheet, atlas: &Atlas, unit: usize, group: usize) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.figures, atlas.group_row(unit, group));
    blank_row(sheet, atlas, row, Style::text().group())?;
    sheet.pen.text(row, columns.unit, atlas.unit_code(unit), Style::centre().group())?;
    sheet.pen.text(row, columns.code, &atlas.groups[group].group.code, Style::centre().group())?;
    sheet.pen.text(row, columns.name, &atlas.groups[group].group.name, Style::text().group())
}

fn line_row(sheet: &mut Sheet, atlas: &Atlas, table: &Table, unit: usize, line: usize) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.figures, atlas.line_row(unit, line));
    let criterion = atlas.lines[line].criterion;
    let result = &atlas.result.units[unit].lines[line];
    let pen = &mut sheet.pen;
    pen.text(row, columns.unit, atlas.unit_code(unit), Style::centre())?;
    pen.text(row, columns.code, &criterion.code, Style::centre())?;
    pen.text(row, columns.name, &criterion.name, Style::text())?;
    pen.text(row, columns.measure, &criterion.measure, Style::centre())?;
    let open = |value: Option<Decimal>| Style::number(value.map_or(0, scale_of)).open();
    pen.number_or_blank(row, columns.plan, result.plan, open(result.plan))?;
    match shown(atlas, unit, line) {
        Shown::Nothing => pen.text(row, columns.result, "", Style::number(0).open())?,
        Shown::Number(value) => pen.number(row, columns.result, value, open(Some(value)))?,
        Shown::Word(word) => pen.text(row, columns.result, word, Style::centre().open())?,
    }
    let key = (atlas.result.units[unit].unit, result.criterion);
    let is_taken = result.verified.is_some() || result.waived.is_some();
    let verified = atlas.dossier.verified.value(key.0, key.1).filter(|_| is_taken);
    pen.number_or_blank(row, columns.self_mark, result.self_mark, open(result.self_mark))?;
    pen.number_or_blank(row, columns.verified, verified, open(verified))?;
    pen.text(row, columns.remark, &result.remark, Style::text())?;
    pen.text(row, columns.opinion, "", Style::text().open())?;
    sources(sheet, atlas, table, (row, key), unit, line)?;
    waiver(sheet, atlas, table, (row, key), unit, line)?;
    let answers = &atlas.answers;
    match criterion.rule {
        Rule::PassFail => sheet.pen.choice(row, columns.result, &[answers.pass, answers.fail]),
        Rule::Disqualify | Rule::LowerGrade => sheet.pen.choice(row, columns.result, &[answers.yes, answers.no]),
        _ => {}
    }
    Ok(())
}

/// Notes that say which cell of which file a figure came from.
fn sources(
    sheet: &mut Sheet,
    atlas: &Atlas,
    table: &Table,
    (row, key): (u32, (UnitId, CriterionId)),
    unit: usize,
    line: usize,
) -> Result<(), WorkbookError> {
    let columns = &atlas.figures;
    let result = &atlas.result.units[unit].lines[line];
    let word = table.word("nguon")?;
    let target = atlas.dossier.targets.get(key.0, key.1);
    let verified = result.verified.and_then(|_| atlas.dossier.verified.get(key.0, key.1));
    let sources = [
        (columns.plan, target.as_ref().map(|target| &target.source)),
        (columns.result, result.source.as_ref()),
        (columns.verified, verified.as_ref().map(|verified| &verified.source)),
    ];
    for (column, source) in sources {
        if let Some(source) = source {
            sheet.pen.note(row, column, source_words(word, source));
        }
    }
    Ok(())
}

/// `Nguồn: so-lieu/a.xlsx › Biểu 1 › E12`.
fn source_words(word: &str, source: &Source) -> String {
    [word, ": ", &Place::words_of_cell(source.file(), source.sheet(), source.cell)].concat()
}

/// The mark of a waived line, with the reason in a note; open for every line with points.
fn waiver(
    sheet: &mut Sheet,
    atlas: &Atlas,
    table: &Table,
    (row, key): (u32, (UnitId, CriterionId)),
    unit: usize,
    line: usize,
) -> Result<(), WorkbookError> {
    let Some(waivers) = &atlas.waivers else { return Ok(()) };
    if !atlas.lines[line].gives_points() {
        return sheet.pen.text(row, waivers.column, "", Style::text());
    }
    let waived = atlas.result.units[unit].lines[line].waived.as_ref();
    let mark = if waived.is_some() { waivers.mark } else { "" };
    sheet.pen.text(row, waivers.column, mark, Style::centre().open())?;
    sheet.pen.choice(row, waivers.column, &[waivers.mark]);
    if let (Some(waived), Some(waiver)) = (waived, atlas.dossier.waivers.get(&key)) {
        let source = source_words(table.word("nguon")?, &waiver.source);
        let words = match waived.reason.as_str() {
            "" => source,
            reason => format!("{}: {reason}\n{source}", table.word("ly_do")?),
        };
        sheet.pen.note(row, waivers.column, words);
    }
    Ok(())
}

fn blank_row(sheet: &mut Sheet, atlas: &Atlas, row: u32, style: Style) -> Result<(), WorkbookError> {
    let columns = &atlas.figures;
    for column in [
        columns.unit,
        columns.code,
        columns.name,
        columns.measure,
        columns.plan,
        columns.result,
        columns.self_mark,
        columns.verified,
        columns.remark,
    ]
    .into_iter()
    .chain(atlas.waivers.as_ref().map(|waivers| waivers.column))
    {
        sheet.pen.text(row, column, "", style)?;
    }
    sheet.pen.text(row, columns.opinion, "", Style::text().open())
}
