//! Clusters on every core, each scored, written and dropped before its worker takes the next, in the order of clusters.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::SubmissionFile;
use super::cluster::Run;
use super::file_name::file_names;
use super::inputs::Inputs;
use super::outcome::Outcome;
use super::reading::Gathered;
use super::record::{ClusterRecord, Record};
use super::result_spool::ResultSpool;
use super::survey::{Overview, has_errors};
use crate::dossier::{ClusterId, Dossier};
use crate::finding::{Finding, Severity};
use crate::intake::Packed;
use crate::scoring::ClusterResult;

/// What all clusters of a build share.
pub(super) struct Stream<'a> {
    pub run: &'a Run<'a>,
    pub gathered: &'a Gathered,
    pub inputs: &'a Inputs,
    /// The record of the last build, unless everything is to be fresh.
    pub last: Option<&'a Record>,
    /// Where the results go, when they are asked for.
    pub spool: Option<&'a ResultSpool>,
    /// Whether results are kept for the summary of all clusters, without their lines.
    pub summary: bool,
}

/// A cluster that is done.
pub(super) struct Done {
    pub overview: Overview,
    /// What scoring found.
    pub scored: Vec<Finding>,
    pub outcome: Outcome,
    /// Files of a cluster that had not changed.
    pub kept: Option<usize>,
    /// Its folder and its part of the record; none where a file could not be written.
    pub record: Option<(String, ClusterRecord)>,
    pub summary: Option<ClusterResult>,
}

impl Stream<'_> {
    /// Takes the submissions of each cluster; `early` are findings about the dossier that scoring did not make. Ends
    /// early, with the clusters done so far, when the run is cancelled.
    pub fn all<'f>(&self, submissions: Vec<Vec<Packed>>, early: impl Iterator<Item = &'f Finding>) -> Vec<Done> {
        let dossier = self.run.dossier;
        let folders = file_names(dossier.clusters.iter().map(|cluster| cluster.code.as_str()));
        let drafts = Drafts::new(dossier, early);
        let files = files_of_clusters(dossier, &self.gathered.files);
        let waiting: Vec<Mutex<Vec<Packed>>> = submissions.into_iter().map(Mutex::new).collect();
        let done: Mutex<BTreeMap<usize, Done>> = Mutex::new(BTreeMap::new());
        let next = AtomicUsize::new(0);
        // One loop on each worker: with a parallel iterator a worker would take up a second cluster while it waits for
        // a paper of the first.
        rayon::broadcast(|_| {
            while !self.run.progress.is_cancelled() {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let (Some(own), Some(folder)) = (waiting.get(index), folders.get(index)) else { return };
                let own = std::mem::take(&mut *own.lock().unwrap_or_else(PoisonError::into_inner));
                let cluster = ClusterId(index);
                let one = self.one(cluster, &own, folder, &files[index], drafts.touch(cluster));
                done.lock().unwrap_or_else(PoisonError::into_inner).insert(index, one);
            }
        });
        done.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
    }

    fn one(&self, cluster: ClusterId, own: &[Packed], folder: &str, files: &[&str], draft: bool) -> Done {
        let (mut result, scored) = self.gathered.score_with(cluster, own);
        let overview = Overview::new(self.run.dossier, &result);
        if let Some(spool) = self.spool {
            spool.add(self.run.dossier, &result);
        }
        let draft = draft || has_errors(&scored);
        let key = self.inputs.of_cluster(files, draft);
        let out = &self.run.options.out;
        let last = self.last.zip(self.run.options.settled.as_deref());
        let (outcome, kept, record) = match last.and_then(|(last, settled)| last.kept(settled, folder, &key)) {
            Some((record, findings)) => {
                (0..self.run.steps(overview.submitted)).for_each(|_| self.run.progress.step());
                (Outcome { files: Vec::new(), findings }, Some(record.files()), Some(record))
            }
            None => {
                let outcome = self.run.cluster(&result, &out.join(folder), draft);
                let record = outcome.contents(out).map(|files| ClusterRecord::new(key, files, &outcome.findings));
                (outcome, None, record)
            }
        };
        let summary = self.summary.then(|| {
            for unit in &mut result.units {
                unit.lines = Vec::new();
                unit.narratives = Vec::new();
            }
            result
        });
        Done { overview, scored, outcome, kept, record: record.map(|record| (folder.to_string(), record)), summary }
    }
}

/// Which clusters an error touches: by its cluster, by its unit's cluster, or because it concerns the whole dossier.
struct Drafts {
    all: bool,
    clusters: BTreeSet<ClusterId>,
}

impl Drafts {
    fn new<'f>(dossier: &Dossier, findings: impl Iterator<Item = &'f Finding>) -> Drafts {
        let mut of_unit: BTreeMap<&str, Vec<ClusterId>> = BTreeMap::new();
        for unit in &dossier.units {
            of_unit.entry(&unit.code).or_default().push(unit.cluster);
        }
        let mut of_code: BTreeMap<&str, Vec<ClusterId>> = BTreeMap::new();
        for (index, cluster) in dossier.clusters.iter().enumerate() {
            of_code.entry(&cluster.code).or_default().push(ClusterId(index));
        }
        let mut drafts = Drafts { all: false, clusters: BTreeSet::new() };
        for finding in findings.filter(|finding| finding.severity() == Severity::Error) {
            let touched = match (&finding.cluster, &finding.unit) {
                (Some(code), _) => Some(of_code.get(code.as_str()).map_or(&[][..], Vec::as_slice)),
                (None, Some(code)) => of_unit.get(code.as_str()).map(Vec::as_slice),
                (None, None) => None,
            };
            match touched {
                Some(clusters) => drafts.clusters.extend(clusters),
                None => drafts.all = true,
            }
        }
        drafts
    }

    fn touch(&self, cluster: ClusterId) -> bool {
        self.all || self.clusters.contains(&cluster)
    }
}

/// The files that hold submissions of each cluster, in the order of paths.
fn files_of_clusters<'a>(dossier: &Dossier, files: &'a [SubmissionFile]) -> Vec<Vec<&'a str>> {
    let mut apart: Vec<Vec<&str>> = vec![Vec::new(); dossier.clusters.len()];
    for file in files {
        let clusters: BTreeSet<ClusterId> = file.units.iter().map(|unit| dossier.unit(*unit).cluster).collect();
        clusters.into_iter().for_each(|cluster| apart[cluster.0].push(&file.path));
    }
    apart
}
