//! Which pages the matrices have, and which rows and columns stand on each.
//!
//! Entry: [`Grids::of`]. Invariant: no page has more than [`MAX_ROWS`] rows or [`MAX_COLUMNS`] columns, or lists more than
//! [`MAX_ROWS`] reasons unless one measure alone has more; what is longer goes on on a numbered page.

use std::collections::BTreeMap;
use std::ops::Range;

use super::pagination::{MAX_COLUMNS, MAX_ROWS, divide};
use super::safe;
use crate::catalogue::{Catalogue, FrameworkIx, GroupIx, Matrix, MatrixEntry, MeasureIx, NodeIx};

/// What the measures are set against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Against {
    /// The use cases.
    UseCases,
    /// The tops of a framework.
    Framework(FrameworkIx),
    /// What stands under a top.
    Top(NodeIx),
}

/// A matrix, on one page or several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Grid {
    /// The columns.
    pub against: Against,
    /// The block of measures that are the rows, by position; without it, all measures, or the blocks themselves where
    /// the measures are too many.
    pub block: Option<usize>,
}

impl Grid {
    /// The matrix of all measures.
    #[must_use]
    pub const fn all(against: Against) -> Self {
        Self {
            against,
            block: None,
        }
    }
}

/// Measures of one group that fit one page: neighbours in the reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The group.
    pub group: Option<GroupIx>,
    /// Which block of its group it is, from zero.
    pub nth: usize,
    /// Its places in the reading order.
    pub places: Range<usize>,
}

/// The rows of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Measures.
    Measures(Vec<MeasureIx>),
    /// Blocks of measures, by position.
    Blocks(Range<usize>),
}

/// The columns of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Columns {
    /// Use cases, by position.
    UseCases(Range<usize>),
    /// Nodes of a framework, in its order.
    Nodes(Vec<NodeIx>),
}

/// What stands on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Its rows.
    pub rows: Rows,
    /// Its columns.
    pub columns: Columns,
}

/// Every page of every matrix.
#[derive(Debug, Clone, Default)]
pub struct Grids {
    /// The mappings by top, measure and column.
    pub matrix: Matrix,
    /// The measures in blocks; none where they fit one page.
    pub blocks: Vec<Block>,
    layouts: BTreeMap<(Grid, usize), Layout>,
    listed: BTreeMap<(NodeIx, MeasureIx), usize>,
}

impl Grids {
    /// Lays out the matrices of a catalogue: none where there is nothing to set the measures against.
    #[must_use]
    pub fn new(catalogue: &Catalogue) -> Self {
        let mut it = Self {
            matrix: Matrix::new(catalogue),
            ..Self::default()
        };
        let weighed = catalogue.measures.iter().any(|it| !it.relevance.is_empty());
        if !weighed && it.matrix.entries().is_empty() {
            return it;
        }
        if catalogue.measures.len() > MAX_ROWS {
            it.blocks = blocks(catalogue);
        }
        it.use_cases(
            catalogue,
            if weighed {
                catalogue.use_cases.len()
            } else {
                0
            },
        );
        it.frameworks(catalogue);
        it
    }

