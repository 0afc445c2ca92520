//! Checks of anchors on rendered pages: those of templates may depend on what a page shows.
//!
//! Entry: [`dead`], [`doubles`]. Invariant: a page is rendered here only if a text leads to an anchor of its template.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Snapshot;
use crate::catalogue::rules::{duplicate_anchor, unknown_anchor};
use crate::diagnostic::Diagnostic;
use crate::render::ids;
use crate::site::PageKind;
use crate::source::SourcePath;

/// Elements whose anchors are for other elements of the page, not for readers.
const INNER: [&str; 7] = ["symbol", "pattern", "marker", "title", "desc", "g", "input"];

/// Links to anchors that their pages do not have. None are reported while a file could not be parsed: it may define them.
pub(super) fn dead(snapshot: &Snapshot) -> Vec<Diagnostic> {
    let read = &snapshot.book;
    if !read.catalogue.unparsed.is_empty() {
        return Vec::new();
    }
    let mut asked: BTreeMap<usize, Vec<_>> = BTreeMap::new();
    for (target, place) in &read.catalogue.unverified_anchors {
        let address = read.site.address(&read.catalogue, target);
        // Hidden pages have no address.
        if let Some(address) = address
            && let Some(anchor) = address.anchor
            && let Some(at) = read.site.page_at(&address.route)
        {
            asked.entry(at).or_default().push((anchor, place));
        }
    }
    let wrong = asked.into_par_iter().flat_map_iter(|(at, links)| {
        // A template's mistake is found where the page is made.
        let html = snapshot.page(at).ok().flatten().unwrap_or_default();
        let html = String::from_utf8_lossy(&html);
        let ids = ids(&html);
        let known = ids.iter().filter(|(of, _)| !INNER.contains(of));
        let known: Vec<_> = known.map(|(_, id)| (id.as_str(), "")).collect();
        let dead = links
            .into_iter()
            .filter(|(anchor, _)| !html.is_empty() && !ids.iter().any(|(_, id)| id == anchor));
        let found: Vec<_> = dead
            .map(|(anchor, place)| unknown_anchor::report(place, &anchor, known.iter().copied()))
            .collect();
        found
    });
    wrong.collect()
}

/// The anchors that a page has twice, each at the template of the book that prints it, else at what the page is made from.
pub(super) fn doubles(snapshot: &Snapshot, at: usize, html: &[u8]) -> Vec<Diagnostic> {
    let html = String::from_utf8_lossy(html);
    let page = &snapshot.book.site.pages[at];
    let in_document = page.kind == PageKind::Print;
    let mut seen = BTreeSet::new();
    let mut doubles = BTreeSet::new();
    for (_, id) in ids(&html) {
        // What a chapter of the document has twice, its own page has too.
        let of_chapter = in_document && id.contains(':');
        if !of_chapter && !seen.insert(id.clone()) {
            doubles.insert(id);
        }
    }
    let printed_by = |id: &str| -> Option<SourcePath> {
        let quoted = format!("\"{id}\"");
        let templates = snapshot.sources.under("theme/templates/");
        let mut templates = templates.map(|(path, _)| path);
        let prints = |path: &&SourcePath| {
            let text = snapshot.sources.text(path).unwrap_or_default();
            text.contains(&quoted)
        };
        templates.find(prints).cloned()
    };
    let wrong = doubles.iter().map(|id| {
        let path = printed_by(id).unwrap_or_else(|| page.source.clone());
        if in_document {
            duplicate_anchor::in_document(&path, &page.route, id)
        } else {
            duplicate_anchor::on_page(&path, &page.route, id)
        }
    });
    wrong.collect()
}
