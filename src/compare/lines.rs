//! The lines of one unit in both runs, and what moved their marks.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

use super::difference::{Both, Cause, CriterionDifference, LineDifference, Presence};
use super::outcome::{Cluster, Criterion, Unit};

/// The lines of the scoring table that differ, in its order.
pub(super) fn criteria(clusters: &Both<Option<&Cluster>>) -> Vec<CriterionDifference> {
    let [before, after] = [clusters.before, clusters.after].map(|cluster| cluster.map_or(&[][..], |one| &one.criteria));
    if before.is_empty() || after.is_empty() {
        // an earlier version of the file, or a cluster of one run only: nothing to compare
        return Vec::new();
    }
    let pairs = super::in_order(before, after, |line: &Criterion| line.code.as_str());
    let differing = pairs.into_iter().filter_map(|pair| {
        let any = pair.after.or(pair.before)?;
        let rule = pair.map(|line| line.map(|line| line.rule.clone()));
        let max = pair.map(|line| line.and_then(|line| line.max));
        (rule.differs() || max.differs()).then(|| CriterionDifference {
            code: any.code.clone(),
            name: any.name.clone(),
            presence: Presence::of(&pair),
            rule,
            max,
        })
    });
    differing.collect()
}

/// The lines of a unit of which something differs, the one that moved most points first.
pub(super) fn of_unit(
    units: &Both<Option<&Unit>>,
    names: &BTreeMap<&str, &str>,
    rules: &[CriterionDifference],
) -> Vec<LineDifference> {
    let (Some(before), Some(after)) = (units.before, units.after) else { return Vec::new() };
    let units = Both::new(before, after);
    let mut codes: BTreeSet<&str> = BTreeSet::new();
    for unit in [before, after] {
        codes.extend(unit.why.keys().map(String::as_str));
        codes.extend(unit.scores.keys().map(String::as_str));
        codes.extend(unit.results.keys().map(String::as_str));
    }
    let mut lines: Vec<LineDifference> =
        codes.into_iter().filter_map(|code| line(&units, code, names, rules)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.points.abs()));
    lines
}

fn line(
    units: &Both<&Unit>,
    code: &str,
    names: &BTreeMap<&str, &str>,
    rules: &[CriterionDifference],
) -> Option<LineDifference> {
    let mark = units.map(|unit| unit.scores.get(code).copied());
    let result = units.map(|unit| unit.results.get(code).copied());
    let plan = units.map(|unit| unit.plans.get(code).copied());
    let verified = units.map(|unit| unit.verified.get(code).copied());
    let self_mark = units.map(|unit| unit.self_marks.get(code).copied());
    let waived = units.map(|unit| unit.waived.get(code).cloned());
    let mut causes = Vec::new();
    for (differs, cause) in [
        (result.differs(), Cause::Result),
        (plan.differs(), Cause::Plan),
        (verified.differs(), Cause::Verified),
        (waived.differs(), Cause::Waiver),
        (mark.differs() && rules.iter().any(|rule| rule.code == code), Cause::Rule),
    ] {
        if differs {
            causes.push(cause);
        }
    }
    if causes.is_empty() && mark.differs() {
        causes.push(if self_mark.differs() { Cause::SelfMark } else { Cause::Others });
    }
    if causes.is_empty() {
        return None;
    }
    let points = mark.after.unwrap_or_default().checked_sub(mark.before.unwrap_or_default()).unwrap_or(Decimal::ZERO);
    Some(LineDifference {
        code: code.to_string(),
        name: names.get(code).map(|name| name.to_string()).unwrap_or_default(),
        mark,
        points: points.normalize(),
        causes,
        result,
        plan,
        verified,
        self_mark,
        source: units.map(|unit| unit.sources.get(code).cloned()),
        why: units.map(|unit| unit.why.get(code).cloned()),
    })
}
