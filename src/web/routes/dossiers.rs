//! Choosing a dossier and making one: empty, from an example, or around a definition workbook that the person has.

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::path::Path as Folder;
use std::sync::Arc;

use crate::dossier;
use crate::run::{self, NotCreated};
use crate::sheet::{self, Limits};
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::{limits, store};

/// Endings of a definition workbook; the first is the one that is written.
const ENDINGS: [&str; 4] = ["xlsx", "xlsm", "xls", "ods"];

/// The dossiers on the shelf, and the examples there are.
pub async fn list(State(desk): State<Arc<Desk>>) -> Response {
    let examples: Vec<&str> = run::examples().iter().map(|example| example.name).collect();
    answer::json(&json!({
        "folder": desk.shelf.folder().display().to_string(),
        "single": desk.shelf.is_single(),
        "dossiers": desk.shelf.names(),
        "examples": examples,
        "version": env!("CARGO_PKG_VERSION"),
    }))
}

#[derive(Deserialize)]
struct NewDossier {
    name: String,
    example: Option<String>,
}

/// Makes a dossier, empty or from an example.
pub async fn create(State(desk): State<Arc<Desk>>, body: Body) -> Result<Response, Refusal> {
    let wished: NewDossier = answer::receive_json(body).await?;
    let own = Arc::clone(&desk);
    let made = desk.change(move || {
        let (folder, name) = own.shelf.free(&wished.name)?;
        run::new_dossier(&folder, wished.example.as_deref()).map_err(|failure| match failure {
            NotCreated::Exists => Refusal::unusable("Thư mục này đã có hồ sơ."),
            NotCreated::NoExample(_) => Refusal::unusable("Không có ví dụ này."),
            NotCreated::Failed(reason) => Refusal::failed(format!("Không tạo được hồ sơ: {reason}.")),
        })?;
        Ok(name)
    });
    Ok(answer::json(&json!({ "name": made.await? })))
}

#[derive(Deserialize)]
pub struct Dropped {
    name: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    replace: bool,
}

/// Makes a dossier around a definition workbook that was dropped.
pub async fn drop_definition(
    State(desk): State<Arc<Desk>>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let own = Arc::clone(&desk);
    let made = desk.change(move || {
        let (folder, name) = own.shelf.free(&dropped.name)?;
        let file = admitted(&dropped.file, &content)?;
        store::write(&folder.join(file), &content)?;
        std::fs::create_dir_all(folder.join("so-lieu")).map_err(|error| store::refused(&error))?;
        Ok(name)
    });
    Ok(answer::json(&json!({ "name": made.await? })))
}

/// Puts another definition workbook in place of the one there is, which is kept in .cu/ of the dossier.
pub async fn replace_definition(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    desk.change_in(&name, move |folder| replace(folder, &dropped, &content)).await?;
    Ok(answer::json(&json!({ "name": name })))
}

fn replace(folder: &Folder, dropped: &Dropped, content: &Bytes) -> Result<(), Refusal> {
    let file = admitted(&dropped.file, content)?;
    if let Ok((path, old)) = dossier::definition(folder) {
        if std::fs::read(&path).is_ok_and(|own| own == *content) {
            return Ok(());
        }
        if !dropped.replace {
            let sentence =
                format!("Hồ sơ đã có {old}. Thay bằng tệp mới? Tệp cũ được giữ trong thư mục .cu của hồ sơ.");
            return Err(Refusal::conflict(sentence, json!({ "replace": [old] })));
        }
        store::set_aside(folder, &old)?;
    }
    store::write(&folder.join(file), content)
}

/// The name under which a definition is kept, where it is a workbook that can be read.
fn admitted(file: &str, content: &[u8]) -> Result<String, Refusal> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if !ENDINGS.contains(&ending.as_str()) {
        return Err(Refusal::unusable("Tệp hồ sơ phải là bảng tính Excel (.xlsx, .xlsm, .xls) hoặc .ods."));
    }
    let name = format!("ho-so.{ending}");
    match sheet::read_within(content, &name, &Limits::DEFINITION) {
        Ok(_) => Ok(name),
        Err(finding) => Err(Refusal::unusable(format!("{} {}", finding.message, finding.hint))),
    }
}

/// Ends the program.
pub async fn close(State(desk): State<Arc<Desk>>) -> Response {
    desk.close();
    answer::json(&json!({ "closed": true }))
}
