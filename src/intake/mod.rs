//! Submissions (báo cáo của đơn vị): what the units sent in, bound to units and criteria, each value with its cell.
//!
//! Finding the table, binding the unit and reading the values live here; marks do not. May use `dossier`, `sheet`,
//! `vietnamese`, `finding`.

mod submission;

pub use submission::*;
