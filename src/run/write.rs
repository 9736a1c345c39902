//! Writing: a file is replaced whole or not at all (contract §3), also when the program is killed in the middle.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Files under way carry this prefix; what a killed run left behind is cleared by the next one.
const UNDER_WAY: &str = ".thidua-";

/// A file that could not be written (không ghi được).
#[derive(Debug)]
pub struct WriteFailure {
    pub path: PathBuf,
    pub cause: std::io::Error,
}

/// Writes beside the target first and then puts the whole file in its place. Makes the folders it needs.
///
/// # Errors
/// The system's refusal, with the path; the old file, if there was one, is untouched.
pub fn write_whole(path: &Path, content: &[u8]) -> Result<(), WriteFailure> {
    write_whole_with(path, |file| file.write_all(content))
}

/// As [`write_whole`], for a content that is never whole in memory.
///
/// # Errors
/// As there; also what `write` says.
pub(super) fn write_whole_with(
    path: &Path,
    write: impl FnOnce(&mut fs::File) -> std::io::Result<()>,
) -> Result<(), WriteFailure> {
    let attempt = || -> std::io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut file = tempfile::Builder::new().prefix(UNDER_WAY).tempfile_in(folder)?;
        write(file.as_file_mut())?;
        if path.exists() {
            // The old file goes only when the new one is safely on the disk.
            file.as_file().sync_data()?;
        }
        open_to_all(file.as_file())?;
        file.persist(path)?;
        Ok(())
    };
    attempt().map_err(|cause| WriteFailure { path: path.to_path_buf(), cause })
}

/// Removes what a killed run left behind in an output folder.
pub(super) fn clear_leftovers(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNDER_WAY) {
            // A leftover that cannot be removed does no harm: it is hidden and never read.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// A temporary file is for its owner only; a result is for everyone who may read the folder.
#[cfg(unix)]
fn open_to_all(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn open_to_all(_file: &fs::File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_leftovers_go() {
        let folder = tempfile::tempdir().expect("a folder to try in");
        let path = folder.path().join("cum/giao-uoc.docx");
        write_whole(&path, b"old").expect("first write");
        write_whole(&path, b"new").expect("second write");
        assert_eq!(fs::read(&path).expect("the file"), b"new");

        let leftover = folder.path().join("cum/.thidua-a1b2");
        fs::write(&leftover, b"half").expect("a leftover");
        clear_leftovers(&folder.path().join("cum"));
        assert!(!leftover.exists());
        assert!(path.exists());
    }

    #[test]
    fn a_refusal_names_the_file_and_leaves_the_old_one() {
        let folder = tempfile::tempdir().expect("a folder to try in");
        let path = folder.path().join("giao-uoc.docx");
        fs::create_dir(&path).expect("a folder where the file should go");
        let failure = write_whole(&path, b"new").expect_err("cannot replace a folder by a file");
        assert_eq!(failure.path, path);
        assert!(path.is_dir());
    }
}
