//! Sheets Chỉ tiêu, Thẩm định, Kỳ trước and Nhiệm kỳ: figures of units and of the term.

use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

use super::Reader;
use super::cells::Spot;
use super::units::spot;
use crate::dossier::{
    Aggregation, ClusterId, Criterion, CriterionId, Cumulation, Matrix, Source, Sourced, TermTarget, UnitFigures,
    UnitId, code_key, find_matrix,
};
use crate::finding::Finding;
use crate::finding::catalogue::dossier as codes;
use crate::sheet::{Cell, Column, Grid, Measure, Table, read_figure};
use crate::vietnamese;

const PAST: [Column; 4] = [
    Column::required("Năm", &[]),
    Column::required("Đơn vị", &["Mã đơn vị", "Tên đơn vị"]),
    Column::required("Tiêu chí", &["Mã tiêu chí", "Mã", "Chỉ tiêu"]),
    Column::required("Kết quả", &["Kết quả thực hiện", "Thực hiện"]),
];

const TERM: [Column; 3] = [
    Column::required("Tiêu chí", &["Mã tiêu chí", "Mã"]),
    Column::required("Chỉ tiêu", &["Chỉ tiêu nhiệm kỳ", "Mục tiêu"]),
    Column::optional("Luỹ kế", &["Cách luỹ kế", "Cách tính"]),
];

impl<'a> Reader<'a> {
    pub(super) fn targets(&mut self) {
        let Some(grid) = self.optional_sheet("Chỉ tiêu") else { return };
        self.dossier.targets = self.matrix(grid, false);
    }

    pub(super) fn verified(&mut self) {
        let Some(grid) = self.optional_sheet("Thẩm định") else { return };
        self.dossier.verified = self.matrix(grid, true);
    }

    /// A sheet with a row for each unit and a column for each criterion; marks are in points, plans in the line's
    /// own unit of measure.
    fn matrix(&mut self, grid: &'a Grid, marks: bool) -> UnitFigures {
        let mut figures = UnitFigures::default();
        if grid.is_empty() {
            return figures;
        }
        let Some(matrix) = find_matrix(grid, &self.lookup) else {
            let message =
                format!("Trang tính “{}” không có dòng tiêu đề với cột “Đơn vị” và các cột mã tiêu chí.", grid.name);
            self.report(Finding::new(&codes::NO_COLUMN, grid.place(), message).expected("Đơn vị và các mã tiêu chí"));
            return figures;
        };
        for (column, heading) in &matrix.unknown {
            let place = grid.place_of(matrix.heading_row, *column);
            let message = format!("Trang tính “{}” có cột “{heading}” không phải mã tiêu chí nào.", grid.name);
            self.report(Finding::new(&codes::UNKNOWN_CODE, place, message).found(heading));
        }
        let mut seen: BTreeMap<UnitId, u32> = BTreeMap::new();
        // units of one cluster stand together
        let mut lines: Option<(ClusterId, Vec<Option<CriterionId>>)> = None;
        for (row, _) in grid.rows_below(matrix.heading_row) {
            let cell = grid.cell(row, matrix.unit_column);
            if is_total(cell) {
                continue;
            }
            let spot = Spot { cell, place: grid.place_of(row, matrix.unit_column), column: "Đơn vị" };
            let Some(unit) = self.unit_of(&spot) else { continue };
            if let Some(first) = seen.insert(unit, row) {
                let code = self.dossier.unit(unit).code.clone();
                let message = format!(
                    "Đơn vị {code} có hai dòng trong trang tính “{}”: dòng {} và {}.",
                    grid.name,
                    first + 1,
                    row + 1
                );
                self.report(Finding::new(&codes::DUPLICATE, spot.place, message).unit(code));
                continue;
            }
            let cluster = self.dossier.unit(unit).cluster;
            if lines.as_ref().is_none_or(|(own, _)| *own != cluster) {
                lines = Some((cluster, self.lines_of_columns(&matrix, cluster)));
            }
            let lines = lines.iter().flat_map(|(_, lines)| lines);
            for ((column, heading), line) in matrix.columns.iter().zip(lines) {
                let cell = grid.cell(row, *column);
                if cell.is_empty() {
                    continue;
                }
                let spot = || Spot { cell, place: grid.place_of(row, *column), column: "" };
                let Some(criterion) = line.or_else(|| self.criterion_for(unit, heading, &spot())) else { continue };
                let plain = self.plain_figure(cell, criterion, marks);
                if let Some(value) = plain.or_else(|| self.figure_of(&spot(), unit, criterion, marks)) {
                    figures.insert(unit, criterion, Sourced { value, source: Source::of(grid, row, *column) });
                }
            }
            figures.close(unit);
        }
        figures
    }

