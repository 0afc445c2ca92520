//! Converts cells and tracks to coordinates: the width of columns and channels, the rectangles of boxes and frames, the points of
//! routes.
//!
//! Entry: [`compute`]. Invariant: a segment stays inside the strip of its cells, so that it crosses no box; parallel segments are at
//! least [`Metrics::track_gap`] apart.

use super::axis::{Axis, AxisNeeds, to_i32};
use super::grid::{CellRange, Grid};
use super::metrics::Metrics;
use super::tracks::Segment;
use super::{BoxLayout, Fit, FlowDiagram, Layout, Point, Rect, Route, ZoneFrame};
use crate::figures::text::{widest_word, width, wrap};

/// The padding of a box.
const PADDING: i32 = 7;

/// The minimum width of a figure in a column, so that its text does not become larger than the text of the page.
const MIN_COLUMN_WIDTH: i32 = 400;

/// Maximum of lines of a title and of a note.
const MAX_LINES: usize = 6;

pub(super) fn compute(
    flow: &FlowDiagram,
    grid: &Grid,
    segments: &[Segment],
    metrics: &Metrics,
) -> Layout {
    let text_widths = text_widths(flow, grid, metrics);
    let x = Axis::new(&x_needs(grid, segments, &text_widths, metrics), metrics);
    let shift = if metrics.fits_column {
        (MIN_COLUMN_WIDTH - x.end).max(0) / 2
    } else {
        0
    };
    let x = x.shifted(shift);
    let blocks: Vec<_> = (0..grid.cells.len())
        .map(|at| box_layout(flow, grid, at, (text_widths[grid.cells[at].0], metrics)))
        .collect();
    let names: Vec<_> = grid
        .frames
        .iter()
        .map(|(zone, range)| zone_title(&flow.zones[*zone], range, &x, (segments, metrics)))
        .collect();
    let y = Axis::new(
        &y_needs(grid, segments, &blocks, (&names, metrics)),
        metrics,
    );
    let boxes = blocks.into_iter().zip(&grid.cells).map(|(block, cell)| {
        let ((left, right), (top, bottom)) = (x.strips[2 * cell.0 + 1], y.strips[2 * cell.1 + 1]);
        let rect = Rect {
            x: left,
            y: top,
            w: right - left,
            h: bottom - top,
        };
        BoxLayout { rect, ..block }
    });
    let boxes: Vec<_> = boxes.collect();
    let frames = grid.frames.iter().zip(names);
    let frames = frames.map(|((_, range), name)| zone_frame(range, name, (&x, &y), metrics));
    Layout {
        size: (
            if metrics.fits_column {
                x.end.max(MIN_COLUMN_WIDTH)
            } else {
                x.end
            },
            y.end,
        ),
        fit: if metrics.fits_column {
            Fit::Column
        } else {
            Fit::Scrolled
        },
        frames: frames.collect(),
        routes: route_flows(flow, segments, (&x, &y), metrics),
        boxes,
    }
}

/// The width of text in the boxes of each column.
fn text_widths(flow: &FlowDiagram, grid: &Grid, metrics: &Metrics) -> Vec<i32> {
    let mut out = vec![metrics.min_text_width; grid.columns];
    for (node, cell) in flow.nodes.iter().zip(&grid.cells) {
        let note = node.note.as_deref().unwrap_or_default();
        let words = widest_word(&node.title, metrics.title).max(widest_word(note, metrics.small));
        let fits = |room: i32| {
            wrap(&node.title, metrics.title, room, MAX_LINES).len() <= 2
                && wrap(note, metrics.small, room, MAX_LINES).len() <= 2
        };
        let least = words.clamp(metrics.min_text_width, metrics.max_text_width * 5 / 4);
        let room = (least..metrics.max_text_width)
            .step_by(4)
            .find(|it| fits(*it));
        let room = room.unwrap_or(metrics.max_text_width.max(least));
        out[cell.0] = out[cell.0].max(room);
    }
    out
}

fn x_needs<'a>(
    grid: &Grid,
    segments: &'a [Segment],
    text_widths: &[i32],
    metrics: &Metrics,
) -> AxisNeeds<'a> {
    let bands = (0..=grid.columns).map(|channel| {
        let [ends, begins] = grid.frame_edges(channel, |it| &it.columns);
        [ends, begins].map(|it| if it { metrics.frame_padding } else { 0 })
    });
    AxisNeeds {
        down: true,
        segments,
        boxes: text_widths.iter().map(|it| it + 2 * PADDING).collect(),
        bands: bands.collect(),
    }
}

fn y_needs<'a>(
    grid: &Grid,
    segments: &'a [Segment],
    blocks: &[BoxLayout],
    (names, metrics): (&[ZoneFrame], &Metrics),
) -> AxisNeeds<'a> {
    let mut boxes = vec![0; grid.rows];
    for (block, cell) in blocks.iter().zip(&grid.cells) {
        boxes[cell.1] = boxes[cell.1].max(block.rect.h);
    }
    let band = |channel: usize| {
        let [ends, _] = grid.frame_edges(channel, |it| &it.rows);
        let titles = grid.frames.iter().zip(names);
        let titles = titles.filter(|((_, range), _)| *range.rows.start() == channel);
        let name = titles
            .map(|(_, it)| it.name.h + metrics.frame_padding)
            .max();
        [
            if ends { metrics.frame_padding } else { 0 },
            name.unwrap_or(0),
        ]
    };
    AxisNeeds {
        down: false,
        segments,
        boxes,
        bands: (0..=grid.rows).map(band).collect(),
    }
}

