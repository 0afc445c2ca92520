//! What is mapped, left out with a reason, or open: derived, never authored. Leaves are counted.

use super::{Catalogue, MappingIx, NodeIx};

/// How a leaf stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// A mapping leads to it, or to a node above it.
    Mapped,
    /// It is left out with a reason.
    Justified,
    /// Neither.
    Open,
}

/// Mappings and gaps by node.
#[derive(Debug, Clone, Default)]
pub struct Coverage {
    mapped_by: Vec<Vec<MappingIx>>,
    gap: Vec<Option<usize>>,
    standing: Vec<Option<Standing>>,
}

impl Coverage {
    /// Derives the coverage of a catalogue.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let count = catalogue.nodes.len();
        let mut mapped_by = vec![Vec::new(); count];
        let mut gap = vec![None; count];
        for (at, mapping) in catalogue.mappings.iter().enumerate() {
            mapped_by[mapping.to.at()].push(MappingIx::new(at));
        }
        for (at, it) in catalogue.gaps.iter().enumerate() {
            gap[it.node.at()] = Some(at);
        }
        let mut it = Self {
            mapped_by,
            gap,
            standing: vec![None; count],
        };
        for at in 0..count {
            let ix = NodeIx::new(at);
            if catalogue.is_leaf(ix) {
                it.standing[at] = Some(it.stand(catalogue, ix));
            }
        }
        it
    }

    /// A mapping at the leaf or above it counts before a gap.
    fn stand(&self, catalogue: &Catalogue, leaf: NodeIx) -> Standing {
        let up = || std::iter::successors(Some(leaf), |it| catalogue.node(*it).parent);
        if up().any(|it| !self.mapped_by[it.at()].is_empty()) {
            Standing::Mapped
        } else if up().any(|it| self.gap[it.at()].is_some()) {
            Standing::Justified
        } else {
            Standing::Open
        }
    }

    /// The mappings to exactly this node.
    #[must_use]
    pub fn mappings_to(&self, ix: NodeIx) -> &[MappingIx] {
        &self.mapped_by[ix.at()]
    }

    /// The gap stated for exactly this node, by position.
    #[must_use]
    pub fn gap_of(&self, ix: NodeIx) -> Option<usize> {
        self.gap[ix.at()]
    }

    /// How a leaf stands; none where a node is no leaf.
    #[must_use]
    pub fn standing(&self, ix: NodeIx) -> Option<Standing> {
        self.standing[ix.at()]
    }

    /// Mapped, justified and open leaves among some.
    #[must_use]
    pub fn count(&self, leaves: impl Iterator<Item = NodeIx>) -> [usize; 3] {
        let mut out = [0; 3];
        for standing in leaves.filter_map(|it| self.standing(it)) {
            out[standing as usize] += 1;
        }
        out
    }
}
