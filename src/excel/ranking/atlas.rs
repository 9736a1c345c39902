//! Where everything stands in the ranking workbook: rows and columns of each sheet, and the addresses formulas use.
//!
//! The sheets Chi tiết, Tự chấm và thẩm định and Số liệu share their rows: a line of a unit has the same row number
//! on all three.

use rust_decimal::Decimal;
use std::collections::BTreeMap;

use super::super::WorkbookError;
use super::super::address::{Spot, literal};
use super::super::layout::Layout;
use super::super::paper::HEADING;
use crate::dossier::{Criterion, Dossier, Grade, Group, GroupKind, Rule, TieBreak, WaiverEffect};
use crate::scoring::{ClusterResult, UnitResult};

/// First row of the blocks of units on the three sheets that share their rows, and of the scale.
const FIRST: u32 = HEADING + 1;
/// First unit on sheet Xếp hạng, below the maxima.
const FIRST_STANDING: u32 = HEADING + 2;

/// The atlas of one ranking workbook. Units, groups and lines are given by their index in the cluster's result.
pub(super) struct Atlas<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) result: &'a ClusterResult,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) groups: Vec<GroupOfLines<'a>>,
    pub(super) standings: StandingsColumns<'a>,
    pub(super) details: DetailsColumns<'a>,
    pub(super) self_marks: SelfMarksColumns<'a>,
    pub(super) figures: FiguresColumns<'a>,
    /// The words for yes and no in results.
    pub(super) answers: Answers<'a>,
    pub(super) scale: ScaleColumns<'a>,
    pub(super) scale_rows: ScaleRows,
    pub(super) notes: NotesColumns<'a>,
    /// The column Miễn chấm of sheet Số liệu; only where a unit of the cluster is excused from a line.
    pub(super) waivers: Option<Waivers<'a>>,
    /// Place of each unit in the order of sheet Xếp hạng.
    order: Vec<u32>,
    block_height: u32,
}

/// How waived lines stand on sheet Số liệu.
pub(super) struct Waivers<'a> {
    pub(super) column: u16,
    /// The word that marks a waived line.
    pub(super) mark: &'a str,
    /// Waived lines leave the unit's scale; else they count full.
    pub(super) convert: bool,
}

impl<'a> Waivers<'a> {
    fn read(dossier: &Dossier, result: &ClusterResult, layout: &'a Layout) -> Result<Option<Self>, WorkbookError> {
        let mut lines = result.units.iter().flat_map(|unit| &unit.lines);
        if !lines.any(|line| line.waived.is_some()) {
            return Ok(None);
        }
        let table = layout.table("so_lieu")?;
        let convert = dossier.information.waiver_effect == WaiverEffect::Convert;
        Ok(Some(Waivers { column: table.position("mien")?, mark: table.word("mien")?, convert }))
    }
}

/// A line of the scheme with its offset in a unit's block.
pub(super) struct Line<'a> {
    pub(super) criterion: &'a Criterion,
    pub(super) group: usize,
    offset: u32,
}

impl Line<'_> {
    /// Whether the line gives points at all.
    pub(super) fn gives_points(&self) -> bool {
        self.criterion.rule.gives_points()
    }
}

/// A group of the scheme with its lines.
pub(super) struct GroupOfLines<'a> {
    pub(super) group: &'a Group,
    /// Indices into [`Atlas::lines`].
    pub(super) lines: std::ops::Range<usize>,
    offset: u32,
}

