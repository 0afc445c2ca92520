//! Events as they come, until a moment of quiet.
//!
//! Entry: [`Burst::hear`], [`Burst::end`], [`Burst::take`]. Invariant: a burst ends, however long the storm.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, Event, EventKind, ModifyKind};

use super::Change;
use crate::host::read::is_passed_over;
use crate::source::SourcePath;

/// The quiet after which a burst is over: it bridges the steps of a save by renaming, since open files are waited for.
const QUIET: Duration = Duration::from_millis(6);
/// The quiet after which it is over though a file is still open for writing.
const WRITING: Duration = Duration::from_millis(250);
/// The longest burst.
const LONGEST: Duration = Duration::from_millis(500);
/// The most paths in a burst; beyond, anything may have changed.
const MOST_PATHS: usize = 2048;

/// Which events are of the book.
#[derive(Debug, Default)]
pub(super) struct Scope {
    pub(super) root: PathBuf,
    pub(super) folders: Vec<String>,
    pub(super) files: Vec<String>,
    /// Whether a link leads from one place of the book to another.
    pub(super) linked: bool,
}

/// What has been heard since the last burst.
#[derive(Debug, Default)]
pub(super) struct Burst {
    pub(super) scope: Scope,
    paths: BTreeSet<String>,
    anything: bool,
    /// Files that are being written.
    writing: BTreeSet<String>,
    first_and_last: Option<(Instant, Instant)>,
    stopped: bool,
}

impl Burst {
    pub(super) fn stop(&mut self) {
        self.stopped = true;
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped
    }

    /// Whether one of these paths has been heard of, or more than can be told.
    pub(super) fn holds(&self, paths: &[SourcePath]) -> bool {
        self.anything || paths.iter().any(|it| self.paths.contains(&**it))
    }

    /// When the burst is over, as far as is known; none before its first event.
    pub(super) fn end(&self) -> Option<Instant> {
        let (first, last) = self.first_and_last?;
        let quiet = if self.writing.is_empty() {
            QUIET
        } else {
            WRITING
        };
        Some((last + quiet).min(first + LONGEST))
    }

    /// Ends the burst.
    pub(super) fn take(&mut self) -> Option<Change> {
        self.first_and_last.take()?;
        self.writing.clear();
        let paths = std::mem::take(&mut self.paths);
        if std::mem::take(&mut self.anything) || self.scope.linked {
            return Some(Change::Anything);
        }
        Some(Change::Paths(paths))
    }

    /// Takes in what the system reports.
    pub(super) fn hear(&mut self, event: notify::Result<Event>, now: Instant) {
        match event {
            Ok(event) if !event.need_rescan() => {
                for path in &event.paths {
                    self.hear_of(path, event.kind, now);
                }
            }
            // Events were lost.
            _ => {
                self.anything = true;
                self.touch(now);
            }
        }
    }

    fn hear_of(&mut self, path: &Path, kind: EventKind, now: Instant) {
        let closed = kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
        // A build that reads must not wake itself.
        if matches!(kind, EventKind::Access(_)) && !closed {
            return;
        }
        let Some(path) = self.scope.path(path) else {
            return;
        };
        let writes = matches!(kind, EventKind::Modify(ModifyKind::Data(_)));
        if writes && cfg!(any(target_os = "linux", target_os = "android")) {
            self.writing.insert(path.clone());
        } else {
            self.writing.remove(&path);
        }
        if self.paths.len() < MOST_PATHS {
            self.paths.insert(path);
        } else if !self.paths.contains(&path) {
            self.anything = true;
        }
        if self.writing.len() > MOST_PATHS {
            self.writing.clear();
        }
        self.touch(now);
    }

    fn touch(&mut self, now: Instant) {
        let first = self.first_and_last.map_or(now, |(first, _)| first);
        self.first_and_last = Some((first, now));
    }
}

