//! `thidua templates`: the built-in Word templates, to be changed in Word; checking those that were changed; the tags.

use super::arguments::Templates;
use super::progress::Bar;
use super::{Status, complain, report, say, written};
use crate::finding::Severity;
use crate::run::{self, HandingOut};

pub(super) fn run(arguments: &Templates) -> Status {
    if !arguments.directory.is_dir() {
        complain(format!("Không có thư mục {}.", arguments.directory.display()));
        return Status::Usage;
    }
    match (arguments.check, arguments.tags, arguments.out.is_some()) {
        (true, ..) => check(arguments),
        (_, true, _) => tags(arguments),
        (_, _, true) => {
            complain("--out chỉ dùng cùng --check hoặc --tags.");
            Status::Usage
        }
        _ => hand_out(arguments),
    }
}

/// Writes the built-in templates, and keeps those that are there already.
fn hand_out(arguments: &Templates) -> Status {
    let mut status = Status::Done;
    for template in run::hand_out_templates(&arguments.directory, arguments.force) {
        let path = arguments.directory.join(&template.path).display().to_string();
        match template.outcome {
            HandingOut::Kept => say(format!("Giữ nguyên mẫu đã có: {path} (--force để ghi đè)")),
            HandingOut::Written if template.is_example => say(format!(
                "Đã ghi ví dụ bảng xếp hạng Excel có thẻ: {path}. Muốn dùng thay bảng có sẵn thì chép vào {}.",
                arguments.directory.join("mau").display()
            )),
            HandingOut::Written => say(format!("Đã ghi mẫu: {path}")),
            HandingOut::Failed(reason) => {
                complain(format!("Không ghi được mẫu {path}: {reason}."));
                status = Status::Findings;
            }
        }
    }
    status
}

/// Checks the templates in mau/, file by file, all faults at once.
fn check(arguments: &Templates) -> Status {
    let mau = arguments.directory.join("mau");
    if let Some(out) = &arguments.out
        && run::is_among_templates(&arguments.directory, out)
    {
        complain(format!("--out {}: không ghi bản có ghi chú đè lên chính các mẫu.", out.display()));
        return Status::Usage;
    }
    let bar = Bar::new();
    let templates = match run::check_templates(&arguments.directory, arguments.out.as_deref(), &bar) {
        Ok(templates) => templates,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    for template in &templates {
        say(told(template));
    }
    let findings = || templates.iter().flat_map(|template| &template.findings);
    let errors = findings().filter(|finding| finding.severity() == Severity::Error).count();
    let rest = findings().count() - errors;
    if templates.is_empty() {
        say(format!(
            "Không có mẫu riêng trong {}: văn bản được lập theo mẫu có sẵn. Lấy mẫu để sửa: thidua templates {}",
            mau.display(),
            arguments.directory.display()
        ));
    } else if errors + rest == 0 {
        say(format!("Đã kiểm tra {} mẫu: tất cả dùng được.", templates.len()));
    } else {
        say(format!("Đã kiểm tra {} mẫu: {errors} lỗi, {rest} cảnh báo.", templates.len()));
    }
    if errors > 0 { Status::Findings } else { Status::Done }
}

/// Prints the list of tags and writes it as a Word file.
fn tags(arguments: &Templates) -> Status {
    let bar = Bar::new();
    let list = match run::tag_list(&arguments.directory, &bar) {
        Ok(list) => list,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    say(list.to_text());
    let folder = arguments.out.clone().unwrap_or_else(|| arguments.directory.join("mau"));
    let path = folder.join(run::TAG_LIST);
    if written::write("danh mục thẻ", &path, list.to_word(), false) { Status::Done } else { Status::Findings }
}

/// One template: that it is fine, or what is wrong with it.
fn told(template: &run::CheckedTemplate) -> String {
    if template.findings.is_empty() {
        return format!("{}: dùng được.", template.file);
    }
    let mut text = format!("{}:", template.file);
    for finding in &template.findings {
        text.push_str(&format!("\n  {}", report::one(finding).replace('\n', "\n  ")));
    }
    if let Some(copy) = &template.copy {
        text.push_str(&format!("\n  Bản có ghi chú ở từng chỗ sai: {}", copy.display()));
    }
    text
}
