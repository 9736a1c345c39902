//! Marked copies: for each faulty submission the unit's own file with the bad cells coloured and commented; of a file that
//! is no .xlsx its values in one.

use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::write::write_whole;
use super::{Progress, outcome::refused};
use crate::excel::{self, CopiedSheet, CopiedValue, Mark};
use crate::finding::catalogue::output;
use crate::finding::{CellAddress, Finding, Place, Severity};
use crate::sheet::{self, Value, Visibility};

/// Name of the folder of submissions, which every path of one begins with.
const SUBMISSIONS: &str = "so-lieu/";

/// What writing marked copies did.
#[derive(Debug, Default)]
pub struct MarkedCopies {
    /// In the order of the submissions' paths.
    pub files: Vec<PathBuf>,
    /// Files that could not be marked or written.
    pub findings: Vec<Finding>,
}

/// Whether copies written into a folder would lie among the submissions themselves.
pub fn is_among_submissions(directory: &Path, out: &Path) -> bool {
    let submissions = directory.join(SUBMISSIONS);
    let real = |path: &Path| -> PathBuf {
        // what is not there yet is named below the nearest folder that is
        let missing = || path.ancestors().skip(1).find_map(|above| Some((above, above.canonicalize().ok()?)));
        path.canonicalize()
            .ok()
            .or_else(|| missing().and_then(|(above, real)| Some(real.join(path.strip_prefix(above).ok()?))))
            .unwrap_or_else(|| path.to_path_buf())
    };
    let absolute = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    real(&absolute(out)).starts_with(real(&absolute(&submissions)))
}

/// Writes a marked copy of each submission that has an error or a warning at a cell, below `out` under its own path.
pub fn marked_copies(directory: &Path, findings: &[Finding], out: &Path, progress: &dyn Progress) -> MarkedCopies {
    let mut marks: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    for finding in findings {
        if let Some((file, mark)) = mark(finding) {
            marks.entry(file).or_default().push(mark);
        }
    }
    progress.begin("Đánh dấu ô sai", marks.len());
    let outcomes: Vec<Result<PathBuf, Finding>> = marks
        .par_iter()
        .map(|(file, marks)| {
            let outcome = copy(directory, file, marks, out);
            progress.step();
            outcome
        })
        .collect();
    let mut copies = MarkedCopies::default();
    for outcome in outcomes {
        match outcome {
            Ok(path) => copies.files.push(path),
            Err(finding) => copies.findings.push(finding),
        }
    }
    copies
}

/// The submission a finding stands in, and what to say at its cell.
fn mark(finding: &Finding) -> Option<(&str, Mark)> {
    if finding.severity() == Severity::Note {
        return None;
    }
    let file = finding.place.file.as_deref().filter(|file| file.starts_with(SUBMISSIONS))?;
    let (sheet, cell) = (finding.place.sheet.clone()?, finding.place.cell?);
    let words = format!("[{}] {}: {}\n→ {}", finding.code.id, finding.severity().word(), finding.message, finding.hint);
    Some((file, Mark { sheet, cell, severity: finding.severity(), words }))
}

fn copy(directory: &Path, file: &str, marks: &[Mark], out: &Path) -> Result<PathBuf, Finding> {
    let failed = |why: String| {
        Finding::new(&output::NOT_MARKED, Place::file(file), format!("Không lập được bản đánh dấu của {file}: {why}."))
    };
    let source = file.split('/').fold(directory.to_path_buf(), |path, part| path.join(part));
    let bytes = std::fs::read(&source).map_err(|error| failed(error.to_string()))?;
    let marked = excel::marked_copy(&bytes, marks).or_else(|why| match sheet::read(&bytes, file) {
        // another kind of file: its values in a workbook of ours
        Ok(workbook) => excel::copied_out(&sheets(&workbook), marks),
        Err(_) => Err(why),
    });
    let marked = marked.map_err(|error| failed(error.to_string()))?;
    let path = out.join(inside(file));
    write_whole(&path, &marked).map_err(|failure| refused(&failure))?;
    Ok(path)
}

/// What a workbook holds, to be copied out.
fn sheets(workbook: &sheet::Workbook) -> Vec<CopiedSheet> {
    let value = |cell: &sheet::Cell| match &cell.value {
        Value::Empty => None,
        Value::Text(text) => Some(CopiedValue::Text(text.clone())),
        Value::Number(number) if cell.percent => Some(CopiedValue::Percent(*number)),
        Value::Number(number) => Some(CopiedValue::Number(*number)),
        Value::Date(date) => Some(CopiedValue::Date(*date)),
        Value::Bool(_) | Value::Error(_) => Some(CopiedValue::Text(cell.text())),
    };
    let cells = |grid: &sheet::Grid| {
        let of_row = |(row, cells): (u32, &[(u32, sheet::Cell)])| -> Vec<_> {
            let address = |column: u32| CellAddress::new(row, column);
            cells.iter().filter_map(|(column, cell)| Some((address(*column), value(cell)?))).collect()
        };
        grid.rows().flat_map(of_row).collect()
    };
    let copied = |grid: &sheet::Grid| CopiedSheet {
        name: grid.name.to_string(),
        hidden: grid.visibility == Visibility::Hidden,
        cells: cells(grid),
        merges: grid.merges.iter().map(|merge| (merge.first, merge.last)).collect(),
    };
    workbook.sheets.iter().map(copied).collect()
}

/// Where the copy of a submission goes below the output folder: its own path, with an ending that Excel takes for what it
/// is, and never in the place of the findings workbook.
fn inside(file: &str) -> PathBuf {
    let own = PathBuf::from(file.strip_prefix(SUBMISSIONS).unwrap_or(file));
    // a path of ours has no other steps; nothing is ever written above the output folder
    let mut path: PathBuf = own.components().filter(|step| matches!(step, Component::Normal(_))).collect();
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !matches!(ending.as_deref(), Some("xlsx" | "xlsm")) {
        path.set_file_name(format!("{name}.xlsx"));
    } else if path.parent() == Some(Path::new("")) && name.to_lowercase() == "ra-soat.xlsx" {
        path.set_file_name("ra-soat (bản đánh dấu).xlsx");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_keeps_its_path_and_stays_below_the_output_folder() {
        for (file, expected) in [
            ("so-lieu/y-te.xlsx", "y-te.xlsx"),
            ("so-lieu/Doanh nghiệp/Gỗ.XLSX", "Doanh nghiệp/Gỗ.XLSX"),
            ("so-lieu/biểu.xls", "biểu.xls.xlsx"),
            ("so-lieu/Ra-soat.xlsx", "ra-soat (bản đánh dấu).xlsx"),
            ("so-lieu/cu/ra-soat.xlsx", "cu/ra-soat.xlsx"),
            ("so-lieu/../../a.xlsx", "a.xlsx"),
        ] {
            assert_eq!(inside(file), PathBuf::from(expected), "{file}");
        }
    }
}
