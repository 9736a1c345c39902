//! The joint table: a row for each unit, a column for each criterion.

use std::collections::BTreeSet;

use super::Submission;
use super::file::SubmissionReader;
use super::label::read_labels;
use super::likeness::Likely;
use super::value::Cells;
use crate::dossier::{CriterionId, Matrix, Rule, UnitId, UnitMatch};
use crate::finding::Finding;
use crate::finding::catalogue::intake as codes;
use crate::sheet::Grid;
use crate::vietnamese::fold;

impl SubmissionReader<'_> {
    /// Reads every row of a joint table. A row that names a unit and nothing else is a unit that did not submit.
    pub(super) fn read_matrix(&self, grid: &Grid, matrix: &Matrix, findings: &mut Vec<Finding>) -> Vec<Submission> {
        let matrix = &self.with_likely_columns(grid, matrix, findings);
        let labels = read_labels(grid, matrix.heading_row);
        let mut labels_told = false;
        let mut submissions = Vec::new();
        for (row, _) in grid.rows_below(matrix.heading_row) {
            let filled = matrix.columns.iter().any(|(column, _)| !grid.cell(row, *column).is_empty());
            let Some(unit) = self.unit_of_row(grid, matrix, row, filled, findings) else { continue };
            if !filled {
                continue;
            }
            // the year and date above the table are every row's; what is wrong with them is said once
            let mut said = Vec::new();
            let mut submission = self.begin(grid, unit, &labels, &mut said);
            submission.place = grid.place_of(row, matrix.unit_column);
            if !labels_told {
                findings.extend(said.into_iter().map(|finding| Finding { unit: None, ..finding }));
                labels_told = true;
            }
            self.read_row(grid, matrix, row, &mut submission, findings);
            submissions.push(submission);
        }
        submissions
    }

    /// The matrix with the columns added whose headings are like a criterion's name; the others are said.
    fn with_likely_columns(&self, grid: &Grid, matrix: &Matrix, findings: &mut Vec<Finding>) -> Matrix {
        let mut matrix = matrix.clone();
        let mut taken: BTreeSet<CriterionId> = BTreeSet::new();
        for (index, criterion) in self.dossier.criteria.iter().enumerate() {
            let names = [&criterion.code, &criterion.name].into_iter().chain(&criterion.other_names);
            let keys: BTreeSet<String> = names.map(|name| fold(name)).collect();
            if matrix.columns.iter().any(|(_, heading)| keys.contains(&fold(heading))) {
                taken.insert(CriterionId(index));
            }
        }
        for (column, heading) in std::mem::take(&mut matrix.unknown) {
            let place = grid.place_of(matrix.heading_row, column);
            let message = format!("Cột “{heading}” không phải mã hay tên tiêu chí nào nên không được lấy.");
            let unknown = Finding::new(&codes::UNKNOWN_LINE, place.clone(), message).found(&heading);
            match self.likely(&heading, None, &taken) {
                Likely::Taken(criterion, score) => {
                    taken.insert(criterion);
                    findings.push(self.taken_by_likeness("Tiêu đề cột", &heading, criterion, score, place));
                    matrix.columns.push((column, self.dossier.criterion(criterion).code.clone()));
                }
                Likely::Asked(criterion, score) => {
                    let code = &self.dossier.criterion(criterion).code;
                    let hint =
                        format!("Có phải ý là {code}, giống {score}%? Nếu phải thì ghi mã {code} làm tiêu đề cột.");
                    findings.push(self.asked(unknown, criterion, score).hint(hint));
                }
                Likely::Nothing => findings.push(unknown),
            }
        }
        matrix
    }

    fn unit_of_row(
        &self,
        grid: &Grid,
        matrix: &Matrix,
        row: u32,
        filled: bool,
        findings: &mut Vec<Finding>,
    ) -> Option<UnitId> {
        let text = grid.cell(row, matrix.unit_column).text();
        let place = grid.place_of(row, matrix.unit_column);
        let is_total =
            matches!(fold(&text).as_str(), "" | "tong" | "cong" | "tongcong" | "tongso" | "toancum" | "toankhoi");
        let found = self.lookup.unit(&text);
        match found {
            UnitMatch::Exact(unit) => return Some(unit),
            _ if is_total || !filled => {}
            UnitMatch::Inside(unit) => {
                let unit_row = self.dossier.unit(unit);
                let message = format!(
                    "Dòng {} ghi đơn vị “{text}”, được gắn cho {} theo phần tên giống.",
                    row + 1,
                    unit_row.name
                );
                let finding = Finding::new(&codes::BOUND_BY_LIKENESS, place, message).unit(&unit_row.code);
                findings.push(finding.found(text).expected(&unit_row.name));
                return Some(unit);
            }
            UnitMatch::Ambiguous | UnitMatch::Unknown => {
                let why = if found == UnitMatch::Ambiguous {
                    "là tên chung của nhiều đơn vị"
                } else {
                    "không có trong danh sách đơn vị của hồ sơ"
                };
                let message = format!("Dòng {} ghi đơn vị “{text}”, {why}.", row + 1);
                findings.push(Finding::new(&codes::UNKNOWN_UNIT, place, message).found(text));
            }
        }
        None
    }

    fn read_row(
        &self,
        grid: &Grid,
        matrix: &Matrix,
        row: u32,
        submission: &mut Submission,
        findings: &mut Vec<Finding>,
    ) {
        let unit = submission.unit;
        let cluster = self.dossier.unit(unit).cluster;
        let mut strangers = BTreeSet::new();
        for (column, heading) in &matrix.columns {
            let found =
                self.lookup.criterion(cluster, heading).or_else(|| self.lookup.criterion_named(cluster, heading));
            let Some(criterion) = found else {
                if !grid.cell(row, *column).is_empty() && strangers.insert(heading) {
                    let message = format!("Tiêu chí “{heading}” không áp dụng cho cụm của đơn vị ở dòng {}.", row + 1);
                    let finding = Finding::new(&codes::UNKNOWN_LINE, grid.place_of(row, *column), message);
                    findings.push(finding.unit(&self.dossier.unit(unit).code).found(heading));
                }
                continue;
            };
            let at = Some((row, *column));
            let direct = self.dossier.criterion(criterion).rule == Rule::Direct;
            let cells = Cells { reader: self, grid, unit, criterion, measure: "" };
            let (result, mark) = if direct { (None, at) } else { (at, None) };
            let line = cells.line(None, result, mark, findings, |_| {});
            self.insert(submission, criterion, line, findings);
        }
    }
}
