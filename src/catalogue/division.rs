//! How long lists are divided: rows over a tree by its nodes with pages, measures by group.
//!
//! Entry: [`Catalogue::pages_of`] and [`Catalogue::batches`]. Invariant: each row and each measure is on one page.

use super::{Catalogue, GroupIx, MeasureIx, NodeIx};

/// The longest list on one page.
pub const LISTED: usize = 200;

/// How many rows stand at each node, summed up so that a tree's rows are counted at once.
#[derive(Debug, Clone)]
pub struct RowCounts {
    before: Vec<usize>,
}

impl RowCounts {
    /// From the number of rows of each node, in the order of the nodes.
    #[must_use]
    pub fn new(counts: impl Iterator<Item = usize>) -> Self {
        let mut before = vec![0];
        let mut sum = 0;
        for count in counts {
            sum += count;
            before.push(sum);
        }
        Self { before }
    }

    /// The rows at a node and under it.
    #[must_use]
    pub fn under(&self, catalogue: &Catalogue, ix: NodeIx) -> usize {
        let end = ix.at() + catalogue.node(ix).size + 1;
        self.before[end] - self.before[ix.at()]
    }
}

/// Measures that stand together on a page of a list by measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Their group; none where the list is whole, and for measures without a group.
    pub group: Option<GroupIx>,
    /// The number of the part, from 1, and how many parts the group has.
    pub part: (usize, usize),
    /// The measures in reading order.
    pub measures: Vec<MeasureIx>,
}

impl Catalogue {
    /// The nodes at or under one that get a page of a list: itself, and where its list is too long, the nearest nodes
    /// under it that have a page, likewise. None where there are no rows.
    #[must_use]
    pub fn pages_of(&self, rows: &RowCounts, ix: NodeIx) -> Vec<NodeIx> {
        let count = rows.under(self, ix);
        let mut out = Vec::new();
        if count > 0 {
            out.push(ix);
        }
        if count > LISTED {
            let parts = self.nearest_below(ix, |it| self.kind_of(it).page);
            out.extend(parts.into_iter().flat_map(|it| self.pages_of(rows, it)));
        }
        out
    }

    /// The nearest nodes under one for which something holds.
    #[must_use]
    pub fn nearest_below(&self, ix: NodeIx, holds: impl Fn(NodeIx) -> bool) -> Vec<NodeIx> {
        let end = ix.at() + self.node(ix).size;
        let mut out = Vec::new();
        let mut at = ix.at() + 1;
        while at <= end {
            let it = NodeIx::new(at);
            if holds(it) {
                out.push(it);
                at += self.node(it).size;
            }
            at += 1;
        }
        out
    }

    /// All measures in one batch, or where they have too many practices for one list, batches of each group.
    #[must_use]
    pub fn batches(&self) -> Vec<Batch> {
        let order = self.reading_order();
        if order.iter().map(|it| self.rows_of(*it)).sum::<usize>() <= LISTED {
            let whole = Batch {
                group: None,
                part: (1, 1),
                measures: order.to_vec(),
            };
            return vec![whole];
        }
        order
            .chunk_by(|a, b| self.measure(*a).group == self.measure(*b).group)
            .flat_map(|measures| self.parts_of(measures))
            .collect()
    }

    /// The measures of one group, in parts that are short enough.
    fn parts_of(&self, measures: &[MeasureIx]) -> Vec<Batch> {
        let mut parts: Vec<Vec<MeasureIx>> = Vec::new();
        let mut count = 0;
        for it in measures {
            count += self.rows_of(*it);
            match parts.last_mut().filter(|_| count <= LISTED) {
                Some(part) => part.push(*it),
                None => {
                    parts.push(vec![*it]);
                    count = self.rows_of(*it);
                }
            }
        }
        let all = parts.len();
        let batch = |(at, measures): (usize, Vec<MeasureIx>)| Batch {
            group: measures.first().and_then(|it| self.measure(*it).group),
            part: (at + 1, all),
            measures,
        };
        parts.into_iter().enumerate().map(batch).collect()
    }

    /// A measure takes a row for each of its practices, and one at least.
    fn rows_of(&self, ix: MeasureIx) -> usize {
        self.measure(ix).practices.len().max(1)
    }
}
