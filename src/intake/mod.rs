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
mod packed;
mod settle;
mod submission;
mod value;

pub use cross_check::{CrossCheck, Packed, cross_findings};
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
/// To bound memory over very many files, go file by file with [`files`], [`SubmissionReader::read_file`],
/// [`CrossCheck::pack`], [`settle`] and [`cross_findings`].
pub fn read(dossier: &Dossier, dir: &Path) -> (Vec<Submission>, Vec<Finding>) {
    let (files, mut findings) = files(dir);
    let reader = SubmissionReader::new(dossier);
    let check = CrossCheck::new(dossier);
    let readings: Vec<FileReading> = files.par_iter().map(|file| reader.read_file(dir, file)).collect();
    let mut packed = Vec::new();
    for reading in readings {
        findings.extend(reading.findings);
        packed.extend(reading.submissions.iter().map(|submission| check.pack(submission)));
    }
    let (mut packed, doubled) = settle(dossier, packed);
    findings.extend(doubled);
    findings.extend(cross_findings(dossier, &mut packed));
    (packed.iter().map(Packed::unpack).collect(), findings)
}

#[cfg(test)]
mod tests;
