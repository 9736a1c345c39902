//! Classes (xếp loại): points first, then the conditions, then the share, then the lowering (contract §6).

use rust_decimal::{Decimal, prelude::ToPrimitive};

use super::arithmetic::per_cent;
use super::rank::names;
use super::result::UnitResult;
use super::standing::Standing;
use super::unit::answered_yes;
use crate::dossier::{Grade, GradeCondition, GroupKind, Rule};
use crate::finding::Finding;
use crate::finding::catalogue::scoring as codes;
use crate::vietnamese::number;

/// Gives every ranked unit its class. `ranking` is in rank order; a unit that falls is tried against the next class.
pub(super) fn assign(standing: &Standing, units: &mut [UnitResult], ranking: &[usize], findings: &mut Vec<Finding>) {
    let mut waiting: Vec<usize> = ranking.iter().copied().filter(|index| units[*index].rank.is_some()).collect();
    let ranked = waiting.len();
    for (position, grade) in standing.dossier.grades.iter().enumerate() {
        let mut fit = Vec::new();
        for index in waiting.iter().copied().filter(|index| has_points(standing, &units[*index], grade)) {
            match failed_condition(standing, &units[index], grade) {
                None => fit.push(index),
                Some(why) => findings.push(report_condition(standing, &units[index], grade, &why)),
            }
        }
        if let Some(limit) = grade.share.map(|share| places(share, ranked)) {
            hold_to_share(standing, units, grade, limit, &mut fit, findings);
        }
        for index in &fit {
            units[*index].grade = Some(position);
        }
        waiting.retain(|index| !fit.contains(index));
    }
    for unit in units.iter_mut() {
        lower(standing, unit, findings);
    }
}

/// Whether a unit has any points in a deduction group, caps aside.
pub(super) fn has_deduction(standing: &Standing, unit: &UnitResult) -> bool {
    unit.groups
        .iter()
        .any(|result| standing.dossier.group(result.group).kind == GroupKind::Deduction && result.sum > Decimal::ZERO)
}

fn has_points(standing: &Standing, unit: &UnitResult, grade: &Grade) -> bool {
    let points = unit.total.min(standing.dossier.information.grade_ceiling);
    grade.from.is_none_or(|from| points >= from)
}

/// The first condition that the unit fails, in words.
fn failed_condition(standing: &Standing, unit: &UnitResult, grade: &Grade) -> Option<String> {
    grade.conditions.iter().find_map(|condition| match condition {
        GradeCondition::NoDeduction => has_deduction(standing, unit)
            .then(|| format!("bị trừ {} điểm, mức này đòi không có điểm trừ", number(unit.deduction))),
        GradeCondition::EveryGroup(comparison, bound) => unit.groups.iter().find_map(|result| {
            let group = standing.dossier.group(result.group);
            if group.kind != GroupKind::Ordinary {
                return None;
            }
            // measured against what is left of the group; nothing left is nothing to fail
            let max = result.max?.checked_sub(result.left_out)?;
            let share = per_cent(result.points, max)?;
            (!comparison.holds(share, *bound)).then(|| {
                format!(
                    "nhóm {} được {} điểm, bằng {}% mức tối đa {}; mức này đòi mọi nhóm {} {}%",
                    group.code,
                    number(result.points),
                    number(share.round_dp(2)),
                    number(max),
                    comparison.sign(),
                    number(*bound)
                )
            })
        }),
    })
}

/// Share of the ranked units, rounded down.
fn places(share: Decimal, ranked: usize) -> usize {
    let places = share.checked_mul(Decimal::from(ranked)).map(|product| (product / Decimal::ONE_HUNDRED).floor());
    places.and_then(|places| places.to_usize()).unwrap_or(ranked)
}

/// Keeps the first of `fit` (in rank order) within the limit; units tied across it all fall.
fn hold_to_share(
    standing: &Standing,
    units: &[UnitResult],
    grade: &Grade,
    limit: usize,
    fit: &mut Vec<usize>,
    findings: &mut Vec<Finding>,
) {
    if fit.len() <= limit {
        return;
    }
    let first_out = units[fit[limit]].rank;
    let kept = fit.iter().take_while(|index| units[**index].rank < first_out).count();
    let fallen = fit.split_off(kept);
    let share = number(grade.share.unwrap_or_default());
    if kept < limit {
        let tied: Vec<usize> = fallen.iter().copied().filter(|index| units[*index].rank == first_out).collect();
        let message = format!(
            "{} đồng hạng {} ở ranh giới tỷ lệ {share}% của mức {} (còn {} chỗ): tất cả được xét ở mức kế tiếp.",
            names(standing, units, &tied),
            first_out.unwrap_or_default(),
            grade.name,
            limit - kept
        );
        findings.push(standing.finding(&codes::GRADE_SHARE_TIED, grade.place.clone(), message));
    }
    let message = format!(
        "{} đủ điểm và điều kiện mức {} nhưng mức này tối đa {share}% số đơn vị xếp hạng, tức {limit} đơn vị; được xét ở \
         mức kế tiếp.",
        names(standing, units, &fallen),
        grade.name
    );
    findings.push(standing.finding(&codes::GRADE_SHARE_FULL, grade.place.clone(), message));
}

/// Each line Hạ bậc answered yes lowers the class by one; the last class is the lowest there is.
fn lower(standing: &Standing, unit: &mut UnitResult, findings: &mut Vec<Finding>) {
    let Some(grade) = unit.grade else { return };
    let lines: Vec<_> = answered_yes(standing, &unit.lines, &Rule::LowerGrade).collect();
    let mut lowered = grade;
    for line in lines {
        let next = (lowered + 1).min(standing.dossier.grades.len() - 1);
        let name = |grade: usize| standing.dossier.grades[grade].name.as_str();
        let what = if next == lowered {
            format!("câu trả lời là có, nhưng mức {} đã là mức cuối.", name(lowered))
        } else {
            format!("câu trả lời là có, hạ từ mức {} xuống mức {}.", name(lowered), name(next))
        };
        let place = standing.place(unit.unit, line);
        findings.push(standing.line_finding(&codes::GRADE_LOWERED, place, unit.unit, line, &what));
        lowered = next;
    }
    unit.grade = Some(lowered);
}

fn report_condition(standing: &Standing, unit: &UnitResult, grade: &Grade, why: &str) -> Finding {
    let name = &standing.unit(unit.unit).name;
    let message = format!("{name} đủ điểm mức {} nhưng {why}; được xét ở mức kế tiếp.", grade.name);
    standing.unit_finding(&codes::GRADE_CONDITION_FAILED, grade.place.clone(), unit.unit, message)
}
