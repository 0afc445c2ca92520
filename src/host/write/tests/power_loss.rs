//! Runs at whose every step the power is lost.
//!
//! A disk that remembers what was flushed and what was not gives the states that a power loss can leave. It promises no more
//! than POSIX does: what was not flushed, each name and each file's bytes, is kept or lost on its own. A name can so be there
//! without the bytes, and a rename can be half there. File systems that keep an order promise more.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};
use std::time::SystemTime;

use super::{FOREIGN, Scratch, assert_holds, first, is_not_ours, second, third, tree};
use crate::host::write::disk::{Disk, Real};
use crate::host::write::flush::Unflushed;
use crate::host::write::manifest::Stamp;
use crate::host::write::{clean_on, up_to_date, write_on};
use crate::output::Outputs;

/// What a name leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Node {
    File(usize),
    Folder(usize),
}

/// A file's bytes, and whether they outlive a power loss.
#[derive(Debug, Clone)]
struct Bytes {
    whole: Vec<u8>,
    modified: SystemTime,
    is_durable: bool,
}

/// The names in a folder.
type Names = BTreeMap<String, Node>;

/// One name that changed in a folder and was not flushed.
#[derive(Debug, Clone)]
struct Change {
    folder: usize,
    name: String,
    node: Option<Node>,
}

/// Everything below one folder, which is the first of the folders.
#[derive(Debug, Clone, Default)]
struct State {
    files: Vec<Bytes>,
    /// The names of each folder as a running system shows them.
    now: Vec<Names>,
    /// The names of each folder that outlive a power loss.
    durable: Vec<Names>,
    /// What is in the first and not in the second, in the order in which it came.
    pending: Vec<Change>,
}

/// What becomes of what was not flushed.
#[derive(Debug, Clone, Copy)]
enum Loss {
    /// No name and no bytes are kept.
    All,
    /// All names are kept, and their files are empty.
    Bytes,
    /// All names are kept, and their files are zeros of the right length.
    Zeros,
    /// All names are kept, and half of each file.
    Halves,
    /// So many names are kept that came first, with empty files.
    After(usize),
    /// Each name is kept or lost by chance, and so are bytes.
    Chance(u64),
}

impl State {
    /// What stands in a folder, all of it durable.
    fn of(folder: &Path) -> Self {
        let mut state = Self::default();
        state.load(folder);
        state
    }

