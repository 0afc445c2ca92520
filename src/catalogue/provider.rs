//! How far a certificate at a level covers each practice: derived, never authored.
//!
//! Entry: [`Catalogue::support`]. Invariant: a higher level never takes away what a lower one gives.

use super::{Catalogue, FrameworkIx, MappingIx, NodeIx, PracticeIx};
use crate::schema::{Actor, Relation};

/// How far a certificate at a level covers a practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backing {
    /// Every target is reached, and asks for the practice or for more.
    Assured,
    /// Some target is reached.
    Partly,
    /// Only the customer acts; this takes precedence.
    Customer,
    /// No target is reached.
    NotCovered,
}

impl Backing {
    /// All variants, in reading order.
    pub const ALL: [Self; 4] = [
        Self::Assured,
        Self::Partly,
        Self::Customer,
        Self::NotCovered,
    ];
}

/// The coverage of a practice by a certificate at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Support {
    /// How far it is covered.
    pub backing: Backing,
    /// Whether it is mapped to a requirement that is new at this level.
    pub has_new: bool,
    /// If no requirement is reached at this level, the lowest level at which one is.
    pub later: Option<usize>,
}

impl Catalogue {
    /// How far a certificate of a framework at a level, by position, covers a practice. A node without a level is reached
    /// in part at the lowest level below it, and in full at the highest.
    #[must_use]
    pub fn support(&self, practice: PracticeIx, framework: FrameworkIx, level: usize) -> Support {
        let (mut is_mapped, mut assured, mut has_new) = (false, true, false);
        let mut lowest_of_all: Option<usize> = None;
        for ix in self.mappings_to(practice, framework) {
            let mapping = self.mapping(ix);
            let asks_for_all = matches!(mapping.relation, Relation::Equal | Relation::SubsetOf);
            is_mapped = true;
            match self.level_span(mapping.to) {
                Some((lowest, highest)) => {
                    assured &= asks_for_all && highest <= level;
                    has_new |= lowest == level;
                    lowest_of_all = Some(lowest_of_all.map_or(lowest, |other| other.min(lowest)));
                }
                None => assured = false,
            }
        }
        let is_reached = lowest_of_all.is_some_and(|it| it <= level);
        let backing = if self.practice(practice).by == Actor::Customer {
            Backing::Customer
        } else if is_mapped && assured {
            Backing::Assured
        } else if is_reached {
            Backing::Partly
        } else {
            Backing::NotCovered
        };
        Support {
            backing,
            has_new,
            later: lowest_of_all.filter(|_| !is_reached),
        }
    }

    /// The mappings of a practice to requirements of a framework up to a level, by node.
    #[must_use]
    pub fn mappings_up_to(
        &self,
        practice: PracticeIx,
        framework: FrameworkIx,
        level: usize,
    ) -> Vec<MappingIx> {
        self.mappings_where(practice, framework, |lowest| lowest <= level)
    }

    /// The mappings of a practice to requirements of a framework that are new at a level, by node.
    #[must_use]
    pub fn mappings_starting_at(
        &self,
        practice: PracticeIx,
        framework: FrameworkIx,
        level: usize,
    ) -> Vec<MappingIx> {
        self.mappings_where(practice, framework, |lowest| lowest == level)
    }

    /// The mappings to nodes whose lowest level satisfies a condition, by node.
    fn mappings_where(
        &self,
        practice: PracticeIx,
        framework: FrameworkIx,
        is_wanted: impl Fn(usize) -> bool,
    ) -> Vec<MappingIx> {
        let mut out = self.mappings_into(practice, framework);
        out.retain(|mapping| {
            let span = self.level_span(self.mapping(*mapping).to);
            span.is_some_and(|(lowest, _)| is_wanted(lowest))
        });
        out
    }

    /// Whether a practice has a new requirement or better coverage at a level than at the one below.
    #[must_use]
    pub fn gains(&self, practice: PracticeIx, framework: FrameworkIx, level: usize) -> bool {
        let Some(below) = level.checked_sub(1) else {
            return false;
        };
        let now = self.support(practice, framework, level);
        now.has_new || now.backing != self.support(practice, framework, below).backing
    }

    /// The lowest and the highest level of a node, by position: its own, or those below it.
    fn level_span(&self, ix: NodeIx) -> Option<(usize, usize)> {
        if let Some(own) = self.node(ix).level {
            return Some((own, own));
        }
        let under = || self.tree(ix).filter_map(|it| self.node(it).level);
        Some((under().min()?, under().max()?))
    }
}
