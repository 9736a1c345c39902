//! `thidua collect`: the remarks of units gathered from the ranking workbooks they sent back.

use std::fmt::Write;

use super::arguments::Collect;
use super::progress::Bar;
use super::{Status, complain, report, say, written};
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
    let written = arguments.out.as_ref().is_none_or(|out| {
        let path = written::workbook_at(out, "y-kien.xlsx");
        written::write("bảng ý kiến", &path, run::collected_workbook(&collected), arguments.json)
    });
    if written { Status::Done } else { Status::Findings }
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
        let author = remark.author.as_ref().map(|author| format!(", {author} ghi")).unwrap_or_default();
        let words = remark.text.replace('\n', " ");
        let _ = writeln!(text, "    “{words}” ({} › {} › {}{author}{sender})", remark.file, remark.sheet, remark.cell);
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
