//! Pagination: a list of more than [`MAX_ROWS`] rows leaves its own page and stands on numbered pages, in its order.
//!
//! Entry: [`Pagination::new`], [`divide`]; a tree is divided by its own nodes first, [`list_nodes`]. Invariant: each entry
//! stands on one page, and no page has more than [`MAX_ROWS`] rows unless one entry alone has more.

use std::ops::Range;

use crate::catalogue::{Catalogue, NodeIx};

/// The longest list on one page.
pub const MAX_ROWS: usize = 200;

/// The most columns of a table: what can be read on a sheet of paper.
pub const MAX_COLUMNS: usize = 30;

/// The most links in a sentence or a cell; more stand in a list of their own.
pub const MAX_INLINE: usize = 25;

/// How a list is divided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pagination {
    pages: Vec<Range<usize>>,
}

impl Pagination {
    /// Divides a list by the number of rows that each of its entries takes.
    #[must_use]
    pub fn new(rows: impl IntoIterator<Item = usize>) -> Self {
        let mut pages = divide(rows);
        if pages.len() < 2 {
            pages.clear();
        }
        Self { pages }
    }

    /// The entries on each numbered page; none where the list stands whole on its own page.
    #[must_use]
    pub fn pages(&self) -> &[Range<usize>] {
        &self.pages
    }

    /// The number of the page with an entry, from 1; 0 is the list's own page.
    #[must_use]
    pub fn page_of(&self, entry: usize) -> usize {
        let before = self.pages.partition_point(|it| it.end <= entry);
        (before + 1).min(self.pages.len())
    }
}

/// Divides entries into pages by the number of rows that each of them takes.
pub fn divide(rows: impl IntoIterator<Item = usize>) -> Vec<Range<usize>> {
    let mut pages: Vec<Range<usize>> = Vec::new();
    let mut filled = 0;
    for (entry, rows) in rows.into_iter().enumerate() {
        filled += rows;
        match pages.last_mut().filter(|_| filled <= MAX_ROWS) {
            Some(page) => page.end = entry + 1,
            None => {
                pages.push(entry..entry + 1);
                filled = rows;
            }
        }
    }
    pages
}

/// A range of entries of two lists, one after the other: the part in the first, of some length, and that in the second.
#[must_use]
pub fn split(entries: &Range<usize>, first: usize) -> (Range<usize>, Range<usize>) {
    let Range { start, end } = *entries;
    let second = start.max(first) - first..end.max(first) - first;
    (start.min(first)..end.min(first), second)
}

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

    /// The rows at a node.
    #[must_use]
    pub fn rows_of(&self, ix: NodeIx) -> usize {
        self.before[ix.index() + 1] - self.before[ix.index()]
    }

    /// The rows at a node and under it.
    #[must_use]
    pub fn under(&self, catalogue: &Catalogue, ix: NodeIx) -> usize {
        let end = ix.index() + catalogue.node(ix).size + 1;
        self.before[end] - self.before[ix.index()]
    }
}

/// The nodes at or under one that get a list of their own: itself, and where its list is too long, the nearest nodes
/// under it that have a page, likewise. None where there are no rows.
#[must_use]
pub fn list_nodes(catalogue: &Catalogue, rows: &RowCounts, ix: NodeIx) -> Vec<NodeIx> {
    let count = rows.under(catalogue, ix);
    let mut out = Vec::new();
    if count > 0 {
        out.push(ix);
    }
    if count > MAX_ROWS {
        let children = children_with_pages(catalogue, ix).into_iter();
        out.extend(children.flat_map(|it| list_nodes(catalogue, rows, it)));
    }
    out
}

/// The nodes at or under one that stand at or under none of some others.
pub fn ungrouped<'a>(
    catalogue: &'a Catalogue,
    ix: NodeIx,
    groups: &'a [NodeIx],
) -> impl Iterator<Item = NodeIx> + 'a {
    let end = |it: &NodeIx| it.index() + catalogue.node(*it).size;
    let grouped = move |node: &NodeIx| {
        let group = groups.partition_point(|it| it <= node).checked_sub(1);
        group.is_some_and(|at| node.index() <= end(&groups[at]))
    };
    catalogue.tree(ix).filter(move |it| !grouped(it))
}

/// The nearest nodes under one that have a page: what its page lists.
#[must_use]
pub fn children_with_pages(catalogue: &Catalogue, ix: NodeIx) -> Vec<NodeIx> {
    catalogue.nearest_below(ix, |it| catalogue.kind_of(it).page)
}

#[cfg(test)]
mod tests {
    use super::{MAX_ROWS, Pagination, divide};

    #[test]
    fn a_list_that_fits_stands_on_its_own_page() {
        for len in [0, 1, MAX_ROWS] {
            let whole = Pagination::new(vec![1; len]);
            assert!(whole.pages().is_empty());
            assert_eq!(whole.page_of(len), 0);
        }
    }

    #[test]
    fn each_entry_stands_on_one_page_that_is_as_full_as_it_can_be() {
        for len in [201, 400, 401, 450] {
            let pagination = Pagination::new(vec![1; len]);
            let pages = pagination.pages().iter().enumerate();
            let rows = pages.flat_map(|(at, it)| it.clone().map(move |row| (row, at + 1)));
            let wanted: Vec<_> = (0..len).map(|row| (row, row / MAX_ROWS + 1)).collect();
            assert_eq!(rows.collect::<Vec<_>>(), wanted);
            assert!((0..len).all(|row| pagination.page_of(row) == row / MAX_ROWS + 1));
        }
    }

    #[test]
    fn the_rows_of_an_entry_stay_together() {
        assert_eq!(divide([150, 50, 1, 300, 0, 199]), [0..2, 2..3, 3..4, 4..6]);
    }
}
