//! What the page can ask for, one file for each part of the work. A handler reads what was asked, calls the room that does
//! it, and says the outcome in values; words are the page's.

mod cells;
mod comparison;
mod definition;
mod dossiers;
mod dropped;
mod files;
mod overview;
mod papers;
mod ranking;
mod remarks;
mod signatures;
mod submissions;
mod taking_in;
mod templates;

use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::sync::Arc;

use super::answer::{self, Refusal};
use super::assets;
use super::desk::Desk;
use crate::finding::catalogue;

pub fn all(desk: Arc<Desk>) -> Router {
    Router::new()
        .route("/api/shelf", get(dossiers::list).post(dossiers::create))
        .route("/api/shelf/drop", post(dossiers::drop_definition))
        .route("/api/close", post(dossiers::close))
        .route("/api/dossier/{name}", get(overview::show))
        .route("/api/dossier/{name}/definition", post(dossiers::replace_definition))
        .route("/api/dossier/{name}/fields", get(definition::show).post(definition::change))
        .route("/api/dossier/{name}/submissions", post(submissions::receive))
        .route("/api/dossier/{name}/bind", post(submissions::bind))
        .route("/api/dossier/{name}/name", post(submissions::name))
        .route("/api/dossier/{name}/set-aside", post(submissions::set_aside))
        .route("/api/dossier/{name}/bring-back", post(submissions::bring_back))
        .route("/api/dossier/{name}/cells", get(cells::around))
        .route("/api/dossier/{name}/ranking", get(ranking::show))
        .route("/api/dossier/{name}/marked", get(files::marked))
        .route("/api/dossier/{name}/findings", get(files::findings))
        .route("/api/dossier/{name}/show-folder", post(files::show_folder))
        .route("/api/dossier/{name}/file", get(files::one))
        .route("/api/dossier/{name}/zip", get(files::zip))
        .route("/api/dossier/{name}/forms", post(files::forms))
        .route("/api/dossier/{name}/build", post(papers::build))
        .route("/api/dossier/{name}/preview", post(papers::preview))
        .route("/api/job/{id}", get(papers::report))
        .route("/api/job/{id}/cancel", post(papers::cancel))
        .route("/api/job/{id}/page", get(papers::page))
        .route("/api/dossier/{name}/remarks", get(remarks::show).post(remarks::receive))
        .route("/api/dossier/{name}/remarks/workbook", get(remarks::workbook))
        .route("/api/dossier/{name}/comparison", get(comparison::with_other).post(comparison::with_dropped))
        .route("/api/dossier/{name}/templates", get(templates::show).post(templates::hand_out))
        .route("/api/dossier/{name}/templates/own", post(templates::receive))
        .route("/api/dossier/{name}/templates/commented", get(templates::commented))
        .route("/api/dossier/{name}/templates/tags", get(templates::tags))
        .route("/api/dossier/{name}/templates/tags/word", get(templates::tags_in_word))
        .route("/api/signatures", post(signatures::inspect))
        .route("/api/explain", get(codes))
        .route("/api/explain/{code}", get(explain))
        .fallback(assets::serve)
        .with_state(desk)
}

/// Every code with its title.
async fn codes() -> Response {
    let codes: Vec<Value> = catalogue::all()
        .map(|code| json!({ "code": code.id, "severity": code.severity, "title": code.title }))
        .collect();
    answer::json(&json!({ "codes": codes }))
}

/// What a finding's code means and how to mend it.
async fn explain(Path(code): Path<String>) -> Result<Response, Refusal> {
    let code = catalogue::find(&code).ok_or_else(|| Refusal::not_found(format!("Không có mã “{code}”.")))?;
    Ok(answer::json(&json!({
        "code": code.id,
        "severity": code.severity,
        "title": code.title,
        "meaning": code.meaning,
        "example": code.example,
        "mend": code.mend,
    })))
}
