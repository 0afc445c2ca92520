//! Pairs of nodes of two frameworks, reached through one practice: derived, never authored.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, Coverage, FrameworkIx, MappingIx, NodeIx, Origin, PracticeIx};

/// The practices through which a node is reached.
pub type Through = BTreeMap<NodeIx, BTreeSet<PracticeIx>>;

impl Catalogue {
    /// The nodes of `other` that share a practice with a node, or with one under it.
    #[must_use]
    pub fn reached_from(&self, coverage: &Coverage, ix: NodeIx, other: FrameworkIx) -> Through {
        let mut out = Through::new();
        let from = self
            .tree(ix)
            .flat_map(|it| coverage.mappings_to(it).to_vec());
        let practices: BTreeSet<_> = from.filter_map(|it| self.practice_of(it)).collect();
        for practice in practices {
            for to in self.targets_of(practice) {
                if self.node(to).framework == other {
                    out.entry(to).or_default().insert(practice);
                }
            }
        }
        out
    }

    fn practice_of(&self, ix: MappingIx) -> Option<PracticeIx> {
        match self.mapping(ix).from {
            Origin::Practice(ix) => Some(ix),
            Origin::Measure(_) => None,
        }
    }

    /// The nodes to which a practice is mapped.
    pub fn targets_of(&self, practice: PracticeIx) -> impl Iterator<Item = NodeIx> {
        let list = self.mappings_by_practice.get(practice.at());
        list.into_iter().flatten().map(|it| self.mapping(*it).to)
    }

    /// The lowest level, by position, among a practice's targets in a framework; a target without one takes the lowest
    /// under it. None where no target has any.
    #[must_use]
    pub fn lowest_level(&self, practice: PracticeIx, framework: FrameworkIx) -> Option<usize> {
        self.targets_of(practice)
            .filter(|it| self.node(*it).framework == framework)
            .filter_map(|it| self.node(it).level.or_else(|| self.lowest_under(it)))
            .min()
    }

    fn lowest_under(&self, ix: NodeIx) -> Option<usize> {
        self.tree(ix).filter_map(|it| self.node(it).level).min()
    }
}
