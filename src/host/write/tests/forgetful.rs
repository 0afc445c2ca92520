//! A simulated disk that loses unflushed changes, for tests of power losses.
//!
//! Entry: [`Forgetful`]; [`State::left`] returns what remains after a power loss. The simulation promises no more than POSIX:
//! each unflushed entry and the bytes of each unflushed file are kept or lost independently. So an entry can be kept without
//! the bytes of its file, and a rename can be half done. Journaling file systems promise more.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

use crate::host::write::disk::Stamp;
use crate::host::write::disk::{Disk, RealDisk};
use crate::host::write::flush::Unflushed;
use crate::host::write::names::STAGING_FOLDER;
use crate::host::write::names::{FILE_LIST, MANIFEST, TEMPORARY_FILE};

/// What an entry points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Node {
    File(usize),
    Folder(usize),
}

/// A file's bytes, and whether they survive a power loss.
#[derive(Debug, Clone)]
pub(super) struct Bytes {
    whole: Vec<u8>,
    modified: SystemTime,
    pub(super) is_durable: bool,
}

/// The entries of a folder.
type Names = BTreeMap<String, Node>;

/// What remains after a power loss, by path.
pub(super) type Left = BTreeMap<PathBuf, Option<(Vec<u8>, SystemTime)>>;

/// Writes what remains into a folder.
pub(super) fn unload(left: &Left, folder: &Path) {
    for (path, file) in left {
        let location = folder.join(path);
        let Some((bytes, modified)) = file else {
            fs::create_dir(&location).expect("the test's own folder");
            continue;
        };
        let file = File::create_new(&location).and_then(|mut file| {
            file.write_all(bytes)?;
            file.set_modified(*modified)
        });
        file.expect("the test's own folder");
    }
}

/// The distinct states that were tested. Contents of the staging folder, which the next run removes unread, and the digits of the
/// stamps in a manifest make no difference.
#[derive(Default)]
pub(super) struct Seen(BTreeSet<Vec<(PathBuf, Option<Vec<u8>>)>>);

impl Seen {
    pub(super) fn is_new(&mut self, left: &Left) -> bool {
        let mut key = Vec::new();
        for (path, file) in left {
            let bytes = file.as_ref().map(|(bytes, _)| bytes.clone());
            let name = path.iter().nth(1).and_then(|it| it.to_str());
            match name {
                Some(STAGING_FOLDER) => {
                    if path.iter().count() == 2 {
                        key.push((path.clone(), None));
                    }
                }
                Some(MANIFEST | FILE_LIST | TEMPORARY_FILE) => {
                    let mut length = bytes.unwrap_or_default();
                    length.retain(|it| !it.is_ascii_digit());
                    key.push((path.clone(), Some(length)));
                }
                _ => key.push((path.clone(), bytes)),
            }
        }
        self.0.insert(key)
    }
}

/// An unflushed change of one entry of a folder.
#[derive(Debug, Clone)]
pub(super) struct Change {
    folder: usize,
    name: String,
    node: Option<Node>,
}

/// Everything below one folder, which is the first of the folders.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) files: Vec<Bytes>,
    /// The names of each folder as a running system shows them.
    now: Vec<Names>,
    /// The entries of each folder that survive a power loss.
    durable: Vec<Names>,
    /// The differences between the two, in the order of the changes.
    pub(super) pending: Vec<Change>,
}

/// What happens to unflushed changes.
#[derive(Debug, Clone, Copy)]
pub(super) enum Loss {
    /// No entry and no bytes are kept.
    All,
    /// All entries are kept, and their files are empty.
    Bytes,
    /// All entries are kept, and their files are zeros of the right length.
    Zeros,
    /// All entries are kept, and half of each file.
    Halves,
    /// The first entries are kept, up to this number, with empty files.
    After(usize),
    /// Each entry and each file's bytes are kept or lost at random, by this seed.
    Chance(u64),
}

