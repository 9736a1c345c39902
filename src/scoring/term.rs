//! The term (nhiệm kỳ): the cluster's figures of past years and this one, cumulated against the term's targets.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use super::aggregate::{TooLarge, by_code, given, has_figure, put_together};
use super::arithmetic::{mean, per_cent, round, sum};
use super::result::{Aggregate, TermResult};
use super::standing::Standing;
use crate::dossier::{Aggregation, CriterionId, Cumulation, TermTarget, UnitId};
use crate::finding::catalogue::scoring as codes;
use crate::finding::{Finding, Place};

/// Every line of sheet Nhiệm kỳ that applies to the cluster, in the order of rows.
pub(super) fn results(
    standing: &Standing,
    aggregates: &BTreeMap<CriterionId, Aggregate>,
    findings: &mut Vec<Finding>,
) -> Vec<TermResult> {
    let years = past_years(standing);
    let targets = standing.dossier.term.iter().flatten();
    let lines: Vec<(&TermTarget, CriterionId)> =
        targets.filter_map(|target| Some((target, by_code(standing, &target.criterion)?))).collect();
    for year in &years {
        report_gaps(standing, &lines, *year, findings);
    }
    lines
        .into_iter()
        .map(|(target, line)| {
            let this_year = aggregates.get(&line).and_then(|aggregate| aggregate.result);
            of_line(standing, target, line, &years, this_year, findings)
        })
        .collect()
}

/// Names the units without figures of a past year that others have: some lines missing, or the whole year, as of a
/// unit that was not founded yet.
fn report_gaps(standing: &Standing, lines: &[(&TermTarget, CriterionId)], year: i32, findings: &mut Vec<Finding>) {
    let past = |unit, line| standing.past(year, unit, line);
    let known = |line: CriterionId, unit: UnitId| has_figure(standing, line, unit, &past);
    let counted: Vec<CriterionId> = lines
        .iter()
        .map(|(_, line)| *line)
        .filter(|line| standing.criterion(*line).aggregation != Aggregation::None)
        .filter(|line| standing.units.iter().any(|unit| known(*line, *unit)))
        .collect();
    let place = || {
        let first = standing.dossier.past.range((year, UnitId(0), CriterionId(0))..).next();
        first.map(|(_, past)| Place::sheet(past.source.file(), past.source.sheet())).unwrap_or_default()
    };
    for unit in &standing.units {
        let missing: Vec<&str> = counted
            .iter()
            .filter(|line| !known(**line, *unit))
            .map(|line| standing.criterion(*line).code.as_str())
            .collect();
        if missing.is_empty() {
            continue;
        }
        let name = &standing.unit(*unit).name;
        let (code, message) = if missing.len() == counted.len() {
            (&codes::PAST_YEAR_WITHOUT_UNIT, format!("Năm {year}: trang tính Kỳ trước không có số liệu của {name}."))
        } else {
            let codes = missing.join(", ");
            (
                &codes::PAST_YEAR_INCOMPLETE,
                format!("Năm {year}: trang tính Kỳ trước thiếu tiêu chí {codes} của {name}."),
            )
        };
        findings.push(standing.unit_finding(code, place(), *unit, message));
    }
}

/// Years of sheet Kỳ trước inside the term and before this one, ascending.
fn past_years(standing: &Standing) -> Vec<i32> {
    let past = &standing.dossier.past;
    let mut years = Vec::new();
    let mut next = past.keys().next().map(|key| key.0);
    while let Some(year) = next.filter(|year| *year < standing.dossier.information.year) {
        years.push(year);
        next = past.range((year + 1, UnitId(0), CriterionId(0))..).next().map(|(key, _)| key.0);
    }
    years.retain(|year| in_term(standing, *year));
    years
}

fn in_term(standing: &Standing, year: i32) -> bool {
    let term = standing.dossier.information.term.as_ref();
    term.is_none_or(|term| (term.first..=term.last).contains(&year))
}

fn of_line(
    standing: &Standing,
    target: &TermTarget,
    line: CriterionId,
    past_years: &[i32],
    this_year: Option<Decimal>,
    findings: &mut Vec<Finding>,
) -> TermResult {
    let criterion = standing.criterion(line);
    let mut years = Vec::new();
    if criterion.aggregation == Aggregation::None {
        let message = format!(
            "Chỉ tiêu nhiệm kỳ {} ({}): tiêu chí không có cách tổng hợp nên không tính được lũy kế.",
            criterion.code, criterion.name
        );
        let finding = standing.finding(&codes::TERM_LINE_WITHOUT_AGGREGATION, target.place.clone(), message);
        findings.push(finding.criterion(criterion.code.clone()));
    } else {
        for year in past_years {
            match of_past_year(standing, line, *year) {
                Ok(figure) => years.extend(figure.map(|figure| (*year, figure))),
                Err(TooLarge) => findings.push(report_too_large(standing, target, line)),
            }
        }
        let year = standing.dossier.information.year;
        years.extend(this_year.filter(|_| in_term(standing, year)).map(|figure| (year, figure)));
    }
    let cumulative = cumulate(target.cumulation, &years);
    if cumulative.is_none() && !years.is_empty() {
        findings.push(report_too_large(standing, target, line));
    }
    let ratio = cumulative.zip(target.target).and_then(|(cumulative, target)| per_cent(cumulative, target));
    TermResult { criterion: line, target: target.target, years, cumulative, ratio: ratio.map(|ratio| round(ratio, 2)) }
}

/// The cluster's figure of a past year over the units that have one.
fn of_past_year(standing: &Standing, line: CriterionId, year: i32) -> Result<Option<Decimal>, TooLarge> {
    let past = |unit, line| standing.past(year, unit, line);
    let with: Vec<UnitId> =
        standing.units.iter().copied().filter(|unit| has_figure(standing, line, *unit, &past)).collect();
    Ok(put_together(standing, line, &with, &past)?.map(|value| given(standing, line, value)))
}

fn cumulate(cumulation: Cumulation, years: &[(i32, Decimal)]) -> Option<Decimal> {
    let figures: Vec<Decimal> = years.iter().map(|(_, figure)| *figure).collect();
    match cumulation {
        _ if figures.is_empty() => None,
        Cumulation::Sum => sum(figures).map(|total| total.normalize()),
        Cumulation::Last => figures.last().copied(),
        Cumulation::Mean => mean(&figures).map(|mean| round(mean, 2)),
    }
}

fn report_too_large(standing: &Standing, target: &TermTarget, line: CriterionId) -> Finding {
    let criterion = standing.criterion(line);
    let message =
        format!("Chỉ tiêu nhiệm kỳ {} ({}): số liệu quá lớn, không cộng được.", criterion.code, criterion.name);
    standing.finding(&codes::FIGURE_TOO_LARGE, target.place.clone(), message).criterion(criterion.code.clone())
}
