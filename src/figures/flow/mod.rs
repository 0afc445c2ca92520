//! The figure of a use case's data flow: boxes on the author's grid, zones of one responsibility, orthogonally routed flows.
//!
//! Entry: [`FlowDiagram::lay_out`], then [`Layout::svg`]. Invariant: no flow passes through a box, through the number of another flow or
//! along another flow; equal input gives equal output; no input of an author makes it fail.

mod axis;
mod draw;
mod grid;
mod labels;
mod layout;
mod metrics;
mod route;
mod tracks;

use super::svg::{Fit, Point, Rect};
use grid::Grid;
use metrics::{Metrics, NARROW, WIDE};

/// A data flow as the author describes it.
#[derive(Debug, Clone, Default)]
pub struct FlowDiagram {
    /// The titles of the zones.
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
    /// A note below the title.
    pub note: Option<String>,
    /// The index of its zone.
    pub zone: Option<usize>,
    /// Its column and row in the author's grid.
    pub cell: (u8, u8),
}

/// A flow from one box to another.
#[derive(Debug, Clone, Copy, Default)]
pub struct Flow {
    /// The index of the source box.
    pub from: usize,
    /// The index of the target box.
    pub to: usize,
    /// Whether people only view data, and none is transferred.
    pub access: bool,
    /// Whether it goes both ways.
    pub both_ways: bool,
}

/// A data flow with all positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// Width and height.
    pub size: (i32, i32),
    /// How it fits its page.
    pub fit: Fit,
    /// The boxes.
    pub boxes: Vec<BoxLayout>,
    /// The frames of zones, as far as zones can be framed.
    pub frames: Vec<ZoneFrame>,
    /// The flows.
    pub routes: Vec<Route>,
}

/// A box with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoxLayout {
    /// Its rectangle.
    pub rect: Rect,
    /// Its name, in lines.
    pub title: Vec<String>,
    /// Its note, in lines.
    pub note: Vec<String>,
}

/// The frame of a zone with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ZoneFrame {
    /// Its rectangle.
    pub rect: Rect,
    /// Its name, in lines.
    pub title: Vec<String>,
    /// The rectangle of its title.
    pub name: Rect,
}

/// A flow with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// The corners from the edge of one box to the edge of another; consecutive points differ in one coordinate.
    pub points: Vec<Point>,
    /// The centre of its number.
    pub label: Point,
    /// Whether people only view data, and none is transferred.
    pub access: bool,
    /// Whether it goes both ways.
    pub both_ways: bool,
}

/// The maximum width of a figure in a column: its text is then 10 px high in a window of 360 px.
pub const MAX_COLUMN_WIDTH: i32 = 426;

/// The radius of the disc behind a flow's number.
pub const DISC_RADIUS: i32 = 10;

/// The spacings that are tried, in per cent.
const SPACING: [i32; 6] = [100, 125, 150, 200, 300, 400];

impl FlowDiagram {
    /// Computes the layout: for a column if it is narrow enough, else at its intrinsic width.
    #[must_use]
    pub fn lay_out(&self) -> Layout {
        let grid = Grid::new(self);
        let paths = route::paths(&grid, &self.endpoints());
        let segments = tracks::assign(&grid, &paths);
        let narrow = SPACING[..3]
            .iter()
            .find_map(|spacing| self.try_lay_out(&grid, &segments, NARROW.with_spacing(*spacing)));
        let wide = || {
            let layout = SPACING.iter().find_map(|spacing| {
                self.try_lay_out(&grid, &segments, WIDE.with_spacing(*spacing))
            });
            layout.unwrap_or_else(|| self.lay_out_anyway(&grid, &segments))
        };
        narrow.unwrap_or_else(wide)
    }

    /// The source and target of each flow.
    fn endpoints(&self) -> Vec<(usize, usize)> {
        self.flows.iter().map(|it| (it.from, it.to)).collect()
    }

    /// Tries one set of metrics; `None` if the layout is too wide for a column, or a number has no free position.
    fn try_lay_out(
        &self,
        grid: &Grid,
        segments: &[tracks::Segment],
        metrics: Metrics,
    ) -> Option<Layout> {
        let mut layout = layout::compute(self, grid, segments, &metrics);
        let fits = !metrics.fits_column || layout.size.0 <= MAX_COLUMN_WIDTH;
        (fits && labels::place_labels(&mut layout)).then_some(layout)
    }

    /// The last resort: numbers without a free position are put in the middle of their flow.
    fn lay_out_anyway(&self, grid: &Grid, segments: &[tracks::Segment]) -> Layout {
        let mut layout = layout::compute(
            self,
            grid,
            segments,
            &WIDE.with_spacing(SPACING[SPACING.len() - 1]),
        );
        labels::place_labels(&mut layout);
        layout
    }
}
