//! Watches a book's files for changes.
//!
//! Entry: [`Watch::start`], then [`Watch::next_change`] in a loop; [`Mirror`] keeps the sources as they are on disk.
//! Folders are watched rather than files, since editors save by renaming a new file over the old one. A folder is watched
//! before it is read, so that no change is missed. Where the system can't report changes, the folders are polled each second.
//! Some file systems accept a watch and report nothing (network drives, folders shared with a container, lower layers of an
//! overlay), so the files are also compared with what was read after two seconds without an event.
//! Invariant: memory is bounded under any number of events, and reading triggers no change.

mod debounce;
mod mirror;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use notify::{ErrorKind, RecursiveMode, Watcher};

use super::read::is_ignored;
use crate::source::SourcePath;
use debounce::{Debouncer, Scope};
pub use mirror::Mirror;

/// How long without an event until the files are compared with what was read.
const COMPARE_AFTER: Duration = Duration::from_secs(2);
/// After a comparison, the pause is this many times as long as the comparison took, so that large books cost little CPU.
const REST_FACTOR: u32 = 20;
/// How long to wait for the system to report a change that a comparison has found.
const REPORT_DELAY: Duration = Duration::from_millis(300);
/// How often the folders are polled where the system can't report changes.
const POLL_INTERVAL: Duration = Duration::from_secs(1);
/// A difference between the monotonic and the wall clock that means that the machine was suspended.
const SLEEP_DRIFT: Duration = Duration::from_secs(5);

/// What has changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// These files or folders may have changed; paths relative to the root.
    Paths(BTreeSet<String>),
    /// Anything may have changed.
    Anything,
    /// No event for a while; the file system may not report any.
    Unreported,
}

/// Watches the folders of a book.
pub struct Watch {
    root: PathBuf,
    folders: Vec<String>,
    files: Vec<String>,
    state: Arc<WatchState>,
    /// `None` where the system can't report changes.
    watcher: Option<Box<dyn Watcher + Send>>,
    /// The identities of the watched folders at the last check.
    identities: Vec<Option<FolderIdentity>>,
    clocks: (Instant, SystemTime),
    /// No comparison before this time.
    rest_until: Instant,
}

/// Stops a watch from another thread.
#[derive(Clone)]
pub struct StopHandle(Arc<WatchState>);

#[derive(Default)]
struct WatchState {
    debouncer: Mutex<Debouncer>,
    changed: Condvar,
}

impl WatchState {
    fn lock(&self) -> MutexGuard<'_, Debouncer> {
        self.debouncer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

impl StopHandle {
    /// Stops the watch: [`Watch::next_change`] returns `None` from now on.
    pub fn stop(&self) {
        self.0.lock().stop();
        self.0.changed.notify_all();
    }
}

impl Watch {
    /// Starts watching folders below a root, and files in the root itself. `root` must not contain symbolic links.
    #[must_use]
    pub fn start(root: &Path, folders: &[String], files: &[String]) -> Self {
        let state = Arc::<WatchState>::default();
        let receiver = state.clone();
        let watcher = notify::recommended_watcher(move |event| {
            receiver.lock().record(event, Instant::now());
            receiver.changed.notify_all();
        });
        let watcher = watcher.ok().map(|it| Box::new(it) as Box<_>);
        Self::new(watcher, state, root, (folders, files))
    }

    /// A watch on a file system that accepts it and reports nothing.
    #[cfg(test)]
    pub(crate) fn without_events(root: &Path, folders: &[String], files: &[String]) -> Self {
        let watcher = Box::new(notify::NullWatcher);
        Self::new(Some(watcher), Arc::default(), root, (folders, files))
    }

    fn new(
        watcher: Option<Box<dyn Watcher + Send>>,
        state: Arc<WatchState>,
        root: &Path,
        (folders, files): (&[String], &[String]),
    ) -> Self {
        let mut watch = Self {
            root: root.to_path_buf(),
            folders: Vec::new(),
            files: files.to_vec(),
            state,
            watcher,
            identities: Vec::new(),
            clocks: (Instant::now(), SystemTime::now()),
            rest_until: Instant::now(),
        };
        watch.set_folders(folders);
        watch
    }

    /// Switches to another set of folders; returns whether the set changed.
    pub fn set_folders(&mut self, folders: &[String]) -> bool {
        if self.folders == folders {
            return false;
        }
        self.folders = folders.to_vec();
        self.state.lock().scope = Scope {
            root: self.root.clone(),
            folders: folders.to_vec(),
            files: self.files.clone(),
            has_links: false,
        };
        self.watch_all();
        true
    }

