//! Guarded reading of any spreadsheet into a `Grid` (value, number format, font, hidden, merged). Limits live here only.
//!
//! May use `finding` and `vietnamese`.

mod csv;
mod figure;
mod grid;
mod guard;
mod headings;
mod limit;
mod number_format;
mod ods;
mod old;
mod package;
mod text;
mod worker;
mod xlsx;
mod xml;

pub use figure::{Figure, FigureFault, Measure, read_figure};
pub use grid::{Cell, Grid, Merge, SheetName, Value, Visibility, Workbook};
pub use headings::{Column, Table, find_table};
pub use limit::Limits;
pub use worker::{allow_worker, serve_if_asked};

use std::io::Read;
use std::path::Path;

use crate::finding::catalogue::sheet as codes;
use crate::finding::{Finding, Place};
use guard::Kind;
use old::OldFormat;

/// Reads a spreadsheet file. `file_name` is its path inside the dossier, for findings.
///
/// The kind of file is told by its content, not by its ending. Whatever the bytes are, this gives a workbook or one
/// finding that names the file and what to do.
pub fn read(bytes: &[u8], file_name: &str) -> Result<Workbook, Finding> {
    read_within(bytes, file_name, &Limits::USUAL)
}

/// The same within limits of its own, which hold for .xlsx; the other kinds have the usual ones.
pub fn read_within(bytes: &[u8], file_name: &str, limits: &Limits) -> Result<Workbook, Finding> {
    match guard::admit(bytes, file_name, limits)? {
        Kind::Xlsx(package) => xlsx::read(package, file_name),
        Kind::Csv => csv::read(bytes, file_name),
        Kind::Ods => ods::read(bytes, file_name),
        Kind::Xls => worker::read(bytes, OldFormat::Xls, file_name),
        Kind::Xlsb => worker::read(bytes, OldFormat::Xlsb, file_name),
    }
}

/// The bytes of a spreadsheet file, unless it is larger than any that is read; `file_name` as for [`read`].
///
/// # Errors
/// One finding: the file does not open, or it is too large.
pub fn load(path: &Path, file_name: &str) -> Result<Vec<u8>, Finding> {
    load_within(path, file_name, &Limits::USUAL)
}

/// The same within limits of its own.
///
/// # Errors
/// As for [`load`].
pub fn load_within(path: &Path, file_name: &str, limits: &Limits) -> Result<Vec<u8>, Finding> {
    let no_access = || {
        let message = format!("Không mở được tệp {file_name}.");
        Finding::new(&codes::NO_ACCESS, Place::file(file_name), message)
    };
    let file = std::fs::File::open(path).map_err(|_| no_access())?;
    let stated = file.metadata().map_err(|_| no_access())?.len();
    guard::admit_size(stated, file_name, limits)?;
    let mut bytes = Vec::with_capacity(stated as usize);
    // a file can grow while it is read
    file.take(stated).read_to_end(&mut bytes).map_err(|_| no_access())?;
    Ok(bytes)
}

/// Whether a file is no data of anyone: lock files of Office and LibreOffice, leavings of Windows and macOS.
pub fn is_leaving(name: &str) -> bool {
    name.starts_with("~$")
        || name.starts_with('.')
        || name.eq_ignore_ascii_case("thumbs.db")
        || name.eq_ignore_ascii_case("desktop.ini")
        || name.eq_ignore_ascii_case("__macosx")
}

#[cfg(test)]
mod agreement;
#[cfg(test)]
pub(crate) mod sample;
#[cfg(test)]
mod tests;
