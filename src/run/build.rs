//! Build: every paper of every cluster, and the files over all clusters.

use chrono::{NaiveDate, NaiveTime};
use rayon::prelude::*;
use std::path::{Path, PathBuf};

use super::file_name::file_names;
use super::produce::{self, Templates};
use super::ranking_workbook::RankingWorkbook;
use super::request::Request;
use super::write::{WriteFailure, clear_leftovers, write_whole};
use super::{Checked, Progress, check, findings_workbook, result_json, touches};
use crate::dossier::{ClusterId, Dossier};
use crate::finding::{Finding, Place, Severity, catalogue::output};
use crate::paper::{ClusterData, Paper};
use crate::scoring::ClusterResult;
use crate::word::Package;
use crate::{excel, pdf};

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Where the files go.
    pub out: PathBuf,
    pub only: Request,
    /// Write nothing when there is an error.
    pub strict: bool,
}

/// What a build did.
#[derive(Debug)]
pub struct Built {
    pub checked: Checked,
    /// Every file written, cluster by cluster, the common ones last.
    pub files: Vec<PathBuf>,
    /// Strict, and there were errors: nothing was written.
    pub withheld: bool,
    /// Stopped before it was done ([`Progress::is_cancelled`]); the files that were written are whole.
    pub cancelled: bool,
}

/// Reads, scores and writes.
///
/// With errors the documents of the clusters they touch are marked `DỰ THẢO`; strict writes nothing then.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn build(directory: &Path, options: &BuildOptions, progress: &dyn Progress) -> Result<Built, Vec<Finding>> {
    let mut checked = check(directory, progress)?;
    let papers = papers_of(&checked.dossier, &options.only);
    let templates = Templates::load(directory, &papers, &checked);
    checked.findings.extend(templates.findings.iter().cloned());
    let (workbook, more) = match options.only.wants("xep-hang", "xlsx") {
        true => RankingWorkbook::load(directory, &checked),
        false => (RankingWorkbook::BuiltIn, Vec::new()),
    };
    checked.findings.extend(more);
    if progress.is_cancelled() {
        return Ok(Built { checked, files: Vec::new(), withheld: false, cancelled: true });
    }
    if options.strict && checked.has_errors() {
        return Ok(Built { checked, files: Vec::new(), withheld: true, cancelled: false });
    }
    clear_leftovers(&options.out);
    let run = Run { checked: &checked, options, templates: &templates, workbook: &workbook, papers: &papers, progress };
    progress.begin("Lập văn bản", run.steps());
    let folders = file_names(checked.dossier.clusters.iter().map(|cluster| cluster.code.as_str()));
    let written: Vec<Outcome> = checked
        .results
        .par_iter()
        .zip(&folders)
        .map(|(result, folder)| run.cluster(result, &options.out.join(folder)))
        .collect();
    let mut files = Vec::new();
    let mut findings = Vec::new();
    for outcome in written {
        files.extend(outcome.files);
        findings.extend(outcome.findings);
    }
    checked.findings.extend(findings);
    let cancelled = progress.is_cancelled();
    if !cancelled {
        write_common(&mut checked, options, &mut files);
    }
    Ok(Built { checked, files, withheld: false, cancelled })
}

/// The date that papers and files carry: the dossier's, else SOURCE_DATE_EPOCH's, else the last day of its year; never
/// the clock's (contract §4). The first day of 1970 where not even the year is known.
pub(super) fn paper_date(dossier: &Dossier) -> NaiveDate {
    let from_environment = || {
        let seconds: i64 = std::env::var("SOURCE_DATE_EPOCH").ok()?.trim().parse().ok()?;
        Some(chrono::DateTime::from_timestamp(seconds, 0)?.date_naive())
    };
    let information = &dossier.information;
    let last_day = || NaiveDate::from_ymd_opt(information.year, 12, 31);
    information.document_date.or_else(from_environment).or_else(last_day).unwrap_or_default()
}

fn papers_of(dossier: &Dossier, only: &Request) -> Vec<Paper> {
    let asked = |paper: &Paper| paper.word_endings().any(|ending| only.wants(paper.name(), ending));
    Paper::ALL.iter().copied().filter(|paper| paper.applies(dossier)).filter(asked).collect()
}

/// Files written and findings made by one piece of work.
#[derive(Default)]
struct Outcome {
    files: Vec<PathBuf>,
    findings: Vec<Finding>,
}

impl Outcome {
    fn write(&mut self, path: PathBuf, content: &[u8]) {
        match write_whole(&path, content) {
            Ok(()) => self.files.push(path),
            Err(failure) => self.findings.push(refused(&failure)),
        }
    }

    fn append(&mut self, other: Outcome) {
        self.files.extend(other.files);
        self.findings.extend(other.findings);
    }
}

pub(super) fn refused(failure: &WriteFailure) -> Finding {
    let path = failure.path.display().to_string();
    let message = format!("Không ghi được tệp {path}: {}.", failure.cause);
    Finding::new(&output::NOT_WRITTEN, Place::file(path), message)
}

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

struct Run<'a> {
    checked: &'a Checked,
    options: &'a BuildOptions,
    templates: &'a Templates,
    workbook: &'a RankingWorkbook,
    papers: &'a [Paper],
    progress: &'a dyn Progress,
}

