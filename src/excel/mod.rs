//! Excel files that the program writes: ranking workbook, summary, findings workbook.
//!
//! May use `dossier`, `scoring`, `finding`, `vietnamese`.
