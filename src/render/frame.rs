//! What every page has: title, crumbs, contents, head, navigation and foot.

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
    pub chrome: Chrome,
}

impl Frame {
    /// The frame of a page that says this of itpage.
    pub(super) fn new(page: &Page<'_>, mut about: About) -> Self {
        about.crumbs.retain(|it| !it.title.is_empty());
        let config = page.config();
        let html = &config.output.html;
        let site_title = &config.book.title;
        let short_title = config.theme.short_title.as_ref().unwrap_or(site_title);
        let name = [about.id.as_str(), about.heading.as_str()].join(" ");
        let name = name.trim().to_owned();
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
        Self {
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
            toc: about.toc,
            edit: edit.map(|(template, it)| template.replace("{path}", &percent(&it.path))),
            changed: changed.map(|it| date(it)),
            address: absolute.unwrap_or_default(),
            previous: about.previous,
            next: about.next,
            draft: about.draft,
            chrome: Chrome::new(page),
        }
    }
}
