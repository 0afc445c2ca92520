//! Changes of a book's files, gathered into bursts.
//!
//! Entry: [`Watch::start`], then [`Watch::next_change`] again and again; [`Mirror`] keeps the sources as they stand on disk.
//! Folders are watched, since editors save by putting a new file in the place of the old. A folder is watched before it
//! is read, so that no file in it is missed. Where the system can't report changes, the folders are looked through
//! each second. Some file systems take a watch and report nothing (drives of a network, folders that a container shares with
//! its machine, layers below an overlay), so that the files are compared with what was read whenever nothing was heard for
//! two seconds.
//! Invariant: memory is bounded under any storm, and what was read wakes nobody.

mod burst;
mod mirror;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::{ErrorKind, RecursiveMode, Watcher};

use super::read::is_passed_over;
use crate::source::SourcePath;
use burst::{Burst, Scope};
pub use mirror::Mirror;

/// How long nothing is heard before the files are compared with what was read.
const LOOK: Duration = Duration::from_secs(2);
/// The files are compared for at most this part of the time: in a large book the pauses grow.
const SHARE: u32 = 20;
/// How long a change that was found may take to be reported as well.
const LATE: Duration = Duration::from_millis(300);
/// How often the folders are looked through where the system reports nothing.
const ROUND: Duration = Duration::from_secs(1);
/// How far the two clocks drift apart only where the machine slept.
const SLEPT: Duration = Duration::from_secs(5);

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These files or folders may have, by path in the book.
    Paths(BTreeSet<String>),
    /// Anything may have.
    Anything,
    /// Nothing was reported for a while, which is no proof that nothing has.
    Unreported,
}

/// Watches the folders of a book.
pub struct Watch {
    root: PathBuf,
    folders: Vec<String>,
    files: Vec<String>,
    shared: Arc<Shared>,
    /// None where the system reports nothing.
    watcher: Option<Box<dyn Watcher + Send>>,
    /// Which folders the watched paths were when they were last looked at.
    seen: Vec<Option<Identity>>,
    clocks: (Instant, SystemTime),
    /// Before this, the files are not compared again.
    rests_until: Instant,
}

/// Ends a watch from another thread.
#[derive(Clone)]
pub struct Stop(Arc<Shared>);

