//! Everything a dossier holds and its units sent in, ready to be scored one cluster after the other.

use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

use super::{Progress, SubmissionFile};
use crate::dossier::{self, ClusterId, Dossier, UnitId};
use crate::finding::{Finding, Severity, catalogue};
use crate::intake::{self, CrossCheck, FileReading, Packed, Submission, SubmissionReader};
use crate::scoring::{self, ClusterResult};

/// A dossier that was read and is not scored yet.
pub(super) struct Gathered {
    pub dossier: Dossier,
    /// The submissions of each cluster, in the order of clusters.
    pub submissions: Vec<Vec<Packed>>,
    /// The units of each cluster, in protocol order.
    members: Vec<Vec<UnitId>>,
    pub findings: Vec<Finding>,
    /// What lies in so-lieu/, in the order of paths.
    pub files: Vec<SubmissionFile>,
    /// Codes of units whose submission was refused: an error about its file says so.
    refused: BTreeSet<String>,
}

impl Gathered {
    /// Reads the definition and every file of so-lieu/.
    ///
    /// # Errors
    /// The findings that say why there is no readable dossier in the folder.
    pub fn read(directory: &Path, progress: &dyn Progress) -> Result<Gathered, Vec<Finding>> {
        progress.begin("Đọc hồ sơ", 1);
        let (dossier, mut findings) = dossier::read(directory);
        progress.step();
        let Some(dossier) = dossier else { return Err(findings) };
        let (submissions, more, files) = submitted(&dossier, directory, progress);
        findings.extend(more);
        let refused = refused(&findings);
        let submissions = by_cluster(&dossier, submissions, |submission| submission.unit);
        let members = by_cluster(&dossier, (0..dossier.units.len()).map(UnitId), |unit| *unit);
        Ok(Gathered { dossier, submissions, members, findings, files, refused })
    }

    /// Scores one cluster.
    pub fn score(&self, cluster: ClusterId) -> (ClusterResult, Vec<Finding>) {
        self.score_with(cluster, self.submissions.get(cluster.0).map_or(&[], Vec::as_slice))
    }

    /// Scores one cluster with submissions that were taken out of here.
    ///
    /// A unit whose file was refused, or that sent in two, is told so; that it has no report is not told besides.
    pub fn score_with(&self, cluster: ClusterId, submissions: &[Packed]) -> (ClusterResult, Vec<Finding>) {
        let submissions: Vec<Submission> = submissions.iter().map(Packed::unpack).collect();
        let members = self.members.get(cluster.0).cloned().unwrap_or_default();
        let (result, mut findings) = scoring::score_units(&self.dossier, cluster, members, &submissions);
        let absent = &catalogue::scoring::NOT_SUBMITTED;
        findings.retain(|finding| {
            finding.code != absent || !finding.unit.as_ref().is_some_and(|unit| self.refused.contains(unit))
        });
        (result, findings)
    }

    /// Scores every cluster; of each result only what `keep` makes of it stays.
    pub fn each_scored<T: Send>(
        &self,
        progress: &dyn Progress,
        keep: impl Fn(ClusterResult) -> T + Sync,
    ) -> Vec<(T, Vec<Finding>)> {
        progress.begin("Chấm điểm", self.dossier.clusters.len());
        let clusters: Vec<ClusterId> = self.clusters().collect();
        let scored = clusters.into_par_iter().map(|cluster| {
            let (result, findings) = self.score(cluster);
            progress.step();
            (keep(result), findings)
        });
        scored.collect()
    }

    pub fn clusters(&self) -> impl Iterator<Item = ClusterId> + use<> {
        (0..self.dossier.clusters.len()).map(ClusterId)
    }
}

/// What one file of so-lieu/ gave, packed as soon as it was read.
#[derive(Default)]
struct ReadFile {
    submissions: Vec<Packed>,
    findings: Vec<Finding>,
}

/// Reads so-lieu/ file by file, so that a run can tell how far it is and can be stopped.
fn submitted(
    dossier: &Dossier,
    directory: &Path,
    progress: &dyn Progress,
) -> (Vec<Packed>, Vec<Finding>, Vec<SubmissionFile>) {
    let (paths, mut findings) = intake::files(directory);
    progress.begin("Đọc số liệu các đơn vị", paths.len());
    let (reader, check) = (SubmissionReader::new(dossier), CrossCheck::new(dossier));
    let read = |path: &String| {
        if progress.is_cancelled() {
            return ReadFile::default();
        }
        let FileReading { submissions, findings } = reader.read_file(directory, path);
        progress.step();
        ReadFile { submissions: submissions.iter().map(|submission| check.pack(submission)).collect(), findings }
    };
    let readings: Vec<ReadFile> = paths.par_iter().map(read).collect();
    let mut submissions = Vec::with_capacity(readings.len());
    let mut files = Vec::with_capacity(paths.len());
    for (path, reading) in paths.into_iter().zip(readings) {
        let units: BTreeSet<UnitId> = reading.submissions.iter().map(|submission| submission.unit).collect();
        files.push(SubmissionFile { path, units: units.into_iter().collect() });
        findings.extend(reading.findings);
        submissions.extend(reading.submissions);
    }
    let (mut submissions, doubled) = intake::settle(dossier, submissions);
    findings.extend(doubled);
    findings.extend(intake::cross_findings(dossier, &mut submissions));
    (submissions, findings, files)
}

fn refused(findings: &[Finding]) -> BTreeSet<String> {
    findings
        .iter()
        .filter(|finding| finding.severity() == Severity::Error)
        .filter(|finding| finding.place.file.as_deref().is_some_and(|file| file.starts_with(intake::FOLDER)))
        .filter_map(|finding| finding.unit.clone())
        .collect()
}

/// Things of units apart by the units' clusters, in the order of clusters.
fn by_cluster<T>(dossier: &Dossier, all: impl IntoIterator<Item = T>, unit: impl Fn(&T) -> UnitId) -> Vec<Vec<T>> {
    let mut apart: Vec<Vec<T>> = std::iter::repeat_with(Vec::new).take(dossier.clusters.len()).collect();
    for one in all {
        apart[dossier.unit(unit(&one)).cluster.0].push(one);
    }
    apart
}
