//! Locks the folder of a site against concurrent runs.
//!
//! Entry: [`folder_exists`], [`lock`]. Invariant: a symbolic link is never taken for the folder that it points to.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::io_error;

/// The path without a trailing slash, which would make a symbolic link look like a folder.
pub(super) fn trim_trailing_slash(folder: &Path) -> PathBuf {
    let path: PathBuf = folder.components().collect();
    if path.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        path
    }
}

/// Whether the folder exists.
///
/// # Errors
/// When the path is a symbolic link or a file, or can't be read.
pub(super) fn folder_exists(folder: &Path) -> io::Result<bool> {
    let message = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(io_error("read", folder, &error)),
        Ok(metadata) if metadata.is_dir() => return Ok(true),
        Ok(metadata) if metadata.is_symlink() => "a link: name the folder that it leads to",
        Ok(_) => "a file: name a folder",
    };
    let message = format!(
        "the site can't be in `{}`, which is {message}",
        folder.display()
    );
    Err(io::Error::new(ErrorKind::NotADirectory, message))
}

/// An exclusive lock on a folder, released on drop.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file is not enough: a subprocess that starts at this moment inherits the descriptor.
        self.0.unlock().ok();
    }
}

/// Locks a folder; `None` where the system does not support it.
///
/// # Errors
/// When another run holds the lock.
pub(super) fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    let Ok(handle) = File::open(folder) else {
        return Ok(None);
    };
    match handle.try_lock() {
        Ok(()) => Ok(Some(Lock(handle))),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let message = format!(
                "another run is writing to `{}`: wait for its end",
                folder.display()
            );
            Err(io::Error::new(ErrorKind::ResourceBusy, message))
        }
    }
}
