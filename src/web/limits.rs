//! How much the page takes and does at once. What a workbook may hold is limited in `sheet`, the same for everyone.

use std::time::Duration;

/// Largest file sent in, in bytes: as much as `sheet` reads.
pub const FILE: usize = 32 << 20;
/// Largest body of any request, in bytes: a signed PDF.
pub const BODY_SIZE: usize = crate::signature::LARGEST;
/// Largest form or question sent in, in bytes.
pub const WORDS: usize = 1 << 20;
/// Most files in so-lieu/, and their bytes in all.
pub const FILES: usize = 2_000;
pub const FOLDER: u64 = 1 << 30;
/// Most dossiers that are listed.
pub const DOSSIERS: usize = 500;
/// Longest path inside a dossier, in bytes, and its deepest folder.
pub const PATH: usize = 1_000;
pub const DEPTH: usize = 20;
/// Bytes of all files handed out as one zip.
pub const ZIP: u64 = 512 << 20;

/// Time for the head of a request, for its body, for the answer, and for a whole connection.
pub const HEAD: Duration = Duration::from_secs(5);
pub const BODY: Duration = Duration::from_secs(20);
pub const ANSWER: Duration = Duration::from_secs(120);
pub const CONNECTION: Duration = Duration::from_secs(900);
/// Most connections at once; others wait.
pub const CONNECTIONS: usize = 128;
/// Requests that may come at one blow, and those that may follow in each second.
pub const BURST: f64 = 400.0;
pub const PER_SECOND: f64 = 100.0;

/// Dossiers that are read at once, and papers that are made at once.
pub const READINGS: usize = 2;
pub const JOBS: usize = 2;
/// Finished jobs that are remembered.
pub const FINISHED: usize = 6;
/// Dossiers whose reading is kept.
pub const KEPT: usize = 4;
