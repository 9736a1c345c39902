//! The cluster in template data: itself, its groups and criteria with common figures, classes, awards and ties.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::Paper;
use super::facts::{Facts, LineFacts, is_main, kind_word};
use super::outstanding;
use super::text::{leading_name, without_end};
use super::unit::{self, criterion_names, member, members, result_words};
use super::value::{add, by_code, count, figure_or_empty, hundredths, list, maybe_date, mean, numbered, object};
use crate::dossier::{Aggregation, Criterion, Dossier, GroupId, GroupKind, Role, Rule};
use crate::intake::Reading;
use crate::scoring::{Aggregate, ClusterResult, LineResult, UnitResult};
use crate::vietnamese::figure::text;
use crate::vietnamese::fold_words;
use crate::wanted::Wanted;

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

/// `cum`.
pub(super) fn cluster(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let cluster = dossier.cluster(result.cluster);
    let of = |test: &dyn Fn(usize) -> bool| (0..result.units.len()).filter(|unit| test(*unit)).collect::<Vec<usize>>();
    let with_role = |role: Role| of(&|unit| dossier.unit(result.units[unit].unit).role == role);
    let one = |units: &[usize], own: &Wanted| {
        units.first().map_or(Value::Null, |unit| Value::Object(member(dossier, result, *unit, 1, own)))
    };
    let (leads, deputies) = (with_role(Role::Lead), with_role(Role::Deputy));
    let missing = of(&|unit| !result.units[unit].submitted);
    let totals: Vec<Decimal> = result.units.iter().filter(|unit| unit.rank.is_some()).map(|unit| unit.total).collect();
    let lead_role = leads.first().map(|unit| dossier.unit(result.units[*unit].unit).role_text.as_str());
    let kind = kind_of_cluster(&cluster.name, lead_role);
    Value::Object(object(
        wanted,
        [
            ("ma", &|_| text(&cluster.code)),
            ("ten", &|_| text(&cluster.name)),
            ("loai", &|_| text(kind)),
            ("la_cum_khoi", &|_| Value::Bool(kind != "hệ thống")),
            // the templates put the theme in quotation marks
            ("chu_de", &|_| text(cluster.theme.trim().trim_matches(['“', '”', '"']))),
            ("cum_truong", &|own| one(&leads, own)),
            ("cum_pho", &|own| one(&deputies, own)),
            ("cac_cum_pho", &|own| members(dossier, result, &deputies, own)),
            ("chung_kien", &|_| text(&cluster.witness_body)),
            ("chuc_vu_chung_kien", &|_| text(&cluster.witness_title)),
            ("nguoi_chung_kien", &|_| text(&cluster.witness_name)),
            ("dia_diem", &|_| text(&cluster.meeting_place)),
            ("ngay_hoi_nghi", &|_| maybe_date(cluster.meeting_date)),
            ("so_don_vi", &|_| count(result.units.len())),
            ("so_da_nop", &|_| count(result.units.len() - missing.len())),
            ("so_chua_nop", &|_| count(missing.len())),
            ("so_xep_hang", &|_| count(totals.len())),
            ("chua_nop", &|own| members(dossier, result, &missing, own)),
            ("nop_du", &|_| Value::Bool(missing.is_empty())),
            ("diem_cao_nhat", &|_| figure_or_empty(totals.iter().max().copied())),
            ("diem_thap_nhat", &|_| figure_or_empty(totals.iter().min().copied())),
            ("diem_binh_quan", &|_| figure_or_empty(mean(&totals))),
        ],
    ))
}

/// What figures stand beside a named unit.
#[derive(Clone, Copy)]
enum Beside {
    Line(usize),
    Group(usize),
}

/// Units named in a sentence.
fn named(dossier: &Dossier, result: &ClusterResult, units: &[usize], beside: Beside, wanted: &Wanted) -> Value {
    list(wanted, units, |index, own| {
        let outcome = &result.units[*index];
        let (line, points) = match beside {
            Beside::Line(line) => (
                Some(&outcome.lines[line]),
                Some(&outcome.lines[line]).filter(|line| line.scored).map(|line| line.mark),
            ),
            Beside::Group(group) => (None, Some(outcome.groups[group].points)),
        };
        let mut map = unit::names(dossier.unit(outcome.unit), own);
        add(
            &mut map,
            own,
            [
                ("ke_hoach", &|_| figure_or_empty(line.and_then(|line| line.plan))),
                ("ket_qua", &|_| figure_or_empty(line.and_then(|line| line.result).map(Reading::number))),
                ("ty_le", &|_| figure_or_empty(line.and_then(|line| line.ratio).map(hundredths))),
                ("diem", &|_| figure_or_empty(points)),
            ],
        );
        map
    })
}

