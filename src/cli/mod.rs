//! The command line: arguments, one file for each command, progress, exit status. Messages are Vietnamese.
//!
//! Nothing is computed here; it calls `run` (`signature` for a PDF that came back, `web` for the local page). Results go to standard output, the progress bar to standard error.

mod arguments;
mod build;
mod check;
mod collect;
mod compare;
mod explain;
mod forms;
mod new;
mod progress;
mod report;
mod serve;
mod signatures;
mod templates;
mod usage;
mod written;

use clap::Parser;
use std::process::ExitCode;

use arguments::{Arguments, Command, Serve};

/// How a command ended (contract §3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// Done; warnings allowed.
    Done,
    /// There are findings of grade error.
    Findings,
    /// Wrong usage, or no readable dossier.
    Usage,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Findings => 1,
            Status::Usage => 2,
        })
    }
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    // one file of an old binary format is read by a process of its own
    if let Some(status) = crate::sheet::serve_if_asked() {
        return status;
    }
    crate::sheet::allow_worker();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error).into(),
    };
    let command = arguments.command.unwrap_or(Command::Serve(Serve::default()));
    let status = match command {
        Command::New(arguments) => new::run(&arguments),
        Command::Forms(arguments) => forms::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Build(arguments) => build::run(&arguments),
        Command::Collect(arguments) => collect::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Templates(arguments) => templates::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Signatures(arguments) => signatures::run(&arguments),
    };
    status.into()
}

/// Prints to standard output; a reader that closed the pipe early (`| head`) is no fault.
fn say(text: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stdout().lock(), "{text}");
}

/// Prints to standard error.
fn complain(text: impl std::fmt::Display) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}