macro_rules! columns {
    ($(#[$doc:meta])* $name:ident, $key:literal, $($field:ident = $column:literal),+) => {
        $(#[$doc])*
        pub(super) struct $name<'a> {
            pub(super) sheet: &'a str,
            $(pub(super) $field: u16),+
        }

        impl<'a> $name<'a> {
            fn read(layout: &'a Layout) -> Result<Self, WorkbookError> {
                let table = layout.table($key)?;
                Ok($name { sheet: table.word("ten")?, $($field: table.position($column)?),+ })
            }
        }
    };
}

columns!(
    /// Columns of sheet Chi tiết.
    DetailsColumns, "chi_tiet", unit = "don_vi", code = "ma", name = "noi_dung", measure = "dvt", plan = "ke_hoach",
    result = "ket_qua", ratio = "ty_le", max = "toi_da", mark = "diem", why = "vi_sao", opinion = "y_kien"
);
columns!(
    /// Columns of sheet Tự chấm và thẩm định.
    SelfMarksColumns, "tu_cham", unit = "don_vi", code = "ma", name = "noi_dung", max = "toi_da",
    self_mark = "tu_cham", computed = "may_cham", verified = "tham_dinh", mark = "diem", difference = "chenh_lech",
    reason = "ly_do", opinion = "y_kien"
);
columns!(
    /// Columns of sheet Số liệu.
    FiguresColumns, "so_lieu", unit = "don_vi", code = "ma", name = "noi_dung", measure = "dvt", plan = "ke_hoach",
    result = "ket_qua", self_mark = "tu_cham", verified = "tham_dinh", remark = "ghi_chu",
    opinion = "y_kien"
);
columns!(
    /// Columns of the table of rules on sheet Thang điểm.
    ScaleColumns, "thang_diem", code = "ma", name = "noi_dung", measure = "dvt", rule = "cach_tinh", max = "toi_da",
    points = "mot_lan", limit = "khong_qua", leader = "dan_dau", words = "dien_giai"
);

/// The words that stand for yes and no in the result of a line, and of a unit that has submitted.
pub(super) struct Answers<'a> {
    pub(super) pass: &'a str,
    pub(super) fail: &'a str,
    pub(super) yes: &'a str,
    pub(super) no: &'a str,
    /// Stands for a result that could not be read.
    pub(super) unread: &'a str,
}

impl<'a> Answers<'a> {
    fn read(layout: &'a Layout) -> Result<Self, WorkbookError> {
        let table = layout.table("so_lieu")?;
        Ok(Answers {
            pass: table.word("dat")?,
            fail: table.word("khong_dat")?,
            yes: table.word("co")?,
            no: table.word("khong")?,
            unread: table.word("khong_doc")?,
        })
    }
}

/// Columns of sheet Xếp hạng.
pub(super) struct StandingsColumns<'a> {
    pub(super) sheet: &'a str,
    pub(super) number: u16,
    pub(super) unit: u16,
    /// Ordinary groups with points, with their columns.
    pub(super) groups: Vec<(usize, u16)>,
    pub(super) base: u16,
    pub(super) bonus: u16,
    pub(super) deduction: u16,
    pub(super) total: u16,
    pub(super) rank: u16,
    pub(super) grade: u16,
    pub(super) awards: u16,
    pub(super) self_total: u16,
    pub(super) remark: u16,
    /// Open to what a unit has to say.
    pub(super) opinion: u16,
    pub(super) last: u16,
}

/// Columns and rows of sheet Đồng điểm và lưu ý.
pub(super) struct NotesColumns<'a> {
    pub(super) sheet: &'a str,
    pub(super) number: u16,
    pub(super) unit: u16,
    pub(super) total: u16,
    pub(super) in_ranking: u16,
    /// The tie-breaks that say something in this cluster, with their columns.
    pub(super) ties: Vec<(&'a TieBreak, u16)>,
    pub(super) tied: u16,
    pub(super) rank: u16,
    pub(super) grade_points: u16,
    /// For each grade the column “enough for it” and, where it has a share, “within the share”.
    pub(super) grades: Vec<(u16, Option<u16>)>,
    pub(super) lowered: u16,
    pub(super) grade: u16,
    /// For each award the column “fulfils it” and “proposed”.
    pub(super) awards: Vec<(u16, u16)>,
    pub(super) last: u16,
}