/// Groups with their criteria and the cluster's figures: those that pass the test.
pub(super) fn groups(
    dossier: &Dossier,
    result: &ClusterResult,
    facts: &Facts,
    test: impl Fn(GroupId) -> bool,
    wanted: &Wanted,
) -> Value {
    let chosen = (0..result.scheme.len()).filter(|position| test(result.scheme[*position].0));
    list(wanted, chosen, |position, own| group(dossier, result, facts, position, own))
}

/// `tieu_chi`: the same criteria by code.
pub(super) fn criteria_by_code(dossier: &Dossier, result: &ClusterResult, facts: &Facts, wanted: &Wanted) -> Value {
    let code =
        |line: &&LineFacts| text(&dossier.criterion(line.criterion).code).as_str().unwrap_or_default().to_string();
    by_code(wanted, facts.all(), code, |line, own| criterion(dossier, result, line, own))
}

/// `chi_tieu_chua_dat`: the main criteria of which the cluster fell short of its plan.
pub(super) fn fallen_short(dossier: &Dossier, result: &ClusterResult, facts: &Facts, wanted: &Wanted) -> Value {
    let main = (0..result.scheme.len()).filter(|position| is_main(dossier, result.scheme[*position].0));
    let short = main.flat_map(|position| facts.of_group(position)).filter(|line| line.falls_short);
    list(wanted, short, |line, own| criterion(dossier, result, line, own))
}

fn group(
    dossier: &Dossier,
    result: &ClusterResult,
    facts: &Facts,
    position: usize,
    wanted: &Wanted,
) -> Map<String, Value> {
    let group = dossier.group(result.scheme[position].0);
    let submitted = || result.units.iter().filter(|unit| unit.submitted).map(|unit| &unit.groups[position]);
    let points: Vec<Decimal> = submitted().map(|group| group.points).collect();
    let max = result.units.first().and_then(|unit| unit.groups[position].max).or(group.max);
    let outstanding = || match group.kind {
        GroupKind::Deduction => Vec::new(),
        _ => outstanding::in_group(result, position),
    };
    let lines = facts.of_group(position);
    let any = |test: fn(&LineFacts) -> bool| Value::Bool(lines.iter().any(test));
    let planned = || lines.iter().filter(|line| line.has_plan);
    let make = |line: &LineFacts, own: &Wanted| criterion(dossier, result, line, own);
    let units = 0..result.units.len();
    object(
        wanted,
        [
            ("tt", &|_| count(position + 1)),
            ("ma", &|_| text(&group.code)),
            ("ten", &|_| text(&group.name)),
            ("loai", &|_| text(kind_word(group.kind))),
            ("la_thuong", &|_| Value::Bool(group.kind == GroupKind::Bonus)),
            ("la_tru", &|_| Value::Bool(group.kind == GroupKind::Deduction)),
            ("toi_da", &|_| figure_or_empty(max)),
            ("diem", &|_| figure_or_empty(mean(&points))),
            ("diem_cao_nhat", &|_| figure_or_empty(points.iter().max().copied())),
            ("diem_thap_nhat", &|_| figure_or_empty(points.iter().min().copied())),
            ("so_dat_toi_da", &|_| count(points.iter().filter(|points| Some(**points) == max).count())),
            ("tieu_bieu", &|own| named(dossier, result, &outstanding(), Beside::Group(position), own)),
            ("co_so_lieu", &|_| any(|line| line.has_figures)),
            ("co_ky_truoc", &|_| any(|line| line.change.is_some())),
            ("so_tieu_chi", &|_| count(lines.len())),
            ("so_duoc_neu", &|_| count(lines.iter().filter(|line| line.is_told).count())),
            ("mo_dau", &|_| text(&opening(dossier, &group.code))),
            ("tieu_chi_giao", &|own| list(own, planned(), make)),
            ("tieu_chi", &|own| list(own, lines, make)),
            ("don_vi", &|own| {
                numbered(own, units.clone(), |unit, _, own| group_unit(dossier, result, unit, (position, lines), own))
            }),
        ],
    )
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
    (group, lines): (usize, &[LineFacts]),
    wanted: &Wanted,
) -> Map<String, Value> {
    let outcome = &result.units[index];
    let unit = dossier.unit(outcome.unit);
    let figures = |facts: &LineFacts, own: &Wanted| {
        let criterion = dossier.criterion(facts.criterion);
        let mut map = object(own, [("ma", &|_| text(&criterion.code)), ("ten", &|_| text(&criterion.name))]);
        add_line_figures(&mut map, criterion, (&outcome.lines[facts.line], outcome.submitted), own);
        map
    };
    let mut map = object(wanted, [("tt", &|_| count(index + 1))]);
    unit::add_names(&mut map, unit, wanted);
    add(
        &mut map,
        wanted,
        [
            ("da_nop", &|_| Value::Bool(outcome.submitted)),
            ("diem", &|_| figure_or_empty(outcome.submitted.then_some(outcome.groups[group].points))),
            ("tieu_chi_giao", &|own| list(own, lines.iter().filter(|line| line.has_plan), figures)),
            ("tieu_chi", &|own| list(own, lines, figures)),
        ],
    );
    map
}

