//! Word files: the package, the built-in templates, filling, and reading a filled file into a [`Document`].
//!
//! Everything that knows WordprocessingML lives here; page layout does not. May use `finding`, `vietnamese` and `chart`.

pub mod annotate;
mod chart;
pub mod comment;
pub mod compose;
mod conform;
pub mod document;
pub mod draft;
pub mod fill;
mod package;
pub mod read;
pub mod xml;

pub use document::Document;
pub use fill::Template;
pub use package::Package;
pub use read::read;
