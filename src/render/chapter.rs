//! A page as a chapter of the printed document: its number, the prefix of its anchors, and the targets of its links.
//!
//! Entry: [`Links::new`], [`Chapter::href`]. Invariant: a link leads into the document, else to the web; else it is shown as plain
//! text.

use std::collections::HashMap;

use super::Renderer;
use crate::catalogue::{LinkTarget, NodeIx};
use crate::site::{PageKind, fragment, leaf_anchor, percent, relative, split, ungrouped};

/// The number of levels by which a chapter's headings are lower than those of a page.
pub(super) const HEADING_OFFSET: u8 = 2;

/// Whether a page is rendered on its own or as a chapter.
#[derive(Clone, Copy)]
pub(super) enum RenderMode<'a> {
    /// A page of the site.
    Page,
    /// A chapter of the printed document.
    Chapter(Chapter<'a>),
}

/// The position of a page in the printed document.
#[derive(Clone, Copy)]
pub(super) struct Chapter<'a> {
    /// `2.1`.
    pub number: &'a str,
    /// The route of the document itself.
    pub document: &'a str,
    pub links: &'a Links<'a>,
}

/// The targets of links in the printed document.
pub(super) struct Links<'a> {
    site_url: Option<&'a str>,
    /// The anchors of the chapters, by the paths of their pages.
    chapters: HashMap<String, String>,
    /// Requirements have no chapter: the anchor of the row or chapter that lists each of them, by its address.
    rows: HashMap<String, String>,
}

/// The anchor of a page's chapter. The colons can't collide with an author's names, which contain none; they are also allowed in
/// the ids of figures.
pub(super) fn chapter_anchor(route: &str) -> String {
    route.trim_end_matches(".html").replace('/', "::")
}

impl Chapter<'_> {
    /// The address of a link from the page at `from`, which is this chapter; an empty `route` is that page itself.
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
            for entry in part.chapters.iter().map(|index| &site.pages[*index]) {
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

    /// The address of a chapter or of an anchor in it; else of the page on the web, if the URL of the site is known.
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

/// Adds the anchors of the nodes under `top`: of a leaf its row, of any other node the chapter that lists its leaves. A numbered
/// page has some of the leaves; the first page of a divided list has none.
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
    if let Some(entries) = number.checked_sub(1).and_then(|i| pages.get(i)) {
        let parts = site.parts(catalogue, top, PageKind::CoverageTop);
        let leaves: Vec<_> = ungrouped(catalogue, top, &parts)
            .filter(|it| catalogue.is_leaf(*it))
            .collect();
        let (_, own) = split(entries, parts.len());
        for leaf in &leaves[own] {
            add(*leaf, row(*leaf));
        }
        return;
    }
    for ix in catalogue.tree(top) {
        let has_row = catalogue.is_leaf(ix) && pages.is_empty();
        add(ix, if has_row { row(ix) } else { anchor.to_owned() });
    }
}
