//! I/O errors with a path.

use std::io;
use std::path::Path;

/// Adds to an I/O error what could not be done, and with which path.
pub(super) fn io_error(verb: &str, location: &Path, error: &io::Error) -> io::Error {
    let location = location.display();
    io::Error::new(error.kind(), format!("cannot {verb} `{location}`: {error}"))
}
