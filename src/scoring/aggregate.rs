//! Aggregates (tổng hợp): each line put together for the cluster, over the units that submitted.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use super::arithmetic::{mean, per_cent, round, sum};
use super::result::Aggregate;
use super::standing::Standing;
use crate::dossier::{Aggregation, CriterionId, UnitId};
use crate::finding::Finding;
use crate::finding::catalogue::scoring as codes;

/// Decimals of means and of recomputed ratios (contract §6).
const DECIMALS: u32 = 2;

/// Figures that grew beyond reckoning.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Puts every line together that has a rule for it.
pub(super) fn aggregates(standing: &Standing, findings: &mut Vec<Finding>) -> BTreeMap<CriterionId, Aggregate> {
    let mut aggregates = BTreeMap::new();
    for line in standing.lines() {
        let criterion = standing.criterion(line);
        if criterion.aggregation == Aggregation::None {
            continue;
        }
        let aggregate = of_line(standing, line).unwrap_or_else(|TooLarge| {
            let message = format!(
                "Tiêu chí {} ({}): số liệu của các đơn vị quá lớn, không tổng hợp được.",
                criterion.code, criterion.name
            );
            let finding = standing.finding(&codes::FIGURE_TOO_LARGE, criterion.place.clone(), message);
            findings.push(finding.criterion(criterion.code.clone()));
            Aggregate::default()
        });
        aggregates.insert(line, aggregate);
    }
    aggregates
}

fn of_line(standing: &Standing, line: CriterionId) -> Result<Aggregate, TooLarge> {
    let units: Vec<UnitId> = standing.submissions.keys().copied().collect();
    let results = |unit, line| standing.result(unit, line).map(|result| result.number());
    let year = standing.dossier.information.year - 1;
    let past = |unit, line| standing.past(year, unit, line);
    let result = put_together(standing, line, &units, &results)?;
    let counted: Vec<UnitId> = units.iter().copied().filter(|unit| results(*unit, line).is_some()).collect();
    let known = !counted.is_empty() && counted.iter().all(|unit| has_figure(standing, line, *unit, &past));
    let previous = if known { put_together(standing, line, &counted, &past)? } else { None };

    if standing.criterion(line).is_yes_no() {
        let yeses = counted.iter().filter(|unit| results(**unit, line) == Some(Decimal::ONE)).count();
        return Ok(Aggregate {
            result,
            met: yeses as u32,
            of: counted.len() as u32,
            previous: previous.map(|value| given(standing, line, value)),
            ..Aggregate::default()
        });
    }
    let planned: Vec<(UnitId, Decimal)> = units
        .iter()
        .filter_map(|unit| Some((*unit, standing.plan(*unit, line).filter(|plan| *plan > Decimal::ZERO)?)))
        .collect();
    let met = planned.iter().filter(|(unit, plan)| results(*unit, line).is_some_and(|result| result >= *plan)).count();
    let plan = plan_of(standing, line, &units)?;
    let assigned = plan_of(standing, line, &standing.units)?;
    let ratio = result.zip(plan).and_then(|(result, plan)| per_cent(result, plan));
    Ok(Aggregate {
        plan: plan.map(|value| given(standing, line, value)),
        result: result.map(|value| given(standing, line, value)),
        ratio: ratio.map(|ratio| round(ratio, DECIMALS)),
        met: met as u32,
        of: planned.len() as u32,
        previous: previous.map(|value| given(standing, line, value)),
        assigned: assigned.map(|value| given(standing, line, value)),
    })
}

/// Plans put together as results are. The plan of a weighted or recomputed line is weighted by the results of the
/// other line; without such results, and for a line without plans of its own, by the plans of the other lines.
fn plan_of(standing: &Standing, line: CriterionId, units: &[UnitId]) -> Result<Option<Decimal>, TooLarge> {
    let plans = |unit, line| standing.plan(unit, line);
    let results = |unit, line| standing.result(unit, line).map(|result| result.number());
    match &standing.criterion(line).aggregation {
        Aggregation::CountMet => Ok(None),
        Aggregation::WeightedBy(code) | Aggregation::RatioOf(_, code) => {
            let weight = by_code(standing, code);
            let own: Vec<UnitId> = units.iter().copied().filter(|unit| plans(*unit, line).is_some()).collect();
            if own.is_empty() {
                return put_together(standing, line, units, &plans);
            }
            let weighted = match weight {
                Some(weight) => weighted(&own, |unit| plans(unit, line), |unit| results(unit, weight))?,
                None => None,
            };
            let values: Vec<Decimal> = own.iter().filter_map(|unit| plans(*unit, line)).collect();
            Ok(weighted.or(mean(&values)))
        }
        _ => put_together(standing, line, units, &plans),
    }
}