    /// The criterion that each column is about for the units of a cluster; none where it does not apply.
    fn lines_of_columns(&self, matrix: &Matrix, cluster: ClusterId) -> Vec<Option<CriterionId>> {
        let line = |heading: &String| self.line_of(cluster, heading);
        matrix.columns.iter().map(|(_, heading)| line(heading)).collect()
    }

    fn line_of(&self, cluster: ClusterId, text: &str) -> Option<CriterionId> {
        self.lookup.criterion(cluster, text).or_else(|| self.lookup.criterion_named(cluster, text))
    }

    /// The figure of a cell about which there is nothing to say.
    fn plain_figure(&self, cell: &Cell, criterion: CriterionId, marks: bool) -> Option<Decimal> {
        let line = self.dossier.criterion(criterion);
        if line.is_yes_no() && !marks {
            return None;
        }
        let figure = read_figure(cell, measure_of(line, marks)).ok()??;
        let is_plain = figure.otherwise.is_none() && !figure.converted && (!marks || figure.value >= Decimal::ZERO);
        is_plain.then_some(figure.value)
    }

    /// The criterion that a unit's figure is about, by code or name.
    pub(super) fn criterion_for(&mut self, unit: UnitId, text: &str, spot: &Spot) -> Option<CriterionId> {
        let cluster = self.dossier.unit(unit).cluster;
        let found = self.line_of(cluster, text);
        if found.is_none() {
            let unit = self.dossier.unit(unit).code.clone();
            let trouble = if self.lookup.is_criterion(text) {
                format!("không áp dụng cho cụm {} của đơn vị {unit}", self.dossier.cluster(cluster).code)
            } else {
                "không có trong trang tính “Tiêu chí”".to_string()
            };
            let cell = spot.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
            let message = format!("Ô {cell}: tiêu chí “{text}” {trouble}.");
            self.report(Finding::new(&codes::UNKNOWN_CODE, spot.place.clone(), message).unit(unit).found(text));
        }
        found
    }

    fn figure_of(&mut self, spot: &Spot, unit: UnitId, criterion: CriterionId, marks: bool) -> Option<Decimal> {
        let line = self.dossier.criterion(criterion).clone();
        let count = self.findings.len();
        let answer = if line.is_yes_no() && !marks { vietnamese::read_answer(&spot.cell.text()) } else { None };
        let value = match answer {
            Some(answer) => Some(Decimal::from(u8::from(answer))),
            None if marks => self.amount(spot, measure_of(&line, marks)),
            None => self.figure(spot, measure_of(&line, marks)),
        };
        for finding in &mut self.findings[count..] {
            finding.unit = Some(self.dossier.units[unit.0].code.clone());
            finding.criterion = Some(line.code.clone());
            finding.message = finding.message.replace("(cột “”)", &format!("(tiêu chí {})", line.code));
        }
        value
    }

    pub(super) fn past(&mut self) {
        let Some(grid) = self.optional_sheet("Kỳ trước") else { return };
        if grid.is_empty() {
            return;
        }
        let Some(table) = self.table(grid, &PAST) else { return };
        for row in table.rows() {
            self.past_row(&table, row);
        }
    }

