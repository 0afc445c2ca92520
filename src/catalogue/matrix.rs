//! Measures set against the nodes of frameworks: derived, never authored.
//!
//! Entry: [`Matrix::of`], once for a catalogue; a cell is then a slice, found by halving. Invariant: a node is in one
//! column and under one top, so that cells of a row never count a node twice.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::{Catalogue, MappingIx, MeasureIx, NodeIx};

/// A mapping at its place: under which top, in which row and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit {
    /// The top node.
    pub top: NodeIx,
    /// The measure's place in the reading order.
    pub place: usize,
    /// The first node below the top that has a page or can be mapped; the top itself for a mapping to it.
    pub column: NodeIx,
    /// The node that is mapped.
    pub node: NodeIx,
    /// The mapping.
    pub mapping: MappingIx,
}

/// Every mapping by top, measure and column.
#[derive(Debug, Clone, Default)]
pub struct Matrix {
    hits: Vec<Hit>,
    /// Which of them stand under each top.
    tops: FxHashMap<NodeIx, Range<usize>>,
    columns: Vec<NodeIx>,
}

impl Matrix {
    /// Derives the matrix of a catalogue.
    #[must_use]
    pub fn of(catalogue: &Catalogue) -> Self {
        let (tops, columns) = columns(catalogue);
        let mappings = catalogue.mappings.iter().enumerate();
        let mut hits: Vec<_> = mappings
            .map(|(at, it)| Hit {
                top: tops[it.to.at()],
                place: catalogue.place_in_order(it.measure),
                column: columns[it.to.at()],
                node: it.to,
                mapping: MappingIx::new(at),
            })
            .collect();
        hits.sort_unstable();
        let mut tops = FxHashMap::default();
        let mut start = 0;
        for under in hits.chunk_by(|a, b| a.top == b.top) {
            tops.insert(under[0].top, start..start + under.len());
            start += under.len();
        }
        Self {
            hits,
            tops,
            columns,
        }
    }

    /// Every mapping, by top, then by measure in reading order, then by node.
    #[must_use]
    pub fn hits(&self) -> &[Hit] {
        &self.hits
    }

    /// The mappings under a top from measures at some places of the reading order.
    #[must_use]
    pub fn under(&self, top: NodeIx, places: Range<usize>) -> &[Hit] {
        let all = self
            .tops
            .get(&top)
            .map_or(&[][..], |it| &self.hits[it.clone()]);
        let start = all.partition_point(|it| it.place < places.start);
        let count = all[start..].partition_point(|it| it.place < places.end);
        &all[start..start + count]
    }

    /// The mappings of one measure under a top.
    #[must_use]
    pub fn of_measure(&self, catalogue: &Catalogue, top: NodeIx, ix: MeasureIx) -> &[Hit] {
        let place = catalogue.place_in_order(ix);
        self.under(top, place..place + 1)
    }

    /// The columns under a top, in the framework's order; the top itself only where a mapping leads to it or it is all.
    #[must_use]
    pub fn columns_of(&self, catalogue: &Catalogue, top: NodeIx) -> Vec<NodeIx> {
        let below = catalogue.tree(top).skip(1);
        let mut out: Vec<_> = below.filter(|it| self.columns[it.at()] == *it).collect();
        let all = self.under(top, 0..usize::MAX);
        if out.is_empty() || all.iter().any(|it| it.column == top) {
            out.insert(0, top);
        }
        out
    }
}

/// The different nodes among some mappings, in the framework's order.
#[must_use]
pub fn nodes(hits: &[Hit]) -> Vec<NodeIx> {
    let mut out: Vec<_> = hits.iter().map(|it| it.node).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// The top and the column of each node, in one pass: a node stands after its parent.
fn columns(catalogue: &Catalogue) -> (Vec<NodeIx>, Vec<NodeIx>) {
    let (mut tops, mut columns) = (Vec::<NodeIx>::new(), Vec::<NodeIx>::new());
    for at in 0..catalogue.nodes.len() {
        let ix = NodeIx::new(at);
        let Some(parent) = catalogue.node(ix).parent else {
            tops.push(ix);
            columns.push(ix);
            continue;
        };
        let (top, above) = (tops[parent.at()], columns[parent.at()]);
        let kind = catalogue.kind_of(ix);
        tops.push(top);
        columns.push(if above != top {
            above
        } else if kind.page || kind.mappable {
            ix
        } else {
            top
        });
    }
    (tops, columns)
}
