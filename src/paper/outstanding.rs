//! Whom a report names: units that stand out (tiêu biểu), and those below plan. No praise that nobody earned.

use rust_decimal::Decimal;
use std::cmp::Reverse;

use super::value::mean;
use crate::dossier::{Comparison, Criterion, Dossier, GroupKind, Rule};
use crate::scoring::{ClusterResult, LineResult};

/// At most so many units are named.
const MOST: usize = 3;

/// Indices of the units that stand out on a line, best first: by result against plan above 100%, and where the line
/// has no plans by a result above the mean. Nobody on lines where more is not better, or where all do alike.
pub(super) fn on_line(dossier: &Dossier, result: &ClusterResult, line: usize) -> Vec<usize> {
    let submitted: Vec<usize> = (0..result.units.len()).filter(|unit| result.units[*unit].submitted).collect();
    let of = |unit: &usize| &result.units[*unit].lines[line];
    let Some(criterion) = submitted.first().map(|unit| dossier.criterion(of(unit).criterion)) else {
        return Vec::new();
    };
    if !more_is_better(dossier, criterion) {
        return Vec::new();
    }
    let ratios: Vec<(usize, Decimal)> = submitted.iter().filter_map(|unit| Some((*unit, of(unit).ratio?))).collect();
    if !ratios.is_empty() {
        return foremost(ratios, Decimal::ONE_HUNDRED, submitted.len());
    }
    if criterion.rule == Rule::Information {
        return Vec::new();
    }
    let results: Vec<(usize, Decimal)> =
        submitted.iter().filter_map(|unit| Some((*unit, of(unit).result?.number()))).collect();
    above_the_mean(results, submitted.len())
}

/// Indices of the units with the greatest points of a group; nobody where more than three share it, or all.
pub(super) fn in_group(result: &ClusterResult, group: usize) -> Vec<usize> {
    let points: Vec<(usize, Decimal)> = (0..result.units.len())
        .filter(|unit| result.units[*unit].submitted)
        .map(|unit| (unit, result.units[unit].groups[group].points))
        .collect();
    let greatest = points.iter().map(|(_, points)| *points).max();
    let first: Vec<usize> =
        points.iter().filter(|(_, points)| Some(*points) == greatest).map(|(unit, _)| *unit).collect();
    if first.len() > MOST || first.len() == points.len() { Vec::new() } else { first }
}

/// Whether a unit has a plan on a line and did not reach it.
pub(super) fn is_below_plan(dossier: &Dossier, line: &LineResult) -> bool {
    let criterion = dossier.criterion(line.criterion);
    let (Some(plan), Some(result)) = (line.plan, line.result) else { return false };
    more_is_better(dossier, criterion) && plan > Decimal::ZERO && result.number() < plan
}

/// Figures of which more is better: not cases that take points off, not steps that reward little, not answers.
pub(super) fn more_is_better(dossier: &Dossier, criterion: &Criterion) -> bool {
    let counts_cases = dossier.group(criterion.group).kind == GroupKind::Deduction;
    !counts_cases
        && !criterion.is_yes_no()
        && match &criterion.rule {
            Rule::Deduct { .. } => false,
            Rule::Steps(steps) => {
                !steps.steps.iter().any(|step| matches!(step.comparison, Comparison::AtMost | Comparison::Below))
            }
            _ => true,
        }
}

fn above_the_mean(values: Vec<(usize, Decimal)>, submitted: usize) -> Vec<usize> {
    let figures: Vec<Decimal> = values.iter().map(|(_, value)| *value).collect();
    match mean(&figures) {
        Some(mean) => foremost(values, mean, submitted),
        None => Vec::new(),
    }
}

/// Those above a bound, greatest first and at most three; of units that are alike either all are named or none, and
/// never everybody.
fn foremost(mut values: Vec<(usize, Decimal)>, bound: Decimal, submitted: usize) -> Vec<usize> {
    values.retain(|(_, value)| *value > bound);
    // stable: units that are alike stay in protocol order
    values.sort_by_key(|(_, value)| Reverse(*value));
    if let Some((_, next)) = values.get(MOST).copied() {
        values.truncate(MOST);
        values.retain(|(_, value)| *value > next);
    }
    if values.len() == submitted {
        let best = values.first().map(|(_, value)| *value);
        values.retain(|(_, value)| Some(*value) == best);
    }
    if values.len() == submitted { Vec::new() } else { values.into_iter().map(|(unit, _)| unit).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(values: &[i64], bound: i64) -> Vec<usize> {
        let values: Vec<(usize, Decimal)> =
            values.iter().enumerate().map(|(unit, value)| (unit, Decimal::from(*value))).collect();
        let submitted = values.len();
        foremost(values, Decimal::from(bound), submitted)
    }

    #[test]
    fn at_most_three_are_named_best_first() {
        assert_eq!(named(&[105, 130, 90, 120, 110], 100), [1, 3, 4]);
    }

    #[test]
    fn nobody_is_named_when_nobody_or_everybody_stands_out() {
        assert!(named(&[90, 100, 80], 100).is_empty());
        assert!(named(&[105, 105], 100).is_empty());
        assert!(named(&[150], 100).is_empty());
    }

    #[test]
    fn of_two_good_ones_only_the_better_is_named() {
        assert_eq!(named(&[105, 110], 100), [1]);
    }

    #[test]
    fn units_alike_are_not_picked_by_chance() {
        assert_eq!(named(&[150, 110, 110, 110, 90], 100), [0]);
        assert!(named(&[110, 110, 110, 110, 90], 100).is_empty());
        assert_eq!(named(&[110, 110, 110, 90], 100), [0, 1, 2]);
    }
}
