//! Reads ho-so.xlsx into the model (contract §1 and §6). Every fault becomes a finding; everything else is still read.
//!
//! One file for each kind of sheet; what they share stands in `cells`.

mod cells;
mod condition;
mod criteria;
mod fields;
mod figures;
mod grades;
mod information;
mod rule;
mod texts;
mod units;
mod waivers;

pub use fields::{Field, fields, other_names};
pub use rule::KEYWORDS as RULE_WORDS;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::{ClusterId, Dossier, Lookup};
use crate::finding::catalogue::dossier as codes;
use crate::finding::{Finding, Place};
use crate::sheet::{self, Column, Grid, Limits, Table, Visibility, Workbook};
use crate::vietnamese;

/// Reads the definition workbook of a dossier folder.
///
/// No dossier where there is no readable definition workbook (exit status 2); otherwise as much of it as can be read,
/// with a finding for each fault.
pub fn read(dir: &Path) -> (Option<Dossier>, Vec<Finding>) {
    let (path, name) = match definition(dir) {
        Ok(found) => found,
        Err(finding) => return (None, vec![*finding]),
    };
    match workbook(&path, &name) {
        Ok(workbook) => {
            let (dossier, findings) = read_workbook(&workbook);
            (Some(dossier), findings)
        }
        Err(finding) => (None, vec![finding]),
    }
}

/// The definition workbook, within its own limits.
fn workbook(path: &Path, name: &str) -> Result<Workbook, Finding> {
    let limits = &Limits::DEFINITION;
    sheet::read_within(&sheet::load_within(path, name, limits)?, name, limits)
}

/// Reads a definition workbook that is open already.
fn read_workbook(workbook: &Workbook) -> (Dossier, Vec<Finding>) {
    let mut reader = Reader {
        workbook,
        dossier: Dossier::default(),
        lookup: Lookup::default(),
        clusters: HashMap::new(),
        waiver_effect_stated: false,
        findings: workbook.remarks.clone(),
    };
    reader.information();
    reader.clusters();
    reader.units();
    reader.criteria();
    reader.lookup = Lookup::new(&reader.dossier);
    reader.check_references();
    reader.targets();
    reader.verified();
    reader.waivers();
    reader.past();
    reader.term();
    reader.grades();
    reader.awards();
    reader.texts();
    reader.strange_sheets();
    (reader.dossier, reader.findings)
}

/// The definition workbook in a folder, its path and its name: `ho-so.xlsx`, else the first whose name folds to it.
///
/// # Errors
/// The finding that says that there is none.
pub fn definition(dir: &Path) -> Result<(PathBuf, String), Box<Finding>> {
    let missing = |message: String| Box::new(Finding::new(&codes::NO_DEFINITION, Place::file("ho-so.xlsx"), message));
    let entries = std::fs::read_dir(dir)
        .map_err(|_| missing(format!("Không có thư mục hồ sơ “{}” hoặc không mở được.", dir.display())))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
            let ending = ending.to_ascii_lowercase();
            !sheet::is_leaving(name)
                && vietnamese::fold(stem) == "hoso"
                && ["xlsx", "xlsm", "xls", "ods"].contains(&ending.as_str())
        })
        .collect();
    // the exact name first, then .xlsx before .xlsm before the others, then by name
    names.sort_by_key(|name| {
        let lower = name.to_ascii_lowercase();
        (name != "ho-so.xlsx", !lower.ends_with(".xlsx"), !lower.ends_with(".xlsm"), lower)
    });
    match names.into_iter().next() {
        Some(name) => Ok((dir.join(&name), name)),
        None => Err(missing(format!("Thư mục “{}” không có tệp ho-so.xlsx.", dir.display()))),
    }
}

/// The reading in progress.
struct Reader<'a> {
    workbook: &'a Workbook,
    dossier: Dossier,
    /// Complete from the sheet Tiêu chí on.
    lookup: Lookup,
    /// Clusters by code and by name, folded; complete from the sheet Cụm on.
    clusters: HashMap<String, ClusterId>,
    /// Whether Thông tin says what becomes of waived lines.
    waiver_effect_stated: bool,
    findings: Vec<Finding>,
}

/// The names of the sheets, as the contract gives them.
const SHEETS: [&str; 12] = [
    "Thông tin",
    "Cụm",
    "Đơn vị",
    "Tiêu chí",
    "Chỉ tiêu",
    "Thẩm định",
    "Miễn chấm",
    "Kỳ trước",
    "Nhiệm kỳ",
    "Xếp loại",
    "Khen thưởng",
    "Văn bản",
];

impl<'a> Reader<'a> {
    fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// A sheet that need not be there.
    fn optional_sheet(&self, name: &str) -> Option<&'a Grid> {
        self.workbook.sheet(&[name])
    }

    /// A sheet without which the dossier is not whole; its absence is a finding.
    fn required_sheet(&mut self, name: &str) -> Option<&'a Grid> {
        let sheet = self.workbook.sheet(&[name]);
        if sheet.is_none() {
            let file = self.workbook.file.to_string();
            let message = format!("Tệp {file} thiếu trang tính “{name}”.");
            self.report(Finding::new(&codes::NO_SHEET, Place::sheet(file, name), message));
        }
        sheet
    }

    /// The table of a sheet; missing columns are findings. None without its first column, the key of the rows.
    fn table(&mut self, grid: &'a Grid, columns: &[Column]) -> Option<Table<'a>> {
        let table = sheet::find_table(grid, columns);
        let missing: Vec<&str> = columns
            .iter()
            .enumerate()
            .filter(|(index, column)| {
                column.required && table.as_ref().is_none_or(|table| table.columns[*index].is_none())
            })
            .map(|(_, column)| column.name)
            .collect();
        if table.is_none() {
            let names = missing.join("”, “");
            let message = format!("Trang tính “{}” không có dòng tiêu đề với các cột “{names}”.", grid.name);
            self.report(Finding::new(&codes::NO_COLUMN, grid.place(), message).expected(names));
            return None;
        }
        let table = table?;
        for name in missing {
            let place = grid.place_of(table.heading_row, 0);
            let message = format!("Trang tính “{}” thiếu cột “{name}”.", grid.name);
            let hint = format!("Thêm cột “{name}” vào dòng tiêu đề (dòng {}).", table.heading_row + 1);
            self.report(Finding::new(&codes::NO_COLUMN, place, message).expected(name).hint(hint));
        }
        table.columns[0].is_some().then_some(table)
    }

    /// Visible sheets of another name that hold something are said to be passed over, lest a misspelt name go unseen.
    fn strange_sheets(&mut self) {
        for grid in &self.workbook.sheets {
            let known = SHEETS.iter().any(|name| vietnamese::same(&grid.name, name));
            if known || grid.visibility == Visibility::Hidden || grid.is_empty() {
                continue;
            }
            let message =
                format!("Trang tính “{}” không thuộc các trang tính của hồ sơ nên không được đọc.", grid.name);
            self.findings.push(Finding::new(&codes::STRANGE_SHEET, grid.place(), message).found(&*grid.name));
        }
    }
}

#[cfg(test)]
mod tests;
