//! The run: read a dossier, score it, write its papers; each file replaced whole or not at all.
//!
//! The only room that joins the others; `cli` (and later the page) call it.

pub mod result_file;
