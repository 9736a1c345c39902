//! Forms: one workbook for each unit to fill in (bieu-mau/).

use rayon::prelude::*;
use std::path::{Path, PathBuf};

use super::Progress;
use super::date::paper_date;
use super::file_name::file_names;
use super::outcome::{not_made, refused};
use super::write::{clear_leftovers, write_whole};
use crate::dossier::{self, UnitId};
use crate::excel;
use crate::finding::Finding;
use crate::intake::SubmissionReader;

/// What writing the forms did.
#[derive(Debug, Default)]
pub struct Forms {
    /// Every form written, in protocol order.
    pub files: Vec<PathBuf>,
    /// Forms that hold figures already and were left as they are.
    pub kept: Vec<PathBuf>,
    /// What is wrong with the definition, and what could not be written.
    pub findings: Vec<Finding>,
}

/// What became of one form.
enum Outcome {
    Written(PathBuf),
    Kept(PathBuf),
    Failed(Finding),
}

/// Writes the form of each unit into a folder, named by the unit's code. A form there that someone has filled in is
/// kept, unless `force` says otherwise.
///
/// # Errors
/// The findings that say why there is no readable definition in the folder.
pub fn forms(directory: &Path, out: &Path, force: bool, progress: &dyn Progress) -> Result<Forms, Vec<Finding>> {
    progress.begin("Đọc hồ sơ", 1);
    let (dossier, findings) = dossier::read(directory);
    progress.step();
    let Some(dossier) = dossier else { return Err(findings) };
    clear_leftovers(out);
    progress.begin("Lập biểu mẫu", dossier.units.len());
    let names = file_names(dossier.units.iter().map(|unit| unit.code.as_str()));
    let reader = SubmissionReader::new(&dossier);
    let make = |(index, name): (usize, &String)| {
        let path = out.join(format!("{name}.xlsx"));
        let outcome = if !force && is_filled(&reader, &path) {
            Outcome::Kept(path)
        } else {
            match excel::form(&dossier, UnitId(index), paper_date(&dossier)) {
                Err(error) => Outcome::Failed(not_made(&path, &error)),
                Ok(bytes) => match write_whole(&path, &bytes) {
                    Ok(()) => Outcome::Written(path),
                    Err(failure) => Outcome::Failed(refused(&failure)),
                },
            }
        };
        progress.step();
        outcome
    };
    let outcomes: Vec<Outcome> = names.par_iter().enumerate().map(make).collect();
    let mut forms = Forms { findings, ..Forms::default() };
    for outcome in outcomes {
        match outcome {
            Outcome::Written(path) => forms.files.push(path),
            Outcome::Kept(path) => forms.kept.push(path),
            Outcome::Failed(finding) => forms.findings.push(finding),
        }
    }
    Ok(forms)
}

/// Whether a file holds a result or a mark that would be lost.
fn is_filled(reader: &SubmissionReader, path: &Path) -> bool {
    let Ok(bytes) = std::fs::read(path) else { return false };
    let reading = reader.read_bytes(&bytes, &path.to_string_lossy());
    let mut lines = reading.submissions.iter().flat_map(|submission| submission.lines.values());
    let narratives = reading.submissions.iter().any(|submission| !submission.narratives.is_empty());
    narratives || lines.any(|line| line.result.is_some() || line.self_mark.is_some() || line.unreadable)
}
