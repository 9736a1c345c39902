//! What is known of a cluster before any mark is given: whose submissions there are, and the leader of each line.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

use crate::dossier::{
    ClusterId, Criterion, CriterionId, Dossier, GroupId, GroupKind, Rule, Source, Unit, UnitId, Waiver, WaiverEffect,
};
use crate::finding::{Code, Finding, Place};
use crate::intake::{Reading, Submission};

/// The cluster with its submissions, as the stages of scoring look at it.
pub(super) struct Standing<'a> {
    pub dossier: &'a Dossier,
    pub cluster: ClusterId,
    pub scheme: Vec<(GroupId, Vec<CriterionId>)>,
    /// In protocol order.
    pub units: Vec<UnitId>,
    pub submissions: BTreeMap<UnitId, &'a Submission>,
    /// Of each line `So với dẫn đầu` the greatest result among those that submitted.
    pub leaders: BTreeMap<CriterionId, Decimal>,
    /// Lines for which at least one unit has a plan above 0.
    pub planned: BTreeSet<CriterionId>,
}

impl<'a> Standing<'a> {
    /// Of a cluster with these units. Takes the cluster's own submissions out of all. A unit with two has none: neither is taken by chance.
    pub fn new(dossier: &'a Dossier, cluster: ClusterId, units: Vec<UnitId>, submissions: &'a [Submission]) -> Self {
        let members: BTreeSet<UnitId> = units.iter().copied().collect();
        let mut own: BTreeMap<UnitId, &Submission> = BTreeMap::new();
        let mut twice = BTreeSet::new();
        for submission in submissions.iter().filter(|submission| members.contains(&submission.unit)) {
            if own.insert(submission.unit, submission).is_some() {
                twice.insert(submission.unit);
            }
        }
        own.retain(|unit, _| !twice.contains(unit));

        let mut standing = Standing {
            dossier,
            cluster,
            scheme: dossier.scheme(cluster),
            units,
            submissions: own,
            leaders: BTreeMap::new(),
            planned: BTreeSet::new(),
        };
        let lines: Vec<CriterionId> = standing.lines().collect();
        standing.leaders = lines.iter().filter_map(|line| Some((*line, standing.greatest(*line)?))).collect();
        standing.planned = lines.into_iter().filter(|line| standing.has_plans(*line)).collect();
        standing
    }

    /// Every line that applies, in the order of rows.
    pub fn lines(&self) -> impl Iterator<Item = CriterionId> + '_ {
        self.scheme.iter().flat_map(|(_, lines)| lines.iter().copied())
    }

    /// The plan that counts: the sheet Chỉ tiêu wins over the submission.
    pub fn plan(&self, unit: UnitId, line: CriterionId) -> Option<Decimal> {
        self.dossier.targets.value(unit, line).or_else(|| {
            let plan = self.submissions.get(&unit)?.lines.get(&line)?.plan.as_ref()?;
            Some(plan.value)
        })
    }

    pub fn result(&self, unit: UnitId, line: CriterionId) -> Option<Reading> {
        self.submissions.get(&unit)?.lines.get(&line)?.result.as_ref().map(|result| result.value)
    }

    /// Sheet Miễn chấm.
    pub fn waiver(&self, unit: UnitId, line: CriterionId) -> Option<&'a Waiver> {
        self.dossier.waivers.get(&(unit, line))
    }

    /// Whether waived lines of this one's group leave a unit's scale.
    pub fn leaves_scale(&self, line: CriterionId) -> bool {
        self.dossier.information.waiver_effect == WaiverEffect::Convert && self.kind(line) == GroupKind::Ordinary
    }

    /// The result of a past year.
    pub fn past(&self, year: i32, unit: UnitId, line: CriterionId) -> Option<Decimal> {
        self.dossier.past.get(&(year, unit, line)).map(|past| past.value)
    }

    pub fn criterion(&self, line: CriterionId) -> &'a Criterion {
        self.dossier.criterion(line)
    }

    pub fn unit(&self, unit: UnitId) -> &'a Unit {
        self.dossier.unit(unit)
    }

    pub fn kind(&self, line: CriterionId) -> GroupKind {
        self.dossier.group(self.criterion(line).group).kind
    }

    /// A finding about this cluster.
    pub fn finding(&self, code: &'static Code, place: Place, message: impl Into<String>) -> Finding {
        Finding::new(code, place, message).cluster(self.dossier.cluster(self.cluster).code.clone())
    }

    /// A finding about one unit.
    pub fn unit_finding(&self, code: &'static Code, place: Place, unit: UnitId, message: impl Into<String>) -> Finding {
        self.finding(code, place, message).unit(self.unit(unit).code.clone())
    }

    /// A finding about one line of one unit; the message is `{unit}, tiêu chí {code}: {what}`.
    pub fn line_finding(
        &self,
        code: &'static Code,
        place: Place,
        unit: UnitId,
        line: CriterionId,
        what: &str,
    ) -> Finding {
        let criterion = self.criterion(line);
        let message = format!("{}, tiêu chí {} ({}): {what}", self.unit(unit).name, criterion.code, criterion.name);
        self.unit_finding(code, place, unit, message).criterion(criterion.code.clone())
    }

    /// The place where finding about a unit's line points to, when no better cell is known: the cell of the result,
    /// else the submission, else the row that defines the unit.
    pub fn place(&self, unit: UnitId, line: CriterionId) -> Place {
        let Some(submission) = self.submissions.get(&unit) else { return self.unit(unit).place.clone() };
        let Some(submitted) = submission.lines.get(&line) else { return submission.place.clone() };
        submitted
            .result
            .as_ref()
            .map(|result| &result.source)
            .or(submitted.place.as_ref())
            .map_or_else(|| submission.place.clone(), Source::place)
    }

    fn greatest(&self, line: CriterionId) -> Option<Decimal> {
        if self.criterion(line).rule != Rule::AgainstLeader {
            return None;
        }
        self.submissions
            .keys()
            .filter(|unit| self.waiver(**unit, line).is_none())
            .filter_map(|unit| match self.result(*unit, line)? {
                Reading::Number(value) => Some(value),
                Reading::Yes | Reading::No => None,
            })
            .max()
    }

    fn has_plans(&self, line: CriterionId) -> bool {
        self.units.iter().any(|unit| self.plan(*unit, line).is_some_and(|plan| plan > Decimal::ZERO))
    }
}
