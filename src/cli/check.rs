//! `thidua check`: read everything and report; with --out the findings workbook and the marked copies.

use super::arguments::Check;
use super::progress::Bar;
use super::{Status, complain, report, say, written};
use crate::run;

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
    let written = arguments.out.as_ref().is_none_or(|out| {
        let path = out.join("ra-soat.xlsx");
        written::write("danh sách phát hiện", &path, run::findings_workbook(&checked), arguments.json)
    });
    if checked.has_errors() || !written { Status::Findings } else { Status::Done }
}
