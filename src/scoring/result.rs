//! What scoring gives for one cluster. Marks and totals in points, ratios in per cent.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use crate::dossier::{ClusterId, CriterionId, GroupId, Source, UnitId};
use crate::intake::{Narrative, Reading};

/// The result of a cluster (kết quả của cụm).
#[derive(Clone, Debug)]
pub struct ClusterResult {
    pub cluster: ClusterId,
    /// The groups and lines that apply, in the order of rows; `UnitResult::groups` and `lines` follow it.
    pub scheme: Vec<(GroupId, Vec<CriterionId>)>,
    /// All units of the cluster in protocol order, also those that did not submit.
    pub units: Vec<UnitResult>,
    /// Indices into `units`: ranked ones by rank (ties in protocol order), then the unranked in protocol order.
    pub ranking: Vec<usize>,
    /// One for each line that is put together.
    pub aggregates: BTreeMap<CriterionId, Aggregate>,
    /// Units tied on one place after all tie-breaks; indices into `units`.
    pub ties: Vec<Tie>,
    /// Proposed awards in the order of the dossier: index of the award, indices into `units` in rank order.
    pub awards: Vec<(usize, Vec<usize>)>,
    /// Lines of sheet Nhiệm kỳ with their years; empty without the sheet.
    pub term: Vec<TermResult>,
}

/// One unit's result.
#[derive(Clone, Debug)]
pub struct UnitResult {
    pub unit: UnitId,
    pub submitted: bool,
    /// A line `Không xếp loại` was answered yes.
    pub disqualified: bool,
    pub rank: Option<u32>,
    /// base + bonus − deduction; may be above 100 or below 0.
    pub total: Decimal,
    /// Sum of the ordinary groups, converted to the whole scale where lines were waived so.
    pub base: Decimal,
    /// How the base came out of the groups, for a unit whose waived lines left its scale.
    pub conversion: Option<Conversion>,
    /// Σ min(bonus group, cap).
    pub bonus: Decimal,
    /// Σ min(deduction group, cap), as a positive number.
    pub deduction: Decimal,
    /// The self marks put together as the total is; none where the unit gave none.
    pub self_total: Option<Decimal>,
    /// Index in `Dossier::grades`.
    pub grade: Option<usize>,
    /// Indices in `Dossier::awards`.
    pub awards: Vec<usize>,
    pub groups: Vec<GroupResult>,
    /// Every line of the scheme, groups flattened.
    pub lines: Vec<LineResult>,
    /// The unit's own words, for the report.
    pub narratives: Vec<Narrative>,
}

/// The base of a unit whose waived lines left its scale (quy đổi): `sum × scale / left`, rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// Points of the ordinary groups as they stand.
    pub sum: Decimal,
    /// The maxima of all ordinary lines of the scheme.
    pub scale: Decimal,
    /// The same without the waived lines; 0 where every line was waived.
    pub left: Decimal,
}

/// A line that a unit is excused from (miễn chấm).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    pub reason: String,
    /// Its maximum leaves the unit's scale; else it counts full, or nothing in a bonus or deduction group.
    pub left_out: bool,
}

/// One unit's mark in a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupResult {
    pub group: GroupId,
    /// Sum of its lines before a cap; a deduction counts in plus.
    pub sum: Decimal,
    /// What enters the total: after the cap of a bonus or deduction group.
    pub points: Decimal,
    /// The maximum over the lines that apply, or the cap.
    pub max: Option<Decimal>,
    /// The maxima of lines that left the unit's scale.
    pub left_out: Decimal,
    /// The self marks of its lines, capped likewise; none where there is none.
    pub self_points: Option<Decimal>,
}

/// One unit's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineResult {
    pub criterion: CriterionId,
    /// The plan that counts: the dossier's, else the submission's.
    pub plan: Option<Decimal>,
    pub result: Option<Reading>,
    /// result / plan × 100, exact to 28 digits; round when shown. None without a plan above 0 or without a result.
    pub ratio: Option<Decimal>,
    /// By the rule; none for a line without points or that cannot be scored.
    pub computed: Option<Decimal>,
    /// Sheet Thẩm định.
    pub verified: Option<Decimal>,
    pub self_mark: Option<Decimal>,
    /// What enters the self total: the self mark; the maximum for a waived line that counts full, where the unit gave
    /// any self mark.
    pub self_counted: Option<Decimal>,
    /// What counts: verified, else computed, else 0. Zero for lines without points, and for waived ones that do not
    /// count full.
    pub mark: Decimal,
    pub waived: Option<Waived>,
    /// Whether the line gives points at all.
    pub scored: bool,
    /// Last year's result of this unit, where the dossier has it.
    pub previous: Option<Decimal>,
    /// Why this mark, in one line of words: `TH 104/KH 100 → 104% ≥ 100% → 4 điểm`.
    pub why: String,
    /// The cell of the result.
    pub source: Option<Source>,
    /// The unit's remark (Ghi chú), empty without.
    pub remark: String,
}

impl LineResult {
    /// Whether the line's mark enters the total: it gives points and did not leave the unit's scale.
    pub fn counts(&self) -> bool {
        self.scored && self.waived.as_ref().is_none_or(|waived| !waived.left_out)
    }
}

/// A line put together for the cluster, over the units that submitted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aggregate {
    pub plan: Option<Decimal>,
    pub result: Option<Decimal>,
    /// result / plan × 100, two decimals.
    pub ratio: Option<Decimal>,
    /// Units whose result is at least their plan, of those with a plan; for yes/no lines the yeses of the answers.
    pub met: u32,
    pub of: u32,
    /// Last year's figure put together the same way, where the dossier has it for every unit counted.
    pub previous: Option<Decimal>,
    /// The plan over all units of the cluster, also those that did not submit: for the covenant.
    pub assigned: Option<Decimal>,
}

/// Units that share a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub rank: u32,
    pub units: Vec<usize>,
}

/// One line of the term (nhiệm kỳ) with the cluster's figures of each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermResult {
    pub criterion: CriterionId,
    pub target: Option<Decimal>,
    /// Year and the cluster's figure, ascending.
    pub years: Vec<(i32, Decimal)>,
    pub cumulative: Option<Decimal>,
    /// cumulative / target × 100, two decimals.
    pub ratio: Option<Decimal>,
}
