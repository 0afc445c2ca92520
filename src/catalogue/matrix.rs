//! Measures set against the nodes of frameworks: derived, never authored.
//!
//! Entry: [`Matrix::new`], once for a catalogue; cells are slices, found by binary search. Invariant: a node is in one
//! column and under one root, so that the cells of a row never count a node twice.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Catalogue, MappingIx, MeasureIx, NodeIx};

/// A mapping with its root, row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatrixEntry {
    /// The root above the node.
    pub root: NodeIx,
    /// The position of the measure in the reading order.
    pub place: usize,
    /// The first node below the root that has a page or can be mapped; for a mapping to the root, the root.
    pub column: NodeIx,
    /// The node that is mapped.
    pub node: NodeIx,
    /// The mapping.
    pub mapping: MappingIx,
}

/// Every mapping by root, measure and column.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    entries: Vec<MatrixEntry>,
    /// The range of the entries under each root.
    roots: FxHashMap<NodeIx, Range<usize>>,
    columns: Vec<NodeIx>,
}

impl Matrix {
    /// Derives the matrix of a catalogue.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let (roots, columns) = columns(catalogue);
        let mappings = catalogue.mappings.iter().enumerate();
        let mut entries: Vec<_> = mappings
            .map(|(position, it)| MatrixEntry {
                root: roots[it.to.index()],
                place: catalogue.place_in_order(it.measure),
                column: columns[it.to.index()],
                node: it.to,
                mapping: MappingIx::new(position),
            })
            .collect();
        entries.sort_unstable();
        let mut ranges = FxHashMap::default();
        let mut start = 0;
        for under in entries.chunk_by(|a, b| a.root == b.root) {
            ranges.insert(under[0].root, start..start + under.len());
            start += under.len();
        }
        Self {
            entries,
            roots: ranges,
            columns,
        }
    }

    /// Every mapping, by root, then by measure in reading order, then by node.
    #[must_use]
    pub fn entries(&self) -> &[MatrixEntry] {
        &self.entries
    }

    /// The mappings under a root from measures in a range of the reading order.
    #[must_use]
    pub fn under(&self, root: NodeIx, places: Range<usize>) -> &[MatrixEntry] {
        let all = self
            .roots
            .get(&root)
            .map_or(&[][..], |it| &self.entries[it.clone()]);
        let start = all.partition_point(|it| it.place < places.start);
        let count = all[start..].partition_point(|it| it.place < places.end);
        &all[start..start + count]
    }

    /// The mappings of one measure under a root.
    #[must_use]
    pub fn of_measure(&self, catalogue: &Catalogue, root: NodeIx, ix: MeasureIx) -> &[MatrixEntry] {
        let place = catalogue.place_in_order(ix);
        self.under(root, place..place + 1)
    }

    /// The columns under a root, in the framework's order. The root is a column only if it is mapped or has no others.
    #[must_use]
    pub fn columns_of(&self, catalogue: &Catalogue, root: NodeIx) -> Vec<NodeIx> {
        let below = catalogue.tree(root).skip(1);
        let mut out: Vec<_> = below.filter(|it| self.columns[it.index()] == *it).collect();
        let all = self.under(root, 0..usize::MAX);
        if out.is_empty() || all.iter().any(|it| it.column == root) {
            out.insert(0, root);
        }
        out
    }
}

/// The distinct nodes of some entries, in the framework's order.
#[must_use]
pub fn nodes(entries: &[MatrixEntry]) -> Vec<NodeIx> {
    let mut out: Vec<_> = entries.iter().map(|it| it.node).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The root and the column of each node, in one pass, since nodes follow their parents.
fn columns(catalogue: &Catalogue) -> (Vec<NodeIx>, Vec<NodeIx>) {
    let (mut roots, mut columns) = (Vec::<NodeIx>::new(), Vec::<NodeIx>::new());
    for ix in (0..catalogue.nodes.len()).map(NodeIx::new) {
        let Some(parent) = catalogue.node(ix).parent else {
            roots.push(ix);
            columns.push(ix);
            continue;
        };
        let (root, above) = (roots[parent.index()], columns[parent.index()]);
        let kind = catalogue.kind_of(ix);
        roots.push(root);
        columns.push(if above != root {
            above
        } else if kind.page || kind.mappable {
            ix
        } else {
            root
        });
    }
    (roots, columns)
}
