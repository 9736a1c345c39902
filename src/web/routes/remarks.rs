//! Ranking workbooks that units sent back with their remarks: kept in y-kien/ of the dossier, where `thidua collect` reads
//! them as well, and gathered by unit and line.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path as Folder;
use std::sync::Arc;

use super::taking_in::own_name;
use crate::finding::Finding;
use crate::run::{self, Collected};
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Unwatched};
use crate::web::{limits, place, store};

/// Where the workbooks lie inside a dossier.
pub const FOLDER: &str = "y-kien";

#[derive(Deserialize)]
pub struct Dropped {
    file: String,
    #[serde(default)]
    replace: bool,
}

/// Takes in one workbook that came back, under its own name.
pub async fn receive(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let stored = desk.change_in(&name, move |folder| {
        let path = format!("{FOLDER}/{}", own_name(&dropped.file)?);
        put_in(folder, &path, &content, dropped.replace)
    });
    Ok(answer::json(&stored.await?))
}

/// Stores a file under a path; another one that is there gives way only when the person has said so.
pub fn put_in(folder: &Folder, path: &str, content: &[u8], replace: bool) -> Result<Value, Refusal> {
    let to = place::inside(folder, path)?;
    let mut kept = Vec::new();
    if let Ok(own) = std::fs::read(&to) {
        if own == content {
            return Ok(json!({ "outcome": "same", "file": path }));
        }
        if !replace {
            let root = path.split('/').next().unwrap_or_default();
            let sentence = format!("Đã có {path}. Thay bằng tệp mới? Tệp cũ được giữ trong {root}/.cu.");
            return Err(Refusal::conflict(sentence, json!({ "replace": [path] })));
        }
        kept.push(store::set_aside(folder, path)?);
    }
    let all = to.parent().and_then(|above| std::fs::read_dir(above).ok()).map_or(0, Iterator::count);
    if all >= limits::FILES {
        return Err(Refusal::unusable(format!("Thư mục này đã đầy: giới hạn {} tệp.", limits::FILES)));
    }
    store::write(&to, content)?;
    Ok(json!({ "outcome": "stored", "file": path, "kept": kept }))
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
