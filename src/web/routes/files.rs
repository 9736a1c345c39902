//! Files handed out: one, many as a zip, a submission's marked copy, the forms to send.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::io::{Cursor, Write};
use std::path::Path as Folder;
use std::sync::Arc;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::overview::files_below;
use crate::run;
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Unwatched};
use crate::web::job::inner_path;
use crate::web::{limits, place};

/// Folders of a dossier that are handed out whole.
const FOLDERS: [&str; 3] = ["ket-qua", "bieu-mau", "mau"];

#[derive(Deserialize)]
pub struct OneFile {
    file: String,
}

/// A file of the dossier as it lies there.
pub async fn one(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<OneFile>,
) -> Result<Response, Refusal> {
    let path = asked.file.clone();
    let bytes = desk.look(&name, move |folder| read(folder, &path)).await?;
    Ok(answer::file(bytes, &asked.file))
}

/// The bytes of a file inside a folder.
fn read(folder: &Folder, file: &str) -> Result<Vec<u8>, Refusal> {
    let gone = || Refusal::not_found(format!("Không mở được tệp {file}."));
    let path = place::inside(folder, file)?;
    let found = path.metadata().map_err(|_| gone())?;
    if !found.is_file() || found.len() > limits::ZIP {
        return Err(gone());
    }
    std::fs::read(path).map_err(|_| gone())
}

#[derive(Deserialize)]
pub struct OneFolder {
    folder: String,
}

/// A folder of the dossier as one zip.
pub async fn zip(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<OneFolder>,
) -> Result<Response, Refusal> {
    if !FOLDERS.contains(&asked.folder.as_str()) {
        return Err(Refusal::not_found("Không có thư mục này."));
    }
    let bytes = desk.look(&name, move |folder| zipped(&place::inside(folder, &asked.folder)?)).await?;
    Ok(answer::file(bytes, "ket-qua.zip"))
}

/// All files below a folder in one zip. Entries carry no time: same files, same zip.
fn zipped(folder: &Folder) -> Result<Vec<u8>, Refusal> {
    let failed = |_| Refusal::failed("Không gói được các tệp thành một tệp zip.");
    let files = files_below(folder);
    if files.is_empty() {
        return Err(Refusal::not_found("Chưa có tệp nào để tải."));
    }
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let mut all = 0;
    for file in files {
        let bytes = read(folder, &file)?;
        all += bytes.len() as u64;
        if all > limits::ZIP {
            return Err(Refusal::unusable(format!("Các tệp quá lớn để gói chung (hơn {} MB).", limits::ZIP >> 20)));
        }
        writer.start_file(file, options).map_err(failed)?;
        writer.write_all(&bytes).map_err(|_| Refusal::failed("Không gói được các tệp thành một tệp zip."))?;
    }
    writer.finish().map(Cursor::into_inner).map_err(failed)
}

/// The marked copy of a submission, to send back to its unit.
pub async fn marked(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<OneFile>,
) -> Result<Response, Refusal> {
    let folder = desk.shelf.dossier(&name)?;
    place::inside(&folder, &asked.file)?;
    let read = desk.read(&folder).await?;
    let (bytes, name) = desk
        .work(move || {
            let Ok(checked) = &*read else { return Err(Refusal::not_found("Hồ sơ chưa đọc được.")) };
            let own = checked.findings.iter().filter(|finding| finding.place.file.as_deref() == Some(&asked.file));
            let own: Vec<_> = own.cloned().collect();
            let out = tempfile::tempdir().map_err(|error| Refusal::failed(format!("Không ghi tạm được: {error}.")))?;
            let copies = run::marked_copies(&folder, &own, out.path(), &Unwatched);
            if let Some(finding) = copies.findings.first() {
                return Err(Refusal::unusable(finding.message.clone()));
            }
            let none = || Refusal::not_found("Tệp này không có ô nào phải đánh dấu.");
            let copy = copies.files.first().ok_or_else(none)?;
            let bytes = std::fs::read(copy).map_err(|_| none())?;
            Ok((bytes, inner_path(out.path(), copy).unwrap_or_default()))
        })
        .await?;
    Ok(answer::file(bytes, &name))
}

/// The findings as a workbook (ra-soat.xlsx).
pub async fn findings(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let read = desk.read(&desk.shelf.dossier(&name)?).await?;
    let bytes = desk.work(move || match &*read {
        Ok(checked) => answer::made("danh sách phát hiện", run::findings_workbook(&checked.dossier, &checked.findings)),
        Err(_) => Err(Refusal::not_found("Hồ sơ chưa đọc được.")),
    });
    Ok(answer::file(bytes.await?, "ra-soat.xlsx"))
}

#[derive(Deserialize)]
struct WhichForms {
    /// Also forms that someone has filled in.
    #[serde(default)]
    force: bool,
}

/// Writes a form for each unit into bieu-mau/; those that someone has filled in stay, unless it is said otherwise.
pub async fn forms(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let asked: WhichForms = answer::receive_json(body).await?;
    let made = desk.change_in(&name, move |folder| {
        let out = place::inside(folder, "bieu-mau")?;
        let forms = run::forms(folder, &out, asked.force, &Unwatched).map_err(|findings| {
            let first = findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            Refusal::unusable(format!("Chưa lập được biểu mẫu. {first}"))
        })?;
        Ok(json!({ "written": forms.files.len(), "kept": forms.kept.len() }))
    });
    Ok(answer::json(&made.await?))
}

/// Shows a dossier's folder in the system's own window for files.
pub async fn show_folder(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let shown = desk.look(&name, |folder| {
        open::that_detached(folder)
            .map_err(|_| Refusal::failed(format!("Không tự mở được; thư mục hồ sơ là {}.", folder.display())))
    });
    shown.await?;
    Ok(answer::json(&json!({ "shown": true })))
}