impl Run<'_> {
    fn dossier(&self) -> &Dossier {
        &self.checked.dossier
    }

    fn steps(&self) -> usize {
        self.checked.results.iter().map(|result| self.targets(result, Path::new("")).len()).sum()
    }

    /// Every paper of a cluster with the unit it is for, and where it goes.
    fn targets(&self, result: &ClusterResult, folder: &Path) -> Vec<Target> {
        let names = file_names(result.units.iter().map(|unit| self.dossier().unit(unit.unit).code.as_str()));
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

    fn cluster(&self, result: &ClusterResult, folder: &Path) -> Outcome {
        clear_leftovers(folder);
        clear_leftovers(&folder.join(Paper::ScoreSlip.name()));
        let targets = self.targets(result, folder);
        let data = ClusterData::new(self.dossier(), result);
        // The data are copied for each share of the papers, so a few large shares.
        let share = targets.len().div_ceil(2 * rayon::current_num_threads());
        let filled: Vec<Result<Option<Filled>, Vec<Finding>>> = targets
            .into_par_iter()
            .with_min_len(share)
            .map_with(data, |data, target| self.fill(data, result, target))
            .collect();
        let mut outcome = Outcome::default();
        let mut ready = Vec::new();
        for one in filled {
            match one {
                Ok(filled) => ready.extend(filled),
                Err(findings) => add_once(&mut outcome.findings, findings),
            }
        }
        let draft = self.is_draft(result.cluster, &outcome.findings);
        let finished: Vec<Outcome> = ready.into_par_iter().map(|filled| self.finish(filled, draft)).collect();
        for one in finished {
            outcome.append(one);
        }
        if self.options.only.wants("xep-hang", "xlsx") && !self.progress.is_cancelled() {
            self.ranking(result, folder, draft, &mut outcome);
        }
        outcome
    }

    fn fill(
        &self,
        data: &mut ClusterData,
        result: &ClusterResult,
        target: Target,
    ) -> Result<Option<Filled>, Vec<Finding>> {
        let Target { paper, unit, path } = target;
        if self.progress.is_cancelled() {
            return Ok(None);
        }
        let data = match unit {
            Some(index) => data.slip(index),
            None => data.paper(paper),
        };
        match self.templates.fill(paper, data) {
            None => Ok(None),
            Some(Ok(package)) => Ok(Some(Filled { paper, path, package })),
            Some(Err(findings)) => {
                let code = &self.dossier().cluster(result.cluster).code;
                Err(findings.into_iter().map(|finding| finding.cluster(code)).collect())
            }
        }
    }

    /// Whether an error touches the cluster, so that its papers are drafts.
    fn is_draft(&self, cluster: ClusterId, own: &[Finding]) -> bool {
        let errors = |finding: &&Finding| finding.severity() == Severity::Error;
        own.iter().any(|finding| errors(&finding))
            || self.checked.findings.iter().filter(errors).any(|finding| touches(self.dossier(), finding, cluster))
    }

    fn finish(&self, filled: Filled, draft: bool) -> Outcome {
        if self.progress.is_cancelled() {
            return Outcome::default();
        }
        let wanted = |ending: &str| self.options.only.wants(filled.paper.name(), ending);
        let seconds = paper_date(self.dossier()).and_time(NaiveTime::MIN).and_utc().timestamp();
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

    fn ranking(&self, result: &ClusterResult, folder: &Path, draft: bool, outcome: &mut Outcome) {
        let path = folder.join("xep-hang.xlsx");
        match self.workbook.make(self.dossier(), result, draft, paper_date(self.dossier()), &path) {
            None => {}
            Some(Ok(bytes)) => outcome.write(path, &bytes),
            Some(Err(findings)) => outcome.findings.extend(findings),
        }
    }
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

/// The files over all clusters; the findings come last so that they hold those of the others.
fn write_common(checked: &mut Checked, options: &BuildOptions, files: &mut Vec<PathBuf>) {
    let mut outcome = Outcome::default();
    if options.only.wants("tong-hop", "xlsx") {
        let path = options.out.join("tong-hop.xlsx");
        let draft = checked.has_errors();
        match excel::summary(&checked.dossier, &checked.results, draft, paper_date(&checked.dossier)) {
            Ok(bytes) => outcome.write(path, &bytes),
            Err(error) => outcome.findings.push(not_made(&path, &error)),
        }
    }
    checked.findings.append(&mut outcome.findings);
    if options.only.wants("ra-soat", "xlsx") {
        let path = options.out.join("ra-soat.xlsx");
        match findings_workbook(checked) {
            Ok(bytes) => outcome.write(path, &bytes),
            Err(error) => outcome.findings.push(not_made(&path, &error)),
        }
    }
    checked.findings.append(&mut outcome.findings);
    if options.only.wants("ket-qua", "json") {
        let json = result_json(&checked.dossier, &checked.results, &checked.findings);
        outcome.write(options.out.join("ket-qua.json"), format!("{json:#}\n").as_bytes());
    }
    checked.findings.append(&mut outcome.findings);
    files.append(&mut outcome.files);
}
