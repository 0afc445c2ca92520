//! The files of a site on their way: each whole, in a folder of their own, until all are there.
//!
//! Entry: [`Stage::open`], then [`Sink::put`] for each file, from any thread and in any order, and [`Stage::finish`].
//! Invariant: until the end no file of the folder changes, and no file is held in memory; a stage that is given up leaves the
//! folder as it was.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::Written;
use super::carry_out::{Work, create_folder, union};
use super::compare::{holds, is_remnant, same};
use super::disk::{Disk, Real, Stamp};
use super::error::failed;
use super::flush::Unflushed;
use super::gate::{Gate, Shut};
use super::lock::{Lock, is_there, lock, without_trailing_slash};
use super::manifest::Manifest;
use super::mount::refuse_mounts;
use super::names::{STAGE, is_plain};
use super::ownership::{own_files, sweep};
use super::plan::{Place, Plan, Staged, Standing, foreign, place_of, standing};
use crate::output::{MakeFrom, Sink, Source, WriteTo};

/// A folder that is to hold a site, and the files that have come for it.
pub struct Stage<'d> {
    disk: &'d dyn Disk,
    folder: PathBuf,
    /// The folders that were made for it, innermost first.
    made: Vec<PathBuf>,
    old: Manifest,
    /// Whether nothing stands in the folder.
    is_empty: bool,
    /// Where the files of each folder of the site wait.
    waiting: Mutex<HashMap<String, PathBuf>>,
    come: Mutex<Come>,
    /// How derived files are made; empty while none has come.
    way: Mutex<String>,
    gate: Arc<Gate>,
    _lock: Option<Lock>,
}

/// What has come so far.
#[derive(Default)]
struct Come {
    files: BTreeMap<String, Staged>,
    /// Why no more is taken.
    refused: Option<io::Error>,
}

impl Stage<'_> {
    /// Begins with a folder, and keeps other runs out of it.
    ///
    /// # Errors
    /// When the folder is a link or a file, holds files and no manifest, or is being written by another run; when the disk
    /// refuses.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::open_on(&Real, folder)
    }

    /// What gives the stage up from another thread, for a program that a signal ends: it waits for files that are being
    /// written and names that are being given, removes all that has no name yet, and stops every later change.
    ///
    /// The program must end then; the thread of the stage would wait for ever.
    pub fn ender(&self) -> impl FnOnce() + Send + use<> {
        let gate = Arc::clone(&self.gate);
        let (folder, made) = (self.folder.clone(), self.made.clone());
        move || std::mem::forget(give_up(&Real, &folder, &made, &gate))
    }
}

impl<'d> Stage<'d> {
    pub(super) fn open_on(disk: &'d dyn Disk, folder: &Path) -> io::Result<Self> {
        let folder = without_trailing_slash(folder);
        let mut made = Vec::new();
        if !is_there(&folder)? {
            let missing = folder.ancestors().filter(|it| !it.as_os_str().is_empty());
            made.extend(missing.take_while(|it| !it.exists()).map(Path::to_owned));
            create_folder(disk, &folder)?;
        }
        let lock = lock(&folder)?;
        let old = own_files(&folder)?;
        sweep(disk, &folder)?;
        Ok(Self {
            disk,
            folder,
            made,
            is_empty: old.is_none(),
            old: old.unwrap_or_else(|| Manifest::new("", BTreeMap::new())),
            gate: Arc::default(),
            waiting: Mutex::default(),
            come: Mutex::default(),
            way: Mutex::default(),
            _lock: lock,
        })
    }

