//! `thidua templates`: the built-in Word templates, to be changed in Word.

use super::arguments::Templates;
use super::{Status, complain, say};
use crate::paper::Paper;
use crate::{run, word};

pub(super) fn run(arguments: &Templates) -> Status {
    if !arguments.directory.is_dir() {
        complain(format!("Không có thư mục {}.", arguments.directory.display()));
        return Status::Usage;
    }
    let mut status = Status::Done;
    for paper in Paper::ALL {
        let path = arguments.directory.join("mau").join(format!("{}.docx", paper.name()));
        if path.exists() && !arguments.force {
            say(format!("Giữ nguyên mẫu đã có: {} (--force để ghi đè)", path.display()));
            continue;
        }
        if let Err(reason) = write(paper, &path) {
            complain(format!("Không ghi được mẫu {}: {reason}.", path.display()));
            status = Status::Findings;
        } else {
            say(format!("Đã ghi mẫu: {}", path.display()));
        }
    }
    status
}

fn write(paper: Paper, path: &std::path::Path) -> Result<(), String> {
    let package = word::compose::template(paper.name()).map_err(|error| error.to_string())?;
    let bytes = package.to_bytes().map_err(|error| error.to_string())?;
    run::write_whole(path, &bytes).map_err(|failure| failure.cause.to_string())
}
