//! Files put into a dossier, and old ones set aside: into the `.cu/` of their folder, which nothing reads, under a name that is
//! free there. Nothing is ever removed.

use serde_json::{Value, json};
use std::io;
use std::path::{Path, PathBuf};

use super::answer::Refusal;
use super::place;
use crate::run;

/// Where old files are kept, inside the folder they were in.
const ASIDE: &str = ".cu";

/// Writes a file whole or not at all.
pub fn write(path: &Path, content: &[u8]) -> Result<(), Refusal> {
    run::write_whole(path, content).map_err(|failure| refused(&failure.cause))
}

pub fn refused(error: &io::Error) -> Refusal {
    Refusal::failed(format!("Không ghi được vào thư mục hồ sơ: {error}. Tệp có đang mở trong Excel không?"))
}

/// Moves a file of a dossier into the `.cu/` of the outermost folder it lies in; gives its path there.
pub fn set_aside(dossier: &Path, path: &str) -> Result<String, Refusal> {
    let from = place::inside(dossier, path)?;
    let (root, name) = path.split_once('/').unwrap_or(("", path));
    let name = name.rsplit('/').next().unwrap_or(name);
    let aside = aside(dossier, root)?;
    std::fs::create_dir_all(&aside).map_err(|error| refused(&error))?;
    let free = free_name(name, |name| aside.join(name).symlink_metadata().is_ok());
    std::fs::rename(from, aside.join(&free)).map_err(|error| refused(&error))?;
    let root = if root.is_empty() { String::new() } else { format!("{root}/") };
    Ok(format!("{root}{ASIDE}/{free}"))
}

/// The first of `name`, `name (2)`, `name (3)` … that is not taken.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (stem, ending) = name.rfind('.').map_or((name, ""), |point| name.split_at(point));
    let mut free = name.to_string();
    let mut number = 2;
    while is_taken(&free) {
        free = format!("{stem} ({number}){ending}");
        number += 1;
    }
    free
}

/// Names and sizes in bytes of the old files of a folder of the dossier.
pub fn kept(dossier: &Path, folder: &str) -> Vec<Value> {
    let entries = aside(dossier, folder).ok().and_then(|aside| std::fs::read_dir(aside).ok());
    let mut kept: Vec<(String, u64)> = entries
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let found = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let name = entry.file_name().into_string().ok().filter(|name| place::is_plain(name))?;
            Some((name, found.len()))
        })
        .collect();
    kept.sort();
    kept.into_iter().map(|(name, size)| json!({ "name": name, "size": size })).collect()
}

/// Where an old file of a folder lies.
pub fn kept_file(dossier: &Path, folder: &str, name: &str) -> Result<PathBuf, Refusal> {
    let file = place::inside(&aside(dossier, folder)?, name)?;
    if name.contains('/') || !file.is_file() {
        return Err(Refusal::not_found("Tệp cũ này không còn."));
    }
    Ok(file)
}

/// The place of a folder's old files; empty: the dossier's own.
fn aside(dossier: &Path, folder: &str) -> Result<PathBuf, Refusal> {
    let folder = if folder.is_empty() { dossier.to_path_buf() } else { place::inside(dossier, folder)? };
    let aside = folder.join(ASIDE);
    if aside.symlink_metadata().is_ok_and(|found| found.is_symlink()) {
        return Err(Refusal::unusable("Thư mục .cu là một liên kết đi nơi khác nên không dùng được."));
    }
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number_before_its_ending() {
        let taken = ["a.b.xlsx", "a.b (2).xlsx", "README"];
        let free = |name| free_name(name, |name| taken.contains(&name));
        assert_eq!(free("a.b.xlsx"), "a.b (3).xlsx");
        assert_eq!(free("README"), "README (2)");
        assert_eq!(free("c.xlsx"), "c.xlsx");
    }
}
