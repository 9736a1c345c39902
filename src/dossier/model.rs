//! The model of a dossier. Plain values; nothing here reads files.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::UnitFigures;
use crate::finding::{CellAddress, Place};
use crate::sheet::{Grid, SheetName};
use crate::vietnamese;

macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub usize);
    };
}

index!(
    /// Index of a [`Cluster`] in [`Dossier::clusters`].
    ClusterId
);
index!(
    /// Index of a [`Unit`] in [`Dossier::units`].
    UnitId
);
index!(
    /// Index of a [`Group`] in [`Dossier::groups`].
    GroupId
);
index!(
    /// Index of a [`Criterion`] in [`Dossier::criteria`].
    CriterionId
);

/// The cell a value was read from (nguồn). The file is a path inside the dossier with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// Shared by all cells of the sheet, so that very many values stay small.
    sheet: Arc<SheetName>,
    pub cell: CellAddress,
}

impl Source {
    /// A cell of a sheet, counted from zero.
    pub fn of(grid: &Grid, row: u32, column: u32) -> Self {
        Source { sheet: grid.full_name().clone(), cell: CellAddress::new(row, column) }
    }

    /// A cell of the sheet of a name.
    pub fn new(sheet: SheetName, cell: CellAddress) -> Self {
        Source { sheet: Arc::new(sheet), cell }
    }

    /// The same of a name that many cells share.
    pub fn in_sheet(sheet: Arc<SheetName>, cell: CellAddress) -> Self {
        Source { sheet, cell }
    }

    /// The sheet with its file.
    pub fn full_name(&self) -> &Arc<SheetName> {
        &self.sheet
    }

    /// Path of the file inside the dossier.
    pub fn file(&self) -> &str {
        &self.sheet.file
    }

    /// Name of the sheet.
    pub fn sheet(&self) -> &str {
        &self.sheet.sheet
    }

    pub fn place(&self) -> Place {
        Place::cell(self.file(), self.sheet(), self.cell)
    }
}

impl std::fmt::Display for Source {
    /// `so-lieu/a.xlsx!Biểu 1!E12` (contract §4, `sources`).
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}!{}!{}", self.file(), self.sheet(), self.cell)
    }
}

/// A value together with the cell it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sourced<T> {
    pub value: T,
    pub source: Source,
}

/// The whole definition (hồ sơ).
#[derive(Clone, Debug, Default)]
pub struct Dossier {
    pub information: Information,
    pub clusters: Vec<Cluster>,
    /// In protocol order: the order of rows, over all clusters.
    pub units: Vec<Unit>,
    pub groups: Vec<Group>,
    /// In the order of rows; each belongs to a group.
    pub criteria: Vec<Criterion>,
    /// Sheet Chỉ tiêu: plans, which win over those of submissions.
    pub targets: UnitFigures,
    /// Sheet Thẩm định: verified marks, which win over computed ones.
    pub verified: UnitFigures,
    /// Sheet Miễn chấm: lines that a unit is excused from.
    pub waivers: BTreeMap<(UnitId, CriterionId), Waiver>,
    /// Sheet Kỳ trước: results of past years.
    pub past: BTreeMap<(i32, UnitId, CriterionId), Sourced<Decimal>>,
    /// Sheet Nhiệm kỳ; present when the dossier has the sheet, which asks for the mid-term report.
    pub term: Option<Vec<TermTarget>>,
    /// Sheet Xếp loại, best first.
    pub grades: Vec<Grade>,
    /// Sheet Khen thưởng, in the order of rows.
    pub awards: Vec<Award>,
    /// Sheet Văn bản, in the order of rows.
    pub texts: Vec<DocumentText>,
}

