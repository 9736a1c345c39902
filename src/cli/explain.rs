//! `thidua explain`: what a finding means and how to mend it.

use super::arguments::Explain;
use super::{Status, complain, say};
use crate::finding::{Code, catalogue};

pub(super) fn run(arguments: &Explain) -> Status {
    let Some(id) = &arguments.code else {
        for code in catalogue::all() {
            say(format!("{:<6} {:<9} {}", code.id, code.severity.word(), code.title));
        }
        return Status::Done;
    };
    match catalogue::find(id) {
        Some(code) => {
            say(text(code));
            Status::Done
        }
        None => {
            complain(format!("Không có mã “{id}”. Gõ “thidua explain” để xem tất cả các mã."));
            Status::Usage
        }
    }
}

fn text(code: &Code) -> String {
    let Code { id, title, meaning, example, mend, .. } = code;
    let word = code.severity.word();
    format!("{id} ({word}): {title}\n\n{meaning}\n\nVí dụ: {example}\n\nCách sửa: {mend}")
}
