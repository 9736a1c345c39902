//! The units of one cluster in both runs: their places, and who passed whom.

use std::collections::BTreeMap;

use super::difference::{Both, ClusterDifference, Presence, UnitDifference};
use super::lines;
use super::outcome::{Cluster, Unit};

/// One cluster in both runs.
pub(super) fn cluster(clusters: &Both<Option<&Cluster>>) -> ClusterDifference {
    let named = clusters.after.or(clusters.before);
    let criteria = lines::criteria(clusters);
    let names: BTreeMap<&str, &str> = [clusters.before, clusters.after]
        .into_iter()
        .flatten()
        .flat_map(|cluster| &cluster.criteria)
        .map(|line| (line.code.as_str(), line.name.as_str()))
        .collect();
    let [before, after] = [clusters.before, clusters.after].map(|cluster| cluster.map_or(&[][..], |one| &one.units));
    let pairs = super::in_order(before, after, |unit: &Unit| unit.code.as_str());
    let mut units: Vec<UnitDifference> = pairs
        .iter()
        .filter_map(|pair| {
            let (passed_by, passed) = overtaken(pair, &pairs);
            let own = unit(pair)?;
            Some(UnitDifference { lines: lines::of_unit(pair, &names, &criteria), passed_by, passed, ..own })
        })
        .collect();
    // by the place of the second run, those without one last in protocol order: the sort is stable
    units.sort_by_key(|unit| unit.rank.after.unwrap_or(u32::MAX));
    ClusterDifference {
        code: named.map(|cluster| cluster.code.clone()).unwrap_or_default(),
        name: named.map(|cluster| cluster.name.clone()).unwrap_or_default(),
        presence: Presence::of(clusters),
        criteria,
        units,
    }
}

fn unit(pair: &Both<Option<&Unit>>) -> Option<UnitDifference> {
    let any = pair.after.or(pair.before)?;
    let points = |of: fn(&Unit) -> rust_decimal::Decimal| pair.map(|unit| unit.filter(|unit| unit.submitted).map(of));
    Some(UnitDifference {
        code: any.code.clone(),
        name: any.name.clone(),
        presence: Presence::of(pair),
        submitted: pair.map(|unit| unit.is_some_and(|unit| unit.submitted)),
        disqualified: pair.map(|unit| unit.is_some_and(|unit| unit.disqualified)),
        rank: pair.map(|unit| unit.and_then(|unit| unit.rank)),
        total: points(|unit| unit.total),
        base: points(|unit| unit.base),
        bonus: points(|unit| unit.bonus),
        deduction: points(|unit| unit.deduction),
        grade: pair.map(|unit| unit.and_then(|unit| unit.grade.clone())),
        awards: pair.map(|unit| unit.map(|unit| unit.awards.clone()).unwrap_or_default()),
        lines: Vec::new(),
        passed_by: Vec::new(),
        passed: Vec::new(),
    })
}

/// Names of the units that stand before this one in the second run and did not in the first, and those that did and do
/// no longer. Only units that have a place in both runs, so that every pair can be compared.
fn overtaken(own: &Both<Option<&Unit>>, all: &[Both<Option<&Unit>>]) -> (Vec<String>, Vec<String>) {
    let places = |pair: &Both<Option<&Unit>>| Some((pair.before?.rank?, pair.after?.rank?));
    let Some((own_before, own_after)) = places(own) else { return (Vec::new(), Vec::new()) };
    let (mut passed_by, mut passed) = (Vec::new(), Vec::new());
    for other in all {
        let (Some((before, after)), Some(unit)) = (places(other), other.after) else { continue };
        if before >= own_before && after < own_after {
            passed_by.push(unit.name.clone());
        } else if before <= own_before
            && after > own_after
            && other.after.map(|unit| &unit.code) != own.after.map(|unit| &unit.code)
        {
            passed.push(unit.name.clone());
        }
    }
    (passed_by, passed)
}
