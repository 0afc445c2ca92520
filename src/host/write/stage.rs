//! Collects the files of a site in a staging folder until all of them are there.
//!
//! Entry: [`Stage::open`], then [`Sink::put`] for each file, from any thread and in any order, and [`Stage::finish`].
//! Invariant: no file of the site changes before the end, and no file is held in memory; dropping a stage leaves the folder as it
//! was.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::WriteSummary;
use super::compare::{has_bytes, have_same_bytes, is_remnant};
use super::disk::{Disk, RealDisk, Stamp};
use super::error::io_error;
use super::execute::{Execution, create_folder, union};
use super::flush::Unflushed;
use super::gate::{Gate, Shut};
use super::lock::{Lock, folder_exists, lock, trim_trailing_slash};
use super::manifest::Manifest;
use super::mount::refuse_mounts;
use super::names::{STAGING_FOLDER, is_valid_path};
use super::ownership::{remove_leftovers, site_manifest};
use super::plan::{
    Destination, PathState, Plan, StagedFile, foreign_file_error, inspect_destination, path_state,
};
use crate::output::{Derivation, MakeBytes, Sink, WriteBytes};

/// A folder that is to hold a site, and the files received for it.
pub struct Stage<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    /// The folders that were created for it, innermost first.
    created_folders: Vec<PathBuf>,
    old: Manifest,
    /// Whether the folder held no site.
    is_empty: bool,
    /// The staging folder of each folder of the site.
    staging_folders: Mutex<HashMap<String, PathBuf>>,
    received: Mutex<ReceivedFiles>,
    /// The recipe of derived files; empty until the first is received.
    recipe: Mutex<String>,
    gate: Arc<Gate>,
    _lock: Option<Lock>,
}

/// The files received so far.
#[derive(Default)]
struct ReceivedFiles {
    files: BTreeMap<String, StagedFile>,
    /// The first error; after it no file is accepted.
    error: Option<io::Error>,
}

impl Stage<'_> {
    /// Opens a folder and locks it against other runs.
    ///
    /// # Errors
    /// When the folder is a link or a file, holds files and no manifest, or is being written by another run; when the disk
    /// refuses.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::open_on(&RealDisk, folder)
    }

    /// Returns a function that aborts the stage from another thread, for a program that is ended by a signal: it waits for
    /// writes and renames in progress, removes the staged files, and blocks every later change.
    ///
    /// The program must end afterwards; the thread of the stage would wait for ever.
    pub fn abort_handle(&self) -> impl FnOnce() + Send + use<> {
        let gate = Arc::clone(&self.gate);
        let (folder, created_folders) = (self.folder.clone(), self.created_folders.clone());
        move || std::mem::forget(abort(&RealDisk, &folder, &created_folders, &gate))
    }
}

impl<'d> Stage<'d> {
    pub(super) fn open_on(disk: &'d dyn Disk, folder: &Path) -> io::Result<Self> {
        let folder = trim_trailing_slash(folder);
        let mut created_folders = Vec::new();
        if !folder_exists(&folder)? {
            let missing = folder.ancestors().filter(|it| !it.as_os_str().is_empty());
            created_folders.extend(missing.take_while(|it| !it.exists()).map(Path::to_owned));
            create_folder(disk, &folder)?;
        }
        let lock = lock(&folder)?;
        let old = site_manifest(&folder)?;
        remove_leftovers(disk, &folder)?;
        Ok(Self {
            disk,
            folder,
            created_folders,
            is_empty: old.is_none(),
            old: old.unwrap_or_else(|| Manifest::new("", BTreeMap::new())),
            gate: Arc::default(),
            staging_folders: Mutex::default(),
            received: Mutex::default(),
            recipe: Mutex::default(),
            _lock: lock,
        })
    }

    /// The paths of the files that will be written, sorted.
    #[must_use]
    pub fn changed_paths(&self) -> Vec<String> {
        let received = self.received();
        let differing = received.files.iter().filter(|(_, it)| it.staged.is_some());
        differing.map(|(path, _)| path.clone()).collect()
    }

