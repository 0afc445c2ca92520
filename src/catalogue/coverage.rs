//! What is mapped, left out with a reason, or open: derived, never authored. Leaves are counted.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::buckets::Buckets;
use super::{Catalogue, FrameworkIx, MappingIx, NodeIx};

/// How a leaf stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CoverageStatus {
    /// A mapping leads to it, or to a node above it.
    Mapped,
    /// It is left out with a reason.
    Justified,
    /// Neither.
    Open,
}

impl CoverageStatus {
    /// The word for it in data.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Mapped => "mapped",
            Self::Justified => "justified",
            Self::Open => "open",
        }
    }
}

/// Mappings and gaps by node.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    mapped_by: Buckets,
    gap: Vec<Option<usize>>,
    statuses: Vec<Option<CoverageStatus>>,
}

impl Coverage {
    /// Derives the coverage of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let count = catalogue.nodes.len();
        let mut gap = vec![None; count];
        let targets = catalogue.mappings.iter().map(|it| Some(it.to.index()));
        let mapped_by = Buckets::new(count, targets);
        for (at, it) in catalogue.gaps.iter().enumerate() {
            gap[it.node.index()] = Some(at);
        }
        let mut it = Self {
            mapped_by,
            gap,
            statuses: vec![None; count],
        };
        for at in 0..count {
            let ix = NodeIx::new(at);
            if catalogue.is_leaf(ix) {
                it.statuses[at] = Some(it.stand(catalogue, ix));
            }
        }
        it
    }

    /// A mapping at the leaf or above it counts before a gap.
    fn stand(&self, catalogue: &Catalogue, leaf: NodeIx) -> CoverageStatus {
        if self.nearest_mapped(catalogue, leaf).is_some() {
            CoverageStatus::Mapped
        } else if self.nearest_gap(catalogue, leaf).is_some() {
            CoverageStatus::Justified
        } else {
            CoverageStatus::Open
        }
    }

    /// The mappings to exactly this node.
    #[must_use]
    pub fn mappings_to(&self, ix: NodeIx) -> &[MappingIx] {
        self.mapped_by.get(ix.index())
    }

    /// The gap stated for exactly this node, by position.
    #[must_use]
    pub fn gap_of(&self, ix: NodeIx) -> Option<usize> {
        self.gap[ix.index()]
    }

    /// How a leaf stands; none where a node is no leaf.
    #[must_use]
    pub fn status(&self, ix: NodeIx) -> Option<CoverageStatus> {
        self.statuses[ix.index()]
    }

    /// The node at or above this one, the nearest first, to which a mapping leads.
    #[must_use]
    pub fn nearest_mapped(&self, catalogue: &Catalogue, ix: NodeIx) -> Option<NodeIx> {
        catalogue
            .self_and_ancestors(ix)
            .find(|it| !self.mapped_by.get(it.index()).is_empty())
    }

    /// The node at or above this one, the nearest first, for which a gap is stated; and the gap, by position.
    #[must_use]
    pub fn nearest_gap(&self, catalogue: &Catalogue, ix: NodeIx) -> Option<(NodeIx, usize)> {
        catalogue
            .self_and_ancestors(ix)
            .find_map(|it| Some((it, self.gap[it.index()]?)))
    }

    /// Mapped, justified and open leaves among some.
    #[must_use]
    pub fn count(&self, leaves: impl Iterator<Item = NodeIx>) -> [usize; 3] {
        let mut out = [0; 3];
        for standing in leaves.filter_map(|it| self.status(it)) {
            out[standing as usize] += 1;
        }
        out
    }
}

impl Catalogue {
    /// A node and those above it, from the bottom up.
    pub fn self_and_ancestors(&self, ix: NodeIx) -> impl Iterator<Item = NodeIx> {
        std::iter::successors(Some(ix), |it| self.node(*it).parent)
    }

    /// The leaves of a framework.
    pub fn leaves_of(&self, ix: FrameworkIx) -> impl Iterator<Item = NodeIx> {
        let nodes = self.framework(ix).nodes.clone();
        nodes.map(NodeIx::new).filter(|it| self.is_leaf(*it))
    }

    /// A leaf's place among the levels of its framework; those without a level come after the last.
    #[must_use]
    pub fn level_place(&self, ix: NodeIx) -> usize {
        let node = self.node(ix);
        let last = self.framework(node.framework).levels.len();
        node.level.unwrap_or(last)
    }

    /// The places among a framework's levels that its leaves take; none where it has no levels.
    #[must_use]
    pub fn level_places(&self, ix: FrameworkIx) -> BTreeSet<usize> {
        if self.framework(ix).levels.is_empty() {
            return BTreeSet::new();
        }
        self.leaves_of(ix).map(|it| self.level_place(it)).collect()
    }
}
