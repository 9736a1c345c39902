//! Codes of findings about scoring: `CDnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