impl State {
    /// The contents of a folder, all durable.
    fn load_from(folder: &Path) -> Self {
        let mut state = Self::default();
        state.load(folder);
        state
    }

    fn load(&mut self, folder: &Path) -> usize {
        let id = self.new_folder();
        let mut names = Names::new();
        for entry in fs::read_dir(folder).expect("the test's own folder") {
            let location = entry.expect("the test's own folder").path();
            let node = if location.is_dir() {
                Node::Folder(self.load(&location))
            } else {
                let node = self.new_file(&location);
                self.files.last_mut().expect("it has come").is_durable = true;
                node
            };
            names.insert(name_of(&location), node);
        }
        self.now[id].clone_from(&names);
        self.durable[id] = names;
        id
    }

    fn new_folder(&mut self) -> usize {
        self.now.push(Names::new());
        self.durable.push(Names::new());
        self.now.len() - 1
    }

    fn new_file(&mut self, location: &Path) -> Node {
        let metadata = fs::metadata(location).expect("the test's own file");
        self.files.push(Bytes {
            whole: fs::read(location).expect("the test's own file"),
            modified: metadata.modified().expect("a time"),
            is_durable: false,
        });
        Node::File(self.files.len() - 1)
    }

    /// What a path, relative to the first folder, points to.
    pub(super) fn node(&self, path: &Path) -> Option<Node> {
        path.iter().try_fold(Node::Folder(0), |node, name| {
            let Node::Folder(id) = node else {
                return None;
            };
            self.now[id].get(name.to_str()?).copied()
        })
    }

    fn change(&mut self, path: &Path, node: Option<Node>) {
        let above = path.parent().expect("a path in the first folder");
        let Some(Node::Folder(folder)) = self.node(above) else {
            panic!("{} is in no folder", path.display());
        };
        let name = name_of(path);
        match node {
            Some(node) => self.now[folder].insert(name.clone(), node),
            None => self.now[folder].remove(&name),
        };
        self.pending.push(Change { folder, name, node });
    }

    fn flush(&mut self, path: &Path) {
        match self.node(path) {
            Some(Node::File(id)) => self.files[id].is_durable = true,
            Some(Node::Folder(id)) => {
                self.durable[id] = self.now[id].clone();
                self.pending.retain(|it| it.folder != id);
            }
            None => {}
        }
    }

    /// What remains after a power loss: the bytes of each file, `None` for each folder.
    pub(super) fn left(&self, loss: Loss) -> Left {
        let mut names = self.durable.clone();
        for (turn, change) in self.pending.iter().enumerate() {
            let is_kept = match loss {
                Loss::All => false,
                Loss::Bytes | Loss::Zeros | Loss::Halves => true,
                Loss::After(kept) => turn < kept,
                Loss::Chance(seed) => !chance(seed, turn).is_multiple_of(3),
            };
            if is_kept {
                let names = &mut names[change.folder];
                match change.node {
                    Some(node) => names.insert(change.name.clone(), node),
                    None => names.remove(&change.name),
                };
            }
        }
        let mut left = Left::new();
        self.gather(&names, 0, loss, Path::new(""), &mut left);
        left
    }

    fn gather(&self, names: &[Names], id: usize, loss: Loss, folder: &Path, left: &mut Left) {
        for (name, node) in &names[id] {
            let location = folder.join(name);
            match *node {
                Node::Folder(id) => {
                    left.insert(location.clone(), None);
                    self.gather(names, id, loss, &location, left);
                }
                Node::File(id) => {
                    let bytes = (self.bytes_left(id, loss), self.files[id].modified);
                    left.insert(location, Some(bytes));
                }
            }
        }
    }

