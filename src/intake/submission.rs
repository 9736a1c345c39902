//! What one unit submitted. Plain values; nothing here reads files.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

use crate::dossier::{CriterionId, Source, Sourced, UnitId};
use crate::finding::Place;

/// One unit's submission (báo cáo).
#[derive(Clone, Debug)]
pub struct Submission {
    pub unit: UnitId,
    /// The sheet, or the row of a joint table, it was read from.
    pub place: Place,
    /// Năm in the form; none where it is silent.
    pub year: Option<i32>,
    /// Ngày báo cáo.
    pub report_date: Option<Sourced<NaiveDate>>,
    pub lines: BTreeMap<CriterionId, SubmittedLine>,
    /// Sheet Thuyết minh.
    pub narratives: Vec<Narrative>,
}

/// One line of a submission. An empty cell is `None`; a cell that could not be read is `None` too and has a finding.
#[derive(Clone, Debug, Default)]
pub struct SubmittedLine {
    /// Kế hoạch.
    pub plan: Option<Sourced<Decimal>>,
    /// Kết quả.
    pub result: Option<Sourced<Reading>>,
    /// Điểm tự chấm, in points.
    pub self_mark: Option<Sourced<Decimal>>,
    /// Ghi chú.
    pub remark: String,
    /// Where the result stands or should stand, for findings about a missing one.
    pub place: Option<Source>,
    /// The same of the plan.
    pub plan_place: Option<Source>,
    /// The result's cell holds something that could not be read; a finding says so already, so it is not reported
    /// again as missing.
    pub unreadable: bool,
}

/// A result as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A figure in the criterion's own unit of measure; per cent as 97.5.
    Number(Decimal),
    Yes,
    No,
}

impl Reading {
    /// The figure; yes is 1, no is 0.
    pub fn number(self) -> Decimal {
        match self {
            Reading::Number(value) => value,
            Reading::Yes => Decimal::ONE,
            Reading::No => Decimal::ZERO,
        }
    }
}

/// One row of sheet Thuyết minh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Narrative {
    pub kind: NarrativeKind,
    pub text: String,
}

/// Mục of sheet Thuyết minh.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NarrativeKind {
    /// Nổi bật
    Highlight,
    /// Mô hình mới
    NewModel,
    /// Hạn chế
    Weakness,
    /// Nguyên nhân
    Cause,
    /// Kiến nghị
    Proposal,
}