/// Rows of sheet Thang điểm. A title stands one row above the headings of its table.
#[derive(Default)]
pub(super) struct ScaleRows {
    pub(super) groups: Vec<u32>,
    pub(super) lines: Vec<u32>,
    pub(super) steps_title: Option<u32>,
    /// Rows of a line's steps, the last one “còn lại”; by the line's index.
    pub(super) steps: BTreeMap<usize, Vec<u32>>,
    pub(super) conventions_title: u32,
    pub(super) decimals: u32,
    pub(super) ceiling: u32,
    pub(super) rank_style: u32,
    pub(super) tie_breaks: u32,
    /// Dòng miễn chấm, and the whole scale that the rest is converted to.
    pub(super) waiver_effect: Option<u32>,
    pub(super) whole_scale: Option<u32>,
    pub(super) grades_title: Option<u32>,
    pub(super) grades: Vec<u32>,
    pub(super) awards_title: Option<u32>,
    pub(super) awards: Vec<u32>,
    pub(super) conditions_title: Option<u32>,
    pub(super) grade_conditions: Vec<Vec<u32>>,
    pub(super) award_conditions: Vec<Vec<u32>>,
    pub(super) steps_bound: u16,
    pub(super) steps_points: u16,
    pub(super) value: u16,
    pub(super) grade_name: u16,
    pub(super) grade_from: u16,
    pub(super) grade_share: u16,
    pub(super) award_name: u16,
    pub(super) award_number: u16,
    pub(super) condition_bound: u16,
}

impl<'a> Atlas<'a> {
    pub(super) fn draw(
        dossier: &'a Dossier,
        result: &'a ClusterResult,
        layout: &'a Layout,
    ) -> Result<Self, WorkbookError> {
        let (groups, lines, block_height) = blocks(dossier, result);
        let standings = StandingsColumns::read(layout, &groups, &lines)?;
        let notes = NotesColumns::read(dossier, layout, &groups, &lines)?;
        let waivers = Waivers::read(dossier, result, layout)?;
        let scale_rows = ScaleRows::count(dossier, layout, &groups, &lines, waivers.as_ref())?;
        let mut order = vec![0; result.units.len()];
        for (place, unit) in (0..).zip(&result.ranking) {
            order[*unit] = place;
        }
        Ok(Atlas {
            dossier,
            result,
            standings,
            details: DetailsColumns::read(layout)?,
            self_marks: SelfMarksColumns::read(layout)?,
            figures: FiguresColumns::read(layout)?,
            answers: Answers::read(layout)?,
            scale: ScaleColumns::read(layout)?,
            scale_rows,
            notes,
            waivers,
            order,
            lines,
            groups,
            block_height,
        })
    }

    pub(super) fn units(&self) -> impl Iterator<Item = (usize, &'a UnitResult)> {
        self.result.units.iter().enumerate()
    }

    /// The units in the order of sheet Xếp hạng: ranked ones first.
    pub(super) fn ranked_order(&self) -> impl Iterator<Item = (usize, &'a UnitResult)> {
        self.result.ranking.iter().map(|unit| (*unit, &self.result.units[*unit]))
    }

