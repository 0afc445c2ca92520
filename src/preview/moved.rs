//! Where a page went whose route is gone.
//!
//! Entry: [`Moved::next`], [`Moved::of`]. A record that is renamed has another route: it is known again by its file, its
//! title, or as the only one that came when one went. Invariant: a route that stands again is not gone.

use std::collections::{BTreeMap, BTreeSet};

use super::origins::{Subject, subject};
use crate::pipeline::Snapshot;

/// How many routes are remembered.
const REMEMBERED: usize = 1000;

/// A page that is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gone {
    /// What it was called.
    pub(super) title: String,
    /// The route of the page that stands for it now.
    pub(super) to: Option<String>,
}

/// The routes that are gone.
#[derive(Debug, Clone, Default)]
pub(super) struct Moved(BTreeMap<String, Gone>);

impl Moved {
    /// What is remembered of a route.
    pub(super) fn of(&self, route: &str) -> Option<&Gone> {
        self.0.get(route)
    }

    /// The same after a change.
    pub(super) fn next(&self, before: &Snapshot, after: &Snapshot) -> Self {
        let routes = |of: &Snapshot| -> BTreeSet<String> {
            let pages = of.book.site.pages.iter();
            pages.map(|it| it.route.clone()).collect()
        };
        if same_pages(before, after) {
            return self.clone();
        }
        let (old, new) = (routes(before), routes(after));
        let came = subjects(after, |route| !old.contains(route));
        let went = subjects(before, |route| !new.contains(route));
        let mut moved = self.0.clone();
        for (route, it) in &went {
            let gone = Gone {
                title: it.title.to_owned(),
                to: successor(it, &went, &came).map(str::to_owned),
            };
            // Who followed the page before goes on to where it went.
            for earlier in moved.values_mut() {
                if earlier.to.as_deref() == Some(*route) {
                    earlier.to.clone_from(&gone.to);
                }
            }
            moved.insert((*route).to_owned(), gone);
        }
        // One that went first and comes under another name later.
        for gone in moved.values_mut().filter(|it| it.to.is_none()) {
            let mut named = came.iter().filter(|(_, it)| it.title == gone.title);
            gone.to = named.next().map(|(route, _)| (*route).to_owned());
        }
        moved.retain(|route, _| !new.contains(route));
        while moved.len() > REMEMBERED {
            moved.pop_first();
        }
        Self(moved)
    }
}

/// Whether both have the same routes in the same order, as nearly always.
fn same_pages(before: &Snapshot, after: &Snapshot) -> bool {
    let (before, after) = (&before.book.site.pages, &after.book.site.pages);
    before.len() == after.len() && before.iter().zip(after).all(|(a, b)| a.route == b.route)
}

fn subjects(snapshot: &Snapshot, wanted: impl Fn(&str) -> bool) -> Vec<(&str, Subject<'_>)> {
    let pages = snapshot.book.site.pages.iter();
    pages
        .filter(|it| wanted(&it.route))
        .filter_map(|it| Some((it.route.as_str(), subject(&snapshot.book.catalogue, it)?)))
        .collect()
}

fn successor<'a>(
    gone: &Subject<'_>,
    went: &[(&str, Subject<'_>)],
    came: &[(&'a str, Subject<'_>)],
) -> Option<&'a str> {
    let only = |fits: &dyn Fn(&Subject<'_>) -> bool| {
        let mut fitting = came.iter().filter(|(_, it)| fits(it));
        let (route, _) = fitting.next()?;
        fitting.next().is_none().then_some(*route)
    };
    let alone = went.iter().filter(|(_, it)| it.kind == gone.kind).count() == 1;
    only(&|it| it.kind == gone.kind && it.title == gone.title && !gone.title.is_empty())
        .or_else(|| only(&|it| it.kind == gone.kind && it.path == gone.path))
        .or_else(|| only(&|it| alone && it.kind == gone.kind))
}
