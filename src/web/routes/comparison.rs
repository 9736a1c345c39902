//! What has changed since another run: the papers in ket-qua/, another dossier on the shelf, or a ket-qua.json that is dropped.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path as Folder;
use std::sync::Arc;

use super::remarks::unread;
use crate::compare::{
    ClusterDifference, Comparison, CriterionDifference, LineDifference, Presence, UnitDifference, changed_figure,
    line_words, unit_words,
};
use crate::excel;
use crate::run::{self, NoOutcome};
use crate::vietnamese::plain;
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Unwatched};
use crate::web::{limits, place};

#[derive(Deserialize)]
pub struct Asked {
    /// Another dossier on the shelf; none: the last papers of this one.
    dossier: Option<String>,
    /// As a workbook (so-sanh.xlsx).
    #[serde(default)]
    workbook: bool,
}

/// Compares with the last papers, or with another dossier.
pub async fn with_other(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Refusal> {
    let other = asked.dossier.as_deref().map(|other| desk.shelf.dossier(other)).transpose()?;
    let before = move |folder: &Folder| match other {
        Some(other) => Ok(other),
        None => place::inside(folder, "ket-qua/ket-qua.json"),
    };
    shown(&desk, &name, asked.workbook, move |folder| compare(&before(folder)?, folder)).await
}

/// Compares with a ket-qua.json that is dropped; it is kept nowhere.
pub async fn with_dropped(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let compare = move |folder: &Folder| {
        let failed = |error: std::io::Error| Refusal::failed(format!("Không ghi tạm được: {error}."));
        let aside = tempfile::tempdir().map_err(failed)?;
        let before = aside.path().join("ket-qua.json");
        std::fs::write(&before, content).map_err(failed)?;
        compare(&before, folder)
    };
    shown(&desk, &name, asked.workbook, compare).await
}

async fn shown(
    desk: &Desk,
    name: &str,
    workbook: bool,
    compare: impl FnOnce(&Folder) -> Result<Comparison, Refusal> + Send + 'static,
) -> Result<Response, Refusal> {
    let comparison = desk.look(name, compare).await?;
    if !workbook {
        return Ok(answer::json(&in_words(&comparison)));
    }
    let bytes = desk.work(move || answer::made("bảng so sánh", excel::comparison(&comparison))).await?;
    Ok(answer::file(bytes, "so-sanh.xlsx"))
}

fn compare(before: &Folder, after: &Folder) -> Result<Comparison, Refusal> {
    run::compare(before, after, &Unwatched).map_err(|refusal| match refusal {
        NoOutcome::NotOpened(..) => Refusal::not_found("Chưa có lần chấm trước để so sánh."),
        NoOutcome::NotAnOutcome(..) => {
            Refusal::unusable("Tệp này không phải ket-qua.json mà chương trình đã ghi khi lập văn bản.")
        }
        NoOutcome::NoDossier(_, findings) => unread(&findings),
    })
}

/// Only what differs, in the words of the terminal and the workbook.
fn in_words(comparison: &Comparison) -> Value {
    let conventions = comparison.conventions.iter();
    let conventions =
        conventions.map(|own| json!({ "item": own.item, "before": own.values.before, "after": own.values.after }));
    json!({
        "same": comparison.is_empty(),
        "year": comparison.year.differs().then_some(&comparison.year),
        "conventions": conventions.collect::<Vec<Value>>(),
        "clusters": comparison.clusters.iter().map(cluster).collect::<Vec<Value>>(),
    })
}

fn cluster(cluster: &ClusterDifference) -> Value {
    let units: Vec<Value> = match cluster.presence {
        Presence::Both => cluster.changed_units().map(unit).collect(),
        Presence::OnlyBefore | Presence::OnlyAfter => Vec::new(),
    };
    json!({
        "name": cluster.name,
        "presence": cluster.presence,
        "moved": cluster.units.iter().filter(|unit| unit.rank.differs()).count(),
        "criteria": cluster.criteria.iter().map(criterion).collect::<Vec<Value>>(),
        "units": units,
    })
}

fn criterion(line: &CriterionDifference) -> Value {
    json!({ "code": line.code, "name": line.name, "rule": line.rule, "max": changed_figure(&line.max) })
}

fn unit(unit: &UnitDifference) -> Value {
    json!({
        "name": unit.name,
        "words": unit_words(unit),
        "passed_by": unit.passed_by,
        "passed": unit.passed,
        "lines": unit.lines.iter().map(line).collect::<Vec<Value>>(),
    })
}

fn line(line: &LineDifference) -> Value {
    json!({
        "code": line.code,
        "name": line.name,
        "mark": changed_figure(&line.mark),
        "points": plain(line.points),
        "words": line_words(line),
    })
}
