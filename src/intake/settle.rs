//! One submission for each unit: where there are two, neither is taken by chance.

use std::collections::BTreeSet;

use super::Packed;
use crate::dossier::{Dossier, UnitId};
use crate::finding::catalogue::intake as codes;
use crate::finding::{Finding, Place};

/// Sorts submissions by unit and sets aside those of units that have more than one, with a finding that names each.
pub fn settle(dossier: &Dossier, submissions: Vec<Packed>) -> (Vec<Packed>, Vec<Finding>) {
    let mut settled = submissions;
    settled.sort_by_key(|submission| submission.unit);
    let mut findings = Vec::new();
    for found in settled.chunk_by(|left, right| left.unit == right.unit).filter(|found| found.len() > 1) {
        let unit = dossier.unit(found[0].unit);
        let mut places: Vec<Place> = found.iter().map(|submission| submission.unpack().place).collect();
        let told: Vec<String> = places.iter().map(Place::to_string).collect();
        let told = told.join("; ");
        let message = format!("{} có {} báo cáo nên không lấy báo cáo nào: {told}.", unit.name, found.len());
        let finding = Finding::new(&codes::DUPLICATE_SUBMISSION, places.pop().unwrap_or_default(), message);
        findings.push(finding.unit(&unit.code).found(told).expected("một báo cáo"));
    }
    if !findings.is_empty() {
        let twice: BTreeSet<UnitId> =
            settled.windows(2).filter(|pair| pair[0].unit == pair[1].unit).map(|pair| pair[0].unit).collect();
        settled.retain(|submission| !twice.contains(&submission.unit));
    }
    (settled, findings)
}
