//! Routes that the site had earlier in this run, and the pages that replace them.
//!
//! Entry: [`RemovedPages::next`], [`RemovedPages::get`]. A renamed record has another route: it is recognised by its file, its
//! title, or as the only page that was added when one was removed. Invariant: no route of the current site is among them.

use std::collections::{BTreeMap, BTreeSet};

use super::origins::{PageOrigin, page_origin};
use crate::pipeline::Snapshot;

/// How many routes are remembered.
const REMEMBERED: usize = 1000;

/// A page that was removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RemovedPage {
    /// Its title.
    pub(super) title: String,
    /// The route of the page that replaces it.
    pub(super) to: Option<String>,
}

/// The removed pages by route.
#[derive(Debug, Clone, Default)]
pub(super) struct RemovedPages(BTreeMap<String, RemovedPage>);

impl RemovedPages {
    /// The removed page of a route.
    pub(super) fn get(&self, route: &str) -> Option<&RemovedPage> {
        self.0.get(route)
    }

    /// The same after a change.
    pub(super) fn next(&self, before: &Snapshot, after: &Snapshot) -> Self {
        let routes = |snapshot: &Snapshot| -> BTreeSet<String> {
            let pages = snapshot.book.site.pages.iter();
            pages.map(|it| it.route.clone()).collect()
        };
        if same_pages(before, after) {
            return self.clone();
        }
        let (old, new) = (routes(before), routes(after));
        let came = subjects(after, |route| !old.contains(route));
        let went = subjects(before, |route| !new.contains(route));
        let mut removed = self.0.clone();
        for (route, it) in &went {
            let gone = RemovedPage {
                title: it.title.to_owned(),
                to: successor(it, &went, &came).map(str::to_owned),
            };
            // An earlier page that was replaced by this one is now replaced by its successor.
            for earlier in removed.values_mut() {
                if earlier.to.as_deref() == Some(*route) {
                    earlier.to.clone_from(&gone.to);
                }
            }
            removed.insert((*route).to_owned(), gone);
        }
        // A page may be removed first and added under another route later.
        for gone in removed.values_mut().filter(|it| it.to.is_none()) {
            let mut named = came.iter().filter(|(_, it)| it.title == gone.title);
            gone.to = named.next().map(|(route, _)| (*route).to_owned());
        }
        removed.retain(|route, _| !new.contains(route));
        while removed.len() > REMEMBERED {
            removed.pop_first();
        }
        Self(removed)
    }
}

/// Whether both have the same routes in the same order, as nearly always.
fn same_pages(before: &Snapshot, after: &Snapshot) -> bool {
    let (before, after) = (&before.book.site.pages, &after.book.site.pages);
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| a.route == b.route)
}

fn subjects(snapshot: &Snapshot, wanted: impl Fn(&str) -> bool) -> Vec<(&str, PageOrigin<'_>)> {
    let pages = snapshot.book.site.pages.iter();
    pages
        .filter(|it| wanted(&it.route))
        .filter_map(|page| {
            Some((
                page.route.as_str(),
                page_origin(&snapshot.book.catalogue, page)?,
            ))
        })
        .collect()
}

fn successor<'a>(
    gone: &PageOrigin<'_>,
    went: &[(&str, PageOrigin<'_>)],
    came: &[(&'a str, PageOrigin<'_>)],
) -> Option<&'a str> {
    let only = |fits: &dyn Fn(&PageOrigin<'_>) -> bool| {
        let mut fitting = came.iter().filter(|(_, it)| fits(it));
        let (route, _) = fitting.next()?;
        fitting.next().is_none().then_some(*route)
    };
    let alone = went.iter().filter(|(_, it)| it.kind == gone.kind).count() == 1;
    only(&|it| it.kind == gone.kind && it.title == gone.title && !gone.title.is_empty())
        .or_else(|| only(&|it| it.kind == gone.kind && it.path == gone.path))
        .or_else(|| only(&|it| alone && it.kind == gone.kind))
}