    fn load(&mut self, folder: &Path) -> usize {
        let id = self.new_folder();
        let mut names = Names::new();
        for entry in fs::read_dir(folder).expect("the test's own folder") {
            let place = entry.expect("the test's own folder").path();
            let node = if place.is_dir() {
                Node::Folder(self.load(&place))
            } else {
                let node = self.new_file(&place);
                self.files.last_mut().expect("it has come").is_durable = true;
                node
            };
            names.insert(name_of(&place), node);
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

    fn new_file(&mut self, place: &Path) -> Node {
        let metadata = fs::metadata(place).expect("the test's own file");
        self.files.push(Bytes {
            whole: fs::read(place).expect("the test's own file"),
            modified: metadata.modified().expect("a time"),
            is_durable: false,
        });
        Node::File(self.files.len() - 1)
    }

    /// What a path, relative to the first folder, leads to.
    fn node(&self, path: &Path) -> Option<Node> {
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

    /// Writes into a folder what a power loss leaves.
    fn lose(&self, loss: Loss, folder: &Path) {
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
        self.unload(&names, 0, loss, folder);
    }

    fn unload(&self, names: &[Names], id: usize, loss: Loss, folder: &Path) {
        fs::create_dir_all(folder).expect("the test's own folder");
        for (name, node) in &names[id] {
            let place = folder.join(name);
            match *node {
                Node::Folder(id) => self.unload(names, id, loss, &place),
                Node::File(id) => {
                    let Bytes {
                        whole, modified, ..
                    } = &self.files[id];
                    let half = whole[..whole.len() / 2].to_vec();
                    let left = match loss {
                        _ if self.files[id].is_durable => whole.clone(),
                        Loss::All | Loss::Bytes | Loss::After(_) => Vec::new(),
                        Loss::Zeros => vec![0; whole.len()],
                        Loss::Halves => half,
                        Loss::Chance(seed) => match chance(seed, id + 1_000) % 4 {
                            0 => Vec::new(),
                            1 => vec![0; whole.len()],
                            2 => half,
                            _ => whole.clone(),
                        },
                    };
                    fs::write(&place, left).expect("the test's own folder");
                    let file = File::options().write(true).open(&place);
                    file.and_then(|it| it.set_modified(*modified))
                        .expect("the test's own file");
                }
            }
        }
    }

    /// Every kind of loss that this state can have.
    fn losses(&self, seed: u64) -> Vec<Loss> {
        let mut losses = vec![Loss::All, Loss::Bytes, Loss::Zeros, Loss::Halves];
        let pending = self.pending.len();
        if pending > 1 {
            losses.extend([1, pending / 2, pending - 1].map(Loss::After));
            losses.extend((0..3).map(|it| Loss::Chance(seed * 10 + it)));
        }
        losses
    }
}

fn name_of(place: &Path) -> String {
    let name = place.file_name().expect("a name");
    name.to_str().expect("plain names").to_owned()
}

/// A number by chance, the same each time (SplitMix64).
fn chance(seed: u64, turn: usize) -> u64 {
    let mut it = (seed << 32) ^ (turn as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    it ^ (it >> 31)
}

/// The disk, with a note of what is durable. After so many steps it takes no more.
struct Forgetful<'a> {
    root: &'a Path,
    state: Mutex<State>,
    left: Mutex<usize>,
    /// Whether a flush does nothing, as on a drive that says it has written and has not.
    is_lying: bool,
}

impl<'a> Forgetful<'a> {
    fn new(root: &'a Path, steps: usize) -> Self {
        Self {
            root,
            state: Mutex::new(State::of(root)),
            left: Mutex::new(steps),
            is_lying: false,
        }
    }

    /// Goes on for so many steps, with all that is not flushed yet.
    fn go_on(self, steps: usize) -> Self {
        Self {
            left: Mutex::new(steps),
            ..self
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("no step panics")
    }

    /// Begins a step, one after the other.
    fn step(&self) -> io::Result<MutexGuard<'_, State>> {
        let state = self.state();
        let mut left = self.left.lock().expect("no step panics");
        *left = left
            .checked_sub(1)
            .ok_or_else(|| io::Error::other("no power"))?;
        Ok(state)
    }

    fn path<'p>(&self, place: &'p Path) -> &'p Path {
        place.strip_prefix(self.root).expect("it is in the folder")
    }
}

impl Disk for Forgetful<'_> {
    fn create_folder(&self, place: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        let path = self.path(place);
        let missing: Vec<_> = path.ancestors().collect();
        for path in missing.into_iter().rev() {
            if state.node(path).is_none() {
                let id = state.new_folder();
                state.change(path, Some(Node::Folder(id)));
            }
        }
        Real.create_folder(place)
    }

    fn create_file(&self, place: &Path, bytes: &[u8]) -> io::Result<Option<Stamp>> {
        let mut state = self.step()?;
        let stamp = Real.create_file(place, bytes)?;
        let node = state.new_file(place);
        state.change(self.path(place), Some(node));
        Ok(stamp)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        Real.rename(from, to)?;
        let node = state.node(self.path(from));
        state.change(self.path(to), node);
        state.change(self.path(from), None);
        Ok(())
    }

    fn remove_file(&self, place: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        Real.remove_file(place)?;
        state.change(self.path(place), None);
        Ok(())
    }

    fn remove_folder(&self, place: &Path) -> io::Result<()> {
        let mut state = self.step()?;
        Real.remove_folder(place)?;
        state.change(self.path(place), None);
        Ok(())
    }

    fn flush(&self, unflushed: &Unflushed) -> io::Result<()> {
        let mut state = self.step()?;
        if !self.is_lying {
            for place in unflushed.files.iter().chain(&unflushed.folders) {
                // The folder of the test itself is the first one.
                state.flush(place.strip_prefix(self.root).unwrap_or(Path::new("")));
            }
        }
        Ok(())
    }
}

/// Disks that are never flushed do for what is not about power.
fn write_quickly(folder: &Path, outputs: &Outputs, digest: &str) -> io::Result<()> {
    let root = folder.parent().expect("it is in the test's folder");
    let quick = Forgetful::new(root, usize::MAX);
    write_on(&quick, folder, outputs, digest).map(drop)
}

/// A folder of the test with a finished site in it, and a foreign file.
fn begin(scratch: &Scratch, from: &Outputs) {
    scratch.empty();
    if !from.is_empty() {
        write_quickly(&scratch.site(), from, "from").expect("nothing is in the way");
        fs::write(scratch.site().join(FOREIGN), "example.org").expect("the test's own folder");
    }
}

fn foreign_beside(from: &Outputs) -> &'static [&'static str] {
    if from.is_empty() { &[] } else { &[FOREIGN] }
}

