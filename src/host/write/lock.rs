//! The folder that a run writes to, and the lock that keeps other runs out of it.
//!
//! Entry: [`is_there`], [`lock`]. Invariant: no link is taken for the folder that it leads to.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::error::failed;

/// The folder's path without a slash at the end, behind which a link would look like a folder.
pub(super) fn without_trailing_slash(folder: &Path) -> PathBuf {
    let path: PathBuf = folder.components().collect();
    if path.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        path
    }
}

/// Whether the folder exists; anything else in its place is refused.
pub(super) fn is_there(folder: &Path) -> io::Result<bool> {
    let why = match fs::symlink_metadata(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(failed("read", folder, &error)),
        Ok(metadata) if metadata.is_dir() => return Ok(true),
        Ok(metadata) if metadata.is_symlink() => "a link: name the folder that it leads to",
        Ok(_) => "a file: name a folder",
    };
    let why = format!(
        "the site can't be in `{}`, which is {why}",
        folder.display()
    );
    Err(io::Error::new(ErrorKind::NotADirectory, why))
}

/// Keeps other runs out of a folder for as long as it lives.
pub(super) struct Lock(File);

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a subprocess that starts at this moment holds a copy.
        self.0.unlock().ok();
    }
}

/// Locks a folder; none where the system can't.
pub(super) fn lock(folder: &Path) -> io::Result<Option<Lock>> {
    let Ok(handle) = File::open(folder) else {
        return Ok(None);
    };
    match handle.try_lock() {
        Ok(()) => Ok(Some(Lock(handle))),
        Err(TryLockError::Error(_)) => Ok(None),
        Err(TryLockError::WouldBlock) => {
            let why = format!(
                "another run is writing to `{}`: wait for its end",
                folder.display()
            );
            Err(io::Error::new(ErrorKind::ResourceBusy, why))
        }
    }
}
