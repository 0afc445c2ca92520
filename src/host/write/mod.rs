//! Writes a built site to disk: only differing files are written, and only files of earlier runs are deleted.
//!
//! Entry: [`Stage`], which receives the files as they are made, or [`write()`] for a complete site; also [`is_up_to_date`] and
//! [`clean`].
//!
//! Invariants:
//! - At every moment, and after a kill at any moment, each file is whole, old or new, and every link that a reader can follow
//!   from the old pages or from the home page leads to a file.
//! - After a power loss at any moment, each file is whole, old or new, or missing. This may differ from file to file, so that a
//!   link can be dead until the next run. A finished run loses nothing, as far as the system's flush keeps its promise.
//! - Whatever a kill or a power loss leaves, the next run produces the same site as in an empty folder, and an incomplete site is
//!   never considered up to date.
//! - No file is replaced or deleted that no run wrote: the manifest lists the site's files. If the manifest and its backup are
//!   both lost, a file is replaced only if it is a remnant of the new file.

mod compare;
mod disk;
mod error;
mod execute;
mod flush;
mod gate;
mod lock;
mod manifest;
mod mount;
mod names;
mod ownership;
mod plan;
mod stage;
#[cfg(test)]
mod tests;

use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;

use self::disk::{Disk, RealDisk, Stamp};
use self::error::io_error;
use self::execute::delete_file;
use self::flush::Unflushed;
use self::lock::{folder_exists, lock, trim_trailing_slash};
use self::manifest::Manifest;
use self::mount::refuse_mounts;
use self::names::{FILE_LIST, MANIFEST};
use self::ownership::{has_leftovers, remove_leftovers, site_manifest};
use self::plan::{PathState, path_state};
pub use self::stage::Stage;
use crate::output::{Outputs, Sink};

/// How many files of the site a run changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct WriteSummary {
    /// Created files.
    pub new: usize,
    /// Files whose bytes changed.
    pub changed: usize,
    /// Files that were the same already, and were not touched.
    pub unchanged: usize,
    /// Deleted files, which the site no longer has.
    pub deleted: usize,
}

/// Makes a folder hold exactly `outputs`, beside files that are not the site's; see [`Stage::finish`].
///
/// # Errors
/// Those of [`Stage::open`] and [`Stage::finish`].
pub fn write(folder: &Path, outputs: &Outputs, inputs_digest: &str) -> io::Result<WriteSummary> {
    write_to(&RealDisk, folder, outputs, inputs_digest)
}

/// Whether a folder holds the site made from these inputs, judged by its manifest and by the sizes and mtimes of its files.
/// False if a killed run left staged files.
#[must_use]
pub fn is_up_to_date(folder: &Path, inputs_digest: &str) -> bool {
    unchanged_manifest(folder, inputs_digest).is_some()
}

/// Like [`is_up_to_date`], and the run that wrote the site reported no diagnostics.
#[must_use]
pub fn is_up_to_date_and_quiet(folder: &Path, inputs_digest: &str) -> bool {
    unchanged_manifest(folder, inputs_digest).is_some_and(|it| it.quiet)
}

/// Whether a folder may hold a site: it has a manifest or its backup.
#[must_use]
pub fn may_hold_site(folder: &Path) -> bool {
    [MANIFEST, FILE_LIST]
        .iter()
        .any(|it| folder.join(it).is_file())
}

/// The manifest of the site made from these inputs, if all files are unchanged since.
fn unchanged_manifest(folder: &Path, inputs_digest: &str) -> Option<Manifest> {
    let folder = &trim_trailing_slash(folder);
    if !folder_exists(folder).ok()? || has_leftovers(folder) {
        return None;
    }
    let manifest = Manifest::read(folder).ok()??;
    if manifest.inputs.is_empty() || manifest.inputs != inputs_digest {
        return None;
    }
    let is_unchanged = |(path, stamp): (&String, &Option<Stamp>)| match path_state(folder, path) {
        Ok(PathState::File(metadata)) => {
            stamp.is_some() && Stamp::from_metadata(&metadata) == *stamp
        }
        _ => false,
    };
    manifest
        .files
        .par_iter()
        .all(is_unchanged)
        .then_some(manifest)
}

/// Removes the site from a folder: the files in the manifest, the folders that this empties, and the manifest. Returns how many
/// files of the site were removed; 0 for a missing or empty folder.
///
/// # Errors
/// When the folder is a symbolic link or a file, holds files but no manifest, or is being written by another run; when an I/O
/// operation fails.
pub fn clean(folder: &Path) -> io::Result<usize> {
    clean_from(&RealDisk, folder)
}

fn write_to(
    disk: &dyn Disk,
    folder: &Path,
    outputs: &Outputs,
    inputs_digest: &str,
) -> io::Result<WriteSummary> {
    let stage = Stage::open_on(disk, folder)?;
    for (path, bytes) in outputs.iter() {
        stage.put(path, bytes);
    }
    stage.finish(inputs_digest, false)
}

fn clean_from(disk: &dyn Disk, folder: &Path) -> io::Result<usize> {
    let folder = &trim_trailing_slash(folder);
    if !folder_exists(folder)? {
        return Ok(0);
    }
    let _lock = lock(folder)?;
    let manifest = site_manifest(folder)?;
    if manifest.as_ref().is_some_and(|it| it.is_lost) {
        let folder = folder.display();
        let message = format!(
            "the list of what builds wrote into `{folder}` is lost: build again, which makes a new \
             one, or remove the folder yourself"
        );
        return Err(io::Error::new(ErrorKind::InvalidData, message));
    }
    let paths = || manifest.iter().flat_map(|it| it.files.keys());
    refuse_mounts(folder, paths().map(String::as_str))?;
    remove_leftovers(disk, folder)?;
    let mut deleted = 0;
    let mut unflushed = Unflushed::default();
    for path in paths() {
        deleted += usize::from(delete_file(disk, folder, path)?);
        unflushed.add_name(folder, path);
    }
    // The manifest goes last: after a power loss, files without one would belong to nobody.
    disk.flush(&unflushed)?;
    for name in [FILE_LIST, MANIFEST] {
        let location = folder.join(name);
        match disk.remove_file(&location) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(io_error("remove", &location, &error));
            }
            _ => {}
        }
    }
    Ok(deleted)
}
