//! The cluster in template data: itself, its groups and criteria with common figures, classes, awards and ties.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::Paper;
use super::change::Change;
use super::outstanding;
use super::text::{leading_name, without_end};
use super::unit::{criterion_names, member, members, result_words, short_name};
use super::value::{count, figure_or_empty, hundredths, maybe_date, mean, object};
use crate::dossier::{Aggregation, Criterion, Dossier, GroupId, GroupKind, Role, Rule};
use crate::intake::Reading;
use crate::scoring::{Aggregate, ClusterResult, LineResult};
use crate::vietnamese::figure::text;
use crate::vietnamese::fold_words;

/// How the cluster is spoken of in a sentence.
fn kind_of_cluster(name: &str, lead: Option<&str>) -> &'static str {
    let begins = |word: &str| fold_words(name).split(' ').any(|part| part == word);
    let lead = lead.map(fold_words).unwrap_or_default();
    if begins("khoi") {
        "khối"
    } else if begins("cum") {
        "cụm"
    } else if lead.contains("khoi") {
        "khối"
    } else if lead.contains("cum") {
        "cụm"
    } else {
        "hệ thống"
    }
}

/// The word for a kind of group.
pub(super) fn kind_word(kind: GroupKind) -> &'static str {
    match kind {
        GroupKind::Ordinary => "thường",
        GroupKind::Bonus => "thưởng",
        GroupKind::Deduction => "trừ",
    }
}

/// Whether a group gives ordinary points. One with a maximum of 0 only informs.
pub(super) fn is_main(dossier: &Dossier, group: GroupId) -> bool {
    let group = dossier.group(group);
    group.kind == GroupKind::Ordinary && group.max.is_none_or(|max| max > Decimal::ZERO)
}

/// `cum`.
pub(super) fn cluster(dossier: &Dossier, result: &ClusterResult) -> Value {
    let cluster = dossier.cluster(result.cluster);
    let of = |test: &dyn Fn(usize) -> bool| (0..result.units.len()).filter(|unit| test(*unit)).collect::<Vec<usize>>();
    let with_role = |role: Role| of(&|unit| dossier.unit(result.units[unit].unit).role == role);
    let one =
        |units: &[usize]| units.first().map_or(Value::Null, |unit| Value::Object(member(dossier, result, *unit, 1)));
    let (leads, deputies) = (with_role(Role::Lead), with_role(Role::Deputy));
    let missing = of(&|unit| !result.units[unit].submitted);
    let totals: Vec<Decimal> = result.units.iter().filter(|unit| unit.rank.is_some()).map(|unit| unit.total).collect();
    let lead_role = leads.first().map(|unit| dossier.unit(result.units[*unit].unit).role_text.as_str());
    let kind = kind_of_cluster(&cluster.name, lead_role);
    Value::Object(object([
        ("ma", text(&cluster.code)),
        ("ten", text(&cluster.name)),
        ("loai", text(kind)),
        ("la_cum_khoi", Value::Bool(kind != "hệ thống")),
        // the templates put the theme in quotation marks
        ("chu_de", text(cluster.theme.trim().trim_matches(['“', '”', '"']))),
        ("cum_truong", one(&leads)),
        ("cum_pho", one(&deputies)),
        ("cac_cum_pho", members(dossier, result, &deputies)),
        ("chung_kien", text(&cluster.witness_body)),
        ("chuc_vu_chung_kien", text(&cluster.witness_title)),
        ("nguoi_chung_kien", text(&cluster.witness_name)),
        ("dia_diem", text(&cluster.meeting_place)),
        ("ngay_hoi_nghi", maybe_date(cluster.meeting_date)),
        ("so_don_vi", count(result.units.len())),
        ("so_da_nop", count(result.units.len() - missing.len())),
        ("so_chua_nop", count(missing.len())),
        ("so_xep_hang", count(totals.len())),
        ("chua_nop", members(dossier, result, &missing)),
        ("nop_du", Value::Bool(missing.is_empty())),
        ("diem_cao_nhat", figure_or_empty(totals.iter().max().copied())),
        ("diem_thap_nhat", figure_or_empty(totals.iter().min().copied())),
        ("diem_binh_quan", figure_or_empty(mean(&totals))),
    ]))
}

/// What is counted on a line over the units that submitted.
#[derive(Clone, Debug)]
pub(super) struct LineFacts {
    pub met: usize,
    pub of: usize,
    /// The units that stand out, with their figures.
    pub outstanding: Value,
    /// The same units by name only.
    pub names: Value,
}

