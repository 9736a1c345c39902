//! Choosing a dossier and making one: empty, from an example, or around a definition workbook that the person has.

use axum::body::{Body, Bytes};
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::path::Path as Folder;
use std::sync::Arc;

use crate::run::{self, NotCreated};
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::{limits, place};
use crate::{dossier, sheet};

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
    let (folder, name) = desk.shelf.free(&wished.name)?;
    let turn = desk.turn().await;
    desk.change(turn, move || {
        run::new_dossier(&folder, wished.example.as_deref()).map_err(|failure| match failure {
            NotCreated::Exists => Refusal::unusable("Thư mục này đã có hồ sơ."),
            NotCreated::NoExample(_) => Refusal::unusable("Không có ví dụ này."),
            NotCreated::Failed(reason) => Refusal::failed(format!("Không tạo được hồ sơ: {reason}.")),
        })
    })
    .await?;
    Ok(answer::json(&json!({ "name": name })))
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
    let (folder, name) = desk.shelf.free(&dropped.name)?;
    let turn = desk.turn().await;
    desk.change(turn, move || {
        let file = admitted(&dropped.file, &content)?;
        write(&folder.join(file), &content)?;
        std::fs::create_dir_all(folder.join("so-lieu")).map_err(|error| refused(&error))
    })
    .await?;
    Ok(answer::json(&json!({ "name": name })))
}

/// Puts another definition workbook in place of the one there is, which is kept in .cu/ of the dossier.
pub async fn replace_definition(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let folder = desk.shelf.dossier(&name)?;
    let turn = desk.turn().await;
    desk.change(turn, move || replace(&folder, &dropped, &content)).await?;
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
        set_aside(folder, "", &old)?;
    }
    write(&folder.join(file), content)
}

/// The name under which a definition is kept, where it is a workbook that can be read.
fn admitted(file: &str, content: &[u8]) -> Result<String, Refusal> {
    let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if !ENDINGS.contains(&ending.as_str()) {
        return Err(Refusal::unusable("Tệp hồ sơ phải là bảng tính Excel (.xlsx, .xlsm, .xls) hoặc .ods."));
    }
    let name = format!("ho-so.{ending}");
    match sheet::read(content, &name) {
        Ok(_) => Ok(name),
        Err(finding) => Err(Refusal::unusable(format!("{} {}", finding.message, finding.hint))),
    }
}

/// Moves a file of a folder inside the dossier into its .cu/, under a name that is free there.
pub fn set_aside(dossier: &Folder, folder: &str, name: &str) -> Result<String, Refusal> {
    let from = if folder.is_empty() { name.to_string() } else { format!("{folder}/{name}") };
    let from = place::inside(dossier, &from)?;
    let root = folder.split('/').next().filter(|root| !root.is_empty());
    let aside = root.map_or_else(|| dossier.join(".cu"), |root| dossier.join(root).join(".cu"));
    if aside.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
        return Err(Refusal::unusable("Thư mục .cu là một liên kết đi nơi khác nên không dùng được."));
    }
    std::fs::create_dir_all(&aside).map_err(|error| refused(&error))?;
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut free = name.to_string();
    let mut number = 2;
    while aside.join(&free).symlink_metadata().is_ok() {
        free = format!("{stem} ({number}).{ending}");
        number += 1;
    }
    std::fs::rename(from, aside.join(&free)).map_err(|error| refused(&error))?;
    Ok(free)
}

pub fn write(path: &Folder, content: &[u8]) -> Result<(), Refusal> {
    run::write_whole(path, content).map_err(|failure| refused(&failure.cause))
}

pub fn refused(error: &std::io::Error) -> Refusal {
    Refusal::failed(format!("Không ghi được vào thư mục hồ sơ: {error}. Tệp có đang mở trong Excel không?"))
}

/// Ends the program.
pub async fn close(State(desk): State<Arc<Desk>>) -> Response {
    desk.close();
    answer::json(&json!({ "closed": true }))
}
