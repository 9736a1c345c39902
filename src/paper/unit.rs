//! Units in template data: in lists, with their groups and lines, and on the score slip.

use rust_decimal::Decimal;
use serde_json::{Map, Value};
use std::cmp::Reverse;

use super::change::Change;
use super::facts::{Facts, LineFacts, is_main, kind_word};
use super::value::{add, by_code, count, figure_or_empty, hundredths, list, numbered, object, texts};
use crate::dossier::{Criterion, Dossier, GroupKind, Role, Rule, Unit};
use crate::intake::Reading;
use crate::scoring::{ClusterResult, GroupResult, LineResult, UnitResult};
use crate::vietnamese::figure::text;
use crate::vietnamese::number;
use crate::wanted::Wanted;

/// At most so many lines are listed where a unit lost points.
const MOST_LOSSES: usize = 5;

/// Every unit in protocol order, with groups and lines.
pub(super) fn all(dossier: &Dossier, result: &ClusterResult, facts: &Facts, wanted: &Wanted) -> Value {
    let units = 0..result.units.len();
    numbered(wanted, units, |unit, number, own| full((dossier, result), facts, unit, number, own))
}

/// The same units in rank order, numbered anew.
pub(super) fn ranked(dossier: &Dossier, result: &ClusterResult, facts: &Facts, wanted: &Wanted) -> Value {
    let units = result.ranking.iter().copied();
    numbered(wanted, units, |unit, number, own| full((dossier, result), facts, unit, number, own))
}

/// Units in a list, without their lines, numbered from one.
pub(super) fn members(dossier: &Dossier, result: &ClusterResult, units: &[usize], wanted: &Wanted) -> Value {
    numbered(wanted, units, |unit, number, own| member(dossier, result, *unit, number, own))
}

/// One unit without its lines.
pub(super) fn member(
    dossier: &Dossier,
    result: &ClusterResult,
    index: usize,
    number: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let outcome = &result.units[index];
    let unit = dossier.unit(outcome.unit);
    let points = |value: Decimal| figure_or_empty(outcome.submitted.then_some(value));
    let grade = outcome.grade.map_or("", |grade| &dossier.grades[grade].name);
    object(
        wanted,
        [
            ("tt", &|_| count(number)),
            ("ma", &|_| text(&unit.code)),
            ("ten", &|_| text(&unit.name)),
            ("ten_viet_tat", &|_| text(short_name(unit))),
            ("vai_tro", &|_| text(&unit.role_text)),
            ("la_truong", &|_| Value::Bool(unit.role == Role::Lead)),
            ("la_pho", &|_| Value::Bool(unit.role == Role::Deputy)),
            ("nguoi_ky", &|_| text(&unit.signer_name)),
            ("chuc_vu", &|_| text(&unit.signer_title)),
            ("da_nop", &|_| Value::Bool(outcome.submitted)),
            ("khong_xep_loai", &|_| Value::Bool(outcome.disqualified)),
            ("hang", &|_| figure_or_empty(outcome.rank.map(Decimal::from))),
            ("dong_hang", &|_| Value::Bool(result.ties.iter().any(|tie| tie.units.contains(&index)))),
            ("tong", &|_| points(outcome.total)),
            ("diem", &|_| points(outcome.base)),
            ("thuong", &|_| points(outcome.bonus)),
            ("tru", &|_| points(outcome.deduction)),
            ("tu_cham", &|_| figure_or_empty(outcome.self_total)),
            ("quy_doi", &|_| Value::Bool(outcome.conversion.is_some())),
            ("diem_truoc_quy_doi", &|_| figure_or_empty(outcome.conversion.map(|conversion| conversion.sum))),
            ("thang_con_lai", &|_| figure_or_empty(outcome.conversion.map(|conversion| conversion.left))),
            ("xep_loai", &|_| text(grade)),
            ("khen_thuong", &|_| texts(outcome.awards.iter().map(|award| dossier.awards[*award].name.as_str()))),
        ],
    )
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
    facts: &Facts,
    index: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let unit = &result.units[index];
    let is_above = |other: &usize| result.units[*other].rank.is_some_and(|rank| Some(rank) < unit.rank);
    let above = result.ranking.iter().copied().rfind(is_above);
    let files = || {
        let mut files: Vec<&str> =
            unit.lines.iter().filter_map(|line| line.source.as_ref()).map(|source| source.file()).collect();
        files.sort_unstable();
        files.dedup();
        texts(files)
    };
    let distance = above.and_then(|above| result.units[above].total.checked_sub(unit.total));
    object(
        wanted,
        [
            ("don_vi_nay", &|own| Value::Object(full((dossier, result), facts, index, index + 1, own))),
            ("don_vi_tren", &|own| {
                above.map_or(Value::Null, |above| Value::Object(member(dossier, result, above, 1, own)))
            }),
            ("cach_hang_tren", &|_| figure_or_empty(distance)),
            ("tep_nguon", &|_| files()),
            ("mat_diem_nhieu", &|own| losses(dossier, unit, own)),
        ],
    )
}

