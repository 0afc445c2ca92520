//! A list that is too long for one page: the ways to its stretches, and a stretch between its neighbours.
//!
//! Entry: [`Rows::stretches`] on the list's own page, [`Rows::part`] on a stretch. Invariant: both take the rows in the
//! order of the site's plan.

use std::ops::Range;

use serde::Serialize;

use crate::render::frame::{About, NextView};
use crate::render::page::Page;
use crate::site::{List, PageKind, rows_of, stretches};

/// The rows of a list, and what each is called.
pub(super) struct Rows<'a> {
    pub list: List,
    pub len: usize,
    pub name: &'a dyn Fn(usize) -> String,
}

/// A stretch of a list, as the list's page leads to it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct StretchView {
    href: String,
    /// `HCS-001 to HCS-200`.
    title: String,
    count: usize,
}

/// What stands on the page of a list, or of one of its stretches.
pub(super) struct Shown {
    pub about: About,
    pub rows: Range<usize>,
    /// The ways to the stretches, on the page of a list that is divided.
    pub stretches: Vec<StretchView>,
}

impl Rows<'_> {
    /// What stands on the list's page, or with a number on that stretch; `of` is what the list's page says of itself.
    pub(super) fn shown(&self, page: &Page<'_>, at: Option<usize>, of: About) -> Shown {
        match at {
            None => Shown {
                about: of,
                rows: self.own(page),
                stretches: self.stretches(page),
            },
            Some(at) => Shown {
                about: self.part(page, at, of),
                rows: self.of_part(at),
                stretches: Vec::new(),
            },
        }
    }

    /// The ways to the stretches; none where the list stands on its own page.
    pub(super) fn stretches(&self, page: &Page<'_>) -> Vec<StretchView> {
        let first = PageKind::Stretch(self.list, 0);
        let count = if page.has(first) {
            stretches(self.len)
        } else {
            0
        };
        let view = |at| StretchView {
            href: page.to(PageKind::Stretch(self.list, at)),
            title: self.title(at),
            count: rows_of(at, self.len).len(),
        };
        (0..count).map(view).collect()
    }

    /// The rows that stand on the list's own page: all, or none where it is divided.
    pub(super) fn own(&self, page: &Page<'_>) -> Range<usize> {
        if page.has(PageKind::Stretch(self.list, 0)) {
            0..0
        } else {
            0..self.len
        }
    }

    /// What the page of a stretch says of itself, made from what the list's page says.
    pub(super) fn part(&self, page: &Page<'_>, at: usize, of: About) -> About {
        let parts = stretches(self.len);
        let here = format!("Part {} of {parts}", at + 1);
        let beside = |at: usize| {
            let kind = PageKind::Stretch(self.list, at);
            page.has(kind).then(|| NextView {
                href: page.to(kind),
                id: String::new(),
                title: self.title(at),
            })
        };
        let mut crumbs = of.crumbs;
        if let Some(last) = crumbs.last_mut() {
            last.href = page.to(self.list.page());
        }
        crumbs.push(Page::here(&here));
        About {
            heading: format!("{}, part {} of {parts}", of.heading, at + 1),
            description: format!("{}: {}.", of.heading, self.title(at)),
            crumbs,
            toc: Vec::new(),
            previous: at.checked_sub(1).and_then(beside),
            next: beside(at + 1),
            ..of
        }
    }

    /// The rows of a stretch.
    pub(super) fn of_part(&self, at: usize) -> Range<usize> {
        rows_of(at, self.len)
    }

    fn title(&self, at: usize) -> String {
        let rows = rows_of(at, self.len);
        let first = (self.name)(rows.start);
        match rows.len() {
            0 | 1 => first,
            _ => format!("{first} to {}", (self.name)(rows.end - 1)),
        }
    }
}