    /// Every page of every matrix, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Grid, usize)> {
        self.layouts.keys().copied()
    }

    /// What stands on a page of a matrix, if the site has it; 0 is its first page.
    #[must_use]
    pub fn layout(&self, grid: Grid, number: usize) -> Option<&Layout> {
        self.layouts.get(&(grid, number))
    }

    /// How many pages a matrix has.
    #[must_use]
    pub fn count(&self, grid: Grid) -> usize {
        self.layouts.range((grid, 0)..=(grid, usize::MAX)).count()
    }

    /// The number of the page that lists the mappings of a measure to what stands under a root.
    #[must_use]
    pub fn listed(&self, root: NodeIx, measure: MeasureIx) -> Option<usize> {
        self.listed.get(&(root, measure)).copied()
    }

    /// The number of the page of a matrix that has a root among its columns.
    #[must_use]
    pub fn with_column(&self, grid: Grid, root: NodeIx) -> Option<usize> {
        let mut pages = self.layouts.range((grid, 0)..=(grid, usize::MAX));
        let found = pages.find(|(_, it)| match &it.columns {
            Columns::Nodes(nodes) => nodes.binary_search(&root).is_ok(),
            Columns::UseCases(_) => false,
        });
        found.map(|((_, number), _)| *number)
    }

    /// The path of a page. No name that an author gives holds the sign `~`.
    #[must_use]
    pub fn route(&self, catalogue: &Catalogue, grid: Grid, number: usize) -> String {
        let framework = |ix: FrameworkIx| safe(&catalogue.framework(ix).id);
        let mut out = String::from("matrix");
        match grid.against {
            Against::UseCases => {}
            Against::Framework(ix) => out.push_str(&format!("/{}", framework(ix))),
            Against::Top(ix) => {
                let node = catalogue.node(ix);
                out.push_str(&format!(
                    "/{}/{}",
                    framework(node.framework),
                    safe(&node.slug)
                ));
            }
        }
        if let Some(block) = grid.block.map(|at| &self.blocks[at]) {
            let id = block.group.map_or("", |ix| &catalogue.group(ix).id);
            out.push_str(&format!("/group~{}", safe(id)));
            if block.nth > 0 {
                out.push_str(&format!("~part{}", block.nth + 1));
            }
        }
        if number > 0 {
            out.push_str(&format!("~{}", number + 1));
        }
        out + ".html"
    }

    fn use_cases(&mut self, catalogue: &Catalogue, count: usize) {
        let columns: Vec<_> = chunks(0..count, MAX_COLUMNS)
            .map(Columns::UseCases)
            .collect();
        let all = Grid::all(Against::UseCases);
        let reasons = |ix: &MeasureIx| catalogue.measure(*ix).relevance.len();
        let pages = |measures: &[MeasureIx]| by_reasons(measures, reasons);
        if self.blocks.is_empty() {
            self.add(all, &pages(catalogue.reading_order()), &columns);
            return;
        }
        self.add(all, &self.rows_of_all(catalogue), &columns);
        let blocks = if count == 0 { 0 } else { self.blocks.len() };
        for at in 0..blocks {
            let rows = pages(self.measures(catalogue, at));
            let block = Some(at);
            self.add(Grid { block, ..all }, &rows, &columns);
        }
    }

    fn frameworks(&mut self, catalogue: &Catalogue) {
        let roots = self.roots_of_blocks();
        let mapped: Vec<_> = self
            .matrix
            .entries()
            .chunk_by(|a, b| a.root == b.root)
            .map(<[_]>::to_vec)
            .collect();
        for (at, it) in catalogue.frameworks.iter().enumerate() {
            let ix = FrameworkIx::new(at);
            let own = |root: &NodeIx| catalogue.node(*root).framework == ix;
            if !mapped.iter().any(|entries| own(&entries[0].root)) {
                continue;
            }
            let all = Grid::all(Against::Framework(ix));
            self.add(all, &self.rows_of_all(catalogue), &node_columns(&it.roots));
            for (at, roots) in roots.iter().enumerate() {
                let roots: Vec<_> = roots.iter().copied().filter(own).collect();
                if !roots.is_empty() {
                    let rows = Rows::Measures(self.measures(catalogue, at).to_vec());
                    let block = Some(at);
                    self.add(Grid { block, ..all }, &[rows], &node_columns(&roots));
                }
            }
        }
        for entries in mapped {
            self.under_root(catalogue, &entries);
        }
    }

    /// The pages of a root: for each set of columns, the measures that have a mapping there.
    fn under_root(&mut self, catalogue: &Catalogue, entries: &[MatrixEntry]) {
        let root = entries[0].root;
        let mut number = 0;
        for columns in self.matrix.columns_of(catalogue, root).chunks(MAX_COLUMNS) {
            let shown = |it: &&MatrixEntry| columns.binary_search(&it.column).is_ok();
            let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
            for entry in entries.iter().filter(shown) {
                *counts.entry(entry.place).or_default() += 1;
            }
            let measure = |place: &usize| catalogue.reading_order()[*place];
            let measures: Vec<_> = counts.keys().map(measure).collect();
            let reasons = |ix: &MeasureIx| counts[&catalogue.place_in_order(*ix)];
            for rows in by_reasons(&measures, reasons) {
                if let Rows::Measures(rows) = &rows {
                    for ix in rows {
                        self.listed.entry((root, *ix)).or_insert(number);
                    }
                }
                let columns = Columns::Nodes(columns.to_vec());
                let page = (Grid::all(Against::Top(root)), number);
                self.layouts.insert(page, Layout { rows, columns });
                number += 1;
            }
        }
    }

    /// The roots that each block has a mapping to.
    fn roots_of_blocks(&self) -> Vec<Vec<NodeIx>> {
        let mut out: Vec<Vec<NodeIx>> = vec![Vec::new(); self.blocks.len()];
        if out.is_empty() {
            return out;
        }
        for entry in self.matrix.entries() {
            let block = self
                .blocks
                .partition_point(|it| it.places.end <= entry.place);
            if out[block].last() != Some(&entry.root) {
                out[block].push(entry.root);
            }
        }
        out
    }

    /// The rows of a matrix over the whole catalogue: its measures, or their blocks where they are too many.
    fn rows_of_all(&self, catalogue: &Catalogue) -> Vec<Rows> {
        if self.blocks.is_empty() {
            return vec![Rows::Measures(catalogue.reading_order().to_vec())];
        }
        chunks(0..self.blocks.len(), MAX_ROWS)
            .map(Rows::Blocks)
            .collect()
    }

    /// The measures of a block.
    fn measures<'a>(&self, catalogue: &'a Catalogue, block: usize) -> &'a [MeasureIx] {
        &catalogue.reading_order()[self.blocks[block].places.clone()]
    }

    /// A page for each set of rows and columns.
    fn add(&mut self, grid: Grid, rows: &[Rows], columns: &[Columns]) {
        let pairs = rows
            .iter()
            .flat_map(|rows| columns.iter().map(move |it| (rows, it)));
        for (number, (rows, columns)) in pairs.enumerate() {
            let layout = Layout {
                rows: rows.clone(),
                columns: columns.clone(),
            };
            self.layouts.insert((grid, number), layout);
        }
    }
}