    /// Short name where there is one.
    pub(super) fn short_name(&self, unit: usize) -> &'a str {
        let unit = self.dossier.unit(self.result.units[unit].unit);
        if unit.short_name.is_empty() { &unit.name } else { &unit.short_name }
    }

    /// The file that a unit's first result came from.
    pub(super) fn file_of(&self, unit: usize) -> Option<&'a str> {
        let mut sources = self.result.units[unit].lines.iter().filter_map(|line| line.source.as_ref());
        sources.next().map(|source| source.file())
    }

    pub(super) fn lines_where(&self, wanted: impl Fn(&Rule) -> bool) -> Vec<usize> {
        (0..self.lines.len()).filter(|line| wanted(&self.lines[*line].criterion.rule)).collect()
    }

    pub(super) fn unit_code(&self, unit: usize) -> &'a str {
        &self.dossier.unit(self.result.units[unit].unit).code
    }

    /// Whether any line of a group gives points.
    pub(super) fn has_points(&self, group: usize) -> bool {
        self.lines[self.groups[group].lines.clone()].iter().any(Line::gives_points)
    }

    /// The maximum of an ordinary group, stated or summed up over its lines; the cap of another.
    pub(super) fn group_limit(&self, group: usize) -> Option<Decimal> {
        let this = &self.groups[group];
        let maxima = self.lines[this.lines.clone()].iter().filter_map(|line| line.criterion.max);
        let summed = || maxima.fold(Decimal::ZERO, |sum, max| sum.checked_add(max).unwrap_or(sum));
        let limit = this.group.max.or_else(|| (this.group.kind == GroupKind::Ordinary).then(summed));
        limit.filter(|limit| self.has_points(group) || !limit.is_zero())
    }

    /// The maxima of all ordinary lines: the scale that waived units are converted to.
    pub(super) fn whole_scale(&self) -> Decimal {
        let ordinary = (0..self.lines.len()).filter(|line| self.kind(*line) == GroupKind::Ordinary);
        let maxima = ordinary.filter_map(|line| self.lines[line].criterion.max);
        maxima.fold(Decimal::ZERO, |sum, max| sum.checked_add(max).unwrap_or(sum))
    }

    /// The kind of the group that a line stands in.
    pub(super) fn kind(&self, line: usize) -> GroupKind {
        self.groups[self.lines[line].group].group.kind
    }

    // Rows.

    /// The head row of a unit's block.
    pub(super) fn unit_row(&self, unit: usize) -> u32 {
        FIRST + u32::try_from(unit).unwrap_or(u32::MAX).saturating_mul(self.block_height)
    }

    pub(super) fn group_row(&self, unit: usize, group: usize) -> u32 {
        self.unit_row(unit) + self.groups[group].offset
    }

    pub(super) fn line_row(&self, unit: usize, line: usize) -> u32 {
        self.unit_row(unit) + self.lines[line].offset
    }

    pub(super) fn last_block_row(&self) -> u32 {
        self.unit_row(self.result.units.len()).saturating_sub(1).max(FIRST)
    }

    pub(super) fn standing_row(&self, unit: usize) -> u32 {
        FIRST_STANDING + self.order[unit]
    }

    pub(super) fn standing_rows(&self) -> (u32, u32) {
        (FIRST_STANDING, FIRST_STANDING + self.count().saturating_sub(1))
    }

    /// The rows of the three tables on sheet Đồng điểm và lưu ý, each with a title and headings above.
    pub(super) fn places_row(&self, unit: usize) -> u32 {
        FIRST + self.order[unit]
    }

    pub(super) fn places_rows(&self) -> (u32, u32) {
        (FIRST, FIRST + self.count().saturating_sub(1))
    }

    pub(super) fn grades_row(&self, unit: usize) -> u32 {
        self.grades_rows().0 + self.order[unit]
    }

    pub(super) fn grades_rows(&self) -> (u32, u32) {
        let first = self.places_rows().1 + 4;
        (first, first + self.count().saturating_sub(1))
    }

    pub(super) fn awards_row(&self, unit: usize) -> u32 {
        self.awards_rows().0 + self.order[unit]
    }

    pub(super) fn awards_rows(&self) -> (u32, u32) {
        let above = if self.dossier.grades.is_empty() { self.places_rows() } else { self.grades_rows() };
        (above.1 + 4, above.1 + 4 + self.count().saturating_sub(1))
    }

    pub(super) fn remarks_title(&self) -> u32 {
        let above = match (self.dossier.awards.is_empty(), self.dossier.grades.is_empty()) {
            (false, _) => self.awards_rows(),
            (true, false) => self.grades_rows(),
            (true, true) => self.places_rows(),
        };
        above.1 + 2
    }

    fn count(&self) -> u32 {
        u32::try_from(self.result.units.len()).unwrap_or(u32::MAX)
    }

    // Cells.

    /// The cell that says whether the unit has submitted.
    pub(super) fn submitted(&self, unit: usize) -> Spot<'a> {
        Spot::new(self.figures.sheet, self.unit_row(unit), self.figures.result)
    }

    pub(super) fn figure(&self, unit: usize, line: usize, column: u16) -> Spot<'a> {
        Spot::new(self.figures.sheet, self.line_row(unit, line), column)
    }

    /// The test whether a unit is excused from a line; none where nobody is excused from any.
    pub(super) fn is_waived(&self, unit: usize, line: usize) -> Option<String> {
        let waivers = self.waivers.as_ref()?;
        Some(format!("{}={}", self.figure(unit, line, waivers.column), literal(waivers.mark)))
    }

    /// The maxima of a unit's waived lines in a group, which left its scale; none where none can.
    pub(super) fn left_out(&self, unit: usize, group: usize) -> Option<String> {
        let waivers = self.waivers.as_ref().filter(|waivers| waivers.convert)?;
        let lines = &self.groups[group].lines;
        let (first, last) = (self.line_row(unit, lines.start), self.line_row(unit, lines.end.saturating_sub(1)));
        let marks = Spot::new(self.figures.sheet, first, waivers.column).down_to(last);
        let maxima = Spot::new(self.details.sheet, first, self.details.max).down_to(last);
        Some(format!("SUMIF({marks},{},{maxima})", literal(waivers.mark)))
    }

    /// The cell with the maxima of a unit's ordinary lines that are left to it.
    pub(super) fn own_scale(&self, unit: usize) -> Spot<'a> {
        Spot::new(self.details.sheet, self.unit_row(unit), self.details.max)
    }

    pub(super) fn result_of(&self, unit: usize, line: usize) -> Spot<'a> {
        self.figure(unit, line, self.figures.result)
    }

    pub(super) fn self_mark(&self, row: u32) -> Spot<'a> {
        Spot::new(self.self_marks.sheet, row, self.self_marks.self_mark)
    }

    pub(super) fn mark(&self, row: u32) -> Spot<'a> {
        Spot::new(self.details.sheet, row, self.details.mark)
    }

    pub(super) fn rule(&self, line: usize, column: u16) -> Spot<'a> {
        Spot::new(self.scale.sheet, self.scale_rows.lines[line], column)
    }

    pub(super) fn line_max(&self, line: usize) -> Spot<'a> {
        self.rule(line, self.scale.max)
    }

    pub(super) fn group_max(&self, group: usize) -> Spot<'a> {
        self.on_scale(self.scale_rows.groups[group], self.scale.max)
    }

    pub(super) fn on_scale(&self, row: u32, column: u16) -> Spot<'a> {
        Spot::new(self.scale.sheet, row, column)
    }

    pub(super) fn decimals(&self) -> Spot<'a> {
        self.on_scale(self.scale_rows.decimals, self.scale_rows.value)
    }

    pub(super) fn standing(&self, unit: usize, column: u16) -> Spot<'a> {
        Spot::new(self.standings.sheet, self.standing_row(unit), column)
    }

    /// A column of the first table on sheet Đồng điểm và lưu ý: the unit's cell and the whole column.
    pub(super) fn place(&self, unit: usize, column: u16) -> Spot<'a> {
        Spot::new(self.notes.sheet, self.places_row(unit), column)
    }

    pub(super) fn places(&self, column: u16) -> String {
        let (first, last) = self.places_rows();
        Spot::new(self.notes.sheet, first, column).down_to(last)
    }

    pub(super) fn grading(&self, unit: usize, column: u16) -> Spot<'a> {
        Spot::new(self.notes.sheet, self.grades_row(unit), column)
    }

    pub(super) fn gradings(&self, column: u16) -> String {
        let (first, last) = self.grades_rows();
        Spot::new(self.notes.sheet, first, column).down_to(last)
    }

    pub(super) fn awarding(&self, unit: usize, column: u16) -> Spot<'a> {
        Spot::new(self.notes.sheet, self.awards_row(unit), column)
    }

    pub(super) fn awardings(&self, column: u16) -> String {
        let (first, last) = self.awards_rows();
        Spot::new(self.notes.sheet, first, column).down_to(last)
    }
}

