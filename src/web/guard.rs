//! The door: who may ask (this machine's browser, from our own page, with the token of this start), how often, and what every
//! answer forbids the browser to do. No cookies, no CORS.
//!
//! A page of another site can make the browser send requests here, also under a name of its own that leads to 127.0.0.1. So
//! the host is compared letter by letter on every request; writes must come from our own origin, say so, and carry a kind of
//! content that another site cannot send without asking first.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use super::answer::Refusal;
use super::doorway::{Doorway, Entrance};
use super::limits;

/// The header that carries the token.
pub const TOKEN: &str = "x-thidua-token";
/// Kinds of content that no other site can send without a preflight, which is never answered.
const KINDS: [&str; 2] = ["application/json", "application/octet-stream"];

const POLICY: &str = "default-src 'self'; frame-src 'self' blob:; object-src 'self' blob:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

pub struct Guard {
    /// `127.0.0.1:8080`
    host: String,
    origin: String,
    token: [u8; 32],
    entrance: Entrance,
    allowance: Mutex<Allowance>,
}

/// Requests that may still come, and when that was counted.
struct Allowance {
    left: f64,
    counted: Instant,
}

impl Guard {
    pub fn new(port: u16, token: &str) -> Guard {
        let host = format!("127.0.0.1:{port}");
        let allowance = Mutex::new(Allowance { left: limits::BURST, counted: Instant::now() });
        Guard {
            origin: format!("http://{host}"),
            host,
            token: digest(token.as_bytes()),
            entrance: Entrance::default(),
            allowance,
        }
    }

    /// Keeps the doorway until somebody has come in.
    pub fn keep_open(&self, doorway: Doorway) {
        self.entrance.keep_open(doorway);
    }

    fn refusal(&self, request: &Request) -> Option<Refusal> {
        let headers = request.headers();
        let forbidden = |sentence: &str| Some(Refusal::new(StatusCode::FORBIDDEN, sentence));
        let named = request.uri().authority().is_none_or(|own| own.as_str() == self.host);
        if only(headers, header::HOST) != Some(self.host.as_str()) || !named {
            return forbidden("Trang này chỉ mở được bằng đúng địa chỉ mà chương trình đã cho.");
        }
        let write = request.method() == Method::POST;
        if !write && request.method() != Method::GET {
            return Some(Refusal::new(StatusCode::METHOD_NOT_ALLOWED, "Không có cách gửi này."));
        }
        let from = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        let elsewhere = !matches!(from, None | Some(b"same-origin")) && (write || from != Some(b"none"));
        if elsewhere && !is_opening(request) {
            return forbidden("Yêu cầu đến từ một trang khác nên bị từ chối.");
        }
        let origin = only(headers, header::ORIGIN);
        if origin != Some(self.origin.as_str()) && (write || headers.contains_key(header::ORIGIN)) {
            return forbidden("Yêu cầu đến từ một trang khác nên bị từ chối.");
        }
        if !self.within_allowance() {
            return Some(Refusal::new(StatusCode::TOO_MANY_REQUESTS, "Quá nhiều yêu cầu cùng lúc; xin chờ vài giây."));
        }
        if request.uri().path().starts_with("/api/") {
            if !self.knows(headers) {
                let sentence = "Trang này thuộc một lần mở trước; hãy dùng địa chỉ của lần mở đang chạy.";
                return Some(Refusal::new(StatusCode::UNAUTHORIZED, sentence));
            }
            self.entrance.entered();
        }
        if write && !only(headers, header::CONTENT_TYPE).is_some_and(|kind| KINDS.contains(&kind)) {
            return Some(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "Loại nội dung không được nhận."));
        }
        let announced = only(headers, header::CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if announced.is_some_and(|length| length > limits::BODY_SIZE as u64) {
            let sentence = format!("Tệp quá lớn: giới hạn {} MB.", limits::BODY_SIZE >> 20);
            return Some(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, sentence));
        }
        None
    }

    /// Digests are compared, so that the time it takes tells nothing about the token.
    fn knows(&self, headers: &HeaderMap) -> bool {
        headers.get(TOKEN).is_some_and(|token| digest(token.as_bytes()) == self.token)
    }

    fn within_allowance(&self) -> bool {
        let mut allowance = self.allowance.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        let earned = now.duration_since(allowance.counted).as_secs_f64() * limits::PER_SECOND;
        allowance.left = (allowance.left + earned).min(limits::BURST);
        allowance.counted = now;
        let enough = allowance.left >= 1.0;
        if enough {
            allowance.left -= 1.0;
        }
        enough
    }
}

/// Lets a request in or answers why not.
pub async fn admit(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let mut response = match guard.refusal(&request) {
        Some(refusal) => refusal.into_response(),
        None => match tokio::time::timeout(limits::ANSWER, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Refusal::new(StatusCode::GATEWAY_TIMEOUT, "Việc này quá lâu nên bị ngắt.").into_response(),
        },
    };
    let forbid = [
        ("content-security-policy", POLICY),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ];
    for (name, value) in forbid {
        response.headers_mut().insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    response
}

/// The page itself, opened in a window of its own from a link or from the file that the browser was handed; it says nothing
/// to whoever has no token.
fn is_opening(request: &Request) -> bool {
    let says = |name: &str, value: &[u8]| request.headers().get(name).is_some_and(|own| own.as_bytes() == value);
    request.method() == Method::GET
        && request.uri().path() == "/"
        && says("sec-fetch-mode", b"navigate")
        && says("sec-fetch-dest", b"document")
}

/// A header that is there exactly once.
fn only(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut values = headers.get_all(name).iter();
    let first = values.next()?.to_str().ok()?;
    values.next().is_none().then_some(first)
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
