//! The built-in templates: out of their reviewable text in `templates/` into Word packages.
//!
//! `source` reads the text, `profile` holds the presentation rules, `build` composes with docx-rs; `word::conform`
//! then brings the package to the schema. Filling is not done here.

mod build;
mod inline;
mod profile;
mod source;
mod styles;
#[cfg(test)]
mod tests;

use std::fmt;
use std::io::Cursor;

use super::comment::{Anchor, Comment, write};
use super::{Package, conform};

pub(crate) use profile::LANGUAGE;

/// Id of the multi-level numbering of headings.
pub(crate) const HEADING_NUMBERING: usize = 2;
/// Id of the style of the room for a signature, and of the tiny paragraph that ends a section.
pub(crate) const ROOM_STYLE: &str = "OKy";
pub(crate) const FILLER_STYLE: &str = "CuoiPhan";

/// The outputs that have a built-in Word template, with their sources.
const SOURCES: [(&str, &str); 8] = [
    ("bao-cao-tong-ket", include_str!("../../../templates/bao-cao-tong-ket.txt")),
    ("giao-uoc", include_str!("../../../templates/giao-uoc.txt")),
    ("bien-ban-binh-xet", include_str!("../../../templates/bien-ban-binh-xet.txt")),
    ("to-trinh-khen-thuong", include_str!("../../../templates/to-trinh-khen-thuong.txt")),
    ("so-ket-nhiem-ky", include_str!("../../../templates/so-ket-nhiem-ky.txt")),
    ("xep-hang", include_str!("../../../templates/xep-hang.txt")),
    ("phieu-diem", include_str!("../../../templates/phieu-diem.txt")),
    (TAG_LIST, include_str!("../../../templates/danh-muc-the.txt")),
];

/// The list of tags, which is no paper: `templates --tags` fills it.
pub const TAG_LIST: &str = "danh-muc-the";

/// Names of the outputs that have a built-in Word template.
pub fn names() -> impl Iterator<Item = &'static str> {
    SOURCES.iter().map(|(name, _)| *name).filter(|name| *name != TAG_LIST)
}

/// The built-in template of an output, such as `giao-uoc`: a Word file with tags, ready to be filled or to be changed
/// in Word. The same bytes each time.
///
/// # Errors
/// An output without a template; a source that cannot be read, with its line.
pub fn template(name: &str) -> Result<Package, ComposeError> {
    let (_, text) = SOURCES
        .iter()
        .find(|(other, _)| *other == name)
        .ok_or_else(|| ComposeError::new(0, "there is no built-in template of this name".to_string()).of(name))?;
    compose(text).map_err(|error| error.of(name))
}

/// The built-in template as it is handed out: with a first comment that explains what it is and how to change it.
///
/// # Errors
/// As [`template`].
pub fn handed_out(name: &str) -> Result<Package, ComposeError> {
    const GUIDANCE: &str = include_str!("../../../templates/loi-dan.txt");
    let mut package = template(name)?;
    let paragraphs = GUIDANCE.lines().map(str::to_string).collect();
    let guidance = Comment { anchor: Anchor::default(), paragraphs };
    write(&mut package, &[guidance]).map_err(|error| ComposeError::new(0, error).of(name))?;
    Ok(package)
}

/// Composes the text of a template source.
fn compose(text: &str) -> Result<Package, ComposeError> {
    let source = source::parse(text)?;
    let (document, additions) = build::build(&source)?;
    let mut bytes = Vec::new();
    document.pack(Cursor::new(&mut bytes)).map_err(|error| ComposeError::new(0, error.to_string()))?;
    let package = Package::read(&bytes).map_err(|error| ComposeError::new(0, error))?;
    conform::conform(package, &additions).map_err(|error| ComposeError::new(0, error))
}

/// A template source that cannot be composed: a fault of the program's own text, found by its tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComposeError {
    /// The output's name.
    pub name: String,
    /// Line of the source, 0 where no single line is at fault.
    pub line: usize,
    pub message: String,
}

impl ComposeError {
    fn new(line: usize, message: String) -> Self {
        ComposeError { name: String::new(), line, message }
    }

    fn of(mut self, name: &str) -> Self {
        self.name = name.to_string();
        self
    }
}

impl fmt::Display for ComposeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "templates/{}.txt:{}: {}", self.name, self.line, self.message)
    }
}

impl std::error::Error for ComposeError {}
