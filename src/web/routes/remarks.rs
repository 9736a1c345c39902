//! Ranking workbooks that units sent back with their remarks: kept in y-kien/ of the dossier, where `thidua collect` reads
//! them as well, and gathered by unit and line.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde_json::Value;
use std::path::Path as Folder;
use std::sync::Arc;

use super::dropped::Dropped;
use super::taking_in::own_name;
use crate::finding::Finding;
use crate::run::{self, Collected};
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Unwatched};
use crate::web::place;

/// Where the workbooks lie inside a dossier.
pub const FOLDER: &str = "y-kien";

/// Takes in one workbook that came back, under its own name.
pub async fn receive(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    dropped.store(&desk, &name, body, |file| Ok(format!("{FOLDER}/{}", own_name(file)?))).await
}

/// The remarks in all workbooks that came back.
pub async fn show(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let shown = desk.look(&name, |folder| {
        let mut shown = run::collected_json(&collected(folder)?);
        let above = format!("{}/", folder.display().to_string().replace('\\', "/"));
        without(&above, &mut shown);
        Ok(shown)
    });
    Ok(answer::json(&shown.await?))
}

/// The same as a workbook (y-kien.xlsx).
pub async fn workbook(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let bytes = desk.look(&name, |folder| answer::made("bảng ý kiến", run::collected_workbook(&collected(folder)?)));
    Ok(answer::file(bytes.await?, "y-kien.xlsx"))
}

fn collected(folder: &Folder) -> Result<Collected, Refusal> {
    let returned = place::inside(folder, FOLDER)?;
    let returned = if returned.is_dir() { vec![returned] } else { Vec::new() };
    run::collect(folder, &returned, &Unwatched).map_err(|findings| unread(&findings))
}

/// There is no dossier to compare with.
pub fn unread(findings: &[Finding]) -> Refusal {
    let first = findings.first().map(|finding| finding.message.as_str()).unwrap_or_default();
    Refusal::unusable(format!("Hồ sơ chưa đọc được. {first}"))
}

/// Takes the dossier's own folder out of every text: the page names files by their paths inside.
fn without(above: &str, value: &mut Value) {
    match value {
        Value::String(text) => *text = text.replace(above, ""),
        Value::Array(values) => values.iter_mut().for_each(|value| without(above, value)),
        Value::Object(values) => values.values_mut().for_each(|value| without(above, value)),
        _ => {}
    }
}
