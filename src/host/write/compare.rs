//! Whether files on disk hold what they should.
//!
//! Entry: [`holds`], [`same`], [`is_remnant`]. Invariant: only looks, and holds no large file in memory but the one it is given.

use std::fs::{self, File, Metadata};
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::disk::PIECE;
use super::error::failed;

/// Whether a file holds these bytes.
///
/// # Errors
/// When it can't be read.
pub(super) fn holds(place: &Path, metadata: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    if metadata.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let there = fs::read(place).map_err(|error| failed("read", place, &error))?;
    Ok(there == bytes)
}

/// Whether two files hold the same; neither is held in memory.
///
/// # Errors
/// When one can't be read.
pub(super) fn same(one: &Path, other: &Path) -> io::Result<bool> {
    let open = |place: &Path| {
        let file = File::open(place).map_err(|error| failed("read", place, &error))?;
        Ok::<_, io::Error>(BufReader::with_capacity(PIECE, file))
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

/// Whether a file holds nothing but a beginning of another, or zeros in place of its bytes: to replace it loses nothing.
///
/// # Errors
/// When one can't be read.
pub(super) fn is_remnant(place: &Path, whole: &Path) -> io::Result<bool> {
    let open = |place: &Path| {
        let file = File::open(place).map_err(|error| failed("read", place, &error))?;
        Ok::<_, io::Error>(BufReader::with_capacity(PIECE, file).bytes())
    };
    let mut whole = open(whole)?;
    for byte in open(place)? {
        let (byte, wanted) = (byte?, whole.next().transpose()?);
        if byte != 0 && Some(byte) != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}
