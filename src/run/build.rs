//! Build: every paper of every cluster, and the files over all clusters. Clusters stream through: each is scored, written
//! and dropped before a worker takes the next.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Progress;
use super::cluster::Run;
use super::date::paper_date;
use super::digest::Summed;
use super::inputs::Inputs;
use super::options::BuildOptions;
use super::outcome::{Outcome, not_made, refused};
use super::produce::Templates;
use super::ranking_workbook::RankingWorkbook;
use super::reading::Gathered;
use super::record::{ClusterRecord, Contents, Record};
use super::request::Request;
use super::result_spool::ResultSpool;
use super::stream::{Done, Stream};
use super::survey::{Overview, Survey, has_errors};
use super::trial::samples;
use super::write::{clear_leftovers, write_whole_with};
use crate::dossier::Dossier;
use crate::excel;
use crate::finding::Finding;
use crate::paper::Paper;
use crate::scoring::ClusterResult;

/// What a build did.
pub struct Built {
    pub survey: Survey,
    /// Every file written, cluster by cluster, the common ones last.
    pub files: Vec<PathBuf>,
    /// Clusters of which nothing had changed since the last build, and how many files of theirs were left as they were.
    pub unchanged: Unchanged,
    /// ket-qua.json for standard output, where it was asked for.
    pub results: Option<Results>,
    /// Strict, and there were errors: nothing was written.
    pub withheld: bool,
    /// Stopped before it was done ([`Progress::is_cancelled`]); the files that were written are whole.
    pub cancelled: bool,
}

/// What was left as it was (không đổi).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unchanged {
    pub clusters: usize,
    pub files: usize,
}

/// The results of a run as ket-qua.json has them.
pub struct Results {
    dossier: Dossier,
    spool: ResultSpool,
}

impl Results {
    /// Writes the file; `findings` are the run's.
    ///
    /// # Errors
    /// Of writing, or of the disk that held the parts.
    pub fn write(&self, findings: &[Finding], to: &mut dyn std::io::Write) -> std::io::Result<()> {
        self.spool.write(&self.dossier, findings, to)
    }
}

impl Built {
    fn nothing(survey: Survey) -> Built {
        let unchanged = Unchanged::default();
        Built { survey, files: Vec::new(), unchanged, results: None, withheld: false, cancelled: false }
    }
}

/// Reads, scores and writes.
///
/// With errors the documents of the clusters they touch are marked `DỰ THẢO`; strict writes nothing then. Clusters that
/// have not changed since the last build into the same folder are left as they are, unless everything is to be fresh.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn build(directory: &Path, options: &BuildOptions, progress: &dyn Progress) -> Result<Built, Vec<Finding>> {
    let inputs = Inputs::look(directory, &options.only);
    let settled = options.settled.as_deref().filter(|_| !options.fresh);
    let last = settled.and_then(Record::load);
    if let Some((survey, files)) = last.as_ref().zip(settled).and_then(|(last, out)| last.unchanged(out, &inputs))
        && !options.results
    {
        let withheld = options.strict && survey.has_errors();
        let unchanged = Unchanged { clusters: survey.overviews.len(), files };
        let unchanged = if withheld { Unchanged::default() } else { unchanged };
        return Ok(Built { withheld, unchanged, ..Built::nothing(survey) });
    }
    let (gathered, templates) = rayon::join(
        || Gathered::read(directory, progress),
        || Templates::built_in(directory, &papers_of_all(&options.only)),
    );
    let mut gathered = gathered?;
    let papers = papers_of(&gathered.dossier, &options.only);
    let samples = samples(directory, &gathered);
    let templates = templates.load(directory, &papers, &gathered.dossier, &samples);
    let (workbook, more) = match options.only.wants("xep-hang", "xlsx") {
        true => RankingWorkbook::load(directory, &gathered.dossier, &samples),
        false => (RankingWorkbook::BuiltIn, Vec::new()),
    };
    drop(samples);
    let of_templates: Vec<Finding> = templates.findings.iter().cloned().chain(more).collect();
    if progress.is_cancelled() {
        gathered.findings.extend(of_templates);
        let survey = Survey::new(&gathered.dossier, Vec::new(), gathered.findings);
        return Ok(Built { cancelled: true, ..Built::nothing(survey) });
    }
    if options.strict {
        let spool = options.results.then(|| ResultSpool::new(&spool_folder(&options.out)));
        let mut survey = gathered.survey(progress, spool.as_ref(), gathered.findings.clone());
        survey.findings.extend(of_templates.iter().cloned());
        if survey.has_errors() {
            let results = spool.map(|spool| Results { dossier: gathered.dossier, spool });
            return Ok(Built { withheld: true, results, ..Built::nothing(survey) });
        }
    }
    let submissions = std::mem::take(&mut gathered.submissions);
    let spool = wants_results(options).then(|| ResultSpool::new(&spool_folder(&options.out)));
    let done = {
        clear_leftovers(&options.out);
        let run = Run {
            dossier: &gathered.dossier,
            options,
            templates: &templates,
            workbook: &workbook,
            papers: &papers,
            progress,
        };
        progress.begin("Lập văn bản", submissions.iter().map(|own| run.steps(own.len())).sum());
        let stream = Stream {
            run: &run,
            gathered: &gathered,
            inputs: &inputs,
            last: last.as_ref(),
            spool: spool.as_ref(),
            summary: options.only.wants("tong-hop", "xlsx"),
        };
        stream.all(submissions, gathered.findings.iter().chain(&of_templates))
    };
    Ok(Finish { options, inputs: &inputs, of_templates, spool, cancelled: progress.is_cancelled() }
        .built(gathered, done))
}

