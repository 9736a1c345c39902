//! `thidua forms`: a form for each unit to fill in.

use super::arguments::Forms;
use super::progress::Bar;
use super::{Status, report, say};
use crate::finding::Severity;
use crate::run;

pub(super) fn run(arguments: &Forms) -> Status {
    let out = arguments.out.clone().unwrap_or_else(|| arguments.directory.join("bieu-mau"));
    let bar = Bar::new();
    let forms = match run::forms(&arguments.directory, &out, arguments.force, &bar) {
        Ok(forms) => forms,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    for finding in &forms.findings {
        say(report::one(finding));
    }
    for path in &forms.files {
        say(path.display());
    }
    for path in &forms.kept {
        say(format!("Giữ nguyên biểu đã có số liệu: {} (--force để ghi đè)", path.display()));
    }
    say(format!("Đã ghi {} biểu mẫu; đơn vị điền xong thì chép vào thư mục so-lieu.", forms.files.len()));
    let has_errors = forms.findings.iter().any(|finding| finding.severity() == Severity::Error);
    if has_errors { Status::Findings } else { Status::Done }
}
