//! An office's own template on trial: the data that its names are looked up in, and what came of it.

use std::path::Path;

use super::reading::Gathered;
use crate::dossier::Dossier;
use crate::finding::catalogue::output;
use crate::finding::{Finding, Place};
use crate::paper::{ClusterData, Paper, complete};
use crate::scoring::ClusterResult;
use crate::wanted::Sample;

/// Clusters against whose data the office's own templates are checked before any is filled; what only another cluster
/// brings to light is told when it is filled.
const SAMPLED: usize = 40;

/// The results of a few clusters, for checking the office's own templates; none where there are no such templates.
pub(super) fn samples(directory: &Path, gathered: &Gathered) -> Vec<ClusterResult> {
    if !directory.join("mau").is_dir() {
        return Vec::new();
    }
    let scored = gathered.clusters().map(|cluster| gathered.score(cluster).0);
    scored.filter(|result| !result.units.is_empty()).take(SAMPLED).collect()
}

/// What a paper's template may be filled with, for each cluster: with nothing empty, so that every name is looked up.
pub(super) fn data_of<'a>(paper: Paper, dossier: &'a Dossier, results: &'a [ClusterResult]) -> Vec<Sample<'a>> {
    let sample = |result: &'a ClusterResult| -> Sample<'a> {
        Box::new(move |wanted| {
            let data = ClusterData::new(dossier, result);
            let data = if paper.is_per_unit() { data.slip(0, wanted) } else { data.paper(paper, wanted) };
            complete(data, paper, wanted)
        })
    };
    results.iter().filter(|result| !result.units.is_empty()).map(sample).collect()
}

/// What checking one kind of template gave: its faults, and a copy of the file with a comment at each.
pub(super) struct Examined {
    pub findings: Vec<Finding>,
    pub copy: Option<Vec<u8>>,
}

/// What came of a file that could not be tried.
pub(super) fn alone(finding: Finding) -> Examined {
    Examined { findings: vec![finding], copy: None }
}

pub(super) fn unreadable(file: &str, reason: &str) -> Finding {
    Finding::new(&output::TEMPLATE_UNREADABLE, Place::file(file), format!("Không đọc được mẫu {file}: {reason}."))
}
