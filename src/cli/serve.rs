//! `controlbook serve`: the preview.
//!
//! Entry: [`run`]. The loop owns the book; the latest state is published, from which every request is answered.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;

use super::book::{self, Book};
use super::replies::{applied, events, response};
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
use crate::preview::{Place, Preview, RESERVED, Trouble, guarded};
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
    let mut desk = Desk::open(Book::find(arguments.dir.as_deref()), Watch::start)?;
    interrupt::on_signal(desk.ender())?;
    let made = desk.made();
    desk.publish(made);
    let address = http::serve(listener, &headers(), desk.route()).map_err(|it| it.to_string())?;
    let url = format!("http://{address}/");
    desk.greet(terminal, &watch);
    if arguments.port != 0 && address.port() != arguments.port {
        terminal.say(&format!("Port {} is taken.", arguments.port));
    }
    terminal.say(&format!("Serving it at {url} until Ctrl-C."));
    if arguments.open
        && let Err(words) = browser::open(&url)
    {
        terminal.say(&words);
    }
    while let Some(change) = desk.watch.next_change() {
        let watch = Stopwatch::start();
        let was_silent = desk.is_silent;
        let changed = desk.take_in(&change);
        if let Some(news) = desk.renew(changed) {
            desk.report(terminal, &news, &watch);
        }
        if desk.is_silent && !was_silent {
            terminal.say(UNREPORTED);
        }
        desk.renew_dates();
    }
    terminal.say("The preview has ended.");
    Ok(Outcome::Clean)
}

/// Said once, when a file has changed and the watch did not hear of it.
const UNREPORTED: &str =
    "This file system does not report changes: files are compared every two seconds.";

/// What begins to watch folders and files of a root.
type StartWatch = fn(&Path, &[String], &[String]) -> Watch;

/// The book as it is being written, and what is shown of it.
struct Desk {
    book: Book,
    root: PathBuf,
    watch: Watch,
    mirror: Mirror,
    cache: ParseCache,
    options: Options,
    repository: Repository,
    head: Head,
    published: Arc<Published<Preview>>,
    /// What has been reported on the terminal and still stands.
    reported: Vec<Diagnostic>,
    /// Whether the file system was found not to report changes.
    is_silent: bool,
    /// Whether changes were read that the file system is about to report.
    is_ahead: bool,
}

/// What has been taken in.
struct News {
    /// The paths that changed.
    paths: Vec<SourcePath>,
}