#[derive(Default)]
struct Shared {
    burst: Mutex<Burst>,
    woken: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Burst> {
        self.burst.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Stop {
    /// Ends the watch: its next burst is none.
    pub fn stop(&self) {
        self.0.lock().stop();
        self.0.woken.notify_all();
    }
}

impl Watch {
    /// Watches folders of a root, and files that stand in the root itself. `root` is a path without links.
    #[must_use]
    pub fn start(root: &Path, folders: &[String], files: &[String]) -> Self {
        let shared = Arc::<Shared>::default();
        let hearer = shared.clone();
        let watcher = notify::recommended_watcher(move |event| {
            hearer.lock().hear(event, Instant::now());
            hearer.woken.notify_all();
        });
        let watcher = watcher.ok().map(|it| Box::new(it) as Box<_>);
        Self::with(watcher, shared, root, (folders, files))
    }

    /// A watch on a file system that takes it and reports nothing.
    #[cfg(test)]
    pub(crate) fn silent(root: &Path, folders: &[String], files: &[String]) -> Self {
        let watcher = Box::new(notify::NullWatcher);
        Self::with(Some(watcher), Arc::default(), root, (folders, files))
    }

    fn with(
        watcher: Option<Box<dyn Watcher + Send>>,
        shared: Arc<Shared>,
        root: &Path,
        (folders, files): (&[String], &[String]),
    ) -> Self {
        let mut watch = Self {
            root: root.to_path_buf(),
            folders: Vec::new(),
            files: files.to_vec(),
            shared,
            watcher,
            seen: Vec::new(),
            clocks: (Instant::now(), SystemTime::now()),
            rests_until: Instant::now(),
        };
        watch.turn_to(folders);
        watch
    }

    /// Watches other folders, and says whether they are others.
    pub fn turn_to(&mut self, folders: &[String]) -> bool {
        if self.folders == folders {
            return false;
        }
        self.folders = folders.to_vec();
        self.shared.lock().scope = Scope {
            root: self.root.clone(),
            folders: folders.to_vec(),
            files: self.files.clone(),
            linked: false,
        };
        self.watch_all();
        true
    }

    /// Whether the system reports changes; otherwise the folders are looked through each second.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.watcher.is_some()
    }

    /// What ends this watch.
    #[must_use]
    pub fn stopper(&self) -> Stop {
        Stop(self.shared.clone())
    }

    /// Whether the system also reports one of these changes, which were found by comparing files. It may be late.
    #[must_use]
    pub fn reports(&self, paths: &[SourcePath]) -> bool {
        let until = Instant::now() + LATE;
        let mut burst = self.shared.lock();
        loop {
            let now = Instant::now();
            if burst.is_stopped() || burst.holds(paths) {
                return true;
            }
            if until <= now {
                return false;
            }
            let woken = self.shared.woken.wait_timeout(burst, until - now);
            burst = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Compares the files, and rests the longer after it the longer it took.
    pub fn comparing<T>(&mut self, compare: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let compared = compare();
        self.rests_until = Instant::now() + start.elapsed() * SHARE;
        compared
    }

    /// Waits for the next burst of changes, or for some time: then the files are to be compared. None when the watch is
    /// stopped. New folders in a burst are watched from now on.
    pub fn next_change(&mut self) -> Option<Change> {
        let change = match self.wait()? {
            Some(change) => change,
            None if self.watcher.is_none() || self.is_blind() => Change::Anything,
            None if self.rests_until <= Instant::now() => Change::Unreported,
            None => Change::Paths(BTreeSet::new()),
        };
        match &change {
            Change::Unreported => {}
            Change::Anything => self.watch_all(),
            Change::Paths(paths) => {
                for path in paths {
                    let place = self.root.join(path);
                    match fs::symlink_metadata(&place) {
                        Ok(it) if it.is_dir() => self.watch_tree(&place),
                        Ok(it) if it.is_symlink() => self.watch_link(&place),
                        _ => {}
                    }
                }
            }
        }
        Some(change)
    }

    /// A burst that has come to its end, or none after some time without one; nothing when the watch is stopped.
    #[expect(
        clippy::option_option,
        reason = "the end of the watch is not the end of a wait"
    )]
    fn wait(&self) -> Option<Option<Change>> {
        let patience = if self.watcher.is_some() { LOOK } else { ROUND };
        let until = Instant::now() + patience;
        let mut burst = self.shared.lock();
        loop {
            if burst.is_stopped() {
                return None;
            }
            let now = Instant::now();
            let end = burst.end().unwrap_or(until);
            if end <= now {
                return Some(burst.take());
            }
            let woken = self.shared.woken.wait_timeout(burst, end - now);
            burst = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Whether changes may have gone unseen: the machine slept, or a folder is not the one that is watched.
    fn is_blind(&mut self) -> bool {
        let (awake, wall) = (self.clocks.0.elapsed(), self.clocks.1.elapsed());
        self.clocks = (Instant::now(), SystemTime::now());
        let slept = wall.is_ok_and(|wall| wall > awake + SLEPT);
        slept || self.identities() != self.seen
    }

    fn identities(&self) -> Vec<Option<Identity>> {
        let places = self.folders.iter().map(|it| self.root.join(it));
        let places = std::iter::once(self.root.clone()).chain(places);
        places.map(|it| Identity::of(&it)).collect()
    }

    /// Watches the root, the way to each folder, and the folders with all that is in them.
    fn watch_all(&mut self) {
        self.seen = self.identities();
        let mut on_the_way = BTreeSet::from([self.root.clone()]);
        for folder in &self.folders {
            let above = Path::new(folder).ancestors().skip(1);
            on_the_way.extend(above.map(|it| self.root.join(it)));
        }
        for place in on_the_way {
            self.watch_one(&place, RecursiveMode::NonRecursive);
        }
        for folder in self.folders.clone() {
            self.watch_tree(&self.root.join(folder));
        }
    }

    /// Watches a folder and all under it. Linux watches each folder by itself: one that can't be entered, or that goes
    /// meanwhile, must not keep the others from being watched.
    fn watch_tree(&mut self, place: &Path) {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            return self.watch_one(place, RecursiveMode::Recursive);
        }
        self.watch_one(place, RecursiveMode::NonRecursive);
        let Ok(entries) = fs::read_dir(place) else {
            return;
        };
        for entry in entries.filter_map(Result::ok) {
            if is_passed_over(&entry.file_name().to_string_lossy()) {
                continue;
            }
            match entry.file_type() {
                Ok(it) if it.is_dir() => self.watch_tree(&entry.path()),
                Ok(it) if it.is_symlink() => self.watch_link(&entry.path()),
                _ => {}
            }
        }
    }

    /// What a link leads to is reported under its own name, so that from now on anything may have changed.
    fn watch_link(&mut self, link: &Path) {
        if let Ok(real) = fs::canonicalize(link)
            && real.starts_with(&self.root)
        {
            self.shared.lock().scope.linked = true;
            let folder = if real.is_dir() {
                Some(real.as_path())
            } else {
                real.parent()
            };
            if let Some(folder) = folder {
                self.watch_one(folder, RecursiveMode::NonRecursive);
            }
        }
    }

    fn watch_one(&mut self, place: &Path, mode: RecursiveMode) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if let Err(error) = watcher.watch(place, mode) {
            let unseen = match error.kind {
                // It is gone, or it can't be entered: then nothing in it can be read either.
                ErrorKind::PathNotFound => false,
                ErrorKind::Io(it) => !matches!(
                    it.kind(),
                    io::ErrorKind::NotFound
                        | io::ErrorKind::PermissionDenied
                        | io::ErrorKind::NotADirectory
                ),
                _ => true,
            };
            if unseen {
                self.watcher = None;
            }
        }
    }
}

/// What tells a folder from another of the same name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Identity(Option<SystemTime>, u64);

impl Identity {
    fn of(place: &Path) -> Option<Self> {
        let metadata = fs::metadata(place).ok()?;
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        Some(Self(metadata.created().ok(), number))
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Mirror, Watch};
    use crate::source::SourcePath;
    use std::fs;
    use std::time::{Duration, Instant, SystemTime};