impl LineFacts {
    /// One for each line of the scheme.
    pub fn of_all(dossier: &Dossier, result: &ClusterResult) -> Vec<Self> {
        let lines = result.scheme.iter().map(|(_, lines)| lines.len()).sum();
        (0..lines).map(|line| Self::of(dossier, result, line)).collect()
    }

    fn of(dossier: &Dossier, result: &ClusterResult, line: usize) -> Self {
        let lines = || result.units.iter().filter(|unit| unit.submitted).map(|unit| &unit.lines[line]);
        let yes_no = lines().next().is_some_and(|line| dossier.criterion(line.criterion).is_yes_no());
        let planned = |line: &&LineResult| line.plan.is_some_and(|plan| plan > Decimal::ZERO);
        let reached = |line: &&LineResult| match (line.plan, line.result) {
            (Some(plan), Some(result)) => result.number() >= plan,
            _ => false,
        };
        let said_yes = |line: &&LineResult| line.result.map(Reading::number) == Some(Decimal::ONE);
        let (met, of) = if yes_no {
            (lines().filter(said_yes).count(), lines().filter(|line| line.result.is_some()).count())
        } else {
            (lines().filter(planned).filter(reached).count(), lines().filter(planned).count())
        };
        let outstanding = outstanding::on_line(dossier, result, line);
        let names = outstanding.iter().map(|unit| {
            let unit = dossier.unit(result.units[*unit].unit);
            Value::Object(object([
                ("ma", text(&unit.code)),
                ("ten", text(&unit.name)),
                ("ten_viet_tat", text(short_name(unit))),
            ]))
        });
        let names = Value::Array(names.collect());
        LineFacts { met, of, outstanding: named(dossier, result, &outstanding, Beside::Line(line)), names }
    }
}

/// What figures stand beside a named unit.
#[derive(Clone, Copy)]
enum Beside {
    Line(usize),
    Group(usize),
}

/// Units named in a sentence.
fn named(dossier: &Dossier, result: &ClusterResult, units: &[usize], beside: Beside) -> Value {
    let list = units.iter().map(|index| {
        let outcome = &result.units[*index];
        let unit = dossier.unit(outcome.unit);
        let (line, points) = match beside {
            Beside::Line(line) => (
                Some(&outcome.lines[line]),
                Some(&outcome.lines[line]).filter(|line| line.scored).map(|line| line.mark),
            ),
            Beside::Group(group) => (None, Some(outcome.groups[group].points)),
        };
        Value::Object(object([
            ("ma", text(&unit.code)),
            ("ten", text(&unit.name)),
            ("ten_viet_tat", text(short_name(unit))),
            ("ke_hoach", figure_or_empty(line.and_then(|line| line.plan))),
            ("ket_qua", figure_or_empty(line.and_then(|line| line.result).map(Reading::number))),
            ("ty_le", figure_or_empty(line.and_then(|line| line.ratio).map(hundredths))),
            ("diem", figure_or_empty(points)),
        ]))
    });
    Value::Array(list.collect())
}

/// `nhom`: every group with its criteria and the cluster's figures.
pub(super) fn groups(dossier: &Dossier, result: &ClusterResult, facts: &[LineFacts]) -> Vec<Value> {
    let mut start = 0;
    let mut groups = Vec::with_capacity(result.scheme.len());
    for (position, (id, lines)) in result.scheme.iter().enumerate() {
        let range = start..start + lines.len();
        let criteria: Vec<Value> = range
            .clone()
            .map(|line| Value::Object(criterion(dossier, result, line, &facts[line], line - start + 1)))
            .collect();
        let units = (0..result.units.len()).map(|unit| group_unit(dossier, result, unit, position, range.clone()));
        let units: Vec<Value> = units.map(Value::Object).collect();
        groups.push(Value::Object(group(dossier, result, *id, position, criteria, units)));
        start = range.end;
    }
    groups
}

/// `tieu_chi`: the same criteria by code.
pub(super) fn criteria_by_code(groups: &[Value]) -> Value {
    let criteria = groups.iter().filter_map(|group| group["tieu_chi"].as_array()).flatten();
    let by_code = criteria.filter_map(|criterion| Some((criterion["ma"].as_str()?.to_string(), criterion.clone())));
    Value::Object(by_code.collect())
}

