//! PDF files out of a `word::Document`: line breaking, tables, pages, tags, signature fields, conformance.
//!
//! May use the `Document` of `word` only.
