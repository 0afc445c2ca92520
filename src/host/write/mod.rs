//! The built site on disk: only what differs is written, only what an earlier run wrote is deleted.
//!
//! Entry: [`Stage`], which takes the files as they are made, or [`write()`] for those that are; beside it [`up_to_date`] and
//! [`clean`].
//!
//! Invariants:
//! - At every moment, and after a kill at any moment, each file is whole, old or new, and every link that a reader can follow
//!   from the pages before, or from the home page, leads to a file.
//! - After a power loss at any moment each file is whole too, old or new, or is not there; which of both may differ from file to
//!   file, so that a link can be dead until the next run. A run that has ended loses nothing. This holds as far as a flush of
//!   the system does what it says.
//! - Whatever a kill or a power loss left, the next run makes the same site as in an empty folder, and no site is taken to be
//!   up to date that is not.
//! - Nothing is replaced or deleted that no run wrote: the manifest lists what is the site's. If it is lost, and the list beside
//!   it too, only a file is replaced that holds nothing but a part of what will stand there.

mod carry_out;
mod compare;
mod disk;
mod error;
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

use self::carry_out::delete;
use self::disk::{Disk, Real, Stamp};
use self::error::failed;
use self::flush::Unflushed;
use self::lock::{is_there, lock, without_trailing_slash};
use self::manifest::Manifest;
use self::mount::refuse_mounts;
use self::names::{LIST, NAME};
use self::ownership::{has_leftovers, own_files, sweep};
use self::plan::{Standing, standing};
pub use self::stage::Stage;
use crate::output::{Outputs, Sink};

/// What a run did to the folder, in files of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files that were not there.
    pub new: usize,
    /// Files that had other bytes.
    pub changed: usize,
    /// Files that stood as they should, and were not touched.
    pub unchanged: usize,
    /// Files that the site no longer has.
    pub deleted: usize,
}

/// Makes a folder hold exactly `outputs`, beside files that are not the site's, as [`Stage::finish`] does.
///
/// # Errors
/// Those of [`Stage::open`] and [`Stage::finish`].
pub fn write(folder: &Path, outputs: &Outputs, inputs_digest: &str) -> io::Result<Written> {
    write_on(&Real, folder, outputs, inputs_digest)
}

/// Whether a folder holds the site made from these inputs, judged by its manifest and by the
/// sizes and times of its files; not where a killed run left files of its own beside them.
#[must_use]
pub fn up_to_date(folder: &Path, inputs_digest: &str) -> bool {
    as_left(folder, inputs_digest).is_some()
}

/// Whether the folder also was left by a run that had nothing to say of what it read.
#[must_use]
pub fn up_to_date_and_quiet(folder: &Path, inputs_digest: &str) -> bool {
    as_left(folder, inputs_digest).is_some_and(|it| it.quiet)
}

/// Whether a folder may hold a site: it has a manifest, or the list beside it.
#[must_use]
pub fn is_known(folder: &Path) -> bool {
    [NAME, LIST].iter().any(|it| folder.join(it).is_file())
}

/// The manifest of the site made from these inputs, if all of it stands as it was left.
fn as_left(folder: &Path, inputs_digest: &str) -> Option<Manifest> {
    let folder = &without_trailing_slash(folder);
    if !is_there(folder).ok()? || has_leftovers(folder) {
        return None;
    }
    let manifest = Manifest::read(folder).ok()??;
    if manifest.inputs.is_empty() || manifest.inputs != inputs_digest {
        return None;
    }
    let is_as_left = |(path, left): (&String, &Option<Stamp>)| match standing(folder, path) {
        Ok(Standing::File(metadata)) => left.is_some() && Stamp::of(&metadata) == *left,
        _ => false,
    };
    manifest
        .files
        .par_iter()
        .all(is_as_left)
        .then_some(manifest)
}

/// Removes the site from a folder: what the manifest lists, the folders that this empties, and
/// the manifest. Returns how many files of the site it removed; a missing or empty folder has
/// none.
///
/// # Errors
/// When the folder is a link or a file, holds files and no manifest, or is being written by a
/// run; when the disk refuses.
pub fn clean(folder: &Path) -> io::Result<usize> {
    clean_on(&Real, folder)
}

fn write_on(
    disk: &dyn Disk,
    folder: &Path,
    outputs: &Outputs,
    inputs_digest: &str,
) -> io::Result<Written> {
    let stage = Stage::open_on(disk, folder)?;
    for (path, bytes) in outputs.iter() {
        stage.put(path, bytes);
    }
    stage.finish(inputs_digest, false)
}

fn clean_on(disk: &dyn Disk, folder: &Path) -> io::Result<usize> {
    let folder = &without_trailing_slash(folder);
    if !is_there(folder)? {
        return Ok(0);
    }
    let _lock = lock(folder)?;
    let own = own_files(folder)?;
    if own.as_ref().is_some_and(|it| it.is_lost) {
        let folder = folder.display();
        let why = format!(
            "the list of what builds wrote into `{folder}` is lost: build again, which makes a new \
             one, or remove the folder yourself"
        );
        return Err(io::Error::new(ErrorKind::InvalidData, why));
    }
    let own = || own.iter().flat_map(|it| it.files.keys());
    refuse_mounts(folder, own().map(String::as_str))?;
    sweep(disk, folder)?;
    let mut deleted = 0;
    let mut unflushed = Unflushed::default();
    for path in own() {
        deleted += usize::from(delete(disk, folder, path)?);
        unflushed.name(folder, path);
    }
    // After a power loss, files without a manifest would be nobody's.
    disk.flush(&unflushed)?;
    for name in [LIST, NAME] {
        let place = folder.join(name);
        match disk.remove_file(&place) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                return Err(failed("remove", &place, &error));
            }
            _ => {}
        }
    }
    Ok(deleted)
}
