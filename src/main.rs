//! The program `thidua`: hands the arguments to `cli` and its answer to the shell, and names what hands out memory.

use mimalloc::MiMalloc;

/// Papers are trees of many small pieces: the system's own allocator took a fifth of a run, this one a fraction of it
/// (docs/performance.md).
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    thidua::cli::main()
}
