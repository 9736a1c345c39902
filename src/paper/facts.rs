//! What is known of a cluster's groups and lines before any data are made: the data of the cluster and of each unit tell it.

use rust_decimal::Decimal;
use std::ops::Range;

use super::change::Change;
use super::outstanding;
use crate::dossier::{CriterionId, Dossier, GroupId, GroupKind, Rule};
use crate::intake::Reading;
use crate::scoring::{Aggregate, ClusterResult, LineResult};

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

/// What is known of the lines before any data are made, for the cluster and for each unit.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    lines: Vec<LineFacts>,
    /// The lines of each group.
    groups: Vec<Range<usize>>,
}

impl Facts {
    pub fn new(dossier: &Dossier, result: &ClusterResult) -> Self {
        let mut facts = Facts { lines: Vec::new(), groups: Vec::with_capacity(result.scheme.len()) };
        for (_, criteria) in &result.scheme {
            let first = facts.lines.len();
            for (criterion, position) in criteria.iter().zip(1..) {
                facts.lines.push(LineFacts::of(dossier, result, *criterion, first + position - 1, position));
            }
            facts.groups.push(first..facts.lines.len());
        }
        facts
    }

    /// Every line, groups flattened.
    pub fn all(&self) -> &[LineFacts] {
        &self.lines
    }

    /// The lines of a group by its place in the scheme.
    pub fn of_group(&self, group: usize) -> &[LineFacts] {
        self.groups.get(group).and_then(|range| self.lines.get(range.clone())).unwrap_or_default()
    }
}

/// What is counted on a line over the units that submitted.
#[derive(Clone, Debug)]
pub(super) struct LineFacts {
    pub criterion: CriterionId,
    /// Its place among all lines of the scheme.
    pub line: usize,
    /// Its number in its group, from one.
    pub position: usize,
    pub met: usize,
    pub of: usize,
    /// The units that stand out, best first; indices in `ClusterResult::units`.
    pub outstanding: Vec<usize>,
    /// The cluster's figure against its past one.
    pub change: Option<Change>,
    /// `co_so_lieu`.
    pub has_figures: bool,
    /// `duoc_neu`.
    pub is_told: bool,
    /// `cum_chua_dat`.
    pub falls_short: bool,
    /// Some unit has a plan.
    pub has_plan: bool,
}

impl LineFacts {
    fn of(dossier: &Dossier, result: &ClusterResult, id: CriterionId, line: usize, position: usize) -> Self {
        let lines = || result.units.iter().filter(|unit| unit.submitted).map(|unit| &unit.lines[line]);
        let criterion = dossier.criterion(id);
        let planned = |line: &&LineResult| line.plan.is_some_and(|plan| plan > Decimal::ZERO);
        let reached = |line: &&LineResult| match (line.plan, line.result) {
            (Some(plan), Some(result)) => result.number() >= plan,
            _ => false,
        };
        let said_yes = |line: &&LineResult| line.result.map(Reading::number) == Some(Decimal::ONE);
        let (met, of) = if criterion.is_yes_no() {
            (lines().filter(said_yes).count(), lines().filter(|line| line.result.is_some()).count())
        } else {
            (lines().filter(planned).filter(reached).count(), lines().filter(planned).count())
        };
        let none = Aggregate::default();
        let aggregate = result.aggregates.get(&id).unwrap_or(&none);
        // a report says nothing of answers that only take units out or down
        let is_knock_out = matches!(criterion.rule, Rule::Disqualify | Rule::LowerGrade);
        LineFacts {
            criterion: id,
            line,
            position,
            met,
            of,
            outstanding: outstanding::on_line(dossier, result, line),
            change: Change::of(criterion, aggregate.result, aggregate.previous),
            has_figures: aggregate.result.is_some() && !is_knock_out,
            is_told: !is_knock_out && (aggregate.result.is_some() || of > 1),
            falls_short: aggregate.ratio.is_some_and(|ratio| ratio < Decimal::ONE_HUNDRED)
                && outstanding::more_is_better(dossier, criterion),
            has_plan: has_plan(result, line),
        }
    }
}

fn has_plan(result: &ClusterResult, line: usize) -> bool {
    result.units.iter().any(|unit| unit.lines[line].plan.is_some())
}
