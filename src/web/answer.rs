//! Answers and refusals, each refusal with a Vietnamese sentence for the person at the page.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::limits;

/// Why a request is not done (từ chối).
#[derive(Debug)]
pub struct Refusal {
    status: StatusCode,
    /// An object with `error`, the sentence, and what else the page needs to ask back.
    body: Value,
}

impl Refusal {
    pub fn new(status: StatusCode, sentence: impl Into<String>) -> Self {
        Refusal { status, body: json!({ "error": sentence.into() }) }
    }

    pub fn not_found(sentence: impl Into<String>) -> Self {
        Refusal::new(StatusCode::NOT_FOUND, sentence)
    }

    /// What was asked for makes no sense as it stands.
    pub fn unusable(sentence: impl Into<String>) -> Self {
        Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }

    /// The system did not do it.
    pub fn failed(sentence: impl Into<String>) -> Self {
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, sentence)
    }

    /// Something stands in the way that the person may decide about.
    pub fn conflict(sentence: impl Into<String>, question: Value) -> Self {
        let mut refusal = Refusal::new(StatusCode::CONFLICT, sentence);
        refusal.body["question"] = question;
        refusal
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, json(&self.body)).into_response()
    }
}

/// An answer of values.
pub fn json(value: &Value) -> Response {
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
    ([kind], value.to_string()).into_response()
}

/// An answer that is a file; the browser asks what to do with it and never runs it.
pub fn file(bytes: Vec<u8>, name: &str) -> Response {
    let mut response = Body::from(bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind_of(name)));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    response
}

/// A file that was made to be handed out; `what` is what it is called.
pub fn made<E: std::fmt::Display>(what: &str, content: Result<Vec<u8>, E>) -> Result<Vec<u8>, Refusal> {
    content.map_err(|reason| Refusal::failed(format!("Không lập được {what}: {reason}.")))
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("pdf") => "application/pdf",
        Some("zip") => "application/zip",
        Some("json") => "application/json; charset=utf-8",
        Some("xlsx") => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        Some("docx") => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/octet-stream",
    }
}

/// The whole body of a request, within a number of bytes and the time for bodies.
pub async fn receive(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match tokio::time::timeout(limits::BODY, axum::body::to_bytes(body, limit)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("Tệp quá lớn (giới hạn {} MB) hoặc đường truyền bị ngắt.", limit >> 20),
        )),
        Err(_) => Err(Refusal::new(StatusCode::REQUEST_TIMEOUT, "Tệp đến quá chậm nên bị ngắt.")),
    }
}

/// What a form says.
pub async fn receive_json<T: DeserializeOwned>(body: Body) -> Result<T, Refusal> {
    let bytes = receive(body, limits::WORDS).await?;
    serde_json::from_slice(&bytes).map_err(|_| Refusal::new(StatusCode::BAD_REQUEST, "Yêu cầu không đọc được."))
}
