//! Checklists: the practices to tick off, by use case and by who acts.
//!
//! Entry: [`Catalogue::checklists`]. A measure with a relevance for a use case is on its lists with all its practices;
//! in a book without use cases each measure is. Invariant: a practice is on one list of those by actor, and
//! on the list of all.

use std::collections::BTreeMap;

use super::{Catalogue, FrameworkIx, MeasureIx, PracticeIx, UseCaseIx};
use crate::schema::{Actor, Relevance};

/// Selects the practices of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checklist {
    /// Those that apply to a use case; none in a book without use cases.
    pub use_case: Option<UseCaseIx>,
    /// Those of one actor; none for those of all.
    pub by: Option<Actor>,
}

impl Checklist {
    /// The actor, as it is written in routes.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.by.map_or("all", Actor::word)
    }
}

impl Catalogue {
    /// The lists that are not empty, in reading order. There is a list of all actors only if there are several.
    #[must_use]
    pub fn checklists(&self) -> BTreeMap<Checklist, Vec<PracticeIx>> {
        let mut out = BTreeMap::<_, Vec<_>>::new();
        for measure in self.reading_order() {
            for use_case in self.applies_to(*measure) {
                for (ix, practice) in self.practices_of(*measure) {
                    for by in [None, Some(practice.by)] {
                        let list = Checklist { use_case, by };
                        out.entry(list).or_default().push(ix);
                    }
                }
            }
        }
        let by_actor: Vec<_> = out
            .iter()
            .filter(|(list, _)| list.by.is_some())
            .map(|(list, practices)| (Checklist { by: None, ..*list }, practices.len()))
            .collect();
        for (all, count) in by_actor {
            if out.get(&all).is_some_and(|it| it.len() == count) {
                out.remove(&all);
            }
        }
        out
    }

    /// The use cases for which a measure has a relevance; `None` alone in a book without use cases.
    fn applies_to(&self, ix: MeasureIx) -> Vec<Option<UseCaseIx>> {
        if self.use_cases.is_empty() {
            return vec![None];
        }
        let relevance = &self.measure(ix).relevance;
        relevance.iter().map(|(it, ..)| Some(*it)).collect()
    }

    /// The relevance of a measure for a use case.
    #[must_use]
    pub fn relevance_of(&self, ix: MeasureIx, use_case: UseCaseIx) -> Option<Relevance> {
        let mut all = self.measure(ix).relevance.iter();
        all.find(|(it, ..)| *it == use_case)
            .map(|(_, relevance, _)| *relevance)
    }

    /// The levels of a framework, by position, of the targets of a measure's mappings; a target without a level counts with
    /// those below it.
    #[must_use]
    pub fn levels_reached(&self, ix: MeasureIx, framework: FrameworkIx) -> Vec<usize> {
        let targets = self.mappings_of(ix).iter().map(|it| self.mapping(*it).to);
        let mut out = Vec::new();
        for target in targets.filter(|it| self.node(*it).framework == framework) {
            match self.node(target).level {
                Some(level) => out.push(level),
                None => out.extend(self.tree(target).filter_map(|it| self.node(it).level)),
            }
        }
        out.sort_unstable();
        out.dedup();
        out
    }
}
