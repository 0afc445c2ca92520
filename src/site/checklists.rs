//! Checklists as pages: a list stands whole on one page, or as an overview of its groups and their parts.
//!
//! Entry: [`Checklists::of`]. Invariant: no page holds more than [`LISTED`] practices, unless one measure alone does.

use std::collections::BTreeMap;
use std::ops::Range;

use super::LISTED;
use super::address::safe;
use crate::catalogue::{Catalogue, Checklist, GroupIx, PracticeIx};

/// Every checklist.
#[derive(Debug, Clone, Default)]
pub struct Checklists {
    lists: BTreeMap<Checklist, Listing>,
}

/// The practices of a list, and how they are divided.
#[derive(Debug, Clone)]
pub struct Listing {
    /// In reading order.
    pub practices: Vec<PracticeIx>,
    /// How many of them are essential in the list’s use case.
    pub essential: usize,
    /// Its pages in order; none where the list stands on one page.
    pub parts: Vec<Part>,
}

/// The practices on one page of a list that is divided.
#[derive(Debug, Clone)]
pub struct Part {
    /// The group of their measures.
    pub group: Option<GroupIx>,
    /// Its place among the parts of the group, from 1.
    pub number: usize,
    /// Where it stands in the list.
    pub practices: Range<usize>,
}

impl Checklists {
    /// The checklists of a catalogue.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let listing = |(list, practices): (Checklist, Vec<PracticeIx>)| {
            let essential = practices.iter().filter(|it| {
                let of = &catalogue.practice(**it).essential_for;
                list.use_case.is_some_and(|it| of.contains(&it))
            });
            let listing = Listing {
                essential: essential.count(),
                parts: parts(catalogue, &practices),
                practices,
            };
            (list, listing)
        };
        Self {
            lists: catalogue.checklists().into_iter().map(listing).collect(),
        }
    }

    /// A list, if it holds a practice.
    #[must_use]
    pub fn get(&self, list: Checklist) -> Option<&Listing> {
        self.lists.get(&list)
    }

    /// Every list.
    pub fn iter(&self) -> impl Iterator<Item = (Checklist, &Listing)> {
        self.lists.iter().map(|(list, it)| (*list, it))
    }
}

/// A list that is too long for one page, by group; a group that is too long, in several parts.
fn parts(catalogue: &Catalogue, practices: &[PracticeIx]) -> Vec<Part> {
    let mut parts = Vec::<Part>::new();
    if practices.len() <= LISTED {
        return parts;
    }
    let measure = |ix: &PracticeIx| catalogue.practice(*ix).measure;
    let mut start = 0;
    for of_one in practices.chunk_by(|a, b| measure(a) == measure(b)) {
        let end = start + of_one.len();
        let group = catalogue.measure(measure(&of_one[0])).group;
        match parts.last_mut() {
            Some(last) if last.group == group && end - last.practices.start <= LISTED => {
                last.practices.end = end;
            }
            last => {
                let before = last.filter(|it| it.group == group);
                let number = before.map_or(1, |it| it.number + 1);
                parts.push(Part {
                    group,
                    number,
                    practices: start..end,
                });
            }
        }
        start = end;
    }
    parts
}

/// The route of a list without its ending. Its last word is one of four, so that no two lists share one.
pub(super) fn stem(catalogue: &Catalogue, list: Checklist) -> String {
    let word = list.word();
    match list.use_case {
        Some(ix) => format!("checklists/{}-{word}", safe(&catalogue.use_case(ix).id)),
        None => format!("checklists/{word}"),
    }
}

/// The route of a part. It ends with a number, so that no two parts share one.
pub(super) fn part_route(catalogue: &Catalogue, list: Checklist, part: &Part) -> String {
    let group = part.group.map_or("other", |ix| &catalogue.group(ix).id);
    let stem = stem(catalogue, list);
    format!("{stem}/{}-{}.html", safe(group), part.number)
}
