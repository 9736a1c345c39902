//! A signed PDF that came back: who has signed, who has not, was it changed since. It belongs to no dossier and is kept nowhere.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use serde_json::json;
use std::sync::Arc;

use crate::signature::{self, Refusal as Unread};
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::limits;

pub async fn inspect(State(desk): State<Arc<Desk>>, body: Body) -> Result<Response, Refusal> {
    let content = answer::receive(body, limits::FILE).await?;
    let seen = desk
        .work(move || {
            let seen = signature::inspect(&content).map_err(|refusal| {
                Refusal::unusable(match refusal {
                    Unread::NotReadable => "Tệp không phải PDF hoặc đã hỏng, không đọc được.",
                    Unread::Locked => "Tệp có mật khẩu nên không xem được chữ ký.",
                    Unread::TooLarge => "Tệp quá lớn hoặc có quá nhiều chữ ký.",
                    Unread::NoFields => "Tệp không có ô ký số nào, nên không có chữ ký để xem.",
                })
            })?;
            Ok(json!({ "sound": seen.is_sound(), "fields": seen.fields }))
        })
        .await?;
    Ok(answer::json(&seen))
}
