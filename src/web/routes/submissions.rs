//! What the units sent in: files dropped, bound to units, replaced only when the person says so. The old one stays in
//! so-lieu/.cu/, which nothing reads, and can be brought back.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

use super::definition;
use super::taking_in::{Sent, TakingIn};
use crate::finding::catalogue::intake as codes;
use crate::intake::FOLDER;
use crate::sheet;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::{limits, store};

/// Folders of a dossier whose files can be set aside one by one.
const FOLDERS: [&str; 3] = [FOLDER, "y-kien", "mau"];

#[derive(Deserialize)]
pub struct Dropped {
    /// The file's name as it came.
    file: String,
    /// Code of the unit to bind it to by hand.
    unit: Option<String>,
    #[serde(default)]
    replace: bool,
}

/// Takes in one file.
pub async fn receive(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let stored = desk.change_knowing(&name, move |folder, checked| {
        let Dropped { file, unit, replace } = &dropped;
        let sent = Sent { name: file, content: &content, unit: unit.as_deref(), replace: *replace };
        TakingIn { folder, checked }.store(&sent)
    });
    Ok(answer::json(&stored.await?))
}

#[derive(Deserialize)]
struct Binding {
    file: String,
    /// Code of the unit; none: by what stands in the file.
    unit: Option<String>,
    #[serde(default)]
    replace: bool,
}

/// Binds a file that is there to a unit by hand, or lets go of it.
pub async fn bind(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let asked: Binding = answer::receive_json(body).await?;
    let bound = desk.change_knowing(&name, move |folder, checked| {
        must_lie_in(&asked.file, &[FOLDER])?;
        TakingIn { folder, checked }.bind(&asked.file, asked.unit.as_deref(), asked.replace)
    });
    Ok(answer::json(&bound.await?))
}

#[derive(Deserialize)]
struct Naming {
    /// Code of the unit.
    unit: String,
    /// What stands in the unit's place in a file: the row of a joint table.
    name: String,
}

/// Binds a name that files call a unit by: it becomes one of the unit's other names in ho-so.xlsx. The files stay as they were
/// sent, and next year the name is known.
pub async fn name(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let asked: Naming = answer::receive_json(body).await?;
    let named = desk.change_knowing(&name, move |folder, checked| {
        let is_asked_about = checked.findings.iter().any(|finding| {
            finding.code == &codes::UNKNOWN_UNIT && finding.found.as_deref() == Some(asked.name.as_str())
        });
        if !is_asked_about {
            return Err(Refusal::unusable(format!("Không tệp nào ghi “{}” mà chưa biết đơn vị.", asked.name)));
        }
        definition::add_other_name(folder, &checked.dossier, &asked.unit, &asked.name)
    });
    named.await?;
    Ok(answer::json(&json!({ "named": true })))
}

#[derive(Deserialize)]
struct OneFile {
    file: String,
    #[serde(default)]
    replace: bool,
}

/// Puts a file away into the .cu/ of its folder.
pub async fn set_aside(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    body: Body,
) -> Result<Response, Refusal> {
    let asked: OneFile = answer::receive_json(body).await?;
    let kept = desk.change_in(&name, move |folder| {
        must_lie_in(&asked.file, &FOLDERS)?;
        store::set_aside(folder, &asked.file)
    });
    Ok(answer::json(&json!({ "kept": kept.await? })))
}

/// Brings an old file back from so-lieu/.cu/, as if it had been dropped again.
pub async fn bring_back(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    body: Body,
) -> Result<Response, Refusal> {
    let asked: OneFile = answer::receive_json(body).await?;
    let stored = desk.change_knowing(&name, move |folder, checked| {
        let old = store::kept_file(folder, FOLDER, &asked.file)?;
        let content = sheet::load(&old, &asked.file).map_err(|finding| Refusal::not_found(finding.message))?;
        let sent = Sent { name: &asked.file, content: &content, unit: None, replace: asked.replace };
        let stored = TakingIn { folder, checked }.store(&sent)?;
        if stored["outcome"] == "stored" {
            std::fs::remove_file(old).map_err(|error| store::refused(&error))?;
        }
        Ok(stored)
    });
    Ok(answer::json(&stored.await?))
}

fn must_lie_in(file: &str, folders: &[&str]) -> Result<(), Refusal> {
    let inside = file.split_once('/').is_some_and(|(root, _)| folders.contains(&root));
    if inside { Ok(()) } else { Err(Refusal::unusable("Trang không đụng đến tệp ở thư mục này.")) }
}
