//! One file of submissions: which of its sheets hold what, and whose they are.

use std::path::Path;

use super::form::{Form, find_form};
use super::label::{Labels, read_labels};
use super::{Submission, narrative};
use crate::dossier::{Criterion, Dossier, Lookup, Matrix, UnitId, UnitMatch, find_matrix};
use crate::finding::catalogue::intake as codes;
use crate::finding::{Finding, Place, Severity};
use crate::sheet::{self, Grid, Visibility, Workbook};
use crate::vietnamese::{self, Likely};

/// Most findings about one file that are told one by one.
const MOST_FINDINGS: usize = 300;

/// Reads files of submissions; built once for a dossier, used for all files, on any thread.
pub struct SubmissionReader<'a> {
    pub(super) dossier: &'a Dossier,
    pub(super) lookup: Lookup,
    /// The names of each criterion, ready to be compared with.
    pub(super) names: Vec<Vec<Likely>>,
}

/// What one file gave.
#[derive(Clone, Debug, Default)]
pub struct FileReading {
    pub submissions: Vec<Submission>,
    pub findings: Vec<Finding>,
}

impl<'a> SubmissionReader<'a> {
    pub fn new(dossier: &'a Dossier) -> Self {
        let names = |criterion: &Criterion| {
            std::iter::once(&criterion.name).chain(&criterion.other_names).map(|name| Likely::new(name)).collect()
        };
        let names = dossier.criteria.iter().map(names).collect();
        SubmissionReader { dossier, lookup: Lookup::new(dossier), names }
    }

    /// Reads one file; `file` is its path inside the dossier folder with `/`.
    pub fn read_file(&self, dir: &Path, file: &str) -> FileReading {
        let path = file.split('/').fold(dir.to_path_buf(), |path, part| path.join(part));
        match sheet::load(&path, file) {
            Ok(bytes) => self.read_bytes(&bytes, file),
            Err(finding) => self.refused(finding, file),
        }
    }

    /// Reads the content of one file.
    pub fn read_bytes(&self, bytes: &[u8], file: &str) -> FileReading {
        match sheet::read(bytes, file) {
            Ok(workbook) => self.read_workbook(&workbook),
            Err(finding) => self.refused(finding, file),
        }
    }

    /// A file that gives nothing; its finding names the unit that a person bound it to, or that its name tells.
    fn refused(&self, finding: Finding, file: &str) -> FileReading {
        let finding = match self.unit_by_hand(file).or_else(|| self.unit_of_path(file)) {
            Some(unit) => finding.unit(&self.dossier.unit(unit).code),
            None => finding,
        };
        FileReading { submissions: Vec::new(), findings: vec![finding] }
    }

    fn read_workbook(&self, workbook: &Workbook) -> FileReading {
        let mut reading = FileReading { submissions: Vec::new(), findings: workbook.remarks.clone() };
        let mut narratives: Vec<&Grid> = Vec::new();
        let mut tables = 0;
        for grid in &workbook.sheets {
            if grid.is_empty() {
                continue;
            }
            if narrative::is_narrative(grid) {
                narratives.push(grid);
                continue;
            }
            let matrix = find_matrix(grid, &self.lookup);
            let form = find_form(grid);
            if matrix.is_none() && form.is_none() {
                self.without_table(grid, &mut reading);
                continue;
            }
            tables += 1;
            if grid.visibility == Visibility::Hidden {
                let message = format!("Trang tính “{}” bị ẩn nên không được đọc.", grid.name);
                reading.findings.push(Finding::new(&codes::HIDDEN_SHEET, grid.place(), message));
                continue;
            }
            match (matrix, form) {
                (Some(matrix), form) if self.is_joint(grid, &matrix, form.as_ref()) => {
                    let found = self.read_matrix(grid, &matrix, &mut reading.findings);
                    found.into_iter().for_each(|submission| add(&mut reading.submissions, submission));
                }
                (_, Some(form)) => {
                    let labels = read_labels(grid, form.heading_row);
                    let before = only_unit(&reading.submissions);
                    if let Some(unit) = self.unit_of_form(grid, &labels, before, &mut reading.findings) {
                        let submission = self.read_form(grid, &form, unit, &labels, &mut reading.findings);
                        add(&mut reading.submissions, submission);
                    }
                }
                _ => {}
            }
        }
        if tables == 0 {
            self.nothing_found(workbook, &mut reading);
        }
        for grid in narratives.into_iter().filter(|grid| grid.visibility == Visibility::Visible) {
            self.read_narratives(grid, &mut reading);
        }
        self.name_the_only_unit(&mut reading);
        bound(&mut reading.findings, &workbook.file);
        reading
    }

