//! What a build is asked for.

use std::path::PathBuf;

use super::request::Request;

/// What a build is asked for.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Where the files go.
    pub out: PathBuf,
    pub only: Request,
    /// Write nothing when there is an error.
    pub strict: bool,
    /// Where the files lie at last: `out`, or the folder that the caller moves them to. What lies there and has not changed is
    /// not made again. None: they are looked at and thrown away, and nothing is remembered of them.
    pub settled: Option<PathBuf>,
    /// Make everything anew, also what has not changed since the last build.
    pub fresh: bool,
    /// Give the results in [`super::Built::results`].
    pub results: bool,
}