/// The scheme laid out as a unit's block: its head, then each group with its lines.
fn blocks<'a>(dossier: &'a Dossier, result: &ClusterResult) -> (Vec<GroupOfLines<'a>>, Vec<Line<'a>>, u32) {
    let (mut groups, mut lines) = (Vec::new(), Vec::new());
    let mut offset = 1;
    for (index, (id, criteria)) in result.scheme.iter().enumerate() {
        let first = lines.len();
        groups.push(GroupOfLines { group: dossier.group(*id), lines: first..first + criteria.len(), offset });
        offset += 1;
        for criterion in criteria {
            lines.push(Line { criterion: dossier.criterion(*criterion), group: index, offset });
            offset += 1;
        }
    }
    (groups, lines, offset)
}

impl<'a> StandingsColumns<'a> {
    fn read(layout: &'a Layout, groups: &[GroupOfLines], lines: &[Line]) -> Result<Self, WorkbookError> {
        let table = layout.table("xep_hang")?;
        let shown: Vec<usize> = (0..groups.len())
            .filter(|group| groups[*group].group.kind == GroupKind::Ordinary)
            .filter(|group| lines[groups[*group].lines.clone()].iter().any(Line::gives_points))
            .collect();
        let at = |key: &str| table.position_after(key, "nhom", shown.len());
        let first = table.position("nhom")?;
        Ok(StandingsColumns {
            sheet: table.word("ten")?,
            number: at("tt")?,
            unit: at("don_vi")?,
            base: at("cong")?,
            bonus: at("thuong")?,
            deduction: at("tru")?,
            total: at("tong")?,
            rank: at("xep_thu")?,
            grade: at("xep_loai")?,
            awards: at("khen")?,
            self_total: at("tu_cham")?,
            remark: at("ghi_chu")?,
            opinion: at("y_kien")?,
            last: columns_from(0, table.columns.len() + shown.len()).saturating_sub(2),
            groups: shown.into_iter().zip(first..).collect(),
        })
    }
}

