//! What every page has: title, crumbs, contents, and what stands around it.

use serde::Serialize;

use super::dates::{DateView, date};
use super::page::Page;
use super::prose::Html;
use super::surroundings::Surroundings;
use crate::site::{PageKind, percent};

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Frame {
    /// The title of the window.
    pub title: String,
    /// The number of the chapter, in the printed document; none on a page of its own.
    pub chapter: Option<String>,
    /// What stands before each anchor that a template writes: nothing, but in the printed document.
    pub prefix: String,
    /// The elements of headings by level: `h1` on a page of its own, `h3` for the same in the printed document.
    pub h1: &'static str,
    pub h2: &'static str,
    pub h3: &'static str,
    pub h4: &'static str,
    /// The role of a part that scrolls: a landmark only on a page of its own.
    pub region: &'static str,
    /// The identifier and the heading.
    pub name: String,
    /// The heading of the page.
    pub heading: String,
    pub description: String,
    /// What the page is, for machines: JSON-LD.
    pub data: Html,
    pub route: String,
    pub canonical: Option<String>,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    pub edit: Option<String>,
    pub changed: Option<DateView>,
    /// The address to cite; empty where that of the site is not known.
    pub address: String,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
    /// Whether only the preview shows the page.
    pub draft: bool,
    #[serde(flatten)]
    pub around: Surroundings,
}

/// A page above this one; the last is this one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Crumb {
    pub href: String,
    pub title: String,
}

/// A section on the page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct TocItem {
    pub href: String,
    pub title: String,
    pub items: Vec<TocItem>,
}

impl TocItem {
    pub(super) fn new(href: &str, title: &str) -> Self {
        Self {
            href: href.to_owned(),
            title: title.to_owned(),
            items: Vec::new(),
        }
    }
}

/// The page before or after.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NextView {
    pub href: String,
    pub id: String,
    pub title: String,
}

/// What a page says of itself.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub heading: String,
    pub id: String,
    /// What stands before the heading, if not the identifier.
    pub label: Option<String>,
    pub description: String,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
    /// Whether only the preview shows the page.
    pub draft: bool,
}

impl Page<'_> {
    pub(super) fn frame(&self, mut about: About) -> Frame {
        about.crumbs.retain(|it| !it.title.is_empty());
        let config = self.config();
        let html = &config.output.html;
        let site_title = &config.book.title;
        let short_title = config.theme.short_title.as_ref().unwrap_or(site_title);
        let name = [about.id.as_str(), about.heading.as_str()].join(" ");
        let name = name.trim().to_owned();
        let label = about.label.as_deref().unwrap_or(&about.id);
        self.seen.shown_as(label, &about.heading);
        let title = if name == *site_title {
            name.clone()
        } else {
            format!("{name} | {short_title}")
        };
        let site_url = html.site_url.as_ref();
        let absolute = site_url.map(|url| format!("{url}{}", percent(self.route)));
        let sources = self.kind.sources(self.catalogue());
        let edit = html.edit_url_template.as_ref().zip(sources.first());
        let dates = sources
            .iter()
            .filter_map(|it| self.renderer.changed.get(&*it.path));
        let changed = dates.max();
        let [h1, h2, h3, h4] = self.headings();
        let chapter = self.chapter();
        Frame {
            chapter: chapter.map(|it| it.number.to_owned()),
            prefix: self.prefix(),
            h1,
            h2,
            h3,
            h4,
            region: self.region(),
            data: Html(self.linked_data(&about, absolute.as_deref(), changed)),
            title,
            name,
            heading: about.heading,
            description: about.description,
            route: self.route.to_owned(),
            canonical: absolute.clone(),
            crumbs: about.crumbs,
            toc: self.contents(about.toc),
            edit: edit.filter(|_| chapter.is_none()).map(|(template, it)| template.replace("{path}", &percent(&it.path))),
            changed: changed.filter(|_| chapter.is_none()).map(|it| date(it)),
            address: absolute.unwrap_or_default(),
            previous: about.previous.filter(|_| chapter.is_none()),
            next: about.next.filter(|_| chapter.is_none()),
            draft: about.draft,
            around: self.around(),
        }
    }

    /// A page above this one by its name; without words if the site does not show it.
    pub(super) fn crumb(&self, kind: PageKind) -> Crumb {
        self.crumb_called(kind, kind.name(self.catalogue()).unwrap_or_default())
    }

    /// A page above this one; without words if the site does not show it.
    pub(super) fn crumb_called(&self, kind: PageKind, title: &str) -> Crumb {
        Crumb {
            href: self.to(kind),
            title: if self.has(kind) { title } else { "" }.to_owned(),
        }
    }

    /// The name of this page.
    pub(super) fn name(&self) -> String {
        let name = self.kind.name(self.catalogue());
        name.unwrap_or_default().to_owned()
    }

    /// The way to a page that the home page leads to.
    pub(super) fn crumbs_of_top(&self) -> Vec<Crumb> {
        vec![self.crumb(PageKind::Home), Self::here(&self.name())]
    }

    pub(super) fn here(title: &str) -> Crumb {
        Crumb {
            href: String::new(),
            title: title.to_owned(),
        }
    }
}
