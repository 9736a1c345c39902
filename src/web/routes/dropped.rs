//! A file that was dropped and goes under a path told by its name alone: a returned workbook, a template. Submissions, which are
//! bound to units, are the matter of `taking_in`.

use axum::body::Body;
use axum::response::Response;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path as Folder;

use crate::web::answer::{self, Refusal};
use crate::web::desk::Desk;
use crate::web::{limits, place, store};

/// What is said with the file.
#[derive(Deserialize)]
pub struct Dropped {
    /// Its name as it came.
    file: String,
    /// Another file may give way to it.
    #[serde(default)]
    replace: bool,
}

impl Dropped {
    /// Receives the file and stores it where `path` says for its name.
    pub async fn store(
        self,
        desk: &Desk,
        dossier: &str,
        body: Body,
        path: impl FnOnce(&str) -> Result<String, Refusal> + Send + 'static,
    ) -> Result<Response, Refusal> {
        let content = answer::receive(body, limits::FILE).await?;
        let stored = desk.change_in(dossier, move |folder| put_in(folder, &path(&self.file)?, &content, self.replace));
        Ok(answer::json(&stored.await?))
    }
}

/// Stores a file under a path; another one that is there gives way only when the person has said so.
fn put_in(folder: &Folder, path: &str, content: &[u8], replace: bool) -> Result<Value, Refusal> {
    let to = place::inside(folder, path)?;
    let mut kept = Vec::new();
    if let Ok(own) = std::fs::read(&to) {
        if own == content {
            return Ok(json!({ "outcome": "same", "file": path }));
        }
        if !replace {
            let root = path.split('/').next().unwrap_or_default();
            let sentence = format!("Đã có {path}. Thay bằng tệp mới? Tệp cũ được giữ trong {root}/.cu.");
            return Err(Refusal::conflict(sentence, json!({ "replace": [path] })));
        }
        kept.push(store::set_aside(folder, path)?);
    }
    let all = to.parent().and_then(|above| std::fs::read_dir(above).ok()).map_or(0, Iterator::count);
    if all >= limits::FILES {
        return Err(Refusal::unusable(format!("Thư mục này đã đầy: giới hạn {} tệp.", limits::FILES)));
    }
    store::write(&to, content)?;
    Ok(json!({ "outcome": "stored", "file": path, "kept": kept }))
}
