//! Figures, rendered as inline SVG during the build.
//!
//! Entry: [`flow::FlowDiagram`] for the data flow of a use case, [`neighbourhood::Neighbourhood`] for a measure,
//! [`coverage_bars::CoverageBars`] for coverage.
//! Invariant: a figure has an accessible name and description, and classes instead of colours; author's text in it is escaped, and
//! everything that it shows is also text on the page.

pub mod coverage_bars;
pub mod flow;
pub mod neighbourhood;
pub mod svg;
pub mod text;
