//! Guarded reading of any spreadsheet into a `Grid` (value, number format, font, hidden, merged). Limits live here only.
//!
//! May use `finding` and `vietnamese`.
