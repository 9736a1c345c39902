//! What people miss when they look at one cell at a time: figures that do not go together. Warnings only; no value is
//! changed here, and no mark is computed.

use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};

use super::{Reading, Submission, SubmittedLine};
use crate::dossier::{ClusterId, Criterion, CriterionId, Dossier, GroupKind, Rule, Sourced};
use crate::finding::catalogue::intake as codes;
use crate::finding::{Code, Finding, Place};
use crate::vietnamese::{self, fold};

/// A result is not compared with last year's where both are below this.
const SMALL: i64 = 20;
/// Equal figures that make two submissions one and the same, and how many of them must tell units apart.
const EQUAL_FIGURES: usize = 6;
const TELLING_FIGURES: usize = 3;

/// Looks across the lines of each submission and across submissions.
pub fn cross_check(dossier: &Dossier, submissions: &[Submission]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let shares: Vec<bool> = dossier.criteria.iter().map(is_share).collect();
    let mut wholes: HashMap<ClusterId, Vec<(CriterionId, CriterionId)>> = HashMap::new();
    for submission in submissions {
        let cluster = dossier.unit(submission.unit).cluster;
        let wholes = wholes.entry(cluster).or_insert_with(|| parts(dossier, cluster));
        let check = Check { dossier, submission, shares: &shares };
        check.report_date(&mut findings);
        for (criterion, line) in &submission.lines {
            check.self_mark(*criterion, line, &mut findings);
            check.share(*criterion, line, &mut findings);
            check.change(*criterion, line, &mut findings);
        }
        check.parts(wholes, &mut findings);
    }
    same_figures(dossier, submissions, &mut findings);
    findings
}

struct Check<'a> {
    dossier: &'a Dossier,
    submission: &'a Submission,
    /// Of each criterion, whether it is a part of a whole in per cent.
    shares: &'a [bool],
}

impl Check<'_> {
    fn finding(&self, code: &'static Code, criterion: CriterionId, place: Place, message: String) -> Finding {
        let unit = &self.dossier.unit(self.submission.unit).code;
        Finding::new(code, place, message).unit(unit).criterion(&self.dossier.criterion(criterion).code)
    }

    fn report_date(&self, findings: &mut Vec<Finding>) {
        let (Some(told), Some(deadline)) = (&self.submission.report_date, self.dossier.information.deadline) else {
            return;
        };
        if told.value <= deadline {
            return;
        }
        let (date, deadline) = (vietnamese::short_date(told.value), vietnamese::short_date(deadline));
        let unit = self.dossier.unit(self.submission.unit);
        let message = format!("Báo cáo của {} ghi ngày {date}, sau hạn nộp {deadline}.", unit.name);
        let finding = Finding::new(&codes::LATE, told.source.place(), message);
        findings.push(finding.unit(&unit.code).found(date).expected(deadline));
    }

    fn self_mark(&self, id: CriterionId, line: &SubmittedLine, findings: &mut Vec<Finding>) {
        let criterion = self.dossier.criterion(id);
        let (Some(mark), Some(max)) = (&line.self_mark, criterion.max) else { return };
        // a mark given directly is judged where marks are computed
        if mark.value <= max || criterion.rule == Rule::Direct {
            return;
        }
        let (value, max) = (vietnamese::number(mark.value), vietnamese::number(max));
        let message = format!(
            "Ô {} tự chấm {value} điểm cho tiêu chí {}, trong khi điểm tối đa là {max}.",
            mark.source.cell, criterion.code
        );
        let finding = self.finding(&codes::MARK_ABOVE_MAXIMUM, id, mark.source.place(), message);
        findings.push(finding.found(value).expected(format!("không quá {max}")));
    }

    fn share(&self, id: CriterionId, line: &SubmittedLine, findings: &mut Vec<Finding>) {
        let criterion = self.dossier.criterion(id);
        let Some((value, result)) = figure(line) else { return };
        let planned_above = line.plan.as_ref().is_some_and(|plan| plan.value > Decimal::ONE_HUNDRED);
        if !self.shares[id.0] || value <= Decimal::ONE_HUNDRED || planned_above {
            return;
        }
        let value = vietnamese::percent(value);
        let message =
            format!("Ô {} ghi {value} cho “{}”; một tỷ lệ không thể quá 100%.", result.source.cell, criterion.name);
        let finding = self.finding(&codes::SHARE_ABOVE_WHOLE, id, result.source.place(), message);
        findings.push(finding.found(value).expected("không quá 100%"));
    }

    fn change(&self, id: CriterionId, line: &SubmittedLine, findings: &mut Vec<Finding>) {
        let last_year = self.dossier.information.year - 1;
        let Some(past) = self.dossier.past.get(&(last_year, self.submission.unit, id)) else { return };
        let Some((value, result)) = figure(line) else { return };
        let (before, small) = (past.value, Decimal::from(SMALL));
        let times = self.dossier.information.steep_change;
        let grown = |from: Decimal, to: Decimal| {
            from > Decimal::ZERO && from.checked_mul(times).is_some_and(|bound| to > bound)
        };
        if times.is_zero() || value.max(before) < small || !(grown(before, value) || grown(value, before)) {
            return;
        }
        let criterion = self.dossier.criterion(id);
        let (value, before) = (vietnamese::number(value), vietnamese::number(before));
        let message =
            format!("Ô {} (tiêu chí {}) ghi {value}, năm {last_year} là {before}.", result.source.cell, criterion.code);
        let finding = self.finding(&codes::STEEP_CHANGE, id, result.source.place(), message);
        findings.push(finding.found(value).expected(format!("gần với {before}")));
    }

    /// Lines that begin with “Trong đó” against the lines that they are parts of.
    fn parts(&self, parts: &[(CriterionId, CriterionId)], findings: &mut Vec<Finding>) {
        for (id, whole) in parts.iter().copied() {
            let of = |id| self.submission.lines.get(&id).and_then(figure);
            let (Some((part, result)), Some((all, _))) = (of(id), of(whole)) else { continue };
            if part <= all {
                continue;
            }
            let (part, all) = (vietnamese::number(part), vietnamese::number(all));
            let message = format!(
                "Ô {} (“{}”) ghi {part}, lớn hơn “{}” là {all}.",
                result.source.cell,
                self.dossier.criterion(id).name,
                self.dossier.criterion(whole).name
            );
            let finding = self.finding(&codes::PART_ABOVE_WHOLE, id, result.source.place(), message);
            findings.push(finding.found(part).expected(format!("không quá {all}")));
        }
    }
}

