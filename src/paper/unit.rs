//! Units in template data: in lists, with their groups and lines, and on the score slip.

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::cmp::Reverse;

use super::change::Change;
use super::cluster::{LineFacts, is_main, kind_word};
use super::value::{count, figure_or_empty, hundredths, object, texts};
use crate::dossier::{Criterion, Dossier, GroupKind, Role, Rule, Unit};
use crate::intake::Reading;
use crate::scoring::{ClusterResult, GroupResult, LineResult, UnitResult};
use crate::vietnamese::figure::text;
use crate::vietnamese::number;

/// At most so many lines are listed where a unit lost points.
const MOST_LOSSES: usize = 5;

/// Every unit in protocol order, with groups and lines.
pub(super) fn all(dossier: &Dossier, result: &ClusterResult, facts: &[LineFacts]) -> Vec<Value> {
    (0..result.units.len()).map(|unit| Value::Object(full(dossier, result, facts, unit))).collect()
}

/// The same units in rank order, numbered anew.
pub(super) fn ranked(units: &[Value], result: &ClusterResult) -> Value {
    let renumbered = result.ranking.iter().enumerate().filter_map(|(position, unit)| {
        let mut unit = units.get(*unit)?.clone();
        unit.as_object_mut()?.insert("tt".to_string(), count(position + 1));
        Some(unit)
    });
    Value::Array(renumbered.collect())
}

/// Units in a list, without their lines, numbered from one.
pub(super) fn members(dossier: &Dossier, result: &ClusterResult, units: &[usize]) -> Value {
    let members = units.iter().enumerate().map(|(position, unit)| member(dossier, result, *unit, position + 1));
    Value::Array(members.map(Value::Object).collect())
}

/// One unit without its lines.
pub(super) fn member(dossier: &Dossier, result: &ClusterResult, index: usize, number: usize) -> Map<String, Value> {
    let outcome = &result.units[index];
    let unit = dossier.unit(outcome.unit);
    let points = |value: Decimal| figure_or_empty(outcome.submitted.then_some(value));
    let grade = outcome.grade.map_or("", |grade| &dossier.grades[grade].name);
    object([
        ("tt", count(number)),
        ("ma", text(&unit.code)),
        ("ten", text(&unit.name)),
        ("ten_viet_tat", text(short_name(unit))),
        ("vai_tro", text(&unit.role_text)),
        ("la_truong", Value::Bool(unit.role == Role::Lead)),
        ("la_pho", Value::Bool(unit.role == Role::Deputy)),
        ("nguoi_ky", text(&unit.signer_name)),
        ("chuc_vu", text(&unit.signer_title)),
        ("da_nop", Value::Bool(outcome.submitted)),
        ("khong_xep_loai", Value::Bool(outcome.disqualified)),
        ("hang", figure_or_empty(outcome.rank.map(Decimal::from))),
        ("dong_hang", Value::Bool(result.ties.iter().any(|tie| tie.units.contains(&index)))),
        ("tong", points(outcome.total)),
        ("diem", points(outcome.base)),
        ("thuong", points(outcome.bonus)),
        ("tru", points(outcome.deduction)),
        ("tu_cham", figure_or_empty(outcome.self_total)),
        ("quy_doi", Value::Bool(outcome.conversion.is_some())),
        ("diem_truoc_quy_doi", figure_or_empty(outcome.conversion.map(|conversion| conversion.sum))),
        ("thang_con_lai", figure_or_empty(outcome.conversion.map(|conversion| conversion.left))),
        ("xep_loai", text(grade)),
        ("khen_thuong", texts(outcome.awards.iter().map(|award| dossier.awards[*award].name.as_str()))),
    ])
}

/// The name for narrow columns: the short one, else the full one.
pub(super) fn short_name(unit: &Unit) -> &str {
    if unit.short_name.is_empty() { &unit.name } else { &unit.short_name }
}

