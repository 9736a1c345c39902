//! Sheet Tự chấm và thẩm định: for every line the unit's own mark, the computed one, the verified one, which of them
//! counts, and by how much the unit's own differs.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::super::WorkbookError;
use super::super::address::literal;
use super::super::layout::{Layout, Table};
use super::super::page;
use super::super::paper::{HEADING, Sheet, headings};
use super::super::pen::Cached;
use super::super::style::Style;
use super::atlas::Atlas;
use super::figures::scale_of;
use super::formula::{self, clean};
use super::places::when_submitted;
use super::row_names;
use crate::dossier::GroupKind;

pub(super) fn write(sheet: &mut Sheet, atlas: &Atlas, layout: &Layout) -> Result<(), WorkbookError> {
    let table = layout.table("tu_cham")?;
    sheet.begin(&headings(table, "", &[]), (HEADING + 1, atlas.self_marks.name + 1), (HEADING, HEADING))?;
    page::protect(&mut sheet.pen);
    sheet.pen.expect_rows(atlas.last_block_row());
    let texts = Texts::new(atlas, table)?;
    for (unit, _) in atlas.units() {
        head(sheet, atlas, &texts, unit)?;
        let reason = when_submitted(atlas, unit, &texts.reason);
        for group in 0..atlas.groups.len() {
            group_row(sheet, atlas, &texts, unit, group)?;
            for line in atlas.groups[group].lines.clone() {
                line_row(sheet, atlas, &texts, (unit, &reason), line)?;
            }
        }
    }
    let last = u16::try_from(table.columns.len()).unwrap_or(1).saturating_sub(1);
    sheet.pen.sheet().autofilter(HEADING, 0, atlas.last_block_row(), last)?;
    Ok(())
}

/// The formulas that are the same in many rows.
struct Texts<'a> {
    table: &'a Table,
    difference: String,
    /// Why a mark was taken, for a unit that submitted.
    reason: String,
    /// By line; only of those that are the same for all units.
    lines: Vec<Option<LineTexts>>,
}

/// The formulas of a line with points.
struct LineTexts {
    computed: String,
    verified: String,
    self_mark: String,
}

impl<'a> Texts<'a> {
    fn new(atlas: &Atlas, table: &'a Table) -> Result<Self, WorkbookError> {
        let (own, mark) = (row_names::SELF_MARK, row_names::TAKEN);
        let difference = format!("IF(OR({own}=\"\",{mark}=\"\"),\"\",{})", clean(&format!("{own}-{mark}")));
        let is_same = |line: usize| atlas.waivers.is_none() && atlas.kind(line) == GroupKind::Ordinary;
        let lines = (0..atlas.lines.len()).map(|line| is_same(line).then(|| LineTexts::new(atlas, 0, line)).flatten());
        Ok(Texts { table, difference, reason: reason_formula(table)?, lines: lines.collect() })
    }
}

impl LineTexts {
    /// None for a line without points.
    fn new(atlas: &Atlas, unit: usize, line: usize) -> Option<LineTexts> {
        let computed = formula::computed(atlas, unit, line)?;
        let given = row_names::VERIFIED_AS_READ;
        let verified = format!("IF({given}=\"\",\"\",{})", formula::bounded(atlas, line, given));
        let verified = match atlas.is_waived(unit, line) {
            Some(test) => format!("IF({test},\"\",{verified})"),
            None => verified,
        };
        Some(LineTexts { computed, verified, self_mark: formula::self_mark(atlas, unit, line) })
    }
}

