//! The built-in templates written into a dossier's mau/, to be changed in Word and Excel.

use std::path::Path;

use super::write::write_whole;
use crate::excel;
use crate::paper::Paper;
use crate::word::compose;

/// A template that was to be handed out (mẫu có sẵn).
#[derive(Debug)]
pub struct HandedOut {
    /// Path inside the dossier with `/`.
    pub path: String,
    /// The example of a workbook with tags, which replaces nothing where it lies.
    pub is_example: bool,
    pub outcome: HandingOut,
}

/// What became of it.
#[derive(Debug)]
pub enum HandingOut {
    Written,
    /// There was one already, perhaps changed by the office.
    Kept,
    /// Why it could not be made or written.
    Failed(String),
}

/// Writes the Word template of every paper, and the example of a ranking workbook with tags. Files that are there already stay,
/// unless `force` says otherwise.
pub fn hand_out_templates(directory: &Path, force: bool) -> Vec<HandedOut> {
    let word = Paper::ALL.map(|paper| (format!("mau/{}.docx", paper.name()), Some(paper)));
    // not in mau/ itself: there it would take the place of the built-in workbook with its live formulas
    let example = ("mau/vi-du/xep-hang.xlsx".to_string(), None);
    let hand_out = |(path, paper): (String, Option<Paper>)| {
        let target = path.split('/').fold(directory.to_path_buf(), |target, step| target.join(step));
        let outcome = if target.exists() && !force {
            HandingOut::Kept
        } else {
            let written = content(paper)
                .and_then(|bytes| write_whole(&target, &bytes).map_err(|failure| failure.cause.to_string()));
            written.map_or_else(HandingOut::Failed, |()| HandingOut::Written)
        };
        HandedOut { path, is_example: paper.is_none(), outcome }
    };
    word.into_iter().chain([example]).map(hand_out).collect()
}

/// The template of a paper, or the example of a workbook with tags.
fn content(paper: Option<Paper>) -> Result<Vec<u8>, String> {
    let Some(paper) = paper else { return Ok(excel::EXAMPLE.to_vec()) };
    let package = compose::handed_out(paper.name()).map_err(|error| error.to_string())?;
    package.to_bytes().map_err(|error| error.to_string())
}
