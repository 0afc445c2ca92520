//! A page as a chapter of the printed document: its number, the beginning of its anchors, and where its links lead.
//!
//! Entry: [`Links::new`], [`Chapter::href`]. Invariant: a link leads into the document, else to the web, else it has no
//! address and its words stand alone.

use std::collections::HashMap;

use super::Renderer;
use crate::catalogue::{LinkTarget, NodeIx};
use crate::site::{PageKind, fragment, leaf_anchor, percent, relative, split, ungrouped};

/// How many levels lower the headings of a chapter are than those of a page.
pub(super) const DEEPER: u8 = 2;

/// What a page is rendered as.
#[derive(Clone, Copy)]
pub(super) enum Output<'a> {
    /// A page of the site.
    Page,
    /// A chapter of the printed document.
    Chapter(Chapter<'a>),
}

/// Where a page stands in the document.
#[derive(Clone, Copy)]
pub(super) struct Chapter<'a> {
    /// `2.1`.
    pub number: &'a str,
    /// The route of the document itself.
    pub document: &'a str,
    pub links: &'a Links<'a>,
}

/// Where the links of the document lead.
pub(super) struct Links<'a> {
    site_url: Option<&'a str>,
    /// The anchors of the chapters, by the paths of their pages.
    chapters: HashMap<String, String>,
    /// Of requirements, whose pages are no chapters: the row or the chapter that lists them, by address.
    rows: HashMap<String, String>,
}

/// The anchor of a page's chapter. No name that an author gives holds a colon, and drawings take no other sign.
pub(super) fn chapter_anchor(route: &str) -> String {
    route.trim_end_matches(".html").replace('/', "::")
}

impl Chapter<'_> {
    /// Where a link leads from the page at `from`, which is this chapter; an empty route is its own.
    pub(super) fn href(&self, from: &str, route: &str, anchor: Option<&str>) -> Option<String> {
        match anchor.filter(|_| route.is_empty() || route == from) {
            Some(own) => {
                let name = fragment(own);
                Some(format!("#{}:{}", chapter_anchor(from), &name[1..]))
            }
            None => self.links.href(&relative("", route, anchor)),
        }
    }
}

impl<'a> Links<'a> {
    pub(super) fn new(renderer: &Renderer<'a>) -> Self {
        let site = renderer.site;
        let (mut chapters, mut rows) = (HashMap::new(), HashMap::new());
        for part in &site.document.parts {
            for entry in part.chapters.iter().map(|at| &site.pages[*at]) {
                let anchor = chapter_anchor(&entry.route);
                if let PageKind::CoverageTop(ix) = entry.kind {
                    list_rows(renderer, ix, entry.number, &anchor, &mut rows);
                }
                chapters.insert(percent(&entry.route), anchor);
            }
        }
        Self {
            site_url: renderer.config.output.html.site_url.as_deref(),
            chapters,
            rows,
        }
    }

    /// A chapter, or an anchor in it; else the page on the web, if the site has an address.
    pub(super) fn href(&self, path: &str) -> Option<String> {
        let (page, name) = path.split_once('#').unwrap_or((path, ""));
        if let Some(row) = self.rows.get(path).or_else(|| self.rows.get(page)) {
            return Some(format!("#{row}"));
        }
        match (self.chapters.get(page), name) {
            (Some(anchor), "") => Some(format!("#{anchor}")),
            (Some(anchor), name) => Some(format!("#{anchor}:{name}")),
            (None, _) => self.site_url.map(|url| format!("{url}{path}")),
        }
    }
}

/// The nodes under a node: each leaf at its row, every other at the chapter that lists its leaves. On a numbered page stand some
/// of the leaves, on the own page of a divided list none.
fn list_rows(
    renderer: &Renderer<'_>,
    top: NodeIx,
    number: usize,
    anchor: &str,
    rows: &mut HashMap<String, String>,
) {
    let Renderer {
        site, catalogue, ..
    } = *renderer;
    let row = |leaf| format!("{anchor}:{}", leaf_anchor(catalogue, leaf));
    let mut add = |ix, row| {
        if let Some(address) = site.address(catalogue, &LinkTarget::Node(ix).into()) {
            rows.insert(address.seen_from(""), row);
        }
    };
    let pages = site.list_pages(PageKind::CoverageTop(top));
    if let Some(here) = number.checked_sub(1).and_then(|at| pages.get(at)) {
        let parts = site.parts(catalogue, top, PageKind::CoverageTop);
        let own = ungrouped(catalogue, top, &parts).filter(|it| catalogue.is_leaf(*it));
        let own: Vec<_> = own.collect();
        let (_, here) = split(here, parts.len());
        for leaf in &own[here] {
            add(*leaf, row(*leaf));
        }
        return;
    }
    for ix in catalogue.tree(top) {
        let is_here = catalogue.is_leaf(ix) && pages.is_empty();
        add(ix, if is_here { row(ix) } else { anchor.to_owned() });
    }
}
