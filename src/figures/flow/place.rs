//! Cells and tracks become places: how wide each column and channel is, where each box, frame and line stands.
//!
//! Entry: [`place`]. Invariant: a line keeps to the strip of its cells, so that it meets no box; lines beside each other are
//! at least [`Size::apart`] apart.

use super::grid::{Grid, Span};
use super::size::Size;
use super::tracks::Line;
use super::{Block, DISC, Drawing, Fit, Frame, Picture, Point, Rect, Route};
use crate::figures::text::{widest_word, width, wrap};

/// Space around a figure, and between a box's side and its text.
const MARGIN: i32 = 2;
const INSIDE: i32 = 7;

/// From a box's corner to a line at its side: a number beside the box then stands in the figure.
const CORNER: i32 = DISC + 3;

/// A figure in a column is at least so wide, that its text does not become larger than the page's.
const LEAST: i32 = 400;

/// The most lines of a name and of what stands under it.
const LINES: usize = 6;

/// Where strips begin and end in one direction, channels and boxes by turns.
struct Axis {
    /// The strip of each cell: begin and end; of a channel without the room of frames.
    strips: Vec<(i32, i32)>,
    end: i32,
}

/// What one direction needs.
struct Needs<'a> {
    down: bool,
    lines: &'a [Line],
    /// The least size of each column or row.
    boxes: Vec<i32>,
    /// The room for frames before and after the lines of each channel.
    bands: Vec<[i32; 2]>,
}

pub(super) fn place(picture: &Picture, grid: &Grid, lines: &[Line], size: &Size) -> Drawing {
    let rooms = rooms(picture, grid, size);
    let x = Axis::of(&x_needs(grid, lines, &rooms, size), size);
    let shift = if size.column {
        (LEAST - x.end).max(0) / 2
    } else {
        0
    };
    let x = x.shifted(shift);
    let blocks: Vec<_> = (0..grid.cells.len())
        .map(|at| block(picture, grid, at, (rooms[grid.cells[at].0], size)))
        .collect();
    let names: Vec<_> = grid
        .frames
        .iter()
        .map(|(zone, span)| name(&picture.zones[*zone], span, &x, (lines, size)))
        .collect();
    let y = Axis::of(&y_needs(grid, lines, &blocks, (&names, size)), size);
    let boxes = blocks.into_iter().zip(&grid.cells).map(|(block, cell)| {
        let ((left, right), (top, bottom)) = (x.strips[2 * cell.0 + 1], y.strips[2 * cell.1 + 1]);
        let rect = Rect {
            x: left,
            y: top,
            w: right - left,
            h: bottom - top,
        };
        Block { rect, ..block }
    });
    let boxes: Vec<_> = boxes.collect();
    let frames = grid.frames.iter().zip(names);
    let frames = frames.map(|((_, span), name)| frame(span, name, (&x, &y), size));
    Drawing {
        size: (if size.column { x.end.max(LEAST) } else { x.end }, y.end),
        fit: if size.column { Fit::Column } else { Fit::Own },
        frames: frames.collect(),
        routes: routes(picture, lines, (&x, &y), size),
        boxes,
    }
}

/// The room for text in the boxes of each column.
fn rooms(picture: &Picture, grid: &Grid, size: &Size) -> Vec<i32> {
    let mut out = vec![size.least; grid.columns];
    for (node, cell) in picture.nodes.iter().zip(&grid.cells) {
        let note = node.note.as_deref().unwrap_or_default();
        let words = widest_word(&node.title, size.title).max(widest_word(note, size.small));
        let fits = |room: i32| {
            wrap(&node.title, size.title, room, LINES).len() <= 2
                && wrap(note, size.small, room, LINES).len() <= 2
        };
        let least = words.clamp(size.least, size.most * 5 / 4);
        let room = (least..size.most).step_by(4).find(|it| fits(*it));
        let room = room.unwrap_or(size.most.max(least));
        out[cell.0] = out[cell.0].max(room);
    }
    out
}

fn x_needs<'a>(grid: &Grid, lines: &'a [Line], rooms: &[i32], size: &Size) -> Needs<'a> {
    let bands = (0..=grid.columns).map(|channel| {
        let [ends, begins] = grid.bands(channel, |it| &it.columns);
        [ends, begins].map(|it| if it { size.pad } else { 0 })
    });
    Needs {
        down: true,
        lines,
        boxes: rooms.iter().map(|it| it + 2 * INSIDE).collect(),
        bands: bands.collect(),
    }
}

