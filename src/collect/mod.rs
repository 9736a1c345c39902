//! Remarks that came back (ý kiến của đơn vị): what units wrote into the ranking workbooks they were sent, by unit and line,
//! and where such a workbook no longer says what the dossier says.
//!
//! Takes a workbook that is open already; which files there are is `run`'s affair. May use `dossier`, `scoring`, `sheet`,
//! `vietnamese`, `finding`.

mod comments;
mod figures;
mod remarks;
#[cfg(test)]
mod tests;

use rust_decimal::Decimal;
use serde::Serialize;

use crate::dossier::{Dossier, Lookup, UnitId, UnitMatch};
use crate::finding::catalogue::remarks as codes;
use crate::finding::{Finding, Place};
use crate::scoring::ClusterResult;
use crate::sheet::Workbook;
use crate::vietnamese;

pub use comments::{Comment, comments};

/// One remark of a unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Remark {
    pub cluster: String,
    /// The unit whose row it stands in.
    pub unit: String,
    pub unit_name: String,
    /// Code of the line or group; none for a remark on the unit as a whole.
    pub line: Option<String>,
    pub line_name: Option<String>,
    /// The mark that the remark is about, and why it is so.
    pub mark: Option<Decimal>,
    pub why: Option<String>,
    pub text: String,
    /// Who wrote it, where it is a comment on a cell that says so; none for words in the column for remarks.
    pub author: Option<String>,
    pub file: String,
    /// The unit that the file's name tells; none where it tells none.
    pub sender: Option<String>,
    pub sheet: String,
    pub cell: String,
}

/// A figure of a returned workbook that is not the dossier's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Departure {
    pub unit: Option<String>,
    pub line: String,
    /// The heading of its column: `Kết quả`.
    pub item: String,
    pub returned: String,
    pub ours: String,
    pub file: String,
    pub sheet: String,
    pub cell: String,
}

/// What one returned workbook gave.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    pub remarks: Vec<Remark>,
    pub departures: Vec<Departure>,
    pub findings: Vec<Finding>,
}

/// Reads returned workbooks; built once for a dossier and its results.
pub struct Collector<'a> {
    dossier: &'a Dossier,
    results: &'a [ClusterResult],
    lookup: Lookup,
}

/// Departures named in a finding; the others are counted.
const NAMED: usize = 5;

impl<'a> Collector<'a> {
    pub fn new(dossier: &'a Dossier, results: &'a [ClusterResult]) -> Self {
        Collector { dossier, results, lookup: Lookup::new(dossier) }
    }

    /// The remarks of one workbook: what stands in its columns for remarks, in the order of its sheets and rows, then the
    /// comments on its cells. A workbook without a column for remarks, and one of another year, gives a finding and
    /// nothing else.
    pub fn read(&self, workbook: &Workbook, comments: &[Comment]) -> Returned {
        let file = workbook.file.to_string();
        let mut returned = Returned { findings: workbook.remarks.clone(), ..Returned::default() };
        let tables: Vec<_> = workbook.sheets.iter().filter_map(remarks::find).collect();
        if tables.is_empty() {
            let message = format!("Tệp {file} không phải bảng xếp hạng: không có cột “{}”.", remarks::HEADING);
            returned.findings.push(Finding::new(&codes::NOT_A_RANKING, Place::file(file), message));
            return returned;
        }
        if let Some(year) = remarks::year_of(&tables).filter(|year| *year != self.dossier.information.year) {
            let own = self.dossier.information.year;
            let message = format!("Tệp {file} là bảng xếp hạng năm {year}, hồ sơ này là năm {own}.");
            let finding = Finding::new(&codes::OTHER_YEAR, Place::file(file), message);
            returned.findings.push(finding.found(year.to_string()).expected(own.to_string()));
            return returned;
        }
        for table in &tables {
            self.remarks_of(table, &mut returned);
        }
        for comment in comments {
            let table = tables.iter().find(|table| *table.grid.name == *comment.sheet);
            self.commented(comment, table, &file, &mut returned);
        }
        for grid in &workbook.sheets {
            self.departures_of(grid, &mut returned.departures);
        }
        returned.findings.extend(report_departures(&file, &returned.departures));
        returned
    }

    /// The unit a cell names by its code or one of its names.
    fn unit_of(&self, text: &str) -> Option<UnitId> {
        match self.lookup.unit(text) {
            UnitMatch::Exact(unit) => Some(unit),
            _ => None,
        }
    }

    /// The unit whose name stands in a file's name.
    fn sender_of(&self, file: &str) -> Option<String> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        Some(self.dossier.unit(self.lookup.unit(stem).unit()?).code.clone())
    }
}

fn report_departures(file: &str, departures: &[Departure]) -> Option<Finding> {
    let first = departures.first()?;
    let named: Vec<String> = departures
        .iter()
        .take(NAMED)
        .map(|one| format!("{}!{}: {} (hồ sơ: {})", one.sheet, one.cell, one.returned, one.ours))
        .collect();
    let left = departures.len().saturating_sub(NAMED);
    let more = if left > 0 { format!("; còn {left} ô nữa") } else { String::new() };
    let message = format!(
        "Tệp {file} có {} ô khác số liệu hiện nay của hồ sơ: {}{more}.",
        vietnamese::number(Decimal::from(departures.len())),
        named.join("; ")
    );
    let place = Place::sheet(file, &first.sheet);
    Some(Finding::new(&codes::FIGURES_DEPART, place, message).found(&first.returned).expected(&first.ours))
}
