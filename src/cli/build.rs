//! `thidua build`: every document of every cluster.

use super::arguments::Build;
use super::progress::Bar;
use super::{Status, complain, report, say};
use crate::run::{self, BuildOptions, Built, Request, Unchanged};

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
    let (strict, fresh, results) = (arguments.strict, arguments.fresh, arguments.json);
    let settled = Some(out.clone());
    let options = BuildOptions { out, only, strict, settled, fresh, results };
    let bar = Bar::new();
    let built = match run::build(&arguments.directory, &options, &bar) {
        Ok(built) => built,
        Err(findings) => return report::no_dossier(&arguments.directory, &findings),
    };
    drop(bar);
    if let Some(results) = &built.results {
        if let Err(error) = results.write(&built.survey.findings, &mut std::io::stdout().lock()) {
            complain(format!("Không in được kết quả: {error}."));
            return Status::Findings;
        }
    } else {
        tell(&built)
    }
    if built.survey.has_errors() { Status::Findings } else { Status::Done }
}

fn tell(built: &Built) {
    say(report::overview(&built.survey));
    say(report::findings(&built.survey, false));
    for path in &built.files {
        say(path.display());
    }
    if built.withheld {
        say("Còn lỗi nên chưa ghi tệp nào (--strict).");
        return;
    }
    if built.files.is_empty() && built.unchanged.files > 0 {
        say(format!("Không có gì thay đổi từ lần lập trước: giữ nguyên {} tệp.", built.unchanged.files));
    } else {
        say(format!("Đã ghi {} tệp.", built.files.len()));
        if built.unchanged.clusters > 0 {
            let Unchanged { clusters, files } = built.unchanged;
            say(format!("Giữ nguyên {files} tệp của {clusters} cụm không có gì thay đổi từ lần lập trước."));
        }
    }
    if built.unchanged.clusters > 0 {
        say("Muốn lập lại tất cả, thêm --fresh.");
    }
    if built.survey.has_errors() {
        say("Còn lỗi: văn bản của các cụm có lỗi được đóng dấu “DỰ THẢO”. Sửa xong, hãy chạy lại.");
    }
}
