//! Compares the contents of files.
//!
//! Entry: [`has_bytes`], [`have_same_bytes`], [`is_remnant`]. Invariant: nothing is changed, and large files are streamed.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::disk::BUFFER_SIZE;
use super::error::io_error;

/// Whether a file contains exactly these bytes.
///
/// # Errors
/// When it can't be read.
pub(super) fn has_bytes(location: &Path, metadata: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let existing = fs::read(location).map_err(|error| io_error("read", location, &error))?;
    Ok(existing == bytes)
}

/// Whether two files contain the same bytes. Streams both.
///
/// # Errors
/// When one can't be read.
pub(super) fn have_same_bytes(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |location: &Path| {
        let file = File::open(location).map_err(|error| io_error("read", location, &error))?;
        Ok::<_, io::Error>(BufReader::with_capacity(BUFFER_SIZE, file))
    };
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let length = a.len().min(b.len());
        if length == 0 {
            return Ok(a.is_empty() && b.is_empty());
        }
        if a[..length] != b[..length] {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Whether each byte of a file is zero or that of `whole` at the same offset, as a power loss may leave it: replacing such a
/// file loses nothing.
///
/// # Errors
/// When one can't be read.
pub(super) fn is_remnant(location: &Path, whole: &Path) -> io::Result<bool> {
    let open = |location: &Path| {
        let file = File::open(location).map_err(|error| io_error("read", location, &error))?;
        Ok::<_, io::Error>(BufReader::with_capacity(BUFFER_SIZE, file).bytes())
    };
    let mut whole = open(whole)?;
    for byte in open(location)? {
        let (byte, wanted) = (byte?, whole.next().transpose()?);
        if byte != 0 && Some(byte) != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}
