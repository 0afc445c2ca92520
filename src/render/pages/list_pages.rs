//! Pagination: the first page of a list that is too long leads to numbered pages, each linked to its neighbours.
//!
//! Entry: [`list_page`]. Invariant: a view lists the entries in the order of the site's plan.

use std::ops::Range;

use serde::Serialize;

use crate::render::page::Page;
use crate::render::views::{About, NextView, Number};

/// A link to a numbered page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ListPageView {
    href: String,
    /// `HCS-001 to HCS-200`.
    title: String,
    count: usize,
    /// One number per column, on lists with several counts.
    pub numbers: Vec<Number>,
}

/// A column of counts on the first page of a list, and the anchor of what it counts on each numbered page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CountColumn {
    pub title: &'static str,
    pub anchor: &'static str,
}

/// The part of a list that a page shows.
pub(super) struct ListPage {
    pub about: About,
    /// The entries on the page: all of them, or none on the first page of a divided list.
    pub entries: Range<usize>,
    /// The links to the numbered pages, on the first page of a divided list.
    pub pages: Vec<ListPageView>,
}

/// The part of a list of `len` entries that this page shows; `about` are the metadata of its first page.
pub(super) fn list_page(
    page: &Page<'_>,
    len: usize,
    name: impl Fn(usize) -> String,
    about: About,
) -> ListPage {
    let ranges = page.renderer.site.list_pages(page.kind);
    if ranges.is_empty() {
        let pages = Vec::new();
        return ListPage {
            about,
            entries: 0..len,
            pages,
        };
    }
    let title = |range: &Range<usize>| {
        let first = name(range.start);
        match range.len() {
            0 | 1 => first,
            _ => format!("{first} to {}", name(range.end - 1)),
        }
    };
    let Some(i) = page.number.checked_sub(1) else {
        let view = |(i, range): (usize, &Range<usize>)| ListPageView {
            href: page.to_page(page.kind, i + 1),
            title: title(range),
            count: range.len(),
            numbers: Vec::new(),
        };
        return ListPage {
            about,
            entries: 0..0,
            pages: ranges.iter().enumerate().map(view).collect(),
        };
    };
    let neighbour = |i: usize| {
        let range = ranges.get(i)?;
        Some(NextView {
            href: page.to_page(page.kind, i + 1),
            id: String::new(),
            title: title(range),
        })
    };
    ListPage {
        about: About {
            previous: i.checked_sub(1).and_then(neighbour),
            next: neighbour(i + 1),
            description: format!("{}: {}.", about.heading, title(&ranges[i])),
            ..numbered_about(page, about, ranges.len())
        },
        entries: ranges[i].clone(),
        pages: Vec::new(),
    }
}

/// The metadata of a numbered page, derived from those of the first page.
fn numbered_about(page: &Page<'_>, first: About, count: usize) -> About {
    let number = page.number;
    let mut crumbs = first.crumbs;
    if let Some(last) = crumbs.last_mut() {
        last.href = page.to(page.kind);
    }
    crumbs.push(Page::current_crumb(&format!("Part {number} of {count}")));
    About {
        heading: format!("{}, part {number} of {count}", first.heading),
        crumbs,
        toc: Vec::new(),
        ..first
    }
}
