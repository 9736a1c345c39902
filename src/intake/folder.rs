//! The files under `so-lieu/`, at any depth.

use std::path::{Path, PathBuf};

use crate::finding::catalogue::{intake as codes, sheet as sheet_codes};
use crate::finding::{Finding, Place};
use crate::sheet;

/// Name of the folder of submissions inside a dossier.
pub const FOLDER: &str = "so-lieu";
/// Deepest folder inside it that is looked into.
const DEPTH: usize = 16;

/// The files of submissions of a dossier folder: paths inside it with `/`, in order; lock files and leavings of the
/// system are passed over.
pub fn files(dir: &Path) -> (Vec<String>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut files = Vec::new();
    let root = dir.join(FOLDER);
    if !root.is_dir() {
        let message = "Hồ sơ chưa có thư mục so-lieu nên chưa có số liệu của đơn vị nào.";
        findings.push(Finding::new(&codes::NO_FOLDER, Place::file(FOLDER), message));
        return (files, findings);
    }
    let mut waiting: Vec<(PathBuf, String, usize)> = vec![(root, FOLDER.to_string(), 0)];
    while let Some((folder, path, depth)) = waiting.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            let message = format!("Không mở được thư mục {path}.");
            findings.push(Finding::new(&sheet_codes::NO_ACCESS, Place::file(path), message));
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if sheet::is_leaving(&name) {
                continue;
            }
            let path = format!("{path}/{name}");
            // a link to a folder is not followed: it could lead back up
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if !is_folder && entry.path().is_file() {
                files.push(path);
            } else if is_folder && depth < DEPTH {
                waiting.push((entry.path(), path, depth + 1));
            }
        }
    }
    files.sort();
    findings.sort_by(|left, right| left.place.cmp(&right.place));
    (files, findings)
}
