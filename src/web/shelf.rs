//! Where the dossiers stand (tủ hồ sơ): the chosen folder, which is a dossier itself or holds dossiers, one folder each.

use std::path::{Path, PathBuf};

use super::answer::Refusal;
use super::{limits, place};
use crate::{dossier, run, vietnamese};

pub struct Shelf {
    folder: PathBuf,
    /// The folder is a dossier itself, and the only one.
    single: bool,
}

impl Shelf {
    /// The shelf of a folder.
    ///
    /// # Errors
    /// What the system says of a folder that is not there or cannot be opened.
    pub fn open(folder: &Path) -> std::io::Result<Shelf> {
        let folder = std::path::absolute(folder)?;
        std::fs::read_dir(&folder)?;
        let single = is_dossier(&folder);
        Ok(Shelf { folder, single })
    }

    /// The folder of someone who only double-clicks: the dossier the program lies in, else `thidua` among the documents.
    ///
    /// # Errors
    /// There is no home folder, or the folder cannot be made.
    pub fn of_user() -> std::io::Result<PathBuf> {
        let here = std::env::current_dir()?;
        if dossier::definition(&here).is_ok() {
            return Ok(here);
        }
        let home = std::env::home_dir().ok_or(std::io::ErrorKind::NotFound)?;
        let documents = home.join("Documents");
        let folder = if documents.is_dir() { documents } else { home }.join("thidua");
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn is_single(&self) -> bool {
        self.single
    }

    /// Names of the dossiers, in order.
    pub fn names(&self) -> Vec<String> {
        if self.single {
            return vec![self.own_name()];
        }
        let Ok(entries) = std::fs::read_dir(&self.folder) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .flatten()
            .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_dossier(&entry.path()))
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| place::is_plain(name))
            .take(limits::DOSSIERS)
            .collect();
        names.sort_by_key(|name| (vietnamese::fold(name), name.clone()));
        names
    }

    /// The folder of a dossier.
    ///
    /// # Errors
    /// There is no dossier of this name on the shelf.
    pub fn dossier(&self, name: &str) -> Result<PathBuf, Refusal> {
        let unknown = || Refusal::not_found(format!("Không có hồ sơ “{name}”."));
        if self.single {
            return if name == self.own_name() { Ok(self.folder.clone()) } else { Err(unknown()) };
        }
        let folder = place::inside(&self.folder, name).map_err(|_| unknown())?;
        if name.contains('/') || !folder.is_dir() { Err(unknown()) } else { Ok(folder) }
    }

    /// A folder for a new dossier, with its name.
    ///
    /// # Errors
    /// The name is taken, or there is but one dossier here.
    pub fn free(&self, wished: &str) -> Result<(PathBuf, String), Refusal> {
        if self.single {
            return Err(Refusal::unusable(
                "Chương trình đang mở đúng một hồ sơ; muốn tạo hồ sơ khác, hãy mở thư mục chứa nó.",
            ));
        }
        let name = run::safe_name(&vietnamese::compose(wished.trim()));
        let folder = place::inside(&self.folder, &name)
            .map_err(|_| Refusal::unusable("Tên hồ sơ này không dùng làm tên thư mục được; hãy chọn tên khác."))?;
        if folder.exists() {
            return Err(Refusal::unusable(format!("Đã có hồ sơ hoặc thư mục tên “{name}”; hãy chọn tên khác.")));
        }
        Ok((folder, name))
    }

    fn own_name(&self) -> String {
        self.folder.file_name().map_or_else(|| "hồ sơ".to_string(), |name| name.to_string_lossy().into_owned())
    }
}

fn is_dossier(folder: &Path) -> bool {
    dossier::definition(folder).is_ok() || folder.join("so-lieu").is_dir()
}
