//! The stages, one after the other: config, parse, link, check, plan, theme, then render and export.
//!
//! Entry: [`build_into`]. Invariant: a stage gets what those before it made, and reports instead of failing.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::compress::Compressing;
use super::parse::{ParseCache, parse};
use super::snapshot::{PARTS, Snapshot};
use super::{Built, CheckedBook, Drafts, Options, anchors, settings, theme};
use crate::catalogue::Coverage;
use crate::catalogue::link::{Settings, link};
use crate::check;
use crate::config::{BOOK_TOML, Config};
use crate::diagnostic::{Checked, Diagnostic};
use crate::markdown::anchors::Reserved;
use crate::output::{Outputs, Sink};
use crate::schema::screen;
use crate::site::Site;
use crate::source::Sources;
use crate::theme::reserved;

/// Pages per task of a worker; few, so that the last tasks balance.
const PAGES_PER_TASK: usize = 16;

/// Builds a site in memory. With errors among the diagnostics, the outputs show what could be read.
#[must_use]
pub fn build(sources: &Sources, options: &Options, cache: &mut ParseCache) -> Built {
    let outputs = Mutex::new(Outputs::default());
    let book = build_into(sources, options, cache, &outputs);
    Built {
        book,
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
) -> CheckedBook {
    let snapshot = put_together(sources, options, cache);
    let mistakes = make_files(&snapshot, to);
    snapshot.finish(mistakes).book
}

/// Checks a book: all that [`build`] would find, without what only its files need. Pages are tried where the book has
/// templates or HTML of its own; the built-in ones can't fail.
#[must_use]
pub fn check(sources: &Sources, cache: &mut ParseCache) -> CheckedBook {
    let snapshot = put_together(sources, &Options::default(), cache);
    let mistakes = if snapshot.is_authored() {
        try_pages(&snapshot)
    } else {
        Vec::new()
    };
    snapshot.finish(mistakes).book
}

/// A book and its theme, checked. Of its pages, only those are made whose templates have anchors to which a text leads.
#[must_use]
pub fn load(sources: &Sources, options: &Options, cache: &mut ParseCache) -> Snapshot {
    put_together(sources, options, cache).finish(Vec::new())
}

/// A book and its theme, with the diagnostics as the rules made them.
fn put_together(sources: &Sources, options: &Options, cache: &mut ParseCache) -> Snapshot {
    let mut book = last_or_new(sources, options.drafts, cache);
    let own = sources.under("theme/");
    let hidden = own.flat_map(|(path, bytes)| screen(path, bytes));
    book.diagnostics.extend(hidden);
    let theme = match theme::load(sources, &mut cache.theme) {
        Ok(theme) => {
            book.diagnostics.extend(theme.check(&book.config, sources));
            Some(theme)
        }
        Err(mistakes) => {
            book.diagnostics.extend(mistakes);
            None
        }
    };
    let mut snapshot = Snapshot::new(book, sources, options, theme);
    let dead = anchors::dead(&snapshot);
    snapshot.book.diagnostics.extend(dead);
    snapshot
}

/// The last book where nothing has changed that it was read from, else a new one. Of the theme, only the anchors that its
/// templates print have a part in it.
fn last_or_new(sources: &Sources, drafts: Drafts, cache: &mut ParseCache) -> CheckedBook {
    let reserved = reserved(sources);
    if let Some((last_sources, last_drafts, last_reserved, last)) = &cache.last
        && *last_drafts == drafts
        && *last_reserved == reserved
        && last_sources.equal_outside(sources, "theme/")
    {
        return last.clone();
    }
    let book = read(sources, drafts, &reserved, cache);
    cache.last = Some((sources.clone(), drafts, reserved, book.clone()));
    book
}

/// Config, parse, link, check, plan.
fn read(
    sources: &Sources,
    drafts: Drafts,
    reserved: &Reserved,
    cache: &mut ParseCache,
) -> CheckedBook {
    let Checked {
        value: config,
        mut diagnostics,
    } = Config::parse(sources);
    diagnostics.extend(check::unreadable_file::check(sources));
    let text = sources.bytes(BOOK_TOML).into_iter();
    diagnostics.extend(text.flat_map(|bytes| screen(&BOOK_TOML.into(), bytes)));

    let content_dir = config.content_dir();
    let mut records = parse(sources, &content_dir, cache);
    if drafts == Drafts::LeftOut {
        let left_out = records.value.leave_out_drafts();
        records
            .diagnostics
            .retain(|diagnostic| !left_out.contains_key(&diagnostic.path));
    }
    diagnostics.extend(records.diagnostics);

    let linked = link(
        &records.value,
        sources,
        Settings {
            content_dir: &content_dir,
            raw_html: config.markdown.raw_html,
            instruments: &config.markdown.instruments,
            reserved,
        },
    );
    let catalogue = linked.value;
    diagnostics.extend(linked.diagnostics);

    let ((mistakes, coverage), site) = rayon::join(
        || (check::check(&catalogue), Coverage::new(&catalogue)),
        || Site::plan(&catalogue, &config),
    );
    diagnostics.extend(mistakes);
    diagnostics.extend(settings::check(&config, &catalogue, sources));
    diagnostics.extend(site.diagnostics.iter().cloned());

    CheckedBook {
        config,
        catalogue: Arc::new(catalogue),
        coverage: Arc::new(coverage),
        site: Arc::new(site),
        diagnostics,
        gaps: Vec::new(),
    }
}

/// Renders every page and exports every other file, on all cores. Returns what is wrong on the pages, in their order.
fn make_files(snapshot: &Snapshot, to: &dyn Sink) -> Vec<Diagnostic> {
    let precompress = snapshot.book.config.output.html.precompress;
    let own = precompress.then(|| snapshot.own_files());
    let own = own.iter().flatten().map(String::as_str);
    let compressing = Compressing::new(to, own);
    let to = if precompress { &compressing } else { to };
    let mistakes = Mutex::new(Vec::new());
    let make_page = |index: usize| {
        let found = snapshot.put_page(index, to);
        let found = found.unwrap_or_else(|mistake| vec![*mistake]);
        if !found.is_empty() {
            let mut mistakes = mistakes.lock().unwrap_or_else(PoisonError::into_inner);
            mistakes.extend(found.into_iter().map(|mistake| (index, mistake)));
        }
    };
    let pages = 0..snapshot.book.site.pages.len();
    rayon::join(
        || PARTS.par_iter().for_each(|part| (part.put)(snapshot, to)),
        || {
            pages
                .into_par_iter()
                .with_max_len(PAGES_PER_TASK)
                .for_each(make_page);
        },
    );
    let mut mistakes = mistakes
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    mistakes.sort_by_key(|(index, _)| *index);
    mistakes.into_iter().map(|(_, mistake)| mistake).collect()
}

/// What is wrong on the pages, in their order.
fn try_pages(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let pages = 0..snapshot.book.site.pages.len();
    let mistakes = pages
        .into_par_iter()
        .flat_map_iter(|index| match snapshot.page(index) {
            Ok(html) => html.map_or_else(Vec::new, |html| snapshot.doubles(index, &html)),
            Err(mistake) => vec![*mistake],
        });
    mistakes.collect()
}