    /// Whether a sheet is a joint table and no form. One column of a form can by chance bear a criterion's name, and a row
    /// below its table two of them; under the headings of a joint table stand units.
    fn is_joint(&self, grid: &Grid, matrix: &Matrix, form: Option<&Form>) -> bool {
        let Some(form) = form else { return true };
        let names_unit = |row: u32| {
            let text = grid.cell(row, matrix.unit_column).text();
            matches!(self.lookup.unit(&text), UnitMatch::Exact(_))
        };
        matrix.columns.len() > 1
            && (matrix.heading_row <= form.heading_row
                || grid.rows_below(matrix.heading_row).any(|(row, _)| names_unit(row)))
    }

    /// What is said of a file that is one unit's, is said to that unit.
    fn name_the_only_unit(&self, reading: &mut FileReading) {
        let Some(unit) = only_unit(&reading.submissions) else { return };
        for finding in reading.findings.iter_mut().filter(|finding| finding.unit.is_none()) {
            finding.unit = Some(self.dossier.unit(unit).code.clone());
        }
    }

    /// A sheet without a table is passed over in silence, unless it bears a unit's name.
    fn without_table(&self, grid: &Grid, reading: &mut FileReading) {
        let UnitMatch::Exact(unit) = self.lookup.unit(&grid.name) else { return };
        if grid.visibility == Visibility::Visible {
            let message = format!("Trang tính “{}” không có bảng số liệu nào đọc được.", grid.name);
            let finding = Finding::new(&codes::NO_TABLE, grid.place(), message);
            reading.findings.push(finding.unit(&self.dossier.unit(unit).code));
        }
    }

    fn nothing_found(&self, workbook: &Workbook, reading: &mut FileReading) {
        // where something graver is said of it, that is why; what is only odd does not matter in a file without a table
        if reading.findings.iter().any(|finding| finding.severity() == Severity::Error) {
            return;
        }
        reading.findings.clear();
        let message = format!("Tệp {} không có bảng số liệu nào đọc được.", workbook.file);
        let finding = Finding::new(&codes::NO_TABLE, Place::file(&*workbook.file), message);
        reading.findings.extend(self.refused(finding, &workbook.file).findings);
    }

    /// Whose form a sheet is: as a person bound its file, else by the name inside it, then the sheet's name, then the file's, then by the sheets before
    /// it in the file, which are all of one unit.
    fn unit_of_form(
        &self,
        grid: &Grid,
        labels: &Labels,
        before: Option<UnitId>,
        findings: &mut Vec<Finding>,
    ) -> Option<UnitId> {
        let named = labels.unit.as_ref().map(|(text, _)| self.lookup.unit(text));
        if let Some(unit) = self.unit_by_hand(&grid.file) {
            let own = named.is_none_or(|named| named == UnitMatch::Exact(unit));
            if !own {
                findings.push(self.bound_by_hand(grid, labels, unit));
            }
            return Some(unit);
        }
        match (self.unit_of_code(labels), named) {
            (Some(coded), Some(UnitMatch::Exact(unit))) if coded != unit => {
                findings.push(self.other_code(labels, coded, unit));
                return Some(unit);
            }
            (Some(unit), _) | (None, Some(UnitMatch::Exact(unit))) => return Some(unit),
            _ => {}
        }
        if labels.unit.is_none()
            && let Some(unit) = self.unit_in_heading(grid, labels.heading_row)
        {
            return Some(unit);
        }
        self.likely_unit(grid, labels, named, before, findings)
    }

