//! Codes of findings about submissions: `SLnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