/// Sheet Thông tin.
#[derive(Clone, Debug)]
pub struct Information {
    pub year: i32,
    /// Kỳ báo cáo, `Cả năm` unless stated.
    pub period: String,
    pub term: Option<TermYears>,
    /// Cơ quan cấp trên.
    pub superior_body: String,
    /// Cơ quan ban hành.
    pub issuing_body: String,
    /// Ký hiệu, such as `BC-LĐLĐ`.
    pub symbol: String,
    /// Địa danh.
    pub place: String,
    /// Ngày văn bản; empty: left blank to fill in by hand.
    pub document_date: Option<NaiveDate>,
    /// Hạn nộp.
    pub deadline: Option<NaiveDate>,
    /// Trần xếp loại: the class is given on min(total, this), in points.
    pub grade_ceiling: Decimal,
    pub rank_style: RankStyle,
    /// Phân định đồng điểm, in order; empty: ties share the place.
    pub tie_breaks: Vec<TieBreak>,
    /// Làm tròn: decimals of a mark.
    pub decimals: u32,
    /// Ngưỡng tăng giảm: a result so many times last year's, or so small a part of it, is asked about; 0: none is.
    pub steep_change: Decimal,
    /// Dòng miễn chấm.
    pub waiver_effect: WaiverEffect,
}

impl Default for Information {
    fn default() -> Self {
        Information {
            year: 0,
            period: "Cả năm".into(),
            term: None,
            superior_body: String::new(),
            issuing_body: String::new(),
            symbol: String::new(),
            place: String::new(),
            document_date: None,
            deadline: None,
            grade_ceiling: Decimal::ONE_HUNDRED,
            rank_style: RankStyle::Competition,
            tie_breaks: Vec::new(),
            decimals: 2,
            steep_change: Decimal::from(5),
            waiver_effect: WaiverEffect::Convert,
        }
    }
}

/// Nhiệm kỳ: `2017-2022`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermYears {
    pub text: String,
    pub first: i32,
    pub last: i32,
}

/// Kiểu xếp hạng.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RankStyle {
    /// `1,2,2,4`
    Competition,
    /// `1,2,2,3`
    Dense,
}

impl RankStyle {
    /// As users write it.
    pub fn word(self) -> &'static str {
        match self {
            RankStyle::Competition => "1,2,2,4",
            RankStyle::Dense => "1,2,2,3",
        }
    }
}

/// Dòng miễn chấm: what becomes of the points of a line that a unit is excused from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverEffect {
    /// `Quy đổi`: the line leaves the unit's scale, and the rest is converted to the whole.
    Convert,
    /// `Tính đủ điểm`: the line counts its maximum.
    CountFull,
}

impl WaiverEffect {
    /// The key word as users write it.
    pub fn word(self) -> &'static str {
        match self {
            WaiverEffect::Convert => "Quy đổi",
            WaiverEffect::CountFull => "Tính đủ điểm",
        }
    }
}

/// A unit excused from a line (miễn chấm).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// Lý do, empty where none is given.
    pub reason: String,
    /// The cell that names the line.
    pub source: Source,
}

/// One step of Phân định đồng điểm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieBreak {
    /// More points in the group or line of this code first.
    Code(String),
    /// More bonus points first (`thưởng`).
    Bonus,
    /// Fewer deducted points first (`ít trừ`).
    FewerDeductions,
}

impl TieBreak {
    /// As users write it.
    pub fn word(&self) -> &str {
        match self {
            TieBreak::Code(code) => code,
            TieBreak::Bonus => "thưởng",
            TieBreak::FewerDeductions => "ít trừ",
        }
    }
}

/// A cluster (cụm, khối thi đua).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cluster {
    pub code: String,
    pub name: String,
    /// Chủ đề thi đua.
    pub theme: String,
    /// Chứng kiến: the body that witnesses the covenant.
    pub witness_body: String,
    pub witness_title: String,
    pub witness_name: String,
    pub meeting_place: String,
    pub meeting_date: Option<NaiveDate>,
}

/// A member union (đơn vị).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub code: String,
    pub name: String,
    pub short_name: String,
    pub other_names: Vec<String>,
    pub cluster: ClusterId,
    pub role: Role,
    /// The role as written: `Khối trưởng`, `Cụm phó`, `Thành viên`.
    pub role_text: String,
    pub signer_title: String,
    pub signer_name: String,
    /// The row that defines it.
    pub place: Place,
}

/// Vai trò of a unit in its cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Cụm trưởng, Khối trưởng.
    Lead,
    /// Cụm phó, Phó Trưởng khối.
    Deputy,
    /// Thành viên.
    Member,
}

