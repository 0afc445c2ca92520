//! The preview: what a browser gets for an address while a book is being written.
//!
//! Entry: [`Preview::next`] from one state of the book to the next, [`Preview::reply`] to an address. Pages come from the
//! last state without errors, through the functions that `build` uses; the script that keeps them fresh, the overlay of
//! mistakes and the status page are added here and never built into a site.
//! Invariant: a path is looked up among the site's routes and never reaches the disk; a panic ends nothing.

mod apply;
mod client;
mod editor;
mod mistakes;
mod moved;
mod origins;
mod reply;
mod state;
mod status;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Bytes, Snapshot};
pub use apply::{Denial, Order};
use moved::Moved;
pub use reply::Reply;

/// The folder of what the preview adds. No page of a book has a route in it.
pub const RESERVED: &str = "__preview/";

/// Where the preview runs.
#[derive(Debug, Clone, Default)]
pub struct Place {
    /// The folder of the book as an absolute path, for links that open a file in an editor.
    pub root: String,
    /// A word that is another in each run of the program.
    pub run: String,
    /// What a page must say that asks for a fix; without it, none is applied.
    pub token: String,
}

/// Why no state of the book could be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// A fault of this program, in words.
    Fault(String),
    /// The book can't be read; the operating system's words.
    Unreadable(String),
}

/// The preview of one state of a book.
#[derive(Default)]
pub struct Preview {
    place: Place,
    /// What pages are made from: the last state without errors, or the latest where there was none.
    shown: Option<Arc<Snapshot>>,
    /// Whether what is shown is without errors.
    is_sound: bool,
    /// The latest state, in whose files the mistakes stand.
    latest: Option<Arc<Snapshot>>,
    found: Vec<Diagnostic>,
    /// Mistakes of templates, found by trying each.
    tried: Vec<Diagnostic>,
    trouble: Option<Trouble>,
    moved: Moved,
}

/// Does work in which a panic is reported and ends nothing else.
///
/// # Errors
/// The words of the panic.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, Trouble> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        Trouble::Fault(words.unwrap_or("it gave no words").to_owned())
    })
}

impl Preview {
    /// A preview of nothing yet.
    #[must_use]
    pub fn new(place: Place) -> Self {
        Self {
            place,
            ..Self::default()
        }
    }

    /// The preview after a change.
    #[must_use]
    pub fn next(&self, made: Result<Snapshot, Trouble>) -> Self {
        let made = made.and_then(|it| guarded(|| self.tried(&it)).map(|tried| (it, tried)));
        match made {
            Ok((snapshot, tried)) => self.with(Arc::new(snapshot), tried),
            Err(trouble) => Self {
                place: self.place.clone(),
                shown: self.shown.clone(),
                is_sound: self.is_sound,
                latest: self.latest.clone(),
                found: self.found.clone(),
                tried: self.tried.clone(),
                trouble: Some(trouble),
                moved: self.moved.clone(),
            },
        }
    }

    /// What is wrong, by path.
    #[must_use]
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// Whether pages are of an earlier state, since the latest has errors.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match (&self.shown, &self.latest) {
            (Some(shown), Some(latest)) => !Arc::ptr_eq(shown, latest),
            _ => false,
        }
    }

    /// The word of this run.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.place.run
    }

    /// Why the latest change could not be taken in.
    #[must_use]
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// The latest state that could be made.
    #[must_use]
    pub fn latest(&self) -> Option<&Snapshot> {
        self.latest.as_deref()
    }

    fn with(&self, latest: Arc<Snapshot>, tried: Vec<Diagnostic>) -> Self {
        let mut found = latest.book.diagnostics.clone();
        found.extend(tried.iter().cloned());
        for it in &mut found {
            it.write_fix(&latest.sources);
        }
        found.sort_by(Diagnostic::in_order);
        found.dedup();
        let is_sound = found.iter().all(|it| it.severity != Severity::Error);
        let replaces = is_sound || (!self.is_sound && (latest.has_theme() || self.shown.is_none()));
        let shown = match &self.shown {
            Some(shown) if !replaces => shown.clone(),
            _ => latest.clone(),
        };
        let moved = match &self.shown {
            Some(before) if replaces => self.moved.next(before, &shown),
            _ => self.moved.clone(),
        };
        Self {
            place: self.place.clone(),
            shown: Some(shown),
            is_sound: is_sound || (self.is_sound && !replaces),
            latest: Some(latest),
            found,
            tried,
            trouble: None,
            moved,
        }
    }

    /// Tries the templates, where they are others than those that were tried last.
    fn tried(&self, latest: &Snapshot) -> Vec<Diagnostic> {
        let before = self.latest.as_ref();
        let known = before.is_some_and(|it| it.same_templates(latest)) && self.tried.is_empty();
        if known { Vec::new() } else { latest.probe() }
    }

    /// A file of the site.
    fn file(&self, path: &str) -> Result<Option<Bytes>, Mishap> {
        let Some(shown) = &self.shown else {
            return Ok(None);
        };
        let made = guarded(|| shown.file(path)).map_err(Mishap::Trouble)?;
        if let Some(bytes) = made.map_err(Mishap::Template)? {
            return Ok(Some(bytes));
        }
        // The page for lost addresses names its files from the site's published root.
        let Some(inner) = self.inside_published(path) else {
            return Ok(None);
        };
        let made = guarded(|| shown.file(inner)).map_err(Mishap::Trouble)?;
        made.map_err(Mishap::Template)
    }

    /// The part of a path that is inside the published site.
    fn inside_published<'a>(&self, path: &'a str) -> Option<&'a str> {
        let url = self
            .shown
            .as_ref()?
            .book
            .config
            .output
            .html
            .site_url
            .as_deref()?;
        let (_, rest) = url.split_once("://")?;
        let (_, base) = rest.split_once('/')?;
        path.strip_prefix(base).filter(|_| !base.is_empty())
    }
}

/// Why a page that the site has could not be made.
enum Mishap {
    Template(Box<Diagnostic>),
    Trouble(Trouble),
}
