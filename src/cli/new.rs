//! `thidua new`: a new dossier, empty or from an example.

use std::path::Path;

use super::arguments::New;
use super::{Status, complain, example, say};
use crate::{excel, run};

pub(super) fn run(arguments: &New) -> Status {
    if arguments.list {
        for example in example::all() {
            say(example.name);
        }
        return Status::Done;
    }
    let Some(directory) = &arguments.directory else { return Status::Usage };
    if directory.join("ho-so.xlsx").exists() {
        complain(format!("Trong {} đã có ho-so.xlsx nên không tạo đè. Hãy chọn thư mục khác.", directory.display()));
        return Status::Usage;
    }
    let outcome = match &arguments.example {
        None => empty(directory),
        Some(name) => match example::all().into_iter().find(|example| example.name == *name) {
            Some(example) => copy(&example, directory),
            None => {
                let names: Vec<&str> = example::all().iter().map(|example| example.name).collect();
                complain(format!("Không có ví dụ “{name}”. Các ví dụ có sẵn: {}.", names.join(", ")));
                return Status::Usage;
            }
        },
    };
    match outcome {
        Ok(()) => {
            say(format!("Đã tạo hồ sơ: {}", directory.display()));
            say(format!("Việc tiếp theo: thidua check {}", directory.display()));
            Status::Done
        }
        Err(reason) => {
            complain(format!("Không tạo được hồ sơ trong {}: {reason}.", directory.display()));
            Status::Usage
        }
    }
}

fn empty(directory: &Path) -> Result<(), String> {
    let workbook = excel::empty_dossier().map_err(|error| error.to_string())?;
    write(&directory.join("ho-so.xlsx"), &workbook)?;
    std::fs::create_dir_all(directory.join("so-lieu")).map_err(|error| error.to_string())
}

/// The definition goes last: a copy that was cut short is not taken for a dossier.
fn copy(example: &example::Example, directory: &Path) -> Result<(), String> {
    let (definition, rest): (Vec<_>, Vec<_>) =
        example.files().into_iter().partition(|(path, _)| *path == Path::new("ho-so.xlsx"));
    rest.into_iter().chain(definition).try_for_each(|(path, content)| write(&directory.join(path), content))
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    run::write_whole(path, content).map_err(|failure| failure.cause.to_string())
}