    /// The paths of the files that will be written, sorted.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        let come = self.come();
        let differing = come.files.iter().filter(|(_, it)| it.place.is_some());
        differing.map(|(path, _)| path.clone()).collect()
    }

    /// Makes the folder hold exactly what has come, beside files that are not the site's.
    ///
    /// The order is: all files' bytes are flushed, a manifest of old and new files, new files, changed files, deletions, all
    /// names are flushed, the final manifest. A file whose place becomes a folder, or the reverse, is deleted before. When a
    /// run is killed or the power is lost, the next one repairs what it left. `is_quiet` is kept for
    /// [`up_to_date_and_quiet`](super::up_to_date_and_quiet).
    ///
    /// # Errors
    /// When a path can't be a file of a site, something foreign is in its way, or a mount: then nothing has changed. When the
    /// disk refuses. The error names the place.
    pub fn finish(self, inputs_digest: &str, is_quiet: bool) -> io::Result<Written> {
        let Come { files, refused } = std::mem::take(&mut *self.come());
        if let Some(error) = refused {
            return Err(error);
        }
        let (plan, union) =
            rayon::join(|| Plan::of(&self.old, &files), || union(&self.old, &files));
        let plan = plan?;
        if !self.is_empty {
            refuse_mounts(&self.folder, plan.paths())?;
        }
        let stamps = files.iter().map(|(path, it)| (path.clone(), it.stamp));
        let mut finished = Manifest::new(inputs_digest, stamps.collect());
        finished.quiet = is_quiet;
        finished.way =
            std::mem::take(&mut *self.way.lock().unwrap_or_else(PoisonError::into_inner));
        let mut deleted = 0;
        if !plan.is_empty() || finished != self.old {
            let work = Work {
                disk: self.disk,
                folder: &self.folder,
                gate: &self.gate,
            };
            deleted = work.carry_out(&plan, &union, self.staged(&plan))?;
            work.conclude(&finished, self.unflushed(&plan, &files))?;
        }
        let count = |is_new| plan.writes.iter().filter(|it| it.is_new == is_new).count();
        let written = Written {
            new: count(true),
            changed: count(false),
            unchanged: plan.unchanged,
            deleted,
        };
        drop(plan);
        // Nothing waits for so many paths to be freed.
        rayon::spawn(move || drop(files));
        Ok(written)
    }

    /// What the names that will be given lead to: files, and the folders that take their places whole.
    fn staged(&self, plan: &Plan<'_>) -> Unflushed {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        Unflushed {
            files: plan.writes.iter().map(|it| it.from.to_owned()).collect(),
            folders: waiting.values().cloned().collect(),
        }
    }

    /// What a power loss could still take when all names are given.
    fn unflushed(&self, plan: &Plan<'_>, files: &BTreeMap<String, Staged>) -> Unflushed {
        let mut unflushed = Unflushed::default();
        for path in plan.paths() {
            unflushed.name(&self.folder, path);
        }
        // What a finished run left is durable. What an unfinished one left, or somebody else put there, may not be, nor the
        // folder's own name.
        let is_finished = !self.old.inputs.is_empty();
        if !is_finished {
            let above = self.folder.ancestors().skip(1);
            // The path of the current folder is empty.
            let above = above.map(|it| {
                if it.as_os_str().is_empty() {
                    Path::new(".")
                } else {
                    it
                }
            });
            unflushed.folders.extend(above.map(Path::to_owned));
        }
        for (path, standing) in files.iter().filter(|(_, it)| it.place.is_none()) {
            let left = self.old.files.get(path).copied().flatten();
            if !(is_finished && left.is_some() && left == standing.stamp) {
                unflushed.files.insert(self.folder.join(path));
                unflushed.name(&self.folder, path);
            }
        }
        unflushed
    }

    /// Takes a file: nothing is done for one that stands as it should.
    fn take(&self, path: &str, bytes: &[u8]) -> io::Result<Staged> {
        let _pass = self.gate.pass()?;
        let place = self.look(path)?;
        if let Some(metadata) = &place.file
            && holds(&self.folder.join(path), metadata, bytes)?
        {
            return Ok(Staged::standing(Stamp::of(metadata)));
        }
        let from = self.waiting_place(path)?;
        let stamp = self.disk.create_file(&from, bytes);
        let stamp = stamp.map_err(|error| self.failed(path, &from, &error))?;
        self.refuse_foreign(path, &place, &from)?;
        Ok(Staged::new(from, &place, stamp))
    }

    /// The same for a file that is written piece by piece.
    fn take_written(&self, path: &str, write: WriteTo<'_>) -> io::Result<Staged> {
        let _pass = self.gate.pass()?;
        let place = self.look(path)?;
        let from = self.waiting_place(path)?;
        let stamp = self.disk.write_file(&from, write);
        let stamp = stamp.map_err(|error| self.failed(path, &from, &error))?;
        if let Some(metadata) = &place.file
            && same(&from, &self.folder.join(path))?
        {
            self.disk
                .remove_file(&from)
                .map_err(|error| failed("remove", &from, &error))?;
            return Ok(Staged::standing(Stamp::of(metadata)));
        }
        self.refuse_foreign(path, &place, &from)?;
        Ok(Staged::new(from, &place, stamp))
    }

    /// A derived file that stands since the last run, if that finished, and made it in the same way from what stands still.
    fn kept(&self, path: &str, from: Source<'_>) -> Option<Stamp> {
        // A run that was killed may have left the one new and the other old.
        if self.old.inputs.is_empty() || self.old.way != from.way {
            return None;
        }
        let left = |path: &str| *self.old.files.get(path)?;
        let is_same = {
            let come = self.come();
            let source = come.files.get(from.path)?;
            source.place.is_none() && source.stamp? == left(from.path)?
        };
        match standing(&self.folder, path) {
            Ok(Standing::File(metadata)) if is_same => {
                Stamp::of(&metadata).filter(|it| Some(*it) == left(path))
            }
            _ => None,
        }
    }

    /// Looks where a file belongs.
    fn look(&self, path: &str) -> io::Result<Place> {
        if !is_plain(path) {
            let why = format!("no file of a site can be named {path:?}");
            return Err(io::Error::new(ErrorKind::InvalidInput, why));
        }
        if self.is_empty {
            Ok(Place::nothing(path))
        } else {
            place_of(&self.folder, path, &self.old)
        }
    }

    /// Refuses to replace a file that is not known to be the site's. Without a manifest, one that holds nothing but a
    /// beginning of what will stand there, or zeros, is what a power loss left of it.
    fn refuse_foreign(&self, path: &str, place: &Place, from: &Path) -> io::Result<()> {
        if place.is_foreign && !(self.old.is_lost && is_remnant(&self.folder.join(path), from)?) {
            return Err(foreign(&self.folder, path, &self.old));
        }
        Ok(())
    }

    /// Where a file waits.
    fn waiting_place(&self, path: &str) -> io::Result<PathBuf> {
        let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folder) = waiting.get(above) {
            return Ok(folder.join(name));
        }
        let folder = self.folder.join(STAGE).join(waiting.len().to_string());
        create_folder(self.disk, &folder)?;
        let place = folder.join(name);
        waiting.insert(above.to_owned(), folder);
        Ok(place)
    }

    /// What a disk that refuses is told by.
    fn failed(&self, path: &str, from: &Path, error: &io::Error) -> io::Error {
        if error.kind() == ErrorKind::AlreadyExists {
            return named_twice(path);
        }
        // A full disk needs the room; if this fails too, the next run removes it.
        self.disk.remove_file(from).ok();
        failed("write", &self.folder.join(path), error)
    }

    /// Notes a file that was taken, or why it was not.
    fn note(&self, path: &str, taken: io::Result<Staged>) {
        let mut come = self.come();
        let why = match taken {
            Ok(staged) => match come.files.insert(path.to_owned(), staged) {
                None => return,
                Some(_) => named_twice(path),
            },
            Err(error) => error,
        };
        come.refused.get_or_insert(why);
    }

    fn come(&self) -> std::sync::MutexGuard<'_, Come> {
        self.come.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn named_twice(path: &str) -> io::Error {
    let why = format!("two files of the site are named `{path}`");
    io::Error::new(ErrorKind::InvalidInput, why)
}

