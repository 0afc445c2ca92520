//! Checklists as pages: what each of them holds, and its route.
//!
//! Entry: [`Checklists::of`]. Invariant: the statements of a measure stand together.

use std::collections::BTreeMap;

use super::address::safe;
use crate::catalogue::{Catalogue, Checklist, PracticeIx, UseCaseIx};

/// Every checklist.
#[derive(Debug, Clone, Default)]
pub struct Checklists {
    lists: BTreeMap<Checklist, Statements>,
}

/// The statements of a list.
#[derive(Debug, Clone)]
pub struct Statements {
    /// The practices in reading order.
    pub practices: Vec<PracticeIx>,
    /// How many of them are essential in the list’s use case.
    pub essential: usize,
}

impl Statements {
    /// The practices of each measure: what is not divided.
    pub fn by_measure(&self, catalogue: &Catalogue) -> impl Iterator<Item = &[PracticeIx]> {
        let measure = |ix: &PracticeIx| catalogue.practice(*ix).measure;
        self.practices
            .chunk_by(move |a, b| measure(a) == measure(b))
    }
}

impl Checklists {
    /// The checklists of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let statements = |(list, practices): (Checklist, Vec<PracticeIx>)| {
            let essential = practices.iter().filter(|it| {
                let of = &catalogue.practice(**it).essential_for;
                list.use_case.is_some_and(|it| of.contains(&it))
            });
            let statements = Statements {
                essential: essential.count(),
                practices,
            };
            (list, statements)
        };
        Self {
            lists: catalogue.checklists().into_iter().map(statements).collect(),
        }
    }

    /// A list, if it holds a practice.
    #[must_use]
    pub fn get(&self, list: Checklist) -> Option<&Statements> {
        self.lists.get(&list)
    }

    /// The use cases that have lists, in order; none for the lists of a book without any.
    #[must_use]
    pub fn use_cases(&self) -> Vec<Option<UseCaseIx>> {
        let mut all: Vec<_> = self.lists.keys().map(|it| it.use_case).collect();
        all.dedup();
        all
    }

    /// Every list.
    pub fn iter(&self) -> impl Iterator<Item = (Checklist, &Statements)> {
        self.lists.iter().map(|(list, it)| (*list, it))
    }
}

/// The route of a list without its ending. Its last word is one of four, so that no two lists share one.
pub(super) fn stem(catalogue: &Catalogue, list: Checklist) -> String {
    let word = list.word();
    match list.use_case {
        Some(ix) => format!("checklists/{}-{word}", safe(&catalogue.use_case(ix).id)),
        None => format!("checklists/{word}"),
    }
}
