//! A stretch of a table of coverage that is too long for one page.
//!
//! Entry: [`part`]. Invariant: a stretch counts what its rows hold, and nothing else.

use serde::Serialize;

use super::{NumbersTable, level, of, top};
use crate::catalogue::NodeIx;
use crate::render::frame::Frame;
use crate::render::page::Page;
use crate::render::pages::stretches::Rows;
use crate::site::{List, Table};

#[derive(Serialize)]
pub(crate) struct View {
    frame: Frame,
    tables: Vec<NumbersTable>,
}

pub(crate) fn part(page: &Page<'_>, table: Table, at: usize) -> View {
    let nodes = page.renderer.site.rows_of(page.catalogue(), table);
    let name = node_name(page, &nodes);
    let rows = rows(table, &nodes, &name);
    let shown = &nodes[rows.of_part(at)];
    let (about, tables) = match table {
        Table::Of(ix) => (of::about(page, ix), vec![of::table(page, ix, shown)]),
        Table::Level(ix, place) => (
            level::about(page, ix, place),
            vec![level::table(page, ix, place, shown)],
        ),
        Table::Under(ix) => (top::about(page, ix), top::tables(page, ix, shown, &[])),
    };
    View {
        frame: page.frame(rows.part(page, at, about)),
        tables,
    }
}

/// What each of some nodes is called.
pub(super) fn node_name<'a>(page: &Page<'a>, nodes: &'a [NodeIx]) -> impl Fn(usize) -> String {
    let catalogue = page.catalogue();
    |at| catalogue.node(nodes[at]).shown.clone()
}

/// The rows of a table.
pub(super) fn rows<'a>(
    table: Table,
    nodes: &[NodeIx],
    name: &'a dyn Fn(usize) -> String,
) -> Rows<'a> {
    Rows {
        list: List::Numbers(table),
        len: nodes.len(),
        name,
    }
}
