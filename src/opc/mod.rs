//! Packages of Office (OPC, ECMA-376 part 2), the zips that `.docx` and `.xlsx` are: their parts, and how parts lead to one
//! another. What stands in a part is the business of `word` and `excel`. Uses nothing of ours.

mod kept;
mod made;
mod package;
mod relationship;

pub use package::Package;
pub use relationship::{relationships_of, resolve, source_of};

/// The part that says of what kind every other part is.
pub const CONTENT_TYPES: &str = "[Content_Types].xml";
/// Namespace of the parts that hold relationships.
pub const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// Namespace of the attributes that name a relationship (`r:id`), and the beginning of the types of relationships.
pub const OFFICE_RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
