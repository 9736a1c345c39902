//! `thidua serve`, and `thidua` alone: the local page.

use super::arguments::Serve;
use super::{Status, complain, say};
use crate::web::{self, Options};

pub(super) fn run(arguments: &Serve) -> Status {
    let options = Options { folder: arguments.directory.clone(), port: arguments.port };
    let outcome = web::serve(&options, |address| {
        say("Trang làm việc đang mở tại:");
        say(format!("  {address}"));
        say("Chỉ máy này mở được. Đóng cửa sổ này, bấm Ctrl+C, hoặc bấm “Đóng chương trình” trên trang để dừng.");
        if !arguments.no_open && open::that_detached(address).is_err() {
            say("Không tự mở được trình duyệt; hãy chép địa chỉ trên vào trình duyệt.");
        }
    });
    match outcome {
        Ok(()) => Status::Done,
        Err(error) => {
            let folder = options.folder.map(|folder| format!(" trên thư mục {}", folder.display())).unwrap_or_default();
            complain(format!("Không mở được trang làm việc{folder}: {error}."));
            Status::Usage
        }
    }
}
