//! The definition of a year's emulation (hồ sơ): clusters, units, criteria and their rules, as ho-so.xlsx states them.
//!
//! Here live the model and its reader. Submissions, marks and papers do not. May use `sheet`, `vietnamese`, `finding`.

pub mod in_words;
mod lookup;
mod matrix;
mod model;
mod reader;
mod unit_figures;

pub use lookup::{Lookup, UnitMatch, code_key};
pub use matrix::{Matrix, find_matrix};
pub use model::*;
pub use reader::{Field, RULE_WORDS, definition, fields, other_names, read};
pub use unit_figures::UnitFigures;
