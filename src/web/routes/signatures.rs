//! A signed PDF that came back: who has signed, who has not, was it changed since. It belongs to no dossier and is kept nowhere.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use serde_json::{Value, json};
use std::sync::Arc;

use crate::signature::{self, Field};
use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;

pub async fn inspect(State(desk): State<Arc<Desk>>, body: Body) -> Result<Response, Refusal> {
    let content = answer::receive(body, signature::LARGEST).await?;
    let seen = desk
        .work(move || {
            let seen = signature::inspect(&content)
                .map_err(|refusal| Refusal::unusable(format!("Tệp {}", signature::refusal_words(refusal))))?;
            let shown = |field: &Field| {
                let signature = field.signature.as_ref();
                json!({
                    "title": signature::title(field),
                    "verdict": signature.map(|signature| signature.verdict),
                    "words": signature.map(|signature| signature::verdict_words(signature.verdict)),
                    "details": signature.map(signature::details),
                })
            };
            let fields: Vec<Value> = seen.fields.iter().map(shown).collect();
            Ok(json!({ "sound": seen.is_sound(), "fields": fields, "trust": signature::TRUST }))
        })
        .await?;
    Ok(answer::json(&seen))
}