impl Desk {
    fn open(book: Book, start: StartWatch) -> Result<Self, Failure> {
        let sources = book.sources()?;
        let root = book.dir.canonicalize();
        let root = root.map_err(|it| format!("{}: {it}", book.dir.display()))?;
        let folders = book::folders(&sources);
        let files = vec![BOOK_TOML.to_owned()];
        // Watched before it is read, so that nothing is missed between the two.
        let watch = start(&root, &folders, &files);
        let mirror = Mirror::read(root.clone(), folders, files).map_err(|it| it.to_string())?;
        let repository = Repository::find(&root);
        let place = Place {
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
            published: Arc::new(Published::new(Preview::new(place))),
            reported: Vec::new(),
            is_silent: false,
            is_ahead: false,
        })
    }

    /// What ends the loop.
    fn ender(&self) -> impl FnMut() + Send + 'static {
        let stop_handle = self.watch.stop_handle();
        move || stop_handle.stop()
    }

    /// What answers requests: always from the latest state.
    fn route(&self) -> Arc<http::Route> {
        let (published, root) = (self.published.clone(), self.root.clone());
        let turn = Mutex::new(());
        Arc::new(move |target: &Target<'_>| {
            if target.path.strip_prefix(RESERVED) == Some("events") {
                return events(published.clone());
            }
            let (at, preview) = published.latest();
            if target.posted {
                // One after the other: each looks at the file before it is written.
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                return applied(&root, &preview, at, target);
            }
            let reply = guarded(|| preview.reply(at, target.path, target.query));
            reply.map_or_else(|_| Response::text(500, "An internal fault."), response)
        })
    }

    /// A state of the book from the files as they were last read.
    fn made(&mut self) -> Result<Snapshot, Trouble> {
        let (sources, options) = (self.mirror.sources(), &self.options);
        let cache = &mut self.cache;
        let made = guarded(|| pipeline::load(sources, options, cache));
        if made.is_err() {
            // What a panic left behind is not trusted.
            self.cache = ParseCache::default();
        }
        made
    }

    fn publish(&self, made: Result<Snapshot, Trouble>) {
        let (_, before) = self.published.latest();
        let next = guarded(|| before.next(made));
        let next = next.unwrap_or_else(|fault| before.next(Err(fault)));
        let old = self.published.publish(next);
        // A large catalogue takes a while to be dropped: readers have the new one by now.
        drop((before, old));
    }

    /// What comparing files found. A system that reports it as well knows when the files are whole: then it is left for the
    /// report.
    fn unreported(&mut self, changed: BTreeSet<SourcePath>) -> BTreeSet<SourcePath> {
        if changed.is_empty() || self.is_silent {
            return changed;
        }
        let paths: Vec<_> = changed.iter().cloned().collect();
        if self.watch.is_reported(&paths) {
            self.is_ahead = true;
            return BTreeSet::new();
        }
        self.is_silent = true;
        changed
    }

    /// What changed, with all that was read ahead and differs from what is shown.
    fn caught_up(&mut self, changed: BTreeSet<SourcePath>) -> BTreeSet<SourcePath> {
        if !std::mem::take(&mut self.is_ahead) {
            return changed;
        }
        let (_, preview) = self.published.latest();
        match preview.latest() {
            Some(latest) => latest.sources.changed_paths(self.mirror.sources()),
            None => changed,
        }
    }

    /// Reads again what may have changed. Other folders are read if `book.toml` now names others; while there is none, the
    /// book can't be read.
    fn take_in(&mut self, change: &Change) -> Result<BTreeSet<SourcePath>, Trouble> {
        let unreadable = |it: std::io::Error| Trouble::Unreadable(it.to_string());
        let mut refresh = || self.mirror.refresh(change);
        let changed = match change {
            Change::Unreported => self.watch.compare_and_rest(&mut refresh),
            _ => refresh(),
        };
        let changed = self.caught_up(changed.map_err(unreadable)?);
        let mut changed = match change {
            Change::Unreported => self.unreported(changed),
            _ => changed,
        };
        let sources = self.mirror.sources();
        let is_refused = sources.refused().any(|(path, _)| &**path == BOOK_TOML);
        if sources.bytes(BOOK_TOML).is_none() && !is_refused {
            return Err(Trouble::Unreadable(format!(
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

    /// Publishes a new state if anything is new, and returns what.
    fn renew(&mut self, changed: Result<BTreeSet<SourcePath>, Trouble>) -> Option<News> {
        let (_, before) = self.published.latest();
        let made = match changed {
            Ok(changed) if changed.is_empty() && before.trouble().is_none() => return None,
            Ok(changed) => self.made().map(|it| (it, changed)),
            Err(trouble) if before.trouble() == Some(&trouble) => return None,
            Err(trouble) => Err(trouble),
        };
        drop(before);
        let (made, paths) = match made {
            Ok((made, changed)) => (Ok(made), changed.into_iter().collect()),
            Err(trouble) => (Err(trouble), Vec::new()),
        };
        self.publish(made);
        Some(News { paths })
    }

    /// Asks git for dates again after a commit or a switch. The pages are fresh by then; dates follow.
    fn renew_dates(&mut self) {
        let head = self.repository.head();
        if std::mem::replace(&mut self.head, head) != head {
            let changed = git::change_dates(&self.root);
            if changed != self.options.changed {
                self.options.changed = changed;
                let made = self.made();
                self.publish(made);
            }
        }
    }

    fn greet(&mut self, terminal: &Terminal, watch: &Stopwatch) {
        let (_, preview) = self.published.latest();
        self.report_found(terminal, &preview);
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
        if let Some(Trouble::Fault(words) | Trouble::Unreadable(words)) = preview.trouble() {
            terminal.fail(words);
        }
        if !self.watch.has_events() {
            terminal.say(
                "The system reports no changes here: the files are looked through each second.",
            );
        }
    }

    /// A line on what has changed, what was made anew and how long it took.
    fn report(&mut self, terminal: &Terminal, news: &News, watch: &Stopwatch) {
        let (_, preview) = self.published.latest();
        let took = watch.milliseconds();
        match preview.trouble() {
            Some(Trouble::Fault(words)) => {
                return terminal.fail(&format!(
                    "an internal fault: {words}; the preview goes on with what it had"
                ));
            }
            Some(Trouble::Unreadable(words)) => return terminal.fail(words),
            None => {}
        }
        self.report_found(terminal, &preview);
        let what = match news.paths.as_slice() {
            [] => "The book can be read again".to_owned(),
            [one] => self.book.shown(one),
            [first, rest @ ..] => {
                let first = self.book.shown(first);
                format!("{first} and {}", counted(rest.len(), "more file"))
            }
        };
        let tally = tally(preview.found());
        let only_theme =
            !news.paths.is_empty() && news.paths.iter().all(|it| it.starts_with("theme/"));
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

    /// Shows what has not been shown since it was found.
    fn report_found(&mut self, terminal: &Terminal, preview: &Preview) {
        let found = preview.found();
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

    use super::{Book, Change, Desk, News, StartWatch, Watch};
    use crate::cli::init;

    /// The starter book on a file system that takes a watch and reports nothing.
    fn desk(folder: &Path) -> Desk {
        desk_with(folder, Watch::without_events)
    }

    fn desk_with(folder: &Path, start: StartWatch) -> Desk {
        for (path, bytes) in init::starter().iter() {
            let file = folder.join(&**path);
            fs::create_dir_all(file.parent().expect("it has a folder")).expect("writable");
            fs::write(file, bytes).expect("writable");
        }
        let mut desk = Desk::open(Book::find(Some(folder)), start).expect("it is a book");
        let made = desk.made();
        desk.publish(made);
        desk
    }

    /// What a round of comparing takes in.
    fn round(desk: &mut Desk) -> Option<News> {
        let changed = desk.take_in(&Change::Unreported);
        desk.renew(changed)
    }

    fn page(desk: &Desk, path: &str) -> String {
        let (at, preview) = desk.published.latest();
        let reply = preview.reply(at, path, "");
        String::from_utf8_lossy(&reply.bytes).into_owned()
    }

    #[test]
    fn a_change_that_nobody_reports_is_shown_and_said_once() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut desk = desk(folder.path());
        assert!(round(&mut desk).is_none());
        let file = folder.path().join("content/guide/about.md");
        let text = fs::read_to_string(&file).expect("it is there");
        assert!(!desk.is_silent);
        for word in ["Zinnober", "Ultramarin"] {
            fs::write(&file, format!("{text}\n{word}\n")).expect("writable");
            let news = round(&mut desk).expect("it has changed");
            assert_eq!(news.paths, ["content/guide/about.md".into()]);
            assert!(desk.is_silent);
            assert!(page(&desk, "guide/about.html").contains(word));
        }
        assert!(round(&mut desk).is_none());
    }

    #[test]
    fn a_change_that_is_about_to_be_reported_waits_for_its_report() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let mut desk = desk_with(folder.path(), Watch::start);
        let file = folder.path().join("content/guide/about.md");
        let text = fs::read_to_string(&file).expect("it is there");
        // A file that is being saved is empty for a moment, in which the files may be compared.
        fs::write(&file, "").expect("writable");
        assert!(
            round(&mut desk).is_none(),
            "what is half written is not shown"
        );
        assert!(!desk.is_silent);
        fs::write(&file, format!("{text}\nZinnober\n")).expect("writable");
        let news = loop {
            let change = desk.watch.next_change().expect("it is not stopped");
            let changed = desk.take_in(&change);
            if let Some(news) = desk.renew(changed) {
                break news;
            }
        };
        assert_eq!(news.paths, ["content/guide/about.md".into()]);
        assert!(page(&desk, "guide/about.html").contains("Zinnober"));
        assert!(!desk.is_silent);
    }

    #[test]
    fn a_book_that_goes_is_said_to_be_gone_until_it_is_back() {
        let folder = tempfile::tempdir().expect("the temporary folder is writable");
        let inner = folder.path().join("book");
        let mut desk = desk(&inner);
        let away = folder.path().join("away");
        for (gone, words) in [
            ("book.toml", "there is no `book.toml`"),
            ("content", "there is nothing in `content`"),
            ("", "cannot read the book"),
        ] {
            fs::rename(inner.join(gone), &away).expect("it is there");
            let changed = desk.take_in(&Change::Unreported);
            assert!(desk.renew(changed).is_some(), "{gone}");
            let status = page(&desk, "__preview/status");
            assert!(status.contains(words), "{gone}: {status}");
            let state = page(&desk, "__preview/state");
            assert!(state.contains(words), "{gone}: {state}");
            assert!(
                page(&desk, "measures/ACME-01.html").contains("ACME-01"),
                "the pages stay"
            );
            // Said once, however long it lasts.
            assert!(round(&mut desk).is_none(), "{gone}");
            fs::rename(&away, inner.join(gone)).expect("it is there");
            assert!(round(&mut desk).is_some(), "{gone}");
            let status = page(&desk, "__preview/status");
            assert!(!status.contains(words), "{gone}: {status}");
            assert_eq!(
                desk.mirror.refresh(&Change::Anything).expect("readable"),
                BTreeSet::new()
            );
        }
    }
}