/// The sites that a folder may have been on the way between, and its foreign files.
struct Way<'a> {
    sites: [(&'a str, &'a Outputs); 3],
    foreign: &'static [&'static str],
}

impl Way<'_> {
    /// The first file that is torn, if any.
    fn torn(&self, folder: &Path) -> Option<String> {
        let files = tree(folder).into_iter();
        let mut files = files.filter(|(path, _)| !path.ends_with('/') && !is_not_ours(path));
        let is_whole = |path: &str, bytes: &Vec<u8>| {
            let mut sites = self.sites.iter();
            sites.any(|(_, site)| site.get(path) == Some(bytes))
        };
        let torn = files.find(|(path, bytes)| !is_whole(path, bytes));
        torn.map(|(path, _)| path)
    }

    /// What must hold of a folder after a power loss, and of the next run, for the site of this number.
    fn assert_repaired(&self, folder: &Path, next: usize, moment: &str) {
        assert_eq!(self.torn(folder), None, "{moment}: a torn file");
        for (digest, site) in &self.sites {
            if up_to_date(folder, digest) {
                assert_holds(folder, site, self.foreign);
            }
        }
        let (digest, site) = &self.sites[next % self.sites.len()];
        if let Err(error) = write_quickly(folder, site, digest) {
            panic!("{moment}: {error}");
        }
        assert_holds(folder, site, self.foreign);
        assert!(up_to_date(folder, digest), "{moment}");
    }
}

fn in_one_way<'a>(from: &'a Outputs, to: &'a Outputs, other: &'a Outputs) -> Way<'a> {
    Way {
        sites: [("to", to), ("other", other), ("from", from)],
        foreign: foreign_beside(from),
    }
}

fn lost_folder(name: &str) -> Scratch {
    Scratch::new(&format!("{name}-lost"))
}

#[test]
fn a_power_loss_at_any_step_leaves_whole_files_and_the_next_run_repairs() {
    let (scratch, lost) = (Scratch::new("power"), lost_folder("power"));
    let (nothing, first, second, third) = (Outputs::default(), first(), second(), third());
    for (from, to) in [(&nothing, &first), (&first, &second), (&second, &first)] {
        let way = in_one_way(from, to, &third);
        for steps in 0.. {
            begin(&scratch, from);
            let disk = Forgetful::new(&scratch.0, steps);
            let has_ended = write_on(&disk, &scratch.site(), to, "to").is_ok();
            let state = disk.state();
            for (number, loss) in state.losses(steps as u64).into_iter().enumerate() {
                lost.empty();
                state.lose(loss, &lost.0);
                let moment = format!("power lost after {steps} steps, {loss:?}");
                if has_ended {
                    assert_holds(&lost.site(), to, way.foreign);
                    assert!(up_to_date(&lost.site(), "to"), "{moment}");
                }
                way.assert_repaired(&lost.site(), steps + number, &moment);
            }
            if has_ended {
                assert!(steps > 2 * to.len(), "only {steps} steps");
                break;
            }
        }
    }
}

#[test]
fn a_power_loss_after_a_killed_run_is_repaired_too() {
    let (scratch, lost) = (Scratch::new("power-kill"), lost_folder("power-kill"));
    let (nothing, first, second, third) = (Outputs::default(), first(), second(), third());
    for (from, to, then) in [
        (&nothing, &second, &second),
        (&first, &second, &second),
        (&first, &second, &third),
        (&first, &second, &first),
    ] {
        let way = in_one_way(from, to, &third);
        let digest = way.sites.iter().find(|it| it.1 == then);
        let digest = digest.expect("one of these sites").0;
        for killed in 0.. {
            begin(&scratch, from);
            let disk = Forgetful::new(&scratch.0, killed);
            if write_on(&disk, &scratch.site(), to, "to").is_ok() {
                break;
            }
            // The names that the killed run gave are not durable; what the next finds as it should be is no more so.
            let steps = killed % 7 * 9;
            let disk = disk.go_on(steps);
            let has_ended = write_on(&disk, &scratch.site(), then, digest).is_ok();
            let disk = if has_ended {
                disk
            } else {
                let disk = disk.go_on(usize::MAX);
                write_on(&disk, &scratch.site(), then, digest).expect("nothing is in the way");
                disk
            };
            let state = disk.state();
            for (number, loss) in state.losses(killed as u64).into_iter().enumerate() {
                lost.empty();
                state.lose(loss, &lost.0);
                let moment = format!("killed after {killed} and {steps} steps, {loss:?}");
                // A run that finds all done has nothing to flush but what it wrote itself, so that the killed run's last name,
                // the manifest's, may be lost; the site is not.
                let mut files = tree(&lost.site());
                files.retain(|path, _| !path.ends_with('/') && !is_not_ours(path));
                let wanted = then.iter();
                let wanted = wanted.map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
                assert_eq!(files, wanted.collect(), "{moment}");
                way.assert_repaired(&lost.site(), killed + number, &moment);
            }
        }
    }
}

