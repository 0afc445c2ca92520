//! Which files of a folder are the site's own, and what killed runs left beside them.
//!
//! Entry: [`own_files`], [`sweep`]. Invariant: a folder that holds anything and no manifest is refused.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::disk::{Disk, TEMPORARY, failed};
use super::manifest::{self, Manifest};
use super::plan::{Standing, standing};
use super::stage::STAGE;

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
                manifest::NAME
            );
            return Err(io::Error::new(ErrorKind::DirectoryNotEmpty, why));
        }
    }
    Ok(None)
}

/// Removes what a killed run left of its files before they had their names.
pub(super) fn sweep(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    let remove = |place: &Path| {
        disk.remove_file(place)
            .map_err(|error| failed("remove", place, &error))
    };
    if let Standing::File(_) = standing(folder, TEMPORARY)? {
        remove(&folder.join(TEMPORARY))?;
    }
    let stage = folder.join(STAGE);
    if let Standing::Folder = standing(folder, STAGE)? {
        for entry in entries(&stage)? {
            if entry.is_dir() && !entry.is_symlink() {
                entries(&entry)?.iter().try_for_each(|it| remove(it))?;
                remove_folder(disk, &entry)?;
            } else {
                remove(&entry)?;
            }
        }
        remove_folder(disk, &stage)?;
    }
    Ok(())
}

/// What stands in a folder.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let unread = |error| failed("read", folder, &error);
    let entries = fs::read_dir(folder).map_err(unread)?;
    entries
        .map(|it| it.map(|it| it.path()).map_err(unread))
        .collect()
}

fn remove_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.remove_folder(folder)
        .map_err(|error| failed("remove", folder, &error))
}
