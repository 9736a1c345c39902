//! The figures of a returned workbook beside the dossier's: sheet Số liệu, on which everything else in it is reckoned,
//! and the maxima of sheet Thang điểm.

use rust_decimal::Decimal;

use super::{Collector, Departure};
use crate::dossier::{Criterion, UnitId, code_key};
use crate::finding::CellAddress;
use crate::scoring::LineResult;
use crate::sheet::{Cell, Column, Grid, Table, Value, find_table};
use crate::vietnamese;

const FIGURES: [Column; 6] = [
    Column::required("Đơn vị", &[]),
    Column::required("Mã", &[]),
    Column::required("Kế hoạch", &[]),
    Column::required("Kết quả", &[]),
    Column::optional("Điểm tự chấm", &[]),
    Column::optional("Điểm thẩm định", &[]),
];

const SCALE: [Column; 2] = [Column::required("Mã", &[]), Column::required("Điểm tối đa", &[])];

/// What is shown for a cell that holds nothing.
const EMPTY: &str = "trống";

impl Collector<'_> {
    pub(super) fn departures_of(&self, grid: &Grid, departures: &mut Vec<Departure>) {
        if vietnamese::same(&grid.name, "Số liệu")
            && let Some(table) = find_table(grid, &FIGURES).filter(is_whole)
        {
            for row in table.rows() {
                self.unit_row(&table, row, departures);
            }
        }
        if vietnamese::same(&grid.name, "Thang điểm")
            && let Some(table) = find_table(grid, &SCALE).filter(is_whole)
        {
            self.scale(&table, departures);
        }
    }

    fn unit_row(&self, table: &Table, row: u32, departures: &mut Vec<Departure>) {
        let Some(unit) = self.unit_of(&table.cell(row, 0).text()) else { return };
        let Some((criterion, result)) = self.line_of(unit, &table.cell(row, 1).text()) else { return };
        let verified = self.dossier.verified.value(unit, result.criterion);
        let verified = verified.filter(|_| criterion.rule.gives_points());
        let figures = [(2, result.plan), (4, result.self_mark), (5, verified)];
        for (column, ours) in figures.into_iter().filter(|(column, _)| table.columns[*column].is_some()) {
            let cell = table.cell(row, column);
            if !cell.uncached && number_of(cell) != ours.map(|ours| ours.normalize()) {
                let ours = ours.map_or_else(|| EMPTY.to_string(), vietnamese::number);
                departures.push(self.departure(table, (row, column), (Some(unit), &criterion.code), ours));
            }
        }
        let cell = table.cell(row, 3);
        if !cell.uncached && !is_result(cell, criterion, result) {
            let ours = match result.result {
                None => EMPTY.to_string(),
                Some(result) if criterion.is_yes_no() => {
                    if result.number() > Decimal::ZERO { "có, đạt" } else { "không" }.to_string()
                }
                Some(result) => vietnamese::number(result.number()),
            };
            departures.push(self.departure(table, (row, 3), (Some(unit), &criterion.code), ours));
        }
    }

    /// Maxima are the same for all units of the one cluster that the workbook is of; a line that stands in it more than
    /// once, as in the table of steps, is looked at where it has a maximum.
    fn scale(&self, table: &Table, departures: &mut Vec<Departure>) {
        let mut seen: Vec<String> = Vec::new();
        for row in table.rows() {
            let code = table.cell(row, 0).text();
            let key = code_key(&code);
            let own = self.dossier.criteria.iter().filter(|line| code_key(&line.code) == key);
            let maxima: Vec<Option<Decimal>> = own.map(|line| line.max.map(|max| max.normalize())).collect();
            if maxima.is_empty() || seen.contains(&key) {
                continue;
            }
            seen.push(key);
            let cell = table.cell(row, 1);
            if !cell.uncached && !maxima.contains(&number_of(cell)) {
                let ours = maxima[0].map_or_else(|| EMPTY.to_string(), vietnamese::number);
                departures.push(self.departure(table, (row, 1), (None, &code), ours));
            }
        }
    }

    fn line_of(&self, unit: UnitId, code: &str) -> Option<(&Criterion, &LineResult)> {
        let key = code_key(code);
        let result = self.results.get(self.dossier.unit(unit).cluster.0)?;
        let own = result.units.iter().find(|result| result.unit == unit)?;
        let line = own.lines.iter().find(|line| code_key(&self.dossier.criterion(line.criterion).code) == key)?;
        own.submitted.then_some((self.dossier.criterion(line.criterion), line))
    }

    fn departure(
        &self,
        table: &Table,
        (row, column): (u32, usize),
        (unit, line): (Option<UnitId>, &str),
        ours: String,
    ) -> Departure {
        let at = table.columns[column].unwrap_or_default();
        let shown = table.cell(row, column).quoted();
        Departure {
            unit: unit.map(|unit| self.dossier.unit(unit).code.clone()),
            line: line.to_string(),
            item: table.grid.cell(table.heading_row, at).text(),
            returned: if shown.is_empty() { EMPTY.to_string() } else { shown },
            ours,
            file: table.grid.file.to_string(),
            sheet: table.grid.name.to_string(),
            cell: CellAddress::new(row, at).to_string(),
        }
    }
}

fn is_whole(table: &Table) -> bool {
    table.columns.iter().take(4).all(Option::is_some)
}

fn number_of(cell: &Cell) -> Option<Decimal> {
    match cell.value {
        Value::Number(value) => Some(value.normalize()),
        _ => None,
    }
}

/// Whether a cell says the result that the dossier has. A word that stands for a figure which could not be read is the
/// workbook's own.
fn is_result(cell: &Cell, criterion: &Criterion, line: &LineResult) -> bool {
    let Some(ours) = line.result.map(|result| result.number().normalize()) else {
        return cell.is_empty() || matches!(cell.value, Value::Text(_));
    };
    match number_of(cell) {
        Some(value) => value == ours,
        None => {
            let answer = vietnamese::read_answer(&cell.text());
            let answered = criterion.is_yes_no() || ours.is_zero() || ours == Decimal::ONE;
            answered && answer == Some(ours > Decimal::ZERO)
        }
    }
}
