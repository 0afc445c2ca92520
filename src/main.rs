//! The program: [`controlbook::cli::run`] on the process's arguments.

use std::process::ExitCode;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    controlbook::cli::run(std::env::args_os())
}