    /// Makes the folder hold exactly the received files, beside files that are not the site's.
    ///
    /// The steps: flush the bytes of all files; write a manifest of old and new files; delete files that must make room for a
    /// folder or the reverse; rename new files, then changed files; delete old files; flush all folders; write the final
    /// manifest. If a run is killed or the power fails, the next run repairs the folder. `is_quiet` is stored for
    /// [`is_up_to_date_and_quiet`](super::is_up_to_date_and_quiet).
    ///
    /// # Errors
    /// When a path is invalid, taken by a foreign file, or on another mount: nothing has changed then. When an I/O operation
    /// fails. The error names the path.
    pub fn finish(self, inputs_digest: &str, is_quiet: bool) -> io::Result<WriteSummary> {
        let ReceivedFiles { files, error } = std::mem::take(&mut *self.received());
        if let Some(error) = error {
            return Err(error);
        }
        let (plan, union) =
            rayon::join(|| Plan::new(&self.old, &files), || union(&self.old, &files));
        let plan = plan?;
        if !self.is_empty {
            refuse_mounts(&self.folder, plan.paths())?;
        }
        let stamps = files.iter().map(|(path, it)| (path.clone(), it.stamp));
        let mut finished = Manifest::new(inputs_digest, stamps.collect());
        finished.quiet = is_quiet;
        finished.recipe =
            std::mem::take(&mut *self.recipe.lock().unwrap_or_else(PoisonError::into_inner));
        let mut deleted = 0;
        if !plan.is_empty() || finished != self.old {
            let execution = Execution {
                disk: self.disk,
                folder: &self.folder,
                gate: &self.gate,
            };
            deleted = execution.execute(&plan, &union, self.staged_files(&plan))?;
            execution.finalize(&finished, self.changes_to_flush(&plan, &files))?;
        }
        let count_writes = |is_new| plan.writes.iter().filter(|it| it.is_new == is_new).count();
        let summary = WriteSummary {
            new: count_writes(true),
            changed: count_writes(false),
            unchanged: plan.unchanged,
            deleted,
        };
        drop(plan);
        // Freeing so many paths takes a while; it happens in the background.
        rayon::spawn(move || drop(files));
        Ok(summary)
    }

    /// The files and folders in the staging folder, which must be durable before they are renamed.
    fn staged_files(&self, plan: &Plan<'_>) -> Unflushed {
        let staging_folders = self
            .staging_folders
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        Unflushed {
            files: plan.writes.iter().map(|it| it.staged.to_owned()).collect(),
            folders: staging_folders.values().cloned().collect(),
        }
    }

    /// What is not yet durable after all renames.
    fn changes_to_flush(&self, plan: &Plan<'_>, files: &BTreeMap<String, StagedFile>) -> Unflushed {
        let mut unflushed = Unflushed::default();
        for path in plan.paths() {
            unflushed.add_name(&self.folder, path);
        }
        // The files of a finished run are durable. Those of an unfinished run or of somebody else may not be, nor the entry of
        // the folder in its parent.
        let is_finished = !self.old.inputs.is_empty();
        if !is_finished {
            for parent in self.folder.ancestors().skip(1) {
                // The current folder has an empty path.
                let is_current = parent.as_os_str().is_empty();
                let parent = if is_current { Path::new(".") } else { parent };
                unflushed.folders.insert(parent.to_owned());
            }
        }
        for (path, file) in files.iter().filter(|(_, it)| it.staged.is_none()) {
            let old_stamp = self.old.files.get(path).copied().flatten();
            if !(is_finished && old_stamp.is_some() && old_stamp == file.stamp) {
                unflushed.files.insert(self.folder.join(path));
                unflushed.add_name(&self.folder, path);
            }
        }
        unflushed
    }

    /// Stages a file, unless the existing file holds the same bytes.
    fn stage_bytes(&self, path: &str, bytes: &[u8]) -> io::Result<StagedFile> {
        let _pass = self.gate.pass()?;
        let destination = self.destination(path)?;
        if let Some(metadata) = &destination.file
            && has_bytes(&self.folder.join(path), metadata, bytes)?
        {
            return Ok(StagedFile::unchanged(Stamp::from_metadata(metadata)));
        }
        let staged = self.staging_path(path)?;
        let stamp = self
            .disk
            .create_file(&staged, bytes)
            .map_err(|error| self.write_error(path, &staged, &error))?;
        self.refuse_foreign(path, &destination, &staged)?;
        Ok(StagedFile::new(staged, &destination, stamp))
    }

    /// Like [`stage_bytes`](Self::stage_bytes) for a file that is streamed.
    fn stage_streamed(&self, path: &str, write: WriteBytes<'_>) -> io::Result<StagedFile> {
        let _pass = self.gate.pass()?;
        let destination = self.destination(path)?;
        let staged = self.staging_path(path)?;
        let stamp = self
            .disk
            .write_file(&staged, write)
            .map_err(|error| self.write_error(path, &staged, &error))?;
        if let Some(metadata) = &destination.file
            && have_same_bytes(&staged, &self.folder.join(path))?
        {
            self.disk
                .remove_file(&staged)
                .map_err(|error| io_error("remove", &staged, &error))?;
            return Ok(StagedFile::unchanged(Stamp::from_metadata(metadata)));
        }
        self.refuse_foreign(path, &destination, &staged)?;
        Ok(StagedFile::new(staged, &destination, stamp))
    }

