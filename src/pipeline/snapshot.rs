//! A catalogue as it was read at one moment, and every file of its site, made when it is asked for.
//!
//! Entry: [`super::load`], then [`Snapshot::file`]. `build` makes all files, the preview those that a browser asks for,
//! both through the same functions. Invariant: a snapshot never changes; what is kept of it changes speed only.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::mem::discriminant;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use rayon::prelude::*;

use super::{CheckedBook, Options, anchors, severity};
use crate::catalogue::Coverage;
use crate::diagnostic::Diagnostic;
use crate::export::{self, data, search};
use crate::output::{Outputs, Sink};
use crate::render::Renderer;
use crate::site::{Downloads, Edition};
use crate::source::Sources;
use crate::theme::Theme;

/// The bytes of a file of the site.
pub type Bytes = Arc<[u8]>;

/// How many rendered pages are kept: a browser asks for the same page more than once after a change.
const KEPT_PAGES: usize = 16;

/// A catalogue that has been read, with all that its site is made from.
pub struct Snapshot {
    /// The book.
    pub book: CheckedBook,
    /// What it was read from.
    pub sources: Sources,
    options: Options,
    /// None if a template of the theme can't be read.
    theme: Option<Arc<Theme>>,
    downloads: OnceLock<Downloads>,
    parts: [OnceLock<BTreeMap<String, Bytes>>; PARTS.len()],
    recent: Mutex<VecDeque<(usize, Bytes)>>,
}

/// Files beside the pages that are made together.
pub(super) struct Part {
    /// The folder of the site in which they stand.
    folder: &'static str,
    /// Hands over every one of them.
    pub put: fn(&Snapshot, &dyn Sink),
}

/// The folder of the theme's files.
const ASSETS: &str = "assets/";

/// Every part. No two hold a file of one path, and none that of a page.
pub(super) static PARTS: [Part; 4] = [
    Part {
        folder: ASSETS,
        put: Snapshot::put_assets,
    },
    Part {
        folder: search::FOLDER,
        put: |it, to| search::put(it.edition(), to),
    },
    Part {
        folder: data::FOLDER,
        put: |it, to| data::put(it.edition(), to),
    },
    // All that stands in none of these folders.
    Part {
        folder: "",
        put: |it, to| export::put(it.edition(), &it.sources, to),
    },
];

impl Snapshot {
    /// A book and its theme; none if a template can't be read.
    pub(super) fn new(
        book: CheckedBook,
        sources: &Sources,
        options: &Options,
        theme: Option<Arc<Theme>>,
    ) -> Self {
        Self {
            book,
            sources: sources.clone(),
            options: options.clone(),
            theme,
            downloads: OnceLock::new(),
            parts: Default::default(),
            recent: Mutex::default(),
        }
    }

    /// Adds mistakes, and lays the weights and exceptions of `book.toml` over all.
    pub(super) fn finish(mut self, more: Vec<Diagnostic>) -> Self {
        self.book.diagnostics.extend(more);
        self.book = severity::apply(self.book, &self.sources);
        self
    }

    /// What is mapped.
    #[must_use]
    pub fn coverage(&self) -> &Coverage {
        &self.book.coverage
    }

    /// Whether the theme could be read, so that there are pages.
    #[must_use]
    pub fn has_theme(&self) -> bool {
        self.theme.is_some()
    }

    /// Whether an author's own HTML stands on pages, in templates or in texts.
    pub(super) fn is_authored(&self) -> bool {
        let theme = self.theme.as_ref();
        self.book.config.markdown.raw_html || theme.is_some_and(|it| it.has_own_templates())
    }

    /// The anchors that a page has twice. Pages that are made of built-in templates and Markdown alone have none.
    pub(super) fn doubles(&self, at: usize, html: &[u8]) -> Vec<Diagnostic> {
        if self.is_authored() {
            anchors::doubles(self, at, html)
        } else {
            Vec::new()
        }
    }

    /// Every style sheet, script and other file of the theme, by path.
    #[must_use]
    pub fn assets(&self) -> &BTreeMap<String, Bytes> {
        self.part_of(ASSETS)
    }

    /// Whether the pages of both are made by the same templates.
    #[must_use]
    pub fn same_templates(&self, other: &Self) -> bool {
        match (&self.theme, &other.theme) {
            (Some(one), Some(other)) => one.same_templates(other),
            _ => false,
        }
    }

