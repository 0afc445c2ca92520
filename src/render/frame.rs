//! What every page has: title, breadcrumbs, table of contents, header, navigation and footer.

use serde::Serialize;

use super::chrome::Chrome;
use super::dates::{DateView, date};
use super::html::Html;
use super::linked_data;
use super::page::Page;
use super::views::{About, Crumb, NextView, TocItem};
use crate::site::percent;

/// The frame of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Frame {
    /// The title of the window.
    pub title: String,
    /// The number of the chapter, in the printed document; `None` on a page of its own.
    pub chapter: Option<String>,
    /// The prefix of each anchor in a template; empty except in the printed document.
    pub prefix: String,
    /// The elements of headings by level: `h1` on a page of its own, `h3` for the same in the printed document.
    pub h1: &'static str,
    pub h2: &'static str,
    pub h3: &'static str,
    pub h4: &'static str,
    /// The role of a scrolling part: a landmark only on a page of its own.
    pub region: &'static str,
    /// The identifier and the heading.
    pub name: String,
    /// The heading of the page.
    pub heading: String,
    pub description: String,
    /// The structured data of the page: JSON-LD.
    pub data: Html,
    pub route: String,
    pub canonical: Option<String>,
    pub crumbs: Vec<Crumb>,
    toc: Vec<TocItem>,
    pub edit: Option<String>,
    pub changed: Option<DateView>,
    /// The address to cite; empty if the URL of the site is not known.
    pub address: String,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
    /// Whether only the preview shows the page.
    pub draft: bool,
    #[serde(flatten)]
    pub chrome: Chrome,
}

impl Frame {
    /// Sets the table of contents of a page. The printed document has its own.
    pub(super) fn set_toc(&mut self, toc: Vec<TocItem>) {
        if self.chapter.is_none() {
            self.toc = toc;
        }
    }

    /// The frame of a page with these metadata.
    pub(super) fn new(page: &Page<'_>, mut about: About) -> Self {
        about.crumbs.retain(|it| !it.title.is_empty());
        let config = page.config();
        let html = &config.output.html;
        let site_title = &config.book.title;
        let short_title = config.theme.short_title.as_ref().unwrap_or(site_title);
        let name = [about.id.as_str(), about.heading.as_str()].join(" ");
        let name = name.trim().to_owned();
        let label = about.label.as_deref().unwrap_or(&about.id);
        page.state.set_name(label, &about.heading);
        let title = if name == *site_title {
            name.clone()
        } else {
            format!("{name} | {short_title}")
        };
        let site_url = html.site_url.as_ref();
        let absolute = site_url.map(|url| format!("{url}{}", percent(page.route)));
        // A numbered page of a list is made from the list's files.
        let shows = page.kind.info(page.catalogue()).shows;
        let sources = shows.sources(page.catalogue());
        let edit = html.edit_url_template.as_ref().zip(sources.first());
        let dates = sources
            .iter()
            .filter_map(|it| page.renderer.changed.get(&*it.path));
        let changed = dates.max();
        let [h1, h2, h3, h4] = page.headings();
        let chapter = page.chapter();
        let is_page = chapter.is_none();
        Self {
            chapter: chapter.map(|it| it.number.to_owned()),
            prefix: page.prefix(),
            h1,
            h2,
            h3,
            h4,
            region: page.region(),
            data: Html(linked_data::json(
                page,
                &about,
                absolute.as_deref(),
                changed,
            )),
            title,
            name,
            heading: about.heading,
            description: about.description,
            route: page.route.to_owned(),
            canonical: absolute.clone(),
            crumbs: about.crumbs,
            toc: if is_page { about.toc } else { Vec::new() },
            edit: edit
                .filter(|_| is_page)
                .map(|(template, source)| template.replace("{path}", &percent(&source.path))),
            changed: changed.filter(|_| is_page).map(|it| date(it)),
            address: absolute.unwrap_or_default(),
            previous: about.previous.filter(|_| is_page),
            next: about.next.filter(|_| is_page),
            draft: about.draft,
            chrome: Chrome::new(page),
        }
    }
}
