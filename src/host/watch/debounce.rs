//! Debounces file system events: gathers them until there is a moment of quiet.
//!
//! Entry: [`Debouncer::record`], [`Debouncer::deadline`], [`Debouncer::take_change`]. Invariant: a change is reported after
//! [`MAX_WAIT`] even if events keep coming.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, Event, EventKind, ModifyKind};

use super::Change;
use crate::host::read::is_ignored;
use crate::source::SourcePath;

/// Debounce delay. Short, since it only has to bridge the steps of a save by renaming; files open for writing have a longer one.
const QUIET: Duration = Duration::from_millis(6);
/// Debounce delay while a file is open for writing.
const QUIET_WHILE_WRITING: Duration = Duration::from_millis(250);
/// Maximum time from the first event to the report.
const MAX_WAIT: Duration = Duration::from_millis(500);
/// Maximum of paths to remember; beyond it, anything may have changed.
const MAX_PATHS: usize = 2048;

/// Selects the events that concern the book.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) root: PathBuf,
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<String>,
    /// Whether the book contains symbolic links; their targets are reported under other paths.
    pub(super) has_links: bool,
}

/// The events since the last reported change.
#[derive(Debug, Default)]
pub(super) struct Debouncer {
    pub(super) scope: Scope,
    paths: BTreeSet<String>,
    has_lost_track: bool,
    /// Files that are open for writing.
    open_files: BTreeSet<String>,
    first_and_last: Option<(Instant, Instant)>,
    stopped: bool,
}

impl Debouncer {
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether an event concerned one of these paths, or may have.
    pub(super) fn has_any(&self, paths: &[SourcePath]) -> bool {
        self.has_lost_track || paths.iter().any(|it| self.paths.contains(&**it))
    }

    /// When the change may be reported, unless more events come; `None` before the first event.
    pub(super) fn deadline(&self) -> Option<Instant> {
        let (first, last) = self.first_and_last?;
        let quiet = if self.open_files.is_empty() {
            QUIET
        } else {
            QUIET_WHILE_WRITING
        };
        Some((last + quiet).min(first + MAX_WAIT))
    }

    /// Returns the gathered change and starts anew; `None` if there was no event.
    pub(super) fn take_change(&mut self) -> Option<Change> {
        self.first_and_last.take()?;
        self.open_files.clear();
        let paths = std::mem::take(&mut self.paths);
        if std::mem::take(&mut self.has_lost_track) || self.scope.has_links {
            return Some(Change::Anything);
        }
        Some(Change::Paths(paths))
    }

    /// Records an event of the operating system.
    pub(super) fn record(&mut self, event: notify::Result<Event>, now: Instant) {
        match event {
            Ok(event) if !event.need_rescan() => {
                for path in &event.paths {
                    self.record_path(path, event.kind, now);
                }
            }
            // Events were lost.
            _ => {
                self.has_lost_track = true;
                self.extend(now);
            }
        }
    }

    fn record_path(&mut self, path: &Path, kind: EventKind, now: Instant) {
        let closed = kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        // The reads of a build must not trigger the next build.
        if matches!(kind, EventKind::Access(_)) && !closed {
            return;
        }
        let Some(path) = self.scope.book_path(path) else {
            return;
        };
        let writes = matches!(kind, EventKind::Modify(ModifyKind::Data(_)));
        if writes && cfg!(any(target_os = "linux", target_os = "android")) {
            self.open_files.insert(path.clone());
        } else {
            self.open_files.remove(&path);
        }
        if self.paths.len() < MAX_PATHS {
            self.paths.insert(path);
        } else if !self.paths.contains(&path) {
            self.has_lost_track = true;
        }
        if self.open_files.len() > MAX_PATHS {
            self.open_files.clear();
        }
        self.extend(now);
    }

    fn extend(&mut self, now: Instant) {
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
    }
}

impl Scope {
    /// The path relative to the root; `None` if it does not concern the book. With symbolic links, any path in the root may.
    fn book_path(&self, location: &Path) -> Option<String> {
        let inner = location.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<_>> = inner.iter().map(|it| it.to_str()).collect();
        let path = parts?.join("/");
        let under = |folder: &String| path.strip_prefix(folder.as_str());
        let rest = self.folders.iter().find_map(under);
        // A watched folder, its contents and its parents, or one of the files.
        let in_folder = rest.is_some_and(|it| it.is_empty() || it.starts_with('/'));
        let leads_there = self
            .folders
            .iter()
            .any(|it| it.starts_with(&format!("{path}/")));
        let in_root = self.files.contains(&path);
        let ignored = rest.unwrap_or(&path).split('/').any(is_ignored);
        let is_watched = in_folder || leads_there || in_root || self.has_links;
        (is_watched && !ignored && !path.is_empty()).then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, Debouncer, Scope};
    use notify::event::{
        AccessKind, AccessMode, CreateKind, DataChange, Event, EventKind, Flag, ModifyKind,
    };
    use std::path::Path;
    use std::time::{Duration, Instant};