fn group(
    dossier: &Dossier,
    result: &ClusterResult,
    id: GroupId,
    position: usize,
    criteria: Vec<Value>,
    units: Vec<Value>,
) -> Map<String, Value> {
    let group = dossier.group(id);
    let submitted = || result.units.iter().filter(|unit| unit.submitted).map(|unit| &unit.groups[position]);
    let points: Vec<Decimal> = submitted().map(|group| group.points).collect();
    let max = result.units.first().and_then(|unit| unit.groups[position].max).or(group.max);
    let outstanding = match group.kind {
        GroupKind::Deduction => Vec::new(),
        _ => outstanding::in_group(result, position),
    };
    let any = |name: &str| Value::Bool(criteria.iter().any(|criterion| criterion[name] == Value::Bool(true)));
    object([
        ("tt", count(position + 1)),
        ("ma", text(&group.code)),
        ("ten", text(&group.name)),
        ("loai", text(kind_word(group.kind))),
        ("la_thuong", Value::Bool(group.kind == GroupKind::Bonus)),
        ("la_tru", Value::Bool(group.kind == GroupKind::Deduction)),
        ("toi_da", figure_or_empty(max)),
        ("diem", figure_or_empty(mean(&points))),
        ("diem_cao_nhat", figure_or_empty(points.iter().max().copied())),
        ("diem_thap_nhat", figure_or_empty(points.iter().min().copied())),
        ("so_dat_toi_da", count(points.iter().filter(|points| Some(**points) == max).count())),
        ("tieu_bieu", named(dossier, result, &outstanding, Beside::Group(position))),
        ("co_so_lieu", any("co_so_lieu")),
        ("co_ky_truoc", any("co_ky_truoc")),
        ("so_tieu_chi", count(criteria.len())),
        ("so_duoc_neu", count(criteria.iter().filter(|criterion| criterion["duoc_neu"] == Value::Bool(true)).count())),
        ("mo_dau", text(&opening(dossier, &group.code))),
        ("tieu_chi_giao", planned(&criteria)),
        ("tieu_chi", Value::Array(criteria)),
        ("don_vi", Value::Array(units)),
    ])
}

/// The criteria for which some unit has a plan.
fn planned(criteria: &[Value]) -> Value {
    Value::Array(criteria.iter().filter(|criterion| criterion["co_ke_hoach"] == Value::Bool(true)).cloned().collect())
}

fn has_plan(result: &ClusterResult, line: usize) -> bool {
    result.units.iter().any(|unit| unit.lines[line].plan.is_some())
}

/// What sheet Văn bản says at the head of a group's section of the report, under Mục `Nhóm I`.
fn opening(dossier: &Dossier, code: &str) -> String {
    let rows = dossier.texts(Paper::YearEndReport.name(), &format!("Nhóm {code}"));
    rows.first().map(|row| without_end(row).to_string()).unwrap_or_default()
}

fn group_unit(
    dossier: &Dossier,
    result: &ClusterResult,
    index: usize,
    group: usize,
    lines: std::ops::Range<usize>,
) -> Map<String, Value> {
    let outcome = &result.units[index];
    let unit = dossier.unit(outcome.unit);
    let figures = |line: usize| {
        let line = &outcome.lines[line];
        let criterion = dossier.criterion(line.criterion);
        let mut map = object([("ma", text(&criterion.code)), ("ten", text(&criterion.name))]);
        map.extend(line_figures(criterion, line, outcome.submitted));
        Value::Object(map)
    };
    let planned = lines.clone().filter(|line| has_plan(result, *line)).map(figures).collect();
    let criteria = lines.map(figures);
    object([
        ("tt", count(index + 1)),
        ("ma", text(&unit.code)),
        ("ten", text(&unit.name)),
        ("ten_viet_tat", text(short_name(unit))),
        ("da_nop", Value::Bool(outcome.submitted)),
        ("diem", figure_or_empty(outcome.submitted.then_some(outcome.groups[group].points))),
        ("tieu_chi_giao", Value::Array(planned)),
        ("tieu_chi", Value::Array(criteria.collect())),
    ])
}

/// A unit's figures on a line, in short.
fn line_figures(criterion: &Criterion, line: &LineResult, submitted: bool) -> Map<String, Value> {
    object([
        ("ke_hoach", figure_or_empty(line.plan)),
        ("ket_qua", figure_or_empty(line.result.map(Reading::number))),
        ("ket_qua_chu", text(&result_words(criterion, line.result))),
        ("ty_le", figure_or_empty(line.ratio.map(hundredths))),
        ("diem", figure_or_empty((line.counts() && submitted).then_some(line.mark))),
    ])
}

