//! Errors of the disk.

use std::io;
use std::path::Path;

/// An error that says what could not be done, and where.
pub(super) fn failed(verb: &str, place: &Path, error: &io::Error) -> io::Error {
    let place = place.display();
    io::Error::new(error.kind(), format!("cannot {verb} `{place}`: {error}"))
}
