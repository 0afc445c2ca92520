//! The author's grid without what is empty: which box stands in which cell, and which zones can be framed.
//!
//! Entry: [`Grid::of`]. Invariant: no two boxes share a cell, no box stands in another zone's frame, no two frames meet.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::Picture;
use crate::catalogue::Area;

/// Boxes in cells.
#[derive(Debug)]
pub(super) struct Grid {
    pub columns: usize,
    pub rows: usize,
    /// The cell of each box.
    pub cells: Vec<(usize, usize)>,
    /// The cells of each zone that can be framed, with its place among the zones.
    pub frames: Vec<(usize, Span)>,
}

/// The cells of a frame.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub columns: RangeInclusive<usize>,
    pub rows: RangeInclusive<usize>,
}

impl Grid {
    pub(super) fn of(picture: &Picture) -> Self {
        let mut taken = BTreeSet::new();
        let mut cells = Vec::new();
        for node in &picture.nodes {
            let mut cell = (u16::from(node.at.0), u16::from(node.at.1));
            // What would hide another box stands beside it.
            while !taken.insert(cell) {
                cell.0 += 1;
            }
            cells.push(cell);
        }
        let zones: Vec<_> = picture.nodes.iter().map(|it| it.zone).collect();
        let areas = Area::of_zones(picture.zones.len(), &zones, &cells);
        let columns: Vec<_> = ranks(cells.iter().map(|it| it.0));
        let rows: Vec<_> = ranks(cells.iter().map(|it| it.1));
        let column = |it: u16| columns.binary_search(&it).unwrap_or_default();
        let row = |it: u16| rows.binary_search(&it).unwrap_or_default();
        let frames = areas.iter().enumerate().filter_map(|(zone, area)| {
            let area = area.as_ref().filter(|it| it.clash.is_none())?;
            let (columns, rows) = (&area.columns, &area.rows);
            let span = Span {
                columns: column(*columns.start())..=column(*columns.end()),
                rows: row(*rows.start())..=row(*rows.end()),
            };
            Some((zone, span))
        });
        Self {
            frames: frames.collect(),
            cells: cells.iter().map(|it| (column(it.0), row(it.1))).collect(),
            columns: columns.len(),
            rows: rows.len(),
        }
    }

    /// Whether a frame ends before a channel, and whether one begins after it, in one direction.
    pub(super) fn bands(
        &self,
        channel: usize,
        of: fn(&Span) -> &RangeInclusive<usize>,
    ) -> [bool; 2] {
        let mut spans = self.frames.iter().map(|(_, it)| of(it));
        let ends = spans.clone().any(|it| it.end() + 1 == channel);
        [ends, spans.any(|it| *it.start() == channel)]
    }
}

/// The different numbers, rising.
fn ranks(all: impl Iterator<Item = u16>) -> Vec<u16> {
    let all: BTreeSet<_> = all.collect();
    all.into_iter().collect()
}
