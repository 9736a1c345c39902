//! The run: read a dossier, score it, write its papers; each file replaced whole or not at all.
//!
//! The only room that joins the others; `cli` and `web` call it. It prints nothing.

mod build;
mod cluster;
mod collect;
mod compare;
mod date;
mod digest;
mod example;
mod file_name;
mod forms;
mod handed_out;
mod inputs;
mod marked_copies;
mod new;
mod options;
mod outcome;
mod produce;
mod ranking_workbook;
mod reading;
mod record;
mod request;
mod result_file;
mod result_spool;
mod stream;
mod survey;
mod tag_list;
mod templates;
mod trial;
mod write;

pub use build::{Built, Results, Unchanged, build};
pub use collect::{Collected, collect, collected_json, collected_workbook};
pub use compare::{NoOutcome, compare};
pub use example::{Example, examples};
pub use file_name::{is_device_name, safe_name};
pub use forms::{Forms, forms};
pub use handed_out::{HandedOut, HandingOut, hand_out_templates};
pub use marked_copies::{MarkedCopies, is_among_submissions, marked_copies};
pub use new::{NotCreated, new_dossier};
pub use options::BuildOptions;
pub use request::{Request, UnknownOutput, outputs};
pub use result_file::{finding_json, result_json};
pub use survey::{Overview, Survey, survey};
pub use tag_list::{TagList, tag_list};
pub use templates::{CheckedTemplate, TAG_LIST, check_templates, is_among_templates};
pub use write::{WriteFailure, write_whole};

use std::path::Path;

use crate::dossier::{Dossier, UnitId};
use crate::excel;
use crate::finding::Finding;
use crate::scoring::ClusterResult;
use reading::Gathered;

/// A dossier that was read and scored (hồ sơ đã đọc và chấm).
#[derive(Debug)]
pub struct Checked {
    pub dossier: Dossier,
    /// One for each cluster, in the order of sheet Cụm.
    pub results: Vec<ClusterResult>,
    pub findings: Vec<Finding>,
    /// What lies in so-lieu/, in the order of paths.
    pub files: Vec<SubmissionFile>,
}

/// A file of so-lieu/ and whose submissions were found in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionFile {
    /// Path inside the dossier with `/`.
    pub path: String,
    /// Also those of which no submission was taken because there are two; each once, in protocol order.
    pub units: Vec<UnitId>,
}

impl Checked {
    /// Whether there is a finding of grade error.
    pub fn has_errors(&self) -> bool {
        survey::has_errors(&self.findings)
    }
}

/// Told how far a run is; every method may be called from several threads.
pub trait Progress: Sync {
    /// A stage of `steps` steps begins.
    fn begin(&self, stage: &str, steps: usize);
    /// One step is done.
    fn step(&self);
    /// Whether the work is no longer wanted; a run then ends early.
    fn is_cancelled(&self) -> bool {
        false
    }
}

/// Reads and scores everything; writes nothing.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn check(directory: &Path, progress: &dyn Progress) -> Result<Checked, Vec<Finding>> {
    let gathered = Gathered::read(directory, progress)?;
    let scored = gathered.each_scored(progress, |result| result);
    let Gathered { dossier, mut findings, files, .. } = gathered;
    let mut results = Vec::with_capacity(scored.len());
    for (result, more) in scored {
        results.push(result);
        findings.extend(more);
    }
    Ok(Checked { dossier, results, findings, files })
}

/// The findings as a workbook (ra-soat.xlsx).
///
/// # Errors
/// What the workbook writer says.
pub fn findings_workbook(dossier: &Dossier, findings: &[Finding]) -> Result<Vec<u8>, excel::WorkbookError> {
    excel::findings(findings, Some(dossier), date::paper_date(dossier))
}