    /// Whose form a sheet may be whose unit nothing tells for certain; what is taken is said.
    fn likely_unit(
        &self,
        grid: &Grid,
        labels: &Labels,
        named: Option<UnitMatch>,
        before: Option<UnitId>,
        findings: &mut Vec<Finding>,
    ) -> Option<UnitId> {
        let by_likeness = named.and_then(UnitMatch::unit);
        let by_sheet = || self.lookup.unit(&grid.name).unit();
        // a folder's name says less than a name in the form that is not known
        let by_file = || match &labels.unit {
            Some(_) => self.lookup.unit(stem(&grid.file)).unit(),
            None => self.unit_of_path(&grid.file),
        };
        let by_hint = || self.lookup.unit_hinted(&grid.name).or_else(|| self.lookup.unit_hinted(stem(&grid.file)));
        let sure = by_likeness.or_else(by_sheet).or_else(by_file).or(before.filter(|_| labels.unit.is_none()));
        let found = sure.or_else(by_hint);
        let finding = match (found, &labels.unit) {
            (Some(unit), Some((told, place))) => {
                let way =
                    if by_likeness.is_some() { "phần tên giống" } else { "tên trang tính hoặc tên tệp" };
                let unit = self.dossier.unit(unit);
                let message = format!("Biểu ghi đơn vị “{told}”, được gắn cho {} theo {way}.", unit.name);
                let finding = Finding::new(&codes::BOUND_BY_LIKENESS, place.clone(), message);
                Some(finding.unit(&unit.code).found(told).expected(&unit.name))
            }
            (Some(unit), None) if sure.is_none() => Some(self.bound_by_hint(grid, unit)),
            (Some(_), None) => None,
            (None, _) => Some(unknown_unit(grid, labels, named == Some(UnitMatch::Ambiguous))),
        };
        findings.extend(finding);
        found
    }

    fn bound_by_hint(&self, grid: &Grid, unit: UnitId) -> Finding {
        let unit = self.dossier.unit(unit);
        let message = format!(
            "Biểu không ghi tên đơn vị, được gắn cho {} theo một phần tên tệp “{}” hoặc tên trang tính “{}”.",
            unit.name,
            stem(&grid.file),
            grid.name
        );
        Finding::new(&codes::BOUND_BY_LIKENESS, grid.place(), message).unit(&unit.code).expected(&unit.name)
    }

    /// The unit that a person bound a file to: its code, letter for letter, in brackets before the file's name.
    fn unit_by_hand(&self, file: &str) -> Option<UnitId> {
        let name = file.rsplit('/').next().unwrap_or(file);
        let (code, _) = name.strip_prefix('[')?.split_once(']')?;
        let code = vietnamese::compose(code.trim());
        self.dossier.units.iter().position(|unit| name_of_code(&unit.code) == code).map(UnitId)
    }

    fn bound_by_hand(&self, grid: &Grid, labels: &Labels, unit: UnitId) -> Finding {
        let unit = self.dossier.unit(unit);
        let (told, place) = labels.unit.clone().unwrap_or_else(|| (String::new(), grid.place()));
        let message = format!("Biểu ghi đơn vị “{told}”, được gắn cho {} theo mã trong ngoặc ở tên tệp.", unit.name);
        Finding::new(&codes::BOUND_BY_HAND, place, message).unit(&unit.code).found(told).expected(&unit.name)
    }

    /// The unit whose code stands above the table, letter for letter.
    fn unit_of_code(&self, labels: &Labels) -> Option<UnitId> {
        let (code, _) = labels.code.as_ref()?;
        self.lookup.unit_of_code(code)
    }

    /// Says that the name in a form is not that of the unit the form was made for; the name is what a person wrote.
    fn other_code(&self, labels: &Labels, coded: UnitId, named: UnitId) -> Finding {
        let (coded, named) = (self.dossier.unit(coded), self.dossier.unit(named));
        let place = labels.code.as_ref().map(|(_, place)| place.clone()).unwrap_or_default();
        let message =
            format!("Biểu lập cho {} nhưng ghi đơn vị “{}”, được gắn cho đơn vị đã ghi.", coded.name, named.name);
        let finding = Finding::new(&codes::BOUND_BY_LIKENESS, place, message).unit(&named.code);
        finding.found(&coded.code).expected(&named.code)
    }

