//! The ranking workbook of a run: the built-in one with live formulas, or the office's own, `mau/xep-hang.xlsx`, filled.

use chrono::NaiveDate;
use std::path::Path;

use super::Checked;
use super::build::not_made;
use crate::dossier::Dossier;
use crate::excel::{self, Template};
use crate::finding::{Finding, Place, catalogue::output};
use crate::paper::{self, Paper};
use crate::scoring::ClusterResult;

/// The office's own workbook, as findings name it.
pub(super) const OWN: &str = "mau/xep-hang.xlsx";

/// Where a run takes its ranking workbooks from.
pub(super) enum RankingWorkbook {
    BuiltIn,
    Own(Box<Template>),
    /// The office's own is at fault, which is said already.
    Refused,
}

impl RankingWorkbook {
    /// Takes the office's own where the dossier has it, and checks it against what every cluster will be filled with.
    pub fn load(directory: &Path, checked: &Checked) -> (RankingWorkbook, Vec<Finding>) {
        let path = directory.join(OWN);
        if !path.is_file() {
            return (RankingWorkbook::BuiltIn, Vec::new());
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = format!("Không đọc được mẫu {OWN}: {error}.");
                let finding = Finding::new(&output::TEMPLATE_UNREADABLE, Place::file(OWN), message);
                return (RankingWorkbook::Refused, vec![finding]);
            }
        };
        let data: Vec<_> =
            checked.results.iter().map(|result| paper::data(&checked.dossier, result, Paper::Ranking)).collect();
        let findings = Template::faults(&bytes, OWN, &data);
        if !findings.is_empty() {
            return (RankingWorkbook::Refused, findings);
        }
        match Template::compile(&bytes, OWN) {
            Ok(template) => (RankingWorkbook::Own(Box::new(template)), findings),
            Err(findings) => (RankingWorkbook::Refused, findings),
        }
    }

    /// The workbook of a cluster, for the file at `path`; none where the office's own is at fault.
    pub fn make(
        &self,
        dossier: &Dossier,
        result: &ClusterResult,
        draft: bool,
        date: NaiveDate,
        path: &Path,
    ) -> Option<Result<Vec<u8>, Vec<Finding>>> {
        let failed = |error: excel::WorkbookError| vec![not_made(path, &error)];
        match self {
            RankingWorkbook::Refused => None,
            RankingWorkbook::BuiltIn => Some(excel::ranking(dossier, result, draft, date).map_err(failed)),
            RankingWorkbook::Own(template) => {
                let word = match excel::draft_word() {
                    Ok(word) if draft => word,
                    Ok(_) => String::new(),
                    Err(error) => return Some(Err(failed(error))),
                };
                let code = &dossier.cluster(result.cluster).code;
                let filled = template.fill(&paper::data(dossier, result, Paper::Ranking), &word);
                Some(filled.map_err(|findings| findings.into_iter().map(|finding| finding.cluster(code)).collect()))
            }
        }
    }
}
