//! The page itself, compiled in: one HTML file, its style and its scripts.

use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};

use super::answer::Refusal;

macro_rules! asset {
    ($name:literal) => {
        include_bytes!(concat!("assets/", $name)).as_slice()
    };
}

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Address, kind and content of each file of the page.
const ASSETS: &[(&str, &str, &[u8])] = &[
    ("/", "text/html; charset=utf-8", asset!("page.html")),
    ("/icon.svg", "image/svg+xml", asset!("icon.svg")),
    ("/page.css", "text/css; charset=utf-8", asset!("page.css")),
    ("/page.js", SCRIPT, asset!("page.js")),
    ("/dom.js", SCRIPT, asset!("dom.js")),
    ("/talk.js", SCRIPT, asset!("talk.js")),
    ("/start.js", SCRIPT, asset!("start.js")),
    ("/definition.js", SCRIPT, asset!("definition.js")),
    ("/signatures.js", SCRIPT, asset!("signatures.js")),
    ("/taking.js", SCRIPT, asset!("taking.js")),
    ("/remarks.js", SCRIPT, asset!("remarks.js")),
    ("/comparison.js", SCRIPT, asset!("comparison.js")),
    ("/templates.js", SCRIPT, asset!("templates.js")),
    ("/units.js", SCRIPT, asset!("units.js")),
    ("/intake.js", SCRIPT, asset!("intake.js")),
    ("/findings.js", SCRIPT, asset!("findings.js")),
    ("/ranking.js", SCRIPT, asset!("ranking.js")),
    ("/papers.js", SCRIPT, asset!("papers.js")),
];

pub async fn serve(address: Uri) -> Response {
    match ASSETS.iter().find(|(path, _, _)| *path == address.path()) {
        Some((_, kind, content)) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static(kind))], *content).into_response()
        }
        None => Refusal::not_found("Không có trang này.").into_response(),
    }
}
