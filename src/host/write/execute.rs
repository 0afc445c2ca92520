//! Executes a plan step by step, in an order that keeps the site consistent at every moment.
//!
//! Entry: [`Execution::execute`], then [`Execution::finalize`]. Invariant: a file is replaced or deleted only after a manifest
//! that lists it is durable; the final manifest is written only after everything that it lists is durable.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::{Disk, Stamp};
use super::error::io_error;
use super::flush::Unflushed;
use super::gate::Gate;
use super::manifest::Manifest;
use super::names::{FILE_LIST, MANIFEST, TEMPORARY_FILE, folders_above};
use super::ownership::remove_leftovers;
use super::plan::{FolderBatch, PathState, Plan, StagedFile, path_state};

/// What the execution of a plan needs.
pub(super) struct Execution<'a> {
    pub disk: &'a dyn Disk,
    pub folder: &'a Path,
    /// Guards every change, but not the flushes.
    pub gate: &'a Gate,
}

impl Execution<'_> {
    /// Moves all files to their final paths and deletes old ones; returns how many were deleted. `staged` lists the files in
    /// the staging folder.
    ///
    /// Before the first rename, the bytes of all files and a manifest of old and new files are durable. Whichever renames a
    /// power loss undoes, each file is whole and listed in the manifest.
    pub fn execute(
        &self,
        plan: &Plan<'_>,
        union: &Manifest,
        mut staged: Unflushed,
    ) -> io::Result<usize> {
        let Self { disk, folder, .. } = *self;
        staged.files.insert(self.write_temporary(union)?);
        self.flush(&staged)?;
        self.rename_temporary(MANIFEST)?;
        self.flush_names()?;

        // A signal is delayed until all files are renamed: this is quick, and leaves no mixture of two sites.
        let _pass = self.gate.pass()?;
        let mut deleted = 0;
        for path in &plan.obstacles {
            deleted += usize::from(delete_file(disk, folder, path)?);
        }
        for batch in plan.batches() {
            move_into_place(disk, folder, &batch)?;
        }
        for path in &plan.deletions {
            deleted += usize::from(delete_file(disk, folder, path)?);
        }
        remove_leftovers(disk, folder)?;
        Ok(deleted)
    }

    /// Flushes all files, and then stores the final manifest durably.
    pub fn finalize(&self, finished: &Manifest, mut unflushed: Unflushed) -> io::Result<()> {
        self.write_temporary(&finished.without_stamps())?;
        self.rename_temporary(FILE_LIST)?;
        let list = self.folder.join(FILE_LIST);
        unflushed
            .files
            .extend([list, self.write_temporary(finished)?]);
        unflushed.folders.insert(self.folder.to_owned());
        self.flush(&unflushed)?;
        self.rename_temporary(MANIFEST)?;
        self.flush_names()
    }

    /// Writes a manifest to the temporary file; returns its path.
    fn write_temporary(&self, manifest: &Manifest) -> io::Result<PathBuf> {
        let _pass = self.gate.pass()?;
        let location = self.folder.join(TEMPORARY_FILE);
        let written = self.disk.create_file(&location, &manifest.to_bytes());
        if let Err(error) = written {
            // Frees space on a full disk. If this fails too, the next run removes the file.
            self.disk.remove_file(&location).ok();
            return Err(io_error("write", &self.folder.join(MANIFEST), &error));
        }
        Ok(location)
    }

    fn rename_temporary(&self, name: &str) -> io::Result<()> {
        let _pass = self.gate.pass()?;
        let from = self.folder.join(TEMPORARY_FILE);
        rename(self.disk, &from, &self.folder.join(name))
    }

    /// Flushes the entries of the folder itself.
    fn flush_names(&self) -> io::Result<()> {
        self.flush(&Unflushed {
            folders: [self.folder.to_owned()].into(),
            ..Unflushed::default()
        })
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        self.disk
            .flush(unflushed)
            .map_err(|error| io_error("flush", self.folder, &error))
    }
}

fn rename(disk: &dyn Disk, from: &Path, location: &Path) -> io::Result<()> {
    disk.rename(from, location)
        .map_err(|error| io_error("write", location, &error))
}

/// Moves the files of one folder to their final paths. A new folder whose files are all in the batch is renamed as a whole.
fn move_into_place(disk: &dyn Disk, folder: &Path, batch: &FolderBatch<'_, '_>) -> io::Result<()> {
    let parent = folder.join(batch.parent);
    if let (true, Some(staged)) = (batch.is_complete, batch.staging_folder())
        && let PathState::Absent = path_state(folder, batch.parent)?
    {
        if let Some((grandparent, _)) = batch.parent.rsplit_once('/') {
            ensure_folder(disk, &folder.join(grandparent))?;
        }
        return rename(disk, staged, &parent);
    }
    ensure_folder(disk, &parent)?;
    let mut files = batch.writes.iter();
    files.try_for_each(|it| rename(disk, it.staged, &folder.join(it.path)))
}

/// The manifest during a run: old and new files; only those in both keep their stamp.
pub(super) fn union(old: &Manifest, new: &BTreeMap<String, StagedFile>) -> Manifest {
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

/// Deletes a file of the site, and the folders that this empties. Anything else at its path is not the site's, and stays.
/// Returns whether a file was deleted.
pub(super) fn delete_file(disk: &dyn Disk, folder: &Path, path: &str) -> io::Result<bool> {
    let is_file = matches!(path_state(folder, path)?, PathState::File(_));
    if is_file {
        let location = folder.join(path);
        disk.remove_file(&location)
            .map_err(|error| io_error("remove", &location, &error))?;
    }
    for parent in folders_above(path).rev() {
        match path_state(folder, parent)? {
            PathState::Absent => {}
            PathState::Folder if disk.remove_folder(&folder.join(parent)).is_ok() => {}
            // It is not empty, or not a folder.
            _ => break,
        }
    }
    Ok(is_file)
}

fn ensure_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    create_folder(disk, folder)
}

pub(super) fn create_folder(disk: &dyn Disk, folder: &Path) -> io::Result<()> {
    disk.create_folder(folder)
        .map_err(|error| io_error("create", folder, &error))
}
