//! Routes flows through the cells of the grid: around boxes, with few bends and few crossings (Dijkstra's algorithm).
//!
//! Entry: [`paths`]. The cells are those of the author's grid with channels before, between and after them: a box in column c has cell
//! 2c+1, channels have even numbers. Invariant: a path never enters the cell of a box other than its ends. There always is a path,
//! since the outermost channels are free.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::Grid;

/// A cell of a box or a channel.
pub(super) type Cell = (usize, usize);

/// The costs of a step, a step through a strip of boxes, a step at the margin, a bend, a crossing, and a parallel flow.
const STEP: u32 = 2;
const BOX_STRIP: u32 = 5;
const OUTSIDE: u32 = 5;
const BEND: u32 = 7;
const CROSSING: u32 = 9;
const PARALLEL: u32 = 2;

/// Above this number of cells times flows, each flow is routed only once.
const MAX_WORK: usize = 2_000_000;

/// Directions: right, down, left, up; and none yet.
const MOVES: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
const NO_MOVE: usize = 4;

/// The cells of each flow from box to box; empty for a flow to a missing box.
pub(super) fn paths(grid: &Grid, flows: &[(usize, usize)]) -> Vec<Vec<Cell>> {
    let mut graph = CellGraph::new(grid);
    let cell = |at: usize| grid.cells.get(at).map(|it| (2 * it.0 + 1, 2 * it.1 + 1));
    let ends: Vec<_> = flows
        .iter()
        .map(|(from, to)| cell(*from).zip(cell(*to)))
        .collect();
    let distance = |at: &usize| ends[*at].map_or(0, |(a, b)| a.0.abs_diff(b.0) + a.1.abs_diff(b.1));
    let mut order: Vec<_> = (0..flows.len()).collect();
    order.sort_by_key(|at| (distance(at), *at));
    let mut out = vec![Vec::new(); flows.len()];
    let rounds = if graph.width * graph.height * flows.len() > MAX_WORK {
        1
    } else {
        4
    };
    for _ in 0..rounds {
        for at in &order {
            if let Some((from, to)) = ends[*at] {
                graph.update_usage(&out[*at], u32::wrapping_sub);
                out[*at] = graph.shortest_path(from, to);
                graph.update_usage(&out[*at], u32::wrapping_add);
            }
        }
    }
    out
}

/// The cells: which of them contain a box, and how many flows pass each horizontally and vertically.
struct CellGraph {
    width: usize,
    height: usize,
    has_box: Vec<bool>,
    usage: Vec<[u32; 2]>,
}

impl CellGraph {
    fn new(grid: &Grid) -> Self {
        let (width, height) = (2 * grid.columns + 1, 2 * grid.rows + 1);
        let mut has_box = vec![false; width * height];
        for (column, row) in &grid.cells {
            has_box[(2 * row + 1) * width + 2 * column + 1] = true;
        }
        Self {
            width,
            height,
            has_box,
            usage: vec![[0; 2]; width * height],
        }
    }

    /// Adds or removes a path from the usage of its cells.
    fn update_usage(&mut self, path: &[Cell], change: fn(u32, u32) -> u32) {
        for pair in path.windows(2) {
            let down = usize::from(pair[0].0 == pair[1].0);
            for cell in pair {
                let usage = &mut self.usage[cell.1 * self.width + cell.0][down];
                *usage = change(*usage, 1);
            }
        }
    }

    /// The cheapest path from a box to another or to itself.
    fn shortest_path(&self, from: Cell, to: Cell) -> Vec<Cell> {
        let at = |cell: Cell| cell.1 * self.width + cell.0;
        let states = self.width * self.height * 5;
        let mut best = vec![u32::MAX; states];
        let mut before = vec![usize::MAX; states];
        let start = at(from) * 5 + NO_MOVE;
        best[start] = 0;
        let mut open = BinaryHeap::from([Reverse((0, start))]);
        while let Some(Reverse((cost, state))) = open.pop() {
            let (here, direction) = (state / 5, state % 5);
            if cost > best[state] {
                continue;
            }
            if here == at(to) && direction != NO_MOVE {
                return self.path_to(state, &before);
            }
            for next in 0..4 {
                let Some(cell) = self.step(here, direction, next) else {
                    continue;
                };
                if self.has_box[cell] && cell != at(to) {
                    continue;
                }
                let cost = cost + self.cost(cell, direction, next);
                let state_next = cell * 5 + next;
                if cost < best[state_next] {
                    best[state_next] = cost;
                    before[state_next] = state;
                    open.push(Reverse((cost, state_next)));
                }
            }
        }
        Vec::new()
    }

    /// The next cell in a direction; a path never turns back.
    fn step(&self, here: usize, direction: usize, next: usize) -> Option<usize> {
        if direction != NO_MOVE && (direction + 2) % 4 == next {
            return None;
        }
        let x = (here % self.width).checked_add_signed(MOVES[next].0)?;
        let y = (here / self.width).checked_add_signed(MOVES[next].1)?;
        (x < self.width && y < self.height).then_some(y * self.width + x)
    }

    /// The cost of entering a cell.
    fn cost(&self, cell: usize, direction: usize, next: usize) -> u32 {
        let (x, y) = (cell % self.width, cell / self.width);
        let down = next % 2;
        let mut cost = if [x, y][down] % 2 == 0 {
            STEP
        } else {
            BOX_STRIP
        };
        if x == 0 || y == 0 || x + 1 == self.width || y + 1 == self.height {
            cost += OUTSIDE;
        }
        if direction != NO_MOVE && direction != next {
            cost += BEND;
        }
        let [horizontal, vertical] = self.usage[cell];
        let (parallel, crossed) = if down == 1 {
            (vertical, horizontal)
        } else {
            (horizontal, vertical)
        };
        cost + crossed * CROSSING + parallel * PARALLEL
    }

    fn path_to(&self, state: usize, before: &[usize]) -> Vec<Cell> {
        let states = std::iter::successors(Some(state), |it| {
            Some(before[*it]).filter(|it| *it != usize::MAX)
        });
        let mut out: Vec<_> = states
            .map(|it| ((it / 5) % self.width, (it / 5) / self.width))
            .collect();
        out.reverse();
        out
    }
}
