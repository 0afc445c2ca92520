//! Makes what was written survive a power loss.
//!
//! Entry: [`Unflushed`] gathers what must be durable before the next step, [`flush`] makes it so. Invariant: when [`flush`]
//! returns, the system has been told to make each file's bytes and each folder's names durable, and has not refused.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::error::failed;
use super::names::folders_above;

/// Up to here, files and folders are flushed one by one: to flush the whole file system would also wait for what other
/// programs have written to it.
const FEW: usize = 16;

/// What a power loss could still take.
#[derive(Debug, Default)]
pub(super) struct Unflushed {
    /// Files whose bytes are not durable.
    pub files: BTreeSet<PathBuf>,
    /// Folders whose names are not durable.
    pub folders: BTreeSet<PathBuf>,
}

impl Unflushed {
    /// Notes that a name in a folder of the site, or one of the folders above it, may have changed.
    pub fn name(&mut self, folder: &Path, path: &str) {
        self.folders.insert(folder.to_owned());
        for above in folders_above(path) {
            self.folders.insert(folder.join(above));
        }
    }
}

/// Flushes files and the names in folders; a folder that is gone again needs none.
///
/// # Errors
/// When the system refuses, for example because the device reports that it could not write.
pub(super) fn flush(unflushed: &Unflushed) -> io::Result<()> {
    let Unflushed { files, folders } = unflushed;
    if files.len() + folders.len() > FEW {
        let first = files.first().or(folders.first());
        if first.is_some_and(|it| flush_file_system(it)) {
            return Ok(());
        }
    }
    files.par_iter().try_for_each(|it| flush_file(it))?;
    folders.par_iter().try_for_each(|it| flush_folder(it))
}

/// Flushes all that was written to the file system that holds a place; not where the system can't, or where anything of it
/// failed, be it ours or another program's: then each file tells for itself.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn flush_file_system(place: &Path) -> bool {
    File::open(place).is_ok_and(|it| rustix::fs::syncfs(it).is_ok())
}

#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn flush_file_system(_: &Path) -> bool {
    false
}

fn flush_file(place: &Path) -> io::Result<()> {
    // Windows flushes only what is open for writing.
    let file = File::options().write(true).open(place);
    file.and_then(|it| it.sync_all())
        .map_err(|error| failed("write", place, &error))
}

#[cfg(unix)]
fn flush_folder(place: &Path) -> io::Result<()> {
    match File::open(place).and_then(|it| it.sync_all()) {
        // Some file systems keep names without being told, and say that a folder can't be flushed. One that can't be read
        // can't be opened for it.
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
            Err(failed("write", place, &error))
        }
        _ => Ok(()),
    }
}

/// A folder can't be opened there; the file system keeps its names by a journal.
#[cfg(not(unix))]
fn flush_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
