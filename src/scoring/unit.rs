//! One unit: its lines put together into groups and the total.

use rust_decimal::Decimal;

use super::arithmetic::sum;
use super::line;
use super::result::{GroupResult, LineResult, UnitResult};
use super::rule;
use super::standing::Standing;
use crate::dossier::{CriterionId, GroupId, GroupKind, Rule, UnitId};
use crate::finding::Finding;
use crate::finding::catalogue::scoring as codes;

/// Scores a unit; rank, class and awards come later. A unit that did not submit has no marks.
pub(super) fn score(standing: &Standing, unit: UnitId, findings: &mut Vec<Finding>) -> UnitResult {
    let Some(submission) = standing.submissions.get(&unit) else { return absent(standing, unit, findings) };
    let lines: Vec<LineResult> =
        standing.lines().map(|criterion| line::score(standing, unit, criterion, findings)).collect();
    note_empty_lines(standing, unit, &lines, findings);
    let mut result = put_together(standing, unit, lines, findings);
    result.submitted = true;
    result.disqualified = answered_yes(standing, &result.lines, &Rule::Disqualify).next().is_some();
    result.narratives = submission.narratives.clone();
    for criterion in answered_yes(standing, &result.lines, &Rule::Disqualify) {
        let place = standing.place(unit, criterion);
        let what = "câu trả lời là có, nên đơn vị không được xếp hạng, xếp loại.";
        findings.push(standing.line_finding(&codes::DISQUALIFIED, place, unit, criterion, what));
    }
    result
}

/// Lines of a rule that the unit answered with yes.
pub(super) fn answered_yes<'a>(
    standing: &'a Standing,
    lines: &'a [LineResult],
    rule: &'a Rule,
) -> impl Iterator<Item = CriterionId> + 'a {
    lines
        .iter()
        .filter(move |line| standing.criterion(line.criterion).rule == *rule)
        .filter(|line| line.result.and_then(rule::is_yes) == Some(true))
        .map(|line| line.criterion)
}

fn absent(standing: &Standing, unit: UnitId, findings: &mut Vec<Finding>) -> UnitResult {
    let member = standing.unit(unit);
    let message = format!("{} chưa có báo cáo, nên không được chấm, xếp hạng và xếp loại.", member.name);
    findings.push(standing.unit_finding(&codes::NOT_SUBMITTED, member.place.clone(), unit, message));
    let lines = standing.lines().map(|criterion| line::absent(standing, unit, criterion)).collect();
    put_together(standing, unit, lines, findings)
}

/// Groups and totals. Every figure that grows beyond reckoning counts as 0 and is reported once.
fn put_together(standing: &Standing, unit: UnitId, lines: Vec<LineResult>, findings: &mut Vec<Finding>) -> UnitResult {
    let mut too_large = false;
    let mut groups = Vec::with_capacity(standing.scheme.len());
    let mut start = 0;
    for (group, criteria) in &standing.scheme {
        let end = start + criteria.len();
        groups.push(group_result(standing, *group, &lines[start..end], &mut too_large));
        start = end;
    }
    let mut of_kind = |kind: GroupKind, points: fn(&GroupResult) -> Option<Decimal>| {
        let marks = groups.iter().filter(|group| standing.dossier.group(group.group).kind == kind).filter_map(points);
        sum(marks).unwrap_or_else(|| {
            too_large = true;
            Decimal::ZERO
        })
    };
    let mut total_of = |points: fn(&GroupResult) -> Option<Decimal>| {
        let [base, bonus, deduction] =
            [GroupKind::Ordinary, GroupKind::Bonus, GroupKind::Deduction].map(|kind| of_kind(kind, points));
        let total = base.checked_add(bonus).and_then(|sum| sum.checked_sub(deduction));
        (base, bonus, deduction, total)
    };
    let (base, bonus, deduction, total) = total_of(|group| Some(group.points));
    let (.., self_total) = total_of(|group| group.self_points);
    let has_self_marks = groups.iter().any(|group| group.self_points.is_some());
    if too_large || total.is_none() || self_total.is_none() {
        let place = standing.submissions.get(&unit).map(|submission| submission.place.clone()).unwrap_or_default();
        let message = format!("{}: tổng điểm quá lớn, không cộng được.", standing.unit(unit).name);
        findings.push(standing.unit_finding(&codes::FIGURE_TOO_LARGE, place, unit, message));
    }
    UnitResult {
        unit,
        submitted: false,
        disqualified: false,
        rank: None,
        total: total.unwrap_or_default(),
        base,
        bonus,
        deduction,
        self_total: self_total.filter(|_| has_self_marks),
        grade: None,
        awards: Vec::new(),
        groups,
        lines,
        narratives: Vec::new(),
    }
}

fn group_result(standing: &Standing, id: GroupId, lines: &[LineResult], too_large: &mut bool) -> GroupResult {
    let group = standing.dossier.group(id);
    let cap = group.max.filter(|_| group.kind != GroupKind::Ordinary);
    let capped = |sum: Decimal| cap.map_or(sum, |cap| sum.min(cap));
    let total = sum(lines.iter().map(|line| line.mark)).unwrap_or_else(|| {
        *too_large = true;
        Decimal::ZERO
    });
    let own: Vec<Decimal> = lines.iter().filter(|line| line.scored).filter_map(|line| line.self_mark).collect();
    let of_lines = || sum(lines.iter().filter_map(|line| standing.criterion(line.criterion).max));
    GroupResult {
        group: id,
        sum: total,
        points: capped(total),
        max: group.max.or_else(|| of_lines().filter(|_| group.kind == GroupKind::Ordinary)),
        self_points: if own.is_empty() { None } else { sum(own).map(capped) },
    }
}

/// One note for a unit that left lines of bonus and deduction groups empty: they count as nothing.
fn note_empty_lines(standing: &Standing, unit: UnitId, lines: &[LineResult], findings: &mut Vec<Finding>) {
    let empty: Vec<&str> = lines
        .iter()
        .filter(|line| line.scored && standing.kind(line.criterion) != GroupKind::Ordinary)
        .filter(|line| line.verified.is_none() && line.source.is_none() && line.self_mark.is_none())
        .filter(|line| line.computed.is_some())
        .map(|line| standing.criterion(line.criterion).code.as_str())
        .collect();
    if empty.is_empty() {
        return;
    }
    let place = standing.submissions.get(&unit).map(|submission| submission.place.clone()).unwrap_or_default();
    let message = format!(
        "{} để trống các dòng thưởng, trừ {}; được hiểu là không có.",
        standing.unit(unit).name,
        empty.join(", ")
    );
    findings.push(standing.unit_finding(&codes::EMPTY_TAKEN_AS_NONE, place, unit, message));
}
