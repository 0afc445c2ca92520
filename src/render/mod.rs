//! Pages to bytes: typed views through the theme's templates.
//!
//! Entry: [`Renderer::new`], then [`Renderer::page`] for each page on its own. Templates decide looks, never facts.
//! Invariant: no disk, no clock; a page's bytes depend on its own subject and what is linked to it.

mod dates;
mod frame;
mod marks;
mod page;
mod pages;
mod prose;
mod script;
mod theme;

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, Coverage};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Example, Rule, Severity};
use crate::site::{PageKind, Site};
use crate::source::Sources;
use page::Page;
use theme::Theme;

/// `template-mistake`.
pub static TEMPLATE_MISTAKE: Rule = Rule {
    code: "template-mistake",
    severity: Severity::Error,
    explain: "A template of the theme that can't be read or rendered: a tag that is not closed, a name that the page does not have, a file in `theme/` that is not UTF-8. The fields of each page are those of the built-in template of the same name.",
    bad: Example {
        files: &[(
            "theme/templates/404.html",
            "{% extends \"layout.html\" %}\n{% block body %}{{ nonsense }}{% endblock body %}\n",
        )],
        path: "theme/templates/404.html",
        marks: "nonsense",
    },
    good: &[(
        "theme/templates/404.html",
        "{% extends \"layout.html\" %}\n{% block body %}<h1>{{ frame.heading }}</h1>{% endblock body %}\n",
    )],
};

/// Everything that pages are rendered from.
pub struct Renderer<'a> {
    catalogue: &'a Catalogue,
    coverage: &'a Coverage,
    site: &'a Site,
    config: &'a Config,
    changed: &'a BTreeMap<String, String>,
    theme: Theme,
}

impl<'a> Renderer<'a> {
    /// Reads the theme: the built-in one, with the book's files laid over it.
    ///
    /// # Errors
    /// Every template that can't be read.
    pub fn new(
        catalogue: &'a Catalogue,
        coverage: &'a Coverage,
        site: &'a Site,
        config: &'a Config,
        sources: &Sources,
        changed: &'a BTreeMap<String, String>,
    ) -> Result<Self, Vec<Diagnostic>> {
        let theme = Theme::load(sources, &config.book.title)?;
        Ok(Self {
            catalogue,
            coverage,
            site,
            config,
            changed,
            theme,
        })
    }

    /// The bytes of the `at`-th page of the site.
    ///
    /// # Errors
    /// A template that asks for what the page does not have.
    pub fn page(&self, at: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        let entry = &self.site.pages[at];
        let page = Page::new(self, &entry.route);
        let html = match entry.kind {
            PageKind::Home => self.theme.render("home.html", &pages::home::view(&page)),
            PageKind::Measures => self
                .theme
                .render("measures.html", &pages::measures::view(&page)),
            PageKind::Group(ix) => self
                .theme
                .render("measures.html", &pages::measures::group_view(&page, ix)),
            PageKind::Measure(ix) => self
                .theme
                .render("measure.html", &pages::measure::view(&page, ix)),
            PageKind::UseCases => self
                .theme
                .render("use-cases.html", &pages::use_cases::view(&page)),
            PageKind::UseCase(ix) => self
                .theme
                .render("use-case.html", &pages::use_case::view(&page, ix)),
            PageKind::Frameworks => self
                .theme
                .render("frameworks.html", &pages::frameworks::view(&page)),
            PageKind::Framework(ix) => self
                .theme
                .render("framework.html", &pages::framework::view(&page, ix)),
            PageKind::Node(ix) => self
                .theme
                .render("node.html", &pages::node::view(&page, ix)),
            PageKind::Checklists => self
                .theme
                .render("checklists.html", &pages::checklists::view(&page)),
            PageKind::Checklist(list) => self
                .theme
                .render("checklist.html", &pages::checklist::view(&page, list)),
            PageKind::ChecklistPart(list, at) => self.theme.render(
                "checklist.html",
                &pages::checklist::part_view(&page, list, at),
            ),
            PageKind::Matrix(sheet) => self
                .theme
                .render("matrix.html", &pages::matrix::view(&page, sheet)),
            PageKind::Guide => self.theme.render("guide.html", &pages::guide::view(&page)),
            PageKind::Page(ix) => self
                .theme
                .render("page.html", &pages::prose_page::view(&page, ix)),
            PageKind::Threats => self
                .theme
                .render("threats.html", &pages::threats::view(&page)),
            PageKind::Glossary => self
                .theme
                .render("glossary.html", &pages::glossary::view(&page)),
            PageKind::Search => self
                .theme
                .render("search.html", &pages::search::view(&page)),
            PageKind::Data => self.theme.render("data.html", &pages::data::view(&page)),
            PageKind::NotFound => self
                .theme
                .render("404.html", &pages::not_found::view(&page)),
        }?;
        Ok(html.into_bytes())
    }

    /// The files of the theme, by path in the site.
    #[must_use]
    pub fn assets(&self) -> Vec<(String, Vec<u8>)> {
        self.theme.assets()
    }
}
