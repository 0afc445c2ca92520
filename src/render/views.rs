//! What several pages show: links, numbers, ways through the site.

use serde::Serialize;

/// A link: its address, and an id and words that are shown.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LinkView {
    pub href: String,
    pub id: String,
    pub title: String,
}

/// How many leaves are mapped, left out with a reason, and open.
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
    pub description: String,
    pub crumbs: Vec<Crumb>,
    pub toc: Vec<TocItem>,
    pub previous: Option<NextView>,
    pub next: Option<NextView>,
    /// Whether only the preview shows the page.
    pub draft: bool,
}

/// A way in the navigation.
#[derive(Debug, Clone, Serialize)]
pub(super) struct NavItem {
    pub href: String,
    pub title: String,
    /// `page`, `true` for a page under it, or empty.
    pub current: &'static str,
}

/// A page that every foot leads to.
#[derive(Debug, Clone, Serialize)]
pub(super) struct FooterLink {
    pub href: String,
    pub title: String,
}

/// A number, and where the things counted stand; nowhere for zero, and for a sum whose parts lead to lists of their own.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Number {
    pub count: usize,
    pub href: Option<String>,
}

/// A number that leads somewhere unless it is zero.
pub(super) fn number(count: usize, href: impl FnOnce() -> String) -> Number {
    Number {
        count,
        href: (count > 0).then(href),
    }
}
