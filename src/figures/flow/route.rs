//! The ways of flows through the cells of a picture: around boxes, with few bends and few crossings.
//!
//! Entry: [`paths`]. The cells are those of the author's grid with channels before, between and after them: a box of column c
//! stands in cell 2c+1, channels have even numbers. Invariant: a way never enters the cell of a box that it does not join,
//! and there always is one, since the outermost channels are free.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::grid::Grid;

/// A cell among boxes and channels.
pub(super) type Cell = (usize, usize);

/// What a step, a bend and a neighbour cost.
const STEP: u32 = 2;
const OVER_CELL: u32 = 5;
const OUTSIDE: u32 = 5;
const BEND: u32 = 7;
const CROSSING: u32 = 9;
const BESIDE: u32 = 2;

/// More work than this, and each flow is routed only once.
const MUCH: usize = 2_000_000;

/// Directions: right, down, left, up; and none yet.
const MOVES: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];
const NO_MOVE: usize = 4;

/// The cells of each flow, from its box to its box; empty for a flow that leads nowhere.
pub(super) fn paths(grid: &Grid, flows: &[(usize, usize)]) -> Vec<Vec<Cell>> {
    let mut field = Field::of(grid);
    let cell = |at: usize| grid.cells.get(at).map(|it| (2 * it.0 + 1, 2 * it.1 + 1));
    let ends: Vec<_> = flows
        .iter()
        .map(|(from, to)| cell(*from).zip(cell(*to)))
        .collect();
    let far = |at: &usize| ends[*at].map_or(0, |(a, b)| a.0.abs_diff(b.0) + a.1.abs_diff(b.1));
    let mut order: Vec<_> = (0..flows.len()).collect();
    order.sort_by_key(|at| (far(at), *at));
    let mut out = vec![Vec::new(); flows.len()];
    let rounds = if field.width * field.height * flows.len() > MUCH {
        1
    } else {
        4
    };
    for _ in 0..rounds {
        for at in &order {
            if let Some((from, to)) = ends[*at] {
                field.count(&out[*at], u32::wrapping_sub);
                out[*at] = field.way(from, to);
                field.count(&out[*at], u32::wrapping_add);
            }
        }
    }
    out
}

/// The cells, which of them hold a box, and how many flows pass each, across and down.
struct Field {
    width: usize,
    height: usize,
    taken: Vec<bool>,
    passed: Vec<[u32; 2]>,
}

impl Field {
    fn of(grid: &Grid) -> Self {
        let (width, height) = (2 * grid.columns + 1, 2 * grid.rows + 1);
        let mut taken = vec![false; width * height];
        for (column, row) in &grid.cells {
            taken[(2 * row + 1) * width + 2 * column + 1] = true;
        }
        Self {
            width,
            height,
            taken,
            passed: vec![[0; 2]; width * height],
        }
    }

    /// Counts a way in or out.
    fn count(&mut self, path: &[Cell], change: fn(u32, u32) -> u32) {
        for pair in path.windows(2) {
            let down = usize::from(pair[0].0 == pair[1].0);
            for cell in pair {
                let passed = &mut self.passed[cell.1 * self.width + cell.0][down];
                *passed = change(*passed, 1);
            }
        }
    }

    /// The cheapest way from a box to a box, which may be the same.
    fn way(&self, from: Cell, to: Cell) -> Vec<Cell> {
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
                return self.cells_to(state, &before);
            }
            for next in 0..4 {
                let Some(cell) = self.step(here, direction, next) else {
                    continue;
                };
                if self.taken[cell] && cell != at(to) {
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

    /// The cell in a direction; a way never turns back.
    fn step(&self, here: usize, direction: usize, next: usize) -> Option<usize> {
        if direction != NO_MOVE && (direction + 2) % 4 == next {
            return None;
        }
        let x = (here % self.width).checked_add_signed(MOVES[next].0)?;
        let y = (here / self.width).checked_add_signed(MOVES[next].1)?;
        (x < self.width && y < self.height).then_some(y * self.width + x)
    }

    /// What it costs to enter a cell.
    fn cost(&self, cell: usize, direction: usize, next: usize) -> u32 {
        let (x, y) = (cell % self.width, cell / self.width);
        let down = next % 2;
        let mut cost = if [x, y][down] % 2 == 0 {
            STEP
        } else {
            OVER_CELL
        };
        if x == 0 || y == 0 || x + 1 == self.width || y + 1 == self.height {
            cost += OUTSIDE;
        }
        if direction != NO_MOVE && direction != next {
            cost += BEND;
        }
        let [across, upright] = self.passed[cell];
        let (beside, crossed) = if down == 1 {
            (upright, across)
        } else {
            (across, upright)
        };
        cost + crossed * CROSSING + beside * BESIDE
    }

    fn cells_to(&self, state: usize, before: &[usize]) -> Vec<Cell> {
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
