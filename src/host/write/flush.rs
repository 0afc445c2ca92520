//! Makes changes durable, so that they survive a power loss.
//!
//! Entry: [`Unflushed`] collects what must be durable before the next step, [`flush`] flushes it. Invariant: when [`flush`]
//! returns without an error, the system has confirmed that all bytes and entries are durable.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::io_error;
use super::names::folders_above;

/// Up to this number, files and folders are flushed one by one: flushing the whole file system would also wait for the writes of
/// other programs.
const MAX_SINGLE_FLUSHES: usize = 16;

/// Changes that are not yet durable.
#[derive(Debug, Default)]
pub(super) struct Unflushed {
    /// Files whose bytes are not durable.
    pub files: BTreeSet<PathBuf>,
    /// Folders whose entries are not durable.
    pub folders: BTreeSet<PathBuf>,
}

impl Unflushed {
    /// Adds the folder that holds a path of the site, and its parents, whose entries may have changed.
    pub fn add_name(&mut self, folder: &Path, path: &str) {
        self.folders.insert(folder.to_owned());
        for parent in folders_above(path) {
            self.folders.insert(folder.join(parent));
        }
    }
}

/// Flushes the bytes of files and the entries of folders. Folders that no longer exist are skipped.
///
/// # Errors
/// When the system reports an error, for example a failed write of the device.
pub(super) fn flush(unflushed: &Unflushed) -> io::Result<()> {
    let Unflushed { files, folders } = unflushed;
    if files.len() + folders.len() > MAX_SINGLE_FLUSHES {
        let first = files.first().or(folders.first());
        if first.is_some_and(|it| flush_file_system(it)) {
            return Ok(());
        }
    }
    files.par_iter().try_for_each(|it| flush_file(it))?;
    folders.par_iter().try_for_each(|it| flush_folder(it))
}

/// Flushes the whole file system that holds a path. Returns false if this is unsupported or reported an error, perhaps of
/// another program's file: then each file is flushed by itself.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush_file_system(location: &Path) -> bool {
    File::open(location).is_ok_and(|it| rustix::fs::syncfs(it).is_ok())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn flush_file_system(_: &Path) -> bool {
    false
}

fn flush_file(location: &Path) -> io::Result<()> {
    // Windows can only flush files that are open for writing.
    let file = File::options().write(true).open(location);
    file.and_then(|it| it.sync_all())
        .map_err(|error| io_error("write", location, &error))
}

#[cfg(unix)]
fn flush_folder(location: &Path) -> io::Result<()> {
    match File::open(location).and_then(|it| it.sync_all()) {
        // Some file systems keep entries durable by themselves and refuse to flush a folder. A folder without read permission
        // can't be opened for flushing.
        Err(error)
            if !matches!(
                error.kind(),
                ErrorKind::NotFound
                    | ErrorKind::NotADirectory
                    | ErrorKind::InvalidInput
                    | ErrorKind::PermissionDenied
                    | ErrorKind::Unsupported
            ) =>
        {
            Err(io_error("write", location, &error))
        }
        _ => Ok(()),
    }
}

/// Folders can't be opened on other systems; their file systems journal the entries.
#[cfg(not(unix))]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