/// The head of a unit's block: the self marks put together as the total is, beside the total.
fn head(sheet: &mut Sheet, atlas: &Atlas, texts: &Texts, unit: usize) -> Result<(), WorkbookError> {
    let (row, result) = (atlas.unit_row(unit), &atlas.result.units[unit]);
    let named = atlas.dossier.unit(result.unit);
    blank_row(sheet, atlas, row, Style::text().unit())?;
    sheet.pen.text(row, atlas.self_marks.unit, &named.code, Style::centre().unit())?;
    sheet.pen.text(row, atlas.self_marks.name, &named.name, Style::text().unit())?;
    let cells = |kind: GroupKind| -> Vec<String> {
        let groups = (0..atlas.groups.len()).filter(|group| atlas.groups[*group].group.kind == kind);
        groups.map(|group| atlas.self_mark(atlas.group_row(unit, group)).text()).collect()
    };
    let sum = |kind: GroupKind| match cells(kind) {
        cells if cells.is_empty() => String::from("0"),
        cells => format!("SUM({})", cells.join(",")),
    };
    let all = [GroupKind::Ordinary, GroupKind::Bonus, GroupKind::Deduction];
    let every: Vec<String> = all.into_iter().flat_map(cells).collect();
    let base = match atlas.scale_rows.whole_scale {
        Some(_) => formula::converted(atlas, unit, &sum(all[0])),
        None => sum(all[0]),
    };
    let total = clean(&format!("{base}+{}-{}", sum(all[1]), sum(all[2])));
    let formula = format!("IF(COUNT({})=0,\"\",{total})", every.join(","));
    let total = if result.submitted { Cached::Number(result.total) } else { Cached::nothing() };
    let mark = atlas.standing(unit, atlas.standings.total).text();
    let style = Style::number(atlas.dossier.information.decimals).unit();
    compare(sheet, atlas, texts, row, (&formula, result.self_total), (&mark, total), style)
}

fn group_row(sheet: &mut Sheet, atlas: &Atlas, texts: &Texts, unit: usize, group: usize) -> Result<(), WorkbookError> {
    let row = atlas.group_row(unit, group);
    let this = &atlas.groups[group];
    blank_row(sheet, atlas, row, Style::text().group())?;
    sheet.pen.text(row, atlas.self_marks.unit, atlas.unit_code(unit), Style::centre().group())?;
    sheet.pen.text(row, atlas.self_marks.code, &this.group.code, Style::centre().group())?;
    sheet.pen.text(row, atlas.self_marks.name, &this.group.name, Style::text().group())?;
    if !atlas.has_points(group) {
        return Ok(());
    }
    if let Some(max) = atlas.group_limit(group) {
        let style = Style::number(scale_of(max)).group();
        sheet.pen.formula(row, atlas.self_marks.max, &atlas.group_max(group).text(), max, style)?;
    }
    let (first, last) = (atlas.line_row(unit, this.lines.start), atlas.line_row(unit, this.lines.end - 1));
    let range = atlas.self_mark(first).down_to(last);
    let formula = format!("IF(COUNT({range})=0,\"\",{})", formula::group_points(atlas, group, &range));
    let result = &atlas.result.units[unit].groups[group];
    let mark = atlas.mark(row).text();
    let style = Style::number(atlas.dossier.information.decimals).group();
    compare(sheet, atlas, texts, row, (&formula, result.self_points), (&mark, result.points.into()), style)
}

/// A line of a unit; `usual` is why a mark was taken, as a formula, in lines that the unit is not excused from.
fn line_row(
    sheet: &mut Sheet,
    atlas: &Atlas,
    texts: &Texts,
    (unit, usual): (usize, &str),
    line: usize,
) -> Result<(), WorkbookError> {
    let (columns, row) = (&atlas.self_marks, atlas.line_row(unit, line));
    let criterion = atlas.lines[line].criterion;
    let result = &atlas.result.units[unit].lines[line];
    sheet.pen.text(row, columns.unit, atlas.unit_code(unit), Style::centre())?;
    sheet.pen.text(row, columns.code, &criterion.code, Style::centre())?;
    sheet.pen.text(row, columns.name, &criterion.name, Style::text())?;
    let own;
    let formulas = match &texts.lines[line] {
        Some(same) => same,
        None => {
            own = LineTexts::new(atlas, unit, line);
            let Some(own) = &own else {
                blank_figures(sheet, atlas, row, Style::text())?;
                return sheet.pen.text(row, columns.opinion, "", Style::text().open());
            };
            own
        }
    };
    match criterion.max {
        Some(max) => {
            let style = Style::number(scale_of(max));
            sheet.pen.formula(row, columns.max, &atlas.line_max(line).text(), max, style)?;
        }
        None => sheet.pen.text(row, columns.max, "", Style::text())?,
    }
    let style = Style::number(atlas.dossier.information.decimals);
    sheet.pen.formula(row, columns.computed, &formulas.computed, result.computed, style)?;
    sheet.pen.formula(row, columns.verified, &formulas.verified, result.verified, style)?;
    let (own, mark) = ((formulas.self_mark.as_str(), result.self_counted), (row_names::MARK, result.mark.into()));
    compare(sheet, atlas, texts, row, own, mark, style)?;
    let (formula, words) = reason(atlas, texts, (unit, usual), line)?;
    sheet.pen.formula(row, columns.reason, &formula, words, Style::text())?;
    sheet.pen.text(row, columns.opinion, "", Style::text().open())
}