    /// The file at a path of the site; none where there is none.
    ///
    /// # Errors
    /// A template that asks for what its page does not have.
    pub fn file(&self, path: &str) -> Result<Option<Bytes>, Box<Diagnostic>> {
        if let Some(at) = self.book.site.page_at(path) {
            return self.kept_page(at);
        }
        Ok(self.part_of(path).get(path).cloned())
    }

    /// The files of the part to which a file of this path would belong, made once.
    fn part_of(&self, path: &str) -> &BTreeMap<String, Bytes> {
        let parts = self.parts.iter().zip(&PARTS);
        let mut parts = parts.filter(|(_, it)| path.starts_with(it.folder));
        let (files, part) = parts.next().expect("the last part has every path");
        files.get_or_init(|| {
            let files = Mutex::new(Outputs::default());
            (part.put)(self, &files);
            let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
            let files = files.into_iter();
            files.map(|(path, bytes)| (path, bytes.into())).collect()
        })
    }

    /// Mistakes on the first page of each kind: what a broken template shows at once.
    #[must_use]
    pub fn probe(&self) -> Vec<Diagnostic> {
        let mut seen = HashSet::new();
        let pages = self.book.site.pages.iter().enumerate();
        let first: Vec<_> = pages
            .filter(|(_, it)| seen.insert((discriminant(&it.kind), it.number > 0)))
            .map(|(at, _)| at)
            .collect();
        let Some(theme) = &self.theme else {
            return Vec::new();
        };
        let renderer = self.renderer(theme);
        let pages = first.into_par_iter().map(|at| renderer.probe(at));
        pages.filter_map(Result::err).map(|it| *it).collect()
    }

    /// The bytes of a page; none where the theme can't be read.
    pub(super) fn page(&self, at: usize) -> Result<Option<Vec<u8>>, Box<Diagnostic>> {
        let Some(theme) = &self.theme else {
            return Ok(None);
        };
        self.renderer(theme).page(at).map(Some)
    }

    fn renderer<'a>(&'a self, theme: &'a Theme) -> Renderer<'a> {
        let downloads = || data::downloads(&self.book.catalogue);
        let downloads = self.downloads.get_or_init(downloads);
        Renderer::new(self.edition(), &self.options.changed, downloads, theme)
    }

    fn kept_page(&self, at: usize) -> Result<Option<Bytes>, Box<Diagnostic>> {
        let recent = || self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, bytes)) = recent().iter().find(|(it, _)| *it == at) {
            return Ok(Some(bytes.clone()));
        }
        // Rendered without the lock: pages that are asked for at once don't wait for each other.
        let Some(bytes) = self.page(at)? else {
            return Ok(None);
        };
        let bytes: Bytes = bytes.into();
        let mut recent = recent();
        recent.push_back((at, bytes.clone()));
        if recent.len() > KEPT_PAGES {
            recent.pop_front();
        }
        Ok(Some(bytes))
    }

    /// Renders a page and hands it over; nothing where the theme can't be read. Returns what is wrong on it.
    pub(super) fn put_page(
        &self,
        at: usize,
        to: &dyn Sink,
    ) -> Result<Vec<Diagnostic>, Box<Diagnostic>> {
        let Some(html) = self.page(at)? else {
            return Ok(Vec::new());
        };
        to.put(&self.book.site.pages[at].route, &html);
        Ok(self.doubles(at, &html))
    }

    /// Hands over every style sheet, script and other file of the theme.
    fn put_assets(&self, to: &dyn Sink) {
        let theme = self.theme.iter();
        for (path, bytes) in theme.flat_map(|it| it.assets(&self.book.config)) {
            to.put(&path, &bytes);
        }
    }

    /// The paths in the site of the files that the book and its theme bring as they are.
    pub(super) fn own_files(&self) -> Vec<String> {
        let theme = self.theme.iter();
        let theme = theme.flat_map(|it| it.assets(&self.book.config));
        let theme = theme.map(|(path, _)| path);
        let book = export::own_assets(&self.book.catalogue).map(|(_, route)| route);
        theme.chain(book).collect()
    }

    fn edition(&self) -> Edition<'_> {
        Edition {
            catalogue: &self.book.catalogue,
            coverage: &self.book.coverage,
            site: &self.book.site,
            config: &self.book.config,
        }
    }
}
