//! Paths that come from the page: only ever a place inside a folder, on every system, and never through a link.

use std::path::{Path, PathBuf};

use super::answer::Refusal;
use super::limits;
use crate::run;

/// The place of a path inside a folder. The path has `/` between its steps; it need not be there yet.
///
/// # Errors
/// Steps up, absolute paths, names of devices, hidden names, letters that some system takes for something else, and any
/// step that is a link.
pub fn inside(folder: &Path, path: &str) -> Result<PathBuf, Refusal> {
    let refused = || Refusal::unusable("Đường dẫn này không nằm trong thư mục hồ sơ.");
    if path.is_empty() || path.len() > limits::PATH || path.split('/').count() > limits::DEPTH {
        return Err(refused());
    }
    let mut place = folder.to_path_buf();
    for step in path.split('/') {
        if !is_plain(step) {
            return Err(refused());
        }
        place.push(step);
        if place.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
            return Err(refused());
        }
    }
    Ok(place)
}

/// A name that means one file in this folder on every system.
pub fn is_plain(name: &str) -> bool {
    let strange =
        |letter: char| letter.is_control() || matches!(letter, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|');
    !name.is_empty()
        && name.len() <= 255
        && !name.starts_with(['.', '~', ' '])
        && !name.ends_with(['.', ' '])
        && !name.contains(strange)
        && !run::is_device_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_paths_lead_inside() {
        let folder = tempfile::tempdir().expect("a folder");
        for path in ["ho-so.xlsx", "so-lieu/CĐ Xây dựng/biểu 1.xlsx", "so-lieu/[YT] a.b.xlsx", "ket-qua/K1/x.pdf"]
        {
            assert_eq!(inside(folder.path(), path).expect(path), folder.path().join(path));
        }
        for path in [
            "",
            "..",
            "../ho-so.xlsx",
            "so-lieu/../../x",
            "/etc/passwd",
            "so-lieu//x",
            "so-lieu/./x",
            "C:/x",
            "c:x",
            "so-lieu\\..\\x",
            "\\\\may\\x",
            "con",
            "so-lieu/NUL.xlsx",
            "so-lieu/com1.csv",
            "so-lieu/LPT9",
            "x.xlsx:an",
            "so-lieu/a\0b",
            "so-lieu/a\nb",
            "so-lieu/x.",
            "so-lieu/x ",
            ".git/config",
            "so-lieu/.cu/x",
            "~/x",
            "a|b",
        ] {
            assert!(inside(folder.path(), path).is_err(), "{path:?}");
        }
        let long = "x/".repeat(30);
        assert!(inside(folder.path(), &long).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_leads_nowhere() {
        let folder = tempfile::tempdir().expect("a folder");
        let other = tempfile::tempdir().expect("another folder");
        std::fs::write(other.path().join("x.xlsx"), b"x").expect("a file");
        std::os::unix::fs::symlink(other.path(), folder.path().join("so-lieu")).expect("a link");
        assert!(inside(folder.path(), "so-lieu").is_err());
        assert!(inside(folder.path(), "so-lieu/x.xlsx").is_err());
    }
}