/// Adds a unit's figures on a line, in short; with the line whether the unit submitted.
fn add_line_figures(
    map: &mut Map<String, Value>,
    criterion: &Criterion,
    (line, submitted): (&LineResult, bool),
    wanted: &Wanted,
) {
    add(
        map,
        wanted,
        [
            ("ke_hoach", &|_| figure_or_empty(line.plan)),
            ("ket_qua", &|_| figure_or_empty(line.result.map(Reading::number))),
            ("ket_qua_chu", &|_| text(&result_words(criterion, line.result))),
            ("ty_le", &|_| figure_or_empty(line.ratio.map(hundredths))),
            ("diem", &|_| figure_or_empty((line.counts() && submitted).then_some(line.mark))),
        ],
    );
}

fn criterion(dossier: &Dossier, result: &ClusterResult, facts: &LineFacts, wanted: &Wanted) -> Map<String, Value> {
    let (line, criterion, change) = (facts.line, dossier.criterion(facts.criterion), facts.change);
    let none = Aggregate::default();
    let aggregate = result.aggregates.get(&facts.criterion).unwrap_or(&none);
    let submitted = |unit: &usize| result.units[*unit].submitted;
    let those = |test: &dyn Fn(&LineResult) -> bool| -> Vec<usize> {
        (0..result.units.len()).filter(submitted).filter(|unit| test(&result.units[*unit].lines[line])).collect()
    };
    let marks = || -> Vec<Decimal> {
        those(&|line| line.counts()).into_iter().map(|unit| result.units[unit].lines[line].mark).collect()
    };
    let below = || those(&|line| outstanding::is_below_plan(dossier, line));
    let said_no =
        || those(&|line| criterion.rule == Rule::PassFail && line.result.map(Reading::number) == Some(Decimal::ZERO));
    let beside = |units: &[usize], own: &Wanted| named(dossier, result, units, Beside::Line(line), own);
    let of_unit = |outcome: &UnitResult, own: &Wanted| {
        let mut map = unit::names(dossier.unit(outcome.unit), own);
        add(&mut map, own, [("da_nop", &|_| Value::Bool(outcome.submitted))]);
        add_line_figures(&mut map, criterion, (&outcome.lines[line], outcome.submitted), own);
        map
    };
    let group = dossier.group(criterion.group);
    let mut map = criterion_names(criterion, facts, wanted);
    add(
        &mut map,
        wanted,
        [
            ("ten_dan", &|_| text(&leading_name(&criterion.name))),
            ("cum_chua_dat", &|_| Value::Bool(facts.falls_short)),
            ("tieu_bieu", &|own| beside(&facts.outstanding, own)),
            ("diem", &|_| figure_or_empty(mean(&marks()))),
            ("ke_hoach", &|_| figure_or_empty(aggregate.plan)),
            ("ket_qua", &|_| figure_or_empty(aggregate.result)),
            ("ty_le", &|_| figure_or_empty(aggregate.ratio)),
            ("ky_truoc", &|_| figure_or_empty(aggregate.previous)),
            ("co_ky_truoc", &|_| Value::Bool(change.is_some())),
            ("tang_giam", &|_| figure_or_empty(change.map(|change| change.value))),
            ("tang_giam_chu", &|_| text(&change.map(|change| change.words()).unwrap_or_default())),
            ("co_so_lieu", &|_| Value::Bool(facts.has_figures)),
            ("duoc_neu", &|_| Value::Bool(facts.is_told)),
            ("loi_tong_hop", &|_| text(aggregation_words(&criterion.aggregation))),
            ("dem_thieu_sot", &|_| Value::Bool(matches!(criterion.rule, Rule::Deduct { .. }))),
            ("tat_ca_dat", &|_| Value::Bool(facts.of > 0 && facts.met == facts.of)),
            ("chi_mot_dat", &|_| Value::Bool(facts.of > 1 && facts.met == 1)),
            ("so_duoi_ke_hoach", &|_| count(below().len())),
            ("duoi_ke_hoach", &|own| beside(&below(), own)),
            ("so_chua_dat", &|_| count(said_no().len())),
            ("chua_dat", &|own| beside(&said_no(), own)),
            ("co_ke_hoach", &|_| Value::Bool(facts.has_plan)),
            ("ke_hoach_giao", &|_| figure_or_empty(aggregate.assigned)),
            ("theo_don_vi", &|own| list(own, &result.units, of_unit)),
            ("nhom_ma", &|_| text(&group.code)),
            ("nhom_ten", &|_| text(&group.name)),
        ],
    );
    map
}