    fn past_row(&mut self, table: &Table<'a>, row: u32) {
        let at = |column: usize| spot(table, &PAST, row, column);
        let text = self.text(&at(0));
        let this_year = self.dossier.information.year;
        let year = vietnamese::read_year(&text);
        let Some(year) = year.filter(|year| this_year == 0 || *year < this_year) else {
            let message = match year {
                Some(year) => format!("{} là {year}, không phải năm trước năm báo cáo {this_year}.", at(0).name()),
                None => format!("{} ghi “{text}”, không phải là một năm.", at(0).name()),
            };
            self.report(Finding::new(&codes::BAD_VALUE, at(0).place, message).found(text).expected("năm như 2023"));
            return;
        };
        if at(1).cell.is_empty() {
            self.empty(&at(1), &format!("dòng {}", row + 1));
            return;
        }
        let Some(unit) = self.unit_of(&at(1)) else { return };
        let code = self.code(&at(2));
        let Some(criterion) = self.criterion_for(unit, &code, &at(2)) else { return };
        let Some(value) = self.figure_of(&at(3), unit, criterion, false) else { return };
        let key = (year, unit, criterion);
        if let Some(first) = self.dossier.past.get(&key) {
            let unit = self.dossier.unit(unit).code.clone();
            let message = format!(
                "Kết quả năm {year} của đơn vị {unit}, tiêu chí {code} ghi hai lần: ô {} và dòng {}.",
                first.source.cell,
                row + 1
            );
            self.report(Finding::new(&codes::DUPLICATE, at(3).place, message).unit(unit).criterion(code));
            return;
        }
        let column = table.columns[3].unwrap_or_default();
        self.dossier.past.insert(key, Sourced { value, source: Source::of(table.grid, row, column) });
    }

    pub(super) fn term(&mut self) {
        let Some(grid) = self.optional_sheet("Nhiệm kỳ") else { return };
        self.dossier.term = Some(Vec::new());
        let Some(table) = self.table(grid, &TERM) else { return };
        let mut seen = BTreeSet::new();
        let mut targets = Vec::new();
        for row in table.rows() {
            let Some(target) = self.term_row(&table, row) else { continue };
            if seen.insert(code_key(&target.criterion)) {
                targets.push(target);
            } else {
                let message = format!("Tiêu chí {} có hai dòng trong trang tính “{}”.", target.criterion, grid.name);
                self.report(Finding::new(&codes::DUPLICATE, target.place, message).criterion(target.criterion));
            }
        }
        self.dossier.term = Some(targets);
    }

    fn term_row(&mut self, table: &Table<'a>, row: u32) -> Option<TermTarget> {
        let at = |column: usize| spot(table, &TERM, row, column);
        let text = self.code(&at(0));
        if text.is_empty() {
            return None;
        }
        let key = code_key(&text);
        let named = vietnamese::fold(&text);
        let line = self
            .dossier
            .criteria
            .iter()
            .find(|line| code_key(&line.code) == key || vietnamese::fold(&line.name) == named)
            .cloned();
        let Some(line) = line else {
            let message = format!("{} ghi “{text}”, không có trong trang tính “Tiêu chí”.", at(0).name());
            self.report(Finding::new(&codes::UNKNOWN_CODE, at(0).place, message).found(text));
            return None;
        };
        let measure = if line.is_percent() { Measure::Percent } else { Measure::Of(&line.measure) };
        let target = self.figure(&at(1), measure);
        let cumulation = self.cumulation(&at(2), &line.aggregation);
        Some(TermTarget { criterion: line.code.clone(), target, cumulation, place: at(0).place })
    }

    /// An empty cell means adding up for what is added up over units, else the figure at the end.
    fn cumulation(&mut self, spot: &Spot, aggregation: &Aggregation) -> Cumulation {
        let text = self.text(spot);
        let default = if *aggregation == Aggregation::Sum { Cumulation::Sum } else { Cumulation::Last };
        match vietnamese::fold(&text).as_str() {
            "" => default,
            "cong" | "tong" => Cumulation::Sum,
            "cuoiki" => Cumulation::Last,
            "binhquan" | "trungbinh" => Cumulation::Mean,
            _ => {
                let message = format!("{} ghi “{text}”, không phải một cách luỹ kế đã biết.", spot.name());
                let finding = Finding::new(&codes::BAD_VALUE, spot.place.clone(), message).found(text);
                self.report(finding.expected("Cộng, Cuối kỳ hoặc Bình quân").hint("Ghi một trong ba cách luỹ kế."));
                default
            }
        }
    }
}

/// What a unit's figure is measured in.
fn measure_of(line: &Criterion, marks: bool) -> Measure<'_> {
    match line.is_percent() {
        _ if marks => Measure::Points,
        true => Measure::Percent,
        false => Measure::Of(&line.measure),
    }
}

/// The row of totals below the units.
fn is_total(cell: &Cell) -> bool {
    matches!(vietnamese::fold(&cell.text()).as_str(), "tong" | "tongcong" | "cong" | "tongso" | "toancum" | "toankhoi")
}
