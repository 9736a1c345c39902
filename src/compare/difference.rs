//! What a comparison gives. Plain values; serialized, they are the object that `thidua compare --json` prints.
//!
//! Figures are exact decimals, written as strings.

use rust_decimal::Decimal;
use serde::Serialize;

/// A value in the first and in the second run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Both<T> {
    pub before: T,
    pub after: T,
}

impl<T> Both<T> {
    pub fn new(before: T, after: T) -> Self {
        Both { before, after }
    }

    pub fn map<U>(&self, of: impl Fn(&T) -> U) -> Both<U> {
        Both { before: of(&self.before), after: of(&self.after) }
    }
}

impl<T: PartialEq> Both<T> {
    pub fn differs(&self) -> bool {
        self.before != self.after
    }
}

/// Two runs side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    pub schema: u32,
    pub year: Both<i32>,
    /// What the definitions say differently for all clusters.
    pub conventions: Vec<Convention>,
    pub clusters: Vec<ClusterDifference>,
}

impl Comparison {
    /// Whether nothing that is compared differs.
    pub fn is_empty(&self) -> bool {
        !self.year.differs() && self.conventions.is_empty() && self.clusters.iter().all(ClusterDifference::is_empty)
    }
}

/// An item of the definition with its words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Convention {
    pub item: String,
    pub values: Both<String>,
}

/// In which of the runs something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    Both,
    OnlyBefore,
    OnlyAfter,
}

impl Presence {
    pub(super) fn of<T>(pair: &Both<Option<T>>) -> Self {
        match (&pair.before, &pair.after) {
            (Some(_), None) => Presence::OnlyBefore,
            (None, Some(_)) => Presence::OnlyAfter,
            _ => Presence::Both,
        }
    }
}

/// One cluster in both runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClusterDifference {
    pub code: String,
    pub name: String,
    pub presence: Presence,
    /// Lines whose rule or maximum differ, or that only one run has.
    pub criteria: Vec<CriterionDifference>,
    /// Every unit of both runs, by its place in the second, also those that did not change.
    pub units: Vec<UnitDifference>,
}

impl ClusterDifference {
    pub fn is_empty(&self) -> bool {
        self.presence == Presence::Both && self.criteria.is_empty() && self.changed_units().next().is_none()
    }

    /// The units of which something differs.
    pub fn changed_units(&self) -> impl Iterator<Item = &UnitDifference> {
        self.units.iter().filter(|unit| unit.has_changed())
    }
}

/// A line of the scoring table that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionDifference {
    pub code: String,
    pub name: String,
    pub presence: Presence,
    pub rule: Both<Option<String>>,
    pub max: Both<Option<Decimal>>,
}

/// One unit in both runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnitDifference {
    pub code: String,
    pub name: String,
    pub presence: Presence,
    pub submitted: Both<bool>,
    pub disqualified: Both<bool>,
    pub rank: Both<Option<u32>>,
    pub total: Both<Option<Decimal>>,
    pub base: Both<Option<Decimal>>,
    pub bonus: Both<Option<Decimal>>,
    pub deduction: Both<Option<Decimal>>,
    pub grade: Both<Option<String>>,
    pub awards: Both<Vec<String>>,
    /// Lines of which something differs, the one that moved most points first.
    pub lines: Vec<LineDifference>,
    /// Names of units that stand before this one now and did not, and the other way round.
    pub passed_by: Vec<String>,
    pub passed: Vec<String>,
}

impl UnitDifference {
    pub fn has_changed(&self) -> bool {
        self.presence != Presence::Both || self.has_moved() || !self.lines.is_empty()
    }

    /// Whether the unit's own outcome differs: place, total, class or awards.
    pub fn has_moved(&self) -> bool {
        self.submitted.differs()
            || self.disqualified.differs()
            || self.rank.differs()
            || self.total.differs()
            || self.grade.differs()
            || self.awards.differs()
    }
}

/// One line of one unit that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineDifference {
    pub code: String,
    pub name: String,
    pub mark: Both<Option<Decimal>>,
    /// By how many points the mark rose (or fell, below 0); a mark that is not there counts 0.
    pub points: Decimal,
    pub causes: Vec<Cause>,
    pub result: Both<Option<Decimal>>,
    pub plan: Both<Option<Decimal>>,
    pub verified: Both<Option<Decimal>>,
    #[serde(rename = "self")]
    pub self_mark: Both<Option<Decimal>>,
    /// The cell of the result.
    pub source: Both<Option<String>>,
    pub why: Both<Option<String>>,
}

/// What moved a line's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The unit's result.
    Result,
    /// Its plan.
    Plan,
    /// The cluster's verified mark.
    Verified,
    /// The unit's own mark, on a line that is marked directly.
    SelfMark,
    /// The unit was excused from the line, or is no longer.
    Waiver,
    /// The rule or the maximum of the line.
    Rule,
    /// Nothing of the unit's own: another unit's result leads the line now.
    Others,
}