fn y_needs<'a>(
    grid: &Grid,
    lines: &'a [Line],
    blocks: &[Block],
    (names, size): (&[Frame], &Size),
) -> Needs<'a> {
    let mut boxes = vec![0; grid.rows];
    for (block, cell) in blocks.iter().zip(&grid.cells) {
        boxes[cell.1] = boxes[cell.1].max(block.rect.h);
    }
    let band = |channel: usize| {
        let [ends, _] = grid.bands(channel, |it| &it.rows);
        let begun = grid.frames.iter().zip(names);
        let begun = begun.filter(|((_, span), _)| *span.rows.start() == channel);
        let name = begun.map(|(_, it)| it.name.h + size.pad).max();
        [if ends { size.pad } else { 0 }, name.unwrap_or(0)]
    };
    Needs {
        down: false,
        lines,
        boxes,
        bands: (0..=grid.rows).map(band).collect(),
    }
}

impl Axis {
    fn of(needs: &Needs<'_>, size: &Size) -> Self {
        let mut strips = Vec::new();
        let mut at = MARGIN;
        for channel in 0..=needs.boxes.len() {
            let [before, after] = needs.bands[channel];
            let outer = channel == 0 || channel == needs.boxes.len();
            let wide = needs.channel(2 * channel, outer, size);
            let between = if outer {
                0
            } else {
                needs.gap(2 * channel, size) - before - after
            };
            let frames = if before > 0 && after > 0 {
                2 * size.edge
            } else {
                0
            };
            let wide = wide.max(between).max(frames);
            strips.push((at + before, at + before + wide));
            at += before + wide + after;
            if let Some(least) = needs.boxes.get(channel) {
                let tracks = needs.tracks(2 * channel + 1);
                let wide = (*least).max((tracks - 1) * size.apart + 2 * CORNER);
                strips.push((at, at + wide));
                at += wide;
            }
        }
        Self {
            strips,
            end: at + MARGIN,
        }
    }

    fn shifted(mut self, by: i32) -> Self {
        for (from, to) in &mut self.strips {
            *from += by;
            *to += by;
        }
        self.end += by;
        self
    }

    /// Where a line stands across its strip.
    fn across(&self, line: &Line, size: &Size) -> i32 {
        let (from, to) = self.strips[line.strip];
        let (track, tracks) = (count(line.track), count(line.tracks));
        let in_boxes = line.strip % 2 == 1;
        let apart = if in_boxes && tracks > 1 {
            ((to - from - 2 * CORNER) / (tracks - 1)).min(size.apart * 2)
        } else {
            size.apart
        };
        i32::midpoint(from, to) - (tracks - 1) * apart / 2 + track * apart
    }
}

impl Needs<'_> {
    fn in_strip(&self, strip: usize) -> impl Iterator<Item = &Line> {
        let lines = self.lines.iter();
        lines.filter(move |it| it.down == self.down && it.strip == strip)
    }

    /// The most lines beside each other in a strip, at least one.
    fn tracks(&self, strip: usize) -> i32 {
        count(self.in_strip(strip).map(|it| it.tracks).max().unwrap_or(1))
    }

    /// What the lines along a channel need.
    fn channel(&self, strip: usize, outer: bool, size: &Size) -> i32 {
        if self.in_strip(strip).next().is_some() {
            2 * size.edge + (self.tracks(strip) - 1) * size.apart
        } else if outer {
            0
        } else {
            size.edge
        }
    }

    /// What the lines across a channel from box to box need; they have their number there.
    fn gap(&self, strip: usize, size: &Size) -> i32 {
        let straight = |it: &Line| it.down != self.down && it.first == strip && it.last == strip;
        if self.lines.iter().any(straight) {
            size.gap
        } else {
            size.edge * 2
        }
    }
}

/// A number of tracks as a factor.
fn count(it: usize) -> i32 {
    i32::try_from(it).unwrap_or(i32::MAX / 4096)
}

