//! Scoring (chấm điểm): rules, totals, ranks, classes, awards and aggregates of a cluster, in exact decimals.
//!
//! Pure: values in, values out, no files. May use `dossier`, the submission's type of `intake`, `vietnamese` for the
//! words of a reason, and `finding`.
//!
//! Readings of the contract, where it leaves a choice:
//! - In bonus and deduction groups an empty line is nothing to add or take off: 0 points, one note for the unit. In
//!   ordinary groups it is a fault. Knock-out lines (Không xếp loại, Hạ bậc) left empty are a no; Thông tin may be
//!   empty.
//! - `Trừ dần` inside a deduction group counts up: count × points, at most its limit and its maximum.
//! - A plan below 0 is no plan. A verified mark settles a line without a plan; a missing result stays a fault.
//! - A line `Theo bậc` of a unit without a plan goes by the result itself, as the contract says; where other units of
//!   the cluster have plans, a warning says so.
//! - `self_total` holds self marks as they were given: the caps of bonus and deduction groups apply, the maxima of
//!   lines do not. A minus sign in a deduction group means points off.
//! - A tie-break by the code of a deduction group or line puts the smaller figure first.
//! - A unit may be proposed for several awards when it meets each; a warning names it.
//!
//! Waived lines (sheet Miễn chấm), by the item Dòng miễn chấm of sheet Thông tin:
//! - `Tính đủ điểm`: an ordinary line counts its maximum, in its group, in conditions and in tie-breaks; on the unit's own
//!   side too, where it gave itself any mark.
//! - `Quy đổi` (also where nothing is said, with a warning): an ordinary line leaves the unit's scale. The sum of the
//!   ordinary groups is multiplied by the maxima of all ordinary lines and divided by those that are left, exactly, and
//!   then rounded once, half away from zero, to the dossier's decimals; self marks likewise, without those of waived
//!   lines. Groups and lines are shown, and compared in tie-breaks, as they stand. The condition `mọi nhóm` measures a
//!   group against what is left of its maximum; a group waived as a whole fulfils it. Where nothing is left: an error, 0.
//! - In bonus and deduction groups a waived line is nothing to add or take off, in both ways.
//! - A waived line asks for no plan and no result. A verified mark on it is not taken, with a warning. A unit does not
//!   lead a line it is excused from. A result on it still enters the cluster's aggregates.

mod aggregate;
mod arithmetic;
mod award;
mod grade;
mod line;
mod rank;
mod result;
mod rule;
#[cfg(test)]
pub(crate) mod sample;
mod standing;
mod term;
mod unit;

#[cfg(test)]
mod tests;

pub use result::*;

use crate::dossier::{ClusterId, Dossier, UnitId};
use crate::finding::Finding;
use crate::intake::Submission;
use standing::Standing;

/// Scores a cluster. `submissions` may hold those of other clusters too. The order of submissions does not matter;
/// findings come in protocol order, unit by unit, then those about the cluster.
pub fn score(dossier: &Dossier, cluster: ClusterId, submissions: &[Submission]) -> (ClusterResult, Vec<Finding>) {
    score_units(dossier, cluster, dossier.units_of(cluster).collect(), submissions)
}

/// The same of a cluster whose units are known, in protocol order: with very many clusters nobody looks for them among
/// all.
pub fn score_units(
    dossier: &Dossier,
    cluster: ClusterId,
    units: Vec<UnitId>,
    submissions: &[Submission],
) -> (ClusterResult, Vec<Finding>) {
    let standing = Standing::new(dossier, cluster, units, submissions);
    let mut findings = Vec::new();
    let mut units: Vec<UnitResult> =
        standing.units.iter().map(|unit| unit::score(&standing, *unit, &mut findings)).collect();
    let (ranking, ties) = rank::rank(&standing, &mut units, &mut findings);
    grade::assign(&standing, &mut units, &ranking, &mut findings);
    let awards = award::propose(&standing, &mut units, &ranking, &mut findings);
    let aggregates = aggregate::aggregates(&standing, &mut findings);
    let term = term::results(&standing, &aggregates, &mut findings);
    let result = ClusterResult { cluster, scheme: standing.scheme, units, ranking, aggregates, ties, awards, term };
    (result, findings)
}
