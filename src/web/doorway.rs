//! The way in (lối vào): the page opened in the person's browser, without telling the token to others on this machine.
//!
//! On Unix everyone can read the arguments of every process, those of the browser too. So the browser is handed a small file
//! that only its owner may read and that leads on to the page; it goes as soon as somebody has come in with the token.

#[cfg(unix)]
use std::io::Write;
use std::sync::{Mutex, PoisonError};

/// Whether somebody has come in, and by what doorway they may until then.
///
/// The browser can be faster than whoever opened the doorway: one that is brought only after somebody has come in goes at once.
#[derive(Debug, Default)]
pub struct Entrance(Mutex<Way>);

#[derive(Debug, Default)]
enum Way {
    #[default]
    Unopened,
    Open {
        _doorway: Doorway,
    },
    Entered,
}

impl Entrance {
    /// Keeps the doorway until somebody has come in.
    pub fn keep_open(&self, doorway: Doorway) {
        let mut way = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !matches!(*way, Way::Entered) {
            *way = Way::Open { _doorway: doorway };
        }
    }

    /// Somebody has come in with the token.
    pub fn entered(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Way::Entered;
    }
}

/// Stays until somebody has come in.
#[derive(Debug)]
pub struct Doorway {
    /// Removed when the doorway goes.
    #[cfg(unix)]
    _file: tempfile::TempPath,
}

impl Doorway {
    /// Asks the system to open an address in the browser.
    ///
    /// # Errors
    /// There is nothing to open it with.
    #[cfg(unix)]
    pub fn open(address: &str) -> std::io::Result<Doorway> {
        // browsers in a box of their own see the person's folder, but neither hidden files nor those of other programs in /tmp
        let folder = std::env::home_dir().filter(|home| home.is_dir()).unwrap_or_else(std::env::temp_dir);
        let mut file = tempfile::Builder::new().prefix("thidua-mo-trang-").suffix(".html").tempfile_in(folder)?;
        write!(
            file,
            "<!doctype html>\n<html lang=\"vi\">\n<meta charset=\"utf-8\">\n<title>thidua</title>\n\
             <meta http-equiv=\"refresh\" content=\"0; url={address}\">\n\
             <p>Đang mở trang làm việc … <a href=\"{address}\">Bấm vào đây nếu trang không tự mở.</a></p>\n"
        )?;
        let file = file.into_temp_path();
        open::that_detached(&file)?;
        Ok(Doorway { _file: file })
    }

    /// Asks the system to open an address in the browser; other users cannot read what programs are started with.
    ///
    /// # Errors
    /// There is nothing to open it with.
    #[cfg(not(unix))]
    pub fn open(address: &str) -> std::io::Result<Doorway> {
        open::that_detached(address)?;
        Ok(Doorway {})
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn doorway() -> (Doorway, std::path::PathBuf) {
        let file = tempfile::NamedTempFile::new().expect("a file").into_temp_path();
        let path = file.to_path_buf();
        (Doorway { _file: file }, path)
    }

    #[test]
    fn the_file_goes_as_soon_as_somebody_has_come_in() {
        let entrance = Entrance::default();
        let (doorway, file) = doorway();
        entrance.keep_open(doorway);
        assert!(file.exists(), "nobody has come in yet");
        entrance.entered();
        assert!(!file.exists());
    }

    #[test]
    fn a_browser_that_was_faster_leaves_no_file_behind() {
        let entrance = Entrance::default();
        let (doorway, file) = doorway();
        entrance.entered();
        entrance.keep_open(doorway);
        assert!(!file.exists());
    }
}
