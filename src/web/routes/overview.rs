//! A dossier at a glance: its units and what has come in from each, the files, the findings, what is under way.

use axum::extract::{Path, State};
use axum::response::Response;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path as Folder;
use std::sync::Arc;

use super::remarks::FOLDER as RETURNED;
use crate::dossier::{Dossier, Information, UnitId};
use crate::finding::{Finding, Severity, catalogue::intake as codes};
use crate::paper::Paper;
use crate::run::{self, Checked, SubmissionFile, finding_json};
use crate::scoring::UnitResult;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::job::inner_path;
use crate::web::store;
use crate::{intake, vietnamese};

pub async fn show(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let folder = desk.shelf.dossier(&name)?;
    let read = desk.read(&folder).await?;
    let mut shown = match &*read {
        Ok(checked) => overview(checked, &folder),
        Err(findings) => json!({ "unreadable": findings.iter().map(shown_finding).collect::<Vec<Value>>() }),
    };
    shown["name"] = json!(name);
    shown["folder"] = json!(folder.display().to_string());
    shown["job"] = json!(desk.jobs.running(&folder).map(|job| job.report()));
    shown["kept"] = json!(store::kept(&folder, intake::FOLDER));
    shown["returned"] = json!(files_below(&folder.join(RETURNED)));
    shown["papers"] = json!(files_below(&folder.join("ket-qua")));
    Ok(answer::json(&shown))
}

fn overview(checked: &Checked, folder: &Folder) -> Value {
    let dossier = &checked.dossier;
    let owners: Vec<Vec<UnitId>> = checked.files.iter().map(|file| units_of(checked, file)).collect();
    let clusters = checked.results.iter().map(|result| {
        let cluster = dossier.cluster(result.cluster);
        let units: Vec<Value> = result.units.iter().map(|unit| unit_at_a_glance(checked, &owners, unit)).collect();
        json!({ "code": cluster.code, "name": cluster.name, "theme": cluster.theme, "units": units })
    });
    let files = checked.files.iter().zip(&owners).map(|(file, units)| {
        let size = file.path.split('/').fold(folder.to_path_buf(), |path, step| path.join(step)).metadata();
        let (errors, warnings, _) =
            counts(checked, |finding| finding.place.file.as_deref() == Some(file.path.as_str()));
        let name = file.path.rsplit('/').next().unwrap_or_default();
        json!({
            "path": file.path,
            "size": size.map(|found| found.len()).unwrap_or_default(),
            "units": codes_of(dossier, units),
            "gives": !file.units.is_empty(),
            "strangers": strangers(checked, &file.path),
            "by_hand": name.starts_with('['),
            "errors": errors,
            "warnings": warnings,
        })
    });
    let (errors, warnings, notes) = counts(checked, |_| true);
    json!({
        "information": information(&dossier.information),
        "clusters": clusters.collect::<Vec<Value>>(),
        "files": files.collect::<Vec<Value>>(),
        "findings": checked.findings.iter().map(shown_finding).collect::<Vec<Value>>(),
        "outputs": outputs(dossier),
        "counts": { "error": errors, "warning": warnings, "note": notes },
    })
}

/// Names in a file that are no unit's, with their cells.
fn strangers(checked: &Checked, path: &str) -> Vec<Value> {
    let own = checked
        .findings
        .iter()
        .filter(|finding| finding.code == &codes::UNKNOWN_UNIT && finding.place.file.as_deref() == Some(path));
    own.filter_map(|finding| {
        let cell = finding.place.cell?.to_string();
        Some(json!({ "name": finding.found.as_ref()?, "sheet": finding.place.sheet, "cell": cell }))
    })
    .collect()
}

/// Everything that a build of this dossier can write, with its endings.
fn outputs(dossier: &Dossier) -> Vec<(&'static str, Vec<&'static str>)> {
    let applies = |name: &str| Paper::ALL.iter().all(|paper| paper.name() != name || paper.applies(dossier));
    run::outputs().filter(|(name, _)| applies(name)).collect()
}

fn information(information: &Information) -> Value {
    json!({
        "year": information.year,
        "period": information.period,
        "issuing_body": information.issuing_body,
        "deadline": information.deadline.map(vietnamese::short_date),
        "document_date": information.document_date.map(vietnamese::short_date),
    })
}

fn unit_at_a_glance(checked: &Checked, owners: &[Vec<UnitId>], result: &UnitResult) -> Value {
    let unit = checked.dossier.unit(result.unit);
    let own = |finding: &Finding| finding.unit.as_deref() == Some(unit.code.as_str());
    let (errors, warnings, notes) = counts(checked, own);
    let late = checked.findings.iter().any(|finding| own(finding) && finding.code == &codes::LATE);
    let of_unit = checked.files.iter().zip(owners).filter(|(_, units)| units.contains(&result.unit));
    let files: Vec<&str> = of_unit.map(|(file, _)| file.path.as_str()).collect();
    json!({
        "code": unit.code,
        "name": unit.name,
        "short": unit.short_name,
        "role": unit.role_text,
        "submitted": result.submitted,
        "late": late,
        "errors": errors,
        "warnings": warnings,
        "notes": notes,
        "files": files,
        "rank": result.rank,
    })
}

/// The units that a file of so-lieu/ is for: those it gives figures of; of a file that gives none those that its faults name.
pub fn units_of(checked: &Checked, file: &SubmissionFile) -> Vec<UnitId> {
    if !file.units.is_empty() {
        return file.units.clone();
    }
    let faults = checked.findings.iter().filter(|finding| {
        finding.severity() == Severity::Error && finding.place.file.as_deref() == Some(file.path.as_str())
    });
    let codes: BTreeSet<&str> = faults.filter_map(|finding| finding.unit.as_deref()).collect();
    let units = (0..checked.dossier.units.len()).map(UnitId);
    units.filter(|unit| codes.contains(checked.dossier.unit(*unit).code.as_str())).collect()
}

fn codes_of(dossier: &Dossier, units: &[UnitId]) -> Vec<String> {
    units.iter().map(|unit| dossier.unit(*unit).code.clone()).collect()
}

fn counts(checked: &Checked, of: impl Fn(&Finding) -> bool) -> (usize, usize, usize) {
    let count =
        |severity| checked.findings.iter().filter(|finding| finding.severity() == severity && of(finding)).count();
    (count(Severity::Error), count(Severity::Warning), count(Severity::Note))
}

/// As ket-qua.json has it, with the title of its kind and its place in words.
pub fn shown_finding(finding: &Finding) -> Value {
    let mut shown = finding_json(finding);
    shown["title"] = json!(finding.code.title);
    shown["place"] = json!(finding.place.to_string());
    shown
}

/// Every file below a folder by its path inside, in order; hidden ones are left out.
pub fn files_below(folder: &Folder) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![(folder.to_path_buf(), 0)];
    while let Some((next, depth)) = waiting.pop() {
        for entry in std::fs::read_dir(&next).into_iter().flatten().flatten() {
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let Ok(kind) = entry.file_type() else { continue };
            if hidden || kind.is_symlink() {
                continue;
            }
            if kind.is_dir() && depth < crate::web::limits::DEPTH {
                waiting.push((entry.path(), depth + 1));
            } else if kind.is_file() {
                found.extend(inner_path(folder, &entry.path()));
            }
        }
    }
    found.sort();
    found
}
