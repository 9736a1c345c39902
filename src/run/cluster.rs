//! The papers of one cluster: filled, marked as drafts where there are errors, laid out and written.

use chrono::NaiveTime;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

use super::Progress;
use super::date::paper_date;
use super::file_name::file_names;
use super::options::BuildOptions;
use super::outcome::{Outcome, add_once};
use super::produce::{self, Templates};
use super::ranking_workbook::RankingWorkbook;
use super::survey::has_errors;
use super::write::clear_leftovers;
use crate::dossier::Dossier;
use crate::finding::Finding;
use crate::paper::{ClusterData, Paper};
use crate::pdf;
use crate::scoring::ClusterResult;
use crate::wanted::Wanted;
use crate::word::Package;

/// A paper to be made.
struct Target {
    paper: Paper,
    /// Index in `ClusterResult::units`, for a paper of one unit.
    unit: Option<usize>,
    /// Without ending.
    path: PathBuf,
}

/// A filled paper that waits for the cluster's other papers: an error in one makes all of them drafts.
struct Filled {
    paper: Paper,
    /// Without ending.
    path: PathBuf,
    package: Package,
}

/// What the papers of every cluster have in common.
pub(super) struct Run<'a> {
    pub dossier: &'a Dossier,
    pub options: &'a BuildOptions,
    pub templates: &'a Templates,
    pub workbook: &'a RankingWorkbook,
    pub papers: &'a [Paper],
    pub progress: &'a dyn Progress,
}

impl Run<'_> {
    /// How many papers a cluster has when so many of its units submitted.
    pub fn steps(&self, submitted: usize) -> usize {
        self.papers.iter().map(|paper| if paper.is_per_unit() { submitted } else { 1 }).sum()
    }

    /// Every paper of a cluster with the unit it is for, and where it goes.
    fn targets(&self, result: &ClusterResult, folder: &Path) -> Vec<Target> {
        let names = file_names(result.units.iter().map(|unit| self.dossier.unit(unit.unit).code.as_str()));
        let mut targets = Vec::new();
        for paper in self.papers.iter().copied() {
            if !paper.is_per_unit() {
                targets.push(Target { paper, unit: None, path: folder.join(paper.name()) });
                continue;
            }
            let folder = folder.join(paper.name());
            let submitted = (0..result.units.len()).filter(|index| result.units[*index].submitted);
            targets.extend(submitted.map(|unit| Target { paper, unit: Some(unit), path: folder.join(&names[unit]) }));
        }
        targets
    }

    /// Makes every paper of a cluster that is asked for, in its folder. `draft`: an error touches the cluster.
    pub fn cluster(&self, result: &ClusterResult, folder: &Path, draft: bool) -> Outcome {
        clear_leftovers(folder);
        clear_leftovers(&folder.join(Paper::ScoreSlip.name()));
        let targets = self.targets(result, folder);
        let data = ClusterData::new(self.dossier, result);
        let fill_all = || -> Vec<Result<Option<Filled>, Vec<Finding>>> {
            targets.into_par_iter().map(|target| self.fill(&data, result, target)).collect()
        };
        let workbook = folder.join("xep-hang.xlsx");
        let (filled, ranking) = rayon::join(fill_all, || self.ranking(result, &workbook, draft));
        let mut outcome = Outcome::default();
        let mut ready = Vec::new();
        for one in filled {
            match one {
                Ok(filled) => ready.extend(filled),
                Err(findings) => add_once(&mut outcome.findings, findings),
            }
        }
        let late = !draft && has_errors(&outcome.findings);
        let finished: Vec<Outcome> = ready.into_par_iter().map(|filled| self.finish(filled, draft || late)).collect();
        finished.into_iter().for_each(|one| outcome.append(one));
        // an error that came to light when the papers were filled makes a draft of the workbook too
        let ranking = if late { self.ranking(result, &workbook, true) } else { ranking };
        match ranking {
            None => {}
            Some(Ok(bytes)) => outcome.write(workbook, &bytes),
            Some(Err(findings)) => outcome.findings.extend(findings),
        }
        outcome
    }

    fn fill(&self, data: &ClusterData, result: &ClusterResult, target: Target) -> Result<Option<Filled>, Vec<Finding>> {
        let Target { paper, unit, path } = target;
        if self.progress.is_cancelled() {
            return Ok(None);
        }
        let make = |wanted: &Wanted| match unit {
            Some(index) => data.slip(index, wanted),
            None => data.paper(paper, wanted),
        };
        match self.templates.fill(paper, make) {
            None => Ok(None),
            Some(Ok(package)) => Ok(Some(Filled { paper, path, package })),
            Some(Err(findings)) => {
                let code = &self.dossier.cluster(result.cluster).code;
                Err(findings.into_iter().map(|finding| finding.cluster(code)).collect())
            }
        }
    }

    fn finish(&self, filled: Filled, draft: bool) -> Outcome {
        if self.progress.is_cancelled() {
            return Outcome::default();
        }
        let wanted = |ending: &str| self.options.only.wants(filled.paper.name(), ending);
        let seconds = paper_date(self.dossier).and_time(NaiveTime::MIN).and_utc().timestamp();
        let creator = concat!("thidua ", env!("CARGO_PKG_VERSION")).to_string();
        let options = pdf::Options { seconds: Some(seconds), creator };
        let mut outcome = Outcome::default();
        match produce::files(filled.paper, filled.package, draft, wanted, &options) {
            Err(findings) => outcome.findings.extend(findings),
            Ok((files, findings)) => {
                outcome.findings.extend(findings);
                for (ending, content) in files {
                    let mut path = filled.path.clone().into_os_string();
                    path.push(".");
                    path.push(ending);
                    outcome.write(path.into(), &content);
                }
            }
        }
        self.progress.step();
        outcome
    }

    /// The ranking workbook for the file at `path`; none where it is not asked for, or at fault, which is said already.
    fn ranking(&self, result: &ClusterResult, path: &Path, draft: bool) -> Option<Result<Vec<u8>, Vec<Finding>>> {
        if !self.options.only.wants("xep-hang", "xlsx") || self.progress.is_cancelled() {
            return None;
        }
        self.workbook.make(self.dossier, result, draft, paper_date(self.dossier), path)
    }
}
