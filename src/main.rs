//! The program: [`controlbook::cli::run`] on the process's arguments.

use std::process::ExitCode;

fn main() -> ExitCode {
    controlbook::cli::run(std::env::args_os())
}
