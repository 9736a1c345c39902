//! What a run found, without the marks: for the terminal, and for telling it again when nothing has changed.

use rust_decimal::Decimal;
use std::collections::BTreeMap;
use std::path::Path;

use super::reading::Gathered;
use super::result_spool::ResultSpool;
use super::{Checked, Progress};
use crate::dossier::Dossier;
use crate::finding::{Finding, Severity};
use crate::scoring::ClusterResult;

/// The outcome of a run at a glance (rà soát).
#[derive(Debug, Default)]
pub struct Survey {
    /// One for each cluster, in the order of sheet Cụm.
    pub overviews: Vec<Overview>,
    pub findings: Vec<Finding>,
    /// The names of the units that findings are about, by their codes.
    pub names: BTreeMap<String, String>,
}

/// One cluster at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// The cluster's name.
    pub name: String,
    pub units: usize,
    pub submitted: usize,
    /// Those in the first place, with their totals in points.
    pub leaders: Vec<(String, Decimal)>,
}

impl Survey {
    pub(super) fn new(dossier: &Dossier, overviews: Vec<Overview>, findings: Vec<Finding>) -> Survey {
        let mut names = BTreeMap::new();
        let named: BTreeMap<&str, &str> =
            dossier.units.iter().rev().map(|unit| (unit.code.as_str(), unit.name.as_str())).collect();
        for code in findings.iter().filter_map(|finding| finding.unit.as_deref()) {
            if let Some(name) = named.get(code) {
                names.insert(code.to_string(), (*name).to_string());
            }
        }
        Survey { overviews, findings, names }
    }

    /// Whether there is a finding of grade error.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

impl Overview {
    pub(super) fn new(dossier: &Dossier, result: &ClusterResult) -> Overview {
        let leaders = result.units.iter().filter(|unit| unit.rank == Some(1));
        Overview {
            name: dossier.cluster(result.cluster).name.clone(),
            units: result.units.len(),
            submitted: result.units.iter().filter(|unit| unit.submitted).count(),
            leaders: leaders.map(|unit| (dossier.unit(unit.unit).name.clone(), unit.total)).collect(),
        }
    }
}

impl From<&Checked> for Survey {
    fn from(checked: &Checked) -> Survey {
        let overviews = checked.results.iter().map(|result| Overview::new(&checked.dossier, result)).collect();
        Survey::new(&checked.dossier, overviews, checked.findings.clone())
    }
}

pub(super) fn has_errors(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity() == Severity::Error)
}

/// As [`super::check`], without keeping the marks: memory does not grow with the lines of all clusters.
///
/// # Errors
/// The findings that say why there is no readable dossier in the folder.
pub fn survey(directory: &Path, progress: &dyn Progress) -> Result<(Dossier, Survey), Vec<Finding>> {
    let mut gathered = Gathered::read(directory, progress)?;
    let findings = std::mem::take(&mut gathered.findings);
    let survey = gathered.survey(progress, None, findings);
    Ok((gathered.dossier, survey))
}

impl Gathered {
    /// Scores everything and keeps what is found, at a glance, behind what was found in reading; the results go into
    /// `spool`.
    pub fn survey(&self, progress: &dyn Progress, spool: Option<&ResultSpool>, read: Vec<Finding>) -> Survey {
        let scored = self.each_scored(progress, |result| {
            if let Some(spool) = spool {
                spool.add(&self.dossier, &result);
            }
            Overview::new(&self.dossier, &result)
        });
        let mut overviews = Vec::with_capacity(scored.len());
        let mut findings = read;
        for (overview, more) in scored {
            overviews.push(overview);
            findings.extend(more);
        }
        Survey::new(&self.dossier, overviews, findings)
    }
}
