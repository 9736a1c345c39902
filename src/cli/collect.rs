//! `thidua collect`: the remarks of units gathered from the ranking workbooks they sent back.

use std::fmt::Write;
use std::path::Path;

use super::arguments::Collect;
use super::progress::Bar;
use super::{Status, complain, report, say};
use crate::collect::Remark;
use crate::run::{self, Collected};
use crate::vietnamese;

pub(super) fn run(arguments: &Collect) -> Status {
    let missing = arguments.returned.iter().find(|path| !path.exists());
    if let Some(path) = missing {
        complain(format!("Không có tệp hay thư mục {}.", path.display()));
        return Status::Usage;
    }
    let bar = Bar::new();
    let collected = match run::collect(&arguments.directory, &arguments.returned, &bar) {
        Ok(collected) => collected,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    say(if arguments.json { format!("{:#}", run::collected_json(&collected)) } else { text(&collected) });
    match &arguments.out {
        Some(out) if !write(&collected, out, arguments.json) => Status::Findings,
        _ => Status::Done,
    }
}

/// Writes y-kien.xlsx, or the file that is named; says where, or why not.
fn write(collected: &Collected, out: &Path, quiet: bool) -> bool {
    let is_workbook = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let path = if is_workbook { out.to_path_buf() } else { out.join("y-kien.xlsx") };
    let bytes = match run::collected_workbook(collected) {
        Ok(bytes) => bytes,
        Err(error) => {
            complain(format!("Không lập được {}: {error}.", path.display()));
            return false;
        }
    };
    match run::write_whole(&path, &bytes) {
        Ok(()) => {
            if !quiet {
                say(format!("Đã ghi bảng ý kiến: {}", path.display()));
            }
            true
        }
        Err(failure) => {
            complain(format!("Không ghi được {}: {}.", failure.path.display(), failure.cause));
            false
        }
    }
}

fn text(collected: &Collected) -> String {
    let mut text = format!("Đã đọc {} tệp, có {} ý kiến.\n", collected.files.len(), collected.remarks.len());
    let mut unit = None;
    let mut line = None;
    for remark in &collected.remarks {
        if unit != Some(&remark.unit) {
            let _ = writeln!(text, "\n{}", remark.unit_name);
            (unit, line) = (Some(&remark.unit), None);
        }
        if line != Some(&remark.line) {
            let _ = writeln!(text, "  {}", subject(remark));
            line = Some(&remark.line);
        }
        let sender = remark.sender.as_ref().filter(|sender| **sender != remark.unit);
        let sender = sender.map(|sender| format!(", tệp của {sender}")).unwrap_or_default();
        let words = remark.text.replace('\n', " ");
        let _ = writeln!(text, "    “{words}” ({} › {} › {}{sender})", remark.file, remark.sheet, remark.cell);
    }
    for finding in &collected.findings {
        let _ = writeln!(text, "\n{}", report::one(finding));
    }
    text.truncate(text.trim_end().len());
    text
}

/// The line that a remark is about, with its mark and why it is so.
fn subject(remark: &Remark) -> String {
    let mark = remark.mark.map(|mark| format!("{} điểm", vietnamese::number(mark)));
    match (&remark.line, &remark.line_name, &remark.why) {
        (Some(code), Some(name), Some(why)) => format!("{code} {name}: {why}"),
        (Some(code), Some(name), None) => format!("{code} {name}: {}", mark.unwrap_or_default()),
        _ => format!("Cả đơn vị: {}", mark.unwrap_or_else(|| "chưa nộp báo cáo".to_string())),
    }
}
