//! Environment variables, and the digest of this program.

use std::fs::File;

/// The value of an environment variable that is set and not empty.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

/// The BLAKE3 digest of this program's executable, or of its version if the executable can't be read.
#[must_use]
pub fn program_digest() -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let file = std::env::current_exe().and_then(File::open);
    if file
        .and_then(|it| hasher.update_reader(it).map(drop))
        .is_err()
    {
        hasher.reset().update(env!("CARGO_PKG_VERSION").as_bytes());
    }
    *hasher.finalize().as_bytes()
}
