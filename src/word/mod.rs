//! Word files: the built-in templates, filling, and reading a filled file into a [`Document`].
//!
//! Everything that knows WordprocessingML lives here; page layout does not. May use `finding`, `vietnamese`, `opc` and
//! `chart`.

pub mod annotate;
mod chart;
pub mod comment;
pub mod compose;
mod conform;
pub mod document;
pub mod draft;
pub mod fill;
mod link;
pub mod read;
pub mod xml;

pub use document::Document;
pub use fill::Template;
pub use read::read;

pub use crate::opc::Package;