/// `mien_cham`: every line that a unit is excused from, with its reason.
pub(super) fn waivers(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let waived = (0..result.units.len()).flat_map(|unit| {
        let lines = result.units[unit].lines.iter();
        lines.filter_map(move |line| Some((unit, dossier.criterion(line.criterion), line.waived.as_ref()?)))
    });
    numbered(wanted, waived, |(unit, criterion, waived), number, own| {
        object(
            own,
            [
                ("tt", &|_| count(number)),
                ("ma", &|_| text(&criterion.code)),
                ("ten", &|_| text(&criterion.name)),
                ("toi_da", &|_| figure_or_empty(criterion.max)),
                ("ly_do", &|_| text(&waived.reason)),
                ("don_vi", &|own| Value::Object(member(dossier, result, unit, number, own))),
            ],
        )
    })
}

/// What is said before a common figure that is no sum and no mean.
fn aggregation_words(aggregation: &Aggregation) -> &'static str {
    match aggregation {
        Aggregation::Maximum => "cao nhất ",
        Aggregation::Minimum => "thấp nhất ",
        _ => "",
    }
}

/// `xep_loai`.
pub(super) fn grades(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let ranked = result.units.iter().filter(|unit| unit.rank.is_some()).count();
    numbered(wanted, &dossier.grades, |grade, number, own| {
        let units: Vec<usize> =
            result.ranking.iter().copied().filter(|unit| result.units[*unit].grade == Some(number - 1)).collect();
        let share = Decimal::from(units.len() * 100).checked_div(Decimal::from(ranked)).map(hundredths);
        object(
            own,
            [
                ("tt", &|_| count(number)),
                ("ten", &|_| text(&grade.name)),
                ("so_luong", &|_| count(units.len())),
                ("ty_le", &|_| figure_or_empty(share)),
                ("tu_diem", &|_| figure_or_empty(grade.from)),
                ("don_vi", &|own| members(dossier, result, &units, own)),
            ],
        )
    })
}

/// Whether more units are proposed for an award than its number.
pub(super) fn needs_vote(dossier: &Dossier, award: usize, units: &[usize]) -> bool {
    dossier.awards[award].number.is_some_and(|number| units.len() > number)
}

/// `khen_thuong`: the awards somebody is proposed for, or those nobody is.
pub(super) fn awards(dossier: &Dossier, result: &ClusterResult, proposed: bool, wanted: &Wanted) -> Value {
    let kept = result.awards.iter().filter(|(_, units)| units.is_empty() != proposed);
    numbered(wanted, kept, |(award, units), number, own| {
        object(
            own,
            [
                ("tt", &|_| count(number)),
                ("hinh_thuc", &|_| text(&dossier.awards[*award].name)),
                ("so_luong", &|_| count(units.len())),
                ("chi_tieu", &|_| dossier.awards[*award].number.map_or(Value::Null, count)),
                ("can_bieu_quyet", &|_| Value::Bool(needs_vote(dossier, *award, units))),
                ("don_vi", &|own| members(dossier, result, units, own)),
            ],
        )
    })
}

/// `de_nghi_khen`: the same as one list, numbered through.
pub(super) fn proposed(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    let pairs = result.awards.iter().flat_map(|(award, units)| units.iter().map(move |unit| (*award, units, *unit)));
    numbered(wanted, pairs, |(award, units, unit), number, own| {
        let mut map = member(dossier, result, unit, number, own);
        add(
            &mut map,
            own,
            [
                ("hinh_thuc", &|_| text(&dossier.awards[award].name)),
                ("can_bieu_quyet", &|_| Value::Bool(needs_vote(dossier, award, units))),
            ],
        );
        map
    })
}

/// `dong_diem`.
pub(super) fn ties(dossier: &Dossier, result: &ClusterResult, wanted: &Wanted) -> Value {
    list(wanted, &result.ties, |tie, own| {
        let total = tie.units.first().map(|unit| result.units[*unit].total);
        object(
            own,
            [
                ("hang", &|_| figure_or_empty(Some(Decimal::from(tie.rank)))),
                ("tong", &|_| figure_or_empty(total)),
                ("so_luong", &|_| count(tie.units.len())),
                ("don_vi", &|own| members(dossier, result, &tie.units, own)),
            ],
        )
    })
}