impl Sink for Stage<'_> {
    fn put(&self, path: &str, bytes: &[u8]) {
        if self.come().refused.is_none() {
            self.note(path, self.take(path, bytes));
        }
    }

    fn put_written(&self, path: &str, write: WriteTo<'_>) {
        if self.come().refused.is_none() {
            self.note(path, self.take_written(path, write));
        }
    }

    fn put_derived(&self, path: &str, from: Source<'_>, make: MakeFrom<'_>) {
        if self.come().refused.is_some() {
            return;
        }
        {
            let mut way = self.way.lock().unwrap_or_else(PoisonError::into_inner);
            if way.is_empty() {
                from.way.clone_into(&mut way);
            }
        }
        if let Some(stamp) = self.kept(path, from) {
            self.note(path, Ok(Staged::standing(Some(stamp))));
        } else if let Some(bytes) = make() {
            self.note(path, self.take(path, &bytes));
        }
    }
}

impl Drop for Stage<'_> {
    /// Removes the files of a site that was given up.
    fn drop(&mut self) {
        give_up(self.disk, &self.folder, &self.made, &self.gate);
    }
}

/// Removes the files that have no names yet, once, and the folders that were made for them. Nothing changes the folder
/// afterwards, for as long as what is returned lives.
fn give_up<'g>(
    disk: &dyn Disk,
    folder: &Path,
    made: &[PathBuf],
    gate: &'g Gate,
) -> Option<Shut<'g>> {
    let shut = gate.shut()?;
    sweep(disk, folder).ok();
    for folder in made {
        // One that holds the site stays.
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Some(shut)
}
