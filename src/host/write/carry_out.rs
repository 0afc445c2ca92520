//! The plan carried out, step by step, in an order that keeps the site sound.
//!
//! Entry: [`Work::carry_out`], then [`Work::conclude`]. Invariant: a file is replaced or deleted only after a manifest that lists
//! it stands in the folder and is durable; a manifest is final only when all that it lists is durable.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Stamp};
use super::error::failed;
use super::flush::Unflushed;
use super::gate::Gate;
use super::manifest::Manifest;
use super::names::{LIST, NAME, TEMPORARY, folders_above};
use super::ownership::sweep;
use super::plan::{Plan, Staged, Standing, Together, standing};

/// A folder that becomes a site.
pub(super) struct Work<'a> {
    pub disk: &'a dyn Disk,
    pub folder: &'a Path,
    /// Each change passes it; a flush does not.
    pub gate: &'a Gate,
}

impl Work<'_> {
    /// Gives all files their places and deletes old ones; returns how many were deleted. `staged` is what they wait in.
    ///
    /// Before the first name is given, the bytes of all files and a manifest of old and new files are durable: so that
    /// whatever part of the names a power loss takes back, each file is whole, and known as the site's.
    pub fn carry_out(
        &self,
        plan: &Plan<'_>,
        union: &Manifest,
        mut staged: Unflushed,
    ) -> io::Result<usize> {
        let Self { disk, folder, .. } = *self;
        staged.files.insert(self.write_temporary(union)?);
        self.flush(&staged)?;
        self.name_temporary(NAME)?;
        self.flush_names()?;

        // A signal waits until all names are given: it takes moments, and leaves no mixture of two sites.
        let _pass = self.gate.pass()?;
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
        sweep(disk, folder)?;
        Ok(deleted)
    }

    /// Stores the final manifest when all that it lists is durable, and is so itself at the end.
    pub fn conclude(&self, finished: &Manifest, mut unflushed: Unflushed) -> io::Result<()> {
        self.write_temporary(&finished.list())?;
        self.name_temporary(LIST)?;
        let list = self.folder.join(LIST);
        unflushed
            .files
            .extend([list, self.write_temporary(finished)?]);
        unflushed.folders.insert(self.folder.to_owned());
        self.flush(&unflushed)?;
        self.name_temporary(NAME)?;
        self.flush_names()
    }

    /// Writes one of the program's own files, not yet under its name; returns where.
    fn write_temporary(&self, manifest: &Manifest) -> io::Result<PathBuf> {
        let _pass = self.gate.pass()?;
        let place = self.folder.join(TEMPORARY);
        let written = self.disk.create_file(&place, &manifest.bytes());
        if let Err(error) = written {
            // A full disk needs the room; if this fails too, the next run removes it.
            self.disk.remove_file(&place).ok();
            return Err(failed("write", &self.folder.join(NAME), &error));
        }
        Ok(place)
    }

    fn name_temporary(&self, name: &str) -> io::Result<()> {
        let _pass = self.gate.pass()?;
        let from = self.folder.join(TEMPORARY);
        rename(self.disk, &from, &self.folder.join(name))
    }

    /// Flushes the names in the folder itself.
    fn flush_names(&self) -> io::Result<()> {
        self.flush(&Unflushed {
            folders: [self.folder.to_owned()].into(),
            ..Unflushed::default()
        })
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        self.disk
            .flush(unflushed)
            .map_err(|error| failed("flush", self.folder, &error))
    }
}

fn rename(disk: &dyn Disk, from: &Path, place: &Path) -> io::Result<()> {
    disk.rename(from, place)
        .map_err(|error| failed("write", place, &error))
}

/// Gives files of one folder their places: as a folder, where that is new and they are all of it.
fn take_places(disk: &dyn Disk, folder: &Path, files: &Together<'_, '_>) -> io::Result<()> {
    let above = folder.join(files.above);
    if let (true, Some(from)) = (files.are_all, files.from())
        && let Standing::Nothing = standing(folder, files.above)?
    {
        if let Some((before, _)) = files.above.rsplit_once('/') {
            create_missing(disk, &folder.join(before))?;
        }
        return rename(disk, from, &above);
    }
    create_missing(disk, &above)?;
    let mut files = files.writes.iter();
    files.try_for_each(|it| rename(disk, it.from, &folder.join(it.path)))
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