#[test]
fn a_second_power_loss_during_the_repair_is_repaired() {
    let names = ["power-twice", "power-twice-again"];
    let [scratch, repair] = names.map(Scratch::new);
    let lost = lost_folder("power-twice");
    let (first, second, third) = (first(), second(), third());
    let way = in_one_way(&first, &second, &third);
    for steps in (0..).step_by(5) {
        begin(&scratch, &first);
        let disk = Forgetful::new(&scratch.0, steps);
        if write_on(&disk, &scratch.site(), &second, "to").is_ok() {
            break;
        }
        let state = disk.state();
        for (number, loss) in state.losses(steps as u64).into_iter().enumerate() {
            repair.empty();
            state.lose(loss, &repair.0);
            let disk = Forgetful::new(&repair.0, (steps + 7 * number) % 40);
            let (digest, site) = way.sites[number % 3];
            write_on(&disk, &repair.site(), site, digest).ok();
            lost.empty();
            disk.state().lose(Loss::Chance(number as u64), &lost.0);
            let moment = format!("power lost after {steps} steps, {loss:?}, and again");
            way.assert_repaired(&lost.site(), number, &moment);
        }
    }
}

#[test]
fn a_power_loss_during_clean_leaves_no_file_that_nobody_knows() {
    let (scratch, lost) = (Scratch::new("power-clean"), lost_folder("power-clean"));
    let (nothing, first) = (Outputs::default(), first());
    let way = in_one_way(&first, &nothing, &nothing);
    for steps in 0.. {
        begin(&scratch, &first);
        let disk = Forgetful::new(&scratch.0, steps);
        let has_ended = clean_on(&disk, &scratch.site()).is_ok();
        let state = disk.state();
        for loss in state.losses(steps as u64) {
            lost.empty();
            state.lose(loss, &lost.0);
            let moment = format!("power lost after {steps} steps, {loss:?}");
            assert_eq!(way.torn(&lost.site()), None, "{moment}");
            let is_known = crate::host::write::is_known(&lost.site());
            if is_known {
                clean_on(&Real, &lost.site()).expect("what is left is known");
            }
            let left: Vec<_> = tree(&lost.site()).into_keys().collect();
            assert_eq!(left, [FOREIGN], "{moment}");
        }
        if has_ended {
            break;
        }
    }
}

/// Without this the tests above could prove nothing.
#[test]
fn without_a_flush_the_same_power_losses_tear_files() {
    let (scratch, lost) = (Scratch::new("power-lie"), lost_folder("power-lie"));
    let (first, second, third) = (first(), second(), third());
    let way = in_one_way(&first, &second, &third);
    begin(&scratch, &first);
    let mut disk = Forgetful::new(&scratch.0, usize::MAX);
    disk.is_lying = true;
    write_on(&disk, &scratch.site(), &second, "to").expect("nothing is in the way");
    let state = disk.state();
    let mut torn = 0;
    for loss in state.losses(0) {
        lost.empty();
        state.lose(loss, &lost.0);
        torn += usize::from(way.torn(&lost.site()).is_some());
        // Even then no torn site is taken for the whole one, unless no length tells.
        if !matches!(loss, Loss::Zeros | Loss::Chance(_)) && up_to_date(&lost.site(), "to") {
            assert_holds(&lost.site(), &second, way.foreign);
        }
    }
    assert!(torn > 4, "only {torn} states with a torn file");
}

#[test]
fn the_bytes_and_the_manifest_are_durable_before_the_first_name_is_given() {
    let scratch = Scratch::new("power-order");
    begin(&scratch, &first());
    for steps in 0.. {
        begin(&scratch, &first());
        let disk = Forgetful::new(&scratch.0, steps);
        let has_ended = write_on(&disk, &scratch.site(), &second(), "to").is_ok();
        let new: PathBuf = "site/new.html".into();
        let state = disk.state();
        if let Some(Node::File(id)) = state.node(&new) {
            assert!(state.files[id].is_durable, "after {steps} steps");
        }
        if has_ended {
            break;
        }
    }
}
