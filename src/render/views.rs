//! Views that several pages share: links, counts, navigation.

use serde::Serialize;

/// A link with an id and a title; either may be empty.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub href: String,
    pub id: String,
    pub title: String,
}

/// The numbers of leaves that are mapped, left out with a reason, and open.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct CountView {
    pub mapped: usize,
    pub justified: usize,
    pub open: usize,
    pub total: usize,
    /// Per cent, for the bar.
    pub mapped_share: f64,
    pub justified_share: f64,
}

/// A breadcrumb: a page above this one, and at last this one.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Crumb {
    pub href: String,
    pub title: String,
}

/// An entry of the table of contents.
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

/// The metadata of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct About {
    pub heading: String,
    pub id: String,
    /// The label before the heading, if it is not the id.
    pub label: Option<String>,
    pub description: String,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
    /// Whether only the preview shows the page.
    pub draft: bool,
}

/// A link in the navigation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NavItem {
    pub href: String,
    pub title: String,
    /// `page`, `true` for a page under it, or empty.
    pub current: &'static str,
}

/// A link in the footer.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FooterLink {
    pub href: String,
    pub title: String,
}

/// A number with a link to the list of what it counts; without one for zero, and for a sum whose parts have lists of their own.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Number {
    pub count: usize,
    pub href: Option<String>,
}

/// A number with a link unless it is zero.
pub(super) fn number(count: usize, href: impl FnOnce() -> String) -> Number {
    Number {
        count,
        href: (count > 0).then(href),
    }
}