/// A result as read in a table: figures the Vietnamese way, answers in words.
pub(super) fn result_words(criterion: &Criterion, result: Option<Reading>) -> String {
    let Some(result) = result else { return String::new() };
    let answer = |yes: bool| match (&criterion.rule, yes) {
        (Rule::PassFail, true) => "Đạt",
        (Rule::PassFail, false) => "Không đạt",
        (_, true) => "Có",
        (_, false) => "Không",
    };
    match result {
        Reading::Yes => answer(true).to_string(),
        Reading::No => answer(false).to_string(),
        Reading::Number(value) if criterion.is_yes_no() && value == Decimal::ONE => answer(true).to_string(),
        Reading::Number(value) if criterion.is_yes_no() && value == Decimal::ZERO => answer(false).to_string(),
        Reading::Number(value) => number(value),
    }
}

/// The names that only the score slip has.
pub(super) fn slip(
    dossier: &Dossier,
    result: &ClusterResult,
    facts: &[LineFacts],
    index: usize,
) -> [(&'static str, Value); 5] {
    let unit = &result.units[index];
    let is_above = |other: &usize| result.units[*other].rank.is_some_and(|rank| Some(rank) < unit.rank);
    let above = result.ranking.iter().copied().rfind(is_above);
    let mut files: Vec<&str> =
        unit.lines.iter().filter_map(|line| line.source.as_ref()).map(|source| source.file()).collect();
    files.sort_unstable();
    files.dedup();
    let distance = above.and_then(|above| result.units[above].total.checked_sub(unit.total));
    [
        ("don_vi_nay", Value::Object(full(dossier, result, facts, index))),
        ("don_vi_tren", above.map_or(Value::Null, |above| Value::Object(member(dossier, result, above, 1)))),
        ("cach_hang_tren", figure_or_empty(distance)),
        ("tep_nguon", texts(files)),
        ("mat_diem_nhieu", losses(dossier, unit)),
    ]
}

/// The lines where a unit lost most, among those of ordinary groups that have a maximum.
fn losses(dossier: &Dossier, unit: &UnitResult) -> Value {
    if !unit.submitted {
        return Value::Array(Vec::new());
    }
    let mut losses: Vec<(Decimal, Decimal, &LineResult)> = unit
        .lines
        .iter()
        .filter(|line| line.counts())
        .filter(|line| dossier.group(dossier.criterion(line.criterion).group).kind == GroupKind::Ordinary)
        .filter_map(|line| {
            let max = dossier.criterion(line.criterion).max?;
            Some((max.checked_sub(line.mark)?, max, line))
        })
        .filter(|(lost, ..)| *lost > Decimal::ZERO)
        .collect();
    losses.sort_by_key(|(lost, ..)| Reverse(*lost));
    losses.truncate(MOST_LOSSES);
    let list = losses.into_iter().map(|(lost, max, line)| {
        let criterion = dossier.criterion(line.criterion);
        Value::Object(object([
            ("ma", text(&criterion.code)),
            ("ten", text(&criterion.name)),
            ("toi_da", figure_or_empty(Some(max))),
            ("diem", figure_or_empty(Some(line.mark))),
            ("mat", figure_or_empty(Some(lost))),
            ("vi_sao", text(&line.why)),
        ]))
    });
    Value::Array(list.collect())
}

fn full(dossier: &Dossier, result: &ClusterResult, facts: &[LineFacts], index: usize) -> Map<String, Value> {
    let unit = &result.units[index];
    let mut map = member(dossier, result, index, index + 1);
    let mut by_code = Map::new();
    let mut groups = Vec::with_capacity(unit.groups.len());
    let mut main = Vec::new();
    let mut start = 0;
    for (position, (group, (_, lines))) in unit.groups.iter().zip(&result.scheme).enumerate() {
        let mut criteria = Vec::with_capacity(lines.len());
        for (offset, line) in unit.lines[start..start + lines.len()].iter().enumerate() {
            let criterion = dossier.criterion(line.criterion);
            let value = Value::Object(unit_criterion(criterion, unit, line, &facts[start + offset], offset + 1));
            by_code.insert(criterion.code.clone(), value.clone());
            criteria.push(value);
        }
        start += lines.len();
        let mut value = unit_group(dossier, unit, group, position + 1);
        if is_main(dossier, group.group) {
            main.push(Value::Object(value.clone()));
        }
        value.insert("tieu_chi".to_string(), Value::Array(criteria));
        groups.push(Value::Object(value));
    }
    map.insert("nhom_chinh".to_string(), Value::Array(main));
    map.insert("nhom".to_string(), Value::Array(groups));
    map.insert("tieu_chi".to_string(), Value::Object(by_code));
    map
}

/// A group of a unit, without its criteria.
fn unit_group(dossier: &Dossier, unit: &UnitResult, result: &GroupResult, number: usize) -> Map<String, Value> {
    let group = dossier.group(result.group);
    let points = |value: Decimal| figure_or_empty(unit.submitted.then_some(value));
    object([
        ("tt", count(number)),
        ("ma", text(&group.code)),
        ("ten", text(&group.name)),
        ("loai", text(kind_word(group.kind))),
        ("la_thuong", Value::Bool(group.kind == GroupKind::Bonus)),
        ("la_tru", Value::Bool(group.kind == GroupKind::Deduction)),
        ("toi_da", figure_or_empty(result.max)),
        ("diem", points(result.points)),
        ("diem_cong_don", points(result.sum)),
        ("cham_muc_toi_da", Value::Bool(result.sum > result.points)),
        ("tu_cham", figure_or_empty(result.self_points)),
    ])
}

fn unit_criterion(
    criterion: &Criterion,
    unit: &UnitResult,
    line: &LineResult,
    facts: &LineFacts,
    position: usize,
) -> Map<String, Value> {
    let result = line.result.map(Reading::number);
    let change = Change::of(criterion, result, line.previous);
    let has_mark = line.counts() && unit.submitted;
    let gap = line.self_mark.filter(|_| has_mark).and_then(|own| line.mark.checked_sub(own));
    let reached = matches!((line.plan, result), (Some(plan), Some(result)) if plan > Decimal::ZERO && result >= plan);
    let mut map = criterion_names(criterion, facts, position);
    map.extend(object([
        ("tieu_bieu", facts.names.clone()),
        ("diem", figure_or_empty(has_mark.then_some(line.mark))),
        ("ke_hoach", figure_or_empty(line.plan)),
        ("ket_qua", figure_or_empty(result)),
        ("ty_le", figure_or_empty(line.ratio.map(hundredths))),
        ("ky_truoc", figure_or_empty(line.previous)),
        ("co_ky_truoc", Value::Bool(change.is_some())),
        ("tang_giam", figure_or_empty(change.as_ref().map(|change| change.value))),
        ("tang_giam_chu", text(&change.map(|change| change.words()).unwrap_or_default())),
        ("ket_qua_chu", text(&result_words(criterion, line.result))),
        ("tu_cham", figure_or_empty(line.self_mark)),
        ("diem_tinh", figure_or_empty(line.computed)),
        ("tham_dinh", figure_or_empty(line.verified)),
        ("chenh_lech", figure_or_empty(gap)),
        ("dat_ke_hoach", Value::Bool(reached)),
        ("vi_sao", text(&line.why)),
        ("mien_cham", Value::Bool(line.waived.is_some())),
        ("ly_do_mien", text(line.waived.as_ref().map_or("", |waived| &waived.reason))),
        ("nguon", text(&line.source.as_ref().map(ToString::to_string).unwrap_or_default())),
        (
            "nguon_o",
            text(&line.source.as_ref().map(|source| format!("{}!{}", source.sheet(), source.cell)).unwrap_or_default()),
        ),
        ("ghi_chu", text(&line.remark)),
    ]));
    map
}

/// What a criterion is, and the cluster's counts beside it: the same for the cluster and for each unit.
pub(super) fn criterion_names(criterion: &Criterion, facts: &LineFacts, position: usize) -> Map<String, Value> {
    let scored = criterion.rule.gives_points();
    object([
        ("tt", count(position)),
        ("ma", text(&criterion.code)),
        ("ten", text(&criterion.name)),
        ("dvt", text(&criterion.measure)),
        ("cach_tinh", text(criterion.rule.word())),
        ("la_phan_tram", Value::Bool(criterion.is_percent())),
        ("la_dat_khong", Value::Bool(criterion.is_yes_no())),
        ("co_diem", Value::Bool(scored)),
        ("toi_da", figure_or_empty(criterion.max)),
        ("so_dat", count(facts.met)),
        ("so_don_vi", count(facts.of)),
    ])
}
