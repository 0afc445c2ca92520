//! Files of one route, and links to pages that are not made.
//!
//! Entry: [`same_files`], [`not_made`]. Invariant: each mistake names the file to mend.

use std::collections::HashMap;

use super::Site;
use super::address::asset_route;
use super::clash::DUPLICATE_ROUTE;
use crate::catalogue::Catalogue;
use crate::catalogue::rules::unresolved_link;
use crate::diagnostic::Diagnostic;
use crate::source::{SourcePath, nfc};

/// Pictures and documents that would be written to one file.
pub(super) fn same_files(catalogue: &Catalogue) -> Vec<Diagnostic> {
    let mut first = HashMap::new();
    let mut found = Vec::new();
    for path in &catalogue.assets {
        let route = asset_route(path);
        // What nothing leads to is not published; it is only told from a name that looks alike.
        let published = |it: &SourcePath| catalogue.is_published(it);
        if let Some(other) = first.insert(route.to_lowercase(), path)
            && (nfc(path) == nfc(other) || published(path) && published(other))
        {
            let what = format!("a second file would be written to `{route}`");
            found.push(taken_twice(path, what, other));
        }
    }
    found
}

/// A second file of one route.
fn taken_twice(path: &SourcePath, what: String, first: &SourcePath) -> Diagnostic {
    let it = Diagnostic::of_file(&DUPLICATE_ROUTE, path, what)
        .help(format!("the first is made from {first}"));
    if path != first && nfc(path) == nfc(first) {
        return it.help(
            "the names of both look alike: one holds letters and their marks as signs apart (NFD, as macOS stores them), \
             the other as one (NFC); delete one of them",
        );
    }
    it
}

/// Links to pages that this book does not have; while a record is lost, its pages may well be meant. A page that is hidden is
/// no mistake of the text: the link is shown as text, so that a copy of a book can hide a part and leave the text alone.
pub(super) fn not_made(site: &Site, catalogue: &Catalogue) -> Vec<Diagnostic> {
    if !catalogue.unparsed.is_empty() {
        return Vec::new();
    }
    let known = || {
        let routes = site
            .pages
            .iter()
            .filter_map(|it| it.route.strip_suffix(".html"));
        routes.map(|it| (it, ""))
    };
    let hidden = |route: &str| site.unshown.contains(&format!("{route}.html"));
    let made = catalogue.linked_routes.iter();
    let drafts = &catalogue.drafts.names;
    made.filter(|(route, _)| {
        site.page_without_ending(route).is_none() && !hidden(route) && !drafts.contains(route)
    })
    .map(|(route, at)| {
        let bare = route.trim_matches('/').trim_end_matches(".html");
        if bare != route && site.page_without_ending(bare).is_some() {
            return unresolved_link::suggest(at, route, &format!("[[site:{bare}]]"));
        }
        unresolved_link::report(at, route, known())
    })
    .collect()
}
