//! Excel files that the program writes: ranking workbook, summary, findings workbook, forms; files that others made, changed
//! in place: marked copies of submissions, other values in cells; and a ranking workbook of the office's own, filled (`fill`).
//!
//! What a cell says comes from `dossier`, `scoring` and `finding`; nothing is scored here. Words, columns and their
//! order stand in `templates/*-excel.txt`. May use `dossier`, `scoring`, `compare`, `collect`, `finding`, `vietnamese`; `fill` knows
//! none of the first three, and uses the XML tree, the package and the filling core of `word`.

mod address;
mod assembly;
mod cell_notes;
mod cells;
mod comparison;
mod copied_out;
mod digits;
mod empty_dossier;
mod fill;
mod findings;
mod form;
mod in_place;
mod layout;
mod measure;
mod page;
mod paper;
mod pen;
mod ranking;
mod remarks;
mod strings;
mod style;
mod summary;

#[cfg(test)]
mod book;

pub use comparison::comparison;
pub use copied_out::{CopiedSheet, CopiedValue, copied_out};
pub use empty_dossier::empty_dossier;
pub use fill::{EXAMPLE, Template};
pub use findings::findings;
pub use form::form;
pub use in_place::{CellChange, Mark, NewValue, Unmarkable, changed_cells, marked_copy};
pub use ranking::{draft_word, ranking};
pub use remarks::remarks;
pub use summary::summary;

/// Why a workbook could not be written.
#[derive(Debug, PartialEq, Eq)]
pub enum WorkbookError {
    /// The built-in layout lacks this, or says it in a form that is not understood.
    Layout(String),
    /// What the writer of workbooks said.
    Writer(String),
}

impl std::fmt::Display for WorkbookError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            WorkbookError::Layout(what) => write!(f, "mẫu bảng tính dựng sẵn thiếu hoặc sai: {what}"),
            WorkbookError::Writer(what) => write!(f, "không ghi được bảng tính: {what}"),
        }
    }
}

impl std::error::Error for WorkbookError {}
