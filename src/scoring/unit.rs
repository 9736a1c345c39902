//! One unit: its lines put together into groups and the total.

use rust_decimal::Decimal;

use super::arithmetic::{round, sum};
use super::line;
use super::result::{Conversion, GroupResult, LineResult, UnitResult};
use super::rule;
use super::standing::Standing;
use crate::dossier::{CriterionId, GroupId, GroupKind, Rule, UnitId, WaiverEffect};
use crate::finding::Finding;
use crate::finding::catalogue::scoring as codes;

/// Scores a unit; rank, class and awards come later. A unit that did not submit has no marks.
pub(super) fn score(standing: &Standing, unit: UnitId, findings: &mut Vec<Finding>) -> UnitResult {
    let Some(submission) = standing.submissions.get(&unit) else { return absent(standing, unit, findings) };
    let mut lines: Vec<LineResult> =
        standing.lines().map(|criterion| line::score(standing, unit, criterion, findings)).collect();
    count_self_marks(standing, &mut lines);
    note_waived_lines(standing, unit, &lines, findings);
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
    let scale = Scale::of(standing, unit, &groups, findings);
    let mut total_of = |points: fn(&GroupResult) -> Option<Decimal>| {
        let [sum, bonus, deduction] =
            [GroupKind::Ordinary, GroupKind::Bonus, GroupKind::Deduction].map(|kind| of_kind(kind, points));
        let base = scale.convert(sum, standing.dossier.information.decimals)?;
        let total = base.checked_add(bonus).and_then(|sum| sum.checked_sub(deduction));
        Some((sum, base, bonus, deduction, total?))
    };
    let own = total_of(|group| Some(group.points));
    let self_total = total_of(|group| group.self_points).map(|(.., total)| total);
    let has_self_marks = groups.iter().any(|group| group.self_points.is_some());
    if too_large || own.is_none() || self_total.is_none() {
        let place = standing.submissions.get(&unit).map(|submission| submission.place.clone()).unwrap_or_default();
        let message = format!("{}: tổng điểm quá lớn, không cộng được.", standing.unit(unit).name);
        findings.push(standing.unit_finding(&codes::FIGURE_TOO_LARGE, place, unit, message));
    }
    let (sum, base, bonus, deduction, total) = own.unwrap_or_default();
    UnitResult {
        unit,
        submitted: false,
        disqualified: false,
        rank: None,
        total,
        base,
        conversion: scale.conversion(sum),
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
    let own: Vec<Decimal> = lines.iter().filter_map(|line| line.self_counted).collect();
    let left_out = lines.iter().filter(|line| line.waived.as_ref().is_some_and(|waived| waived.left_out));
    let left_out = sum(left_out.filter_map(|line| standing.criterion(line.criterion).max));
    let of_lines = || sum(lines.iter().filter_map(|line| standing.criterion(line.criterion).max));
    GroupResult {
        group: id,
        sum: total,
        points: capped(total),
        max: group.max.or_else(|| of_lines().filter(|_| group.kind == GroupKind::Ordinary)),
        left_out: left_out.unwrap_or_default(),
        self_points: if own.is_empty() { None } else { sum(own).map(capped) },
    }
}

/// The scale of a unit's ordinary lines: the maxima of all of them, and of those that are not waived.
struct Scale {
    whole: Decimal,
    left: Decimal,
}

impl Scale {
    fn of(standing: &Standing, unit: UnitId, groups: &[GroupResult], findings: &mut Vec<Finding>) -> Self {
        let ordinary = standing.lines().filter(|line| standing.kind(*line) == GroupKind::Ordinary);
        let whole = sum(ordinary.filter_map(|line| standing.criterion(line).max)).unwrap_or_default();
        let left_out = sum(groups.iter().map(|group| group.left_out)).unwrap_or_default();
        let left = whole.checked_sub(left_out).unwrap_or_default().max(Decimal::ZERO);
        if left_out > Decimal::ZERO && left.is_zero() {
            let place = standing.unit(unit).place.clone();
            let message = format!("{} được miễn chấm mọi dòng, không còn gì để quy đổi.", standing.unit(unit).name);
            findings.push(standing.unit_finding(&codes::EVERYTHING_WAIVED, place, unit, message));
        }
        Scale { whole, left }
    }

    /// A sum of points on what is left, on the whole; none where the figures are too large.
    fn convert(&self, sum: Decimal, decimals: u32) -> Option<Decimal> {
        if self.left == self.whole {
            return Some(sum);
        }
        if self.left.is_zero() {
            return Some(Decimal::ZERO);
        }
        Some(round(sum.checked_mul(self.whole)?.checked_div(self.left)?, decimals))
    }

    fn conversion(&self, sum: Decimal) -> Option<Conversion> {
        (self.left != self.whole).then_some(Conversion { sum, scale: self.whole, left: self.left })
    }
}

/// A waived line that counts full counts so on the unit's own side too, where the unit gave itself any mark.
fn count_self_marks(standing: &Standing, lines: &mut [LineResult]) {
    if !lines.iter().any(|line| line.waived.is_none() && line.self_mark.is_some()) {
        return;
    }
    for line in lines.iter_mut().filter(|line| line.waived.is_some()) {
        let counts_full = line.counts() && standing.kind(line.criterion) == GroupKind::Ordinary;
        line.self_counted = counts_full.then_some(line.mark);
    }
}

/// One note for a unit with the lines it is excused from and why.
fn note_waived_lines(standing: &Standing, unit: UnitId, lines: &[LineResult], findings: &mut Vec<Finding>) {
    let waived = lines.iter().filter_map(|line| Some((standing.criterion(line.criterion), line.waived.as_ref()?)));
    let words: Vec<String> = waived
        .map(|(criterion, waived)| match waived.reason.as_str() {
            "" => criterion.code.clone(),
            reason => format!("{} ({reason})", criterion.code),
        })
        .collect();
    let first = lines.iter().find(|line| line.waived.is_some());
    let Some(waiver) = first.and_then(|line| standing.waiver(unit, line.criterion)) else { return };
    let effect = match standing.dossier.information.waiver_effect {
        WaiverEffect::Convert => "điểm các nhóm được quy đổi theo các dòng còn lại",
        WaiverEffect::CountFull => "các dòng ấy được tính đủ điểm",
    };
    let message = format!("{} được miễn chấm {}; {effect}.", standing.unit(unit).name, words.join(", "));
    findings.push(standing.unit_finding(&codes::LINES_WAIVED, waiver.source.place(), unit, message));
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