/// The lines where a unit lost most, among those of ordinary groups that have a maximum.
fn losses(dossier: &Dossier, unit: &UnitResult, wanted: &Wanted) -> Value {
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
    list(wanted, losses, |(lost, max, line), own| {
        let criterion = dossier.criterion(line.criterion);
        object(
            own,
            [
                ("ma", &|_| text(&criterion.code)),
                ("ten", &|_| text(&criterion.name)),
                ("toi_da", &|_| figure_or_empty(Some(max))),
                ("diem", &|_| figure_or_empty(Some(line.mark))),
                ("mat", &|_| figure_or_empty(Some(lost))),
                ("vi_sao", &|_| text(&line.why)),
            ],
        )
    })
}

fn full(
    (dossier, result): (&Dossier, &ClusterResult),
    facts: &Facts,
    index: usize,
    number: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let unit = &result.units[index];
    let group = |at: usize, own: &Wanted| unit_group(dossier, unit, &unit.groups[at], at + 1, own);
    let criterion = |line: &LineFacts, own: &Wanted| unit_criterion((dossier, result), unit, line, own);
    let main = || (0..unit.groups.len()).filter(|at| is_main(dossier, unit.groups[*at].group));
    let with_criteria = |at: usize, own: &Wanted| {
        let mut map = group(at, own);
        add(&mut map, own, [("tieu_chi", &|own| list(own, facts.of_group(at), criterion))]);
        map
    };
    let code = |line: &&LineFacts| dossier.criterion(line.criterion).code.clone();
    let mut map = member(dossier, result, index, number, wanted);
    add(
        &mut map,
        wanted,
        [
            ("nhom_chinh", &|own| list(own, main(), group)),
            ("nhom", &|own| list(own, 0..unit.groups.len(), with_criteria)),
            ("tieu_chi", &|own| by_code(own, facts.all(), code, criterion)),
        ],
    );
    map
}

/// A group of a unit, without its criteria.
fn unit_group(
    dossier: &Dossier,
    unit: &UnitResult,
    result: &GroupResult,
    number: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let group = dossier.group(result.group);
    let points = |value: Decimal| figure_or_empty(unit.submitted.then_some(value));
    object(
        wanted,
        [
            ("tt", &|_| count(number)),
            ("ma", &|_| text(&group.code)),
            ("ten", &|_| text(&group.name)),
            ("loai", &|_| text(kind_word(group.kind))),
            ("la_thuong", &|_| Value::Bool(group.kind == GroupKind::Bonus)),
            ("la_tru", &|_| Value::Bool(group.kind == GroupKind::Deduction)),
            ("toi_da", &|_| figure_or_empty(result.max)),
            ("diem", &|_| points(result.points)),
            ("diem_cong_don", &|_| points(result.sum)),
            ("cham_muc_toi_da", &|_| Value::Bool(result.sum > result.points)),
            ("tu_cham", &|_| figure_or_empty(result.self_points)),
        ],
    )
}

