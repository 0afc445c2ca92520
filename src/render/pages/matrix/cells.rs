//! The cells of a matrix: a number, how it is made up, and where its mappings are listed.
//!
//! Entry: [`Cells`]. Invariant: a number counts different nodes, so that it equals the entries that its link leads to.

use std::ops::Range;

use serde::Serialize;

use super::{anchor, grids, row_anchor};
use crate::catalogue::{FrameworkIx, MatrixEntry, MeasureIx, NodeIx, UseCaseIx, nodes};
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::schema::Relevance;
use crate::site::{Against, Columns, Grid, PageKind};

/// A number or a mark; empty where the number is zero.
#[derive(Serialize, Default)]
pub(super) struct Cell {
    pub number: usize,
    /// How dark it is, from one.
    pub step: usize,
    href: Option<String>,
    /// What a reader hears in place of the bare number or mark.
    label: String,
    /// How many are without a level, then at each level from the lowest.
    levels: Option<String>,
    pub marks: Vec<MarkView>,
}

impl Cell {
    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.href.is_none() && self.step == 0 && self.levels.is_none()
    }
}

impl Cell {
    /// How many are without a level, then at each level from the lowest; none where nothing is counted.
    pub(super) fn by_level(&self) -> impl Iterator<Item = usize> + '_ {
        let counts = self.levels.as_deref().unwrap_or_default().split(' ');
        counts.filter_map(|it| it.parse().ok())
    }
}

/// What cells are made from.
pub(super) struct Cells<'a, 'p> {
    pub page: &'a Page<'p>,
    pub grid: Grid,
    pub columns: &'a Columns,
}

impl Cells<'_, '_> {
    /// The cells of a measure.
    pub(super) fn of_measure(&self, ix: MeasureIx) -> Vec<Cell> {
        match self.columns {
            Columns::UseCases(range) => range.clone().map(|at| self.weight(ix, at)).collect(),
            Columns::Nodes(columns) => {
                let place = self.page.catalogue().place_in_order(ix);
                let cell = |column: &NodeIx| self.mapped(ix, *column, place);
                columns.iter().map(cell).collect()
            }
        }
    }

    /// The cells of a block of measures.
    pub(super) fn of_block(&self, block: usize) -> Vec<Cell> {
        let mut cells = self.totals(&grids(self.page).blocks[block].places);
        for (at, cell) in cells.iter_mut().enumerate() {
            if cell.number > 0 {
                let root = match self.columns {
                    Columns::UseCases(_) => None,
                    Columns::Nodes(columns) => Some(columns[at]),
                };
                cell.href = self.block_href(block, root);
                cell.label = format!(
                    "{}: {} and {}",
                    cell.number,
                    super::block_title(self.page, block),
                    self.column_name(at)
                );
            }
        }
        cells
    }

    /// What measures at some places reach in each column.
    pub(super) fn totals(&self, places: &Range<usize>) -> Vec<Cell> {
        match self.columns {
            Columns::UseCases(range) => {
                let essential = |at| self.essential(UseCaseIx::new(at), places);
                range.clone().map(|at| plain(essential(at))).collect()
            }
            Columns::Nodes(columns) => {
                let reached = |it: &NodeIx| self.count(&nodes(&self.hits(*it, places)));
                columns.iter().map(reached).collect()
            }
        }
    }

    /// What measures at some places reach in all columns, also those on other pages.
    pub(super) fn sum(&self, places: Range<usize>) -> Cell {
        let catalogue = self.page.catalogue();
        match self.grid.against {
            Against::UseCases => {
                let any = |ix: &&MeasureIx| {
                    let weights = &catalogue.measure(**ix).relevance;
                    weights.iter().any(|(_, it, _)| *it == Relevance::Essential)
                };
                plain(catalogue.reading_order()[places].iter().filter(any).count())
            }
            Against::Framework(ix) => {
                self.count(&self.targets(&catalogue.reading_order()[places], ix))
            }
            Against::Top(top) => {
                let matrix = &grids(self.page).matrix;
                self.count(&nodes(matrix.under(top, places)))
            }
        }
    }

    /// What a measure reaches in all columns; none against use cases.
    pub(super) fn sum_of_measure(&self, ix: MeasureIx) -> Option<Cell> {
        let place = self.page.catalogue().place_in_order(ix);
        match self.grid.against {
            Against::UseCases => None,
            Against::Framework(framework) => Some(self.count(&self.targets(&[ix], framework))),
            Against::Top(_) => Some(self.sum(place..place + 1)),
        }
    }

    /// The places in the reading order for which the page stands: a block's, or all.
    pub(super) fn all_places(&self) -> Range<usize> {
        match self.grid.block {
            Some(at) => grids(self.page).blocks[at].places.clone(),
            None => 0..self.page.catalogue().measures.len(),
        }
    }

    /// The page of a block that shows a root, or its first.
    pub(super) fn block_href(&self, block: usize, root: Option<NodeIx>) -> Option<String> {
        let grid = Grid {
            block: Some(block),
            ..self.grid
        };
        let number = match root {
            Some(root) => grids(self.page).with_column(grid, root)?,
            None => 0,
        };
        let kind = PageKind::Matrix(grid);
        self.page.has(kind).then(|| self.page.to_page(kind, number))
    }

