//! The papers: made in the background, looked at as pages, stopped when asked.

use axum::body::Body;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use serde::Deserialize;
use std::sync::Arc;

use crate::run::Request;
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::job::{Kind, Wanted};

#[derive(Deserialize)]
struct Asked {
    /// A list of outputs as `--only` takes it; empty: all.
    #[serde(default)]
    only: String,
    /// Write nothing while there are errors.
    #[serde(default)]
    strict: bool,
    /// Make everything anew.
    #[serde(default)]
    fresh: bool,
}

/// Begins to make every document, or those asked for, into ket-qua/.
pub async fn build(State(desk): State<Arc<Desk>>, Path(name): Path<String>, body: Body) -> Result<Response, Refusal> {
    let asked: Asked = answer::receive_json(body).await?;
    let only = Request::parse(&asked.only)
        .map_err(|unknown| Refusal::unusable(format!("Không có văn bản “{}”.", unknown.name)))?;
    start(&desk, &name, Kind::Build(Wanted { only, strict: asked.strict, fresh: asked.fresh }))
}

/// Begins to make every page, to be looked at.
pub async fn preview(State(desk): State<Arc<Desk>>, Path(name): Path<String>) -> Result<Response, Refusal> {
    start(&desk, &name, Kind::Preview)
}

fn start(desk: &Desk, name: &str, kind: Kind) -> Result<Response, Refusal> {
    let folder = desk.shelf.dossier(name)?;
    Ok(answer::json(&desk.jobs.start(kind, &folder)?.report()))
}

/// How far a job is.
pub async fn report(State(desk): State<Arc<Desk>>, Path(id): Path<u64>) -> Result<Response, Refusal> {
    Ok(answer::json(&desk.jobs.get(id)?.report()))
}

/// Stops a job at its next step.
pub async fn cancel(State(desk): State<Arc<Desk>>, Path(id): Path<u64>) -> Result<Response, Refusal> {
    let job = desk.jobs.get(id)?;
    job.cancel();
    Ok(answer::json(&job.report()))
}

#[derive(Deserialize)]
pub struct Page {
    file: String,
}

/// One document of a preview.
pub async fn page(
    State(desk): State<Arc<Desk>>,
    Path(id): Path<u64>,
    Query(asked): Query<Page>,
) -> Result<Response, Refusal> {
    let job = desk.jobs.get(id)?;
    let bytes = desk.work(move || Ok((job.page(&asked.file)?, asked.file))).await?;
    Ok(answer::file(bytes.0, &bytes.1))
}
