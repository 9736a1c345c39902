//! Submissions (báo cáo của đơn vị): what the units sent in, bound to units and criteria, each value with its cell.
//!
//! Finding the table, binding the unit and reading the values live here; marks do not. May use `dossier`, `sheet`,
//! `vietnamese`, `finding`.

mod cross_check;
mod file;
mod folder;
mod form;
mod joint;
mod label;
mod likeness;
mod named;
mod narrative;
mod settle;
mod submission;
mod value;

pub use cross_check::cross_check;
pub use file::{FileReading, SubmissionReader, name_of_code};
pub use folder::{FOLDER, files};
pub use settle::settle;
pub use submission::*;

use rayon::prelude::*;
use std::path::Path;

use crate::dossier::Dossier;
use crate::finding::Finding;

/// Reads everything under `so-lieu/` of a dossier folder, files side by side, results in the order of their paths.
///
/// At most one submission for each unit: of a unit that two are found for, neither is taken and a finding names both.
/// To bound memory over very many files, go file by file with [`files`], [`SubmissionReader::read_file`], [`settle`] and
/// [`cross_check`].
pub fn read(dossier: &Dossier, dir: &Path) -> (Vec<Submission>, Vec<Finding>) {
    let (files, mut findings) = files(dir);
    let reader = SubmissionReader::new(dossier);
    let readings: Vec<FileReading> = files.par_iter().map(|file| reader.read_file(dir, file)).collect();
    let mut submissions = Vec::new();
    for reading in readings {
        findings.extend(reading.findings);
        submissions.extend(reading.submissions);
    }
    let (submissions, doubled) = settle(dossier, submissions);
    findings.extend(doubled);
    findings.extend(cross_check(dossier, &submissions));
    (submissions, findings)
}

#[cfg(test)]
mod tests;