/// One figure for some units by the line's rule, exact. `value` gives a unit's figure of any line.
pub(super) fn put_together(
    standing: &Standing,
    line: CriterionId,
    units: &[UnitId],
    value: &dyn Fn(UnitId, CriterionId) -> Option<Decimal>,
) -> Result<Option<Decimal>, TooLarge> {
    let values_of = |line| units.iter().filter_map(|unit| value(*unit, line)).collect::<Vec<Decimal>>();
    let values = values_of(line);
    let criterion = standing.criterion(line);
    if criterion.is_yes_no() && criterion.aggregation != Aggregation::None {
        return Ok(count_above_zero(&values));
    }
    match &criterion.aggregation {
        Aggregation::None => Ok(None),
        Aggregation::Sum => total(&values),
        Aggregation::Mean if values.is_empty() => Ok(None),
        Aggregation::Mean => mean(&values).map(Some).ok_or(TooLarge),
        Aggregation::Maximum => Ok(values.into_iter().max()),
        Aggregation::Minimum => Ok(values.into_iter().min()),
        Aggregation::CountMet => Ok(count_above_zero(&values)),
        Aggregation::WeightedBy(code) => match by_code(standing, code) {
            Some(weight) => weighted(units, |unit| value(unit, line), |unit| value(unit, weight)),
            None => Ok(None),
        },
        Aggregation::RatioOf(part, whole) => {
            let (Some(part), Some(whole)) = (by_code(standing, part), by_code(standing, whole)) else {
                return Ok(None);
            };
            match total(&values_of(part))?.zip(total(&values_of(whole))?) {
                Some((part, whole)) if whole > Decimal::ZERO => per_cent(part, whole).map(Some).ok_or(TooLarge),
                _ => Ok(None),
            }
        }
    }
}

/// Whether a unit has what the line's rule needs of it: its own figure, or those of the lines it is recomputed from.
pub(super) fn has_figure(
    standing: &Standing,
    line: CriterionId,
    unit: UnitId,
    value: &dyn Fn(UnitId, CriterionId) -> Option<Decimal>,
) -> bool {
    let has = |line: Option<CriterionId>| line.is_some_and(|line| value(unit, line).is_some());
    match &standing.criterion(line).aggregation {
        Aggregation::RatioOf(part, whole) => has(by_code(standing, part)) && has(by_code(standing, whole)),
        Aggregation::WeightedBy(weight) => has(Some(line)) && has(by_code(standing, weight)),
        _ => has(Some(line)),
    }
}

/// As given out: means and recomputed ratios with two decimals, sums as they are.
pub(super) fn given(standing: &Standing, line: CriterionId, value: Decimal) -> Decimal {
    match standing.criterion(line).aggregation {
        Aggregation::Mean | Aggregation::WeightedBy(_) | Aggregation::RatioOf(..) => round(value, DECIMALS),
        _ => value.normalize(),
    }
}

/// The line of a code among those that apply to the cluster.
pub(super) fn by_code(standing: &Standing, code: &str) -> Option<CriterionId> {
    standing.lines().find(|line| standing.criterion(*line).code == code)
}

fn total(values: &[Decimal]) -> Result<Option<Decimal>, TooLarge> {
    if values.is_empty() {
        return Ok(None);
    }
    sum(values.iter().copied()).map(Some).ok_or(TooLarge)
}

fn count_above_zero(values: &[Decimal]) -> Option<Decimal> {
    let count = values.iter().filter(|value| **value > Decimal::ZERO).count();
    (!values.is_empty()).then(|| Decimal::from(count))
}

/// Σ(value × weight) / Σ weight over the units that have both; none where the weights add up to nothing.
fn weighted(
    units: &[UnitId],
    value: impl Fn(UnitId) -> Option<Decimal>,
    weight: impl Fn(UnitId) -> Option<Decimal>,
) -> Result<Option<Decimal>, TooLarge> {
    let (mut products, mut weights) = (Decimal::ZERO, Decimal::ZERO);
    for (value, weight) in units.iter().filter_map(|unit| value(*unit).zip(weight(*unit))) {
        let product = value.checked_mul(weight).ok_or(TooLarge)?;
        products = products.checked_add(product).ok_or(TooLarge)?;
        weights = weights.checked_add(weight).ok_or(TooLarge)?;
    }
    if weights <= Decimal::ZERO {
        return Ok(None);
    }
    products.checked_div(weights).map(Some).ok_or(TooLarge)
}
