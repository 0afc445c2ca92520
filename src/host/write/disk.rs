//! The few steps by which a run changes the disk.
//!
//! Entry: [`Disk`]; [`Real`] is the disk, and the tests have one that dies after any step.
//! Invariant: a file gets its own name by a rename only, so that a killed run leaves none half written. That a power loss leaves
//! none either is the work of [`Disk::flush`] before the rename.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::flush::{self, Unflushed};
use crate::output::WriteTo;

/// How many bytes of a large file are written or compared at once.
pub(super) const PIECE: usize = 64 * 1024;

/// What changes the disk, step by step.
pub(super) trait Disk: Sync {
    /// Makes a folder and those above it.
    fn create_folder(&self, place: &Path) -> io::Result<()>;
    /// Makes a file where none may stand; returns by what it is told without reading it.
    fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>>;
    /// Makes a file that is written piece by piece.
    fn write_file(&self, place: &Path, write: WriteTo<'_>) -> io::Result<Option<Stamp>> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        self.create_file(place, &bytes)
    }
    /// Gives a file another name, instead of what bears it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a link itself.
    fn remove_file(&self, place: &Path) -> io::Result<()>;
    /// Removes a folder that is empty.
    fn remove_folder(&self, place: &Path) -> io::Result<()>;
    /// Makes files and the names in folders durable. Until then a power loss may leave a file without its bytes, and each
    /// name in a folder as it was before.
    fn flush(&self, unflushed: &Unflushed) -> io::Result<()>;
}

/// What a file is told by without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// In bytes.
    size: u64,
    /// In nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    /// The stamp of a file; none where the system keeps no usable time.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = u64::try_from(since.as_nanos()).ok()?;
        Some(Self {
            size: metadata.len(),
            modified,
        })
    }
}

/// The disk itself.
pub(super) struct Real;

impl Disk for Real {
    fn create_folder(&self, place: &Path) -> io::Result<()> {
        fs::create_dir_all(place)
    }

    fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let mut file = File::create_new(place)?;
        file.write_all(bytes)?;
        Ok(Stamp::of(&file.metadata()?))
    }

    fn write_file(&self, place: &Path, write: WriteTo<'_>) -> io::Result<Option<Stamp>> {
        let mut file = BufWriter::with_capacity(PIECE, File::create_new(place)?);
        write(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Stamp::of(&file.metadata()?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, place: &Path) -> io::Result<()> {
        fs::remove_file(place)
    }

    fn remove_folder(&self, place: &Path) -> io::Result<()> {
        fs::remove_dir(place)
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        flush::flush(unflushed)
    }
}
