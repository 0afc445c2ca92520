//! Determines which files of a folder belong to the site, and removes the leftovers of killed runs.
//!
//! Entry: [`site_manifest`], [`has_leftovers`], [`remove_leftovers`]. Invariant: a folder that has content but no manifest is
//! refused.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::io_error;
use super::manifest::Manifest;
use super::mount::is_mount;
use super::names::{MANIFEST, STAGING_FOLDER, TEMPORARY_FILE};
use super::plan::{PathState, path_state};

/// Reads the manifest of a folder; `None` if the folder is empty.
///
/// # Errors
/// When the folder has content but no manifest, or can't be read.
pub(super) fn site_manifest(folder: &Path) -> io::Result<Option<Manifest>> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(Some(manifest));
    }
    let read_error = |error| io_error("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(read_error)? {
        // A run that was killed before it completed its first manifest leaves these.
        let name = entry.map_err(read_error)?.file_name();
        if name != TEMPORARY_FILE && name != STAGING_FOLDER {
            let message = format!(
                "`{}` holds files and no `{}`, so that no build wrote them: name a new or empty \
                 folder, or empty this one yourself",
                folder.display(),
                MANIFEST
            );
            return Err(io::Error::new(ErrorKind::DirectoryNotEmpty, message));
        }
    }
    Ok(None)
}

/// Whether a killed run left staged files.
pub(super) fn has_leftovers(folder: &Path) -> bool {
    [STAGING_FOLDER, TEMPORARY_FILE]
        .iter()
        .any(|it| fs::symlink_metadata(folder.join(it)).is_ok())
}

/// Removes the staged files of a killed run.
///
/// A symbolic link under a reserved name is removed and not followed.
///
/// # Errors
/// When a reserved name is taken by something with content that no run leaves: a file instead of the staging folder, a folder
/// instead of the temporary file, a mount point.
pub(super) fn remove_leftovers(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let location = folder.join(TEMPORARY_FILE);
    match path_state(folder, TEMPORARY_FILE)? {
        PathState::Absent => {}
        PathState::Folder => disk
            .remove_folder(&location)
            .map_err(|_| foreign_leftover_error(&location, "a folder"))?,
        _ => remove_file(disk, &location)?,
    }
    let location = folder.join(STAGING_FOLDER);
    match path_state(folder, STAGING_FOLDER)? {
        PathState::Absent => Ok(()),
        PathState::Folder => remove_tree(disk, folder, &location),
        PathState::File(metadata) if metadata.len() > 0 => {
            Err(foreign_leftover_error(&location, "a file"))
        }
        _ => remove_file(disk, &location),
    }
}

fn foreign_leftover_error(location: &Path, what: &str) -> io::Error {
    let message = format!(
        "`{}` is {what} that no build wrote, under a name that builds need: move it elsewhere",
        location.display()
    );
    io::Error::new(ErrorKind::AlreadyExists, message)
}

/// Removes a folder recursively. Symbolic links are removed and not followed, mount points are refused.
fn remove_tree(disk: &dyn Disk, folder: &Path, tree: &Path) -> io::Result<()> {
    if is_mount(folder, tree) {
        return Err(foreign_leftover_error(tree, "a mount"));
    }
    for entry in entry_paths(tree)? {
        if entry.is_dir() && !entry.is_symlink() {
            remove_tree(disk, folder, &entry)?;
        } else {
            remove_file(disk, &entry)?;
        }
    }
    disk.remove_folder(tree)
        .map_err(|error| io_error("remove", tree, &error))
}

/// The paths of a folder's entries.
fn entry_paths(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let read_error = |error| io_error("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(read_error)?;
    entries
        .map(|it| it.map(|it| it.path()).map_err(read_error))
        .collect()
}

fn remove_file(disk: &dyn Disk, location: &Path) -> io::Result<()> {
    disk.remove_file(location)
        .map_err(|error| io_error("remove", location, &error))
}
