//! Pages to bytes: typed views through the theme's templates.
//!
//! Entry: [`Theme::load`], [`Renderer::new`], then [`Renderer::page`] for each page on its own. Templates decide looks, never facts.
//! Invariant: no disk, no clock; a page's bytes depend on its own subject and what is linked to it.

mod chapter;
mod chrome;
mod dates;
mod document;
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
        Ok(self.html(&page, entry.kind)?.into_bytes())
    }

    /// The bytes of a page as far as they show whether its template can be rendered: of the document, no chapter.
    ///
    /// # Errors
    /// A template that asks for what the page does not have.
    pub fn probe(&self, at: usize) -> Result<(), Box<Diagnostic>> {
        let entry = &self.site.pages[at];
        let page = Page::new(self, entry, RenderMode::Page);
        match entry.kind {
            PageKind::Print => document::probe(&page),
            kind => self.html(&page, kind).map(drop),
        }
    }

    /// A page through the view and the template of its kind.
    fn html(&self, page: &Page<'_>, kind: PageKind) -> Result<String, Box<Diagnostic>> {
        use PageKind as Kind;
        use pages::coverage::{level, top};
        use pages::{
            accessibility, answers, checklist, checklists, coverage, crosswalk, crosswalk_top,
            data, framework, frameworks, glossary, guide, home, matrix, measure, measures, node,
            not_found, numbered_nodes, prose_page, provider, provider_level, search, threats,
            use_case, use_cases,
        };
        let theme = self.theme;
        match kind {
            Kind::Home => theme.render("home.html", &home::view(page)),
            Kind::Measures => theme.render("measures.html", &measures::view(page)),
            Kind::Group(ix) => theme.render("measures.html", &measures::group_view(page, ix)),
            Kind::Measure(ix) => theme.render("measure.html", &measure::view(page, ix)),
            Kind::UseCases => theme.render("use-cases.html", &use_cases::view(page)),
            Kind::UseCase(ix) => theme.render("use-case.html", &use_case::view(page, ix)),
            Kind::Frameworks => theme.render("frameworks.html", &frameworks::view(page)),
            Kind::Framework(ix) if page.number > 0 => {
                theme.render("nodes.html", &numbered_nodes::roots_view(page, ix))
            }
            Kind::Framework(ix) => theme.render("framework.html", &framework::view(page, ix)),
            Kind::Node(ix) if page.number > 0 => {
                theme.render("nodes.html", &numbered_nodes::children_view(page, ix))
            }
            Kind::Node(ix) => theme.render("node.html", &node::view(page, ix)),
            Kind::Checklists => theme.render("checklists.html", &checklists::view(page)),
            Kind::Checklist(list) => theme.render("checklist.html", &checklist::view(page, list)),
            Kind::Coverage => theme.render("coverage.html", &coverage::view(page)),
            Kind::CoverageOf(ix) if page.number > 0 => theme.render(
                "coverage-numbers.html",
                &coverage::framework::numbered_view(page, ix),
            ),
            Kind::CoverageOf(ix) => {
                theme.render("coverage-of.html", &coverage::framework::view(page, ix))
            }
            Kind::CoverageTop(ix) => theme.render("coverage-top.html", &top::view(page, ix)),
            Kind::CoverageLevel(ix, at) => {
                theme.render("coverage-level.html", &level::view(page, ix, at))
            }
            Kind::CoverageMeasures(ix) => theme.render(
                "coverage-measures.html",
                &coverage::measures::view(page, ix),
            ),
            Kind::Matrix(grid) => theme.render("matrix.html", &matrix::view(page, grid)),
            Kind::Crosswalk => theme.render("crosswalk.html", &crosswalk::view(page)),
            Kind::CrosswalkOf(a, b) => {
                theme.render("crosswalk-of.html", &crosswalk::pair_view(page, a, b))
            }
            Kind::CrosswalkTop(ix, to) => {
                theme.render("crosswalk-top.html", &crosswalk_top::view(page, ix, to))
            }
            Kind::ProviderOf(ix) => theme.render("provider.html", &provider::view(page, ix)),
            Kind::Provider(ix, level) => theme.render(
                "provider-level.html",
                &provider_level::view(page, ix, level),
            ),
            Kind::Guide => theme.render("guide.html", &guide::view(page)),
            Kind::Page(ix) => theme.render("page.html", &prose_page::view(page, ix)),
            Kind::Answers(ix) => theme.render("answers.html", &answers::view(page, ix)),
            Kind::Print => document::html(page),
            Kind::Threats => theme.render("threats.html", &threats::view(page)),
            Kind::Glossary => theme.render("glossary.html", &glossary::view(page)),
            Kind::Search => theme.render("search.html", &search::view(page)),
            Kind::Data => theme.render("data.html", &data::view(page)),
            Kind::Accessibility => theme.render("accessibility.html", &accessibility::view(page)),
            Kind::NotFound => theme.render("404.html", &not_found::view(page)),
        }
    }
}