/// Self mark, the mark that counts, and the one less the other.
fn compare(
    sheet: &mut Sheet,
    atlas: &Atlas,
    texts: &Texts,
    row: u32,
    own: (&str, Option<Decimal>),
    mark: (&str, Cached),
    style: Style,
) -> Result<(), WorkbookError> {
    let columns = &atlas.self_marks;
    let difference = match &mark.1 {
        Cached::Number(mark) => own.1.and_then(|own| own.checked_sub(*mark)),
        Cached::Text(_) => None,
    };
    sheet.pen.formula(row, columns.self_mark, own.0, own.1, style)?;
    sheet.pen.formula(row, columns.mark, mark.0, mark.1, style)?;
    sheet.pen.formula(row, columns.difference, &texts.difference, difference, style)
}

/// The words of a unit's own mark beside the one that counts, with their tests on the cells of the row.
fn own_words(table: &Table) -> Result<[(String, &str); 3], WorkbookError> {
    let (own, mark) = (row_names::SELF_MARK, row_names::TAKEN);
    Ok([
        (format!("{own}=\"\""), table.word("khong_tu_cham")?),
        (format!("{own}>{mark}"), table.word("cao_hon")?),
        (format!("{own}<{mark}"), table.word("thap_hon")?),
    ])
}

fn reason_formula(table: &Table) -> Result<String, WorkbookError> {
    let (computed, verified) = (row_names::COMPUTED, row_names::VERIFIED);
    let own = own_words(table)?.iter().rev().fold(String::from("\"\""), |rest, (test, words)| {
        format!("IF({test},{},{rest})", literal(&format!("; {words}")))
    });
    let replaced = format!(
        "IF(AND(ISNUMBER({verified}),ISNUMBER({computed}),{verified}<>{computed}),{},\"\")",
        literal(&format!("; {}", table.word("tham_dinh_thay")?))
    );
    Ok(format!("MID({own}&{replaced},3,200)"))
}

/// Which mark was taken and how the unit's own differs: formula and words. Units that did not submit have none.
fn reason<'a>(
    atlas: &Atlas,
    texts: &Texts,
    (unit, usual): (usize, &'a str),
    line: usize,
) -> Result<(Cow<'a, str>, String), WorkbookError> {
    let (table, result) = (texts.table, &atlas.result.units[unit].lines[line]);
    let waived_words = table.word("mien")?;
    let formula = match atlas.is_waived(unit, line) {
        Some(test) => {
            let formula = format!("IF({test},{},{})", literal(waived_words), texts.reason);
            Cow::Owned(when_submitted(atlas, unit, &formula))
        }
        None => Cow::Borrowed(usual),
    };
    if !atlas.result.units[unit].submitted {
        return Ok((formula, String::new()));
    }
    if result.waived.is_some() {
        return Ok((formula, waived_words.to_string()));
    }
    let own = match result.self_counted {
        None => Some("khong_tu_cham"),
        Some(own) if own > result.mark => Some("cao_hon"),
        Some(own) if own < result.mark => Some("thap_hon"),
        Some(_) => None,
    };
    let replaced = result.verified.is_some_and(|verified| result.computed.is_some_and(|computed| computed != verified));
    let keys = own.into_iter().chain(replaced.then_some("tham_dinh_thay"));
    let words: Vec<&str> = keys.map(|key| table.word(key)).collect::<Result<_, _>>()?;
    Ok((formula, words.join("; ")))
}

/// Borders and shade over the whole row.
fn blank_row(sheet: &mut Sheet, atlas: &Atlas, row: u32, style: Style) -> Result<(), WorkbookError> {
    let columns = &atlas.self_marks;
    for column in [columns.unit, columns.code, columns.name] {
        sheet.pen.text(row, column, "", style)?;
    }
    blank_figures(sheet, atlas, row, style)?;
    sheet.pen.text(row, columns.opinion, "", Style::text().open())
}

fn blank_figures(sheet: &mut Sheet, atlas: &Atlas, row: u32, style: Style) -> Result<(), WorkbookError> {
    let columns = &atlas.self_marks;
    for column in [
        columns.max,
        columns.self_mark,
        columns.computed,
        columns.verified,
        columns.mark,
        columns.difference,
        columns.reason,
    ] {
        sheet.pen.text(row, column, "", style)?;
    }
    Ok(())
}
