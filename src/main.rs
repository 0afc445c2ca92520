//! The program: [`controlbook::cli::run`] on the process's arguments.

use std::process::ExitCode;

use ahash::random_state::{RandomSource, set_random_source};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The template engine makes a map for each row of a page. The keys of their hashes are random, once for the process; a seed
/// for each map besides would be a counter that all cores wait for.
struct OneSeed;

impl RandomSource for OneSeed {
    fn gen_hasher_seed(&self) -> usize {
        0
    }
}

fn main() -> ExitCode {
    // It can only fail where maps were made before.
    set_random_source(OneSeed).ok();
    controlbook::cli::run(std::env::args_os())
}
