//! The record of the last build (lần lập trước): from what each cluster's papers were made, so that a build with the same
//! inputs, templates and program leaves them as they are.
//!
//! It lies in the user's cache folder, one for each folder of outputs, and is believed only where every output still has
//! the content that was written: a build gives the same files with the record as without it, and losing it costs only time.

use rayon::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::digest::digest;
use super::inputs::Inputs;
use super::survey::{Overview, Survey};
use super::write::write_whole_with;
use crate::finding::{Finding, Place, catalogue};

/// Most records that are kept; the oldest goes first.
const KEPT: usize = 64;
/// Raised when the record's own form changes; another program's record is not read.
const SCHEMA: u32 = 1;

/// Content of files by their paths inside the outputs, with `/`: SHA-256 in hexadecimal.
pub(super) type Contents = BTreeMap<String, String>;

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Record {
    schema: u32,
    /// Of all inputs; empty where not everything could be written.
    inputs: String,
    /// By the cluster's folder.
    clusters: BTreeMap<String, ClusterRecord>,
    /// The files over all clusters.
    common: Contents,
    survey: KeptSurvey,
}

/// What was made for one cluster.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ClusterRecord {
    /// Of everything its papers are made from.
    key: String,
    files: Contents,
    findings: Vec<KeptFinding>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct KeptSurvey {
    overviews: Vec<KeptOverview>,
    findings: Vec<KeptFinding>,
    names: BTreeMap<String, String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeptOverview {
    name: String,
    units: usize,
    submitted: usize,
    leaders: Vec<(String, Decimal)>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct KeptFinding {
    code: String,
    file: Option<String>,
    sheet: Option<String>,
    cell: Option<String>,
    paragraph: Option<usize>,
    tag: Option<String>,
    cluster: Option<String>,
    unit: Option<String>,
    criterion: Option<String>,
    message: String,
    found: Option<String>,
    expected: Option<String>,
    hint: String,
}

impl Record {
    /// The record of a folder of outputs; none where there is none that this program wrote.
    pub fn load(out: &Path) -> Option<Record> {
        let (folder, name) = home(out)?;
        let bytes = std::fs::read(folder.join(name)).ok()?;
        let record: Record = serde_json::from_slice(&bytes).ok()?;
        (record.schema == SCHEMA).then_some(record)
    }

    /// What the last build found and how many files it wrote, where nothing at all has changed since.
    pub fn unchanged(&self, out: &Path, inputs: &Inputs) -> Option<(Survey, usize)> {
        if self.inputs != inputs.whole() {
            return None;
        }
        let contents: Vec<&Contents> =
            self.clusters.values().map(|cluster| &cluster.files).chain([&self.common]).collect();
        let whole = contents.par_iter().all(|contents| stands(out, contents));
        let survey = self.survey.restore()?;
        whole.then(|| (survey, contents.iter().map(|contents| contents.len()).sum()))
    }

    /// What was made for a cluster, where it was made from the same and still stands.
    pub fn kept(&self, out: &Path, folder: &str, key: &str) -> Option<(ClusterRecord, Vec<Finding>)> {
        let cluster = self.clusters.get(folder).filter(|cluster| cluster.key == key && stands(out, &cluster.files))?;
        Some((cluster.clone(), restored(&cluster.findings)?))
    }

    /// Of a build that came to its end. `whole`: every output was written.
    pub fn new(
        inputs: &Inputs,
        clusters: BTreeMap<String, ClusterRecord>,
        common: Contents,
        survey: &Survey,
        whole: bool,
    ) -> Record {
        let inputs = if whole { inputs.whole().to_string() } else { String::new() };
        Record { schema: SCHEMA, inputs, clusters, common, survey: KeptSurvey::new(survey) }
    }

    /// Puts it where the next build looks. Where that cannot be, the next build makes everything anew, and that is all.
    pub fn keep(&self, out: &Path) {
        let Some((folder, name)) = home(out) else { return };
        let write = |file: &mut std::fs::File| {
            let mut file = std::io::BufWriter::new(file);
            serde_json::to_writer(&mut file, self)?;
            std::io::Write::flush(&mut file)
        };
        if make_private(&folder).is_ok() && write_whole_with(&folder.join(name), write).is_ok() {
            forget_oldest(&folder);
        }
    }
}

/// The folder of records, for their owner only, and the name of the one of `out`.
fn home(out: &Path) -> Option<(PathBuf, String)> {
    let cache = if cfg!(windows) {
        PathBuf::from(std::env::var_os("LOCALAPPDATA")?)
    } else if let Some(cache) = std::env::var_os("XDG_CACHE_HOME").filter(|path| !path.is_empty()) {
        PathBuf::from(cache)
    } else if cfg!(target_os = "macos") {
        std::env::home_dir()?.join("Library/Caches")
    } else {
        std::env::home_dir()?.join(".cache")
    };
    // it need not be there yet
    let beside = || Some(out.parent()?.canonicalize().ok()?.join(out.file_name()?));
    let own = out.canonicalize().ok().or_else(beside)?;
    cache.is_absolute().then(|| (cache.join("thidua"), format!("{}.json", digest(own.as_os_str().as_encoded_bytes()))))
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

fn forget_oldest(folder: &Path) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut records: Vec<_> = entries
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .filter(|(_, path)| path.extension().is_some_and(|ending| ending == "json"))
        .collect();
    records.sort();
    let surplus = records.len().saturating_sub(KEPT);
    for (_, path) in records.into_iter().take(surplus) {
        // One that stays is only a file more.
        let _ = std::fs::remove_file(path);
    }
}

impl ClusterRecord {
    pub fn new(key: String, files: Contents, findings: &[Finding]) -> ClusterRecord {
        ClusterRecord { key, files, findings: findings.iter().map(KeptFinding::new).collect() }
    }

    pub fn files(&self) -> usize {
        self.files.len()
    }
}

/// Whether every file has the content that was written.
fn stands(out: &Path, contents: &Contents) -> bool {
    contents.iter().all(|(path, expected)| std::fs::read(out.join(path)).is_ok_and(|bytes| digest(&bytes) == *expected))
}

impl KeptSurvey {
    fn new(survey: &Survey) -> KeptSurvey {
        let overviews = survey.overviews.iter().map(|overview| KeptOverview {
            name: overview.name.clone(),
            units: overview.units,
            submitted: overview.submitted,
            leaders: overview.leaders.clone(),
        });
        KeptSurvey {
            overviews: overviews.collect(),
            findings: survey.findings.iter().map(KeptFinding::new).collect(),
            names: survey.names.clone(),
        }
    }

    fn restore(&self) -> Option<Survey> {
        let overviews = self.overviews.iter().map(|overview| Overview {
            name: overview.name.clone(),
            units: overview.units,
            submitted: overview.submitted,
            leaders: overview.leaders.clone(),
        });
        let overviews = overviews.collect();
        Some(Survey { overviews, findings: restored(&self.findings)?, names: self.names.clone() })
    }
}

fn restored(findings: &[KeptFinding]) -> Option<Vec<Finding>> {
    findings.iter().map(KeptFinding::restore).collect()
}

impl KeptFinding {
    fn new(finding: &Finding) -> KeptFinding {
        let finding = finding.clone();
        KeptFinding {
            code: finding.code.id.to_string(),
            file: finding.place.file,
            sheet: finding.place.sheet,
            cell: finding.place.cell.map(|cell| cell.to_string()),
            paragraph: finding.place.paragraph,
            tag: finding.place.tag,
            cluster: finding.cluster,
            unit: finding.unit,
            criterion: finding.criterion,
            message: finding.message,
            found: finding.found,
            expected: finding.expected,
            hint: finding.hint,
        }
    }

    /// None for what this program cannot have written.
    fn restore(&self) -> Option<Finding> {
        let cell = match &self.cell {
            Some(cell) => Some(cell.parse().ok()?),
            None => None,
        };
        let kept = self.clone();
        Some(Finding {
            code: catalogue::find(&kept.code)?,
            place: Place { file: kept.file, sheet: kept.sheet, cell, paragraph: kept.paragraph, tag: kept.tag },
            cluster: kept.cluster,
            unit: kept.unit,
            criterion: kept.criterion,
            message: kept.message,
            found: kept.found,
            expected: kept.expected,
            hint: kept.hint,
        })
    }
}