/// What a group's points do to the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// thường: its maximum equals the sum of its lines.
    Ordinary,
    /// Nhóm thưởng: added, up to its cap.
    Bonus,
    /// Nhóm trừ: taken off, up to its cap.
    Deduction,
}

/// A group of criteria (nhóm tiêu chí).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub code: String,
    pub name: String,
    pub kind: GroupKind,
    /// Ordinary: the maximum as stated. Bonus and deduction: the cap; none where the cell is empty.
    pub max: Option<Decimal>,
    /// The one cluster it applies to; none: all.
    pub cluster: Option<ClusterId>,
    pub place: Place,
}

/// A criterion, one line of the scoring table (tiêu chí).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    pub code: String,
    pub name: String,
    pub group: GroupId,
    /// ĐVT: unit of measure.
    pub measure: String,
    pub rule: Rule,
    /// Điểm tối đa; none where the cell is empty.
    pub max: Option<Decimal>,
    pub aggregation: Aggregation,
    pub other_names: Vec<String>,
    /// The one cluster it applies to; none: all.
    pub cluster: Option<ClusterId>,
    pub place: Place,
}

impl Criterion {
    /// Whether results are per cent.
    pub fn is_percent(&self) -> bool {
        vietnamese::is_percent(&self.measure)
    }

    /// Whether results are yes or no.
    pub fn is_yes_no(&self) -> bool {
        matches!(self.rule, Rule::PassFail | Rule::Disqualify | Rule::LowerGrade)
    }

    /// Whether a mark cannot be computed without a plan.
    pub fn needs_plan(&self) -> bool {
        matches!(self.rule, Rule::Ratio | Rule::AgainstLeader)
    }
}

/// Cách tính with its Tham số (contract §1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Tỷ lệ.
    Ratio,
    /// So với dẫn đầu.
    AgainstLeader,
    /// Đạt/Không.
    PassFail,
    /// Theo số lượng: points for one.
    PerCount { points: Decimal },
    /// Trừ dần: points off for each case, at most `limit` in all.
    Deduct { points: Decimal, limit: Option<Decimal> },
    /// Theo bậc.
    Steps(Steps),
    /// Chấm trực tiếp.
    Direct,
    /// Không xếp loại.
    Disqualify,
    /// Hạ bậc.
    LowerGrade,
    /// Thông tin.
    Information,
}

impl Rule {
    /// Whether lines of this rule give points.
    pub fn gives_points(&self) -> bool {
        !matches!(self, Rule::Disqualify | Rule::LowerGrade | Rule::Information)
    }

    /// The key word as users write it.
    pub fn word(&self) -> &'static str {
        match self {
            Rule::Ratio => "Tỷ lệ",
            Rule::AgainstLeader => "So với dẫn đầu",
            Rule::PassFail => "Đạt/Không",
            Rule::PerCount { .. } => "Theo số lượng",
            Rule::Deduct { .. } => "Trừ dần",
            Rule::Steps(_) => "Theo bậc",
            Rule::Direct => "Chấm trực tiếp",
            Rule::Disqualify => "Không xếp loại",
            Rule::LowerGrade => "Hạ bậc",
            Rule::Information => "Thông tin",
        }
    }
}

/// Steps of Theo bậc: the first that holds gives the points, else `otherwise` (còn lại).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steps {
    pub steps: Vec<Step>,
    pub otherwise: Decimal,
}

/// One step: a comparison with a bound, and the points it gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub comparison: Comparison,
    pub bound: Decimal,
    pub points: Decimal,
}

/// `>=`, `>`, `<=`, `<`, `=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    AtLeast,
    Above,
    AtMost,
    Below,
    Equal,
}

impl Comparison {
    pub fn holds(self, left: Decimal, right: Decimal) -> bool {
        match self {
            Comparison::AtLeast => left >= right,
            Comparison::Above => left > right,
            Comparison::AtMost => left <= right,
            Comparison::Below => left < right,
            Comparison::Equal => left == right,
        }
    }

    /// As printed for readers: `≥`.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::AtLeast => "≥",
            Comparison::Above => ">",
            Comparison::AtMost => "≤",
            Comparison::Below => "<",
            Comparison::Equal => "=",
        }
    }
}

