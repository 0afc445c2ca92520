//! Straight lines of flows side by side: each way in lines, and the track of each line among those beside it.
//!
//! Entry: [`assign`]. Invariant: two lines of one strip that have a cell in common have different tracks.

use super::grid::Grid;
use super::route::Cell;

/// More lines than this, and crossings are left as they fall.
const MANY: usize = 240;

/// A straight part of a flow, in a column or a row of cells.
#[derive(Debug, Clone)]
pub(super) struct Line {
    pub flow: usize,
    /// Whether it runs up or down, and not across.
    pub down: bool,
    /// The column or row of cells that it runs in.
    pub strip: usize,
    /// The cells from which and to which it leads; at the ends of a flow those of the boxes.
    pub from: Cell,
    pub to: Cell,
    /// The first and the last cell along the strip that it takes, without boxes.
    pub first: usize,
    pub last: usize,
    /// Its place among the tracks beside each other.
    pub track: usize,
    pub tracks: usize,
}

impl Line {
    fn beside(&self, other: &Self) -> bool {
        self.down == other.down
            && self.strip == other.strip
            && self.first <= other.last
            && other.first <= self.last
    }

    /// Where it stands across its strip, for comparing.
    fn place(&self) -> usize {
        self.strip * 1024 + self.track
    }
}

/// Every way in lines with tracks, flow after flow.
pub(super) fn assign(grid: &Grid, paths: &[Vec<Cell>]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (flow, path) in paths.iter().enumerate() {
        lines.extend(straight(flow, path));
    }
    let mut groups = groups(&lines);
    for group in &mut groups {
        group.sort_by_key(|at| (pull(&lines, *at), *at));
        number(&mut lines, group);
    }
    if lines.len() <= MANY && grid.cells.len() > 1 {
        untangle(&mut lines, &mut groups);
    }
    lines
}

/// A way in its straight lines.
fn straight(flow: usize, path: &[Cell]) -> Vec<Line> {
    let mut out: Vec<Line> = Vec::new();
    for pair in path.windows(2) {
        let down = pair[0].0 == pair[1].0;
        match out.last_mut().filter(|it| it.down == down) {
            Some(line) => line.to = pair[1],
            None => out.push(Line {
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
    for (at, line) in out.iter_mut().enumerate() {
        let along = |cell: Cell| if line.down { cell.1 } else { cell.0 };
        let (mut from, mut to) = (along(line.from), along(line.to));
        let rising = from < to;
        let inwards = |it: usize, up: bool| if up { it + 1 } else { it - 1 };
        if at == 0 {
            from = inwards(from, rising);
        }
        if at + 1 == count {
            to = inwards(to, !rising);
        }
        (line.first, line.last) = (from.min(to), from.max(to));
    }
    out
}

/// Lines that are beside each other, at once or through others.
fn groups(lines: &[Line]) -> Vec<Vec<usize>> {
    let mut order: Vec<_> = (0..lines.len()).collect();
    order.sort_by_key(|at| {
        let it = &lines[*at];
        (it.down, it.strip, it.first, *at)
    });
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut end = 0;
    for at in order {
        let it = &lines[at];
        let joins = out.last().is_some_and(|group| {
            let other = &lines[group[0]];
            other.down == it.down && other.strip == it.strip && it.first <= end
        });
        if joins {
            out.last_mut().expect("it was looked at").push(at);
            end = end.max(it.last);
        } else {
            out.push(vec![at]);
            end = it.last;
        }
    }
    out
}

/// To which side the ends of a line lead, on the whole.
fn pull(lines: &[Line], at: usize) -> isize {
    let line = &lines[at];
    let beside = |cell: Cell| {
        let it = if line.down { cell.0 } else { cell.1 };
        it.cast_signed() - line.strip.cast_signed()
    };
    let of_it = |other: usize| lines.get(other).filter(|it| it.flow == line.flow);
    let before = at.checked_sub(1).and_then(of_it);
    let after = of_it(at + 1);
    before.map_or(0, |it| beside(it.from)) + after.map_or(0, |it| beside(it.to))
}

/// Gives each line of a group the first track after those before it that are beside it.
fn number(lines: &mut [Line], group: &[usize]) {
    let mut most = 0;
    for (nth, at) in group.iter().enumerate() {
        let taken = group[..nth]
            .iter()
            .filter(|it| lines[**it].beside(&lines[*at]));
        let track = taken.map(|it| lines[*it].track + 1).max().unwrap_or(0);
        lines[*at].track = track;
        most = most.max(track);
    }
    for at in group {
        lines[*at].tracks = most + 1;
    }
}

/// Swaps neighbours while that leaves fewer crossings.
fn untangle(lines: &mut [Line], groups: &mut [Vec<usize>]) {
    let mut least = crossings(lines);
    for _ in 0..3 {
        let start = least;
        for group in groups.iter_mut() {
            for nth in 1..group.len() {
                group.swap(nth - 1, nth);
                number(lines, group);
                let now = crossings(lines);
                if now < least {
                    least = now;
                } else {
                    group.swap(nth - 1, nth);
                    number(lines, group);
                }
            }
        }
        if least == start {
            break;
        }
    }
}

/// How often lines cross.
fn crossings(lines: &[Line]) -> usize {
    let reach: Vec<_> = (0..lines.len()).map(|at| reach(lines, at)).collect();
    let mut out = 0;
    for (at, across) in lines.iter().enumerate().filter(|(_, it)| !it.down) {
        for (other, down) in lines.iter().enumerate().filter(|(_, it)| it.down) {
            let inside = |(low, high): (usize, usize), place: usize| low < place && place < high;
            if inside(reach[at], down.place()) && inside(reach[other], across.place()) {
                out += 1;
            }
        }
    }
    out
}

/// From where to where a line reaches, for comparing: to the line that it meets, or to a box.
fn reach(lines: &[Line], at: usize) -> (usize, usize) {
    let line = &lines[at];
    let of_it = |other: usize| lines.get(other).filter(|it| it.flow == line.flow);
    let end = |other: Option<&Line>, cell: Cell| {
        let along = if line.down { cell.1 } else { cell.0 };
        other.map_or(along * 1024, Line::place)
    };
    let from = end(at.checked_sub(1).and_then(of_it), line.from);
    let to = end(of_it(at + 1), line.to);
    (from.min(to), from.max(to))
}
