//! Sheet Miễn chấm: lines that a unit is excused from, each with its reason.

use super::Reader;
use super::cells::Spot;
use super::units::spot;
use crate::dossier::{CriterionId, Source, UnitId, Waiver, code_key};
use crate::finding::catalogue::dossier as codes;
use crate::finding::{Finding, Place};
use crate::sheet::{Column, Table};
use crate::vietnamese;

const WAIVER: [Column; 3] = [
    Column::required("Đơn vị", &["Mã đơn vị", "Tên đơn vị"]),
    Column::required("Tiêu chí", &["Mã tiêu chí", "Mã", "Dòng", "Chỉ tiêu"]),
    Column::required("Lý do", &["Lý do miễn", "Lý do miễn chấm"]),
];

impl<'a> Reader<'a> {
    pub(super) fn waivers(&mut self) {
        let Some(grid) = self.optional_sheet("Miễn chấm") else { return };
        if grid.is_empty() {
            return;
        }
        let Some(table) = self.table(grid, &WAIVER) else { return };
        for row in table.rows() {
            self.waiver(&table, row);
        }
        if !self.dossier.waivers.is_empty() && !self.waiver_effect_stated {
            let message = "Trang tính “Miễn chấm” có dòng mà trang tính “Thông tin” chưa ghi mục “Dòng miễn chấm”; đã tính theo \
                           “Quy đổi”.";
            let finding = Finding::new(&codes::WAIVER_EFFECT_UNSTATED, grid.place(), message);
            self.report(finding.expected("Quy đổi hoặc Tính đủ điểm"));
        }
    }

    /// One row: a unit and a line, or a group, which stands for its lines with points.
    fn waiver(&mut self, table: &Table<'a>, row: u32) {
        let at = |column: usize| spot(table, &WAIVER, row, column);
        let (unit, line) = (at(0), at(1));
        if unit.cell.is_empty() && line.cell.is_empty() {
            return;
        }
        if let Some(empty) = [&unit, &line].into_iter().find(|spot| spot.cell.is_empty()) {
            return self.empty(empty, &format!("dòng {}", row + 1));
        }
        let Some(unit) = self.unit_of(&unit) else { return };
        let text = self.code(&line);
        if text.is_empty() {
            return;
        }
        let reason = self.text(&at(2));
        let lines = match self.lines_of_group(unit, &text) {
            Some(lines) => lines,
            None => self.criterion_for(unit, &text, &line).into_iter().collect(),
        };
        if lines.is_empty() {
            return;
        }
        if reason.is_empty() {
            let code = self.dossier.unit(unit).code.clone();
            let message = format!("Đơn vị {code} được miễn chấm {text} mà không ghi lý do.");
            let finding = Finding::new(&codes::WAIVER_WITHOUT_REASON, at(2).place, message);
            self.report(finding.unit(code).expected("lý do miễn chấm"));
        }
        let column = table.columns[1].unwrap_or_default();
        let source = Source::of(table.grid, row, column);
        for criterion in lines {
            self.waive(unit, criterion, Waiver { reason: reason.clone(), source: source.clone() }, &line);
        }
    }

    /// The lines with points of the group of this code that applies to the unit; none where no group has it.
    fn lines_of_group(&self, unit: UnitId, text: &str) -> Option<Vec<CriterionId>> {
        let cluster = self.dossier.unit(unit).cluster;
        if self.lookup.criterion(cluster, text).is_some() {
            return None;
        }
        let key = code_key(text);
        let scheme = self.dossier.scheme(cluster);
        let (_, lines) = scheme.into_iter().find(|(group, _)| {
            let group = self.dossier.group(*group);
            code_key(&group.code) == key || vietnamese::same(&group.name, text)
        })?;
        Some(lines.into_iter().filter(|line| self.dossier.criterion(*line).rule.gives_points()).collect())
    }

    fn waive(&mut self, unit: UnitId, criterion: CriterionId, waiver: Waiver, spot: &Spot) {
        let (code, line) = (self.dossier.unit(unit).code.clone(), self.dossier.criterion(criterion).clone());
        let about = |finding: Finding| finding.unit(code.clone()).criterion(line.code.clone());
        if !line.rule.gives_points() {
            let message = format!(
                "{}: tiêu chí {} có cách tính “{}”, không có điểm để miễn, nên dòng này không được xét.",
                place_words(&spot.place),
                line.code,
                line.rule.word()
            );
            return self.report(about(Finding::new(&codes::NOT_WAIVABLE, spot.place.clone(), message)));
        }
        if let Some(first) = self.dossier.waivers.get(&(unit, criterion)) {
            let message = format!(
                "Đơn vị {code} được miễn chấm tiêu chí {} hai lần: ô {} và {}.",
                line.code,
                first.source.cell,
                place_words(&spot.place).to_lowercase()
            );
            return self.report(about(Finding::new(&codes::DUPLICATE, spot.place.clone(), message)));
        }
        self.dossier.waivers.insert((unit, criterion), waiver);
    }
}

fn place_words(place: &Place) -> String {
    place.cell.map_or_else(|| "Dòng này".to_string(), |cell| format!("Ô {cell}"))
}
