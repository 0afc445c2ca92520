//! The cells of a matrix: a number, its parts by level, and a link to its mappings.
//!
//! Entry: [`Cells`]. Invariant: a number counts distinct nodes, so that it equals the number of entries that its link leads to.

use std::ops::Range;

use serde::Serialize;

use super::{cell_anchor, grids, row_anchor};
use crate::catalogue::{FrameworkIx, MatrixEntry, MeasureIx, NodeIx, UseCaseIx, nodes};
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::schema::Relevance;
use crate::site::{Against, Columns, Grid, PageKind};

/// A number or a mark; empty if the number is zero.
#[derive(Serialize, Default)]
pub(super) struct Cell {
    pub number: usize,
    /// The step of its shade, from 1.
    pub step: usize,
    href: Option<String>,
    /// The label for screen readers.
    label: String,
    /// The number of nodes without a level, then at each level from the lowest.
    levels: Option<String>,
    pub marks: Vec<MarkView>,
}

impl Cell {
    /// Whether there is nothing to show.
    pub(super) fn is_empty(&self) -> bool {
        self.href.is_none() && self.step == 0 && self.levels.is_none()
    }

    /// The number of nodes without a level, then at each level from the lowest; empty if nothing is counted.
    pub(super) fn by_level(&self) -> impl Iterator<Item = usize> + '_ {
        let counts = self.levels.as_deref().unwrap_or_default().split(' ');
        counts.filter_map(|it| it.parse().ok())
    }
}

/// Builds the cells of a page.
pub(super) struct Cells<'a, 'p> {
    pub page: &'a Page<'p>,
    pub grid: Grid,
    pub columns: &'a Columns,
}

impl Cells<'_, '_> {
    /// The cells of a measure.
    pub(super) fn measure_cells(&self, ix: MeasureIx) -> Vec<Cell> {
        match self.columns {
            Columns::UseCases(range) => range.clone().map(|i| self.relevance_cell(ix, i)).collect(),
            Columns::Nodes(columns) => {
                let place = self.page.catalogue().place_in_order(ix);
                let cell = |column: &NodeIx| self.mapping_cell(ix, *column, place);
                columns.iter().map(cell).collect()
            }
        }
    }

    /// The cells of a block of measures.
    pub(super) fn block_cells(&self, block: usize) -> Vec<Cell> {
        let mut cells = self.totals(&grids(self.page).blocks[block].places);
        for (i, cell) in cells.iter_mut().enumerate() {
            if cell.number > 0 {
                let root = match self.columns {
                    Columns::UseCases(_) => None,
                    Columns::Nodes(columns) => Some(columns[i]),
                };
                cell.href = self.block_href(block, root);
                cell.label = format!(
                    "{}: {} and {}",
                    cell.number,
                    super::block_title(self.page, block),
                    self.column_name(i)
                );
            }
        }
        cells
    }

    /// The totals of a range of measures in each column.
    pub(super) fn totals(&self, places: &Range<usize>) -> Vec<Cell> {
        match self.columns {
            Columns::UseCases(range) => {
                let count = |i| self.count_essential(UseCaseIx::new(i), places);
                range.clone().map(|i| number_cell(count(i))).collect()
            }
            Columns::Nodes(columns) => {
                let total = |it: &NodeIx| self.count(&nodes(&self.hits(*it, places)));
                columns.iter().map(total).collect()
            }
        }
    }

