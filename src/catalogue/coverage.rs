//! Which leaves are mapped, left out with a reason, or open: derived, never authored.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::buckets::Buckets;
use super::{Catalogue, FrameworkIx, MappingIx, NodeIx};

/// How a leaf stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "Standing")]
pub enum CoverageStatus {
    /// A mapping leads to it, or to a node above it.
    Mapped,
    /// It is left out with a reason.
    Justified,
    /// Neither.
    Open,
}

impl CoverageStatus {
    /// The word in data files.
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
        for (position, it) in catalogue.gaps.iter().enumerate() {
            gap[it.node.index()] = Some(position);
        }
        let mut coverage = Self {
            mapped_by,
            gap,
            statuses: vec![None; count],
        };
        for ix in (0..count).map(NodeIx::new) {
            if catalogue.is_leaf(ix) {
                coverage.statuses[ix.index()] = Some(coverage.derive_status(catalogue, ix));
            }
        }
        coverage
    }

    /// The status of a leaf. A mapping takes precedence over a gap.
    fn derive_status(&self, catalogue: &Catalogue, leaf: NodeIx) -> CoverageStatus {
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

    /// The status of a leaf; none for other nodes.
    #[must_use]
    pub fn status(&self, ix: NodeIx) -> Option<CoverageStatus> {
        self.statuses[ix.index()]
    }

    /// This node or the nearest above it that is the target of a mapping.
    #[must_use]
    pub fn nearest_mapped(&self, catalogue: &Catalogue, ix: NodeIx) -> Option<NodeIx> {
        catalogue
            .self_and_ancestors(ix)
            .find(|it| !self.mapped_by.get(it.index()).is_empty())
    }

    /// This node or the nearest above it that has a gap, and the gap by position.
    #[must_use]
    pub fn nearest_gap(&self, catalogue: &Catalogue, ix: NodeIx) -> Option<(NodeIx, usize)> {
        catalogue
            .self_and_ancestors(ix)
            .find_map(|it| Some((it, self.gap[it.index()]?)))
    }

    /// Counts mapped, justified and open leaves.
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

    /// The position of a leaf's level in its framework; leaves without a level come after the last.
    #[must_use]
    pub fn level_place(&self, ix: NodeIx) -> usize {
        let node = self.node(ix);
        let last = self.framework(node.framework).levels.len();
        node.level.unwrap_or(last)
    }

    /// The positions of the levels that a framework's leaves have; empty if it has no levels.
    #[must_use]
    pub fn level_places(&self, ix: FrameworkIx) -> BTreeSet<usize> {
        if self.framework(ix).levels.is_empty() {
            return BTreeSet::new();
        }
        self.leaves_of(ix).map(|it| self.level_place(it)).collect()
    }
}