fn unit_criterion(
    (dossier, cluster): (&Dossier, &ClusterResult),
    unit: &UnitResult,
    facts: &LineFacts,
    wanted: &Wanted,
) -> Map<String, Value> {
    let criterion = dossier.criterion(facts.criterion);
    let line = &unit.lines[facts.line];
    let result = line.result.map(Reading::number);
    let change = || Change::of(criterion, result, line.previous);
    let has_mark = line.counts() && unit.submitted;
    let gap = || line.self_mark.filter(|_| has_mark).and_then(|own| line.mark.checked_sub(own));
    let cell = || line.source.as_ref().map(|source| format!("{}!{}", source.sheet(), source.cell)).unwrap_or_default();
    let reached = matches!((line.plan, result), (Some(plan), Some(result)) if plan > Decimal::ZERO && result >= plan);
    let mut map = criterion_names(criterion, facts, wanted);
    add(
        &mut map,
        wanted,
        [
            ("tieu_bieu", &|own| {
                list(own, &facts.outstanding, |unit, own| names(dossier.unit(cluster.units[*unit].unit), own))
            }),
            ("diem", &|_| figure_or_empty(has_mark.then_some(line.mark))),
            ("ke_hoach", &|_| figure_or_empty(line.plan)),
            ("ket_qua", &|_| figure_or_empty(result)),
            ("ty_le", &|_| figure_or_empty(line.ratio.map(hundredths))),
            ("ky_truoc", &|_| figure_or_empty(line.previous)),
            ("co_ky_truoc", &|_| Value::Bool(change().is_some())),
            ("tang_giam", &|_| figure_or_empty(change().map(|change| change.value))),
            ("tang_giam_chu", &|_| text(&change().map(|change| change.words()).unwrap_or_default())),
            ("ket_qua_chu", &|_| text(&result_words(criterion, line.result))),
            ("tu_cham", &|_| figure_or_empty(line.self_mark)),
            ("diem_tinh", &|_| figure_or_empty(line.computed)),
            ("tham_dinh", &|_| figure_or_empty(line.verified)),
            ("chenh_lech", &|_| figure_or_empty(gap())),
            ("dat_ke_hoach", &|_| Value::Bool(reached)),
            ("vi_sao", &|_| text(&line.why)),
            ("mien_cham", &|_| Value::Bool(line.waived.is_some())),
            ("ly_do_mien", &|_| text(line.waived.as_ref().map_or("", |waived| &waived.reason))),
            ("nguon", &|_| text(&line.source.as_ref().map(ToString::to_string).unwrap_or_default())),
            ("nguon_o", &|_| text(&cell())),
            ("ghi_chu", &|_| text(&line.remark)),
        ],
    );
    map
}

/// What a criterion is, and the cluster's counts beside it: the same for the cluster and for each unit.
pub(super) fn criterion_names(criterion: &Criterion, facts: &LineFacts, wanted: &Wanted) -> Map<String, Value> {
    let scored = criterion.rule.gives_points();
    object(
        wanted,
        [
            ("tt", &|_| count(facts.position)),
            ("ma", &|_| text(&criterion.code)),
            ("ten", &|_| text(&criterion.name)),
            ("dvt", &|_| text(&criterion.measure)),
            ("cach_tinh", &|_| text(criterion.rule.word())),
            ("la_phan_tram", &|_| Value::Bool(criterion.is_percent())),
            ("la_dat_khong", &|_| Value::Bool(criterion.is_yes_no())),
            ("co_diem", &|_| Value::Bool(scored)),
            ("toi_da", &|_| figure_or_empty(criterion.max)),
            ("so_dat", &|_| count(facts.met)),
            ("so_don_vi", &|_| count(facts.of)),
        ],
    )
}

/// A unit by its names only.
pub(super) fn names(unit: &Unit, wanted: &Wanted) -> Map<String, Value> {
    let mut map = Map::new();
    add_names(&mut map, unit, wanted);
    map
}

/// Adds a unit's names to an object.
pub(super) fn add_names(map: &mut Map<String, Value>, unit: &Unit, wanted: &Wanted) {
    add(
        map,
        wanted,
        [("ma", &|_| text(&unit.code)), ("ten", &|_| text(&unit.name)), ("ten_viet_tat", &|_| text(short_name(unit)))],
    );
}