    fn weight(&self, ix: MeasureIx, at: usize) -> Cell {
        let use_case = UseCaseIx::new(at);
        let measure = self.page.catalogue().measure(ix);
        let mut weights = measure.relevance.iter();
        let Some((_, relevance, _)) = weights.find(|(it, ..)| *it == use_case) else {
            return Cell::default();
        };
        let mark = marks::relevance(*relevance);
        let it = self.page.catalogue().use_case(use_case);
        Cell {
            href: Some(format!("#{}", anchor(&measure.id, &it.id))),
            label: format!("{}: {} and {}", mark.word, measure.id, it.short),
            marks: vec![mark],
            ..Cell::default()
        }
    }

    fn mapped(&self, ix: MeasureIx, column: NodeIx, place: usize) -> Cell {
        let catalogue = self.page.catalogue();
        let hits = self.hits(column, &(place..place + 1));
        if hits.is_empty() {
            return Cell::default();
        }
        let (id, node) = (&catalogue.measure(ix).id, catalogue.node(column));
        let mut cell = self.count(&nodes(&hits));
        cell.label = format!("{}: {id} and {}", cell.number, node.shown);
        if let Against::Top(_) = self.grid.against {
            cell.href = Some(format!("#{}", anchor(id, &node.slug)));
            cell.marks = self.relations(&hits);
            for mark in &cell.marks {
                cell.label.push_str(&format!(", {}", mark.word));
            }
        } else {
            cell.href = self.listed(column, ix);
        }
        cell
    }

    /// Where the mappings of a measure under a root are listed.
    fn listed(&self, root: NodeIx, ix: MeasureIx) -> Option<String> {
        let number = grids(self.page).listed(root, ix)?;
        let kind = PageKind::Matrix(Grid::all(Against::Top(root)));
        let anchor = row_anchor(&self.page.catalogue().measure(ix).id);
        Some(self.page.to_page_anchor(kind, number, Some(&anchor)))
    }

    /// The mappings in a column from measures at some places.
    fn hits(&self, column: NodeIx, places: &Range<usize>) -> Vec<MatrixEntry> {
        let matrix = &grids(self.page).matrix;
        let Against::Top(top) = self.grid.against else {
            return matrix.under(column, places.clone()).to_vec();
        };
        let all = matrix.under(top, places.clone()).iter();
        all.filter(|it| it.column == column).copied().collect()
    }

    /// The nodes of a framework that some measures are mapped to.
    fn targets(&self, measures: &[MeasureIx], framework: FrameworkIx) -> Vec<NodeIx> {
        let catalogue = self.page.catalogue();
        let mappings = measures.iter().flat_map(|it| catalogue.mappings_of(*it));
        let mut out: Vec<_> = mappings.map(|it| catalogue.mapping(*it).to).collect();
        out.retain(|it| catalogue.node(*it).framework == framework);
        out.sort_unstable();
        out.dedup();
        out
    }

    /// The relations among some mappings, each once.
    fn relations(&self, hits: &[MatrixEntry]) -> Vec<MarkView> {
        let catalogue = self.page.catalogue();
        let of = |it: &MatrixEntry| {
            let mapping = catalogue.mapping(it.mapping);
            (mapping.relation, mapping.property)
        };
        let mut kinds: Vec<_> = hits.iter().map(of).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let marks = kinds
            .into_iter()
            .map(|(it, property)| marks::relation(it, property));
        marks.collect()
    }

    fn count(&self, nodes: &[NodeIx]) -> Cell {
        let catalogue = self.page.catalogue();
        let Some(first) = nodes.first() else {
            return Cell::default();
        };
        let framework = catalogue.node(*first).framework;
        let levels = catalogue.framework(framework).levels.len();
        let mut by_level = vec![0; levels + 1];
        for ix in nodes {
            by_level[catalogue.node(*ix).level.map_or(0, |at| at + 1)] += 1;
        }
        let words: Vec<_> = by_level.iter().map(usize::to_string).collect();
        Cell {
            levels: (levels > 0).then(|| words.join(" ")),
            ..plain(nodes.len())
        }
    }

    fn essential(&self, ix: UseCaseIx, places: &Range<usize>) -> usize {
        let catalogue = self.page.catalogue();
        let measures = catalogue.reading_order()[places.clone()].iter();
        let essential = |it: &&MeasureIx| {
            let mut weights = catalogue.measure(**it).relevance.iter();
            weights.any(|(at, weight, _)| *at == ix && *weight == Relevance::Essential)
        };
        measures.filter(essential).count()
    }

    fn column_name(&self, at: usize) -> String {
        let catalogue = self.page.catalogue();
        match self.columns {
            Columns::UseCases(range) => {
                let ix = UseCaseIx::new(range.start + at);
                catalogue.use_case(ix).short.clone()
            }
            Columns::Nodes(nodes) => catalogue.node(nodes[at]).shown.clone(),
        }
    }
}

fn plain(number: usize) -> Cell {
    Cell {
        number,
        ..Cell::default()
    }
}
