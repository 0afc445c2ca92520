//! Which files of a folder are the site's own, and what killed runs left beside them.
//!
//! Entry: [`own_files`], [`has_leftovers`], [`sweep`]. Invariant: a folder that holds anything and no manifest is refused.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::error::failed;
use super::manifest::Manifest;
use super::mount::is_mount;
use super::names::{NAME, STAGE, TEMPORARY};
use super::plan::{Standing, standing};

/// The manifest of a folder; none if the folder is empty.
pub(super) fn own_files(folder: &Path) -> io::Result<Option<Manifest>> {
    if let Some(manifest) = Manifest::read(folder)? {
        return Ok(Some(manifest));
    }
    let unread = |error| failed("read", folder, &error);
    for entry in fs::read_dir(folder).map_err(unread)? {
        // A run that is killed before or over its first manifest leaves these.
        let name = entry.map_err(unread)?.file_name();
        if name != TEMPORARY && name != STAGE {
            let why = format!(
                "`{}` holds files and no `{}`, so that no build wrote them: name a new or empty \
                 folder, or empty this one yourself",
                folder.display(),
                NAME
            );
            return Err(io::Error::new(ErrorKind::DirectoryNotEmpty, why));
        }
    }
    Ok(None)
}

/// Whether a killed run left files before they had their names.
pub(super) fn has_leftovers(folder: &Path) -> bool {
    [STAGE, TEMPORARY]
        .iter()
        .any(|it| fs::symlink_metadata(folder.join(it)).is_ok())
}

/// Removes what a killed run left of its files before they had their names.
///
/// These names are the program's own. A link under one of them is removed and not followed. What no run could have left is
/// refused where it holds anything: a file in the folder's place, a folder in the file's, a mount.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let place = folder.join(TEMPORARY);
    match standing(folder, TEMPORARY)? {
        Standing::Nothing => {}
        Standing::Folder => disk
            .remove_folder(&place)
            .map_err(|_| not_ours(&place, "a folder"))?,
        _ => remove_file(disk, &place)?,
    }
    let place = folder.join(STAGE);
    match standing(folder, STAGE)? {
        Standing::Nothing => Ok(()),
        Standing::Folder => remove_tree(disk, folder, &place),
        Standing::File(metadata) if metadata.len() > 0 => Err(not_ours(&place, "a file")),
        _ => remove_file(disk, &place),
    }
}

fn not_ours(place: &Path, what: &str) -> io::Error {
    let why = format!(
        "`{}` is {what} that no build wrote, under a name that builds need: move it elsewhere",
        place.display()
    );
    io::Error::new(ErrorKind::AlreadyExists, why)
}

/// Removes a folder and all in it; a link is removed and not followed, a mount is refused.
fn remove_tree(disk: &dyn Disk, folder: &Path, tree: &Path) -> io::Result<()> {
    if is_mount(folder, tree) {
        return Err(not_ours(tree, "a mount"));
    }
    for entry in entries(tree)? {
        if entry.is_dir() && !entry.is_symlink() {
            remove_tree(disk, folder, &entry)?;
        } else {
            remove_file(disk, &entry)?;
        }
    }
    disk.remove_folder(tree)
        .map_err(|error| failed("remove", tree, &error))
}

/// What stands in a folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let unread = |error| failed("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(unread)?;
    entries
        .map(|it| it.map(|it| it.path()).map_err(unread))
        .collect()
}

fn remove_file(disk: &dyn Disk, place: &Path) -> io::Result<()> {
    disk.remove_file(place)
        .map_err(|error| failed("remove", place, &error))
}
