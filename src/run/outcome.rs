//! What a piece of work came to: the files that it wrote, and findings about those that it could not.

use std::path::{Path, PathBuf};

use super::digest::digest;
use super::record::Contents;
use super::write::{WriteFailure, write_whole};
use crate::excel;
use crate::finding::{Finding, Place, catalogue::output};

/// Files written and findings made by one piece of work.
#[derive(Default)]
pub(super) struct Outcome {
    /// With the digest of what was written.
    pub files: Vec<(PathBuf, String)>,
    pub findings: Vec<Finding>,
}

impl Outcome {
    pub fn write(&mut self, path: PathBuf, content: &[u8]) {
        match write_whole(&path, content) {
            Ok(()) => self.files.push((path, digest(content))),
            Err(failure) => self.findings.push(refused(&failure)),
        }
    }

    /// The files by their paths inside a folder; none where one of them could not be written.
    pub fn contents(&self, folder: &Path) -> Option<Contents> {
        if self.findings.iter().any(|finding| finding.code == &output::NOT_WRITTEN) {
            return None;
        }
        let inner = |path: &Path| {
            let steps: Option<Vec<&str>> = path.strip_prefix(folder).ok()?.iter().map(|step| step.to_str()).collect();
            Some(steps?.join("/"))
        };
        self.files.iter().map(|(path, content)| Some((inner(path)?, content.clone()))).collect()
    }

    pub fn append(&mut self, other: Outcome) {
        self.files.extend(other.files);
        self.findings.extend(other.findings);
    }
}

pub(super) fn refused(failure: &WriteFailure) -> Finding {
    let path = failure.path.display().to_string();
    let message = format!("Không ghi được tệp {path}: {}.", failure.cause);
    Finding::new(&output::NOT_WRITTEN, Place::file(path), message)
}

/// A fault of a template that serves many units is told once.
pub(super) fn add_once(findings: &mut Vec<Finding>, more: Vec<Finding>) {
    for finding in more {
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}

pub(super) fn not_made(path: &Path, error: &excel::WorkbookError) -> Finding {
    let path = path.display().to_string();
    Finding::new(&output::NOT_WRITTEN, Place::file(&path), format!("Không lập được tệp {path}: {error}."))
}
