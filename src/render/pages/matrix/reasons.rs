//! The list under a matrix: the reasons behind its cells, by measure.
//!
//! Entry: [`reasons`]. Invariant: the anchor of every cell of the table exists here.

use serde::Serialize;

use super::{cell_anchor, grids, row_anchor};
use crate::catalogue::MeasureIx;
use crate::render::html::Html;
use crate::render::marks::{self, MarkView};
use crate::render::page::Page;
use crate::render::pages::parts::{self, MappingRow};
use crate::render::prose;
use crate::render::views::LinkView;
use crate::site::{Against, Columns, Grid, Layout, PageKind, Rows};

#[derive(Serialize)]
pub(super) struct Reasons {
    by_use_case: bool,
    supportive: bool,
    leveled: bool,
    measures: Vec<MeasureReasons>,
}

#[derive(Serialize)]
struct MeasureReasons {
    anchor: String,
    link: LinkView,
    /// Against use cases.
    weights: Vec<UseCaseReason>,
    /// Against nodes.
    columns: Vec<ColumnReasons>,
}

#[derive(Serialize)]
struct UseCaseReason {
    anchor: String,
    href: String,
    mark: MarkView,
    relevance: MarkView,
    because: Html,
}

#[derive(Serialize)]
struct ColumnReasons {
    anchor: String,
    link: LinkView,
    rows: Vec<ReasonRow>,
}

#[derive(Serialize)]
struct ReasonRow {
    /// 0 without a level; else the level, from 1 for the lowest.
    level: usize,
    mapping: MappingRow,
}

/// The reasons for the cells; `None` if the cells lead to lists on other pages.
pub(super) fn reasons(page: &Page<'_>, grid: Grid, layout: &Layout) -> Option<Reasons> {
    let Rows::Measures(measures) = &layout.rows else {
        return None;
    };
    let catalogue = page.catalogue();
    let (supportive, leveled) = match grid.against {
        Against::UseCases => (false, false),
        Against::Framework(_) => return None,
        Against::Top(top) => {
            let ix = catalogue.node(top).framework;
            let leveled = !catalogue.framework(ix).levels.is_empty();
            (catalogue.is_supportive(ix), leveled)
        }
    };
    let groups = measures.iter().map(|ix| MeasureReasons {
        anchor: row_anchor(&catalogue.measure(*ix).id),
        link: page.measure_link(*ix),
        weights: weights(page, *ix, &layout.columns),
        columns: columns(page, *ix, grid, &layout.columns),
    });
    let groups = groups.filter(|it| !it.weights.is_empty() || !it.columns.is_empty());
    let measures: Vec<_> = groups.collect();
    (!measures.is_empty()).then_some(Reasons {
        by_use_case: grid.against == Against::UseCases,
        supportive,
        leveled,
        measures,
    })
}

fn weights(page: &Page<'_>, ix: MeasureIx, columns: &Columns) -> Vec<UseCaseReason> {
    let Columns::UseCases(range) = columns else {
        return Vec::new();
    };
    let measure = page.catalogue().measure(ix);
    let mut shown: Vec<_> = measure.relevance.iter().collect();
    shown.retain(|(it, ..)| range.contains(&it.index()));
    shown.sort_by_key(|(it, ..)| *it);
    let weights = shown
        .into_iter()
        .map(|(use_case, relevance, because)| UseCaseReason {
            anchor: cell_anchor(&measure.id, &page.catalogue().use_case(*use_case).id),
            href: page.to(PageKind::UseCase(*use_case)),
            mark: page.use_case_mark(*use_case),
            relevance: marks::relevance(*relevance),
            because: prose::html(page, because),
        });
    weights.collect()
}

fn columns(page: &Page<'_>, ix: MeasureIx, grid: Grid, columns: &Columns) -> Vec<ColumnReasons> {
    let (Against::Top(top), Columns::Nodes(columns)) = (grid.against, columns) else {
        return Vec::new();
    };
    let catalogue = page.catalogue();
    let hits = grids(page).matrix.of_measure(catalogue, top, ix);
    let cells = hits.chunk_by(|a, b| a.column == b.column);
    let shown = cells.filter(|it| columns.binary_search(&it[0].column).is_ok());
    let groups = shown.map(|cell| ColumnReasons {
        anchor: cell_anchor(
            &catalogue.measure(ix).id,
            &catalogue.node(cell[0].column).slug,
        ),
        link: page.node_link(cell[0].column),
        rows: cell
            .iter()
            .map(|hit| ReasonRow {
                level: catalogue.node(hit.node).level.map_or(0, |level| level + 1),
                mapping: parts::measure_mapping_row(page, hit.mapping),
            })
            .collect(),
    });
    groups.collect()
}
