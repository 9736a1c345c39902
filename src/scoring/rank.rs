//! Ranks (xếp hạng) inside one cluster: by the uncapped total, then by the dossier's tie-breaks.

use rust_decimal::Decimal;
use std::cmp::{Ordering, Reverse};

use super::result::{Tie, UnitResult};
use super::standing::Standing;
use crate::dossier::{GroupKind, RankStyle, TieBreak};
use crate::finding::catalogue::scoring as codes;
use crate::finding::{Finding, Place};
use crate::vietnamese::number;

/// Gives every unit that submitted and is not out of ranking its place. Returns the order (indices into `units`,
/// the unranked last) and the ties that are left, each with its finding.
pub(super) fn rank(
    standing: &Standing,
    units: &mut [UnitResult],
    findings: &mut Vec<Finding>,
) -> (Vec<usize>, Vec<Tie>) {
    let keys: Vec<Vec<Reverse<Decimal>>> = units.iter().map(|unit| key(standing, unit)).collect();
    let (mut order, unranked): (Vec<usize>, Vec<usize>) =
        (0..units.len()).partition(|index| units[*index].submitted && !units[*index].disqualified);
    // a stable sort: what is equal stays in protocol order
    order.sort_by(|left, right| keys[*left].cmp(&keys[*right]));

    let mut ties: Vec<Tie> = Vec::new();
    let mut place = 0;
    for position in 0..order.len() {
        let index = order[position];
        let tied = position > 0 && keys[order[position - 1]].cmp(&keys[index]) == Ordering::Equal;
        if !tied {
            place = match standing.dossier.information.rank_style {
                RankStyle::Competition => position as u32 + 1,
                RankStyle::Dense => place + 1,
            };
        }
        units[index].rank = Some(place);
        match ties.last_mut().filter(|tie| tied && tie.rank == place) {
            Some(tie) => tie.units.push(index),
            None if tied => ties.push(Tie { rank: place, units: vec![order[position - 1], index] }),
            None => {}
        }
    }
    findings.extend(ties.iter().map(|tie| report(standing, units, tie)));
    order.extend(unranked);
    (order, ties)
}

/// What decides, most important first; the greater comes first, so everything is reversed for sorting.
fn key(standing: &Standing, unit: &UnitResult) -> Vec<Reverse<Decimal>> {
    let mut key = vec![Reverse(unit.total)];
    for step in &standing.dossier.information.tie_breaks {
        key.push(Reverse(match step {
            TieBreak::Bonus => unit.bonus,
            TieBreak::FewerDeductions => -unit.deduction,
            TieBreak::Code(code) => points_of(standing, unit, code),
        }));
    }
    key
}

/// Points in the group or line of a code; what is taken off counts the other way round. A code that does not apply
/// to this cluster decides nothing.
fn points_of(standing: &Standing, unit: &UnitResult, code: &str) -> Decimal {
    let signed = |kind: GroupKind, points: Decimal| if kind == GroupKind::Deduction { -points } else { points };
    for result in &unit.groups {
        let group = standing.dossier.group(result.group);
        if group.code == code {
            return signed(group.kind, result.points);
        }
    }
    for line in &unit.lines {
        if standing.criterion(line.criterion).code == code {
            return signed(standing.kind(line.criterion), line.mark);
        }
    }
    Decimal::ZERO
}

fn report(standing: &Standing, units: &[UnitResult], tie: &Tie) -> Finding {
    let total = tie.units.first().map(|index| number(units[*index].total)).unwrap_or_default();
    let names = names(standing, units, &tie.units);
    let message = format!("{names} cùng {total} điểm và cùng hạng {}.", tie.rank);
    standing.finding(&codes::TIED, Place::default(), message).found(total)
}

/// Names of units in a sentence: `A, B và C`.
pub(super) fn names(standing: &Standing, units: &[UnitResult], indices: &[usize]) -> String {
    let names: Vec<&str> = indices.iter().map(|index| standing.unit(units[*index].unit).name.as_str()).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} và {last}", rest.join(", ")),
        Some((last, _)) => last.to_string(),
        None => String::new(),
    }
}
