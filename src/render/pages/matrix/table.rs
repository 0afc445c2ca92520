//! The table of a matrix: heads, rows, foot.
//!
//! Entry: [`table`]. Invariant: as many cells in every row as there are columns.

use serde::{Serialize, Serializer};

use super::cells::{Cell, Cells};
use super::heat::Heat;
use super::{Subject, block_title, grids};
use crate::catalogue::{GroupIx, MeasureIx, NodeIx, UseCaseIx};
use crate::render::marks::MarkView;
use crate::site::{Against, Columns, Grid, Layout, PageKind, Rows};

/// More use cases than this show their marks without words.
const WORDED: usize = 6;

/// A longer identifier above a column stands upright.
const FLAT: usize = 4;

#[derive(Serialize)]
pub(super) struct Table {
    caption: String,
    /// The head over the first column.
    corner: &'static str,
    /// What rows and columns are, in the plural.
    rows_are: &'static str,
    columns_are: String,
    /// What the numbers count; none where the cells hold marks alone.
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
    /// Of a group, how many measures it has.
    id: String,
    title: String,
    /// None where the row is a group.
    pub tags: Option<Tags>,
    #[serde(serialize_with = "cells_or_none")]
    pub cells: Vec<Cell>,
    sum: Option<Cell>,
}

/// What a row is filtered by.
#[derive(Serialize)]
pub(super) struct Tags {
    #[serde(skip)]
    pub group: Option<GroupIx>,
    group_id: String,
    pub by: &'static str,
    /// `ehr:essential`, one a use case.
    pub weights: Vec<String>,
}

#[derive(Serialize)]
struct Foot {
    title: &'static str,
    cells: Vec<Cell>,
    sum: Cell,
}

/// Most cells of a large matrix are empty: the template gets nothing for them.
fn cells_or_none<S: Serializer>(cells: &[Cell], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(cells.iter().map(|it| (!it.is_empty()).then_some(it)))
}

/// The table; none where there are no columns.
pub(super) fn table(cells: &Cells<'_, '_>, layout: &Layout, subject: &Subject) -> Option<Table> {
    let columns = columns(cells);
    if columns.is_empty() {
        return None;
    }
    let mut rows: Vec<_> = match &layout.rows {
        Rows::Measures(list) => list.iter().map(|ix| measure(cells, *ix)).collect(),
        Rows::Blocks(range) => range.clone().map(|at| block(cells, at)).collect(),
    };
    let heat = Heat::of(rows.iter().flat_map(|row| &row.cells).map(|it| it.number));
    for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
        cell.step = heat.step(cell.number);
    }
    let groups = matches!(layout.rows, Rows::Blocks(_));
    let marks = !groups && cells.grid.against == Against::UseCases;
    Some(Table {
        caption: subject.caption.clone(),
        corner: if groups { "Group" } else { "Measure" },
        rows_are: if groups { "groups" } else { "measures" },
        columns_are: subject.columns.clone(),
        counted: (!marks).then(|| subject.nouns.clone()),
        steps: heat.words(),
        ends: heat.ends(),
        keys: keys(&rows),
        worded: columns.len() <= WORDED,
        upright: columns.iter().any(|it| it.id.chars().count() > FLAT),
        foot: (!marks).then(|| foot(cells)),
        columns,
        rows,
    })
}

fn columns(cells: &Cells<'_, '_>) -> Vec<Column> {
    match cells.columns {
        Columns::UseCases(range) => range.clone().map(|at| use_case(cells, at)).collect(),
        Columns::Nodes(nodes) => nodes.iter().map(|ix| node(cells, *ix)).collect(),
    }
}

fn use_case(cells: &Cells<'_, '_>, at: usize) -> Column {
    let ix = UseCaseIx::new(at);
    let mark = cells.page.use_case_mark(ix);
    Column {
        href: Some(cells.page.to(PageKind::UseCase(ix))),
        id: String::new(),
        title: mark.word.clone(),
        mark: Some(mark),
    }
}

/// A top leads to its own matrix; what stands under one, and a top without mappings, to its page.
fn node(cells: &Cells<'_, '_>, ix: NodeIx) -> Column {
    let link = cells.page.node_link(ix);
    let own = PageKind::Matrix(Grid::all(Against::Top(ix)));
    let inner = !matches!(cells.grid.against, Against::Top(_)) && cells.page.has(own);
    Column {
        href: Some(if inner { cells.page.to(own) } else { link.href }),
        id: link.id,
        title: link.title,
        mark: None,
    }
}

fn measure(cells: &Cells<'_, '_>, ix: MeasureIx) -> Row {
    let catalogue = cells.page.catalogue();
    let it = catalogue.measure(ix);
    let link = cells.page.measure_link(ix);
    let weights = it.relevance.iter().map(|(use_case, relevance, _)| {
        format!("{}:{}", catalogue.use_case(*use_case).id, relevance.word())
    });
    Row {
        href: Some(link.href),
        id: link.id,
        title: link.title,
        tags: Some(Tags {
            group: it.group,
            group_id: it
                .group
                .map_or_else(String::new, |ix| catalogue.group(ix).id.clone()),
            by: it.responsibility.word(),
            weights: weights.collect(),
        }),
        cells: cells.of_measure(ix),
        sum: cells.sum_of_measure(ix),
    }
}

fn block(cells: &Cells<'_, '_>, at: usize) -> Row {
    let places = grids(cells.page).blocks[at].places.clone();
    Row {
        href: cells.block_href(at, None),
        id: places.len().to_string(),
        title: block_title(cells.page, at),
        tags: None,
        cells: cells.of_block(at),
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

/// Every mark that stands in a cell, once.
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
