//! Codes of findings about writing of results: `KQnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