fn wants_results(options: &BuildOptions) -> bool {
    options.results || options.only.wants("ket-qua", "json")
}

/// Where parts of ket-qua.json wait: on the disk that the outputs go to, where it is there already.
fn spool_folder(out: &Path) -> PathBuf {
    if out.is_dir() { out.to_path_buf() } else { std::env::temp_dir() }
}

fn papers_of(dossier: &Dossier, only: &Request) -> Vec<Paper> {
    Paper::ALL.into_iter().filter(|paper| paper.applies(dossier) && is_asked(*paper, only)).collect()
}

/// The papers that every dossier asks for.
fn papers_of_all(only: &Request) -> Vec<Paper> {
    Paper::ALL.into_iter().filter(|paper| paper.applies_always() && is_asked(*paper, only)).collect()
}

fn is_asked(paper: Paper, only: &Request) -> bool {
    paper.word_endings().any(|ending| only.wants(paper.name(), ending))
}

/// What the clusters of a build gave, put together.
#[derive(Default)]
struct Together {
    files: Vec<PathBuf>,
    unchanged: Unchanged,
    overviews: Vec<Overview>,
    scored: Vec<Finding>,
    made: Vec<Finding>,
    records: BTreeMap<String, ClusterRecord>,
    summaries: Vec<ClusterResult>,
}

impl Together {
    fn new(done: Vec<Done>) -> Together {
        let mut together = Together::default();
        for one in done {
            together.files.extend(one.outcome.files.into_iter().map(|(path, _)| path));
            together.unchanged.clusters += usize::from(one.kept.is_some());
            together.unchanged.files += one.kept.unwrap_or_default();
            together.overviews.push(one.overview);
            together.scored.extend(one.scored);
            together.made.extend(one.outcome.findings);
            together.records.extend(one.record);
            together.summaries.extend(one.summary);
        }
        together
    }
}

/// What comes after the last cluster: the files over all clusters, and the record for the next build.
struct Finish<'a> {
    options: &'a BuildOptions,
    inputs: &'a Inputs,
    of_templates: Vec<Finding>,
    spool: Option<ResultSpool>,
    cancelled: bool,
}

impl Finish<'_> {
    fn built(self, gathered: Gathered, done: Vec<Done>) -> Built {
        let Gathered { dossier, mut findings, .. } = gathered;
        let mut together = Together::new(done);
        findings.append(&mut together.scored);
        findings.extend(self.of_templates.iter().cloned());
        findings.append(&mut together.made);
        let mut common = Outcome::default();
        if !self.cancelled {
            self.common(&dossier, &together.summaries, &mut findings, &mut common);
        }
        let contents = common.contents(&self.options.out);
        together.files.extend(common.files.into_iter().map(|(path, _)| path));
        let survey = Survey::new(&dossier, together.overviews, findings);
        if let Some(settled) = self.options.settled.as_deref().filter(|_| !self.cancelled) {
            let whole = contents.is_some() && together.records.len() == dossier.clusters.len();
            let common: Contents = contents.unwrap_or_default();
            Record::new(self.inputs, together.records, common, &survey, whole).keep(settled);
        }
        Built {
            survey,
            files: together.files,
            unchanged: together.unchanged,
            results: self.spool.filter(|_| self.options.results).map(|spool| Results { dossier, spool }),
            withheld: false,
            cancelled: self.cancelled,
        }
    }

    /// The files over all clusters; the findings come last so that they hold those of the others.
    fn common(&self, dossier: &Dossier, results: &[ClusterResult], findings: &mut Vec<Finding>, common: &mut Outcome) {
        let (only, out, date) = (&self.options.only, &self.options.out, paper_date(dossier));
        if only.wants("tong-hop", "xlsx") {
            let path = out.join("tong-hop.xlsx");
            match excel::summary(dossier, results, has_errors(findings), date) {
                Ok(bytes) => common.write(path, &bytes),
                Err(error) => common.findings.push(not_made(&path, &error)),
            }
        }
        findings.extend(common.findings.iter().cloned());
        let told = common.findings.len();
        if only.wants("ra-soat", "xlsx") {
            let path = out.join("ra-soat.xlsx");
            match excel::findings(findings, Some(dossier), date) {
                Ok(bytes) => common.write(path, &bytes),
                Err(error) => common.findings.push(not_made(&path, &error)),
            }
        }
        findings.extend(common.findings.iter().skip(told).cloned());
        let told = common.findings.len();
        if let Some(spool) = self.spool.as_ref().filter(|_| only.wants("ket-qua", "json")) {
            let path = out.join("ket-qua.json");
            let mut summed = String::new();
            let written = write_whole_with(&path, |file| {
                let mut file = Summed::new(file);
                spool.write(dossier, findings, &mut file)?;
                summed = file.digest();
                Ok(())
            });
            match written {
                Ok(()) => common.files.push((path, summed)),
                Err(failure) => common.findings.push(refused(&failure)),
            }
        }
        findings.extend(common.findings.iter().skip(told).cloned());
    }
}
