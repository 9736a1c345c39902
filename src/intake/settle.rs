//! One submission for each unit: where there are two, neither is taken by chance.

use std::collections::BTreeMap;

use super::Submission;
use crate::dossier::{Dossier, UnitId};
use crate::finding::Finding;
use crate::finding::catalogue::intake as codes;

/// Sorts submissions by unit and sets aside those of units that have more than one, with a finding that names each.
pub fn settle(dossier: &Dossier, submissions: Vec<Submission>) -> (Vec<Submission>, Vec<Finding>) {
    let mut by_unit: BTreeMap<UnitId, Vec<Submission>> = BTreeMap::new();
    for submission in submissions {
        by_unit.entry(submission.unit).or_default().push(submission);
    }
    let mut settled = Vec::new();
    let mut findings = Vec::new();
    for (unit, mut found) in by_unit {
        if found.len() == 1 {
            settled.append(&mut found);
            continue;
        }
        let unit = dossier.unit(unit);
        let places: Vec<String> = found.iter().map(|submission| submission.place.to_string()).collect();
        let message =
            format!("{} có {} báo cáo nên không lấy báo cáo nào: {}.", unit.name, found.len(), places.join("; "));
        let place = found.last().map(|submission| submission.place.clone()).unwrap_or_default();
        let finding = Finding::new(&codes::DUPLICATE_SUBMISSION, place, message).unit(&unit.code);
        findings.push(finding.found(places.join("; ")).expected("một báo cáo"));
    }
    (settled, findings)
}