    const READ: EventKind = EventKind::Access(AccessKind::Open(AccessMode::Any));
    const WROTE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const CREATED: EventKind = EventKind::Create(CreateKind::File);

    fn debouncer() -> Debouncer {
        let scope = Scope {
            root: "/book".into(),
            folders: vec!["docs/content".to_owned(), "theme".to_owned()],
            files: vec!["book.toml".to_owned()],
            has_links: false,
        };
        Debouncer {
            scope,
            ..Debouncer::default()
        }
    }

    fn hear(debouncer: &mut Debouncer, kind: EventKind, path: &str, now: Instant) {
        debouncer.record(Ok(Event::new(kind).add_path(Path::new(path).into())), now);
    }

    fn change_after(paths: &[&str]) -> Option<Change> {
        let mut debouncer = debouncer();
        for path in paths {
            hear(&mut debouncer, CREATED, path, Instant::now());
        }
        debouncer.take_change()
    }

    #[test]
    fn a_burst_ends_after_a_moment_of_quiet() {
        let (mut debouncer, start) = (debouncer(), Instant::now());
        assert_eq!(debouncer.deadline(), None);
        hear(&mut debouncer, READ, "/book/theme/a", start);
        assert_eq!(debouncer.deadline(), None, "reading is no change");
        hear(&mut debouncer, CREATED, "/book/theme/a", start);
        assert_eq!(debouncer.deadline(), Some(start + super::QUIET));
        let later = start + Duration::from_millis(300);
        hear(&mut debouncer, WROTE, "/book/theme/a", later);
        assert_eq!(
            debouncer.deadline(),
            Some(start + super::MAX_WAIT),
            "still being written"
        );
        hear(&mut debouncer, CLOSED, "/book/theme/a", later);
        assert_eq!(debouncer.deadline(), Some(later + super::QUIET));
        let Some(Change::Paths(paths)) = debouncer.take_change() else {
            panic!("paths are known");
        };
        assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["theme/a"]);
        assert_eq!(debouncer.take_change(), None);
    }

    #[test]
    fn a_burst_ends_in_a_storm_and_its_memory_is_bounded() {
        let (mut debouncer, start) = (debouncer(), Instant::now());
        for i in 0..100_000 {
            let path = format!("/book/theme/{i}");
            hear(
                &mut debouncer,
                WROTE,
                &path,
                start + Duration::from_micros(i),
            );
        }
        let last = Duration::from_micros(99_999);
        assert_eq!(
            debouncer.deadline(),
            Some(start + last + super::QUIET_WHILE_WRITING)
        );
        hear(
            &mut debouncer,
            WROTE,
            "/book/theme/a",
            start + Duration::from_secs(9),
        );
        assert_eq!(debouncer.deadline(), Some(start + super::MAX_WAIT));
        assert!(debouncer.paths.len() <= super::MAX_PATHS);
        assert!(debouncer.open_files.len() <= super::MAX_PATHS);
        assert_eq!(debouncer.take_change(), Some(Change::Anything));
    }

    #[test]
    fn what_is_lost_may_be_anything() {
        let mut debouncer = debouncer();
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        debouncer.record(Ok(lost), Instant::now());
        assert_eq!(debouncer.take_change(), Some(Change::Anything));
    }

    #[test]
    fn what_is_no_part_of_the_book_is_passed_over() {
        let none = [
            "/book/public/index.html",
            "/book/target",
            "/book/Cargo.toml",
            "/book/docs/other.md",
            "/book/docs/content/.hidden/a.md",
            "/book/docs/content/a.md~",
            "/book/docs/content/4913",
            "/book/.book.toml.swp",
            "/book/themes/a",
            "/elsewhere/theme/a",
        ];
        assert_eq!(change_after(&none), None);
        let some = [
            "/book/docs/content/a.md",
            "/book/docs/content",
            "/book/docs",
            "/book/theme/css/a.css",
            "/book/book.toml",
        ];
        assert!(matches!(change_after(&some), Some(Change::Paths(it)) if it.len() == some.len()));
    }
}
