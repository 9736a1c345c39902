//! A new dossier: empty with notes on every heading, or the copy of an example.

use std::path::Path;

use super::example::{Example, examples};
use super::write::write_whole;
use crate::excel;

/// Why no dossier was made (không tạo được hồ sơ).
#[derive(Debug, PartialEq, Eq)]
pub enum NotCreated {
    /// The folder has a definition workbook already.
    Exists,
    /// No example has this name; here are those there are.
    NoExample(Vec<&'static str>),
    /// What the system or the workbook writer says.
    Failed(String),
}

/// Makes a dossier in a folder, which need not be there yet.
///
/// # Errors
/// A definition that is there already is never written over; an unknown example; a refusal of the system.
pub fn new_dossier(directory: &Path, example: Option<&str>) -> Result<(), NotCreated> {
    if directory.join("ho-so.xlsx").exists() {
        return Err(NotCreated::Exists);
    }
    let made = match example {
        None => empty(directory),
        Some(name) => {
            let known = examples();
            match known.iter().find(|example| example.name == name) {
                Some(example) => copy(example, directory),
                None => return Err(NotCreated::NoExample(known.iter().map(|example| example.name).collect())),
            }
        }
    };
    made.map_err(NotCreated::Failed)
}

fn empty(directory: &Path) -> Result<(), String> {
    let workbook = excel::empty_dossier().map_err(|error| error.to_string())?;
    write(&directory.join("ho-so.xlsx"), &workbook)?;
    std::fs::create_dir_all(directory.join("so-lieu")).map_err(|error| error.to_string())
}

/// The definition goes last: a copy that was cut short is not taken for a dossier.
fn copy(example: &Example, directory: &Path) -> Result<(), String> {
    let (definition, rest): (Vec<_>, Vec<_>) =
        example.files().into_iter().partition(|(path, _)| *path == Path::new("ho-so.xlsx"));
    rest.into_iter().chain(definition).try_for_each(|(path, content)| write(&directory.join(path), content))
}

fn write(path: &Path, content: &[u8]) -> Result<(), String> {
    write_whole(path, content).map_err(|failure| failure.cause.to_string())
}
