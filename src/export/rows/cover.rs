//! The units of coverage: the leaves under one top node at one level.
//!
//! Entry: [`covers`]. Invariant: each leaf of each framework is counted once.

use std::collections::BTreeMap;

use crate::catalogue::{Catalogue, NodeIx};

/// Leaves that are counted together.
pub(in crate::export) struct Cover {
    /// The top node above them.
    pub top: NodeIx,
    /// Their level, by position; none for those without one.
    pub level: Option<usize>,
    /// The leaves.
    pub leaves: Vec<NodeIx>,
}

/// Every such set that holds a leaf: by framework, top and level, those without a level first.
pub(super) fn covers(catalogue: &Catalogue) -> Vec<Cover> {
    let tops = catalogue.frameworks.iter().flat_map(|it| &it.roots);
    let of = |top: NodeIx| {
        let mut levels = BTreeMap::<_, Vec<_>>::new();
        for leaf in catalogue.leaves(top) {
            let level = catalogue.node(leaf).level;
            levels.entry(level).or_default().push(leaf);
        }
        levels
            .into_iter()
            .map(move |(level, leaves)| Cover { top, level, leaves })
    };
    tops.flat_map(|top| of(*top)).collect()
}