    /// The total of a range of measures in all columns, including those on other pages.
    pub(super) fn sum(&self, places: Range<usize>) -> Cell {
        let catalogue = self.page.catalogue();
        match self.grid.against {
            Against::UseCases => {
                let is_essential = |ix: &&MeasureIx| {
                    let weights = &catalogue.measure(**ix).relevance;
                    weights.iter().any(|(_, it, _)| *it == Relevance::Essential)
                };
                number_cell(
                    catalogue.reading_order()[places]
                        .iter()
                        .filter(is_essential)
                        .count(),
                )
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

    /// The total of a measure in all columns; `None` against use cases.
    pub(super) fn measure_sum(&self, ix: MeasureIx) -> Option<Cell> {
        let place = self.page.catalogue().place_in_order(ix);
        match self.grid.against {
            Against::UseCases => None,
            Against::Framework(framework) => Some(self.count(&self.targets(&[ix], framework))),
            Against::Top(_) => Some(self.sum(place..place + 1)),
        }
    }

    /// The range of measures on the page, in reading order: those of a block, or all.
    pub(super) fn all_places(&self) -> Range<usize> {
        match self.grid.block {
            Some(block) => grids(self.page).blocks[block].places.clone(),
            None => 0..self.page.catalogue().measures.len(),
        }
    }

    /// The page of a block with a root among its columns, or its first page.
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

    fn relevance_cell(&self, ix: MeasureIx, column: usize) -> Cell {
        let use_case = UseCaseIx::new(column);
        let measure = self.page.catalogue().measure(ix);
        let mut weights = measure.relevance.iter();
        let Some((_, relevance, _)) = weights.find(|(it, ..)| *it == use_case) else {
            return Cell::default();
        };
        let mark = marks::relevance(*relevance);
        let target = self.page.catalogue().use_case(use_case);
        Cell {
            href: Some(format!("#{}", cell_anchor(&measure.id, &target.id))),
            label: format!("{}: {} and {}", mark.word, measure.id, target.short),
            marks: vec![mark],
            ..Cell::default()
        }
    }

    fn mapping_cell(&self, ix: MeasureIx, column: NodeIx, place: usize) -> Cell {
        let catalogue = self.page.catalogue();
        let hits = self.hits(column, &(place..place + 1));
        if hits.is_empty() {
            return Cell::default();
        }
        let (id, node) = (&catalogue.measure(ix).id, catalogue.node(column));
        let mut cell = self.count(&nodes(&hits));
        cell.label = format!("{}: {id} and {}", cell.number, node.shown);
        if let Against::Top(_) = self.grid.against {
            cell.href = Some(format!("#{}", cell_anchor(id, &node.slug)));
            cell.marks = self.relations(&hits);
            for mark in &cell.marks {
                cell.label.push_str(&format!(", {}", mark.word));
            }
        } else {
            cell.href = self.mapping_list_href(column, ix);
        }
        cell
    }

    /// The address of the list of a measure's mappings under a root.
    fn mapping_list_href(&self, root: NodeIx, ix: MeasureIx) -> Option<String> {
        let number = grids(self.page).listed(root, ix)?;
        let kind = PageKind::Matrix(Grid::all(Against::Top(root)));
        let anchor = row_anchor(&self.page.catalogue().measure(ix).id);
        Some(self.page.to_page_anchor(kind, number, Some(&anchor)))
    }

    /// The mappings of a range of measures in a column.
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
        let kind = |hit: &MatrixEntry| {
            let mapping = catalogue.mapping(hit.mapping);
            (mapping.relation, mapping.property)
        };
        let mut kinds: Vec<_> = hits.iter().map(kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let marks = kinds
            .into_iter()
            .map(|(relation, property)| marks::relation(relation, property));
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
            by_level[catalogue.node(*ix).level.map_or(0, |level| level + 1)] += 1;
        }
        let counts: Vec<_> = by_level.iter().map(usize::to_string).collect();
        Cell {
            levels: (levels > 0).then(|| counts.join(" ")),
            ..number_cell(nodes.len())
        }
    }

    fn count_essential(&self, ix: UseCaseIx, places: &Range<usize>) -> usize {
        let catalogue = self.page.catalogue();
        let measures = catalogue.reading_order()[places.clone()].iter();
        let is_essential = |measure: &&MeasureIx| {
            let mut weights = catalogue.measure(**measure).relevance.iter();
            weights.any(|(use_case, weight, _)| *use_case == ix && *weight == Relevance::Essential)
        };
        measures.filter(is_essential).count()
    }

    fn column_name(&self, column: usize) -> String {
        let catalogue = self.page.catalogue();
        match self.columns {
            Columns::UseCases(range) => {
                let ix = UseCaseIx::new(range.start + column);
                catalogue.use_case(ix).short.clone()
            }
            Columns::Nodes(nodes) => catalogue.node(nodes[column]).shown.clone(),
        }
    }
}

fn number_cell(number: usize) -> Cell {
    Cell {
        number,
        ..Cell::default()
    }
}