fn criterion(
    dossier: &Dossier,
    result: &ClusterResult,
    line: usize,
    facts: &LineFacts,
    position: usize,
) -> Map<String, Value> {
    let id = result.scheme.iter().flat_map(|(_, lines)| lines).nth(line).copied();
    let Some(id) = id else { return Map::new() };
    let criterion = dossier.criterion(id);
    let none = Aggregate::default();
    let aggregate = result.aggregates.get(&id).unwrap_or(&none);
    let change = Change::of(criterion, aggregate.result, aggregate.previous);
    let submitted = |unit: &usize| result.units[*unit].submitted;
    let those = |test: &dyn Fn(&LineResult) -> bool| -> Vec<usize> {
        (0..result.units.len()).filter(submitted).filter(|unit| test(&result.units[*unit].lines[line])).collect()
    };
    let marks: Vec<Decimal> =
        those(&|line| line.counts()).into_iter().map(|unit| result.units[unit].lines[line].mark).collect();
    let below = those(&|line| outstanding::is_below_plan(dossier, line));
    let said_no =
        those(&|line| criterion.rule == Rule::PassFail && line.result.map(Reading::number) == Some(Decimal::ZERO));
    let by_unit = result.units.iter().map(|outcome| {
        let unit = dossier.unit(outcome.unit);
        let mut map = object([
            ("ma", text(&unit.code)),
            ("ten", text(&unit.name)),
            ("ten_viet_tat", text(short_name(unit))),
            ("da_nop", Value::Bool(outcome.submitted)),
        ]);
        map.extend(line_figures(criterion, &outcome.lines[line], outcome.submitted));
        Value::Object(map)
    });
    let group = dossier.group(criterion.group);
    // a report says nothing of answers that only take units out or down
    let is_knock_out = matches!(criterion.rule, Rule::Disqualify | Rule::LowerGrade);
    let short = aggregate.ratio.is_some_and(|ratio| ratio < Decimal::ONE_HUNDRED)
        && outstanding::more_is_better(dossier, criterion);
    let mut map = criterion_names(criterion, facts, position);
    map.extend(object([
        ("ten_dan", text(&leading_name(&criterion.name))),
        ("cum_chua_dat", Value::Bool(short)),
        ("tieu_bieu", facts.outstanding.clone()),
        ("diem", figure_or_empty(mean(&marks))),
        ("ke_hoach", figure_or_empty(aggregate.plan)),
        ("ket_qua", figure_or_empty(aggregate.result)),
        ("ty_le", figure_or_empty(aggregate.ratio)),
        ("ky_truoc", figure_or_empty(aggregate.previous)),
        ("co_ky_truoc", Value::Bool(change.is_some())),
        ("tang_giam", figure_or_empty(change.as_ref().map(|change| change.value))),
        ("tang_giam_chu", text(&change.map(|change| change.words()).unwrap_or_default())),
        ("co_so_lieu", Value::Bool(aggregate.result.is_some() && !is_knock_out)),
        ("duoc_neu", Value::Bool(!is_knock_out && (aggregate.result.is_some() || facts.of > 1))),
        ("loi_tong_hop", text(aggregation_words(&criterion.aggregation))),
        ("dem_thieu_sot", Value::Bool(matches!(criterion.rule, Rule::Deduct { .. }))),
        ("tat_ca_dat", Value::Bool(facts.of > 0 && facts.met == facts.of)),
        ("chi_mot_dat", Value::Bool(facts.of > 1 && facts.met == 1)),
        ("so_duoi_ke_hoach", count(below.len())),
        ("duoi_ke_hoach", named(dossier, result, &below, Beside::Line(line))),
        ("so_chua_dat", count(said_no.len())),
        ("chua_dat", named(dossier, result, &said_no, Beside::Line(line))),
        ("co_ke_hoach", Value::Bool(has_plan(result, line))),
        ("ke_hoach_giao", figure_or_empty(aggregate.assigned)),
        ("theo_don_vi", Value::Array(by_unit.collect())),
        ("nhom_ma", text(&group.code)),
        ("nhom_ten", text(&group.name)),
    ]));
    map
}