/// A box with its text and height.
fn box_layout(
    flow: &FlowDiagram,
    grid: &Grid,
    at: usize,
    (room, metrics): (i32, &Metrics),
) -> BoxLayout {
    let node = &flow.nodes[at];
    let framed = |zone: usize| grid.frames.iter().any(|(it, _)| *it == zone);
    let zone = node.zone.filter(|it| !framed(*it));
    let zone = zone.and_then(|it| flow.zones.get(it));
    let note = node.note.iter().cloned();
    let note: Vec<_> = note.chain(zone.map(|it| format!("({it})"))).collect();
    let title = wrap(&node.title, metrics.title, room, MAX_LINES);
    let note = wrap(&note.join(" "), metrics.small, room, MAX_LINES);
    let h = to_i32(title.len()) * metrics.title_line + to_i32(note.len()) * metrics.small_line;
    BoxLayout {
        rect: Rect {
            x: 0,
            y: 0,
            w: 0,
            h: h + 2 * PADDING,
        },
        title,
        note,
    }
}

/// The title of a frame, placed where no segment crosses it, if possible.
fn zone_title(
    zone: &str,
    range: &CellRange,
    x: &Axis,
    (segments, metrics): (&[Segment], &Metrics),
) -> ZoneFrame {
    let left = x.strips[2 * range.columns.start() + 1].0 - metrics.frame_padding;
    let right = x.strips[2 * range.columns.end() + 1].1 + metrics.frame_padding;
    let above = 2 * range.rows.start();
    let crossing = segments
        .iter()
        .filter(|it| it.down && (it.first..=it.last).contains(&above));
    let mut obstacles: Vec<_> = crossing.map(|it| x.offset(it, metrics)).collect();
    obstacles.retain(|it| left < *it && *it < right);
    obstacles.extend([left, right]);
    obstacles.sort_unstable();
    let gaps = obstacles
        .windows(2)
        .map(|it| (it[0] + 8, it[1] - it[0] - 16));
    let fits = |most: usize| {
        gaps.clone().find(|(_, room)| {
            widest_word(zone, metrics.small) <= *room
                && wrap(zone, metrics.small, *room, MAX_LINES).len() <= most
        })
    };
    let (at, room) = (1..=3)
        .find_map(fits)
        .unwrap_or((left + 8, right - left - 16));
    let title = wrap(zone, metrics.small, room, MAX_LINES);
    let w = title.iter().map(|it| width(it, metrics.small)).max();
    let name = Rect {
        x: at,
        y: 0,
        w: w.unwrap_or(0).min(room),
        h: to_i32(title.len()) * metrics.small_line + 3,
    };
    ZoneFrame {
        rect: name,
        title,
        name,
    }
}

fn zone_frame(
    range: &CellRange,
    it: ZoneFrame,
    (x, y): (&Axis, &Axis),
    metrics: &Metrics,
) -> ZoneFrame {
    let left = x.strips[2 * range.columns.start() + 1].0 - metrics.frame_padding;
    let right = x.strips[2 * range.columns.end() + 1].1 + metrics.frame_padding;
    let top = y.strips[2 * range.rows.start() + 1].0 - metrics.frame_padding - it.name.h;
    let bottom = y.strips[2 * range.rows.end() + 1].1 + metrics.frame_padding;
    ZoneFrame {
        rect: Rect {
            x: left,
            y: top,
            w: right - left,
            h: bottom - top,
        },
        name: Rect {
            y: top + 4,
            ..it.name
        },
        ..it
    }
}

/// The points of each flow, from the edge of one box to that of the other.
fn route_flows(
    flow: &FlowDiagram,
    segments: &[Segment],
    (x, y): (&Axis, &Axis),
    metrics: &Metrics,
) -> Vec<Route> {
    let across = |segment: &Segment| {
        if segment.down {
            x.offset(segment, metrics)
        } else {
            y.offset(segment, metrics)
        }
    };
    let side = |segment: &Segment, cell: usize, other: usize| {
        let strips = if segment.down { &y.strips } else { &x.strips };
        let (from, to) = strips[cell];
        if other > cell { to } else { from }
    };
    let point = |segment: &Segment, along: i32| -> Point {
        if segment.down {
            (across(segment), along)
        } else {
            (along, across(segment))
        }
    };
    let route = |(at, flow): (usize, &super::Flow)| {
        let own_segments: Vec<_> = segments.iter().filter(|it| it.flow == at).collect();
        let mut points = Vec::new();
        if let (Some(first), Some(last)) = (own_segments.first(), own_segments.last()) {
            let along = |segment: &Segment, cell: (usize, usize)| {
                if segment.down { cell.1 } else { cell.0 }
            };
            let from = (along(first, first.from), along(first, first.to));
            let to = (along(last, last.to), along(last, last.from));
            points.push(point(first, side(first, from.0, from.1)));
            points.extend(
                own_segments
                    .windows(2)
                    .map(|it| point(it[0], across(it[1]))),
            );
            points.push(point(last, side(last, to.0, to.1)));
        }
        Route {
            points,
            label: (0, 0),
            access: flow.access,
            both_ways: flow.both_ways,
        }
    };
    flow.flows.iter().enumerate().map(route).collect()
}
