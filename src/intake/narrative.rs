//! Sheet Thuyết minh: the unit's own words for the report.

use super::file::{FileReading, SubmissionReader};
use super::named::{Miscount, miscount};
use super::{Narrative, NarrativeKind};
use crate::dossier::UnitId;
use crate::finding::catalogue::intake as codes;
use crate::finding::{Finding, Place};
use crate::sheet::{Column, Grid, find_table};
use crate::vietnamese::fold;

const COLUMNS: [Column; 3] = [
    Column::required("Nội dung", &["Thuyết minh", "Diễn giải"]),
    Column::required("Mục", &["Phần", "Đề mục"]),
    Column::optional("Đơn vị", &["Mã đơn vị", "Tên đơn vị"]),
];

/// Whether a sheet is one of words.
pub(super) fn is_narrative(grid: &Grid) -> bool {
    fold(&grid.name).starts_with("thuietminh")
}

/// What a row is about.
fn kind(text: &str) -> Option<NarrativeKind> {
    let key = fold(text);
    let has = |words: &[&str]| words.iter().any(|word| key.contains(word));
    if has(&["mohinh"]) {
        Some(NarrativeKind::NewModel)
    } else if has(&["nguiennhan"]) {
        Some(NarrativeKind::Cause)
    } else if has(&["hanche", "tontai", "khokhan"]) {
        Some(NarrativeKind::Weakness)
    } else if has(&["kiennghi", "dexuat"]) {
        Some(NarrativeKind::Proposal)
    } else if has(&["noibat", "uudiem"]) {
        Some(NarrativeKind::Highlight)
    } else {
        None
    }
}

impl SubmissionReader<'_> {
    /// Gives the words of a sheet to the submissions of its file: to the one there is, or to the unit that a row names.
    pub(super) fn read_narratives(&self, grid: &Grid, reading: &mut FileReading) {
        let Some(table) = find_table(grid, &COLUMNS).filter(|table| table.columns[0].is_some()) else {
            let message = format!("Trang tính “{}” không có cột “Mục” và “Nội dung” nên không được lấy.", grid.name);
            reading.findings.push(Finding::new(&codes::NARRATIVE, grid.place(), message).expected("Mục, Nội dung"));
            return;
        };
        let only = match reading.submissions.as_slice() {
            [submission] => Some(submission.unit),
            _ => None,
        };
        // an empty cell goes on with what stands above it, as merged cells do
        let (mut current, mut whose) = (None, only);
        for row in table.rows() {
            let (text, item, unit) = (table.cell(row, 0).text(), table.cell(row, 1).text(), table.cell(row, 2).text());
            if !unit.is_empty() {
                whose = self.lookup.unit(&unit).unit();
            }
            if !item.is_empty() {
                current = kind(&item);
                if current.is_none() && !text.is_empty() {
                    let message = format!("Mục “{item}” không phải mục thuyết minh đã biết nên không được lấy.");
                    let finding = Finding::new(&codes::NARRATIVE, table.place(row, 1), message).found(item);
                    reading.findings.push(self.with_unit(finding, whose));
                }
            }
            let (Some(kind), false) = (current, text.is_empty()) else { continue };
            self.check_names(&text, || table.place(row, 0), whose, &mut reading.findings);
            let submission = reading.submissions.iter_mut().find(|submission| Some(submission.unit) == whose);
            match submission {
                Some(submission) => submission.narratives.push(Narrative { kind, text }),
                None => {
                    let message =
                        format!("Không biết dòng {} của trang tính “{}” là lời của đơn vị nào.", row + 1, grid.name);
                    reading.findings.push(Finding::new(&codes::NARRATIVE, table.place(row, 0), message));
                }
            }
        }
    }

    /// Says that a sentence counts other than it names.
    pub(super) fn check_names(
        &self,
        text: &str,
        place: impl FnOnce() -> Place,
        whose: Option<UnitId>,
        findings: &mut Vec<Finding>,
    ) {
        let Some(Miscount { phrase, stated, named }) = miscount(text) else { return };
        let place = place();
        let where_it_is = place.cell.map(|cell| format!("Ô {cell}")).unwrap_or_default();
        let message = format!("{where_it_is} ghi “{phrase}” nhưng chỉ thấy kể {named} tên.");
        let message = if named > stated { message.replace("chỉ thấy kể", "kể tới") } else { message };
        let finding = Finding::new(&codes::NAMED_OTHERWISE, place, message);
        findings.push(self.with_unit(finding.found(named.to_string()).expected(stated.to_string()), whose));
    }

    fn with_unit(&self, finding: Finding, unit: Option<UnitId>) -> Finding {
        match unit {
            Some(unit) => finding.unit(&self.dossier.unit(unit).code),
            None => finding,
        }
    }
}