/// A box with its text, and as high as that needs.
fn block(picture: &Picture, grid: &Grid, at: usize, (room, size): (i32, &Size)) -> Block {
    let node = &picture.nodes[at];
    let framed = |zone: usize| grid.frames.iter().any(|(it, _)| *it == zone);
    let zone = node.zone.filter(|it| !framed(*it));
    let zone = zone.and_then(|it| picture.zones.get(it));
    let note = node.note.iter().cloned();
    let note: Vec<_> = note.chain(zone.map(|it| format!("({it})"))).collect();
    let title = wrap(&node.title, size.title, room, LINES);
    let note = wrap(&note.join(" "), size.small, room, LINES);
    let h = count(title.len()) * size.title_line + count(note.len()) * size.small_line;
    Block {
        rect: Rect {
            x: 0,
            y: 0,
            w: 0,
            h: h + 2 * INSIDE,
        },
        title,
        note,
    }
}

/// A frame's name where no line comes through, if there is such a place.
fn name(zone: &str, span: &Span, x: &Axis, (lines, size): (&[Line], &Size)) -> Frame {
    let left = x.strips[2 * span.columns.start() + 1].0 - size.pad;
    let right = x.strips[2 * span.columns.end() + 1].1 + size.pad;
    let above = 2 * span.rows.start();
    let through = lines
        .iter()
        .filter(|it| it.down && (it.first..=it.last).contains(&above));
    let mut stops: Vec<_> = through.map(|it| x.across(it, size)).collect();
    stops.retain(|it| left < *it && *it < right);
    stops.extend([left, right]);
    stops.sort_unstable();
    let gaps = stops.windows(2).map(|it| (it[0] + 8, it[1] - it[0] - 16));
    let fits = |most: usize| {
        gaps.clone().find(|(_, room)| {
            widest_word(zone, size.small) <= *room
                && wrap(zone, size.small, *room, LINES).len() <= most
        })
    };
    let (at, room) = (1..=3)
        .find_map(fits)
        .unwrap_or((left + 8, right - left - 16));
    let title = wrap(zone, size.small, room, LINES);
    let w = title.iter().map(|it| width(it, size.small)).max();
    let name = Rect {
        x: at,
        y: 0,
        w: w.unwrap_or(0).min(room),
        h: count(title.len()) * size.small_line + 3,
    };
    Frame {
        rect: name,
        title,
        name,
    }
}

fn frame(span: &Span, it: Frame, (x, y): (&Axis, &Axis), size: &Size) -> Frame {
    let left = x.strips[2 * span.columns.start() + 1].0 - size.pad;
    let right = x.strips[2 * span.columns.end() + 1].1 + size.pad;
    let top = y.strips[2 * span.rows.start() + 1].0 - size.pad - it.name.h;
    let bottom = y.strips[2 * span.rows.end() + 1].1 + size.pad;
    Frame {
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

/// The points of each flow, from side to side.
fn routes(picture: &Picture, lines: &[Line], (x, y): (&Axis, &Axis), size: &Size) -> Vec<Route> {
    let across = |line: &Line| {
        if line.down {
            x.across(line, size)
        } else {
            y.across(line, size)
        }
    };
    let side = |line: &Line, cell: usize, other: usize| {
        let strips = if line.down { &y.strips } else { &x.strips };
        let (from, to) = strips[cell];
        if other > cell { to } else { from }
    };
    let point = |line: &Line, along: i32| -> Point {
        if line.down {
            (across(line), along)
        } else {
            (along, across(line))
        }
    };
    let route = |(at, flow): (usize, &super::Flow)| {
        let of_it: Vec<_> = lines.iter().filter(|it| it.flow == at).collect();
        let mut points = Vec::new();
        if let (Some(first), Some(last)) = (of_it.first(), of_it.last()) {
            let along = |line: &Line, cell: (usize, usize)| if line.down { cell.1 } else { cell.0 };
            let from = (along(first, first.from), along(first, first.to));
            let to = (along(last, last.to), along(last, last.from));
            points.push(point(first, side(first, from.0, from.1)));
            points.extend(of_it.windows(2).map(|it| point(it[0], across(it[1]))));
            points.push(point(last, side(last, to.0, to.1)));
        }
        Route {
            points,
            label: (0, 0),
            access: flow.access,
            both_ways: flow.both_ways,
        }
    };
    picture.flows.iter().enumerate().map(route).collect()
}
