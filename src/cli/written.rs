//! Files that a command writes besides what it prints: said where each is, or why it is not.

use std::fmt::Display;
use std::path::{Path, PathBuf};

use super::{complain, say};
use crate::run;

/// The file that an `--out` means: the .xlsx it names, else `name` in the folder it names.
pub(super) fn workbook_at(out: &Path, name: &str) -> PathBuf {
    let is_workbook = out.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    if is_workbook { out.to_path_buf() } else { out.join(name) }
}

/// Writes a file, called `what` when it is spoken of (`bảng so sánh`); says where it is unless `quiet`. False where it could not
/// be made or written, which has been said then.
pub(super) fn write<E: Display>(what: &str, path: &Path, content: Result<Vec<u8>, E>, quiet: bool) -> bool {
    let bytes = match content {
        Ok(bytes) => bytes,
        Err(reason) => {
            complain(format!("Không lập được {what} {}: {reason}.", path.display()));
            return false;
        }
    };
    if let Err(failure) = run::write_whole(path, &bytes) {
        complain(format!("Không ghi được {what} {}: {}.", failure.path.display(), failure.cause));
        return false;
    }
    if !quiet {
        say(format!("Đã ghi {what}: {}", path.display()));
    }
    true
}
