//! The table of a matrix: head, rows, totals.
//!
//! Entry: [`table`]. Invariant: each row has one cell per column.

use serde::{Serialize, Serializer};

use super::cells::{Cell, Cells};
use super::heat::Heat;
use super::{MatrixText, block_title, grids};
use crate::catalogue::{GroupIx, MeasureIx, NodeIx, UseCaseIx};
use crate::render::marks::MarkView;
use crate::site::{Against, Columns, Grid, Layout, PageKind, Rows};

/// The largest number of columns whose marks are shown with their words.
const MAX_COLUMNS_WITH_WORDS: usize = 6;

/// The length in characters of the longest id above a column that is set horizontally.
const MAX_HORIZONTAL_ID: usize = 4;

#[derive(Serialize)]
pub(super) struct Table {
    caption: String,
    /// The head of the first column.
    corner: &'static str,
    /// The kinds of rows and columns, in the plural.
    rows_are: &'static str,
    columns_are: String,
    /// What the numbers count; `None` if the cells show only marks.
    counted: Option<String>,
    steps: Vec<String>,
    /// The last number of each step.
    ends: String,
    /// The marks in the cells.
    keys: Vec<MarkView>,
    worded: bool,
    upright: bool,
    columns: Vec<Column>,
    pub rows: Vec<Row>,
    foot: Option<Foot>,
}

#[derive(Serialize)]
struct Column {
    href: Option<String>,
    id: String,
    title: String,
    mark: Option<MarkView>,
}

#[derive(Serialize)]
pub(super) struct Row {
    href: Option<String>,
    /// The id of a measure, or the number of measures in a group.
    id: String,
    title: String,
    /// `None` if the row is a group.
    pub tags: Option<Tags>,
    #[serde(serialize_with = "cells_or_none")]
    pub cells: Vec<Cell>,
    sum: Option<Cell>,
}

/// The filter values of a row.
#[derive(Serialize)]
pub(super) struct Tags {
    #[serde(skip)]
    pub group: Option<GroupIx>,
    group_id: String,
    pub by: &'static str,
    /// `ehr:essential`, one per use case.
    pub weights: Vec<String>,
}

#[derive(Serialize)]
struct Foot {
    title: &'static str,
    cells: Vec<Cell>,
    sum: Cell,
}

/// Serializes empty cells as null, since most cells of a large matrix are empty.
fn cells_or_none<S: Serializer>(cells: &[Cell], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(cells.iter().map(|it| (!it.is_empty()).then_some(it)))
}

/// The table; `None` if there are no columns.
pub(super) fn table(cells: &Cells<'_, '_>, layout: &Layout, text: &MatrixText) -> Option<Table> {
    let columns = columns(cells);
    if columns.is_empty() {
        return None;
    }
    let mut rows: Vec<_> = match &layout.rows {
        Rows::Measures(list) => list.iter().map(|ix| measure_row(cells, *ix)).collect(),
        Rows::Blocks(range) => range.clone().map(|i| block_row(cells, i)).collect(),
    };
    let heat = Heat::new(rows.iter().flat_map(|row| &row.cells).map(|it| it.number));
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.step = heat.step(cell.number);
    }
    let groups = matches!(layout.rows, Rows::Blocks(_));
    let marks = !groups && cells.grid.against == Against::UseCases;
    Some(Table {
        caption: text.caption.clone(),
        corner: if groups { "Group" } else { "Measure" },
        rows_are: if groups { "groups" } else { "measures" },
        columns_are: text.columns.clone(),
        counted: (!marks).then(|| text.nouns.clone()),
        steps: heat.labels(),
        ends: heat.ends(),
        keys: keys(&rows),
        worded: columns.len() <= MAX_COLUMNS_WITH_WORDS,
        upright: columns
            .iter()
            .any(|it| it.id.chars().count() > MAX_HORIZONTAL_ID),
        foot: (!marks).then(|| foot(cells)),
        columns,
        rows,
    })
}

fn columns(cells: &Cells<'_, '_>) -> Vec<Column> {
    match cells.columns {
        Columns::UseCases(range) => range.clone().map(|i| use_case_column(cells, i)).collect(),
        Columns::Nodes(nodes) => nodes.iter().map(|ix| node_column(cells, *ix)).collect(),
    }
}

fn use_case_column(cells: &Cells<'_, '_>, i: usize) -> Column {
    let ix = UseCaseIx::new(i);
    let mark = cells.page.use_case_mark(ix);
    Column {
        href: Some(cells.page.to(PageKind::UseCase(ix))),
        id: String::new(),
        title: mark.word.clone(),
        mark: Some(mark),
    }
}

/// The column of a node: a top node leads to its own matrix, any other node and a top node without mappings to its page.
fn node_column(cells: &Cells<'_, '_>, ix: NodeIx) -> Column {
    let link = cells.page.node_link(ix);
    let own = PageKind::Matrix(Grid::all(Against::Top(ix)));
    let has_matrix = !matches!(cells.grid.against, Against::Top(_)) && cells.page.has(own);
    Column {
        href: Some(if has_matrix {
            cells.page.to(own)
        } else {
            link.href
        }),
        id: link.id,
        title: link.title,
        mark: None,
    }
}

fn measure_row(cells: &Cells<'_, '_>, ix: MeasureIx) -> Row {
    let catalogue = cells.page.catalogue();
    let measure = catalogue.measure(ix);
    let link = cells.page.measure_link(ix);
    let weights = measure.relevance.iter().map(|(use_case, relevance, _)| {
        format!("{}:{}", catalogue.use_case(*use_case).id, relevance.word())
    });
    Row {
        href: Some(link.href),
        id: link.id,
        title: link.title,
        tags: Some(Tags {
            group: measure.group,
            group_id: measure
                .group
                .map_or_else(String::new, |ix| catalogue.group(ix).id.clone()),
            by: measure.responsibility.word(),
            weights: weights.collect(),
        }),
        cells: cells.measure_cells(ix),
        sum: cells.measure_sum(ix),
    }
}

fn block_row(cells: &Cells<'_, '_>, block: usize) -> Row {
    let places = grids(cells.page).blocks[block].places.clone();
    Row {
        href: cells.block_href(block, None),
        id: places.len().to_string(),
        title: block_title(cells.page, block),
        tags: None,
        cells: cells.block_cells(block),
        sum: Some(cells.sum(places)),
    }
}

fn foot(cells: &Cells<'_, '_>) -> Foot {
    let places = cells.all_places();
    Foot {
        title: if cells.grid.block.is_some() {
            "All of these"
        } else {
            "All measures"
        },
        cells: cells.totals(&places),
        sum: cells.sum(places),
    }
}

/// Each mark in the cells, once.
fn keys(rows: &[Row]) -> Vec<MarkView> {
    let marks = rows
        .iter()
        .flat_map(|it| &it.cells)
        .flat_map(|it| &it.marks);
    let mut out: Vec<MarkView> = Vec::new();
    for mark in marks {
        if !out.iter().any(|it| it.icon == mark.icon) {
            out.push(mark.clone());
        }
    }
    out.sort_by(|a, b| a.icon.cmp(&b.icon));
    out
}
