//! `controlbook serve`: the preview.
//!
//! Entry: [`run`]. The loop owns the book; the latest state is published, from which every request is answered.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;

use super::book::{self, Book};
use super::replies::{apply_fix, event_stream, http_response};
use super::terminal::{Terminal, counted, tally};
use super::{Failure, Outcome};
use crate::config::BOOK_TOML;
use crate::diagnostic::Diagnostic;
use crate::host::clock::Stopwatch;
use crate::host::git::{self, Head, Repository};
use crate::host::http::{self, Response, Target};
use crate::host::published::Published;
use crate::host::secret::secret;
use crate::host::watch::{Change, Mirror, Watch};
use crate::host::{browser, clock, interrupt};
use crate::hosting::headers;
use crate::pipeline::{self, Drafts, Options, ParseCache, Snapshot};
use crate::preview::{LoadError, Preview, RESERVED, Session, catch_panic};
use crate::source::SourcePath;

#[derive(Args)]
pub(super) struct Arguments {
    /// The folder of `book.toml`; by default this one, or the nearest above it that has one.
    dir: Option<PathBuf>,
    /// The port; where it is taken, the next free one.
    #[arg(short, long, default_value_t = 3000)]
    port: u16,
    /// The address of this machine to listen at.
    #[arg(short = 'n', long, default_value = "127.0.0.1", value_parser = http::loopback)]
    hostname: http::Ip,
    /// Open the site in a browser.
    #[arg(short, long)]
    open: bool,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<Outcome, Failure> {
    let watch = Stopwatch::start();
    let listener = http::listen(arguments.hostname, arguments.port)
        .map_err(|it| format!("{}: {it}", arguments.hostname))?;
    let mut live = LiveBook::open(Book::find(arguments.dir.as_deref()), Watch::start)?;
    interrupt::on_signal(live.stop_action())?;
    let made = live.load();
    live.publish(made);
    let address = http::serve(listener, &headers(), live.route()).map_err(|it| it.to_string())?;
    let url = format!("http://{address}/");
    live.report_start(terminal, &watch);
    if arguments.port != 0 && address.port() != arguments.port {
        terminal.say(&format!("Port {} is taken.", arguments.port));
    }
    terminal.say(&format!("Serving it at {url} until Ctrl-C."));
    if arguments.open
        && let Err(words) = browser::open(&url)
    {
        terminal.say(&words);
    }
    while let Some(change) = live.watch.next_change() {
        let watch = Stopwatch::start();
        let lacked_events = live.lacks_events;
        let changed = live.refresh(&change);
        if let Some(update) = live.update(changed) {
            live.report(terminal, &update, &watch);
        }
        if live.lacks_events && !lacked_events {
            terminal.say(UNREPORTED);
        }
        live.refresh_dates();
    }
    terminal.say("The preview has ended.");
    Ok(Outcome::Clean)
}

/// Said once, when a file has changed and the watch did not hear of it.
const UNREPORTED: &str =
    "This file system does not report changes: files are compared every two seconds.";

/// Starts watching folders and files of a root.
type StartWatch = fn(&Path, &[String], &[String]) -> Watch;

/// The book while its author writes, and its preview.
struct LiveBook {
    book: Book,
    root: PathBuf,
    watch: Watch,
    mirror: Mirror,
    cache: ParseCache,
    options: Options,
    repository: Repository,
    head: Head,
    published: Arc<Published<Preview>>,
    /// The diagnostics that have been printed and still hold.
    reported: Vec<Diagnostic>,
    /// Whether a change was found that the file system had not reported.
    lacks_events: bool,
    /// Whether changes were read that are left until the file system reports them.
    has_deferred: bool,
}

/// A change that has been published.
struct Update {
    /// The paths that changed.
    paths: Vec<SourcePath>,
}

impl LiveBook {
    fn open(book: Book, start: StartWatch) -> Result<Self, Failure> {
        let sources = book.sources()?;
        let root = book.dir.canonicalize();
        let root = root.map_err(|it| format!("{}: {it}", book.dir.display()))?;
        let folders = book::folders(&sources);
        let files = vec![BOOK_TOML.to_owned()];
        // Watching starts before reading, so that no change is missed in between.
        let watch = start(&root, &folders, &files);
        let mirror = Mirror::read(root.clone(), folders, files).map_err(|it| it.to_string())?;
        let repository = Repository::find(&root);
        let session = Session {
            root: root.to_string_lossy().into_owned(),
            run: clock::run_id(),
            token: secret(),
        };
        Ok(Self {
            book,
            head: repository.head(),
            options: Options {
                changed: git::change_dates(&root),
                drafts: Drafts::Shown,
            },
            root,
            watch,
            mirror,
            cache: ParseCache::default(),
            repository,
            published: Arc::new(Published::new(Preview::new(session))),
            reported: Vec::new(),
            lacks_events: false,
            has_deferred: false,
        })
    }

