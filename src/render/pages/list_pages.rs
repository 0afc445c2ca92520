//! A list that is too long for one page: its own page leads to numbered pages, each between its neighbours.
//!
//! Entry: [`listed`]. Invariant: a view takes the entries in the order of the site's plan.

use std::ops::Range;

use serde::Serialize;

use crate::render::page::Page;
use crate::render::views::{About, NextView, Number};

/// A numbered page, as the list's own page leads to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct ListPageView {
    href: String,
    /// `HCS-001 to HCS-200`.
    title: String,
    count: usize,
    /// What is counted there, where the list has several numbers.
    pub numbers: Vec<Number>,
}

/// What the numbered pages are counted by.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Counted {
    pub title: &'static str,
    pub anchor: &'static str,
}

/// What stands on a page of a list.
pub(super) struct Listed {
    pub about: About,
    /// The entries on it: all of them, or none on the own page of a list that is divided.
    pub entries: Range<usize>,
    /// The ways to the numbered pages, on the own page of a list that is divided.
    pub pages: Vec<ListPageView>,
}

/// What stands on this page of its list of so many entries; `about` is what the own page says of itpage.
pub(super) fn listed(
    page: &Page<'_>,
    len: usize,
    name: impl Fn(usize) -> String,
    about: About,
) -> Listed {
    let ranges = page.renderer.site.list_pages(page.kind);
    if ranges.is_empty() {
        let pages = Vec::new();
        return Listed {
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
    let Some(at) = page.number.checked_sub(1) else {
        let view = |(at, range): (usize, &Range<usize>)| ListPageView {
            href: page.to_page(page.kind, at + 1),
            title: title(range),
            count: range.len(),
            numbers: Vec::new(),
        };
        return Listed {
            about,
            entries: 0..0,
            pages: ranges.iter().enumerate().map(view).collect(),
        };
    };
    let neighbour = |at: usize| {
        let range = ranges.get(at)?;
        Some(NextView {
            href: page.to_page(page.kind, at + 1),
            id: String::new(),
            title: title(range),
        })
    };
    Listed {
        about: About {
            previous: at.checked_sub(1).and_then(neighbour),
            next: neighbour(at + 1),
            description: format!("{}: {}.", about.heading, title(&ranges[at])),
            ..numbered(page, about, ranges.len())
        },
        entries: ranges[at].clone(),
        pages: Vec::new(),
    }
}

/// What a numbered page says of itself, made from what the list's own page says.
fn numbered(page: &Page<'_>, own: About, count: usize) -> About {
    let number = page.number;
    let mut crumbs = own.crumbs;
    if let Some(last) = crumbs.last_mut() {
        last.href = page.to(page.kind);
    }
    crumbs.push(Page::current_crumb(&format!("Part {number} of {count}")));
    About {
        heading: format!("{}, part {number} of {count}", own.heading),
        crumbs,
        toc: Vec::new(),
        ..own
    }
}
