//! The preview: the site as served while an author writes.
//!
//! Entry: [`Preview::next`] from one state of the book to the next, [`Preview::reply`] to an address. Pages come from the
//! last state without errors, through the functions that `build` uses; the script that keeps them fresh, the overlay of
//! mistakes and the status page are added here and never built into a site.
//! Invariant: a path is looked up among the site's routes and never reaches the disk; a panic ends nothing.

mod apply;
mod client;
mod editor;
mod mistakes;
mod origins;
mod removed;
mod reply;
mod state;
mod status;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Severity};
use crate::pipeline::{Bytes, Snapshot};
pub use apply::{Denial, FixedFile};
use removed::RemovedPages;
pub use reply::Reply;

/// The folder of what the preview adds. No page of a book has a route in it.
pub const RESERVED: &str = "__preview/";

/// One run of the preview.
#[derive(Debug, Clone, Default)]
pub struct Session {
    /// The folder of the book as an absolute path, for links that open a file in an editor.
    pub root: String,
    /// A random id of this run of the program.
    pub run: String,
    /// The secret that a page must send to request a fix; if empty, no fix is applied.
    pub token: String,
}

/// Why the book could not be loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LoadError {
    /// A panic in this program, with its message.
    Panic(String),
    /// The book can't be read, with the operating system's message.
    Unreadable(String),
}

/// The preview of one state of a book.
#[derive(Default)]
pub struct Preview {
    session: Session,
    /// What pages are made from: the last state without errors, or the latest where there was none.
    shown: Option<Arc<Snapshot>>,
    /// Whether what is shown is without errors.
    is_sound: bool,
    /// The latest state, in whose files the mistakes stand.
    latest: Option<Arc<Snapshot>>,
    diagnostics: Vec<Diagnostic>,
    /// Mistakes of templates, found by rendering each.
    template_errors: Vec<Diagnostic>,
    load_error: Option<LoadError>,
    removed: RemovedPages,
}

/// Runs work and catches a panic in it.
///
/// # Errors
/// The message of the panic.
pub fn catch_panic<T>(work: impl FnOnce() -> T) -> Result<T, LoadError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = panic.downcast_ref::<String>().map(String::as_str);
        let words = words.or_else(|| panic.downcast_ref::<&str>().copied());
        LoadError::Panic(words.unwrap_or("no message").to_owned())
    })
}

impl Preview {
    /// A preview of nothing yet.
    #[must_use]
    pub fn new(session: Session) -> Self {
        Self {
            session,
            ..Self::default()
        }
    }

    /// The preview after a change.
    #[must_use]
    pub fn next(&self, made: Result<Snapshot, LoadError>) -> Self {
        let made = made.and_then(|snapshot| {
            catch_panic(|| self.probe_templates(&snapshot))
                .map(|template_errors| (snapshot, template_errors))
        });
        match made {
            Ok((snapshot, template_errors)) => self.with(Arc::new(snapshot), template_errors),
            Err(error) => Self {
                session: self.session.clone(),
                shown: self.shown.clone(),
                is_sound: self.is_sound,
                latest: self.latest.clone(),
                diagnostics: self.diagnostics.clone(),
                template_errors: self.template_errors.clone(),
                load_error: Some(error),
                removed: self.removed.clone(),
            },
        }
    }

    /// What is wrong, by path.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Whether pages are of an earlier state, since the latest has errors.
    #[must_use]
    pub fn is_held(&self) -> bool {
        match (&self.shown, &self.latest) {
            (Some(shown), Some(latest)) => !Arc::ptr_eq(shown, latest),
            _ => false,
        }
    }

    /// The id of this run.
    #[must_use]
    pub fn run(&self) -> &str {
        &self.session.run
    }

    /// Why the latest change could not be loaded.
    #[must_use]
    pub fn load_error(&self) -> Option<&LoadError> {
        self.load_error.as_ref()
    }

    /// The latest state that could be made.
    #[must_use]
    pub fn latest(&self) -> Option<&Snapshot> {
        self.latest.as_deref()
    }

    fn with(&self, latest: Arc<Snapshot>, template_errors: Vec<Diagnostic>) -> Self {
        let mut diagnostics = latest.book.diagnostics.clone();
        diagnostics.extend(template_errors.iter().cloned());
        for it in &mut diagnostics {
            it.write_fix(&latest.sources);
        }
        diagnostics.sort_by(Diagnostic::in_order);
        diagnostics.dedup();
        let is_sound = diagnostics.iter().all(|it| it.severity != Severity::Error);
        let replaces = is_sound || (!self.is_sound && (latest.has_theme() || self.shown.is_none()));
        let shown = match &self.shown {
            Some(shown) if !replaces => shown.clone(),
            _ => latest.clone(),
        };
        let removed = match &self.shown {
            Some(before) if replaces => self.removed.next(before, &shown),
            _ => self.removed.clone(),
        };
        Self {
            session: self.session.clone(),
            shown: Some(shown),
            is_sound: is_sound || (self.is_sound && !replaces),
            latest: Some(latest),
            diagnostics,
            template_errors,
            load_error: None,
            removed,
        }
    }

    /// Renders each template once, if the templates have changed.
    fn probe_templates(&self, latest: &Snapshot) -> Vec<Diagnostic> {
        let before = self.latest.as_ref();
        let known =
            before.is_some_and(|it| it.same_templates(latest)) && self.template_errors.is_empty();
        if known { Vec::new() } else { latest.probe() }
    }

    /// A file of the site.
    fn file(&self, path: &str) -> Result<Option<Bytes>, PageError> {
        let Some(shown) = &self.shown else {
            return Ok(None);
        };
        let made = catch_panic(|| shown.file(path)).map_err(PageError::Load)?;
        if let Some(bytes) = made.map_err(PageError::Template)? {
            return Ok(Some(bytes));
        }
        // The 404 page refers to its files from the root of the published site.
        let Some(inner) = self.inside_published(path) else {
            return Ok(None);
        };
        let made = catch_panic(|| shown.file(inner)).map_err(PageError::Load)?;
        made.map_err(PageError::Template)
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

/// Why a page of the site could not be rendered.
enum PageError {
    Template(Box<Diagnostic>),
    Load(LoadError),
}
