//! The steps between a total and a class or an award, for the cached values of sheet Đồng điểm và lưu ý.
//!
//! Scoring gives the outcome; this follows its rules once more to fill the columns in between.

use rust_decimal::Decimal;

use super::atlas::Atlas;
use crate::dossier::{AwardCondition, GradeCondition, GroupKind, Rule};
use crate::scoring::UnitResult;

/// The steps of one unit.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Trail {
    /// Units on the same place, itself included; 0 without a place.
    pub(super) tied: usize,
    pub(super) grade_points: Option<Decimal>,
    /// For each class: enough for it, and within its share.
    pub(super) grades: Vec<(bool, bool)>,
    pub(super) lowered: usize,
    /// For each award: fulfils it, and is proposed.
    pub(super) awards: Vec<(bool, bool)>,
}

/// The steps of every unit, in the order of the result.
pub(super) fn follow(atlas: &Atlas) -> Vec<Trail> {
    let units = &atlas.result.units;
    let mut trails: Vec<Trail> = units.iter().map(|unit| start(atlas, unit)).collect();
    for grade in 0..atlas.dossier.grades.len() {
        let enough: Vec<bool> = (0..units.len())
            .map(|unit| !trails[unit].grades.iter().any(|(_, held)| *held) && reaches(atlas, &units[unit], grade))
            .collect();
        for (unit, trail) in trails.iter_mut().enumerate() {
            trail.grades.push((enough[unit], enough[unit] && in_share(atlas, &enough, unit, grade)));
        }
    }
    trails
}

fn start(atlas: &Atlas, unit: &UnitResult) -> Trail {
    let ceiling = atlas.dossier.information.grade_ceiling;
    let awards = atlas.dossier.awards.iter().enumerate();
    let lowering = atlas.lines_where(|rule| *rule == Rule::LowerGrade);
    Trail {
        tied: unit.rank.map_or(0, |_| atlas.result.units.iter().filter(|other| other.rank == unit.rank).count()),
        grade_points: unit.rank.map(|_| unit.total.min(ceiling)),
        grades: Vec::new(),
        lowered: lowering.iter().filter(|line| is_yes(unit, **line)).count(),
        awards: awards
            .map(|(index, award)| {
                let proposed = unit.awards.contains(&index);
                (
                    award.conditions.iter().all(|condition| fulfils(atlas, unit, condition)) && unit.rank.is_some(),
                    proposed,
                )
            })
            .collect(),
    }
}

fn is_yes(unit: &UnitResult, line: usize) -> bool {
    unit.lines.get(line).and_then(|line| line.result).is_some_and(|result| result.number() > Decimal::ZERO)
}

fn fulfils(atlas: &Atlas, unit: &UnitResult, condition: &AwardCondition) -> bool {
    match condition {
        AwardCondition::Rank(comparison, bound) => {
            unit.rank.is_some_and(|rank| comparison.holds(rank.into(), (*bound).into()))
        }
        AwardCondition::Grade(grade) => unit.grade == Some(*grade),
        AwardCondition::NoDeduction => !has_deduction(atlas, unit),
    }
}

fn reaches(atlas: &Atlas, unit: &UnitResult, grade: usize) -> bool {
    let grade = &atlas.dossier.grades[grade];
    let points = unit.total.min(atlas.dossier.information.grade_ceiling);
    unit.rank.is_some()
        && grade.from.is_none_or(|from| points >= from)
        && grade.conditions.iter().all(|condition| match condition {
            GradeCondition::NoDeduction => !has_deduction(atlas, unit),
            GradeCondition::EveryGroup(comparison, bound) => {
                atlas.groups.iter().zip(&unit.groups).all(|(group, result)| {
                    let max = result.max.unwrap_or_default().checked_sub(result.left_out).unwrap_or_default();
                    let compared = result.points.checked_mul(Decimal::ONE_HUNDRED).zip(bound.checked_mul(max));
                    group.group.kind != GroupKind::Ordinary
                        || max <= Decimal::ZERO
                        || compared.is_some_and(|(points, bound)| comparison.holds(points, bound))
                })
            }
        })
}

fn has_deduction(atlas: &Atlas, unit: &UnitResult) -> bool {
    let mut groups = atlas.groups.iter().zip(&unit.groups);
    groups.any(|(group, result)| group.group.kind == GroupKind::Deduction && result.sum > Decimal::ZERO)
}

/// Whether a unit that has enough stands within the share: counted with all units not behind it.
fn in_share(atlas: &Atlas, enough: &[bool], unit: usize, grade: usize) -> bool {
    let Some(limit) = share_limit(atlas, grade) else {
        return true;
    };
    let units = &atlas.result.units;
    let not_behind = (0..units.len()).filter(|other| enough[*other] && units[*other].rank <= units[unit].rank);
    Decimal::from(not_behind.count()) <= limit
}

/// How many units a class takes at most; none without a share.
pub(super) fn share_limit(atlas: &Atlas, grade: usize) -> Option<Decimal> {
    let ranked = atlas.result.units.iter().filter(|unit| unit.rank.is_some()).count();
    let share = atlas.dossier.grades[grade].share?;
    share.checked_mul(Decimal::from(ranked)).map(|product| (product / Decimal::ONE_HUNDRED).floor())
}
