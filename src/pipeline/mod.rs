//! All stages in their order: sources in, a site and its diagnostics out.
//!
//! Entry: [`build_into`], [`build`], and [`check`] for what they would find. `serve` holds the [`Snapshot`] that both are made from. There is
//! no other path.
//! Invariant: no disk, no clock; the same sources and options give the same bytes.

mod anchors;
mod compress;
pub mod external;
pub mod fix;
mod parse;
mod settings;
mod severity;
mod snapshot;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use crate::catalogue::link::{Settings, link};
use crate::catalogue::{Catalogue, Coverage};
use crate::check;
use crate::config::{BOOK_TOML, Config};
use crate::diagnostic::{Checked, Diagnostic, Severity};
use crate::markdown::anchors::Reserved;
use crate::output::{Outputs, Sink};
use crate::schema::screen;
use crate::site::Site;
use crate::source::Sources;
use crate::theme;
use compress::Compressing;
pub use parse::{ParseCache, parse};
use snapshot::PARTS;
pub use snapshot::{Bytes, Snapshot};

/// How many pages a worker makes before it asks what else there is: few, so that none is left alone with many at the end.
const AT_ONCE: usize = 16;

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
pub struct Read {
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
    pub read: Read,
    /// Every file of the site.
    pub outputs: Outputs,
}

impl Read {
    /// Whether anything found is an error.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|it| it.severity == Severity::Error)
    }
}

/// Reads and checks a book. Of its pages, only those are made whose templates have anchors to which a text leads.
#[must_use]
pub fn read(sources: &Sources, cache: &mut ParseCache) -> Read {
    Snapshot::of(sources, &Options::default(), cache).read
}

/// Checks a book: all that [`build`] would find, without what only its files need. Pages are tried where the book has
/// templates or HTML of its own; the built-in ones can't fail.
#[must_use]
pub fn check(sources: &Sources, cache: &mut ParseCache) -> Read {
    let snapshot = Snapshot::gathered(sources, &Options::default(), cache);
    let mistakes = if snapshot.is_authored() {
        let pages = 0..snapshot.read.site.pages.len();
        let tried = pages
            .into_par_iter()
            .flat_map_iter(|at| match snapshot.page(at) {
                Ok(html) => html.map_or_else(Vec::new, |it| snapshot.doubles(at, &it)),
                Err(mistake) => vec![*mistake],
            });
        tried.collect()
    } else {
        Vec::new()
    };
    snapshot.judged(mistakes).read
}

/// Builds a site in memory. With errors among the diagnostics, the outputs show what could be read.
#[must_use]
pub fn build(sources: &Sources, options: &Options, cache: &mut ParseCache) -> Built {
    let outputs = Mutex::new(Outputs::default());
    let read = build_into(sources, options, cache, &outputs);
    Built {
        read,
        outputs: outputs.into_inner().unwrap_or_else(PoisonError::into_inner),
    }
}

/// Builds a site and hands over each file when it is made. With errors among the diagnostics, what was handed over is not to
/// be used.
#[must_use]
pub fn build_into(
    sources: &Sources,
    options: &Options,
    cache: &mut ParseCache,
    to: &dyn Sink,
) -> Read {
    let snapshot = Snapshot::gathered(sources, options, cache);
    let precompress = snapshot.read.config.output.html.precompress;
    let own = precompress.then(|| snapshot.own_files());
    let own = own.iter().flatten().map(String::as_str);
    let compressing = Compressing::new(to, own);
    let to = if precompress { &compressing } else { to };
    let mistakes = Mutex::new(Vec::new());
    let page = |at: usize| {
        let found = match snapshot.put_page(at, to) {
            Ok(doubles) => doubles,
            Err(mistake) => vec![*mistake],
        };
        if !found.is_empty() {
            let mut mistakes = mistakes.lock().unwrap_or_else(PoisonError::into_inner);
            mistakes.extend(found.into_iter().map(|it| (at, it)));
        }
    };
    let pages = 0..snapshot.read.site.pages.len();
    rayon::join(
        || PARTS.par_iter().for_each(|it| (it.put)(&snapshot, to)),
        || pages.into_par_iter().with_max_len(AT_ONCE).for_each(page),
    );
    let mut mistakes = mistakes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    mistakes.sort_by_key(|(at, _)| *at);
    let mistakes = mistakes.into_iter().map(|(_, it)| it).collect();
    snapshot.judged(mistakes).read
}

/// Everything up to the first page, with the diagnostics as the rules made them, and what `beside` gives. Of the theme, only
/// the anchors that its templates print have a part in it: when all else of it has changed, all is as it was.
fn gather<T: Send>(
    sources: &Sources,
    drafts: Drafts,
    cache: &mut ParseCache,
    beside: impl FnOnce() -> T + Send,
) -> (Read, T) {
    let reserved = theme::reserved(sources);
    if let Some((of, with, before, read)) = &cache.gathered
        && *with == drafts
        && *before == reserved
        && of.same_without(sources, "theme/")
    {
        return (read.clone(), beside());
    }
    let (read, other) = gathered(sources, drafts, &reserved, cache, beside);
    cache.gathered = Some((sources.clone(), drafts, reserved, read.clone()));
    (read, other)
}

/// The same. Files are parsed on every core, and much of linking is done on one: `beside` is done on another.
fn gathered<T: Send>(
    sources: &Sources,
    drafts: Drafts,
    reserved: &Reserved,
    cache: &mut ParseCache,
    beside: impl FnOnce() -> T + Send,
) -> (Read, T) {
    let Checked {
        value: config,
        mut diagnostics,
    } = Config::parse(sources);
    diagnostics.extend(check::unreadable_file::check(sources));
    let settings = sources.bytes(BOOK_TOML).map(|it| (BOOK_TOML.into(), it));
    diagnostics.extend(
        settings
            .into_iter()
            .flat_map(|(path, it)| screen(&path, it)),
    );
    let content_dir = config.content_dir();
    let mut parsed = parse(sources, &content_dir, cache);
    if drafts == Drafts::LeftOut {
        let left_out = parsed.value.leave_out_drafts();
        parsed
            .diagnostics
            .retain(|it| !left_out.contains_key(&it.path));
    }
    diagnostics.extend(parsed.diagnostics);
    let settings = Settings {
        content_dir: &content_dir,
        raw_html: config.markdown.raw_html,
        instruments: &config.markdown.instruments,
        reserved,
    };
    let (linked, other) = rayon::join(|| link(&parsed.value, sources, settings), beside);
    diagnostics.extend(linked.diagnostics);
    let judge = || (check::check(&linked.value), Coverage::of(&linked.value));
    let plan = || Site::plan(&linked.value, &config);
    let ((found, coverage), site) = rayon::join(judge, plan);
    diagnostics.extend(found);
    diagnostics.extend(settings::check(&config, &linked.value, sources));
    diagnostics.extend(site.diagnostics.iter().cloned());
    let read = Read {
        config,
        coverage: Arc::new(coverage),
        catalogue: Arc::new(linked.value),
        site: Arc::new(site),
        diagnostics,
        gaps: Vec::new(),
    };
    (read, other)
}