impl<'a> NotesColumns<'a> {
    fn read(
        dossier: &'a Dossier,
        layout: &'a Layout,
        groups: &[GroupOfLines],
        lines: &[Line],
    ) -> Result<Self, WorkbookError> {
        let table = layout.table("dong_diem")?;
        let known = |code: &str| {
            groups.iter().any(|group| group.group.code == code) || lines.iter().any(|line| line.criterion.code == code)
        };
        let ties: Vec<&TieBreak> = dossier
            .information
            .tie_breaks
            .iter()
            .filter(|tie| !matches!(tie, TieBreak::Code(code) if !known(code)))
            .collect();
        let at = |key: &str| table.position_after(key, "phan_dinh", ties.len());
        let grading = layout.table("dong_diem.xep_loai")?;
        let mut next = grading.position("du")?;
        let mut grades = Vec::new();
        for grade in &dossier.grades {
            let within = grade.share.map(|_| next + 1);
            grades.push((next, within));
            next = within.unwrap_or(next) + 1;
        }
        let first_award = layout.table("dong_diem.khen")?.position("du")?;
        let awards: Vec<_> = (0..dossier.awards.len())
            .map(|award| columns_from(first_award, award * 2))
            .map(|du| (du, du + 1))
            .collect();
        let last = columns_from(0, table.columns.len() + ties.len()).saturating_sub(2);
        Ok(NotesColumns {
            sheet: table.word("ten")?,
            number: at("tt")?,
            unit: at("don_vi")?,
            total: at("tong")?,
            in_ranking: at("tinh_hang")?,
            tied: at("dong_hang")?,
            rank: at("xep_thu")?,
            grade_points: grading.position("diem_xet")?,
            lowered: next,
            grade: next + 1,
            last: last.max(next + 1).max(awards.last().map_or(0, |award| award.1)),
            ties: ties.into_iter().zip(table.position("phan_dinh")?..).collect(),
            grades,
            awards,
        })
    }
}

