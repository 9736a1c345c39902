//! `thidua signatures`: who has signed a PDF, who has not, and whether it was changed since.
//!
//! With --json the object of `signature` goes out with `schema` (1), `file`, `signed`, `open`, `sound` and `issuer_trust`
//! (always `not-checked`) before its `fields`.

use serde_json::json;
use std::io::Read;
use std::path::Path;

use super::arguments::Signatures;
use super::{Status, complain, say};
use crate::signature::{
    self, Field, Inspection, LARGEST, TRUST, Verdict, details, refusal_words, title, verdict_words,
};

pub(super) fn run(arguments: &Signatures) -> Status {
    let file = arguments.file.display().to_string();
    let bytes = match read(&arguments.file) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format!("Không mở được tệp {file}: {error}."));
            return Status::Usage;
        }
    };
    let inspection = match signature::inspect(&bytes) {
        Ok(inspection) => inspection,
        Err(refusal) => {
            complain(format!("Tệp {file} {}", refusal_words(refusal)));
            return Status::Usage;
        }
    };
    say(if arguments.json { as_json(&file, &inspection) } else { text(&file, &inspection) });
    if inspection.is_sound() { Status::Done } else { Status::Findings }
}

/// One byte more than is looked at is enough to be refused.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn as_json(file: &str, inspection: &Inspection) -> String {
    let signed = inspection.signatures().count();
    let value = json!({
        "schema": 1,
        "file": file,
        "signed": signed,
        "open": inspection.fields.len() - signed,
        "sound": inspection.is_sound(),
        "issuer_trust": "not-checked",
        "fields": inspection.fields,
    });
    format!("{value:#}")
}

fn text(file: &str, inspection: &Inspection) -> String {
    let signed = inspection.signatures().count();
    let open: Vec<&Field> = inspection.fields.iter().filter(|field| field.signature.is_none()).collect();
    let mut lines = vec![format!("{file}: {} ô ký, đã ký {signed}, chưa ký {}.", inspection.fields.len(), open.len())];
    for field in &inspection.fields {
        if let Some(signature) = &field.signature {
            lines.push(String::new());
            lines.push(format!("{}: {}", title(field), verdict_words(signature.verdict)));
            lines.extend(details(signature).into_iter().map(|line| format!("  {line}")));
        }
    }
    if !open.is_empty() {
        lines.push("\nChưa ký:".to_string());
        lines.extend(open.into_iter().map(|field| format!("  {}", title(field))));
    }
    lines.push(format!("\n{}", conclusion(inspection, signed)));
    if signed > 0 {
        lines.push(TRUST.to_string());
    }
    lines.join("\n")
}

fn conclusion(inspection: &Inspection, signed: usize) -> String {
    let count = |verdict| inspection.signatures().filter(|signature| signature.verdict == verdict).count();
    if signed == 0 {
        return "Kết luận: chưa ai ký.".to_string();
    }
    let parts: Vec<String> = [
        (count(Verdict::Sound), "nguyên vẹn"),
        (count(Verdict::Changed), "có văn bản bị sửa sau khi ký"),
        (count(Verdict::Broken), "hỏng"),
        (count(Verdict::Unchecked), "chưa kiểm được"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, word)| format!("{count} chữ ký {word}"))
    .collect();
    format!("Kết luận: {}.", parts.join(", "))
}