    /// An action that ends the loop.
    fn stop_action(&self) -> impl FnMut() + Send + 'static {
        let stop_handle = self.watch.stop_handle();
        move || stop_handle.stop()
    }

    /// The request handler; it replies from the latest revision.
    fn route(&self) -> Arc<http::Route> {
        let (published, root) = (self.published.clone(), self.root.clone());
        let turn = Mutex::new(());
        Arc::new(move |target: &Target<'_>| {
            if target.path.strip_prefix(RESERVED) == Some("events") {
                return event_stream(published.clone());
            }
            let (at, preview) = published.latest();
            if target.posted {
                // One at a time: each compares the file before it writes.
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                return apply_fix(&root, &preview, at, target);
            }
            let reply = catch_panic(|| preview.reply(at, target.path, target.query));
            reply.map_or_else(|_| Response::text(500, "An internal fault."), http_response)
        })
    }

    /// Loads the book from the files as last read.
    fn load(&mut self) -> Result<Snapshot, LoadError> {
        let (sources, options) = (self.mirror.sources(), &self.options);
        let cache = &mut self.cache;
        let made = catch_panic(|| pipeline::load(sources, options, cache));
        if made.is_err() {
            // A panic may leave the cache inconsistent.
            self.cache = ParseCache::default();
        }
        made
    }

    fn publish(&self, made: Result<Snapshot, LoadError>) {
        let (_, before) = self.published.latest();
        let next = catch_panic(|| before.next(made));
        let next = next.unwrap_or_else(|fault| before.next(Err(fault)));
        let old = self.published.publish(next);
        // Dropping a large catalogue takes time, so it happens after publishing.
        drop((before, old));
    }

    /// Leaves changes that were found by comparing to the file system's own events, which come when files are complete, if
    /// it has any. Returns the others.
    fn defer_to_events(&mut self, changed: BTreeSet<SourcePath>) -> BTreeSet<SourcePath> {
        if changed.is_empty() || self.lacks_events {
            return changed;
        }
        let paths: Vec<_> = changed.iter().cloned().collect();
        if self.watch.is_reported(&paths) {
            self.has_deferred = true;
            return BTreeSet::new();
        }
        self.lacks_events = true;
        changed
    }

    /// Adds to a change those that were deferred and differ from the published revision.
    fn with_deferred(&mut self, changed: BTreeSet<SourcePath>) -> BTreeSet<SourcePath> {
        if !std::mem::take(&mut self.has_deferred) {
            return changed;
        }
        let (_, preview) = self.published.latest();
        match preview.latest() {
            Some(latest) => latest.sources.changed_paths(self.mirror.sources()),
            None => changed,
        }
    }

    /// Reads again what may have changed, and switches to other folders if `book.toml` names others. Without a `book.toml`,
    /// the book can't be read.
    fn refresh(&mut self, change: &Change) -> Result<BTreeSet<SourcePath>, LoadError> {
        let unreadable = |it: std::io::Error| LoadError::Unreadable(it.to_string());
        let mut refresh = || self.mirror.refresh(change);
        let changed = match change {
            Change::Unreported => self.watch.compare_and_rest(&mut refresh),
            _ => refresh(),
        };
        let changed = self.with_deferred(changed.map_err(unreadable)?);
        let mut changed = match change {
            Change::Unreported => self.defer_to_events(changed),
            _ => changed,
        };
        let sources = self.mirror.sources();
        let is_refused = sources.refused().any(|(path, _)| &**path == BOOK_TOML);
        if sources.bytes(BOOK_TOML).is_none() && !is_refused {
            return Err(LoadError::Unreadable(format!(
                "there is no `{BOOK_TOML}` in `{}`; the pages stay as they were until it is back",
                self.root.display()
            )));
        }
        if changed.contains(BOOK_TOML) {
            let folders = book::folders(self.mirror.sources());
            if self.watch.set_folders(&folders) {
                changed.extend(self.mirror.set_folders(folders).map_err(unreadable)?);
            }
        }
        Ok(changed)
    }

    /// Publishes a new revision if anything has changed.
    fn update(&mut self, changed: Result<BTreeSet<SourcePath>, LoadError>) -> Option<Update> {
        let (_, before) = self.published.latest();
        let made = match changed {
            Ok(changed) if changed.is_empty() && before.load_error().is_none() => return None,
            Ok(changed) => self.load().map(|it| (it, changed)),
            Err(error) if before.load_error() == Some(&error) => return None,
            Err(error) => Err(error),
        };
        drop(before);
        let (made, paths) = match made {
            Ok((made, changed)) => (Ok(made), changed.into_iter().collect()),
            Err(error) => (Err(error), Vec::new()),
        };
        self.publish(made);
        Some(Update { paths })
    }

    /// Reads dates from git again after a commit or a checkout. This is slow, so the pages are published before.
    fn refresh_dates(&mut self) {
        let head = self.repository.head();
        if std::mem::replace(&mut self.head, head) != head {
            let changed = git::change_dates(&self.root);
            if changed != self.options.changed {
                self.options.changed = changed;
                let made = self.load();
                self.publish(made);
            }
        }
    }

    fn report_start(&mut self, terminal: &Terminal, watch: &Stopwatch) {
        let (_, preview) = self.published.latest();
        self.report_diagnostics(terminal, &preview);
        if let Some(snapshot) = preview.latest() {
            let catalogue = &snapshot.book.catalogue;
            terminal.say(&format!(
                "Read {}, {} and {} in {}.",
                counted(catalogue.measures.len(), "measure"),
                counted(catalogue.mappings.len(), "mapping"),
                counted(catalogue.nodes.len(), "framework node"),
                watch.seconds()
            ));
        }
        if let Some(LoadError::Panic(words) | LoadError::Unreadable(words)) = preview.load_error() {
            terminal.fail(words);
        }
        if !self.watch.has_events() {
            terminal.say(
                "The system reports no changes here: the files are looked through each second.",
            );
        }
    }

    /// Prints what has changed, what was rebuilt and how long it took.
    fn report(&mut self, terminal: &Terminal, update: &Update, watch: &Stopwatch) {
        let (_, preview) = self.published.latest();
        let took = watch.milliseconds();
        match preview.load_error() {
            Some(LoadError::Panic(words)) => {
                return terminal.fail(&format!(
                    "an internal fault: {words}; the preview goes on with what it had"
                ));
            }
            Some(LoadError::Unreadable(words)) => return terminal.fail(words),
            None => {}
        }
        self.report_diagnostics(terminal, &preview);
        let what = match update.paths.as_slice() {
            [] => "The book can be read again".to_owned(),
            [one] => self.book.display_path(one),
            [first, rest @ ..] => {
                let first = self.book.display_path(first);
                format!("{first} and {}", counted(rest.len(), "more file"))
            }
        };
        let tally = tally(preview.diagnostics());
        let only_theme =
            !update.paths.is_empty() && update.paths.iter().all(|it| it.starts_with("theme/"));
        let made = match preview.latest() {
            _ if only_theme => "theme read anew".to_owned(),
            Some(it) => {
                let pages = counted(it.book.site.pages.len(), "page");
                format!("taken into the book of {pages}")
            }
            None => "nothing made".to_owned(),
        };
        terminal.say(&if preview.is_held() {
            format!("{what}: {tally} in {took}; the pages stay as they were.")
        } else if tally.is_empty() {
            format!("{what}: {made} in {took}.")
        } else {
            format!("{what}: {made} in {took}, with {tally}.")
        });
    }

    /// Prints the diagnostics that are new.
    fn report_diagnostics(&mut self, terminal: &Terminal, preview: &Preview) {
        let found = preview.diagnostics();
        let known: BTreeSet<_> = self.reported.iter().map(Diagnostic::sort_key).collect();
        let new = found.iter().filter(|it| !known.contains(&it.sort_key()));
        let new: Vec<_> = new.cloned().collect();
        if let Some(latest) = preview.latest() {
            terminal.diagnostics(&self.book, &new, &latest.sources);
        }
        self.reported = found.to_vec();
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::{Book, Change, LiveBook, StartWatch, Update, Watch};
    use crate::cli::init;

    /// The starter book on a file system that takes a watch and reports nothing.
    fn live(folder: &Path) -> LiveBook {
        live_with(folder, Watch::without_events)
    }

    fn live_with(folder: &Path, start: StartWatch) -> LiveBook {
        for (path, bytes) in init::starter().iter() {
            let file = folder.join(&**path);
            fs::create_dir_all(file.parent().expect("it has a folder")).expect("writable");
            fs::write(file, bytes).expect("writable");
        }
        let mut live = LiveBook::open(Book::find(Some(folder)), start).expect("it is a book");
        let made = live.load();
        live.publish(made);
        live
    }

    /// What a round of comparing takes in.
    fn round(live: &mut LiveBook) -> Option<Update> {
        let changed = live.refresh(&Change::Unreported);
        live.update(changed)
    }

    fn page(live: &LiveBook, path: &str) -> String {
        let (at, preview) = live.published.latest();
        let reply = preview.reply(at, path, "");
        String::from_utf8_lossy(&reply.bytes).into_owned()
    }

    #[test]
    fn a_change_that_nobody_reports_is_shown_and_said_once() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut live = live(folder.path());
        assert!(round(&mut live).is_none());
        let file = folder.path().join("content/guide/about.md");
        let text = fs::read_to_string(&file).expect("it is there");
        assert!(!live.lacks_events);
        for word in ["Zinnober", "Ultramarin"] {
            fs::write(&file, format!("{text}\n{word}\n")).expect("writable");
            let update = round(&mut live).expect("it has changed");
            assert_eq!(update.paths, ["content/guide/about.md".into()]);
            assert!(live.lacks_events);
            assert!(page(&live, "guide/about.html").contains(word));
        }
        assert!(round(&mut live).is_none());
    }

    #[test]
    fn a_change_that_is_about_to_be_reported_waits_for_its_report() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut live = live_with(folder.path(), Watch::start);
        let file = folder.path().join("content/guide/about.md");
        let text = fs::read_to_string(&file).expect("it is there");
        // A file that is being saved is empty for a moment, in which the files may be compared.
        fs::write(&file, "").expect("writable");
        assert!(
            round(&mut live).is_none(),
            "what is half written is not shown"
        );
        assert!(!live.lacks_events);
        fs::write(&file, format!("{text}\nZinnober\n")).expect("writable");
        let update = loop {
            let change = live.watch.next_change().expect("it is not stopped");
            let changed = live.refresh(&change);
            if let Some(update) = live.update(changed) {
                break update;
            }
        };
        assert_eq!(update.paths, ["content/guide/about.md".into()]);
        assert!(page(&live, "guide/about.html").contains("Zinnober"));
        assert!(!live.lacks_events);
    }

    #[test]
    fn a_book_that_goes_is_said_to_be_gone_until_it_is_back() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let inner = folder.path().join("book");
        let mut live = live(&inner);
        let away = folder.path().join("away");
        for (gone, words) in [
            ("book.toml", "there is no `book.toml`"),
            ("content", "there is nothing in `content`"),
            ("", "cannot read the book"),
        ] {
            fs::rename(inner.join(gone), &away).expect("it is there");
            let changed = live.refresh(&Change::Unreported);
            assert!(live.update(changed).is_some(), "{gone}");
            let status = page(&live, "__preview/status");
            assert!(status.contains(words), "{gone}: {status}");
            let state = page(&live, "__preview/state");
            assert!(state.contains(words), "{gone}: {state}");
            assert!(
                page(&live, "measures/ACME-01.html").contains("ACME-01"),
                "the pages stay"
            );
            // Said once, however long it lasts.
            assert!(round(&mut live).is_none(), "{gone}");
            fs::rename(&away, inner.join(gone)).expect("it is there");
            assert!(round(&mut live).is_some(), "{gone}");
            let status = page(&live, "__preview/status");
            assert!(!status.contains(words), "{gone}: {status}");
            assert_eq!(
                live.mirror.refresh(&Change::Anything).expect("readable"),
                BTreeSet::new()
            );
        }
    }
}