    /// The stamp of an existing derived file that can be reused: the last run finished, used the same recipe, and the source
    /// file is unchanged since.
    fn reusable_stamp(&self, path: &str, derivation: Derivation<'_>) -> Option<Stamp> {
        // A killed run may have left a new source beside an old derived file.
        if self.old.inputs.is_empty() || self.old.recipe != derivation.recipe {
            return None;
        }
        let old_stamp = |path: &str| *self.old.files.get(path)?;
        let is_same = {
            let received = self.received();
            let source = received.files.get(derivation.source)?;
            source.staged.is_none() && source.stamp? == old_stamp(derivation.source)?
        };
        match path_state(&self.folder, path) {
            Ok(PathState::File(metadata)) if is_same => {
                Stamp::from_metadata(&metadata).filter(|it| Some(*it) == old_stamp(path))
            }
            _ => None,
        }
    }

    /// Inspects the destination of a file.
    fn destination(&self, path: &str) -> io::Result<Destination> {
        if !is_valid_path(path) {
            let why = format!("no file of a site can be named {path:?}");
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        if self.is_empty {
            Ok(Destination::absent(path))
        } else {
            inspect_destination(&self.folder, path, &self.old)
        }
    }

    /// Refuses to replace a file that is not known to be the site's. If the manifest is lost, a file that is a prefix of the
    /// new one, or zeros, counts as a remnant of a power loss and may be replaced.
    fn refuse_foreign(
        &self,
        path: &str,
        destination: &Destination,
        staged: &Path,
    ) -> io::Result<()> {
        if destination.is_foreign
            && !(self.old.is_lost && is_remnant(&self.folder.join(path), staged)?)
        {
            return Err(foreign_file_error(&self.folder, path, &self.old));
        }
        Ok(())
    }

    /// The path of a file in the staging folder; creates its parent.
    fn staging_path(&self, path: &str) -> io::Result<PathBuf> {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut staging_folders = self
            .staging_folders
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = staging_folders.get(parent) {
            return Ok(folder.join(name));
        }
        let folder = self
            .folder
            .join(STAGING_FOLDER)
            .join(staging_folders.len().to_string());
        create_folder(self.disk, &folder)?;
        let location = folder.join(name);
        staging_folders.insert(parent.to_owned(), folder);
        Ok(location)
    }

    /// Converts an I/O error into one that names the output file, and removes the partial file.
    fn write_error(&self, path: &str, staged: &Path, error: &io::Error) -> io::Error {
        if error.kind() == ErrorKind::AlreadyExists {
            return duplicate_path_error(path);
        }
        // Frees space on a full disk. If this fails too, the next run removes the file.
        self.disk.remove_file(staged).ok();
        io_error("write", &self.folder.join(path), error)
    }

    /// Records a staged file, or the first error.
    fn record(&self, path: &str, result: io::Result<StagedFile>) {
        let mut received = self.received();
        let error = match result {
            Ok(file) => match received.files.insert(path.to_owned(), file) {
                None => return,
                Some(_) => duplicate_path_error(path),
            },
            Err(error) => error,
        };
        received.error.get_or_insert(error);
    }

    fn received(&self) -> std::sync::MutexGuard<'_, ReceivedFiles> {
        self.received.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn duplicate_path_error(path: &str) -> io::Error {
    let why = format!("two files of the site are named `{path}`");
    io::Error::new(ErrorKind::InvalidInput, why)
}

impl Sink for Stage<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        if self.received().error.is_none() {
            self.record(path, self.stage_bytes(path, bytes));
        }
    }

    fn put_streamed(&self, path: &str, write: WriteBytes<'_>) {
        if self.received().error.is_none() {
            self.record(path, self.stage_streamed(path, write));
        }
    }

    fn put_derived(&self, path: &str, derivation: Derivation<'_>, make: MakeBytes<'_>) {
        if self.received().error.is_some() {
            return;
        }
        {
            let mut recipe = self.recipe.lock().unwrap_or_else(PoisonError::into_inner);
            if recipe.is_empty() {
                derivation.recipe.clone_into(&mut recipe);
            }
        }
        if let Some(stamp) = self.reusable_stamp(path, derivation) {
            self.record(path, Ok(StagedFile::unchanged(Some(stamp))));
        } else if let Some(bytes) = make() {
            self.record(path, self.stage_bytes(path, &bytes));
        }
    }
}

impl Drop for Stage<'_> {
    /// Removes the staged files of an unfinished site.
    fn drop(&mut self) {
        abort(self.disk, &self.folder, &self.created_folders, &self.gate);
    }
}

/// Removes the staged files and the folders created for them, once. Nothing can change the folder as long as the returned guard
/// lives, nor afterwards.
fn abort<'g>(
    disk: &dyn Disk,
    folder: &Path,
    created_folders: &[PathBuf],
    gate: &'g Gate,
) -> Option<Shut<'g>> {
    let shut = gate.shut()?;
    remove_leftovers(disk, folder).ok();
    for folder in created_folders {
        // A folder that holds the site is not empty and stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Some(shut)
}
