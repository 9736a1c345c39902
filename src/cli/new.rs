//! `thidua new`: a new dossier, empty or from an example.

use super::arguments::New;
use super::{Status, complain, say};
use crate::run::{self, NotCreated};

pub(super) fn run(arguments: &New) -> Status {
    if arguments.list {
        for example in run::examples() {
            say(example.name);
        }
        return Status::Done;
    }
    let Some(directory) = &arguments.directory else { return Status::Usage };
    let shown = directory.display();
    match run::new_dossier(directory, arguments.example.as_deref()) {
        Ok(()) => {
            say(format!("Đã tạo hồ sơ: {shown}"));
            say(format!("Việc tiếp theo: thidua check {shown}"));
            return Status::Done;
        }
        Err(NotCreated::Exists) => {
            complain(format!("Trong {shown} đã có ho-so.xlsx nên không tạo đè. Hãy chọn thư mục khác."));
        }
        Err(NotCreated::NoExample(names)) => {
            let name = arguments.example.as_deref().unwrap_or_default();
            complain(format!("Không có ví dụ “{name}”. Các ví dụ có sẵn: {}.", names.join(", ")));
        }
        Err(NotCreated::Failed(reason)) => complain(format!("Không tạo được hồ sơ trong {shown}: {reason}.")),
    }
    Status::Usage
}
