//! `thidua check`: read everything and report; with --out the findings workbook and the marked copies.

use std::path::Path;

use super::arguments::Check;
use super::progress::Bar;
use super::{Status, complain, report, say};
use crate::run::{self, Checked};

pub(super) fn run(arguments: &Check) -> Status {
    if let Some(out) = &arguments.out
        && run::is_among_submissions(&arguments.directory, out)
    {
        complain(format!("--out {}: không ghi vào thư mục so-lieu, nơi để tệp của các đơn vị.", out.display()));
        return Status::Usage;
    }
    let bar = Bar::new();
    let mut checked = match run::check(&arguments.directory, &bar) {
        Ok(checked) => checked,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    let copies = match &arguments.out {
        Some(out) => run::marked_copies(&arguments.directory, &checked.findings, out, &bar),
        None => run::MarkedCopies::default(),
    };
    checked.findings.extend(copies.findings);
    drop(bar);
    if arguments.json {
        say(report::json(&checked));
    } else {
        say(report::overview(&checked));
        say(report::findings(&checked, arguments.all));
        for path in &copies.files {
            say(format!("Đã ghi bản đánh dấu: {}", path.display()));
        }
    }
    let written = arguments.out.as_ref().is_none_or(|out| write_findings(&checked, out, arguments.json));
    if checked.has_errors() || !written { Status::Findings } else { Status::Done }
}

/// Writes ra-soat.xlsx; says where, or why not.
fn write_findings(checked: &Checked, out: &Path, quiet: bool) -> bool {
    let path = out.join("ra-soat.xlsx");
    let bytes = match run::findings_workbook(checked) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format!("Không lập được {}: {error}.", path.display()));
            return false;
        }
    };
    match run::write_whole(&path, &bytes) {
        Ok(()) => {
            if !quiet {
                say(format!("Đã ghi danh sách phát hiện: {}", path.display()));
            }
            true
        }
        Err(failure) => {
            complain(format!("Không ghi được {}: {}.", failure.path.display(), failure.cause));
            false
        }
    }
}
