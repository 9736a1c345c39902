//! The example dossiers, compiled into the program so that they are at hand on any desk.

use include_dir::{Dir, include_dir};

static FIXTURES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/fixtures");

/// An example dossier (hồ sơ ví dụ).
pub struct Example {
    pub name: &'static str,
    folder: &'static Dir<'static>,
}

/// Every example: the folders of fixtures/ that hold a definition workbook.
pub fn examples() -> Vec<Example> {
    let named = |folder: &'static Dir<'static>| Some(Example { name: folder.path().to_str()?, folder });
    FIXTURES
        .dirs()
        .filter(|folder| folder.get_file(folder.path().join("ho-so.xlsx")).is_some())
        .filter_map(named)
        .collect()
}

impl Example {
    /// Every file with its path inside the dossier.
    pub(super) fn files(&self) -> Vec<(&'static std::path::Path, &'static [u8])> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder];
        while let Some(folder) = folders.pop() {
            let inside = |file: &'static include_dir::File| file.path().strip_prefix(self.name).ok();
            found.extend(folder.files().filter_map(|file| Some((inside(file)?, file.contents()))));
            folders.extend(folder.dirs());
        }
        found.sort();
        found
    }
}