    fn watch(folder: &tempfile::TempDir) -> Watch {
        let root = folder.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("content")).expect("the test's own folder");
        Watch::start(&root, &["content".to_owned()], &["book.toml".to_owned()])
    }

    #[test]
    fn after_a_machine_slept_anything_may_have_changed() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        assert_eq!(watch.next_change(), Some(Change::Unreported));
        // The clock on the wall went on for a minute in which this program did not run.
        watch.clocks.1 = SystemTime::now() - Duration::from_secs(60);
        assert_eq!(watch.next_change(), Some(Change::Anything));
    }

    #[test]
    fn without_events_the_folders_are_looked_through() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        watch.watcher = None;
        assert!(!watch.is_told());
        assert_eq!(watch.next_change(), Some(Change::Anything));
    }

    #[test]
    fn a_stopped_watch_has_no_next_change() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        let stopper = watch.stopper();
        std::thread::spawn(move || stopper.stop());
        while let Some(change) = watch.next_change() {
            assert_eq!(change, Change::Unreported);
        }
    }

    #[test]
    fn comparing_takes_a_small_part_of_the_time() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        assert_eq!(watch.next_change(), Some(Change::Unreported));
        // As if the files of a very large book were compared.
        watch.comparing(|| std::thread::sleep(Duration::from_millis(500)));
        let nothing = Change::Paths(std::collections::BTreeSet::new());
        assert_eq!(watch.next_change(), Some(nothing));
        let rest = watch.rests_until.duration_since(Instant::now());
        assert!(rest > Duration::from_secs(5), "{rest:?}");
    }

    #[test]
    fn a_change_that_nobody_reports_is_found_by_comparing() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let root = folder.path().canonicalize().expect("it is there");
        fs::create_dir_all(root.join("content/deep")).expect("the test's own folder");
        fs::write(root.join("content/deep/a.md"), "one").expect("the test's own folder");
        fs::write(root.join("content/b.md"), "old").expect("the test's own folder");
        let (folders, files) = (vec!["content".to_owned()], vec!["book.toml".to_owned()]);
        let mut watch = Watch::silent(&root, &folders, &files);
        assert!(watch.is_told(), "such a system takes the watch");
        let mut mirror = Mirror::read(root.clone(), folders, files).expect("it can be read");
        let mut found = |watch: &mut Watch| -> Vec<SourcePath> {
            let change = watch.next_change().expect("it is not stopped");
            assert_eq!(change, Change::Unreported);
            let changed = mirror.refresh(&change).expect("it can be read");
            changed.into_iter().collect()
        };
        assert!(found(&mut watch).is_empty());
        fs::write(root.join("content/deep/a.md"), "two").expect("the same length");
        fs::create_dir(root.join("content/new")).expect("the test's own folder");
        fs::write(root.join("content/new/c.md"), "").expect("the test's own folder");
        fs::remove_file(root.join("content/b.md")).expect("it is there");
        fs::write(root.join("book.toml"), "[book]").expect("the test's own folder");
        let paths = found(&mut watch);
        let wanted = [
            "book.toml",
            "content/b.md",
            "content/deep/a.md",
            "content/new/c.md",
        ];
        assert_eq!(paths.iter().map(|it| &**it).collect::<Vec<_>>(), wanted);
        assert!(!watch.reports(&paths));
        assert!(found(&mut watch).is_empty());
    }

    #[test]
    fn a_change_that_the_system_reports_late_is_reported() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let watch = watch(&folder);
        let root = folder.path().canonicalize().expect("it is there");
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(50));
            fs::write(root.join("content/a.md"), "").expect("the test's own folder");
        });
        assert!(watch.reports(&["content/a.md".into()]));
        assert!(!watch.reports(&["content/b.md".into()]));
    }
}
