//! What people miss when they look at one cell at a time: figures that do not go together. Warnings only; no value is
//! changed here, and no mark is computed.

use rust_decimal::Decimal;
use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::OnceLock;

use super::packed::Bytes;
use super::{Reading, Submission, SubmittedLine};
use crate::dossier::{ClusterId, Criterion, CriterionId, Dossier, GroupKind, Rule, Sourced, UnitId};
use crate::finding::catalogue::intake as codes;
use crate::finding::{Code, Finding, Place};
use crate::vietnamese::{self, fold};

/// A result is not compared with last year's where both are below this.
const SMALL: i64 = 20;
/// Equal figures that make two submissions one and the same, and how many of them must tell units apart.
const EQUAL_FIGURES: usize = 6;
const TELLING_FIGURES: usize = 3;

/// Looks across the lines of each submission while it is whole; built once for a dossier, used on any thread.
pub struct CrossCheck<'a> {
    dossier: &'a Dossier,
    /// Of each criterion, whether it is a part of a whole in per cent, and whether it begins with “Trong đó”.
    shares: Vec<bool>,
    parts: Vec<bool>,
    /// By cluster: its lines that are parts, each with its whole.
    wholes: Vec<OnceLock<Vec<(CriterionId, CriterionId)>>>,
}

/// A submission that waits for its cluster's turn, with what was seen while it was whole.
#[derive(Clone, Debug)]
pub struct Packed {
    pub unit: UnitId,
    bytes: Bytes,
    /// What its own lines tell.
    findings: Vec<Finding>,
    /// Of its figures, where they tell units apart.
    fingerprint: Option<u64>,
}

impl Packed {
    /// The submission as it was.
    pub fn unpack(&self) -> Submission {
        self.bytes.unpack(self.unit)
    }
}

impl<'a> CrossCheck<'a> {
    pub fn new(dossier: &'a Dossier) -> Self {
        let is_part = |criterion: &Criterion| fold(&criterion.name).starts_with("trongdo");
        CrossCheck {
            dossier,
            shares: dossier.criteria.iter().map(is_share).collect(),
            parts: dossier.criteria.iter().map(is_part).collect(),
            wholes: dossier.clusters.iter().map(|_| OnceLock::new()).collect(),
        }
    }

    /// Looks through a submission and packs it.
    pub fn pack(&self, submission: &Submission) -> Packed {
        let mut findings = Vec::new();
        let check = Check { dossier: self.dossier, submission, shares: &self.shares };
        check.report_date(&mut findings);
        for (criterion, line) in &submission.lines {
            check.self_mark(*criterion, line, &mut findings);
            check.share(*criterion, line, &mut findings);
            check.change(*criterion, line, &mut findings);
        }
        let cluster = self.dossier.unit(submission.unit).cluster;
        if let Some(wholes) = self.wholes.get(cluster.0) {
            check.parts(wholes.get_or_init(|| self.wholes(cluster)), &mut findings);
        }
        let (bytes, fingerprint) = (Bytes::pack(submission), fingerprint(submission));
        Packed { unit: submission.unit, bytes, findings, fingerprint }
    }

    /// The lines of a cluster that begin with “Trong đó”, each with the line above it that does not.
    fn wholes(&self, cluster: ClusterId) -> Vec<(CriterionId, CriterionId)> {
        let mut parts = Vec::new();
        if !self.parts.contains(&true) {
            return parts;
        }
        for (_, lines) in self.dossier.scheme(cluster) {
            let mut whole: Option<CriterionId> = None;
            for id in lines {
                let measure = &self.dossier.criterion(id).measure;
                if !self.parts[id.0] {
                    whole = Some(id);
                } else if let Some(whole) = whole.filter(|it| self.dossier.criterion(*it).measure == *measure) {
                    parts.push((id, whole));
                }
            }
        }
        parts
    }
}

/// What cross checks tell of submissions: of each what its own lines tell, in the order given, then which have all their
/// figures in common.
pub fn cross_findings(dossier: &Dossier, submissions: &mut [Packed]) -> Vec<Finding> {
    let own = submissions.iter_mut().flat_map(|submission| std::mem::take(&mut submission.findings));
    let mut findings: Vec<Finding> = own.collect();
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

/// The figures of a submission's results, by which two that are one and the same are known.
fn figures(submission: &Submission) -> Vec<(CriterionId, Decimal)> {
    submission.lines.iter().filter_map(|(id, line)| Some((*id, figure(line)?.0.normalize()))).collect()
}

/// A digest of those figures; none where there are too few, or too usual ones, to tell units apart.
fn fingerprint(submission: &Submission) -> Option<u64> {
    let figures = figures(submission);
    let usual = [Decimal::ZERO, Decimal::ONE, Decimal::ONE_HUNDRED];
    let telling: BTreeSet<Decimal> =
        figures.iter().map(|(_, value)| *value).filter(|value| !usual.contains(value)).collect();
    if figures.len() < EQUAL_FIGURES || telling.len() < TELLING_FIGURES {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    figures.hash(&mut hasher);
    Some(hasher.finish())
}

/// Submissions whose figures are all the same.
fn same_figures(dossier: &Dossier, submissions: &[Packed], findings: &mut Vec<Finding>) {
    // the first of all that have the same figures; with one fingerprint there may by chance be several
    let mut firsts: HashMap<u64, Vec<usize>> = HashMap::new();
    for (second, packed) in submissions.iter().enumerate() {
        let Some(fingerprint) = packed.fingerprint else { continue };
        let firsts = firsts.entry(fingerprint).or_default();
        if firsts.is_empty() {
            firsts.push(second);
            continue;
        }
        let submission = packed.unpack();
        let own = figures(&submission);
        let alike = firsts.iter().map(|first| submissions[*first].unpack()).find(|first| figures(first) == own);
        let Some(first) = alike else {
            firsts.push(second);
            continue;
        };
        let (one, other) = (dossier.unit(first.unit), dossier.unit(submission.unit));
        let message = format!("{} kết quả của {} giống hệt của {} ({}).", own.len(), other.name, one.name, first.place);
        let finding = Finding::new(&codes::SAME_FIGURES, submission.place, message);
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