/// Tổng hợp: how a line's results are put together for the cluster. Codes are criterion codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Aggregation {
    Sum,
    Mean,
    /// Gia quyền: mean weighted by another line.
    WeightedBy(String),
    /// Tỷ lệ a/b: recomputed from the two totals, × 100.
    RatioOf(String, String),
    Maximum,
    Minimum,
    /// Đếm đạt: number of yes.
    CountMet,
    /// Không.
    None,
}

/// One row of sheet Nhiệm kỳ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermTarget {
    /// Criterion code.
    pub criterion: String,
    pub target: Option<Decimal>,
    pub cumulation: Cumulation,
    pub place: Place,
}

/// Luỹ kế.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cumulation {
    /// Cộng
    Sum,
    /// Cuối kỳ
    Last,
    /// Bình quân
    Mean,
}

/// A class (xếp loại).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grade {
    pub name: String,
    /// Từ điểm: from this many points; none: no lower bound.
    pub from: Option<Decimal>,
    /// Tỷ lệ tối đa, in per cent of the ranked units.
    pub share: Option<Decimal>,
    pub conditions: Vec<GradeCondition>,
    pub place: Place,
}

/// Điều kiện of a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GradeCondition {
    /// `mọi nhóm >= 50%`: each ordinary group's mark against its maximum, in per cent.
    EveryGroup(Comparison, Decimal),
    /// `không có điểm trừ`
    NoDeduction,
}

/// An award (hình thức khen thưởng).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Award {
    pub name: String,
    /// Số lượng inside each cluster; none: no limit.
    pub number: Option<usize>,
    pub conditions: Vec<AwardCondition>,
    pub place: Place,
}

/// Điều kiện of an award.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AwardCondition {
    /// `hạng 1`, `hạng <= 3`
    Rank(Comparison, u32),
    /// `xếp loại Xuất sắc`: index in [`Dossier::grades`].
    Grade(usize),
    /// `không có điểm trừ`
    NoDeduction,
}

/// One row of sheet Văn bản.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentText {
    /// An output's name, such as `giao-uoc`, or `*` for all.
    pub paper: String,
    /// Mục, as written: `Nơi nhận`.
    pub key: String,
    pub text: String,
    pub place: Place,
}

impl Dossier {
    pub fn cluster(&self, id: ClusterId) -> &Cluster {
        &self.clusters[id.0]
    }

    pub fn unit(&self, id: UnitId) -> &Unit {
        &self.units[id.0]
    }

    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0]
    }

    pub fn criterion(&self, id: CriterionId) -> &Criterion {
        &self.criteria[id.0]
    }

    /// The units of a cluster, in protocol order.
    pub fn units_of(&self, cluster: ClusterId) -> impl Iterator<Item = UnitId> + '_ {
        (0..self.units.len()).map(UnitId).filter(move |id| self.unit(*id).cluster == cluster)
    }

    /// The groups that apply to a cluster with the lines that apply, both in the order of rows. Groups of which no
    /// line applies are left out.
    pub fn scheme(&self, cluster: ClusterId) -> Vec<(GroupId, Vec<CriterionId>)> {
        let applies = |scope: Option<ClusterId>| scope.is_none_or(|only| only == cluster);
        let mut groups: Vec<Vec<CriterionId>> = vec![Vec::new(); self.groups.len()];
        for (index, criterion) in self.criteria.iter().enumerate().filter(|(_, criterion)| applies(criterion.cluster)) {
            groups[criterion.group.0].push(CriterionId(index));
        }
        let groups = groups.into_iter().enumerate().map(|(index, lines)| (GroupId(index), lines));
        groups.filter(|(id, lines)| !lines.is_empty() && applies(self.group(*id).cluster)).collect()
    }

    /// The texts of a paper under a key (folded), its own rows before those of `*`; with own rows the `*` rows are
    /// left out.
    pub fn texts(&self, paper: &str, key: &str) -> Vec<&str> {
        let key = crate::vietnamese::fold(key);
        let of = |name: &str| -> Vec<&str> {
            self.texts
                .iter()
                .filter(|row| row.paper == name && crate::vietnamese::fold(&row.key) == key)
                .map(|row| row.text.as_str())
                .collect()
        };
        let own = of(paper);
        if own.is_empty() { of("*") } else { own }
    }
}
