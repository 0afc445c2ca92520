//! All stages in their order: sources in, a site and its diagnostics out.
//!
//! Entry: [`build_into`], [`build`], and [`check`] for what they would find. `serve` holds the [`Snapshot`] that all are made
//! from. There is no other path.
//! Invariant: no disk, no clock; the same sources and options give the same bytes.

mod anchors;
mod build;
mod compress;
pub mod external;
pub mod fix;
mod parse;
mod settings;
mod severity;
mod snapshot;
mod theme;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalogue::{Catalogue, Coverage};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::output::Outputs;
use crate::site::Site;
pub use build::{build, build_into, check, load};
pub use parse::{ParseCache, parse};
pub use snapshot::{Bytes, Snapshot};

/// What only the host can know.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The date of each file's last change, by path in the book, as an ISO date.
    pub changed: BTreeMap<String, String>,
    /// What becomes of drafts.
    pub drafts: Drafts,
}

/// What becomes of the pages and measures that are drafts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Drafts {
    /// They are left out, as a build and a check do.
    #[default]
    LeftOut,
    /// They are shown, marked, as the preview does.
    Shown,
}

/// A catalogue that has been read and checked, before any page is rendered.
#[derive(Debug, Clone)]
pub struct CheckedBook {
    /// `book.toml`.
    pub config: Config,
    /// The linked catalogue.
    pub catalogue: Arc<Catalogue>,
    /// What is mapped in it.
    pub coverage: Arc<Coverage>,
    /// Its pages and their routes.
    pub site: Arc<Site>,
    /// What was found, sorted, with the weights and exceptions of `book.toml`.
    pub diagnostics: Vec<Diagnostic>,
    /// Texts that begin with `…` and are still to be written, whatever `book.toml` says of them: a site that holds one is
    /// never published.
    pub gaps: Vec<Diagnostic>,
}

/// A built site.
#[derive(Debug)]
pub struct Built {
    /// What it was built from.
    pub book: CheckedBook,
    /// Every file of the site.
    pub outputs: Outputs,
}

impl CheckedBook {
    /// Whether anything found is an error.
    #[must_use]
    pub fn failed(&self) -> bool {
        let mut severities = self.diagnostics.iter().map(|it| it.severity);
        severities.any(|it| it == Severity::Error)
    }
}
