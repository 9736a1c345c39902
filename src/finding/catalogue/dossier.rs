//! Codes of findings about the definition workbook (ho-so.xlsx): `HSnn`.

use super::Code;

/// All of them, in order.
pub const CODES: &[&Code] = &[];
