//! The program `thidua`: hands the arguments to `cli` and its answer to the shell.

fn main() -> std::process::ExitCode {
    thidua::cli::main()
}
