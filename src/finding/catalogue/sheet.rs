//! Codes of findings about reading of spreadsheet files: `TEPnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