/// `mien_cham`: every line that a unit is excused from, with its reason.
pub(super) fn waivers(dossier: &Dossier, result: &ClusterResult) -> Value {
    let waived = (0..result.units.len()).flat_map(|unit| {
        let lines = result.units[unit].lines.iter();
        lines.filter_map(move |line| Some((unit, dossier.criterion(line.criterion), line.waived.as_ref()?)))
    });
    let list = waived.enumerate().map(|(position, (unit, criterion, waived))| {
        Value::Object(object([
            ("tt", count(position + 1)),
            ("ma", text(&criterion.code)),
            ("ten", text(&criterion.name)),
            ("toi_da", figure_or_empty(criterion.max)),
            ("ly_do", text(&waived.reason)),
            ("don_vi", Value::Object(member(dossier, result, unit, position + 1))),
        ]))
    });
    Value::Array(list.collect())
}

/// What is said before a common figure that is no sum and no mean.
fn aggregation_words(aggregation: &Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Maximum => "cao nhất ",
        Aggregation::Minimum => "thấp nhất ",
        _ => "",
    }
}

/// `chi_tieu_chua_dat`: the criteria of which the cluster fell short of its plan.
pub(super) fn fallen_short(groups: &[Value]) -> Value {
    let criteria = groups.iter().filter_map(|group| group["tieu_chi"].as_array()).flatten();
    Value::Array(criteria.filter(|criterion| criterion["cum_chua_dat"] == Value::Bool(true)).cloned().collect())
}

/// `xep_loai`.
pub(super) fn grades(dossier: &Dossier, result: &ClusterResult) -> Value {
    let ranked = result.units.iter().filter(|unit| unit.rank.is_some()).count();
    let list = dossier.grades.iter().enumerate().map(|(position, grade)| {
        let units: Vec<usize> =
            result.ranking.iter().copied().filter(|unit| result.units[*unit].grade == Some(position)).collect();
        let share = Decimal::from(units.len() * 100).checked_div(Decimal::from(ranked)).map(hundredths);
        Value::Object(object([
            ("tt", count(position + 1)),
            ("ten", text(&grade.name)),
            ("so_luong", count(units.len())),
            ("ty_le", figure_or_empty(share)),
            ("tu_diem", figure_or_empty(grade.from)),
            ("don_vi", members(dossier, result, &units)),
        ]))
    });
    Value::Array(list.collect())
}

/// Whether more units are proposed for an award than its number.
pub(super) fn needs_vote(dossier: &Dossier, award: usize, units: &[usize]) -> bool {
    dossier.awards[award].number.is_some_and(|number| units.len() > number)
}

/// `khen_thuong`: the awards somebody is proposed for, or those nobody is.
pub(super) fn awards(dossier: &Dossier, result: &ClusterResult, proposed: bool) -> Value {
    let kept = result.awards.iter().filter(|(_, units)| units.is_empty() != proposed);
    let list = kept.enumerate().map(|(position, (award, units))| {
        Value::Object(object([
            ("tt", count(position + 1)),
            ("hinh_thuc", text(&dossier.awards[*award].name)),
            ("so_luong", count(units.len())),
            ("chi_tieu", dossier.awards[*award].number.map_or(Value::Null, count)),
            ("can_bieu_quyet", Value::Bool(needs_vote(dossier, *award, units))),
            ("don_vi", members(dossier, result, units)),
        ]))
    });
    Value::Array(list.collect())
}

/// `de_nghi_khen`: the same as one list, numbered through.
pub(super) fn proposed(dossier: &Dossier, result: &ClusterResult) -> Value {
    let pairs = result.awards.iter().flat_map(|(award, units)| units.iter().map(move |unit| (*award, units, *unit)));
    let list = pairs.enumerate().map(|(position, (award, units, unit))| {
        let mut map = member(dossier, result, unit, position + 1);
        map.extend(object([
            ("hinh_thuc", text(&dossier.awards[award].name)),
            ("can_bieu_quyet", Value::Bool(needs_vote(dossier, award, units))),
        ]));
        Value::Object(map)
    });
    Value::Array(list.collect())
}

/// `dong_diem`.
pub(super) fn ties(dossier: &Dossier, result: &ClusterResult) -> Value {
    let list = result.ties.iter().map(|tie| {
        let total = tie.units.first().map(|unit| result.units[*unit].total);
        Value::Object(object([
            ("hang", figure_or_empty(Some(Decimal::from(tie.rank)))),
            ("tong", figure_or_empty(total)),
            ("so_luong", count(tie.units.len())),
            ("don_vi", members(dossier, result, &tie.units)),
        ]))
    });
    Value::Array(list.collect())
}
