//! Awards (khen thưởng): proposed in rank order, by number and conditions, inside one cluster.

use super::grade::has_deduction;
use super::rank::names;
use super::result::UnitResult;
use super::standing::Standing;
use crate::dossier::{Award, AwardCondition};
use crate::finding::Finding;
use crate::finding::catalogue::scoring as codes;

/// For each award of the dossier the proposed units, in rank order. Where a tie crosses the number, all tied units
/// are proposed and a finding asks for a vote.
pub(super) fn propose(
    standing: &Standing,
    units: &mut [UnitResult],
    ranking: &[usize],
    findings: &mut Vec<Finding>,
) -> Vec<(usize, Vec<usize>)> {
    let mut proposals = Vec::with_capacity(standing.dossier.awards.len());
    for (position, award) in standing.dossier.awards.iter().enumerate() {
        let mut fit: Vec<usize> =
            ranking.iter().copied().filter(|index| meets(standing, &units[*index], award)).collect();
        if let Some(number) = award.number {
            hold_to_number(standing, units, award, number, &mut fit, findings);
        }
        for index in &fit {
            units[*index].awards.push(position);
        }
        proposals.push((position, fit));
    }
    for unit in units.iter().filter(|unit| unit.awards.len() > 1) {
        findings.push(report_repeated(standing, unit));
    }
    proposals
}

fn meets(standing: &Standing, unit: &UnitResult, award: &Award) -> bool {
    let Some(rank) = unit.rank else { return false };
    award.conditions.iter().all(|condition| match condition {
        AwardCondition::Rank(comparison, bound) => comparison.holds(rank.into(), (*bound).into()),
        AwardCondition::Grade(grade) => unit.grade == Some(*grade),
        AwardCondition::NoDeduction => !has_deduction(standing, unit),
    })
}

fn hold_to_number(
    standing: &Standing,
    units: &[UnitResult],
    award: &Award,
    number: usize,
    fit: &mut Vec<usize>,
    findings: &mut Vec<Finding>,
) {
    let Some(last) = number.checked_sub(1) else {
        fit.clear();
        return;
    };
    if fit.len() <= number {
        return;
    }
    let rank = units[fit[last]].rank;
    let end = fit.iter().take_while(|index| units[**index].rank <= rank).count();
    fit.truncate(end);
    if end > number {
        let tied: Vec<usize> = fit.iter().copied().filter(|index| units[*index].rank == rank).collect();
        let message = format!(
            "{}: số lượng {number} mà {} đồng hạng {}; tất cả được đề nghị, cần biểu quyết.",
            award.name,
            names(standing, units, &tied),
            rank.unwrap_or_default()
        );
        findings.push(standing.finding(&codes::AWARD_TIED, award.place.clone(), message));
    }
}

fn report_repeated(standing: &Standing, unit: &UnitResult) -> Finding {
    let names: Vec<&str> = unit.awards.iter().map(|award| standing.dossier.awards[*award].name.as_str()).collect();
    let name = &standing.unit(unit.unit).name;
    let message = format!("{name} được đề nghị {} hình thức: {}.", names.len(), names.join(", "));
    standing.unit_finding(&codes::AWARDS_REPEATED, standing.unit(unit.unit).place.clone(), unit.unit, message)
}
