//! The run: read a dossier, score it, write its papers; each file replaced whole or not at all.
//!
//! The only room that joins the others; `cli` and `web` call it. It prints nothing.

mod build;
mod collect;
mod compare;
mod example;
mod file_name;
mod forms;
mod handed_out;
mod marked_copies;
mod new;
mod produce;
mod ranking_workbook;
mod request;
mod result_file;
mod tag_list;
mod templates;
mod write;

pub use build::{BuildOptions, Built, build};
pub use collect::{Collected, collect, collected_json, collected_workbook};
pub use compare::{NoOutcome, compare};
pub use example::{Example, examples};
pub use file_name::{is_device_name, safe_name};
pub use forms::{Forms, forms};
pub use handed_out::{HandedOut, HandingOut, hand_out_templates};
pub use marked_copies::{MarkedCopies, is_among_submissions, marked_copies};
pub use new::{NotCreated, new_dossier};
pub use request::{Request, UnknownOutput};
pub use result_file::{finding_json, result_json};
pub use tag_list::{TagList, tag_list};
pub use templates::{CheckedTemplate, TAG_LIST, check_templates, is_among_templates};
pub use write::{WriteFailure, write_whole};

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

use crate::dossier::{ClusterId, Dossier, UnitId};
use crate::finding::{Finding, Severity, catalogue};
use crate::intake::{FileReading, Submission, SubmissionReader};
use crate::scoring::ClusterResult;
use crate::{dossier, excel, intake, scoring};

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
        self.findings.iter().any(|finding| finding.severity() == Severity::Error)
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
    progress.begin("Đọc hồ sơ", 1);
    let (dossier, mut findings) = dossier::read(directory);
    progress.step();
    let Some(dossier) = dossier else { return Err(findings) };
    let Submitted { submissions, findings: more, files } = submitted(&dossier, directory, progress);
    findings.extend(more);
    progress.begin("Chấm điểm", dossier.clusters.len());
    let scored: Vec<(ClusterResult, Vec<Finding>)> = by_cluster(&dossier, submissions)
        .into_par_iter()
        .enumerate()
        .map(|(index, submissions)| {
            let scored = scoring::score(&dossier, ClusterId(index), &submissions);
            progress.step();
            scored
        })
        .collect();
    let mut results = Vec::with_capacity(scored.len());
    for (result, more) in scored {
        results.push(result);
        findings.extend(more);
    }
    drop_unsubmitted_with_files(&mut findings);
    Ok(Checked { dossier, results, findings, files })
}

/// What so-lieu/ holds.
struct Submitted {
    submissions: Vec<Submission>,
    findings: Vec<Finding>,
    files: Vec<SubmissionFile>,
}

/// Reads so-lieu/ file by file, so that a run can tell how far it is and can be stopped.
fn submitted(dossier: &Dossier, directory: &Path, progress: &dyn Progress) -> Submitted {
    let (paths, mut findings) = intake::files(directory);
    progress.begin("Đọc số liệu các đơn vị", paths.len());
    let reader = SubmissionReader::new(dossier);
    let read = |path: &String| {
        let reading = if progress.is_cancelled() { FileReading::default() } else { reader.read_file(directory, path) };
        progress.step();
        reading
    };
    let readings: Vec<FileReading> = paths.par_iter().map(read).collect();
    let mut submissions = Vec::new();
    let mut files = Vec::with_capacity(paths.len());
    for (path, reading) in paths.into_iter().zip(readings) {
        let units: BTreeSet<UnitId> = reading.submissions.iter().map(|submission| submission.unit).collect();
        files.push(SubmissionFile { path, units: units.into_iter().collect() });
        findings.extend(reading.findings);
        submissions.extend(reading.submissions);
    }
    let (submissions, doubled) = intake::settle(dossier, submissions);
    findings.extend(doubled);
    findings.extend(intake::cross_check(dossier, &submissions));
    Submitted { submissions, findings, files }
}

/// A unit whose file was refused, or that sent in two, is told so; that it has no report is not told besides.
fn drop_unsubmitted_with_files(findings: &mut Vec<Finding>) {
    let absent = &catalogue::scoring::NOT_SUBMITTED;
    let refused: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error && finding.code != absent)
        .filter(|finding| finding.place.file.as_deref().is_some_and(|file| file.starts_with(intake::FOLDER)))
        .filter_map(|finding| finding.unit.clone())
        .collect();
    findings
        .retain(|finding| finding.code != absent || !finding.unit.as_ref().is_some_and(|unit| refused.contains(unit)));
}

/// The submissions of each cluster, in the order of clusters.
fn by_cluster(dossier: &Dossier, submissions: Vec<Submission>) -> Vec<Vec<Submission>> {
    let mut apart = vec![Vec::new(); dossier.clusters.len()];
    for submission in submissions {
        apart[dossier.unit(submission.unit).cluster.0].push(submission);
    }
    apart
}

/// The findings as a workbook (ra-soat.xlsx).
///
/// # Errors
/// What the workbook writer says.
pub fn findings_workbook(checked: &Checked) -> Result<Vec<u8>, excel::WorkbookError> {
    excel::findings(&checked.findings, Some(&checked.dossier), build::paper_date(&checked.dossier))
}

/// Whether a finding concerns a cluster: by its cluster, by its unit's cluster, or because it concerns the whole
/// dossier.
fn touches(dossier: &Dossier, finding: &Finding, cluster: ClusterId) -> bool {
    if let Some(code) = &finding.cluster {
        return dossier.cluster(cluster).code == *code;
    }
    let Some(code) = &finding.unit else { return true };
    let mut of_this_code = (0..dossier.units.len()).map(UnitId).filter(|id| dossier.unit(*id).code == *code).peekable();
    of_this_code.peek().is_none() || of_this_code.any(|id| dossier.unit(id).cluster == cluster)
}
