//! Splits paths into straight segments, and assigns parallel segments to tracks.
//!
//! Entry: [`assign`]. Invariant: two segments in the same strip that share a cell have different tracks.

use super::grid::Grid;
use super::route::Cell;

/// Above this number of segments, crossings are not reduced.
const MAX_SEGMENTS: usize = 240;

/// A straight segment of a flow, in a column or a row of cells.
#[derive(Debug, Clone)]
pub(super) struct Segment {
    pub flow: usize,
    /// Whether it is vertical.
    pub down: bool,
    /// The column or row of cells that it runs in.
    pub strip: usize,
    /// Its first and last cell; at the ends of a flow, the cells of the boxes.
    pub from: Cell,
    pub to: Cell,
    /// The lowest and highest cell of the strip that it occupies, without boxes.
    pub first: usize,
    pub last: usize,
    /// Its track, and the number of tracks of its group.
    pub track: usize,
    pub tracks: usize,
}

impl Segment {
    fn is_parallel(&self, other: &Self) -> bool {
        self.down == other.down
            && self.strip == other.strip
            && self.first <= other.last
            && other.first <= self.last
    }

    /// Its position across strips, for comparisons.
    fn sort_key(&self) -> usize {
        self.strip * 1024 + self.track
    }
}

/// The segments of all paths with their tracks, flow by flow.
pub(super) fn assign(grid: &Grid, paths: &[Vec<Cell>]) -> Vec<Segment> {
    let mut segments = Vec::new();
    for (flow, path) in paths.iter().enumerate() {
        segments.extend(split_path(flow, path));
    }
    let mut groups = group_parallel(&segments);
    for group in &mut groups {
        group.sort_by_key(|i| (direction_of_ends(&segments, *i), *i));
        assign_tracks(&mut segments, group);
    }
    if segments.len() <= MAX_SEGMENTS && grid.cells.len() > 1 {
        reduce_crossings(&mut segments, &mut groups);
    }
    segments
}

/// Splits a path into straight segments.
fn split_path(flow: usize, path: &[Cell]) -> Vec<Segment> {
    let mut out: Vec<Segment> = Vec::new();
    for pair in path.windows(2) {
        let down = pair[0].0 == pair[1].0;
        match out.last_mut().filter(|it| it.down == down) {
            Some(segment) => segment.to = pair[1],
            None => out.push(Segment {
                flow,
                down,
                strip: if down { pair[0].0 } else { pair[0].1 },
                from: pair[0],
                to: pair[1],
                first: 0,
                last: 0,
                track: 0,
                tracks: 1,
            }),
        }
    }
    let count = out.len();
    for (i, segment) in out.iter_mut().enumerate() {
        let along = |cell: Cell| if segment.down { cell.1 } else { cell.0 };
        let (mut from, mut to) = (along(segment.from), along(segment.to));
        let rising = from < to;
        let inwards = |it: usize, up: bool| if up { it + 1 } else { it - 1 };
        if i == 0 {
            from = inwards(from, rising);
        }
        if i + 1 == count {
            to = inwards(to, !rising);
        }
        (segment.first, segment.last) = (from.min(to), from.max(to));
    }
    out
}

/// Groups segments that are parallel to each other, directly or through others.
fn group_parallel(segments: &[Segment]) -> Vec<Vec<usize>> {
    let mut order: Vec<_> = (0..segments.len()).collect();
    order.sort_by_key(|i| {
        let it = &segments[*i];
        (it.down, it.strip, it.first, *i)
    });
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut end = 0;
    for i in order {
        let it = &segments[i];
        let joins = out.last().is_some_and(|group| {
            let other = &segments[group[0]];
            other.down == it.down && other.strip == it.strip && it.first <= end
        });
        if joins {
            out.last_mut().expect("it was looked at").push(i);
            end = end.max(it.last);
        } else {
            out.push(vec![i]);
            end = it.last;
        }
    }
    out
}

/// To which side of its strip the neighbours of a segment lead, summed over both ends.
fn direction_of_ends(segments: &[Segment], i: usize) -> isize {
    let segment = &segments[i];
    let beside = |cell: Cell| {
        let it = if segment.down { cell.0 } else { cell.1 };
        it.cast_signed() - segment.strip.cast_signed()
    };
    let same_flow = |other: usize| segments.get(other).filter(|it| it.flow == segment.flow);
    let before = i.checked_sub(1).and_then(same_flow);
    let after = same_flow(i + 1);
    before.map_or(0, |it| beside(it.from)) + after.map_or(0, |it| beside(it.to))
}

/// Gives each segment of a group the first track after those of the preceding parallel segments.
fn assign_tracks(segments: &mut [Segment], group: &[usize]) {
    let mut max = 0;
    for (nth, i) in group.iter().enumerate() {
        let taken = group[..nth]
            .iter()
            .filter(|it| segments[**it].is_parallel(&segments[*i]));
        let track = taken.map(|it| segments[*it].track + 1).max().unwrap_or(0);
        segments[*i].track = track;
        max = max.max(track);
    }
    for i in group {
        segments[*i].tracks = max + 1;
    }
}

/// Swaps adjacent segments as long as this reduces crossings.
fn reduce_crossings(segments: &mut [Segment], groups: &mut [Vec<usize>]) {
    let mut fewest = count_crossings(segments);
    for _ in 0..3 {
        let start = fewest;
        for group in groups.iter_mut() {
            for nth in 1..group.len() {
                group.swap(nth - 1, nth);
                assign_tracks(segments, group);
                let now = count_crossings(segments);
                if now < fewest {
                    fewest = now;
                } else {
                    group.swap(nth - 1, nth);
                    assign_tracks(segments, group);
                }
            }
        }
        if fewest == start {
            break;
        }
    }
}

/// Counts the crossings.
fn count_crossings(segments: &[Segment]) -> usize {
    let extent: Vec<_> = (0..segments.len()).map(|i| extent(segments, i)).collect();
    let mut out = 0;
    for (i, across) in segments.iter().enumerate().filter(|(_, it)| !it.down) {
        for (other, down) in segments.iter().enumerate().filter(|(_, it)| it.down) {
            let inside = |(low, high): (usize, usize), place: usize| low < place && place < high;
            if inside(extent[i], down.sort_key()) && inside(extent[other], across.sort_key()) {
                out += 1;
            }
        }
    }
    out
}

/// The extent of a segment along its strip, for comparisons: up to the adjacent segments of its flow, or to a box.
fn extent(segments: &[Segment], i: usize) -> (usize, usize) {
    let segment = &segments[i];
    let same_flow = |other: usize| segments.get(other).filter(|it| it.flow == segment.flow);
    let end = |other: Option<&Segment>, cell: Cell| {
        let along = if segment.down { cell.1 } else { cell.0 };
        other.map_or(along * 1024, Segment::sort_key)
    };
    let from = end(i.checked_sub(1).and_then(same_flow), segment.from);
    let to = end(same_flow(i + 1), segment.to);
    (from.min(to), from.max(to))
}