/// Divides the reading order by group, and a long group further.
fn blocks(catalogue: &Catalogue) -> Vec<Block> {
    let group = |ix: &MeasureIx| catalogue.measure(*ix).group;
    let mut blocks = Vec::new();
    let mut start = 0;
    for measures in catalogue
        .reading_order()
        .chunk_by(|a, b| group(a) == group(b))
    {
        let pages = divide(measures.iter().map(|_| 1)).into_iter().enumerate();
        blocks.extend(pages.map(|(nth, it)| Block {
            group: group(&measures[0]),
            nth,
            places: start + it.start..start + it.end,
        }));
        start += measures.len();
    }
    blocks
}

/// Measures in pages by how many reasons each has; one without any takes a row of the table all the same.
fn by_reasons(measures: &[MeasureIx], reasons: impl Fn(&MeasureIx) -> usize) -> Vec<Rows> {
    let pages = divide(measures.iter().map(|it| reasons(it).max(1))).into_iter();
    pages
        .map(|it| Rows::Measures(measures[it].to_vec()))
        .collect()
}

fn node_columns(nodes: &[NodeIx]) -> Vec<Columns> {
    let sets = nodes.chunks(MAX_COLUMNS);
    sets.map(|it| Columns::Nodes(it.to_vec())).collect()
}

/// A range in pieces; one empty piece of an empty range.
fn chunks(all: Range<usize>, size: usize) -> impl Iterator<Item = Range<usize>> {
    let count = all.len().div_ceil(size).max(1);
    (0..count).map(move |at| {
        let start = all.start + at * size;
        start..(start + size).min(all.end)
    })
}
