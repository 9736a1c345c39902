//! `thidua build`: every document of every cluster.

use super::arguments::Build;
use super::progress::Bar;
use super::{Status, complain, report, say};
use crate::run::{self, BuildOptions, Built, Request};

pub(super) fn run(arguments: &Build) -> Status {
    let only = match arguments.only.as_deref().map(Request::parse) {
        None => Request::default(),
        Some(Ok(request)) => request,
        Some(Err(unknown)) => {
            complain(format!("--only: không có văn bản “{}”.", unknown.name));
            complain(format!("Các tên dùng được: {}.", unknown.known.join(", ")));
            return Status::Usage;
        }
    };
    let out = arguments.out.clone().unwrap_or_else(|| arguments.directory.join("ket-qua"));
    let options = BuildOptions { out, only, strict: arguments.strict };
    let bar = Bar::new();
    let built = match run::build(&arguments.directory, &options, &bar) {
        Ok(built) => built,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    if arguments.json {
        say(report::json(&built.checked))
    } else {
        tell(&built)
    }
    if built.checked.has_errors() { Status::Findings } else { Status::Done }
}

fn tell(built: &Built) {
    say(report::overview(&built.checked));
    say(report::findings(&built.checked, false));
    for path in &built.files {
        say(path.display());
    }
    if built.withheld {
        say("Còn lỗi nên chưa ghi tệp nào (--strict).");
        return;
    }
    say(format!("Đã ghi {} tệp.", built.files.len()));
    if built.checked.has_errors() {
        say("Còn lỗi: văn bản của các cụm có lỗi được đóng dấu “DỰ THẢO”. Sửa xong, hãy chạy lại.");
    }
}
