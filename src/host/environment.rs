//! What the surroundings say: variables, and this program itself.

/// The value of an environment variable that is set and not empty.
#[must_use]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}

/// The digest of this program's file; of its version, where the file can't be read.
#[must_use]
pub fn program_digest() -> [u8; 32] {
    let bytes = std::env::current_exe().and_then(std::fs::read);
    let bytes = bytes.unwrap_or_else(|_| env!("CARGO_PKG_VERSION").as_bytes().to_vec());
    *blake3::hash(&bytes).as_bytes()
}
