//! What a certificate at a level says of each practice: derived, never authored.
//!
//! Entry: [`Catalogue::support`]. Invariant: a higher level never takes away what a lower one gives.

use super::{Catalogue, FrameworkIx, MappingIx, NodeIx, PracticeIx};
use crate::schema::{Actor, Relation};

/// How a practice stands for a provider who meets a framework at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Backing {
    /// Every target is reached, and asks for the practice or for more.
    Assured,
    /// Some target is reached.
    Partly,
    /// The customer alone acts; this comes before all else.
    Customer,
    /// No target is reached.
    NotCovered,
}

impl Backing {
    /// Every standing, in reading order.
    pub const ALL: [Self; 4] = [
        Self::Assured,
        Self::Partly,
        Self::Customer,
        Self::NotCovered,
    ];
}

/// A practice's standing at a level, with the mappings on which it rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Support {
    /// The standing.
    pub backing: Backing,
    /// Mappings to requirements that are reached at the level, wholly or in part.
    pub reached: Vec<MappingIx>,
    /// Mappings to requirements that begin at this level.
    pub new: Vec<MappingIx>,
    /// The lowest level at which a requirement is reached, where none is yet.
    pub later: Option<usize>,
}

impl Catalogue {
    /// How a practice stands for a provider who meets a framework at a level, by position. A node without a level of
    /// its own is reached in part at the lowest level under it, and wholly at the highest.
    #[must_use]
    pub fn support(&self, practice: PracticeIx, framework: FrameworkIx, level: usize) -> Support {
        let all = self.mappings_into(practice, framework);
        let spans: Vec<_> = all
            .iter()
            .map(|it| (*it, self.level_span(self.mapping(*it).to)))
            .collect();
        let from = |wanted: &dyn Fn(usize) -> bool| {
            let found = spans
                .iter()
                .filter(|(_, span)| span.is_some_and(|(lowest, _)| wanted(lowest)));
            found.map(|(it, _)| *it).collect::<Vec<_>>()
        };
        let reached = from(&|lowest| lowest <= level);
        let within = |relation| matches!(relation, Relation::Equal | Relation::SubsetOf);
        let assured = !spans.is_empty()
            && spans.iter().all(|(it, span)| {
                span.is_some_and(|(_, highest)| highest <= level)
                    && within(self.mapping(*it).relation)
            });
        let backing = if self.practice(practice).by == Actor::Customer {
            Backing::Customer
        } else if assured {
            Backing::Assured
        } else if reached.is_empty() {
            Backing::NotCovered
        } else {
            Backing::Partly
        };
        let later = self.lowest_level(practice, framework);
        Support {
            backing,
            new: from(&|lowest| lowest == level),
            later: later.filter(|_| reached.is_empty()),
            reached,
        }
    }

    /// Whether a level gives a practice a requirement, or another standing, that the level below it did not.
    #[must_use]
    pub fn gains(&self, practice: PracticeIx, framework: FrameworkIx, level: usize) -> bool {
        let Some(below) = level.checked_sub(1) else {
            return false;
        };
        let now = self.support(practice, framework, level);
        !now.new.is_empty() || now.backing != self.support(practice, framework, below).backing
    }

    /// The lowest and the highest level, by position, of a node: its own, or those under it.
    fn level_span(&self, ix: NodeIx) -> Option<(usize, usize)> {
        if let Some(own) = self.node(ix).level {
            return Some((own, own));
        }
        let under = || self.tree(ix).filter_map(|it| self.node(it).level);
        Some((under().min()?, under().max()?))
    }
}
