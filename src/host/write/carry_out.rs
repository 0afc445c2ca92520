//! The plan carried out, step by step, in an order that keeps the site sound.
//!
//! Entry: [`carry_out`]. Invariant: a file is replaced or deleted only after a manifest that lists it stands in the folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::disk::{Disk, failed};
use super::manifest::{Manifest, Stamp, folders_above};
use super::plan::{Plan, Staged, Standing, Together, standing};

/// Does what the plan says; returns how many files were deleted.
pub(super) fn carry_out(
    disk: &dyn Disk,
    folder: &Path,
    plan: &Plan<'_>,
    union: &Manifest,
) -> io::Result<usize> {
    if plan.is_empty() {
        return Ok(0);
    }
    union.store(disk, folder)?;
    let mut deleted = 0;
    for path in &plan.obstacles {
        deleted += usize::from(delete(disk, folder, path)?);
    }
    for files in plan.together() {
        take_places(disk, folder, &files)?;
    }
    for path in &plan.deletions {
        deleted += usize::from(delete(disk, folder, path)?);
    }
    Ok(deleted)
}

/// Gives files of one folder their places: as a folder, where that is new and they are all of it.
fn take_places(disk: &dyn Disk, folder: &Path, files: &Together<'_, '_>) -> io::Result<()> {
    let rename = |from: &Path, place: &Path| {
        disk.rename(from, place)
            .map_err(|error| failed("write", place, &error))
    };
    let above = folder.join(files.above);
    if let (true, Some(from)) = (files.are_all, files.from())
        && let Standing::Nothing = standing(folder, files.above)?
    {
        if let Some((before, _)) = files.above.rsplit_once('/') {
            create_missing(disk, &folder.join(before))?;
        }
        return rename(from, &above);
    }
    create_missing(disk, &above)?;
    let mut files = files.writes.iter();
    files.try_for_each(|it| rename(it.from, &folder.join(it.path)))
}

/// The manifest while a run is at work: old and new files, and which of them are in both.
pub(super) fn union(old: &Manifest, new: &BTreeMap<String, Staged>) -> Manifest {
    let mut files: BTreeMap<String, Option<Stamp>> = old
        .files
        .iter()
        .map(|(path, left)| (path.clone(), left.filter(|_| new.contains_key(path))))
        .collect();
    for path in new.keys() {
        files.entry(path.clone()).or_default();
    }
    Manifest::new("", files)
}

/// Removes a file of the site, and the folders that this empties. What someone put in its place
/// is not the site's, and stays.
pub(super) fn delete(disk: &dyn Disk, folder: &Path, path: &str) -> io::Result<bool> {
    let is_file = matches!(standing(folder, path)?, Standing::File(_));
    if is_file {
        let place = folder.join(path);
        disk.remove_file(&place)
            .map_err(|error| failed("remove", &place, &error))?;
    }
    for above in folders_above(path).rev() {
        match standing(folder, above)? {
            Standing::Nothing => {}
            Standing::Folder if disk.remove_folder(&folder.join(above)).is_ok() => {}
            // It is not empty, or not a folder of the site's.
            _ => break,
        }
    }
    Ok(is_file)
}

fn create_missing(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    create_folder(disk, folder)
}

pub(super) fn create_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.create_folder(folder)
        .map_err(|error| failed("create", folder, &error))
}
