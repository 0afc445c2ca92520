//! The operations by which a run changes the disk.
//!
//! Entry: [`Disk`], implemented by [`RealDisk`], and in tests by disks that fail after any operation.
//! Invariant: a file gets its final path only by a rename, so that a killed run leaves no partial file. [`Disk::flush`] before
//! the rename ensures the same for a power loss.

use std::fs::{self, File, Metadata};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use super::flush::{self, Unflushed};
use crate::output::WriteBytes;

/// Buffer size for writing and comparing large files, in bytes.
pub(super) const BUFFER_SIZE: usize = 64 * 1024;

/// The operations that change the disk.
pub(super) trait Disk: Sync {
    /// Creates a folder and its parents.
    fn create_folder(&self, location: &Path) -> io::Result<()>;
    /// Creates a new file; fails if it exists. Returns its size and mtime.
    fn create_file(&self, location: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>>;
    /// Creates a new file that is streamed.
    fn write_file(&self, location: &Path, write: WriteBytes<'_>) -> io::Result<Option<Stamp>> {
        let mut bytes = Vec::new();
        write(&mut bytes)?;
        self.create_file(location, &bytes)
    }
    /// Renames a file, replacing an existing one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file, or a symbolic link but not its target.
    fn remove_file(&self, location: &Path) -> io::Result<()>;
    /// Removes an empty folder.
    fn remove_folder(&self, location: &Path) -> io::Result<()>;
    /// Makes the bytes of files and the entries of folders durable. Before that, a power loss may leave a file without its bytes
    /// and undo any change to an entry.
    fn flush(&self, unflushed: &Unflushed) -> io::Result<()>;
}

/// Size and mtime, to detect a change without reading the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// In bytes.
    size: u64,
    /// In nanoseconds since 1970.
    modified: u64,
}

impl Stamp {
    /// The stamp of a file; `None` if the system has no usable mtime.
    pub fn from_metadata(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let modified = u64::try_from(modified.as_nanos()).ok()?;
        Some(Self {
            size: metadata.len(),
            modified,
        })
    }
}

/// The operations of the operating system.
pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_folder(&self, location: &Path) -> io::Result<()> {
        fs::create_dir_all(location)
    }

    fn create_file(&self, location: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let mut file = File::create_new(location)?;
        file.write_all(bytes)?;
        Ok(Stamp::from_metadata(&file.metadata()?))
    }

    fn write_file(&self, location: &Path, write: WriteBytes<'_>) -> io::Result<Option<Stamp>> {
        let mut file = BufWriter::with_capacity(BUFFER_SIZE, File::create_new(location)?);
        write(&mut file)?;
        let file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(Stamp::from_metadata(&file.metadata()?))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, location: &Path) -> io::Result<()> {
        fs::remove_file(location)
    }

    fn remove_folder(&self, location: &Path) -> io::Result<()> {
        fs::remove_dir(location)
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        flush::flush(unflushed)
    }
}