impl Scope {
    /// A path in the book; none for what is no part of it. A link may lead anywhere in the root.
    fn path(&self, place: &Path) -> Option<String> {
        let inner = place.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<_>> = inner.iter().map(|it| it.to_str()).collect();
        let path = parts?.join("/");
        let under = |folder: &String| path.strip_prefix(folder.as_str());
        let rest = self.folders.iter().find_map(under);
        // A folder itself, what is in it, what leads to it, or one of the files.
        let in_folder = rest.is_some_and(|it| it.is_empty() || it.starts_with('/'));
        let leads_there = self
            .folders
            .iter()
            .any(|it| it.starts_with(&format!("{path}/")));
        let in_root = self.files.contains(&path);
        let hidden = rest.unwrap_or(&path).split('/').any(is_passed_over);
        let ours = in_folder || leads_there || in_root || self.linked;
        (ours && !hidden && !path.is_empty()).then_some(path)
    }
}

#[cfg(test)]
mod tests {
    use super::{Burst, Change, Scope};
    use notify::event::{
        AccessKind, AccessMode, CreateKind, DataChange, Event, EventKind, Flag, ModifyKind,
    };
    use std::path::Path;
    use std::time::{Duration, Instant};

    const READ: EventKind = EventKind::Access(AccessKind::Open(AccessMode::Any));
    const WROTE: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const MADE: EventKind = EventKind::Create(CreateKind::File);

    fn burst() -> Burst {
        let scope = Scope {
            root: "/book".into(),
            folders: vec!["docs/content".to_owned(), "theme".to_owned()],
            files: vec!["book.toml".to_owned()],
            linked: false,
        };
        Burst {
            scope,
            ..Burst::default()
        }
    }

    fn hear(burst: &mut Burst, kind: EventKind, path: &str, at: Instant) {
        burst.hear(Ok(Event::new(kind).add_path(Path::new(path).into())), at);
    }

    fn heard(paths: &[&str]) -> Option<Change> {
        let mut burst = burst();
        for path in paths {
            hear(&mut burst, MADE, path, Instant::now());
        }
        burst.take()
    }

    #[test]
    fn a_burst_ends_after_a_moment_of_quiet() {
        let (mut burst, start) = (burst(), Instant::now());
        assert_eq!(burst.end(), None);
        hear(&mut burst, READ, "/book/theme/a", start);
        assert_eq!(burst.end(), None, "reading is no change");
        hear(&mut burst, MADE, "/book/theme/a", start);
        assert_eq!(burst.end(), Some(start + super::QUIET));
        let later = start + Duration::from_millis(300);
        hear(&mut burst, WROTE, "/book/theme/a", later);
        assert_eq!(
            burst.end(),
            Some(start + super::LONGEST),
            "still being written"
        );
        hear(&mut burst, CLOSED, "/book/theme/a", later);
        assert_eq!(burst.end(), Some(later + super::QUIET));
        let Some(Change::Paths(paths)) = burst.take() else {
            panic!("paths are known");
        };
        assert_eq!(paths.into_iter().collect::<Vec<_>>(), ["theme/a"]);
        assert_eq!(burst.take(), None);
    }

    #[test]
    fn a_burst_ends_in_a_storm_and_its_memory_is_bounded() {
        let (mut burst, start) = (burst(), Instant::now());
        for at in 0..100_000 {
            let path = format!("/book/theme/{at}");
            hear(&mut burst, WROTE, &path, start + Duration::from_micros(at));
        }
        let last = Duration::from_micros(99_999);
        assert_eq!(burst.end(), Some(start + last + super::WRITING));
        hear(
            &mut burst,
            WROTE,
            "/book/theme/a",
            start + Duration::from_secs(9),
        );
        assert_eq!(burst.end(), Some(start + super::LONGEST));
        assert!(burst.paths.len() <= super::MOST_PATHS);
        assert!(burst.writing.len() <= super::MOST_PATHS);
        assert_eq!(burst.take(), Some(Change::Anything));
    }

    #[test]
    fn what_is_lost_may_be_anything() {
        let mut burst = burst();
        let lost = Event::new(EventKind::Other).set_flag(Flag::Rescan);
        burst.hear(Ok(lost), Instant::now());
        assert_eq!(burst.take(), Some(Change::Anything));
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
        assert_eq!(heard(&none), None);
        let some = [
            "/book/docs/content/a.md",
            "/book/docs/content",
            "/book/docs",
            "/book/theme/css/a.css",
            "/book/book.toml",
        ];
        assert!(matches!(heard(&some), Some(Change::Paths(it)) if it.len() == some.len()));
    }
}
