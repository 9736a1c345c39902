//! Collect: the remarks of all ranking workbooks that came back, beside the dossier as it is now.

use rayon::prelude::*;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

use super::result_file::finding_json;
use super::{Progress, check};
use crate::collect::{Collector, Departure, Remark, Returned, comments};
use crate::dossier::Dossier;
use crate::excel;
use crate::finding::catalogue::sheet as codes;
use crate::finding::{Finding, Place};
use crate::sheet;

/// Everything that came back.
#[derive(Debug)]
pub struct Collected {
    pub dossier: Dossier,
    /// Every file looked at, in the order given, folders file by file.
    pub files: Vec<PathBuf>,
    /// By unit and line in the order of the dossier, then by file.
    pub remarks: Vec<Remark>,
    pub departures: Vec<Departure>,
    pub findings: Vec<Finding>,
}

/// Endings of the files that are looked for in a folder.
const ENDINGS: [&str; 6] = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv"];

/// Reads the dossier and every returned workbook; a folder stands for the spreadsheets below it. Writes nothing.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn collect(directory: &Path, returned: &[PathBuf], progress: &dyn Progress) -> Result<Collected, Vec<Finding>> {
    let checked = check(directory, progress)?;
    let mut files: Vec<PathBuf> = Vec::new();
    for path in returned {
        if path.is_dir() { below(path, &mut files) } else { files.push(path.clone()) }
    }
    progress.begin("Đọc bảng gửi lại", files.len());
    let collector = Collector::new(&checked.dossier, &checked.results);
    let read: Vec<Returned> = files
        .par_iter()
        .map(|path| {
            let returned = read(&collector, path);
            progress.step();
            returned
        })
        .collect();
    let mut collected = Collected {
        files,
        remarks: Vec::new(),
        departures: Vec::new(),
        findings: Vec::new(),
        dossier: Dossier::default(),
    };
    for one in read {
        collected.remarks.extend(one.remarks);
        collected.departures.extend(one.departures);
        collected.findings.extend(one.findings);
    }
    sort(&checked.dossier, &mut collected.remarks);
    Ok(Collected { dossier: checked.dossier, ..collected })
}

fn read(collector: &Collector, path: &Path) -> Returned {
    let name = path.display().to_string().replace('\\', "/");
    let refused = |finding: Finding| Returned { findings: vec![finding], ..Returned::default() };
    match std::fs::read(path) {
        Ok(bytes) => match sheet::read(&bytes, &name) {
            Ok(workbook) => collector.read(&workbook, &comments(&bytes)),
            Err(finding) => refused(finding),
        },
        Err(error) => {
            let message = format!("Không mở được tệp {name}: {error}.");
            refused(Finding::new(&codes::NO_ACCESS, Place::file(name), message))
        }
    }
}

/// The spreadsheets below a folder, by their paths.
fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return files.push(folder.to_path_buf()) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().map(|name| name.to_string_lossy().to_string()).unwrap_or_default();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        if sheet::is_leaving(&name) {
            continue;
        }
        if path.is_dir() {
            below(&path, files);
        } else if ENDINGS.contains(&ending.as_str()) {
            files.push(path);
        }
    }
}

/// By unit, then line, in the order of the dossier; remarks on a unit as a whole first. The sort is stable.
fn sort(dossier: &Dossier, remarks: &mut [Remark]) {
    remarks.sort_by_cached_key(|remark| {
        let unit = dossier.units.iter().position(|unit| unit.code == remark.unit);
        let line = remark.line.as_ref().map(|code| {
            let own = dossier.criteria.iter().position(|line| line.code == *code);
            let of_group = || dossier.groups.iter().position(|group| group.code == *code);
            let first = of_group().and_then(|group| dossier.criteria.iter().position(|line| line.group.0 == group));
            // a group stands before its first line
            own.map(|line| (line, 1)).or(first.map(|line| (line, 0)))
        });
        (unit, line)
    });
}

/// The object that `collect --json` prints.
pub fn collected_json(collected: &Collected) -> Value {
    json!({
        "schema": 1,
        "year": collected.dossier.information.year,
        "files": collected.files.iter().map(|path| path.display().to_string()).collect::<Vec<String>>(),
        "remarks": collected.remarks,
        "departures": collected.departures,
        "findings": collected.findings.iter().map(finding_json).collect::<Vec<Value>>(),
    })
}

/// The workbook of the remarks (y-kien.xlsx).
///
/// # Errors
/// What the workbook writer says.
pub fn collected_workbook(collected: &Collected) -> Result<Vec<u8>, excel::WorkbookError> {
    let date = super::date::paper_date(&collected.dossier);
    excel::remarks(collected.dossier.information.year, &collected.remarks, &collected.departures, date)
}
