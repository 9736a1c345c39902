//! Compare: the outcomes of two runs, each from a ket-qua.json or worked out anew from a dossier.

use std::path::{Path, PathBuf};

use super::{Progress, check, result_json};
use crate::compare::{Comparison, Outcome, Unreadable, compare as side_by_side};
use crate::finding::Finding;

/// Why one of the two sides could not be had.
#[derive(Debug)]
pub enum NoOutcome {
    /// The file could not be opened; what the system said.
    NotOpened(PathBuf, std::io::Error),
    /// The file is no ket-qua.json.
    NotAnOutcome(PathBuf, Unreadable),
    /// The folder holds no readable dossier.
    NoDossier(PathBuf, Vec<Finding>),
}

/// Compares two runs. Each side is a ket-qua.json, a folder that holds one and no dossier, or a dossier's folder, which
/// is read and scored; nothing is written.
///
/// # Errors
/// Which side could not be had, and why.
pub fn compare(before: &Path, after: &Path, progress: &dyn Progress) -> Result<Comparison, NoOutcome> {
    Ok(side_by_side(&outcome(before, progress)?, &outcome(after, progress)?))
}

fn outcome(path: &Path, progress: &dyn Progress) -> Result<Outcome, NoOutcome> {
    let not_an_outcome = |why| NoOutcome::NotAnOutcome(path.to_path_buf(), why);
    if !path.is_dir() {
        return read(path);
    }
    match check(path, progress) {
        Ok(checked) => {
            let file = result_json(&checked.dossier, &checked.results, &checked.findings);
            Outcome::read(&file.to_string()).map_err(not_an_outcome)
        }
        Err(findings) => {
            let inside = path.join("ket-qua.json");
            if inside.is_file() { read(&inside) } else { Err(NoOutcome::NoDossier(path.to_path_buf(), findings)) }
        }
    }
}

fn read(path: &Path) -> Result<Outcome, NoOutcome> {
    let bytes = std::fs::read(path).map_err(|error| NoOutcome::NotOpened(path.to_path_buf(), error))?;
    let not_an_outcome = |why| NoOutcome::NotAnOutcome(path.to_path_buf(), why);
    let text = std::str::from_utf8(&bytes).map_err(|_| not_an_outcome(Unreadable::NotJson))?;
    Outcome::read(text.trim_start_matches('\u{feff}')).map_err(not_an_outcome)
}
