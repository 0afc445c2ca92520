//! The author's grid without empty rows and columns: the cell of each box, and the zones that can be framed.
//!
//! Entry: [`Grid::new`]. Invariant: no two boxes share a cell, no box is in the frame of a foreign zone, no two frames overlap.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::FlowDiagram;
use crate::catalogue::Area;

/// The boxes in cells.
#[derive(Debug)]
pub(super) struct Grid {
    pub columns: usize,
    pub rows: usize,
    /// The cell of each box.
    pub cells: Vec<(usize, usize)>,
    /// The index of each zone that can be framed, and its cells.
    pub frames: Vec<(usize, CellRange)>,
}

/// A rectangle of cells.
#[derive(Debug, Clone)]
pub(super) struct CellRange {
    pub columns: RangeInclusive<usize>,
    pub rows: RangeInclusive<usize>,
}

impl Grid {
    pub(super) fn new(flow: &FlowDiagram) -> Self {
        let mut occupied = BTreeSet::new();
        let mut cells = Vec::new();
        for node in &flow.nodes {
            let mut cell = (u16::from(node.cell.0), u16::from(node.cell.1));
            // A box whose cell is occupied moves to the right.
            while !occupied.insert(cell) {
                cell.0 += 1;
            }
            cells.push(cell);
        }
        let zones: Vec<_> = flow.nodes.iter().map(|it| it.zone).collect();
        let areas = Area::of_zones(flow.zones.len(), &zones, &cells);
        let columns: Vec<_> = distinct_sorted(cells.iter().map(|it| it.0));
        let rows: Vec<_> = distinct_sorted(cells.iter().map(|it| it.1));
        let column = |it: u16| columns.binary_search(&it).unwrap_or_default();
        let row = |it: u16| rows.binary_search(&it).unwrap_or_default();
        let frames = areas.iter().enumerate().filter_map(|(zone, area)| {
            let area = area.as_ref().filter(|it| it.clash.is_none())?;
            let (columns, rows) = (&area.columns, &area.rows);
            let range = CellRange {
                columns: column(*columns.start())..=column(*columns.end()),
                rows: row(*rows.start())..=row(*rows.end()),
            };
            Some((zone, range))
        });
        Self {
            frames: frames.collect(),
            cells: cells.iter().map(|it| (column(it.0), row(it.1))).collect(),
            columns: columns.len(),
            rows: rows.len(),
        }
    }

    /// Whether a frame ends before a channel, and whether one begins after it. `direction` selects columns or rows.
    pub(super) fn frame_edges(
        &self,
        channel: usize,
        direction: fn(&CellRange) -> &RangeInclusive<usize>,
    ) -> [bool; 2] {
        let mut ranges = self.frames.iter().map(|(_, it)| direction(it));
        let ends = ranges.clone().any(|it| it.end() + 1 == channel);
        [ends, ranges.any(|it| *it.start() == channel)]
    }
}

/// The distinct values in ascending order.
fn distinct_sorted(values: impl Iterator<Item = u16>) -> Vec<u16> {
    let distinct: BTreeSet<_> = values.collect();
    distinct.into_iter().collect()
}
