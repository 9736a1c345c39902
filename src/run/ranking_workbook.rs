//! The ranking workbook of a run: the built-in one with live formulas, or the office's own, `mau/xep-hang.xlsx`, filled.

use chrono::NaiveDate;
use std::path::Path;

use super::Checked;
use super::outcome::not_made;
use super::trial::{Examined, data_of, unreadable};
use crate::dossier::Dossier;
use crate::excel::{self, Mark, Template};
use crate::finding::Finding;
use crate::paper::{ClusterData, Paper};
use crate::scoring::ClusterResult;
use crate::vietnamese;

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
    pub fn load(directory: &Path, dossier: &Dossier, samples: &[ClusterResult]) -> (RankingWorkbook, Vec<Finding>) {
        let path = directory.join(OWN);
        if !path.is_file() {
            return (RankingWorkbook::BuiltIn, Vec::new());
        }
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) => return (RankingWorkbook::Refused, vec![unreadable(OWN, &error.to_string())]),
        };
        let findings = Template::faults(&bytes, OWN, &data_of(Paper::Ranking, dossier, samples));
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
                let data = ClusterData::new(dossier, result);
                let filled = template.fill_made(|wanted| data.paper(Paper::Ranking, wanted), &word);
                Some(filled.map_err(|findings| findings.into_iter().map(|finding| finding.cluster(code)).collect()))
            }
        }
    }
}

/// Every fault of the office's own workbook, and a copy with a colour and a comment at each cell at fault.
pub(super) fn examine(bytes: &[u8], checked: &Checked) -> Examined {
    let findings = Template::faults(bytes, OWN, &data_of(Paper::Ranking, &checked.dossier, &checked.results));
    let marks: Vec<Mark> = findings.iter().filter_map(mark).collect();
    let copy = if marks.is_empty() { None } else { excel::marked_copy(bytes, &marks).ok() };
    Examined { findings, copy }
}

fn mark(finding: &Finding) -> Option<Mark> {
    let sheet = vietnamese::compose(finding.place.sheet.as_deref()?.trim());
    let words = format!("[{}] {}\n→ {}", finding.code.id, finding.message, finding.hint);
    Some(Mark { sheet, cell: finding.place.cell?, severity: finding.severity(), words })
}
