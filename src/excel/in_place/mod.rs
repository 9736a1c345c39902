//! A workbook that someone else made, changed in place: cells at fault coloured and commented (`marked_copy`), or given another
//! value (`changed_cells`); all else byte for byte.
//!
//! It works on the parts of the file by cutting in where something changes (`cut`), so that nothing that is not
//! understood is lost. `sheet`, `styles`, `comments` and `drawing` know one part each, `package` how they hang together.

mod archive;
mod change;
mod comments;
mod cut;
mod drawing;
mod package;
mod sheet;
mod styles;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use change::{CellChange, NewValue, changed_cells};

use crate::finding::{CellAddress, Severity};
use archive::Archive;
use package::{Book, Relations};
use styles::Styles;

/// What is to be said at a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Name of the sheet, composed and trimmed as findings give it.
    pub sheet: String,
    pub cell: CellAddress,
    /// The graver of two colours a cell.
    pub severity: Severity,
    pub words: String,
}

/// Why a file cannot be changed in place; the text follows “…: ”.
#[derive(Debug, PartialEq, Eq)]
pub struct Unmarkable(String);

impl Unmarkable {
    pub(super) fn new(why: impl Into<String>) -> Self {
        Unmarkable(why.into())
    }

    /// A part that is not as it should be.
    fn part(name: &str) -> Self {
        Unmarkable(format!("phần {name} trong tệp thiếu hoặc sai quy cách"))
    }
}

impl std::fmt::Display for Unmarkable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unmarkable {}

/// What is said at one cell: the graver severity, and all words.
type Notes = BTreeMap<CellAddress, (Severity, Vec<String>)>;

/// The same .xlsx or .xlsm with a colour and a comment at each mark; comments that were there stay.
///
/// # Errors
/// Why the file cannot be marked: it is another kind of file, or its parts do not hang together.
pub fn marked_copy(bytes: &[u8], marks: &[Mark]) -> Result<Vec<u8>, Unmarkable> {
    let mut archive = Archive::open(bytes)?;
    let book = Book::read(&mut archive)?;
    let mut by_sheet: BTreeMap<&str, Notes> = BTreeMap::new();
    for mark in marks {
        let notes = by_sheet.entry(&mark.sheet).or_default();
        let (severity, words) = notes.entry(mark.cell).or_insert((mark.severity, Vec::new()));
        *severity = mark.severity.min(*severity);
        words.push(mark.words.clone());
    }
    let mut styles = match &book.styles {
        Some(part) => Some(Styles::read(archive.text(part)?)?),
        None => None,
    };
    for (name, notes) in by_sheet {
        let part = book.sheet(name).ok_or_else(|| Unmarkable::new(format!("không thấy trang tính “{name}”")))?;
        mark_sheet(&mut archive, part, notes, styles.as_mut())?;
    }
    if let (Some(styles), Some(part)) = (styles, &book.styles) {
        archive.replace(part, styles.finish());
    }
    archive.finish()
}

fn mark_sheet(
    archive: &mut Archive,
    part: &str,
    notes: Notes,
    mut styles: Option<&mut Styles>,
) -> Result<(), Unmarkable> {
    let text = archive.text(part)?;
    let survey = sheet::Survey::of(&text).ok_or_else(|| Unmarkable::part(part))?;
    let notes = survey.at_anchors(notes);
    let mut relations = Relations::of(archive, part)?;
    let mut edits = sheet::colour(&text, &survey, &notes, |base, severity| match &mut styles {
        Some(styles) => styles.coloured(base, severity),
        None => base,
    })
    .ok_or_else(|| Unmarkable::part(part))?;
    let fresh = comments::add(archive, &mut relations, &notes)?;
    let drawing = survey.drawing.as_deref().and_then(|id| relations.target(id));
    match drawing {
        Some(drawing) => drawing::extend(archive, &drawing, &fresh)?,
        None if fresh.is_empty() => {}
        None => {
            let id = drawing::create(archive, &mut relations, &fresh)?;
            edits.extend(survey.link_drawing(&text, &id));
        }
    }
    relations.save(archive);
    archive.replace(part, cut::apply(&text, edits));
    Ok(())
}
