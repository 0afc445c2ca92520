//! Nodes of two frameworks that share a practice: derived, never authored.

use std::collections::{BTreeMap, BTreeSet};

use super::{Catalogue, Coverage, FrameworkIx, MappingIx, NodeIx, Origin, PracticeIx};

/// Nodes, each with the practices that are mapped to it.
pub type PracticesByNode = BTreeMap<NodeIx, BTreeSet<PracticeIx>>;

/// For each ordered pair of frameworks, the number of shared practices of each node of the first.
pub type Pairs = BTreeMap<(FrameworkIx, FrameworkIx), BTreeMap<NodeIx, usize>>;

/// A practice that is mapped to a node of one framework and to nodes of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedPractice {
    /// The practice.
    pub practice: PracticeIx,
    /// Its mapping to the node.
    pub here: MappingIx,
    /// Its mappings to the other framework, by node.
    pub there: Vec<MappingIx>,
}

impl Catalogue {
    /// The nodes of `other` that share a practice with a node or with one below it.
    #[must_use]
    pub fn reached_from(
        &self,
        coverage: &Coverage,
        ix: NodeIx,
        other: FrameworkIx,
    ) -> PracticesByNode {
        let mut out = PracticesByNode::new();
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

    /// The mappings of a practice, in the author's order.
    #[must_use]
    pub fn mappings_from(&self, practice: PracticeIx) -> &[MappingIx] {
        self.mappings_by_practice.get(practice.index())
    }

    /// The nodes to which a practice is mapped.
    pub fn targets_of(&self, practice: PracticeIx) -> impl Iterator<Item = NodeIx> {
        let list = self.mappings_from(practice);
        list.iter().map(|it| self.mapping(*it).to)
    }

    /// The practices that are mapped to exactly this node and to nodes of `other`.
    #[must_use]
    pub fn shared_practices(
        &self,
        coverage: &Coverage,
        ix: NodeIx,
        other: FrameworkIx,
    ) -> Vec<SharedPractice> {
        let shared_practice = |here: &MappingIx| {
            let practice = self.practice_of(*here)?;
            let there = self.mappings_into(practice, other);
            (!there.is_empty()).then_some(SharedPractice {
                practice,
                here: *here,
                there,
            })
        };
        coverage
            .mappings_to(ix)
            .iter()
            .filter_map(shared_practice)
            .collect()
    }

    /// The mappings of a practice to nodes of a framework, by node.
    #[must_use]
    pub fn mappings_into(&self, practice: PracticeIx, framework: FrameworkIx) -> Vec<MappingIx> {
        let mut out: Vec<_> = self.mappings_to(practice, framework).collect();
        out.sort_by_key(|it| self.mapping(*it).to);
        out
    }

    /// The mappings of a practice to nodes of a framework, unsorted.
    pub(super) fn mappings_to(
        &self,
        practice: PracticeIx,
        framework: FrameworkIx,
    ) -> impl Iterator<Item = MappingIx> {
        let all = self.mappings_from(practice).iter().copied();
        all.filter(move |it| self.node(self.mapping(*it).to).framework == framework)
    }

    /// The pairs of frameworks that share practices.
    #[must_use]
    pub fn pairs(&self) -> Pairs {
        let mut out = Pairs::new();
        for practice in (0..self.practices.len()).map(PracticeIx::new) {
            let targets: Vec<_> = self.targets_of(practice).collect();
            let frameworks: BTreeSet<_> =
                targets.iter().map(|it| self.node(*it).framework).collect();
            for to in targets {
                let from = self.node(to).framework;
                for other in frameworks.iter().filter(|it| **it != from) {
                    let nodes = out.entry((from, *other)).or_default();
                    *nodes.entry(to).or_default() += 1;
                }
            }
        }
        out
    }

    /// The lowest level, by position, of a practice's targets in a framework; a target without a level counts with the
    /// lowest below it.
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
