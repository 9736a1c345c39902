//! Codes of findings about templates: `MAUnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