    fn bytes_left(&self, id: usize, loss: Loss) -> Vec<u8> {
        let whole = &self.files[id].whole;
        let kind = match loss {
            _ if self.files[id].is_durable => 3,
            Loss::All | Loss::Bytes | Loss::After(_) => 0,
            Loss::Zeros => 1,
            Loss::Halves => 2,
            Loss::Chance(seed) => chance(seed, id + 1_000) % 4,
        };
        match kind {
            0 => Vec::new(),
            1 => vec![0; whole.len()],
            2 => whole[..whole.len() / 2].to_vec(),
            _ => whole.clone(),
        }
    }

    /// Every loss that is possible in this state.
    pub(super) fn losses(&self, seed: u64) -> Vec<Loss> {
        let mut losses = vec![Loss::All, Loss::Bytes, Loss::Zeros, Loss::Halves];
        let pending = self.pending.len();
        if pending > 1 {
            losses.extend([1, pending / 2, pending - 1].map(Loss::After));
            losses.extend((0..3).map(|it| Loss::Chance(seed * 10 + it)));
        }
        losses
    }
}

fn name_of(location: &Path) -> String {
    let name = location.file_name().expect("a name");
    name.to_str().expect("plain names").to_owned()
}

/// A deterministic random number (`SplitMix64`).
fn chance(seed: u64, turn: usize) -> u64 {
    let mut it = (seed << 32) ^ (turn as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// Which flushes have no effect, as on a drive that confirms a write before it is durable.
pub(super) type Lies = fn(usize) -> bool;

/// The disk, with a record of what is durable. It fails after a number of operations.
pub(super) struct Forgetful<'a> {
    root: &'a Path,
    state: Mutex<State>,
    left: Mutex<usize>,
    /// The flushes so far.
    flushes: AtomicUsize,
    pub(super) lies: Lies,
}

impl<'a> Forgetful<'a> {
    pub(super) fn new(root: &'a Path, steps: usize) -> Self {
        Self {
            root,
            state: Mutex::new(State::load_from(root)),
            left: Mutex::new(steps),
            flushes: AtomicUsize::new(0),
            lies: |_| false,
        }
    }

    /// Continues for so many operations, with the unflushed changes so far.
    pub(super) fn go_on(self, steps: usize) -> Self {
        Self {
            left: Mutex::new(steps),
            ..self
        }
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no step panics")
    }

    /// Begins an operation; only one at a time.
    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.state();
        let mut left = self.left.lock().expect("no step panics");
        *left = left
            .checked_sub(1)
            .ok_or_else(|| io::Error::other("no power"))?;
        Ok(state)
    }

    fn path<'p>(&self, location: &'p Path) -> &'p Path {
        location
            .strip_prefix(self.root)
            .expect("it is in the folder")
    }
}

impl Disk for Forgetful<'_> {
    fn create_folder(&self, location: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let path = self.path(location);
        let missing: Vec<_> = path.ancestors().collect();
        for path in missing.into_iter().rev() {
            if state.node(path).is_none() {
                let id = state.new_folder();
                state.change(path, Some(Node::Folder(id)));
            }
        }
        RealDisk.create_folder(location)
    }

    fn create_file(&self, location: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let mut state = self.step()?;
        let stamp = RealDisk.create_file(location, bytes)?;
        let node = state.new_file(location);
        state.change(self.path(location), Some(node));
        Ok(stamp)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        RealDisk.rename(from, to)?;
        let node = state.node(self.path(from));
        state.change(self.path(to), node);
        state.change(self.path(from), None);
        Ok(())
    }

    fn remove_file(&self, location: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        RealDisk.remove_file(location)?;
        state.change(self.path(location), None);
        Ok(())
    }

    fn remove_folder(&self, location: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        RealDisk.remove_folder(location)?;
        state.change(self.path(location), None);
        Ok(())
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        let mut state = self.step()?;
        let number = self.flushes.fetch_add(1, Ordering::Relaxed);
        if !(self.lies)(number) {
            for location in unflushed.files.iter().chain(&unflushed.folders) {
                // The folder of the test itself is the first one.
                state.flush(location.strip_prefix(self.root).unwrap_or(Path::new("")));
            }
        }
        Ok(())
    }
}
