//! The office's own templates in mau/: the built-in ones handed out, changed ones taken in and checked, the list of tags.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

use super::dropped::Dropped;
use super::overview::shown_finding;
use super::remarks::unread;
use crate::paper::Paper;
use crate::run::{self, CheckedTemplate, HandingOut};
use crate::web::answer::{self, Refusal};
use crate::web::desk::{Desk, Unwatched};
use crate::web::place;

/// The ranking workbook of the office's own.
const WORKBOOK: &str = "xep-hang.xlsx";

/// Every template in mau/ with its faults.
pub async fn show(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let shown = desk.look(&name, |folder| {
        place::inside(folder, "mau")?;
        let checked = run::check_templates(folder, None, &Unwatched).map_err(|findings| unread(&findings))?;
        let shown = |template: &CheckedTemplate| {
            let findings: Vec<Value> = template.findings.iter().map(shown_finding).collect();
            json!({ "file": template.file, "findings": findings })
        };
        Ok(json!({ "templates": checked.iter().map(shown).collect::<Vec<Value>>() }))
    });
    Ok(answer::json(&shown.await?))
}

#[derive(Deserialize)]
struct Which {
    /// Also in the place of templates that are there.
    #[serde(default)]
    force: bool,
}

/// Writes the built-in templates into mau/, to be changed in Word; those that are there stay, unless it is said otherwise.
pub async fn hand_out(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    body: Body,
) -> Result<Response, Refusal> {
    let asked: Which = answer::receive_json(body).await?;
    let made = desk.change_in(&name, move |folder| {
        place::inside(folder, "mau/vi-du/xep-hang.xlsx")?;
        let (mut written, mut kept) = (0, 0);
        for template in run::hand_out_templates(folder, asked.force) {
            match template.outcome {
                HandingOut::Written => written += 1,
                HandingOut::Kept => kept += 1,
                HandingOut::Failed(reason) => {
                    return Err(Refusal::failed(format!("Không ghi được {}: {reason}.", template.path)));
                }
            }
        }
        Ok(json!({ "written": written, "kept": kept }))
    });
    Ok(answer::json(&made.await?))
}

/// Takes in a template that was changed, under the name of the one it is for.
pub async fn receive(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(dropped): Query<Dropped>,
    body: Body,
) -> Result<Response, Refusal> {
    dropped.store(&desk, &name, body, |file| Ok(format!("mau/{}", own_name(file)?))).await
}

/// The template that a file is meant to be: a browser may have put a number behind its name, `giao-uoc (1).docx`.
fn own_name(file: &str) -> Result<String, Refusal> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default().trim().to_lowercase();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
    let bare = stem.strip_suffix(')').and_then(|stem| stem.rsplit_once('(')).map_or(stem, |(stem, number)| {
        if number.bytes().all(|digit| digit.is_ascii_digit()) { stem.trim_end() } else { stem }
    });
    let known = || Paper::ALL.iter().map(|paper| format!("{}.docx", paper.name())).chain([WORKBOOK.to_string()]);
    let wanted = format!("{bare}.{ending}");
    known().find(|name| *name == wanted).ok_or_else(|| {
        let names: Vec<String> = known().collect();
        Refusal::unusable(format!("“{file}” không phải tên của mẫu nào; tên phải là một trong: {}.", names.join(", ")))
    })
}

#[derive(Deserialize)]
pub struct OneFile {
    file: String,
}

/// A faulty template with a comment at each fault.
pub async fn commented(
    State(desk): State<Arc<Desk>>,
    Path(name): Path<String>,
    Query(asked): Query<OneFile>,
) -> Result<Response, Refusal> {
    let file = asked.file.clone();
    let bytes = desk.look(&name, move |folder| {
        place::inside(folder, &file)?;
        let none = || Refusal::not_found("Mẫu này không có chỗ nào phải ghi chú.");
        let out = tempfile::tempdir().map_err(|error| Refusal::failed(format!("Không ghi tạm được: {error}.")))?;
        let checked =
            run::check_templates(folder, Some(out.path()), &Unwatched).map_err(|findings| unread(&findings))?;
        let own = checked.into_iter().find(|template| template.file == file);
        std::fs::read(own.and_then(|template| template.copy).ok_or_else(none)?).map_err(|_| none())
    });
    Ok(answer::file(bytes.await?, &asked.file))
}

/// Every tag with its value in this dossier, to be read.
pub async fn tags(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let text = desk
        .look(&name, |folder| Ok(run::tag_list(folder, &Unwatched).map_err(|findings| unread(&findings))?.to_text()));
    Ok(answer::json(&json!({ "text": text.await? })))
}

/// The same as a Word file.
pub async fn tags_in_word(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    let bytes = desk.look(&name, |folder| {
        let list = run::tag_list(folder, &Unwatched).map_err(|findings| unread(&findings))?;
        answer::made("danh mục thẻ", list.to_word())
    });
    Ok(answer::file(bytes.await?, run::TAG_LIST))
}