    /// The one unit whose full name stands in a cell of its own above the table, as in a letterhead.
    fn unit_in_heading(&self, grid: &Grid, heading_row: u32) -> Option<UnitId> {
        let mut found = None;
        for (_, cells) in grid.rows().take_while(|(row, _)| *row < heading_row) {
            for (_, cell) in cells {
                let text = cell.text();
                // a word of a letter or two could be anything
                if text.chars().count() < 3 {
                    continue;
                }
                if let UnitMatch::Exact(unit) = self.lookup.unit(&text) {
                    if found.is_some_and(|other| other != unit) {
                        return None;
                    }
                    found = Some(unit);
                }
            }
        }
        found
    }

    /// The unit a file is named after, else the folder it lies in.
    fn unit_of_path(&self, file: &str) -> Option<UnitId> {
        let folders = file.split('/').rev().skip(1);
        // the outermost folder is the one of all submissions
        let folders = folders.collect::<Vec<_>>();
        let within = folders.split_last().map_or(&[][..], |(_, within)| within);
        std::iter::once(stem(file)).chain(within.iter().copied()).find_map(|part| self.lookup.unit(part).unit())
    }
}

/// Says that no unit of the dossier is told, or several.
fn unknown_unit(grid: &Grid, labels: &Labels, ambiguous: bool) -> Finding {
    let Some((told, place)) = &labels.unit else {
        let message = format!("Không biết trang tính “{}” của tệp {} là của đơn vị nào.", grid.name, grid.file);
        return Finding::new(&codes::UNKNOWN_UNIT, grid.place(), message);
    };
    let why = if ambiguous {
        "là tên chung của nhiều đơn vị"
    } else {
        "không có trong danh sách đơn vị của hồ sơ"
    };
    let message = format!("Biểu ghi đơn vị “{told}”, {why}.");
    Finding::new(&codes::UNKNOWN_UNIT, place.clone(), message).found(told)
}

/// A unit's code as it can stand in a file's name; binding by hand writes and reads it so.
pub fn name_of_code(code: &str) -> String {
    let plain = |character: char| match character {
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' | '[' | ']' => '-',
        control if control.is_control() => '-',
        other => other,
    };
    vietnamese::compose(code.trim()).chars().map(plain).collect()
}

/// Keeps the first of very many findings about one file and counts the others, so that no file fills the whole list.
fn bound(findings: &mut Vec<Finding>, file: &str) {
    let count = findings.len();
    if count <= MOST_FINDINGS {
        return;
    }
    let rest: Vec<Finding> = findings.split_off(MOST_FINDINGS);
    let message = format!(
        "Tệp {file} có {count} chỗ phải xem lại; chỉ nêu {MOST_FINDINGS} chỗ đầu, còn {} chỗ khác.",
        rest.len()
    );
    let mut finding = Finding::new(&codes::TOO_MANY_FINDINGS, Place::file(file), message);
    finding.unit = rest.first().and_then(|finding| finding.unit.clone());
    findings.push(finding);
}

/// The unit of all submissions of a file, where it is one.
fn only_unit(submissions: &[Submission]) -> Option<UnitId> {
    let first = submissions.first()?.unit;
    submissions.iter().all(|submission| submission.unit == first).then_some(first)
}

/// A file's name without folders and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Adds a submission; sheets of one file about one unit go together where they answer different lines.
fn add(submissions: &mut Vec<Submission>, submission: Submission) {
    let partner = submissions.iter_mut().find(|other| {
        other.unit == submission.unit && !other.lines.keys().any(|line| submission.lines.contains_key(line))
    });
    match partner {
        Some(partner) => {
            partner.year = partner.year.or(submission.year);
            partner.report_date = partner.report_date.take().or(submission.report_date);
            partner.lines.extend(submission.lines);
        }
        None => submissions.push(submission),
    }
}
