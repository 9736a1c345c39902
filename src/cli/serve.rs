//! `thidua serve`, and `thidua` alone: the local page.

use super::arguments::Serve;
use super::{Status, complain, say};
use crate::web::{self, Doorway, Options};

pub(super) fn run(arguments: &Serve) -> Status {
    let options = Options { folder: arguments.directory.clone(), port: arguments.port };
    let outcome = web::serve(&options, |address| {
        say("Trang làm việc đang mở tại:");
        say(format!("  {address}"));
        say("Chỉ máy này mở được. Đóng cửa sổ này, bấm Ctrl+C, hoặc bấm “Đóng chương trình” trên trang để dừng.");
        if arguments.no_open {
            return None;
        }
        let doorway = Doorway::open(address);
        say(match doorway {
            Ok(_) => "Nếu trình duyệt không tự mở, hãy chép nguyên địa chỉ trên vào trình duyệt.",
            Err(_) => "Không tự mở được trình duyệt; hãy chép nguyên địa chỉ trên vào trình duyệt.",
        });
        doorway.ok()
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