    /// Whether the system can report changes; otherwise the folders are polled each second.
    #[must_use]
    pub fn has_events(&self) -> bool {
        self.watcher.is_some()
    }

    /// A handle that stops this watch.
    #[must_use]
    pub fn stop_handle(&self) -> StopHandle {
        StopHandle(self.state.clone())
    }

    /// Whether the system also reports one of these changes, which a comparison has found. Waits for late events.
    #[must_use]
    pub fn is_reported(&self, paths: &[SourcePath]) -> bool {
        let until = Instant::now() + REPORT_DELAY;
        let mut debouncer = self.state.lock();
        loop {
            let now = Instant::now();
            if debouncer.is_stopped() || debouncer.has_any(paths) {
                return true;
            }
            if until <= now {
                return false;
            }
            let changed = self.state.changed.wait_timeout(debouncer, until - now);
            debouncer = changed.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Runs a comparison of the files, and postpones the next one in proportion to the time that this one took.
    pub fn compare_and_rest<T>(&mut self, compare: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let compared = compare();
        self.rest_until = Instant::now() + start.elapsed() * REST_FACTOR;
        compared
    }

    /// Waits for the next change, or until the files should be compared. `None` when the watch is stopped. New folders in a
    /// change are watched from now on.
    pub fn next_change(&mut self) -> Option<Change> {
        let change = match self.wait()? {
            Some(change) => change,
            None if self.watcher.is_none() || self.may_have_missed_changes() => Change::Anything,
            None if self.rest_until <= Instant::now() => Change::Unreported,
            None => Change::Paths(BTreeSet::new()),
        };
        match &change {
            Change::Unreported => {}
            Change::Anything => self.watch_all(),
            Change::Paths(paths) => {
                for path in paths {
                    let location = self.root.join(path);
                    match fs::symlink_metadata(&location) {
                        Ok(it) if it.is_dir() => self.watch_tree(&location),
                        Ok(it) if it.is_symlink() => self.watch_link(&location),
                        _ => {}
                    }
                }
            }
        }
        Some(change)
    }

    /// The next debounced change, `Some(None)` on timeout, `None` when the watch is stopped.
    #[expect(
        clippy::option_option,
        reason = "the end of the watch is not the end of a wait"
    )]
    fn wait(&self) -> Option<Option<Change>> {
        let timeout = if self.watcher.is_some() {
            COMPARE_AFTER
        } else {
            POLL_INTERVAL
        };
        let until = Instant::now() + timeout;
        let mut debouncer = self.state.lock();
        loop {
            if debouncer.is_stopped() {
                return None;
            }
            let now = Instant::now();
            let end = debouncer.deadline().unwrap_or(until);
            if end <= now {
                return Some(debouncer.take_change());
            }
            let changed = self.state.changed.wait_timeout(debouncer, end - now);
            debouncer = changed.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Whether events may have been missed: the machine was suspended, or a watched folder was replaced by another.
    fn may_have_missed_changes(&mut self) -> bool {
        let (awake, wall) = (self.clocks.0.elapsed(), self.clocks.1.elapsed());
        self.clocks = (Instant::now(), SystemTime::now());
        let slept = wall.is_ok_and(|wall| wall > awake + SLEEP_DRIFT);
        slept || self.folder_identities() != self.identities
    }

    fn folder_identities(&self) -> Vec<Option<FolderIdentity>> {
        let folders = self.folders.iter().map(|it| self.root.join(it));
        std::iter::once(self.root.clone())
            .chain(folders)
            .map(|it| FolderIdentity::read(&it))
            .collect()
    }

    /// Watches the root, the parents of each folder, and the folders recursively.
    fn watch_all(&mut self) {
        self.identities = self.folder_identities();
        let mut parents = BTreeSet::from([self.root.clone()]);
        for folder in &self.folders {
            let ancestors = Path::new(folder).ancestors().skip(1);
            parents.extend(ancestors.map(|it| self.root.join(it)));
        }
        for location in parents {
            self.watch_one(&location, RecursiveMode::NonRecursive);
        }
        for folder in self.folders.clone() {
            self.watch_tree(&self.root.join(folder));
        }
    }

    /// Watches a folder recursively. Linux needs a watch for each folder: one that can't be entered, or is deleted meanwhile,
    /// must not prevent the others from being watched.
    fn watch_tree(&mut self, location: &Path) {
        if !cfg!(any(target_os = "linux", target_os = "android")) {
            return self.watch_one(location, RecursiveMode::Recursive);
        }
        self.watch_one(location, RecursiveMode::NonRecursive);
        let Ok(entries) = fs::read_dir(location) else {
            return;
        };
        for entry in entries.filter_map(Result::ok) {
            if is_ignored(&entry.file_name().to_string_lossy()) {
                continue;
            }
            match entry.file_type() {
                Ok(it) if it.is_dir() => self.watch_tree(&entry.path()),
                Ok(it) if it.is_symlink() => self.watch_link(&entry.path()),
                _ => {}
            }
        }
    }

    /// Watches the target of a symbolic link. It is reported under its own path, so that from now on anything may have changed.
    fn watch_link(&mut self, link: &Path) {
        if let Ok(real) = fs::canonicalize(link)
            && real.starts_with(&self.root)
        {
            self.state.lock().scope.has_links = true;
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

    fn watch_one(&mut self, location: &Path, mode: RecursiveMode) {
        let Some(watcher) = &mut self.watcher else {
            return;
        };
        if let Err(error) = watcher.watch(location, mode) {
            let is_unreliable = match error.kind {
                // The folder is gone or can't be entered: then its files can't be read either.
                ErrorKind::PathNotFound => false,
                ErrorKind::Io(it) => !matches!(
                    it.kind(),
                    io::ErrorKind::NotFound
                        | io::ErrorKind::PermissionDenied
                        | io::ErrorKind::NotADirectory
                ),
                _ => true,
            };
            if is_unreliable {
                self.watcher = None;
            }
        }
    }
}

/// Creation time and inode number of a folder, to detect that another one has taken its path.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FolderIdentity(Option<SystemTime>, u64);

impl FolderIdentity {
    fn read(location: &Path) -> Option<Self> {
        let metadata = fs::metadata(location).ok()?;
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
        // The wall clock advanced by a minute in which this program did not run.
        watch.clocks.1 = SystemTime::now() - Duration::from_secs(60);
        assert_eq!(watch.next_change(), Some(Change::Anything));
    }

    #[test]
    fn without_events_the_folders_are_looked_through() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        watch.watcher = None;
        assert!(!watch.has_events());
        assert_eq!(watch.next_change(), Some(Change::Anything));
    }

    #[test]
    fn a_stopped_watch_has_no_next_change() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut watch = watch(&folder);
        let stop_handle = watch.stop_handle();
        std::thread::spawn(move || stop_handle.stop());
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
        watch.compare_and_rest(|| std::thread::sleep(Duration::from_millis(500)));
        let nothing = Change::Paths(std::collections::BTreeSet::new());
        assert_eq!(watch.next_change(), Some(nothing));
        let rest = watch.rest_until.duration_since(Instant::now());
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
        let mut watch = Watch::without_events(&root, &folders, &files);
        assert!(watch.has_events(), "such a system takes the watch");
        let mut mirror = Mirror::read(root.clone(), folders, files).expect("it can be read");
        let mut refresh = |watch: &mut Watch| -> Vec<SourcePath> {
            let change = watch.next_change().expect("it is not stopped");
            assert_eq!(change, Change::Unreported);
            let changed = mirror.refresh(&change).expect("it can be read");
            changed.into_iter().collect()
        };
        assert!(refresh(&mut watch).is_empty());
        fs::write(root.join("content/deep/a.md"), "two").expect("the same length");
        fs::create_dir(root.join("content/new")).expect("the test's own folder");
        fs::write(root.join("content/new/c.md"), "").expect("the test's own folder");
        fs::remove_file(root.join("content/b.md")).expect("it is there");
        fs::write(root.join("book.toml"), "[book]").expect("the test's own folder");
        let paths = refresh(&mut watch);
        let wanted = [
            "book.toml",
            "content/b.md",
            "content/deep/a.md",
            "content/new/c.md",
        ];
        assert_eq!(paths.iter().map(|it| &**it).collect::<Vec<_>>(), wanted);
        assert!(!watch.is_reported(&paths));
        assert!(refresh(&mut watch).is_empty());
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
        assert!(watch.is_reported(&["content/a.md".into()]));
        assert!(!watch.is_reported(&["content/b.md".into()]));
    }
}
