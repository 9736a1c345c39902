//! Scoring (chấm điểm): rules, totals, ranks, classes, awards and aggregates of a cluster, in exact decimals.
//!
//! Pure: values in, values out, no files. May use `dossier`, the submission's type of `intake`, and `finding`.

mod result;

pub use result::*;
