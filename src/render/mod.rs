//! Pages to bytes: typed views through the theme's templates.
//!
//! Entry: [`Theme::load`], [`Renderer::new`], then [`Renderer::page`] for each page on its own. Templates decide looks, never facts.
//! Invariant: no disk, no clock; a page's bytes depend on its own subject and what is linked to it.

mod chapter;
mod chrome;
mod dates;
mod frame;
mod html;
mod linked_data;
mod marks;
mod page;
mod pages;
mod prose;
mod raw;
mod views;

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Coverage};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::site::{Downloads, Edition, PageKind, Site};
use crate::theme::{Templates, Theme};
use chapter::RenderMode;
use page::Page;
pub use raw::ids;

/// Everything that pages are rendered from. It holds references alone, so that one may be made for each page.
#[derive(Clone, Copy)]
pub struct Renderer<'a> {
    catalogue: &'a Catalogue,
    coverage: &'a Coverage,
    site: &'a Site,
    config: &'a Config,
    changed: &'a BTreeMap<String, String>,
    downloads: &'a Downloads,
    theme: Templates<'a>,
}

impl<'a> Renderer<'a> {
    /// A renderer of an edition, under this theme; `changed` holds the date of each
    /// file's last change.
    #[must_use]
    pub fn new(
        edition: Edition<'a>,
        changed: &'a BTreeMap<String, String>,
        downloads: &'a Downloads,
        theme: &'a Theme,
    ) -> Self {
        let Edition {
            catalogue,
            coverage,
            site,
            config,
        } = edition;
        Self {
            catalogue,
            coverage,
            site,
            config,
            changed,
            downloads,
            theme: Templates::Pages(theme),
        }
    }

    /// The bytes of the `at`-th page of the site.
    ///
    /// # Errors
    /// A template that asks for what the page does not have.
    pub fn page(&self, at: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let entry = &self.site.pages[at];
        let page = Page::new(self, entry, RenderMode::Page);
        Ok(pages::html(&page, entry.kind)?.into_bytes())
    }

    /// The bytes of a page as far as they show whether its template can be rendered: of the document, no chapter.
    ///
    /// # Errors
    /// A template that asks for what the page does not have.
    pub fn probe(&self, at: usize) -> Result<(), Box<Diagnostic>> {
        let entry = &self.site.pages[at];
        let page = Page::new(self, entry, RenderMode::Page);
        match entry.kind {
            PageKind::Print => pages::document::probe(&page),
            kind => pages::html(&page, kind).map(drop),
        }
    }
}
