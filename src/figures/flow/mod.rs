//! The data flow of a use case: boxes on the author's grid, areas of one responsibility, flows routed at right angles.
//!
//! Entry: [`Picture::lay_out`], then [`Drawing::svg`]. Invariant: no flow passes through a box, through another flow's number
//! or along another flow; the same picture gives the same drawing; nothing that an author writes makes it fail.

mod draw;
mod grid;
mod labels;
mod place;
mod route;
mod size;
mod tracks;

use super::svg::{Fit, Point, Rect};
use grid::Grid;
use size::{NARROW, Size, WIDE};

/// What is drawn.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// The names of the zones.
    pub zones: Vec<String>,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The flows between them, in the order of their numbers.
    pub flows: Vec<Flow>,
}

/// A box on the grid.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its name.
    pub title: String,
    /// What stands under it.
    pub note: Option<String>,
    /// Its zone.
    pub zone: Option<usize>,
    /// Its column and row.
    pub at: (u8, u8),
}

/// A flow from a box to a box.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flow {
    /// Where it comes from.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
    /// Whether people look and nothing is meant to move.
    pub access: bool,
    /// Whether it goes both ways.
    pub both_ways: bool,
}

/// A picture with every place decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Width and height.
    pub size: (i32, i32),
    /// How it is shown.
    pub fit: Fit,
    /// The boxes.
    pub boxes: Vec<Block>,
    /// The zones that can be framed.
    pub frames: Vec<Frame>,
    /// The flows.
    pub routes: Vec<Route>,
}

/// A box in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub rect: Rect,
    /// Its name, in lines.
    pub title: Vec<String>,
    /// What stands under it, in lines.
    pub note: Vec<String>,
}

/// A zone in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Where it stands.
    pub rect: Rect,
    /// Its name, in lines.
    pub title: Vec<String>,
    /// The room of its name.
    pub name: Rect,
}

/// A flow in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// From the side of a box to the side of a box; each point differs from the one before in one direction.
    pub points: Vec<Point>,
    /// The centre of its number.
    pub label: Point,
    /// Whether people look and nothing is meant to move.
    pub access: bool,
    /// Whether it goes both ways.
    pub both_ways: bool,
}

/// A figure in a column is at most so wide: its text is then 10 px high where a window is 360 px wide.
pub const COLUMN: i32 = 426;

/// The radius of a number's disc.
pub const DISC: i32 = 10;

/// How much room is tried between things, in per cent.
const ROOM: [i32; 6] = [100, 125, 150, 200, 300, 400];

impl Picture {
    /// Decides every place: for a column if the picture is narrow enough, at its own width otherwise.
    #[must_use]
    pub fn lay_out(&self) -> Drawing {
        let grid = Grid::of(self);
        let paths = route::paths(&grid, &self.ends());
        let runs = tracks::assign(&grid, &paths);
        let narrow = ROOM[..3]
            .iter()
            .find_map(|room| self.at_size(&grid, &runs, NARROW.with_room(*room)));
        let wide = || {
            let tried = ROOM
                .iter()
                .find_map(|room| self.at_size(&grid, &runs, WIDE.with_room(*room)));
            tried.unwrap_or_else(|| self.forced(&grid, &runs))
        };
        narrow.unwrap_or_else(wide)
    }

    /// The flows whose boxes there are.
    fn ends(&self) -> Vec<(usize, usize)> {
        self.flows.iter().map(|it| (it.from, it.to)).collect()
    }

    /// Everything at one size; none where it is too wide for a column or a number finds no room.
    fn at_size(&self, grid: &Grid, runs: &[tracks::Line], size: Size) -> Option<Drawing> {
        let mut drawing = place::place(self, grid, runs, &size);
        let fits = !size.column || drawing.size.0 <= COLUMN;
        (fits && labels::set(&mut drawing)).then_some(drawing)
    }

    /// The last resort: numbers in the middle of their flow.
    fn forced(&self, grid: &Grid, runs: &[tracks::Line]) -> Drawing {
        let mut drawing = place::place(self, grid, runs, &WIDE.with_room(ROOM[ROOM.len() - 1]));
        labels::set(&mut drawing);
        drawing
    }
}