fn columns_from(first: u16, count: usize) -> u16 {
    first.saturating_add(u16::try_from(count).unwrap_or(u16::MAX))
}

impl ScaleRows {
    /// First and last rows of the tables below the rules, titles included.
    pub(super) fn tables(&self) -> Vec<(u32, u32)> {
        let last = |rows: &[Vec<u32>]| rows.iter().flatten().max().copied();
        let steps = self.steps.values().flatten().max().copied();
        let conventions = [self.tie_breaks].into_iter().chain(self.waiver_effect).chain(self.whole_scale).max();
        let conditions = last(&self.grade_conditions).max(last(&self.award_conditions));
        let tables = [
            (self.steps_title, steps),
            (Some(self.conventions_title), conventions),
            (self.grades_title, self.grades.last().copied()),
            (self.awards_title, self.awards.last().copied()),
            (self.conditions_title, conditions),
        ];
        tables.into_iter().filter_map(|(first, last)| first.zip(last)).collect()
    }

    fn count(
        dossier: &Dossier,
        layout: &Layout,
        groups: &[GroupOfLines],
        lines: &[Line],
        waivers: Option<&Waivers>,
    ) -> Result<Self, WorkbookError> {
        let steps = layout.table("thang_diem.bac")?;
        let conventions = layout.table("thang_diem.quy_uoc")?;
        let grades = layout.table("thang_diem.xep_loai")?;
        let awards = layout.table("thang_diem.khen")?;
        let mut rows = ScaleRows {
            steps_bound: steps.position("moc")?,
            steps_points: steps.position("diem")?,
            value: conventions.position("gia_tri")?,
            grade_name: grades.position("xep_loai")?,
            grade_from: grades.position("tu_diem")?,
            grade_share: grades.position("ty_le")?,
            award_name: awards.position("hinh_thuc")?,
            award_number: awards.position("so_luong")?,
            condition_bound: layout.table("thang_diem.dieu_kien")?.position("moc")?,
            ..ScaleRows::default()
        };
        let mut next = FIRST;
        let mut take = |count: u32| {
            let taken = next;
            next += count;
            taken
        };
        for group in groups {
            rows.groups.push(take(1));
            rows.lines.extend(group.lines.clone().map(|_| take(1)));
        }
        for (index, line) in lines.iter().enumerate() {
            if let Rule::Steps(steps) = &line.criterion.rule {
                rows.steps_title.get_or_insert_with(|| take(3) + 1);
                rows.steps.insert(index, (0..=steps.steps.len()).map(|_| take(1)).collect());
            }
        }
        rows.conventions_title = take(3) + 1;
        [rows.decimals, rows.ceiling, rows.rank_style, rows.tie_breaks] = [take(1), take(1), take(1), take(1)];
        rows.waiver_effect = waivers.map(|_| take(1));
        rows.whole_scale = waivers.filter(|waivers| waivers.convert).map(|_| take(1));
        rows.grades_title = (!dossier.grades.is_empty()).then(|| take(3) + 1);
        rows.grades = dossier.grades.iter().map(|_| take(1)).collect();
        rows.awards_title = (!dossier.awards.is_empty()).then(|| take(3) + 1);
        rows.awards = dossier.awards.iter().map(|_| take(1)).collect();
        let conditions = |grade: &Grade| grade.conditions.len();
        let any = dossier.grades.iter().map(conditions).sum::<usize>()
            + dossier.awards.iter().map(|award| award.conditions.len()).sum::<usize>();
        rows.conditions_title = (any > 0).then(|| take(3) + 1);
        rows.grade_conditions =
            dossier.grades.iter().map(|grade| grade.conditions.iter().map(|_| take(1)).collect()).collect();
        rows.award_conditions =
            dossier.awards.iter().map(|award| award.conditions.iter().map(|_| take(1)).collect()).collect();
        Ok(rows)
    }
}