/// The lines of a cluster that begin with “Trong đó”, each with the line above it that does not.
fn parts(dossier: &Dossier, cluster: ClusterId) -> Vec<(CriterionId, CriterionId)> {
    let mut parts = Vec::new();
    for (_, lines) in dossier.scheme(cluster) {
        let mut whole: Option<CriterionId> = None;
        for id in lines {
            let criterion = dossier.criterion(id);
            if !fold(&criterion.name).starts_with("trongdo") {
                whole = Some(id);
            } else if let Some(whole) = whole.filter(|it| dossier.criterion(*it).measure == criterion.measure) {
                parts.push((id, whole));
            }
        }
    }
    parts
}

/// The figure of a line's result; none for yes, no and nothing.
fn figure(line: &SubmittedLine) -> Option<(Decimal, &Sourced<Reading>)> {
    match &line.result {
        Some(result) => match result.value {
            Reading::Number(value) => Some((value, result)),
            Reading::Yes | Reading::No => None,
        },
        None => None,
    }
}

/// Whether a line is a part of a whole in per cent, and not a growth or how far a plan was met.
fn is_share(criterion: &Criterion) -> bool {
    let name = fold(&criterion.name);
    let other = ["sovoi", "tang", "giam", "vuot", "kehoach", "chitieu", "hoanthanh"];
    criterion.is_percent() && name.starts_with("tile") && !other.iter().any(|word| name.contains(word))
}

/// Submissions whose figures are all the same.
fn same_figures(dossier: &Dossier, submissions: &[Submission], findings: &mut Vec<Finding>) {
    let figures = |submission: &Submission| -> Vec<(CriterionId, Decimal)> {
        submission.lines.iter().filter_map(|(id, line)| Some((*id, figure(line)?.0.normalize()))).collect()
    };
    let all: Vec<Vec<(CriterionId, Decimal)>> = submissions.iter().map(figures).collect();
    let usual = [Decimal::ZERO, Decimal::ONE, Decimal::ONE_HUNDRED];
    let mut firsts: HashMap<&[(CriterionId, Decimal)], usize> = HashMap::new();
    for (second, submission) in submissions.iter().enumerate() {
        let first = *firsts.entry(all[second].as_slice()).or_insert(second);
        let telling: BTreeSet<Decimal> =
            all[second].iter().map(|(_, value)| *value).filter(|value| !usual.contains(value)).collect();
        if all[second].len() < EQUAL_FIGURES || telling.len() < TELLING_FIGURES {
            continue;
        }
        if first == second {
            continue;
        }
        let (one, other) = (dossier.unit(submissions[first].unit), dossier.unit(submission.unit));
        let message = format!(
            "{} kết quả của {} giống hệt của {} ({}).",
            all[second].len(),
            other.name,
            one.name,
            submissions[first].place
        );
        let finding = Finding::new(&codes::SAME_FIGURES, submission.place.clone(), message);
        findings.push(finding.unit(&other.code).found(format!("giống {}", one.name)));
    }
}

/// The total of self marks that a unit wrote, against the sum of its own lines. Caps of groups may or may not have been
/// thought of, so either sum is right.
pub(super) fn check_total(dossier: &Dossier, submission: &Submission, total: &Sourced<Decimal>) -> Option<Finding> {
    let cluster = dossier.unit(submission.unit).cluster;
    let (mut capped, mut plain) = (Decimal::ZERO, Decimal::ZERO);
    for (id, lines) in dossier.scheme(cluster) {
        let group = dossier.group(id);
        let mut sum = Decimal::ZERO;
        for mark in lines.iter().filter_map(|line| submission.lines.get(line)?.self_mark.as_ref()) {
            sum = sum.checked_add(mark.value)?;
        }
        let within = match (group.kind, group.max) {
            (GroupKind::Bonus | GroupKind::Deduction, Some(max)) => sum.min(max),
            _ => sum,
        };
        let sign = if group.kind == GroupKind::Deduction { Decimal::NEGATIVE_ONE } else { Decimal::ONE };
        capped = capped.checked_add(within.checked_mul(sign)?)?;
        plain = plain.checked_add(sum.checked_mul(sign)?)?;
    }
    if total.value == capped || total.value == plain || plain.is_zero() {
        return None;
    }
    let (written, sum) = (vietnamese::number(total.value), vietnamese::number(capped));
    let message =
        format!("Ô {} ghi tổng điểm tự chấm {written}, trong khi các dòng cộng lại là {sum}.", total.source.cell);
    let finding = Finding::new(&codes::WRONG_TOTAL, total.source.place(), message);
    Some(finding.unit(&dossier.unit(submission.unit).code).found(written).expected(sum))
}
